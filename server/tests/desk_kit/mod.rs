//! What tests of the desk as a whole share: signing in, and looking whether anything changed.
#![expect(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use store::Db;
use testkit::product::Product;
use testkit::shopper::{Browser, Ending, Form, Person, Shopper, voucher};

pub const PASSWORD: &str = "pindesk-sandbox";

pub fn form(action: &str, fields: &[(&str, &str)]) -> Form {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Form { action: action.to_owned(), fields, ..Form::default() }
}

pub async fn sign_in(product: &Product, login: &str) -> Browser {
    let mut browser = Browser::new(&product.url());
    let (to, page) =
        browser.submit(&form("/desk/fn/access/enter", &[("login", login), ("password", PASSWORD)])).await.unwrap();
    assert!(to.starts_with("/desk") && to != "/desk/sign-in", "{login} was led to {to}: {}", page.body);
    browser
}

fn pool(db: &Db) -> &sqlx::PgPool {
    let Db::Postgres(db) = db else { panic!("this product is on PostgreSQL") };
    db.pool()
}

/// One value that a query of the test's own gives, as text.
pub async fn asked(db: &Db, query: &'static str, about: &str) -> Option<String> {
    sqlx::query_scalar(query).bind(about).fetch_optional(pool(db)).await.unwrap()
}

/// The id of the newest row as it stands in addresses.
pub async fn newest(db: &Db, query: &'static str, prefix: &str) -> String {
    let id: uuid::Uuid = sqlx::query_scalar(query).fetch_one(pool(db)).await.unwrap();
    format!("{prefix}_{}", id.simple())
}

/// A day a year from now, as a form writes it.
pub fn in_a_year() -> String {
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let now = domain::Timestamp::from_micros(i64::try_from(now.as_micros()).unwrap());
    now.plus(domain::Span::days(365)).kst_yyyymmdd()
}

/// What every table holds, one hash each, but for those that live by themselves: sessions being seen, the chain that is
/// made over lines that were there before, work that comes round, and the watch that tells when something is wrong.
pub async fn tables(db: &Db) -> BTreeMap<String, String> {
    const ALL: &str = "SELECT table_name::text, md5(query_to_xml(format('SELECT t::text FROM %I t ORDER BY 1', table_name), true, false, '')::text) \
         FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' \
         AND table_name NOT IN ('web_sessions', 'audit_unsealed', 'audit_chain', 'outbox', 'day_stats', 'settings', 'alert_matters', 'alert_post')";
    let rows: Vec<(String, String)> = sqlx::query_as(ALL).fetch_all(pool(db)).await.unwrap();
    assert!(rows.len() > 30, "the tables were found");
    rows.into_iter().collect()
}

/// The names of the tables that differ.
pub fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    after.iter().filter(|(name, hash)| before.get(*name) != Some(hash)).map(|(name, _)| name.clone()).collect()
}

/// Waits until no work is left but what waits for people.
pub async fn idle(db: &Db) {
    for _ in 0..300 {
        let mut reader = db.read().await.unwrap();
        let open = store::outbox::ages(&mut reader).await.unwrap();
        if open.iter().all(|(_, state, ..)| state.to_string().contains("review")) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// Waits until nothing is left to do but what waits for people, and nothing changes any more.
pub async fn settled(db: &Db) {
    const UNDER_WAY: &str = "SELECT COUNT(*) FROM messages WHERE state IN ('ready', 'handing', 'handed')";
    for _ in 0..300 {
        let mut reader = db.read().await.unwrap();
        let open = store::outbox::ages(&mut reader).await.unwrap();
        drop(reader);
        let under_way: i64 = sqlx::query_scalar(UNDER_WAY).fetch_one(pool(db)).await.unwrap();
        if under_way == 0 && open.iter().all(|(_, state, ..)| state.to_string().contains("review")) {
            let before = tables(db).await;
            tokio::time::sleep(std::time::Duration::from_millis(4000)).await;
            if changed(&before, &tables(db).await).is_empty() {
                return;
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// An inquiry somebody sends.
pub async fn an_inquiry(product: &Product, db: &Db) -> String {
    let fields = [("name", "홍길동"), ("phone", "010-5555-0001"), ("body", "언제 입금되나요? 어제 신청했어요.")];
    Browser::new(&product.url()).submit(&form("/fn/inquiry/send", &fields)).await.unwrap();
    newest(db, "SELECT id FROM inquiries LIMIT 1", "inq").await
}

/// A voucher that waits at the manual desk: its issuer has locked our look-ups out.
pub async fn a_voucher_for_people(product: &Product, db: &Db) -> String {
    let mut shopper = Shopper::new(&product.url(), &product.partners.url, Person::fresh());
    let form = shopper.prepare(&[voucher("cultureland", Ending::LockedOut)]).await.unwrap();
    shopper.submit(&form).await.unwrap().unwrap();
    for _ in 0..200 {
        let mut reader = db.read().await.unwrap();
        let now = domain::Timestamp::default();
        if let Some(waiting) = store::manual::queue(&mut reader, now, 1).await.unwrap().pop() {
            return waiting.item.to_string();
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("no voucher came to the manual desk");
}

/// An order somebody sends: their browser with its code.
pub async fn an_order(product: &Product) -> (Shopper, String) {
    let mut shopper = Shopper::new(&product.url(), &product.partners.url, Person::fresh());
    let form = shopper.prepare(&[voucher("cultureland", Ending::Good)]).await.unwrap();
    let code = shopper.submit(&form).await.unwrap().unwrap();
    (shopper, code)
}

/// A wish to see one's data, by somebody who proved their phone.
pub async fn a_wish(product: &Product, db: &Db, person: &Person) -> String {
    let mut browser = Browser::new(&product.url());
    // The sale's own code came to this phone too.
    let phone = Shopper::new(&product.url(), &product.partners.url, person.clone());
    let (old, mut code) = (phone.code().await.unwrap(), String::new());
    browser.fetch(&form("/fn/lookup/send_code", &[("phone", &person.phone)])).await.unwrap();
    for _ in 0..200 {
        code = phone.code().await.unwrap();
        if code != old {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    browser.fetch(&form("/fn/lookup/check_code", &[("code", &code)])).await.unwrap();
    let wished = browser.fetch(&form("/fn/person/wish", &[("kind", "export")])).await.unwrap();
    assert_eq!(wished.status, 200, "{}", wished.body);
    newest(db, "SELECT id FROM person_requests LIMIT 1", "").await.trim_start_matches('_').to_owned()
}

/// Every server function of the program. Making the routes is what has them all linked in.
pub fn server_functions() -> Vec<String> {
    assert!(!leptos_axum::generate_route_list(app::App).is_empty());
    let found: Vec<String> = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    assert!(found.len() > 60, "{found:?}");
    found
}

/// The addresses of the desk that are written by hand in `http/mod.rs`, server functions' own aside.
pub fn routes_by_hand() -> Vec<&'static str> {
    let found: Vec<&str> = include_str!("../../src/http/mod.rs")
        .split(".route(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|path| path.starts_with("/desk") && !path.contains("{*"))
        .collect();
    assert!(found.len() >= 6, "{found:?}");
    found
}
