//! The customer's page of one order. Somebody else's order answers exactly like one that doesn't exist.

mod parts;
mod resend;
mod steps;

pub use resend::resend_failed;
pub(crate) use steps::{is_finished, short_word};

use crate::catalogue::shelf;
use crate::erased::shown;
use crate::order::{self, account_of, holder_of, name_of, phone_of};
use crate::shop::visitor;
use crate::{Actor, ServiceError, Services};
use domain::wire::OrderView;
use domain::{AccountNo, OrderCode, OrderId, OrderState, PersonName, Phone};
use store::items::Item;
use store::orders::Order;

/// The order's page. `code` as typed or from the address.
pub async fn view(services: &Services, actor: &Actor, code: &str) -> Result<OrderView, ServiceError> {
    let order = find(services, actor, code).await?;
    let shelf = shelf(services).await?;
    let whole = parts::Whole::read(services, order).await?;
    let (order, lang, now) = (&whole.order, actor.lang(), services.clock.now());
    let money = whole.money();
    let items =
        whole.items.iter().map(|item| parts::item_view(services, item, &shelf, lang)).collect::<Result<Vec<_>, _>>()?;
    Ok(OrderView {
        code: order.code.as_str().to_owned(),
        steps: steps::steps(&whole, lang),
        headline: parts::headline(&whole, lang),
        advice: parts::advice(&whole, lang),
        items,
        speed: order.speed,
        quoted: money.quoted,
        gross: money.gross,
        fee: money.fee,
        payable: money.payable,
        paid: order.state == OrderState::Paid,
        finished: is_finished(order),
        eta: parts::eta(&whole, &shelf, lang, (now, services.policy.rail_rest)),
        next_check_at: whole.next_check_at(),
        bank_name: shelf
            .banks
            .iter()
            .find(|bank| bank.code == order.bank_code)
            .map_or_else(|| order.bank_code.clone(), |bank| lang.pick(&bank.name_ko, &bank.name_en).clone()),
        account_masked: shown(account_of(services, order), lang, AccountNo::masked)?,
        holder_masked: shown(holder_of(services, order), lang, PersonName::masked)?,
        name_masked: shown(name_of(services, order), lang, PersonName::masked)?,
        phone_masked: shown(phone_of(services, order), lang, Phone::masked)?,
        can_cancel: order.state.can_cancel(),
        can_resend_failed: whole.items.iter().any(can_resend),
        created_at: order.created_at,
        updated_at: order.updated_at,
        revision: order.revision,
        now,
    })
}

/// The id behind a code this actor may open; for the live stream, once at its start.
pub async fn order_id(services: &Services, actor: &Actor, code: &str) -> Result<OrderId, ServiceError> {
    Ok(find(services, actor, code).await?.id)
}

/// The view's `revision`, without making the view: one small read. The caller has asked [`order_id`] before.
pub async fn revision(services: &Services, order: OrderId) -> Result<i64, ServiceError> {
    let mut reader = services.db.read().await?;
    store::orders::revision(&mut reader, order).await?.ok_or(ServiceError::NotFound)
}

/// Cancels while nothing was verified yet. [`ServiceError::Conflict`] `too_late` afterwards.
pub async fn cancel(services: &Services, actor: &Actor, code: &str) -> Result<OrderView, ServiceError> {
    let id = order_id(services, actor, code).await?;
    order::cancel(services, actor, id).await?;
    view(services, actor, code).await
}

/// The order behind a code, if this actor holds it.
async fn find(services: &Services, actor: &Actor, code: &str) -> Result<Order, ServiceError> {
    let visitor = visitor(actor)?;
    let code: OrderCode = code.parse().map_err(|_| ServiceError::NotFound)?;
    let mut reader = services.db.read().await?;
    let order = store::orders::find_by_code(&mut reader, &code).await?;
    order.filter(|order| visitor.grants.contains(&order.id)).ok_or(ServiceError::NotFound)
}

/// Was it not bought for a reason the customer can mend?
fn can_resend(item: &Item) -> bool {
    item.state == domain::ItemState::Rejected && item.reason.is_some_and(domain::Reason::can_resend)
}
