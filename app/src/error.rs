//! What a server function answers when it doesn't answer.

use crate::components::is_reference;
use domain::wire::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// [`AppError`] on its way to the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(transparent)]
#[error(transparent)]
pub struct Failure(pub AppError);

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    /// The framework's own errors. Their texts tell of our insides and stay here.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(reason) | ServerFnErrorErr::Deserialization(reason) => {
                tracing::debug!(reason, "a form could not be read");
                let error = AppError::Invalid { fields: Vec::new() };
                if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
                    response.set_status(status(&error));
                }
                Self(error)
            }
            ServerFnErrorErr::MissingArg(_) => Self(AppError::Invalid { fields: Vec::new() }),
            other => {
                let reference = crate::ssr::request_id();
                tracing::error!(reference, error = %other, "a server function could not run");
                Self(AppError::Internal { reference })
            }
        }
    }
}

/// The HTTP status that says the same.
pub fn status(error: &AppError) -> axum::http::StatusCode {
    use axum::http::StatusCode;
    match error {
        AppError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Forbidden => StatusCode::FORBIDDEN,
        AppError::Conflict { .. } => StatusCode::CONFLICT,
        AppError::Busy { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What a plain form's redirect carries: the error's word, from which the page looks its text up again, and after a dot
/// the reference its log line is found by.
pub fn word(error: &AppError) -> String {
    match error {
        AppError::Internal { reference } if is_reference(reference) => format!("{}.{reference}", code(error)),
        _ => code(error).to_owned(),
    }
}

const fn code(error: &AppError) -> &'static str {
    match error {
        AppError::Invalid { .. } => "invalid",
        AppError::NotFound => "gone",
        AppError::Forbidden => "forbidden",
        AppError::Conflict { .. } => "conflict",
        AppError::Busy { .. } => "busy",
        AppError::Internal { .. } => "internal",
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
mod tests {
    use super::*;
    use crate::components::trouble_from_code;

    #[test]
    fn a_plain_forms_page_gets_the_error_with_its_reference() {
        for reference in ["9f3a0c11", "0b6fd2a0-6f0c-4d3b-9d3b-1e2f3a4b5c6d", ""] {
            let error = AppError::Internal { reference: reference.to_owned() };
            assert_eq!(trouble_from_code(&word(&error)), Some(error));
        }
        assert_eq!(word(&AppError::Internal { reference: "a&b".to_owned() }), "internal");
        assert_eq!(word(&AppError::Forbidden), "forbidden");
    }

    #[test]
    fn a_framework_error_is_found_again_by_the_requests_number() {
        let request = axum::http::Request::builder().header("x-request-id", "0b6f-d2a0").body(()).unwrap();
        Owner::new().with(|| {
            provide_context(request.into_parts().0);
            let failure = Failure::from_server_fn_error(ServerFnErrorErr::ServerError("insides".to_owned()));
            assert_eq!(failure.0, AppError::Internal { reference: "0b6f-d2a0".to_owned() });
        });
    }
}
