//! Steps and addresses: links inside the flow change the step in place, the browser's history knows them.

use crate::islands::flow::focus;
use domain::wire::{SellStep, SellView};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlAnchorElement;

/// What the address asks beside the step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Open this brand's form.
    pub brand: Option<String>,
    /// Change this answer.
    pub edit: Option<String>,
}

/// Where the reader is.
#[derive(Clone, Copy)]
pub struct Nav {
    pub step: RwSignal<SellStep>,
    pub asked: RwSignal<Asked>,
}

/// `"quote"` → the step.
pub fn step_named(name: &str) -> Option<SellStep> {
    match name {
        "vouchers" => Some(SellStep::Vouchers),
        "quote" => Some(SellStep::Quote),
        "you" => Some(SellStep::You),
        "confirm" => Some(SellStep::Confirm),
        _ => None,
    }
}

fn step_at(path: &str) -> Option<SellStep> {
    SellStep::ALL.into_iter().find(|step| step.path() == path)
}

/// `?brand=x&edit=y`; values are plain keys, so nothing needs decoding.
fn asked_in(query: &str) -> Asked {
    let value = |name: &str| {
        query.trim_start_matches('?').split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == name).then(|| value.to_owned())
        })
    };
    Asked { brand: value("brand"), edit: value("edit") }
}

impl Nav {
    pub fn new(step: SellStep, asked: Asked) -> Self {
        Self { step: RwSignal::new(step), asked: RwSignal::new(asked) }
    }

    /// Back and forward.
    pub fn follow_history(self) {
        Effect::new(move || {
            let handle = window_event_listener(leptos::ev::popstate, move |_| {
                let place = window().location();
                if let Some(step) = place.pathname().ok().as_deref().and_then(step_at) {
                    self.asked.set(asked_in(&place.search().unwrap_or_default()));
                    self.show(step);
                }
            });
            on_cleanup(move || handle.remove());
        });
    }

    /// To a step of its own address.
    pub fn go(self, step: SellStep) {
        if self.step.get_untracked() == step {
            self.settle();
        } else {
            push(step.path());
            self.asked.set(Asked::default());
            self.show(step);
        }
    }

    /// An answer was changed: back to the address without the question.
    pub fn settle(self) {
        if self.asked.with_untracked(|asked| asked.edit.is_some()) {
            self.asked.set(Asked::default());
            push(self.step.get_untracked().path());
        }
    }

    /// A link of the flow, plainly clicked, is followed here.
    pub fn clicked(self, event: &MouseEvent, view: RwSignal<SellView>) {
        if event.button() != 0 || event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key() {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| element.closest("a[href^='/sell']").ok().flatten())
            .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
        let Some(link) = link else { return };
        let Some(step) = step_at(&link.pathname()) else { return };
        if step > view.with_untracked(|view| view.reached) {
            return;
        }
        event.prevent_default();
        let query = link.search();
        push(&format!("{}{query}", step.path()));
        self.asked.set(asked_in(&query));
        if step == self.step.get_untracked() {
            let target = link.hash();
            request_animation_frame(move || _ = focus(target.trim_start_matches('#')));
        } else {
            self.show(step);
        }
    }

    fn show(self, step: SellStep) {
        self.step.set(step);
        request_animation_frame(|| {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            _ = focus("step-title");
        });
    }
}

fn push(path: &str) {
    if let Ok(history) = window().history() {
        _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_found_at_its_own_address_and_under_its_own_name() {
        for (step, name) in SellStep::ALL.into_iter().zip(["vouchers", "quote", "you", "confirm"]) {
            assert_eq!(step_at(step.path()), Some(step));
            assert_eq!(step_named(name), Some(step));
        }
        assert_eq!(step_at("/sell/else"), None);
        assert_eq!(step_named("//evil.example"), None);
    }

    #[test]
    fn the_address_asks_for_a_form_or_an_answer() {
        assert_eq!(asked_in("?brand=cultureland"), Asked { brand: Some("cultureland".into()), edit: None });
        assert_eq!(asked_in("?lang=en&edit=phone"), Asked { brand: None, edit: Some("phone".into()) });
        assert_eq!(asked_in(""), Asked::default());
    }
}
