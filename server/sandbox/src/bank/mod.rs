//! The Open Banking rail: token, receive inquiry, deposit, result. What an account does follows from its last three
//! digits (README.md).

mod bodies;
mod world;

pub use world::World;

use crate::State;
use crate::faults::{Bent, Fault, Party, Subject};
use crate::hash::masked_account;
use crate::journal::Entry;
use crate::wire::{Cut, done, json, undone};
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use bodies::{Receive, ResultAsked, TokenForm, Transfer};
use encoding_rs::EUC_KR;
use serde_json::{Value, json as value};
use std::sync::PoisonError;
use world::{Ending, OTHER_HOLDER, pay_out};

/// (unconfirmed) codes of a result inquiry; the client's settings have the same defaults.
const NOT_FOUND: &str = "701";
const RETURNED: &str = "702";

/// The envelope every answer has.
fn envelope(state: &State, rsp_code: &str, message: &str, rest: Value) -> Value {
    let now = crate::clock::micros();
    let digits: String = crate::clock::kst_text(now / 1_000_000).chars().filter(char::is_ascii_digit).collect();
    let mut answer = value!({
        "api_tran_id": state.hasher.tag("api", &[&now.to_le_bytes()]),
        "api_tran_dtm": format!("{digits}{:03}", now / 1000 % 1000),
        "rsp_code": rsp_code,
        "rsp_message": message,
    });
    if let (Value::Object(fields), Value::Object(more)) = (&mut answer, rest) {
        fields.extend(more);
    }
    answer
}

fn rail_refuses(state: &State, code: &str, message: &str) -> Response {
    json(StatusCode::OK, &envelope(state, code, message, value!({})))
}

fn words(code: &str) -> &'static str {
    match code {
        "000" => "정상",
        "400" => "입금 처리 중",
        "412" => "해당계좌 없음",
        "420" => "거래중지 계좌",
        "815" => "예금주명 불일치",
        "822" => "거래고유번호 중복",
        NOT_FOUND => "원거래 없음",
        RETURNED => "입금 불능 반환",
        _ => "처리 불가",
    }
}

/// The beginning that fits into `bytes` of EUC-KR.
fn cut_name(name: &str, bytes: usize) -> String {
    let mut cut = String::new();
    for character in name.trim().chars() {
        cut.push(character);
        if EUC_KR.encode(&cut).0.len() > bytes {
            cut.pop();
            break;
        }
    }
    cut
}

fn token_mac(state: &State, expires: i64) -> String {
    format!("sbx.{expires}.{}", state.hasher.tag("token", &[&expires.to_le_bytes()]))
}

fn authorized(state: &State, headers: &HeaderMap) -> bool {
    let text = headers.get(header::AUTHORIZATION).and_then(|text| text.to_str().ok()).unwrap_or_default();
    let token = text.strip_prefix("Bearer ").unwrap_or_default();
    token
        .split('.')
        .nth(1)
        .and_then(|expires| expires.parse::<i64>().ok())
        .is_some_and(|expires| token == token_mac(state, expires) && crate::clock::seconds() < expires)
}

fn digits(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn tran_id(text: &str) -> bool {
    text.len() == 20
        && text.as_bytes().get(10) == Some(&b'U')
        && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

fn short(text: &str) -> bool {
    (1..=20).contains(&EUC_KR.encode(text).0.len())
}

/// `POST /oauth/2.0/token`
pub async fn token(Shared(state): Shared<State>, ConnectInfo(cut): ConnectInfo<Cut>, body: Bytes) -> Response {
    let mut line = Entry { operation: "token".to_owned(), ..Entry::default() };
    let bent = state.faults.pick(Party::Bank, "token", &Subject::default());
    line.fault = bent.as_ref().map(|bent| bent.fault.word());
    if let Some(bent) = bent.as_ref().filter(|bent| bent.fault.is_before()) {
        "not_done".clone_into(&mut line.decision);
        state.bank.journal.record(line).await;
        return undone(bent, &cut).await;
    }
    let form = serde_urlencoded::from_bytes::<TokenForm>(&body).ok();
    let good = form.is_some_and(|form| {
        form.client_id == state.settings.bank_client_id
            && form.client_secret == state.settings.bank_client_secret
            && form.scope == "oob"
            && form.grant_type == "client_credentials"
    });
    if good { "issued" } else { "refused" }.clone_into(&mut line.decision);
    state.bank.journal.record(line).await;
    if !good {
        return rail_refuses(&state, "O0001", "클라이언트 인증 실패");
    }
    let seconds = i64::from(state.settings.token_seconds);
    let answer = value!({
        "access_token": token_mac(&state, crate::clock::seconds() + seconds),
        "token_type": "Bearer",
        "expires_in": seconds,
        "scope": "oob",
        "client_use_code": state.settings.client_use_code,
        "rsp_message": "정상",
    });
    done(StatusCode::OK, answer, bent.as_ref()).await
}

/// Token, then faults: what stands before every real call.
async fn before(
    state: &State,
    headers: &HeaderMap,
    cut: &Cut,
    line: &mut Entry,
    subject: &Subject<'_>,
) -> Result<Option<Bent>, Response> {
    if !authorized(state, headers) {
        return Err(rail_refuses(state, "O0002", "Access Token 거부"));
    }
    let bent = state.faults.pick(Party::Bank, &line.operation.clone(), subject);
    line.fault = bent.as_ref().map(|bent| bent.fault.word());
    if let Some(bent) = bent.as_ref().filter(|bent| bent.fault.is_before()) {
        "not_done".clone_into(&mut line.decision);
        state.bank.journal.record(line.clone()).await;
        if bent.fault == Fault::TokenRefused {
            return Err(rail_refuses(state, "O0002", "Access Token 거부"));
        }
        return Err(undone(bent, cut).await);
    }
    Ok(bent)
}

fn account_entry(state: &State, operation: &str, reference: &str, bank: &str, account: &str, body: &[u8]) -> Entry {
    Entry {
        operation: operation.to_owned(),
        reference: reference.to_owned(),
        digest: state.hasher.tag("request", &[body]),
        bank: Some(bank.to_owned()),
        account_hash: Some(state.hasher.tag("account", &[bank.as_bytes(), account.as_bytes()])),
        account_masked: Some(masked_account(account)),
        date: Some(crate::clock::kst_date(crate::clock::seconds())),
        ..Entry::default()
    }
}

/// `POST /v2.0/inquiry/receive`
pub async fn receive(
    Shared(state): Shared<State>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(asked) = serde_json::from_slice::<Receive>(&body) else {
        return rail_refuses(&state, "A0011", "요청전문 형식 오류");
    };
    let well = tran_id(&asked.bank_tran_id)
        && asked.cntr_account_type == "N"
        && asked.cntr_account_num == state.settings.contract_account
        && digits(&asked.bank_code_std, 3, 3)
        && digits(&asked.account_num, 1, 16)
        && digits(&asked.tran_amt, 1, 12)
        && digits(&asked.tran_dtime, 14, 14)
        && digits(&asked.req_client_bank_code, 3, 3)
        && digits(&asked.req_client_account_num, 1, 16)
        && [&asked.print_content, &asked.req_client_name, &asked.req_client_num].iter().all(|text| short(text))
        && asked.transfer_purpose.len() == 2;
    if !well {
        return rail_refuses(&state, "A0011", "요청전문 형식 오류");
    }
    let mut line =
        account_entry(&state, "receive_inquiry", &asked.bank_tran_id, &asked.bank_code_std, &asked.account_num, &body);
    line.amount = asked.tran_amt.parse().ok();
    let subject = Subject { reference: &asked.bank_tran_id, account: &asked.account_num, ..Subject::default() };
    let bent = match before(&state, &headers, &cut, &mut line, &subject).await {
        Ok(bent) => bent,
        Err(response) => return response,
    };
    let (code, name) = match Ending::of(&asked.account_num) {
        Ending::NoAccount => ("412", String::new()),
        Ending::OtherHolder => ("000", OTHER_HOLDER.to_owned()),
        _ => ("000", cut_name(&asked.req_client_name, 20)),
    };
    code.clone_into(&mut line.decision);
    let date = line.date.clone();
    state.bank.journal.record(line).await;
    let answer = value!({
        "bank_tran_id": asked.bank_tran_id,
        "bank_tran_date": date,
        "bank_code_tran": asked.bank_code_std,
        "bank_rsp_code": code,
        "bank_rsp_message": words(code),
        "bank_code_std": asked.bank_code_std,
        "account_num": asked.account_num,
        "account_num_masked": masked_account(&asked.account_num),
        "account_holder_name": name,
        "tran_amt": asked.tran_amt,
    });
    let rsp = if code == "000" { ("A0000", "정상") } else { ("A0002", "참가기관 에러") };
    done(StatusCode::OK, envelope(&state, rsp.0, rsp.1, answer), bent.as_ref()).await
}

/// `POST /v2.0/transfer/deposit/acnt_num`
pub async fn deposit(
    Shared(state): Shared<State>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(asked) = serde_json::from_slice::<Transfer>(&body) else {
        return rail_refuses(&state, "A0011", "요청전문 형식 오류");
    };
    let ([pay], "1") = (asked.req_list.as_slice(), asked.req_cnt.as_str()) else {
        return rail_refuses(&state, "A0011", "요청건수 오류");
    };
    let well = asked.cntr_account_type == "N"
        && asked.cntr_account_num == state.settings.contract_account
        && !asked.wd_pass_phrase.is_empty()
        && matches!(asked.name_check_option.as_str(), "on" | "off")
        && digits(&asked.tran_dtime, 14, 14)
        && pay.tran_no == "1"
        && tran_id(&pay.bank_tran_id)
        && digits(&pay.bank_code_std, 3, 3)
        && digits(&pay.account_num, 1, 16)
        && digits(&pay.tran_amt, 1, 12)
        && [
            &asked.wd_print_content,
            &pay.account_holder_name,
            &pay.print_content,
            &pay.req_client_name,
            &pay.req_client_num,
        ]
        .iter()
        .all(|text| short(text))
        && pay.transfer_purpose.len() == 2;
    let amount = pay.tran_amt.parse::<i64>().unwrap_or(0);
    if !well || amount <= 0 {
        return rail_refuses(&state, "A0011", "요청전문 형식 오류");
    }
    let mut line = account_entry(&state, "deposit", &pay.bank_tran_id, &pay.bank_code_std, &pay.account_num, &body);
    line.amount = Some(amount);
    line.sent = Some(asked.tran_dtime.clone());
    let subject = Subject { reference: &pay.bank_tran_id, account: &pay.account_num, ..Subject::default() };
    let mut bent = match before(&state, &headers, &cut, &mut line, &subject).await {
        Ok(bent) => bent,
        Err(response) => return response,
    };
    let date = line.date.clone().unwrap_or_default();
    let (rsp, code, seq) = {
        let mut world = state.bank.world.lock().unwrap_or_else(PoisonError::into_inner);
        let (rsp, code) = pay_out(&mut world, &mut line, &asked.name_check_option, pay, &mut bent);
        (rsp, code, state.bank.journal.append(line))
    };
    state.bank.journal.settled(seq).await;
    let holder =
        if Ending::of(&pay.account_num) == Ending::OtherHolder { OTHER_HOLDER } else { &pay.account_holder_name };
    let answer = value!({
        "wd_print_content": asked.wd_print_content,
        "res_cnt": "1",
        "res_list": [{
            "tran_no": "1",
            "bank_tran_id": pay.bank_tran_id,
            "bank_tran_date": date,
            "bank_code_tran": pay.bank_code_std,
            "bank_rsp_code": code,
            "bank_rsp_message": words(&code),
            "bank_code_std": pay.bank_code_std,
            "account_num": pay.account_num,
            "account_num_masked": masked_account(&pay.account_num),
            "print_content": pay.print_content,
            "account_holder_name": cut_name(holder, 20),
            "tran_amt": pay.tran_amt,
        }],
    });
    let message = match rsp {
        "A0000" => "정상",
        "A0001" => "처리 중",
        "A0312" => "예금주명 불일치",
        _ => "참가기관 에러",
    };
    done(StatusCode::OK, envelope(&state, rsp, message, answer), bent.as_ref()).await
}

/// `POST /v2.0/transfer/result`
pub async fn result(
    Shared(state): Shared<State>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(asked) = serde_json::from_slice::<ResultAsked>(&body) else {
        return rail_refuses(&state, "A0011", "요청전문 형식 오류");
    };
    let ([which], "1", "2") = (asked.req_list.as_slice(), asked.req_cnt.as_str(), asked.check_type.as_str()) else {
        return rail_refuses(&state, "A0011", "요청건수 또는 조회구분 오류");
    };
    let well = which.tran_no == "1"
        && tran_id(&which.org_bank_tran_id)
        && digits(&which.org_bank_tran_date, 8, 8)
        && digits(&which.org_tran_amt, 1, 12)
        && digits(&asked.tran_dtime, 14, 14);
    if !well {
        return rail_refuses(&state, "A0011", "요청전문 형식 오류");
    }
    let mut line = Entry {
        operation: "result".to_owned(),
        reference: which.org_bank_tran_id.clone(),
        date: Some(which.org_bank_tran_date.clone()),
        amount: which.org_tran_amt.parse().ok(),
        ..Entry::default()
    };
    let subject = Subject { reference: &which.org_bank_tran_id, ..Subject::default() };
    let bent = match before(&state, &headers, &cut, &mut line, &subject).await {
        Ok(bent) => bent,
        Err(response) => return response,
    };
    let denied = bent.as_ref().is_some_and(|bent| bent.fault == Fault::NotFoundThenFound);
    let (found, seq) = {
        let mut world = state.bank.world.lock().unwrap_or_else(PoisonError::into_inner);
        let hidden = world.hidden.get_mut(&which.org_bank_tran_id).is_some_and(|left| {
            let hide = *left > 0;
            *left = left.saturating_sub(1);
            hide
        });
        let key = (which.org_bank_tran_date.clone(), which.org_bank_tran_id.clone());
        let found =
            world.deposits.get(&key).filter(|deposit| !hidden && !denied && Some(deposit.amount) == line.amount).map(
                |deposit| {
                    let back = deposit.returns_at.is_some_and(|at| crate::clock::micros() >= at);
                    let code = if back { RETURNED.to_owned() } else { deposit.code.clone() };
                    (code, deposit.clone())
                },
            );
        line.decision = found.as_ref().map_or("not_found".to_owned(), |(code, _)| format!("found:{code}"));
        (found, state.bank.journal.append(line))
    };
    state.bank.journal.settled(seq).await;
    let (code, bank, masked) = match &found {
        Some((code, deposit)) => (code.as_str(), deposit.bank.as_str(), deposit.account_masked.as_str()),
        None => (NOT_FOUND, "", ""),
    };
    let answer = value!({
        "res_cnt": "1",
        "res_list": [{
            "tran_no": "1",
            "bank_tran_id": which.org_bank_tran_id,
            "bank_tran_date": which.org_bank_tran_date,
            "bank_code_tran": bank,
            "bank_rsp_code": code,
            "bank_rsp_message": words(code),
            "bank_code_std": bank,
            "account_num_masked": masked,
            "tran_amt": which.org_tran_amt,
        }],
    });
    let bent = bent.filter(|bent| bent.fault != Fault::NotFoundThenFound);
    done(StatusCode::OK, envelope(&state, "A0000", "정상", answer), bent.as_ref()).await
}
