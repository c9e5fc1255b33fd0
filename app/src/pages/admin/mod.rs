//! The back office's pages. They are plain HTML with forms; `desk.js` adds what a tired hand likes.

mod access;
mod audit;
mod bits;
mod dashboard;
mod exports;
mod frame;
mod manual;
mod order;
mod orders;
mod people;
mod risk;
mod shop;
mod system;
mod users;

pub use access::{CodePage, EnrolPage, InvitePage, MePage, SignInPage, StepUpPage};
pub use audit::AuditPage;
pub use bits::{AskedForm, ConfirmForm, DeskTime, DoButton, Notices, asked_id};
pub use dashboard::DashboardPage;
pub use exports::ExportsPage;
pub use frame::{Desk, Door, Place};
pub use manual::{ManualItemPage, ManualPage};
pub use order::{OrderDeskPage, RevealedPage};
pub use orders::OrdersPage;
pub use people::{CustomerPage, CustomersPage, PrivacyReviewPage};
pub use risk::{RiskBlocksPage, RiskCasePage, RiskQueuePage, RiskRulesPage, RiskRulesVersionPage};
pub use shop::{
    BrandPage, BrandsPage, ContentPage, DocumentPage, DocumentVersionPage, DocumentsPage, FeesPage, FormPreview,
    InquiriesPage, InquiryDeskPage, InquiryRevealedPage, NewBrandPage, NewNoticePage, NoticeEditPage, RatePage,
    RatesPage, RatesPreview, TextPreview,
};
pub use system::{HealthPage, JobsPage, KeysPage, SettingsPage};
pub use users::{UserPage, UsersPage};

use crate::pages::admin::frame::DeskProblem;
use crate::ssr::{Cx, redirect};
use domain::wire::AppError;
use leptos::prelude::*;
use std::future::Future;

/// Shows what was loaded, or the desk's page of the error; leads to the second factor or the sign-in where one is missing.
pub fn desk<T, F, V>(wanted: impl FnOnce(Cx) -> F, show: impl FnOnce(T) -> V + Send + 'static) -> impl IntoView
where
    T: Send + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
    V: IntoView + 'static,
{
    let loading = wanted(Cx::take());
    let here = leptos_router::hooks::use_location();
    let path = format!("{}{}", here.pathname.get_untracked(), here.search.get_untracked());
    Suspend::new(async move {
        match loading.await {
            Ok(loaded) => show(loaded).into_any(),
            Err(AppError::Conflict { code, .. }) if code == "step_up" => {
                redirect(&format!("/desk/step-up?to={}", crate::desk::in_query(&path)));
                ().into_any()
            }
            Err(AppError::Conflict { code, .. }) if code == "signed_out" => {
                redirect("/desk/sign-in");
                ().into_any()
            }
            Err(error) => view! { <DeskProblem error/> }.into_any(),
        }
    })
}

/// Nothing of that name at the desk.
#[component]
pub fn DeskNotFound() -> impl IntoView {
    view! { <DeskProblem error=AppError::NotFound/> }
}
