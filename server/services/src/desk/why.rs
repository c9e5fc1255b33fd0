//! The reason somebody gives for what they do.

use crate::ServiceError;
use crate::shop::kept;
use domain::Lang;

/// A reason shorter than this says nothing.
const LEAST: usize = 4;

domain::messages! {
    fn missing() { ko: "이유를 4자 이상 적어 주세요. 감사 로그에 남아요.", en: "Give a reason of at least 4 characters. It goes into the audit log." }
}

/// The reason as it is kept.
///
/// Errors: [`ServiceError::Invalid`] at the field `reason`.
pub(crate) fn reason(typed: &str, lang: Lang) -> Result<String, ServiceError> {
    let reason = kept(typed.trim(), 500);
    if reason.chars().filter(|c| !c.is_whitespace()).count() < LEAST {
        return Err(ServiceError::invalid("reason", "missing", missing(lang)));
    }
    Ok(reason)
}
