//! A browser that runs no script: gets pages, fills the form that is there, posts it, follows the redirect.

use crate::html::{Form, forms, texts_of};
use crate::product::client;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

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
    pub(crate) fn told(&self) -> String {
        let errors: Vec<String> = texts_of(&self.body, "error");
        let title =
            self.body.split_once("<title>").and_then(|(_, rest)| rest.split_once('<')).map_or("", |(title, _)| title);
        let plain = if self.body.contains("<html") { String::new() } else { self.body.chars().take(200).collect() };
        format!("status {}, title {title:?}, errors {errors:?} {plain}", self.status)
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

    /// The status of an answer that may never end.
    pub async fn status_of(&mut self, path: &str) -> Result<u16, Trouble> {
        let request = self.client.get(format!("{}{path}", self.base)).header("cookie", self.cookie());
        Ok(request.header("accept", "text/event-stream").send().await?.status().as_u16())
    }

    /// Sends a form as the browser does.
    pub async fn post(&mut self, form: &Form) -> Result<Page, Trouble> {
        self.post_as(form, "text/html").await
    }

    /// Sends a form as the page's script does, and gives the answer's JSON.
    pub async fn fetch(&mut self, form: &Form) -> Result<Page, Trouble> {
        self.post_as(form, "application/json").await
    }

    /// Sends this body with exactly these headers and the cookies, as somebody does who writes requests by hand.
    pub async fn send_raw(&mut self, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Result<Page, Trouble> {
        let mut request = self.client.post(format!("{}{path}", self.base)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request).await
    }

    /// Sends a file in a form's field `file`, as the page does.
    pub async fn upload(&mut self, path: &str, name: &str, content: &[u8]) -> Result<Page, Trouble> {
        const EDGE: &str = "pindesk-edge";
        let head = format!(
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), content, format!("\r\n--{EDGE}--\r\n").as_bytes()].concat();
        let (kind, origin) = (format!("multipart/form-data; boundary={EDGE}"), self.base.clone());
        self.send_raw(path, &[("accept", "text/html"), ("origin", &origin), ("content-type", &kind)], body).await
    }

    /// A page with the headers it came with.
    pub async fn with_headers(&mut self, path: &str) -> Result<(Vec<(String, String)>, Page), Trouble> {
        let asked = self.client.get(format!("{}{path}", self.base)).header("accept", "text/html");
        let answer = asked.header("cookie", self.cookie()).send().await?;
        let headers = answer.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
        let headers: Vec<(String, String)> = headers.collect();
        let status = answer.status().as_u16();
        Ok((headers, Page { status, location: None, body: answer.text().await? }))
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
