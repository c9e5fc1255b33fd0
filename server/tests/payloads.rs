//! What is typed to make a page or a file do more than show text, typed into every text field of the shop and the desk,
//! and what comes back read by a real parser: pages, lists, files.
//!
//! The fields are read out of the code of the endpoints, so a new one is in this test by itself; an endpoint that can't be
//! read so fails the first test.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod desk_kit;

use desk_kit::{
    a_voucher_for_people, a_wish, an_inquiry, an_order, form, in_a_year, newest, server_functions, settled, sign_in,
};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use testkit::payloads;
use testkit::product::Product;
use testkit::shopper::{Browser, Page};

/// A post holds no more than 64 KB, percent-encoded, whatever the number of its fields.
const LARGEST_POST: usize = 60 * 1024;

/// The functions of a file: their names and texts.
fn functions(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("fn ") {
        let name: String = text[at + 3..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let end = text[at..].find("\n}\n").map_or(text.len(), |end| at + end);
        if text[at + 3 + name.len()..].starts_with(['(', '<']) {
            found.push((name, text[at..end].to_owned()));
        }
    }
    found
}

fn between<'t>(text: &'t str, from: &str, to: char) -> Vec<&'t str> {
    text.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

/// Every endpoint with the names of its text fields: arguments that are text, and fields read out of the form by name, in
/// its own file or in a helper beside it that it calls.
fn endpoints() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src/serverfns");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    let mut folders = vec![root.clone()];
    let mut all = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        let beside = functions(&(read(&folder.join("mod.rs")) + &read(&root.join("desk/shop.rs"))));
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut text = read(&path);
            let Some(prefix) = between(&text, "prefix = \"", '"').first().map(ToString::to_string) else { continue };
            let Some(name) = between(&text, "endpoint = \"", '"').first().map(ToString::to_string) else { continue };
            let arguments = text.split("pub async fn").nth(1).unwrap().split("->").next().unwrap().to_owned();
            let mut called = BTreeSet::new();
            while let Some((name, body)) =
                beside.iter().find(|(name, _)| !called.contains(name) && text.contains(&format!("{name}(")))
            {
                called.insert(name.clone());
                text.push_str(body);
            }
            let mut fields: BTreeSet<String> = ["typed(\"", "all_typed(\""]
                .iter()
                .flat_map(|from| between(&text, from, '"'))
                .map(str::to_owned)
                .collect();
            for kind in ["String", "Vec<String>", "Option<String>", "BTreeMap<String, String>"] {
                for (at, _) in arguments.match_indices(&format!(": {kind}")) {
                    let name =
                        arguments[..at].rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap();
                    fields.insert(match kind {
                        "Vec<String>" => format!("{name}[]"),
                        "BTreeMap<String, String>" => format!("{name}[x]"),
                        _ => name.to_owned(),
                    });
                }
            }
            if text.contains(".back(") {
                fields.insert("back".to_owned());
            }
            all.insert(format!("{prefix}/{name}"), fields);
        }
    }
    // Files are asked for by forms of their own.
    let files = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/desk_files.rs"));
    let fields: BTreeSet<String> = between(&files, "field(\"", '"').into_iter().map(str::to_owned).collect();
    for path in ["/desk/file/audit", "/desk/file/person"] {
        all.insert(path.to_owned(), fields.clone());
    }
    all
}

#[test]
fn every_endpoint_and_its_fields_are_read_out_of_the_code() {
    let read = endpoints();
    let missing: Vec<_> = server_functions().into_iter().filter(|path| !read.contains_key(path)).collect();
    assert!(missing.is_empty(), "not read: {missing:?}");
    for (path, some) in [
        ("/desk/fn/brands/save", &["form_json", "name_ko", "note_en", "reason"][..]),
        ("/desk/fn/users/invite", &["login", "name", "reason", "role[]"]),
        ("/desk/fn/orders/columns", &["columns[]", "query"]),
        ("/desk/fn/content/save", &["body_ko", "id", "title_en"]),
        ("/desk/fn/drafts/publish", &["back", "confirm", "id"]),
        ("/fn/sell/add", &["brand", "companion[x]", "pin"]),
        ("/desk/file/audit", &["reason", "who"]),
    ] {
        for field in some {
            assert!(read[path].contains(*field), "{field} of {path}: {:?}", read[path]);
        }
    }
}

/// What a page is made of, as a browser reads it.
#[derive(Default)]
struct Seen {
    wrong: RefCell<Vec<String>>,
    script: RefCell<bool>,
    /// Without scripts what stands in `<noscript>` is part of the page, with them it is text.
    scripting: bool,
}

/// Elements none of our pages has.
const NEVER: &[&str] = &[
    "iframe",
    "object",
    "embed",
    "base",
    "frame",
    "frameset",
    "applet",
    "portal",
    "math",
    "foreignobject",
    "animate",
    "set",
    "marquee",
    "xmp",
    "plaintext",
    "noembed",
    "audio",
    "video",
    "source",
    "mglyph",
    "annotation-xml",
    "isindex",
];
const ADDRESSES: &[&str] =
    &["href", "src", "action", "formaction", "data", "poster", "xlink:href", "background", "cite"];

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut wrong = self.wrong.borrow_mut();
        match token {
            Token::CharacterTokens(text) if *self.script.borrow() && text.contains("alert(1)") => {
                wrong.push(format!("script text {text:.80}"));
            }
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                *self.script.borrow_mut() =
                    tag.kind == TagKind::StartTag && matches!(name.as_str(), "script" | "style");
                if tag.kind == TagKind::EndTag {
                    return TokenSinkResult::Continue;
                }
                let known = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
                if !known || NEVER.contains(&name.as_str()) {
                    wrong.push(format!("<{name}>"));
                }
                let mut has_nonce = false;
                for attribute in &tag.attrs {
                    let (key, value) = (attribute.name.local.to_string(), attribute.value.to_string());
                    has_nonce |= key == "nonce";
                    let letters = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-:_.".contains(&byte));
                    if !letters || key.starts_with("on") || matches!(key.as_str(), "srcdoc" | "style" | "formaction") {
                        wrong.push(format!("<{name} {key}={value:.60}>"));
                    }
                    let bare: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
                    let bare = bare.to_ascii_lowercase();
                    let runs = ["javascript:", "vbscript:", "blob:", "file:"].iter().any(|bad| bare.starts_with(bad));
                    let data = bare.starts_with("data:") && !bare.starts_with("data:image/");
                    let away = bare.contains("evil.example") && name != "a";
                    if ADDRESSES.contains(&key.as_str()) && (runs || data || away) {
                        wrong.push(format!("<{name} {key}={value:.60}>"));
                    }
                    if name == "meta" && key == "http-equiv" {
                        wrong.push(format!("<meta {value:.60}>"));
                    }
                }
                if name == "script" && !has_nonce {
                    wrong.push("<script> without a nonce".to_owned());
                }
                return match name.as_str() {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "noscript" if self.scripting => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What a page has that none of ours should have.
fn wild(html: &str) -> Vec<String> {
    [false, true].into_iter().flat_map(|scripting| read_as(html, scripting)).collect()
}

fn read_as(html: &str, scripting: bool) -> Vec<String> {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let tokenizer = Tokenizer::new(Seen { scripting, ..Seen::default() }, TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.wrong.into_inner()
}

#[test]
fn the_reader_of_pages_sees_what_is_wild() {
    for payload in payloads::all().filter(|payload| payload.contains("onerror=alert") && payload.starts_with('<')) {
        assert!(!wild(&format!("<p>{payload}</p>")).is_empty(), "{payload}");
    }
    for page in [
        "<script>x</script>",
        "<p onclick=x>",
        "<a href=\" java\tscript:x\">",
        "<iframe>",
        "<form action=https://evil.example>",
        "<meta http-equiv=refresh>",
        "<script nonce=a>const a = 'alert(1)'</script>",
        "<p style=x>",
    ] {
        assert!(!wild(page).is_empty(), "{page}");
    }
    let tame = "<title>&lt;script></title><textarea><script></textarea><a href=/x title='\" onclick=x'>&lt;img&gt;</a>\
                <script nonce=a>let x</script><input value='<script>alert(1)</script>'>";
    assert_eq!(wild(tame), Vec::<String>::new());
}

/// The payloads, put together to texts of at most so many characters: whichever breaks out, it is seen.
fn packed(most: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    for payload in payloads::all() {
        if all.last().unwrap().chars().count() + payload.chars().count() + 1 > most {
            all.push(String::new());
        }
        let last = all.last_mut().unwrap();
        if !last.is_empty() {
            last.push(' ');
        }
        last.push_str(payload);
    }
    all
}

fn check(page: &Page, what: &str, wrong: &mut Vec<String>) {
    // One too large would be refused before anybody reads its fields.
    if page.status >= 500 || page.status == 413 {
        wrong.push(format!("{what}: {} {:.200}", page.status, page.body));
    }
    // What a program reads is no page: its kind says so, and `nosniff` that it is meant.
    let is_json = serde_json::from_str::<serde_json::Value>(&page.body).is_ok();
    for found in if is_json { Vec::new() } else { wild(&page.body) } {
        wrong.push(format!("{what}: {found}"));
    }
}

/// Sends the form as a page's form and looks at what follows.
async fn sent(browser: &mut Browser, path: &str, fields: &[(String, String)], wrong: &mut Vec<String>) {
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = browser.post(&form(path, &pairs)).await.unwrap();
    check(&answer, path, wrong);
    let mut next = answer.location;
    for _ in 0..3 {
        let Some(to) = next.take() else { break };
        if !to.starts_with('/') || to.starts_with("//") {
            wrong.push(format!("{path} leads to {to}"));
            break;
        }
        let page = browser.get(&to).await.unwrap();
        check(&page, &format!("{path}, then {to:.80}"), wrong);
        next = page.location;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_typed_into_any_field_runs_anywhere() {
    let product = Product::postgres(&[
        ("PINDESK_SHOP_POSTS_PER_MINUTE", "1000000"),
        ("PINDESK_SHOP_INQUIRIES_PER_ADDRESS", "100000"),
    ])
    .await;
    let db = product.books().await;
    let (mut seller, order) = an_order(&product).await;
    let item = a_voucher_for_people(&product, &db).await;
    let inquiry = an_inquiry(&product, &db).await;
    let wish = a_wish(&product, &db, &seller.person).await;
    let notice = newest(&db, "SELECT id FROM announcements LIMIT 1", "ann").await;
    let user = newest(&db, "SELECT id FROM users WHERE login = 'approver'", "usr").await;
    settled(&db).await;
    let mut owner = sign_in(&product, "owner").await;
    let mut wrong = Vec::new();
    let found = owner.post(&form("/desk/fn/customer/from_request", &[("id", &wish)])).await.unwrap();
    let person = found.location.unwrap();
    let token = person.rsplit('/').next().unwrap().to_owned();

    // Everything at once, every field of every endpoint: what is refused is shown again by the page it came from.
    let mut names = endpoints();
    for (page, path) in
        [("/desk/rates/cultureland", "/desk/fn/rates/save"), ("/desk/risk/rules", "/desk/fn/risk/draft")]
    {
        // Rows and rules have fields of their own.
        let page = owner.get(page).await.unwrap();
        let more = page.forms(path).into_iter().flat_map(|form| form.names);
        names.get_mut(path).unwrap().extend(more);
        assert!(names[path].len() > 8, "{path}: {:?}", names[path]);
    }
    for (path, fields) in &names {
        let leaves = ["access/leave", "access/end_others", "access/change_password", "lookup/leave"];
        if leaves.iter().any(|leaving| path.ends_with(leaving)) || fields.is_empty() {
            continue;
        }
        let room = LARGEST_POST / 4 / fields.len();
        let at_desk = path.starts_with("/desk") && !path.contains("/access/");
        for text in packed(room.clamp(200, 3000)) {
            let fields: Vec<(String, String)> = fields.iter().map(|name| (name.clone(), text.clone())).collect();
            let mut stranger = Browser::new(&product.url());
            sent(if at_desk { &mut owner } else { &mut stranger }, path, &fields, &mut wrong).await;
        }
        // The same with what is there: then it is the other fields that are refused, or kept.
        for text in packed(1200) {
            let known = [
                (
                    "id",
                    if path.contains("users/") {
                        &user
                    } else if path.contains("inquiries/") {
                        &inquiry
                    } else {
                        &notice
                    },
                ),
                ("order", &order),
                ("item", &item),
                ("token", &token),
            ];
            let value =
                |name: &String| known.iter().find(|(known, _)| known == name).map(|(_, value)| (*value).clone());
            let fields: Vec<(String, String)> =
                fields.iter().map(|name| (name.clone(), value(name).unwrap_or_else(|| text.clone()))).collect();
            if at_desk && known.iter().any(|(name, _)| fields.iter().any(|(field, _)| field == name)) {
                sent(&mut owner, path, &fields, &mut wrong).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));

    // What is kept, each in its place: whatever may be written freely.
    let until = in_a_year();
    let mut phone = 10_000_000_u64;
    for (at, text) in packed(280).into_iter().enumerate() {
        phone += 1;
        let (number, name) = (format!("010{phone}"), format!("payload.{at}"));
        let forms: Vec<(&str, Vec<(&str, &str)>)> = vec![
            ("/desk/fn/order/note", vec![("order", &order), ("text", &text)]),
            (
                "/desk/fn/users/invite",
                vec![("login", &name), ("name", "새 직원"), ("reason", &text), ("role[]", "content")],
            ),
            ("/desk/fn/jobs/pause", vec![("lane", "housekeeping"), ("reason", &text)]),
            ("/desk/fn/jobs/resume", vec![("lane", "housekeeping"), ("reason", &text)]),
            ("/desk/fn/risk/block", vec![("kind", "phone"), ("value", &number), ("until", &until), ("reason", &text)]),
            ("/desk/fn/customer/find", vec![("phone", &seller.person.phone), ("reason", &text)]),
            ("/desk/fn/customer/hold", vec![("token", &token), ("until", &until), ("reason", &text)]),
            ("/fn/inquiry/send", vec![("name", "홍길동"), ("phone", &number), ("body", &text)]),
        ];
        for (path, fields) in forms {
            let fields: Vec<(String, String)> =
                fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let mut stranger = Browser::new(&product.url());
            let browser = if path.starts_with("/desk") { &mut owner } else { &mut stranger };
            sent(browser, path, &fields, &mut wrong).await;
        }
    }
    // Titles of at most a hundred characters.
    for (at, text) in packed(95).into_iter().enumerate() {
        let slug = format!("payload-{at}");
        let entry = [("kind", "faq"), ("slug", &slug), ("title_ko", &text), ("title_en", &text)];
        let mut fields: Vec<(String, String)> = entry.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        fields.extend([("body_ko".to_owned(), "가나다".to_owned()), ("body_en".to_owned(), "abc".to_owned())]);
        sent(&mut owner, "/desk/fn/content/add", &fields, &mut wrong).await;
    }
    // Reasons that begin as a formula does, for the files.
    for text in payloads::FORMULAS {
        for path in ["/desk/fn/jobs/pause", "/desk/fn/jobs/resume"] {
            let reason = format!("{text} 사유를 적어요");
            let fields = [("lane", "housekeeping"), ("reason", &reason)];
            let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
            sent(&mut owner, path, &fields, &mut wrong).await;
        }
    }
    // Names of at most forty characters, one by one.
    for (at, text) in payloads::all().filter(|text| text.chars().count() <= 40).enumerate() {
        let login = format!("named.{at}");
        let invite = [("login", login.as_str()), ("name", text), ("reason", "입사"), ("role[]", "content")];
        let fields: Vec<(String, String)> = invite.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        sent(&mut owner, "/desk/fn/users/invite", &fields, &mut wrong).await;
        let view = [("name", text), ("query", "state=held")];
        let fields: Vec<(String, String)> = view.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        sent(&mut owner, "/desk/fn/orders/save_view", &fields, &mut wrong).await;
    }
    let pages = [
        "/desk",
        "/desk/me",
        "/desk/orders?all=1",
        "/desk/manual",
        "/desk/exports",
        "/desk/risk",
        "/desk/risk/blocks",
        "/desk/risk/rules",
        "/desk/brands",
        "/desk/rates",
        "/desk/fees",
        "/desk/content?kind=faq",
        "/desk/documents",
        "/desk/inquiries",
        "/desk/users",
        "/desk/audit",
        "/desk/customers",
        "/desk/privacy",
        "/desk/jobs",
        "/desk/health",
    ];
    let mut all: Vec<String> = pages.map(str::to_owned).to_vec();
    all.extend([format!("/desk/orders/{order}"), format!("/desk/risk/cases/{order}"), person.clone()]);
    all.extend([format!("/desk/users/{user}"), format!("/desk/manual/{item}"), format!("/desk/inquiries/{inquiry}")]);
    let mut shown = Vec::new();
    for page in all {
        let page_seen = owner.get(&page).await.unwrap();
        assert_eq!(page_seen.status, 200, "{page}");
        if page_seen.body.contains("alert(1)") {
            shown.push(page.clone());
        }
        check(&page_seen, &page, &mut wrong);
    }
    for page in ["/desk/orders/", "/desk/risk/blocks", "/desk/content", "/desk/customers/", "/desk/users"] {
        assert!(shown.iter().any(|seen| seen.starts_with(page)), "nothing of it is shown on {page}, only on {shown:?}");
    }
    for page in ["/", "/faq", "/notices", "/terms", "/privacy", &format!("/orders/{order}")] {
        check(&seller.browser.get(page).await.unwrap(), page, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));

    // Files: no cell begins a formula, and what is JSON is read as what was typed.
    let audit = owner.post(&form("/desk/file/audit", &[("reason", "=1+1 월말 점검")])).await.unwrap();
    assert_eq!(audit.status, 200, "{:.300}", audit.body);
    let text = audit.body.trim_start_matches('\u{feff}');
    let mut rows = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
    let (mut cells, mut tamed) = (0, 0);
    for row in rows.records() {
        for cell in &row.unwrap() {
            cells += 1;
            tamed += usize::from(cell.starts_with('\''));
            assert_eq!(domain::desk::export::tame(cell), cell, "a cell that begins a formula");
        }
    }
    assert!(cells > 1000 && tamed > 5, "{cells} cells, {tamed} of them tamed");
    let data = owner.post(&form("/desk/file/person", &[("token", &token), ("reason", "본인 요청")])).await.unwrap();
    assert_eq!(data.status, 200, "{:.300}", data.body);
    let told: serde_json::Value = serde_json::from_str(&data.body).unwrap();
    assert!(told.is_object(), "{told}");
}
