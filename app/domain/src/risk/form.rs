//! The book of rules as a form: one field a number, by the rule's name.

use super::{BookProblem, Condition, Limit, Period, RuleBook, Subject};
use crate::Won;

/// A field that can't be read, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormProblem {
    /// No number, or none of that size.
    Field(String),
    /// Each number can be read, and together they are no book.
    Book(BookProblem),
}

/// The number a rule has beside its points, for the form.
pub const fn bound_of(when: &Condition) -> Option<i64> {
    match when {
        Condition::HolderNotApplicant {}
        | Condition::HolderDiffers {}
        | Condition::HolderUnknown {}
        | Condition::CheatHit {} => None,
        Condition::NewPhoneHigh { amount } | Condition::NightFirstHigh { amount, .. } => Some(amount.get()),
        Condition::ManyPins { pins: count }
        | Condition::SharedAccount { phones: count }
        | Condition::ManyAccounts { accounts: count }
        | Condition::SharedDevice { phones: count }
        | Condition::FailedPins { failed: count } => Some(whole(*count)),
    }
}

const fn whole(count: u32) -> i64 {
    Won::whole(count).get()
}

/// The names of a limit's two fields.
pub fn limit_fields(subject: Subject, period: Period) -> (String, String) {
    let period = match period {
        Period::Day => "day",
        Period::Month => "month",
    };
    (format!("limit_{subject}_{period}_orders"), format!("limit_{subject}_{period}_amount"))
}

/// The book a posted form describes: the rules of `base` with the form's numbers, and its limits.
pub fn book_of(base: &RuleBook, field: impl Fn(&str) -> String) -> Result<RuleBook, FormProblem> {
    let number = |name: &str| -> Result<Option<i64>, FormProblem> {
        let typed: String = field(name).chars().filter(|c| !matches!(c, ',' | ' ')).collect();
        if typed.is_empty() {
            return Ok(None);
        }
        typed.parse().map(Some).map_err(|_| FormProblem::Field(name.to_owned()))
    };
    let wanted = |name: &str| number(name)?.ok_or_else(|| FormProblem::Field(name.to_owned()));
    let count =
        |name: &str| wanted(name).and_then(|n| u32::try_from(n).map_err(|_| FormProblem::Field(name.to_owned())));
    let won = |name: &str| wanted(name).and_then(|n| Won::new(n).map_err(|_| FormProblem::Field(name.to_owned())));
    let hour = |name: &str| wanted(name).and_then(|n| u8::try_from(n).map_err(|_| FormProblem::Field(name.to_owned())));
    let mut book = base.clone();
    for rule in &mut book.rules {
        let cause = rule.when.cause();
        rule.enabled = field(&format!("on_{cause}")) == "on";
        rule.points = count(&format!("points_{cause}"))?;
        let bound = format!("bound_{cause}");
        match &mut rule.when {
            Condition::HolderNotApplicant {}
            | Condition::HolderDiffers {}
            | Condition::HolderUnknown {}
            | Condition::CheatHit {} => {}
            Condition::NewPhoneHigh { amount } => *amount = won(&bound)?,
            Condition::ManyPins { pins: least }
            | Condition::SharedAccount { phones: least }
            | Condition::ManyAccounts { accounts: least }
            | Condition::SharedDevice { phones: least }
            | Condition::FailedPins { failed: least } => *least = count(&bound)?,
            Condition::NightFirstHigh { from, until, amount } => {
                (*from, *until, *amount) =
                    (hour(&format!("from_{cause}"))?, hour(&format!("until_{cause}"))?, won(&bound)?);
            }
        }
    }
    book.thresholds.review_at = count("review_at")?;
    book.thresholds.hold_at = count("hold_at")?;
    book.limits.clear();
    for subject in [Subject::Phone, Subject::Account, Subject::Device] {
        for period in [Period::Day, Period::Month] {
            let (orders, amount) = limit_fields(subject, period);
            let (orders, amount) = (
                number(&orders)?.map(|_| count(&orders)).transpose()?,
                number(&amount)?.map(|_| won(&amount)).transpose()?,
            );
            if orders.is_some() || amount.is_some() {
                book.limits.push(Limit { subject, period, orders, amount });
            }
        }
    }
    book.check().map_err(FormProblem::Book)?;
    Ok(book)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// The form as the editor shows a book.
    fn shown(book: &RuleBook) -> BTreeMap<String, String> {
        let mut form = BTreeMap::new();
        for rule in &book.rules {
            let cause = rule.when.cause();
            if rule.enabled {
                form.insert(format!("on_{cause}"), "on".to_owned());
            }
            form.insert(format!("points_{cause}"), rule.points.to_string());
            if let Some(bound) = bound_of(&rule.when) {
                form.insert(format!("bound_{cause}"), bound.to_string());
            }
            if let Condition::NightFirstHigh { from, until, .. } = rule.when {
                form.insert(format!("from_{cause}"), from.to_string());
                form.insert(format!("until_{cause}"), until.to_string());
            }
        }
        form.insert("review_at".to_owned(), book.thresholds.review_at.to_string());
        form.insert("hold_at".to_owned(), book.thresholds.hold_at.to_string());
        for limit in &book.limits {
            let (orders, amount) = limit_fields(limit.subject, limit.period);
            limit.orders.and_then(|n| form.insert(orders, n.to_string()));
            limit.amount.and_then(|n| form.insert(amount, n.get().to_string()));
        }
        form
    }

    fn read(form: &BTreeMap<String, String>) -> Result<RuleBook, FormProblem> {
        book_of(&RuleBook::usual(), |name| form.get(name).cloned().unwrap_or_default())
    }

    #[test]
    fn what_is_shown_is_what_comes_back() {
        assert_eq!(read(&shown(&RuleBook::usual())), Ok(RuleBook::usual()));
    }

    #[test]
    fn each_field_changes_its_number_and_nothing_else() {
        let mut form = shown(&RuleBook::usual());
        form.insert("bound_many_pins".to_owned(), "1,200".to_owned());
        form.remove("on_cheat_hit");
        form.remove("limit_phone_day_orders");
        form.remove("limit_phone_day_amount");
        let book = read(&form);
        let mut wanted = RuleBook::usual();
        for rule in &mut wanted.rules {
            match &mut rule.when {
                Condition::ManyPins { pins } => *pins = 1_200,
                Condition::CheatHit {} => rule.enabled = false,
                _ => {}
            }
        }
        wanted.limits.remove(0);
        assert_eq!(book, Ok(wanted));
    }

    #[test]
    fn nonsense_is_named() {
        for (name, typed) in [
            ("points_many_pins", ""),
            ("points_many_pins", "-1"),
            ("bound_new_phone_high", "x"),
            ("from_night_first_high", "300"),
            ("limit_device_month_amount", "-5"),
        ] {
            let mut form = shown(&RuleBook::usual());
            form.insert(name.to_owned(), typed.to_owned());
            assert_eq!(read(&form), Err(FormProblem::Field(name.to_owned())));
        }
        let mut form = shown(&RuleBook::usual());
        form.insert("hold_at".to_owned(), "1".to_owned());
        assert_eq!(read(&form), Err(FormProblem::Book(BookProblem::Thresholds)));
    }
}
