//! The money path's rows on both engines: what is written once, what is guarded, and who may still write.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use domain::{
    AttemptId, AttemptState, Channel, EventId, ItemId, ItemState, MessageId, MessageKind, MessageState, OrderId,
    OrderState, OutboxId, OutboxKind, OutboxState, PayoutId, PayoutState, Quote, QuoteId, Span, Speed, Timestamp, Won,
};
use store::crypto::random;
use store::db::{Conn, Tx};
use store::items::NewItem;
use store::messages::NewMessage;
use store::orders::NewOrder;
use store::outbox::{Claim, Work};
use store::payout_attempts::PayoutAttempt;
use store::payouts::NewPayout;
use store::quotes::FrozenQuote;
use store::{
    Db, StoreError, events, items, lock_attempts, messages, orders, outbox, payout_attempts, payouts, quotes, seed,
};
use testkit::TestDb;
use testkit::books;
use testkit::clock::NOON;
use tokio::task::JoinSet;

fn id() -> [u8; 16] {
    let mut bytes = [0; 16];
    random(&mut bytes).unwrap();
    bytes
}

const LATER: Timestamp = NOON.plus(Span::seconds(60));

fn conflict<T>(result: Result<T, StoreError>) -> bool {
    result.is_err_and(|error| matches!(error, StoreError::Conflict { .. }))
}

fn item(position: u32, pin: u8) -> NewItem {
    NewItem {
        id: ItemId::from_bytes(id()),
        position,
        brand: "cultureland".into(),
        family: "cultureland".into(),
        pin_enc: vec![1],
        pin_hmac: [pin; 32],
        companion_enc: None,
        claimed_face: Won::whole(10_000),
        rate_bp: 9000,
    }
}

fn new_order(quote_id: QuoteId) -> NewOrder {
    let number = u64::from_be_bytes(id()[..8].try_into().unwrap());
    NewOrder {
        id: OrderId::from_bytes(id()),
        phone_hmac: [3; 32],
        total_face: Won::whole(10_000),
        ..books::new_order(number, quote_id)
    }
}

async fn quote(db: &Db) -> QuoteId {
    let quote = FrozenQuote {
        id: QuoteId::from_bytes(id()),
        speed: Speed::Instant,
        quote: Quote { lines: Vec::new(), total_face: Won::ZERO, gross: Won::ZERO, fee: Won::ZERO, net: Won::ZERO },
        priced_at: NOON,
        valid_until: LATER,
    };
    let mut tx = db.begin().await.unwrap();
    quotes::insert(&mut tx, &quote, NOON).await.unwrap();
    tx.commit().await.unwrap();
    quote.id
}

/// An order with one voucher.
async fn order(db: &TestDb, pin: u8) -> (OrderId, ItemId) {
    seed::seed(db, &db.keys, NOON).await.unwrap();
    let new = new_order(quote(db).await);
    let voucher = item(0, pin);
    let mut tx = db.begin().await.unwrap();
    assert_eq!(orders::insert_many(&mut tx, &[&new]).await.unwrap(), 1);
    items::insert_many(&mut tx, &[(new.id, &voucher)], NOON).await.unwrap();
    tx.commit().await.unwrap();
    (new.id, voucher.id)
}

fn work(key: &str) -> Work {
    Work {
        id: OutboxId::from_bytes(id()),
        kind: OutboxKind::SendPayout,
        subject: [9; 16],
        unique_key: key.into(),
        run_at: NOON,
    }
}

async fn enqueued(db: &Db, key: &str) -> OutboxId {
    let work = work(key);
    let mut tx = db.begin().await.unwrap();
    assert_eq!(outbox::enqueue(&mut tx, std::slice::from_ref(&work), NOON).await.unwrap(), 1);
    tx.commit().await.unwrap();
    work.id
}

async fn claim(db: &Db, id: OutboxId, now: Timestamp) -> Option<Claim> {
    let mut tx = db.begin().await.unwrap();
    let claim = outbox::claim(&mut tx, id, "test", now, now.plus(Span::seconds(60))).await.unwrap();
    tx.commit().await.unwrap();
    claim
}

/// Alarms that are set.
async fn tasks(tx: &mut Tx) -> i64 {
    match Conn::from(&mut *tx) {
        Conn::Sqlite(c) => sqlx::query_scalar("SELECT COUNT(*) FROM Jobs").fetch_one(c).await.unwrap(),
        Conn::Postgres(c) => sqlx::query_scalar("SELECT COUNT(*) FROM apalis.jobs").fetch_one(c).await.unwrap(),
    }
}

async fn state(db: &Db, id: OutboxId) -> outbox::OutboxRow {
    let mut reader = db.read().await.unwrap();
    outbox::find(&mut reader, id).await.unwrap().unwrap()
}

testkit::both_engines! {
    async fn work_is_written_once_per_key(db: TestDb) {
        let mut tx = db.begin().await.unwrap();
        let (first, again, other) = (work("a"), work("a"), work("b"));
        assert_eq!(outbox::enqueue(&mut tx, std::slice::from_ref(&first), NOON).await.unwrap(), 1);
        assert_eq!(outbox::enqueue(&mut tx, &[again, other], NOON).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        let rows = outbox::of_subject(&mut reader, [9; 16]).await.unwrap();
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().any(|row| row.id == first.id));
        assert_eq!(outbox::due(&mut reader, NOON, 10).await.unwrap().len(), 2);
        assert!(outbox::due(&mut reader, NOON.minus(Span::micros(1)), 10).await.unwrap().is_empty());
    }

    async fn a_lanes_backlog_hides_no_other_lanes_work(db: TestDb) {
        let mut tx = db.begin().await.unwrap();
        let long_ago = NOON.minus(Span::minutes(10));
        let waiting: Vec<Work> = (0..5)
            .map(|n| Work { kind: OutboxKind::VerifyItem, run_at: long_ago, ..work(&format!("v{n}")) })
            .collect();
        outbox::enqueue(&mut tx, &waiting, NOON).await.unwrap();
        let payout = work("p");
        outbox::enqueue(&mut tx, std::slice::from_ref(&payout), NOON).await.unwrap();
        tx.commit().await.unwrap();
        let due = outbox::due(&mut db.read().await.unwrap(), NOON, 2).await.unwrap();
        assert_eq!(due.len(), 3, "two of the five, and the payout");
        assert!(due.contains(&(payout.id, domain::Lane::Payout)));
    }

    async fn of_32_workers_one_claims_a_row(db: TestDb) {
        let row = enqueued(&db, "a").await;
        let mut workers = JoinSet::new();
        for _ in 0..32 {
            let db = (*db).clone();
            workers.spawn(async move { claim(&db, row, NOON).await.is_some() });
        }
        assert_eq!(workers.join_all().await.into_iter().filter(|won| *won).count(), 1);
    }

    async fn a_row_is_not_claimed_before_its_time(db: TestDb) {
        let row = enqueued(&db, "a").await;
        assert_eq!(claim(&db, row, NOON.minus(Span::micros(1))).await, None);
        assert_eq!(claim(&db, row, NOON).await.map(|claim| (claim.epoch, claim.attempts)), Some((1, 1)));
    }

    async fn a_worker_that_was_given_up_writes_nothing(db: TestDb) {
        let row = enqueued(&db, "a").await;
        let zombie = claim(&db, row, NOON).await.unwrap();
        let later = NOON.plus(Span::seconds(61));
        let mut tx = db.begin().await.unwrap();
        assert!(conflict(outbox::hold(&mut tx, &zombie, later, later.plus(Span::seconds(60))).await), "its lease is over");
        let alarms = tasks(&mut tx).await;
        assert_eq!(outbox::free_expired(&mut tx, later).await.unwrap(), 1);
        assert_eq!(tasks(&mut tx).await, alarms + 1, "its lane is woken at once");
        tx.commit().await.unwrap();
        let heir = claim(&db, row, later).await.unwrap();
        assert_eq!((heir.epoch, heir.attempts), (2, 2));
        let mut tx = db.begin().await.unwrap();
        assert!(conflict(outbox::finish(&mut tx, &zombie, None, later).await));
        assert!(conflict(outbox::hold(&mut tx, &zombie, later, later).await));
        assert!(conflict(outbox::review(&mut tx, &zombie, "x", later).await));
        assert!(conflict(outbox::retry_at(&mut tx, &zombie, later, "x", true, later).await));
        outbox::hold(&mut tx, &heir, later, later.plus(Span::seconds(60))).await.unwrap();
        outbox::finish(&mut tx, &heir, None, later).await.unwrap();
        assert!(conflict(outbox::finish(&mut tx, &heir, None, later).await), "once");
        tx.commit().await.unwrap();
        assert_eq!(state(&db, row).await.state, OutboxState::Done);
        assert_eq!(claim(&db, row, later).await, None);
    }

    async fn a_planned_retry_starts_the_count_anew_and_a_failure_does_not(db: TestDb) {
        let row = enqueued(&db, "a").await;
        for (planned, attempts) in [(false, 1), (false, 2), (true, 0)] {
            let claim = claim(&db, row, NOON).await.unwrap();
            let mut tx = db.begin().await.unwrap();
            outbox::retry_at(&mut tx, &claim, NOON, "why", planned, NOON).await.unwrap();
            tx.commit().await.unwrap();
            let row = state(&db, row).await;
            assert_eq!((row.attempts, row.last_error_code.as_deref()), (attempts, Some("why")));
        }
        let claimed = claim(&db, row, NOON).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        outbox::review(&mut tx, &claimed, "look", NOON).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(state(&db, row).await.state, OutboxState::Review);
        assert_eq!(claim(&db, row, LATER).await, None);
    }

    async fn done_work_is_cleared_away_little_by_little(db: TestDb) {
        for key in ["a", "b", "c"] {
            let row = enqueued(&db, key).await;
            let claim = claim(&db, row, NOON).await.unwrap();
            let mut tx = db.begin().await.unwrap();
            outbox::finish(&mut tx, &claim, None, NOON).await.unwrap();
            tx.commit().await.unwrap();
        }
        enqueued(&db, "open").await;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(outbox::delete_done(&mut tx, NOON, 10).await.unwrap(), 0);
        assert_eq!(outbox::delete_done(&mut tx, LATER, 2).await.unwrap(), 2);
        assert_eq!(outbox::delete_done(&mut tx, LATER, 2).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        assert_eq!(outbox::ages(&mut reader).await.unwrap().len(), 1);
    }

    async fn a_quote_makes_one_order(db: TestDb) {
        seed::seed(&db, &db.keys, NOON).await.unwrap();
        let quote = quote(&db).await;
        let (first, second) = (new_order(quote), new_order(quote));
        let mut tx = db.begin().await.unwrap();
        assert_eq!(orders::insert_many(&mut tx, &[&first, &second]).await.unwrap(), 1);
        assert_eq!(orders::insert_many(&mut tx, &[&second]).await.unwrap(), 0);
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        let found = orders::find_by_code(&mut reader, &first.code).await.unwrap().unwrap();
        assert_eq!((found.id, found.state, found.revision), (first.id, OrderState::Submitted, 1));
        assert_eq!(orders::by_phone(&mut reader, &[[0; 32], [3; 32]], 10).await.unwrap(), [found]);
        assert!(orders::by_phone(&mut reader, &[[0; 32], [1; 32]], 10).await.unwrap().is_empty());
        assert_eq!(orders::find(&mut reader, second.id).await.unwrap(), None);
    }

    async fn a_live_number_refuses_the_order_and_is_named(db: TestDb) {
        let (taken, _) = order(&db, 7).await;
        let new = new_order(quote(&db).await);
        let rows = [item(0, 8), item(1, 7), item(2, 9), item(3, 9)];
        for refused in [vec![&rows[0], &rows[1]], vec![&rows[2], &rows[3]]] {
            let refused: Vec<(OrderId, &NewItem)> = refused.into_iter().map(|row| (new.id, row)).collect();
            let mut tx = db.begin().await.unwrap();
            orders::insert_many(&mut tx, &[&new]).await.unwrap();
            let error = items::insert_many(&mut tx, &refused, NOON).await.unwrap_err();
            assert!(error.is_unique(items::LIVE_PIN), "{error:?}");
            tx.rollback().await.unwrap();
        }

        let pin = |pin: u8| ("cultureland".to_owned(), [pin; 32]);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(items::live_pins(&mut tx, &[pin(8), pin(7), pin(9)]).await.unwrap(), [pin(7)]);
        assert_eq!(items::live_pins(&mut tx, &[]).await.unwrap(), []);
        assert_eq!(items::move_all(&mut tx, taken, ItemState::Submitted, ItemState::Cancelled, NOON).await.unwrap(), 1);
        assert_eq!(items::live_pins(&mut tx, &[pin(7)]).await.unwrap(), []);
        orders::insert_many(&mut tx, &[&new]).await.unwrap();
        items::insert_many(&mut tx, &[(new.id, &rows[1])], NOON).await.expect("a cancelled one frees its number");
        tx.commit().await.unwrap();
    }

    async fn a_change_needs_the_state_and_the_revision_it_was_made_from(db: TestDb) {
        let (id, voucher) = order(&db, 1).await;
        let mut tx = db.begin().await.unwrap();
        let before = orders::lock(&mut tx, id).await.unwrap().unwrap();
        let mut after = before.clone();
        after.state = OrderState::Verifying;
        assert_eq!(orders::write(&mut tx, &before, &after).await.unwrap(), 2);
        assert!(conflict(orders::write(&mut tx, &before, &after).await));
        orders::touch(&mut tx, id, LATER).await.unwrap();
        let now = orders::find(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((now.revision, now.updated_at), (3, LATER));

        let before = items::find(&mut tx, voucher).await.unwrap().unwrap();
        let mut after = before.clone();
        after.state = ItemState::Verifying;
        items::write(&mut tx, &before, &after).await.unwrap();
        assert!(conflict(items::write(&mut tx, &before, &after).await));
        assert_eq!(items::stand(&mut tx, id).await.unwrap(), [(ItemState::Verifying, 1)]);
        tx.commit().await.unwrap();
    }

    async fn a_voucher_has_one_live_attempt(db: TestDb) {
        let (_, voucher) = order(&db, 1).await;
        let (first, second) = (AttemptId::from_bytes(id()), AttemptId::from_bytes(id()));
        let mut tx = db.begin().await.unwrap();
        lock_attempts::insert(&mut tx, first, voucher, 1, "R1", NOON).await.unwrap();
        tx.commit().await.unwrap();
        for live in [AttemptState::Unknown, AttemptState::Accepted] {
            let mut tx = db.begin().await.unwrap();
            let refused = lock_attempts::insert(&mut tx, second, voucher, 2, "R2", NOON).await.unwrap_err();
            assert!(refused.is_unique("lock_attempts_one_live"), "{refused}");
            tx.rollback().await.unwrap();
            let mut tx = db.begin().await.unwrap();
            let before = lock_attempts::find(&mut tx, first).await.unwrap().unwrap();
            let mut after = before.clone();
            after.state = live;
            lock_attempts::write(&mut tx, &before, &after).await.unwrap();
            assert!(conflict(lock_attempts::write(&mut tx, &before, &after).await));
            tx.commit().await.unwrap();
        }
    }

    async fn an_order_has_one_payout_and_a_payout_one_live_transfer(db: TestDb) {
        let (order_id, _) = order(&db, 1).await;
        let payout = NewPayout {
            id: PayoutId::from_bytes(id()),
            order_id,
            amount: Won::whole(8_500),
            fee: Won::whole(500),
            state: PayoutState::Ready,
            bank_code: "004".into(),
            account_no_enc: vec![1],
            account_no_hmac: vec![2],
            holder_enc: vec![3],
            hold_reason: None,
            not_before: NOON,
            created_at: NOON,
        };
        let mut tx = db.begin().await.unwrap();
        payouts::insert(&mut tx, &payout).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let second = NewPayout { id: PayoutId::from_bytes(id()), ..payout.clone() };
        assert!(matches!(payouts::insert(&mut tx, &second).await, Err(StoreError::Unique { .. })));
        tx.rollback().await.unwrap();

        let attempt = |no: u32, key: &str| PayoutAttempt {
            id: AttemptId::from_bytes(id()),
            payout_id: payout.id,
            attempt_no: no,
            bank_tran_id: key.into(),
            tran_date: "20261120".into(),
            tran_dtime: "20261120140500".into(),
            amount: payout.amount,
            state: AttemptState::Attempted,
            rsp_code: None,
            bank_rsp_code: None,
            inquiries: 0,
            not_found: 0,
            attempted_at: NOON,
            finished_at: None,
        };
        let first = attempt(1, "T1");
        let mut tx = db.begin().await.unwrap();
        payout_attempts::insert(&mut tx, &first).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let refused = payout_attempts::insert(&mut tx, &attempt(2, "T2")).await.unwrap_err();
        assert!(refused.is_unique("payout_attempts_one_live"), "{refused}");
        tx.rollback().await.unwrap();

        let mut tx = db.begin().await.unwrap();
        let unsent = PayoutAttempt { state: AttemptState::NotSent, ..first.clone() };
        payout_attempts::write(&mut tx, &first, &unsent).await.unwrap();
        assert!(conflict(payout_attempts::write(&mut tx, &first, &unsent).await));
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert!(matches!(payout_attempts::insert(&mut tx, &attempt(2, "T1")).await, Err(StoreError::Unique { .. })), "a key is used once a day");
        tx.rollback().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        payout_attempts::insert(&mut tx, &attempt(2, "T2")).await.unwrap();
        let before = payouts::find(&mut tx, payout.id).await.unwrap().unwrap();
        let mut after = before.clone();
        after.state = PayoutState::Sending;
        assert_eq!(payouts::write(&mut tx, &before, &after).await.unwrap(), 2);
        assert!(conflict(payouts::write(&mut tx, &before, &after).await));
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        assert_eq!(payout_attempts::of_payout(&mut reader, payout.id).await.unwrap().len(), 2);
    }

    async fn a_message_is_written_once_and_walked_through_in_turns(db: TestDb) {
        let message = |n: i64| NewMessage {
            id: MessageId::from_bytes(id()),
            client_key: format!("K{n}"),
            kind: MessageKind::Paid,
            subject_id: [1; 16],
            unique_key: format!("paid:{n}"),
            channel: Channel::Sms,
            phone_enc: vec![1],
            phone_hmac: vec![2],
            body_enc: vec![3],
            created_at: NOON.plus(Span::seconds(n)),
        };
        let mut tx = db.begin().await.unwrap();
        let rows: Vec<NewMessage> = (0..5).map(message).collect();
        let rows: Vec<&NewMessage> = rows.iter().collect();
        assert_eq!(messages::insert_many(&mut tx, &rows).await.unwrap().len(), 5);
        let again = NewMessage { client_key: "other".into(), ..message(4) };
        assert_eq!(messages::insert_many(&mut tx, &[&again]).await.unwrap(), []);
        for before in messages::of_subject(&mut tx, [1; 16]).await.unwrap() {
            let mut after = before.clone();
            after.state = MessageState::Handed;
            messages::write(&mut tx, &before, &after).await.unwrap();
            assert!(conflict(messages::write(&mut tx, &before, &after).await));
        }
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        let newest = messages::handed_newest(&mut reader, 2).await.unwrap();
        assert_eq!(newest.iter().map(|m| m.client_key.as_str()).collect::<Vec<_>>(), ["K4", "K3"]);
        let start = (Timestamp::from_micros(0), MessageId::from_u128(0));
        let first = messages::handed_oldest(&mut reader, start, 3).await.unwrap();
        let rest = messages::handed_oldest(&mut reader, (first[2].created_at, first[2].id), 3).await.unwrap();
        let walked: Vec<_> = first.iter().chain(&rest).map(|m| m.client_key.as_str()).collect();
        assert_eq!(walked, ["K0", "K1", "K2", "K3", "K4"]);
    }

    async fn the_history_is_read_in_order(db: TestDb) {
        let (order_id, item_id) = order(&db, 1).await;
        let lines: Vec<_> = (0..3)
            .map(|n| events::Event {
                id: EventId::from_bytes(id()),
                order_id,
                item_id: (n == 1).then_some(item_id),
                kind: format!("k{n}"),
                detail: serde_json::json!({ "n": n }),
                created_at: NOON.plus(Span::micros(n)),
            })
            .collect();
        let mut tx = db.begin().await.unwrap();
        events::insert_many(&mut tx, &lines).await.unwrap();
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        assert_eq!(events::of_order(&mut reader, order_id).await.unwrap(), lines);
    }
}
