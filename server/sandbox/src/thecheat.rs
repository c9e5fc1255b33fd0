//! TheCheat's encrypted search, over a list nobody had to write: which phone or account is reported follows from its
//! ending (README.md). The cipher is written again here on purpose: a partner does not share our code.

use crate::State;
use crate::faults::{Fault, Party, Subject};
use crate::hash::{masked_account, masked_phone};
use crate::journal::Entry;
use crate::wire::{Cut, done, json, undone};
use aes::Aes256;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use serde::Deserialize;
use serde_json::json as value;
use subtle::ConstantTimeEq;

/// Reported phones end so; kept from the endings of `pages.rs`, which mean something to the message agent.
pub const REPORTED_PHONE: &str = "9911";
/// Reported accounts end so; the bank knows nothing about it.
pub const REPORTED_ACCOUNT: &str = "911";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    keyword: String,
    keyword_type: String,
    #[serde(default)]
    bank_code: String,
}

fn key_of(text: &str) -> [u8; 32] {
    text.as_bytes().try_into().unwrap_or([0; 32])
}

fn opened(key: &str, text: &str) -> Option<String> {
    let bytes = STANDARD.decode(text).ok()?;
    let (iv, sealed) = bytes.split_first_chunk::<16>()?;
    let plain =
        cbc::Decryptor::<Aes256>::new(&key_of(key).into(), iv.into()).decrypt_padded_vec::<Pkcs7>(sealed).ok()?;
    String::from_utf8(plain).ok()
}

fn sealed(key: &str, plain: &str, iv: [u8; 16]) -> String {
    let cipher = cbc::Encryptor::<Aes256>::new(&key_of(key).into(), &iv.into());
    STANDARD.encode([&iv[..], &cipher.encrypt_padded_vec::<Pkcs7>(plain.as_bytes())].concat())
}

fn refused(code: i64, message: &str) -> Response {
    json(StatusCode::OK, &value!({"result_code": code, "result_msg": message}))
}

/// `POST /api/v2/fraud/search/encrypted`
pub async fn search(
    Shared(state): Shared<State>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let given = headers.get("x-thecheat-apikey").map(axum::http::HeaderValue::as_bytes).unwrap_or_default();
    if !bool::from(given.ct_eq(state.settings.thecheat_api_key.as_bytes())) {
        return refused(-10, "인증키가 올바르지 않습니다");
    }
    let asked = serde_json::from_slice::<Search>(&body).ok();
    let keyword = asked.as_ref().and_then(|asked| opened(&state.settings.thecheat_seal_key, &asked.keyword));
    let (Some(asked), Some(keyword)) = (asked, keyword) else {
        return refused(-20, "요청을 복호화할 수 없습니다");
    };
    let phone = match asked.keyword_type.as_str() {
        "phone" => true,
        "account" => false,
        _ => return refused(-21, "검색 유형이 올바르지 않습니다"),
    };
    let mut line = Entry {
        operation: "search".to_owned(),
        reference: asked.keyword_type.clone(),
        digest: state.hasher.tag("request", &[&body]),
        ..Entry::default()
    };
    if phone {
        line.phone_hash = Some(state.hasher.tag("phone", &[keyword.as_bytes()]));
        line.phone_masked = Some(masked_phone(&keyword));
    } else {
        line.bank = Some(asked.bank_code.clone());
        line.account_hash = Some(state.hasher.tag("account", &[asked.bank_code.as_bytes(), keyword.as_bytes()]));
        line.account_masked = Some(masked_account(&keyword));
    }
    let subject = if phone {
        Subject { phone: &keyword, ..Subject::default() }
    } else {
        Subject { account: &keyword, ..Subject::default() }
    };
    let bent = state.faults.pick(Party::TheCheat, "search", &subject);
    line.fault = bent.as_ref().map(|bent| bent.fault.word());
    if let Some(bent) = bent.as_ref().filter(|bent| bent.fault.is_before()) {
        "not_done".clone_into(&mut line.decision);
        state.thecheat.record(line).await;
        return undone(bent, &cut).await;
    }
    let reported = keyword.ends_with(if phone { REPORTED_PHONE } else { REPORTED_ACCOUNT });
    if reported { "caution" } else { "clean" }.clone_into(&mut line.decision);
    let digest = line.digest.clone();
    state.thecheat.record(line).await;
    let told = match &bent {
        Some(bent) if bent.fault == Fault::WrongReference => "01000000000",
        _ => keyword.as_str(),
    };
    let content = value!({
        "keyword": told,
        "keyword_type": asked.keyword_type,
        "bank_code": asked.bank_code,
        "caution": if reported { "Y" } else { "N" },
        "date_start": "2026-08-21",
        "date_end": "2026-11-21",
        "keyword_url": "",
    });
    // By seed, like everything here; a real party takes chance.
    let mut iv = [0; 16];
    iv.iter_mut().zip(digest.bytes()).for_each(|(byte, letter)| *byte = letter);
    let content = sealed(&state.settings.thecheat_seal_key, &content.to_string(), iv);
    let answer = value!({"result_code": 1, "result_msg": "정상", "content": content});
    done(StatusCode::OK, answer, bent.as_ref()).await
}
