//! What is wrong with a field, with figures and a cure.

use super::{Charset, Grammar};
use crate::wire::FieldError;
use crate::{Lang, Won, text};

/// One thing wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's name; `face` for the face.
    pub field: String,
    /// Its label in Korean.
    pub label_ko: String,
    /// Its label in English.
    pub label_en: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Nothing was typed.
    Missing,
    /// Too short for every length it may have.
    TooShort {
        /// Characters there are.
        got: usize,
        /// Lengths it may have, ascending.
        wanted: Vec<usize>,
        /// What it is made of.
        charset: Charset,
    },
    /// Longer than that, or between two lengths.
    TooLong {
        /// Characters there are.
        got: usize,
        /// Lengths it may have, ascending.
        wanted: Vec<usize>,
        /// What it is made of.
        charset: Charset,
    },
    /// A character it can't have.
    WrongChar {
        /// The first such character.
        found: char,
        /// What it is made of.
        charset: Charset,
    },
    /// Part of it is hidden behind stars.
    Masked,
    /// No number of this issuer begins so, or it is no day.
    Grammar(Grammar),
    /// No face was chosen.
    FaceMissing,
    /// This face isn't taken.
    FaceNotTaken {
        /// Smallest face taken.
        min: Won,
        /// Largest face taken.
        max: Won,
        /// Steps between, if other than the listed faces are taken.
        step: Option<Won>,
    },
}

impl FieldProblem {
    /// Stable word for programs.
    pub const fn code(&self) -> &'static str {
        match &self.kind {
            ProblemKind::Missing => "missing",
            ProblemKind::TooShort { .. } => "too_short",
            ProblemKind::TooLong { .. } => "too_long",
            ProblemKind::WrongChar { .. } => "wrong_character",
            ProblemKind::Masked => "masked",
            ProblemKind::Grammar(Grammar::Cultureland | Grammar::Munhwa) => "bad_start",
            ProblemKind::Grammar(Grammar::Date) => "not_a_date",
            ProblemKind::FaceMissing => "face_missing",
            ProblemKind::FaceNotTaken { .. } => "face_not_taken",
        }
    }

    /// What is wrong and how to mend it.
    pub fn text(&self, lang: Lang) -> String {
        let label = lang.pick(&self.label_ko, &self.label_en);
        match &self.kind {
            ProblemKind::Missing => {
                let object = text::particle(label, "을", "를");
                text::field_missing(lang, label, object)
            }
            ProblemKind::TooShort { got, wanted, charset } => match wanted.as_slice() {
                [one] => text::field_short(lang, *one, *got, signs(*charset, lang)),
                many => text::field_length(lang, &either(many, lang), *got),
            },
            ProblemKind::TooLong { got, wanted, charset } => match wanted.as_slice() {
                [one] => text::field_long(lang, *one, *got, signs(*charset, lang)),
                many => text::field_length(lang, &either(many, lang), *got),
            },
            ProblemKind::WrongChar { found, charset } => match charset {
                Charset::Digits => text::field_only_digits(lang, *found),
                Charset::Letters => text::field_only_letters(lang, *found),
                Charset::Alnum => text::field_only_alnum(lang, *found),
            },
            ProblemKind::Masked => text::field_masked(lang).to_owned(),
            ProblemKind::Grammar(Grammar::Cultureland) => text::field_cultureland_start(lang).to_owned(),
            ProblemKind::Grammar(Grammar::Munhwa) => text::field_munhwa_start(lang).to_owned(),
            ProblemKind::Grammar(Grammar::Date) => text::field_not_a_date(lang).to_owned(),
            ProblemKind::FaceMissing => text::face_missing(lang).to_owned(),
            ProblemKind::FaceNotTaken { min, max, step: Some(step) } => {
                text::face_not_taken_step(lang, &min.fmt(lang), &max.fmt(lang), &step.fmt(lang))
            }
            ProblemKind::FaceNotTaken { .. } => text::face_not_taken(lang).to_owned(),
        }
    }

    /// For a screen; `prefix` is put before the field's name (`rows.3.`).
    pub fn to_error(&self, prefix: &str, lang: Lang) -> FieldError {
        let field = format!("{prefix}{}", self.field);
        FieldError { field, code: self.code().to_owned(), message: self.text(lang) }
    }
}

/// What a number is counted in.
fn signs(charset: Charset, lang: Lang) -> &'static str {
    match charset {
        Charset::Digits => text::signs_digits(lang),
        Charset::Letters => text::signs_letters(lang),
        Charset::Alnum => text::signs_alnum(lang),
    }
}

fn either(lengths: &[usize], lang: Lang) -> String {
    let words: Vec<String> = lengths.iter().map(usize::to_string).collect();
    words.join(lang.pick("자리 또는 ", " or "))
}
