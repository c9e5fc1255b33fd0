//! A process that serves pages and works nothing still sees what it must: a key it was not given, and a lane people stopped.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod desk_kit;

use desk_kit::{form, sign_in};
use std::time::{Duration, Instant};
use store::Db;
use testkit::product::{Product, client};

async fn by_hand(db: &Db, text: &'static str) {
    let Db::Postgres(db) = db else { unreachable!() };
    sqlx::raw_sql(text).execute(db.pool()).await.unwrap();
}

/// Asks until `wanted` or for twenty seconds.
async fn until<F: Future<Output = bool>>(what: &str, wanted: impl Fn() -> F) {
    let began = Instant::now();
    while !wanted().await {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_works_nothing_sees_pauses_and_keys() {
    let product = Product::postgres(&[("PINDESK_WORK_INSIDE_SERVE", "false")]).await;
    let db = product.books().await;
    let (http, url) = (client(), product.url());
    let mut owner = sign_in(&product, "owner").await;
    by_hand(
        &db,
        "INSERT INTO lane_pauses (lane, actor, reason, created_at) VALUES ('payout', 'usr_1', '은행 점검', 1)",
    )
    .await;
    let began = Instant::now();
    while !owner.get("/desk").await.unwrap().body.contains("멈춘 줄") {
        assert!(began.elapsed() < Duration::from_secs(20), "the pause never stood on the desk's head");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let ready = async || http.get(format!("{url}/readyz")).send().await.unwrap().status().as_u16();
    assert_eq!(ready().await, 200);
    // Another process begins with a key this one was never given.
    by_hand(&db, "INSERT INTO encryption_keys (purpose, key_id, state, check_value, created_at) VALUES ('lookup', 9, 'retiring', '\\x00', 1)").await;
    until("it is still ready", async || ready().await == 503).await;
    let page = http.get(format!("{url}/")).send().await.unwrap();
    assert_eq!(page.status().as_u16(), 200, "pages are still shown");
    let inquiry = [("name", "김문의"), ("phone", "01022223333"), ("body", "언제 입금되나요? 기다려요.")];
    let sent = owner.post(&form("/fn/inquiry/send", &inquiry)).await.unwrap();
    assert_eq!(sent.status, 503, "{}", sent.body);
    by_hand(&db, "DELETE FROM encryption_keys WHERE key_id = 9").await;
    until("it never got ready again", async || ready().await == 200).await;
}
