use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::ServiceError;
use services::desk::brands;

/// The stop switch.
#[server(prefix = "/desk/fn", endpoint = "brands/status")]
pub async fn brands_status() -> Result<(), Failure> {
    let cx = Cx::take();
    let back = cx.back("/desk/brands");
    let states = cx.typed("seen").parse().ok().zip(cx.typed("to").parse().ok());
    let done = match states {
        Some(states) => {
            brands::set_status(&cx.services, &cx.actor, &cx.typed("row"), states, &cx.typed("reason")).await
        }
        None => Err(ServiceError::NotFound),
    };
    cx.settle(done, &back, t::sd_switched(cx.lang())).await
}
