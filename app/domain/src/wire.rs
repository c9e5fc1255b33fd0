//! What the server tells a screen: plain data, already masked, already in the reader's language.
//!
//! These types cross the wire between a server function and an island. A full phone number, account number or
//! PIN never appears here, with one exception: [`SellRow::pin`] goes back to the customer who typed it, over
//! `no-store` pages only, so that a mistyped number can be mended.

pub mod desk;

use crate::form::FormSchema;
use crate::{Lang, Timestamp, Won};
use serde::{Deserialize, Serialize};

/// One thing wrong with one field: what it is and how to mend it, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Name of the form's field; `rows.<id>.pin` for a voucher row, `form` when no single field is to blame.
    pub field: String,
    /// Stable `snake_case` word for programs and tests.
    pub code: String,
    /// Plain words: what is wrong and what to do.
    pub message: String,
}

/// Everything a screen can be told instead of an answer. Says who must act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum AppError {
    /// The customer can mend it: the fields and the cure.
    #[error("invalid input")]
    Invalid { fields: Vec<FieldError> },
    /// Nothing of that name, or nothing this person may see; the two are not told apart.
    #[error("not found")]
    NotFound,
    /// Known, but not allowed.
    #[error("forbidden")]
    Forbidden,
    /// Somebody else, or another tab, was faster; `code` says at what.
    #[error("conflict: {code}")]
    Conflict { code: String, message: String },
    /// Too many tries; wait this many seconds.
    #[error("busy for {retry_after} s")]
    Busy { retry_after: u32, message: String },
    /// Our fault. Logged once under this reference.
    #[error("internal error {reference}")]
    Internal { reference: String },
}

impl AppError {
    /// One field, one reason.
    pub fn invalid(field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { fields: vec![FieldError { field: field.into(), code: code.into(), message: message.into() }] }
    }
}

/// What the landing shows. The same for everybody, so it may be kept and shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LandingView {
    pub brands: Vec<BrandTile>,
    pub rates: Vec<RateRow>,
    /// The newest `effective_from` of the rates shown.
    pub rates_updated_at: Timestamp,
    /// Real payouts only, at least ten minutes old; empty when fewer than five.
    pub feed: Vec<FeedRow>,
    pub hours: ServiceHours,
    pub notices: Vec<NoticeLine>,
    pub fees: FeeTable,
}

/// The fee per order, once, by speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeTable {
    pub instant: Won,
    pub next_morning: Won,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrandStatus {
    Accepting,
    Paused,
    Stopped,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrandTile {
    pub brand: String,
    pub name: String,
    /// One line under the name: the format, or why it stopped.
    pub note: String,
    pub status: BrandStatus,
    /// Best rate over all face bands, basis points; `None` when nothing is bought.
    pub best_rate_bp: Option<u32>,
    /// Faces offered as quick choices, won, ascending.
    pub faces: Vec<Won>,
    /// Two letters and a hue for the tile's mark, instead of somebody's logo.
    pub initials: String,
    pub hue: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateRow {
    pub brand: String,
    pub name: String,
    pub status: BrandStatus,
    pub bands: Vec<RateBand>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateBand {
    pub face_min: Won,
    pub face_max: Won,
    pub basis_points: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedRow {
    /// Its name.
    pub brand: String,
    pub qty: u32,
    /// Rounded down to a bucket.
    pub amount: Won,
    /// Surname and stars.
    pub who: String,
    pub paid_at: Timestamp,
}

/// When we work: people at their desk, and banks that can't be paid right now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceHours {
    pub desk: DeskHours,
    /// The banks resting now, from the bank-hours table; empty when all are open.
    pub resting: Vec<RestingBank>,
}

/// A bank at rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestingBank {
    pub name: String,
    /// When it opens again.
    pub until: Timestamp,
}

/// From and to which full hour, Korean time, people look at vouchers on weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskHours {
    pub from: u8,
    pub to: u8,
}

impl Default for DeskHours {
    fn default() -> Self {
        Self { from: 9, to: 18 }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    pub slug: String,
    pub title: String,
    pub published_at: Timestamp,
}

/// A notice, an FAQ entry or a document; `html` is sanitised on save and again here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    pub slug: String,
    pub title: String,
    pub html: String,
    pub published_at: Timestamp,
    pub version: u32,
}

/// The four steps of selling, each with its URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SellStep {
    Vouchers,
    Quote,
    You,
    Confirm,
}

impl SellStep {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Vouchers, Self::Quote, Self::You, Self::Confirm];

    /// The step's own address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Vouchers => "/sell",
            Self::Quote => "/sell/quote",
            Self::You => "/sell/you",
            Self::Confirm => "/sell/confirm",
        }
    }
}

/// How soon the customer is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speed {
    /// At once, with the fee.
    #[default]
    Instant,
    /// On the next business morning, without.
    NextMorning,
}

/// The whole state of one sale in the making. Every sell action answers with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellView {
    /// The furthest step that may be opened now.
    pub reached: SellStep,
    pub rows: Vec<SellRow>,
    /// What the last paste did; shown once.
    pub paste: Option<PasteReport>,
    /// Brands that can be chosen for a row or typed by form, with their fields.
    pub brands: Vec<BrandChoice>,
    pub speed: Speed,
    pub quote: Option<QuoteView>,
    /// Set when a new quote differs from the one the customer saw: (before, now), net won.
    pub requoted: Option<(Won, Won)>,
    pub you: YouView,
    pub consents: Vec<ConsentView>,
    /// What is wrong, by field; values are kept.
    pub errors: Vec<FieldError>,
    /// Made when the draft was opened; a double submit carries the same one.
    pub submit_key: String,
    /// The server's clock when this was made, so that count-downs agree on both sides.
    pub now: Timestamp,
    /// Set once the order exists: go to `/orders/{code}`.
    pub order_code: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellRow {
    /// Stable within the draft.
    pub id: u32,
    pub brand: String,
    pub brand_name: String,
    /// Brand was guessed from the shape, not from a name.
    pub guessed: bool,
    /// The customer's own number; the page hides it until its field has the focus.
    pub pin: String,
    /// First and last group only, for reading.
    pub pin_masked: String,
    /// Companion fields by name: `auth_code`, `issue_date`, `security_code`, `gift_number`.
    pub companion: Vec<(String, String)>,
    /// Claimed face; `None` until the customer chooses one.
    pub face: Option<Won>,
    /// In plain words; empty when the row is ready.
    pub problems: Vec<FieldError>,
    /// Its brand isn't bought now: it stays in sight and counts nowhere.
    pub left_out: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasteReport {
    pub found: u32,
    pub duplicates: u32,
    /// Numbers that look like vouchers and can't be: masked, cut, too long, impossible start; in plain words.
    pub refused: Vec<String>,
    /// One sentence that says what was found or what was looked for.
    pub summary: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrandChoice {
    pub brand: String,
    pub name: String,
    pub status: BrandStatus,
    pub faces: Vec<Won>,
    pub form: FormSchema,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteView {
    pub lines: Vec<QuoteLine>,
    pub total_face: Won,
    /// Before the fee.
    pub gross: Won,
    pub fee: Won,
    pub net: Won,
    pub valid_until: Timestamp,
    /// When the money is expected, in words that know the bank's hours.
    pub eta: String,
    /// The same for the speed that isn't chosen.
    pub eta_other: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    pub row: u32,
    pub brand: String,
    pub brand_name: String,
    pub face: Won,
    pub rate_bp: u32,
    /// `floor(face × rate)`.
    pub net: Won,
}

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct YouView {
    pub name: String,
    /// As typed by this customer, in their own draft.
    pub phone: String,
    pub phone_proved: bool,
    /// A code is on its way: until when it may be typed, and from when another may be asked for.
    pub code_until: Option<Timestamp>,
    pub resend_after: Option<Timestamp>,
    pub tries_left: Option<u32>,
    /// The bank's name, or what was typed while that names none.
    pub bank: String,
    /// It rests now, and until when.
    pub bank_warning: Option<String>,
    /// As typed by this customer, in their own draft.
    pub account: String,
    pub account_masked: String,
    /// Soft: the number doesn't look like this bank's, but may be right.
    pub account_warning: Option<String>,
    pub holder: String,
    pub holder_check: HolderCheck,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolderCheck {
    #[default]
    NotChecked,
    Matched,
    Differs,
    /// The bank didn't answer; the order is still taken and checked before paying.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentView {
    /// `consent_terms`, `consent_privacy`, `consent_own_voucher`, `consent_marketing`.
    pub kind: String,
    pub title: String,
    pub html: String,
    pub required: bool,
    pub version: u32,
    pub granted: bool,
}

/// The customer's view of one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    pub code: String,
    pub steps: Vec<StepView>,
    pub headline: String,
    /// Whose turn it is and the one thing to do; empty when nothing.
    pub advice: String,
    pub items: Vec<OrderItemView>,
    pub speed: Speed,
    /// What was quoted when the order was made.
    pub quoted: Won,
    /// Fixed by the settlement; until then what is expected of the vouchers that are still good: `gross` − `fee`.
    pub gross: Won,
    pub fee: Won,
    pub payable: Won,
    pub paid: bool,
    /// All is said: nothing will change any more.
    pub finished: bool,
    pub eta: Option<String>,
    /// "확인 필요": when we look again.
    pub next_check_at: Option<Timestamp>,
    pub bank_name: String,
    pub account_masked: String,
    pub holder_masked: String,
    pub name_masked: String,
    pub phone_masked: String,
    pub can_cancel: bool,
    pub can_resend_failed: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Grows with every change; the live page asks for what is newer.
    pub revision: i64,
    pub now: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Done,
    Current,
    Waiting,
    Unknown,
    Stopped,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    pub label: String,
    pub state: StepState,
    pub at: Option<Timestamp>,
}

/// What became of one voucher, for its chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemTone {
    Waiting,
    Busy,
    Good,
    Bad,
    Unknown,
    /// Waits for one of the staff; only the desk says so.
    Person,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItemView {
    pub id: String,
    pub brand_name: String,
    pub pin_masked: String,
    pub tone: ItemTone,
    /// 정상 / 사용됨 / 번호오류 / 잔액부족 / 확인필요 …
    pub result: String,
    /// One sentence more; may be empty.
    pub detail: String,
    pub claimed_face: Won,
    pub verified_face: Option<Won>,
    pub net: Option<Won>,
}

/// A line of the lookup's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub code: String,
    pub headline: String,
    pub items: u32,
    /// `None` when nothing is paid: cancelled, or not one voucher was good.
    pub amount: Option<Won>,
    pub created_at: Timestamp,
    pub finished: bool,
}

/// The lookup page: phone, code, list.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookupView {
    pub phone: String,
    pub code_until: Option<Timestamp>,
    pub resend_after: Option<Timestamp>,
    pub proved: bool,
    pub orders: Vec<OrderLine>,
    pub errors: Vec<FieldError>,
    pub now: Timestamp,
}

/// The inquiry form.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryView {
    pub name: String,
    pub phone: String,
    pub body: String,
    pub sent: bool,
    pub errors: Vec<FieldError>,
}

/// A calculator's answer on the landing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlanceView {
    pub paste: PasteReport,
    /// Brand name, masked PIN, face if the text said one, net if it can be priced.
    pub rows: Vec<GlanceRow>,
    /// After the fee of the usual speed, as the quote will say it; `None` while nothing can be priced.
    pub net: Option<Won>,
    pub fee: Won,
    /// Without a face that has a price.
    pub unpriced: u32,
    /// Of brands that aren't bought now.
    pub left_out: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlanceRow {
    pub brand_name: String,
    pub pin_masked: String,
    pub face: Option<Won>,
    pub net: Option<Won>,
    pub left_out: bool,
}

/// What holds a person or a number in clear is written to a log as no more than this.
macro_rules! sparing_debug {
    ($($name:ident { $($shown:ident),* })+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($shown), &self.$shown))*.finish_non_exhaustive()
            }
        }
    )+};
}
sparing_debug! {
    SellRow { id, brand, pin_masked, face }
    YouView { phone_proved, tries_left, holder_check }
    LookupView { proved, code_until }
    InquiryView { sent }
}

/// Which language the reader has chosen; kept here so that every view module says it the same way.
pub fn html_lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => "ko",
        Lang::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_person_is_in_a_debug_line() {
        let secret = || "4180111122223333".to_owned();
        let row = SellRow {
            id: 7,
            brand: "cultureland".to_owned(),
            brand_name: "컬쳐랜드".to_owned(),
            guessed: false,
            pin: secret(),
            pin_masked: "4180-••••".to_owned(),
            companion: vec![("auth_code".to_owned(), secret())],
            face: None,
            problems: Vec::new(),
            left_out: false,
        };
        let you =
            YouView { name: secret(), phone: secret(), account: secret(), holder: secret(), ..YouView::default() };
        let lookup = LookupView { phone: secret(), ..LookupView::default() };
        let inquiry = InquiryView { name: secret(), phone: secret(), body: secret(), ..InquiryView::default() };
        let line = format!("{row:?} {you:?} {lookup:?} {inquiry:?}");
        assert!(!line.contains(&secret()) && line.contains("id: 7"), "{line}");
    }
}
