//! A word to the reader above what it is about.

use super::{Glyph, Icon, Tone};
use crate::text as t;
use domain::Lang;
use domain::wire::AppError;
use leptos::prelude::*;

/// A coloured note with a title.
#[component]
pub fn Banner(
    tone: Tone,
    #[prop(into)] title: String,
    /// Spoken by screen readers as soon as it appears.
    #[prop(optional)]
    live: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let glyph = match tone {
        Tone::Good => Glyph::Check,
        Tone::Bad | Tone::You => Glyph::Alert,
        Tone::Unknown => Glyph::Question,
        Tone::Busy => Glyph::Clock,
        Tone::Plain => Glyph::Info,
    };
    view! {
        <div class=format!("banner {}", tone.class()) role=live.then_some("alert")>
            <Icon glyph/>
            <div>
                <strong>{title}</strong>
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// What can be said of an error, in the reader's language: what, and what to do.
pub fn trouble_text(error: &AppError, lang: Lang) -> String {
    let or =
        |message: &str, house: &'static str| if message.is_empty() { house.to_owned() } else { message.to_owned() };
    match error {
        AppError::Invalid { fields } if fields.is_empty() => t::trouble_invalid(lang).to_owned(),
        AppError::Invalid { fields } => fields.iter().map(|field| field.message.as_str()).collect::<Vec<_>>().join(" "),
        AppError::NotFound => t::trouble_gone(lang).to_owned(),
        AppError::Forbidden => t::trouble_forbidden(lang).to_owned(),
        AppError::Conflict { code, .. } if code == "step_up" => t::trouble_step_up(lang).to_owned(),
        AppError::Conflict { message, .. } => or(message, t::trouble_conflict(lang)),
        AppError::Busy { message, .. } => or(message, t::trouble_busy(lang)),
        AppError::Internal { reference } if reference == "network" => t::trouble_network(lang).to_owned(),
        AppError::Internal { reference } if reference.is_empty() => t::trouble_internal(lang).to_owned(),
        AppError::Internal { reference } => format!("{} ({reference})", t::trouble_internal(lang)),
    }
}

/// Does it look like a reference of ours, eight hexadecimal digits or a UUID?
pub fn is_reference(text: &str) -> bool {
    matches!(text.len(), 8 | 36) && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// The error behind the word a plain form's redirect carries in `?e=`, ours with its reference after a dot. An unknown
/// word says nothing, so that nobody can make our page speak their text.
pub fn trouble_from_code(code: &str) -> Option<AppError> {
    if let Some(("internal", reference)) = code.split_once('.') {
        return is_reference(reference).then(|| AppError::Internal { reference: reference.to_owned() });
    }
    match code {
        "invalid" => Some(AppError::Invalid { fields: Vec::new() }),
        "gone" => Some(AppError::NotFound),
        "forbidden" => Some(AppError::Forbidden),
        "conflict" => Some(AppError::Conflict { code: String::new(), message: String::new() }),
        "busy" => Some(AppError::Busy { retry_after: 0, message: String::new() }),
        "internal" => Some(AppError::Internal { reference: String::new() }),
        _ => None,
    }
}

/// An error that belongs to no field.
#[component]
pub fn Trouble(error: AppError, lang: Lang) -> impl IntoView {
    let tone = if matches!(error, AppError::Internal { .. }) { Tone::Bad } else { Tone::You };
    view! { <Banner tone title=trouble_text(&error, lang) live=true/> }
}
