//! Getting in and out, and one's own account.

mod accept;
mod change_password;
mod code;
mod end_others;
mod end_session;
mod enrol;
mod enter;
mod leave;
mod recovery;
mod step_up;

pub use accept::{AcceptInvitation, accept_invitation};
pub use change_password::{ChangePassword, change_password};
pub use code::{ShowCode, show_code};
pub use end_others::{EndOthers, end_others};
pub use end_session::{EndSession, end_session};
pub use enrol::{ConfirmEnrolment, confirm_enrolment};
pub use enter::{EnterDesk, enter_desk};
pub use leave::{LeaveDesk, leave_desk};
pub use recovery::{NewRecoveryCodes, new_recovery_codes};
pub use step_up::{StepUp, step_up};

use crate::desk::desk_path;
use crate::error::Failure;
use crate::ssr::Cx;
use services::ServiceError;
use services::desk::access::{Badge, Pending};

const SIGN_IN: &str = "/desk/sign-in";

/// The page asked for before the sign-in, else the start.
fn goal(cx: &Cx) -> String {
    let to = cx.typed("to");
    desk_path(&to).unwrap_or("/desk").to_owned()
}

fn with_goal(cx: &Cx, page: &str) -> String {
    let goal = goal(cx);
    if goal == "/desk" { page.to_owned() } else { format!("{page}?to={}", crate::desk::in_query(&goal)) }
}

fn failed(cx: &Cx, error: &tower_sessions::session::Error) -> Failure {
    cx.fail(cx.session_failed(error), SIGN_IN)
}

/// The session under a new name, with its badge: whoever planted or saw the old cookie has none.
async fn wear(cx: &Cx, badge: &Badge) -> Result<(), Failure> {
    cx.session.rename().await.map_err(|error| failed(cx, &error))?;
    cx.session.set_badge(badge).await.map_err(|error| failed(cx, &error))
}

/// The half sign-in this browser holds.
async fn pending(cx: &Cx) -> Result<Pending, Failure> {
    let held = cx.session.pending().await.map_err(|error| failed(cx, &error))?;
    match held {
        Some(pending) => Ok(pending),
        None => Err(cx.refused(ServiceError::SignedOut, "/desk").await),
    }
}
