//! Terms, consents and the guide, version by version.

use super::bits::{Difference, DraftPanel, for_input};
use super::content::{Looks, TextFields};
use super::param;
use crate::components::{Chip, Fold, TextField, Tone};
use crate::desk::{Flash, may};
use crate::pages::admin::{Desk, DeskTime, Place, desk};
use crate::pages::query;
use crate::text as t;
use leptos::prelude::*;
use services::desk::documents;
use services::rights::Act;

/// `/desk/documents`.
#[component]
pub fn DocumentsPage() -> impl IntoView {
    desk(
        |cx| async move {
            let lines = documents::list(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((lines, cx.services.clock.now(), cx.lang()))
        },
        |(lines, now, lang)| {
            let rows = lines
                .into_iter()
                .map(|line| {
                    let next = line.next.map(|(version, at)| format!("{} · {}", t::sd_version(lang, version), at.kst_stamp(lang)));
                    view! {
                        <tr>
                            <td data-label=t::sd_document(lang)><a class="row-link" href=format!("/desk/documents/{}", line.kind)>{line.title}</a></td>
                            <td data-label=t::sd_in_force(lang) class="nowrap">{t::sd_version(lang, line.version)}</td>
                            <td data-label=t::sd_from(lang)><DeskTime at=line.from now lang/></td>
                            <td data-label=t::sd_next(lang)>{next}</td>
                            <td data-label=t::sd_open_drafts(lang)>
                                {(line.drafts > 0).then(|| view! { <Chip tone=Tone::You label=t::sd_drafts(lang, line.drafts)/> })}
                            </td>
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <Desk title=t::place_documents(lang) here=Place::Documents wide=true>
                    <p class="lead">{t::sd_documents_lead(lang)}</p>
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    <th scope="col">{t::sd_document(lang)}</th>
                                    <th scope="col">{t::sd_in_force(lang)}</th>
                                    <th scope="col">{t::sd_from(lang)}</th>
                                    <th scope="col">{t::sd_next(lang)}</th>
                                    <th scope="col">{t::sd_open_drafts(lang)}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </Desk>
            }
        },
    )
}

/// `/desk/documents/{kind}`.
#[component]
pub fn DocumentPage() -> impl IntoView {
    let kind = param("kind");
    let from = query("from").and_then(|from| from.parse().ok());
    desk(
        move |cx| async move {
            let page = documents::page(&cx.services, &cx.actor, &kind, from).await.map_err(|error| cx.refuse(error))?;
            Ok((page, cx.services.clock.now(), cx.lang()))
        },
        |(page, now, lang)| {
            let flash = Flash::here();
            let form = "documents/save";
            let back = format!("/desk/documents/{}", page.kind);
            let none = page.drafts.is_empty();
            let drafts = page
                .drafts
                .into_iter()
                .map(|one| {
                    view! {
                        <DraftPanel draft=one.draft name=page.title.clone() back=back.clone() now lang>
                            <Difference lines=one.changes lang/>
                            <Fold title=t::sd_preview(lang)><div class="stack"><Looks looks=one.looks lang/></div></Fold>
                        </DraftPanel>
                    }
                })
                .collect_view();
            let versions = page
                .versions
                .into_iter()
                .map(|line| {
                    let [ko, en] = line.hashes;
                    view! {
                        <tr>
                            <td data-label=t::sd_history(lang) class="nowrap">
                                <a class="row-link" href=format!("{back}/{}", line.version)>{t::sd_version(lang, line.version)}</a>
                                {line.in_force.then(|| view! { " " <Chip tone=Tone::Good label=t::sd_in_force(lang)/> })}
                            </td>
                            <td data-label=t::sd_from(lang) class="nowrap">{line.from.kst_stamp(lang)}</td>
                            <td data-label=t::sd_author(lang)>{line.author}</td>
                            <td data-label=t::sd_publisher(lang)>{line.publisher}</td>
                            <td data-label=t::sd_hash(lang)>
                                <code title=format!("ko {ko} / en {en}")>{format!("ko {}… en {}…", ko.get(..8).unwrap_or_default(), en.get(..8).unwrap_or_default())}</code>
                            </td>
                            <td>
                                {may(Act::DocumentsWrite).then(|| view! { <a class="btn btn-small" href=format!("{back}?from={}#edit", line.version)>{t::sd_as_draft(lang)}</a> })}
                            </td>
                        </tr>
                    }
                })
                .collect_view();
            let (revision, reason, at) =
                page.own.map_or((None, String::new(), None), |(_, revision, reason, at)| (Some(revision), reason, at));
            let kind = page.kind;
            let start = page.start;
            let edit = may(Act::DocumentsWrite).then(|| {
                view! {
                    <div class="panes" id="edit">
                        <form method="post" action="/desk/fn/documents/save" class="panel stack" data-preview="/desk/fn/documents/preview" data-preview-target="#preview">
                            <h2>{if revision.is_some() { t::sd_edit_own(lang) } else { t::sd_edit(lang) }}</h2>
                            <input type="hidden" name="kind" value=kind/>
                            {revision.map(|revision| view! { <input type="hidden" name="revision" value=revision.to_string()/> })}
                            <TextFields form start lang/>
                            <TextField id="at" name="at" kind="datetime-local" label=t::sd_at_label(lang) value=flash.value(form, "at").unwrap_or_else(|| for_input(at)) error=flash.wrong(form, "at")/>
                            <TextField id="reason" name="reason" label=t::desk_reason(lang) value=flash.value(form, "reason").unwrap_or(reason) error=flash.wrong(form, "reason") maxlength=500/>
                            <p class="picks"><button class="btn btn-main" type="submit">{t::sd_save(lang)}</button></p>
                        </form>
                        <section class="panel stack"><h2>{t::sd_preview(lang)}</h2><div id="preview" class="stack"><p class="small muted only-js">{t::sd_preview_help(lang)}</p></div></section>
                    </div>
                }
            });
            view! {
                <Desk title=page.title.clone() here=Place::Documents wide=true>
                    <section class="section">
                        <h2>{t::sd_open_drafts(lang)}</h2>
                        {none.then(|| view! { <p class="small muted">{t::sd_no_drafts(lang)}</p> })}
                        {drafts}
                    </section>
                    <section class="section">
                        <h2>{t::sd_history(lang)}</h2>
                        <div class="table-wrap">
                            <table class="table cards" data-rows="">
                                <thead>
                                    <tr>
                                        <th scope="col">{t::sd_history(lang)}</th>
                                        <th scope="col">{t::sd_from(lang)}</th>
                                        <th scope="col">{t::sd_author(lang)}</th>
                                        <th scope="col">{t::sd_publisher(lang)}</th>
                                        <th scope="col">{t::sd_hash(lang)}</th>
                                        <th scope="col"><span class="unseen">{t::sd_as_draft(lang)}</span></th>
                                    </tr>
                                </thead>
                                <tbody>{versions}</tbody>
                            </table>
                        </div>
                    </section>
                    {edit}
                </Desk>
            }
        },
    )
}

/// `/desk/documents/{kind}/{version}`.
#[component]
pub fn DocumentVersionPage() -> impl IntoView {
    let (kind, version) = (param("kind"), param("version"));
    desk(
        move |cx| async move {
            let number = version.parse().map_err(|_| domain::wire::AppError::NotFound)?;
            let page =
                documents::version(&cx.services, &cx.actor, &kind, number).await.map_err(|error| cx.refuse(error))?;
            Ok((page, cx.lang()))
        },
        |(page, lang)| {
            let [ko, en] = page.hashes;
            let title =
                format!("{} · {}", lang.pick(&page.looks[0], &page.looks[1]).title, t::sd_version(lang, page.version));
            view! {
                <Desk title here=Place::Documents wide=true>
                    <p class="lead">{format!("{}: {}", t::sd_from(lang), page.from.kst_stamp(lang))}</p>
                    <dl class="facts">
                        <div><dt>{format!("{} ko", t::sd_hash(lang))}</dt><dd><code>{ko}</code></dd></div>
                        <div><dt>{format!("{} en", t::sd_hash(lang))}</dt><dd><code>{en}</code></dd></div>
                    </dl>
                    <div class="panes"><div class="stack"><Looks looks=page.looks lang/></div>
                        <section class="panel"><h2>{t::sd_changes(lang)}</h2><Difference lines=page.changes lang/></section>
                    </div>
                    <p><a class="btn" href=format!("/desk/documents/{}", page.kind)>{t::back_to_list(lang)}</a></p>
                </Desk>
            }
        },
    )
}
