//! `pindesk parse`: vouchers out of exported messages, JSON lines in, JSON lines out.

use domain::pin;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Write};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    hint_brand: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a serde_json::Value,
    items: &'a [pin::Found],
}

/// Why a line could not be read: its number and the cure.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// Not the JSON we take.
    #[error("line {line}: {reason}; each line is a JSON object {{\"id\", \"text\", \"hint_brand\"}}")]
    Malformed { line: usize, reason: String },
    /// A hint that names no brand.
    #[error("line {line}: hint_brand \"{brand}\" is not a brand; leave it out or use a key of docs/how-to.md")]
    Brand { line: usize, brand: String },
    /// Reading or writing failed.
    #[error("line {line}: {source}")]
    Io { line: usize, source: std::io::Error },
}

/// Read every line, write one answer each, stop at the first line that is not what it should be.
pub fn run(input: impl BufRead, mut output: impl Write) -> Result<usize, ParseError> {
    let mut count = 0;
    for (index, text) in input.lines().enumerate() {
        let line = index + 1;
        let io = |source| ParseError::Io { line, source };
        let text = text.map_err(io)?;
        if text.trim().is_empty() {
            continue;
        }
        let record: Line =
            serde_json::from_str(&text).map_err(|error| ParseError::Malformed { line, reason: error.to_string() })?;
        let hint = match record.hint_brand.as_deref() {
            None | Some("") => None,
            Some(name) => {
                Some(pin::BrandKey::parse(name).ok_or_else(|| ParseError::Brand { line, brand: name.to_owned() })?)
            }
        };
        let parsed = pin::parse(&record.text, hint);
        let answer = Answer { id: &record.id, items: &parsed.items };
        serde_json::to_writer(&mut output, &answer).map_err(|error| ParseError::Io { line, source: error.into() })?;
        output.write_all(b"\n").map_err(io)?;
        count += 1;
    }
    output.flush().map_err(|source| ParseError::Io { line: count, source })?;
    Ok(count)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't read its input should stop")]
mod tests {
    use super::*;

    fn answers(input: &str) -> Result<String, ParseError> {
        let mut out = Vec::new();
        run(input.as_bytes(), &mut out).map(|_| String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_line_in_is_a_line_out() {
        let out =
            answers("{\"id\":\"a\",\"text\":\"북앤라이프 1234-5678-9012-3456 비밀번호 7890\",\"hint_brand\":null}\n");
        let value: serde_json::Value = serde_json::from_str(&out.unwrap()).unwrap();
        assert_eq!(value["id"], "a");
        assert_eq!(value["items"][0]["brand"], "booknlife");
        assert_eq!(value["items"][0]["pin"], "1234567890123456");
        assert_eq!(value["items"][0]["companion"]["auth_code"], "7890");
        assert!(value["items"][0]["span"].is_array());
    }

    #[test]
    fn a_bad_line_is_named() {
        assert!(answers("\n{\"id\":1}\n").unwrap_err().to_string().starts_with("line 2: missing field"));
        assert!(answers("{\"id\":1,\"text\":\"\",\"hint_brand\":\"x\"}").unwrap_err().to_string().contains("\"x\""));
    }
}
