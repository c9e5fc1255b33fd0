//! Markdown to HTML that is safe to show.
//!
//! Rendered texts are kept by the hash of their source, so a change is seen at once and the same text is rendered once.

use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The longest text rendered, in bytes; the rest is cut.
const LONGEST: usize = 200_000;
/// Rendered texts kept.
const KEPT: usize = 256;

static RENDERED: Mutex<Option<HashMap<[u8; 32], String>>> = Mutex::new(None);

/// Renders CommonMark with tables; scripts, styles, forms, frames and event handlers never come through, links open
/// without telling where from.
pub(crate) fn to_html(markdown: &str) -> String {
    let key: [u8; 32] = Sha256::digest(markdown.as_bytes()).into();
    let mut kept = RENDERED.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = kept.get_or_insert_with(HashMap::new);
    if let Some(html) = kept.get(&key) {
        return html.clone();
    }
    let html = render(markdown);
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(key, html.clone());
    html
}

fn render(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, html};
    let mut end = markdown.len().min(LONGEST);
    while !markdown.is_char_boundary(end) {
        end -= 1;
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    // HTML inside the Markdown is shown as text, not taken as HTML.
    let events = Parser::new_ext(&markdown[..end], options).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut out = String::with_capacity(end + end / 2);
    html::push_html(&mut out, events);
    ammonia::Builder::default()
        .url_schemes(["http", "https", "tel", "mailto"].into())
        .link_rel(Some("noopener noreferrer"))
        .rm_tags(["img"])
        .clean(&out)
        .to_string()
}

/// Addresses a text may not lead to, for whoever saves it: other schemes, other hosts without one, pictures. What is
/// saved anyway (an older text, a hole here) is still sanitised each time it is shown.
pub(crate) fn refused_links(markdown: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let refused = |event| match event {
        Event::Start(Tag::Link { dest_url, link_type, .. }) => {
            let mail = link_type == pulldown_cmark::LinkType::Email;
            (!mail && !leads_somewhere_fine(&dest_url)).then(|| dest_url.to_string())
        }
        Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    Parser::new_ext(markdown, options).filter_map(refused).map(|url| url.chars().take(60).collect()).collect()
}

/// A page of ours, a place on this one, or an address with a scheme people mean.
fn leads_somewhere_fine(url: &str) -> bool {
    if url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return false;
    }
    let lower = url.to_ascii_lowercase();
    let own = (url.starts_with('/') && !url.starts_with("//")) || url.starts_with('#');
    own || ["https://", "http://", "tel:", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::{refused_links, to_html};

    #[test]
    fn links_people_mean_are_saved_and_others_are_named() {
        for fine in [
            "[a](/faq)",
            "[a](#top)",
            "[a](https://example.com/x?y=1)",
            "<mailto:a@b.kr>",
            "<a@b.kr>",
            "[a](tel:0212345678)",
            "1 < 2 > 0",
        ] {
            assert_eq!(refused_links(fine), Vec::<String>::new(), "{fine}");
        }
        for bad in [
            "[a](javascript:alert(1))",
            "[a](//evil.example)",
            "<javascript:alert(1)>",
            "[a][b]\n\n[b]: data:text/html,x",
            "![a](/p.png)",
            "[a](evil)",
            "[a](/\\evil.example)",
        ] {
            assert_eq!(refused_links(bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn markdown_becomes_html() {
        assert_eq!(
            to_html("# 제목\n\n- 하나\n- **둘**").replace('\n', ""),
            "<h1>제목</h1><ul><li>하나</li><li><strong>둘</strong></li></ul>"
        );
        assert!(to_html("|가|나|\n|-|-|\n|1|2|").contains("<td>1</td>"));
        assert!(to_html("[홈](https://example.com)").contains("rel=\"noopener noreferrer\""));
    }

    #[test]
    fn nothing_dangerous_comes_through() {
        for bad in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "<a href=\"data:text/html,x\">x</a>",
            "![x](https://tracker.example/p.png)",
            "<iframe src=https://example.com></iframe>",
            "<style>*{display:none}</style>",
        ] {
            let html = to_html(bad);
            for word in ["<script", "<img", "<a href=\"javascript", "<a href=\"data", "<iframe", "<style"] {
                assert!(!html.contains(word), "{bad} gave {html}");
            }
        }
    }
}
