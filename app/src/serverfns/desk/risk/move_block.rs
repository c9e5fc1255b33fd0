use super::{BLOCKS, chosen, end_of};
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::risk;

/// Gives a block another end.
#[server(name = MoveBlock, prefix = "/desk/fn", endpoint = "risk/block_end")]
pub async fn move_block(
    #[server(default)] id: String,
    #[server(default)] revision: i64,
    #[server(default)] until: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let until = end_of(&until);
    let done = async { risk::move_end(&cx.services, &cx.actor, chosen(&id)?, revision, until, &reason).await };
    let done = done.await;
    cx.settle(done, BLOCKS, t::block_moved(cx.lang())).await
}
