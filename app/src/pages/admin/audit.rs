//! The audit log.

use super::{ConfirmForm, Desk, DeskTime, DoButton, Place, desk};
use crate::components::{Banner, Chip, Empty, Glyph, Icon, TextField, Tone};
use crate::desk::{Flash, in_query, may};
use crate::pages::query;
use crate::text as t;
use domain::wire::FieldError;
use domain::wire::desk::{AuditCheckView, AuditLineView, AuditPage as Page};
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use services::desk::audit::{self, AuditQuery};
use services::rights::Act;

fn asked() -> AuditQuery {
    let word = |name: &str| query(name).unwrap_or_default();
    AuditQuery {
        who: word("who"),
        action: word("action"),
        target: word("target"),
        kind: word("kind"),
        from: word("from"),
        until: word("until"),
        cursor: word("cursor"),
    }
}

fn fields(asked: &AuditQuery) -> Vec<(&'static str, String)> {
    vec![
        ("who", asked.who.clone()),
        ("action", asked.action.clone()),
        ("target", asked.target.clone()),
        ("kind", asked.kind.clone()),
        ("from", asked.from.clone()),
        ("until", asked.until.clone()),
    ]
}

/// This page with the same filter, from a place on.
fn address(asked: &AuditQuery, cursor: Option<&str>) -> String {
    let mut parts: Vec<String> = fields(asked)
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", in_query(&value)))
        .collect();
    parts.extend(cursor.map(|cursor| format!("cursor={cursor}")));
    format!("/desk/audit?{}", parts.join("&"))
}

fn kind_word(kind: &str, lang: Lang) -> &'static str {
    match kind {
        "view" => t::audit_kind_view(lang),
        "export" => t::audit_kind_export(lang),
        "sign_in" => t::audit_kind_sign_in(lang),
        _ => t::audit_kind_change(lang),
    }
}

/// `/desk/audit`
#[component]
pub fn AuditPage() -> impl IntoView {
    let asked = asked();
    let own = asked.clone();
    desk(
        move |cx| async move {
            let page = audit::list(&cx.services, &cx.actor, &asked).await.map_err(|error| cx.refuse(error))?;
            Ok((page, cx.lang()))
        },
        move |(page, lang)| {
            let flash = Flash::here();
            let form = "file/audit";
            let export = may(Act::AuditExport).then(|| {
                view! {
                    <ConfirmForm
                        id="export"
                        action="/desk/file/audit"
                        label=t::audit_export(lang)
                        question=t::audit_export_question(lang)
                        confirm=t::audit_export(lang)
                        confirm_class="btn btn-main"
                        fields=fields(&own)
                        open=flash.form == form && flash.error.is_some()
                        lang
                    >
                        <TextField
                            id="reason"
                            name="reason"
                            label=t::desk_reason(lang)
                            help=t::desk_reason_help(lang)
                            value=flash.value(form, "reason").unwrap_or_default()
                            error=flash.wrong(form, "reason")
                            maxlength=500
                            required=true
                        />
                    </ConfirmForm>
                }
            });
            let next = page.next.as_deref().map(|cursor| address(&own, Some(cursor)));
            let first = (!own.cursor.is_empty()).then(|| address(&own, None));
            let (lines, now) = (page.lines.clone(), page.now);
            let problems = page.problems.clone();
            let body = if problems.is_empty() {
                view! { <Lines lines now lang/> }.into_any()
            } else {
                let told = problems.iter().map(|problem| view! { <li>{problem.message.clone()}</li> }).collect_view();
                view! {
                    <Banner tone=Tone::You title=t::orders_problems(lang) live=true>
                        <ul class="bullets">{told}</ul>
                    </Banner>
                }
                .into_any()
            };
            view! {
                <Desk title=t::place_audit(lang) here=Place::Audit wide=true>
                    <p class="lead">{t::audit_lead(lang)}</p>
                    <Chain page lang/>
                    <Filters asked=own problems lang/>
                    {body}
                    <nav class="pager" aria-label=t::place_audit(lang)>
                        {first.map(|href| view! { <a class="btn" href=href rel="nofollow">{t::audit_newest(lang)}</a> })}
                        {next.map(|href| view! { <a class="btn" href=href rel="nofollow next">{t::audit_next(lang)}</a> })}
                        {export}
                    </nav>
                </Desk>
            }
        },
    )
}

#[component]
fn Chain(page: Page, lang: Lang) -> impl IntoView {
    let now = page.now;
    let short: String = page.head_hash.chars().take(16).collect();
    let checks = page.checks.into_iter().map(|check| check_line(check, now, lang)).collect_view();
    view! {
        {page.shrunk.then(|| view! { <Banner tone=Tone::Bad title=t::audit_shrunk(lang)/> })}
        {page.late.then(|| view! { <Banner tone=Tone::You title=t::audit_late(lang)/> })}
        <section class="panel chain" aria-label=t::audit_chain(lang)>
            <dl class="facts">
                <div>
                    <dt>{t::audit_head(lang)}</dt>
                    <dd>{page.head_seq}</dd>
                </div>
                <div>
                    <dt>{t::audit_hash(lang)}</dt>
                    <dd><code title=page.head_hash.clone()>{short}</code></dd>
                </div>
                <div>
                    <dt>{t::audit_waiting(lang)}</dt>
                    <dd>
                        {page.waiting}
                        {page.oldest_waiting.map(|at| view! { " · "<DeskTime at now lang/> })}
                    </dd>
                </div>
                <div>
                    <dt>{t::audit_checks(lang)}</dt>
                    <dd><ul class="bare">{checks}</ul></dd>
                </div>
            </dl>
            <DoButton action="/desk/fn/audit/verify" label=t::audit_verify(lang) class="btn btn-small"/>
        </section>
    }
}

fn check_line(check: AuditCheckView, now: Timestamp, lang: Lang) -> impl IntoView {
    let (tone, word) = match check.state.as_str() {
        "running" => (Tone::Busy, t::audit_check_running(lang, check.checked, check.of)),
        "sound" => (Tone::Good, t::audit_check_sound(lang, check.checked)),
        "broken" => (Tone::Bad, t::audit_check_broken(lang).to_owned()),
        _ => (Tone::You, t::audit_check_failed(lang).to_owned()),
    };
    let by_clock = check.by_clock.then(|| format!(" · {}", t::audit_by_clock(lang)));
    view! {
        <li>
            <Chip tone label=word/>
            " "
            <DeskTime at=check.began_at now lang/>
            {by_clock}
            {check.faults.into_iter().map(|fault| view! { <p class="small">{fault}</p> }).collect_view()}
        </li>
    }
}

#[component]
fn Filters(asked: AuditQuery, problems: Vec<FieldError>, lang: Lang) -> impl IntoView {
    let wrong =
        |field: &str| problems.iter().find(|problem| problem.field == field).map(|problem| problem.message.clone());
    let kinds = AuditQuery::KINDS
        .into_iter()
        .map(|kind| {
            let word = kind.as_str();
            view! { <option value=word selected=asked.kind == word>{kind_word(word, lang)}</option> }
        })
        .collect_view();
    view! {
        <form method="get" action="/desk/audit" class="filters" data-filters="">
            <TextField id="who" name="who" label=t::audit_who(lang) value=asked.who maxlength=100/>
            <TextField id="action" name="action" label=t::audit_action(lang) value=asked.action maxlength=100/>
            <TextField id="target" name="target" label=t::audit_target(lang) value=asked.target maxlength=100 help=t::audit_target_help(lang) error=wrong("target")/>
            <div class="field">
                <label for="kind">{t::audit_kind(lang)}</label>
                <div class="select">
                    <select class="input" id="kind" name="kind">
                        <option value="">{t::audit_all(lang)}</option>
                        {kinds}
                    </select>
                    <Icon glyph=Glyph::Chevron/>
                </div>
            </div>
            <TextField id="from" name="from" label=t::audit_from(lang) value=asked.from kind="date" maxlength=10 error=wrong("from")/>
            <TextField id="until" name="until" label=t::audit_until(lang) value=asked.until kind="date" maxlength=10 error=wrong("until")/>
            <button class="btn" type="submit">{t::audit_filter(lang)}</button>
            <a class="btn btn-quiet" href="/desk/audit">{t::audit_clear(lang)}</a>
        </form>
    }
}

#[component]
fn Lines(lines: Vec<AuditLineView>, now: Timestamp, lang: Lang) -> impl IntoView {
    if lines.is_empty() {
        return view! {
            <Empty glyph=Glyph::Question title=t::audit_none(lang) help=t::audit_none_help(lang)>
                <a class="btn" href="/desk/audit">{t::audit_clear(lang)}</a>
            </Empty>
        }
        .into_any();
    }
    let rows = lines.into_iter().map(|line| row(line, now, lang)).collect_view();
    view! {
        <div class="table-wrap">
            <table class="table cards" data-rows="">
                <thead>
                    <tr>
                        <th scope="col">{t::audit_at(lang)}</th>
                        <th scope="col">{t::audit_who(lang)}</th>
                        <th scope="col">{t::audit_kind(lang)}</th>
                        <th scope="col">{t::audit_action(lang)}</th>
                        <th scope="col">{t::audit_target(lang)}</th>
                        <th scope="col">{t::desk_reason(lang)}</th>
                        <th scope="col">{t::audit_address(lang)}</th>
                        <th scope="col" class="num">{t::audit_link(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(line: AuditLineView, now: Timestamp, lang: Lang) -> impl IntoView {
    let about = format!("/desk/audit?target={}", in_query(&line.target));
    let (seq, hash) = line
        .link
        .map_or_else(|| (t::audit_unsealed(lang).to_owned(), String::new()), |(seq, hash)| (seq.to_string(), hash));
    let more = (!line.meta.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary class="small muted">{t::audit_more(lang)}</summary>
                <code class="meta">{line.meta}</code>
            </details>
        }
    });
    view! {
        <tr>
            <td data-label=t::audit_at(lang)><DeskTime at=line.at now lang/></td>
            <td data-label=t::audit_who(lang)>{line.who}</td>
            <td data-label=t::audit_kind(lang)>{kind_word(&line.kind, lang)}</td>
            <td data-label=t::audit_action(lang)><div><span class="action">{line.what}" "<code>{line.action}</code></span>{more}</div></td>
            <td data-label=t::audit_target(lang) class="cell-long"><a class="link" href=about>{line.target}</a></td>
            <td data-label=t::desk_reason(lang)>{line.reason}</td>
            <td data-label=t::audit_address(lang)>{line.address}</td>
            <td data-label=t::audit_link(lang) class="num"><span title=hash>{seq}</span></td>
        </tr>
    }
}
