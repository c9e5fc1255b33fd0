//! Controls with their label, help and error tied together.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// Ids of what describes a control: help first, then the warning and the error.
fn described(id: &str, help: bool, warning: bool, error: bool) -> Option<String> {
    let parts = [(help, "help"), (warning, "warning"), (error, "error")];
    let ids: Vec<_> = parts.into_iter().filter(|(there, _)| *there).map(|(_, part)| format!("{id}-{part}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn foot(id: &str, help: String, warning: Option<String>, error: Option<String>) -> impl IntoView + use<> {
    let help_id = format!("{id}-help");
    let warning_id = format!("{id}-warning");
    let error_id = format!("{id}-error");
    view! {
        {(!help.is_empty()).then(|| view! { <p class="help" id=help_id>{help}</p> })}
        {warning.map(|text| view! { <p class="warning" id=warning_id><Icon glyph=Glyph::Alert/>{text}</p> })}
        {error.map(|text| view! { <p class="error" id=error_id><Icon glyph=Glyph::Alert/>{text}</p> })}
    }
}

/// One line of text. Its id is its error's field name, so that the summary can point to it.
#[component]
pub fn TextField(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional_no_strip)] warning: Option<String>,
    #[prop(optional, into)] help: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "text")] inputmode: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = 64)] maxlength: u32,
    /// Id of the `<datalist>` to choose from while typing.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Hidden until it has the focus.
    #[prop(optional)]
    pin: bool,
    #[prop(optional)] code: bool,
    #[prop(optional)] required: bool,
    /// Stands beside the control, in its row.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = match (pin, code) {
        (true, _) => "input pin",
        (false, true) => "input code-input",
        (false, false) => "input",
    };
    let invalid = error.is_some();
    let described = described(&id, !help.is_empty(), warning.is_some(), invalid);
    let row = if children.is_some() { "with-button" } else { "" };
    let tail = foot(&id, help, warning, error);
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class=row>
                <input
                    class=class
                    id=id.clone()
                    name=name
                    type=kind
                    value=value
                    inputmode=inputmode
                    autocomplete=autocomplete
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength=maxlength.to_string()
                    list=list
                    required=required
                    aria-invalid=invalid.then_some("true")
                    aria-describedby=described
                />
                {children.map(|children| children())}
            </div>
            {tail}
        </div>
    }
}

/// One of a select's choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub disabled: bool,
}

impl Choice {
    /// A choice that can be taken.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), disabled: false }
    }
}

/// One of several.
#[component]
pub fn SelectField(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    choices: Vec<Choice>,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional_no_strip)] warning: Option<String>,
    #[prop(optional, into)] help: String,
) -> impl IntoView {
    let invalid = error.is_some();
    let described = described(&id, !help.is_empty(), warning.is_some(), invalid);
    let tail = foot(&id, help, warning, error);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == value;
            view! { <option value=choice.value selected=selected disabled=choice.disabled>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="select">
                <select
                    class="input"
                    id=id.clone()
                    name=name
                    aria-invalid=invalid.then_some("true")
                    aria-describedby=described
                >
                    {options}
                </select>
                <Icon glyph=Glyph::Chevron/>
            </div>
            {tail}
        </div>
    }
}

/// A box to tick.
#[component]
pub fn Check(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    checked: bool,
    #[prop(into)] label: String,
    #[prop(optional, into)] tag: String,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    let invalid = error.is_some();
    let tail = foot(&id, String::new(), None, error);
    view! {
        <div>
            <label class="check" for=id.clone()>
                <input
                    type="checkbox"
                    id=id.clone()
                    name=name
                    value=value
                    checked=checked
                    aria-invalid=invalid.then_some("true")
                    aria-describedby=described(&id, false, false, invalid)
                />
                <span>
                    {(!tag.is_empty()).then(|| view! { <span class="muted">{format!("[{tag}] ")}</span> })}
                    {label}
                </span>
            </label>
            {tail}
        </div>
    }
}
