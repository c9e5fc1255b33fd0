//! A form sent by fetch: the same address and body as without scripts, the view as JSON back.

use domain::wire::{AppError, FieldError};
use leptos::prelude::*;
use leptos::serde_json;
use leptos::task::spawn_local;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, Headers, HtmlElement, HtmlFormElement, Request, RequestInit, Response, UrlSearchParams};

/// A filled form, taken at the moment it was sent.
#[derive(Clone)]
pub struct Filled {
    pub action: String,
    pub body: String,
    /// The form's own fields without the button pressed, to see later whether somebody typed on.
    pub fields: String,
    /// Where to go when all is well: the form's hidden field `to`.
    pub to: Option<String>,
    pub form: HtmlFormElement,
}

/// The form's fields as a request body.
pub fn fields(form: &HtmlFormElement) -> String {
    encode(form).unwrap_or_default()
}

fn encode(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    // Every value of our forms is text, so the entries are pairs of strings.
    let params = UrlSearchParams::new_with_str_sequence_sequence(data.unchecked_ref()).ok()?;
    Some(params.to_string().into())
}

impl Filled {
    /// Reads a form. The pressed button's own address and value count, as they do in the browser.
    pub fn read(form: HtmlFormElement, submitter: Option<&HtmlElement>) -> Option<Self> {
        let attribute = |name: &str| submitter.and_then(|button| button.get_attribute(name));
        let action = attribute("formaction").or_else(|| form.get_attribute("action"))?;
        let fields = encode(&form)?;
        let params = UrlSearchParams::new_with_str(&fields).ok()?;
        if let (Some(name), Some(value)) = (attribute("name"), attribute("value")) {
            params.append(&name, &value);
        }
        Some(Self { action, body: params.to_string().into(), to: params.get("to"), fields, form })
    }
}

/// [`AppError`] as it stands in JSON, read flat: the tagged enum's own reader is four times as much code to download.
#[derive(Deserialize)]
struct Wrong {
    error: String,
    #[serde(default)]
    fields: Vec<FieldError>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    retry_after: u32,
    #[serde(default)]
    reference: String,
}

impl From<Wrong> for AppError {
    fn from(wrong: Wrong) -> Self {
        match wrong.error.as_str() {
            "invalid" => Self::Invalid { fields: wrong.fields },
            "not_found" => Self::NotFound,
            "forbidden" => Self::Forbidden,
            "conflict" => Self::Conflict { code: String::new(), message: wrong.message },
            "busy" => Self::Busy { retry_after: wrong.retry_after, message: wrong.message },
            _ => Self::Internal { reference: wrong.reference },
        }
    }
}

/// Sends a body and reads the answer. Whatever isn't our JSON is our fault or the network's.
pub async fn post<T: DeserializeOwned>(action: &str, body: &str) -> Result<T, AppError> {
    let Ok((ok, text)) = fetch(action, body).await else {
        return Err(AppError::Internal { reference: "network".to_owned() });
    };
    if ok {
        serde_json::from_str(&text).map_err(|_| AppError::Internal { reference: String::new() })
    } else {
        let wrong = serde_json::from_str::<Wrong>(&text).map(AppError::from);
        Err(wrong.unwrap_or(AppError::Internal { reference: String::new() }))
    }
}

async fn fetch(action: &str, body: &str) -> Result<(bool, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    let request = Request::new_with_str_and_init(action, &init)?;
    let response: Response = JsFuture::from(window().fetch_with_request(&request)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.ok(), text.as_string().unwrap_or_default()))
}

type Job = Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    /// One thing at a time: whether a job runs, and what waits. The draft is one row behind a revision guard, so two
    /// posts at once would refuse each other.
    static QUEUE: RefCell<(bool, VecDeque<Job>)> = const { RefCell::new((false, VecDeque::new())) };
}

/// Runs a job after those before it.
pub fn in_turn(job: impl Future<Output = ()> + 'static) {
    let idle = QUEUE.with_borrow_mut(|(running, waiting)| {
        waiting.push_back(Box::pin(job));
        !std::mem::replace(running, true)
    });
    if idle {
        spawn_local(async {
            while let Some(job) = next() {
                job.await;
            }
        });
    }
}

fn next() -> Option<Job> {
    QUEUE.with_borrow_mut(|(running, waiting)| {
        let job = waiting.pop_front();
        *running = job.is_some();
        job
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_reads_back_as_what_it_was() {
        let field = FieldError { field: "pin".into(), code: "x".into(), message: "다시 확인해 주세요.".into() };
        for error in [
            AppError::Invalid { fields: vec![field] },
            AppError::NotFound,
            AppError::Forbidden,
            AppError::Conflict { code: String::new(), message: "늦었어요".into() },
            AppError::Busy { retry_after: 41, message: "잠시만요".into() },
            AppError::Internal { reference: "9f3a".into() },
        ] {
            let text = serde_json::to_string(&error).unwrap_or_default();
            let read = serde_json::from_str::<Wrong>(&text).map(AppError::from);
            assert_eq!(read.ok(), Some(error), "{text}");
        }
    }
}
