//! Rows for tests that only need them to be there.

use crate::TestDb;
use crate::clock::NOON;
use domain::quote::PricedLine;
use domain::{Lang, OrderCode, OrderId, Quote, QuoteId, Span, Speed, Won};
use store::orders::{self, HolderFound, NewOrder};
use store::quotes::{self, FrozenQuote};

/// An order that nobody opens: its sealed columns hold nothing. Seeds the database for what it refers to.
pub async fn one_order(db: &TestDb) -> OrderId {
    store::seed::seed(db, &db.keys, NOON).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    quotes::insert(&mut tx, &quote(), NOON).await.unwrap();
    let order = new_order(1, QuoteId::from_u128(1));
    orders::insert_many(&mut tx, &[&order]).await.unwrap();
    tx.commit().await.unwrap();
    order.id
}

fn quote() -> FrozenQuote {
    let line = PricedLine {
        row: 1,
        brand: "cultureland".into(),
        face: Won::whole(50_000),
        rate_bp: 9_050,
        net: Won::whole(45_250),
    };
    let quote = Quote {
        lines: vec![line],
        total_face: Won::whole(50_000),
        gross: Won::whole(45_250),
        fee: Won::whole(500),
        net: Won::whole(44_750),
    };
    let valid_until = NOON.plus(Span::minutes(10));
    FrozenQuote { id: QuoteId::from_u128(1), speed: Speed::Instant, quote, priced_at: NOON, valid_until }
}

/// An order on that quote whose sealed columns hold nothing.
pub fn new_order(number: u64, quote_id: QuoteId) -> NewOrder {
    NewOrder {
        id: OrderId::from_u128(u128::from(number)),
        code: OrderCode::from_random(number),
        quote_id,
        lang: Lang::Ko,
        speed: Speed::Instant,
        name_enc: vec![1],
        phone_enc: vec![1],
        phone_hmac: [1; 32],
        bank_code: "004".into(),
        account_no_enc: vec![1],
        account_no_hmac: [1; 32],
        holder_enc: vec![1],
        holder_check: HolderFound::Matched,
        fee: Won::whole(500),
        total_face: Won::whole(50_000),
        total_payable: Won::whole(44_750),
        item_count: 1,
        risk_score: 0,
        priced_at: NOON,
        address_enc: vec![1],
        address_hmac: [1; 32],
        agent: "test".into(),
        device_hmac: None,
        created_at: NOON,
    }
}
