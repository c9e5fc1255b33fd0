//! The shop's screens.

mod content;
mod inquiry;
mod landing;
mod landing_parts;
mod lookup;
mod my_data;
mod order;
mod sell;
mod styleguide;
mod styleguide_samples;

pub use content::{FaqPage, GuidePage, NoticePage, NoticesPage, PrivacyPage, TermsPage};
pub use inquiry::InquiryPage;
pub use landing::LandingPage;
pub use lookup::LookupPage;
pub use my_data::MyDataPage;
pub use order::OrderPage;
pub use sell::{ConfirmPage, QuotePage, VouchersPage, YouPage};
pub use styleguide::StyleguidePage;
