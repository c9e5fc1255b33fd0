//! The manual verification desk: the list, and one voucher's work page.

use super::order::Reveal;
use super::{Desk, DeskTime, DoButton, Place, desk};
use crate::components::{Banner, Check, Chip, Empty, Glyph, Icon, TextField, Tone};
use crate::desk::Flash;
use crate::text as t;
use domain::wire::AppError;
use domain::wire::desk::{ManualItemView, ManualRow, ManualView, ProofView};
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::desk::manual;
use services::rights::Act;

/// `/desk/manual`
#[component]
pub fn ManualPage() -> impl IntoView {
    desk(
        |cx| async move {
            let view = manual::queue(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((view, cx.lang()))
        },
        |(view, lang): (ManualView, Lang)| {
            let now = view.now;
            let body = if view.rows.is_empty() {
                view! { <Empty glyph=Glyph::Check title=t::md_empty(lang) help=t::md_empty_help(lang)/> }.into_any()
            } else {
                let rows = view.rows.into_iter().map(|row| line(row, now, lang)).collect_view();
                view! {
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    <th scope="col">{t::md_order(lang)}</th>
                                    <th scope="col">{t::od_brand(lang)}</th>
                                    <th scope="col" class="num">{t::od_claimed(lang)}</th>
                                    <th scope="col">{t::od_state(lang)}</th>
                                    <th scope="col">{t::md_waits(lang)}</th>
                                    <th scope="col">{t::md_who(lang)}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            };
            view! {
                <Desk title=t::place_manual(lang) here=Place::Manual wide=true>
                    <div data-live="" id="manual-list">
                        <p class="lead">{t::md_lead(lang, view.waiting)}</p>
                        {body}
                    </div>
                </Desk>
            }
        },
    )
}

fn line(row: ManualRow, now: Timestamp, lang: Lang) -> impl IntoView {
    let page = if row.workable { format!("/desk/manual/{}", row.item) } else { format!("/desk/orders/{}", row.code) };
    let who = match row.claim {
        Some(claim) if claim.mine => {
            view! { <a class="btn btn-small btn-main" href=page.clone()>{t::md_open(lang)}</a> }.into_any()
        }
        Some(claim) => {
            let said = t::od_claimed_by(lang, &claim.who, &claim.since.kst_clock());
            view! { <span class="small">{said}</span> }.into_any()
        }
        None if row.order_held => view! { <Chip tone=Tone::Bad label=t::md_held(lang)/> }.into_any(),
        None if row.workable => view! {
            <DoButton
                action="/desk/fn/manual/claim"
                label=t::md_take(lang)
                fields=vec![("item", row.item.clone()), ("back", "/desk/manual".to_owned())]
                class="btn btn-small"
            />
        }
        .into_any(),
        None => view! { <a class="btn btn-small" href=page.clone()>{t::od_go(lang)}</a> }.into_any(),
    };
    view! {
        <tr>
            <td data-label=t::md_order(lang)>
                <a class="row-link" href=page>{format!("{} · {}", row.code, row.number)}</a>
            </td>
            <td data-label=t::od_brand(lang)>{row.brand}</td>
            <td class="num" data-label=t::od_claimed(lang)>{row.face.fmt(lang)}</td>
            <td data-label=t::od_state(lang)>
                <span class="cell-stack">
                    <Chip tone=Tone::from(row.tone) label=row.state/>
                    <span class="small">{row.why}</span>
                </span>
            </td>
            <td data-label=t::md_waits(lang)><DeskTime at=row.since now lang/></td>
            <td data-label=t::md_who(lang)>{who}</td>
        </tr>
    }
}

/// `/desk/manual/:item`
#[component]
pub fn ManualItemPage() -> impl IntoView {
    let item = use_params_map().with_untracked(|params| params.get("item")).unwrap_or_default();
    desk(
        move |cx| async move {
            let view = manual::item(&cx.services, &cx.actor, &item).await.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((view, cx.lang()))
        },
        |(view, lang): (ManualItemView, Lang)| {
            let title = t::md_item_title(lang, &view.row.brand, &view.claimed_face.fmt(lang));
            let mine = view.row.claim.as_ref().is_some_and(|claim| claim.mine) && view.decided.is_none();
            let (code, next) = (view.row.code.clone(), view.next.clone());
            view! {
                <Desk title here=Place::Manual>
                    <Standing view=view.clone() lang/>
                    <Voucher view=view.clone() lang/>
                    {mine
                        .then(|| {
                            view! {
                                <Proofs view=view.clone() mine lang/>
                                <Key view=view.clone() lang/>
                            }
                        })}
                    {(!mine && !view.proofs.is_empty()).then(|| view! { <Proofs view=view.clone() mine lang/> })}
                    <p class="picks section">
                        {next
                            .map(|next| {
                                view! { <a class="btn" href=format!("/desk/manual/{next}")>{t::md_next(lang)}</a> }
                            })}
                        <a class="btn btn-quiet" href="/desk/manual">{t::md_list(lang)}</a>
                        <a class="btn btn-quiet" href=format!("/desk/orders/{code}")>{t::od_go(lang)}</a>
                    </p>
                </Desk>
            }
        },
    )
}

/// Who has it, and what can be done about that.
#[component]
fn Standing(view: ManualItemView, lang: Lang) -> impl IntoView {
    let item = view.row.item.clone();
    let here = format!("/desk/manual/{item}");
    let claim = |label: &'static str, class: &'static str| {
        view! {
            <DoButton
                action="/desk/fn/manual/claim"
                label
                fields=vec![("item", item.clone()), ("back", here.clone())]
                class
            />
        }
    };
    match (view.decided, view.row.claim) {
        (Some(state), _) => view! { <Banner tone=Tone::Good title=t::md_decided(lang, &state)/> }.into_any(),
        (None, Some(held)) if held.mine => view! {
            <div class="inline-forms section">
                <Chip tone=Tone::You label=t::md_lease(lang, &held.until.kst_clock())/>
                {claim(t::md_more(lang), "btn btn-small")}
                <DoButton
                    action="/desk/fn/manual/give_back"
                    label=t::md_give_back(lang)
                    fields=vec![("item", item.clone())]
                    class="btn btn-small btn-quiet"
                />
            </div>
        }
        .into_any(),
        (None, Some(held)) => {
            let said = t::od_claimed_by(lang, &held.who, &held.since.kst_clock());
            view! { <Banner tone=Tone::Busy title=said/> }.into_any()
        }
        (None, None) => view! {
            <div class="inline-forms section">{claim(t::md_take(lang), "btn btn-main")}</div>
            <p class="small muted">{t::md_take_first(lang)}</p>
        }
        .into_any(),
    }
}

#[component]
fn Voucher(view: ManualItemView, lang: Lang) -> impl IntoView {
    let row = view.row;
    let beside = (!view.companions.is_empty()).then(|| t::od_with(lang, &view.companions.join(", ")));
    let back = format!("/desk/manual/{}", row.item);
    view! {
        <section class="panel section" aria-labelledby="voucher-title">
            <h2 id="voucher-title">{t::md_step_look(lang)}</h2>
            {view
                .nothing_left
                .then(|| {
                    view! {
                        <Banner tone=Tone::Bad title=t::md_nothing_left(lang)>
                            <p>{t::md_nothing_left_help(lang)}</p>
                        </Banner>
                    }
                })}
            <dl class="facts">
                <div><dt>{t::md_order(lang)}</dt><dd>{format!("{} · {}", row.code, row.number)}</dd></div>
                <div><dt>{t::md_waits(lang)}</dt><dd><DeskTime at=row.since now=view.now lang/></dd></div>
                <div><dt>{t::md_why(lang)}</dt><dd>{row.why}</dd></div>
                <div><dt>{t::od_claimed(lang)}</dt><dd><strong>{view.claimed_face.fmt(lang)}</strong></dd></div>
                <div><dt>{t::od_rate(lang)}</dt><dd>{t::percent(view.rate)}</dd></div>
                <div>
                    <dt>{t::od_pin(lang)}</dt>
                    <dd>
                        <span class="mono">{view.pin}</span>
                        " "
                        {beside}
                        " "
                        <Reveal order=row.code row=row.item what=row.brand act=Act::RevealPin back lang/>
                    </dd>
                </div>
            </dl>
        </section>
    }
}

#[component]
fn Proofs(view: ManualItemView, mine: bool, lang: Lang) -> impl IntoView {
    let (now, item) = (view.now, view.row.item);
    let wrong = Flash::here().wrong("upload/proof", "file").or(Flash::here().wrong("manual/key", "file"));
    let described = if wrong.is_some() { "file-help file-error" } else { "file-help" };
    let line = move |proof: ProofView| {
        view! {
            <li>
                <span class="line-main">
                    {proof.name}
                    " "
                    <span class="small muted">{format!("{} · {} KB · {}", proof.kind.to_uppercase(), proof.kilobytes, proof.who)}</span>
                    " "
                    <DeskTime at=proof.at now lang/>
                </span>
                <a class="btn btn-small" href=format!("/desk/files/proof/{}", proof.id)>{t::md_proof_open(lang)}</a>
            </li>
        }
    };
    view! {
        <section class="panel section" aria-labelledby="proof-title">
            <h2 id="proof-title">{t::md_step_proof(lang)}</h2>
            {if view.proofs.is_empty() {
                view! { <p class="muted">{t::md_proof_none(lang)}</p> }.into_any()
            } else {
                view! { <ul class="lines">{view.proofs.into_iter().map(line).collect_view()}</ul> }.into_any()
            }}
            {mine
                .then(|| {
                    view! {
                        <form
                            method="post"
                            action=format!("/desk/upload/proof/{item}")
                            enctype="multipart/form-data"
                            class="stack"
                        >
                            <div class="field">
                                <label for="file">{t::md_proof_file(lang)}</label>
                                <input
                                    class="input"
                                    type="file"
                                    id="file"
                                    name="file"
                                    accept="image/png,image/jpeg,application/pdf"
                                    required
                                    aria-invalid=wrong.is_some().then_some("true")
                                    aria-describedby=described
                                />
                                <p class="help" id="file-help">{t::md_proof_help(lang)}</p>
                                {wrong.map(|wrong| view! { <p class="error" id="file-error"><Icon glyph=Glyph::Alert/>{wrong}</p> })}
                            </div>
                            <button class="btn" type="submit">{t::md_proof_add(lang)}</button>
                        </form>
                    }
                })}
        </section>
    }
}

#[component]
fn Key(view: ManualItemView, lang: Lang) -> impl IntoView {
    let (form, flash) = ("manual/key", Flash::here());
    let chosen = flash.value(form, "result").unwrap_or_default();
    let typed = |field: &str| flash.value(form, field).unwrap_or_default();
    let wrong = flash.wrong(form, "result");
    let options = view
        .results
        .into_iter()
        .enumerate()
        .map(|(at, pick)| {
            let id = format!("result-{}", pick.value);
            let named = id.clone();
            let key = if at < 9 { (at + 1).to_string() } else { "0".to_owned() };
            let checked = pick.value == chosen;
            view! {
                <label class="check" for=named>
                    <input type="radio" id=id name="result" value=pick.value checked=checked required data-key=key.clone()/>
                    <span><kbd>{key}</kbd>" "{pick.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <section class="panel section" aria-labelledby="key-title">
            <h2 id="key-title">{t::md_step_key(lang)}</h2>
            <form method="post" action="/desk/fn/manual/key" class="stack">
                <input type="hidden" name="item" value=view.row.item/>
                <input type="hidden" name="revision" value=view.revision.to_string()/>
                <fieldset class="results" aria-invalid=wrong.is_some().then_some("true")>
                    <legend>{t::md_result(lang)}</legend>
                    {options}
                </fieldset>
                {wrong.map(|wrong| view! { <p class="error"><Icon glyph=Glyph::Alert/>{wrong}</p> })}
                <div class="key-fields">
                    <TextField
                        id="face"
                        name="face"
                        label=t::md_face(lang)
                        value=typed("face")
                        inputmode="numeric"
                        maxlength=12
                        help=t::md_face_help(lang)
                        error=flash.wrong(form, "face")
                    />
                    <TextField
                        id="issuer_ref"
                        name="issuer_ref"
                        label=t::md_ref(lang)
                        value=typed("issuer_ref")
                        maxlength=60
                        help=t::md_ref_help(lang)
                        error=flash.wrong(form, "issuer_ref")
                    />
                    <TextField
                        id="balance"
                        name="balance"
                        label=t::md_balance(lang)
                        value=typed("balance")
                        inputmode="numeric"
                        maxlength=12
                        help=t::md_balance_help(lang)
                        error=flash.wrong(form, "balance")
                    />
                </div>
                <Check
                    id="differs"
                    name="differs"
                    value="on"
                    checked=!typed("differs").is_empty()
                    label=t::md_differs(lang)
                    error=flash.wrong(form, "differs")
                />
                <button class="btn btn-main" type="submit">{t::md_key(lang)}</button>
            </form>
        </section>
    }
}
