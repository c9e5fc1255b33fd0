//! Taking orders: once per key, once per quote, once per proof, once per voucher.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{BRAND, Shop, pin, pins};
use domain::{MessageKind, OrderState, Pin, Rate, RateId, Span, Won};
use services::ServiceError;
use services::order::Submission;
use std::time::Duration;
use store::Keyring;
use store::crypto::{KeyPurpose, NumberedKey};
use store::items::TABLE;
use store::keys::KeyState;
use store::rates::{self, NewRate};
use store::{consents, messages};
use testkit::partners::Party;
use tokio::task::JoinSet;

fn duplicate_rows(error: &ServiceError) -> Vec<String> {
    match error {
        ServiceError::Invalid(fields) => {
            fields.iter().filter(|field| field.code == "duplicate_pin").map(|field| field.field.clone()).collect()
        }
        _ => Vec::new(),
    }
}

fn is_conflict(result: &Result<services::order::Submitted, ServiceError>, wanted: &str) -> bool {
    matches!(result, Err(ServiceError::Conflict { code, .. }) if *code == wanted)
}

/// A key of its number and first byte.
fn lookup(id: u16, first: u8) -> NumberedKey {
    NumberedKey { id, bytes: std::array::from_fn(|n| first.wrapping_add(u8::try_from(n).unwrap())) }
}

/// Half the price for everything, from now on.
async fn change_rate(shop: &Shop) {
    let now = shop.services.clock.now();
    let rate =
        Rate { brand: BRAND.into(), face_min: Won::whole(1000), face_max: Won::whole(500_000), basis_points: 5000 };
    let id = RateId::from_bytes(shop.services.chance.id(now));
    let new = NewRate { id, rate, effective_from: now.minus(Span::millis(1)) };
    let mut tx = shop.services.db.begin().await.unwrap();
    rates::insert_many(&mut tx, &[new], "test", "test", now).await.unwrap();
    tx.commit().await.unwrap();
}

/// A process that was started with these keys.
async fn begun(shop: &Shop, keys: &Keyring) -> services::Services {
    keys.check_against(&shop.services.db, shop.services.clock.now()).await.unwrap();
    shop.rekeyed(keys).await
}

/// A process started with the new look-up key alone, the old one being retired.
async fn alone(shop: &Shop, keys: &Keyring) -> services::Services {
    let (retiring, retired) = (KeyState::Retiring, KeyState::Retired);
    let mut tx = shop.services.db.begin().await.unwrap();
    let now = shop.services.clock.now();
    store::keys::set_state(&mut tx, KeyPurpose::Lookup, 1, retiring, retired, now).await.unwrap();
    tx.commit().await.unwrap();
    begun(shop, keys).await
}

testkit::both_engines! {
    async fn of_64_clients_with_one_number_one_sells_it(db: TestDb) {
        let shop = Shop::open(db).await;
        let number = pin();
        let spellings = [number.clone(), format!("{}-{}", &number[..4], &number[4..]), format!(" {} {}", &number[..8], &number[8..])];
        let mut clients = JoinSet::new();
        for n in 0..64 {
            // Every other one brings a voucher of its own along.
            let mut submission = shop.submission(&if n % 2 == 0 { pins(1) } else { pins(2) }).await;
            submission.items[0].pin = Pin::new(&spellings[n % 3]).unwrap();
            let (services, actor) = (shop.services.clone(), shop.actor.clone());
            clients.spawn(async move { services::order::submit(&services, &actor, submission).await });
        }
        let results = clients.join_all().await;
        let accepted: Vec<_> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
        assert_eq!(accepted.len(), 1, "{:?}", results.iter().find_map(|result| result.as_ref().err()));
        for refused in results.iter().filter_map(|result| result.as_ref().err()) {
            assert_eq!(duplicate_rows(refused), ["rows.0.pin"], "{refused:?}");
        }
        shop.until_order(accepted[0].id, OrderState::Paid).await;
        let redeemed = shop.partners.references(Party::Issuer, "redeem", "redeemed");
        assert_eq!(redeemed.len(), shop.items(accepted[0].id).await.len());
    }

    async fn orders_that_cross_each_other_do_not_block_each_other(db: TestDb) {
        let shop = Shop::open(db).await;
        let numbers = pins(20);
        let mut clients = JoinSet::new();
        for n in 0..16 {
            let mut mine = numbers.clone();
            if n % 2 == 1 {
                mine.reverse();
            }
            let submission = shop.submission(&mine).await;
            let (services, actor) = (shop.services.clone(), shop.actor.clone());
            clients.spawn(async move { services::order::submit(&services, &actor, submission).await });
        }
        let results = clients.join_all().await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        assert!(results.iter().filter_map(|result| result.as_ref().err()).all(|error| duplicate_rows(error).len() == 20));
    }

    /// Written together or alone: each has all that is its own, and a bad one hears its own reason.
    async fn in_a_crowd_everybody_gets_their_own(db: TestDb) {
        let shop = Shop::open(db).await;
        let taken = pin();
        let first = shop.submission(std::slice::from_ref(&taken)).await;
        let mut crowd = vec![("again", first.clone())];
        shop.submit(first).await.unwrap();
        for n in 0..40 {
            crowd.push(("good", shop.submission(&pins(1 + n % 7)).await));
        }
        for n in 0..6 {
            let good = crowd[1 + n].1.clone();
            let other = shop.submission(&pins(1)).await;
            crowd.push(("same key", good.clone()));
            crowd.push(("number", shop.submission(&[pin(), taken.clone()]).await));
            crowd.push(("proof", Submission { proof_hash: [9; 32], ..other.clone() }));
            crowd.push(("phone", Submission { phone_hmacs: [[8; 32]; 2], ..other }));
        }
        let mut clients = JoinSet::new();
        for (kind, submission) in crowd.clone() {
            let (services, actor) = (shop.services.clone(), shop.actor.clone());
            clients.spawn(async move {
                let answer = services::order::submit(&services, &actor, submission.clone()).await;
                (kind, submission, answer)
            });
        }
        let answers = clients.join_all().await;
        let mut good = Vec::new();
        for (kind, submission, answer) in &answers {
            match (*kind, answer) {
                ("good" | "again", Ok(order)) => good.push((order.clone(), submission)),
                ("same key", Ok(_)) => {}
                ("number", Err(error)) => assert_eq!(duplicate_rows(error), ["rows.1.pin"]),
                ("proof" | "phone", Err(ServiceError::Invalid(fields))) => assert_eq!(fields[0].code, "proof_expired"),
                (kind, answer) => panic!("{kind}: {answer:?}"),
            }
        }
        assert_eq!(good.len(), 41);
        for (_, submission, answer) in answers.iter().filter(|(kind, ..)| *kind == "same key") {
            let own = good.iter().find(|(_, other)| other.idempotency_key == submission.idempotency_key).unwrap();
            assert_eq!(answer.as_ref().unwrap(), &own.0);
        }
        for (order, submission) in &good {
            shop.until_order(order.id, OrderState::Paid).await;
            let items = shop.items(order.id).await;
            assert_eq!(items.len(), submission.items.len());
            for (item, sent) in items.iter().zip(&submission.items) {
                let number = shop.services.keys.open(TABLE, "pin_enc", item.id.bytes(), &item.pin_enc).unwrap();
                assert_eq!(number, sent.pin.expose().as_bytes());
            }
            let stored = shop.order(order.id).await;
            assert_eq!((stored.code, stored.quote_id), (order.code.clone(), submission.quote_id));
            assert_eq!(stored.phone_hmac, submission.phone_hmacs[0]);
            let mut reader = shop.services.db.read().await.unwrap();
            assert_eq!(consents::of_order(&mut reader, order.id).await.unwrap().len(), submission.consents.len());
            let told = messages::of_subject(&mut reader, order.id.bytes()).await.unwrap();
            assert_eq!(told.iter().filter(|message| message.kind == MessageKind::Accepted).count(), 1);
            drop(reader);
            assert_eq!(shop.kinds(order.id).await.iter().filter(|kind| *kind == "order_submitted").count(), 1);
        }
        let redeemed = shop.partners.references(Party::Issuer, "redeem", "redeemed").len();
        assert_eq!(redeemed, good.iter().map(|(_, submission)| submission.items.len()).sum::<usize>());
    }

    async fn a_number_twice_in_one_order_is_named(db: TestDb) {
        let shop = Shop::open(db).await;
        let number = pin();
        let refused = shop.submit(shop.submission(&[number.clone(), pin(), number.clone()]).await).await.unwrap_err();
        assert_eq!(duplicate_rows(&refused), ["rows.2.pin"]);
        assert!(shop.submit(shop.submission(&[number]).await).await.is_ok(), "nothing was written");
    }

    async fn the_same_key_gives_the_same_order(db: TestDb) {
        let shop = Shop::open(db).await;
        let submission = shop.submission(&pins(2)).await;
        let mut clicks = JoinSet::new();
        for _ in 0..20 {
            let (services, actor, submission) = (shop.services.clone(), shop.actor.clone(), submission.clone());
            clicks.spawn(async move { services::order::submit(&services, &actor, submission).await.unwrap() });
        }
        let orders = clicks.join_all().await;
        assert!(orders.iter().all(|order| *order == orders[0]));
        assert_eq!(shop.submit(submission.clone()).await.unwrap(), orders[0]);

        let mut other = submission.clone();
        other.bank_code = "088".into();
        assert!(is_conflict(&shop.submit(other).await, "idempotency_mismatch"));
        shop.until_order(orders[0].id, OrderState::Paid).await;
        assert_eq!(shop.submit(submission).await.unwrap(), orders[0], "also when the order is long done");
    }

    /// Sold before the lookup keys were rotated, and offered again while they are.
    async fn a_number_stays_taken_across_a_rotation(db: TestDb) {
        let mut db = db;
        db.keys = Keyring::new(vec![lookup(1, 1)], vec![lookup(1, 40)]).unwrap();
        let shop = Shop::open(db).await;
        let number = pin();
        shop.submit(shop.submission(std::slice::from_ref(&number)).await).await.unwrap();
        let rotating = begun(&shop, &Keyring::new(vec![lookup(1, 1)], vec![lookup(2, 80), lookup(1, 40)]).unwrap()).await;
        let again = shop.submission(&[pin(), number]).await;
        let refused = services::order::submit(&rotating, &shop.actor, again).await.unwrap_err();
        assert_eq!(duplicate_rows(&refused), ["rows.1.pin"]);
    }

    /// Its row stands as one did before hashes were made from digests: it is live like any other, and a rotation makes it new.
    async fn a_number_hashed_before_digests_stays_taken_and_is_made_new(db: TestDb) {
        let mut db = db;
        db.keys = Keyring::new(vec![lookup(1, 1)], vec![lookup(1, 40)]).unwrap();
        let shop = Shop::open(db).await;
        let number = pin();
        let db = &shop.services.db;
        let mut tx = db.begin().await.unwrap();
        // What the migration writes where vouchers are.
        store::settings::put(&mut tx, store::settings::OLDER_NUMBERS, &true, shop.services.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let made = shop.submit(shop.submission(std::slice::from_ref(&number)).await).await.unwrap();
        let item = store::items::of_order(&mut db.read().await.unwrap(), made.id).await.unwrap().remove(0);
        let [old, _] = shop.services.keys.pin_hashes_before_digests(&item.family, number.as_bytes());
        let text = "UPDATE order_items SET pin_hmac = $1";
        let mut tx = db.begin().await.unwrap();
        match store::Conn::from(&mut tx) {
            store::Conn::Sqlite(c) => sqlx::query(text).bind(old.as_slice()).execute(c).await.map(|_| ()).unwrap(),
            store::Conn::Postgres(c) => sqlx::query(text).bind(old.as_slice()).execute(c).await.map(|_| ()).unwrap(),
        }
        tx.commit().await.unwrap();
        let refused = shop.submit(shop.submission(&[pin(), number.clone()]).await).await.unwrap_err();
        assert_eq!(duplicate_rows(&refused), ["rows.1.pin"], "before any rotation");
        let keys = Keyring::new(vec![lookup(1, 1)], vec![lookup(2, 80), lookup(1, 40)]).unwrap();
        let rotating = begun(&shop, &keys).await;
        let again = shop.submission(&[pin(), number.clone()]).await;
        let refused = services::order::submit(&rotating, &shop.actor, again).await.unwrap_err();
        assert_eq!(duplicate_rows(&refused), ["rows.1.pin"], "while it rotates");
        let vouchers = store::reseal::PARTS.iter().find(|part| part.name == TABLE).unwrap();
        let rows = store::reseal::page(&mut db.read().await.unwrap(), vouchers, None).await.unwrap();
        let store::reseal::Anew::Changed(change) = rows[0].anew(&keys, vouchers).unwrap() else { panic!("old") };
        let mut tx = db.begin().await.unwrap();
        assert!(store::reseal::write(&mut tx, vouchers, &rows[0], &change).await.unwrap());
        tx.commit().await.unwrap();
        let now = Keyring::new(vec![lookup(1, 1)], vec![lookup(2, 80)]).unwrap();
        let sought = [(item.family.clone(), now.pin_hash(&item.family, &Pin::new(&number).unwrap()))];
        let live = store::items::live_pins(&mut db.read().await.unwrap(), &sought).await.unwrap();
        assert_eq!(live.len(), 1, "known under the new key alone");
    }

    /// Claimed before another process began with a new key: what this one would still write, that one's walk might have passed.
    async fn a_process_without_a_key_ends_no_work_it_had_begun(db: TestDb) {
        let mut db = db;
        db.keys = Keyring::new(vec![lookup(1, 1)], vec![lookup(1, 40)]).unwrap();
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(1)).await;
        shop.run_all(domain::OutboxKind::BeginOrder).await;
        let item = shop.items(id).await.remove(0);
        let work = shop.works(item.id.bytes()).await.pop().unwrap();
        let hang = serde_json::json!([{"party": "issuer", "operation": "inquiry", "fault": "hang"}]);
        shop.partners.faults(hang).await;
        let services = shop.services.clone();
        let running = tokio::spawn(async move { services::work::run(&services, work.id, "old").await.unwrap() });
        let claimed = shop.until(std::time::Duration::from_secs(5), async |shop| {
            shop.works(item.id.bytes()).await[0].state == domain::OutboxState::Claimed
        });
        assert!(claimed.await);
        let keys = Keyring::new(vec![lookup(1, 1)], vec![lookup(2, 80), lookup(1, 40)]).unwrap();
        let rotating = begun(&shop, &keys).await;
        let calls = |shop: Vec<store::outbox::OutboxRow>| shop[0].epoch;
        assert_eq!(running.await.unwrap(), services::work::Ran::Failed);
        assert_eq!(shop.items(id).await[0].state, item.state, "nothing of it was written");
        let before = calls(shop.works(item.id.bytes()).await);
        // The other one goes on.
        shop.partners.behave().await;
        let done = shop.until(std::time::Duration::from_secs(10), async |_| {
            services::work::run(&rotating, work.id, "new").await.unwrap() == services::work::Ran::Done
        });
        assert!(done.await, "{}", shop.story(id).await);
        assert!(calls(shop.works(item.id.bytes()).await) > before);
        assert_ne!(shop.items(id).await[0].state, item.state);
    }

    /// Offered again while the background job is in the middle of the vouchers, and when it is done.
    async fn a_number_stays_taken_while_rows_are_rehashed(db: TestDb) {
        let mut db = db;
        db.keys = Keyring::new(vec![lookup(1, 1)], vec![lookup(1, 40)]).unwrap();
        let shop = Shop::open(db).await;
        let numbers = pins(200);
        for half in numbers.chunks(100) {
            shop.submit(shop.submission(half).await).await.unwrap();
        }
        let keys = Keyring::new(vec![lookup(1, 1)], vec![lookup(2, 80), lookup(1, 40)]).unwrap();
        let db = &shop.services.db;
        keys.check_against(db, shop.services.clock.now()).await.unwrap();
        let rotating = shop.rekeyed(&keys).await;
        let vouchers = store::reseal::PARTS.iter().find(|part| part.name == TABLE).unwrap();
        // As the rotation does it: the first hundred, then somebody comes, then the rest.
        let mut position: Option<Vec<u8>> = None;
        for batch in 0..2 {
            let rows = store::reseal::page(&mut db.read().await.unwrap(), vouchers, position.as_deref()).await.unwrap();
            assert_eq!(rows.len(), 100);
            position = rows.last().map(|row| row.key.clone());
            let mut tx = db.begin().await.unwrap();
            for row in &rows {
                let store::reseal::Anew::Changed(change) = row.anew(&keys, vouchers).unwrap() else { panic!("old") };
                assert!(store::reseal::write(&mut tx, vouchers, row, &change).await.unwrap());
                assert!(!store::reseal::write(&mut tx, vouchers, row, &change).await.unwrap(), "it is another row now");
            }
            tx.commit().await.unwrap();
            for taken in [&numbers[0], &numbers[199]] {
                let again = shop.submission(&[pin(), taken.clone()]).await;
                let refused = services::order::submit(&rotating, &shop.actor, again).await.unwrap_err();
                assert_eq!(duplicate_rows(&refused), ["rows.1.pin"], "batch {batch}");
            }
        }
        let rotated = alone(&shop, &Keyring::new(vec![lookup(1, 1)], vec![lookup(2, 80)]).unwrap()).await;
        let mut again = shop.submission(&[pin(), numbers[0].clone()]).await;
        again.phone_hmacs = rotated.keys.phone_hashes(&again.phone);
        let refused = services::order::submit(&rotated, &shop.actor, again).await.unwrap_err();
        assert_eq!(duplicate_rows(&refused), ["rows.1.pin"]);
    }

    /// Submitted before the lookup keys were rotated, and again after it.
    async fn the_same_key_gives_the_same_order_across_a_rotation(db: TestDb) {
        let mut db = db;
        db.keys = Keyring::new(vec![lookup(1, 1)], vec![lookup(1, 40)]).unwrap();
        let shop = Shop::open(db).await;
        let [early, late] = [shop.submission(&pins(1)).await, shop.submission(&pins(1)).await];
        let first = shop.submit(early.clone()).await.unwrap();
        let rotating = begun(&shop, &Keyring::new(vec![lookup(1, 1)], vec![lookup(2, 80), lookup(1, 40)]).unwrap()).await;
        let submit = async |submission| services::order::submit(&rotating, &shop.actor, submission).await;
        assert_eq!(submit(early.clone()).await.unwrap(), first);
        let mut other = early.clone();
        other.bank_code = "088".into();
        assert!(is_conflict(&submit(other).await, "idempotency_mismatch"));
        // What is new is written under the new key.
        let new = submit(late.clone()).await.unwrap();
        // Also when their price no longer holds, which is looked at first.
        change_rate(&shop).await;
        tokio::time::sleep(Duration::from_millis(150)).await;
        assert_eq!(submit(early).await.unwrap(), first);
        let rotated = alone(&shop, &Keyring::new(vec![lookup(1, 1)], vec![lookup(2, 80)]).unwrap()).await;
        assert_eq!(services::order::submit(&rotated, &shop.actor, late).await.unwrap(), new);
    }

    async fn a_quote_is_used_once_and_only_while_it_holds(db: TestDb) {
        let shop = Shop::open(db).await;
        let first = shop.submission(&pins(1)).await;
        let mut second = shop.submission(&pins(1)).await;
        second.quote_id = first.quote_id;
        shop.submit(first).await.unwrap();
        assert!(is_conflict(&shop.submit(second).await, "requote"));

        let mut other_items = shop.submission(&pins(1)).await;
        other_items.items[0].claimed_face = Won::whole(50_000);
        assert!(is_conflict(&shop.submit(other_items).await, "requote"));
    }

    async fn a_changed_rate_asks_for_a_new_quote(db: TestDb) {
        let shop = Shop::open(db).await;
        let submission = shop.submission(&pins(1)).await;
        change_rate(&shop).await;
        assert!(is_conflict(&shop.submit(submission).await, "requote"));
    }

    async fn a_proof_is_used_once(db: TestDb) {
        let shop = Shop::open(db).await;
        let first = shop.submission(&pins(1)).await;
        let mut second = shop.submission(&pins(1)).await;
        second.phone = first.phone.clone();
        second.phone_hmacs = first.phone_hmacs;
        second.proof_hash = first.proof_hash;
        shop.submit(first).await.unwrap();
        let refused = shop.submit(second.clone()).await.unwrap_err();
        assert!(matches!(&refused, ServiceError::Invalid(fields) if fields[0].code == "proof_expired"), "{refused:?}");
        let numbers = second.items.iter().map(|item| item.pin.expose().to_owned()).collect::<Vec<_>>();
        assert!(shop.submit(shop.submission(&numbers).await).await.is_ok(), "nothing was written");
    }
}
