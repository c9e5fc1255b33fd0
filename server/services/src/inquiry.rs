//! The inquiry form.

use crate::shop::{address_hashes, kept, one_at_a_time, visitor};
use crate::{Actor, ServiceError, Services, text};
use domain::secret::PersonName;
use domain::wire::{FieldError, InquiryView};
use domain::{InquiryId, Phone, Span};
use store::inquiries::{self, NewInquiry};

/// Fewest and most characters of an inquiry.
const SHORTEST: usize = 10;
const LONGEST: usize = 2000;
/// The time over which inquiries of one address are counted.
const COUNTED_OVER: Span = Span::hours(1);

/// The form as posted.
#[derive(Clone, Default)]
pub struct InquiryInput {
    /// Who asks.
    pub name: String,
    /// Where to answer.
    pub phone: String,
    /// What is asked.
    pub body: String,
    /// The field no person sees. Filled in: answered like any other and not stored.
    pub trap: String,
}

/// Checks and stores one inquiry. Wrong fields and too many inquiries come back in the view, values kept.
pub async fn send(services: &Services, actor: &Actor, input: InquiryInput) -> Result<InquiryView, ServiceError> {
    let visitor = visitor(actor)?;
    let lang = visitor.lang;
    let body: String = input.body.replace("\r\n", "\n").trim().to_owned();
    let mut errors = Vec::new();
    let mut wrong = |field: &str, code: &str, message: String| {
        errors.push(FieldError { field: field.to_owned(), code: code.to_owned(), message });
    };
    let name = PersonName::parse(&input.name).map_err(|problem| wrong("name", problem.code(), problem.text(lang))).ok();
    let phone = Phone::parse(&input.phone).map_err(|problem| wrong("phone", problem.code(), problem.text(lang))).ok();
    match body.chars().count() {
        got if got < SHORTEST => wrong("body", "too_short", text::inquiry_short(lang).to_owned()),
        got if got > LONGEST => wrong("body", "too_long", text::inquiry_long(lang, LONGEST, got)),
        _ => {}
    }
    let sent = InquiryView { sent: true, ..InquiryView::default() };
    if let (Some(name), Some(phone), true) = (name, phone, errors.is_empty()) {
        if !input.trap.trim().is_empty() {
            tracing::info!("an inquiry with the hidden field filled in was not stored");
            return Ok(sent);
        }
        if write(services, &visitor.address, &name, &phone, &body).await? {
            return Ok(sent);
        }
        let message = text::inquiry_limited(lang).to_owned();
        errors.push(FieldError { field: "form".to_owned(), code: "too_many".to_owned(), message });
    }
    Ok(InquiryView {
        name: kept(&input.name, 100),
        phone: kept(&input.phone, 40),
        body: body.chars().take(LONGEST * 2).collect(),
        sent: false,
        errors,
    })
}

/// Stores it; `false` when this address has sent too many.
async fn write(
    services: &Services,
    address: &str,
    name: &PersonName,
    phone: &Phone,
    body: &str,
) -> Result<bool, ServiceError> {
    let now = services.clock.now();
    let id = InquiryId::from_bytes(services.chance.id(now));
    let seal = |column: &str, plain: &str| services.keys.seal(inquiries::TABLE, column, id.bytes(), plain.as_bytes());
    let from = address_hashes(services, address);
    let new = NewInquiry {
        id,
        name_enc: seal("name_enc", name.expose())?,
        phone_enc: seal("phone_enc", phone.expose())?,
        phone_hmac: services.keys.phone_hash(phone),
        body_enc: seal("body_enc", body)?,
        address_hmac: from[0],
        created_at: now,
    };
    let limits = crate::catalogue::shelf(services).await?.limits;
    let mut tx = services.db.begin().await?;
    one_at_a_time(&mut tx, &[from[0]]).await?;
    let already = inquiries::count_by_address(&mut tx, from, now.minus(COUNTED_OVER)).await?;
    if already >= limits.inquiries_per_address {
        tx.rollback().await?;
        return Ok(false);
    }
    inquiries::insert(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(true)
}
