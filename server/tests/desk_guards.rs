//! What stands before every action of the desk, told to the real program: where a form comes from, what kind of body it
//! is, whose session it brings; and what a session, a page and a file may be.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod desk_kit;

use desk_kit::{
    PASSWORD, a_voucher_for_people, an_inquiry, an_order, asked, changed, form, newest, routes_by_hand,
    server_functions, settled, sign_in, tables,
};
use std::time::Duration;
use store::Db;
use testkit::product::Product;
use testkit::shopper::Browser;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
/// Minutes a session may rest, and live.
const TIMES: &str = "SELECT (expires_at - last_seen_at) / 60000000 || ' ' || (absolute_expires_at - created_at) / 60000000 \
    FROM web_sessions WHERE kind = $1 ORDER BY created_at DESC LIMIT 1";

/// Actions for who isn't in; without a session they are what they are for.
const AT_THE_DOOR: [&str; 5] = ["accept", "code", "enrol", "enter", "leave"];

fn is_at_the_door(path: &str) -> bool {
    path.strip_prefix("/desk/fn/access/").is_some_and(|name| AT_THE_DOOR.contains(&name))
}

/// Every address of the desk that takes a post, with real ids in it.
fn actions(item: &str) -> Vec<String> {
    let by_hand = routes_by_hand().into_iter().filter(|path| path.contains("/file/") || path.contains("/upload/"));
    let by_hand = by_hand.map(|path| path.replace("{item}", item));
    server_functions().into_iter().filter(|path| path.starts_with("/desk")).chain(by_hand).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desk_is_guarded() {
    let product = Product::postgres(&[("PINDESK_SHOP_POSTS_PER_MINUTE", "100000")]).await;
    let db = product.books().await;
    let (_, order) = an_order(&product).await;
    let item = a_voucher_for_people(&product, &db).await;
    let inquiry = an_inquiry(&product, &db).await;
    let notice = newest(&db, "SELECT id FROM announcements LIMIT 1", "ann").await;
    settled(&db).await;
    // What some action or other would do something with.
    let fields = [
        ("order", order.as_str()),
        ("item", &item),
        ("row", &item),
        ("id", &notice),
        ("inquiry", &inquiry),
        ("reason", "suspicion"),
        ("why", "other"),
        ("note", "살펴보는 중이에요"),
        ("text", "살펴보는 중이에요"),
        ("name", "보류"),
        ("query", "state=held"),
        ("phone", "010-5555-0001"),
        ("q", &order),
        ("lane", "verify"),
        ("login", "new.one"),
        ("password", "tulip-grinder-obelisk-44"),
        ("revision", "1"),
        ("month", "2026-10"),
    ];
    nothing_is_done_for_a_foreign_form_another_kind_of_body_or_an_ended_session(&product, &db, &item, &fields).await;
    a_sign_in_and_a_second_factor_give_the_session_another_name(&product).await;
    a_desk_session_rests_half_an_hour_and_lives_ten_hours(&product, &db).await;
    no_field_too_many_is_taken(&product, &db).await;
    every_page_of_the_desk_comes_with_its_policy(&product).await;
    a_file_too_large_or_of_somebody_who_may_not_is_refused(&product, &item).await;
}

/// Cross-site posts, wrong content types and old sessions are refused before any work.
async fn nothing_is_done_for_a_foreign_form_another_kind_of_body_or_an_ended_session(
    product: &Product,
    db: &Db,
    item: &str,
    fields: &[(&str, &str)],
) {
    let mut owner = sign_in(product, "owner").await;
    let mut old = sign_in(product, "owner").await;
    let cookie = old.cookie_of("desk").unwrap();
    old.post(&form("/desk/fn/access/leave", &[])).await.unwrap();
    old.plant("desk", &cookie);
    let origin = product.url();
    let body = serde_urlencoded::to_string(fields).unwrap();
    let json = serde_json::to_string(&fields.iter().copied().collect::<std::collections::BTreeMap<_, _>>()).unwrap();
    let ours = ("origin", origin.as_str());
    let before = tables(db).await;
    let mut wrong = Vec::new();
    for path in actions(item) {
        let mut expect = |what: &str, status: u16, wanted: &[u16]| {
            if !wanted.contains(&status) {
                wrong.push(format!("{path}, {what}: {status}"));
            }
        };
        let foreign: [(&str, &[(&str, &str)]); 5] = [
            ("cross-site", &[FORM, ("sec-fetch-site", "cross-site"), ours]),
            ("same-site", &[FORM, ("sec-fetch-site", "same-site")]),
            ("another origin", &[FORM, ("origin", "https://evil.example")]),
            ("no origin", &[FORM]),
            ("no origin, JSON", &[("content-type", "application/json")]),
        ];
        for (what, headers) in foreign {
            let answer = owner.send_raw(&path, headers, body.clone().into_bytes()).await.unwrap();
            expect(what, answer.status, &[403]);
        }
        for (kind, sent) in [("text/plain", &body), ("application/json", &json), ("", &body)] {
            let mut headers = vec![ours, ("accept", "application/json")];
            if !kind.is_empty() {
                headers.push(("content-type", kind));
            }
            let answer = owner.send_raw(&path, &headers, sent.clone().into_bytes()).await.unwrap();
            expect(kind, answer.status, if path.contains("/upload/") { &[400, 415] } else { &[415] });
        }
        if !path.contains("/upload/") {
            let multipart = [ours, ("content-type", "multipart/form-data; boundary=x")];
            let answer = owner.send_raw(&path, &multipart, b"--x--".to_vec()).await.unwrap();
            expect("multipart", answer.status, &[415]);
        }
        if !is_at_the_door(&path) {
            let program = [FORM, ours, ("accept", "application/json")];
            let answer = old.send_raw(&path, &program, body.clone().into_bytes()).await.unwrap();
            expect("an ended session", answer.status, if path.contains("/upload/") { &[303] } else { &[401] });
            let page = [FORM, ours, ("accept", "text/html")];
            let answer = old.send_raw(&path, &page, body.clone().into_bytes()).await.unwrap();
            let led = answer.location.as_deref().unwrap_or_default();
            expect(&format!("an ended session's form, led to {led:?}"), answer.status, &[303]);
            expect("an ended session's way", u16::from(led.starts_with("/desk/sign-in")), &[1]);
            old.plant("desk", &cookie);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(changed(&before, &tables(db).await), Vec::<String>::new(), "no work was done");
    // The same form from our own page does something: the comparison sees it.
    let view = owner.fetch(&form("/desk/fn/orders/save_view", fields)).await.unwrap();
    assert_eq!(view.status, 200, "{}", view.body);
    assert!(changed(&before, &tables(db).await).contains(&"order_views".to_owned()));
}

/// A cookie planted before, or seen before, opens nothing afterwards.
async fn a_sign_in_and_a_second_factor_give_the_session_another_name(product: &Product) {
    let mut browser = Browser::new(&product.url());
    browser.post(&form("/desk/fn/access/enter", &[("login", "operator"), ("password", "not this one")])).await.unwrap();
    let before = browser.cookie_of("desk").expect("what was refused waits in a session");
    let is_out = async |cookie: &str| {
        let mut thief = Browser::new(&product.url());
        thief.plant("desk", cookie);
        let page = thief.get("/desk/me").await.unwrap();
        page.location.is_some_and(|to| to.starts_with("/desk/sign-in"))
    };
    let (to, _) =
        browser.submit(&form("/desk/fn/access/enter", &[("login", "operator"), ("password", PASSWORD)])).await.unwrap();
    assert_eq!(to, "/desk");
    let inside = browser.cookie_of("desk").unwrap();
    assert!(inside != before && is_out(&before).await, "the name from before the sign-in opens nothing");
    let answer = browser.fetch(&form("/desk/fn/access/step_up", &[("code", PASSWORD)])).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    let shown = browser.cookie_of("desk").unwrap();
    assert!(shown != inside && is_out(&inside).await, "nor the one from before the second factor");
    assert!(!is_out(&shown).await);
}

/// Thirty idle minutes and ten hours; a customer's sixty minutes and a day.
async fn a_desk_session_rests_half_an_hour_and_lives_ten_hours(product: &Product, db: &Db) {
    sign_in(product, "auditor").await;
    Browser::new(&product.url()).fetch(&form("/fn/lookup/send_code", &[("phone", "010-5555-0077")])).await.unwrap();
    assert_eq!(asked(db, TIMES, "desk").await.as_deref(), Some("30 600"));
    assert_eq!(asked(db, TIMES, "shop").await.as_deref(), Some("60 1440"));
}

/// Fields that an action doesn't name change nothing, whoever sends them.
async fn no_field_too_many_is_taken(product: &Product, db: &Db) {
    const ROW: &str = "SELECT concat_ws(' ', state, totp_confirmed_at, totp_enc IS NULL, session_epoch, \
         (SELECT string_agg(role, ',' ORDER BY role) FROM user_roles WHERE user_id = users.id)) FROM users WHERE login = $1";
    let victim = newest(db, "SELECT id FROM users WHERE login = 'approver'", "usr").await;
    let more = [
        ("state", "active"),
        ("totp_confirmed_at", "1"),
        ("totp_enc", "00"),
        ("password_hash", "$argon2id$"),
        ("session_epoch", "99"),
        ("roles[]", "owner"),
        ("enabled", "true"),
        ("id", &victim),
        ("user", &victim),
    ];
    let mut owner = sign_in(product, "owner").await;
    let invite = [("login", "new.person"), ("name", "새 직원"), ("reason", "입사"), ("role[]", "content")];
    let invited = owner.fetch(&form("/desk/fn/users/invite", &[&invite[..], &more].concat())).await.unwrap();
    assert_eq!(invited.status, 200, "{}", invited.body);
    assert_eq!(asked(db, ROW, "new.person").await.as_deref(), Some("invited t 1 content"));
    // One's own password, and nobody else's anything.
    let before = [asked(db, ROW, "marketer").await, asked(db, ROW, "approver").await];
    let mut marketer = sign_in(product, "marketer").await;
    let new = "tulip-grinder-obelisk-44";
    let change = [("old", PASSWORD), ("password", new), ("again", new), ("role[]", "owner"), ("login", "approver")];
    let done = marketer.fetch(&form("/desk/fn/access/change_password", &[&change[..], &more].concat())).await.unwrap();
    assert_eq!(done.status, 200, "{}", done.body);
    let after = [asked(db, ROW, "marketer").await, asked(db, ROW, "approver").await];
    assert_eq!(after[1], before[1], "somebody else's account");
    let mine = |row: &Option<String>| row.clone().unwrap().split(' ').map(ToOwned::to_owned).collect::<Vec<_>>();
    let (was, is) = (mine(&before[0]), mine(&after[0]));
    assert_eq!((&was[..2], &was[3..]), (&is[..2], &is[3..]), "one's own account, but for its epoch");
    assert_eq!(is[2], (was[2].parse::<i64>().unwrap() + 1).to_string());
}

/// Pages, doors and what doesn't exist: no script or style but ours, and nobody frames us.
async fn every_page_of_the_desk_comes_with_its_policy(product: &Product) {
    let mut owner = sign_in(product, "owner").await;
    let mut stranger = Browser::new(&product.url());
    for path in ["/desk/sign-in", "/desk", "/desk/users", "/desk/orders", "/desk/no-such-page"] {
        let browser = if path == "/desk/sign-in" { &mut stranger } else { &mut owner };
        let (headers, page) = browser.with_headers(path).await.unwrap();
        let header = |name: &str| {
            headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        let policy = header("content-security-policy");
        for part in [
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {part} in {policy:?}");
        }
        let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap_or_default();
        assert!(scripts.contains("'nonce-") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(header(name), value, "{path}: {name}");
        }
        let nonce = scripts.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
        for script in page.body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains(nonce), "{path}: <script{tag}> without the nonce");
        }
        assert!(page.body.contains("<html"), "{path}: {}", page.status);
    }
}

/// The proof of a voucher: measured while it comes, and not read at all of somebody who may not bring one.
async fn a_file_too_large_or_of_somebody_who_may_not_is_refused(product: &Product, item: &str) {
    let path = format!("/desk/upload/proof/{item}");
    let large = [b"\x89PNG\r\n\x1a\n".as_slice(), &vec![0; 5 * 1024 * 1024]].concat();
    let mut operator = sign_in(product, "operator").await;
    operator.fetch(&form("/desk/fn/manual/claim", &[("item", item)])).await.unwrap();
    let answer = operator.upload(&path, "x.png", &large).await.unwrap();
    assert_eq!(
        (answer.status, answer.location.clone()),
        (303, Some(format!("/desk/manual/{item}"))),
        "{}",
        answer.body
    );
    let page = operator.get(&format!("/desk/manual/{item}")).await.unwrap();
    let said = testkit::shopper::plain(&page.body);
    assert!(said.contains("5MB") || said.contains("5 MB"), "the page says how large a file may be: {said}");
    let mut marketer = sign_in(product, "campaigner").await;
    for (browser, status, who) in
        [(&mut marketer, 404, "a role without this desk"), (&mut Browser::new(&product.url()), 303, "somebody outside")]
    {
        let cookie = browser.cookie_of("desk").map(|name| format!("cookie: desk={name}\r\n")).unwrap_or_default();
        let url = product.url();
        let host = url.trim_start_matches("http://");
        let mut line = tokio::net::TcpStream::connect(host).await.unwrap();
        // A body that is promised and never ends.
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: {url}\r\n{cookie}accept: text/html\r\n\
             content-type: multipart/form-data; boundary=x\r\ncontent-length: 999999999999\r\n\r\n--x\r\n"
        );
        line.write_all(head.as_bytes()).await.unwrap();
        let mut answer = [0_u8; 64];
        let told = tokio::time::timeout(Duration::from_secs(5), line.read(&mut answer)).await;
        let got = told.unwrap_or_else(|_| panic!("{who} waits for ever")).unwrap();
        let answer = String::from_utf8_lossy(&answer[..got]).into_owned();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{who}: {answer}");
    }
}
