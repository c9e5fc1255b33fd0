use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::customer;

/// Answers a person's wish.
#[server(prefix = "/desk/fn", endpoint = "customer/answer")]
pub async fn answer_request(
    #[server(default)] id: String,
    #[server(default)] refuse: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let answered = customer::answer_request(&cx.services, &cx.actor, &id, refuse.is_empty(), &reason).await;
    cx.settle(answered, "/desk/customers", t::request_answered(cx.lang())).await
}
