//! Every page's address.

use crate::pages::admin::{
    AuditPage, BrandPage, BrandsPage, CodePage, ContentPage, CustomerPage, CustomersPage, DashboardPage, DeskNotFound,
    DocumentPage, DocumentVersionPage, DocumentsPage, EnrolPage, ExportsPage, FeesPage, HealthPage, InquiriesPage,
    InquiryDeskPage, InquiryRevealedPage, InvitePage, JobsPage, KeysPage, ManualItemPage, ManualPage, MePage,
    NewBrandPage, NewNoticePage, NoticeEditPage, OrderDeskPage, OrdersPage, PrivacyReviewPage, RatePage, RatesPage,
    RevealedPage, RiskBlocksPage, RiskCasePage, RiskQueuePage, RiskRulesPage, RiskRulesVersionPage, SettingsPage,
    SignInPage, StepUpPage, UserPage, UsersPage,
};
use crate::pages::customer::{
    ConfirmPage, FaqPage, GuidePage, InquiryPage, LandingPage, LookupPage, MyDataPage, NoticePage, NoticesPage,
    OrderPage, PrivacyPage, QuotePage, StyleguidePage, TermsPage, VouchersPage, YouPage,
};
use crate::pages::problem::NotFound;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// The shop. Routed on the server only: a page is asked for whole, its islands wake by themselves. Every page waits
/// for its data ([`SsrMode::Async`]), so that a missing order is a 404 and a moved step a redirect.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFound/> }>
                <Route path=path!("/") view=LandingPage ssr=SsrMode::Async/>
                <Route path=path!("/sell") view=VouchersPage ssr=SsrMode::Async/>
                <Route path=path!("/sell/quote") view=QuotePage ssr=SsrMode::Async/>
                <Route path=path!("/sell/you") view=YouPage ssr=SsrMode::Async/>
                <Route path=path!("/sell/confirm") view=ConfirmPage ssr=SsrMode::Async/>
                <Route path=path!("/orders") view=LookupPage ssr=SsrMode::Async/>
                <Route path=path!("/orders/my/data") view=MyDataPage ssr=SsrMode::Async/>
                <Route path=path!("/orders/:code") view=OrderPage ssr=SsrMode::Async/>
                <Route path=path!("/notices") view=NoticesPage ssr=SsrMode::Async/>
                <Route path=path!("/notices/:slug") view=NoticePage ssr=SsrMode::Async/>
                <Route path=path!("/faq") view=FaqPage ssr=SsrMode::Async/>
                <Route path=path!("/guide") view=GuidePage ssr=SsrMode::Async/>
                <Route path=path!("/terms") view=TermsPage ssr=SsrMode::Async/>
                <Route path=path!("/privacy") view=PrivacyPage ssr=SsrMode::Async/>
                <Route path=path!("/inquiry") view=InquiryPage ssr=SsrMode::Async/>
                <Route path=path!("/desk") view=DashboardPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/orders") view=OrdersPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/exports") view=ExportsPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/sign-in/code") view=CodePage ssr=SsrMode::Async/>
                <Route path=path!("/desk/sign-in/enrol") view=EnrolPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/invite/:token") view=InvitePage ssr=SsrMode::Async/>
                <Route path=path!("/desk/step-up") view=StepUpPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/me") view=MePage ssr=SsrMode::Async/>
                <Route path=path!("/desk/users") view=UsersPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/users/:id") view=UserPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/risk") view=RiskQueuePage ssr=SsrMode::Async/>
                <Route path=path!("/desk/risk/cases/:code") view=RiskCasePage ssr=SsrMode::Async/>
                <Route path=path!("/desk/risk/blocks") view=RiskBlocksPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/risk/rules") view=RiskRulesPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/risk/rules/:version") view=RiskRulesVersionPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/customers") view=CustomersPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/customers/:token") view=CustomerPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/privacy") view=PrivacyReviewPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/settings") view=SettingsPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/keys") view=KeysPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/jobs") view=JobsPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/health") view=HealthPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/audit") view=AuditPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/brands") view=BrandsPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/brands/new") view=NewBrandPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/brands/:brand") view=BrandPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/rates") view=RatesPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/rates/:brand") view=RatePage ssr=SsrMode::Async/>
                <Route path=path!("/desk/fees") view=FeesPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/content") view=ContentPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/content/new") view=NewNoticePage ssr=SsrMode::Async/>
                <Route path=path!("/desk/content/:id") view=NoticeEditPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/documents") view=DocumentsPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/documents/:kind") view=DocumentPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/documents/:kind/:version") view=DocumentVersionPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/inquiries") view=InquiriesPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/inquiries/:id") view=InquiryDeskPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/inquiries/:id/revealed") view=InquiryRevealedPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/orders/:code") view=OrderDeskPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/orders/:code/revealed") view=RevealedPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/manual") view=ManualPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/manual/:item") view=ManualItemPage ssr=SsrMode::Async/>
                <Route path=path!("/desk/*any") view=DeskNotFound ssr=SsrMode::Async/>
                <Route path=path!("/styleguide") view=StyleguidePage ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}
