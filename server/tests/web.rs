//! Laws of the web server as a whole, told to the real program.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use testkit::product::Product;
use testkit::shopper::{Browser, Form};

fn form(action: &str, fields: &[(&str, &str)]) -> Form {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Form { action: action.to_owned(), fields, ..Form::default() }
}

/// The one-time code a phone was sent.
async fn code(product: &Product, phone: &str) -> String {
    for _ in 0..200 {
        if let Some(text) = product.partners.messages(phone).await.first() {
            let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take(6).collect();
            return digits;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no code came to {phone}\n{}", product.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_web_server_keeps_its_laws() {
    let product = Product::sqlite(&[]).await;
    a_bad_session_ends_for_its_owner_only(&product).await;
    a_long_paste_in_hangul_is_told_in_its_field(&product).await;
    a_proved_phone_changes_the_sessions_name(&product).await;
    whoever_ends_a_lookup_leaves_nothing_to_the_next(&product).await;
    an_address_without_a_path_is_refused(&product).await;
}

/// Whoever comes with a session that is no more isn't the one whose farewell everybody gets.
async fn a_bad_session_ends_for_its_owner_only(product: &Product) {
    let mut old = Browser::new(&product.url());
    old.plant("sid", "AAAAAAAAAAAAAAAAAAAAAA");
    for path in ["/", "/faq", "/?utm_source=them"] {
        assert_eq!(old.get(path).await.unwrap().status, 200);
        let mut other = Browser::new(&product.url());
        other.plant("sid", "BBBBBBBBBBBBBBBBBBBBBA");
        assert_eq!(other.get(path).await.unwrap().status, 200);
        assert_eq!(other.cookie_of("sid").as_deref(), Some("BBBBBBBBBBBBBBBBBBBBBA"), "{path} told us somebody's end");
    }
}

/// 65 KB of Hangul are 195 KB on the way, and still a form with a field that can be told.
async fn a_long_paste_in_hangul_is_told_in_its_field(product: &Product) {
    let long = "가".repeat(65 * 1024 / 3 + 1);
    let mut browser = Browser::new(&product.url());
    let told = browser.fetch(&form("/fn/sell/paste", &[("text", &long)])).await.unwrap();
    let errors = told.json().unwrap()["errors"].clone();
    assert_eq!(
        (told.status, errors[0]["field"].as_str(), errors[0]["code"].as_str()),
        (200, Some("text"), Some("too_long")),
        "{errors}"
    );
    let (to, page) = browser.submit(&form("/fn/sell/paste", &[("text", &long)])).await.unwrap();
    assert_eq!((to.as_str(), page.body.contains("64KB")), ("/sell", true));
    let refused = browser.post(&form("/fn/sell/paste", &[("text", &"가".repeat(120 * 1024))])).await.unwrap();
    assert_eq!((refused.status, refused.body.contains("64KB")), (413, true));
}

/// A cookie that somebody planted or saw before opens nothing afterwards.
async fn a_proved_phone_changes_the_sessions_name(product: &Product) {
    for (action, phone) in [("lookup", "01098760011"), ("sell", "01098760012")] {
        let mut browser = Browser::new(&product.url());
        browser.fetch(&form("/fn/sell/paste", &[("text", "컬쳐랜드 50,000원 4180-1111-2222-3311")])).await.unwrap();
        let sent = form(&format!("/fn/{action}/send_code"), &[("phone", phone), ("name", "남궁휘찬")]);
        assert_eq!(browser.fetch(&sent).await.unwrap().status, 200);
        let before = browser.cookie_of("sid").unwrap();
        let mut thief = Browser::new(&product.url());
        thief.plant("sid", &before);
        let code = code(product, phone).await;
        let wrong =
            form(&format!("/fn/{action}/check_code"), &[("code", if code == "111111" { "222222" } else { "111111" })]);
        browser.fetch(&wrong).await.unwrap();
        assert_eq!(browser.cookie_of("sid").as_ref(), Some(&before), "{action}: a wrong code proves nothing");
        let right = form(&format!("/fn/{action}/check_code"), &[("code", &code)]);
        let view = browser.fetch(&right).await.unwrap().json().unwrap();
        assert!(view["proved"] == true || view["you"]["phone_proved"] == true, "{view}");
        let after = browser.cookie_of("sid").unwrap();
        assert_ne!(after, before, "{action}");
        // A second click on an old page proves nothing again: another tab's request keeps its session.
        browser.fetch(&right).await.unwrap();
        assert_eq!(browser.cookie_of("sid"), Some(after), "{action}: renamed without a proof");
        // The owner has everything still, the old name nothing.
        let page = if action == "sell" { "/sell" } else { "/orders" };
        assert!(browser.get("/sell").await.unwrap().body.contains("voucher"));
        let theirs = without_digests(&thief.get(page).await.unwrap().body);
        assert!(!theirs.contains("3311") && !theirs.contains(phone), "{action}: the old cookie still opens {page}");
    }
}

/// A page's keys are random and long enough to hold four given digits now and then.
fn without_digests(page: &str) -> String {
    page.split(|c: char| !c.is_ascii_hexdigit()).filter(|word| word.len() < 32).collect::<Vec<_>>().join(" ")
}

/// At a shared computer the next one finds neither orders nor the sale that was being made.
async fn whoever_ends_a_lookup_leaves_nothing_to_the_next(product: &Product) {
    let phone = "01098760013";
    let mut browser = Browser::new(&product.url());
    browser.fetch(&form("/fn/sell/paste", &[("text", "컬쳐랜드 50,000원 4180-1111-2222-4411")])).await.unwrap();
    assert!(browser.get("/sell").await.unwrap().body.contains("4411"));
    browser.fetch(&form("/fn/lookup/send_code", &[("phone", phone)])).await.unwrap();
    let right = form("/fn/lookup/check_code", &[("code", &code(product, phone).await)]);
    assert_eq!(browser.fetch(&right).await.unwrap().json().unwrap()["proved"], true);
    assert_eq!(browser.fetch(&form("/fn/lookup/leave", &[])).await.unwrap().status, 200);
    for page in ["/sell", "/orders"] {
        let left = without_digests(&browser.get(page).await.unwrap().body);
        assert!(!left.contains("4411") && !left.contains("9876"), "{page} still shows what was left");
    }
}

/// No client of ours sends this, so it is written by hand.
async fn an_address_without_a_path_is_refused(product: &Product) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut line = tokio::net::TcpStream::connect(product.url().trim_start_matches("http://")).await.unwrap();
    line.write_all(b"GET shop.example:443 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(!product.log().contains("panicked"));
}
