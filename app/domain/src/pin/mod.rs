//! Reads voucher PINs out of whatever a customer pastes: SMS, chat, mail, notes, spreadsheet cells.
//!
//! One linear walk without regular expressions, one file for each step: `normalise` makes one plain form of every
//! width, dash, space, entity and decomposed letter and remembers where each character came from; `tokens` cuts it
//! into runs of letters and digits, voucher names, labels and other words (`names` looks them up in `words`, `address`
//! knows web addresses); `noise` takes out what is plainly a date, a time, an amount, a phone number or a list mark;
//! `scope` says which voucher a number belongs to; `grammar` knows what a PIN of each brand looks like; `rows` puts
//! groups together; `decide` walks along, `companions` reads the further numbers, `answer` writes down what was found.
//!
//! Where to stand for a change: a new spelling or label word is one line in `words.rs`; a new brand is one line in
//! `words.rs`, one in `grammar.rs` and a record in `tests/pin_records.jsonl`.

mod address;
mod answer;
mod companions;
mod decide;
mod grammar;
mod names;
mod noise;
mod normalise;
mod rows;
mod scope;
mod tokens;
mod types;
mod words;

pub use types::{BrandKey, Companions, Found, Parsed, Problem, RejectReason, Rejected, Span};

/// A text is never answered with more PINs than this.
pub const MAX_ITEMS: usize = 1000;

/// Counts steps, in the tests of this crate only.
#[cfg(not(test))]
const fn tick(_steps: usize) {}

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

#[cfg(test)]
fn tick(steps: usize) {
    STEPS.with(|sum| sum.set(sum.get() + steps));
}

/// Bytes of a text that are read.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Reads the vouchers from a text. `hint` is the brand the customer chose before; a name in the text beats it.
///
/// Pure, and linear in the length of the text.
pub fn parse(text: &str, hint: Option<BrandKey>) -> Parsed {
    let read = text.get(..text.floor_char_boundary(MAX_BYTES)).unwrap_or(text);
    let glyphs = normalise::normalise(read);
    let mut tokens = tokens::tokenise(&glyphs);
    noise::mark_noise(&glyphs, &mut tokens);
    let mut parsed = decide::decide(&glyphs, &tokens, hint);
    parsed.truncated |= read.len() < text.len();
    parsed
}

/// A PIN typed into one field: the same normal form and the same checks of shape as in [`parse`].
pub fn normalise_pin(brand: BrandKey, typed: &str) -> Result<String, RejectReason> {
    let read = typed.get(..typed.floor_char_boundary(1024)).unwrap_or(typed);
    let glyphs = normalise::normalise(read);
    decide::typed(brand, &glyphs, &tokens::tokenise_field(&glyphs))
}

#[cfg(test)]
mod tests;
