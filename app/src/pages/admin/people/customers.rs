use super::{ReasonField, refused};
use crate::components::{Empty, Glyph, TextField};
use crate::desk::{Flash, may};
use crate::pages::admin::{ConfirmForm, Desk, DeskTime, DoButton, Place, desk};
use crate::text as t;
use domain::wire::desk::RequestView;
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use services::desk::customer;
use services::rights::Act;

/// What was asked for, in words.
pub fn kind_word(kind: &str, lang: Lang) -> &'static str {
    if kind == "erase" { t::request_erase(lang) } else { t::request_export(lang) }
}

/// `/desk/customers`
#[component]
pub fn CustomersPage() -> impl IntoView {
    desk(
        |cx| async move {
            let found = customer::desk(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((found, cx.lang()))
        },
        |(found, lang)| {
            let flash = Flash::here();
            let form = "customer/find";
            let now = found.now;
            let requests = found.requests;
            let list = if requests.is_empty() {
                view! { <Empty glyph=Glyph::Check title=t::customers_no_requests(lang) help=t::customers_requests_help(lang)/> }.into_any()
            } else {
                let rows = requests.into_iter().map(|request| row(request, now, lang)).collect_view();
                view! { <ul class="bare stack">{rows}</ul> }.into_any()
            };
            view! {
                <Desk title=t::place_customers(lang) here=Place::Customers>
                    <p class="lead">{t::customers_lead(lang)}</p>
                    <form method="post" action="/desk/fn/customer/find" class="panel stack desk-form">
                        <TextField
                            id="phone"
                            name="phone"
                            label=t::customers_phone(lang)
                            value=flash.value(form, "phone").unwrap_or_default()
                            error=flash.wrong(form, "phone")
                            kind="tel"
                            inputmode="tel"
                            maxlength=40
                            required=true
                        />
                        <ReasonField id="reason" form lang/>
                        <button class="btn btn-main" type="submit">{t::customers_find(lang)}</button>
                    </form>
                    <section class="section">
                        <h2>{t::customers_requests(lang)}</h2>
                        {list}
                    </section>
                </Desk>
            }
        },
    )
}

fn row(request: RequestView, now: Timestamp, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let form = "customer/answer";
    let own = flash.is_of(form, &request.id);
    let open_id = request.id.clone();
    let answer = may(Act::CustomerErase).then(|| {
        view! {
            <ConfirmForm
                id=format!("answer-{}", request.id)
                action="/desk/fn/customer/answer"
                label=t::request_answer(lang)
                question=t::request_question(lang)
                confirm=t::request_done_button(lang)
                confirm_class="btn btn-main"
                class="btn btn-small"
                fields=vec![("id", request.id.clone()), ("row", request.id.clone())]
                open=own && refused(form)
                lang
            >
                <TextField
                    id=format!("note-{}", request.id)
                    name="reason"
                    label=t::request_note(lang)
                    value=if own { flash.value(form, "reason").unwrap_or_default() } else { String::new() }
                    error=flash.wrong(form, "reason").filter(|_| own)
                    maxlength=500
                    required=true
                />
                <button class="btn" type="submit" name="refuse" value="1">{t::request_refuse_button(lang)}</button>
            </ConfirmForm>
        }
    });
    view! {
        <li class="panel inline-forms">
            <strong>{kind_word(&request.kind, lang)}</strong>
            <span>{request.phone}</span>
            <DeskTime at=request.created_at now lang/>
            <DoButton
                action="/desk/fn/customer/from_request"
                label=t::request_show(lang)
                fields=vec![("id", open_id)]
                class="btn btn-small"
            />
            {answer}
        </li>
    }
}
