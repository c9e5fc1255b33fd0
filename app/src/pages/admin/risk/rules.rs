//! `/desk/risk/rules`: the book of rules, its versions, the editor and what a draft would have done.

use super::{Tabs, won};
use crate::components::{Check, TextField};
use crate::desk::{Flash, may};
use crate::pages::admin::bits::kept;
use crate::pages::admin::{ConfirmForm, Desk, DeskTime, DoButton, Place, desk};
use crate::text as t;
use domain::risk::{Condition, Period, RiskRule, RuleBook, Subject, bound_of, limit_fields};
use domain::wire::AppError;
use domain::wire::desk::{BookView, DryRunView};
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::desk::risk;
use services::rights::Act;

const DRAFT: &str = "risk/draft";

#[component]
fn Number(name: String, label: String, value: String) -> impl IntoView {
    let flash = Flash::here();
    let typed = flash.value(DRAFT, &name).unwrap_or(value);
    let error = flash.wrong(DRAFT, &name);
    view! { <TextField id=name.clone() name=name label value=typed error inputmode="numeric" maxlength=16/> }
}

fn rule_row(rule: RiskRule, lang: Lang) -> impl IntoView {
    let cause = rule.when.cause();
    let name = t::cause_word(cause, lang);
    let hours = match rule.when {
        Condition::NightFirstHigh { from, until, .. } => Some((from, until)),
        _ => None,
    };
    view! {
        <div class="rule-line" role="group" aria-label=name>
            <Check id=format!("on_{cause}") name=format!("on_{cause}") value="on" checked=rule.enabled label=name/>
            <div class="form-row">
                <Number name=format!("points_{cause}") label=t::risk_col_points(lang).to_owned() value=rule.points.to_string()/>
                {bound_of(&rule.when)
                    .zip(t::rules_bound_label(cause, lang))
                    .map(|(bound, label)| {
                        view! { <Number name=format!("bound_{cause}") label=label.to_owned() value=bound.to_string()/> }
                    })}
                {hours
                    .map(|(from, until)| {
                        view! {
                            <Number name=format!("from_{cause}") label=t::rules_from(lang).to_owned() value=from.to_string()/>
                            <Number name=format!("until_{cause}") label=t::rules_until(lang).to_owned() value=until.to_string()/>
                        }
                    })}
            </div>
        </div>
    }
}

fn limits(book: &RuleBook, lang: Lang) -> impl IntoView + use<> {
    let mut rows = Vec::new();
    for subject in [Subject::Phone, Subject::Account, Subject::Device] {
        for period in [Period::Day, Period::Month] {
            let limit = book.limits.iter().find(|limit| limit.subject == subject && limit.period == period);
            let (orders, amount) = limit_fields(subject, period);
            let name = format!("{} · {}", t::subject_word(subject, lang), t::period_word(period, lang));
            let shown = name.clone();
            let many = limit.and_then(|limit| limit.orders).map_or(String::new(), |n| n.to_string());
            let much = limit.and_then(|limit| limit.amount).map_or(String::new(), |n| n.get().to_string());
            rows.push(view! {
                <div class="rule-line" role="group" aria-label=shown>
                    <span>{name}</span>
                    <div class="form-row">
                        <Number name=orders label=t::rules_limit_orders(lang).to_owned() value=many/>
                        <Number name=amount label=t::rules_limit_amount(lang).to_owned() value=much/>
                    </div>
                </div>
            });
        }
    }
    rows.collect_view()
}

#[component]
fn Editor(base: BookView, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let rules = base.book.rules.iter().map(|rule| rule_row(*rule, lang)).collect_view();
    view! {
        <section class="section">
            <h2>{t::rules_edit(lang)}</h2>
            <form method="post" action="/desk/fn/risk/draft" class="stack">
                <input type="hidden" name="based_on" value=base.version/>
                <div class="form-row desk-form">
                    <Number name="review_at".to_owned() label=t::rules_review_at(lang).to_owned() value=base.book.thresholds.review_at.to_string()/>
                    <Number name="hold_at".to_owned() label=t::rules_hold_at(lang).to_owned() value=base.book.thresholds.hold_at.to_string()/>
                </div>
                <div class="rule-lines">{rules}</div>
                <h3>{t::rules_limits(lang)}</h3>
                <p class="small muted">{t::rules_limits_help(lang)}</p>
                <div class="rule-lines">{limits(&base.book, lang)}</div>
                <TextField
                    id="reason" name="reason" label=t::desk_reason(lang)
                    value=flash.value(DRAFT, "reason").unwrap_or_default()
                    error=flash.wrong(DRAFT, "reason") maxlength=500 required=true
                />
                <button class="btn btn-main" type="submit">{t::rules_save(lang)}</button>
            </form>
        </section>
    }
}

#[component]
pub fn RiskRulesPage() -> impl IntoView {
    desk(
        |cx| async move {
            let books = risk::books(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((books, cx.services.clock.now(), cx.lang()))
        },
        |(books, now, lang): (Vec<BookView>, Timestamp, Lang)| {
            let current = books.iter().find(|book| book.state == "in_force").cloned();
            let rows = books
                .into_iter()
                .map(|book| {
                    view! {
                        <tr>
                            <td data-label=t::rules_title(lang)><a class="row-link" href=format!("/desk/risk/rules/{}", book.version)>{t::rules_version(lang, book.version)}</a></td>
                            <td data-label=t::rules_state(lang)>{t::book_word(&book.state, lang)}</td>
                            <td class="cell-long" data-label=t::desk_reason(lang)>{kept(&book.reason, lang)}</td>
                            <td data-label=t::block_who(lang)>{kept(&book.author, lang)}" "<DeskTime at=book.created_at now lang/></td>
                        </tr>
                    }
                })
                .collect_view();
            let editor = current.filter(|_| may(Act::RiskDraft)).map(|base| view! { <Editor base lang/> });
            view! {
                <Desk title=t::rules_title(lang) here=Place::Risk>
                    <Tabs here="/desk/risk/rules" lang/>
                    <p class="lead">{t::rules_lead(lang)}</p>
                    <section class="section">
                        <h2>{t::rules_history(lang)}</h2>
                        <div class="table-wrap">
                            <table class="table cards" data-rows="">
                                <thead>
                                    <tr>
                                        <th scope="col">{t::rules_title(lang)}</th>
                                        <th scope="col">{t::rules_state(lang)}</th>
                                        <th scope="col">{t::desk_reason(lang)}</th>
                                        <th scope="col">{t::block_who(lang)}</th>
                                    </tr>
                                </thead>
                                <tbody>{rows}</tbody>
                            </table>
                        </div>
                    </section>
                    {editor}
                </Desk>
            }
        },
    )
}

#[component]
fn Tried(dry: DryRunView, lang: Lang) -> impl IntoView {
    let causes = dry
        .causes
        .iter()
        .map(|(cause, count)| view! { <div><dt>{t::cause_word(*cause, lang)}</dt><dd>{*count}</dd></div> })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t::dry_title(lang)}</h2>
            <p>{t::dry_run(lang, dry.orders)}</p>
            {(!dry.complete).then(|| view! { <p class="muted">{t::dry_cut(lang)}</p> })}
            <p><strong>{t::dry_held(lang, dry.held.orders, dry.held.paid, dry.held.rejected)}</strong></p>
            <p>{t::dry_reviewed(lang, dry.reviewed.orders, dry.reviewed.paid, dry.reviewed.rejected)}</p>
            <p class="muted">{t::dry_then(lang, dry.held_then, dry.reviewed_then)}</p>
            <dl class="facts">{causes}</dl>
        </section>
    }
}

fn told(book: &RuleBook, lang: Lang) -> impl IntoView + use<> {
    let rules = book
        .rules
        .iter()
        .map(|rule| {
            let on =
                if rule.enabled { t::od_points(lang, i64::from(rule.points)) } else { t::rules_off(lang).to_owned() };
            let cause = rule.when.cause();
            let bound = bound_of(&rule.when)
                .map(|bound| format!(" · {} {}", t::rules_bound(lang), t::rules_amount(cause, bound, lang)))
                .unwrap_or_default();
            let hours = match rule.when {
                Condition::NightFirstHigh { from, until, .. } => format!(" · {}", t::rules_hours(lang, from, until)),
                _ => String::new(),
            };
            let told = if rule.enabled { format!("{on}{bound}{hours}") } else { on };
            view! { <div><dt>{t::cause_word(cause, lang)}</dt><dd>{told}</dd></div> }
        })
        .collect_view();
    let limits = book
        .limits
        .iter()
        .map(|limit| {
            let name = format!("{} · {}", t::subject_word(limit.subject, lang), t::period_word(limit.period, lang));
            let many = limit.orders.map_or("–".to_owned(), |n| t::rules_orders(lang, &t::grouped(i64::from(n))));
            let much = limit.amount.map_or("–".to_owned(), |n| won(n, lang));
            view! { <div><dt>{name}</dt><dd>{format!("{many} · {much}")}</dd></div> }
        })
        .collect_view();
    view! {
        <section class="panel">
            <p>{t::rules_thresholds(lang, book.thresholds.review_at, book.thresholds.hold_at)}</p>
            <dl class="facts">{rules}</dl>
            <h3>{t::rules_limits(lang)}</h3>
            <dl class="facts">{limits}</dl>
        </section>
    }
}

#[component]
pub fn RiskRulesVersionPage() -> impl IntoView {
    let version = use_params_map().with_untracked(|params| params.get("version")).unwrap_or_default();
    desk(
        move |cx| async move {
            let Ok(version) = version.parse::<i64>() else { return Err(AppError::NotFound) };
            let refuse = |error| cx.refuse(error);
            let book = risk::book(&cx.services, &cx.actor, version).await.map_err(refuse)?;
            let dry = risk::dry_run(&cx.services, &cx.actor, &book.book).await.map_err(refuse)?;
            Ok((book, dry, cx.services.clock.now(), cx.lang()))
        },
        |(book, dry, now, lang): (BookView, DryRunView, Timestamp, Lang)| {
            let version = book.version;
            let fields = vec![("version", version.to_string())];
            let publish = book.can_publish.then(|| {
                view! {
                    <ConfirmForm
                        id="publish"
                        action="/desk/fn/risk/publish"
                        label=t::rules_publish(lang)
                        question=t::rules_publish_question(lang, version)
                        confirm=t::rules_publish(lang)
                        fields=fields.clone()
                        confirm_class="btn btn-main"
                        lang
                    />
                }
            });
            let withdraw = (book.state == "draft" && may(Act::RiskDraft)).then(|| {
                view! { <DoButton action="/desk/fn/risk/withdraw" label=t::rules_withdraw(lang) fields=fields.clone()/> }
            });
            let decided = book.decided_by.clone().map(|by| view! { <span>{by}</span> });
            view! {
                <Desk
                    title=t::rules_version(lang, version)
                    here=Place::Risk
                >
                    <Tabs here="/desk/risk/rules" lang/>
                    <p class="lead">
                        {t::book_word(&book.state, lang)}" · "{kept(&book.author, lang)}" "<DeskTime at=book.created_at now lang/>" "{decided}
                    </p>
                    <p>{kept(&book.reason, lang)}</p>
                    <div class="picks">{publish}{withdraw}</div>
                    <Tried dry lang/>
                    {told(&book.book, lang)}
                </Desk>
            }
        },
    )
}
