//! What stands in the rows of the orders list.

use crate::erased::if_kept;
use crate::{ServiceError, Services};
use domain::desk::orders::Spot;
use domain::{AccountNo, ItemState, OrderId, PersonName, Phone, Timestamp, Won};
use std::collections::HashMap;
use store::order_list::{self, ListedOrder};
use store::orders::TABLE;
use store::{Reader, StoreError};

/// One row, its people opened as far as they were not erased. Whoever shows it masks them, or has the right not to.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The order.
    pub order: ListedOrder,
    /// Its brands, the most frequent first.
    pub brands: Vec<(String, u32, Won)>,
    /// Vouchers that wait for a person.
    pub open: Vec<(ItemState, u32)>,
    /// When it came into its state; its own time where history says nothing.
    pub since: Timestamp,
    /// The applicant.
    pub name: Option<PersonName>,
    /// The applicant's phone.
    pub phone: Option<Phone>,
    /// The account's number.
    pub account: Option<AccountNo>,
}

/// The rows of a page, in its order.
pub async fn listed(services: &Services, reader: &mut Reader, spots: &[Spot]) -> Result<Vec<Listed>, ServiceError> {
    let ids: Vec<OrderId> = spots.iter().map(|spot| spot.id).collect();
    let orders = order_list::rows(&mut *reader, &ids).await?;
    let mut brands: HashMap<OrderId, Vec<(String, u32, Won)>> = HashMap::new();
    for (id, brand, items, face) in order_list::brands(&mut *reader, &ids).await? {
        brands.entry(id).or_default().push((brand, items, face));
    }
    let mut open: HashMap<OrderId, Vec<(ItemState, u32)>> = HashMap::new();
    for (id, state, items) in order_list::open(&mut *reader, &ids).await? {
        open.entry(id).or_default().push((state, items));
    }
    let since: HashMap<OrderId, Timestamp> = order_list::since(&mut *reader, &ids).await?.into_iter().collect();
    let mut by_id: HashMap<OrderId, ListedOrder> = orders.into_iter().map(|order| (order.id, order)).collect();
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        // Between finding and reading an order can't go, but nothing depends on it.
        let Some(order) = by_id.remove(&id) else { continue };
        let (name, phone, account) = people(services, &order)?;
        rows.push(Listed {
            brands: brands.remove(&id).unwrap_or_default(),
            open: open.remove(&id).unwrap_or_default(),
            since: since.get(&id).copied().unwrap_or(order.created_at),
            name,
            phone,
            account,
            order,
        });
    }
    Ok(rows)
}

type People = (Option<PersonName>, Option<Phone>, Option<AccountNo>);

fn people(services: &Services, order: &ListedOrder) -> Result<People, ServiceError> {
    let open = |column: &str, sealed: &[u8]| -> Result<Option<String>, ServiceError> {
        if_kept(services.keys.open_text(TABLE, column, order.id.bytes(), sealed).map_err(ServiceError::from))
    };
    let nonsense = |column: &str| StoreError::corrupt(TABLE, order.id, format!("{column} holds none"));
    let (name, phone) = (open("name_enc", &order.name_enc)?, open("phone_enc", &order.phone_enc)?);
    let account = open("account_no_enc", &order.account_no_enc)?;
    Ok((
        name.map(|text| PersonName::parse(&text)).transpose().map_err(|_| nonsense("name_enc"))?,
        phone.map(|text| Phone::parse(&text)).transpose().map_err(|_| nonsense("phone_enc"))?,
        account.map(|text| AccountNo::parse(&text)).transpose().map_err(|_| nonsense("account_no_enc"))?,
    ))
}
