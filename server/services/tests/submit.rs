//! Taking orders: once per key, once per quote, once per proof, once per voucher.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{BRAND, Shop, pin, pins};
use domain::{OrderState, Pin, Rate, RateId, Span, Won};
use services::ServiceError;
use std::time::Duration;
use store::Keyring;
use store::crypto::NumberedKey;
use store::rates::{self, NewRate};
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

    /// Submitted before the lookup keys were rotated, and again after it.
    async fn the_same_key_gives_the_same_order_across_a_rotation(db: TestDb) {
        let mut db = db;
        let key = |id: u16, first: u8| NumberedKey { id, bytes: std::array::from_fn(|n| first.wrapping_add(u8::try_from(n).unwrap())) };
        db.keys = Keyring::new(vec![key(1, 1)], vec![key(1, 40)]).unwrap();
        let shop = Shop::open(db).await;
        let [early, late] = [shop.submission(&pins(1)).await, shop.submission(&pins(1)).await];
        let first = shop.submit(early.clone()).await.unwrap();
        let rotating = shop.rekeyed(&Keyring::new(vec![key(1, 1)], vec![key(2, 80), key(1, 40)]).unwrap()).await;
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
        let rotated = shop.rekeyed(&Keyring::new(vec![key(1, 1)], vec![key(2, 80)]).unwrap()).await;
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
