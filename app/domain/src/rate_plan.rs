//! A brand's rates as somebody drafts them: bands that may not overlap, leave a face out or pay more than the face.

use crate::Won;
use crate::form::FormSchema;
use crate::rate::Rate;
use crate::won::FULL_RATE;
use serde::{Deserialize, Serialize};

/// Most bands of one brand.
pub const MOST_BANDS: usize = 12;
/// A rate that changes by more than this, in basis points, wants to be confirmed by typing.
pub const JUMP_BP: u32 = 200;

/// Faces from … to … are paid at so many basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Smallest face, inclusive.
    pub min: Won,
    /// Largest face, inclusive.
    pub max: Won,
    /// 9,000 is 90 %.
    pub basis_points: u32,
}

/// Why bands are no plan; `at` is the band's place from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanProblem {
    /// No band.
    Empty,
    /// More than [`MOST_BANDS`].
    TooMany,
    /// The smallest face is none, or above the largest.
    Backwards {
        /// The band's place.
        at: usize,
    },
    /// It begins within the band before it.
    Overlap {
        /// The band's place.
        at: usize,
    },
    /// Nothing, or more than the face.
    Rate {
        /// The band's place.
        at: usize,
    },
    /// The brand's form takes this face, and no band pays it; `at` is the band after which it would stand.
    Uncovered {
        /// The first such face.
        face: Won,
        /// The band's place.
        at: usize,
    },
}

/// Everything wrong with a plan for vouchers of this form.
pub fn check(bands: &[Band], form: &FormSchema) -> Vec<PlanProblem> {
    if bands.is_empty() {
        return vec![PlanProblem::Empty];
    }
    let mut problems = Vec::new();
    if bands.len() > MOST_BANDS {
        problems.push(PlanProblem::TooMany);
    }
    let mut before: Option<Won> = None;
    for (at, band) in bands.iter().enumerate() {
        if band.min.is_zero() || band.min > band.max {
            problems.push(PlanProblem::Backwards { at });
        }
        if before.is_some_and(|end| band.min <= end) {
            problems.push(PlanProblem::Overlap { at });
        }
        if band.basis_points == 0 || band.basis_points > FULL_RATE {
            problems.push(PlanProblem::Rate { at });
        }
        before = Some(before.unwrap_or_default().max(band.max));
    }
    if problems.is_empty()
        && let Some(face) = uncovered(bands, form)
    {
        let at = bands.iter().rposition(|band| band.max < face).unwrap_or(0);
        problems.push(PlanProblem::Uncovered { face, at });
    }
    problems
}

/// The smallest face the form takes and no band pays.
pub fn uncovered(bands: &[Band], form: &FormSchema) -> Option<Won> {
    let paid = |face: Won| bands.iter().any(|band| band.min <= face && face <= band.max);
    let listed = form.faces.iter().copied().find(|face| !paid(*face));
    // Amounts in steps: only the first after the start and after each band's end can be the first that is left out.
    let free = form.free.and_then(|free| {
        let starts = std::iter::once(free.min.get()).chain(bands.iter().map(|band| band.max.get() + 1));
        let step = free.step.get().max(1);
        let on_step =
            starts.filter_map(|start| start.max(free.min.get()).checked_add(step - 1).map(|up| up - up % step));
        on_step.filter_map(|face| Won::new(face).ok()).filter(|face| *face <= free.max && !paid(*face)).min()
    });
    match (listed, free) {
        (Some(listed), Some(free)) => Some(listed.min(free)),
        (one, other) => one.or(other),
    }
}

/// As rows of the rate table.
pub fn rates_of(brand: &str, bands: &[Band]) -> Vec<Rate> {
    bands
        .iter()
        .map(|band| Rate {
            brand: brand.to_owned(),
            face_min: band.min,
            face_max: band.max,
            basis_points: band.basis_points,
        })
        .collect()
}

/// Does the rate of some face that is taken change by more than [`JUMP_BP`]? A face that was not paid before is no jump.
pub fn jumps(brand: &str, before: &[Rate], after: &[Rate], form: &FormSchema) -> bool {
    let ends = after.iter().flat_map(|rate| [rate.face_min, rate.face_max]);
    let faces = form.faces.iter().copied().chain(ends);
    faces.filter(|face| form.takes_face(*face) || after.iter().any(|rate| rate.covers(brand, *face))).any(|face| {
        let of = |rates| crate::rate::rate_for(rates, brand, face).map(|rate| rate.basis_points);
        matches!((of(before), of(after)), (Some(old), Some(new)) if old.abs_diff(new) > JUMP_BP)
    })
}

/// `90`, `90.5`, `90.05%` as basis points; `None` when it is no such number or has more than two decimals.
pub fn parse_percent(typed: &str) -> Option<u32> {
    let plain: String = typed.chars().map(crate::form::half_width).filter(|c| !c.is_whitespace()).collect();
    let plain = plain.strip_suffix('%').unwrap_or(&plain);
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || fraction.len() > 2 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let hundredths: u32 = format!("{fraction:0<2}").parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(hundredths)
}

/// What an order's fee may be at most: a tenth of the smallest order people make.
pub const MOST_FEE: Won = Won::whole(10_000);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::seed_brands;

    fn band(min: u32, max: u32, basis_points: u32) -> Band {
        Band { min: Won::whole(min), max: Won::whole(max), basis_points }
    }

    fn form(brand: &str) -> FormSchema {
        seed_brands().into_iter().find(|seed| seed.brand == brand).expect("there").form
    }

    #[test]
    fn the_first_rates_of_every_brand_are_a_plan() {
        for seed in seed_brands().into_iter().filter(|seed| !seed.rates.is_empty()) {
            let bands: Vec<Band> = seed
                .rates
                .iter()
                .map(|rate| Band { min: rate.face_min, max: rate.face_max, basis_points: rate.basis_points })
                .collect();
            assert_eq!(check(&bands, &seed.form), [], "{}", seed.brand);
            assert!(!jumps(seed.brand, &seed.rates, &seed.rates, &seed.form));
        }
    }

    #[test]
    fn what_is_no_plan_names_its_band() {
        let form = form("munhwa");
        let whole = band(1_000, 500_000, 9_000);
        assert_eq!(check(&[], &form), [PlanProblem::Empty]);
        assert_eq!(check(&[band(0, 500_000, 9_000)], &form), [PlanProblem::Backwards { at: 0 }]);
        assert_eq!(check(&[band(9_000, 1_000, 9_000)], &form), [PlanProblem::Backwards { at: 0 }]);
        assert_eq!(check(&[whole, band(500_000, 900_000, 9_000)], &form), [PlanProblem::Overlap { at: 1 }]);
        assert_eq!(check(&[whole, band(1_000, 2_000, 9_000)], &form), [PlanProblem::Overlap { at: 1 }]);
        for rate in [0, 10_001, 90_000] {
            assert_eq!(check(&[band(1_000, 500_000, rate)], &form), [PlanProblem::Rate { at: 0 }]);
        }
        let gap = check(&[band(1_000, 9_999, 8_800), band(50_000, 500_000, 9_000)], &form);
        assert_eq!(gap, [PlanProblem::Uncovered { face: Won::whole(10_000), at: 0 }]);
        let many: Vec<Band> = (0..13).map(|n| band(1_000 * n + 1, 1_000 * (n + 1), 9_000)).collect();
        assert!(check(&many, &form).contains(&PlanProblem::TooMany));
    }

    #[test]
    fn an_amount_between_two_bands_is_found_where_any_amount_is_taken() {
        let form = FormSchema {
            faces: Vec::new(),
            free: Some(crate::form::FreeFace {
                min: Won::whole(1_000),
                max: Won::whole(10_000),
                step: Won::whole(100),
            }),
            ..form("munhwa")
        };
        assert_eq!(uncovered(&[band(1_000, 4_999, 9_000), band(5_000, 10_000, 9_000)], &form), None);
        assert_eq!(uncovered(&[band(1_000, 4_900, 9_000), band(5_000, 10_000, 9_000)], &form), None);
        assert_eq!(uncovered(&[band(1_000, 4_899, 9_000), band(5_000, 10_000, 9_000)], &form), Some(Won::whole(4_900)));
        assert_eq!(uncovered(&[band(1_000, 9_999, 9_000)], &form), Some(Won::whole(10_000)));
        assert_eq!(uncovered(&[band(1_100, 10_000, 9_000)], &form), Some(Won::whole(1_000)));
    }

    #[test]
    fn two_points_are_no_jump_and_a_hundredth_more_is() {
        let form = form("munhwa");
        let plan = |bp| rates_of("munhwa", &[band(1_000, 500_000, bp)]);
        assert!(!jumps("munhwa", &plan(9_000), &plan(9_200), &form));
        assert!(jumps("munhwa", &plan(9_000), &plan(9_201), &form));
        assert!(jumps("munhwa", &plan(9_000), &plan(8_799), &form));
        assert!(!jumps("munhwa", &[], &plan(9_000), &form), "new is no jump");
    }

    #[test]
    fn per_cent_is_read_without_rounding() {
        for (typed, bp) in
            [("90", 9_000), ("90.5", 9_050), (" 90.05 % ", 9_005), ("９０．５％", 9_050), ("100", 10_000)]
        {
            assert_eq!(parse_percent(typed), Some(bp), "{typed}");
        }
        for wrong in ["", "%", "90.555", "-1", "9e1", "90,5", "99999", "1.2.3", "abc"] {
            assert_eq!(parse_percent(wrong), None, "{wrong}");
        }
    }
}
