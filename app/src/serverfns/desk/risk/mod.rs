//! The risk desk's forms.

mod add_block;
mod draft_rules;
mod hold_order;
mod lift_block;
mod move_block;
mod publish_rules;
mod release_order;
mod withdraw_rules;

pub use add_block::{AddBlock, add_block};
pub use draft_rules::{DraftRules, draft_rules};
pub use hold_order::{RiskHold, risk_hold};
pub use lift_block::{LiftBlock, lift_block};
pub use move_block::{MoveBlock, move_block};
pub use publish_rules::{PublishRules, publish_rules};
pub use release_order::{RiskRelease, risk_release};
pub use withdraw_rules::{WithdrawRules, withdraw_rules};

use domain::{KstDate, Timestamp};
use services::ServiceError;

const BLOCKS: &str = "/desk/risk/blocks";
const RULES: &str = "/desk/risk/rules";

fn case_page(code: &str) -> String {
    code.parse::<domain::OrderCode>()
        .map_or_else(|_| "/desk/risk".to_owned(), |code| format!("/desk/risk/cases/{}", code.as_str()))
}

/// The end of the day that was chosen, in Korea. What is no day is a moment long ago, which the use case refuses in words.
fn end_of(typed: &str) -> Timestamp {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    KstDate::parse_yyyymmdd(&digits).map_or(Timestamp::from_micros(0), |day| day.plus_days(1).start())
}

/// A reason of a list the form offered, where nothing is chosen beforehand.
fn reason<T: std::str::FromStr>(typed: &str, lang: domain::Lang) -> Result<T, ServiceError> {
    if typed.is_empty() {
        return Err(ServiceError::invalid("reason", "missing", crate::text::risk_choose(lang)));
    }
    chosen(typed)
}

/// A word of a list the form offered.
fn chosen<T: std::str::FromStr>(typed: &str) -> Result<T, ServiceError> {
    typed.parse().map_err(|_| ServiceError::NotFound)
}
