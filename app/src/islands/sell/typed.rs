//! A voucher typed by hand: the form each brand describes as data.

use super::SellState;
use super::nav::Nav;
use crate::components::{Glyph, Icon, TextField, error_of};
use crate::text as t;
use domain::form::{Charset, FieldSpec, FormSchema};
use domain::wire::{BrandStatus, FieldError};
use domain::{Lang, Won};
use leptos::prelude::*;

/// Choose a brand, get its form.
#[component]
pub fn Typed(flow: SellState, nav: Nav, lang: Lang) -> impl IntoView {
    let chosen = Memo::new(move |_| nav.asked.with(|asked| asked.brand.clone()));
    view! {
        <section class="section" id="add" tabindex="-1" aria-labelledby="add-title">
            <div class="section-head"><h2 id="add-title">{t::add_title(lang)}</h2></div>
            <nav class="picks" aria-label=t::add_pick(lang)>
                {move || {
                    let chosen = chosen.get();
                    flow.view.with(|view| {
                        view.brands
                            .iter()
                            .filter(|brand| brand.status == BrandStatus::Accepting)
                            .map(|brand| {
                                let current = chosen.as_ref() == Some(&brand.brand);
                                view! {
                                    <a class="pick" href=format!("/sell?brand={}#add-form", brand.brand) aria-current=current.then_some("true")>
                                        {brand.name.clone()}
                                    </a>
                                }
                            })
                            .collect_view()
                    })
                }}
            </nav>
            {move || {
                let chosen = chosen.get()?;
                let (brand, errors) = flow.view.with(|view| {
                    (view.brands.iter().find(|brand| brand.brand == chosen).cloned(), view.errors.clone())
                });
                let brand = brand.filter(|brand| brand.status == BrandStatus::Accepting)?;
                let busy = flow.is_busy("/fn/sell/add");
                Some(view! {
                    <form class="card stack" id="add-form" tabindex="-1" method="post" action="/fn/sell/add">
                        <h3>{brand.name}</h3>
                        <input type="hidden" name="brand" value=brand.brand/>
                        <PinField spec=brand.form.pin.clone() error=error_of(&errors, "pin") lang/>
                        <CompanionFields form=brand.form.clone() prefix=String::new() values=Vec::new() problems=errors.clone() lang/>
                        <FaceField form=brand.form prefix=String::new() face=None error=error_of(&errors, "face") lang/>
                        <button class="btn" type="submit" aria-busy=busy.then_some("true")>
                            <Icon glyph=Glyph::Plus/>
                            {t::add_action(lang)}
                        </button>
                    </form>
                })
            }}
        </section>
    }
}

#[component]
fn PinField(spec: FieldSpec, error: Option<String>, lang: Lang) -> impl IntoView {
    view! {
        <TextField
            id="pin"
            name="pin"
            label=spec.label(lang)
            help=spec.help(lang)
            value=""
            error
            inputmode=inputmode(&spec)
            required=true
        />
    }
}

/// Digits get the number pad.
fn inputmode(spec: &FieldSpec) -> &'static str {
    if spec.charset == Charset::Digits { "numeric" } else { "text" }
}

/// What is needed beside the number.
#[component]
pub fn CompanionFields(
    form: FormSchema,
    /// Before the field's name in its id.
    prefix: String,
    values: Vec<(String, String)>,
    problems: Vec<FieldError>,
    lang: Lang,
) -> impl IntoView {
    form.companions
        .into_iter()
        .map(|spec| {
            let id = format!("{prefix}{}", spec.name);
            let value =
                values.iter().find(|(name, _)| *name == spec.name).map(|(_, value)| value.clone()).unwrap_or_default();
            let error = error_of(&problems, &id);
            view! {
                <TextField
                    id
                    name=format!("companion[{}]", spec.name)
                    label=spec.label(lang)
                    help=spec.help(lang)
                    value
                    error
                    inputmode=inputmode(&spec)
                    pin=spec.name != "issue_date"
                />
            }
        })
        .collect_view()
}

/// The face: quick choices, and any other amount where the brand takes one.
#[component]
pub fn FaceField(
    form: FormSchema,
    prefix: String,
    face: Option<Won>,
    error: Option<String>,
    lang: Lang,
) -> impl IntoView {
    let id = format!("{prefix}face");
    let error_id = format!("{id}-error");
    let invalid = error.is_some();
    let listed = face.is_some_and(|face| form.faces.contains(&face));
    let other = face.filter(|_| !listed).map(|face| face.get().to_string()).unwrap_or_default();
    let picks = form
        .faces
        .iter()
        .map(|&one| {
            view! {
                <label class="pick">
                    <input
                        class="unseen"
                        type="radio"
                        name="face"
                        value=one.get().to_string()
                        checked=face == Some(one)
                        aria-invalid=invalid.then_some("true")
                    />
                    {one.fmt(lang)}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" id=id tabindex="-1" aria-describedby=invalid.then(|| error_id.clone())>
            <legend class="legend">{t::row_face(lang)}</legend>
            <div class="picks">{picks}</div>
            {error.map(|text| view! { <p class="error" id=error_id.clone()><Icon glyph=Glyph::Alert/>{text}</p> })}
        </fieldset>
        {form.free.map(|free| view! {
            <input type="hidden" name="face_was" value=other.clone()/>
            <TextField
                id=format!("{prefix}face_other")
                name="face_other"
                label=t::row_face_other(lang)
                help=t::row_face_range(free.min, free.max, free.step, lang)
                value=other
                inputmode="numeric"
                maxlength=9
            />
        })}
    }
}
