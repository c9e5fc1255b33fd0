use super::input;
use crate::desk::in_query;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::brands;

/// Writes one's own draft of a brand.
#[server(prefix = "/desk/fn", endpoint = "brands/save")]
pub async fn brands_save() -> Result<(), Failure> {
    let cx = Cx::take();
    let input = input(&cx);
    let is_new = !cx.typed("new").is_empty();
    match brands::save(&cx.services, &cx.actor, &input, is_new).await {
        Ok(_) => {
            let page = format!("/desk/brands/{}", in_query(&input.key));
            cx.done(&page, Some(t::sd_saved(cx.lang())), Vec::new()).await
        }
        Err(error) => {
            let page =
                if is_new { "/desk/brands/new".to_owned() } else { format!("/desk/brands/{}", in_query(&input.key)) };
            Err(cx.refused(error, &page).await)
        }
    }
}
