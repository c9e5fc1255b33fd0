use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::settings;

/// Sets one of the shop's numbers.
#[server(prefix = "/desk/fn", endpoint = "settings/set")]
pub async fn set_setting(
    #[server(default)] setting: String,
    #[server(default)] revision: i64,
    #[server(default)] value: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = settings::set(&cx.services, &cx.actor, &setting, (revision, &value), &reason).await;
    cx.settle(done, PAGE, t::settings_done(cx.lang())).await
}
