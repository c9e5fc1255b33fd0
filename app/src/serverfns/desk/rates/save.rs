use super::input;
use crate::desk::in_query;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::rates;

/// Writes one's own draft of a brand's rates.
#[server(prefix = "/desk/fn", endpoint = "rates/save")]
pub async fn rates_save() -> Result<(), Failure> {
    let cx = Cx::take();
    let brand = cx.typed("brand");
    let page = format!("/desk/rates/{}", in_query(&brand));
    let saved = rates::save(&cx.services, &cx.actor, &brand, &input(&cx)).await.map(drop);
    cx.settle(saved, &page, t::sd_saved(cx.lang())).await
}
