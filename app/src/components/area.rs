//! What stands in a `<textarea>` and in a `<title>`.

/// A text as the child of a `<textarea>` on a page that no script takes over: the framework writes the children of this
/// element, unlike all others, as they are, so what somebody typed could end it and go on as part of the page. The line
/// break before it is the one a browser leaves out, so that a text may begin with one.
///
/// Every `<textarea>` with a text in it goes through here; `server/tests/payloads.rs` types into all of them.
pub fn in_area(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

/// A text as the `<title>` of a page: the framework writes it as it is.
pub fn in_title(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::*;
    use leptos::prelude::*;

    #[test]
    fn a_text_area_ends_where_we_end_it() {
        let typed = "\n</textarea><script>alert(1)</script> &amp; &lt;b>";
        let page = view! { <textarea name="x">{in_area(typed)}</textarea> }.to_html();
        assert_eq!(page.matches('<').count(), 2, "{page}");
        let shown = page.split_once('>').unwrap().1.strip_suffix("</textarea>").unwrap();
        let read = shown.strip_prefix('\n').unwrap().replace("&lt;", "<").replace("&amp;", "&");
        assert_eq!(read, typed);
    }
}
