//! Step two: the amount, line by line, and when to have it.

use super::{SellState, rows_line};
use crate::components::{Amount, AmountSize, Answer, Banner, ErrorList, StickyBar, Tone};
use crate::islands::ticking::{Ticking, seconds_left};
use crate::text as t;
use domain::wire::{FeeTable, QuoteLine, QuoteView, SellStep};
use domain::{Lang, Speed, Won};
use leptos::prelude::*;

/// The step.
#[component]
pub fn Quote(flow: SellState, fees: FeeTable, lang: Lang) -> impl IntoView {
    let quote = Memo::new(move |_| flow.view.with(|view| view.quote.clone()));
    let until = Signal::derive(move || quote.with(|quote| quote.as_ref().map(|quote| quote.valid_until)));
    let now = Signal::derive(move || flow.view.with(|view| view.now));
    let left = seconds_left(until, now);
    let over = Memo::new(move |_| left.get() <= 0);
    view! {
        <div class="col main stack">
            <h1 class="page-title" id="step-title" tabindex="-1">{t::quote_title(lang)}</h1>
            {move || view! {
                <div class="answers">
                    <Answer href=SellStep::Vouchers.path() key=t::step_name(SellStep::Vouchers, lang) value=flow.view.with(|view| rows_line(view, lang)) lang/>
                </div>
            }}
            {move || view! { <ErrorList errors=flow.view.with(|view| view.errors.clone()) lang/> }}
            {move || flow.view.with(|view| view.requoted).map(|(before, now)| view! {
                <Banner tone=Tone::You title=t::requoted(before, now, lang) live=true/>
            })}
            <section class="card stack" aria-labelledby="sum-title">
                <h2 class="unseen" id="sum-title">{t::quote_net_total(lang)}</h2>
                {move || quote.get().map(|quote| view! { <Sum quote lang/> })}
                {move || {
                    if over.get() {
                        let known = quote.with(Option::is_some);
                        view! {
                            <form class="stack-s" id="again" method="post" action="/fn/sell/quote">
                                {known.then(|| view! { <Banner tone=Tone::You title=t::quote_over(lang) live=true/> })}
                                <p>{(!known).then(|| t::quote_first(lang))}</p>
                            </form>
                        }.into_any()
                    } else {
                        let until = until.get().map(|until| t::quote_until(&until.kst_clock(), lang));
                        view! { <p class="validity"><span>{until}</span><Ticking seconds=left lang/></p> }.into_any()
                    }
                }}
            </section>
            {move || {
                let speed = flow.view.with(|view| view.speed);
                let (eta, other) = quote.get().map(|quote| (quote.eta, quote.eta_other)).unwrap_or_default();
                view! { <Speeds speed fees eta other lang/> }
            }}
            {move || quote.get().map(|quote| view! { <Lines lines=quote.lines lang/> })}
            <p class="small muted">{t::quote_note(lang)}</p>
        </div>
        {move || {
            let net = quote.with(|quote| quote.as_ref().map(|quote| quote.net));
            let over = over.get();
            view! {
                <StickyBar label=t::quote_net_total(lang) won=net note="–" lang>
                    {if over {
                        view! { <button class="btn btn-main" type="submit" form="again">{t::quote_again(lang)}</button> }.into_any()
                    } else {
                        view! { <a class="btn btn-main" href=SellStep::You.path()>{t::to_you(lang)}</a> }.into_any()
                    }}
                </StickyBar>
            }
        }}
    }
}

/// The figures.
#[component]
fn Sum(quote: QuoteView, lang: Lang) -> impl IntoView {
    let fee = if quote.fee.is_zero() { t::quote_free(lang).to_owned() } else { format!("−{}", quote.fee.fmt(lang)) };
    view! {
        <div class="sum"><Amount won=quote.net lang size=AmountSize::Huge/></div>
        <dl class="pairs">
            <dt>{t::quote_total_face(lang)}</dt>
            <dd>{quote.total_face.fmt(lang)}</dd>
            <dt>{t::quote_gross(lang)}</dt>
            <dd>{quote.gross.fmt(lang)}</dd>
            <dt>{t::quote_fee(lang)}</dt>
            <dd>{fee}</dd>
        </dl>
    }
}

/// When to be paid, and what that costs.
#[component]
fn Speeds(
    speed: Speed,
    fees: FeeTable,
    eta: String,
    /// The same of the speed that isn't chosen.
    other: String,
    lang: Lang,
) -> impl IntoView {
    let option = |this: Speed, value: &'static str, label: &'static str, fee: Won| {
        let chosen = this == speed;
        let fee = if fee.is_zero() { t::speed_free(lang).to_owned() } else { t::speed_fee(fee, lang) };
        view! {
            <label class="option">
                <input type="radio" name="speed" value=value checked=chosen/>
                <span>
                    <span class="strong">{label}</span>
                    <span class="help">{if chosen { eta.clone() } else { other.clone() }}</span>
                </span>
                <span class="muted small">{fee}</span>
            </label>
        }
    };
    view! {
        <form class="stack-s" method="post" action="/fn/sell/quote" data-autosave="">
            <fieldset class="options">
                <legend class="legend">{t::speed_title(lang)}</legend>
                {option(Speed::Instant, "instant", t::speed_instant(lang), fees.instant)}
                {option(Speed::NextMorning, "next_morning", t::speed_morning(lang), fees.next_morning)}
            </fieldset>
            <button class="btn only-plain" type="submit">{t::speed_apply(lang)}</button>
        </form>
    }
}

/// Every voucher's price.
#[component]
fn Lines(lines: Vec<QuoteLine>, lang: Lang) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{line.brand_name}<div class="small muted">{line.face.fmt(lang)}</div></th>
                    <td class="num">{t::percent(line.rate_bp)}</td>
                    <td class="num strong">{line.net.fmt(lang)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="card card-tight table-wrap">
            <table class="table">
                <caption class="unseen">{t::quote_lines(lang)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::rates_brand(lang)}</th>
                        <th scope="col" class="num">{t::quote_rate(lang)}</th>
                        <th scope="col" class="num">{t::quote_net(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
