//! What is wrong, above the form, each with a way to its field.

use super::{Banner, Tone};
use crate::text as t;
use domain::Lang;
use domain::wire::FieldError;
use leptos::prelude::*;

/// The message for one field, when there is one.
pub fn error_of(errors: &[FieldError], field: &str) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
}

/// The summary that takes the focus after a refused form. Field names are the ids of their controls.
#[component]
pub fn ErrorList(errors: Vec<FieldError>, lang: Lang) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let lines = errors
            .into_iter()
            .map(|error| {
                if error.field == "form" {
                    view! { <li>{error.message}</li> }.into_any()
                } else {
                    view! { <li><a class="link" href=format!("#{}", error.field)>{error.message}</a></li> }.into_any()
                }
            })
            .collect_view();
        view! {
            <div id="errors" tabindex="-1">
                <Banner tone=Tone::Bad title=t::errors_title(lang) live=true>
                    <ul>{lines}</ul>
                </Banner>
            </div>
        }
    })
}
