//! What is worth telling people of, each with a bound.

use crate::desk::{audit, jobs};
use crate::seen;
use crate::{ServiceError, Services};
use domain::{Lane, Lang, OutboxState, Span, Timestamp};
use store::rotations::{self, RotationState};
use store::{alerts, lanes, outbox};

/// The oldest due row of a lane may be this old: where money waits, less.
const OLD: Span = Span::minutes(10);
const OLD_MONEY: Span = Span::minutes(5);
/// So many rows of a lane may wait for a person; where money waits, none.
const REVIEW: u32 = 10;
/// A partner that fails and has not answered for this long.
const SILENT: Span = Span::minutes(10);
/// Looked back for a partner's last answer.
const LAST: Span = Span::days(7);
/// A transfer may be unclear this long, and a payout held.
const UNCLEAR: Span = Span::minutes(30);
const HELD: Span = Span::days(1);
/// A rotation of keys that runs does something every few seconds.
const STANDING: Span = Span::minutes(15);
/// Failed tries to sign in within the last minutes, from which on somebody guesses.
const GUESSES: i64 = 50;
const GUESSED: Span = Span::minutes(10);

domain::messages! {
    fn lane_old(lane: &str, works: u32, minutes: i64) { ko: "‘{lane}’ 줄에 {works}건이 기다려요. 가장 오래된 것은 {minutes}분 됐어요.", en: "Lane “{lane}”: {works} rows wait, the oldest for {minutes} min." }
    fn lane_review(lane: &str, works: u32) { ko: "‘{lane}’ 줄에서 {works}건이 사람을 기다려요.", en: "Lane “{lane}”: {works} rows wait for a person." }
    fn breaker(party: &str) { ko: "{party}: 차단기가 열려 호출을 막고 있어요.", en: "{party}: its breaker is open, calls are refused." }
    fn silent(party: &str, minutes: i64) { ko: "{party}: 마지막 정상 응답이 {minutes}분 전이에요.", en: "{party}: its last good answer is {minutes} min old." }
    fn never(party: &str) { ko: "{party}: 한 번도 정상으로 답하지 않았어요.", en: "{party}: it never answered well." }
    fn chain_late(waiting: i64) { ko: "감사 로그 {waiting}줄이 아직 사슬에 묶이지 않았어요.", en: "{waiting} lines of the audit log wait for the chain." }
    fn chain_broken() { ko: "감사 로그의 사슬이 맞지 않아요. 지금 확인하세요.", en: "The audit log’s chain doesn’t hold. Look at it now." }
    fn retention() { ko: "보유 기간이 지난 자료를 지우지 못했어요.", en: "Erasing what is past its time failed." }
    fn unclear(count: i64) { ko: "결과를 모르는 이체가 {count}건 있어요.", en: "{count} transfers have no known outcome." }
    fn held(count: i64) { ko: "하루 넘게 보류된 지급이 {count}건 있어요.", en: "{count} payouts are held for more than a day." }
    fn rotation() { ko: "키 교체가 멈춰 있어요.", en: "The rotation of keys stands still." }
    fn rows_stuck(count: i64) { ko: "키 교체에서 옮기지 못한 자료가 {count}건 있어요.", en: "{count} rows could not be passed to the new keys." }
    fn keys(count: usize) { ko: "어느 서버에 새 키 {count}개가 없어요. 그 서버를 다시 시작하세요.", en: "Some process was not given {count} keys in use. Start it anew." }
    fn guesses(count: i64) { ko: "10분 동안 로그인 실패가 {count}번 있었어요.", en: "{count} failed sign-ins within 10 min." }
}

/// Everything that is wrong now: its name, and its words.
pub(super) async fn look(services: &Services, now: Timestamp) -> Result<Vec<(String, String)>, ServiceError> {
    let lang = Lang::Ko;
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, words: String| found.push((name.to_owned(), words));

    let stuck = jobs::stuck(services, now).await?;
    let mut reader = services.db.read().await?;
    let money = |lane: Lane| matches!(lane, Lane::Payout | Lane::Lock | Lane::Settle);
    for (lane, works, age_s) in stuck {
        let bound = if money(lane) { OLD_MONEY } else { OLD };
        if age_s > bound.as_seconds() {
            add(&format!("lane.{}", lane.as_str()), lane_old(lang, lane.as_str(), works, age_s / 60));
        }
    }
    for (lane, state, works, _) in outbox::ages(&mut reader).await? {
        let bound = if money(lane) { 0 } else { REVIEW };
        if state == OutboxState::Review && works > bound {
            add(&format!("review.{}", lane.as_str()), lane_review(lang, lane.as_str(), works));
        }
    }

    for (party, open) in [
        ("issuer", services.issuer.is_refused() || services.verifier.is_refused()),
        ("bank", services.bank.is_refused()),
        ("agent", false),
        ("thecheat", services.cheat.as_ref().is_some_and(gateway_thecheat::CheatClient::is_refused)),
    ] {
        let (good, bad, _) = lanes::partner(&mut reader, party, (now.minus(LAST), now), 1).await?;
        let fails = bad.is_some_and(|bad| now.since(bad) < SILENT && good.is_none_or(|good| bad > good));
        let words = match good {
            _ if open => Some(breaker(lang, party)),
            Some(good) if fails && now.since(good) > SILENT => {
                Some(silent(lang, party, now.since(good).as_seconds() / 60))
            }
            None if fails => Some(never(lang, party)),
            _ => None,
        };
        if let Some(words) = words {
            add(&format!("partner.{party}"), words);
        }
    }

    let (unknown, waits) = alerts::payouts_waiting(&mut reader, (now.minus(UNCLEAR), now.minus(HELD))).await?;
    if unknown > 0 {
        add("payouts.unknown", unclear(lang, unknown));
    }
    if waits > 0 {
        add("payouts.held", held(lang, waits));
    }
    if let Some(newest) = rotations::newest(&mut reader).await? {
        if newest.state == RotationState::Running && now.since(newest.updated_at) > STANDING {
            add("keys.rotation", rotation(lang).to_owned());
        }
        let stuck: i64 = rotations::walks(&mut reader, newest.id).await?.iter().map(|walk| walk.stuck).sum();
        if stuck > 0 && newest.state != RotationState::Replaced {
            add("keys.stuck", rows_stuck(lang, stuck));
        }
    }
    let missing = seen::lacked_keys(&mut reader, now).await?.len();
    if missing > 0 {
        add("keys.missing", keys(lang, missing));
    }
    if seen::retention_failed(&mut reader).await? {
        add("retention", retention(lang).to_owned());
    }
    let failed = alerts::sign_ins_failed(&mut reader, now.minus(GUESSED)).await?;
    if failed > GUESSES {
        add("sign_in", guesses(lang, failed));
    }
    drop(reader);

    let chain = audit::state(services).await?;
    if chain.is_late(now) {
        add("audit.late", chain_late(lang, chain.waiting));
    }
    if chain.shrunk || chain.broken {
        add("audit.broken", chain_broken(lang).to_owned());
    }
    Ok(found)
}
