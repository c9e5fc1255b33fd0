//! Reading HTML, as much of it as our own pages need.

use crate::browser::Trouble;

/// A form as the page offers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Where it posts to.
    pub action: String,
    /// What it would send untouched.
    pub fields: Vec<(String, String)>,
    /// Names and values that may be chosen: radio buttons and boxes that are not, options.
    pub choices: Vec<(String, String)>,
    /// Names of everything in it.
    pub names: Vec<String>,
}

impl Form {
    /// Fills one field; the page must have it.
    pub fn fill(mut self, name: &str, value: &str) -> Result<Self, Trouble> {
        if !self.names.iter().any(|known| known == name) {
            return Err(Trouble::Page(format!("form {} has no field {name}: {:?}", self.action, self.names)));
        }
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        Ok(self)
    }

    /// Ticks every box of this name.
    #[must_use]
    pub fn tick_all(mut self, name: &str) -> Self {
        let more: Vec<_> = self.choices.iter().filter(|(known, _)| known == name).cloned().collect();
        self.fields.extend(more);
        self
    }

    /// A field's value.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
    /// Just after its `>`.
    end: usize,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| *known == name)
    }
}

/// The next start tag at or after `from`.
fn next_tag(html: &str, from: usize) -> Option<(usize, Tag<'_>)> {
    let mut at = from;
    loop {
        let start = at + html.get(at..)?.find('<')?;
        let rest = &html[start + 1..];
        if rest.starts_with("!--") {
            at = start + 1 + rest.find("-->")? + 3;
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            at = start + 1;
            continue;
        }
        let name_end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len());
        let name = rest[..name_end].trim_end_matches('/');
        let (attributes, length) = attributes(&rest[name_end..]);
        return Some((start, Tag { name, attributes, end: start + 1 + name_end + length }));
    }
}

fn attributes(text: &str) -> (Vec<(&str, String)>, usize) {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() && bytes[at] != b'>' {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b'/' {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && !matches!(bytes[at], b'=' | b'>') {
            at += 1;
        }
        let name = &text[start..at];
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            let (value, next) = if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                let end = text[at + 1..].find(char::from(*quote)).map_or(text.len(), |end| at + 1 + end);
                (&text[at + 1..end], end + 1)
            } else {
                let end = text[at..].find(|c: char| c.is_whitespace() || c == '>').map_or(text.len(), |end| at + end);
                (&text[at..end], end)
            };
            found.push((name, unescaped(value)));
            at = next;
        } else {
            found.push((name, String::new()));
        }
    }
    (found, (at + 1).min(text.len()))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// Every form of a page.
pub fn forms(html: &str) -> Vec<Form> {
    let mut all = Vec::new();
    let mut form: Option<Form> = None;
    let mut select: Option<(String, bool)> = None;
    let mut at = 0;
    while let Some((_, tag)) = next_tag(html, at) {
        at = tag.end;
        match (tag.name, &mut form) {
            ("form", _) => {
                form = Some(Form { action: tag.get("action").unwrap_or_default().to_owned(), ..Form::default() });
            }
            ("/form", _) => all.extend(form.take()),
            ("input", Some(form)) => {
                let Some(name) = tag.get("name").map(ToOwned::to_owned) else { continue };
                let kind = tag.get("type").unwrap_or("text");
                let ticked = matches!(kind, "radio" | "checkbox");
                let value = tag.get("value").unwrap_or(if ticked { "on" } else { "" }).to_owned();
                form.names.push(name.clone());
                if tag.has("disabled") {
                } else if !ticked || tag.has("checked") {
                    form.fields.push((name, value));
                } else {
                    form.choices.push((name, value));
                }
            }
            ("textarea", Some(form)) => {
                let Some(name) = tag.get("name").map(ToOwned::to_owned) else { continue };
                let end = html[at..].find("</textarea").map_or(html.len(), |end| at + end);
                form.names.push(name.clone());
                form.fields.push((name, unescaped(html[at..end].trim_start_matches('\n'))));
                at = end;
            }
            ("select", Some(form)) => {
                let name = tag.get("name").unwrap_or_default().to_owned();
                form.names.push(name.clone());
                select = Some((name, false));
            }
            ("/select", _) => select = None,
            ("option", Some(form)) => {
                let Some((name, chosen)) = &mut select else { continue };
                let value = tag.get("value").unwrap_or_default().to_owned();
                if tag.has("selected") || !*chosen && !tag.has("disabled") {
                    form.fields.retain(|(known, _)| known != name);
                    form.fields.push((name.clone(), value));
                    *chosen = true;
                } else {
                    form.choices.push((name.clone(), value));
                }
            }
            ("script" | "style", _) => {
                let closing = format!("</{}", tag.name);
                at = html[at..].find(&closing).map_or(html.len(), |end| at + end);
            }
            _ => {}
        }
    }
    all
}

/// Texts of the elements whose class list holds `class`.
pub fn texts_of(html: &str, class: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((_, tag)) = next_tag(html, at) {
        at = tag.end;
        if tag.get("class").is_some_and(|list| list.split_whitespace().any(|word| word == class)) {
            let closing = format!("</{}", tag.name);
            let end = html[at..].find(&closing).map_or(html.len(), |end| at + end);
            found.push(plain(&html[at..end]));
        }
    }
    found
}

/// The text without its tags.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    unescaped(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_as_a_browser_would() {
        let html = r#"<!-- <form action="/no"> --><form method="post" action="/fn/a"><input type="hidden" name="row" value="3"/>
            <input name=name value='a &amp; b'><input type="radio" name="face" value="1"/><input type="radio" name="face" value="2" checked>
            <input type="checkbox" name="granted[]" value="x"><textarea name="text">hi &lt;</textarea>
            <select name="bank"><option value="">-</option><option value="004" selected>KB</option></select>
            <button type="submit">go</button></form><script>"<form action='/x'>"</script>"#;
        let all = forms(html);
        assert_eq!(all.len(), 1);
        let form = &all[0];
        assert_eq!(form.action, "/fn/a");
        let pairs: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("row", "3"), ("name", "a & b"), ("face", "2"), ("text", "hi <"), ("bank", "004")]);
        assert_eq!(form.clone().tick_all("granted[]").value("granted[]"), Some("x"));
        assert!(form.clone().fill("nothing", "x").is_err());
    }
}
