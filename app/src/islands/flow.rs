//! A page whose every action answers with its whole view: sent form in, new view out.

use super::post::{Filled, fields, in_turn, post};
use crate::components::trouble_from_code;
use domain::wire::AppError;
use leptos::ev::{Event, SubmitEvent};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlFormElement};

/// The state shared by the parts of such a page.
pub struct Flow<T: Send + Sync + 'static> {
    pub view: RwSignal<T>,
    /// An error that belongs to no field.
    pub trouble: RwSignal<Option<AppError>>,
    /// The address being posted to.
    pub busy: RwSignal<Option<String>>,
}

impl<T: Send + Sync + 'static> Clone for Flow<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Flow<T> {}

impl<T: DeserializeOwned + Send + Sync + Clone + 'static> Flow<T> {
    /// Starts from what the server rendered; `trouble` is the word a plain form came back with.
    pub fn new(view: T, trouble: Option<&str>) -> Self {
        let trouble = trouble.and_then(trouble_from_code);
        Self { view: RwSignal::new(view), trouble: RwSignal::new(trouble), busy: RwSignal::new(None) }
    }

    /// Is a post to this address on its way?
    pub fn is_busy(self, action: &'static str) -> bool {
        self.busy.with(|busy| busy.as_deref() == Some(action))
    }

    /// A form's own submit. `done` is told where the form wanted to go, after the new view is on the screen.
    pub fn submit(self, event: &SubmitEvent, done: impl Fn(Option<String>) + 'static) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        let ours = form.get_attribute("method").is_some_and(|method| method == "post");
        // A form marked `data-plain` leads to another page.
        if !ours || form.has_attribute("data-plain") {
            return;
        }
        let button = event.submitter().and_then(|button| button.dyn_into::<HtmlElement>().ok());
        let Some(filled) = Filled::read(form, button.as_ref()) else { return };
        event.prevent_default();
        if self.busy.with_untracked(|busy| busy.as_ref() == Some(&filled.action)) {
            return;
        }
        self.send(filled, done, true);
    }

    /// A changed control inside a form marked `data-autosave` saves that form.
    pub fn changed(self, event: &Event) {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|control| control.closest("form[data-autosave]").ok().flatten())
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(filled) = form.and_then(|form| Filled::read(form, None)) {
            self.send(filled, |_| (), false);
        }
    }

    fn send(self, filled: Filled, done: impl Fn(Option<String>) + 'static, asked: bool) {
        if asked {
            self.busy.set(Some(filled.action.clone()));
        }
        in_turn(async move {
            let answer = post::<T>(&filled.action, &filled.body).await;
            if asked {
                self.busy.set(None);
            }
            match answer {
                Ok(view) => {
                    self.trouble.set(None);
                    self.view.set(view);
                    leptos::task::tick().await;
                    // The answer's values go into the form, unless somebody typed on meanwhile. A refused text doesn't
                    // come back with the answer, so it stays.
                    let refused =
                        filled.form.query_selector("textarea[aria-invalid=true]").is_ok_and(|found| found.is_some());
                    if !refused && filled.form.is_connected() && fields(&filled.form) == filled.fields {
                        filled.form.reset();
                    }
                    done(filled.to);
                }
                Err(error) => {
                    self.trouble.set(Some(error));
                    leptos::task::tick().await;
                    _ = focus("trouble");
                }
            }
        });
    }
}

/// Moves the reader to an element, by id; `false` when there is none.
pub fn focus(id: &str) -> bool {
    let element = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}
