use super::{BLOCKS, case_page, chosen, end_of};
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use domain::risk::Subject;
use leptos::prelude::*;
use services::desk::risk;
use services::desk::risk::NewBlockInput;

/// Blocks a phone, an account, a device or an address.
#[server(name = AddBlock, prefix = "/desk/fn", endpoint = "risk/block")]
pub async fn add_block(
    #[server(default)] kind: String,
    #[server(default)] value: String,
    #[server(default)] bank: String,
    /// Of an order, instead of a typed value.
    #[server(default)]
    order: String,
    #[server(default)] until: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let page = if order.is_empty() { BLOCKS.to_owned() } else { case_page(&order) };
    let done = async {
        let kind: Subject = chosen(&kind)?;
        let input = match (order.is_empty(), kind) {
            (false, kind) => NewBlockInput::Of { order: chosen(&order)?, kind },
            (true, Subject::Phone) => NewBlockInput::Phone(value),
            (true, Subject::Account) => NewBlockInput::Account { bank_code: bank, number: value },
            (true, Subject::Address) => NewBlockInput::Address(value),
            (true, Subject::Device) => return Err(services::ServiceError::NotFound),
        };
        risk::block(&cx.services, &cx.actor, input, end_of(&until), &reason).await.map(|_| ())
    };
    let done = done.await;
    cx.settle(done, &page, t::block_done(cx.lang())).await
}
