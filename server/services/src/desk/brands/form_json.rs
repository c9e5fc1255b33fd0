//! Reads a brand's form as its editor types it, and says of everything wrong where it stands and how to mend it.
//!
//! Stricter than what is stored (`domain::form::FormSchema::check`), and it never stops at the first mistake: an editor
//! mends a form in one go.

use super::words as say;
use crate::ServiceError;
use domain::Lang;
use domain::form::FormSchema;
use serde_json::{Map, Value};

/// Longest text of a form.
const LONGEST: usize = 12_000;
/// Most mistakes told at once.
const MOST_TOLD: usize = 12;
/// Dearest voucher, won.
const MOST_FACE: i64 = 10_000_000;

const ROOT: &[&str] = &["pin", "companions", "faces", "free"];
const FIELD: &[&str] =
    &["name", "label_ko", "label_en", "charset", "groups", "required", "help_ko", "help_en", "grammar"];
const FREE: &[&str] = &["min", "max", "step"];
const CHARSETS: &[&str] = &["digits", "letters", "alnum"];
/// Rules of single issuers and the length each is for.
const GRAMMARS: &[(&str, i64)] = &[("cultureland", 16), ("munhwa", 18), ("date", 8)];

/// The form, or every mistake with its path.
pub fn read(text: &str, lang: Lang) -> Result<FormSchema, Vec<String>> {
    if text.chars().count() > LONGEST {
        return Err(vec![say::json_deep(lang).to_owned()]);
    }
    let value: Value =
        serde_json::from_str(text).map_err(|error| vec![say::json_syntax(lang, error.line(), error.column())])?;
    let mut reader = Reader { lang, told: Vec::new() };
    reader.root(&value);
    if !reader.told.is_empty() {
        reader.told.truncate(MOST_TOLD);
        return Err(reader.told);
    }
    // What the reader lets through and the domain doesn't would be a mistake of ours; it is told all the same.
    let form: FormSchema = serde_json::from_value(value).map_err(|error| vec![error.to_string()])?;
    form.check().map_err(|problem| vec![problem.to_string()])?;
    Ok(form)
}

/// As the editor and the differences show it: in the order of the form, lists of numbers on one line.
pub fn write(what: &impl serde::Serialize) -> Result<String, ServiceError> {
    let pretty = serde_json::to_string_pretty(what).map_err(|error| ServiceError::Internal(error.to_string()))?;
    let mut out = String::with_capacity(pretty.len());
    let (mut rest, mut in_text) = (pretty.as_str(), false);
    while let Some(next) = rest.chars().next() {
        if !in_text
            && next == '['
            && let Some(list) = list_of_numbers(rest)
        {
            let packed: String = list.chars().filter(|c| !c.is_whitespace()).collect();
            out.push_str(&packed.replace(',', ", "));
            rest = rest.get(list.len()..).unwrap_or_default();
            continue;
        }
        let size = match next {
            // An escaped quote ends no text.
            '\\' if in_text => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            '"' => {
                in_text = !in_text;
                1
            }
            other => other.len_utf8(),
        };
        let (piece, after) = rest.split_at_checked(size).unwrap_or((rest, ""));
        out.push_str(piece);
        rest = after;
    }
    Ok(out)
}

/// The list at the text's beginning, if it and the lists in it hold nothing but numbers.
fn list_of_numbers(text: &str) -> Option<&str> {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            c if c.is_ascii_digit() || c.is_whitespace() || c == ',' => {}
            _ => return None,
        }
        if depth == 0 {
            return text.get(..=at);
        }
    }
    None
}

struct Reader {
    lang: Lang,
    told: Vec<String>,
}

impl Reader {
    fn tell(&mut self, message: impl Into<String>) {
        self.told.push(message.into());
    }

    /// An object whose names are all known.
    fn object<'v>(&mut self, path: &str, value: &'v Value, known: &[&str]) -> Option<&'v Map<String, Value>> {
        let Some(map) = value.as_object() else {
            self.tell(say::want_object(self.lang, path));
            return None;
        };
        for name in map.keys().filter(|name| !known.contains(&name.as_str())) {
            let short: String = name.chars().take(40).collect();
            self.tell(say::key_unknown(self.lang, &join(path, &short), &known.join(", ")));
        }
        Some(map)
    }

    fn list<'v>(&mut self, path: &str, value: &'v Value, (low, high): (usize, usize)) -> &'v [Value] {
        let Some(list) = value.as_array() else {
            self.tell(say::want_list(self.lang, path));
            return &[];
        };
        if list.len() < low || list.len() > high {
            self.tell(say::count_between(self.lang, path, low, high));
            return &[];
        }
        list
    }

    fn text<'v>(&mut self, path: &str, value: Option<&'v Value>, (low, high): (usize, usize)) -> Option<&'v str> {
        let Some(value) = value else {
            if low > 0 {
                self.tell(say::key_missing(self.lang, path));
            }
            return None;
        };
        let Some(text) = value.as_str() else {
            self.tell(say::want_text(self.lang, path));
            return None;
        };
        let length = text.trim().chars().count();
        if length < low || length > high || text != crate::desk::drafts::plain(text) || text.contains('\n') {
            self.tell(say::text_length(self.lang, path, low, high));
        }
        Some(text)
    }

    fn number(&mut self, path: &str, value: Option<&Value>, (low, high): (i64, i64)) -> Option<i64> {
        let Some(value) = value else {
            self.tell(say::key_missing(self.lang, path));
            return None;
        };
        let number = value.as_i64().filter(|number| (low..=high).contains(number));
        if number.is_none() {
            self.tell(say::want_number(self.lang, path, low, high));
        }
        number
    }

    fn truth(&mut self, path: &str, value: Option<&Value>) -> Option<bool> {
        let Some(value) = value else {
            self.tell(say::key_missing(self.lang, path));
            return None;
        };
        if !value.is_boolean() {
            self.tell(say::want_truth(self.lang, path));
        }
        value.as_bool()
    }

    fn root(&mut self, value: &Value) {
        let Some(root) = self.object("", value, ROOT) else { return };
        match root.get("pin") {
            Some(pin) => self.pin(pin),
            None => self.tell(say::key_missing(self.lang, "pin")),
        }
        let mut names = vec!["pin".to_owned(), "face".to_owned()];
        if let Some(companions) = root.get("companions") {
            for (at, companion) in self.list("companions", companions, (0, 5)).iter().enumerate() {
                let path = format!("companions[{at}]");
                let Some(name) = self.field(&path, companion) else { continue };
                if names.contains(&name) {
                    let path = join(&path, "name");
                    let message = if at > 0 && name != "pin" && name != "face" {
                        say::name_twice(self.lang, &path)
                    } else {
                        say::name_snake(self.lang, &path)
                    };
                    self.tell(message);
                }
                names.push(name);
            }
        }
        let faces = match root.get("faces") {
            Some(faces) => self.faces(faces),
            None => {
                self.tell(say::key_missing(self.lang, "faces"));
                return;
            }
        };
        match root.get("free") {
            None | Some(Value::Null) => {
                if faces == 0 && root.get("faces").is_some_and(|faces| faces.as_array().is_some_and(Vec::is_empty)) {
                    self.tell(say::faces_none(self.lang));
                }
            }
            Some(free) => self.free(free),
        }
    }

    fn pin(&mut self, value: &Value) {
        let Some(name) = self.field("pin", value) else { return };
        if name != "pin" {
            self.tell(say::pin_name(self.lang));
        }
        if value.get("required") == Some(&Value::Bool(false)) {
            self.tell(say::pin_required(self.lang));
        }
    }

    /// One field of the form; its name.
    fn field(&mut self, path: &str, value: &Value) -> Option<String> {
        let field = self.object(path, value, FIELD)?;
        let of = |name: &str| join(path, name);
        let name = self.text(&of("name"), field.get("name"), (1, 30)).map(str::to_owned);
        if let Some(name) = &name {
            let snake = name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if !snake && !name.is_empty() {
                self.tell(say::name_snake(self.lang, &of("name")));
            }
        }
        for label in ["label_ko", "label_en"] {
            self.text(&of(label), field.get(label), (1, 40));
        }
        for help in ["help_ko", "help_en"] {
            self.text(&of(help), field.get(help), (0, 200));
        }
        self.truth(&of("required"), field.get("required"));
        let charset = self.text(&of("charset"), field.get("charset"), (1, 20));
        if charset.is_some_and(|charset| !CHARSETS.contains(&charset)) {
            self.tell(say::want_one_of(self.lang, &of("charset"), &CHARSETS.join(", ")));
        }
        let lengths = match field.get("groups") {
            Some(groups) => self.groups(&of("groups"), groups),
            None => {
                self.tell(say::key_missing(self.lang, &of("groups")));
                Vec::new()
            }
        };
        match field.get("grammar") {
            None | Some(Value::Null) => {}
            Some(grammar) => match GRAMMARS.iter().find(|(known, _)| grammar.as_str() == Some(known)) {
                None => {
                    let known: Vec<&str> = GRAMMARS.iter().map(|(known, _)| *known).collect();
                    self.tell(say::want_one_of(self.lang, &of("grammar"), &known.join(", ")));
                }
                Some((known, length)) => {
                    if charset != Some("digits") || lengths.iter().any(|got| got != length) {
                        self.tell(say::grammar_fit(self.lang, &of("grammar"), known, *length));
                    }
                }
            },
        }
        name
    }

    /// The lengths a number may have.
    fn groups(&mut self, path: &str, value: &Value) -> Vec<i64> {
        let mut lengths = Vec::new();
        for (at, way) in self.list(path, value, (1, 8)).iter().enumerate() {
            let path = format!("{path}[{at}]");
            let groups = self.list(&path, way, (1, 10));
            let read: Vec<Option<i64>> = groups
                .iter()
                .enumerate()
                .map(|(at, group)| self.number(&format!("{path}[{at}]"), Some(group), (1, 40)))
                .collect();
            if read.is_empty() || read.iter().any(Option::is_none) {
                continue;
            }
            let sum = read.into_iter().flatten().sum();
            if !(3..=40).contains(&sum) {
                self.tell(say::group_sum(self.lang, &path, sum));
            }
            lengths.push(sum);
        }
        lengths
    }

    /// How many faces are listed.
    fn faces(&mut self, value: &Value) -> usize {
        let mut before = 0;
        let faces = self.list("faces", value, (0, 40));
        for (at, face) in faces.iter().enumerate() {
            let path = format!("faces[{at}]");
            let Some(face) = self.number(&path, Some(face), (1, MOST_FACE)) else { continue };
            if face <= before {
                self.tell(say::faces_ascend(self.lang, &path));
            }
            before = face;
        }
        faces.len()
    }

    fn free(&mut self, value: &Value) {
        let Some(free) = self.object("free", value, FREE) else { return };
        let min = self.number("free.min", free.get("min"), (1, MOST_FACE));
        let max = self.number("free.max", free.get("max"), (1, MOST_FACE));
        let step = self.number("free.step", free.get("step"), (1, MOST_FACE));
        let (Some(min), Some(max), Some(step)) = (min, max, step) else { return };
        if min > max {
            self.tell(say::free_backwards(self.lang));
        } else if max / step * step < min {
            self.tell(say::free_never(self.lang, step));
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
