//! What a reader finds where a person's data was erased when its time was over: a word, never an error.

use crate::ServiceError;
use domain::Lang;
use store::StoreError;

domain::messages! {
    /// Stands where the value stood.
    pub fn erased() { ko: "지워짐", en: "Erased" }
    /// Answers an act that needs the value.
    pub fn gone() { ko: "보관 기간이 지나 지운 정보예요. 다시 볼 수 없어요.", en: "This was erased when its time was over. It can't be shown any more." }
}

/// The value, unless it was erased.
pub(crate) fn if_kept<T>(opened: Result<T, ServiceError>) -> Result<Option<T>, ServiceError> {
    match opened {
        Ok(value) => Ok(Some(value)),
        Err(ServiceError::Store(StoreError::Erased { .. })) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The value's mask, or the word that stands for what was erased.
pub(crate) fn shown<T>(
    opened: Result<T, ServiceError>,
    lang: Lang,
    mask: impl FnOnce(&T) -> String,
) -> Result<String, ServiceError> {
    Ok(if_kept(opened)?.map_or_else(|| erased(lang).to_owned(), |value| mask(&value)))
}

/// For an act that needs the value: it can't be done any more, and why.
pub(crate) fn needed<T>(opened: Result<T, ServiceError>, lang: Lang) -> Result<T, ServiceError> {
    if_kept(opened)?.ok_or_else(|| ServiceError::Conflict { code: "erased", message: gone(lang).to_owned() })
}
