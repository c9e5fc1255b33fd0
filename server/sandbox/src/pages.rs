//! What people see: the start page with everything worth trying, and the pretended phone. And what tests read.

use crate::State;
use crate::faults::RuleFile;
use crate::wire::{json, with_body};
use axum::body::Bytes;
use axum::extract::{Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json as value;
use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

const HTML: &str = "text/html; charset=utf-8";
const KEPT: usize = 5000;
const SHOWN: usize = 50;

/// One delivered message.
#[derive(Clone, Debug, Serialize)]
pub struct Sms {
    pub client_key: String,
    pub to: String,
    pub from: String,
    pub channel: String,
    pub title: Option<String>,
    pub body: String,
    /// Korean wall clock.
    pub at: String,
}

/// Everybody's phone at once: the last messages, newest first.
#[derive(Default)]
pub struct Phone {
    messages: Mutex<VecDeque<Sms>>,
}

impl Phone {
    pub fn deliver(&self, sms: Sms) {
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.push_front(sms);
        messages.truncate(KEPT);
    }

    fn last(&self, to: Option<&str>, most: usize) -> Vec<Sms> {
        let messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.iter().filter(|sms| to.is_none_or(|to| sms.to == to)).take(most).cloned().collect()
    }
}

/// Ending, what happens, in Korean. README.md has the same table; a test compares them.
pub const PIN_ENDINGS: &[(&str, &str, &str)] = &[
    ("9901", "USED", "이미 사용됨"),
    ("9902", "NONE", "없는 번호"),
    ("9903", "ZERO", "잔액 0원"),
    ("9904", "HALF", "잔액이 절반만 남음"),
    ("9905", "LOCK", "조회 잠김"),
    ("9906", "TEMP", "두 번은 '잠시 후 다시', 그다음 정상"),
    ("9907", "LATE", "사용 처리는 되지만 응답이 오지 않음"),
    ("9908", "EARL", "첫 사용 처리 요청이 처리 전에 사라짐"),
    ("9909", "DESK", "자동 처리를 지원하지 않음"),
    ("9910", "LESS", "실제 액면이 1만 원 적음"),
];

/// The same for accounts.
pub const ACCOUNT_ENDINGS: &[(&str, &str)] = &[
    ("901", "예금주가 다름 (김다름)"),
    ("902", "없는 계좌 (412)"),
    ("903", "처음엔 처리 중(A0001), 결과조회하면 입금됨"),
    ("904", "입금은 되지만 응답이 오지 않음"),
    ("905", "거래중지 계좌 (420)"),
    ("906", "입금 3초 뒤 반환됨"),
    (crate::thecheat::REPORTED_ACCOUNT, "더치트에 신고된 계좌"),
];

/// The same for recipients.
pub const PHONE_ENDINGS: &[(&str, &str)] = &[
    ("9901", "결번 (31000)"),
    ("9902", "전원 꺼짐 (31107)"),
    ("9903", "결과가 오지 않음"),
    ("9904", "전송 시간 초과 (29015, 다시 보낼 수 있음)"),
    (crate::thecheat::REPORTED_PHONE, "더치트에 신고된 번호"),
];

const STYLE: &str = "<style>
:root{color-scheme:light dark;--bg:#f5f6f8;--card:#fff;--ink:#16181d;--soft:#667;--line:#e3e5ea;--mark:#eef3ff}
@media(prefers-color-scheme:dark){:root{--bg:#14161a;--card:#1d2026;--ink:#eceef2;--soft:#9aa3b2;--line:#2c313a;--mark:#1f2a44}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,'Noto Sans KR',sans-serif}
main{max-width:760px;margin:0 auto;padding:20px 16px 60px}h1{font-size:22px;margin:8px 0 4px}h2{font-size:17px;margin:28px 0 8px}
p{margin:6px 0}.soft{color:var(--soft);font-size:14px}a{color:inherit}code{background:var(--mark);border-radius:6px;padding:1px 6px}
table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden}
th,td{text-align:left;padding:8px 12px;border-top:1px solid var(--line)}tr:first-child>*{border-top:0}th{font-size:14px;color:var(--soft)}
article{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:12px 14px;margin:10px 0}
article header{display:flex;gap:8px;justify-content:space-between;flex-wrap:wrap;font-size:14px;color:var(--soft)}
article pre{margin:8px 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
.tag{display:inline-block;background:#b42318;color:#fff;border-radius:999px;padding:1px 10px;font-size:13px;font-weight:600}
</style>";

fn page(title: &str, refresh: bool, body: &str) -> Response {
    let again = if refresh { "<meta http-equiv=refresh content=3>" } else { "" };
    let text = format!(
        "<!doctype html><html lang=ko><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'>{again}\
         <title>{title} · PinDesk 모의 환경</title>{STYLE}<main><p><span class=tag>모의 환경</span></p>{body}</main></html>"
    );
    with_body(StatusCode::OK, HTML, text)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// `GET /`
pub async fn start(Shared(state): Shared<State>) -> Response {
    let mut body = String::from(
        "<h1>모의 협력사</h1><p>상품권 발행사, 은행, 문자 발송기를 대신합니다. 실제 돈도 문자도 오가지 않습니다.</p>\
         <p><a href=/phone>모의 휴대폰 보기</a></p>\
         <h2>상품권 번호</h2><p class=soft>끝 네 자리로 결과가 정해집니다. 그 밖의 번호는 정상이며, 액면은 신청한 금액을 따릅니다.</p>\
         <table><tr><th>숫자 번호<th>문자 번호<th>결과",
    );
    for (digits, letters, what) in PIN_ENDINGS {
        let _ = write!(body, "<tr><td><code>…{digits}</code><td><code>…{letters}</code><td>{what}");
    }
    body.push_str("</table><h2>계좌번호</h2><p class=soft>끝 세 자리. 그 밖의 계좌는 신청한 이름이 예금주입니다.</p><table><tr><th>끝자리<th>결과");
    for (digits, what) in ACCOUNT_ENDINGS {
        let _ = write!(body, "<tr><td><code>…{digits}</code><td>{what}");
    }
    body.push_str("</table><h2>휴대폰 번호</h2><p class=soft>끝 네 자리. 그 밖의 번호는 모두 받습니다.</p><table><tr><th>끝자리<th>결과");
    for (digits, what) in PHONE_ENDINGS {
        let _ = write!(body, "<tr><td><code>…{digits}</code><td>{what}");
    }
    let _ = write!(
        body,
        "</table><h2>기록과 고장</h2><p class=soft>기록: <a href=/journal/issuer.jsonl>발행사</a> · <a href=/journal/bank.jsonl>은행</a> · \
         <a href=/journal/agent.jsonl>문자</a> · <a href=/journal/thecheat.jsonl>더치트</a> · <a href=/journal/alerts.jsonl>알림</a>. 고장 규칙: <a href=/faults>/faults</a> (GET, PUT, DELETE), 지금 {}개. 세계 번호(seed): {}</p>",
        state.faults.list().len(),
        state.settings.seed
    );
    page("모의 협력사", false, &body)
}

/// `GET /phone`
pub async fn phone(Shared(state): Shared<State>) -> Response {
    phone_page(&state, None)
}

/// `GET /phone/{digits}`
pub async fn phone_of(Shared(state): Shared<State>, Path(digits): Path<String>) -> Response {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    phone_page(&state, Some(&digits))
}

fn hyphenated(phone: &str) -> String {
    match (phone.get(..3), phone.get(3..7), phone.get(7..)) {
        (Some(a), Some(b), Some(c)) if phone.len() == 11 => format!("{a}-{b}-{c}"),
        _ => phone.to_owned(),
    }
}

fn phone_page(state: &State, to: Option<&str>) -> Response {
    let messages = state.phone.last(to, SHOWN);
    let mut body = String::from("<h1>모의 휴대폰</h1>");
    match to {
        Some(to) => {
            let _ = write!(
                body,
                "<p class=soft>{} 번호로 온 문자 · <a href=/phone>모두 보기</a></p>",
                escaped(&hyphenated(to))
            );
        }
        None => body.push_str("<p class=soft>발송된 문자가 여기로 옵니다. 3초마다 새로 고칩니다.</p>"),
    }
    if messages.is_empty() {
        body.push_str("<article>아직 온 문자가 없습니다.</article>");
    }
    for sms in messages {
        let title =
            sms.title.as_deref().map(|title| format!("<strong>{}</strong>", escaped(title))).unwrap_or_default();
        let _ = write!(
            body,
            "<article><header><span>받는 번호 <a href='/phone/{}'>{}</a></span><span>{} · {}</span></header>{title}<pre>{}</pre></article>",
            escaped(&sms.to),
            escaped(&hyphenated(&sms.to)),
            escaped(&sms.channel),
            escaped(&sms.at),
            escaped(&sms.body)
        );
    }
    page("모의 휴대폰", true, &body)
}

#[derive(Deserialize)]
pub struct PhoneQuery {
    to: Option<String>,
    limit: Option<usize>,
}

/// `GET /phone.json?to=01012345678&limit=50`, newest first.
pub async fn phone_json(Shared(state): Shared<State>, Query(query): Query<PhoneQuery>) -> Response {
    let messages = state.phone.last(query.to.as_deref(), query.limit.unwrap_or(SHOWN).min(KEPT));
    json(StatusCode::OK, &value!(messages))
}

#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    after: u64,
}

/// `GET /journal/{party}.jsonl?after=SEQ`
pub async fn journal(Shared(state): Shared<State>, Path(file): Path<String>, Query(query): Query<After>) -> Response {
    let journal = match file.as_str() {
        "issuer.jsonl" => &state.issuer.journal,
        "bank.jsonl" => &state.bank.journal,
        "agent.jsonl" => &state.agent.journal,
        "thecheat.jsonl" => &state.thecheat,
        "alerts.jsonl" => &state.alerts,
        _ => {
            return with_body(StatusCode::NOT_FOUND, "text/plain", "issuer.jsonl, bank.jsonl or agent.jsonl");
        }
    };
    let Ok(mut bytes) = tokio::fs::read(journal.path()).await else {
        return with_body(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", "the journal can't be read");
    };
    // Whole lines only: one may just be on its way to the file.
    bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1));
    if query.after > 0 {
        // Lines are numbered 1, 2, 3 … without a gap.
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        bytes = lines.skip(usize::try_from(query.after).unwrap_or(usize::MAX)).flatten().copied().collect();
    }
    with_body(StatusCode::OK, "application/x-ndjson; charset=utf-8", bytes)
}

/// `GET /faults`
pub async fn faults(Shared(state): Shared<State>) -> Response {
    json(StatusCode::OK, &value!({"rules": state.faults.list()}))
}

/// `PUT /faults`: replaces all rules.
pub async fn put_faults(Shared(state): Shared<State>, body: Bytes) -> Response {
    let read = serde_json::from_slice::<RuleFile>(&body).map_err(|_| {
        // The untagged reading tells no reason; the plain list does.
        serde_json::from_slice::<Vec<crate::faults::Rule>>(&body)
            .err()
            .map_or_else(String::new, |error| error.to_string())
    });
    match read.and_then(|file| state.faults.replace(file)) {
        Ok(()) => faults(Shared(state)).await,
        Err(problem) => json(StatusCode::UNPROCESSABLE_ENTITY, &value!({"error": problem})),
    }
}

/// What `PUT /clock` takes.
#[derive(serde::Deserialize)]
pub struct SetClock {
    /// Unix microseconds.
    now: i64,
}

/// `PUT /clock`
pub async fn put_clock(body: Bytes) -> Response {
    let Ok(SetClock { now }) = serde_json::from_slice(&body) else {
        return json(StatusCode::UNPROCESSABLE_ENTITY, &value!({"error": "wants {\"now\": unix microseconds}"}));
    };
    crate::clock::set(now);
    json(StatusCode::OK, &value!({"now": now}))
}

/// `DELETE /faults`
pub async fn delete_faults(Shared(state): Shared<State>) -> Response {
    let _ = state.faults.replace(RuleFile::List(Vec::new()));
    faults(Shared(state)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_tells_every_ending() {
        let readme = include_str!("../README.md");
        for (digits, letters, _) in PIN_ENDINGS {
            assert!(readme.contains(&format!("| …{digits} | …{letters} |")), "{digits}");
        }
        for (digits, _) in ACCOUNT_ENDINGS.iter().chain(PHONE_ENDINGS) {
            assert!(readme.contains(&format!("| …{digits} |")), "{digits}");
        }
    }

    #[test]
    fn a_message_can_not_be_markup() {
        assert_eq!(escaped("<b a='x'>&\""), "&lt;b a=&#39;x&#39;&gt;&amp;&quot;");
    }
}
