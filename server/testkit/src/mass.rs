//! A year of a busy shop: orders by the hundred thousand, written through the store, with people sealed and numbers hashed
//! as a submit does it. What happens to vouchers between is left out, but for those refused or waiting.

use domain::catalogue::seed_brands;
use domain::desk::orders::Spot;
use domain::quote::PricedLine;
use domain::{
    AccountNo, EventId, ItemId, ItemState, Lang, OrderCode, OrderId, OrderState, Phone, Quote, QuoteId, Span, Speed,
    Timestamp, Won,
};
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use store::events::Event;
use store::items::NewItem;
use store::order_brands::OrderBrand;
use store::orders::{self, HolderFound, NewOrder, Order};
use store::quotes::{self, FrozenQuote};
use store::{Db, Keyring, Tx, events, items, order_brands};

/// Orders in one transaction.
const TOGETHER: usize = 500;
const PEOPLE: u64 = 200_000;
const BANKS: [&str; 12] = ["004", "088", "020", "081", "011", "090", "092", "003", "045", "089", "071", "048"];

/// Numbers that look like chance and are the same each time.
fn mixed(n: u64) -> u64 {
    let mut x = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The phone of the order of this number.
pub fn phone(n: u64) -> Phone {
    Phone::parse(&format!("010{:08}", mixed(n) % PEOPLE + 20_000_000)).unwrap()
}

/// Its account.
pub fn account(n: u64) -> AccountNo {
    AccountNo::parse(&format!("4302{:08}77", mixed(n) % PEOPLE)).unwrap()
}

/// What is known of an order that was made.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its place under every sort.
    pub spot: Spot,
    /// Its code.
    pub code: OrderCode,
    /// Where it stands.
    pub state: OrderState,
    /// Why it is held.
    pub held: Option<&'static str>,
    /// Its brands.
    pub brands: Vec<String>,
    /// Its bank.
    pub bank: String,
    /// How soon it is paid.
    pub speed: Speed,
    /// Does a voucher of it wait for a person?
    pub open: bool,
}

/// Fills an empty database with a year up to `now`, and tells of each order.
pub async fn fill(db: &Db, keys: &Keyring, count: u64, now: Timestamp, mut tell: impl FnMut(Fact)) {
    let brands: Vec<(String, String)> =
        seed_brands().iter().map(|brand| (brand.brand.to_owned(), brand.family.to_owned())).collect();
    let gap = Span::days(365).as_micros() / i64::try_from(count).unwrap();
    let all: Vec<u64> = (0..count).collect();
    for chunk in all.chunks(TOGETHER) {
        let made: Vec<Made> = chunk
            .iter()
            .map(|n| {
                let back = Span::micros(gap * i64::try_from(count - n).unwrap());
                Made::new(keys, *n, count, &brands, now.minus(back))
            })
            .collect();
        let mut tx = db.begin().await.unwrap();
        write(&mut tx, &made).await;
        tx.commit().await.unwrap();
        for one in &made {
            tell(one.fact());
        }
    }
}

/// A key made at this moment; each is another one.
fn id_at(at: Timestamp) -> [u8; 16] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut chance = [0; 10];
    chance[..8].copy_from_slice(&mixed(NEXT.fetch_add(1, Ordering::Relaxed)).to_be_bytes());
    let millis = u64::try_from(at.micros() / 1_000).unwrap();
    *uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid().as_bytes()
}

struct Made {
    quote: FrozenQuote,
    order: NewOrder,
    items: Vec<NewItem>,
    brands: Vec<OrderBrand>,
    events: Vec<Event>,
    state: OrderState,
}

impl Made {
    fn new(keys: &Keyring, n: u64, count: u64, all: &[(String, String)], at: Timestamp) -> Self {
        let chance = mixed(n * 7 + 3);
        let id = OrderId::from_bytes(id_at(at));
        // The first brand is most of it, the last hardly met.
        let pick = |chance: u64| {
            let many = u64::try_from(all.len()).unwrap();
            usize::try_from((chance % many) * ((chance >> 20) % many) / many).unwrap()
        };
        let (first, second) = (pick(chance), pick(mixed(chance)));
        let face = [10_000, 30_000, 50_000, 100_000][usize::try_from(chance >> 8 & 3).unwrap()];
        let face = if chance.is_multiple_of(1_999) { 500_000 } else { face };
        let many = chance >> 12 & 7;
        let many = if many == 0 { 4 } else { many + 1 };
        let mut items = Vec::new();
        let mut brands: Vec<OrderBrand> = Vec::new();
        for place in 0..many {
            let (brand, family) = &all[if place > 2 { second } else { first }];
            let mut pin_hmac = [0; 32];
            for (part, chunk) in (0..).zip(pin_hmac.chunks_mut(8)) {
                chunk.copy_from_slice(&mixed(n * 64 + place * 4 + part).to_be_bytes());
            }
            items.push(NewItem {
                id: ItemId::from_bytes(id_at(at)),
                position: u32::try_from(place).unwrap(),
                brand: brand.clone(),
                family: family.clone(),
                pin_enc: vec![1; 48],
                pin_hmac,
                companion_enc: None,
                claimed_face: Won::whole(face),
                rate_bp: 9_000,
            });
            match brands.iter_mut().find(|known| known.brand == *brand) {
                Some(known) => {
                    known.items += 1;
                    known.face = known.face.checked_add(Won::whole(face)).unwrap();
                }
                None => brands.push(OrderBrand {
                    order_id: id,
                    brand: brand.clone(),
                    items: 1,
                    face: Won::whole(face),
                    created_at: at,
                }),
            }
        }
        let total = Won::whole(face * u32::try_from(many).unwrap());
        let payable = Won::new(total.get() / 100 * (85 + i64::try_from(chance % 7).unwrap())).unwrap();
        let seal = |column: &str, plain: &str| keys.seal(orders::TABLE, column, id.bytes(), plain.as_bytes()).unwrap();
        let (phone, account) = (phone(n), account(n));
        let bank = BANKS[usize::try_from((chance >> 16) % 12 * ((chance >> 24) % 12) / 12).unwrap()];
        let quote = FrozenQuote {
            id: QuoteId::from_bytes(id_at(at)),
            speed: Speed::Instant,
            quote: Quote {
                lines: vec![PricedLine {
                    row: 0,
                    brand: all[first].0.clone(),
                    face: total,
                    rate_bp: 9_000,
                    net: payable,
                }],
                total_face: total,
                gross: payable,
                fee: Won::ZERO,
                net: payable,
            },
            priced_at: at,
            valid_until: at.plus(Span::minutes(10)),
        };
        let order = NewOrder {
            id,
            code: OrderCode::from_random(n * 7_919),
            quote_id: quote.id,
            lang: Lang::Ko,
            speed: if (chance >> 28).is_multiple_of(4) { Speed::NextMorning } else { Speed::Instant },
            name_enc: seal("name_enc", "홍길동"),
            phone_hmac: keys.phone_hash(&phone),
            phone_enc: seal("phone_enc", phone.expose()),
            bank_code: bank.to_owned(),
            account_no_hmac: keys.account_hash(bank, &account),
            account_no_enc: seal("account_no_enc", account.expose()),
            holder_enc: seal("holder_enc", "홍길동"),
            holder_check: HolderFound::Matched,
            fee: Won::ZERO,
            total_face: total,
            total_payable: payable,
            item_count: u32::try_from(many).unwrap(),
            risk_score: if (chance >> 32).is_multiple_of(32) {
                i64::try_from(chance >> 40 & 63).unwrap() + 5
            } else {
                0
            },
            priced_at: at,
            address_enc: seal("address_enc", "203.0.113.7"),
            address_hmac: [1; 32],
            device_hmac: None,
            agent: "Mozilla/5.0 (Linux; Android 16; SM-S931N) AppleWebKit/537.36".to_owned(),
            created_at: at,
        };
        let state = match (count - n, chance >> 44 & 1023) {
            (1..=400, _) => [OrderState::Submitted, OrderState::Verifying, OrderState::Locking, OrderState::Paying]
                [usize::try_from(n % 4).unwrap()],
            (_, 0..=2) => OrderState::Held,
            (_, 3..=53) => OrderState::Rejected,
            (_, 54..=74) => OrderState::Cancelled,
            _ => OrderState::Paid,
        };
        let events = (0..3)
            .map(|step| Event {
                id: EventId::from_bytes(id_at(at)),
                order_id: id,
                item_id: None,
                kind: ["order_submitted", "order_start_verify", "order_paid"][step].to_owned(),
                detail: json!({}),
                created_at: at.plus(Span::seconds(i64::try_from(step).unwrap())),
            })
            .collect();
        Self { quote, order, items, brands, events, state }
    }

    fn held(&self) -> Option<&'static str> {
        (self.state == OrderState::Held).then_some(if self.items.len() > 4 {
            "holder_differs"
        } else {
            "over_auto_limit"
        })
    }

    /// Where its vouchers are moved to, if they are.
    fn items_state(&self) -> Option<ItemState> {
        match self.state {
            OrderState::Rejected => Some(ItemState::Rejected),
            OrderState::Held if self.items.len() > 5 => Some(ItemState::Manual),
            OrderState::Locking => Some(ItemState::UnknownLock),
            _ => None,
        }
    }

    fn fact(&self) -> Fact {
        let new = &self.order;
        let spot =
            Spot { id: new.id, created_at: new.created_at, payable: new.total_payable.get(), risk: new.risk_score };
        Fact {
            spot,
            code: new.code.clone(),
            state: self.state,
            held: self.held(),
            brands: self.brands.iter().map(|brand| brand.brand.clone()).collect(),
            bank: new.bank_code.clone(),
            speed: new.speed,
            open: matches!(self.items_state(), Some(ItemState::Manual | ItemState::UnknownLock)),
        }
    }

    /// The order as it was written.
    fn before(&self) -> Order {
        let new = &self.order;
        Order {
            id: new.id,
            code: new.code.clone(),
            quote_id: new.quote_id,
            state: OrderState::Submitted,
            held_from: None,
            hold_reason: None,
            revision: 1,
            lang: new.lang,
            speed: new.speed,
            name_enc: Vec::new(),
            phone_enc: Vec::new(),
            phone_hmac: Vec::new(),
            bank_code: new.bank_code.clone(),
            account_no_enc: Vec::new(),
            account_no_hmac: Vec::new(),
            holder_enc: Vec::new(),
            holder_check: new.holder_check,
            fee: new.fee,
            total_face: new.total_face,
            total_payable: new.total_payable,
            item_count: new.item_count,
            risk_score: new.risk_score,
            priced_at: new.priced_at,
            created_at: new.created_at,
            settled_at: None,
            paid_at: None,
            updated_at: new.created_at,
        }
    }
}

async fn write(tx: &mut Tx, made: &[Made]) {
    for one in made {
        quotes::insert(&mut *tx, &one.quote, one.order.created_at).await.unwrap();
    }
    let new: Vec<&NewOrder> = made.iter().map(|one| &one.order).collect();
    assert_eq!(orders::insert_many(&mut *tx, &new).await.unwrap(), new.len());
    let brands: Vec<OrderBrand> = made.iter().flat_map(|one| one.brands.iter().cloned()).collect();
    order_brands::insert_many(&mut *tx, &brands).await.unwrap();
    let rows: Vec<(OrderId, &NewItem)> =
        made.iter().flat_map(|one| one.items.iter().map(|item| (one.order.id, item))).collect();
    items::insert_many(&mut *tx, &rows, made[0].order.created_at).await.unwrap();
    let lines: Vec<Event> = made.iter().flat_map(|one| one.events.iter().cloned()).collect();
    events::insert_many(&mut *tx, &lines).await.unwrap();
    for one in made.iter().filter(|one| one.state != OrderState::Submitted) {
        let before = one.before();
        let at = one.order.created_at.plus(Span::minutes(4));
        let mut after = Order { state: one.state, updated_at: at, ..before.clone() };
        if one.state == OrderState::Paid {
            (after.settled_at, after.paid_at) = (Some(at), Some(at));
        }
        if one.state == OrderState::Held {
            after.held_from = Some(domain::HeldFrom::Settled);
            after.hold_reason = one.held().map(str::to_owned);
        }
        orders::write(&mut *tx, &before, &after).await.unwrap();
        let Some(to) = one.items_state() else { continue };
        items::move_all(&mut *tx, one.order.id, ItemState::Submitted, to, at).await.unwrap();
    }
}
