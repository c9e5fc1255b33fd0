//! The brands a new installation starts with: forms, notes, rates and fees. Afterwards the database is the truth.
//!
//! Formats: domain-facts §1.1–1.8 and fixtures/pins/README.md. Rates: plausible levels of §1.2–1.7, smaller faces worse.

mod brands;
mod fields;

use crate::form::FormSchema;
use crate::{BrandStatus, Lang, Rate, Speed, Won};
use serde::{Deserialize, Serialize};

/// Who says whether a voucher is good. The words are those of `catalog.verification`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// The issuer's bridge.
    Issuer,
    /// A person at the manual desk.
    Manual,
}

crate::state::words!(Verification, "verification", { Issuer => "issuer", Manual => "manual" });

crate::state::words!(BrandStatus, "brand status", {
    Accepting => "accepting",
    Paused => "paused",
    Stopped => "stopped",
});

/// A brand's face to people. Stored as `catalog.info_json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandInfo {
    /// Name in Korean.
    pub name_ko: String,
    /// Name in English.
    pub name_en: String,
    /// One line: the format, or why it stopped.
    pub note_ko: String,
    /// The same in English.
    pub note_en: String,
    /// Two letters for the tile's mark.
    pub initials: String,
    /// Hue of the tile's mark, degrees.
    pub hue: u16,
}

impl BrandInfo {
    /// The name in the reader's language.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ko, &self.name_en)
    }

    /// The note in the reader's language.
    pub fn note(&self, lang: Lang) -> &str {
        lang.pick(&self.note_ko, &self.note_en)
    }
}

/// One brand as it is first written into the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandSeed {
    /// Key, as in fixtures/pins/README.md.
    pub brand: &'static str,
    /// Brands whose numbers can't be told apart share one; duplicates are looked for within it.
    pub family: &'static str,
    /// Is it bought?
    pub status: BrandStatus,
    /// Who says whether a voucher is good.
    pub verification: Verification,
    /// Its face to people.
    pub info: BrandInfo,
    /// What is asked for one voucher.
    pub form: FormSchema,
    /// Its first rates; none when it isn't bought.
    pub rates: Vec<Rate>,
}

/// Every brand, in the order of the tiles.
pub fn seed_brands() -> Vec<BrandSeed> {
    brands::all()
}

/// Every first rate.
pub fn seed_rates() -> Vec<Rate> {
    seed_brands().into_iter().flat_map(|seed| seed.rates).collect()
}

/// The first fee per order.
pub const fn seed_fee(speed: Speed) -> Won {
    match speed {
        Speed::Instant => Won::whole(500),
        Speed::NextMorning => Won::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{ProblemKind, Typed};
    use crate::rate::rate_for;
    use std::collections::HashSet;

    #[test]
    fn the_catalogue_holds_every_brand_of_the_fixtures_once() {
        let wanted = HashSet::from([
            "cultureland",
            "munhwa",
            "smart_munhwa",
            "booknlife",
            "google_play",
            "teencash",
            "eggmoney",
            "funnycard",
            "nexon",
            "happymoney",
            "shinsegae",
            "lotte",
            "hyundai",
            "starbucks",
            "gifticon",
        ]);
        let seeds = seed_brands();
        assert_eq!(seeds.iter().map(|seed| seed.brand).collect::<HashSet<_>>(), wanted);
        assert_eq!(seeds.len(), wanted.len());
    }

    #[test]
    fn twin_brands_share_a_family() {
        let family = |brand| seed_brands().iter().find(|seed| seed.brand == brand).map(|seed| seed.family);
        assert_eq!(family("munhwa"), Some("munhwa18"));
        assert_eq!(family("smart_munhwa"), Some("munhwa18"));
        assert_eq!(family("cultureland"), Some("cultureland"));
    }

    #[test]
    fn every_form_is_usable_and_survives_storing() {
        for seed in seed_brands() {
            assert_eq!(seed.form.check(), Ok(()), "{}", seed.brand);
            let stored = serde_json::to_string(&seed.form).expect("stored");
            assert_eq!(serde_json::from_str::<FormSchema>(&stored).ok(), Some(seed.form));
            let info = serde_json::to_string(&seed.info).expect("stored");
            assert_eq!(serde_json::from_str::<BrandInfo>(&info).ok(), Some(seed.info));
        }
    }

    #[test]
    fn every_face_offered_has_a_rate_and_a_stopped_brand_has_none() {
        for seed in seed_brands() {
            for face in &seed.form.faces {
                let rate = rate_for(&seed.rates, seed.brand, *face);
                assert_eq!(rate.is_some(), seed.status == BrandStatus::Accepting, "{} {face}", seed.brand);
            }
            if let (Some(free), BrandStatus::Accepting) = (seed.form.free, seed.status) {
                let mut face = free.min;
                while face <= free.max {
                    assert!(rate_for(&seed.rates, seed.brand, face).is_some(), "{} {face}", seed.brand);
                    face = face.checked_add(free.step).expect("small");
                }
            }
        }
    }

    #[test]
    fn a_larger_face_never_pays_worse_and_bands_do_not_overlap() {
        for seed in seed_brands() {
            for pair in seed.rates.windows(2) {
                assert!(pair[0].face_max < pair[1].face_min, "{}", seed.brand);
                assert!(pair[0].basis_points <= pair[1].basis_points, "{}", seed.brand);
            }
            assert!(
                seed.rates.iter().all(|rate| (7_000..=9_700).contains(&rate.basis_points) && rate.brand == seed.brand)
            );
        }
    }

    #[test]
    fn the_stopped_brand_says_since_when() {
        let happy = seed_brands().into_iter().find(|seed| seed.brand == "happymoney").expect("there");
        assert_eq!(happy.status, BrandStatus::Stopped);
        assert!(happy.info.note_ko.contains("2026년 2월 9일"));
        assert!(happy.rates.is_empty());
    }

    type Companions = Vec<(String, String)>;

    fn check(
        brand: &str,
        pin: &str,
        companions: &[(&str, &str)],
        face: u32,
    ) -> Result<(String, Companions), Vec<&'static str>> {
        let seed = seed_brands().into_iter().find(|seed| seed.brand == brand).expect("there");
        let companions = companions.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let typed = Typed { pin: pin.to_owned(), companions, face: Some(Won::whole(face)) };
        match seed.form.validate(&typed) {
            Ok(clean) => Ok((
                clean.pin.expose().to_owned(),
                clean.companions.into_iter().map(|(name, value)| (name, value.into_exposed())).collect(),
            )),
            Err(problems) => Err(problems.iter().map(crate::form::FieldProblem::code).collect()),
        }
    }

    #[test]
    fn vouchers_of_every_brand_are_taken_in_their_own_form() {
        let none: Vec<(String, String)> = vec![];
        let with = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        assert_eq!(
            check("cultureland", "4180-1234-1234-1234", &[], 50_000),
            Ok(("4180123412341234".into(), none.clone()))
        );
        assert_eq!(
            check("cultureland", "3112345678901234", &[], 12_300),
            Ok(("3112345678901234".into(), none.clone()))
        );
        assert_eq!(
            check("munhwa", "3639-4645-2538-644303", &[], 10_000),
            Ok(("363946452538644303".into(), none.clone()))
        );
        assert_eq!(
            check("booknlife", "1234567890123456", &[("auth_code", "7890")], 10_000),
            Ok(("1234567890123456".into(), with("auth_code", "7890")))
        );
        assert_eq!(
            check("booknlife", "1234-5678-9012-3456-7890", &[], 10_000),
            Ok(("1234567890123456".into(), with("auth_code", "7890")))
        );
        assert_eq!(
            check("starbucks", "1234-5678-9012-3456 12345678", &[], 10_000),
            Ok(("1234567890123456".into(), with("auth_code", "12345678")))
        );
        assert_eq!(
            check("google_play", "abcd-efgh-jklm-npqr", &[], 10_000).map(|(pin, _)| pin),
            Ok("ABCDEFGHJKLMNPQR".into())
        );
        assert_eq!(check("google_play", "ABCD-EFGH-JKLM-NPQR-STUV", &[], 10_000).map(|(pin, _)| pin.len()), Ok(20));
        assert_eq!(check("nexon", "ABCDE-FGHIJ-KLMNO-PQRST", &[], 10_000).map(|(pin, _)| pin.len()), Ok(20));
        assert_eq!(
            check("shinsegae", "123456", &[("gift_number", "1234567890123"), ("security_code", "")], 50_000),
            Ok(("123456".into(), with("gift_number", "1234567890123")))
        );
        assert_eq!(
            check("happymoney", "1234-5678-9012-3456_20220701", &[], 10_000),
            Ok(("1234567890123456".into(), with("issue_date", "20220701")))
        );
    }

    #[test]
    fn what_is_wrong_is_said_by_its_code() {
        assert_eq!(check("cultureland", "4180-1234-1234-123", &[], 50_000), Err(vec!["too_short"]));
        assert_eq!(check("cultureland", "4180-1234-1234-12345", &[], 50_000), Err(vec!["too_long"]));
        assert_eq!(check("cultureland", "4190-1234-1234-1234", &[], 50_000), Err(vec!["bad_start"]));
        assert_eq!(check("cultureland", "4180-****-****-1234", &[], 50_000), Err(vec!["masked"]));
        assert_eq!(check("cultureland", "", &[], 50_050), Err(vec!["missing", "face_not_taken"]));
        assert_eq!(check("munhwa", "413946452538644303", &[], 10_000), Err(vec!["bad_start"]));
        assert_eq!(check("booknlife", "1234567890123456", &[], 10_000), Err(vec!["missing"]));
        assert_eq!(check("nexon", "ABCDE-FGHIJ-KLMNO-PQRS1", &[], 10_000), Err(vec!["wrong_character"]));
        assert_eq!(
            check("happymoney", "1234567890123456", &[("issue_date", "20221301")], 10_000),
            Err(vec!["not_a_date"])
        );
        assert_eq!(check("gifticon", "123456789012", &[], 10_001), Err(vec!["face_not_taken"]));
    }

    #[test]
    fn a_problem_is_told_with_figures_and_a_cure() {
        let seed = seed_brands().into_iter().find(|seed| seed.brand == "cultureland").expect("there");
        let typed = Typed { pin: "4180-1234-1234-123".into(), ..Typed::default() };
        let problems = seed.form.validate(&typed).expect_err("short, without face");
        assert_eq!(problems[0].text(Lang::Ko), "16자리 중 15자리예요. 빠진 숫자가 없는지 확인해 주세요.");
        assert_eq!(problems[0].text(Lang::En), "That’s 15 of 16 digits. Check for a missing one.");
        assert_eq!(problems[1].kind, ProblemKind::FaceMissing);
        let error = problems[0].to_error("rows.3.", Lang::Ko);
        assert_eq!((error.field.as_str(), error.code.as_str()), ("rows.3.pin", "too_short"));
        let google = seed_brands().into_iter().find(|seed| seed.brand == "google_play").expect("there");
        let problem = google.form.pin.check("ABCDEFGHIJKLMNOPQ").expect_err("17");
        assert_eq!(problem.text(Lang::Ko), "16자리 또는 20자리여야 하는데 17자리예요. 번호를 다시 확인해 주세요.");
    }

    #[test]
    fn hints_show_the_groups() {
        let seed = seed_brands().into_iter().find(|seed| seed.brand == "munhwa").expect("there");
        let hints = seed.form.pin.hints();
        assert_eq!((hints.inputmode, hints.placeholder.as_str()), ("numeric", "0000-0000-0000-000000"));
        assert_eq!(hints.autocomplete, "off");
        assert_eq!(seed.form.pin.grouped("363946452538644303"), "3639-4645-2538-644303");
        assert_eq!(seed.form.pin.grouped("12"), "12");
    }
}
