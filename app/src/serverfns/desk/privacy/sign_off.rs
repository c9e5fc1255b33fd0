use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::privacy;

/// Notes that a month was looked over.
#[server(name = SignOff, prefix = "/desk/fn", endpoint = "privacy/sign_off")]
pub async fn sign_off_month(
    #[server(default)] month: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let plain: String = month.chars().filter(|c| c.is_ascii_digit() || *c == '-').take(7).collect();
    let signed = privacy::sign_off(&cx.services, &cx.actor, &plain, &reason).await;
    cx.settle(signed, &format!("/desk/privacy?month={plain}"), t::privacy_signed(cx.lang())).await
}
