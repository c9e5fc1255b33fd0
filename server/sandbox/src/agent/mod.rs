//! Plays the SNAP Agent: every 100 ms it takes due rows, moves each one step (ready → pre-send → request →
//! complete) and files finished ones away. What a message becomes follows from the recipient's ending (README.md).

mod tables;

pub use tables::Tables;

use crate::State;
use crate::faults::{Fault, Party, Subject};
use crate::hash::masked_phone;
use crate::journal::Entry;
use crate::pages::Sms;
use std::collections::{HashMap, HashSet};
use std::sync::PoisonError;
use std::time::Duration;
use tables::Message;

const TICK: Duration = Duration::from_millis(100);
const DELIVERED: &str = "10000";

/// What the agent remembers: the keys whose result it has told before.
#[derive(Default)]
pub struct World {
    told: HashSet<String>,
}

impl World {
    /// The same world again, from its journal.
    pub fn rebuilt(entries: &[Entry]) -> Self {
        Self {
            told: entries
                .iter()
                .filter(|entry| entry.operation == "send")
                .map(|entry| entry.reference.clone())
                .collect(),
        }
    }
}

/// A recipient's ending: the code, or nothing while the message stays on its way for ever.
fn by_ending(phone: &str) -> Option<&'static str> {
    match phone.get(phone.len().saturating_sub(4)..).unwrap_or_default() {
        "9901" => Some("31000"),
        "9902" => Some("31107"),
        "9903" => None,
        "9904" => Some("29015"),
        _ => Some(DELIVERED),
    }
}

fn words(code: &str) -> &'static str {
    match code {
        DELIVERED => "성공",
        "31000" => "결번",
        "31107" => "단말기 전원 꺼짐",
        "29015" => "전송 시간 초과",
        "30114" => "스팸 차단",
        "30116" => "미등록 발신번호",
        _ => "실패",
    }
}

/// Month of a Korean wall clock text.
fn month(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(6).collect()
}

/// Fills the phone with what was delivered before the start.
pub async fn remember(state: &State) {
    let now = crate::clock::seconds();
    let today = month(&crate::clock::kst_text(now));
    let before = month(&crate::clock::kst_text(now - 27 * 86_400));
    let mut months = vec![before, today];
    months.dedup();
    for month in months {
        // A month without a table is a month without messages.
        let Ok(rows) = state.agent.tables.delivered(&month).await else {
            continue;
        };
        for row in rows {
            state.phone.deliver(Sms {
                client_key: row.client_key,
                to: row.phone,
                from: row.callback,
                channel: row.channel,
                title: row.title,
                body: row.body,
                at: row.done_date,
            });
        }
    }
}

/// Runs until the task is dropped. An error of the database is waited out: the tables are somebody else's.
pub async fn run(state: State) {
    let mut interval = tokio::time::interval(TICK);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut logs: HashSet<String> = HashSet::new();
    let mut troubled = false;
    loop {
        interval.tick().await;
        match tick(&state, &mut logs).await {
            Ok(()) => troubled = false,
            Err(error) => {
                if !troubled {
                    tracing::warn!(%error, "the agent's tables don't answer");
                }
                troubled = true;
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        }
    }
}

async fn tick(state: &State, logs: &mut HashSet<String>) -> Result<(), sqlx::Error> {
    let tables = &state.agent.tables;
    let statuses = tables.statuses().await?;
    if statuses.is_empty()
        || [Fault::Hang, Fault::Maintenance].iter().any(|fault| state.faults.stands(Party::Agent, *fault))
    {
        return Ok(());
    }
    let any = |words: &[&str]| statuses.iter().any(|status| words.contains(&status.as_str()));
    let now = crate::clock::kst_text(crate::clock::seconds());
    // Backwards, so that a row takes one step per tick.
    if any(&["complete"]) {
        let month = month(&now);
        if !logs.contains(&month) {
            tables.make_log(&month).await?;
            logs.insert(month.clone());
        }
        tables.file_away(&month).await?;
    }
    if any(&["request"]) {
        finish(state, &now).await?;
    }
    if any(&["pre-send", "pre-image"]) {
        tables.request().await?;
    }
    if any(&["ready"]) {
        for traffic in ["real", "normal", "batch"] {
            for channel in ["SMS", "LMS", "MMS"] {
                tables.take(channel, traffic, &now).await?;
            }
        }
    }
    Ok(())
}

async fn finish(state: &State, now: &str) -> Result<(), sqlx::Error> {
    let rows = state.agent.tables.requested().await?;
    let mut by_code: HashMap<String, Vec<String>> = HashMap::new();
    let mut delivered: Vec<Message> = Vec::new();
    let mut last = 0;
    for row in rows {
        let subject = Subject { reference: &row.client_key, phone: &row.phone, ..Subject::default() };
        // A row that stays is met again at the next tick: its ending first, so that it uses up no rule.
        let Some(mut code) = by_ending(&row.phone).map(str::to_owned) else {
            continue;
        };
        let bent = state.faults.pick(Party::Agent, "send", &subject);
        if let Some(bent) = &bent {
            match bent.fault {
                Fault::Undelivered => code = bent.code.clone().unwrap_or_else(|| "31000".to_owned()),
                Fault::Slow => tokio::time::sleep(Duration::from_millis(bent.delay_ms.unwrap_or(200))).await,
                _ => {}
            }
        }
        let new = state.agent.world.lock().unwrap_or_else(PoisonError::into_inner).told.insert(row.client_key.clone());
        if new {
            last = state.agent.journal.append(Entry {
                operation: "send".to_owned(),
                reference: row.client_key.clone(),
                digest: state.hasher.tag("message", &[row.phone.as_bytes(), row.body.as_bytes()]),
                phone_hash: Some(state.hasher.tag("phone", &[row.phone.as_bytes()])),
                phone_masked: Some(masked_phone(&row.phone)),
                decision: if code == DELIVERED { "delivered".to_owned() } else { format!("failed:{code}") },
                fault: bent.map(|bent| bent.fault.word()),
                ..Entry::default()
            });
            if code == DELIVERED {
                delivered.push(row.clone());
            }
        }
        by_code.entry(code).or_default().push(row.client_key);
    }
    state.agent.journal.settled(last).await;
    for (code, keys) in by_code {
        state.agent.tables.complete(&keys, &code, words(&code), now).await?;
    }
    for row in delivered {
        state.phone.deliver(Sms {
            client_key: row.client_key,
            to: row.phone,
            from: row.callback,
            channel: row.channel,
            title: row.title,
            body: row.body,
            at: now.to_owned(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_decide_a_message() {
        assert_eq!(by_ending("01012345678"), Some(DELIVERED));
        assert_eq!(by_ending("01012349901"), Some("31000"));
        assert_eq!(by_ending("01012349903"), None);
        assert_eq!(month("2026-11-21 09:00:00"), "202611");
    }
}
