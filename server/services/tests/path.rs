//! The way of an order from submit to paid, with partners that answer, that refuse, and that fall silent.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{BRAND, FACE, Shop, pin, pin_ending, pins};
use domain::{ItemState, OrderState, PayoutState, Reason, Speed, Won};
use serde_json::json;
use services::{ServiceError, order};
use testkit::partners::Party;

testkit::both_engines! {
    async fn ten_good_vouchers_are_paid_once(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(10)).await;
        shop.until_order(id, OrderState::Paid).await;
        let items = shop.items(id).await;
        assert!(items.iter().all(|item| item.state == ItemState::Paid));
        let payout = shop.payout(id).await.unwrap();
        assert_eq!(payout.state, PayoutState::Paid);
        let gross = Won::sum(items.iter().map(|item| item.payable.unwrap())).unwrap();
        assert_eq!(payout.amount, gross.saturating_sub_zero(payout.fee));
        assert_eq!(shop.order(id).await.total_payable, payout.amount);
        assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), 10);
        let transfers = shop.partners.references(Party::Bank, "deposit", "paid");
        assert_eq!(transfers, [shop.payout_attempts(id).await[0].bank_tran_id.clone()]);
        let bank = shop.partners.journal(Party::Bank);
        let entry = bank.iter().find(|line| line["operation"] == "deposit").unwrap();
        assert_eq!(entry["amount"], payout.amount.get());
    }

    async fn bad_vouchers_are_handed_back_and_good_ones_paid(db: TestDb) {
        let shop = Shop::open(db).await;
        let wanted = [
            ("9901", Reason::Used), ("9902", Reason::NotFound), ("9903", Reason::ZeroBalance), ("9904", Reason::Partial),
        ];
        let mut pins: Vec<String> = wanted.iter().map(|(ending, _)| pin_ending(ending)).collect();
        pins.push(pin());
        let id = shop.sell(&pins).await;
        shop.until_order(id, OrderState::Paid).await;
        let items = shop.items(id).await;
        for (item, (_, reason)) in items.iter().zip(wanted) {
            assert_eq!((item.state, item.reason), (ItemState::Rejected, Some(reason)));
        }
        assert_eq!(items[4].state, ItemState::Paid);
        let payout = shop.payout(id).await.unwrap();
        assert_eq!(payout.amount, items[4].payable.unwrap().saturating_sub_zero(payout.fee));
        assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), 1);
    }

    async fn an_order_without_a_good_voucher_is_rejected_and_frees_its_numbers(db: TestDb) {
        let shop = Shop::open(db).await;
        let bad = pin_ending("9902");
        let id = shop.sell(std::slice::from_ref(&bad)).await;
        shop.until_order(id, OrderState::Rejected).await;
        assert!(shop.payout(id).await.is_none());
        assert!(shop.submit(shop.submission(&[bad]).await).await.is_ok(), "a refused number may be sent again");
    }

    async fn another_face_is_paid_by_its_own_rate(db: TestDb) {
        let shop = Shop::open(db).await;
        let lines = [(pin_ending("9910"), Won::whole(50_000))];
        let submission = shop.submission_of(BRAND, &lines, Speed::Instant).await;
        let id = shop.submit(submission).await.unwrap().id;
        shop.until_order(id, OrderState::Paid).await;
        let items = shop.items(id).await;
        assert_eq!(items[0].face, Some(Won::whole(40_000)));
        assert!(items[0].payable.unwrap() < Won::whole(40_000));
    }

    async fn a_big_payout_waits_for_people(db: TestDb) {
        let shop = Shop::open(db).await;
        let lines: Vec<(String, Won)> = pins(12).into_iter().map(|pin| (pin, Won::whole(50_000))).collect();
        let id = shop.submit(shop.submission_of(BRAND, &lines, Speed::Instant).await).await.unwrap().id;
        shop.until_order(id, OrderState::Paying).await;
        let payout = shop.payout(id).await.unwrap();
        assert_eq!((payout.state, payout.hold_reason.as_deref()), (PayoutState::Held, Some("needs_approval")));
        assert!(shop.partners.references(Party::Bank, "deposit", "paid").is_empty());
    }

    async fn a_payout_by_the_next_morning_is_not_sent_today(db: TestDb) {
        let shop = Shop::open(db).await;
        let lines = [(pin(), FACE)];
        let id = shop.submit(shop.submission_of(BRAND, &lines, Speed::NextMorning).await).await.unwrap().id;
        shop.until_order(id, OrderState::Paying).await;
        let payout = shop.payout(id).await.unwrap();
        assert_eq!(payout.state, PayoutState::Ready);
        assert!(payout.not_before > common::now());
        assert!(shop.partners.journal(Party::Bank).is_empty());
    }

    async fn another_holder_holds_the_payout(db: TestDb) {
        let shop = Shop::open(db).await;
        let mut submission = shop.submission(&pins(1)).await;
        submission.account = domain::AccountNo::parse("43020011223901").unwrap();
        let id = shop.submit(submission).await.unwrap().id;
        shop.until_order(id, OrderState::Paying).await;
        shop.until(std::time::Duration::from_secs(10), async |shop| {
            shop.payout(id).await.unwrap().state == PayoutState::Held
        }).await;
        assert_eq!(shop.payout(id).await.unwrap().hold_reason.as_deref(), Some("holder_differs"));
        assert!(shop.partners.references(Party::Bank, "deposit", "paid").is_empty());
    }

    async fn a_refused_transfer_waits_for_people(db: TestDb) {
        let shop = Shop::open(db).await;
        let mut submission = shop.submission(&pins(1)).await;
        submission.account = domain::AccountNo::parse("43020011223905").unwrap();
        let id = shop.submit(submission).await.unwrap().id;
        let held = shop.until(std::time::Duration::from_secs(20), async |shop| {
            shop.payout(id).await.is_some_and(|payout| matches!(payout.state, PayoutState::Held | PayoutState::Failed))
        }).await;
        assert!(held, "{}", shop.story(id).await);
        assert!(shop.payout(id).await.unwrap().hold_reason.unwrap().starts_with("bank_"));
        assert!(shop.partners.references(Party::Bank, "deposit", "paid").is_empty());
    }

    async fn a_brand_without_a_bridge_goes_to_the_desk(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&[pin_ending("9905"), pin()]).await;
        shop.until(std::time::Duration::from_secs(10), async |shop| {
            shop.items(id).await.iter().all(|item| matches!(item.state, ItemState::Manual | ItemState::Locked))
        }).await;
        let states: Vec<ItemState> = shop.items(id).await.iter().map(|item| item.state).collect();
        assert_eq!(states, [ItemState::Manual, ItemState::Locked]);
        assert!(shop.payout(id).await.is_none(), "the order waits for the desk");
    }

    async fn a_cancelled_order_asks_nobody_and_frees_its_numbers(db: TestDb) {
        let shop = Shop::open(db).await;
        let pin = pin();
        let submitted = shop.submit(shop.submission(std::slice::from_ref(&pin)).await).await.unwrap();
        let stranger = order::cancel(&shop.services, &shop.actor, submitted.id).await;
        assert!(matches!(stranger, Err(ServiceError::NotFound)));
        let mut visitor = match &shop.actor {
            services::Actor::Visitor(visitor) => visitor.clone(),
            _ => unreachable!("a shop has a visitor"),
        };
        visitor.grants.push(submitted.id);
        let owner = services::Actor::Visitor(visitor);
        order::cancel(&shop.services, &owner, submitted.id).await.unwrap();
        services::work::run_due(&shop.services, "test").await.unwrap();
        assert_eq!(shop.order(submitted.id).await.state, OrderState::Cancelled);
        assert!(shop.partners.journal(Party::Issuer).is_empty());
        let again = shop.submit(shop.submission(&[pin]).await).await.unwrap();
        shop.until_order(again.id, OrderState::Paid).await;
        let late = order::cancel(&shop.services, &owner, submitted.id).await;
        assert!(matches!(late, Err(ServiceError::Conflict { code: "too_late", .. })));
    }

    async fn the_customer_is_told_and_each_message_is_handed_over_once(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&[pin(), pin_ending("9901")]).await;
        shop.until_order(id, OrderState::Paid).await;
        let mut walk = services::message::Walk::default();
        let delivered = shop.until(std::time::Duration::from_secs(20), async |shop| {
            services::message::poll(&shop.services, &mut walk.clone()).await.unwrap();
            let mut reader = shop.services.db.read().await.unwrap();
            let messages = store::messages::of_subject(&mut reader, id.bytes()).await.unwrap();
            messages.len() == 3 && messages.iter().all(|message| message.state == domain::MessageState::Delivered)
        }).await;
        services::message::poll(&shop.services, &mut walk).await.unwrap();
        assert!(delivered);
        let sent = shop.partners.journal(Party::Agent);
        let mut keys: Vec<&str> = sent.iter().filter_map(|line| line["reference"].as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 3);
    }

    async fn tidying_leaves_what_is_alive(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(1)).await;
        assert_eq!(services::work::tidy(&shop.services).await.unwrap(), 0);
        shop.until_order(id, OrderState::Paid).await;
        assert_eq!(services::work::tidy(&shop.services).await.unwrap(), 0, "kept for a while");
    }

    async fn a_partner_that_is_down_costs_time_only(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(2)).await;
        shop.partners.faults(json!([{ "party": "issuer", "operation": "*", "fault": "500_before", "count": 3 }])).await;
        shop.until_order(id, OrderState::Paid).await;
        assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), 2);
        assert_eq!(shop.partners.references(Party::Bank, "deposit", "paid").len(), 1);
    }
}
