use super::RULES;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::risk;

/// Takes a draft of the rules from the table.
#[server(name = WithdrawRules, prefix = "/desk/fn", endpoint = "risk/withdraw")]
pub async fn withdraw_rules(#[server(default)] version: i64) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = risk::withdraw(&cx.services, &cx.actor, version).await;
    cx.settle(done, &format!("{RULES}/{version}"), t::rules_withdrawn(cx.lang())).await
}
