//! Finding one's orders.

mod check_code;
mod leave_lookup;
mod send_code;

pub use check_code::{CheckLookupCode, check_lookup_code};
pub use leave_lookup::{LeaveLookup, leave_lookup};
pub use send_code::{SendLookupCode, send_lookup_code};

use crate::error::Failure;
use crate::ssr::{Cx, go_on};
use domain::wire::LookupView;
use services::ServiceError;
use services::lookup::LookupAnswer;

const PAGE: &str = "/orders";

/// Keeps what the session must know.
async fn looked(cx: &Cx, answer: Result<LookupAnswer, ServiceError>) -> Result<LookupView, Failure> {
    let answer = answer.map_err(|error| cx.fail(cx.refuse(error), PAGE))?;
    let failed = |error| cx.fail(cx.session_failed(&error), PAGE);
    cx.session.set_lookup(&answer.state).await.map_err(failed)?;
    cx.session.grant(answer.grants).await.map_err(failed)?;
    go_on(PAGE);
    Ok(answer.view)
}
