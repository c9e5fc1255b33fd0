//! A customer with a browser that runs no script. What a page does not offer, this customer can't do.

pub use crate::browser::{Browser, Page, Trouble};
pub use crate::html::{Form, plain};
use crate::product::client;
pub use crate::vouchers::{BRANDS, Ending, Voucher, fresh, grouped, voucher};
use serde_json::Value;
use std::time::{Duration, Instant};

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
