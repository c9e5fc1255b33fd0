//! Getting in: password, second factor, invitation, one's own sessions.
//!
//! The story. Somebody shows login and password ([`enter`]); a wrong pair and an unknown login answer alike and cost the
//! same time. Whoever is right holds a [`Pending`]: half a sign-in, good for ten minutes, which opens nothing but the
//! page of the second factor ([`show_code`], or [`enrol`] the first time). Then comes a [`Badge`], the content of a desk
//! session. The session's row names user and epoch, so that ending all of a person's sessions is one number.
//!
//! Every try is written as failed before the password is looked at and turned into a success after, so that tries side
//! by side are counted like tries one after the other.

mod code;
mod enrol;
mod enter;
mod invite;
mod limits;
mod password;
mod sessions;
mod step_up;
mod totp;

pub use code::show_code;
pub use enrol::{Enrolment, enrol, enrol_confirm};
pub(crate) use enter::still_may;
pub use enter::{Entered, Next, enter, sign_out, who};
pub use invite::{
    Invited, SANDBOX_PASSWORD, SANDBOX_STAFF, accept, first_account, invitation, renew_link, sandbox_staff,
};
pub(in crate::desk) use invite::{write_invited, write_link};
pub use password::{Hashing, PasswordProblem, check_new};
pub(in crate::desk) use sessions::of_user as sessions_of;
pub use sessions::{change_password, end_others, end_session, my_sessions, new_recovery_codes};
pub use step_up::{has_second_factor, step_up};

use domain::{Span, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Half a sign-in is good for so long.
pub const PENDING_VALID: Span = Span::minutes(10);

/// A password was right, the second factor is still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub user: UserId,
    pub epoch: i64,
    pub since: Timestamp,
}

/// What a desk session holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badge {
    pub user: UserId,
    pub epoch: i64,
    /// When the second factor, or in the sandbox the password, was last shown.
    pub step_up_at: Timestamp,
    /// Where it began, for the list of one's sessions.
    pub address: String,
    pub agent: String,
}

domain::messages! {
    pub(crate) fn wrong_pair() {
        ko: "아이디 또는 비밀번호가 맞지 않아요. 다시 확인해 주세요.",
        en: "That login and password don’t go together. Please check both."
    }
    pub(crate) fn wrong_code() {
        ko: "코드가 맞지 않아요. 인증 앱의 지금 코드를 입력해 주세요.",
        en: "That code doesn’t match. Type the one your app shows now."
    }
    pub(crate) fn too_many_tries(minutes: u32) {
        ko: "시도가 너무 많았어요. {minutes}분 뒤에 다시 해 주세요.",
        en: "Too many tries. Please try again in {minutes} minutes."
    }
    pub(crate) fn busy_now() {
        ko: "지금 로그인이 몰렸어요. 잠시 뒤에 다시 해 주세요.",
        en: "Too many people are signing in right now. Please try again in a moment."
    }
    pub(crate) fn link_dead() {
        ko: "링크가 만료되었거나 이미 쓰였어요. 소유자에게 새 링크를 부탁해 주세요.",
        en: "This link has expired or was used. Ask an owner for a new one."
    }
}
