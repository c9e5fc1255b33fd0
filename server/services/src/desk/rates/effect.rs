//! What a plan would change: band by band, and over what was paid in the last thirty days.

use domain::form::FormSchema;
use domain::rate::rate_for;
use domain::rate_plan::{Band, jumps, rates_of};
use domain::{Rate, Span, Won};

/// What was paid since then is what the plan is held against.
pub(super) const LOOKED_BACK: Span = Span::days(30);

/// One band of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectRow {
    pub band: Band,
    /// Lowest and highest rate of the same faces now; `None` where nothing is bought now.
    pub old: Option<(u32, u32)>,
    /// A face that is really sold: the largest the form lists in the band.
    pub face: Won,
    pub old_pay: Option<Won>,
    pub new_pay: Won,
}

/// What the last thirty days would have cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// Vouchers paid.
    pub count: u64,
    pub face: Won,
    pub old: Won,
    pub new: Won,
    /// Vouchers of faces the plan doesn't pay any more.
    pub left_out: u64,
}

/// What a plan would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    pub rows: Vec<EffectRow>,
    pub volume: Volume,
    /// A rate changes by so much that whoever publishes it must type the brand's key.
    pub jumps: bool,
}

impl Effect {
    pub(super) fn of(key: &str, old: &[Rate], bands: &[Band], form: &FormSchema, paid: &[(Won, u32)]) -> Self {
        let new = rates_of(key, bands);
        let rows = bands.iter().map(|band| row(key, old, *band, form)).collect();
        Self { rows, volume: volume(key, old, &new, paid), jumps: jumps(key, old, &new, form) }
    }
}

fn row(key: &str, old: &[Rate], band: Band, form: &FormSchema) -> EffectRow {
    let within = |face: &Won| band.min <= *face && *face <= band.max;
    let listed: Vec<Won> = form.faces.iter().copied().filter(within).collect();
    let ends = [band.min, band.max];
    let looked_at = if listed.is_empty() { ends.as_slice() } else { listed.as_slice() };
    let bps = || looked_at.iter().filter_map(|face| rate_for(old, key, *face)).map(|rate| rate.basis_points);
    let face = listed.last().copied().unwrap_or(band.max);
    let pay = |basis_points: u32| face.at_rate(basis_points).unwrap_or_default();
    EffectRow {
        band,
        old: bps().min().zip(bps().max()),
        face,
        old_pay: rate_for(old, key, face).map(|rate| pay(rate.basis_points)),
        new_pay: pay(band.basis_points),
    }
}

fn volume(key: &str, old: &[Rate], new: &[Rate], paid: &[(Won, u32)]) -> Volume {
    let mut volume = Volume::default();
    let pays = |rates: &[Rate], face: Won, count: u32| {
        let each = rate_for(rates, key, face).and_then(|rate| face.at_rate(rate.basis_points));
        each.and_then(|each| each.checked_mul(count))
    };
    for (face, count) in paid {
        volume.count += u64::from(*count);
        let add = |sum: Won, part: Option<Won>| sum.checked_add(part.unwrap_or_default()).unwrap_or(sum);
        volume.face = add(volume.face, face.checked_mul(*count));
        // What isn't bought now isn't compared.
        if let Some(was) = pays(old, *face, *count) {
            volume.old = add(volume.old, Some(was));
            volume.new = add(volume.new, pays(new, *face, *count));
        }
        if rate_for(new, key, *face).is_none() {
            volume.left_out += u64::from(*count);
        }
    }
    volume
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(min: u32, max: u32, basis_points: u32) -> Band {
        Band { min: Won::whole(min), max: Won::whole(max), basis_points }
    }

    #[test]
    fn a_plan_is_held_against_what_was_paid() {
        let Some(seed) = domain::catalogue::seed_brands().into_iter().find(|seed| seed.brand == "munhwa") else {
            panic!("there")
        };
        let old = rates_of("munhwa", &[band(1_000, 500_000, 9_000)]);
        let plan = [band(1_000, 9_999, 8_900), band(10_000, 500_000, 9_100)];
        let paid = [(Won::whole(5_000), 10), (Won::whole(50_000), 2), (Won::whole(600_000), 1)];
        let effect = Effect::of("munhwa", &old, &plan, &seed.form, &paid);
        // 5,000 × 10: 45,000 → 44,500; 50,000 × 2: 90,000 → 91,000.
        assert_eq!((effect.volume.old, effect.volume.new), (Won::whole(135_000), Won::whole(135_500)));
        assert_eq!((effect.volume.count, effect.volume.left_out), (13, 1));
        assert!(!effect.jumps);
        assert_eq!(effect.rows[0].old, Some((9_000, 9_000)));
        assert_eq!((effect.rows[1].face, effect.rows[1].new_pay), (Won::whole(100_000), Won::whole(91_000)));
    }
}
