//! The shop's desks: brands, rates and fees, notices and questions, documents, inquiries.

mod bits;
mod brands;
mod content;
mod documents;
mod fees;
mod inquiries;
mod rates;

pub use brands::{BrandPage, BrandsPage, FormPreview, NewBrandPage};
pub use content::{ContentPage, NewNoticePage, NoticeEditPage, TextPreview};
pub use documents::{DocumentPage, DocumentVersionPage, DocumentsPage};
pub use fees::FeesPage;
pub use inquiries::{InquiriesPage, InquiryDeskPage, InquiryRevealedPage};
pub use rates::{RatePage, RatesPage, RatesPreview};

/// The last part of the page's address.
fn param(name: &str) -> String {
    use leptos::prelude::WithUntracked as _;
    leptos_router::hooks::use_params_map().with_untracked(|params| params.get(name)).unwrap_or_default()
}
