//! Pages that say what went wrong and what to do.

use super::Frame;
use crate::components::{Glyph, Icon, trouble_text};
use crate::error::status;
use crate::ssr::{lang, set_status};
use crate::text as t;
use axum::http::StatusCode;
use domain::wire::AppError;
use leptos::prelude::*;

/// Nothing of that name, or nothing this visitor may see.
#[component]
pub fn NotFound() -> impl IntoView {
    let lang = lang();
    set_status(StatusCode::NOT_FOUND);
    view! {
        <Frame title=t::not_found_title(lang) private=true>
            <div class="col main">
                <div class="empty">
                    <Icon glyph=Glyph::Question/>
                    <h1 class="page-title">{t::not_found_title(lang)}</h1>
                    <p>{t::not_found_body(lang)}</p>
                    <p class="picks">
                        <a class="btn btn-main" href="/">{t::to_home(lang)}</a>
                        <a class="btn" href="/orders">{t::lookup_title(lang)}</a>
                    </p>
                </div>
            </div>
        </Frame>
    }
}

/// A page that could not be made.
#[component]
pub fn Failed(error: AppError) -> impl IntoView {
    let lang = lang();
    if error == AppError::NotFound {
        return view! { <NotFound/> }.into_any();
    }
    set_status(status(&error));
    let (title, help) = match &error {
        AppError::Internal { reference } if reference.is_empty() => {
            (t::failed_title(lang), t::failed_body(lang).to_owned())
        }
        AppError::Internal { reference } => {
            (t::failed_title(lang), format!("{} {}: {reference}", t::failed_body(lang), t::reference(lang)))
        }
        AppError::Busy { .. } => (t::busy_title(lang), trouble_text(&error, lang)),
        other => (t::errors_title(lang), trouble_text(other, lang)),
    };
    view! {
        <Frame title private=true>
            <div class="col main">
                <div class="empty">
                    <Icon glyph=Glyph::Alert/>
                    <h1 class="page-title">{title}</h1>
                    <p>{help}</p>
                    <p class="picks">
                        <a class="btn btn-main" href="">{t::retry(lang)}</a>
                        <a class="btn" href="/">{t::to_home(lang)}</a>
                    </p>
                </div>
            </div>
        </Frame>
    }
    .into_any()
}
