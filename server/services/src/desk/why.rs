//! The reason somebody gives for what they do.

use crate::ServiceError;
use crate::shop::kept;
use domain::Lang;

/// A reason shorter than this says nothing.
const LEAST: usize = 4;

domain::messages! {
    fn missing() { ko: "이유를 4자 이상 적어 주세요. 감사 로그에 남아요.", en: "Give a reason of at least 4 characters. It goes into the audit log." }
}

/// The reason as it is kept: the one rule for every act that asks for one.
///
/// Errors: [`ServiceError::Invalid`] at the field.
pub(crate) fn reason(typed: &str, lang: Lang) -> Result<String, ServiceError> {
    at("reason", typed, lang)
}

/// The same for a field of another name.
pub(crate) fn at(field: &str, typed: &str, lang: Lang) -> Result<String, ServiceError> {
    let reason = kept(typed.trim(), 500);
    if reason.chars().filter(|c| !c.is_whitespace()).count() < LEAST {
        return Err(ServiceError::invalid(field, "missing", missing(lang)));
    }
    Ok(reason)
}
