//! The price of a sale: floor per voucher, fee once per order, never below nothing.

use crate::rate::{Rate, rate_for};
use crate::{Lang, Span, Won, text};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use crate::wire::Speed;

/// How long a quote holds.
pub const QUOTE_VALID: Span = Span::minutes(10);
/// Most vouchers in one order.
pub const MAX_ITEMS: usize = 100;

crate::state::words!(Speed, "speed", { Instant => "instant", NextMorning => "next_morning" });

/// One voucher to be priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceLine {
    /// The draft's row.
    pub row: u32,
    /// Brand key.
    pub brand: String,
    /// Face value.
    pub face: Won,
}

/// One priced voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    /// The draft's row.
    pub row: u32,
    /// Brand key.
    pub brand: String,
    /// Face value.
    pub face: Won,
    /// Rate used, basis points.
    pub rate_bp: u32,
    /// `floor(face × rate)`.
    pub net: Won,
}

/// A priced sale. `net` is `gross − fee`, or nothing when the fee is more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// In the order given.
    pub lines: Vec<PricedLine>,
    /// Sum of the faces.
    pub total_face: Won,
    /// Sum of the lines, before the fee.
    pub gross: Won,
    /// Once per order.
    pub fee: Won,
    /// What the customer gets.
    pub net: Won,
}

/// Why there is no price.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QuoteProblem {
    /// No voucher.
    #[error("nothing to price")]
    Empty,
    /// More than [`MAX_ITEMS`].
    #[error("{got} vouchers")]
    TooMany {
        /// How many there are.
        got: usize,
    },
    /// No rate for this face of this brand.
    #[error("no rate for {brand} {face}")]
    NotBought {
        /// The draft's row.
        row: u32,
        /// Brand key.
        brand: String,
        /// Face value.
        face: Won,
    },
    /// The fee eats the whole price.
    #[error("fee {fee} is not less than {gross}")]
    NothingLeft {
        /// Before the fee.
        gross: Won,
        /// The fee.
        fee: Won,
    },
    /// A sum beyond what a ledger holds.
    #[error("amount overflows")]
    Overflow,
}

impl QuoteProblem {
    /// Stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooMany { .. } => "too_many",
            Self::NotBought { .. } => "not_bought",
            Self::NothingLeft { .. } => "nothing_left",
            Self::Overflow => "overflow",
        }
    }

    /// What is wrong and what to do.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Empty => text::quote_empty(lang).to_owned(),
            Self::TooMany { got } => text::quote_too_many(lang, *got, MAX_ITEMS),
            Self::NotBought { face, .. } => text::quote_not_bought(lang, &face.fmt(lang)),
            Self::NothingLeft { gross, fee } => text::quote_nothing_left(lang, &gross.fmt(lang), &fee.fmt(lang)),
            Self::Overflow => text::quote_overflow(lang).to_owned(),
        }
    }
}

/// Prices a sale by the rates in force.
///
/// Errors: [`QuoteProblem`]. A sale whose fee leaves nothing is refused, for there would be nothing to pay out.
pub fn price(lines: &[PriceLine], rates: &[Rate], fee: Won) -> Result<Quote, QuoteProblem> {
    match lines.len() {
        0 => return Err(QuoteProblem::Empty),
        got if got > MAX_ITEMS => return Err(QuoteProblem::TooMany { got }),
        _ => {}
    }
    let mut priced = Vec::with_capacity(lines.len());
    for PriceLine { row, brand, face } in lines {
        let not_bought = || QuoteProblem::NotBought { row: *row, brand: brand.clone(), face: *face };
        let rate = rate_for(rates, brand, *face).filter(|_| !face.is_zero()).ok_or_else(not_bought)?;
        let net = face.at_rate(rate.basis_points).ok_or(QuoteProblem::Overflow)?;
        priced.push(PricedLine { row: *row, brand: brand.clone(), face: *face, rate_bp: rate.basis_points, net });
    }
    let total_face = Won::sum(priced.iter().map(|line| line.face)).ok_or(QuoteProblem::Overflow)?;
    let gross = Won::sum(priced.iter().map(|line| line.net)).ok_or(QuoteProblem::Overflow)?;
    if gross <= fee {
        return Err(QuoteProblem::NothingLeft { gross, fee });
    }
    Ok(Quote { lines: priced, total_face, gross, fee, net: gross.saturating_sub_zero(fee) })
}

/// What an order pays once its vouchers are locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Per locked voucher, in the order given: `floor(verified face × rate)`.
    pub nets: Vec<Won>,
    /// Sum of the verified faces.
    pub total_face: Won,
    /// Sum of `nets`.
    pub gross: Won,
    /// Taken once; never more than `gross`.
    pub fee: Won,
    /// `gross − fee`.
    pub payable: Won,
}

/// Fixes what is payable from (verified face, frozen rate) of every locked voucher; `None` on overflow.
pub fn settle(locked: &[(Won, u32)], fee: Won) -> Option<Settlement> {
    let nets = locked.iter().map(|(face, rate)| face.at_rate(*rate)).collect::<Option<Vec<_>>>()?;
    let gross = Won::sum(nets.iter().copied())?;
    let total_face = Won::sum(locked.iter().map(|(face, _)| *face))?;
    let fee = fee.min(gross);
    Some(Settlement { nets, total_face, gross, fee, payable: gross.saturating_sub_zero(fee) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(row: u32, face: u32) -> PriceLine {
        PriceLine { row, brand: "a".into(), face: Won::whole(face) }
    }

    fn rates(basis_points: u32) -> Vec<Rate> {
        vec![Rate { brand: "a".into(), face_min: Won::whole(1), face_max: Won::whole(500_000), basis_points }]
    }

    #[test]
    fn the_fee_is_taken_once() {
        let quote = price(&[line(1, 50_000), line(2, 30_000)], &rates(9_000), Won::whole(500));
        let quote = quote.expect("priced");
        assert_eq!(quote.gross, Won::whole(72_000));
        assert_eq!(quote.net, Won::whole(71_500));
        assert_eq!(quote.total_face, Won::whole(80_000));
    }

    #[test]
    fn every_voucher_is_rounded_down_by_itself() {
        let quote = price(&[line(1, 999), line(2, 999)], &rates(9_050), Won::ZERO).expect("priced");
        assert_eq!(quote.lines.iter().map(|line| line.net).collect::<Vec<_>>(), [Won::whole(904), Won::whole(904)]);
        assert_eq!(quote.net, Won::whole(1_808));
    }

    #[test]
    fn what_is_not_bought_is_named() {
        let problem = price(&[line(1, 1_000), line(7, 600_000)], &rates(9_000), Won::ZERO).expect_err("not bought");
        assert_eq!(problem, QuoteProblem::NotBought { row: 7, brand: "a".into(), face: Won::whole(600_000) });
        assert_eq!(price(&[], &rates(9_000), Won::ZERO), Err(QuoteProblem::Empty));
        assert_eq!(
            price(&vec![line(1, 1_000); 101], &rates(9_000), Won::ZERO),
            Err(QuoteProblem::TooMany { got: 101 })
        );
        let eaten = price(&[line(1, 500)], &rates(9_000), Won::whole(500)).expect_err("nothing left");
        assert_eq!(eaten, QuoteProblem::NothingLeft { gross: Won::whole(450), fee: Won::whole(500) });
        assert!(eaten.text(Lang::Ko).contains("450원"));
    }

    #[test]
    fn a_settlement_never_goes_below_nothing() {
        let nothing = settle(&[], Won::whole(500)).expect("settled");
        assert_eq!((nothing.payable, nothing.fee), (Won::ZERO, Won::ZERO));
        let small = settle(&[(Won::whole(500), 9_000)], Won::whole(500)).expect("settled");
        assert_eq!((small.payable, small.fee, small.gross), (Won::ZERO, Won::whole(450), Won::whole(450)));
    }

    proptest! {
        #[test]
        fn a_quote_adds_up(faces in prop::collection::vec(1_u32..=500_000, 1..=100), bp in 1_u32..=10_000, fee in 0_u32..=1_000) {
            let lines: Vec<_> = (1..).zip(&faces).map(|(row, face)| line(row, *face)).collect();
            match price(&lines, &rates(bp), Won::whole(fee)) {
                Ok(quote) => {
                    prop_assert_eq!(Won::sum(quote.lines.iter().map(|line| line.net)), Some(quote.gross));
                    prop_assert_eq!(quote.net.checked_add(quote.fee), Some(quote.gross));
                    prop_assert!(quote.gross <= quote.total_face && !quote.net.is_zero());
                    let locked: Vec<_> = quote.lines.iter().map(|line| (line.face, line.rate_bp)).collect();
                    prop_assert_eq!(settle(&locked, Won::whole(fee)).map(|done| done.payable), Some(quote.net));
                }
                Err(problem) => prop_assert_eq!(problem.code(), "nothing_left"),
            }
        }
    }
}
