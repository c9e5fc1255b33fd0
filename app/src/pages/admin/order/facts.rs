//! What the order is, and whose.

use super::acts::Reveal;
use crate::components::{Chip, Tone};
use crate::pages::admin::DeskTime;
use crate::text as t;
use domain::wire::desk::OrderDeskView;
use domain::{Lang, Speed, Timestamp};
use leptos::prelude::*;
use services::rights::Act;

/// A word and its value.
fn fact(word: &'static str, value: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div>
            <dt>{word}</dt>
            <dd>{value}</dd>
        </div>
    }
}

fn moment(at: Option<Timestamp>, now: Timestamp, lang: Lang) -> AnyView {
    match at {
        Some(at) => view! { <DeskTime at now lang/> }.into_any(),
        None => "–".into_any(),
    }
}

#[component]
pub(super) fn Facts(view: OrderDeskView, lang: Lang) -> impl IntoView {
    let speed = match view.speed {
        Speed::Instant => t::od_instant(lang),
        Speed::NextMorning => t::od_morning(lang),
    };
    let flags: Vec<String> = view
        .flags
        .iter()
        .map(|flag| {
            let word = flag.word.parse().map_or(flag.word.as_str(), |cause| t::cause_word(cause, lang));
            format!("{word} {}", flag.points)
        })
        .collect();
    let flags = if flags.is_empty() { String::new() } else { format!(" ({})", flags.join(", ")) };
    let consents: Vec<String> = view
        .consents
        .iter()
        .map(|one| {
            let answer = if one.granted { t::od_yes(lang) } else { t::od_no(lang) };
            format!("{} v{} {answer}", one.word, one.version)
        })
        .collect();
    let (code, now) = (view.code.clone(), view.now);
    let revealed = move |word: &'static str, row: &'static str, value: String| {
        view! {
            <span class="mono">{value}</span>
            " "
            <Reveal order=code.clone() row what=word act=Act::RevealPerson lang/>
        }
    };
    view! {
        <section class="panel" aria-labelledby="facts-title">
            <h2 id="facts-title">{t::od_facts(lang)}</h2>
            <dl class="facts">
                {fact(t::od_created(lang), moment(Some(view.created_at), now, lang))}
                {fact(t::od_settled(lang), moment(view.settled_at, now, lang))}
                {fact(t::od_paid(lang), moment(view.paid_at, now, lang))}
                {fact(t::od_face(lang), view.total_face.fmt(lang))}
                {fact(t::od_quoted(lang), view.quoted.fmt(lang))}
                {fact(t::od_fee(lang), view.fee.fmt(lang))}
                {fact(t::od_payable(lang), view! { <strong>{view.payable.fmt(lang)}</strong> })}
                {fact(t::od_speed(lang), speed)}
                {fact(t::od_risk(lang), format!("{}{flags}", t::od_points(lang, view.risk_score)))}
            </dl>
        </section>
        <section class="panel" aria-labelledby="customer-title">
            <h2 id="customer-title">{t::od_customer(lang)}</h2>
            <dl class="facts">
                {fact(t::od_name(lang), revealed(t::od_name(lang), "name", view.name))}
                {fact(t::od_phone(lang), revealed(t::od_phone(lang), "phone", view.phone))}
                {fact(t::od_account(lang), revealed(t::od_account(lang), "account", format!("{} {}", view.bank, view.account)))}
                {fact(
                    t::od_holder(lang),
                    view! {
                        {view.holder}
                        " "
                        <Chip tone=Tone::from(view.holder_tone) label=view.holder_check/>
                    },
                )}
                {fact(t::od_lang(lang), view.lang.pick("한국어", "English"))}
                {fact(t::od_consents(lang), consents.join(" · "))}
            </dl>
        </section>
    }
}
