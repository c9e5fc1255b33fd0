//! What a tame text looks like once it was Markdown. What is typed is [`testkit::payloads`].

pub use testkit::payloads::MARKUP as ALL;

const TAGS: &[&str] = &[
    "p",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "s",
    "b",
    "i",
];
const ATTRIBUTES: &[&str] = &["href", "title", "rel", "start", "align"];

/// Only text's own tags, no handler, no address but those people mean. `html` is serialised by a parser: every `<` in it
/// begins a tag.
pub fn assert_tame(html: &str, from: &str) {
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        let tag = &tag[..tag.find('>').unwrap_or_else(|| panic!("an open tag in {html} from {from}"))];
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(TAGS.contains(&name.as_str()), "<{name}> in {html} from {from}");
        let mut rest = tag.trim_start_matches('/')[name.len()..].trim();
        while !rest.is_empty() {
            let (attribute, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("{rest:?} in {html} from {from}"));
            let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("{rest:?} in {html} from {from}"));
            assert!(ATTRIBUTES.contains(&attribute), "{attribute} in {html} from {from}");
            if attribute == "href" {
                let lower = value.to_ascii_lowercase();
                let scheme = lower.split(['/', '?', '#']).next().unwrap_or_default();
                let known = ["http:", "https:", "tel:", "mailto:"].iter().any(|known| lower.starts_with(known));
                assert!(known || !scheme.contains(':'), "{value} in {html} from {from}");
            }
            rest = after.trim();
        }
    }
}
