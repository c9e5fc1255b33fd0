//! `/desk/risk/cases/:code`: one order with what makes it risky.

use super::queue::{OrderHead, OrderRow};
use super::{LaneChip, Tabs, Until, won};
use crate::components::{Chip, Choice, SelectField, TextField};
use crate::desk::Flash;
use crate::pages::admin::orders::tone;
use crate::pages::admin::{AskedForm, ConfirmForm, Desk, DeskTime, Place, desk};
use crate::text as t;
use domain::bank::BANKS;
use domain::desk::orders::words;
use domain::risk::{Cause, ReleaseReason, StopReason, Subject};
use domain::wire::AppError;
use domain::wire::desk::{BlockView, DecisionView, FlagView, LinksView, RiskCaseView};
use domain::{Lang, OrderCode, Timestamp};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::desk::risk;

/// What a flag saw and its bound, with their unit.
fn measure(flag: &FlagView, lang: Lang) -> String {
    let one = |number: i64| t::rules_amount(flag.cause, number, lang);
    match (flag.seen, flag.bound) {
        (Some(seen), Some(bound)) => format!("{} / {}", one(seen), one(bound)),
        _ => String::new(),
    }
}

fn choices<T: Copy>(
    all: &[T],
    word: impl Fn(T) -> &'static str,
    value: impl Fn(T) -> &'static str,
    lang: Lang,
) -> Vec<Choice> {
    // Nothing is chosen beforehand: what is recorded here was done by a person.
    let none = Choice { value: String::new(), label: t::od_choose(lang).to_owned(), disabled: false };
    let offered =
        all.iter().map(|one| Choice { value: value(*one).to_owned(), label: word(*one).to_owned(), disabled: false });
    std::iter::once(none).chain(offered).collect()
}

#[component]
fn Note(id: &'static str, form: &'static str, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    view! {
        <TextField
            id
            name="note"
            label=t::risk_note(lang)
            value=flash.value(form, "note").unwrap_or_default()
            error=flash.wrong(form, "note")
            help=t::risk_note_help(lang)
            maxlength=500
        />
    }
}

#[component]
fn Why(id: &'static str, form: &'static str, choices: Vec<Choice>, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    view! {
        <SelectField
            id
            name="reason"
            label=t::desk_reason(lang)
            value=flash.value(form, "reason").unwrap_or_default()
            choices
            error=flash.wrong(form, "reason")
        />
    }
}

#[component]
fn Acts(case: RiskCaseView, lang: Lang) -> impl IntoView {
    let (code, amount) = (case.code.clone(), won(case.amount, lang));
    let fields = vec![("order", case.code.clone()), ("revision", case.revision.to_string())];
    let flash = Flash::here();
    let refused = |form: &str| flash.again(form);
    let other_holder = case.flags.iter().any(|flag| flag.cause == Cause::HolderDiffers);
    let release = case.can_release.then(|| {
        let words = choices(ReleaseReason::ALL, |one| t::release_word(one, lang), ReleaseReason::as_str, lang);
        view! {
            <ConfirmForm
                id="release"
                action="/desk/fn/risk/release"
                label=t::release_label(lang)
                question=t::release_question(lang, &code, &amount)
                confirm=t::release_label(lang)
                fields=fields.clone()
                confirm_class="btn btn-main"
                open=refused("risk/release")
                lang
            >
                {other_holder.then(|| view! { <p>{t::release_other_holder(lang)}</p> })}
                <Why id="release-reason" form="risk/release" choices=words lang/>
                <Note id="release-note" form="risk/release" lang/>
            </ConfirmForm>
        }
    });
    let (code, amount) = (case.code.clone(), won(case.amount, lang));
    let hold = case.can_hold.then(|| {
        let words = choices(StopReason::ALL, |one| t::stop_word(one, lang), StopReason::as_str, lang);
        view! {
            <ConfirmForm
                id="hold"
                action="/desk/fn/risk/hold"
                label=t::hold_label(lang)
                question=t::hold_question(lang, &code, &amount)
                confirm=t::hold_label(lang)
                fields=fields.clone()
                open=refused("risk/hold")
                lang
            >
                <Why id="hold-reason" form="risk/hold" choices=words lang/>
                <Note id="hold-note" form="risk/hold" lang/>
            </ConfirmForm>
        }
    });
    view! { <div class="picks">{release}{hold}</div> }
}

/// What stands on the block list, in the place where the order would be released.
#[component]
fn Blocked(blocks: Vec<BlockView>, lang: Lang) -> impl IntoView {
    (!blocks.is_empty()).then(|| {
        let rows = blocks
            .into_iter()
            .map(|block| {
                let until = block.until.minus(domain::Span::micros(1)).kst_full_date(lang);
                let what = format!("{} {}", t::subject_word(block.kind, lang), block.masked);
                view! { <li><strong>{what}</strong>" · "{t::block_until_day(lang, &until)}" · "{block.reason}</li> }
            })
            .collect_view();
        view! {
            <div class="banner tone-bad">
                <div>
                    <strong>{t::case_blocked(lang)}</strong>
                    <ul class="small">{rows}</ul>
                    <p class="small"><a href="/desk/risk/blocks">{t::case_to_blocks(lang)}</a></p>
                </div>
            </div>
        }
    })
}

#[component]
fn Links(links: LinksView, case: RiskCaseView, now: Timestamp, lang: Lang) -> impl IntoView {
    let what = t::subject_word(links.by, lang);
    let rows = links.orders.into_iter().map(|row| view! { <OrderRow row now lang/> }).collect::<Vec<_>>();
    let body = if rows.is_empty() {
        view! { <p class="muted">{t::case_no_links(lang)}</p> }.into_any()
    } else {
        view! { <div class="table-wrap"><table class="table cards" data-rows=""><OrderHead lang/><tbody>{rows}</tbody></table></div> }
            .into_any()
    };
    let more = links.more.then(|| view! { <p class="small muted">{t::case_more_links(lang)}</p> });
    let block = case.can_block.then(|| block_form(links.by, case, lang));
    view! {
        <section class="panel">
            <h3>{t::case_linked_by(lang, what)}</h3>
            {body}
            {more}
            {block}
        </section>
    }
}

fn block_form(by: Subject, case: RiskCaseView, lang: Lang) -> impl IntoView {
    let shown = match by {
        Subject::Phone => case.phone,
        Subject::Account => case.account,
        Subject::Device | Subject::Address => String::new(),
    };
    let what = format!("{} {shown}", t::subject_word(by, lang));
    let question = t::block_question(lang, what.trim_end(), &case.code, &won(case.amount, lang));
    view! {
        <AskedForm
            form="risk/block"
            row=by.as_str()
            label=t::block_label(lang)
            question
            fields=vec![("order", case.code), ("kind", by.as_str().to_owned())]
            confirm_class="btn btn-danger"
            lang
        >
            <Until form="risk/block" row=by.as_str() lang/>
        </AskedForm>
    }
}

fn decided(decision: DecisionView, now: Timestamp, lang: Lang) -> impl IntoView {
    let why = decision.reason.map(|why| t::kept_reason(&why, lang)).unwrap_or_default();
    let word = match decision.kind.as_str() {
        "order_hold" => t::hold_label(lang),
        "risk_checked" => t::case_cheat(lang),
        _ => t::release_label(lang),
    };
    view! {
        <li>
            <strong>{word}</strong>" "{why}" "{decision.by.map(|by| format!("{by} · "))}<DeskTime at=decision.at now lang/>
            {decision.note.map(|note| view! { <p class="small">{note}</p> })}
        </li>
    }
}

#[component]
pub fn RiskCasePage() -> impl IntoView {
    let code = use_params_map().with_untracked(|params| params.get("code")).unwrap_or_default();
    desk(
        move |cx| async move {
            let Ok(code) = code.parse::<OrderCode>() else { return Err(AppError::NotFound) };
            let case = risk::case(&cx.services, &cx.actor, &code).await.map_err(|error| cx.refuse(error))?;
            Ok((case, cx.services.clock.now(), cx.lang()))
        },
        |(case, now, lang): (RiskCaseView, Timestamp, Lang)| {
            let flags = case
                .flags
                .iter()
                .map(|flag| {
                    view! {
                        <tr>
                            <td data-label=t::risk_col_rule(lang)>{t::cause_word(flag.cause, lang)}</td>
                            <td class="num" data-label=t::risk_col_points(lang)>{flag.points}</td>
                            <td data-label=t::risk_col_by(lang)>{flag.subject.map(|by| t::subject_word(by, lang))}</td>
                            <td class="num" data-label=t::risk_col_seen(lang)>{measure(flag, lang)}</td>
                        </tr>
                    }
                })
                .collect::<Vec<_>>();
            let flags = if flags.is_empty() {
                let words = if case.unjudged { t::case_unjudged(lang) } else { t::case_no_flags(lang) };
                view! { <p class="muted">{words}</p> }.into_any()
            } else {
                view! {
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    <th scope="col">{t::risk_col_rule(lang)}</th>
                                    <th scope="col" class="num">{t::risk_col_points(lang)}</th>
                                    <th scope="col">{t::risk_col_by(lang)}</th>
                                    <th scope="col" class="num">{t::risk_col_seen(lang)}</th>
                                </tr>
                            </thead>
                            <tbody>{flags}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            };
            let cleared = case.cleared.as_ref().map(|cleared| {
                let why = t::kept_reason(&cleared.reason, lang);
                view! { <p class="quiet-line">{t::case_cleared(lang, &cleared.by, &why)}" "<DeskTime at=cleared.at now lang/></p> }
            });
            let links = case
                .links
                .clone()
                .into_iter()
                .map(|links| view! { <Links links case=case.clone() now lang/> })
                .collect_view();
            let history: Vec<_> = case.decisions.clone().into_iter().map(|one| decided(one, now, lang)).collect();
            let history = if history.is_empty() {
                view! { <p class="muted">{t::case_no_history(lang)}</p> }.into_any()
            } else {
                view! { <ol class="story">{history}</ol> }.into_any()
            };
            let book = case.book_version.map(|version| {
                view! { <a href=format!("/desk/risk/rules/{version}")>{t::rules_version(lang, version)}</a> }
            });
            let bank = BANKS
                .iter()
                .find(|bank| bank.code == case.bank_code)
                .map_or(case.bank_code.clone(), |bank| lang.pick(bank.name_ko, bank.name_en).to_owned());
            let held = case.hold_reason.as_deref().map(|why| t::kept_reason(why, lang));
            view! {
                <Desk
                    title=t::case_title(lang, &case.code)
                    here=Place::Risk
                    wide=true
                >
                    <Tabs here="" lang/>
                    {cleared}
                    <section class="panel">
                        <dl class="facts">
                            <div><dt>{t::risk_col_lane(lang)}</dt><dd><LaneChip lane=case.lane lang/></dd></div>
                            <div><dt>{t::risk_col_score(lang)}</dt><dd>{case.score}</dd></div>
                            <div><dt>{t::risk_col_amount(lang)}</dt><dd>{won(case.amount, lang)}</dd></div>
                            <div><dt>{t::risk_col_items(lang)}</dt><dd>{case.items}</dd></div>
                            <div><dt>{t::risk_col_state(lang)}</dt><dd><Chip tone=tone(case.state) label=words::state(case.state, lang)/>" "{held}</dd></div>
                            <div><dt>{t::risk_col_sent(lang)}</dt><dd><DeskTime at=case.created_at now lang/></dd></div>
                            <div><dt>{t::case_person(lang)}</dt><dd>{format!("{} · {}", case.name, case.phone)}</dd></div>
                            <div><dt>{t::case_holder(lang)}</dt><dd>{format!("{} · {bank} {}", case.holder, case.account)}</dd></div>
                            <div><dt>{t::case_cheat(lang)}</dt><dd>{t::asked_word(case.asked, lang)}</dd></div>
                            <div><dt>{t::case_book(lang)}</dt><dd>{book}</dd></div>
                        </dl>
                        <p><a href=format!("/desk/orders/{}", case.code)>{t::case_order(lang)}</a></p>
                        <Blocked blocks=case.blocks.clone() lang/>
                        <Acts case=case.clone() lang/>
                    </section>
                    <section class="panel">
                        <h2>{t::case_flags(lang)}</h2>
                        {flags}
                    </section>
                    <section class="section case-links">
                        <h2>{t::case_links(lang)}</h2>
                        {links}
                    </section>
                    <section class="panel">
                        <h2>{t::case_history(lang)}</h2>
                        {history}
                    </section>
                </Desk>
            }
        },
    )
}
