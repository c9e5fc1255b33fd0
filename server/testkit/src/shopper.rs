//! A customer with a browser that runs no script: reads the page, fills the form that is there, posts it, follows the
//! redirect. What a page does not offer, this customer can't do.

use crate::product::client;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Why a step could not be done.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// No answer, or half of one: the product is being killed.
    Line(String),
    /// A page, but not the one expected; with what it says.
    Page(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(what) => write!(f, "no answer: {what}"),
            Self::Page(what) => write!(f, "{what}"),
        }
    }
}

impl From<reqwest::Error> for Trouble {
    fn from(error: reqwest::Error) -> Self {
        Self::Line(error.to_string())
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Page {
    /// Status.
    pub status: u16,
    /// Where it sends us, path only.
    pub location: Option<String>,
    /// Everything it says.
    pub body: String,
}

impl Page {
    /// The form that posts to `action`, with the values it holds.
    pub fn form(&self, action: &str) -> Result<Form, Trouble> {
        self.forms(action).into_iter().next().ok_or_else(|| Trouble::Page(format!("no form {action}; {}", self.told())))
    }

    /// All forms that post to `action`.
    pub fn forms(&self, action: &str) -> Vec<Form> {
        forms(&self.body).into_iter().filter(|form| form.action == action).collect()
    }

    /// The body as JSON.
    pub fn json(&self) -> Result<Value, Trouble> {
        serde_json::from_str(&self.body).map_err(|_| Trouble::Page(format!("{} {:.200}", self.status, self.body)))
    }

    /// What it says is wrong, for a failure's message.
    fn told(&self) -> String {
        let errors: Vec<String> = texts_of(&self.body, "error");
        let title =
            self.body.split_once("<title>").and_then(|(_, rest)| rest.split_once('<')).map_or("", |(title, _)| title);
        let plain = if self.body.contains("<html") { String::new() } else { self.body.chars().take(200).collect() };
        format!("status {}, title {title:?}, errors {errors:?} {plain}", self.status)
    }
}

/// A form as the page offers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Where it posts to.
    pub action: String,
    /// What it would send untouched.
    pub fields: Vec<(String, String)>,
    /// Names and values that may be chosen: radio buttons and boxes that are not, options.
    pub choices: Vec<(String, String)>,
    /// Names of everything in it.
    pub names: Vec<String>,
}

impl Form {
    /// Fills one field; the page must have it.
    pub fn fill(mut self, name: &str, value: &str) -> Result<Self, Trouble> {
        if !self.names.iter().any(|known| known == name) {
            return Err(Trouble::Page(format!("form {} has no field {name}: {:?}", self.action, self.names)));
        }
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        Ok(self)
    }

    /// Ticks every box of this name.
    #[must_use]
    pub fn tick_all(mut self, name: &str) -> Self {
        let more: Vec<_> = self.choices.iter().filter(|(known, _)| known == name).cloned().collect();
        self.fields.extend(more);
        self
    }

    /// A field's value.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A browser without scripts: cookies and pages.
#[derive(Clone, Debug)]
pub struct Browser {
    client: reqwest::Client,
    base: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A fresh one.
    pub fn new(base: &str) -> Self {
        Self { client: client(), base: base.to_owned(), cookies: BTreeMap::new() }
    }

    /// A cookie it holds.
    pub fn cookie_of(&self, name: &str) -> Option<String> {
        self.cookies.get(name).cloned()
    }

    /// Puts a cookie into it, as somebody who was at this browser before could.
    pub fn plant(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// A page.
    pub async fn get(&mut self, path: &str) -> Result<Page, Trouble> {
        let request = self.client.get(format!("{}{path}", self.base)).header("accept", "text/html");
        self.send(request).await
    }

    /// Sends a form as the browser does.
    pub async fn post(&mut self, form: &Form) -> Result<Page, Trouble> {
        self.post_as(form, "text/html").await
    }

    /// Sends a form as the page's script does, and gives the answer's JSON.
    pub async fn fetch(&mut self, form: &Form) -> Result<Page, Trouble> {
        self.post_as(form, "application/json").await
    }

    async fn post_as(&mut self, form: &Form, accept: &str) -> Result<Page, Trouble> {
        let request = self
            .client
            .post(format!("{}{}", self.base, form.action))
            .header("accept", accept)
            .header("origin", &self.base)
            .form(&form.fields);
        self.send(request).await
    }

    /// Sends a form and shows the page it leads to.
    pub async fn submit(&mut self, form: &Form) -> Result<(String, Page), Trouble> {
        let answer = self.post(form).await?;
        let Some(to) = answer.location.clone() else {
            return Err(Trouble::Page(format!("{} leads nowhere; {}", form.action, answer.told())));
        };
        let page = self.get(&to).await?;
        // A page may send a customer on to the step that is open.
        if let Some(next) = page.location.clone() {
            let page = self.get(&next).await?;
            return Ok((next, page));
        }
        Ok((to, page))
    }

    /// The first event of a live stream, as JSON.
    pub async fn first_event(&mut self, path: &str) -> Result<Value, Trouble> {
        let cookie = self.cookie();
        let request = self.client.get(format!("{}{path}", self.base)).header("cookie", cookie);
        let mut answer = request.header("accept", "text/event-stream").send().await?;
        if !answer.status().is_success() {
            return Err(Trouble::Page(format!("{path}: {}", answer.status())));
        }
        let mut text = String::new();
        while let Some(chunk) = answer.chunk().await? {
            text.push_str(&String::from_utf8_lossy(&chunk));
            if let Some((event, _)) = text.split_once("\n\n") {
                let data: String = event.lines().filter_map(|line| line.strip_prefix("data:")).map(str::trim).collect();
                if !data.is_empty() {
                    return serde_json::from_str(&data).map_err(|error| Trouble::Page(format!("{path}: {error}")));
                }
            }
        }
        Err(Trouble::Line(format!("{path} ended without an event")))
    }

    fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Result<Page, Trouble> {
        let answer = request.header("cookie", self.cookie()).header("accept-language", "ko").send().await?;
        for set in answer.headers().get_all("set-cookie") {
            let Ok(set) = set.to_str() else { continue };
            let pair = set.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                if set.to_ascii_lowercase().contains("max-age=0") || value.is_empty() {
                    self.cookies.remove(name.trim());
                } else {
                    self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
                }
            }
        }
        let status = answer.status().as_u16();
        let location = answer.headers().get("location").and_then(|to| to.to_str().ok()).map(|to| {
            let path = to.strip_prefix(&self.base).unwrap_or(to);
            path.split('#').next().unwrap_or_default().to_owned()
        });
        let body = answer.text().await?;
        Ok(Page { status, location, body })
    }
}

/// One voucher to sell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Brand's key.
    pub brand: &'static str,
    /// Its name as messages write it.
    pub name: &'static str,
    /// The number, normal form.
    pub pin: String,
    /// The second number, for brands that have one, with its word in messages.
    pub second: Option<(&'static str, String)>,
    /// Won.
    pub face: i64,
}

impl Voucher {
    /// As a gift message says it.
    pub fn message(&self) -> String {
        let number = grouped(&self.pin, "-");
        let second = self.second.as_ref().map(|(word, value)| format!("\n{word} {value}")).unwrap_or_default();
        format!("{} {}원권\n핀번호 {number}{second}\n", self.name, thousands(self.face))
    }
}

fn thousands(won: i64) -> String {
    if won >= 10_000 && won % 10_000 == 0 { format!("{}만", won / 10_000) } else { won.to_string() }
}

/// In groups of four (the last may be longer), as people write numbers.
pub fn grouped(pin: &str, between: &str) -> String {
    let size = if pin.len() == 20 { 5 } else { 4 };
    let cuts = if pin.len() == 18 { 4 } else { pin.len().div_ceil(size) };
    let chars: Vec<char> = pin.chars().collect();
    let groups = (0..cuts).map(|at| {
        let to = if at + 1 == cuts { chars.len() } else { (at + 1) * size };
        chars[at * size..to].iter().collect::<String>()
    });
    groups.collect::<Vec<_>>().join(between)
}

/// What the sandbox makes of a voucher, by its number's ending (server/sandbox/README.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Bought.
    Good,
    /// Refused.
    Used,
    /// Refused.
    Zero,
    /// Bought after two "not now".
    Temporary,
    /// Redeemed, but the answer never comes.
    Late,
    /// The first redemption is lost on its way.
    Early,
}

impl Ending {
    /// Every ending an order ends well or badly with, without a person.
    pub const ALL: [Self; 6] = [Self::Good, Self::Used, Self::Zero, Self::Temporary, Self::Late, Self::Early];

    fn digits(self) -> &'static str {
        match self {
            Self::Good => "1111",
            Self::Used => "9901",
            Self::Zero => "9903",
            Self::Temporary => "9906",
            Self::Late => "9907",
            Self::Early => "9908",
        }
    }

    fn letters(self) -> &'static str {
        match self {
            Self::Good => "KKKK",
            Self::Used => "USED",
            Self::Zero => "ZERO",
            Self::Temporary => "TEMP",
            Self::Late => "LATE",
            Self::Early => "EARL",
        }
    }

    /// Is it redeemed in the end?
    pub fn is_bought(self) -> bool {
        !matches!(self, Self::Used | Self::Zero)
    }
}

/// Brands with a bridge, in turn.
pub const BRANDS: [&str; 6] = ["cultureland", "booknlife", "teencash", "eggmoney", "nexon", "munhwa"];

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A number nobody in this process has had.
pub fn fresh() -> u64 {
    NEXT.fetch_add(1, Ordering::SeqCst)
}

/// A voucher nobody in this process has had. Only the journal of one test's sandbox ever sees it, so it need not be
/// new in the world.
pub fn voucher(brand: &str, ending: Ending) -> Voucher {
    let n = fresh();
    let body =
        |digits: usize| format!("{:0>digits$}", (n + 1) * 7_919 % 10_u64.pow(u32::try_from(digits.min(12)).unwrap()));
    // No vowels, so that no word comes out by chance.
    let letters = |count: usize| {
        let mut rest = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut text = String::new();
        for _ in 0..count {
            rest ^= rest >> 29;
            rest = rest.wrapping_mul(0xBF58_476D_1CE4_E5B9);
            text.push(char::from(b"BCDFGHJKLMNPQRSTVWXZ"[usize::try_from(rest >> 40).unwrap() % 20]));
        }
        text
    };
    let end = ending.digits();
    match brand {
        "cultureland" => Voucher {
            brand: "cultureland",
            name: "컬쳐랜드",
            pin: format!("4160{}{end}", body(8)),
            second: None,
            face: 10_000,
        },
        "booknlife" => Voucher {
            brand: "booknlife",
            name: "북앤라이프",
            pin: format!("7102{}{end}", body(8)),
            second: Some(("비밀번호", "4821".to_owned())),
            face: 30_000,
        },
        "teencash" => Voucher {
            brand: "teencash",
            name: "틴캐시",
            pin: format!("T{}Q{}{}", letters(2), body(4), ending.letters()),
            second: None,
            face: 5_000,
        },
        "eggmoney" => Voucher {
            brand: "eggmoney",
            name: "에그머니",
            pin: format!("6200{}{end}", body(12)),
            second: None,
            face: 10_000,
        },
        "nexon" => Voucher {
            brand: "nexon",
            name: "넥슨카드",
            pin: format!("{}{}", letters(16), ending.letters()),
            second: None,
            face: 30_000,
        },
        "munhwa" => Voucher {
            brand: "munhwa",
            name: "문화상품권",
            pin: format!("36{}{end}", body(12)),
            second: None,
            face: 50_000,
        },
        other => panic!("no vouchers of {other}"),
    }
}

/// A person who sells.
#[derive(Clone, Debug)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Digits.
    pub phone: String,
    /// Three digits.
    pub bank: &'static str,
    /// Digits.
    pub account: String,
}

impl Person {
    /// Somebody new.
    pub fn fresh() -> Self {
        let n = fresh();
        Self {
            name: "홍길동".to_owned(),
            phone: format!("0102{:07}", 1_000_000 + n * 13 % 8_000_000),
            bank: "090",
            account: format!("3333{:09}", 10_001 + n * 1_000),
        }
    }
}

/// A customer on the way through the shop.
#[derive(Clone, Debug)]
pub struct Shopper {
    /// The browser; its cookies are the only thing that connects the steps.
    pub browser: Browser,
    /// Who it is.
    pub person: Person,
    sandbox: String,
}

impl Shopper {
    /// A new customer in front of the shop at `base`, whose phone is the sandbox's.
    pub fn new(base: &str, sandbox: &str, person: Person) -> Self {
        Self { browser: Browser::new(base), person, sandbox: sandbox.to_owned() }
    }

    /// From the paste box to the last page, everything but the last button. Gives the form of that button.
    pub async fn prepare(&mut self, vouchers: &[Voucher]) -> Result<Form, Trouble> {
        let text: String = vouchers.iter().map(Voucher::message).collect::<Vec<_>>().join("\n");
        self.prepare_text(&text, vouchers).await
    }

    /// The same with a message of one's own.
    pub async fn prepare_text(&mut self, text: &str, vouchers: &[Voucher]) -> Result<Form, Trouble> {
        self.paste(text).await?;
        self.mend(vouchers).await?;
        let page = self.browser.get("/sell").await?;
        let (at, _) = self.browser.submit(&page.form("/fn/sell/quote")?).await?;
        expect_at(&at, "/sell/quote")?;
        self.prove_phone().await?;
        self.name_account().await?;
        let page = self.browser.get("/sell/you").await?;
        let (at, page) = self.browser.submit(&page.form("/fn/sell/consents")?.tick_all("granted[]")).await?;
        if !at.starts_with("/sell/confirm") {
            return Err(Trouble::Page(format!("consents lead to {at}; {}", page.told())));
        }
        page.form("/fn/sell/submit")
    }

    /// Puts a text into the paste box.
    pub async fn paste(&mut self, text: &str) -> Result<Page, Trouble> {
        let page = self.browser.get("/sell").await?;
        let form = page.form("/fn/sell/paste")?.fill("text", text)?;
        let (at, page) = self.browser.submit(&form).await?;
        expect_at(&at, "/sell")?;
        Ok(page)
    }

    /// Makes each row what its voucher is: brand, second number, face.
    async fn mend(&mut self, vouchers: &[Voucher]) -> Result<(), Trouble> {
        let page = self.browser.get("/sell").await?;
        let rows = page.forms("/fn/sell/edit");
        if rows.len() != vouchers.len() {
            let pins: Vec<_> = rows.iter().filter_map(|row| row.value("pin")).collect();
            return Err(Trouble::Page(format!(
                "{} rows for {} vouchers: {pins:?}; {}",
                rows.len(),
                vouchers.len(),
                page.told()
            )));
        }
        for form in rows {
            let plain: String =
                form.value("pin").unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
            let Some(voucher) = vouchers.iter().find(|voucher| voucher.pin == plain) else {
                return Err(Trouble::Page(format!("a row nobody pasted: {plain}")));
            };
            let face = voucher.face.to_string();
            if form.value("brand") != Some(voucher.brand) {
                let form = form.clone().fill("brand", voucher.brand)?;
                self.browser.submit(&form).await?;
            }
            if form.value("face") != Some(&face) || form.value("brand") != Some(voucher.brand) {
                let page = self.browser.get("/sell").await?;
                let again =
                    page.forms("/fn/sell/edit").into_iter().find(|other| other.value("row") == form.value("row"));
                let again = again.ok_or_else(|| Trouble::Page("a row is gone".to_owned()))?;
                self.browser.submit(&again.fill("face", &face)?).await?;
            }
        }
        Ok(())
    }

    /// Asks for a code, reads it from the phone, types it.
    async fn prove_phone(&mut self) -> Result<(), Trouble> {
        let page = self.browser.get("/sell/you").await?;
        let form =
            page.form("/fn/sell/send_code")?.fill("name", &self.person.name)?.fill("phone", &self.person.phone)?;
        let (_, page) = self.browser.submit(&form).await?;
        let code = self.code().await?;
        let form = page.form("/fn/sell/check_code")?.fill("code", &code)?;
        self.browser.submit(&form).await?;
        Ok(())
    }

    async fn name_account(&mut self) -> Result<(), Trouble> {
        let page = self.browser.get("/sell/you").await?;
        let form = page
            .form("/fn/sell/payee")?
            .fill("bank_code", self.person.bank)?
            .fill("account", &self.person.account)?
            .fill("holder", &self.person.name)?;
        self.browser.submit(&form).await?;
        Ok(())
    }

    /// The newest code on this person's phone; waits for it.
    pub async fn code(&self) -> Result<String, Trouble> {
        let url = format!("{}/phone.json?to={}", self.sandbox, self.person.phone);
        let client = client();
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(30) {
            let list: Value = client.get(&url).send().await?.json().await?;
            let newest = list.as_array().and_then(|list| list.iter().find_map(|sms| six_digits(sms["body"].as_str()?)));
            if let Some(code) = newest {
                return Ok(code);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(Trouble::Page("no code reached the phone within 30 seconds".to_owned()))
    }

    /// Presses the last button. The order's code, or what the page says against it.
    pub async fn submit(&mut self, form: &Form) -> Result<Result<String, String>, Trouble> {
        let answer = self.browser.post(form).await?;
        let Some(to) = answer.location.clone() else {
            return Err(Trouble::Page(format!("submit leads nowhere; {}", answer.told())));
        };
        if let Some(code) = to.strip_prefix("/orders/") {
            return Ok(Ok(code.to_owned()));
        }
        let page = self.browser.get(&to).await?;
        Ok(Err(page.told()))
    }

    /// Presses it again until there is an answer, as a customer does whose page did not load.
    pub async fn submit_stubbornly(&mut self, form: &Form) -> Result<String, String> {
        let began = Instant::now();
        loop {
            match self.submit(form).await {
                Ok(Ok(code)) => return Ok(code),
                Ok(Err(_)) | Err(_) if began.elapsed() < Duration::from_secs(60) => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Ok(Err(told)) => return Err(told),
                Err(trouble) => return Err(trouble.to_string()),
            }
        }
    }

    /// The order as its page shows it, from its live stream.
    pub async fn order(&mut self, code: &str) -> Result<Value, Trouble> {
        self.browser.first_event(&format!("/orders/{code}/events")).await
    }

    /// Waits until nothing about the order will change any more.
    pub async fn finished(&mut self, code: &str, at_most: Duration) -> Result<Value, Trouble> {
        let began = Instant::now();
        loop {
            let last = self.order(code).await;
            match &last {
                Ok(view) if view["finished"] == true => return last,
                Ok(_) | Err(Trouble::Line(_)) if began.elapsed() < at_most => {}
                Ok(view) => return Err(Trouble::Page(format!("order {code} after {at_most:?}: {view}"))),
                Err(_) => return last,
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

fn expect_at(at: &str, wanted: &str) -> Result<(), Trouble> {
    let path = at.split('?').next().unwrap_or_default();
    if path == wanted { Ok(()) } else { Err(Trouble::Page(format!("expected {wanted}, got {at}"))) }
}

fn six_digits(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).map(ToOwned::to_owned)
}

// ---- reading HTML, as much of it as our own pages need ----

struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
    /// Just after its `>`.
    end: usize,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| *known == name)
    }
}

/// The next start tag at or after `from`.
fn next_tag(html: &str, from: usize) -> Option<(usize, Tag<'_>)> {
    let mut at = from;
    loop {
        let start = at + html.get(at..)?.find('<')?;
        let rest = &html[start + 1..];
        if rest.starts_with("!--") {
            at = start + 1 + rest.find("-->")? + 3;
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            at = start + 1;
            continue;
        }
        let name_end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len());
        let name = rest[..name_end].trim_end_matches('/');
        let (attributes, length) = attributes(&rest[name_end..]);
        return Some((start, Tag { name, attributes, end: start + 1 + name_end + length }));
    }
}

fn attributes(text: &str) -> (Vec<(&str, String)>, usize) {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() && bytes[at] != b'>' {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b'/' {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && !matches!(bytes[at], b'=' | b'>') {
            at += 1;
        }
        let name = &text[start..at];
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            let (value, next) = if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                let end = text[at + 1..].find(char::from(*quote)).map_or(text.len(), |end| at + 1 + end);
                (&text[at + 1..end], end + 1)
            } else {
                let end = text[at..].find(|c: char| c.is_whitespace() || c == '>').map_or(text.len(), |end| at + end);
                (&text[at..end], end)
            };
            found.push((name, unescaped(value)));
            at = next;
        } else {
            found.push((name, String::new()));
        }
    }
    (found, (at + 1).min(text.len()))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// Every form of a page.
pub fn forms(html: &str) -> Vec<Form> {
    let mut all = Vec::new();
    let mut form: Option<Form> = None;
    let mut select: Option<(String, bool)> = None;
    let mut at = 0;
    while let Some((_, tag)) = next_tag(html, at) {
        at = tag.end;
        match (tag.name, &mut form) {
            ("form", _) => {
                form = Some(Form { action: tag.get("action").unwrap_or_default().to_owned(), ..Form::default() });
            }
            ("/form", _) => all.extend(form.take()),
            ("input", Some(form)) => {
                let Some(name) = tag.get("name").map(ToOwned::to_owned) else { continue };
                let kind = tag.get("type").unwrap_or("text");
                let ticked = matches!(kind, "radio" | "checkbox");
                let value = tag.get("value").unwrap_or(if ticked { "on" } else { "" }).to_owned();
                form.names.push(name.clone());
                if tag.has("disabled") {
                } else if !ticked || tag.has("checked") {
                    form.fields.push((name, value));
                } else {
                    form.choices.push((name, value));
                }
            }
            ("textarea", Some(form)) => {
                let Some(name) = tag.get("name").map(ToOwned::to_owned) else { continue };
                let end = html[at..].find("</textarea").map_or(html.len(), |end| at + end);
                form.names.push(name.clone());
                form.fields.push((name, unescaped(html[at..end].trim_start_matches('\n'))));
                at = end;
            }
            ("select", Some(form)) => {
                let name = tag.get("name").unwrap_or_default().to_owned();
                form.names.push(name.clone());
                select = Some((name, false));
            }
            ("/select", _) => select = None,
            ("option", Some(form)) => {
                let Some((name, chosen)) = &mut select else { continue };
                let value = tag.get("value").unwrap_or_default().to_owned();
                if tag.has("selected") || !*chosen && !tag.has("disabled") {
                    form.fields.retain(|(known, _)| known != name);
                    form.fields.push((name.clone(), value));
                    *chosen = true;
                } else {
                    form.choices.push((name.clone(), value));
                }
            }
            ("script" | "style", _) => {
                let closing = format!("</{}", tag.name);
                at = html[at..].find(&closing).map_or(html.len(), |end| at + end);
            }
            _ => {}
        }
    }
    all
}

/// Texts of the elements whose class list holds `class`.
pub fn texts_of(html: &str, class: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((_, tag)) = next_tag(html, at) {
        at = tag.end;
        if tag.get("class").is_some_and(|list| list.split_whitespace().any(|word| word == class)) {
            let closing = format!("</{}", tag.name);
            let end = html[at..].find(&closing).map_or(html.len(), |end| at + end);
            found.push(plain(&html[at..end]));
        }
    }
    found
}

/// The text without its tags.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    unescaped(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_as_a_browser_would() {
        let html = r#"<!-- <form action="/no"> --><form method="post" action="/fn/a"><input type="hidden" name="row" value="3"/>
            <input name=name value='a &amp; b'><input type="radio" name="face" value="1"/><input type="radio" name="face" value="2" checked>
            <input type="checkbox" name="granted[]" value="x"><textarea name="text">hi &lt;</textarea>
            <select name="bank"><option value="">-</option><option value="004" selected>KB</option></select>
            <button type="submit">go</button></form><script>"<form action='/x'>"</script>"#;
        let all = forms(html);
        assert_eq!(all.len(), 1);
        let form = &all[0];
        assert_eq!(form.action, "/fn/a");
        let pairs: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("row", "3"), ("name", "a & b"), ("face", "2"), ("text", "hi <"), ("bank", "004")]);
        assert_eq!(form.clone().tick_all("granted[]").value("granted[]"), Some("x"));
        assert!(form.clone().fill("nothing", "x").is_err());
    }

    #[test]
    fn numbers_are_written_in_groups() {
        assert_eq!(grouped("1234567890123456", "-"), "1234-5678-9012-3456");
        assert_eq!(grouped("123456789012345678", " "), "1234 5678 9012 345678");
        assert_eq!(grouped("12345678901234567890", "-"), "12345-67890-12345-67890");
    }

    #[test]
    fn no_two_vouchers_are_the_same() {
        for brand in BRANDS {
            let pins: std::collections::HashSet<String> = (0..500).map(|_| voucher(brand, Ending::Good).pin).collect();
            assert_eq!(pins.len(), 500, "{brand}");
        }
    }
}
