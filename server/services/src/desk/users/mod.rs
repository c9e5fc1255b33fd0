//! Accounts of the staff: who is there, who may do what, and an end to it at once.
//!
//! Nobody changes their own rights or state, and the last owner stays. Whatever takes something away holds the account's
//! row, which every unit of work of that person holds too (`Unit::of_staff`): what was under way ends before, what comes
//! after is refused.

mod change;
mod invite;
mod list;

pub use change::{end_sessions, link, set_roles, set_state};
pub use invite::{Invite, invite};
pub use list::{list, open};

use crate::work::Unit;
use crate::{ServiceError, shop};
use domain::{Lang, UserId};
use store::users::{self, User};

domain::messages! {
    fn own_account() {
        ko: "자기 계정의 역할과 상태는 스스로 바꿀 수 없어요. 다른 소유자에게 부탁해 주세요.",
        en: "You can’t change the roles or state of your own account. Ask another owner."
    }
    fn last_owner() {
        ko: "마지막 소유자예요. 먼저 다른 사람에게 소유자 역할을 주세요.",
        en: "This is the last owner. Make somebody else an owner first."
    }
    fn changed_meanwhile() {
        ko: "그 사이 이 계정이 바뀌었어요. 지금 내용을 확인하고 다시 해 주세요.",
        en: "This account changed meanwhile. Look at it again and retry."
    }
    fn reason_missing() {
        ko: "이유를 적어 주세요. 감사 로그에 남아요.",
        en: "Give a reason. It goes into the audit log."
    }
    fn roles_unchanged() { ko: "지금 역할과 같아요. 바꿀 역할을 고르거나 창을 닫아 주세요.", en: "These are the roles held now. Tick what should change, or close this." }
    fn role_missing() {
        ko: "역할을 하나 이상 골라 주세요.",
        en: "Choose at least one role."
    }
}

/// A reason as kept.
pub(in crate::desk) fn reason(typed: &str, lang: Lang) -> Result<String, ServiceError> {
    let kept = shop::kept(typed.trim(), 500);
    if kept.is_empty() {
        return Err(ServiceError::invalid("reason", "missing", reason_missing(lang)));
    }
    Ok(kept)
}

fn conflict(lang: Lang) -> ServiceError {
    ServiceError::Conflict { code: "changed", message: changed_meanwhile(lang).to_owned() }
}

/// Takes another person's account, as it was when its page was made.
async fn take(unit: &mut Unit<'_>, id: &str, revision: i64) -> Result<User, ServiceError> {
    let lang = unit.staff()?.lang;
    let id: UserId = id.parse().map_err(|_| ServiceError::NotFound)?;
    if id == unit.staff()?.user {
        return Err(ServiceError::invalid("form", "own_account", own_account(lang)));
    }
    let user = users::lock(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    if user.revision == revision { Ok(user) } else { Err(conflict(lang)) }
}

/// Somebody else must be an active owner.
async fn another_owner(unit: &mut Unit<'_>, id: UserId) -> Result<(), ServiceError> {
    let lang = unit.staff()?.lang;
    // Two owners, each taking the other's role at the same time, would leave none.
    store::dialect::advisory_lock(&mut unit.tx, i64::from_be_bytes(*b"lastownr")).await?;
    if users::other_owners(&mut unit.tx, id).await? > 0 {
        return Ok(());
    }
    Err(ServiceError::invalid("form", "last_owner", last_owner(lang)))
}
