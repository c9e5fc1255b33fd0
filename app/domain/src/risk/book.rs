//! The book of rules: what counts how much, and what may not be exceeded. One book is in force; a change is a new one.

use super::{Cause, Subject};
use crate::Won;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// All rules, thresholds and limits, as stored in `risk_books.book_json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBook {
    /// At most one of each kind.
    pub rules: Vec<RiskRule>,
    /// From which score on what follows.
    pub thresholds: Thresholds,
    /// At most one per subject and period.
    pub limits: Vec<Limit>,
}

/// From which score on what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// A person looks.
    pub review_at: u32,
    /// It stops.
    pub hold_at: u32,
}

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskRule {
    /// When it hits.
    pub when: Condition,
    /// What a hit adds to the score.
    pub points: u32,
    /// Is it looked at?
    pub enabled: bool,
}

/// When a rule hits. The windows of time are those of [`super::Past`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// The holder's name isn't the applicant's.
    HolderNotApplicant {},
    /// The bank knows another name.
    HolderDiffers {},
    /// The bank said nothing.
    HolderUnknown {},
    /// The phone was never paid, and the order pays at least this.
    NewPhoneHigh {
        /// From this on.
        amount: Won,
    },
    /// Phone, account or device sent at least so many vouchers within an hour, these included.
    ManyPins {
        /// From so many on.
        pins: u32,
    },
    /// At least so many phones used the account within 31 days, this one included.
    SharedAccount {
        /// From so many on.
        phones: u32,
    },
    /// The phone used at least so many accounts within 31 days, this one included.
    ManyAccounts {
        /// From so many on.
        accounts: u32,
    },
    /// At least so many phones used the device within 31 days, this one included.
    SharedDevice {
        /// From so many on.
        phones: u32,
    },
    /// At least so many vouchers of phone, account or device were refused within 24 hours.
    FailedPins {
        /// From so many on.
        failed: u32,
    },
    /// Between these hours in Korea, phone and account never paid, and at least this much.
    NightFirstHigh {
        /// First hour, 0 to 23.
        from: u8,
        /// First hour after, 0 to 23; may be less than `from`.
        until: u8,
        /// From this on.
        amount: Won,
    },
    /// TheCheat knows phone or account.
    CheatHit {},
}

impl Condition {
    /// What its flag is called.
    pub const fn cause(&self) -> Cause {
        match self {
            Self::HolderNotApplicant {} => Cause::HolderNotApplicant,
            Self::HolderDiffers {} => Cause::HolderDiffers,
            Self::HolderUnknown {} => Cause::HolderUnknown,
            Self::NewPhoneHigh { .. } => Cause::NewPhoneHigh,
            Self::ManyPins { .. } => Cause::ManyPins,
            Self::SharedAccount { .. } => Cause::SharedAccount,
            Self::ManyAccounts { .. } => Cause::ManyAccounts,
            Self::SharedDevice { .. } => Cause::SharedDevice,
            Self::FailedPins { .. } => Cause::FailedPins,
            Self::NightFirstHigh { .. } => Cause::NightFirstHigh,
            Self::CheatHit {} => Cause::CheatHit,
        }
    }

    /// Would it hit everybody, or is a number nonsense?
    const fn is_sound(&self) -> bool {
        match self {
            Self::HolderNotApplicant {} | Self::HolderDiffers {} | Self::HolderUnknown {} | Self::CheatHit {} => true,
            Self::NewPhoneHigh { amount } => !amount.is_zero(),
            Self::ManyPins { pins: count }
            | Self::SharedAccount { phones: count }
            | Self::ManyAccounts { accounts: count }
            | Self::SharedDevice { phones: count } => *count >= 2,
            Self::FailedPins { failed } => *failed >= 1,
            Self::NightFirstHigh { from, until, amount } => {
                *from < 24 && *until < 24 && *from != *until && !amount.is_zero()
            }
        }
    }
}

/// Over which time a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A day in Korea.
    Day,
    /// A month in Korea.
    Month,
}

/// What one phone, account or device may sell; one more holds the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Whose; never an address.
    pub subject: Subject,
    /// In which time.
    pub period: Period,
    /// So many orders.
    pub orders: Option<u32>,
    /// So much, as quoted.
    pub amount: Option<Won>,
}

/// Why a book can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BookProblem {
    /// Review must come before hold, and neither at nothing.
    #[error("the thresholds must be at least 1, and hold above review")]
    Thresholds,
    /// More than 1,000 points.
    #[error("{} has more than 1000 points", .0.as_str())]
    Points(Cause),
    /// A number of the rule is nonsense.
    #[error("a number of {} can't be right", .0.as_str())]
    Numbers(Cause),
    /// A rule stands twice.
    #[error("{} stands twice", .0.as_str())]
    Twice(Cause),
    /// A limit stands twice, limits nothing, or counts addresses.
    #[error("the limit of {} can't be used", .0.as_str())]
    Limit(Subject),
}

/// More points than anybody needs.
const MOST_POINTS: u32 = 1_000;

impl RuleBook {
    /// Nothing stored or typed is used before this said yes.
    pub fn check(&self) -> Result<(), BookProblem> {
        if self.thresholds.review_at == 0 || self.thresholds.hold_at <= self.thresholds.review_at {
            return Err(BookProblem::Thresholds);
        }
        for (index, rule) in self.rules.iter().enumerate() {
            let cause = rule.when.cause();
            if rule.points > MOST_POINTS {
                return Err(BookProblem::Points(cause));
            }
            if !rule.when.is_sound() {
                return Err(BookProblem::Numbers(cause));
            }
            if self.rules.iter().take(index).any(|other| other.when.cause() == cause) {
                return Err(BookProblem::Twice(cause));
            }
        }
        for (index, limit) in self.limits.iter().enumerate() {
            let empty = limit.orders.is_none() && limit.amount.is_none();
            let never = limit.orders == Some(0) || limit.amount.is_some_and(Won::is_zero);
            let twice = self
                .limits
                .iter()
                .take(index)
                .any(|other| other.subject == limit.subject && other.period == limit.period);
            if empty || never || twice || limit.subject == Subject::Address {
                return Err(BookProblem::Limit(limit.subject));
            }
        }
        Ok(())
    }

    /// What a new shop begins with.
    pub fn usual() -> Self {
        let rule = |when, points| RiskRule { when, points, enabled: true };
        let limit = |subject, period, orders, won| Limit {
            subject,
            period,
            orders: Some(orders),
            amount: Some(Won::whole(won)),
        };
        Self {
            rules: vec![
                rule(Condition::HolderNotApplicant {}, 50),
                rule(Condition::HolderDiffers {}, 50),
                rule(Condition::HolderUnknown {}, 10),
                rule(Condition::NewPhoneHigh { amount: Won::whole(1_000_000) }, 20),
                rule(Condition::ManyPins { pins: 50 }, 20),
                rule(Condition::SharedAccount { phones: 3 }, 60),
                rule(Condition::ManyAccounts { accounts: 3 }, 30),
                rule(Condition::SharedDevice { phones: 4 }, 40),
                rule(Condition::FailedPins { failed: 10 }, 100),
                rule(Condition::NightFirstHigh { from: 23, until: 6, amount: Won::whole(500_000) }, 30),
                rule(Condition::CheatHit {}, 100),
            ],
            thresholds: Thresholds { review_at: 50, hold_at: 100 },
            // The day and the month of a comparable shop (domain-facts §3.5), for whoever is paid.
            limits: vec![
                limit(Subject::Phone, Period::Day, 30, 5_000_000),
                limit(Subject::Phone, Period::Month, 300, 30_000_000),
                limit(Subject::Account, Period::Day, 30, 5_000_000),
                limit(Subject::Account, Period::Month, 300, 30_000_000),
                limit(Subject::Device, Period::Day, 30, 5_000_000),
                limit(Subject::Device, Period::Month, 300, 30_000_000),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_book_is_sound_and_survives_storing() {
        let book = RuleBook::usual();
        assert_eq!(book.check(), Ok(()));
        let text = serde_json::to_string(&book).unwrap_or_default();
        assert_eq!(serde_json::from_str::<RuleBook>(&text).ok(), Some(book));
    }

    #[test]
    fn a_book_that_can_not_be_right_is_refused_by_name() {
        type Change<'a> = &'a dyn Fn(&mut RuleBook);
        let changed = |change: &dyn Fn(&mut RuleBook)| {
            let mut book = RuleBook::usual();
            change(&mut book);
            book.check()
        };
        let first = RuleBook::usual().rules.first().copied();
        let zero = Limit { subject: Subject::Phone, period: Period::Day, orders: None, amount: None };
        let wrong: [(Change<'_>, BookProblem); 10] = [
            (&|b| b.thresholds.review_at = 0, BookProblem::Thresholds),
            (&|b| b.thresholds.hold_at = b.thresholds.review_at, BookProblem::Thresholds),
            (&|b| b.rules.extend(first), BookProblem::Twice(Cause::HolderNotApplicant)),
            (&|b| b.rules.iter_mut().for_each(|r| r.points = 1_001), BookProblem::Points(Cause::HolderNotApplicant)),
            (
                &|b| b.rules = vec![RiskRule { when: Condition::ManyPins { pins: 1 }, points: 1, enabled: true }],
                BookProblem::Numbers(Cause::ManyPins),
            ),
            (
                &|b| {
                    let when = Condition::NightFirstHigh { from: 3, until: 3, amount: Won::whole(1) };
                    b.rules = vec![RiskRule { when, points: 1, enabled: true }];
                },
                BookProblem::Numbers(Cause::NightFirstHigh),
            ),
            (&|b| b.limits = vec![zero], BookProblem::Limit(Subject::Phone)),
            (&|b| b.limits = vec![Limit { orders: Some(0), ..zero }], BookProblem::Limit(Subject::Phone)),
            (
                &|b| b.limits = vec![Limit { orders: Some(1), subject: Subject::Address, ..zero }],
                BookProblem::Limit(Subject::Address),
            ),
            (
                &|b| b.limits = vec![Limit { orders: Some(1), ..zero }, Limit { orders: Some(2), ..zero }],
                BookProblem::Limit(Subject::Phone),
            ),
        ];
        for (change, problem) in wrong {
            assert_eq!(changed(change), Err(problem));
        }
    }

    #[test]
    fn a_word_nobody_knows_is_no_book() {
        let text = serde_json::to_string(&RuleBook::usual()).unwrap_or_default();
        for (from, to) in [("cheat_hit", "magic"), ("\"enabled\"", "\"on\""), ("\"pins\":50", "\"pins\":-1")] {
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text, "{from}");
            assert!(serde_json::from_str::<RuleBook>(&changed).is_err(), "{from}");
        }
    }
}
