//! A shop front without partners: real stores, a clock that is moved by hand, and visitors.
#![expect(dead_code, reason = "each test file uses a part of it")]

use domain::wire::SellView;
use domain::{Lang, Span, Timestamp};
use gateway_bank::{BankClient, BankSettings};
use gateway_issuer::{BreakerSettings, IssuerClient, IssuerSettings};
use services::sell::{self, DraftToken, SellAnswer, YouInput};
use services::{Actor, Chance, Clock, Parts, Policy, Services, Visitor};
use sms_agent::{AgentSettings, SmsAgent};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::{messages, outbox};
use testkit::TestDb;
use testkit::clock::NOON;

thread_local! {
    /// Where the next process of this test tells people; taken by the first that is wired.
    pub static ALERTS: std::cell::Cell<Option<String>> = const { std::cell::Cell::new(None) };
}

fn alerts_at(url: &str) -> gateway_alerts::AlertClient {
    gateway_alerts::AlertClient::new(gateway_alerts::AlertSettings {
        url: gateway_alerts::Secret::new(url),
        connect_timeout: Duration::from_millis(200),
        total_timeout: Duration::from_millis(500),
        breaker: gateway_alerts::BreakerSettings { failures: 1_000, open: Duration::from_secs(1) },
        ca_pem: None,
    })
    .unwrap()
}

/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:9";

pub struct Front {
    pub services: Services,
    pub db: TestDb,
    clock: Arc<AtomicI64>,
}

impl Front {
    pub async fn open(db: TestDb) -> Self {
        Self::with(db, Policy::default()).await
    }

    pub async fn with(db: TestDb, policy: Policy) -> Self {
        Self::with_bank(db, policy, NOWHERE, "T991628940", "a-secret-for-tests-only").await
    }

    /// With a bank that listens.
    pub async fn with_bank(db: TestDb, policy: Policy, url: &str, use_code: &str, secret: &str) -> Self {
        store::seed::seed(&db, &db.keys, NOON).await.unwrap();
        let clock = Arc::new(AtomicI64::new(NOON.micros()));
        let services = wire(&db, &db.keys, &clock, policy, (url, use_code, secret)).await;
        Self { services, db, clock }
    }

    /// Another process on the same database, at the same time.
    pub async fn twin(&self) -> Services {
        self.rekeyed(&self.db.keys).await
    }

    /// Another process on the same database: it has seen nothing yet.
    pub async fn stranger(&self) -> Services {
        self.rekeyed(&self.db.keys).await
    }

    /// Another process, with other keys.
    pub async fn rekeyed(&self, keys: &store::Keyring) -> Services {
        let bank = (NOWHERE, "T991628940", "a-secret-for-tests-only");
        wire(&self.db, keys, &self.clock, self.services.policy.clone(), bank).await
    }

    pub fn now(&self) -> Timestamp {
        self.services.clock.now()
    }

    pub fn pass(&self, span: Span) {
        self.clock.fetch_add(span.as_micros(), Ordering::SeqCst);
    }

    /// The code in the newest message to this phone.
    pub async fn code(&self, phone: &str) -> String {
        let mut reader = self.services.db.read().await.unwrap();
        let mut newest: Option<(Timestamp, String)> = None;
        for (id, _) in outbox::due(&mut reader, self.now(), 10_000).await.unwrap() {
            let Some(work) = outbox::find(&mut reader, id).await.unwrap() else { continue };
            let id = domain::MessageId::from_bytes(work.subject);
            let Some(message) = messages::find(&mut reader, id).await.unwrap() else { continue };
            let open = |column: &'static str, sealed: &[u8]| {
                self.services.keys.open_text(messages::TABLE, column, id.bytes(), sealed).unwrap()
            };
            let body = open("body_enc", &message.body_enc);
            let code: String = body.chars().skip_while(|c| !c.is_ascii_digit()).take(6).collect();
            let mine = open("phone_enc", &message.phone_enc) == phone && message.kind == domain::MessageKind::Otp;
            if mine && newest.as_ref().is_none_or(|(at, _)| *at <= message.created_at) {
                newest = Some((message.created_at, code));
            }
        }
        newest.expect("a code was sent").1
    }
}

async fn wire(
    db: &store::Db,
    keys: &store::Keyring,
    clock: &Arc<AtomicI64>,
    policy: Policy,
    (url, use_code, secret): (&str, &str, &str),
) -> Services {
    let issuer = IssuerSettings {
        base_url: NOWHERE.into(),
        key_id: "test".into(),
        secret: gateway_issuer::Secret::new("a-secret-for-tests-only"),
        connect_timeout: Duration::from_millis(200),
        total_timeout: Duration::from_millis(500),
        max_concurrent: 4,
        breaker: BreakerSettings::default(),
        ca_pem: None,
    };
    let mut bank = BankSettings::new(
        url,
        "pindesk",
        gateway_bank::Secret::new(secret),
        use_code,
        gateway_bank::Secret::new("1000012345678"),
        gateway_bank::Secret::new("NONE"),
    );
    bank.connect_timeout = Duration::from_millis(200);
    bank.total_timeout = Duration::from_millis(500);
    Services::new(Parts {
        db: db.clone(),
        keys: keys.clone(),
        issuer: IssuerClient::new(issuer.clone()).unwrap(),
        verifier: IssuerClient::new(issuer).unwrap(),
        bank: BankClient::new(bank.clone()).unwrap(),
        holders: BankClient::new(bank).unwrap(),
        cheat: None,
        alerts: ALERTS.with(std::cell::Cell::take).as_deref().map(alerts_at),
        agent: SmsAgent::connect(AgentSettings::new("sqlite::memory:")).await.unwrap(),
        clock: Clock::Fixed(Arc::clone(clock)),
        chance: Chance::System,
        policy,
        wake: Arc::new(tokio::sync::Notify::new()),
    })
}

pub fn from(address: &str) -> Actor {
    Actor::Visitor(Visitor {
        address: address.into(),
        agent: "test".into(),
        lang: Lang::Ko,
        device: None,
        grants: Vec::new(),
    })
}

pub fn somebody() -> Actor {
    from("203.0.113.7")
}

/// The same person holding these orders.
pub fn holding(grants: &[domain::OrderId]) -> Actor {
    let Actor::Visitor(visitor) = somebody() else { unreachable!() };
    Actor::Visitor(Visitor { grants: grants.to_vec(), ..visitor })
}

/// Codes of the errors of a field.
pub fn errors(view: &SellView, field: &str) -> Vec<String> {
    view.errors.iter().filter(|error| error.field == field).map(|error| error.code.clone()).collect()
}

/// Codes of the problems of a row.
pub fn problems(view: &SellView, row: usize) -> Vec<String> {
    view.rows[row].problems.iter().map(|problem| problem.code.clone()).collect()
}

pub const REQUIRED: [&str; 3] = ["consent_terms", "consent_privacy", "consent_own_voucher"];

/// The required consents as the page's boxes send them: to this version of each.
pub fn given(version: u32) -> Vec<String> {
    REQUIRED.iter().map(|kind| format!("{kind}:{version}")).collect()
}

/// A sale brought to its last step: two vouchers of 50,000 by default.
pub struct Sale {
    pub token: DraftToken,
    pub view: SellView,
}

/// A name that stands in no text of ours.
pub const NAME: &str = "남궁휘찬";

pub const TWO: &str = "컬쳐랜드 50,000원\n4180-1111-2222-3333\n4180-4444-5555-6666";

pub async fn ready(front: &Front, actor: &Actor, text: &str, phone: &str) -> Sale {
    let services = &front.services;
    let pasted = sell::paste(services, actor, None, text, "").await.unwrap();
    let token = pasted.token.unwrap();
    let some = Some(&token);
    let quoted = sell::quote(services, actor, some, None).await.unwrap();
    assert!(
        quoted.view.quote.is_some(),
        "{:?} {:?}",
        quoted.view.errors,
        quoted.view.rows.iter().map(|r| &r.problems).collect::<Vec<_>>()
    );
    prove(front, actor, &token, phone).await;
    let you = YouInput {
        name: Some(NAME.into()),
        bank_code: Some("004".into()),
        account: Some("123456-01-234567".into()),
        ..YouInput::default()
    };
    let payee = sell::payee(services, actor, some, you).await.unwrap();
    assert_eq!(payee.view.errors, [], "payee");
    let kinds = given(1);
    let SellAnswer { view, .. } = sell::consents(services, actor, some, &kinds).await.unwrap();
    assert_eq!(view.errors, [], "consents");
    assert_eq!(view.reached, domain::wire::SellStep::Confirm);
    Sale { token, view }
}

pub async fn prove(front: &Front, actor: &Actor, token: &DraftToken, phone: &str) {
    let services = &front.services;
    let input = YouInput { phone: Some(phone.into()), ..YouInput::default() };
    let sent = sell::send_code(services, actor, Some(token), input).await.unwrap();
    assert_eq!(sent.view.errors, [], "send");
    let input = YouInput { code: Some(front.code(phone).await), ..YouInput::default() };
    let checked = sell::check_code(services, actor, Some(token), input).await.unwrap();
    assert_eq!(checked.view.errors, [], "check");
    assert!(checked.view.you.phone_proved && checked.proved);
    // Once more with an older proof still in force: this call proved nothing.
    let again = YouInput { code: Some("000000".into()), ..YouInput::default() };
    let again = sell::check_code(services, actor, Some(token), again).await.unwrap();
    assert!(again.view.you.phone_proved && !again.proved);
}
