//! The judgement: which rules hit, what they add up to, what follows.

use super::{Cause, Condition, Facts, HolderFact, Limit, Outside, Past, Period, RiskLane, RuleBook, Subject};
use crate::Won;
use serde::{Deserialize, Serialize};

/// One rule that hit, and what made it hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Which.
    pub cause: Cause,
    /// What it adds to the score.
    pub points: u32,
    /// By which of the order's subjects.
    pub subject: Option<Subject>,
    /// What was found, in won or pieces.
    pub seen: Option<i64>,
    /// From which on it hits, or what may not be exceeded.
    pub bound: Option<i64>,
}

/// What a judgement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// One per rule that hit, each cause once.
    pub flags: Vec<Flag>,
    /// Their points together.
    pub score: u32,
    /// What follows.
    pub lane: RiskLane,
}

/// Judges an order. Total: there is a verdict for all facts and every book, and what is not known holds.
pub fn judge(facts: &Facts, book: &RuleBook) -> Verdict {
    let mut flags: Vec<Flag> = book
        .rules
        .iter()
        .filter(|rule| rule.enabled)
        .filter_map(|rule| Some(Flag { points: rule.points, ..hit(&rule.when, facts)? }))
        .collect();
    let hard = |cause, subject, seen, bound| Flag { cause, points: book.thresholds.hold_at, subject, seen, bound };
    if let Some(first) = facts.blocked.first() {
        flags.push(hard(Cause::Blocked, Some(*first), None, None));
    }
    for period in [Period::Day, Period::Month] {
        let over = book.limits.iter().filter(|limit| limit.period == period).find_map(|limit| exceeded(limit, facts));
        if let Some((subject, seen, bound)) = over {
            let cause = if period == Period::Day { Cause::LimitDay } else { Cause::LimitMonth };
            flags.push(hard(cause, Some(subject), Some(seen), Some(bound)));
        }
    }
    if facts.missing.is_some() || facts.outside == Outside::Failed {
        flags.push(hard(Cause::CheckFailed, None, None, None));
    }
    let score = flags.iter().fold(0_u32, |sum, flag| sum.saturating_add(flag.points));
    let lane = if flags.iter().any(|flag| flag.cause.is_hard()) || score >= book.thresholds.hold_at {
        RiskLane::Hold
    } else if score >= book.thresholds.review_at {
        RiskLane::Review
    } else {
        RiskLane::Auto
    };
    Verdict { flags, score, lane }
}

fn hit(when: &Condition, facts: &Facts) -> Option<Flag> {
    let bare = Flag { cause: when.cause(), points: 0, subject: None, seen: None, bound: None };
    let counted = |subject, seen: u32, bound: u32| {
        (seen >= bound).then_some(Flag { subject, seen: Some(seen.into()), bound: Some(bound.into()), ..bare })
    };
    let high = |bound: Won| {
        (facts.amount >= bound).then_some(Flag { seen: Some(facts.amount.get()), bound: Some(bound.get()), ..bare })
    };
    // The subject with most of it.
    let worst = |count: &dyn Fn(&Past) -> u32, own: u32, bound: u32| {
        let (subject, past) = facts.pasts().max_by_key(|(_, past)| count(past))?;
        counted(Some(subject), count(past).saturating_add(own), bound)
    };
    match when {
        Condition::HolderNotApplicant {} => (!facts.same_name).then_some(bare),
        Condition::HolderDiffers {} => (facts.holder == HolderFact::Differs).then_some(bare),
        Condition::HolderUnknown {} => (facts.holder == HolderFact::Unknown).then_some(bare),
        Condition::NewPhoneHigh { amount } => high(*amount).filter(|_| !facts.phone.paid_before),
        Condition::ManyPins { pins } => worst(&|past| past.pins_hour, facts.pins, *pins),
        Condition::SharedAccount { phones } => {
            counted(Some(Subject::Account), facts.account.others.saturating_add(1), *phones)
        }
        Condition::ManyAccounts { accounts } => {
            counted(Some(Subject::Phone), facts.phone.others.saturating_add(1), *accounts)
        }
        Condition::SharedDevice { phones } => {
            counted(Some(Subject::Device), facts.device?.others.saturating_add(1), *phones)
        }
        Condition::FailedPins { failed } => worst(&|past| past.failed_day, 0, *failed),
        Condition::NightFirstHigh { from, until, amount } => high(*amount)
            .filter(|_| !facts.phone.paid_before && !facts.account.paid_before)
            .filter(|_| is_between(facts.at.kst_minute() / 60, u16::from(*from), u16::from(*until))),
        Condition::CheatHit {} => match &facts.outside {
            Outside::Hit(subjects) => Some(Flag { subject: subjects.first().copied(), ..bare }),
            Outside::Off | Outside::Due | Outside::Clean | Outside::Failed => None,
        },
    }
}

/// From 23 until 6 is the night, too.
const fn is_between(hour: u16, from: u16, until: u16) -> bool {
    if from <= until { from <= hour && hour < until } else { hour >= from || hour < until }
}

/// With this order, what would be more than the limit allows?
fn exceeded(limit: &Limit, facts: &Facts) -> Option<(Subject, i64, i64)> {
    let (_, past) = facts.pasts().find(|(subject, _)| *subject == limit.subject)?;
    let (orders, amount) = match limit.period {
        Period::Day => (past.orders_day, past.amount_day),
        Period::Month => (past.orders_month, past.amount_month),
    };
    // An overflow is over every limit.
    let amount = amount.checked_add(facts.amount).map_or(i64::MAX, Won::get);
    let orders = orders.saturating_add(1);
    if let Some(most) = limit.amount.filter(|most| amount > most.get()) {
        return Some((limit.subject, amount, most.get()));
    }
    limit.orders.filter(|most| orders > *most).map(|most| (limit.subject, orders.into(), most.into()))
}

#[cfg(test)]
mod tests {
    use super::super::{RiskRule, Thresholds};
    use super::*;
    use crate::Timestamp;

    fn plain() -> Facts {
        Facts {
            at: Timestamp::from_kst_yyyymmddhhmmss("20261201120000").unwrap_or_default(),
            amount: Won::whole(90_000),
            pins: 2,
            same_name: true,
            holder: HolderFact::Matched,
            phone: Past::default(),
            account: Past::default(),
            device: Some(Past::default()),
            blocked: Vec::new(),
            outside: Outside::Off,
            missing: None,
        }
    }

    fn with(change: impl FnOnce(&mut Facts)) -> Facts {
        let mut facts = plain();
        change(&mut facts);
        facts
    }

    fn night(facts: &mut Facts, hour: &str) {
        facts.at = Timestamp::from_kst_yyyymmddhhmmss(&format!("20261201{hour}0000")).unwrap_or_default();
        facts.amount = Won::whole(500_000);
    }

    #[test]
    fn an_ordinary_order_has_no_flag_and_goes_on() {
        let verdict = judge(&plain(), &RuleBook::usual());
        assert_eq!(verdict, Verdict { flags: Vec::new(), score: 0, lane: RiskLane::Auto });
    }

    /// The table: every cause, at its bound and one below it.
    #[test]
    fn every_rule_hits_from_its_bound_on_and_not_before() {
        use RiskLane as L;
        type Change = fn(&mut Facts);
        let table: &[(Cause, Change, Option<L>)] = &[
            (Cause::HolderNotApplicant, |f| f.same_name = false, Some(L::Review)),
            (Cause::HolderDiffers, |f| f.holder = HolderFact::Differs, Some(L::Review)),
            (Cause::HolderUnknown, |f| f.holder = HolderFact::Unknown, Some(L::Auto)),
            (Cause::NewPhoneHigh, |f| f.amount = Won::whole(1_000_000), Some(L::Auto)),
            (Cause::NewPhoneHigh, |f| f.amount = Won::whole(999_999), None),
            (Cause::NewPhoneHigh, |f| (f.amount, f.phone.paid_before) = (Won::whole(2_000_000), true), None),
            (Cause::ManyPins, |f| f.pins = 50, Some(L::Auto)),
            (Cause::ManyPins, |f| f.pins = 49, None),
            (Cause::ManyPins, |f| f.account.pins_hour = 48, Some(L::Auto)),
            (Cause::ManyPins, |f| f.device = Some(Past { pins_hour: 48, ..Past::default() }), Some(L::Auto)),
            (Cause::ManyPins, |f| (f.phone.pins_hour, f.account.pins_hour) = (47, 47), None),
            (Cause::SharedAccount, |f| f.account.others = 2, Some(L::Review)),
            (Cause::SharedAccount, |f| f.account.others = 1, None),
            (Cause::ManyAccounts, |f| f.phone.others = 2, Some(L::Auto)),
            (Cause::ManyAccounts, |f| f.phone.others = 1, None),
            (Cause::SharedDevice, |f| f.device = Some(Past { others: 3, ..Past::default() }), Some(L::Auto)),
            (Cause::SharedDevice, |f| f.device = Some(Past { others: 2, ..Past::default() }), None),
            (Cause::SharedDevice, |f| f.device = None, None),
            (Cause::FailedPins, |f| f.phone.failed_day = 10, Some(L::Hold)),
            (Cause::FailedPins, |f| f.account.failed_day = 10, Some(L::Hold)),
            (Cause::FailedPins, |f| f.device = Some(Past { failed_day: 10, ..Past::default() }), Some(L::Hold)),
            (Cause::FailedPins, |f| (f.phone.failed_day, f.account.failed_day) = (9, 9), None),
            (Cause::NightFirstHigh, |f| night(f, "23"), Some(L::Auto)),
            (Cause::NightFirstHigh, |f| night(f, "05"), Some(L::Auto)),
            (Cause::NightFirstHigh, |f| night(f, "06"), None),
            (Cause::NightFirstHigh, |f| night(f, "22"), None),
            (
                Cause::NightFirstHigh,
                |f| {
                    night(f, "01");
                    f.account.paid_before = true;
                },
                None,
            ),
            (Cause::CheatHit, |f| f.outside = Outside::Hit(vec![Subject::Account]), Some(L::Hold)),
            (Cause::CheatHit, |f| f.outside = Outside::Clean, None),
            (Cause::CheatHit, |f| f.outside = Outside::Due, None),
            (Cause::Blocked, |f| f.blocked = vec![Subject::Address], Some(L::Hold)),
            (Cause::LimitDay, |f| f.phone.amount_day = Won::whole(4_910_001), Some(L::Hold)),
            (Cause::LimitDay, |f| f.phone.amount_day = Won::whole(4_910_000), None),
            (Cause::LimitDay, |f| f.account.orders_day = 30, Some(L::Hold)),
            (Cause::LimitDay, |f| f.account.orders_day = 29, None),
            (Cause::LimitDay, |f| f.device = Some(Past { orders_day: 30, ..Past::default() }), Some(L::Hold)),
            (Cause::LimitMonth, |f| f.account.amount_month = Won::whole(29_910_001), Some(L::Hold)),
            (Cause::LimitMonth, |f| f.account.amount_month = Won::whole(29_910_000), None),
            (Cause::LimitMonth, |f| f.phone.orders_month = 300, Some(L::Hold)),
            (Cause::CheckFailed, |f| f.outside = Outside::Failed, Some(L::Hold)),
            (Cause::CheckFailed, |f| f.missing = Some("book".into()), Some(L::Hold)),
        ];
        for (row, (cause, change, lane)) in table.iter().enumerate() {
            let verdict = judge(&with(*change), &RuleBook::usual());
            let causes: Vec<Cause> = verdict.flags.iter().map(|flag| flag.cause).collect();
            match lane {
                Some(lane) => {
                    assert_eq!(causes, [*cause], "row {row}");
                    assert_eq!(verdict.lane, *lane, "row {row}: {cause}");
                }
                None => assert!(!causes.contains(cause), "row {row}: {causes:?}"),
            }
        }
        for cause in Cause::ALL {
            assert!(table.iter().any(|(told, _, lane)| told == cause && lane.is_some()), "{cause} isn't in the table");
        }
    }

    #[test]
    fn points_add_up_to_a_lane() {
        let facts = with(|f| (f.same_name, f.holder) = (false, HolderFact::Unknown));
        for (review_at, hold_at, lane) in
            [(61, 62, RiskLane::Auto), (60, 61, RiskLane::Review), (50, 60, RiskLane::Hold)]
        {
            let book = RuleBook { thresholds: Thresholds { review_at, hold_at }, ..RuleBook::usual() };
            let verdict = judge(&facts, &book);
            assert_eq!((verdict.score, verdict.lane), (60, lane));
        }
    }

    #[test]
    fn what_is_decided_by_people_or_unknown_holds_without_any_rule() {
        let book = RuleBook {
            rules: Vec::new(),
            thresholds: Thresholds { review_at: u32::MAX - 1, hold_at: u32::MAX },
            limits: Vec::new(),
        };
        for facts in [
            with(|f| f.blocked = vec![Subject::Phone]),
            with(|f| f.outside = Outside::Failed),
            with(|f| f.missing = Some("book".into())),
        ] {
            assert_eq!(judge(&facts, &book).lane, RiskLane::Hold);
        }
    }

    #[test]
    fn a_rule_that_is_off_says_nothing() {
        let off = RiskRule { when: Condition::HolderNotApplicant {}, points: 1_000, enabled: false };
        let book = RuleBook { rules: vec![off], ..RuleBook::usual() };
        assert_eq!(judge(&with(|f| f.same_name = false), &book).lane, RiskLane::Auto);
    }

    #[test]
    fn an_amount_beyond_all_numbers_is_over_the_limit() {
        let facts = with(|f| f.phone.amount_day = Won::new(i64::MAX).unwrap_or_default());
        assert_eq!(judge(&facts, &RuleBook::usual()).lane, RiskLane::Hold);
    }

    #[test]
    fn a_flag_says_what_was_seen_and_by_what() {
        let verdict = judge(&with(|f| f.account.amount_day = Won::whole(5_000_000)), &RuleBook::usual());
        let flag = verdict.flags.first().copied();
        assert_eq!(flag.and_then(|flag| flag.subject), Some(Subject::Account));
        assert_eq!(flag.and_then(|flag| flag.seen.zip(flag.bound)), Some((5_090_000, 5_000_000)));
    }
}
