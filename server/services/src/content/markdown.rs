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

#[cfg(test)]
mod tests {
    use super::to_html;

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
