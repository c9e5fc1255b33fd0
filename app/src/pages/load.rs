//! A page waits for its data before anything is sent, so that its status and its redirects are exact.

use crate::pages::problem::Failed;
use crate::ssr::Cx;
use domain::wire::AppError;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::future::Future;

/// Shows what was loaded, or the page of the error.
pub fn load<T, F, V>(wanted: impl FnOnce(Cx) -> F, show: impl FnOnce(T) -> V + Send + 'static) -> impl IntoView
where
    T: Send + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
    V: IntoView + 'static,
{
    let loading = wanted(Cx::take());
    Suspend::new(async move {
        match loading.await {
            Ok(loaded) => show(loaded).into_any(),
            Err(error) => view! { <Failed error/> }.into_any(),
        }
    })
}

/// A value of the address's query.
pub fn query(name: &str) -> Option<String> {
    use_query_map().with_untracked(|query| query.get(name)).filter(|value| !value.is_empty())
}
