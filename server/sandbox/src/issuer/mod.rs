//! The issuer bridge of docs/partners/issuer-bridge.md, over a world of vouchers nobody had to list: what a number
//! is worth follows from its ending (README.md), the claimed face and the seed.

mod world;

pub use world::World;

use crate::State;
use crate::faults::{Bent, Fault, Party, Subject};
use crate::hash::{contract_signature, last4};
use crate::journal::Entry;
use crate::wire::{Cut, done, json, undone};
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;
use std::sync::PoisonError;
use subtle::ConstantTimeEq;
use world::{Ending, Made};

const WINDOW_SECONDS: i64 = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inquiry {
    reference: String,
    brand: String,
    pin: String,
    #[serde(default)]
    companions: BTreeMap<String, String>,
    claimed_face: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redeem {
    reference: String,
    brand: String,
    pin: String,
    #[serde(default)]
    companions: BTreeMap<String, String>,
    expected_face: i64,
}

fn refused(status: StatusCode, code: &str, message: &str) -> Response {
    json(status, &value!({"error": {"code": code, "message": message}}))
}

/// Who asks, and is it fresh? `path` is the contract's.
fn signed(
    state: &State,
    headers: &HeaderMap,
    method: &str,
    path: &str,
    body: &[u8],
) -> Result<(), (&'static str, &'static str)> {
    let field = |name: &str| headers.get(name).and_then(|text| text.to_str().ok()).unwrap_or_default();
    let time = field("x-pindesk-time");
    if field("x-pindesk-key") != state.settings.issuer_key_id {
        return Err(("unknown_key", "모르는 키입니다"));
    }
    let expected = contract_signature(&state.settings.issuer_secret, time, method, path, body);
    if !bool::from(expected.as_bytes().ct_eq(field("x-pindesk-signature").as_bytes())) {
        return Err(("bad_signature", "서명이 맞지 않습니다"));
    }
    match time.parse::<i64>() {
        Ok(seconds) if (crate::clock::seconds() - seconds).abs() <= WINDOW_SECONDS => Ok(()),
        _ => Err(("stale_time", "요청 시각이 5분 넘게 어긋났습니다")),
    }
}

/// A result in the contract's words.
fn result(word: &str, face: Option<i64>, balance: Option<i64>, issuer_ref: Option<String>) -> Value {
    let message = match word {
        "ok" => "정상",
        "used" => "이미 사용된 상품권",
        "not_found" => "없는 번호",
        "zero_balance" => "잔액 없음",
        "partial" => "잔액 부족",
        "locked_out" => "조회 잠김",
        "not_supported" => "지원하지 않음",
        _ => "잠시 후 다시",
    };
    let mut answer = value!({"result": word, "message": message});
    if let Value::Object(fields) = &mut answer {
        if let Some(face) = face {
            fields.insert("face".to_owned(), face.into());
            fields.insert("expires_at".to_owned(), "2030-12-31".into());
        }
        if let Some(balance) = balance {
            fields.insert("balance".to_owned(), balance.into());
        }
        if let Some(issuer_ref) = issuer_ref {
            fields.insert("issuer_ref".to_owned(), issuer_ref.into());
        }
    }
    answer
}

fn about(reference: &str, mut answer: Value) -> Value {
    if let Value::Object(fields) = &mut answer {
        fields.insert("reference".to_owned(), reference.into());
    }
    answer
}

fn word(answer: &Value) -> String {
    answer.get("result").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn good_reference(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

fn entry(state: &State, operation: &str, reference: &str, brand: &str, pin: &str, body: &[u8]) -> Entry {
    Entry {
        operation: operation.to_owned(),
        reference: reference.to_owned(),
        digest: state.hasher.tag("request", &[body]),
        brand: Some(brand.to_owned()),
        pin_hash: Some(state.hasher.tag("pin", &[brand.as_bytes(), pin.as_bytes()])),
        pin_last4: Some(last4(pin)),
        ..Entry::default()
    }
}

/// `POST /v1/inquiries`
pub async fn inquire(
    Shared(state): Shared<State>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err((code, message)) = signed(&state, &headers, "POST", "/v1/inquiries", &body) {
        return refused(StatusCode::UNAUTHORIZED, code, message);
    }
    let asked = match serde_json::from_slice::<Inquiry>(&body) {
        Ok(asked)
            if good_reference(&asked.reference)
                && !asked.pin.is_empty()
                && asked.claimed_face.is_none_or(|face| face > 0) =>
        {
            asked
        }
        _ => return refused(StatusCode::BAD_REQUEST, "invalid", "요청 형식이 맞지 않습니다"),
    };
    let _ = &asked.companions;
    let mut line = entry(&state, "inquiry", &asked.reference, &asked.brand, &asked.pin, &body);
    let subject = Subject { reference: &asked.reference, pin: &asked.pin, ..Subject::default() };
    let bent = state.faults.pick(Party::Issuer, "inquiry", &subject);
    line.fault = bent.as_ref().map(|bent| bent.fault.word());
    if let Some(bent) = bent.as_ref().filter(|bent| bent.fault.is_before()) {
        "not_done".clone_into(&mut line.decision);
        state.issuer.journal.record(line).await;
        return undone(bent, &cut).await;
    }
    let (answer, seq) = {
        let mut world = state.issuer.world.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = look(&mut world, &state, &mut line, &asked);
        line.decision = word(&answer);
        (answer, state.issuer.journal.append(line))
    };
    state.issuer.journal.settled(seq).await;
    done(StatusCode::OK, about(&asked.reference, answer), bent.as_ref()).await
}

fn look(world: &mut World, state: &State, line: &mut Entry, asked: &Inquiry) -> Value {
    let pin_hash = line.pin_hash.clone().unwrap_or_default();
    let ending = Ending::of(&asked.pin);
    if world.redeemed.contains(&pin_hash) {
        return result("used", None, None, None);
    }
    if let Some(answer) = says_no(world, &pin_hash, ending) {
        return answer;
    }
    let face = world.face(state, &pin_hash, ending, asked.claimed_face);
    line.amount = Some(face);
    if ending == Ending::Half {
        return result("partial", None, Some((face / 2).max(1)), None);
    }
    let issuer_ref =
        format!("INQ-{}", state.hasher.tag("inquiry", &[asked.reference.as_bytes()]).get(..12).unwrap_or_default());
    result("ok", Some(face), Some(face), Some(issuer_ref))
}

/// The endings that say no.
fn says_no(world: &mut World, pin_hash: &str, ending: Ending) -> Option<Value> {
    let no = match ending {
        Ending::Used => "used",
        Ending::NotFound => "not_found",
        Ending::Zero => "zero_balance",
        Ending::Locked => "locked_out",
        Ending::NotSupported => "not_supported",
        Ending::Temporary => {
            let looks = world.looks.entry(pin_hash.to_owned()).or_default();
            if *looks >= 2 {
                return None;
            }
            *looks += 1;
            "temporary"
        }
        Ending::Good | Ending::Half | Ending::Late | Ending::Early | Ending::Less => return None,
    };
    Some(result(no, None, None, None))
}

/// `POST /v1/redemptions`
pub async fn redeem(
    Shared(state): Shared<State>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err((code, message)) = signed(&state, &headers, "POST", "/v1/redemptions", &body) {
        return refused(StatusCode::UNAUTHORIZED, code, message);
    }
    let asked = match serde_json::from_slice::<Redeem>(&body) {
        Ok(asked) if good_reference(&asked.reference) && !asked.pin.is_empty() && asked.expected_face > 0 => asked,
        _ => return refused(StatusCode::BAD_REQUEST, "invalid", "요청 형식이 맞지 않습니다"),
    };
    let _ = &asked.companions;
    let mut line = entry(&state, "redeem", &asked.reference, &asked.brand, &asked.pin, &body);
    let subject = Subject { reference: &asked.reference, pin: &asked.pin, ..Subject::default() };
    let mut bent = state.faults.pick(Party::Issuer, "redeem", &subject);
    line.fault = bent.as_ref().map(|bent| bent.fault.word());
    if let Some(bent) = bent.as_ref().filter(|bent| bent.fault.is_before()) {
        "not_done".clone_into(&mut line.decision);
        state.issuer.journal.record(line).await;
        return undone(bent, &cut).await;
    }
    let (outcome, seq) = {
        let mut world = state.issuer.world.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = take(&mut world, &state, &mut line, &asked, &mut bent);
        (outcome, state.issuer.journal.append(line))
    };
    state.issuer.journal.settled(seq).await;
    match outcome {
        Taken::Answer(answer) => done(StatusCode::OK, about(&asked.reference, answer), bent.as_ref()).await,
        Taken::Conflict => {
            refused(StatusCode::CONFLICT, "reference_conflict", "같은 참조번호로 다른 요청이 있었습니다")
        }
        Taken::Lost => undone(&Bent { fault: Fault::Hang, delay_ms: None, code: None }, &cut).await,
    }
}

enum Taken {
    Answer(Value),
    Conflict,
    Lost,
}

fn take(world: &mut World, state: &State, line: &mut Entry, asked: &Redeem, bent: &mut Option<Bent>) -> Taken {
    let pin_hash = line.pin_hash.clone().unwrap_or_default();
    if let Some(made) = world.made.get(&asked.reference) {
        if made.pin_hash != pin_hash || made.expected_face != asked.expected_face {
            "conflict".clone_into(&mut line.decision);
            return Taken::Conflict;
        }
        line.decision = format!("repeat:{}", word(&made.answer));
        return Taken::Answer(made.answer.clone());
    }
    let ending = Ending::of(&asked.pin);
    let answer = if world.redeemed.contains(&pin_hash) {
        if bent.as_ref().is_some_and(|bent| bent.fault == Fault::DuplicateSuccess) {
            "duplicate_ok".clone_into(&mut line.decision);
            result("ok", Some(asked.expected_face), Some(0), Some(issuer_ref(state, asked)))
        } else {
            result("used", None, None, None)
        }
    } else if let Some(answer) = says_no(world, &pin_hash, ending) {
        answer
    } else {
        let face = world.face(state, &pin_hash, ending, Some(asked.expected_face));
        line.amount = Some(face);
        if ending == Ending::Half {
            result("partial", None, Some((face / 2).max(1)), None)
        } else if face != asked.expected_face {
            result("partial", None, Some(face), None)
        } else if ending == Ending::Early && world.lost.insert(pin_hash.clone()) {
            "lost".clone_into(&mut line.decision);
            line.fault = Some("ending".to_owned());
            return Taken::Lost;
        } else {
            "redeemed".clone_into(&mut line.decision);
            world.redeemed.insert(pin_hash.clone());
            if ending == Ending::Late && bent.is_none() {
                line.fault = Some("ending".to_owned());
                *bent = Some(Bent { fault: Fault::TimeoutAfter, delay_ms: None, code: None });
            }
            result("ok", Some(face), Some(0), Some(issuer_ref(state, asked)))
        }
    };
    if line.decision.is_empty() {
        line.decision = word(&answer);
    }
    // "Not now" leaves no trace under the reference: it may be sent again.
    if line.decision != "temporary" {
        line.kept = Some(value!({"expected_face": asked.expected_face, "answer": answer}));
        world.made.insert(
            asked.reference.clone(),
            Made { pin_hash, expected_face: asked.expected_face, answer: answer.clone() },
        );
        if bent.as_ref().is_some_and(|bent| bent.fault == Fault::NotFoundThenFound) {
            world.hidden.insert(asked.reference.clone(), 2);
        }
    }
    Taken::Answer(answer)
}

fn issuer_ref(state: &State, asked: &Redeem) -> String {
    let tag = state.hasher.tag("redemption", &[asked.reference.as_bytes()]);
    format!("RDM-{}", tag.get(..12).unwrap_or_default())
}

/// `GET /v1/redemptions/{reference}`
pub async fn redemption(
    Shared(state): Shared<State>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err((code, message)) = signed(&state, &headers, "GET", &format!("/v1/redemptions/{reference}"), b"") {
        return refused(StatusCode::UNAUTHORIZED, code, message);
    }
    let mut line = Entry { operation: "redemption".to_owned(), reference: reference.clone(), ..Entry::default() };
    let bent = state.faults.pick(Party::Issuer, "redemption", &Subject { reference: &reference, ..Subject::default() });
    line.fault = bent.as_ref().map(|bent| bent.fault.word());
    if let Some(bent) = bent.as_ref().filter(|bent| bent.fault.is_before()) {
        "not_done".clone_into(&mut line.decision);
        state.issuer.journal.record(line).await;
        return undone(bent, &cut).await;
    }
    let denied = bent.as_ref().is_some_and(|bent| bent.fault == Fault::NotFoundThenFound);
    let (answer, seq) = {
        let mut world = state.issuer.world.lock().unwrap_or_else(PoisonError::into_inner);
        let hidden = world.hidden.get_mut(&reference).is_some_and(|left| {
            let hide = *left > 0;
            *left = left.saturating_sub(1);
            hide
        });
        let answer = if hidden || denied { None } else { world.made.get(&reference).map(|made| made.answer.clone()) };
        line.decision = answer.as_ref().map_or("not_found".to_owned(), |answer| format!("found:{}", word(answer)));
        (answer, state.issuer.journal.append(line))
    };
    state.issuer.journal.settled(seq).await;
    let Some(answer) = answer else {
        let missing = value!({"error": {"code": "unknown_reference", "message": "없는 참조번호입니다"}});
        let bent = bent.filter(|bent| bent.fault != Fault::NotFoundThenFound);
        return done(StatusCode::NOT_FOUND, missing, bent.as_ref()).await;
    };
    done(StatusCode::OK, about(&reference, answer), bent.as_ref()).await
}
