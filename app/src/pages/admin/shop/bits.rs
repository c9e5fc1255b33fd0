//! Pieces of the shop's desks: a difference, a draft with what can be done with it, text areas.

use crate::components::{Chip, Glyph, Icon, Tone, in_area};
use crate::desk::{Flash, may};
use crate::pages::admin::{ConfirmForm, DeskTime, DoButton};
use crate::text as t;
use domain::diff::DiffLine;
use domain::wire::{AppError, FieldError};
use domain::{DraftKind, Lang, Timestamp};
use leptos::prelude::*;
use services::desk::drafts::DraftView;
use services::rights::Act;

/// What lies between two texts.
#[component]
pub fn Difference(lines: Vec<DiffLine>, lang: Lang) -> impl IntoView {
    if lines.is_empty() {
        return view! { <p class="small muted">{t::sd_no_changes(lang)}</p> }.into_any();
    }
    let rows = lines
        .into_iter()
        .map(|line| match line {
            DiffLine::Same(text) => view! { <div class="diff-same">{text}</div> }.into_any(),
            DiffLine::Gone(text) => view! {
                <del class="diff-gone"><span class="unseen">{format!("{}: ", t::sd_gone(lang))}</span>{text}</del>
            }
            .into_any(),
            DiffLine::New(text) => view! {
                <ins class="diff-new"><span class="unseen">{format!("{}: ", t::sd_come(lang))}</span>{text}</ins>
            }
            .into_any(),
            DiffLine::Skipped(count) => view! { <div class="diff-skip">{t::sd_skipped(lang, count)}</div> }.into_any(),
        })
        .collect_view();
    view! { <div class="diff" tabindex="0" role="group" aria-label=t::sd_changes(lang)>{rows}</div> }.into_any()
}

/// Several lines of text.
#[component]
pub fn AreaField(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] help: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(default = 10)] rows: u32,
    #[prop(optional)] code: bool,
) -> impl IntoView {
    let class = if code { "input area-code" } else { "input" };
    let invalid = error.is_some();
    let error_id = format!("{id}-error");
    let help_id = format!("{id}-help");
    let described = match (help.is_empty(), invalid) {
        (true, false) => None,
        (true, true) => Some(error_id.clone()),
        (false, false) => Some(help_id.clone()),
        (false, true) => Some(format!("{help_id} {error_id}")),
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea
                class=class
                id=id.clone()
                name=id
                rows=rows.to_string()
                spellcheck=if code { "false" } else { "true" }
                autocomplete="off"
                aria-invalid=invalid.then_some("true")
                aria-describedby=described
            >
                {in_area(&value)}
            </textarea>
            {(!help.is_empty()).then(|| view! { <p class="help" id=help_id>{help}</p> })}
            {error.map(|error| view! { <p class="error" id=error_id><Icon glyph=Glyph::Alert/>{error}</p> })}
        </div>
    }
}

/// Everything wrong with one field of a refused form, or of what is typed.
pub fn told(errors: &[FieldError], field: &str) -> Vec<String> {
    errors.iter().filter(|error| error.field == field).map(|error| error.message.clone()).collect()
}

/// The errors of a form that was refused.
pub fn refused(flash: &Flash, form: &str) -> Vec<FieldError> {
    match flash.error.as_ref().filter(|_| flash.form == form) {
        Some(AppError::Invalid { fields }) => fields.clone(),
        _ => Vec::new(),
    }
}

/// A list of mistakes.
#[component]
pub fn Mistakes(told: Vec<String>, lang: Lang) -> impl IntoView {
    (!told.is_empty()).then(|| {
        view! {
            <div class="banner tone-you" role="alert">
                <Icon glyph=Glyph::Alert/>
                <div>
                    <strong>{t::sd_problems(lang)}</strong>
                    <ul class="bullets small">{told.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
                </div>
            </div>
        }
    })
}

/// May the reader put this kind of draft to work?
fn may_publish(kind: DraftKind) -> bool {
    may(match kind {
        DraftKind::Document => Act::DocumentsPublish,
        DraftKind::Brand | DraftKind::Rates | DraftKind::Fees => Act::CataloguePublish,
    })
}

/// An open draft: whose, why, from when, what it changes, and what the reader may do with it.
#[component]
pub fn DraftPanel(
    draft: DraftView,
    /// Of what it is, for the question.
    #[prop(into)]
    name: String,
    /// The page it stands on.
    #[prop(into)]
    back: String,
    /// How much it is about, for the question.
    #[prop(optional, into)]
    amounts: String,
    /// What must be typed to publish it, where a change is large.
    #[prop(optional_no_strip)]
    confirm: Option<String>,
    now: Timestamp,
    lang: Lang,
    children: Children,
) -> impl IntoView {
    let flash = Flash::here();
    let form = "drafts/publish";
    let fields =
        || vec![("id", draft.id.to_string()), ("revision", draft.revision.to_string()), ("back", back.clone())];
    let when = draft.effective_from.map_or_else(|| t::sd_from_now(lang).to_owned(), |at| at.kst_stamp(lang));
    let mine_here = flash.typed.iter().any(|(name, value)| name == "id" && *value == draft.id.to_string());
    let question = [t::sd_publish_q(lang, &name, &when), amounts].join("\n").trim_end().to_owned();
    let publish = (!draft.mine && !draft.stale && may_publish(draft.kind)).then(|| {
        let label = confirm.as_ref().map(|key| t::sd_confirm_label(lang, key));
        let wrong = flash.wrong(form, "confirm").filter(|_| mine_here);
        let typed = flash.value(form, "confirm").filter(|_| mine_here).unwrap_or_default();
        view! {
            <ConfirmForm
                id=format!("publish-{}", draft.id)
                action="/desk/fn/drafts/publish"
                label=t::sd_publish(lang)
                question=question.clone()
                confirm=t::sd_publish(lang)
                class="btn btn-main"
                confirm_class="btn btn-main"
                fields=fields()
                open=wrong.is_some()
                lang
            >
                {label.map(|label| view! {
                    <crate::components::TextField id=format!("confirm-{}", draft.id) name="confirm" label value=typed error=wrong/>
                })}
            </ConfirmForm>
        }
    });
    let rebase = (draft.mine && draft.stale)
        .then(|| view! { <DoButton action="/desk/fn/drafts/rebase" label=t::sd_rebase(lang) fields=fields()/> });
    let withdraw = draft.mine.then(|| {
        view! {
            <ConfirmForm
                id=format!("withdraw-{}", draft.id)
                action="/desk/fn/drafts/withdraw"
                label=t::sd_withdraw(lang)
                question=t::sd_withdraw_q(lang)
                confirm=t::sd_withdraw(lang)
                class="btn btn-quiet"
                fields=fields()
                lang
            />
        }
    });
    view! {
        <article class="panel stack-s">
            <p class="draft-head">
                <strong>{draft.author.clone()}</strong>
                {draft.mine.then(|| view! { <Chip tone=Tone::Plain label=t::sd_mine(lang)/> })}
                {draft.stale.then(|| view! { <Chip tone=Tone::You label=t::sd_stale(lang)/> })}
                <span class="muted small"><DeskTime at=draft.updated_at now lang/></span>
            </p>
            <dl class="facts">
                <div><dt>{t::sd_reason(lang)}</dt><dd>{draft.reason.clone()}</dd></div>
                <div><dt>{t::sd_from(lang)}</dt><dd>{when.clone()}</dd></div>
            </dl>
            {children()}
            {draft.mine.then(|| view! { <p class="small muted">{t::sd_four_eyes(lang)}</p> })}
            <div class="inline-forms">{publish}{rebase}{withdraw}</div>
        </article>
    }
}

/// A moment for `<input type="datetime-local">`, Korean time.
pub fn for_input(at: Option<Timestamp>) -> String {
    let Some(text) = at.map(Timestamp::kst_yyyymmddhhmmss) else { return String::new() };
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    format!("{}-{}-{}T{}:{}", part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12))
}
