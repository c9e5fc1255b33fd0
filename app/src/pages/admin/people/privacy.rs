use super::{ReasonField, refused};
use crate::pages::admin::{ConfirmForm, Desk, DeskTime, Place, desk};
use crate::pages::query;
use crate::text as t;
use domain::Lang;
use domain::wire::desk::{PrivacyView, RetentionLine};
use leptos::prelude::*;
use services::desk::privacy;

/// `/desk/privacy`
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let month = query("month").unwrap_or_default();
    desk(
        move |cx| async move {
            let found = privacy::privacy(&cx.services, &cx.actor, &month).await.map_err(|error| cx.refuse(error))?;
            Ok((found, cx.lang()))
        },
        |(found, lang)| {
            view! {
                <Desk title=t::place_privacy(lang) here=Place::Privacy>
                    <p class="lead">{t::privacy_lead(lang)}</p>
                    <Month found=found.clone() lang/>
                    <Reviews found=found.clone() lang/>
                    <section class="section">
                        <h2>{t::retention_title(lang)}</h2>
                        <p class="small muted">{t::retention_lead(lang)}</p>
                        <Retention lines=found.retention lang/>
                    </section>
                </Desk>
            }
        },
    )
}

#[component]
fn Month(found: PrivacyView, lang: Lang) -> impl IntoView {
    let go = |month: &str| format!("/desk/privacy?month={month}");
    let lines = if found.lines.is_empty() {
        view! { <p class="muted">{t::privacy_none(lang)}</p> }.into_any()
    } else {
        let (from, until) = (found.first_day.clone(), found.last_day.clone());
        let rows = found
            .lines
            .into_iter()
            .map(|line| {
                let href = format!(
                    "/desk/audit?who={}&action={}&kind={}&from={from}&until={until}",
                    crate::desk::in_query(&line.login),
                    line.action,
                    line.kind,
                );
                view! {
                    <tr>
                        <td data-label=t::audit_who(lang)>{line.who}</td>
                        <td data-label=t::audit_action(lang)><span class="action">{line.what}" "<code>{line.action}</code></span></td>
                        <td data-label=t::privacy_lines(lang) class="num">{line.lines}</td>
                        <td data-label=t::privacy_targets(lang) class="num">{line.targets}</td>
                        <td data-label=t::privacy_bare(lang) class="num">{line.bare}</td>
                        <td><a class="row-link" href=href>{t::privacy_look(lang)}</a></td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="table-wrap">
                <table class="table cards" data-rows="">
                    <thead>
                        <tr>
                            <th scope="col">{t::audit_who(lang)}</th>
                            <th scope="col">{t::audit_action(lang)}</th>
                            <th scope="col" class="num">{t::privacy_lines(lang)}</th>
                            <th scope="col" class="num">{t::privacy_targets(lang)}</th>
                            <th scope="col" class="num">{t::privacy_bare(lang)}</th>
                            <th scope="col"><span class="unseen">{t::privacy_look(lang)}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let sign = if found.over {
        view! {
            <ConfirmForm
                id="sign"
                action="/desk/fn/privacy/sign_off"
                label=t::privacy_sign(lang)
                question=t::privacy_sign_question(lang, &found.month)
                confirm=t::privacy_sign(lang)
                confirm_class="btn btn-main"
                fields=vec![("month", found.month.clone())]
                open=refused("privacy/sign_off")
                lang
            >
                <ReasonField id="note" form="privacy/sign_off" label=t::privacy_note(lang) lang/>
            </ConfirmForm>
        }
        .into_any()
    } else {
        view! { <span class="small muted">{t::privacy_running(lang)}</span> }.into_any()
    };
    view! {
        <section class="section">
            <h2>{t::privacy_month(lang, &found.month)}</h2>
            {lines}
            <div class="pager">
                <a class="btn" href=go(&found.before)>{t::privacy_earlier(lang)}</a>
                {found.after.map(|after| view! { <a class="btn" href=go(&after)>{t::privacy_later(lang)}</a> })}
                {sign}
            </div>
        </section>
    }
}

#[component]
fn Reviews(found: PrivacyView, lang: Lang) -> impl IntoView {
    let now = found.now;
    let list = if found.reviews.is_empty() {
        view! { <p class="muted">{t::privacy_no_reviews(lang)}</p> }.into_any()
    } else {
        let rows = found
            .reviews
            .into_iter()
            .map(|review| {
                view! {
                    <li>
                        <DeskTime at=review.at now lang/>
                        <div>
                            <strong>{review.month}</strong>
                            <p class="who">{review.who}</p>
                            <p>{review.note}</p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="story">{rows}</ul> }.into_any()
    };
    view! { <section class="section"><h2>{t::privacy_reviews(lang)}</h2>{list}</section> }
}

#[component]
fn Retention(lines: Vec<RetentionLine>, lang: Lang) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|line| {
            let late = if line.late > 0 { "num late" } else { "num" };
            view! {
                <tr>
                    <td data-label=t::retention_what(lang)>{line.name}</td>
                    <td data-label=t::retention_keep(lang) class="num">{t::retention_days(lang, line.at_least_days)}</td>
                    <td data-label=t::retention_by(lang) class="num">{t::retention_days(lang, line.by_days)}</td>
                    <td data-label=t::retention_due(lang) class="num">{line.due}</td>
                    <td data-label=t::retention_held(lang) class="num">{line.held}</td>
                    <td data-label=t::retention_late(lang) class=late>{line.late}</td>
                    <td data-label=t::retention_source(lang) class="small">{line.source}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table cards" data-rows="">
                <thead>
                    <tr>
                        <th scope="col">{t::retention_what(lang)}</th>
                        <th scope="col" class="num">{t::retention_keep(lang)}</th>
                        <th scope="col" class="num">{t::retention_by(lang)}</th>
                        <th scope="col" class="num">{t::retention_due(lang)}</th>
                        <th scope="col" class="num">{t::retention_held(lang)}</th>
                        <th scope="col" class="num">{t::retention_late(lang)}</th>
                        <th scope="col">{t::retention_source(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
