use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use leptos::prelude::*;
use services::ServiceError;
use services::desk::order::{self, Revealing};

/// Leaves the line of a reveal; the page that follows shows the value for half a minute. What waits in the session is the
/// line's name, never the value. `row` is what is to be seen.
#[server(prefix = "/desk/fn", endpoint = "order/reveal")]
pub async fn reveal_value(
    #[server(default)] order: String,
    #[server(default)] row: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let back = cx.back(&page(&order));
    let Some(what) = Revealing::parse(&row) else { return Err(cx.refused(ServiceError::NotFound, &back).await) };
    match order::reveal(&cx.services, &cx.actor, &order, what, &reason).await {
        Ok(line) => cx.done(&format!("{}/revealed", page(&order)), None, vec![line.to_string(), back]).await,
        Err(error) => Err(cx.refused(error, &back).await),
    }
}
