//! What visitors ask.

use super::bits::AreaField;
use super::param;
use crate::components::{Chip, Choice, Empty, Glyph, SelectField, Tone};
use crate::desk::{Flash, may};
use crate::pages::admin::order::Revealed;
use crate::pages::admin::{AskedForm, Desk, DeskTime, Place, desk};
use crate::pages::query;
use crate::ssr::redirect;
use crate::text as t;
use domain::wire::AppError;
use domain::wire::desk::RevealedView;
use domain::{InquiryState, Lang};
use leptos::prelude::*;
use services::desk::inquiries;
use services::rights::Act;

const fn state_name(state: InquiryState, lang: Lang) -> &'static str {
    match state {
        InquiryState::Open => t::sd_inq_open(lang),
        InquiryState::Answered => t::sd_inq_answered(lang),
        InquiryState::Closed => t::sd_inq_closed(lang),
    }
}

#[component]
fn StateChip(state: InquiryState, lang: Lang) -> impl IntoView {
    let tone = match state {
        InquiryState::Open => Tone::You,
        InquiryState::Answered => Tone::Good,
        InquiryState::Closed => Tone::Plain,
    };
    view! { <Chip tone label=state_name(state, lang)/> }
}

/// `/desk/inquiries`.
#[component]
pub fn InquiriesPage() -> impl IntoView {
    let state = query("state").and_then(|state| state.parse().ok()).unwrap_or(InquiryState::Open);
    let below = query("below");
    desk(
        move |cx| async move {
            let list = inquiries::list(&cx.services, &cx.actor, state, below.as_deref())
                .await
                .map_err(|error| cx.refuse(error))?;
            Ok((list, cx.services.clock.now(), cx.lang()))
        },
        move |(list, now, lang)| {
            let none = list.lines.is_empty();
            let open = list.open;
            let tabs = InquiryState::ALL
                .iter()
                .map(|one| {
                    let count = if *one == InquiryState::Open { format!(" {open}") } else { String::new() };
                    let here = *one == state;
                    view! {
                        <li><a class="filter-chip" href=format!("/desk/inquiries?state={one}") aria-current=here.then_some("true")>{state_name(*one, lang)}{count}</a></li>
                    }
                })
                .collect_view();
            let rows = list
                .lines
                .into_iter()
                .map(|line| {
                    let handled = line.handled_by.zip(line.handled_at);
                    view! {
                        <tr>
                            <td data-label=t::sd_came(lang)><a class="row-link" href=format!("/desk/inquiries/{}", line.id)><DeskTime at=line.created_at now lang/></a></td>
                            <td data-label=t::sd_name(lang)>{line.name}</td>
                            <td data-label=t::sd_phone(lang) class="nowrap">{line.phone}</td>
                            <td data-label=t::sd_status(lang)><StateChip state=line.state lang/></td>
                            <td data-label=t::sd_handled(lang)>{handled.map(|(by, at)| view! { {by}" · "<DeskTime at now lang/> })}</td>
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <Desk title=t::place_inquiries(lang) here=Place::Inquiries wide=true>
                    <ul class="filter-chips">{tabs}</ul>
                    <div id="inquiries" data-live="">
                        {none.then(|| view! { <Empty glyph=Glyph::Check title=t::sd_inq_none(lang) help=t::sd_inq_none_help(lang)/> })}
                        {(!none).then(|| view! {
                            <div class="table-wrap">
                                <table class="table cards" data-rows="">
                                    <thead>
                                        <tr>
                                            <th scope="col">{t::sd_came(lang)}</th>
                                            <th scope="col">{t::sd_name(lang)}</th>
                                            <th scope="col">{t::sd_phone(lang)}</th>
                                            <th scope="col">{t::sd_status(lang)}</th>
                                            <th scope="col">{t::sd_handled(lang)}</th>
                                        </tr>
                                    </thead>
                                    <tbody>{rows}</tbody>
                                </table>
                            </div>
                        })}
                        {list.next.map(|next| view! {
                            <p class="pager"><a class="btn" href=format!("/desk/inquiries?state={state}&below={next}")>{t::sd_older(lang)}</a></p>
                        })}
                    </div>
                </Desk>
            }
        },
    )
}

/// `/desk/inquiries/{id}`.
#[component]
pub fn InquiryDeskPage() -> impl IntoView {
    let id = param("id");
    desk(
        move |cx| async move {
            let id = id.parse().map_err(|_| domain::wire::AppError::NotFound)?;
            let page = inquiries::open(&cx.services, &cx.actor, id).await.map_err(|error| cx.refuse(error))?;
            Ok((page, cx.services.clock.now(), cx.lang()))
        },
        |(page, now, lang)| {
            let flash = Flash::here();
            let form = "inquiries/settle";
            let line = page.line;
            let choices = InquiryState::ALL
                .iter()
                .rev()
                .map(|state| Choice::new(state.as_str(), state_name(*state, lang)))
                .collect();
            let chosen = flash.value(form, "state").unwrap_or_else(|| match line.state {
                InquiryState::Open => InquiryState::Answered.as_str().to_owned(),
                other => other.as_str().to_owned(),
            });
            let handled = line.handled_by.clone().zip(line.handled_at);
            view! {
                <Desk title=t::place_inquiries(lang) here=Place::Inquiries>
                    <div class="panel stack-s">
                        <dl class="facts">
                            <div><dt>{t::sd_name(lang)}</dt><dd>{line.name}</dd></div>
                            <div><dt>{t::sd_phone(lang)}</dt><dd>{line.phone}</dd></div>
                            <div><dt>{t::sd_came(lang)}</dt><dd><DeskTime at=line.created_at now lang/></dd></div>
                            <div><dt>{t::sd_status(lang)}</dt><dd><StateChip state=line.state lang/></dd></div>
                            {handled.map(|(by, at)| view! { <div><dt>{t::sd_handled(lang)}</dt><dd>{by}" · "<DeskTime at now lang/></dd></div> })}
                        </dl>
                        {may(Act::RevealPerson).then(|| view! {
                            <div class="picks">
                                <AskedForm
                                    form="inquiries/reveal"
                                    row=line.id.to_string()
                                    label=t::sd_inq_reveal(lang)
                                    question=t::sd_inq_reveal_question(lang)
                                    fields=vec![("id", line.id.to_string())]
                                    lang
                                />
                            </div>
                        })}
                    </div>
                    <section class="panel">
                        <h2>{t::sd_inq_body(lang)}</h2>
                        <p class="typed-text">{page.body}</p>
                        <p class="small muted">{t::sd_read_logged(lang)}</p>
                    </section>
                    <section class="panel desk-form">
                        <h2>{t::sd_result(lang)}</h2>
                        <form method="post" action="/desk/fn/inquiries/settle" class="stack">
                            <input type="hidden" name="id" value=line.id.to_string()/>
                            <input type="hidden" name="revision" value=page.revision.to_string()/>
                            <SelectField id="state" name="state" label=t::sd_result(lang) value=chosen choices error=flash.wrong(form, "state")/>
                            <AreaField id="note" label=t::sd_note(lang) help=t::sd_note_help(lang) value=flash.value(form, "note").unwrap_or(page.note) error=flash.wrong(form, "note") rows=5/>
                            <p class="picks"><button class="btn btn-main" type="submit">{t::sd_settle(lang)}</button></p>
                        </form>
                    </section>
                </Desk>
            }
        },
    )
}

/// `/desk/inquiries/{id}/revealed`: who asks, for half a minute.
#[component]
pub fn InquiryRevealedPage() -> impl IntoView {
    let id = param("id");
    let once = Flash::here().once;
    desk(
        move |cx| async move {
            let back = format!("/desk/inquiries/{id}");
            let id = id.parse().map_err(|_| AppError::NotFound)?;
            let Some(ticket) = once.first() else {
                if !may(Act::Inquiries) {
                    return Err(AppError::NotFound);
                }
                redirect(&back);
                return Ok::<_, AppError>(None);
            };
            let shown =
                inquiries::revealed(&cx.services, &cx.actor, id, ticket).await.map_err(|error| cx.refuse(error))?;
            Ok(Some((shown, back, cx.lang())))
        },
        |shown: Option<(RevealedView, String, Lang)>| {
            shown.map(|(shown, back, lang)| {
                let lead = t::place_inquiries(lang).to_owned();
                view! { <Revealed shown back lead here=Place::Inquiries lang/> }
            })
        },
    )
}
