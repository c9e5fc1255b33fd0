//! Many at once for one thing: the same number, the same button, the same code.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use domain::AttemptState;
use futures::future::join_all;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use store::checks;
use testkit::balance::balance;
use testkit::product::Product;
use testkit::shopper::{Ending, Form, Person, Shopper, Trouble, Voucher, grouped, voucher};
use tokio::sync::Barrier;

const CLIENTS: usize = 64;

testkit::both_products! {
    /// 64 customers, three spellings, orders of one and of two vouchers: one is accepted, 63 are told why not, and the
    /// issuer is asked to redeem once.
    async fn the_same_number_is_taken_once(product: Product) with [] {
        let wanted = voucher("cultureland", Ending::Good);
        let mut ready: Vec<(Shopper, Form)> = Vec::new();
        // Eight at a time: preparing is not what is tested.
        for eight in (0..CLIENTS).collect::<Vec<_>>().chunks(8) {
            let prepared = eight.iter().map(|client| prepare(&product, *client, &wanted)).collect::<Vec<_>>();
            for prepared in join_all(prepared).await {
                ready.push(prepared.unwrap_or_else(|trouble| panic!("{trouble}")));
            }
        }
        let barrier = Arc::new(Barrier::new(CLIENTS));
        let pressed: Vec<_> = ready
            .into_iter()
            .map(|(mut shopper, form)| {
                let barrier = Arc::clone(&barrier);
                tokio::spawn(async move {
                    barrier.wait().await;
                    let answer = shopper.browser.fetch(&form).await;
                    (shopper, answer)
                })
            })
            .collect();
        let mut winners = Vec::new();
        let mut told = 0;
        for pressed in pressed {
            let (shopper, answer) = pressed.await.unwrap();
            let view = answer.and_then(|page| page.json()).unwrap_or_else(|trouble| panic!("{trouble}"));
            match view["order_code"].as_str() {
                Some(code) => winners.push((shopper, code.to_owned())),
                None => {
                    assert!(said(&view).contains("duplicate_pin"), "a loser is told why: {view}");
                    told += 1;
                }
            }
        }
        assert_eq!((winners.len(), told), (1, CLIENTS - 1));
        let (mut winner, code) = winners.pop().unwrap();
        winner.finished(&code, Duration::from_secs(60)).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        product.quiet(Duration::from_secs(120)).await;
        let last4 = &wanted.pin[wanted.pin.len() - 4..];
        let brand = |line: &&Value| line["brand"] == wanted.brand && line["pin_last4"] == last4;
        let journal = product.partners.journal("issuer").await;
        let sent = journal.iter().filter(brand).filter(|line| line["operation"] == "redeem").count();
        assert_eq!(sent, 1, "one redemption was asked for");
        let balance = balance(&product, std::slice::from_ref(&code)).await;
        balance.assert_even();
        assert_eq!(balance.orders, 1);
    }

    /// One button pressed sixteen times at once makes one order, and everybody who gets an answer gets that one.
    async fn one_key_makes_one_order(product: Product) with [] {
        let mut shopper = Shopper::new(&product.url(), &product.partners.url, Person::fresh());
        let form = shopper.prepare(&[voucher("teencash", Ending::Good)]).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        let barrier = Arc::new(Barrier::new(16));
        let pressed: Vec<_> = (0..16)
            .map(|_| {
                let (mut shopper, form, barrier) = (shopper.clone(), form.clone(), Arc::clone(&barrier));
                tokio::spawn(async move {
                    barrier.wait().await;
                    shopper.submit(&form).await
                })
            })
            .collect();
        let mut codes = BTreeSet::new();
        for pressed in pressed {
            if let Ok(code) = pressed.await.unwrap().unwrap_or_else(|trouble| panic!("{trouble}")) {
                codes.insert(code);
            }
        }
        // The second press, later: the same order again.
        codes.insert(shopper.submit_stubbornly(&form).await.unwrap());
        assert_eq!(codes.len(), 1, "{codes:?}");
        let codes: Vec<String> = codes.into_iter().collect();
        shopper.finished(&codes[0], Duration::from_secs(60)).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        product.quiet(Duration::from_secs(120)).await;
        let balance = balance(&product, &codes).await;
        balance.assert_even();
        assert_eq!((balance.orders, balance.redemptions, balance.transfers), (1, 1, 1));
        let books = product.books().await;
        let accepted = checks::redemptions(&mut books.read().await.unwrap()).await.unwrap();
        assert_eq!(accepted.iter().filter(|line| line.attempt.as_ref().is_some_and(|a| a.state == AttemptState::Accepted)).count(), 1);
        books.close().await;
    }

    /// Forty guesses at once over forty browsers: five are compared, and after them the right code is refused too.
    async fn five_guesses_are_compared(product: Product) with [] {
        let person = Person::fresh();
        let mut browsers: Vec<Shopper> = Vec::new();
        for _ in 0..40 {
            let mut shopper = Shopper::new(&product.url(), &product.partners.url, person.clone());
            let page = shopper.browser.get("/orders").await.unwrap_or_else(|trouble| panic!("{trouble}"));
            let form = page.form("/fn/lookup/send_code").and_then(|form| form.fill("phone", &person.phone));
            shopper.browser.submit(&form.unwrap_or_else(|trouble| panic!("{trouble}"))).await.unwrap_or_else(|trouble| panic!("{trouble}"));
            browsers.push(shopper);
        }
        let right = browsers[0].code().await.unwrap_or_else(|trouble| panic!("{trouble}"));
        let barrier = Arc::new(Barrier::new(browsers.len()));
        let guesses: Vec<_> = browsers
            .into_iter()
            .enumerate()
            .map(|(at, mut shopper)| {
                let barrier = Arc::clone(&barrier);
                let wrong = format!("{:06}", (right.parse::<usize>().unwrap() + 1 + at) % 1_000_000);
                tokio::spawn(async move {
                    barrier.wait().await;
                    let answer = guess(&mut shopper, &wrong).await;
                    (shopper, answer)
                })
            })
            .collect();
        let mut compared = 0;
        let mut last = None;
        for guess in guesses {
            let (shopper, answer) = guess.await.unwrap();
            let view = answer.unwrap_or_else(|trouble| panic!("{trouble}"));
            assert_eq!(view["proved"], false, "{view}");
            // The fifth says that the code is spent.
            if said(&view).contains("wrong") || said(&view).contains("spent") {
                compared += 1;
            }
            last = Some(shopper);
        }
        assert_eq!(compared, 5, "guesses compared");
        let view = guess(&mut last.unwrap(), &right).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        assert_eq!(view["proved"], false, "the code is dead after five guesses: {view}");
        product.stop().await;
    }
}

/// Codes of everything a view says is wrong.
fn said(view: &Value) -> BTreeSet<String> {
    let rows = view["rows"].as_array().into_iter().flatten();
    let problems = rows.flat_map(|row| row["problems"].as_array().into_iter().flatten());
    let errors = view["errors"].as_array().into_iter().flatten();
    errors.chain(problems).filter_map(|error| error["code"].as_str().map(ToOwned::to_owned)).collect()
}

async fn guess(shopper: &mut Shopper, code: &str) -> Result<Value, Trouble> {
    let form = Form {
        action: "/fn/lookup/check_code".to_owned(),
        fields: vec![("code".to_owned(), code.to_owned())],
        ..Form::default()
    };
    shopper.browser.fetch(&form).await?.json()
}

/// Every third customer writes it otherwise; every second one sells another voucher beside it.
async fn prepare(product: &Product, client: usize, wanted: &Voucher) -> Result<(Shopper, Form), Trouble> {
    let spelt = match client % 3 {
        0 => grouped(&wanted.pin, "-"),
        1 => grouped(&wanted.pin, " "),
        _ => wanted.pin.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect(),
    };
    let mut text = format!("컬쳐랜드 1만원권\n핀번호 {spelt}\n");
    let mut vouchers = vec![wanted.clone()];
    if client.is_multiple_of(2) {
        let beside = voucher("booknlife", Ending::Good);
        text.push_str(&beside.message());
        vouchers.push(beside);
    }
    let mut shopper = Shopper::new(&product.url(), &product.partners.url, Person::fresh());
    let form = shopper.prepare_text(&text, &vouchers).await?;
    Ok((shopper, form))
}
