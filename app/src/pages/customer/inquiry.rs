//! `/inquiry`: a question to a person. A plain form; the answer is left in the session for this page to show.

use crate::components::{Empty, ErrorList, Glyph, Icon, TextField, Trouble, error_of, in_area, trouble_from_code};
use crate::pages::{Frame, load, query};
use crate::text as t;
use domain::Lang;
use domain::wire::InquiryView;
use leptos::prelude::*;

/// The form, or that it was sent.
#[component]
pub fn InquiryPage() -> impl IntoView {
    let trouble = query("e").as_deref().and_then(trouble_from_code);
    load(
        |cx| async move {
            let left = cx.session.take_inquiry().await.map_err(|error| cx.session_failed(&error))?;
            Ok((left.unwrap_or_default(), cx.lang()))
        },
        move |(view, lang)| {
            view! {
                <Frame title=t::inquiry_title(lang)>
                    <div class="col main stack">
                        <div>
                            <h1 class="page-title">{t::inquiry_title(lang)}</h1>
                            {(!view.sent).then(|| view! { <p class="lead">{t::inquiry_lead(lang)}</p> })}
                        </div>
                        {trouble.map(|error| view! { <Trouble error lang/> })}
                        {if view.sent { sent(lang).into_any() } else { form(view, lang).into_any() }}
                    </div>
                </Frame>
            }
        },
    )
}

fn sent(lang: Lang) -> impl IntoView {
    view! {
        <div class="card" role="status">
            <Empty glyph=Glyph::Check title=t::inquiry_sent(lang) help=t::inquiry_sent_help(lang)>
                <a class="btn" href="/">{t::to_home(lang)}</a>
            </Empty>
        </div>
    }
}

fn form(view: InquiryView, lang: Lang) -> impl IntoView {
    let errors = view.errors;
    let error = error_of(&errors, "body");
    let invalid = error.is_some();
    view! {
        <ErrorList errors=errors.clone() lang/>
        <form class="card stack" method="post" action="/fn/inquiry/send">
            <TextField
                id="name" name="name" label=t::you_name(lang) value=view.name error=error_of(&errors, "name")
                autocomplete="name" maxlength=40
            />
            <TextField
                id="phone" name="phone" label=t::you_phone(lang) value=view.phone error=error_of(&errors, "phone")
                kind="tel" inputmode="tel" autocomplete="tel-national" maxlength=20
            />
            <div class="field">
                <label for="body">{t::inquiry_body(lang)}</label>
                <textarea
                    class="input"
                    id="body"
                    name="body"
                    rows="6"
                    maxlength="2000"
                    aria-invalid=invalid.then_some("true")
                    aria-describedby=invalid.then_some("body-error")
                >
                    {in_area(&view.body)}
                </textarea>
                {error.map(|text| view! { <p class="error" id="body-error"><Icon glyph=Glyph::Alert/>{text}</p> })}
            </div>
            <div class="trap" aria-hidden="true">
                <label for="website">"Website"</label>
                <input id="website" name="website" tabindex="-1" autocomplete="off"/>
            </div>
            <button class="btn btn-main" type="submit">{t::inquiry_send(lang)}</button>
        </form>
    }
}
