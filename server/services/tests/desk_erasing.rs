//! Erasing while somebody else is at the same rows, and what can't be erased yet or never.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod customer_common;
mod desk_hands;

use customer_common::{Front, TWO, ready, somebody};
use desk_hands::{actor_of, by_hand, staff};
use domain::{Lang, MessageState, Phone, Role, Span};
use services::desk::risk::{self, NewBlockInput};
use services::desk::{customer, privacy};
use services::inquiry::{self, InquiryInput};
use services::{Actor, ServiceError, Services, sell};
use std::time::Duration;
use store::people::{self, Before, Hold, Phones};
use store::retention::{self, Due, ERASED, Kept};
use store::{Conn, Tx, items, messages, orders};
use testkit::staff::member_at;

const PHONE: &str = "01012345678";

fn phones(services: &Services) -> Phones {
    services.keys.phone_hashes(&Phone::parse(PHONE).unwrap())
}

async fn sold(front: &Front) -> orders::Order {
    let sale = ready(front, &somebody(), TWO, PHONE).await;
    sell::submit(&front.services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
    let mut reader = front.services.db.read().await.unwrap();
    orders::by_phone(&mut reader, &phones(&front.services), 10).await.unwrap().remove(0)
}

async fn again(front: &Front, order: &orders::Order) -> (orders::Order, Vec<items::Item>) {
    let mut reader = front.services.db.read().await.unwrap();
    let found = orders::find(&mut reader, order.id).await.unwrap().unwrap();
    (found, items::of_order(&mut reader, order.id).await.unwrap())
}

/// Its order, vouchers and messages are over.
async fn over(front: &Front) {
    let text = "UPDATE orders SET status = 'paid', paid_at = updated_at; UPDATE order_items SET status = 'paid'; UPDATE messages SET state = 'delivered'";
    by_hand(&front.db, text, text).await;
}

/// Somebody of the staff whose second factor was shown just now.
async fn owner_now(front: &Front, number: u8) -> Actor {
    actor_of(&member_at(&front.db, number, &[Role::Owner], front.now()).await)
}

fn code(answer: Result<impl Sized, ServiceError>) -> &'static str {
    match answer.err() {
        Some(ServiceError::Conflict { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

async fn write(tx: &mut Tx, text: &'static str) {
    let done = match Conn::from(tx) {
        Conn::Sqlite(c) => sqlx::query(text).execute(c).await.unwrap().rows_affected(),
        Conn::Postgres(c) => sqlx::query(text).execute(c).await.unwrap().rows_affected(),
    };
    assert!(done > 0, "{text}");
}

/// A hold on the phone of these tests from now on, written and not committed yet.
async fn holding(front: &Front, days: i64) -> Tx {
    let services = &front.services;
    let id = services.chance.id(front.now());
    let hold = Hold {
        id,
        reason: "the police asked".into(),
        actor: "usr_1".into(),
        created_at: front.now(),
        ends_at: front.now().plus(Span::days(days)),
        lifted_at: None,
    };
    let sealed = services.keys.seal(people::HOLDS, "phone_enc", id, PHONE.as_bytes()).unwrap();
    let mut tx = services.db.begin().await.unwrap();
    people::insert_hold(&mut tx, &hold, (&phones(services)[0], &sealed)).await.unwrap();
    tx
}

async fn rows(front: &Front, kept: Kept) -> u64 {
    let gone = privacy::retention(&front.services).await.unwrap();
    gone.into_iter().find(|(one, _)| *one == kept).unwrap().1
}

testkit::both_engines! {
    /// Its transaction is open when the round begins: what it keeps is kept.
    async fn a_hold_that_is_being_written_is_waited_for(db: TestDb) {
        let front = Front::open(db).await;
        let order = sold(&front).await;
        over(&front).await;
        front.pass(Span::days(1_900));
        let tx = holding(&front, 50).await;
        let services = front.services.clone();
        let round = tokio::spawn(async move { privacy::retention(&services).await.unwrap() });
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(!round.is_finished());
        tx.commit().await.unwrap();
        let gone = round.await.unwrap();
        assert!(gone.iter().all(|(_, rows)| *rows == 0), "{gone:?}");
        let (kept, items) = again(&front, &order).await;
        assert!(kept.name_enc != ERASED && items.iter().all(|item| item.pin_enc != ERASED));
        front.pass(Span::days(51));
        let gone = privacy::retention(&front.services).await.unwrap();
        assert!(gone.contains(&(Kept::Vouchers, 2)) && gone.contains(&(Kept::Orders, 1)), "{gone:?}");
    }

    /// A row was found due, and changes before it is erased.
    async fn what_is_not_due_any_more_is_left(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        let order = sold(&front).await;
        let services = &front.services;
        let ask = InquiryInput {
            name: "김문의".into(),
            phone: PHONE.into(),
            body: "언제 입금되나요? 기다리고 있어요.".into(),
            trap: String::new(),
        };
        assert!(inquiry::send(services, &somebody(), ask).await.unwrap().sent);
        let soon = front.now().plus(Span::days(2));
        risk::block(services, &owner, NewBlockInput::Phone(PHONE.into()), soon, "reported by their bank").await.unwrap();
        let (id, now) = (services.chance.id(front.now()), front.now());
        let sealed = services.keys.seal(people::REQUESTS, "phone_enc", id, PHONE.as_bytes()).unwrap();
        let mut tx = services.db.begin().await.unwrap();
        people::insert_request(&mut tx, id, "export", &sealed, &phones(services)[0], now).await.unwrap();
        people::close_request(&mut tx, id, ("done", "handed over"), "usr_1", now).await.unwrap();
        tx.commit().await.unwrap();
        holding(&front, 2).await.commit().await.unwrap();
        over(&front).await;
        front.pass(Span::days(4_000));
        for (kept, text) in [
            (Kept::Vouchers, "UPDATE order_items SET updated_at = 9000000000000000"),
            (Kept::Orders, "UPDATE orders SET paid_at = 9000000000000000"),
            (Kept::Messages, "UPDATE messages SET state = 'handing'"),
            (Kept::Inquiries, "UPDATE inquiries SET created_at = 9000000000000000"),
            (Kept::Blocks, "UPDATE risk_blocks SET until_at = 9000000000000000"),
            (Kept::Wishes, "UPDATE person_requests SET state = 'open'"),
            (Kept::Holds, "UPDATE legal_holds SET ends_at = 9000000000000000"),
        ] {
            let (now, before) = (front.now(), front.now().minus(Span::days(2_000)));
            let (due, held) = retention::count(&mut services.db.read().await.unwrap(), kept, before, now).await.unwrap();
            assert!(due > 0 && held == 0, "{kept:?}");
            let mut tx = services.db.begin().await.unwrap();
            write(&mut tx, text).await;
            let theirs = services.clone();
            let erasing = tokio::spawn(async move {
                let mut tx = theirs.db.begin().await.unwrap();
                let due = Due { before, limit: 200, after: None };
                let batch = retention::erase(&mut tx, &theirs.keys, kept, due, || [9; 32], now).await.unwrap();
                tx.commit().await.unwrap();
                batch.gone
            });
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert!(!erasing.is_finished(), "{kept:?}");
            tx.commit().await.unwrap();
            assert_eq!(erasing.await.unwrap(), 0, "{kept:?}");
        }
        let (kept, items) = again(&front, &order).await;
        assert!(kept.name_enc != ERASED && items.iter().all(|item| item.pin_enc != ERASED));
        let consents = people::consents(&mut services.db.read().await.unwrap(), &phones(services), 10).await.unwrap();
        assert_eq!(consents.len(), 4, "nothing of the order went without it");
    }

    /// More of them than a batch has, and older than what opens.
    async fn numbers_that_do_not_open_keep_no_other_from_being_erased(db: TestDb) {
        let front = Front::open(db).await;
        let order = sold(&front).await;
        over(&front).await;
        by_hand(
            &front.db,
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 130)
             INSERT INTO order_items (id, order_id, position, brand, family, status, revision, pin_enc, pin_hmac, claimed_face, rate_bp, created_at, updated_at)
             SELECT randomblob(16), i.order_id, i.position + n.n * 10, i.brand, i.family, i.status, i.revision, x'0100', randomblob(32), i.claimed_face, i.rate_bp, i.created_at - 1, i.updated_at
             FROM order_items AS i CROSS JOIN n",
            "INSERT INTO order_items (id, order_id, position, brand, family, status, revision, pin_enc, pin_hmac, claimed_face, rate_bp, created_at, updated_at)
             SELECT gen_random_uuid(), i.order_id, i.position + n.n * 10, i.brand, i.family, i.status, i.revision, '\\x0100', sha256(gen_random_uuid()::text::bytea), i.claimed_face, i.rate_bp, i.created_at - 1, i.updated_at
             FROM order_items AS i CROSS JOIN generate_series(1, 130) AS n (n)",
        ).await;
        front.pass(Span::days(370));
        assert_eq!(rows(&front, Kept::Vouchers).await, 2);
        let (_, items) = again(&front, &order).await;
        assert_eq!((items.len(), items.iter().filter(|item| item.pin_enc == ERASED).count()), (262, 2));
        let line = privacy::dry_run(&front.services, Lang::En).await.unwrap().swap_remove(0);
        assert_eq!((line.due, line.late), (260, 260), "and they are told of");
    }

    /// Two live rows have one number, one of them in the form from before digests: neither stops the other's erasing.
    async fn a_number_that_was_sold_twice_is_erased_too(db: TestDb) {
        let front = Front::open(db).await;
        let order = sold(&front).await;
        over(&front).await;
        let services = &front.services;
        let (_, items) = again(&front, &order).await;
        let number = services.keys.open_text(items::TABLE, "pin_enc", items[0].id.bytes(), &items[0].pin_enc).unwrap();
        let [older, _] = services.keys.pin_hashes_before_digests(&items[0].family, number.as_bytes());
        let today = services.keys.pin_hash(&items[0].family, &domain::Pin::new(&number).unwrap());
        let text = "UPDATE order_items SET pin_hmac = $1 WHERE position = $2";
        let mut tx = services.db.begin().await.unwrap();
        for (position, hash) in [(items[0].position, older), (items[1].position, today)] {
            let position = i64::from(position);
            match Conn::from(&mut tx) {
                Conn::Sqlite(c) => sqlx::query(text).bind(hash.to_vec()).bind(position).execute(c).await.map(drop).unwrap(),
                Conn::Postgres(c) => sqlx::query(text).bind(hash.to_vec()).bind(position).execute(c).await.map(drop).unwrap(),
            }
        }
        tx.commit().await.unwrap();
        front.pass(Span::days(200));
        assert_eq!(rows(&front, Kept::Vouchers).await, 2);
    }

    /// Whoever hands it over opens it: erased before, it would never go out, and the person's wish be answered all the same.
    async fn nobody_is_erased_while_a_message_to_them_is_under_way(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        let order = sold(&front).await;
        over(&front).await;
        let services = &front.services;
        let token = customer::find(services, &owner, PHONE, "their wish").await.unwrap();
        for text in [
            "UPDATE messages SET state = 'ready'",
            "UPDATE messages SET state = 'handing'",
            "UPDATE messages SET state = 'unknown'",
        ] {
            by_hand(&front.db, text, text).await;
            assert_eq!(code(customer::erase(services, &owner, &token, "their wish").await), "messages_under_way", "{text}");
        }
        let found = messages::of_subject(&mut services.db.read().await.unwrap(), order.id.bytes()).await.unwrap();
        assert!(!found.is_empty() && found.iter().all(|one| one.state == MessageState::Unknown && one.body_enc != ERASED));
        // Nobody hands it over any more: what became of it may stay unknown, and keeps nobody.
        front.pass(Span::hours(73));
        let later = owner_now(&front, 2).await;
        let token = customer::find(services, &later, PHONE, "their wish").await.unwrap();
        let stuck = "UPDATE messages SET state = 'handing'";
        by_hand(&front.db, stuck, stuck).await;
        assert_eq!(code(customer::erase(services, &later, &token, "their wish").await), "messages_under_way");
        let unclear = "UPDATE messages SET state = 'unknown'";
        by_hand(&front.db, unclear, unclear).await;
        assert!(customer::erase(services, &later, &token, "their wish").await.unwrap().messages > 0);
        let found = messages::of_subject(&mut services.db.read().await.unwrap(), order.id.bytes()).await.unwrap();
        assert!(found.iter().all(|one| one.phone_enc == ERASED && one.body_enc == ERASED));
    }

    /// A code they asked for between our look and the erasing still reaches them.
    async fn a_message_written_meanwhile_is_left_to_go_out(db: TestDb) {
        let front = Front::open(db).await;
        let order = sold(&front).await;
        over(&front).await;
        let text = "UPDATE messages SET state = 'ready' WHERE kind = 'accepted'";
        by_hand(&front.db, text, text).await;
        let (services, now) = (&front.services, front.now());
        let before = Before { vouchers: now, codes: now.minus(Span::minutes(3)), messages: now.minus(Span::hours(72)) };
        let mut tx = services.db.begin().await.unwrap();
        people::close(&mut tx, &services.keys, &phones(services), [9; 32], before, now).await.unwrap();
        tx.commit().await.unwrap();
        let found = messages::of_subject(&mut services.db.read().await.unwrap(), order.id.bytes()).await.unwrap();
        let ready: Vec<_> = found.iter().filter(|one| one.state == MessageState::Ready).collect();
        assert!(!ready.is_empty() && ready.iter().all(|one| one.body_enc != ERASED && one.phone_enc != ERASED));
    }

    async fn a_hold_that_is_over_is_kept_for_a_year_and_goes(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        let services = &front.services;
        let token = customer::find(services, &owner, PHONE, "the police asked").await.unwrap();
        customer::hold(services, &owner, &token, "2030-01-01", "the police asked").await.unwrap();
        let view = customer::open(services, &owner, &token).await.unwrap();
        customer::lift(services, &owner, &token, &view.holds[0].id, "it is over").await.unwrap();
        holding(&front, 400).await.commit().await.unwrap();
        front.pass(Span::days(364));
        let line = privacy::dry_run(services, Lang::En).await.unwrap().swap_remove(6);
        assert_eq!((line.due, line.held, rows(&front, Kept::Holds).await), (0, 0, 0), "not before its time");
        front.pass(Span::days(2));
        let line = privacy::dry_run(services, Lang::En).await.unwrap().swap_remove(6);
        assert_eq!((line.due, line.held, rows(&front, Kept::Holds).await), (0, 1, 0), "while another keeps the person");
        let stored = async || people::holds(&mut services.db.read().await.unwrap(), &phones(services)).await.unwrap();
        assert_eq!(stored().await.len(), 2);
        front.pass(Span::days(50));
        assert_eq!(rows(&front, Kept::Holds).await, 1, "the one that was lifted");
        assert_eq!(stored().await.len(), 1, "nobody finds it by the phone");
        front.pass(Span::days(400));
        assert_eq!(rows(&front, Kept::Holds).await, 1, "and the one that ended by itself");
        let text = "SELECT phone_enc, reason FROM legal_holds";
        let left: Vec<(Option<Vec<u8>>, String)> = match &services.db {
            store::Db::Sqlite(db) => sqlx::query_as(text).fetch_all(db.writer()).await.unwrap(),
            store::Db::Postgres(db) => sqlx::query_as(text).fetch_all(db.pool()).await.unwrap(),
        };
        assert_eq!(left, vec![(Some(ERASED.to_vec()), String::new()); 2]);
    }
}
