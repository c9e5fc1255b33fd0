//! A shop for benches: use cases on a real store, and customers in front of the last button.
#![expect(clippy::unwrap_used, reason = "a bench that can't begin should stop")]

use domain::quote::{PriceLine, price};
use domain::wire::HolderCheck;
use domain::{
    AccountNo, ChallengeId, Lang, OtpPurpose, PersonName, Phone, Pin, QuoteId, Rate, Span, Speed, Timestamp, Won,
};
use gateway_bank::{BankClient, BankSettings};
use gateway_issuer::{BreakerSettings, IssuerClient, IssuerSettings};
use services::order::{Submission, SubmittedConsent, SubmittedItem};
use services::{Actor, Chance, Clock, Parts, Policy, Services, Visitor};
use sms_agent::{AgentSettings, SmsAgent};
use std::sync::Arc;
use std::time::Duration;
use store::otp::NewChallenge;
use store::quotes::{self, FrozenQuote};
use store::{Db, Keyring, documents, fees, otp, rates};

/// Vouchers in each order.
pub const ITEMS: usize = 10;

#[expect(clippy::disallowed_methods, reason = "a bench has no configuration file")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

pub fn visitor() -> Actor {
    let address = "203.0.113.7".into();
    Actor::Visitor(Visitor { address, agent: "bench".into(), lang: Lang::Ko, device: None, grants: Vec::new() })
}

/// Customers in front of the last button: a frozen quote and a proved phone each, ten numbers of their own.
pub async fn prepare(services: &Services, count: usize) -> Vec<Submission> {
    let now = services.clock.now();
    let mut reader = services.db.read().await.unwrap();
    let rates: Vec<Rate> = rates::in_force(&mut reader, now).await.unwrap().into_iter().map(|rate| rate.rate).collect();
    let fees = fees::in_force(&mut reader, now).await.unwrap();
    let fee = fees.iter().find(|fee| fee.speed == Speed::Instant).unwrap().fee;
    let mut consents = Vec::new();
    for kind in ["consent_terms", "consent_privacy", "consent_own_voucher", "consent_marketing"] {
        let document = documents::in_force(&mut reader, kind, now).await.unwrap().unwrap();
        let text_hash = document.hash(Lang::Ko);
        consents.push(SubmittedConsent { kind: kind.into(), version: document.version, text_hash, granted: true });
    }
    drop(reader);
    let mut made = Vec::with_capacity(count);
    for hundred in (0..count).collect::<Vec<_>>().chunks(100) {
        let mut tx = services.db.begin().await.unwrap();
        for n in hundred {
            made.push(one(services, &mut tx, *n, &rates, fee, &consents, now).await);
        }
        tx.commit().await.unwrap();
    }
    made
}

async fn one(
    services: &Services,
    tx: &mut store::Tx,
    n: usize,
    rates: &[Rate],
    fee: Won,
    consents: &[SubmittedConsent],
    now: Timestamp,
) -> Submission {
    let face = Won::whole(10_000);
    let items: Vec<SubmittedItem> = (0_u32..)
        .zip(0..ITEMS)
        .map(|(row, place)| SubmittedItem {
            row,
            brand: "cultureland".to_owned(),
            pin: Pin::new(&format!("4160{:012}", n * ITEMS + place)).unwrap(),
            companions: Vec::new(),
            claimed_face: face,
        })
        .collect();
    let lines: Vec<PriceLine> =
        items.iter().map(|item| PriceLine { row: item.row, brand: item.brand.clone(), face }).collect();
    let frozen = FrozenQuote {
        id: QuoteId::from_bytes(services.chance.id(now)),
        speed: Speed::Instant,
        quote: price(&lines, rates, fee).unwrap(),
        priced_at: now,
        valid_until: now.plus(Span::minutes(10)),
    };
    quotes::insert(&mut *tx, &frozen, now).await.unwrap();
    let phone = Phone::parse(&format!("010{n:08}")).unwrap();
    let phone_hmacs = services.keys.phone_hashes(&phone);
    let (proof_hash, challenge) = (services.chance.bytes::<32>(), ChallengeId::from_bytes(services.chance.id(now)));
    let code = services.keys.code_hash(challenge, "123456");
    let new = NewChallenge {
        id: challenge,
        purpose: OtpPurpose::Sell,
        phone_enc: vec![1],
        phone_hmac: phone_hmacs,
        address_hmac: [0; 32],
        code_hmac: code,
        created_at: now,
        expires_at: now.plus(Span::minutes(3)),
    };
    otp::open(&mut *tx, &new).await.unwrap();
    otp::try_code(&mut *tx, challenge, [code, code], now).await.unwrap();
    otp::give_proof(&mut *tx, challenge, proof_hash, now.plus(Span::minutes(30))).await.unwrap();
    Submission {
        idempotency_key: format!("key-{n}"),
        quote_id: frozen.id,
        lang: Lang::Ko,
        name: PersonName::parse("홍길동").unwrap(),
        phone_hmacs,
        phone,
        proof_hash,
        bank_code: "004".into(),
        account: AccountNo::parse(&format!("4302{n:08}77")).unwrap(),
        holder: PersonName::parse("홍길동").unwrap(),
        holder_check: HolderCheck::Matched,
        items,
        consents: consents.to_vec(),
    }
}

/// The use cases on a real store. The partners are never called: nothing here runs the work.
pub async fn wire(db: &Db, keys: &Keyring, folder: &std::path::Path) -> Services {
    let agent = AgentSettings::new(format!("sqlite:{}", folder.join("agent.db").display()));
    let agent = SmsAgent::connect(agent).await.unwrap();
    agent.ensure_reference_schema().await.unwrap();
    let issuer = IssuerSettings {
        base_url: "http://127.0.0.1:9/issuer".into(),
        key_id: "bench".into(),
        secret: gateway_issuer::Secret::new("bench-secret-guards-nothing"),
        connect_timeout: Duration::from_secs(1),
        total_timeout: Duration::from_secs(1),
        max_concurrent: 1,
        breaker: BreakerSettings::default(),
        ca_pem: None,
    };
    let bank = BankSettings::new(
        "http://127.0.0.1:9/bank".to_owned(),
        "bench".to_owned(),
        gateway_bank::Secret::new("bench-secret-guards-nothing"),
        "M202600001".to_owned(),
        gateway_bank::Secret::new("1000012345678"),
        gateway_bank::Secret::new("NONE"),
    );
    Services::new(Parts {
        db: db.clone(),
        keys: keys.clone(),
        verifier: IssuerClient::new(issuer.clone()).unwrap(),
        issuer: IssuerClient::new(issuer).unwrap(),
        holders: BankClient::new(bank.clone()).unwrap(),
        bank: BankClient::new(bank).unwrap(),
        agent,
        cheat: None,
        alerts: None,
        clock: Clock::System,
        chance: Chance::System,
        policy: Policy::default(),
        wake: Arc::default(),
    })
}
