//! `/desk/risk/blocks`: who nothing is bought from.

use super::{Tabs, Until};
use crate::components::{Chip, Choice, Empty, Glyph, SelectField, TextField, Tone};
use crate::desk::Flash;
use crate::pages::admin::{AskedForm, Desk, DeskTime, Place, desk};
use crate::pages::query;
use crate::text as t;
use domain::bank::BANKS;
use domain::risk::Subject;
use domain::wire::AppError;
use domain::wire::desk::{BlockView, BlocksView};
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use services::desk::risk;

const ADD: &str = "risk/block";

#[component]
fn AddForm(lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let typed = |name: &str| flash.value(ADD, name).unwrap_or_default();
    let wrong = |name: &str| flash.wrong(ADD, name);
    let kinds = [Subject::Phone, Subject::Account, Subject::Address]
        .into_iter()
        .map(|kind| Choice {
            value: kind.as_str().to_owned(),
            label: t::subject_word(kind, lang).to_owned(),
            disabled: false,
        })
        .collect();
    let banks = std::iter::once(Choice::new("", "–"))
        .chain(BANKS.iter().map(|bank| Choice::new(bank.code, lang.pick(bank.name_ko, bank.name_en))))
        .collect();
    let kind = if typed("kind").is_empty() { "phone".to_owned() } else { typed("kind") };
    view! {
        <section class="panel" aria-labelledby="add-title">
            <h2 id="add-title">{t::block_add_title(lang)}</h2>
            <form method="post" action="/desk/fn/risk/block" class="stack-s">
                <div class="form-row">
                    <SelectField id="kind" name="kind" label=t::block_kind(lang) value=kind choices=kinds/>
                    <TextField id="value" name="value" label=t::block_value(lang) value=typed("value") error=wrong("value") required=true/>
                    <SelectField id="bank" name="bank" label=t::block_bank(lang) value=typed("bank") choices=banks error=wrong("bank")/>
                    <TextField
                        id="until" name="until" label=t::block_until(lang) value=typed("until") kind="date"
                        error=wrong("until") required=true
                    />
                </div>
                <TextField
                    id="reason" name="reason" label=t::desk_reason(lang) value=typed("reason") maxlength=500
                    error=wrong("reason") help=t::desk_reason_help(lang) required=true
                />
                <button class="btn btn-danger" type="submit">{t::block_label(lang)}</button>
            </form>
        </section>
    }
}

fn row(block: BlockView, can_write: bool, now: Timestamp, lang: Lang) -> impl IntoView {
    let what = format!("{} {}", t::subject_word(block.kind, lang), block.masked);
    let state = if block.in_force {
        view! { <Chip tone=Tone::Bad label=t::block_in_force(lang)/> }.into_any()
    } else {
        view! { <Chip tone=Tone::Plain label=t::block_ended(lang)/> }.into_any()
    };
    let fields = vec![("id", block.id.to_string()), ("revision", block.revision.to_string())];
    let acts = (can_write && block.lifted_at.is_none() && !block.erased).then(|| {
        view! {
            <AskedForm
                form="risk/lift"
                row=block.id.to_string()
                label=t::block_lift(lang)
                question=t::block_lift_question(lang, &what)
                fields=fields.clone()
                confirm_class="btn btn-danger"
                lang
            />
            <AskedForm
                form="risk/block_end"
                row=block.id.to_string()
                label=t::block_move(lang)
                question=what.clone()
                fields=fields.clone()
                lang
            >
                <Until form="risk/block_end" row=block.id.to_string() lang/>
            </AskedForm>
        }
    });
    view! {
        <tr>
            <td data-label=t::block_kind(lang)>{t::subject_word(block.kind, lang)}</td>
            <td data-label=t::block_value(lang)>{block.masked}</td>
            <td class="cell-two" data-label=t::desk_reason(lang)>{block.lift_reason.unwrap_or(block.reason)}</td>
            <td data-label=t::risk_col_state(lang)>{state}</td>
            <td data-label=t::block_until(lang)>{block.until.minus(domain::Span::micros(1)).kst_full_date(lang)}</td>
            <td data-label=t::block_who(lang)>{block.lifted_by.unwrap_or(block.author)}" "<DeskTime at=block.created_at now lang/></td>
            <td><div class="inline-forms">{acts}</div></td>
        </tr>
    }
}

#[component]
pub fn RiskBlocksPage() -> impl IntoView {
    let before = query("before");
    desk(
        move |cx| async move {
            let found = risk::blocks(&cx.services, &cx.actor, before.as_deref()).await;
            let view = found.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((view, cx.services.clock.now(), cx.lang()))
        },
        |(view, now, lang): (BlocksView, Timestamp, Lang)| {
            let can_write = view.can_write;
            let empty = view.rows.is_empty();
            let rows = view.rows.into_iter().map(|block| row(block, can_write, now, lang)).collect_view();
            let next = view.next.map(|next| {
                view! {
                    <p class="pager"><a class="btn" href=format!("/desk/risk/blocks?before={next}")>{t::risk_more(lang)}</a></p>
                }
            });
            let list = if empty {
                view! { <Empty glyph=Glyph::Check title=t::block_empty(lang) help=t::block_empty_help(lang)/> }
                    .into_any()
            } else {
                view! {
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    <th scope="col">{t::block_kind(lang)}</th>
                                    <th scope="col">{t::block_value(lang)}</th>
                                    <th scope="col">{t::desk_reason(lang)}</th>
                                    <th scope="col">{t::risk_col_state(lang)}</th>
                                    <th scope="col">{t::block_until(lang)}</th>
                                    <th scope="col">{t::block_who(lang)}</th>
                                    <th scope="col"><span class="unseen">{t::block_lift(lang)}</span></th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    {next}
                }
                .into_any()
            };
            view! {
                <Desk title=t::block_title(lang) here=Place::Risk wide=true>
                    <Tabs here="/desk/risk/blocks" lang/>
                    <p class="lead">{t::block_lead(lang)}</p>
                    {can_write.then(|| view! { <AddForm lang/> })}
                    <section class="section">{list}</section>
                </Desk>
            }
        },
    )
}
