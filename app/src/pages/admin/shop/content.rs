//! Notices and questions.

use super::bits::{AreaField, Mistakes, for_input, refused, told};
use super::param;
use crate::components::{Chip, Empty, Glyph, TextField, Tone};
use crate::desk::{Flash, may};
use crate::pages::admin::{ConfirmForm, Desk, DeskTime, DoButton, Place, desk};
use crate::pages::query;
use crate::text as t;
use domain::wire::FieldError;
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use services::desk::documents::{TextBody, TextLook};
use services::desk::notices::{self, Kind, NoticeLine};
use services::rights::Act;

fn state(at: Option<Timestamp>, now: Timestamp, lang: Lang) -> impl IntoView {
    let (tone, label) = match at {
        None => (Tone::Plain, t::sd_is_draft(lang)),
        Some(at) if at > now => (Tone::Busy, t::sd_is_coming(lang)),
        Some(_) => (Tone::Good, t::sd_is_seen(lang)),
    };
    view! {
        <Chip tone label/>
        {at.map(|at| view! { " " <span class="small muted nowrap">{at.kst_stamp(lang)}</span> })}
    }
}

fn line(line: NoticeLine, place: usize, faq: bool, now: Timestamp, lang: Lang) -> impl IntoView {
    let id = line.id.to_string();
    let moves = (faq && may(Act::ContentWrite)).then(|| {
        let to = |place: usize| vec![("id", id.clone()), ("place", place.to_string())];
        view! {
            <DoButton action="/desk/fn/content/place" label="↑" class="btn btn-small btn-quiet" fields=to(place.saturating_sub(1).max(1))/>
            <DoButton action="/desk/fn/content/place" label="↓" class="btn btn-small btn-quiet" fields=to(place + 1)/>
        }
    });
    view! {
        <tr>
            {faq.then(|| view! { <td data-label=t::sd_position(lang)><div class="place-cell"><span class="num">{place}</span>{moves}</div></td> })}
            <td data-label=t::sd_title(lang)><a class="row-link" href=format!("/desk/content/{id}")>{line.title}</a></td>
            <td data-label=t::sd_published_at(lang)>{state(line.published_at, now, lang)}</td>
            <td data-label=t::sd_slug(lang)><code>{line.slug}</code></td>
            <td data-label=t::sd_author(lang)>{line.author}</td>
            <td data-label=t::sd_updated(lang)><DeskTime at=line.updated_at now lang/></td>
        </tr>
    }
}

fn asked_kind() -> Kind {
    if query("kind").as_deref() == Some("faq") { Kind::Faq } else { Kind::Notice }
}

/// `/desk/content`.
#[component]
pub fn ContentPage() -> impl IntoView {
    let kind = asked_kind();
    let faq = kind == Kind::Faq;
    desk(
        move |cx| async move {
            let lines = notices::list(&cx.services, &cx.actor, kind).await.map_err(|error| cx.refuse(error))?;
            Ok((lines, cx.services.clock.now(), cx.lang()))
        },
        move |(lines, now, lang)| {
            let none = lines.is_empty();
            let rows = lines.into_iter().enumerate().map(|(at, one)| line(one, at + 1, faq, now, lang)).collect_view();
            let tab = |href: &'static str, name: &'static str, here: bool| {
                view! { <li><a class="filter-chip" href=href aria-current=here.then_some("true")>{name}</a></li> }
            };
            let new = format!("/desk/content/new?kind={}", kind.as_str());
            view! {
                <Desk
                    title=t::place_content(lang)
                    here=Place::Content
                    wide=true
                    aside=Box::new(move || may(Act::ContentWrite).then(|| view! { <a class="btn btn-main" href=new>{t::sd_new_entry(lang)}</a> }).into_any())
                >
                    <ul class="filter-chips">
                        {tab("/desk/content", t::sd_notices(lang), !faq)}
                        {tab("/desk/content?kind=faq", t::sd_faq(lang), faq)}
                    </ul>
                    {none.then(|| view! { <Empty glyph=Glyph::Question title=t::sd_none_yet(lang)/> })}
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    {faq.then(|| view! { <th scope="col">{t::sd_position(lang)}</th> })}
                                    <th scope="col">{t::sd_title(lang)}</th>
                                    <th scope="col">{t::sd_published_at(lang)}</th>
                                    <th scope="col">{t::sd_slug(lang)}</th>
                                    <th scope="col">{t::sd_author(lang)}</th>
                                    <th scope="col">{t::sd_updated(lang)}</th>
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

/// Both languages as their readers will see them.
#[component]
pub fn Looks(looks: [TextLook; 2], lang: Lang) -> impl IntoView {
    [(Lang::Ko, t::sd_in_ko(lang)), (Lang::En, t::sd_in_en(lang))]
        .into_iter()
        .zip(looks)
        .map(|((tag, name), look)| {
            view! {
                <article class="card" lang=tag.as_str()>
                    <p class="small muted">{name}</p>
                    <h3>{look.title}</h3>
                    <div class="prose" inner_html=look.html></div>
                </article>
            }
        })
        .collect_view()
}

/// What the editor's preview shows.
#[component]
pub fn TextPreview(looks: [TextLook; 2], errors: Vec<FieldError>, lang: Lang) -> impl IntoView {
    let links = errors.into_iter().filter(|error| error.code != "missing").map(|error| error.message).collect();
    view! {
        <Mistakes told=links lang/>
        <Looks looks lang/>
    }
}

/// The fields of a text in both languages.
#[component]
pub fn TextFields(form: &'static str, start: TextBody, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let errors = refused(&flash, form);
    let value = |field: &str, stored: String| flash.value(form, field).unwrap_or(stored);
    let wrong = |field: &str| told(&errors, field).into_iter().next();
    view! {
        <TextField id="title_ko" name="title_ko" label=t::sd_title_ko(lang) value=value("title_ko", start.title_ko) error=wrong("title_ko") maxlength=100/>
        <AreaField id="body_ko" label=t::sd_body_ko(lang) value=value("body_ko", start.body_ko) error=wrong("body_ko") rows=14/>
        <TextField id="title_en" name="title_en" label=t::sd_title_en(lang) value=value("title_en", start.title_en) error=wrong("title_en") maxlength=100/>
        <AreaField id="body_en" label=t::sd_body_en(lang) value=value("body_en", start.body_en) error=wrong("body_en") rows=14/>
    }
}

/// `/desk/content/new`.
#[component]
pub fn NewNoticePage() -> impl IntoView {
    let kind = asked_kind();
    desk(
        |cx| async move {
            services::rights::staff(&cx.actor, Act::ContentWrite).map_err(|error| cx.refuse(error))?;
            Ok(cx.lang())
        },
        move |lang| {
            let flash = Flash::here();
            let form = "content/add";
            view! {
                <Desk title=t::sd_new_entry(lang) here=Place::Content wide=true>
                    <div class="panes">
                        <form method="post" action="/desk/fn/content/add" class="panel stack" data-preview="/desk/fn/content/preview" data-preview-target="#preview">
                            <input type="hidden" name="kind" value=kind.as_str()/>
                            <TextField id="slug" name="slug" label=t::sd_slug(lang) value=flash.value(form, "slug").unwrap_or_default() error=flash.wrong(form, "slug") maxlength=60/>
                            <TextFields form start=TextBody::default() lang/>
                            <p class="picks"><button class="btn btn-main" type="submit">{t::sd_entry_save(lang)}</button></p>
                        </form>
                        <section class="panel stack"><h2>{t::sd_preview(lang)}</h2><div id="preview" class="stack"></div></section>
                    </div>
                </Desk>
            }
        },
    )
}

/// `/desk/content/{id}`.
#[component]
pub fn NoticeEditPage() -> impl IntoView {
    let id = param("id");
    desk(
        move |cx| async move {
            let id = id.parse().map_err(|_| domain::wire::AppError::NotFound)?;
            let page = notices::open(&cx.services, &cx.actor, id).await.map_err(|error| cx.refuse(error))?;
            Ok((page, cx.services.clock.now(), cx.lang()))
        },
        |(page, now, lang)| {
            let flash = Flash::here();
            let faq = page.kind == Kind::Faq;
            let seen = page.published_at.is_some_and(|at| at <= now);
            let href = if faq { "/faq".to_owned() } else { format!("/notices/{}", page.slug) };
            let fields = || vec![("id", page.id.to_string()), ("revision", page.revision.to_string())];
            let title = lang.pick(page.text.title_ko.clone(), page.text.title_en.clone());
            let wrong = flash.wrong("content/publish", "at");
            let typed = flash
                .value("content/publish", "at")
                .unwrap_or_else(|| for_input(page.published_at.filter(|at| *at > now)));
            let acts = may(Act::ContentWrite).then(|| {
                view! {
                    <div class="inline-forms">
                        {(!seen).then(|| view! {
                            <form method="post" action="/desk/fn/content/publish" class="filters">
                                <input type="hidden" name="id" value=page.id.to_string()/>
                                <input type="hidden" name="revision" value=page.revision.to_string()/>
                                <TextField id="at" name="at" kind="datetime-local" label=t::sd_show_at(lang) value=typed error=wrong/>
                                <button class="btn btn-main" type="submit">{t::sd_show(lang)}</button>
                            </form>
                        })}
                        {page.published_at.is_some().then(|| view! {
                            <ConfirmForm id="hide" action="/desk/fn/content/unpublish" label=t::sd_hide(lang) question=format!("{title}: {}?", t::sd_hide(lang)) confirm=t::sd_hide(lang) fields=fields() lang/>
                        })}
                    </div>
                }
            });
            let edit = may(Act::ContentWrite).then(|| {
                view! {
                    <form method="post" action="/desk/fn/content/save" class="panel stack" data-preview="/desk/fn/content/preview" data-preview-target="#preview">
                        <input type="hidden" name="id" value=page.id.to_string()/>
                        <input type="hidden" name="revision" value=page.revision.to_string()/>
                        <TextFields form="content/save" start=page.text.clone() lang/>
                        <p class="picks"><button class="btn btn-main" type="submit">{t::sd_entry_save(lang)}</button></p>
                    </form>
                }
            });
            view! {
                <Desk title=title.clone() here=Place::Content wide=true>
                    <div class="panel stack-s">
                        <p class="draft-head">
                            {state(page.published_at, now, lang)}
                            <code>{page.slug.clone()}</code>
                            <span class="small muted">{page.author.clone()}" · "<DeskTime at=page.updated_at now lang/></span>
                            {seen.then(|| view! { <a class="link" href=href>{t::sd_see(lang)}</a> })}
                        </p>
                        {acts}
                    </div>
                    <div class="panes">
                        {edit}
                        <section class="panel stack"><h2>{t::sd_preview(lang)}</h2><div id="preview" class="stack"><Looks looks=page.looks lang/></div></section>
                    </div>
                </Desk>
            }
        },
    )
}
