use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::order::{self, ResendInput};

/// Sends a message once more. `row` is the message.
#[server(prefix = "/desk/fn", endpoint = "order/resend")]
pub async fn resend_message(
    #[server(default)] order: String,
    #[server(default)] row: String,
    #[server(default)] reason: String,
    #[server(default)] seen: usize,
    #[server(default)] twice: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let input = ResendInput { message: row, reason, seen, twice: twice == "on" };
    let sent = order::resend(&cx.services, &cx.actor, input).await;
    cx.settle(sent, &page(&order), t::od_resend_done(cx.lang())).await
}
