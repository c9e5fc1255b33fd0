//! The dashboard: what happened, how far it comes, what waits. Each chart has its table.

use super::bits::DeskTime;
use super::desk;
use super::frame::{Desk, Place};
use super::orders::tone;
use crate::components::{Chip, Tone};
use crate::desk::may;
use crate::ssr::redirect;
use crate::text as t;
use domain::desk::orders::words;
use domain::desk::stats::Measure;
use domain::wire::AppError;
use domain::wire::desk::DashboardView;
use domain::{KstDate, Lang, OutboxState};
use leptos::prelude::*;
use services::desk::stats;
use services::rights::Act;

/// Days of the charts.
const CHART_DAYS: i64 = 30;
/// A chart's box.
const WIDTH: i64 = 720;
const HEIGHT: i64 = 160;

/// `/desk`: the dashboard, or the first desk of somebody who has none.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let (sees, works_here) = (may(Act::Dashboard), may(Act::Desk));
    if !sees && works_here {
        redirect(super::frame::first_place().path());
    }
    desk(
        move |cx| async move {
            if !sees {
                return if works_here { Ok(None) } else { Err(AppError::NotFound) };
            }
            let view = stats::dashboard(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>(Some((view, cx.lang())))
        },
        |loaded: Option<(DashboardView, Lang)>| {
            let (view, lang) = loaded?;
            let counted = match view.counted_at {
                Some(at) => t::dash_counted(lang, &at.kst_clock()),
                None => t::dash_not_counted(lang).to_owned(),
            };
            Some(view! {
                <Desk
                    title=t::place_start(lang)
                    here=Place::Start
                    wide=true
                    aside=Box::new(move || view! { <p class="small muted">{counted}</p> }.into_any())
                >
                    {tiles(&view, lang)}
                    <div class="board">
                        {standing(&view, lang)}
                        {waiting(&view, lang)}
                        {chart(&view, Measure::Orders, t::dash_orders_chart(lang), lang)}
                        {chart(&view, Measure::Paid, t::dash_paid_chart(lang), lang)}
                        {funnel(&view, lang)}
                        {refused(&view, lang)}
                    </div>
                </Desk>
            })
        },
    )
}

/// A measure over the last days, number and won.
fn sum(view: &DashboardView, measure: Measure, days: i64) -> (i64, i64) {
    let first = view.today.plus_days(1 - days);
    let of = view.days.iter().filter(|figure| figure.measure == measure && figure.day >= first);
    of.fold((0, 0), |(number, won), figure| (number + figure.number, won + figure.won))
}

fn periods(lang: Lang) -> [(&'static str, i64); 3] {
    [(t::dash_today(lang), 1), (t::dash_week(lang), 7), (t::dash_month(lang), 30)]
}

/// What a figure counts, in the words of its tile.
type Figure = (&'static str, Measure, bool);

/// Today's figures, each with the week's and the month's under it.
fn tiles(view: &DashboardView, lang: Lang) -> impl IntoView + use<> {
    let word = |measure| t::measure_word(measure, lang);
    let figures: [Figure; 5] = [
        (word(Measure::Orders), Measure::Orders, false),
        (word(Measure::Items), Measure::Items, false),
        (word(Measure::Paid), Measure::Paid, false),
        (t::dash_paid_sum(lang), Measure::Paid, true),
        (word(Measure::Rejected), Measure::Rejected, false),
    ];
    let said = |measure: Measure, money: bool, days: i64| {
        let (number, won) = sum(view, measure, days);
        if money { domain::Won::new(won).unwrap_or_default().fmt(lang) } else { t::grouped(number) }
    };
    let tiles = figures
        .into_iter()
        .map(|(name, measure, money)| {
            let more = format!(
                "{} {} · {} {}",
                t::dash_days(lang, 7),
                said(measure, money, 7),
                t::dash_days(lang, 30),
                said(measure, money, 30),
            );
            view! {
                <div class="figure">
                    <dt>{name}</dt>
                    <dd>{said(measure, money, 1)}</dd>
                    <dd class="figure-more">{more}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="today-title">
            <h2 id="today-title" class="unseen">{t::dash_today(lang)}</h2>
            <dl class="figures">{tiles}</dl>
        </section>
    }
}

/// A bar per day, the highest and the last one labelled, and the same as a table.
fn chart(view: &DashboardView, measure: Measure, title: &'static str, lang: Lang) -> impl IntoView + use<> {
    let of_day = |day: KstDate| -> i64 {
        let of = view.days.iter().filter(|figure| figure.measure == measure && figure.day == day);
        of.map(|figure| if measure == Measure::Paid { figure.won } else { figure.number }).sum()
    };
    let days: Vec<(KstDate, i64)> =
        (0..CHART_DAYS).map(|at| view.today.plus_days(at + 1 - CHART_DAYS)).map(|day| (day, of_day(day))).collect();
    let most = days.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
    let step = WIDTH / CHART_DAYS;
    let top = days.iter().position(|(_, value)| *value == most);
    let bars = days
        .iter()
        .enumerate()
        .map(|(place, (day, value))| {
            let at = i64::try_from(place).unwrap_or(0);
            let height = (value.saturating_mul(HEIGHT) / most).max(i64::from(*value > 0));
            let (x, y) = (at * step, 20 + HEIGHT - height);
            let labelled = *value > 0 && (top == Some(place) || place + 1 == days.len());
            let anchor = if at * 2 < CHART_DAYS { "start" } else { "end" };
            let label_x = if at * 2 < CHART_DAYS { x } else { x + step - 4 };
            view! {
                <rect class="bar" x=x y=y width=step - 4 height=height rx="2">
                    <title>{format!("{day}: {}", t::grouped(*value))}</title>
                </rect>
                {labelled.then(|| view! {
                    <text class="bar-label" x=label_x y=y - 5 text-anchor=anchor>{t::grouped(*value)}</text>
                })}
            }
        })
        .collect_view();
    let (first, last) = (days.first().map(|day| day.0), days.last().map(|day| day.0));
    let rows = days
        .iter()
        .rev()
        .map(|(day, value)| {
            let day = day.to_string();
            view! { <tr><th scope="row">{day}</th><td class="num">{t::grouped(*value)}</td></tr> }
        })
        .collect_view();
    let unit = if measure == Measure::Paid { t::dash_won(lang) } else { t::dash_count(lang) };
    let frame = format!("0 0 {WIDTH} {}", HEIGHT + 42);
    view! {
        <section class="panel">
            <h2>{title}</h2>
            <svg class="chart" viewBox=frame role="img" aria-label=title>
                {bars}
                <line class="axis" x1="0" x2=WIDTH y1=HEIGHT + 20 y2=HEIGHT + 20></line>
                <text class="axis-label" x="0" y=HEIGHT + 38>{first.map(|day| day.to_string())}</text>
                <text class="axis-label" x=WIDTH y=HEIGHT + 38 text-anchor="end">{last.map(|day| day.to_string())}</text>
            </svg>
            {as_table(title, [t::dash_day(lang), unit], rows, lang)}
        </section>
    }
}

/// The same figures as a table, folded.
fn as_table(title: &'static str, heads: [&'static str; 2], rows: impl IntoView, lang: Lang) -> impl IntoView {
    let [first, second] = heads;
    view! {
        <details>
            <summary>{t::dash_as_table(lang)}</summary>
            <table class="table">
                <caption class="unseen">{title}</caption>
                <thead><tr><th scope="col">{first}</th><th scope="col" class="num">{second}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

/// Per cent of a whole, rounded down; `–` of nothing.
fn of_all(part: i64, all: i64) -> String {
    if all == 0 { "–".to_owned() } else { format!("{}%", part.saturating_mul(100) / all) }
}

fn funnel(view: &DashboardView, lang: Lang) -> impl IntoView + use<> {
    let heads = periods(lang).into_iter().map(|(name, _)| view! { <th scope="col" class="num">{name}</th> });
    let rows = [Measure::Begun, Measure::Quoted, Measure::Proved, Measure::Orders]
        .into_iter()
        .map(|measure| {
            let cells = periods(lang)
                .into_iter()
                .map(|(_, days)| {
                    let (number, begun) = (sum(view, measure, days).0, sum(view, Measure::Begun, days).0);
                    let share = of_all(number, begun);
                    view! { <td class="num">{t::grouped(number)} <span class="muted share">{format!(" {share}")}</span></td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{t::measure_word(measure, lang)}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t::dash_funnel(lang)}</h2>
            <table class="table">
                <caption class="small muted">{t::dash_rate(lang)}</caption>
                <thead><tr><th scope="col">{t::dash_step(lang)}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn refused(view: &DashboardView, lang: Lang) -> impl IntoView + use<> {
    let rows = view
        .refused
        .iter()
        .map(|(reason, brand, number)| {
            view! {
                <tr>
                    <td>{reason.clone()}</td>
                    <td>{brand.clone()}</td>
                    <td class="num">{t::grouped(*number)}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = [t::dash_reason(lang), t::filter_brand(lang), t::dash_count(lang)];
    section(t::dash_refused(lang), t::dash_refused_none(lang), view.refused.is_empty(), heads, rows)
}

fn standing(view: &DashboardView, lang: Lang) -> impl IntoView + use<> {
    let now = view.now;
    let rows = view
        .standing
        .iter()
        .map(|(state, orders, oldest)| {
            let (state, oldest) = (*state, *oldest);
            let href = format!("/desk/orders?state={state}&sort=oldest");
            view! {
                <tr>
                    <td><a href=href><Chip tone=tone(state) label=words::state(state, lang)/></a></td>
                    <td><DeskTime at=oldest now lang/></td>
                    <td class="num">{t::grouped(*orders)}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = [t::filter_states(lang), t::dash_oldest(lang), t::dash_count(lang)];
    section(t::dash_standing(lang), t::dash_standing_none(lang), view.standing.is_empty(), heads, rows)
}

fn waiting(view: &DashboardView, lang: Lang) -> impl IntoView + use<> {
    let now = view.now;
    let rows = view
        .waiting
        .iter()
        .map(|(lane, state, works, oldest)| {
            let tone = match state {
                OutboxState::Review => Tone::You,
                OutboxState::Claimed => Tone::Busy,
                OutboxState::Ready | OutboxState::Done => Tone::Plain,
            };
            let at = *oldest;
            view! {
                <tr>
                    <td>{t::lane_word(*lane, lang)} " " <Chip tone label=t::work_word(*state, lang)/></td>
                    <td><DeskTime at now lang/></td>
                    <td class="num">{t::grouped(i64::from(*works))}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = [t::dash_lane(lang), t::dash_oldest(lang), t::dash_count(lang)];
    section(t::dash_waiting(lang), t::dash_waiting_none(lang), view.waiting.is_empty(), heads, rows)
}

/// A table of three columns, or what stands there while it is empty.
fn section(
    title: &'static str,
    none: &'static str,
    is_empty: bool,
    heads: [&'static str; 3],
    rows: impl IntoView + 'static,
) -> impl IntoView {
    let [first, second, third] = heads;
    let content = if is_empty {
        view! { <p class="muted">{none}</p> }.into_any()
    } else {
        view! {
            <table class="table">
                <caption class="unseen">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        <th scope="col">{second}</th>
                        <th scope="col" class="num">{third}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! { <section class="panel"><h2>{title}</h2>{content}</section> }
}
