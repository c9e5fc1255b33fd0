use super::failed;
use crate::error::Failure;
use crate::ssr::{Cx, go_on};
use leptos::prelude::*;
use services::desk::access;

/// Chooses a password by an invitation's link; the sign-in follows.
#[server(prefix = "/desk/fn", endpoint = "access/accept")]
pub async fn accept_invitation(
    #[server(default)] token: String,
    #[server(default)] password: String,
    #[server(default)] again: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let plain: String = token.chars().filter(char::is_ascii_hexdigit).take(64).collect();
    match access::accept(&cx.services, &cx.actor, &plain, &password, &again).await {
        Ok(pending) => {
            cx.session.rename().await.map_err(|error| failed(&cx, &error))?;
            cx.session.set_pending(&pending).await.map_err(|error| failed(&cx, &error))?;
            let next = if cx.services.policy.second_factor { "/desk/sign-in/enrol" } else { "/desk/sign-in" };
            go_on(next);
            Ok(())
        }
        Err(error) => Err(cx.refused(error, &format!("/desk/invite/{plain}")).await),
    }
}
