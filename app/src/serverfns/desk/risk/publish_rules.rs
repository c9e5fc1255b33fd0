use super::RULES;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::risk;

/// Puts another person's draft of the rules into force.
#[server(name = PublishRules, prefix = "/desk/fn", endpoint = "risk/publish")]
pub async fn publish_rules(#[server(default)] version: i64) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = risk::publish(&cx.services, &cx.actor, version).await;
    cx.settle(done, &format!("{RULES}/{version}"), t::rules_published(cx.lang())).await
}
