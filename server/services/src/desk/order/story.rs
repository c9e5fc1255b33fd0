//! The timeline: everything that happened to an order, from every place that recorded it, in one line each.

use super::{BY_STAFF, words};
use crate::desk::audit::words::action_word;
use crate::erased::shown;
use crate::{ServiceError, Services};
use domain::risk::kept_reason;
use domain::wire::ItemTone;
use domain::wire::desk::{StoryKind, StoryLine};
use domain::{ItemId, Lang, Reason, UserId, Won};
use serde_json::Value;
use std::collections::HashMap;
use store::audit::{AuditKind, AuditLine};
use store::calls::Call;
use store::events::Event;
use store::messages::Message;
use store::notes::{self, Note};
use store::risk::RiskFlag;

/// What a line needs to be told.
pub(super) struct Teller<'a> {
    pub services: &'a Services,
    pub lang: Lang,
    pub names: &'a HashMap<UserId, String>,
    /// Vouchers by id and by the id their calls name, with their number on the page.
    pub numbers: HashMap<ItemId, u32>,
}

impl Teller<'_> {
    fn voucher(&self, item: Option<ItemId>) -> String {
        let number = item.and_then(|item| self.numbers.get(&item));
        number.map_or_else(String::new, |number| self.lang.pick(format!("{number}번 "), format!("No. {number}: ")))
    }

    fn who(&self, user: Option<UserId>, actor: &str) -> String {
        user.and_then(|user| self.names.get(&user)).cloned().unwrap_or_else(|| actor.to_owned())
    }

    /// A line of history; `None` for what an audit line tells better.
    pub fn event(&self, event: &Event) -> Option<StoryLine> {
        let by = event.detail.get("by").and_then(Value::as_str);
        if by.is_some_and(|by| by == BY_STAFF || by.parse::<UserId>().is_ok()) {
            return None;
        }
        Some(StoryLine {
            key: event.id.to_string(),
            at: event.created_at,
            kind: StoryKind::Order,
            title: format!("{}{}", self.voucher(event.item_id), words::event_word(&event.kind, self.lang)),
            detail: self.detail(&event.detail),
            who: String::new(),
            reason: String::new(),
            tone: words::event_tone(&event.kind),
        })
    }

    pub fn call(&self, call: &Call) -> StoryLine {
        let (outcome, tone) = words::outcome(&call.outcome, self.lang);
        let took = call.finished_at.since(call.started_at).as_micros() / 1_000;
        let code = call.code.as_deref().map_or_else(String::new, |code| format!(" · {code}"));
        let item = self.voucher(Some(ItemId::from_bytes(call.subject_id)));
        StoryLine {
            key: call.id.to_string(),
            at: call.started_at,
            kind: StoryKind::Partner,
            title: format!("{item}{}: {outcome}", words::call_word(&call.party, &call.operation, self.lang)),
            detail: format!("{}{code} · {took} ms", call.reference),
            who: String::new(),
            reason: String::new(),
            tone,
        }
    }

    pub fn message(&self, message: &Message) -> StoryLine {
        let (state, tone) = words::message_state(message.state, self.lang);
        let code = message.done_code.as_deref().map_or_else(String::new, |code| format!(" · {code}"));
        let done = message.done_at.or(message.handed_at);
        let done = done.map_or_else(String::new, |at| format!(" · {}", at.kst_date_time(self.lang)));
        StoryLine {
            key: message.id.to_string(),
            at: message.created_at,
            kind: StoryKind::Message,
            title: format!("{}: {state}", words::message_kind(message.kind, self.lang)),
            detail: format!("{}{code}{done}", message.channel),
            who: String::new(),
            reason: String::new(),
            tone,
        }
    }

    pub fn flag(&self, flag: &RiskFlag) -> StoryLine {
        StoryLine {
            key: flag.id.to_string(),
            at: flag.created_at,
            kind: StoryKind::Risk,
            title: words::flag(&flag.reason, self.lang),
            detail: self.lang.pick(format!("{}점", flag.score), format!("{} points", flag.score)),
            who: String::new(),
            reason: String::new(),
            tone: ItemTone::Bad,
        }
    }

    /// A line of the audit log; `None` for the note, which stands there itself.
    pub fn audit(&self, line: &AuditLine) -> Option<StoryLine> {
        if line.action == "order.note" || line.user.is_none() {
            return None;
        }
        let kind = match line.kind {
            AuditKind::Change => StoryKind::Change,
            AuditKind::View | AuditKind::Export => StoryKind::View,
            AuditKind::SignIn => return None,
        };
        let item = line.meta.get("item").or_else(|| line.meta.get("what")).and_then(Value::as_str);
        let item = self.voucher(item.and_then(|item| item.parse().ok()));
        Some(StoryLine {
            key: line.id.to_string(),
            at: line.at,
            kind,
            title: format!("{item}{}", action_word(&line.action, self.lang)),
            detail: self.detail(&line.meta),
            who: self.who(line.user, &line.actor),
            reason: line.reason.as_deref().map_or_else(String::new, |why| kept_reason(why, self.lang)),
            tone: if kind == StoryKind::Change { ItemTone::Busy } else { ItemTone::Waiting },
        })
    }

    pub fn note(&self, note: &Note) -> Result<StoryLine, ServiceError> {
        let opened = self.services.keys.open_text(notes::TABLE, "body_enc", note.id.bytes(), &note.body_enc);
        let text = shown(opened.map_err(ServiceError::from), self.lang, String::clone)?;
        Ok(StoryLine {
            key: note.id.to_string(),
            at: note.created_at,
            kind: StoryKind::Note,
            title: words::story_kind(StoryKind::Note, self.lang).to_owned(),
            detail: text,
            who: self.who(Some(note.user), ""),
            reason: String::new(),
            tone: ItemTone::Waiting,
        })
    }

    /// What of a line's data a person understands: reasons, amounts, references, codes.
    fn detail(&self, detail: &Value) -> String {
        let Value::Object(map) = detail else { return String::new() };
        let mut parts = Vec::new();
        for (key, value) in map {
            let told = match (key.as_str(), value) {
                ("reason" | "why" | "was", Value::String(code)) if !code.is_empty() => Some(self.reason(code)),
                ("result", Value::String(word)) => {
                    word.parse().ok().map(|result| words::manual_result(result, self.lang).to_owned())
                }
                ("what", Value::String(word)) => match word.as_str() {
                    "name" => Some(words::reveal_name(self.lang).to_owned()),
                    "phone" => Some(words::reveal_phone(self.lang).to_owned()),
                    "account" => Some(words::reveal_account(self.lang).to_owned()),
                    _ => None,
                },
                ("code" | "reference" | "bank_tran_id" | "bank" | "issuer_ref", Value::String(text)) => {
                    Some(text.clone())
                }
                ("face" | "payable" | "amount" | "gross" | "fee" | "balance", value) => {
                    let won =
                        value.as_i64().or_else(|| value.as_str().and_then(|text| text.replace(',', "").parse().ok()));
                    won.and_then(|won| Won::new(won).ok())
                        .map(|won| format!("{} {}", amount_word(key, self.lang), won.fmt(self.lang)))
                }
                ("attempt", Value::Number(number)) => {
                    Some(self.lang.pick(format!("{number}번째 시도"), format!("attempt {number}")))
                }
                ("inquiries", Value::Number(number)) => {
                    Some(self.lang.pick(format!("{number}번 물어봄"), format!("asked {number} times")))
                }
                _ => None,
            };
            parts.extend(told);
        }
        parts.join(" · ")
    }

    fn reason(&self, code: &str) -> String {
        if let Ok(reason) = code.parse::<Reason>() {
            return words::reason_word(reason, self.lang).to_owned();
        }
        if code.parse::<domain::wire::desk::HoldReason>().is_ok() {
            return words::hold_reason(&format!("{}{code}", words::DESK_PREFIX), self.lang);
        }
        words::hold_reason(code, self.lang)
    }
}

fn amount_word(key: &str, lang: Lang) -> &'static str {
    match key {
        "face" => lang.pick("권종", "face"),
        "payable" | "amount" => lang.pick("금액", "amount"),
        "gross" => lang.pick("매입가", "gross"),
        "fee" => lang.pick("수수료", "fee"),
        _ => lang.pick("남은 금액", "left on it"),
    }
}
