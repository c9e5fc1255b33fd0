//! Errors of use cases: they say who must act.

use domain::wire::{AppError, FieldError};

/// Why a use case did not do what was asked. Nothing is half written when one is returned.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The asker can mend it.
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    /// Nothing of that name, or nothing this actor may see.
    #[error("not found")]
    NotFound,
    /// Known, but not allowed.
    #[error("forbidden")]
    Forbidden,
    /// The session has ended meanwhile.
    #[error("signed out")]
    SignedOut,
    /// Allowed, but the second factor must be shown again first.
    #[error("the second factor must be shown again")]
    StepUp,
    /// Somebody else was faster; the code says at what, the message is for the reader.
    #[error("conflict: {code}")]
    Conflict { code: &'static str, message: String },
    /// Too many tries.
    #[error("busy, retry after {retry_after} s")]
    Busy { retry_after: u32, message: String },
    /// The store failed or holds nonsense.
    #[error("store: {0}")]
    Store(#[from] store::StoreError),
    /// Something that can't happen did.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<domain::Refused> for ServiceError {
    fn from(refused: domain::Refused) -> Self {
        Self::Internal(refused.to_string())
    }
}

impl ServiceError {
    /// One field, one reason.
    pub fn invalid(field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), code: code.into(), message: message.into() }])
    }

    /// What a screen is told. An internal error is logged here, once, under the reference the customer sees.
    pub fn into_app(self, reference: impl FnOnce() -> String) -> AppError {
        match self {
            Self::Invalid(fields) => AppError::Invalid { fields },
            // Of what was erased, whoever can say more has said it before (`crate::erased`).
            Self::NotFound | Self::Store(store::StoreError::Erased { .. }) => AppError::NotFound,
            Self::Forbidden => AppError::Forbidden,
            // Both are told apart by their codes; the desk leads to the page that mends it.
            Self::StepUp => AppError::Conflict { code: "step_up".to_owned(), message: String::new() },
            Self::SignedOut => AppError::Conflict { code: "signed_out".to_owned(), message: String::new() },
            Self::Conflict { code, message } => AppError::Conflict { code: code.to_owned(), message },
            Self::Busy { retry_after, message } => AppError::Busy { retry_after, message },
            error @ (Self::Store(_) | Self::Internal(_)) => {
                let reference = reference();
                tracing::error!(reference, %error, "a use case failed");
                AppError::Internal { reference }
            }
        }
    }
}
