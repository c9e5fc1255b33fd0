//! What is paid for a voucher: basis points by brand and face.

use crate::Won;
use serde::{Deserialize, Serialize};

/// One row of the rate table in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Brand key.
    pub brand: String,
    /// Smallest face it holds for, inclusive.
    pub face_min: Won,
    /// Largest face it holds for, inclusive.
    pub face_max: Won,
    /// Paid share of the face: 9,000 is 90 %.
    pub basis_points: u32,
}

impl Rate {
    /// Does it speak of this face of this brand?
    pub fn covers(&self, brand: &str, face: Won) -> bool {
        self.brand == brand && self.face_min <= face && face <= self.face_max
    }
}

/// The rate for a face. Where bands overlap the narrower one knows better, then the lower one.
pub fn rate_for<'a>(rates: &'a [Rate], brand: &str, face: Won) -> Option<&'a Rate> {
    rates
        .iter()
        .filter(|rate| rate.covers(brand, face))
        .min_by_key(|rate| (rate.face_max.saturating_sub_zero(rate.face_min), rate.basis_points))
}

/// The best rate of a brand over all faces.
pub fn best_rate(rates: &[Rate], brand: &str) -> Option<u32> {
    rates.iter().filter(|rate| rate.brand == brand).map(|rate| rate.basis_points).max()
}

/// `90.5%` from 9,050 basis points; no needless zeros.
pub fn percent(basis_points: u32) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    let fraction = format!("{rest:02}");
    match fraction.trim_end_matches('0') {
        "" => format!("{whole}%"),
        digits => format!("{whole}.{digits}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(face_min: u32, face_max: u32, basis_points: u32) -> Rate {
        Rate { brand: "a".into(), face_min: Won::whole(face_min), face_max: Won::whole(face_max), basis_points }
    }

    #[test]
    fn the_band_holds_at_both_its_ends() {
        let rates = [rate(1_000, 9_999, 8_800), rate(10_000, 50_000, 9_000)];
        let paid = |face| rate_for(&rates, "a", Won::whole(face)).map(|rate| rate.basis_points);
        assert_eq!(paid(999), None);
        assert_eq!(paid(1_000), Some(8_800));
        assert_eq!(paid(9_999), Some(8_800));
        assert_eq!(paid(10_000), Some(9_000));
        assert_eq!(paid(50_000), Some(9_000));
        assert_eq!(paid(50_001), None);
        assert_eq!(rate_for(&rates, "b", Won::whole(1_000)), None);
        assert_eq!(best_rate(&rates, "a"), Some(9_000));
        assert_eq!(best_rate(&rates, "b"), None);
    }

    #[test]
    fn of_overlapping_bands_the_narrower_counts() {
        let rates = [rate(1_000, 100_000, 8_800), rate(50_000, 50_000, 9_100)];
        assert_eq!(rate_for(&rates, "a", Won::whole(50_000)).map(|rate| rate.basis_points), Some(9_100));
        assert_eq!(rate_for(&rates, "a", Won::whole(10_000)).map(|rate| rate.basis_points), Some(8_800));
    }

    #[test]
    fn per_cent_is_written_short() {
        for (bp, text) in [(9_000, "90%"), (9_050, "90.5%"), (9_005, "90.05%"), (10_000, "100%"), (0, "0%")] {
            assert_eq!(percent(bp), text);
        }
    }
}
