use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::manual::{self, KeyInput};

/// Keys what was found out about a voucher.
#[server(prefix = "/desk/fn", endpoint = "manual/key")]
pub async fn key_result(
    #[server(default)] item: String,
    #[server(default)] result: String,
    #[server(default)] face: String,
    #[server(default)] balance: String,
    #[server(default)] issuer_ref: String,
    #[server(default)] differs: String,
    #[server(default)] revision: i64,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let back = page(&item);
    let input = KeyInput { item, result, face, balance, issuer_ref, differs: differs == "on", revision };
    let keyed = manual::key(&cx.services, &cx.actor, input).await;
    cx.settle(keyed, &back, t::md_keyed(cx.lang())).await
}
