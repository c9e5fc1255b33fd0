use super::{BLOCKS, chosen};
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::risk;

/// Lifts a block.
#[server(name = LiftBlock, prefix = "/desk/fn", endpoint = "risk/lift")]
pub async fn lift_block(
    #[server(default)] id: String,
    #[server(default)] revision: i64,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = async { risk::lift(&cx.services, &cx.actor, chosen(&id)?, revision, &reason).await };
    let done = done.await;
    cx.settle(done, BLOCKS, t::block_lifted(cx.lang())).await
}
