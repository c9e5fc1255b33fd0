//! What a person may do about an order, each a dialog that says what will happen to what.

use crate::components::{Check, Choice, Glyph, Icon, SelectField, in_area};
use crate::desk::{Flash, may};
use crate::pages::admin::ConfirmForm;
use crate::text as t;
use domain::Lang;
use domain::wire::desk::{OrderDeskView, Pick};
use leptos::prelude::*;
use services::rights::Act;

/// The reason for the audit log.
#[component]
pub fn Reason(
    #[prop(into)] id: String,
    #[prop(into)] value: String,
    error: Option<String>,
    lang: Lang,
) -> impl IntoView {
    let (help, wrong) = (format!("{id}-help"), format!("{id}-error"));
    let described = if error.is_some() { format!("{help} {wrong}") } else { help.clone() };
    let invalid = error.is_some().then_some("true");
    view! {
        <div class="field">
            <label for=id.clone()>{t::od_inside(lang)}</label>
            <textarea
                class="input"
                id=id
                name="reason"
                rows="2"
                maxlength="300"
                required
                aria-invalid=invalid
                aria-describedby=described
            >
                {in_area(&value)}
            </textarea>
            <p class="help" id=help>{t::od_inside_help(lang)}</p>
            {error.map(|error| view! { <p class="error" id=wrong><Icon glyph=Glyph::Alert/>{error}</p> })}
        </div>
    }
}

/// What is chosen of some, none at first.
pub(super) fn choices(picks: Vec<Pick>, lang: Lang) -> Vec<Choice> {
    let first = Choice::new("", t::od_choose(lang));
    std::iter::once(first).chain(picks.into_iter().map(|pick| Choice::new(pick.value, pick.label))).collect()
}

/// What one row's form was refused with: the reason typed, what is wrong with it, and whether to stand open.
pub(super) fn refused(form: &str, row: &str) -> (bool, String, Option<String>) {
    let flash = Flash::here();
    if !(flash.error.is_some() && flash.is_of(form, row)) {
        return (false, String::new(), None);
    }
    (true, flash.value(form, "reason").unwrap_or_default(), flash.wrong(form, "reason"))
}

#[component]
pub(super) fn Hold(view: OrderDeskView, lang: Lang) -> impl IntoView {
    let (form, flash) = ("order/hold", Flash::here());
    let shown = view.can_hold && may(Act::OrderHold);
    shown.then(|| {
        view! {
            <ConfirmForm
                id="hold"
                action="/desk/fn/order/hold"
                label=t::od_hold(lang)
                question=t::od_hold_ask(lang, &view.code, &view.payable.fmt(lang))
                confirm=t::od_hold(lang)
                fields=vec![("order", view.code.clone()), ("mark", view.mark.to_string())]
                open=flash.value(form, "why").is_some() && flash.again(form)
                lang
            >
                <SelectField
                    id="hold-why"
                    name="why"
                    label=t::od_hold_why(lang)
                    value=flash.value(form, "why").unwrap_or_default()
                    choices=choices(view.hold_reasons.clone(), lang)
                    error=flash.wrong(form, "why")
                />
                <Reason
                    id="hold-reason"
                    value=flash.value(form, "reason").unwrap_or_default()
                    error=flash.wrong(form, "reason")
                    lang
                />
                <Check
                    id="hold-tell"
                    name="tell"
                    value="on"
                    checked=flash.value(form, "tell").is_some()
                    label=t::od_hold_tell(lang)
                />
            </ConfirmForm>
        }
    })
}

#[component]
pub(super) fn Release(view: OrderDeskView, lang: Lang) -> impl IntoView {
    let (form, flash) = ("order/release", Flash::here());
    let held = view.held.filter(|held| !held.by_risk && may(Act::OrderHold));
    held.map(|held| {
        view! {
            <ConfirmForm
                id="release"
                action="/desk/fn/order/release"
                label=t::od_release(lang)
                question=t::od_release_ask(lang, &view.code, &view.payable.fmt(lang), &held.from)
                confirm=t::od_release(lang)
                confirm_class="btn btn-main"
                fields=vec![("order", view.code.clone()), ("mark", view.mark.to_string())]
                open=flash.again(form)
                lang
            >
                {(!held.then.is_empty()).then(|| view! { <p class="small">{held.then.clone()}</p> })}
                <Reason
                    id="release-reason"
                    value=flash.value(form, "reason").unwrap_or_default()
                    error=flash.wrong(form, "reason")
                    lang
                />
            </ConfirmForm>
        }
    })
}

/// A button that shows a hidden value for half a minute, once a reason is given. `row` is what is to be seen.
#[component]
pub fn Reveal(
    #[prop(into)] order: String,
    #[prop(into)] row: String,
    #[prop(into)] what: String,
    act: Act,
    #[prop(optional, into)] back: String,
    lang: Lang,
) -> impl IntoView {
    let form = "order/reveal";
    may(act).then(|| {
        let (open, value, error) = refused(form, &row);
        let mut fields = vec![("order", order), ("row", row.clone())];
        if !back.is_empty() {
            fields.push(("back", back));
        }
        view! {
            <ConfirmForm
                id=format!("reveal-{row}")
                action="/desk/fn/order/reveal"
                label=t::od_reveal(lang)
                question=t::od_reveal_ask(lang, &what)
                confirm=t::od_reveal_confirm(lang)
                class="btn btn-small btn-quiet"
                confirm_class="btn btn-main"
                fields=fields
                open
                lang
            >
                <Reason id=format!("reveal-{row}-reason") value error lang/>
            </ConfirmForm>
        }
    })
}

#[component]
pub(super) fn Note(code: String, lang: Lang) -> impl IntoView {
    let (form, flash) = ("order/note", Flash::here());
    let error = flash.wrong(form, "text");
    let described = if error.is_some() { "note-help note-error" } else { "note-help" };
    let invalid = error.is_some().then_some("true");
    may(Act::OrderNote).then(|| {
        view! {
            <section class="section desk-form order-note" id="note">
                <h2>{t::od_note(lang)}</h2>
                <form method="post" action="/desk/fn/order/note" class="stack">
                    <input type="hidden" name="order" value=code/>
                    <div class="field">
                        <label class="unseen" for="note-text">{t::od_note(lang)}</label>
                        <textarea
                            class="input"
                            id="note-text"
                            name="text"
                            rows="3"
                            maxlength="2000"
                            required
                            aria-invalid=invalid
                            aria-describedby=described
                        >
                            {in_area(&flash.value(form, "text").unwrap_or_default())}
                        </textarea>
                        <p class="help" id="note-help">{t::od_note_help(lang)}</p>
                        {error.map(|error| view! { <p class="error" id="note-error"><Icon glyph=Glyph::Alert/>{error}</p> })}
                    </div>
                    <button class="btn" type="submit">{t::od_note_save(lang)}</button>
                </form>
            </section>
        }
    })
}
