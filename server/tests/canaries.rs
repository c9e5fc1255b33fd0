//! Planted people and numbers are looked for everywhere they must not be: the log at debug level, the database's raw
//! bytes with its queue and sessions, the partners' journals, other people's pages, error answers.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::time::Duration;
use testkit::shopper::{Browser, Ending, Form, Person, Shopper, Voucher, grouped, voucher};

testkit::both_products! {
    /// One order with everything that is anybody's, then a search.
    async fn no_secret_or_person_is_anywhere_else(product: Product) with [("PINDESK_LOG_FILTER", "debug")] {
        let person = Person {
            name: "남궁카나리".to_owned(),
            phone: "01074019538".to_owned(),
            bank: "090",
            account: "3333074019538".to_owned(),
        };
        let vouchers = [
            Voucher { pin: "4160740195381234".to_owned(), ..voucher("cultureland", Ending::Good) },
            Voucher { pin: "7102740195389901".to_owned(), second: Some(("비밀번호", "7401".to_owned())), ..voucher("booknlife", Ending::Good) },
        ];
        let mut shopper = Shopper::new(&product.url(), &product.partners.url, person.clone());
        let form = shopper.prepare(&vouchers).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        let code = shopper.submit_stubbornly(&form).await.unwrap();
        shopper.finished(&code, Duration::from_secs(60)).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        let staff = somebody_of_the_staff(&product).await;
        let mut planted: Vec<(&str, String)> = vec![
            ("name", person.name.clone()),
            ("phone", person.phone.clone()),
            ("account", person.account.clone()),
            ("number", vouchers[0].pin.clone()),
            ("refused number", vouchers[1].pin.clone()),
        ];
        planted.extend(staff);

        // The customer's own order page is masked too.
        let own = shopper.browser.get(&format!("/orders/{code}")).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        assert_eq!(own.status, 200);
        assert_none("the order's own page", own.body.as_bytes(), &planted);

        // Somebody else: pages, the order under its address, its stream, a lookup.
        let mut other = Browser::new(&product.url());
        for path in ["/", "/sell", "/sell/you", "/sell/confirm", "/orders", &format!("/orders/{code}"), &format!("/orders/{code}/events"), "/notices"] {
            let page = other.get(path).await.unwrap_or_else(|trouble| panic!("{path}: {trouble}"));
            assert_none(path, page.body.as_bytes(), &planted);
            if path.contains(&code) {
                assert_eq!(page.status, 404, "{path} is nobody else's");
            }
        }

        // What is sent in is not repeated by an error.
        for action in ["/fn/sell/paste", "/fn/sell/edit", "/fn/sell/add", "/fn/sell/submit", "/fn/sell/nothing", "/fn/lookup/check_code"] {
            let names = ["pin", "submit_key", "row", "code", "brand", "nonsense"];
            let fields = names.iter().map(|name| ((*name).to_owned(), vouchers[0].pin.clone())).collect();
            let form = Form { action: action.to_owned(), fields, ..Form::default() };
            let mut stranger = Browser::new(&product.url());
            let page = stranger.post(&form).await.unwrap_or_else(|trouble| panic!("{action}: {trouble}"));
            let location = page.location.clone().unwrap_or_default();
            assert_none(&format!("{action}'s redirect"), location.as_bytes(), &planted);
            if page.status >= 400 {
                assert_none(&format!("{action}'s error"), page.body.as_bytes(), &planted);
            }
        }

        product.quiet(Duration::from_secs(120)).await;
        for party in ["issuer", "bank", "agent"] {
            assert_none(&format!("{party}'s journal"), product.partners.journal_text(party).await.as_bytes(), &planted);
        }
        let log = product.log();
        assert!(log.contains("DEBUG"), "the log is at debug level");
        assert_none("the log", log.as_bytes(), &planted);
        let raw = product.raw();
        assert!(raw.len() > 10_000, "the database was read");
        assert_none("the database", &raw, &planted);
        assert!(has(&raw, code.as_bytes()), "the search finds what is there");
    }
}

/// Somebody is invited, chooses a password and signs in; gives what would let somebody else in.
async fn somebody_of_the_staff(product: &testkit::product::Product) -> Vec<(&'static str, String)> {
    let form = |action: &str, fields: &[(&str, &str)]| {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Form { action: action.to_owned(), fields, ..Form::default() }
    };
    let enter =
        |login: &str, password: &str| form("/desk/fn/access/enter", &[("login", login), ("password", password)]);
    let mut owner = Browser::new(&product.url());
    owner.submit(&enter("owner", "pindesk-sandbox")).await.unwrap();
    let invite = [("login", "new.person"), ("name", "새 직원"), ("role[]", "content"), ("reason", "입사")];
    let (_, page) = owner.submit(&form("/desk/fn/users/invite", &invite)).await.unwrap();
    let token: String = page.body.split("/desk/invite/").nth(1).unwrap().chars().take(64).collect();
    assert!(token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    let password = "tulip-grinder-obelisk-7401".to_owned();
    let mut person = Browser::new(&product.url());
    let chosen = [("token", token.as_str()), ("password", &password), ("again", &password)];
    person.submit(&form("/desk/fn/access/accept", &chosen)).await.unwrap();
    // Wrong once, with the password in the wrong field.
    person.submit(&enter(&password, "x")).await.unwrap();
    let (to, _) = person.submit(&enter("new.person", &password)).await.unwrap();
    assert!(to.starts_with("/desk") && !to.contains("sign-in"), "{to}");
    let cookie = person.cookie_of("desk").unwrap();
    vec![("staff's password", password), ("invitation's word", token), ("desk's cookie", cookie)]
}

fn has(place: &[u8], needle: &[u8]) -> bool {
    // Rare first byte would be faster; a few megabytes take no time either way.
    needle.len() <= place.len() && place.windows(needle.len()).any(|window| window == needle)
}

/// A value in every dress it might slip out in.
fn spellings(value: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = value.as_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let percent: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let json: String = value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let entities: String = value.chars().map(|c| format!("&#{};", u32::from(c))).collect();
    let mut all = vec![
        ("plain", bytes.to_vec()),
        ("hexadecimal", hex.clone().into_bytes()),
        ("hexadecimal, upper case", hex.to_uppercase().into_bytes()),
        ("percent", percent.into_bytes()),
        ("json", json.into_bytes()),
        ("entities", entities.into_bytes()),
        ("utf-16", value.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a list of bytes", bytes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ").into_bytes()),
        ("backwards", value.chars().rev().collect::<String>().into_bytes()),
    ];
    for (at, dress) in ["base64", "base64, shifted by one", "base64, shifted by two"].into_iter().enumerate() {
        all.push((dress, base64_inside(bytes, at).into_bytes()));
    }
    if value.is_ascii() {
        all.push(("grouped by hyphens", grouped(value, "-").into_bytes()));
        all.push(("grouped by spaces", grouped(value, " ").into_bytes()));
        if value.len() == 11 {
            all.push(("as a phone", format!("{}-{}-{}", &value[..3], &value[3..7], &value[7..]).into_bytes()));
        }
    }
    all
}

/// The part of its base64 form that does not depend on its neighbours, when it begins `shift` bytes into a group.
fn base64_inside(bytes: &[u8], shift: usize) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let whole = &bytes[(3 - shift) % 3..];
    let groups = whole.chunks_exact(3);
    let mut text = String::new();
    for group in groups {
        let number = u32::from(group[0]) << 16 | u32::from(group[1]) << 8 | u32::from(group[2]);
        for place in [18, 12, 6, 0] {
            text.push(char::from(ALPHABET[usize::try_from((number >> place) & 63).unwrap()]));
        }
    }
    text
}

fn assert_none(place: &str, text: &[u8], planted: &[(&str, String)]) {
    for (what, value) in planted {
        for (dress, needle) in spellings(value) {
            if let Some(at) = text.windows(needle.len()).position(|window| window == needle) {
                let from = at.saturating_sub(120);
                let to = (at + needle.len() + 60).min(text.len());
                panic!("{place} holds the {what} ({dress}): …{}…", String::from_utf8_lossy(&text[from..to]));
            }
        }
    }
}

#[test]
fn a_value_is_found_in_every_dress() {
    use base64_inside as inside;
    assert_eq!(inside(b"abcdef", 0), "YWJjZGVm");
    // "x" + "abcdef": base64 of the whole holds the part that is ours alone.
    assert!("eGFiY2RlZg==".contains(&inside(b"abcdef", 1)));
    assert!("eHlhYmNkZWY=".contains(&inside(b"abcdef", 2)));
}
