//! The orders list as its page shows it, and how a person likes to see it.

use super::{Listed, find_of, listed, spots};
use crate::erased::erased;
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, Staff};
use domain::bank::BANKS;
use domain::desk::orders::{Column, OrderFilter, parse_columns};
use domain::wire::FieldError;
use domain::wire::desk::{OrderListView, OrderRow, ViewRow};
use domain::{AccountNo, ItemState, Lang, PersonName, Phone, ViewId};
use serde_json::json;
use store::audit::AuditKind;
use store::order_views::{self, View};
use store::{StoreError, catalog};

domain::messages! {
    /// The search.
    fn nobody() {
        ko: "주문번호, 휴대폰 번호, 계좌번호 가운데 하나를 입력해 주세요. 이름으로는 찾을 수 없어요.",
        en: "Type an order code, a phone number or an account number. Names can’t be searched."
    }
    /// A view's name.
    fn name_missing() { ko: "보기의 이름을 입력해 주세요.", en: "Give the view a name." }
    /// Too many views.
    fn enough_views() {
        ko: "보기는 30개까지 저장할 수 있어요. 안 쓰는 보기를 지워 주세요.",
        en: "Up to 30 views can be saved. Remove one you don’t use."
    }
    /// The view is gone.
    fn view_gone() { ko: "이미 지워진 보기예요.", en: "That view is already gone." }
}

/// Rows of a page.
pub const PAGE: usize = 50;
const LONGEST_NAME: usize = 40;
const MOST_VIEWS: usize = 30;

/// A page of the list. `pairs` are the address's.
pub async fn list(
    services: &Services,
    actor: &Actor,
    pairs: &[(String, String)],
) -> Result<OrderListView, ServiceError> {
    let staff = rights::staff(actor, Act::OrdersRead)?;
    let lang = staff.lang;
    let read = OrderFilter::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())), lang);
    let (filter, problems) = match read {
        Ok(filter) => (Some(filter), Vec::new()),
        Err(problems) => (None, problems),
    };
    let mut reader = services.db.read().await?;
    let found = match &filter {
        Some(filter) => spots(services, &mut reader, filter, PAGE).await?,
        None => super::Spots::default(),
    };
    let rows = listed(services, &mut reader, &found.spots).await?;
    let brands: Vec<(String, String)> = catalog::all(&mut reader)
        .await?
        .into_iter()
        .map(|brand| (brand.brand, brand.info.name(lang).to_owned()))
        .collect();
    let columns = order_views::columns(&mut reader, staff.user).await?;
    let views = order_views::of_user(&mut reader, staff.user).await?;
    drop(reader);
    let filter = filter.unwrap_or_default();
    Ok(OrderListView {
        rows: rows.iter().map(|listed| row(listed, &brands, lang)).collect(),
        columns: columns.unwrap_or_else(|| Column::USUAL.to_vec()),
        next: found.next.map(|next| OrderFilter { after: Some(next), ..filter.clone() }.query()),
        query: OrderFilter { after: None, ..filter }.query(),
        looked_until: found.looked_until,
        problems: problems
            .into_iter()
            .map(|problem| FieldError {
                field: problem.field.to_owned(),
                code: problem.code.to_owned(),
                message: problem.message,
            })
            .collect(),
        brands,
        views: views.into_iter().map(view_row).collect(),
        may_export: rights::may(staff, Act::OrdersExport),
        may_export_clear: rights::may(staff, Act::OrdersExportClear),
        now: services.clock.now(),
    })
}

fn row(listed: &Listed, brands: &[(String, String)], lang: Lang) -> OrderRow {
    let order = &listed.order;
    let name = |brand: &str| brands.iter().find(|(key, _)| key == brand).map_or(brand, |(_, name)| name).to_owned();
    let bank = BANKS.iter().find(|bank| bank.code == order.bank_code);
    let bank = bank.map_or(order.bank_code.as_str(), |bank| lang.pick(bank.name_ko, bank.name_en));
    let waiting = |manual: bool| -> u32 {
        listed.open.iter().filter(|(state, _)| (*state == ItemState::Manual) == manual).map(|(_, count)| count).sum()
    };
    let masked = |mask: Option<String>| mask.unwrap_or_else(|| erased(lang).to_owned());
    OrderRow {
        code: order.code.to_string(),
        created_at: order.created_at,
        state: order.state,
        hold_reason: order.hold_reason.clone(),
        brands: listed.brands.iter().map(|(brand, items, _)| (name(brand), *items)).collect(),
        items: order.item_count,
        face: order.total_face,
        payable: order.total_payable,
        name: masked(listed.name.as_ref().map(PersonName::masked)),
        phone: masked(listed.phone.as_ref().map(Phone::masked)),
        account: format!("{bank} {}", masked(listed.account.as_ref().map(AccountNo::masked))),
        speed: order.speed,
        risk: order.risk_score,
        since: listed.since,
        manual: waiting(true),
        unknown: waiting(false),
        paid_at: order.paid_at,
    }
}

fn view_row(view: View) -> ViewRow {
    ViewRow { id: view.id.to_string(), name: view.name, query: view.query, is_default: view.is_default }
}

/// Where a search goes on: the list's address behind the question mark. Who is looked for stands sealed in it, and that somebody was
/// looked for stands in the books.
pub async fn find(services: &Services, actor: &Actor, typed: &str) -> Result<String, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::OrdersRead).await?;
    let lang = unit.staff()?.lang;
    let Some(find) = find_of(services, typed)? else {
        return Err(ServiceError::invalid("q", "nobody", nobody(lang)));
    };
    let by = if matches!(find, domain::desk::orders::Find::Code(_)) { "code" } else { "person" };
    let filter = OrderFilter { find: Some(find), ..OrderFilter::default() };
    unit.audit(AuditKind::View, "orders.find", ("orders", by.to_owned()), None, json!({ "by": by }))?;
    unit.commit().await?;
    Ok(filter.query())
}

/// Keeps a person's choice of columns.
pub async fn choose_columns(services: &Services, actor: &Actor, columns: &[String]) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::OrdersRead).await?;
    let user = unit.staff()?.user;
    let chosen = parse_columns(columns.iter().map(String::as_str));
    let now = unit.now;
    order_views::put_columns(&mut unit.tx, user, &chosen, now).await?;
    unit.commit().await
}

/// Saves a filter under a name; the same name again is the same view. A place in the list and a person looked for aren't saved.
pub async fn save_view(
    services: &Services,
    actor: &Actor,
    name: &str,
    query: &str,
    is_default: bool,
) -> Result<String, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::OrdersRead).await?;
    let Staff { user, lang, .. } = *unit.staff()?;
    let name = crate::shop::kept(name.trim(), LONGEST_NAME);
    if name.is_empty() {
        return Err(ServiceError::invalid("name", "missing", name_missing(lang)));
    }
    let filter = OrderFilter::parse_query(query, lang).map_err(|problems| {
        let field = |problem: domain::desk::orders::FilterProblem| FieldError {
            field: problem.field.to_owned(),
            code: problem.code.to_owned(),
            message: problem.message,
        };
        ServiceError::Invalid(problems.into_iter().map(field).collect())
    })?;
    let known = order_views::of_user(&mut unit.tx, user).await?;
    if known.len() >= MOST_VIEWS && known.iter().all(|view| view.name != name) {
        return Err(ServiceError::invalid("name", "too_many", enough_views(lang)));
    }
    let query = filter.lasting().query();
    let now = unit.now;
    let id = ViewId::from_bytes(services.chance.id(now));
    let view = View { id, user_id: user, name, query: query.clone(), is_default, created_at: now, updated_at: now };
    order_views::save(&mut unit.tx, &view).await?;
    unit.commit().await?;
    Ok(query)
}

/// Removes a saved view.
pub async fn drop_view(services: &Services, actor: &Actor, id: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::OrdersRead).await?;
    let Staff { user, lang, .. } = *unit.staff()?;
    let id: ViewId = id.parse().map_err(|_| ServiceError::NotFound)?;
    match order_views::delete(&mut unit.tx, id, user).await {
        Err(StoreError::Conflict { .. }) => {
            Err(ServiceError::Conflict { code: "view_gone", message: view_gone(lang).to_owned() })
        }
        other => {
            other?;
            unit.commit().await
        }
    }
}
