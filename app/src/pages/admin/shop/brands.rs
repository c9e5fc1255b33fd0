//! Brands: the list with its switch, and one brand's texts and form.

use super::bits::{AreaField, Difference, DraftPanel, Mistakes, refused, told};
use super::param;
use crate::components::{Chip, Choice, Fold, Mark, SelectField, TextField, Tone};
use crate::desk::{Flash, may};
use crate::islands::{CompanionFields, FaceField, PinField};
use crate::pages::admin::{ConfirmForm, Desk, DeskTime, DoButton, Place, desk};
use crate::pages::query;
use crate::text as t;
use domain::catalogue::Verification;
use domain::form::FormSchema;
use domain::rate::percent;
use domain::wire::FieldError;
use domain::{BrandStatus, Lang, Timestamp, Won};
use leptos::prelude::*;
use services::desk::brands::{self, BrandBody, BrandLine, Look};
use services::rights::Act;

const fn status_name(status: BrandStatus, lang: Lang) -> &'static str {
    match status {
        BrandStatus::Accepting => t::sd_accepting(lang),
        BrandStatus::Paused => t::sd_paused(lang),
        BrandStatus::Stopped => t::sd_stopped(lang),
    }
}

/// A brand's state as a chip.
#[component]
pub fn StatusChip(status: BrandStatus, lang: Lang) -> impl IntoView {
    let tone = match status {
        BrandStatus::Accepting => Tone::Good,
        BrandStatus::Paused => Tone::You,
        BrandStatus::Stopped => Tone::Bad,
    };
    view! { <Chip tone label=status_name(status, lang)/> }
}

const fn mode_name(mode: Verification, lang: Lang) -> &'static str {
    match mode {
        Verification::Issuer => t::sd_mode_issuer(lang),
        Verification::Manual => t::sd_mode_manual(lang),
    }
}

/// The switch: to each of the two other states, with a reason.
#[component]
fn Switch(brand: String, name: String, status: BrandStatus, #[prop(into)] back: String, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let form = "brands/status";
    let here = flash.error.is_some() && flash.is_of(form, &brand);
    let others = [BrandStatus::Accepting, BrandStatus::Paused, BrandStatus::Stopped]
        .into_iter()
        .filter(|other| *other != status);
    let wanted = flash.value(form, "to").filter(|_| here);
    let forms = others
        .map(|to| {
            let asked = wanted.as_deref() == Some(to.as_str());
            let error = flash.wrong(form, "reason").or_else(|| flash.wrong(form, "status")).filter(|_| asked);
            let typed = flash.value(form, "reason").filter(|_| asked).unwrap_or_default();
            let to_name = status_name(to, lang);
            let reason_id = format!("reason-{brand}-{to}");
            view! {
                <ConfirmForm
                    id=format!("switch-{brand}-{to}")
                    action="/desk/fn/brands/status"
                    label=to_name
                    question=t::sd_switch_q(lang, &name, status_name(status, lang), to_name)
                    confirm=t::sd_switch_to(lang, to_name)
                    class="btn btn-small"
                    confirm_class=if to == BrandStatus::Accepting { "btn btn-main" } else { "btn btn-danger" }
                    fields=vec![("row", brand.clone()), ("seen", status.as_str().to_owned()), ("to", to.as_str().to_owned()), ("back", back.clone())]
                    open=asked && error.is_some()
                    lang
                >
                    <p class="small muted">{t::sd_switch_help(lang)}</p>
                    <TextField id=reason_id name="reason" label=t::desk_reason(lang) value=typed help=t::desk_reason_help(lang) error maxlength=500 required=true/>
                </ConfirmForm>
            }
        })
        .collect_view();
    view! { <div class="inline-forms">{forms}</div> }
}

fn line(line: BrandLine, place: usize, now: Timestamp, lang: Lang) -> impl IntoView {
    let href = format!("/desk/brands/{}", line.brand);
    let rate = match line.rate {
        Some((low, high)) if low == high => percent(low),
        Some((low, high)) => format!("{}–{}", percent(low), percent(high)),
        None => t::sd_no_rate(lang).to_owned(),
    };
    let moves = may(Act::CatalogueDraft).then(|| {
        let brand = line.brand.clone();
        let to = |place: usize| vec![("brand", brand.clone()), ("place", place.to_string())];
        view! {
            <DoButton action="/desk/fn/brands/place" label="↑" class="btn btn-small btn-quiet" fields=to(place.saturating_sub(1).max(1))/>
            <DoButton action="/desk/fn/brands/place" label="↓" class="btn btn-small btn-quiet" fields=to(place + 1)/>
            <form method="post" action="/desk/fn/brands/place" class="place-form">
                <input type="hidden" name="brand" value=line.brand.clone()/>
                <input class="input input-place" name="place" inputmode="numeric" value=place.to_string() aria-label=format!("{}: {}", line.name, t::sd_position(lang)) maxlength="3"/>
            </form>
        }
    });
    view! {
        <tr>
            <td data-label=t::sd_position(lang)><div class="place-cell">{moves}</div></td>
            <td data-label=t::sd_brand(lang)>
                <a class="row-link brand-cell" href=href>
                    <Mark initials=line.initials hue=line.hue off=line.status == BrandStatus::Stopped/>
                    <span>{line.name.clone()}</span>
                </a>
            </td>
            <td data-label=t::sd_status(lang)><StatusChip status=line.status lang/></td>
            <td data-label=t::sd_rate(lang) class="num">{rate}</td>
            <td data-label=t::sd_mode(lang)>{mode_name(line.verification, lang)}</td>
            <td data-label=t::sd_family(lang)><code>{line.family}</code></td>
            <td data-label=t::sd_updated(lang)>
                <DeskTime at=line.updated_at now lang/>
                {(line.drafts > 0).then(|| view! { " " <Chip tone=Tone::You label=t::sd_drafts(lang, line.drafts)/> })}
            </td>
            <td data-label=t::sd_switch(lang)>
                {may(Act::BrandStop).then(|| view! { <Switch brand=line.brand name=line.name status=line.status back="/desk/brands" lang/> })}
            </td>
        </tr>
    }
}

/// `/desk/brands`.
#[component]
pub fn BrandsPage() -> impl IntoView {
    desk(
        |cx| async move {
            let list = brands::list(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((list, cx.services.clock.now(), cx.lang()))
        },
        |(list, now, lang)| {
            let rows = list.brands.into_iter().enumerate().map(|(at, one)| line(one, at + 1, now, lang)).collect_view();
            let new = list
                .new
                .into_iter()
                .map(|(draft, body)| {
                    let href = format!("/desk/brands/{}", draft.subject);
                    view! { <li><a class="link" href=href>{body.info.name(lang).to_owned()}</a>" · "{draft.author}</li> }
                })
                .collect::<Vec<_>>();
            view! {
                <Desk
                    title=t::place_catalogue(lang)
                    here=Place::Catalogue
                    wide=true
                    aside=Box::new(move || {
                        may(Act::CatalogueDraft).then(|| view! { <a class="btn btn-main" href="/desk/brands/new">{t::sd_new_brand(lang)}</a> }).into_any()
                    })
                >
                    {(!new.is_empty()).then(|| view! { <div class="panel"><h2>{t::sd_open_drafts(lang)}</h2><ul class="bullets">{new}</ul></div> })}
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    <th scope="col">{t::sd_position(lang)}</th>
                                    <th scope="col">{t::sd_brand(lang)}</th>
                                    <th scope="col">{t::sd_status(lang)}</th>
                                    <th scope="col" class="num">{t::sd_rate(lang)}</th>
                                    <th scope="col">{t::sd_mode(lang)}</th>
                                    <th scope="col">{t::sd_family(lang)}</th>
                                    <th scope="col">{t::sd_updated(lang)}</th>
                                    <th scope="col">{t::sd_switch(lang)}</th>
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

/// The customer's form, drawn by the pieces the shop draws it with. Not a form: nothing in it can be sent.
#[component]
fn Drawn(form: FormSchema, name: String, lang: Lang) -> impl IntoView {
    view! {
        <div class="card stack" inert lang=lang.as_str()>
            <h3>{name}</h3>
            <PinField spec=form.pin.clone() error=None lang/>
            <CompanionFields form=form.clone() prefix=String::new() values=Vec::new() problems=Vec::new() lang/>
            <FaceField form prefix=String::new() face=None error=None lang/>
        </div>
    }
}

/// What the editor's preview shows.
#[component]
pub fn FormPreview(look: Look, lang: Lang) -> impl IntoView {
    let mistakes: Vec<String> =
        look.errors.iter().filter(|error| error.field != "reason").map(|error| error.message.clone()).collect();
    view! {
        <Mistakes told=mistakes lang/>
        {look.unpaid.map(|face| unpaid(face, lang))}
        {look.body.map(|body| both(&body))}
    }
}

fn unpaid(face: Won, lang: Lang) -> impl IntoView {
    view! { <p class="warning">{t::sd_unpaid(lang, &face.fmt(lang))}</p> }
}

fn both(body: &BrandBody) -> impl IntoView + use<> {
    [Lang::Ko, Lang::En]
        .map(|lang| view! { <Drawn form=body.form.clone() name=body.info.name(lang).to_owned() lang/> })
        .into_iter()
        .collect_view()
}

#[component]
fn Editor(
    key: String,
    is_new: bool,
    start: Option<BrandBody>,
    revision: Option<i64>,
    reason: String,
    lang: Lang,
) -> impl IntoView {
    let flash = Flash::here();
    let form = "brands/save";
    let errors: Vec<FieldError> = refused(&flash, form);
    let value = |field: &str, stored: String| flash.value(form, field).unwrap_or(stored);
    let wrong = |field: &str| told(&errors, field).into_iter().next();
    let info = start.as_ref().map(|body| body.info.clone());
    let of = |pick: fn(&domain::catalogue::BrandInfo) -> String| info.as_ref().map(pick).unwrap_or_default();
    let form_text = start.as_ref().and_then(|body| body.form_text().ok()).unwrap_or_default();
    let family = start.as_ref().map(|body| body.family.clone()).unwrap_or_default();
    let mode = start.as_ref().map_or(Verification::Manual, |body| body.verification);
    let modes = Verification::ALL.iter().map(|mode| Choice::new(mode.as_str(), mode_name(*mode, lang))).collect();
    let field = |id: &'static str, label: &'static str, stored: String| {
        view! { <TextField id name=id label value=value(id, stored) error=wrong(id) maxlength=160/> }
    };
    view! {
        <form method="post" action="/desk/fn/brands/save" class="stack" data-preview="/desk/fn/brands/preview" data-preview-target="#preview">
            <Mistakes told=told(&errors, "form_json") lang/>
            {is_new.then(|| view! {
                <input type="hidden" name="new" value="1"/>
                <div class="two">
                    {field("key", t::sd_key(lang), String::new())}
                    {field("family", t::sd_family(lang), String::new())}
                </div>
            })}
            {(!is_new).then(|| view! {
                <input type="hidden" name="key" value=key.clone()/>
                <input type="hidden" name="family" value=family.clone()/>
            })}
            {revision.map(|revision| view! { <input type="hidden" name="revision" value=revision.to_string()/> })}
            <div class="two">
                {field("name_ko", t::sd_name_ko(lang), of(|info| info.name_ko.clone()))}
                {field("name_en", t::sd_name_en(lang), of(|info| info.name_en.clone()))}
                {field("note_ko", t::sd_note_ko(lang), of(|info| info.note_ko.clone()))}
                {field("note_en", t::sd_note_en(lang), of(|info| info.note_en.clone()))}
                {field("initials", t::sd_initials(lang), of(|info| info.initials.clone()))}
                {field("hue", t::sd_hue(lang), of(|info| info.hue.to_string()))}
            </div>
            <SelectField id="verification" name="verification" label=t::sd_mode(lang) value=value("verification", mode.as_str().to_owned()) choices=modes error=wrong("verification")/>
            <AreaField id="form_json" label=t::sd_form(lang) value=value("form_json", form_text) help=t::sd_form_help(lang) error=wrong("form_json") rows=22 code=true/>
            <TextField id="reason" name="reason" label=t::desk_reason(lang) value=value("reason", reason) error=wrong("reason") maxlength=500/>
            <p class="picks"><button class="btn btn-main" type="submit">{t::sd_save(lang)}</button></p>
        </form>
    }
}

/// `/desk/brands/new`.
#[component]
pub fn NewBrandPage() -> impl IntoView {
    desk(
        |cx| async move {
            services::rights::staff(&cx.actor, Act::CatalogueDraft).map_err(|error| cx.refuse(error))?;
            Ok(cx.lang())
        },
        |lang| {
            view! {
                <Desk title=t::sd_new_brand(lang) here=Place::Catalogue wide=true>
                    <p class="lead">{t::sd_new_lead(lang)}</p>
                    <div class="panes">
                        <div class="panel"><Editor key=String::new() is_new=true start=None revision=None reason=String::new() lang/></div>
                        <Side lang>""</Side>
                    </div>
                </Desk>
            }
        },
    )
}

#[component]
fn Side(lang: Lang, children: Children) -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby="preview-title">
            <h2 id="preview-title">{t::sd_preview(lang)}</h2>
            <p class="small muted only-js">{t::sd_preview_help(lang)}</p>
            <div id="preview" class="stack">{children()}</div>
        </section>
    }
}

/// `/desk/brands/{brand}`.
#[component]
pub fn BrandPage() -> impl IntoView {
    let key = param("brand");
    let from = query("from").and_then(|from| from.parse().ok());
    desk(
        move |cx| async move {
            let page = brands::page(&cx.services, &cx.actor, &key, from).await.map_err(|error| cx.refuse(error))?;
            Ok((page, cx.services.clock.now(), cx.lang()))
        },
        |(page, now, lang)| {
            let back = format!("/desk/brands/{}", page.key);
            let name = page.start.info.name(lang).to_owned();
            let none = page.drafts.is_empty();
            let drafts = page
                .drafts
                .into_iter()
                .map(|one| {
                    view! {
                        <DraftPanel draft=one.draft name=name.clone() back=back.clone() now lang>
                            {one.unpaid.map(|face| unpaid(face, lang))}
                            <Difference lines=one.changes lang/>
                        </DraftPanel>
                    }
                })
                .collect_view();
            let history = page
                .history
                .into_iter()
                .map(|one| {
                    let title = format!("{} · {} · {}", t::sd_version(lang, one.version), one.author, one.at.kst_date_time(lang));
                    let href = format!("{back}?from={}#edit", one.version);
                    view! {
                        <Fold title>
                            <p>{one.reason}</p>
                            <Difference lines=one.changes lang/>
                            {may(Act::CatalogueDraft).then(|| view! { <p><a class="btn btn-small" href=href>{t::sd_as_draft(lang)}</a></p> })}
                        </Fold>
                    }
                })
                .collect_view();
            let (own, revision, reason) = match page.own {
                Some((_, revision, reason)) => (true, Some(revision), reason),
                None => (false, None, String::new()),
            };
            let head = page.now.as_ref().map(|(body, status, version)| {
                let (mode, family) = (mode_name(body.verification, lang), body.family.clone());
                let (status, version) = (*status, *version);
                view! {
                    <dl class="facts">
                        <div><dt>{t::sd_status(lang)}</dt><dd><StatusChip status lang/></dd></div>
                        <div><dt>{t::sd_mode(lang)}</dt><dd>{mode}</dd></div>
                        <div><dt>{t::sd_family(lang)}</dt><dd><code>{family}</code></dd></div>
                        <div><dt>{t::sd_history(lang)}</dt><dd>{t::sd_version(lang, version)}</dd></div>
                        <div><dt>{t::sd_rate(lang)}</dt><dd><a class="link" href=format!("/desk/rates/{}", page.key)>{t::place_rates(lang)}</a></dd></div>
                    </dl>
                    {may(Act::BrandStop).then(|| view! { <Switch brand=page.key.clone() name=name.clone() status back=back.clone() lang/> })}
                }
            });
            let preview = both(&page.start);
            let edit = may(Act::CatalogueDraft).then(|| {
                view! {
                    <section class="panel" id="edit">
                        <h2>{if own { t::sd_edit_own(lang) } else { t::sd_edit(lang) }}</h2>
                        <Editor key=page.key.clone() is_new=false start=Some(page.start.clone()) revision reason lang/>
                    </section>
                }
            });
            view! {
                <Desk title=name.clone() here=Place::Catalogue wide=true>
                    <div class="panel stack-s">{head}</div>
                    <section class="section">
                        <h2>{t::sd_open_drafts(lang)}</h2>
                        {none.then(|| view! { <p class="small muted">{t::sd_no_drafts(lang)}</p> })}
                        {drafts}
                    </section>
                    <div class="panes">
                        {edit}
                        <Side lang>{preview}</Side>
                    </div>
                    <section class="section"><h2>{t::sd_history(lang)}</h2><div class="panel">{history}</div></section>
                </Desk>
            }
        },
    )
}
