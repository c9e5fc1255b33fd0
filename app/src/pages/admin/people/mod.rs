//! Customers and their data.

mod customer;
mod customers;
mod privacy;

pub use customer::CustomerPage;
pub use customers::CustomersPage;
pub use privacy::PrivacyPage as PrivacyReviewPage;

use crate::components::TextField;
use crate::desk::Flash;
use crate::text as t;
use domain::Lang;
use leptos::prelude::*;

/// The reason's field of a form.
#[component]
pub fn ReasonField(
    /// Names the field on its page.
    #[prop(into)]
    id: String,
    form: &'static str,
    lang: Lang,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let flash = Flash::here();
    view! {
        <TextField
            id
            name="reason"
            label=label.unwrap_or_else(|| t::desk_reason(lang).to_owned())
            help=t::desk_reason_help(lang)
            value=flash.value(form, "reason").unwrap_or_default()
            error=flash.wrong(form, "reason")
            maxlength=500
            required=true
        />
    }
}

/// Was this form refused on the page before?
pub fn refused(form: &str) -> bool {
    let flash = Flash::here();
    flash.form == form && flash.error.is_some()
}
