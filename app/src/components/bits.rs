//! Section, fold, empty state, and the line of an earlier answer.

use super::{Glyph, Icon};
use crate::text as t;
use domain::Lang;
use leptos::prelude::*;

/// A titled part of a page; a landmark under its heading.
#[component]
pub fn Section(
    id: &'static str,
    #[prop(into)] title: String,
    /// Beside the title: a link, a date.
    #[prop(optional)]
    aside: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let heading = format!("{id}-title");
    let labelled = heading.clone();
    view! {
        <section class="section" id=id aria-labelledby=labelled>
            <div class="section-head">
                <h2 id=heading>{title}</h2>
                {aside}
            </div>
            {children()}
        </section>
    }
}

/// Opens and closes.
#[component]
pub fn Fold(#[prop(into)] title: String, #[prop(optional)] open: bool, children: Children) -> impl IntoView {
    view! {
        <details class="fold" open=open>
            <summary>{title}<Icon glyph=Glyph::Chevron/></summary>
            <div class="fold-body">{children()}</div>
        </details>
    }
}

/// Nothing here, and what to do.
#[component]
pub fn Empty(
    glyph: Glyph,
    #[prop(into)] title: String,
    #[prop(optional, into)] help: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph/>
            <strong>{title}</strong>
            {(!help.is_empty()).then(|| view! { <p>{help}</p> })}
            {children.map(|children| children())}
        </div>
    }
}

/// An earlier answer as a line that can be touched to change.
#[component]
pub fn Answer(
    #[prop(into)] href: String,
    #[prop(into)] key: String,
    #[prop(into)] value: String,
    lang: Lang,
) -> impl IntoView {
    // A number isn't broken at its hyphens while its part of the value fits the line.
    let parts = value
        .split(" · ")
        .enumerate()
        .map(|(index, part)| {
            let part = part.to_owned();
            view! {
                {(index > 0).then_some(" · ")}
                <span class="answer-part">{part}</span>
            }
        })
        .collect_view();
    view! {
        <a class="answer" href=href>
            <span class="answer-key">{key}</span>
            <span class="answer-value">{parts}</span>
            <span class="answer-change">{t::change(lang)}</span>
        </a>
    }
}
