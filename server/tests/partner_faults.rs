//! A partner that does the work and does not answer: we say 확인 필요 and when we look again, ask, and never do it twice.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::balance::balance;
use testkit::product::Product;
use testkit::shopper::{Ending, Person, Shopper, voucher};

testkit::both_products! {
    /// The issuer redeems and the answer is lost.
    async fn a_lost_redemption_is_asked_after(product: Product) with [("PINDESK_SHOP_INQUIRY_SCHEDULE_S", "4,1,1,2")] {
        lost_answer(&mut product, "issuer", "redeem", |view| view["items"][0]["tone"] == "unknown").await;
        assert_eq!(count(&product, "issuer", "redeem").await, 1, "the redemption was sent once");
        assert!(count(&product, "issuer", "redemption").await >= 1, "and asked after");
    }

    /// The bank pays and the answer is lost.
    async fn a_lost_transfer_is_asked_after(product: Product) with [("PINDESK_SHOP_INQUIRY_SCHEDULE_S", "4,1,1,2")] {
        lost_answer(&mut product, "bank", "deposit", |view| view["steps"].as_array().unwrap().iter().any(|step| step["state"] == "unknown")).await;
        assert_eq!(count(&product, "bank", "deposit").await, 1, "the transfer was sent once");
        assert!(count(&product, "bank", "result").await >= 1, "and asked after");
    }

    /// The issuer never got it: asked twice, waited, sent again under the same reference.
    async fn a_redemption_that_never_arrived_is_sent_again(product: Product) with [] {
        let (mut shopper, code) = sell(&product, Ending::Early).await;
        let view = shopper.finished(&code, Duration::from_secs(60)).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        assert_eq!(view["paid"], true, "{view}");
        let journal = product.partners.journal("issuer").await;
        let sent: Vec<&Value> = journal.iter().filter(|line| line["operation"] == "redeem").collect();
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[0]["reference"], sent[1]["reference"], "the same reference");
        let between = journal.iter().filter(|line| line["operation"] == "redemption" && line["at"].as_i64() < sent[1]["at"].as_i64());
        assert!(between.count() >= 2, "two answers that it was not found");
        even(&mut product, &code).await;
    }
}

async fn sell(product: &Product, ending: Ending) -> (Shopper, String) {
    let mut shopper = Shopper::new(&product.url(), &product.partners.url, Person::fresh());
    let form = shopper.prepare(&[voucher("cultureland", ending)]).await.unwrap_or_else(|trouble| panic!("{trouble}"));
    let code = shopper.submit_stubbornly(&form).await.unwrap();
    (shopper, code)
}

async fn lost_answer(product: &mut Product, party: &str, operation: &str, is_unknown: fn(&Value) -> bool) {
    let rule =
        json!([{ "party": party, "operation": operation, "fault": "timeout_after", "delay_ms": 20_000, "count": 1 }]);
    product.partners.bend(&rule).await;
    let (mut shopper, code) = sell(product, Ending::Good).await;
    let began = Instant::now();
    let view = loop {
        let view = shopper.order(&code).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        if is_unknown(&view) {
            break view;
        }
        assert_ne!(view["finished"], true, "it was never shown as unknown: {view}");
        assert!(began.elapsed() < Duration::from_secs(30), "{view}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let next = view["next_check_at"].as_i64().expect("the time of the next look is told");
    assert!(next > view["now"].as_i64().unwrap(), "and it is ahead: {view}");
    let page = shopper.browser.get(&format!("/orders/{code}")).await.unwrap_or_else(|trouble| panic!("{trouble}"));
    let text = testkit::shopper::plain(&page.body);
    assert!(text.contains("확인 필요") || text.contains("확인필요"), "the page says so, in the shop's word");
    let view = shopper.finished(&code, Duration::from_secs(60)).await.unwrap_or_else(|trouble| panic!("{trouble}"));
    assert_eq!(view["paid"], true, "{view}");
    even(product, &code).await;
}

async fn even(product: &mut Product, code: &str) {
    product.quiet(Duration::from_secs(120)).await;
    let balance = balance(product, &[code.to_owned()]).await;
    balance.assert_even();
    assert_eq!((balance.redemptions, balance.transfers), (1, 1));
}

async fn count(product: &Product, party: &str, operation: &str) -> usize {
    product.partners.journal(party).await.iter().filter(|line| line["operation"] == operation).count()
}
