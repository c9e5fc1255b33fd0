//! Small pieces the desk's pages share.

use crate::components::{Banner, TextField, Tone};
use crate::desk::{Flash, trouble};
use crate::text as t;
use domain::{Lang, Timestamp};
use leptos::prelude::*;

/// What the page says once: done, or refused. A quiet line, spoken as it appears.
#[component]
pub fn Notices(lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let wrong = trouble(&flash, lang);
    view! {
        {flash.good.map(|good| view! { <p class="quiet-line" role="status">{good}</p> })}
        {wrong.map(|wrong| view! { <Banner tone=Tone::You title=wrong live=true/> })}
    }
}

/// A moment: how long ago for the eye (kept current by `desk.js`), the exact time in Korea on hover and focus.
#[component]
pub fn DeskTime(at: Timestamp, now: Timestamp, lang: Lang) -> impl IntoView {
    let exact = at.kst_stamp(lang);
    view! {
        <time datetime=at.rfc3339() title=exact.clone() data-ago="" tabindex="0">
            {t::desk_ago(lang, now.since(at))}
            <span class="unseen">{format!(" ({exact})")}</span>
        </time>
    }
}

/// A form that does one thing, with its button.
#[component]
pub fn DoButton(
    /// `/desk/fn/…`
    #[prop(into)]
    action: String,
    #[prop(into)] label: String,
    /// Hidden fields.
    #[prop(optional)]
    fields: Vec<(&'static str, String)>,
    #[prop(default = "btn")] class: &'static str,
) -> impl IntoView {
    view! {
        <form method="post" action=action>
            {hidden(fields)}
            <button class=class type="submit">{label}</button>
        </form>
    }
}

fn hidden(fields: Vec<(&'static str, String)>) -> impl IntoView {
    fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
}

/// Something that can't be taken back: a button that opens a dialog, which repeats what will happen to what and asks for
/// the reason. Without scripts the dialog's content stands open under a fold.
#[component]
pub fn ConfirmForm(
    /// Names the dialog on its page.
    #[prop(into)]
    id: String,
    /// `/desk/fn/…`
    #[prop(into)]
    action: String,
    /// On the button that opens it.
    #[prop(into)]
    label: String,
    /// What will happen, to what, how much.
    #[prop(into)]
    question: String,
    /// On the button that does it.
    #[prop(into)]
    confirm: String,
    #[prop(optional)] fields: Vec<(&'static str, String)>,
    #[prop(default = "btn")] class: &'static str,
    #[prop(default = "btn btn-danger")] confirm_class: &'static str,
    /// Open at once: what was refused stands there again.
    #[prop(optional)]
    open: bool,
    lang: Lang,
    /// The dialog's own fields.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (title, form_id) = (format!("{id}-title"), format!("{id}-form"));
    let named = title.clone();
    view! {
        <details class="confirm" data-confirm="" open=open>
            <summary class=class>{label}</summary>
            <div class="confirm-card" role="group" aria-labelledby=named>
                <form method="post" action=action class="stack" id=form_id>
                    <p class="confirm-question" id=title>{question}</p>
                    {hidden(fields)}
                    {children.map(|children| children())}
                    <p class="picks">
                        <button class=confirm_class type="submit">{confirm}</button>
                        <button class="btn btn-quiet only-js" type="button" data-confirm-close="">{t::desk_cancel(lang)}</button>
                    </p>
                </form>
            </div>
        </details>
    }
}

/// A [`ConfirmForm`] that asks for the reason. After a refusal it stands open with what was typed.
#[component]
pub fn AskedForm(
    /// Behind `/desk/fn/`.
    form: &'static str,
    /// Tells one of many such forms on a page from the others after a refusal.
    #[prop(into)]
    row: String,
    /// On the button that opens it and on the one that does it.
    label: &'static str,
    /// What will happen, to what, how much.
    #[prop(into)]
    question: String,
    #[prop(optional)] mut fields: Vec<(&'static str, String)>,
    #[prop(default = "btn btn-small")] class: &'static str,
    #[prop(default = "btn btn-main")] confirm_class: &'static str,
    lang: Lang,
    /// Fields above the reason.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let flash = Flash::here();
    let own = flash.is_of(form, &row);
    let id = asked_id(form, &row);
    fields.push(("row", row));
    view! {
        <ConfirmForm
            id=id.clone()
            action=format!("/desk/fn/{form}")
            label=label
            question
            confirm=label
            confirm_class=confirm_class
            class=class
            fields
            open=own && flash.error.is_some()
            lang
        >
            {children.map(|children| children())}
            <TextField
                id=format!("{id}-reason")
                name="reason"
                label=t::desk_reason(lang)
                help=t::desk_reason_help(lang)
                value=if own { flash.value(form, "reason").unwrap_or_default() } else { String::new() }
                error=flash.wrong(form, "reason").filter(|_| own)
                maxlength=500
                required=true
            />
        </ConfirmForm>
    }
}

/// What an [`AskedForm`] is called on its page; its own fields begin with it, and its form ends in `-form`, for boxes
/// that stand outside.
pub fn asked_id(form: &str, row: &str) -> String {
    format!("{}-{row}", form.replace('/', "-"))
}

/// An author or a reason as it was kept; what a new installation brought along says so in the reader's language.
pub fn kept(text: &str, lang: Lang) -> String {
    if matches!(text, "seed" | "new installation") { t::desk_from_start(lang).to_owned() } else { text.to_owned() }
}

/// What a session was opened with, in two words: "Chrome · Android". The whole text when it says neither.
pub fn browser(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Whale/", "Whale"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let known = |of: &[(&str, &'static str)]| of.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (known(&BROWSERS), known(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn a_browser_is_named_before_what_it_pretends_to_be() {
        let edge =
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Safari/537.36 Edg/130";
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1";
        assert_eq!(browser(edge), "Edge · Windows");
        assert_eq!(browser(phone), "Safari · iPhone");
        assert_eq!(browser("curl/8.5"), "curl/8.5");
    }
}
