//! Showing what is hidden: a voucher's number, or a customer's name, phone or account, for half a minute.
//!
//! The story. A person gives a reason and posts it ([`reveal`]): the right, a fresh second factor and the count of the
//! last hour are asked with their account's row held, and the line of the audit log is written. What comes back is only
//! that line's name. The next page shows the value ([`revealed`]) to the very session that left the line, and leads back
//! thirty seconds after the line. So no plain value waits in a session, stands in an address or in a log, and the
//! line is there before anything is seen; a crash in between leaves a line about something nobody saw.

use super::{TARGET, find, id_of, words};
use crate::desk::why;
use crate::erased::needed;
use crate::item as order_item;
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, Staff, order};
use domain::wire::desk::RevealedView;
use domain::{AuditId, ItemId, Lang, Span, Timestamp};
use serde_json::json;
use store::audit::{AuditKind, AuditLine};
use store::{items, orders, views};

/// Values one person may reveal in an hour.
pub const REVEALS_PER_HOUR: u32 = 40;
/// From here on the log warns.
const MANY: u32 = 25;
const COUNTED_OVER: Span = Span::hours(1);
/// How long after its line a value is shown, however often its page is made.
const SHOWN: Span = Span::seconds(30);

/// What is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revealing {
    /// A voucher's number with what stands beside it.
    Pin(ItemId),
    /// The applicant.
    Name,
    /// Their phone.
    Phone,
    /// The account's number and its holder.
    Account,
}

impl Revealing {
    /// From a form: `name`, `phone`, `account`, or a voucher's id.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "name" => Some(Self::Name),
            "phone" => Some(Self::Phone),
            "account" => Some(Self::Account),
            item => item.parse().ok().map(Self::Pin),
        }
    }

    const fn act(self) -> Act {
        match self {
            Self::Pin(_) => Act::RevealPin,
            Self::Name | Self::Phone | Self::Account => Act::RevealPerson,
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::Pin(_) => "reveal.pin",
            Self::Name | Self::Phone | Self::Account => "reveal.person",
        }
    }

    fn word(self) -> String {
        match self {
            Self::Pin(item) => item.to_string(),
            Self::Name => "name".to_owned(),
            Self::Phone => "phone".to_owned(),
            Self::Account => "account".to_owned(),
        }
    }
}

/// Leaves the line, and gives what opens the value's page once.
///
/// Errors: [`ServiceError::StepUp`]; [`ServiceError::Busy`] after too many within the hour; [`ServiceError::Conflict`]
/// when the value was erased.
pub async fn reveal(
    services: &Services,
    actor: &Actor,
    code: &str,
    what: Revealing,
    typed: &str,
) -> Result<AuditId, ServiceError> {
    let lang = rights::staff(actor, what.act())?.lang;
    let reason = why::reason(typed, lang)?;
    let id = id_of(services, code).await?;
    let mut unit = Unit::of_staff(services, actor, what.act()).await?;
    // What is gone leaves no line about having been seen.
    if let Revealing::Pin(item) = what {
        let item = items::find(&mut unit.tx, item).await?.filter(|item| item.order_id == id);
        needed(order_item::pin_of(services, &item.ok_or(ServiceError::NotFound)?), lang)?;
    } else {
        let order = orders::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
        needed(order::name_of(services, &order), lang)?;
    }
    not_too_many(&mut unit).await?;
    let meta = json!({ "what": what.word() });
    let line = unit.audit(AuditKind::View, what.action(), (TARGET, id.to_string()), Some(&reason), meta)?;
    unit.commit().await?;
    Ok(line)
}

/// Counts what this person saw within the hour; a proof counts too, since it may show a number.
///
/// Errors: [`ServiceError::Busy`] after too many.
pub(in crate::desk) async fn not_too_many(unit: &mut Unit<'_>) -> Result<(), ServiceError> {
    let (me, lang, now) = (unit.staff()?.user, unit.staff()?.lang, unit.now);
    let count = views::reveals_since(&mut unit.tx, me, now.minus(COUNTED_OVER)).await?;
    if count >= REVEALS_PER_HOUR {
        tracing::warn!(user = %me, count, "somebody reveals more than they may");
        let wait = COUNTED_OVER.wait_seconds();
        let message = words::reveal_limit(lang, REVEALS_PER_HOUR, wait / 60);
        return Err(ServiceError::Busy { retry_after: wait, message });
    }
    if count >= MANY {
        tracing::warn!(user = %me, count, "somebody reveals a lot");
    }
    Ok(())
}

/// The value behind a line this session left a moment ago.
///
/// Errors: [`ServiceError::NotFound`] for any other line, another person or another session; [`ServiceError::Conflict`]
/// when its time is over.
pub async fn revealed(
    services: &Services,
    actor: &Actor,
    code: &str,
    ticket: &str,
) -> Result<RevealedView, ServiceError> {
    let staff = rights::staff(actor, Act::OrderOpen)?;
    let ticket: AuditId = ticket.parse().map_err(|_| ServiceError::NotFound)?;
    let mut reader = services.db.read().await?;
    let order = find(&mut reader, code).await?;
    let line = views::line(&mut reader, ticket).await?.ok_or(ServiceError::NotFound)?;
    let what = line.meta.get("what").and_then(|what| what.as_str()).and_then(Revealing::parse);
    let Some(what) = what.filter(|what| line.action == what.action() && may(staff, *what)) else {
        return Err(ServiceError::NotFound);
    };
    let left = left(&line, staff, (TARGET, &order.id.to_string()), services.clock.now())?;
    let lang = staff.lang;
    let (title, lines, item) = match what {
        Revealing::Pin(id) => {
            let item = items::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
            drop(reader);
            let mut lines = vec![(words::reveal_number(lang).to_owned(), number(services, &item, lang)?)];
            lines.extend(companions(services, &item, lang).await?);
            (words::reveal_number(lang), lines, Some(id.to_string()))
        }
        Revealing::Name => {
            let label = words::reveal_name(lang);
            let name = needed(order::name_of(services, &order), lang)?.expose().to_owned();
            (label, vec![(label.to_owned(), name)], None)
        }
        Revealing::Phone => {
            let label = words::reveal_phone(lang);
            let phone = needed(order::phone_of(services, &order), lang)?.expose().to_owned();
            (label, vec![(label.to_owned(), phone)], None)
        }
        Revealing::Account => {
            let label = words::reveal_account(lang);
            let account = needed(order::account_of(services, &order), lang)?.expose().to_owned();
            let holder = needed(order::holder_of(services, &order), lang)?.expose().to_owned();
            (label, vec![(label.to_owned(), account), (words::reveal_holder(lang).to_owned(), holder)], None)
        }
    };
    let code = order.code.as_str().to_owned();
    Ok(RevealedView { code, what: title.to_owned(), lines, seconds: left, item })
}

/// So many seconds are left of what this session asked to see a moment ago.
///
/// Errors: [`ServiceError::NotFound`] for the line of anybody else or of another thing; [`ServiceError::Conflict`] when its
/// time is over.
pub(in crate::desk) fn left(
    line: &AuditLine,
    staff: &Staff,
    target: (&str, &str),
    now: Timestamp,
) -> Result<i64, ServiceError> {
    let mine = line.user == Some(staff.user) && line.session == Some(staff.session_mark());
    if !mine || (line.target_type.as_str(), line.target_id.as_str()) != target {
        return Err(ServiceError::NotFound);
    }
    let since = now.since(line.at);
    let left = SHOWN.as_seconds().saturating_sub(since.as_seconds());
    if since >= SHOWN || left <= 0 {
        return Err(ServiceError::Conflict { code: "over", message: words::reveal_over(staff.lang).to_owned() });
    }
    Ok(left)
}

fn may(staff: &Staff, what: Revealing) -> bool {
    rights::may(staff, what.act())
}

/// The number in groups of four, as it is read out and typed.
fn number(services: &Services, item: &items::Item, lang: Lang) -> Result<String, ServiceError> {
    let pin = needed(order_item::pin_of(services, item), lang)?;
    let chars: Vec<char> = pin.expose().chars().collect();
    Ok(chars.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" "))
}

async fn companions(
    services: &Services,
    item: &items::Item,
    lang: Lang,
) -> Result<Vec<(String, String)>, ServiceError> {
    let values = needed(order_item::companions_of(services, item), lang)?;
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let shelf = crate::catalogue::shelf(services).await?;
    let label = |name: &str| super::open::companion_label(&shelf, &item.brand, name, lang);
    Ok(values.into_iter().map(|(name, value)| (label(&name), value)).collect())
}
