//! A revealed value, for half a minute. The page is made for this one answer, is kept nowhere, and leads back by itself,
//! with scripts or without.

use super::code;
use crate::desk::{Flash, desk_path, may};
use crate::pages::admin::{Desk, Place, desk};
use crate::ssr::{redirect, set_header};
use crate::text as t;
use axum::http::header::{HeaderName, HeaderValue};
use domain::Lang;
use domain::wire::AppError;
use domain::wire::desk::RevealedView;
use leptos::prelude::*;
use services::desk::order;
use services::rights::Act;

/// `/desk/orders/:code/revealed`
#[component]
pub fn RevealedPage() -> impl IntoView {
    let code = code();
    let once = Flash::here().once;
    desk(
        move |cx| async move {
            let own = format!("/desk/orders/{code}");
            let back = once.get(1).and_then(|back| desk_path(back)).unwrap_or(&own).to_owned();
            let Some(ticket) = once.first() else {
                // Nothing was asked for; whoever may not open orders learns nothing here either.
                if !may(Act::OrderOpen) {
                    return Err(AppError::NotFound);
                }
                redirect(&back);
                return Ok::<_, AppError>(None);
            };
            let shown =
                order::revealed(&cx.services, &cx.actor, &code, ticket).await.map_err(|error| cx.refuse(error))?;
            Ok(Some((shown, back, cx.lang())))
        },
        |shown: Option<(RevealedView, String, Lang)>| {
            shown.map(|(shown, back, lang)| {
                let lead = t::od_title(lang, &shown.code);
                view! { <Revealed shown back lead here=Place::Orders lang/> }
            })
        },
    )
}

/// What was asked to be seen, for as long as its line lets it.
#[component]
pub fn Revealed(shown: RevealedView, back: String, lead: String, here: Place, lang: Lang) -> impl IntoView {
    if let Ok(value) = HeaderValue::from_str(&format!("{}; url={back}", shown.seconds)) {
        set_header(HeaderName::from_static("refresh"), value);
    }
    let lines = shown
        .lines
        .into_iter()
        .map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! {
        <Desk title=t::od_revealed_title(lang, &shown.what) here>
            <p class="lead">{lead}</p>
            <div class="reveal reveal-page" data-vanish=shown.seconds.to_string()>
                <dl class="revealed">{lines}</dl>
                <p class="small" role="timer">
                    <span data-left="">{shown.seconds}</span>
                    {t::od_revealed_left(lang)}
                </p>
            </div>
            <p class="small muted">{t::od_revealed_help(lang)}</p>
            <p class="picks"><a class="btn btn-main" href=back>{t::od_revealed_back(lang)}</a></p>
        </Desk>
    }
}
