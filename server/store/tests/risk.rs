//! The risk desk's rows on both engines: what is counted, what is blocked, which book is in force, what waits.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use domain::risk::{Asked, Facts, HolderFact, Outside, Past, RiskLane, RuleBook, Subject, Windows};
use domain::{BlockId, BookId, FlagId, ItemId, OrderId, Quote, QuoteId, Span, Speed, Timestamp, UserId, Won};
use store::blocks::{self, NewBlock};
use store::crypto::random;
use store::items::NewItem;
use store::orders::{self, NewOrder};
use store::quotes::{self, FrozenQuote};
use store::risk::{self, Clearance, Judgement, RiskFlag};
use store::risk_books::{self, BookState, NewBook};
use store::{Db, StoreError, items, seed};
use testkit::books;
use testkit::clock::NOON;

fn id() -> [u8; 16] {
    let mut bytes = [0; 16];
    random(&mut bytes).unwrap();
    bytes
}

fn conflict<T>(result: Result<T, StoreError>) -> bool {
    result.is_err_and(|error| matches!(error, StoreError::Conflict { .. }))
}

struct Sold {
    phone: u8,
    account: u8,
    device: Option<u8>,
    won: u32,
    at: Timestamp,
    state: &'static str,
    /// Vouchers, and how many of them were refused.
    pins: (u32, u32),
}

const SOLD: Sold = Sold { phone: 1, account: 1, device: None, won: 10_000, at: NOON, state: "submitted", pins: (1, 0) };

/// An order as it might have become.
async fn sold(db: &Db, sold: Sold) -> OrderId {
    let quote = FrozenQuote {
        id: QuoteId::from_bytes(id()),
        speed: Speed::Instant,
        quote: Quote { lines: Vec::new(), total_face: Won::ZERO, gross: Won::ZERO, fee: Won::ZERO, net: Won::ZERO },
        priced_at: NOON,
        valid_until: NOON,
    };
    let number = u64::from_be_bytes(id()[..8].try_into().unwrap());
    let new = NewOrder {
        id: OrderId::from_bytes(id()),
        phone_hmac: [sold.phone; 32],
        account_no_hmac: [sold.account; 32],
        device_hmac: sold.device.map(|device| [device; 32]),
        total_payable: Won::whole(sold.won),
        item_count: sold.pins.0,
        created_at: sold.at,
        ..books::new_order(number, quote.id)
    };
    let mut tx = db.begin().await.unwrap();
    quotes::insert(&mut tx, &quote, NOON).await.unwrap();
    assert_eq!(orders::insert_many(&mut tx, &[&new]).await.unwrap(), 1);
    let vouchers: Vec<NewItem> = (0..sold.pins.0)
        .map(|position| {
            let mut pin_hmac = [0; 32];
            random(&mut pin_hmac).unwrap();
            NewItem {
                id: ItemId::from_bytes(id()),
                position,
                brand: "cultureland".into(),
                family: "cultureland".into(),
                pin_enc: vec![1],
                pin_hmac,
                companion_enc: None,
                claimed_face: Won::whole(10_000),
                rate_bp: 9000,
            }
        })
        .collect();
    let rows: Vec<(OrderId, &NewItem)> = vouchers.iter().map(|voucher| (new.id, voucher)).collect();
    items::insert_many(&mut tx, &rows, NOON).await.unwrap();
    for item in items::of_order(&mut tx, new.id).await.unwrap().iter().take(usize::try_from(sold.pins.1).unwrap()) {
        let reason = Some(domain::Reason::NotFound);
        let after = items::Item { state: domain::ItemState::Rejected, reason, ..item.clone() };
        items::write(&mut tx, item, &after).await.unwrap();
    }
    let before = orders::lock(&mut tx, new.id).await.unwrap().unwrap();
    let state: domain::OrderState = sold.state.parse().unwrap();
    let held_from = (state == domain::OrderState::Held).then_some(domain::HeldFrom::Submitted);
    orders::write(&mut tx, &before, &orders::Order { state, held_from, ..before.clone() }).await.unwrap();
    tx.commit().await.unwrap();
    new.id
}

fn facts() -> Facts {
    Facts {
        at: NOON,
        amount: Won::whole(10_000),
        pins: 1,
        same_name: false,
        holder: HolderFact::Unknown,
        phone: Past { amount_day: Won::whole(5), ..Past::default() },
        account: Past::default(),
        device: None,
        blocked: vec![Subject::Phone],
        outside: Outside::Hit(vec![Subject::Account]),
        missing: None,
    }
}

fn judgement(lane: RiskLane) -> Judgement {
    Judgement { lane, asked: Asked::Due, score: 60, book_version: Some(1), facts: Some(facts()), judged_at: NOON }
}

async fn judged(db: &Db, order: OrderId, at: Timestamp, lane: RiskLane) {
    let mut tx = db.begin().await.unwrap();
    risk::judge_many(&mut tx, &[(order, at, &judgement(lane))]).await.unwrap();
    tx.commit().await.unwrap();
}

fn draft(version: i64, state: BookState) -> NewBook {
    NewBook {
        id: BookId::from_bytes(id()),
        version,
        state,
        based_on: Some(1),
        book: RuleBook::usual(),
        author: "kim".into(),
        author_id: Some(UserId::from_u128(5)),
        reason: "why".into(),
        created_at: NOON,
    }
}

fn block(value: u8, until: Timestamp) -> NewBlock {
    NewBlock {
        id: BlockId::from_bytes(id()),
        kind: Subject::Phone,
        value_hmac: [value; 32],
        value_enc: None,
        masked: "010-1234-****".into(),
        reason: "stolen".into(),
        until,
        author: "kim".into(),
        author_id: None,
        created_at: NOON,
    }
}

testkit::both_engines! {
    async fn other_orders_are_counted_in_their_windows(db: TestDb) {
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        let ago = |span: Span| NOON.minus(span);
        // Noon of the 21st in Korea: today, this month, within 31 days, and before.
        sold(&db, Sold { at: ago(Span::minutes(30)), pins: (3, 0), ..SOLD }).await;
        sold(&db, Sold { at: ago(Span::hours(2)), pins: (4, 2), won: 20_000, ..SOLD }).await;
        sold(&db, Sold { at: ago(Span::hours(3)), pins: (5, 5), state: "rejected", ..SOLD }).await;
        sold(&db, Sold { at: ago(Span::days(2)), account: 2, won: 7_000, pins: (1, 1), ..SOLD }).await;
        sold(&db, Sold { at: ago(Span::days(30)), account: 3, state: "paid", ..SOLD }).await;
        sold(&db, Sold { at: ago(Span::days(32)), account: 4, ..SOLD }).await;
        sold(&db, Sold { at: ago(Span::minutes(1)), phone: 9, account: 9, ..SOLD }).await;
        let mut reader = db.read().await.unwrap();
        let wanted = [[1; 32], [7; 32]];
        let mut found = risk::pasts(&mut reader, Subject::Phone, &wanted, Windows::at(NOON)).await.unwrap();
        found.sort_by(|a, b| a.other.cmp(&b.other));
        assert!(found.iter().all(|row| row.subject == [1; 32]));
        let others: Vec<u8> = found.iter().map(|row| row.other[0]).collect();
        assert_eq!(others, [1, 2, 3]);
        let first = found[0].past;
        let told = Past {
            paid_before: false,
            orders_day: 2,
            amount_day: Won::whole(30_000),
            orders_month: 2,
            amount_month: Won::whole(30_000),
            pins_hour: 3,
            failed_day: 7,
            others: 0,
        };
        assert_eq!(first, told);
        assert_eq!((found[1].past.orders_day, found[1].past.orders_month, found[1].past.failed_day), (0, 1, 0));
        // Paid 30 days ago: known, and not of this month.
        assert_eq!((found[2].past.paid_before, found[2].past.orders_month), (true, 0));
        let by_account = risk::pasts(&mut reader, Subject::Account, &[[9; 32]], Windows::at(NOON)).await.unwrap();
        assert_eq!(by_account.len(), 1);
        assert_eq!(by_account[0].other, [9; 32]);
    }

    async fn a_device_is_counted_by_its_phones_and_an_address_never(db: TestDb) {
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        for phone in [1, 2, 2] {
            sold(&db, Sold { phone, device: Some(8), ..SOLD }).await;
        }
        sold(&db, Sold { phone: 3, device: None, ..SOLD }).await;
        let mut reader = db.read().await.unwrap();
        let found = risk::pasts(&mut reader, Subject::Device, &[[8; 32]], Windows::at(NOON)).await.unwrap();
        assert_eq!(found.len(), 2, "one row per phone: {found:?}");
        assert!(risk::pasts(&mut reader, Subject::Address, &[[1; 32]], Windows::at(NOON)).await.is_err());
    }

    async fn whoever_was_ever_paid_is_known(db: TestDb) {
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        sold(&db, Sold { at: NOON.minus(Span::days(900)), state: "paid", ..SOLD }).await;
        sold(&db, Sold { phone: 2, account: 2, ..SOLD }).await;
        let mut reader = db.read().await.unwrap();
        for (kind, value, known) in
            [(Subject::Phone, 1, true), (Subject::Phone, 2, false), (Subject::Account, 1, true), (Subject::Account, 2, false)]
        {
            let found = risk::paid_before(&mut reader, kind, &[[0; 32], [value; 32]]).await.unwrap();
            assert_eq!(found, if known { vec![vec![value; 32]] } else { Vec::new() });
        }
    }

    async fn a_block_stops_from_its_beginning_to_its_end(db: TestDb) {
        let end = NOON.plus(Span::days(1));
        let mut tx = db.begin().await.unwrap();
        let new = block(7, end);
        assert!(blocks::insert(&mut tx, &new).await.unwrap());
        assert!(!blocks::insert(&mut tx, &block(7, end)).await.unwrap(), "one living block of a value");
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        let asked = [(Subject::Phone, [7; 32]), (Subject::Account, [7; 32]), (Subject::Phone, [8; 32])];
        let found = blocks::hits(&mut reader, &asked, NOON).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].since), (Subject::Phone, NOON));
        assert!(blocks::hits(&mut reader, &asked, end).await.unwrap().is_empty());
        assert_eq!(blocks::live_of(&mut reader, Subject::Phone, [&[0; 32], &[7; 32]]).await.unwrap().len(), 1);
        drop(reader);
        let mut tx = db.begin().await.unwrap();
        let later = end.plus(Span::days(1));
        blocks::move_end(&mut tx, new.id, 1, later, "longer").await.unwrap();
        assert!(conflict(blocks::lift(&mut tx, new.id, 1, ("lee", None), "wrong", NOON).await), "it was changed");
        assert_eq!(blocks::hits(&mut tx, &asked, end).await.unwrap().len(), 1);
        blocks::lift(&mut tx, new.id, 2, ("lee", None), "wrong person", NOON).await.unwrap();
        assert!(conflict(blocks::lift(&mut tx, new.id, 3, ("lee", None), "again", NOON).await));
        assert!(blocks::hits(&mut tx, &asked, NOON).await.unwrap().is_empty());
        assert!(blocks::insert(&mut tx, &block(7, end)).await.unwrap(), "a lifted one leaves its place");
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        let all = blocks::page(&mut reader, (later, BlockId::from_u128(u128::MAX)), 10).await.unwrap();
        assert_eq!(all.len(), 2);
        let lifted = blocks::find(&mut reader, new.id).await.unwrap().unwrap();
        assert_eq!((lifted.lift_reason.as_deref(), lifted.is_in_force(NOON)), (Some("wrong person"), false));
    }

    async fn one_book_is_in_force(db: TestDb) {
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert_eq!(risk_books::newest(&mut tx).await.unwrap(), 1);
        assert!(risk_books::insert(&mut tx, &draft(2, BookState::Draft)).await.unwrap());
        assert!(!risk_books::insert(&mut tx, &draft(2, BookState::Draft)).await.unwrap(), "the number is taken");
        assert!(!risk_books::insert(&mut tx, &draft(3, BookState::InForce)).await.unwrap(), "one is in force");
        let by = Some(("lee", UserId::from_u128(6), NOON));
        risk_books::decide(&mut tx, 1, BookState::InForce, BookState::Retired, None).await.unwrap();
        risk_books::decide(&mut tx, 2, BookState::Draft, BookState::InForce, by).await.unwrap();
        assert!(conflict(risk_books::decide(&mut tx, 2, BookState::Draft, BookState::Withdrawn, by).await));
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        let book = risk_books::in_force(&mut reader).await.unwrap().unwrap();
        assert_eq!((book.new.version, book.decided_by.as_deref()), (2, Some("lee")));
        assert_eq!(book.new.book, RuleBook::usual());
        let versions: Vec<i64> =
            risk_books::page(&mut reader, i64::MAX, 10).await.unwrap().iter().map(|book| book.new.version).collect();
        assert_eq!(versions, [2, 1]);
    }

    async fn a_judgement_keeps_what_it_was_made_from(db: TestDb) {
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        let order = sold(&db, SOLD).await;
        judged(&db, order, NOON, RiskLane::Review).await;
        let mut tx = db.begin().await.unwrap();
        let flag = RiskFlag {
            id: FlagId::from_bytes(id()),
            reason: "limit_day".into(),
            score: 100,
            subject: Some(Subject::Account),
            seen: Some(5_090_000),
            bound: Some(5_000_000),
            created_at: NOON,
        };
        risk::insert_many(&mut tx, &[(order, &flag)]).await.unwrap();
        assert_eq!(risk::of_order(&mut tx, order).await.unwrap(), [flag]);
        let standing = risk::standing(&mut tx, order).await.unwrap().unwrap();
        assert_eq!(standing.judgement, judgement(RiskLane::Review));
        let clearance = Clearance { at: NOON, by: "lee".into(), user: None, reason: "known".into() };
        risk::clear(&mut tx, order, &clearance).await.unwrap();
        let again = Judgement { asked: Asked::Done, ..judgement(RiskLane::Hold) };
        risk::judge_again(&mut tx, order, &again, false).await.unwrap();
        let standing = risk::standing(&mut tx, order).await.unwrap().unwrap();
        assert_eq!((standing.judgement.lane, standing.cleared_by.as_deref()), (RiskLane::Hold, Some("lee")));
        risk::judge_again(&mut tx, order, &again, true).await.unwrap();
        let standing = risk::standing(&mut tx, order).await.unwrap().unwrap();
        assert_eq!((standing.cleared_at, standing.cleared_by), (None, None));
        assert_eq!(orders::find(&mut tx, order).await.unwrap().unwrap().risk_score, 60);
        assert!(risk::standing(&mut tx, OrderId::from_u128(1)).await.unwrap().is_none());
        assert!(conflict(risk::clear(&mut tx, OrderId::from_u128(1), &clearance).await));
    }

    async fn the_queue_holds_what_was_flagged_and_is_under_way(db: TestDb) {
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        let mut wanted = Vec::new();
        for (minute, state, lane) in [
            (3, "held", RiskLane::Hold),
            (1, "verifying", RiskLane::Review),
            (2, "submitted", RiskLane::Auto),
            (4, "paid", RiskLane::Review),
            (5, "cancelled", RiskLane::Hold),
        ] {
            let at = NOON.plus(Span::minutes(minute));
            let order = sold(&db, Sold { at, state, ..SOLD }).await;
            judged(&db, order, at, lane).await;
            if minute == 1 || minute == 3 {
                wanted.push((minute, order, at));
            }
        }
        wanted.sort_by_key(|(minute, _, _)| *minute);
        let mut tx = db.begin().await.unwrap();
        let start = (Timestamp::from_micros(0), OrderId::from_u128(0));
        let ids = |rows: Vec<risk::Queued>| rows.into_iter().map(|row| row.order.id).collect::<Vec<_>>();
        assert_eq!(ids(risk::queue(&mut tx, start, 10).await.unwrap()), [wanted[0].1, wanted[1].1]);
        assert_eq!(ids(risk::queue(&mut tx, (wanted[0].2, wanted[0].1), 10).await.unwrap()), [wanted[1].1]);
        let mut counts = risk::queue_count(&mut tx).await.unwrap();
        counts.sort_by_key(|count| count.0);
        assert_eq!(counts, [(RiskLane::Review, 1, wanted[0].2), (RiskLane::Hold, 1, wanted[1].2)]);
        let clearance = Clearance { at: NOON, by: "lee".into(), user: None, reason: "known".into() };
        risk::clear(&mut tx, wanted[0].1, &clearance).await.unwrap();
        assert_eq!(ids(risk::queue(&mut tx, start, 10).await.unwrap()), [wanted[1].1]);
    }

    async fn linked_and_living_orders_are_found_by_every_subject(db: TestDb) {
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        let one = sold(&db, Sold { device: Some(3), ..SOLD }).await;
        let other = sold(&db, Sold { device: Some(3), at: NOON.plus(Span::seconds(1)), state: "paid", ..SOLD }).await;
        let held = sold(&db, Sold { device: Some(3), at: NOON.plus(Span::seconds(2)), state: "held", ..SOLD }).await;
        let mut reader = db.read().await.unwrap();
        let subjects = risk::subjects(&mut reader, one).await.unwrap().unwrap();
        let device = subjects.device.clone().unwrap();
        for (kind, hash) in [
            (Subject::Phone, &subjects.phone),
            (Subject::Account, &subjects.account),
            (Subject::Device, &device),
            (Subject::Address, &subjects.address),
        ] {
            let hashes: [&[u8]; 2] = [hash, hash];
            let linked = risk::linked(&mut reader, kind, hashes, one, 10).await.unwrap();
            assert_eq!(linked.iter().map(|order| order.id).collect::<Vec<_>>(), [held, other], "{kind}");
            let living = risk::living(&mut reader, kind, hashes, OrderId::from_u128(0), 10).await.unwrap();
            assert_eq!(living, [one], "{kind}");
            assert!(risk::living(&mut reader, kind, hashes, one, 10).await.unwrap().is_empty());
        }
    }

    async fn judged_orders_come_newest_first_and_page_by_page(db: TestDb) {
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        let mut all = Vec::new();
        for second in 0..5 {
            let at = NOON.plus(Span::seconds(second));
            let order = sold(&db, Sold { at, ..SOLD }).await;
            judged(&db, order, at, RiskLane::Auto).await;
            all.push(order);
        }
        all.reverse();
        let mut reader = db.read().await.unwrap();
        let (mut before, mut seen) = ((NOON.plus(Span::days(1)), OrderId::from_u128(0)), Vec::new());
        loop {
            let page = risk::judged_page(&mut reader, NOON.plus(Span::seconds(1)), before, 3).await.unwrap();
            let Some(last) = page.last() else { break };
            before = (last.created_at, last.order);
            assert!(page.iter().all(|judged| judged.facts == Some(facts())));
            seen.extend(page.iter().map(|judged| judged.order));
        }
        assert_eq!(seen, all[..4]);
    }
}
