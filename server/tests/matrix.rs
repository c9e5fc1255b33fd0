//! Every page, action and stream of the desk × everybody: one table, asked of the running program.
//!
//! Whoever adds a page or an action adds its row: the last test finds those that have none.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod desk_kit;

use desk_kit::{
    a_voucher_for_people, a_wish, an_inquiry, an_order, changed, idle, in_a_year, newest, routes_by_hand, settled,
    sign_in, tables,
};
use std::collections::{BTreeMap, BTreeSet};
use testkit::product::Product;
use testkit::shopper::{Browser, Form};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// A page: 200, or where it leads to.
    Page,
    /// A page for who isn't in: others are led on.
    Door,
    /// An action. With the fields below it is refused for its content or done, but not for who asks.
    Action,
    /// A file that comes in.
    Upload,
    /// An action for who isn't in, and leaving.
    DoorAction,
    /// Server-sent events.
    Stream,
}
use What::{Action, Door, DoorAction, Page, Stream, Upload};

/// One row: what, its address (`{user}`, `{order}` and so on stand for ones that exist; a session, a file and a view are one's
/// own where one may have any), who may (letters below), its fields. Revisions are ones that no row has: whoever may is
/// told that it changed, and the next role finds it as it was.
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
    (Page, "/desk/inquiries/{inquiry}/revealed", "OP", &[]),
    (Page, "/desk/users", "OA", &[]),
    (Page, "/desk/users/{user}", "OA", &[]),
    (Page, "/desk/audit", "OA", &[]),
    (Page, "/desk/customers", "OPA", &[]),
    // A page of somebody is sealed for who looked them up; by a made-up name it is nobody's.
    (Page, "/desk/customers/0123", "", &[]),
    (Page, "/desk/privacy", "OA", &[]),
    (Page, "/desk/keys", "OA", &[]),
    (Page, "/desk/settings", "OA", &[]),
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
    (Action, "/desk/fn/access/end_session", ALL, &[("id", "{session}")]),
    (Action, "/desk/fn/access/end_others", ALL, &[]),
    (Action, "/desk/fn/access/step_up", ALL, &[]),
    (Action, "/desk/fn/exports/request", "OPMA", &[]),
    (Action, "/desk/fn/orders/columns", "OPMVA", &[]),
    (Action, "/desk/fn/orders/find", "OPMVA", &[("q", "{order}")]),
    (Action, "/desk/fn/orders/save_view", "OPMVA", &[]),
    (Action, "/desk/fn/risk/block", "OP", &[("kind", "phone"), ("value", "no phone")]),
    (Action, "/desk/fn/risk/draft", "OP", &[("based_on", "1")]),
    (Action, "/desk/fn/risk/hold", "OP", &[("order", "{order}"), ("reason", "suspicion"), ("note", "x")]),
    (Action, "/desk/fn/risk/release", "OP", &[("order", "{order}"), ("reason", "called_back"), ("note", "x")]),
    (
        Action,
        "/desk/fn/risk/block_end",
        "OP",
        &[("id", "{block}"), ("revision", "999"), ("until", "2030-01-01"), ("reason", "x")],
    ),
    (Action, "/desk/fn/risk/lift", "OP", &[("id", "{block}"), ("revision", "999"), ("reason", "다른 사람이에요")]),
    (Action, "/desk/fn/risk/publish", "O", &[("version", "1")]),
    (Action, "/desk/fn/risk/withdraw", "OP", &[("version", "1")]),
    (Action, "/desk/fn/exports/give_up", "OPMA", &[("id", "{export}")]),
    (Action, "/desk/fn/orders/drop_view", "OPMVA", &[("id", "{view}")]),
    (Action, "/desk/fn/drafts/publish", "OV", &[("id", "{draft}"), ("revision", "999")]),
    (Action, "/desk/fn/drafts/rebase", "OT", &[("id", "{draft}"), ("revision", "999")]),
    (Action, "/desk/fn/drafts/withdraw", "OT", &[("id", "{draft}"), ("revision", "999")]),
    (Action, "/desk/fn/manual/claim", "OP", &[("item", "{item}")]),
    (Action, "/desk/fn/manual/give_back", "OP", &[("item", "{item}")]),
    (Upload, "/desk/upload/proof/{item}", "OP", &[]),
    (Page, "/desk/files/proof/{proof}", "OP", &[]),
    (Action, "/desk/fn/manual/key", "OP", &[("item", "{item}")]),
    (Action, "/desk/fn/order/hold", "OP", &[("order", "{order}")]),
    (Action, "/desk/fn/order/note", "OPM", &[("order", "{order}")]),
    (Action, "/desk/fn/order/release", "OP", &[("order", "{order}")]),
    (Action, "/desk/fn/order/reject", "OP", &[("row", "{item}")]),
    (Action, "/desk/fn/order/reopen", "OP", &[("order", "{order}")]),
    (Action, "/desk/fn/order/resend", "OP", &[("order", "{order}"), ("row", "{message}")]),
    (Action, "/desk/fn/order/reveal", "OPM", &[("order", "{order}"), ("row", "name")]),
    (Action, "/desk/fn/brands/place", "OT", &[("brand", "cultureland")]),
    (Action, "/desk/fn/brands/preview", "OT", &[("brand", "cultureland")]),
    (Action, "/desk/fn/brands/save", "OT", &[("brand", "cultureland")]),
    (Action, "/desk/fn/brands/status", "OPT", &[("row", "cultureland"), ("seen", "accepting"), ("to", "paused")]),
    (Action, "/desk/fn/content/add", "OT", &[]),
    (Action, "/desk/fn/content/place", "OT", &[("id", "{notice}")]),
    (Action, "/desk/fn/content/preview", "OPTA", &[]),
    (Action, "/desk/fn/content/publish", "OT", &[("id", "{notice}"), ("revision", "999")]),
    (Action, "/desk/fn/content/save", "OT", &[("id", "{notice}"), ("revision", "999")]),
    (Action, "/desk/fn/content/unpublish", "OT", &[("id", "{notice}"), ("revision", "999")]),
    (Action, "/desk/fn/documents/preview", "OPTA", &[]),
    (Action, "/desk/fn/documents/save", "OT", &[("kind", "terms")]),
    (Action, "/desk/fn/fees/save", "OT", &[]),
    (Action, "/desk/fn/inquiries/reveal", "OP", &[("id", "{inquiry}")]),
    (
        Action,
        "/desk/fn/inquiries/settle",
        "OP",
        &[("id", "{inquiry}"), ("revision", "999"), ("state", "closed"), ("note", "답했어요")],
    ),
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
    (Action, "/desk/fn/customer/from_request", "OPA", &[("id", "{wish}")]),
    (Action, "/desk/fn/customer/answer", "O", &[]),
    (Action, "/desk/fn/customer/erase", "O", &[]),
    (Action, "/desk/fn/customer/hold", "O", &[]),
    (Action, "/desk/fn/customer/lift", "O", &[]),
    (Action, "/desk/fn/privacy/sign_off", "OA", &[]),
    (Action, "/desk/fn/keys/begin", "O", &[]),
    (Action, "/desk/fn/keys/pause", "O", &[]),
    (Action, "/desk/fn/keys/resume", "O", &[]),
    (Action, "/desk/fn/keys/retire", "O", &[("purpose", "data"), ("number", "1"), ("reason", "nothing needs it")]),
    (
        Action,
        "/desk/fn/settings/set",
        "O",
        &[("setting", "quote_minutes"), ("revision", "77"), ("value", "12"), ("reason", "nobody has it")],
    ),
    (Action, "/desk/fn/jobs/pause", "O", &[("lane", "verify")]),
    (Action, "/desk/fn/jobs/resume", "O", &[("lane", "verify")]),
    (Action, "/desk/fn/jobs/reopen", "O", &[("id", "{work}")]),
    (Action, "/desk/fn/jobs/reopen_code", "O", &[("lane", "verify")]),
    (Action, "/desk/fn/jobs/reopen_picked", "O", &[("ids[]", "{work}")]),
];

/// Actions whose answer to one who may is "no such thing" here, and who may: nobody in the sandbox has an app to make codes
/// for. `services/tests/access.rs` has somebody who does.
const NEEDS_ONES_OWN: &[(&str, &str)] = &[("/desk/fn/access/recovery", ALL)];

fn filled(text: &str, known: &BTreeMap<&str, String>) -> String {
    known.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

fn form(path: &str, fields: &[(&str, &str)], known: &BTreeMap<&str, String>) -> Form {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), filled(value, known))).collect();
    Form { action: path.to_owned(), fields, ..Form::default() }
}

/// What one row answered, in short.
async fn asked(browser: &mut Browser, row: &Row, known: &BTreeMap<&str, String>) -> (u16, String) {
    let (what, path, _, fields) = row;
    let path = filled(path, known);
    let page = match what {
        Page | Door => browser.get(&path).await.unwrap(),
        Stream => return (browser.status_of(&path).await.unwrap(), String::new()),
        Upload => browser.upload(&path, "x.png", b"").await.unwrap(),
        Action | DoorAction => browser.fetch(&form(&path, fields, known)).await.unwrap(),
    };
    (page.status, page.body)
}

/// Everything between the marks that differ from one answer to the next.
fn plain(body: &str) -> String {
    body.split("nonce=").map(|part| part.get(26..).unwrap_or_default()).collect()
}

/// Somebody who is in: what they may answers, everything else is like what doesn't exist and changes nothing.
async fn walk(
    db: &store::Db,
    browser: &mut Browser,
    letter: Option<char>,
    known: &BTreeMap<&str, String>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let missing = browser.get("/desk/no-such-page").await.unwrap();
    assert_eq!(missing.status, 404);
    // Leaving ends the walk, and the other actions at the door are told apart by the stranger.
    let may = |who: &str| letter.is_some_and(|letter| who.contains(letter));
    let rows = TABLE.iter().filter(|(what, ..)| *what != DoorAction);
    let (given, kept): (Vec<&Row>, Vec<&Row>) = rows.partition(|(_, _, who, _)| may(who));
    let before = tables(db).await;
    for row in kept {
        let (what, path, ..) = row;
        let (status, body) = asked(browser, row, known).await;
        let fine = match what {
            Page => status == 404 && (path.starts_with("/desk/files") || plain(&body) == plain(&missing.body)),
            Door => status == 303 || path.starts_with("/desk/invite"),
            Action | Stream | Upload => status == 404,
            DoorAction => true,
        };
        if !fine {
            wrong.push(format!("{path} for {letter:?}, who may not: {status}"));
        }
    }
    let after = changed(&before, &tables(db).await);
    if !after.is_empty() {
        wrong.push(format!("what {letter:?} may not changed {after:?}"));
    }
    for row in given {
        let (what, path, ..) = row;
        let (status, body) = asked(browser, row, known).await;
        let fine = match what {
            Page | Upload => status == 200 || status == 303,
            Door | DoorAction => true,
            Action => !matches!(status, 401 | 403 | 404 | 500),
            Stream => status == 200,
        };
        if !fine {
            wrong.push(format!("{path} for {letter:?}, who may: {status} {body:.200}"));
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
            Action => status == 401,
            Upload => status == 303 && body.is_empty(),
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
    let (seller, order) = an_order(&product).await;
    known.insert("order", order);
    known.insert("item", a_voucher_for_people(&product, &db).await);
    known.insert("notice", newest(&db, "SELECT id FROM announcements LIMIT 1", "ann").await);
    known.insert("inquiry", an_inquiry(&product, &db).await);
    known.insert("wish", a_wish(&product, &db, &seller.person).await);
    prepare(&product, &db, &mut known).await;
    settled(&db).await;
    let mut wrong = outside(&mut Browser::new(&product.url()), "a stranger", &known).await;
    let mut customer = Browser::new(&product.url());
    customer.submit(&form("/fn/lookup/send_code", &[("phone", "010-5555-0000")], &known)).await.unwrap();
    let session = customer.cookie_of("sid").expect("a lookup has a session");
    customer.plant("desk", &session);
    wrong.extend(outside(&mut customer, "a customer's session", &known).await);
    let mut inside = BTreeMap::new();
    for (letter, login) in ROLES {
        let mut browser = sign_in(&product, login).await;
        own(&product, &db, &mut browser, (letter, login), &mut known).await;
        wrong.extend(walk(&db, &mut browser, Some(letter), &known).await);
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
    wrong.extend(walk(&db, inside.get_mut("marketer").unwrap(), None, &known).await);
    wrong.extend(outside(inside.get_mut("campaigner").unwrap(), "a disabled account", &known).await);
    wrong.extend(outside(inside.get_mut("content").unwrap(), "a revoked session", &known).await);
    expire(&db, "auditor").await;
    wrong.extend(outside(inside.get_mut("auditor").unwrap(), "an expired session", &known).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What people of the desk made before anybody walks.
async fn prepare(product: &Product, db: &store::Db, known: &mut BTreeMap<&'static str, String>) {
    let done = async |login: &str, action: &str, fields: &[(&str, &str)]| {
        let mut browser = sign_in(product, login).await;
        let answer = browser.fetch(&form(action, fields, &BTreeMap::new())).await.unwrap();
        assert_eq!(answer.status, 200, "{action}: {}", answer.body);
    };
    let until = in_a_year();
    let block = [("kind", "phone"), ("value", "010-5555-7777"), ("until", until.as_str()), ("reason", "도난 신고")];
    done("operator", "/desk/fn/risk/block", &block).await;
    known.insert("block", newest(db, "SELECT id FROM risk_blocks LIMIT 1", "blk").await);
    let fees = [("instant", "100"), ("next_morning", "0"), ("at", ""), ("reason", "수수료 조정")];
    done("content", "/desk/fn/fees/save", &fees).await;
    known.insert("draft", newest(db, "SELECT id FROM shop_drafts LIMIT 1", "sdr").await);
    let mut operator = sign_in(product, "operator").await;
    let item = known["item"].clone();
    operator.fetch(&form("/desk/fn/manual/claim", &[("item", &item)], known)).await.unwrap();
    operator.upload(&filled("/desk/upload/proof/{item}", known), "x.png", b"\x89PNG\r\n\x1a\n proof").await.unwrap();
    known.insert("proof", newest(db, "SELECT id FROM manual_proofs LIMIT 1", "prf").await);
    operator.fetch(&form("/desk/fn/manual/give_back", &[("item", &item)], known)).await.unwrap();
    known.insert("message", newest(db, "SELECT id FROM messages ORDER BY created_at DESC LIMIT 1", "msg").await);
    known.insert("work", newest(db, "SELECT id FROM outbox LIMIT 1", "obx").await);
}

/// What somebody has of their own: a file, a view, a second session. Who may have none keeps the last one's.
async fn own(
    product: &Product,
    db: &store::Db,
    browser: &mut Browser,
    (letter, login): (char, &str),
    known: &mut BTreeMap<&'static str, String>,
) {
    let store::Db::Postgres(pg) = db else { panic!("this product is on PostgreSQL") };
    let user = {
        let mut reader = db.read().await.unwrap();
        store::users::by_login(&mut reader, login).await.unwrap().unwrap().id
    };
    if "OPMA".contains(letter) {
        let wanted = [("format", "csv"), ("reason", "월말 대사"), ("query", "")];
        let answer = browser.fetch(&form("/desk/fn/exports/request", &wanted, known)).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        known.insert("export", newest(db, "SELECT id FROM exports ORDER BY created_at DESC LIMIT 1", "exp").await);
    }
    if "OPMVA".contains(letter) {
        let view = [("name", "보류"), ("query", "state=held")];
        let answer = browser.fetch(&form("/desk/fn/orders/save_view", &view, known)).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        known.insert("view", newest(db, "SELECT id FROM order_views ORDER BY created_at DESC LIMIT 1", "viw").await);
    }
    sign_in(product, login).await;
    let newest_session = "SELECT id_hash FROM web_sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1";
    let id: Vec<u8> = sqlx::query_scalar(newest_session)
        .bind(uuid::Uuid::from_bytes(user.bytes()))
        .fetch_one(pg.pool())
        .await
        .unwrap();
    known.insert("session", hex::encode(id));
    idle(db).await;
}

/// Lets somebody's sessions have rested for too long.
async fn expire(db: &store::Db, login: &str) {
    let store::Db::Postgres(db) = db else { panic!("this product is on PostgreSQL") };
    let rested = "UPDATE web_sessions SET expires_at = 0 WHERE user_id = (SELECT id FROM users WHERE login = $1)";
    assert!(sqlx::query(rested).bind(login).execute(db.pool()).await.unwrap().rows_affected() > 0);
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
    // Streams, files and uploads are no pages and no server functions.
    for path in routes_by_hand() {
        let fits = |row: &String| {
            let (row, path): (Vec<&str>, Vec<&str>) = (row.split('/').collect(), path.split('/').collect());
            row.len() == path.len() && row.iter().zip(&path).all(|(row, path)| row == path || path.starts_with('{'))
        };
        if !rows.iter().any(fits) {
            missing.push(path.to_owned());
        }
    }
    assert!(missing.is_empty(), "without a row: {missing:?}");
}
