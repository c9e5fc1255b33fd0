//! One order, kept up to date: server-sent events, asking again where they don't work, a reload without scripts.

use super::flow::{Flow, focus};
use super::post::{in_turn, post};
use crate::components::{Amount, AmountSize, Chip, Glyph, Icon, Section, Timeline, Trouble};
use crate::text as t;
use domain::Lang;
use domain::wire::{ItemTone, OrderItemView, OrderView, StepState};
use leptos::prelude::*;
use leptos::serde_json;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

/// How often to ask where events don't arrive.
const ASK_EVERY: Duration = Duration::from_secs(5);
/// A stream may stand open and be dead, so every so many times it is asked anyway.
const ASK_ANYWAY: u32 = 6;

/// Takes a newer view; an older one that was overtaken is dropped.
fn take(flow: Flow<OrderView>, view: OrderView) {
    if flow.view.with_untracked(|known| view.revision >= known.revision) {
        flow.view.set(view);
    }
}

/// Listens as long as something can still change.
fn listen(flow: Flow<OrderView>) {
    let finished = Memo::new(move |_| flow.view.with(|view| view.finished));
    Effect::new(move || {
        if finished.get() {
            return;
        }
        let code = flow.view.with_untracked(|view| view.code.clone());
        // A specimen of the style guide is nobody's order.
        if code.is_empty() {
            return;
        }
        let Ok(events) = EventSource::new(&format!("/orders/{code}/events")) else { return };
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(view) = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok()) {
                take(flow, view);
            }
        });
        _ = events.add_event_listener_with_callback("order", heard.as_ref().unchecked_ref());
        let source = events.clone();
        let times = StoredValue::new(0_u32);
        let asking = set_interval_with_handle(
            move || {
                times.update_value(|times| *times = times.wrapping_add(1));
                // The browser gives up on a stream that was refused, and tries one that was cut for ever; then we ask.
                if source.ready_state() != EventSource::OPEN || times.get_value().is_multiple_of(ASK_ANYWAY) {
                    in_turn(async move {
                        let body = format!("code={}", flow.view.with_untracked(|view| view.code.clone()));
                        if let Ok(view) = post::<OrderView>("/fn/order/view", &body).await {
                            take(flow, view);
                        }
                    });
                }
            },
            ASK_EVERY,
        );
        let held = StoredValue::new_local((events, heard));
        on_cleanup(move || {
            held.try_with_value(|(events, _)| events.close());
            if let Ok(handle) = asking {
                handle.clear();
            }
        });
    });
}

/// The page's living part.
#[island]
pub fn OrderLive(view: OrderView, trouble: Option<String>, lang: Lang) -> impl IntoView {
    let flow = Flow::new(view, trouble.as_deref());
    listen(flow);
    let on_submit = move |event| flow.submit(&event, |_| _ = focus("order-title"));
    view! {
        <div class="stack" on:submit=on_submit>
            <div id="trouble" tabindex="-1">
                {move || flow.trouble.get().map(|error| view! { <Trouble error lang/> })}
            </div>
            {move || flow.view.with(|view| view! { <Head view=view.clone() lang/> })}
            <section class="card" aria-label=t::order_progress(lang)>
                {move || view! { <Timeline steps=flow.view.with(|view| view.steps.clone()) lang/> }}
            </section>
            {move || flow.view.with(|view| view.can_resend_failed.then(|| view! {
                <form method="post" action="/fn/order/resend" data-plain="">
                    <input type="hidden" name="code" value=view.code.clone()/>
                    <button class="btn btn-main btn-wide" type="submit">{t::order_resend(lang)}</button>
                </form>
            }))}
            <Section id="items" title=t::order_items(lang)>
                <ul class="card card-tight">
                    {move || flow.view.with(|view| view.items.iter().map(|item| item_line(item, lang)).collect_view())}
                </ul>
            </Section>
            {move || flow.view.with(|view| view! { <Details view=view.clone() lang/> })}
            {move || flow.view.with(|view| view.can_cancel.then(|| view! { <Cancel code=view.code.clone() lang/> }))}
        </div>
    }
}

/// What the order's figure is; an order that ended without a payment has none.
fn sum_label(view: &OrderView, lang: Lang) -> Option<&'static str> {
    // A voucher has its net once the order is settled.
    match (view.paid, view.finished, view.items.iter().any(|item| item.net.is_some())) {
        (true, ..) => Some(t::order_paid(lang)),
        (false, true, _) => None,
        (false, false, true) => Some(t::order_payable(lang)),
        (false, false, false) => Some(t::order_expected(lang)),
    }
}

/// Why the figure isn't the quote's.
fn less_than_quoted(view: &OrderView, lang: Lang) -> Option<String> {
    let shown = view.paid || !view.finished;
    let bad = view.items.iter().filter(|item| item.tone == ItemTone::Bad).count();
    (shown && view.payable != view.quoted).then(|| t::order_differs(view.quoted, bad, lang))
}

#[component]
fn Head(view: OrderView, lang: Lang) -> impl IntoView {
    let label = sum_label(&view, lang);
    let won = view.payable;
    let less = less_than_quoted(&view, lang);
    // On hold it is our turn to call; whoever doesn't want to wait may write.
    let held = !view.finished && view.steps.iter().any(|step| step.state == StepState::Stopped);
    view! {
        <div class="order-head">
            <p class="order-code">{format!("{} {}", t::order_copy(lang), view.code)}</p>
            <div aria-live="polite" class="stack-s">
                <h1 class="page-title" id="order-title" tabindex="-1">{view.headline}</h1>
                {(!view.advice.is_empty()).then(|| view! { <p class="lead">{view.advice}</p> })}
            </div>
            {held.then(|| view! { <p><a class="link" href="/inquiry">{t::nav_inquiry(lang)}</a></p> })}
            {label.map(|label| view! {
                <p class="sum">
                    <span class="small muted">{label}</span>
                    <Amount won lang size=AmountSize::Huge/>
                </p>
            })}
            {less.map(|words| view! { <p class="small muted">{words}</p> })}
            {view.eta.filter(|_| !view.finished).map(|eta| view! { <p class="fact"><Icon glyph=Glyph::Clock/>{eta}</p> })}
            {view.next_check_at.map(|at| view! {
                <p class="fact"><Icon glyph=Glyph::Question/>{format!("{} {}", t::order_next_check(lang), at.kst_date_time(lang))}</p>
            })}
            {(!view.finished).then(|| view! {
                <p class="small muted no-print">
                    <span class="only-js">{t::order_live(lang)}</span>
                    <span class="only-plain">{t::order_reload_help(lang)} " " <a class="link" href="">{t::order_reload(lang)}</a></span>
                </p>
            })}
        </div>
    }
}

fn item_line(item: &OrderItemView, lang: Lang) -> impl IntoView + use<> {
    let face = item.verified_face.unwrap_or(item.claimed_face);
    let detail = item.detail.clone();
    view! {
        <li class="item">
            <div>
                <div class="strong">{item.brand_name.clone()} " " <span class="muted">{face.fmt(lang)}</span></div>
                <div class="pin-text">{item.pin_masked.clone()}</div>
            </div>
            <div class="voucher-side">
                {item.net.map(|won| view! { <Amount won lang/> })}
                <Chip tone=item.tone.into() label=item.result.clone()/>
            </div>
            {(!detail.is_empty()).then(|| view! { <p class="item-detail">{detail}</p> })}
        </li>
    }
}

#[component]
fn Details(view: OrderView, lang: Lang) -> impl IntoView {
    let fee = if view.fee.is_zero() { t::quote_free(lang).to_owned() } else { format!("−{}", view.fee.fmt(lang)) };
    let figures = sum_label(&view, lang).map(|label| {
        view! {
            <dt>{t::quote_gross(lang)}</dt>
            <dd>{view.gross.fmt(lang)}</dd>
            <dt>{t::quote_fee(lang)}</dt>
            <dd>{fee}</dd>
            <dt>{label}</dt>
            <dd>{view.payable.fmt(lang)}</dd>
        }
    });
    view! {
        <Section id="details" title=t::order_details(lang)>
            <dl class="card pairs">
                <dt>{t::order_created(lang)}</dt>
                <dd>{view.created_at.kst_date_time_at(view.now, lang)}</dd>
                <dt>{t::order_quoted(lang)}</dt>
                <dd>{view.quoted.fmt(lang)}</dd>
                {figures}
                <dt>{t::order_speed(lang)}</dt>
                <dd>{t::speed_word(view.speed, lang)}</dd>
                <dt>{t::order_account(lang)}</dt>
                // A masked name cut in two at its stars reads like two.
                <dd>
                    {view.bank_name} " " <span class="whitespace-nowrap">{view.account_masked}</span>
                    " · " <span class="whitespace-nowrap">{view.holder_masked}</span>
                </dd>
                <dt>{t::order_name(lang)}</dt>
                <dd>{format!("{} · {}", view.name_masked, view.phone_masked)}</dd>
            </dl>
        </Section>
    }
}

#[component]
fn Cancel(code: String, lang: Lang) -> impl IntoView {
    view! {
        <details class="cancel no-print">
            <summary class="btn btn-plain">{t::order_cancel(lang)}</summary>
            <form class="card stack" method="post" action="/fn/order/cancel">
                <input type="hidden" name="code" value=code/>
                <p>{t::order_cancel_ask(lang)}</p>
                <button class="btn btn-danger" type="submit">{t::order_cancel_yes(lang)}</button>
            </form>
        </details>
    }
}
