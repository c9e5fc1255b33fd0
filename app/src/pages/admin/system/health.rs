use crate::components::{Chip, Tone};
use crate::pages::admin::{Desk, DeskTime, Place, desk};
use crate::text as t;
use domain::wire::desk::{HealthView, PartnerView};
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use services::desk::health;

/// `/desk/health`
#[component]
pub fn HealthPage() -> impl IntoView {
    desk(
        |cx| async move {
            let found = health::health(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((found, cx.lang()))
        },
        |(found, lang)| {
            let now = found.now;
            let partners = found.partners.clone().into_iter().map(|partner| row(partner, now, lang)).collect_view();
            view! {
                <Desk title=t::place_health(lang) here=Place::Health>
                    <p class="lead">{t::health_lead(lang)}</p>
                    <section class="section">
                        <h2>{t::health_partners(lang)}</h2>
                        <div class="table-wrap">
                            <table class="table cards" data-rows="">
                                <thead>
                                    <tr>
                                        <th scope="col">{t::health_partner(lang)}</th>
                                        <th scope="col">{t::health_good(lang)}</th>
                                        <th scope="col">{t::health_bad(lang)}</th>
                                        <th scope="col" class="num">{t::health_calls(lang)}</th>
                                        <th scope="col" class="num">{t::health_median(lang)}</th>
                                        <th scope="col" class="num">{t::health_slow(lang)}</th>
                                        <th scope="col">{t::health_breaker(lang)}</th>
                                    </tr>
                                </thead>
                                <tbody>{partners}</tbody>
                            </table>
                        </div>
                    </section>
                    <System found lang/>
                </Desk>
            }
        },
    )
}

fn party_name(party: &str, lang: Lang) -> String {
    match party {
        "issuer" => t::party_issuer(lang).to_owned(),
        "bank" => t::party_bank(lang).to_owned(),
        "agent" => t::party_agent(lang).to_owned(),
        "thecheat" => t::party_thecheat(lang).to_owned(),
        other => other.to_owned(),
    }
}

fn row(partner: PartnerView, now: Timestamp, lang: Lang) -> impl IntoView {
    let when = move |at: Option<Timestamp>| match at {
        Some(at) => view! { <DeskTime at now lang/> }.into_any(),
        None => view! { <span class="muted">{t::health_never(lang)}</span> }.into_any(),
    };
    let ms = |time: Option<i64>| time.map_or_else(|| "–".to_owned(), |ms| t::health_ms(lang, ms));
    let breaker = partner.breaker_open.map(|open| {
        let (tone, word) = if open { (Tone::Bad, t::health_open(lang)) } else { (Tone::Good, t::health_closed(lang)) };
        view! { <Chip tone label=word/> }.into_any()
    });
    view! {
        <tr>
            <td data-label=t::health_partner(lang)><strong>{party_name(&partner.party, lang)}</strong></td>
            <td data-label=t::health_good(lang)>{when(partner.last_good)}</td>
            <td data-label=t::health_bad(lang)>{when(partner.last_bad)}</td>
            <td data-label=t::health_calls(lang) class="num">{partner.calls}</td>
            <td data-label=t::health_median(lang) class="num">{ms(partner.median_ms)}</td>
            <td data-label=t::health_slow(lang) class="num">{ms(partner.slow_ms)}</td>
            <td data-label=t::health_breaker(lang)>{breaker.unwrap_or_else(|| view! { <span class="muted">"–"</span> }.into_any())}</td>
        </tr>
    }
}

#[component]
fn System(found: HealthView, lang: Lang) -> impl IntoView {
    let state = |ok: bool| {
        let (tone, word) = if ok { (Tone::Good, t::health_ok(lang)) } else { (Tone::Bad, t::health_not_ok(lang)) };
        view! { <Chip tone label=word/> }
    };
    let idle = found.queues.is_empty();
    let queues = found
        .queues
        .into_iter()
        .map(|queue| {
            view! {
                <div>
                    <dt>{super::jobs::lane_name(&queue.lane, lang)}</dt>
                    <dd>{t::health_queue(lang, queue.works, queue.age_s)}</dd>
                </div>
            }
        })
        .collect_view();
    let now = found.now;
    let alerts = match found.alerts {
        None => view! { <span class="muted">{t::health_alerts_off(lang)}</span> }.into_any(),
        Some(alerts) => {
            let matters = (!alerts.matters.is_empty()).then(|| {
                let matters = alerts.matters.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
                view! { <ul class="small">{matters}</ul> }
            });
            let last = match alerts.last_good {
                Some(at) => view! { <DeskTime at now lang/> }.into_any(),
                None => view! { <span class="muted">{t::health_alerts_none(lang)}</span> }.into_any(),
            };
            let failing = alerts.failing.map(|(tries, code)| t::health_alerts_failing(lang, tries, &code));
            view! {
                {last}
                " "
                {state(failing.is_none())}
                {failing.map(|words| view! { <p class="small muted">{words}</p> })}
                {matters}
            }
            .into_any()
        }
    };
    view! {
        <div class="panes section">
            <section class="panel">
                <h2>{t::health_queues(lang)}</h2>
                {if idle {
                    view! { <p class="muted">{t::health_idle(lang)}</p> }.into_any()
                } else {
                    view! { <dl class="facts">{queues}</dl> }.into_any()
                }}
            </section>
            <section class="panel">
                <h2>{t::health_system(lang)}</h2>
                <dl class="facts">
                    <div>
                        <dt>{t::health_version(lang)}</dt>
                        <dd>{found.version}</dd>
                    </div>
                    <div>
                        <dt>{t::health_database(lang)}</dt>
                        <dd>
                            {found.engine}
                            " "
                            {state(found.database_ok)}
                            {found.private.then(|| view! { <p class="small muted">{t::health_private(lang)}</p> })}
                        </dd>
                    </div>
                    <div>
                        <dt>{t::place_audit(lang)}</dt>
                        <dd>
                            {t::health_chain(lang, found.chain_head, found.chain_waiting)}
                            " "
                            {state(found.chain_ok)}
                        </dd>
                    </div>
                    <div>
                        <dt>{t::health_alerts(lang)}</dt>
                        <dd>{alerts}</dd>
                    </div>
                </dl>
            </section>
        </div>
    }
}
