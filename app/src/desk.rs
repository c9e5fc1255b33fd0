//! What the desk's pages and actions find around them beside [`Cx`].
//!
//! A form of the desk is posted, does its work and answers with a page to go to. What that page must say once (it is
//! done; it was refused, and what had been typed; a code shown only now) waits in the session as a [`Flash`].

use crate::error::{Failure, status, word};
use crate::ssr::{Cx, go_on, redirect, wants_page};
use crate::text as t;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::http::request::Parts;
use domain::Lang;
use domain::wire::{AppError, FieldError};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};
use services::rights::{self, Act};
use services::{Actor, ServiceError, Staff};

/// Where the desk's own script and style sheet are.
#[derive(Clone, Debug)]
pub struct DeskFiles {
    pub style: String,
    pub script: String,
}

/// What was posted, as read from the form before any use case: kept for the page that says what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Typed(pub Vec<(String, String)>);

/// What never waits in a session, whatever a form calls it.
const SECRETS: [&str; 5] = ["password", "again", "old", "code", "token"];
/// More than a form's worth isn't kept.
const MOST_KEPT: usize = 256 * 1024;

impl Typed {
    /// One field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a field that may stand several times: boxes to tick.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    fn kept(self) -> Vec<(String, String)> {
        let mut room = MOST_KEPT;
        let fits = |(name, value): &(String, String)| {
            room = room.saturating_sub(name.len() + value.len());
            room > 0 && !SECRETS.contains(&name.as_str())
        };
        self.0.into_iter().filter(fits).collect()
    }
}

/// What the next page says once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Flash {
    /// The page it is for, without its query; on any other it is forgotten.
    pub page: String,
    /// The action's name: `orders/hold`.
    pub form: String,
    /// It is done.
    pub good: Option<String>,
    /// It was refused.
    pub error: Option<AppError>,
    /// What had been typed.
    pub typed: Vec<(String, String)>,
    /// Shown now and never again: recovery codes, a link.
    pub once: Vec<String>,
}

impl Flash {
    /// The one for this page, empty when there is none.
    pub fn here() -> Self {
        use_context().unwrap_or_default()
    }

    /// What had been typed into a field of this form; `None` when this form wasn't refused.
    pub fn value(&self, form: &str, field: &str) -> Option<String> {
        let mine = self.form == form && self.error.is_some();
        let found = self.typed.iter().find(|(name, _)| mine && name == field);
        found.map(|(_, value)| value.clone())
    }

    /// Does this form stand open again: something of it was wrong, or the second factor was asked for first?
    pub fn again(&self, form: &str) -> bool {
        let asks = |error: &AppError| match error {
            AppError::Invalid { .. } => true,
            AppError::Conflict { code, .. } => code == "step_up",
            _ => false,
        };
        self.form == form && self.error.as_ref().is_some_and(asks)
    }

    /// Had this been chosen in a field of this form that stands several times: boxes to tick?
    pub fn chose(&self, form: &str, field: &str, value: &str) -> bool {
        let mine = self.form == form && self.error.is_some();
        mine && self.typed.iter().any(|(name, typed)| name == field && typed == value)
    }

    /// What is wrong with a field of this form.
    pub fn wrong(&self, form: &str, field: &str) -> Option<String> {
        let Some(AppError::Invalid { fields }) = self.error.as_ref().filter(|_| self.form == form) else { return None };
        fields.iter().find(|wrong| wrong.field == field).map(|wrong| wrong.message.clone())
    }

    /// Was this form of this row refused? For a page with one form per row, which says the row in a field `row`.
    pub fn is_of(&self, form: &str, row: &str) -> bool {
        self.form == form && self.typed.iter().any(|(name, value)| name == "row" && value == row)
    }
}

/// A page that may be gone to: one of the desk's own.
pub fn desk_path(path: &str) -> Option<&str> {
    let own = path == "/desk" || path.starts_with("/desk/") || path.starts_with("/desk?");
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') && !path.contains("//");
    (own && plain && path.len() <= 2_000).then_some(path)
}

/// The member of staff this page is for.
pub fn staff() -> Option<Staff> {
    match use_context::<crate::ssr::RequestActor>()?.actor {
        Actor::Staff(staff) => Some(staff),
        _ => None,
    }
}

/// May the member of staff this page is for do it? For showing what can be done; the use case asks by itself.
pub fn may(act: Act) -> bool {
    staff().is_some_and(|staff| rights::may(&staff, act))
}

/// Must the second factor be shown again before this can be done?
pub fn must_step_up(cx: &Cx, act: Act) -> bool {
    let Actor::Staff(staff) = &cx.actor else { return true };
    act.right().step_up && !rights::is_fresh(staff.step_up_at, cx.services.clock.now())
}

impl Cx {
    /// A field of the posted form.
    pub fn typed(&self, name: &str) -> String {
        use_context::<Typed>().and_then(|typed| typed.get(name).map(str::to_owned)).unwrap_or_default()
    }

    /// Every value of a field of the posted form.
    pub fn all_typed(&self, name: &str) -> Vec<String> {
        use_context::<Typed>().map(|typed| typed.all(name)).unwrap_or_default()
    }

    /// The page the form says it stands on, if it is one of the desk's, else `page`.
    pub fn back(&self, page: &str) -> String {
        let back = self.typed("back");
        desk_path(&back).unwrap_or(page).to_owned()
    }

    /// Ends an action of the desk: `page` says that it is done, or what is wrong.
    pub async fn settle(&self, answer: Result<(), ServiceError>, page: &str, good: &str) -> Result<(), Failure> {
        match answer {
            Ok(()) => self.done(page, Some(good), Vec::new()).await,
            Err(error) => Err(self.refused(error, page).await),
        }
    }

    /// It is done: the page to go to says so, with what it shows this once.
    pub async fn done(&self, page: &str, good: Option<&str>, once: Vec<String>) -> Result<(), Failure> {
        if wants_page() {
            let flash = Flash {
                page: bare(page).to_owned(),
                form: form(),
                good: good.map(str::to_owned),
                once,
                ..Flash::default()
            };
            self.leave(&flash).await?;
            redirect(page);
        }
        Ok(())
    }

    /// It was refused: the page to go to says why, with what had been typed. Where the second factor is wanted, its page
    /// comes first.
    pub async fn refused(&self, error: ServiceError, page: &str) -> Failure {
        let first = match &error {
            ServiceError::StepUp => Some("/desk/step-up"),
            ServiceError::SignedOut => Some("/desk/sign-in"),
            _ => None,
        };
        let error = self.refuse(error);
        if wants_page() {
            let typed = use_context::<Typed>().unwrap_or_default().kept();
            let flash = Flash {
                page: bare(page).to_owned(),
                form: form(),
                error: Some(error.clone()),
                typed,
                ..Flash::default()
            };
            if let Err(failure) = self.leave(&flash).await {
                return failure;
            }
            match first {
                Some(first) => redirect(&format!("{first}?to={}", in_query(page))),
                None => redirect(page),
            }
        } else if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(status(&error));
            if let AppError::Busy { retry_after, .. } = error {
                response.insert_header(RETRY_AFTER, HeaderValue::from(retry_after));
            }
        }
        Failure(error)
    }

    async fn leave(&self, flash: &Flash) -> Result<(), Failure> {
        self.session.leave_flash(flash).await.map_err(|error| {
            let error = self.session_failed(&error);
            go_on(&format!("/desk?e={}", word(&error)));
            Failure(error)
        })
    }
}

/// A path without its query.
fn bare(page: &str) -> &str {
    page.split(['?', '#']).next().unwrap_or(page)
}

/// The action's name, as its address says it.
fn form() -> String {
    use_context::<Parts>()
        .and_then(|parts| parts.uri.path().strip_prefix("/desk/fn/").map(str::to_owned))
        .unwrap_or_default()
}

/// A path as a value in a query.
pub fn in_query(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
            }
        }
        out
    })
}

/// The word of a refusal that belongs to no field of its form.
pub fn trouble(flash: &Flash, lang: Lang) -> Option<String> {
    let error = flash.error.as_ref()?;
    match error {
        AppError::Invalid { fields } => {
            let form: Vec<&FieldError> = fields.iter().filter(|field| field.field == "form").collect();
            match (form.first(), fields.is_empty()) {
                (Some(first), _) => Some(first.message.clone()),
                (None, true) => Some(t::trouble_invalid(lang).to_owned()),
                (None, false) => Some(t::desk_look_below(lang).to_owned()),
            }
        }
        other => Some(crate::components::trouble_text(other, lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_desk_are_gone_to() {
        for fine in ["/desk", "/desk/orders", "/desk/orders?state=held&q=%EA", "/desk?e=busy"] {
            assert_eq!(desk_path(fine), Some(fine));
        }
        for other in [
            "",
            "/",
            "/orders",
            "//evil.example/desk",
            "/desk//evil",
            "https://evil.example",
            "/desk\\evil",
            "/deskx",
            "/desk/\r\nx",
        ] {
            assert_eq!(desk_path(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_secret_never_waits_in_a_session() {
        let typed = Typed(vec![
            ("login".into(), "minji".into()),
            ("password".into(), "구름 위를 걷는".into()),
            ("code".into(), "123456".into()),
            ("long".into(), "x".repeat(MOST_KEPT)),
        ]);
        assert_eq!(typed.kept(), [("login".to_owned(), "minji".to_owned())]);
    }
}
