//! Checking what was typed against a brand's form.

use super::grammar::rewrite_date;
use super::{Charset, FieldProblem, FieldSpec, FormSchema, Grammar, ProblemKind, Stray, normalise};
use crate::secret::{Pin, Secret};
use crate::{Won, text};
use std::collections::HashSet;
use std::fmt;
use thiserror::Error;

/// What a customer typed for one voucher.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The number.
    pub pin: String,
    /// Companion fields by name; unknown names are ignored.
    pub companions: Vec<(String, String)>,
    /// The face chosen.
    pub face: Option<Won>,
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Typed(face {:?})", self.face)
    }
}

/// A voucher in its normal form, every rule of its form kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clean {
    /// The number.
    pub pin: Pin,
    /// Companion numbers by name, in the form's order; only those that were given.
    pub companions: Vec<(String, Secret<String>)>,
    /// The face claimed.
    pub face: Won,
}

/// How a field wants to be typed, for its HTML input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hints {
    /// `numeric` or `text`.
    pub inputmode: &'static str,
    /// Longest text, separators counted, with room for wide ones.
    pub maxlength: usize,
    /// `0000-0000-0000-0000`.
    pub placeholder: String,
    /// Browsers must not keep it.
    pub autocomplete: &'static str,
    /// `characters` where letters count, so that phones write capitals.
    pub autocapitalize: &'static str,
}

/// Why a form can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SchemaProblem {
    /// The voucher's own field must be called `pin` and be required.
    #[error("the first field must be called pin and be required")]
    Pin,
    /// A name twice, or one that isn't `snake_case`.
    #[error("field name {0:?} stands twice or isn't snake_case")]
    Name(String),
    /// No grouping, an empty group, or a number of less than 3 or more than 40 characters.
    #[error("field {0:?} needs groups that give 3 to 40 characters")]
    Groups(String),
    /// A rule for digits on a field of letters, or of another length.
    #[error("field {0:?} doesn't fit its grammar")]
    Grammar(String),
    /// A label is missing.
    #[error("field {0:?} needs labels in both languages")]
    Label(String),
    /// Faces must ascend from above nothing, and free amounts need a step and a range.
    #[error("faces must ascend and free amounts need a range and a step")]
    Faces,
}

impl FieldSpec {
    /// How it wants to be typed.
    pub fn hints(&self) -> Hints {
        let sign = match self.charset {
            Charset::Digits => "0",
            Charset::Letters => "A",
            Charset::Alnum => "X",
        };
        let way = self.groups.first().map(Vec::as_slice).unwrap_or_default();
        let placeholder = way.iter().map(|group| sign.repeat(usize::from(*group))).collect::<Vec<_>>().join("-");
        let longest = self.lengths().last().copied().unwrap_or(0);
        Hints {
            inputmode: if self.charset == Charset::Digits { "numeric" } else { "text" },
            maxlength: longest * 2,
            placeholder: if self.grammar == Some(Grammar::Date) { "20260101".to_owned() } else { placeholder },
            autocomplete: "off",
            autocapitalize: if self.charset == Charset::Digits { "off" } else { "characters" },
        }
    }

    /// The field's normal form; `None` when it is empty and may be.
    ///
    /// Errors: the first thing wrong.
    pub fn check(&self, typed: &str) -> Result<Option<String>, FieldProblem> {
        let date = self.grammar == Some(Grammar::Date);
        let typed = if date { rewrite_date(typed) } else { typed.to_owned() };
        let number = normalise(&typed, self.charset).map_err(|stray| match stray {
            Stray::Mask => self.problem(ProblemKind::Masked),
            Stray::Char(_) if date => self.problem(ProblemKind::Grammar(Grammar::Date)),
            Stray::Char(found) => self.problem(ProblemKind::WrongChar { found, charset: self.charset }),
        })?;
        if number.is_empty() {
            return if self.required { Err(self.problem(ProblemKind::Missing)) } else { Ok(None) };
        }
        let (got, wanted, charset) = (number.len(), self.lengths(), self.charset);
        if !wanted.contains(&got) {
            let short = wanted.first().is_some_and(|shortest| got < *shortest);
            return Err(self.problem(if short {
                ProblemKind::TooShort { got, wanted, charset }
            } else {
                ProblemKind::TooLong { got, wanted, charset }
            }));
        }
        match self.grammar {
            Some(grammar) if !grammar.holds(&number) => Err(self.problem(ProblemKind::Grammar(grammar))),
            _ => Ok(Some(number)),
        }
    }

    fn problem(&self, kind: ProblemKind) -> FieldProblem {
        FieldProblem {
            field: self.name.clone(),
            label_ko: self.label_ko.clone(),
            label_en: self.label_en.clone(),
            kind,
        }
    }
}

impl FormSchema {
    /// Checks one voucher.
    ///
    /// A number typed together with its companion in one run (북앤라이프 16 + 4, 스타벅스 16 + 8) is parted first.
    /// Errors: everything that is wrong, in the form's order.
    pub fn validate(&self, typed: &Typed) -> Result<Clean, Vec<FieldProblem>> {
        let parted = self.part(typed);
        let typed = parted.as_ref().unwrap_or(typed);
        let mut problems = Vec::new();
        let pin = match self.pin.check(&typed.pin) {
            Ok(number) => number.as_deref().and_then(Pin::new),
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let mut companions = Vec::new();
        for field in &self.companions {
            match field.check(typed.companion(&field.name)) {
                Ok(Some(number)) => companions.push((field.name.clone(), Secret::new(number))),
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
        let face = match self.check_face(typed.face) {
            Ok(face) => Some(face),
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        match (pin, face) {
            (Some(pin), Some(face)) if problems.is_empty() => Ok(Clean { pin, companions, face }),
            (None, _) if problems.is_empty() => Err(vec![self.pin.problem(ProblemKind::Missing)]),
            _ => Err(problems),
        }
    }

    /// The face, if it is taken.
    ///
    /// Errors: none chosen, or one that isn't taken.
    pub fn check_face(&self, face: Option<Won>) -> Result<Won, FieldProblem> {
        let kind = match face {
            None => ProblemKind::FaceMissing,
            Some(face) if self.takes_face(face) => return Ok(face),
            Some(_) => {
                let listed = (self.faces.first(), self.faces.last());
                let (low, high) = (listed.0.copied().unwrap_or_default(), listed.1.copied().unwrap_or_default());
                match self.free {
                    Some(free) => {
                        let low = if self.faces.is_empty() { free.min } else { low.min(free.min) };
                        ProblemKind::FaceNotTaken { min: low, max: high.max(free.max), step: Some(free.step) }
                    }
                    None => ProblemKind::FaceNotTaken { min: low, max: high, step: None },
                }
            }
        };
        Err(FieldProblem {
            field: "face".to_owned(),
            label_ko: text::face_label(crate::Lang::Ko).to_owned(),
            label_en: text::face_label(crate::Lang::En).to_owned(),
            kind,
        })
    }

    /// Parts a run of pin + first companion, when it has just that length and the companion is empty.
    fn part(&self, typed: &Typed) -> Option<Typed> {
        let field = self.companions.first()?;
        let empty = typed.companion(&field.name).trim().is_empty();
        let run = normalise(&typed.pin, self.pin.charset).ok().filter(|_| empty)?;
        let (lengths, tails) = (self.pin.lengths(), field.lengths());
        if lengths.contains(&run.len()) {
            return None;
        }
        let at = lengths.into_iter().find(|length| tails.iter().any(|tail| length + tail == run.len()))?;
        let (pin, tail) = run.split_at_checked(at)?;
        let mut companions = typed.companions.clone();
        companions.retain(|(name, _)| *name != field.name);
        companions.push((field.name.clone(), tail.to_owned()));
        Some(Typed { pin: pin.to_owned(), companions, face: typed.face })
    }

    /// Can the form be used?
    ///
    /// Errors: the first [`SchemaProblem`].
    pub fn check(&self) -> Result<(), SchemaProblem> {
        if self.pin.name != "pin" || !self.pin.required {
            return Err(SchemaProblem::Pin);
        }
        let mut names = HashSet::new();
        for field in std::iter::once(&self.pin).chain(&self.companions) {
            let name = || field.name.clone();
            let snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if field.name.is_empty()
                || !field.name.chars().all(snake)
                || !names.insert(&field.name)
                || field.name == "face"
            {
                return Err(SchemaProblem::Name(name()));
            }
            if field.label_ko.trim().is_empty() || field.label_en.trim().is_empty() {
                return Err(SchemaProblem::Label(name()));
            }
            let lengths = field.lengths();
            let sound = |way: &Vec<u8>| !way.is_empty() && !way.contains(&0);
            if lengths.is_empty() || !field.groups.iter().all(sound) || !lengths.iter().all(|l| (3..=40).contains(l)) {
                return Err(SchemaProblem::Groups(name()));
            }
            let wanted = match field.grammar {
                None => continue,
                Some(Grammar::Cultureland) => 16,
                Some(Grammar::Munhwa) => 18,
                Some(Grammar::Date) => 8,
            };
            if field.charset != Charset::Digits || lengths != [wanted] {
                return Err(SchemaProblem::Grammar(name()));
            }
        }
        let ascending = self.faces.windows(2).all(|pair| matches!(pair, [low, high] if low < high));
        let positive = self.faces.iter().all(|face| !face.is_zero());
        let free = self.free.is_none_or(|free| !free.step.is_zero() && !free.min.is_zero() && free.min <= free.max);
        let some = !self.faces.is_empty() || self.free.is_some();
        if ascending && positive && free && some { Ok(()) } else { Err(SchemaProblem::Faces) }
    }
}

impl Typed {
    /// What was typed for a companion; empty when nothing.
    pub fn companion(&self, name: &str) -> &str {
        self.companions.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}
