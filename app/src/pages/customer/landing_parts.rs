//! The parts of the landing under the paste box.

use crate::components::{Banner, Empty, Glyph, Icon, Section, Tone};
use crate::ssr::BusinessInfo;
use crate::text as t;
use domain::Lang;
use domain::wire::{BrandStatus, FeedRow, NoticeLine, RateRow, RestingBank};
use leptos::prelude::*;

/// More banks at rest than these are counted, and listed on demand: every night at ten past twelve they are a crowd.
const RESTING_NAMED: usize = 3;

/// Banks that rest now, or that none does.
#[component]
pub fn Hours(resting: Vec<RestingBank>, lang: Lang) -> impl IntoView {
    let lines: Vec<String> = resting.iter().map(|bank| t::resting(&bank.name, &bank.until.kst_clock(), lang)).collect();
    match (resting.first(), resting.iter().map(|bank| bank.until).max()) {
        (Some(first), Some(last)) => {
            let items = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
            let (title, list) = if resting.len() > RESTING_NAMED {
                let title = t::resting_many(&first.name, resting.len() - 1, &last.kst_clock(), lang);
                let list = view! {
                    <details class="small">
                        <summary class="link">{t::hours_list(lang)}</summary>
                        <ul class="bullets">{items}</ul>
                    </details>
                };
                (title, list.into_any())
            } else {
                (t::hours_title(lang).to_owned(), view! { <p>{lines.join(", ")}</p> }.into_any())
            };
            view! {
                <div class="hours">
                    <Banner tone=Tone::You title>
                        {list}
                        <p class="small">{t::hours_after(lang)}</p>
                    </Banner>
                </div>
            }
            .into_any()
        }
        _ => view! { <p class="facts hours"><span class="fact"><Icon glyph=Glyph::Bank/>{t::hours_open(lang)}</span></p> }
            .into_any(),
    }
}

/// 시세표: a line per brand with its best rate; opened, the rate of each face band.
#[component]
pub fn RateTable(rows: Vec<RateRow>, lang: Lang) -> impl IntoView {
    if rows.is_empty() {
        return view! { <Empty glyph=Glyph::Receipt title=t::rates_none(lang)/> }.into_any();
    }
    let lines = rows.into_iter().enumerate().map(|(index, row)| brand_rates(row, index == 0, lang)).collect_view();
    view! { <div class="card card-tight rates">{lines}</div> }.into_any()
}

fn brand_rates(row: RateRow, open: bool, lang: Lang) -> impl IntoView {
    let best = row.bands.iter().map(|band| band.basis_points).max();
    let off = match (row.status, best) {
        (BrandStatus::Accepting, Some(_)) => None,
        (BrandStatus::Stopped, _) => Some(t::brand_stopped(lang)),
        (BrandStatus::Accepting | BrandStatus::Paused, _) => Some(t::brand_paused(lang)),
    };
    if let Some(word) = off {
        return view! { <p class="fold-off"><span>{row.name}</span><span>{word}</span></p> }.into_any();
    }
    let caption = format!("{} {}", row.name, t::rates_title(lang));
    let lines = row
        .bands
        .into_iter()
        .map(|band| {
            view! {
                <tr>
                    <th scope="row">{t::band(band.face_min, band.face_max, lang)}</th>
                    <td class="num strong">{t::percent(band.basis_points)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="fold" open=open>
            <summary>
                <span class="rate-head">
                    <span class="rate-name">{row.name}</span>
                    <span class="rate-best">
                        <span class="small muted">{t::rates_best(lang)}</span>
                        " "
                        <span class="tile-rate">{t::percent(best.unwrap_or_default())}</span>
                    </span>
                </span>
                <Icon glyph=Glyph::Chevron/>
            </summary>
            <div class="fold-body">
                <table class="table">
                    <caption class="unseen">{caption}</caption>
                    <thead class="unseen">
                        <tr><th scope="col">{t::rates_band(lang)}</th><th scope="col">{t::rates_rate(lang)}</th></tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

/// Real payouts; nothing at all when there are too few.
#[component]
pub fn Feed(rows: Vec<FeedRow>, lang: Lang) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let lines = rows
            .into_iter()
            .map(|row| {
                view! {
                    <li class="feed-row">
                        <span class="strong">{row.who}</span>
                        <span>{format!("{} {}", row.brand, t::count(row.qty, lang))}</span>
                        <span class="num strong">{t::about(row.amount, lang)}</span>
                        <time class="small muted num" datetime=row.paid_at.rfc3339()>{row.paid_at.kst_clock()}</time>
                    </li>
                }
            })
            .collect_view();
        view! {
            <Section id="feed" title=t::feed_title(lang)>
                <ul class="card card-tight">{lines}</ul>
                <p class="help feed-note">{t::feed_note(lang)}</p>
            </Section>
        }
    })
}

/// Three steps.
#[component]
pub fn Guide(lang: Lang) -> impl IntoView {
    let steps = [
        (t::guide_1_title(lang), t::guide_1_body(lang)),
        (t::guide_2_title(lang), t::guide_2_body(lang)),
        (t::guide_3_title(lang), t::guide_3_body(lang)),
    ];
    view! {
        <Section
            id="guide"
            title=t::guide_title(lang)
            aside=view! { <a class="link small" href="/guide">{t::guide_more(lang)}</a> }.into_any()
        >
            <ol class="guide card">
                {steps.map(|(title, body)| view! { <li><strong>{title}</strong><p>{body}</p></li> }).collect_view()}
            </ol>
        </Section>
    }
}

/// What to know before selling.
#[component]
pub fn Cautions(lang: Lang) -> impl IntoView {
    let lines = [
        t::caution_fraud(lang),
        t::caution_own(lang),
        t::caution_cash(lang),
        t::caution_used(lang),
        t::caution_final(lang),
    ];
    view! {
        <Section id="cautions" title=t::cautions_title(lang)>
            <ul class="card bullets-card">
                {lines.map(|line| view! { <li><Icon glyph=Glyph::Alert/><span>{line}</span></li> }).collect_view()}
            </ul>
        </Section>
    }
}

/// The newest notices.
#[component]
pub fn Notices(lines: Vec<NoticeLine>, lang: Lang) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|line| notice_line(line, lang)).collect_view();
        view! {
            <Section
                id="notices"
                title=t::nav_notices(lang)
                aside=view! { <a class="link small" href="/notices">{t::notices_all(lang)}</a> }.into_any()
            >
                <ul class="card card-tight">{lines}</ul>
            </Section>
        }
    })
}

/// One notice in a list.
pub fn notice_line(line: NoticeLine, lang: Lang) -> impl IntoView {
    view! {
        <li>
            <a class="list-link" href=format!("/notices/{}", line.slug)>
                <span class="strong">{line.title}</span>
                <time class="small muted" datetime=line.published_at.rfc3339()>{line.published_at.kst_full_date(lang)}</time>
            </a>
        </li>
    }
}

/// Ways to reach a person.
#[component]
pub fn Contact(lang: Lang) -> impl IntoView {
    let info = use_context::<BusinessInfo>().unwrap_or_default();
    let dial = info.phone.replace('-', "");
    view! {
        <Section id="contact" title=t::contact_title(lang)>
            <div class="contact">
                <a class="btn" href="/inquiry"><Icon glyph=Glyph::Mail/>{t::nav_inquiry(lang)}</a>
                {(!info.phone.is_empty()).then(|| view! {
                    <a class="btn" href=format!("tel:{dial}")><Icon glyph=Glyph::Phone/>{format!("{} {}", t::contact_call(lang), info.phone)}</a>
                })}
                {info.kakao_url.starts_with("https://").then(|| view! {
                    <a class="btn" href=info.kakao_url.clone() rel="noopener"><Icon glyph=Glyph::Talk/>{t::contact_kakao(lang)}</a>
                })}
            </div>
        </Section>
    }
}
