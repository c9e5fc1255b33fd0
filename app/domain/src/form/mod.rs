//! Forms as data: what a brand's numbers look like, and what is wrong with what was typed.
//!
//! A brand's `form_json` is a [`FormSchema`]. Normal form of a number (fixtures/pins/README.md): digits and capital
//! letters only; full-width characters made plain, separators and invisible characters dropped; in numbers of digits
//! only O stands for 0 and l or I for 1.

mod check;
mod grammar;
mod normal;
mod problem;

pub use check::{Clean, Hints, SchemaProblem, Typed};
pub use grammar::{Grammar, cultureland_start, munhwa_start};
pub use normal::{Stray, half_width, is_dash, is_invisible, normalise};
pub use problem::{FieldProblem, ProblemKind};

use crate::{Lang, Won};
use serde::{Deserialize, Serialize};

/// Which characters a number is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Charset {
    /// 0–9.
    #[default]
    Digits,
    /// A–Z.
    Letters,
    /// Both.
    Alnum,
}

/// One field of a brand's form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// `pin`, `auth_code`, `issue_date`, `security_code`, `gift_number`.
    pub name: String,
    /// Label in Korean.
    pub label_ko: String,
    /// Label in English.
    pub label_en: String,
    /// Which characters it is made of.
    pub charset: Charset,
    /// The ways it may be grouped; each way is the lengths of its groups. `[[4,4,4,4],[4,4,4,4,4]]` takes 16 or 20.
    pub groups: Vec<Vec<u8>>,
    /// May it be left empty?
    pub required: bool,
    /// Where to find it, in Korean.
    #[serde(default)]
    pub help_ko: String,
    /// Where to find it, in English.
    #[serde(default)]
    pub help_en: String,
    /// A rule beyond length and characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grammar: Option<Grammar>,
}

/// Amounts beside the listed faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeFace {
    /// Smallest, inclusive.
    pub min: Won,
    /// Largest, inclusive.
    pub max: Won,
    /// Every amount is a multiple of it.
    pub step: Won,
}

/// What is asked for one voucher of a brand. Stored as `catalog.form_json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSchema {
    /// The voucher's number.
    pub pin: FieldSpec,
    /// What is needed beside it.
    #[serde(default)]
    pub companions: Vec<FieldSpec>,
    /// Faces offered as quick choices, ascending.
    pub faces: Vec<Won>,
    /// Set when other amounts are taken too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<FreeFace>,
}

impl FieldSpec {
    /// The label in the reader's language.
    pub fn label(&self, lang: Lang) -> &str {
        lang.pick(&self.label_ko, &self.label_en)
    }

    /// The help in the reader's language; may be empty.
    pub fn help(&self, lang: Lang) -> &str {
        lang.pick(&self.help_ko, &self.help_en)
    }

    /// The lengths it may have, ascending, each once.
    pub fn lengths(&self) -> Vec<usize> {
        let mut lengths: Vec<usize> =
            self.groups.iter().map(|way| way.iter().map(|group| usize::from(*group)).sum()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        lengths
    }

    /// A number in its groups, `1234-5678-…`; whole where no way of grouping fits.
    pub fn grouped(&self, number: &str) -> String {
        let got = number.chars().count();
        let fits = |way: &&Vec<u8>| way.iter().map(|group| usize::from(*group)).sum::<usize>() == got;
        let Some(way) = self.groups.iter().find(fits) else {
            return number.to_owned();
        };
        let mut rest = number.chars();
        let group = |size: &u8| rest.by_ref().take(usize::from(*size)).collect::<String>();
        way.iter().map(group).collect::<Vec<_>>().join("-")
    }
}

impl FormSchema {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&FieldSpec> {
        std::iter::once(&self.pin).chain(&self.companions).find(|field| field.name == name)
    }

    /// Is a voucher of this face taken?
    pub fn takes_face(&self, face: Won) -> bool {
        let free = |free: FreeFace| free.min <= face && face <= free.max && face.is_multiple_of(free.step);
        !face.is_zero() && (self.faces.contains(&face) || self.free.is_some_and(free))
    }
}
