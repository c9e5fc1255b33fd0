use crate::components::{Chip, Tone};
use crate::desk::{Flash, may};
use crate::pages::admin::{AskedForm, Desk, DeskTime, Place, asked_id, desk};
use crate::text as t;
use domain::wire::desk::{FailureLine, JobsView, LaneView, ReviewRow};
use domain::{Lane, Lang, Timestamp};
use leptos::prelude::*;
use services::desk::jobs;
use services::rights::Act;

/// The form that wakes what is picked, and what tells it from a row's own.
const PICKED: &str = "jobs/reopen_picked";
const BAR: &str = "picked";

/// `/desk/jobs`
#[component]
pub fn JobsPage() -> impl IntoView {
    desk(
        |cx| async move {
            let found = jobs::jobs(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((found, cx.lang()))
        },
        |(found, lang)| {
            let JobsView { lanes, failures, review, now } = found;
            let lanes = lanes.into_iter().map(|lane| lane_row(lane, now, lang)).collect_view();
            view! {
                <Desk title=t::place_jobs(lang) here=Place::Jobs wide=true>
                    <p class="lead">{t::jobs_lead(lang)}</p>
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    <th scope="col">{t::jobs_lane(lang)}</th>
                                    <th scope="col" class="num">{t::jobs_ready(lang)}</th>
                                    <th scope="col" class="num">{t::jobs_claimed(lang)}</th>
                                    <th scope="col" class="num">{t::jobs_review(lang)}</th>
                                    <th scope="col">{t::jobs_oldest(lang)}</th>
                                    <th scope="col"><span class="unseen">{t::jobs_pause(lang)}</span></th>
                                </tr>
                            </thead>
                            <tbody>{lanes}</tbody>
                        </table>
                    </div>
                    <section class="section">
                        <h2>{t::jobs_failures(lang)}</h2>
                        <Failures failures now lang/>
                    </section>
                    <section class="section">
                        <h2>{t::jobs_rows(lang)}</h2>
                        <Review rows=review now lang/>
                    </section>
                </Desk>
            }
        },
    )
}

/// A button that asks for the reason; `row` tells one of many from the others after a refusal.
fn asked(
    (form, row): (&'static str, String),
    (label, question): (&'static str, String),
    fields: Vec<(&'static str, String)>,
    lang: Lang,
) -> Option<AnyView> {
    let allowed = may(Act::JobsAct);
    allowed.then(|| view! { <AskedForm form row label question fields lang/> }.into_any())
}

/// A lane's name in words.
pub(super) fn lane_name(lane: &str, lang: Lang) -> String {
    lane.parse::<Lane>().map_or_else(|_| lane.to_owned(), |known| t::lane_word(known, lang).to_owned())
}

fn lane_row(lane: LaneView, now: Timestamp, lang: Lang) -> impl IntoView {
    let name = lane.lane.clone();
    let shown = lane_name(&name, lang);
    let fields = vec![("lane", name.clone())];
    let button = if lane.paused.is_some() {
        asked(
            ("jobs/resume", name.clone()),
            (t::jobs_resume(lang), t::jobs_resume_question(lang, &shown)),
            fields,
            lang,
        )
    } else {
        asked(("jobs/pause", name.clone()), (t::jobs_pause(lang), t::jobs_pause_question(lang, &shown)), fields, lang)
    };
    let paused = lane.paused.map(|(reason, at)| {
        view! {
            " "
            <Chip tone=Tone::You label=t::jobs_paused(lang)/>
            " "
            <span class="small">{reason}" · "<DeskTime at now lang/></span>
        }
    });
    view! {
        <tr>
            <td data-label=t::jobs_lane(lang)><span><strong>{shown}</strong>{paused}</span></td>
            <td data-label=t::jobs_ready(lang) class="num">{lane.ready}</td>
            <td data-label=t::jobs_claimed(lang) class="num">{lane.claimed}</td>
            <td data-label=t::jobs_review(lang) class="num">{lane.review}</td>
            <td data-label=t::jobs_oldest(lang)>{lane.oldest_due.map(|at| view! { <DeskTime at now lang/> })}</td>
            <td class="acts">{button}</td>
        </tr>
    }
}

#[component]
fn Failures(failures: Vec<FailureLine>, now: Timestamp, lang: Lang) -> impl IntoView {
    if failures.is_empty() {
        return view! { <p class="muted">{t::jobs_no_failures(lang)}</p> }.into_any();
    }
    let rows = failures
        .into_iter()
        .map(|line| {
            let fields = vec![("lane", line.lane.clone()), ("code", line.code.clone())];
            let wake = if line.in_review {
                let own = ("jobs/reopen_code", format!("{}.{}", line.lane, line.code));
                asked(own, (t::jobs_wake_all(lang), t::jobs_wake_question(lang).to_owned()), fields, lang)
            } else {
                Some(view! { <span class="small muted">{t::jobs_retrying(lang)}</span> }.into_any())
            };
            view! {
                <tr>
                    <td data-label=t::jobs_lane(lang)>{lane_name(&line.lane, lang)}</td>
                    <td data-label=t::jobs_code(lang)><code>{line.code}</code></td>
                    <td data-label=t::jobs_count(lang) class="num">{line.works}</td>
                    <td data-label=t::jobs_since(lang)><DeskTime at=line.oldest now lang/></td>
                    <td class="acts">{wake}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table cards" data-rows="">
                <thead>
                    <tr>
                        <th scope="col">{t::jobs_lane(lang)}</th>
                        <th scope="col">{t::jobs_code(lang)}</th>
                        <th scope="col" class="num">{t::jobs_count(lang)}</th>
                        <th scope="col">{t::jobs_since(lang)}</th>
                        <th scope="col"><span class="unseen">{t::jobs_wake_all(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Review(rows: Vec<ReviewRow>, now: Timestamp, lang: Lang) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="muted">{t::jobs_no_rows(lang)}</p> }.into_any();
    }
    let (flash, picks) = (Flash::here(), may(Act::JobsAct));
    let rows = rows
        .into_iter()
        .map(|row| {
            let own = ("jobs/reopen", row.id.clone());
            let pick = picks.then(|| pick(&row, &flash, lang));
            let fields = vec![("id", row.id)];
            let wake = asked(own, (t::jobs_wake(lang), t::jobs_wake_question(lang).to_owned()), fields, lang);
            view! {
                <tr>
                    {pick}
                    <td data-label=t::jobs_kind(lang)><span title=row.kind>{row.name}</span></td>
                    <td data-label=t::jobs_code(lang)><code>{row.code}</code></td>
                    <td data-label=t::jobs_since(lang)>
                        <DeskTime at=row.since.unwrap_or(row.created_at) now lang/>
                    </td>
                    <td class="acts">{wake}</td>
                </tr>
            }
        })
        .collect_view();
    let all = picks.then(|| {
        view! {
            <th scope="col" class="pick-cell">
                <label class="pick-box only-js"><input type="checkbox" data-pick-all="" aria-label=t::jobs_pick_all(lang)/></label>
            </th>
        }
    });
    view! {
        {picks.then(|| view! { <p class="small muted only-js keys-help">{t::jobs_pick_help(lang)}</p> })}
        <div class="table-wrap">
            <table class="table cards" data-rows="">
                <thead>
                    <tr>
                        {all}
                        <th scope="col">{t::jobs_kind(lang)}</th>
                        <th scope="col">{t::jobs_code(lang)}</th>
                        <th scope="col">{t::jobs_since(lang)}</th>
                        <th scope="col"><span class="unseen">{t::jobs_wake(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {picks.then(|| view! { <Bar lang/> })}
    }
    .into_any()
}

/// A row's box. It belongs to the bar's form, which stands below the table.
fn pick(row: &ReviewRow, flash: &Flash, lang: Lang) -> impl IntoView + use<> {
    let form = format!("{}-form", asked_id(PICKED, BAR));
    let checked = flash.chose(PICKED, "ids[]", &row.id);
    view! {
        <td class="pick-cell" data-label=t::jobs_pick(lang)>
            <label class="pick-box">
                <input
                    type="checkbox"
                    name="ids[]"
                    value=row.id.clone()
                    form=form
                    checked=checked
                    data-pick=""
                    data-name=row.name.clone()
                    aria-label=t::jobs_pick_one(lang, &row.name)
                />
            </label>
        </td>
    }
}

/// What will be done to how many. With scripts it is there once something is picked.
#[component]
fn Bar(lang: Lang) -> impl IntoView {
    view! {
        <div class="bulk" data-bulk="">
            <p class="only-js">{t::jobs_picked(lang)}": "<strong data-bulk-count="">"0"</strong></p>
            <AskedForm
                form=PICKED
                row=BAR
                label=t::jobs_wake_picked(lang)
                question=t::jobs_wake_question(lang)
                class="btn btn-small btn-main"
                lang
            >
                <p class="only-js">
                    {t::jobs_picked(lang)}": "<strong data-bulk-count="">"0"</strong>
                    <span class="small muted bulk-names" data-bulk-names=""></span>
                </p>
            </AskedForm>
        </div>
    }
}
