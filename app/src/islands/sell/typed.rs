//! A voucher typed by hand: the form each brand describes as data.

use super::super::post::fields;
use super::SellState;
use super::nav::Nav;
use crate::components::{Glyph, Icon, TextField, error_of};
use crate::text as t;
use domain::form::{Charset, FieldSpec, FormSchema};
use domain::wire::{BrandStatus, FieldError};
use domain::{Lang, Won};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, UrlSearchParams};

/// A press of finger or mouse is over by then.
const AFTER_THE_PRESS: Duration = Duration::from_millis(300);

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
                let wrong = RwSignal::new(Vec::new());
                let form = brand.form.clone();
                let look = move |event: leptos::ev::Event| {
                    let problems = problems_of(&form, &event, lang);
                    // A field is left by pressing the next thing: nothing moves away under the finger.
                    set_timeout(move || wrong.set(problems), AFTER_THE_PRESS);
                };
                Some(view! {
                    <form class="card stack" id="add-form" tabindex="-1" method="post" action="/fn/sell/add" on:change=look>
                        <h3>{brand.name}</h3>
                        <input type="hidden" name="brand" value=brand.brand/>
                        <PinField spec=brand.form.pin.clone() error=error_of(&errors, "pin") lang/>
                        <CompanionFields form=brand.form.clone() prefix=String::new() values=Vec::new() problems=errors.clone() lang/>
                        <div role="status">
                            {move || wrong.get().into_iter().map(|text| {
                                view! { <p class="warning"><Icon glyph=Glyph::Alert/>{text}</p> }
                            }).collect_view()}
                        </div>
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

/// What the brand's form says of the numbers typed so far; of nothing when there is none yet. The server judges by the
/// same rules when they are sent.
fn problems_of(form: &FormSchema, event: &leptos::ev::Event, lang: Lang) -> Vec<String> {
    let typed_form = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|control| control.closest("form").ok().flatten())
        .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let params = typed_form.and_then(|form| UrlSearchParams::new_with_str(&fields(&form)).ok());
    let get = |name: &str| {
        let typed = params.as_ref().and_then(|params| params.get(name)).unwrap_or_default();
        String::from(js_sys::JsString::from(typed).normalize("NFC"))
    };
    let companion = |spec: &FieldSpec| get(&format!("companion[{}]", spec.name));
    // Number and companion may be typed in one run; the server parts them.
    let in_one = form.companions.iter().any(|spec| companion(spec).is_empty());
    let number = (!in_one).then(|| (&form.pin, get("pin")));
    let rest = form.companions.iter().map(|spec| (spec, companion(spec)));
    let problems = number.into_iter().chain(rest).filter(|(_, typed)| !typed.is_empty());
    problems
        .filter(|(spec, typed)| spec.check(typed).is_err())
        .map(|(spec, _)| t::add_wrong(lang, spec.label(lang)))
        .collect()
}

/// The voucher's own number.
#[component]
pub fn PinField(spec: FieldSpec, error: Option<String>, lang: Lang) -> impl IntoView {
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
