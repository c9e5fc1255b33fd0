//! Every page, action and stream of the desk × everybody: one table, asked of the running program.
//!
//! Whoever adds a page or an action adds its row: the last test finds those that have none.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use testkit::product::Product;
use testkit::shopper::{Browser, Ending, Form, Person, Shopper, voucher};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// A page: 200, or where it leads to.
    Page,
    /// A page for who isn't in: others are led on.
    Door,
    /// An action. With the fields below it is refused for its content or done, but not for who asks.
    Action,
    /// An action on something that these fields don't name: to whoever is in, allowed or not, there is no such thing. That
    /// the right is asked for is shown by the use case's own tests.
    Nothing,
    /// An action for who isn't in, and leaving.
    DoorAction,
    /// Server-sent events.
    Stream,
}
use What::{Action, Door, DoorAction, Nothing, Page, Stream};

/// One row: what, its address (`{user}` and `{order}` stand for ones that exist), who may (letters below), its fields.
type Row = (What, &'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Owner, oPerator, finance Maker, finance approVer, marKeter, Campaign approver, conTent, Auditor.
const ROLES: [(char, &str); 8] = [
    ('O', "owner"),
    ('P', "operator"),
    ('M', "maker"),
    ('V', "approver"),
    ('K', "marketer"),
    ('C', "campaigner"),
    ('T', "content"),
    ('A', "auditor"),
];
const ALL: &str = "OPMVKCTA";

const TABLE: &[Row] = &[
    (Page, "/desk", ALL, &[]),
    (Page, "/desk/me", ALL, &[]),
    (Page, "/desk/step-up", ALL, &[]),
    (Page, "/desk/orders", "OPMVA", &[]),
    (Page, "/desk/orders/{order}", "OPMVA", &[]),
    (Page, "/desk/orders/{order}/revealed", "OPMVA", &[]),
    (Page, "/desk/manual", "OP", &[]),
    (Page, "/desk/manual/{item}", "OP", &[]),
    (Page, "/desk/exports", "OPMA", &[]),
    (Page, "/desk/risk", "OPVA", &[]),
    (Page, "/desk/risk/cases/{order}", "OPVA", &[]),
    (Page, "/desk/risk/blocks", "OPVA", &[]),
    (Page, "/desk/risk/rules", "OPVA", &[]),
    (Page, "/desk/risk/rules/1", "OPVA", &[]),
    (Page, "/desk/brands", "OPMVTA", &[]),
    (Page, "/desk/brands/new", "OT", &[]),
    (Page, "/desk/brands/cultureland", "OPMVTA", &[]),
    (Page, "/desk/rates", "OPMVTA", &[]),
    (Page, "/desk/rates/cultureland", "OPMVTA", &[]),
    (Page, "/desk/fees", "OPMVTA", &[]),
    (Page, "/desk/content", "OPTA", &[]),
    (Page, "/desk/content/new", "OT", &[]),
    (Page, "/desk/content/{notice}", "OPTA", &[]),
    (Page, "/desk/documents", "OPTA", &[]),
    (Page, "/desk/documents/terms", "OPTA", &[]),
    (Page, "/desk/documents/terms/1", "OPTA", &[]),
    (Page, "/desk/inquiries", "OP", &[]),
    (Page, "/desk/inquiries/{inquiry}", "OP", &[]),
    (Page, "/desk/users", "OA", &[]),
    (Page, "/desk/users/{user}", "OA", &[]),
    (Page, "/desk/audit", "OA", &[]),
    (Page, "/desk/customers", "OPA", &[]),
    // A page of somebody is sealed for who looked them up; by a made-up name it is nobody's.
    (Page, "/desk/customers/0123", "", &[]),
    (Page, "/desk/privacy", "OA", &[]),
    (Page, "/desk/keys", "OA", &[]),
    (Page, "/desk/jobs", "OPA", &[]),
    (Page, "/desk/health", "OPMVA", &[]),
    // One's own file only; how its maker gets it is told in desk_orders.rs.
    (Page, "/desk/exports/exp_00000000000000000000000000000001/file", "", &[]),
    (Door, "/desk/sign-in", "", &[]),
    (Door, "/desk/sign-in/code", "", &[]),
    (Door, "/desk/sign-in/enrol", "", &[]),
    (Door, "/desk/invite/0123", "", &[]),
    (Stream, "/desk/events", ALL, &[]),
    (DoorAction, "/desk/fn/access/accept", "", &[]),
    (DoorAction, "/desk/fn/access/code", "", &[]),
    (DoorAction, "/desk/fn/access/enrol", "", &[]),
    (DoorAction, "/desk/fn/access/enter", "", &[]),
    (DoorAction, "/desk/fn/access/leave", "", &[]),
    (Action, "/desk/fn/access/change_password", ALL, &[]),
    (Action, "/desk/fn/access/end_others", ALL, &[]),
    (Action, "/desk/fn/access/step_up", ALL, &[]),
    (Action, "/desk/fn/exports/request", "OPMA", &[]),
    (Action, "/desk/fn/orders/columns", "OPMVA", &[]),
    (Action, "/desk/fn/orders/find", "OPMVA", &[("q", "{order}")]),
    (Action, "/desk/fn/orders/save_view", "OPMVA", &[]),
    (Nothing, "/desk/fn/risk/block", "", &[]),
    (Action, "/desk/fn/risk/draft", "OP", &[("based_on", "1")]),
    (Nothing, "/desk/fn/risk/hold", "", &[("order", "{order}")]),
    (Nothing, "/desk/fn/risk/release", "", &[("order", "{order}")]),
    (Action, "/desk/fn/manual/key", "OP", &[("item", "{item}")]),
    (Action, "/desk/fn/order/hold", "OP", &[("order", "{order}")]),
    (Action, "/desk/fn/order/note", "OPM", &[("order", "{order}")]),
    (Action, "/desk/fn/order/release", "OP", &[("order", "{order}")]),
    (Action, "/desk/fn/order/reject", "OP", &[("row", "{item}")]),
    (Action, "/desk/fn/order/reopen", "OP", &[("order", "{order}")]),
    (Action, "/desk/fn/order/resend", "OP", &[]),
    (Action, "/desk/fn/order/reveal", "OPM", &[("order", "{order}"), ("row", "name")]),
    (Action, "/desk/fn/brands/place", "OT", &[("brand", "cultureland")]),
    (Action, "/desk/fn/brands/preview", "OT", &[("brand", "cultureland")]),
    (Action, "/desk/fn/brands/save", "OT", &[("brand", "cultureland")]),
    (Nothing, "/desk/fn/brands/status", "", &[("brand", "cultureland")]),
    (Action, "/desk/fn/content/add", "OT", &[]),
    (Action, "/desk/fn/content/place", "OT", &[("id", "{notice}")]),
    (Action, "/desk/fn/content/preview", "OPTA", &[]),
    (Nothing, "/desk/fn/content/publish", "", &[("id", "{notice}")]),
    (Nothing, "/desk/fn/content/save", "", &[("id", "{notice}")]),
    (Nothing, "/desk/fn/content/unpublish", "", &[("id", "{notice}")]),
    (Action, "/desk/fn/documents/preview", "OPTA", &[]),
    (Action, "/desk/fn/documents/save", "OT", &[("kind", "terms")]),
    (Action, "/desk/fn/fees/save", "OT", &[]),
    (Nothing, "/desk/fn/inquiries/settle", "", &[("id", "{inquiry}")]),
    (Action, "/desk/fn/rates/preview", "OT", &[("brand", "cultureland")]),
    (Action, "/desk/fn/rates/save", "OT", &[("brand", "cultureland")]),
    (Action, "/desk/fn/users/end_sessions", "O", &[("id", "{user}")]),
    (Action, "/desk/fn/users/invite", "O", &[]),
    (Action, "/desk/fn/users/link", "O", &[("id", "{user}")]),
    (Action, "/desk/fn/users/roles", "O", &[("id", "{user}")]),
    (Action, "/desk/fn/users/state", "O", &[("id", "{user}")]),
    (Action, "/desk/fn/audit/verify", "OA", &[]),
    (Action, "/desk/file/audit", "OA", &[]),
    (Action, "/desk/file/person", "O", &[]),
    (Action, "/desk/fn/customer/find", "OPA", &[]),
    (Action, "/desk/fn/customer/answer", "O", &[]),
    (Action, "/desk/fn/customer/erase", "O", &[]),
    (Action, "/desk/fn/customer/hold", "O", &[]),
    (Action, "/desk/fn/customer/lift", "O", &[]),
    (Action, "/desk/fn/privacy/sign_off", "OA", &[]),
    (Action, "/desk/fn/keys/begin", "O", &[]),
    (Action, "/desk/fn/keys/pause", "O", &[]),
    (Action, "/desk/fn/keys/resume", "O", &[]),
    (Nothing, "/desk/fn/keys/retire", "O", &[("purpose", "data"), ("number", "9"), ("reason", "nothing needs it")]),
    (Action, "/desk/fn/jobs/pause", "O", &[("lane", "verify")]),
    (Action, "/desk/fn/jobs/resume", "O", &[("lane", "verify")]),
    (Action, "/desk/fn/jobs/reopen", "O", &[]),
    (Action, "/desk/fn/jobs/reopen_code", "O", &[("lane", "verify")]),
];

/// Actions whose answer to one who may is "no such thing" when nothing of theirs is named, and who may.
const NEEDS_ONES_OWN: &[(&str, &str)] = &[
    // A file, a view, a block, a draft that doesn't exist; a session that is none of one's own; and nobody in the
    // sandbox has an app to make codes for.
    ("/desk/fn/exports/give_up", "OPMA"),
    ("/desk/fn/orders/drop_view", "OPMVA"),
    ("/desk/fn/risk/block_end", "OP"),
    ("/desk/fn/risk/lift", "OP"),
    ("/desk/fn/risk/publish", "O"),
    ("/desk/fn/risk/withdraw", "OP"),
    ("/desk/fn/access/end_session", ALL),
    ("/desk/fn/access/recovery", ALL),
    ("/desk/fn/drafts/publish", "OTV"),
    ("/desk/fn/drafts/rebase", "OT"),
    ("/desk/fn/drafts/withdraw", "OT"),
    ("/desk/fn/manual/claim", "OP"),
    ("/desk/fn/manual/give_back", "OP"),
    // A wish nobody made.
    ("/desk/fn/customer/from_request", "OPA"),
];

fn filled(text: &str, known: &BTreeMap<&str, String>) -> String {
    known.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

fn form(path: &str, fields: &[(&str, &str)], known: &BTreeMap<&str, String>) -> Form {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), filled(value, known))).collect();
    Form { action: path.to_owned(), fields, ..Form::default() }
}

async fn sign_in(product: &Product, login: &str) -> Browser {
    let mut browser = Browser::new(&product.url());
    let fields = [("login", login), ("password", "pindesk-sandbox")];
    let (to, page) = browser.submit(&form("/desk/fn/access/enter", &fields, &BTreeMap::new())).await.unwrap();
    assert!(to.starts_with("/desk") && to != "/desk/sign-in", "{login} was led to {to}: {}", page.body);
    browser
}

/// What one row answered, in short.
async fn asked(browser: &mut Browser, row: &Row, known: &BTreeMap<&str, String>) -> (u16, String) {
    let (what, path, _, fields) = row;
    let path = filled(path, known);
    let page = match what {
        Page | Door => browser.get(&path).await.unwrap(),
        Stream => return (browser.status_of(&path).await.unwrap(), String::new()),
        Action | Nothing | DoorAction => browser.fetch(&form(&path, fields, known)).await.unwrap(),
    };
    (page.status, page.body)
}

/// Everything between the marks that differ from one answer to the next.
fn plain(body: &str) -> String {
    body.split("nonce=").map(|part| part.get(26..).unwrap_or_default()).collect()
}

/// Somebody who is in: what they may answers, everything else is like what doesn't exist.
async fn walk(browser: &mut Browser, letter: Option<char>, known: &BTreeMap<&str, String>) -> Vec<String> {
    let mut wrong = Vec::new();
    let missing = browser.get("/desk/no-such-page").await.unwrap();
    assert_eq!(missing.status, 404);
    for row in TABLE {
        let (what, path, who, _) = row;
        // Leaving ends the walk, and the other actions at the door are told apart by the stranger.
        if *what == DoorAction {
            continue;
        }
        let may = letter.is_some_and(|letter| who.contains(letter));
        let (status, body) = asked(browser, row, known).await;
        let fine = match (what, may) {
            (Page, true) => status == 200 || status == 303,
            (Page, false) => status == 404 && plain(&body) == plain(&missing.body),
            (Door, _) => status == 303 || path.starts_with("/desk/invite"),
            (Action, true) => !matches!(status, 401 | 403 | 404 | 500),
            (Action | Stream, false) | (Nothing, _) => status == 404,
            (Stream, true) => status == 200,
            (DoorAction, _) => true,
        };
        if !fine {
            wrong.push(format!("{path} for {letter:?}: {status}"));
        }
    }
    wrong
}

/// Somebody who isn't in, or not any more.
async fn outside(browser: &mut Browser, who: &str, known: &BTreeMap<&str, String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in TABLE {
        let (what, path, ..) = row;
        let (status, body) = asked(browser, row, known).await;
        let fine = match what {
            Page => status == 303,
            Door => matches!(status, 200 | 303 | 404),
            Action | Nothing => status == 401,
            DoorAction => !matches!(status, 401 | 404 | 500),
            Stream => status == 404,
        };
        if !fine {
            wrong.push(format!("{path} for {who}: {status} {body:.200}"));
        }
    }
    for (path, _) in NEEDS_ONES_OWN {
        let told = browser.fetch(&form(path, &[], known)).await.unwrap();
        if told.status != 401 {
            wrong.push(format!("{path} for {who}: {}", told.status));
        }
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_gets_what_the_table_gives_them_and_nothing_else() {
    let product = Product::postgres(&[("PINDESK_SHOP_POSTS_PER_MINUTE", "100000")]).await;
    let db = product.books().await;
    let mut known = BTreeMap::new();
    let user = {
        let mut reader = db.read().await.unwrap();
        store::users::by_login(&mut reader, "approver").await.unwrap().unwrap()
    };
    known.insert("user", user.id.to_string());
    known.insert("order", an_order(&product).await);
    known.insert("item", a_voucher_for_people(&product, &db).await);
    known.insert("notice", newest(&db, "SELECT id FROM announcements LIMIT 1", "ann").await);
    known.insert("inquiry", an_inquiry(&product, &db).await);
    let mut wrong = outside(&mut Browser::new(&product.url()), "a stranger", &known).await;
    let mut customer = Browser::new(&product.url());
    customer.submit(&form("/fn/lookup/send_code", &[("phone", "010-5555-0000")], &known)).await.unwrap();
    let session = customer.cookie_of("sid").expect("a lookup has a session");
    customer.plant("desk", &session);
    wrong.extend(outside(&mut customer, "a customer's session", &known).await);
    let mut inside = BTreeMap::new();
    for (letter, login) in ROLES {
        let mut browser = sign_in(&product, login).await;
        wrong.extend(walk(&mut browser, Some(letter), &known).await);
        inside.insert(login, browser);
    }
    // Rights, sessions and accounts taken away hold for the very next request of the same session.
    let mut tx = db.begin().await.unwrap();
    let now = domain::Timestamp::from_micros(
        i64::try_from(std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_micros()).unwrap(),
    );
    for (login, change) in [("marketer", "no roles"), ("campaigner", "disabled"), ("content", "revoked")] {
        let user = store::users::by_login(&mut tx, login).await.unwrap().unwrap();
        match change {
            "no roles" => {
                store::users::set_role(&mut tx, user.id, domain::Role::Marketer, false, now).await.unwrap();
            }
            "disabled" => {
                let mut after = user.clone();
                after.state = store::users::UserState::Disabled;
                store::users::write(&mut tx, &user, &after, now).await.unwrap();
            }
            _ => {
                assert!(store::sessions::delete_of_user(&mut tx, user.id).await.unwrap() > 0);
            }
        }
    }
    tx.commit().await.unwrap();
    wrong.extend(walk(inside.get_mut("marketer").unwrap(), None, &known).await);
    wrong.extend(outside(inside.get_mut("campaigner").unwrap(), "a disabled account", &known).await);
    wrong.extend(outside(inside.get_mut("content").unwrap(), "a revoked session", &known).await);
    expire(&db, "auditor").await;
    wrong.extend(outside(inside.get_mut("auditor").unwrap(), "an expired session", &known).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lets somebody's sessions have rested for too long.
async fn expire(db: &store::Db, login: &str) {
    let store::Db::Postgres(db) = db else { panic!("this product is on PostgreSQL") };
    let rested = "UPDATE web_sessions SET expires_at = 0 WHERE user_id = (SELECT id FROM users WHERE login = $1)";
    assert!(sqlx::query(rested).bind(login).execute(db.pool()).await.unwrap().rows_affected() > 0);
}

/// The id of a row.
async fn newest(db: &store::Db, query: &'static str, prefix: &str) -> String {
    let store::Db::Postgres(db) = db else { panic!("this product is on PostgreSQL") };
    let id: uuid::Uuid = sqlx::query_scalar(query).fetch_one(db.pool()).await.unwrap();
    format!("{prefix}_{}", id.simple())
}

/// An inquiry somebody sends.
async fn an_inquiry(product: &Product, db: &store::Db) -> String {
    let fields = [("name", "홍길동"), ("phone", "010-5555-0001"), ("body", "언제 입금되나요? 어제 신청했어요.")];
    Browser::new(&product.url()).submit(&form("/fn/inquiry/send", &fields, &BTreeMap::new())).await.unwrap();
    newest(db, "SELECT id FROM inquiries LIMIT 1", "inq").await
}

/// A voucher that waits at the manual desk: its issuer has locked our look-ups out.
async fn a_voucher_for_people(product: &Product, db: &store::Db) -> String {
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

/// The code of an order somebody sends.
async fn an_order(product: &Product) -> String {
    let mut shopper = Shopper::new(&product.url(), &product.partners.url, Person::fresh());
    let form = shopper.prepare(&[voucher("cultureland", Ending::Good)]).await.unwrap();
    shopper.submit(&form).await.unwrap().unwrap()
}

#[test]
fn every_page_and_action_of_the_desk_has_its_row() {
    let rows: BTreeSet<String> = TABLE
        .iter()
        .map(|(_, path, ..)| (*path).to_owned())
        .chain(NEEDS_ONES_OWN.iter().map(|(path, _)| (*path).to_owned()))
        .collect();
    let mut missing = Vec::new();
    for (path, _) in server_fn::axum::server_fn_paths().filter(|(path, _)| path.starts_with("/desk")) {
        if !rows.contains(path) {
            missing.push(path.to_owned());
        }
    }
    for route in leptos_axum::generate_route_list(app::App) {
        let path = route.path();
        // What is `{id}` in the address is an example in the row.
        let fits = |row: &String| {
            let (row, path): (Vec<&str>, Vec<&str>) = (row.split('/').collect(), path.split('/').collect());
            row.len() == path.len()
                && row.iter().zip(&path).all(|(row, path)| row == path || path.starts_with([':', '{']))
        };
        let known = rows.iter().any(fits);
        let wild = path.contains("/{*") || path.ends_with("/*any");
        if path.starts_with("/desk") && !wild && !known {
            missing.push(path.to_owned());
        }
    }
    assert!(missing.is_empty(), "without a row: {missing:?}");
}
