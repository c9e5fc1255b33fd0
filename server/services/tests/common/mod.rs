//! A shop with real stores and real partners, and customers who sell to it.
#![expect(dead_code, reason = "each test file uses a part of it")]

use domain::quote::{PriceLine, price};
use domain::wire::HolderCheck;
use domain::{
    AccountNo, BankHours, ChallengeId, Lang, OrderId, OtpPurpose, PersonName, Phone, Pin, QuoteId, Span, Speed,
    Timestamp, Won,
};
use gateway_bank::{BankClient, BankSettings};
use gateway_issuer::{BreakerSettings, IssuerClient, IssuerSettings};
use gateway_thecheat::{CheatClient, CheatSettings};
use services::order::{Submission, Submitted, SubmittedConsent, SubmittedItem};
use services::{Actor, Chance, Clock, Parts, Policy, ServiceError, Services, Visitor, order, work};
use sms_agent::{AgentSettings, SmsAgent};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::banks::{self, StoredBank};
use store::otp::NewChallenge;
use store::quotes::{self, FrozenQuote};
use store::{Db, Keyring, documents, fees, items, orders, otp, outbox, payout_attempts, payouts, rates};
use testkit::TestDb;
use testkit::partners::Partners;

/// A brand with a bridge, 16 digits, and a face it takes.
pub const BRAND: &str = "cultureland";
pub const FACE: Won = Won::whole(10_000);

pub struct Shop {
    pub services: Services,
    pub partners: Arc<Partners>,
    pub actor: Actor,
    /// Its database, kept while it is open.
    pub home: Option<TestDb>,
}

/// A shop of this pause asks TheCheat; the others have none.
pub const THECHEAT_IS_ASKED: Span = Span::millis(60);

/// Policies short enough for a test to wait for.
pub fn quick() -> Policy {
    Policy {
        inquiry_schedule: vec![Span::millis(150), Span::millis(300)],
        settle_delay: Span::millis(1600),
        max_inquiries: 12,
        lease: Span::seconds(8),
        // Tests run at any hour.
        rail_rest: domain::bank::RailRest::NONE,
        sandbox: true,
        ..Policy::default()
    }
}

impl Shop {
    pub async fn open(db: TestDb) -> Self {
        Self::with(db, quick()).await
    }

    pub async fn with(db: TestDb, policy: Policy) -> Self {
        let (handle, keys) = ((*db).clone(), db.keys.clone());
        Self { home: Some(db), ..Self::on(handle, keys, Arc::new(Partners::start()), policy).await }
    }

    /// With a clock that stands still until [`Self::set_clock`] moves it, ours and the partners'.
    pub async fn at(db: TestDb, policy: Policy, now: Timestamp) -> Self {
        let (handle, keys) = ((*db).clone(), db.keys.clone());
        let clock = Clock::Fixed(Arc::new(AtomicI64::new(now.micros())));
        let shop = Self::build(handle, keys, Arc::new(Partners::start()), policy, clock).await;
        shop.partners.clock(now).await;
        Self { home: Some(db), ..shop }
    }

    /// Moves our clock, and sets the partners' by that much ahead of it.
    pub async fn set_clock(&self, now: Timestamp, ahead: Span) {
        self.move_clock(now);
        self.partners.clock(now.plus(ahead)).await;
    }

    /// Moves our clock alone.
    pub fn move_clock(&self, now: Timestamp) {
        let Clock::Fixed(micros) = &self.services.clock else { panic!("only a fixed clock is moved") };
        micros.store(now.micros(), Ordering::SeqCst);
    }

    /// On a database and partners of the caller's, seeded here.
    pub async fn on(db: Db, keys: Keyring, partners: Arc<Partners>, policy: Policy) -> Self {
        Self::build(db, keys, partners, policy, Clock::System).await
    }

    async fn build(db: Db, keys: Keyring, partners: Arc<Partners>, policy: Policy, clock: Clock) -> Self {
        // Shown for a failing test only; RUST_LOG asks for more.
        let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
        tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init().ok();
        let now = clock.now();
        // Banks that never rest, whatever the hour of the test; the seed leaves what is there alone.
        let mut tx = db.begin().await.unwrap();
        let always: Vec<StoredBank> = (0_u32..)
            .zip(domain::bank::BANKS)
            .map(|(position, bank)| StoredBank {
                code: bank.code.to_owned(),
                kind: bank.kind,
                name_ko: bank.name_ko.to_owned(),
                name_en: bank.name_en.to_owned(),
                position,
                enabled: true,
                hours: BankHours::always(),
            })
            .collect();
        banks::add_missing(&mut tx, &always, now).await.unwrap();
        tx.commit().await.unwrap();
        store::seed::seed(&db, &keys, now).await.unwrap();
        let services = wire(&db, &keys, &partners, policy, clock).await;
        let visitor = Visitor {
            address: "203.0.113.7".into(),
            agent: "test".into(),
            lang: Lang::Ko,
            device: None,
            grants: Vec::new(),
        };
        Self { services, partners, actor: Actor::Visitor(visitor), home: None }
    }

    /// A second process on the same database and partners.
    pub async fn twin(&self) -> Services {
        let (policy, clock) = (self.services.policy.clone(), self.services.clock.clone());
        wire(&self.services.db, &self.services.keys, &self.partners, policy, clock).await
    }

    /// A process with other keys on the same database and partners.
    pub async fn rekeyed(&self, keys: &Keyring) -> Services {
        let (policy, clock) = (self.services.policy.clone(), self.services.clock.clone());
        wire(&self.services.db, keys, &self.partners, policy, clock).await
    }

    /// A process that hands its messages to another agent.
    pub fn with_agent(&self, agent: SmsAgent) -> Services {
        let (policy, clock) = (self.services.policy.clone(), self.services.clock.clone());
        wire_to(agent, &self.services.db, &self.services.keys, &self.partners, policy, clock)
    }

    /// A customer's whole submission: quote frozen, phone proved.
    pub async fn submission(&self, pins: &[String]) -> Submission {
        let lines: Vec<(String, Won)> = pins.iter().map(|pin| (pin.clone(), FACE)).collect();
        self.submission_of(BRAND, &lines, Speed::Instant).await
    }

    /// A submission of this phone's.
    pub async fn submission_by(&self, phone: &Phone, pins: &[String]) -> Submission {
        let lines: Vec<(String, Won)> = pins.iter().map(|pin| (pin.clone(), FACE)).collect();
        self.submission_with(BRAND, &lines, Speed::Instant, Some(phone)).await
    }

    pub async fn submission_of(&self, brand: &str, lines: &[(String, Won)], speed: Speed) -> Submission {
        self.submission_with(brand, lines, speed, None).await
    }

    async fn submission_with(
        &self,
        brand: &str,
        lines: &[(String, Won)],
        speed: Speed,
        phone: Option<&Phone>,
    ) -> Submission {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let n = NEXT.fetch_add(1, Ordering::SeqCst);
        let services = &self.services;
        let now = services.clock.now();
        let priced: Vec<PriceLine> = (0_u32..)
            .zip(lines)
            .map(|(row, (_, face))| PriceLine { row, brand: brand.to_owned(), face: *face })
            .collect();
        let mut reader = services.db.read().await.unwrap();
        let rates: Vec<_> =
            rates::in_force(&mut reader, now).await.unwrap().into_iter().map(|rate| rate.rate).collect();
        let fee =
            fees::in_force(&mut reader, now).await.unwrap().into_iter().find(|fee| fee.speed == speed).unwrap().fee;
        let mut consents = Vec::new();
        for kind in ["consent_terms", "consent_privacy", "consent_own_voucher"] {
            let document = documents::in_force(&mut reader, kind, now).await.unwrap().unwrap();
            let text_hash = document.hash(Lang::Ko);
            consents.push(SubmittedConsent { kind: kind.into(), version: document.version, text_hash, granted: true });
        }
        drop(reader);
        let frozen = FrozenQuote {
            id: QuoteId::from_bytes(services.chance.id(now)),
            speed,
            quote: price(&priced, &rates, fee).unwrap(),
            priced_at: now,
            valid_until: now.plus(Span::minutes(10)),
        };
        let phone = phone.cloned().unwrap_or_else(|| Phone::parse(&format!("010{n:08}")).unwrap());
        let hash = services.keys.phone_hash(&phone);
        let (proof_hash, challenge) = (services.chance.bytes::<32>(), ChallengeId::from_bytes(services.chance.id(now)));
        let code = services.keys.code_hash(challenge, "123456");
        let mut tx = services.db.begin().await.unwrap();
        quotes::insert(&mut tx, &frozen, now).await.unwrap();
        let new = NewChallenge {
            id: challenge,
            purpose: OtpPurpose::Sell,
            phone_enc: vec![1],
            phone_hmac: [hash, hash],
            address_hmac: [0; 32],
            code_hmac: code,
            created_at: now,
            expires_at: now.plus(Span::minutes(3)),
        };
        otp::open(&mut tx, &new).await.unwrap();
        otp::try_code(&mut tx, challenge, [code, code], now).await.unwrap();
        otp::give_proof(&mut tx, challenge, proof_hash, now.plus(Span::minutes(30))).await.unwrap();
        tx.commit().await.unwrap();
        Submission {
            idempotency_key: format!("key-{n}"),
            quote_id: frozen.id,
            lang: Lang::Ko,
            name: PersonName::parse("홍길동").unwrap(),
            phone_hmacs: [hash, hash],
            phone,
            proof_hash,
            bank_code: "004".into(),
            account: AccountNo::parse(&format!("4302{n:08}77")).unwrap(),
            holder: PersonName::parse("홍길동").unwrap(),
            holder_check: HolderCheck::Matched,
            items: (0_u32..)
                .zip(lines)
                .map(|(row, (pin, face))| SubmittedItem {
                    row,
                    brand: brand.to_owned(),
                    pin: Pin::new(pin).unwrap(),
                    companions: Vec::new(),
                    claimed_face: *face,
                })
                .collect(),
            consents,
        }
    }

    pub async fn submit(&self, submission: Submission) -> Result<Submitted, ServiceError> {
        order::submit(&self.services, &self.actor, submission).await
    }

    pub async fn sell(&self, pins: &[String]) -> OrderId {
        self.submit(self.submission(pins).await).await.unwrap().id
    }

    /// Drives the work until `done` says so, at most `limit`.
    pub async fn until<F: AsyncFn(&Self) -> bool>(&self, limit: Duration, done: F) -> bool {
        let start = Instant::now();
        while start.elapsed() < limit {
            work::run_due(&self.services, "test").await.unwrap();
            if done(self).await {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        false
    }

    /// Drives the work until the order stands there.
    pub async fn until_order(&self, id: OrderId, state: domain::OrderState) {
        let reached = self.until(Duration::from_secs(40), async |shop| shop.order(id).await.state == state).await;
        assert!(reached, "the order is {} and not {state}: {}", self.order(id).await.state, self.story(id).await);
    }

    pub async fn order(&self, id: OrderId) -> orders::Order {
        let mut reader = self.services.db.read().await.unwrap();
        orders::find(&mut reader, id).await.unwrap().unwrap()
    }

    pub async fn items(&self, id: OrderId) -> Vec<items::Item> {
        let mut reader = self.services.db.read().await.unwrap();
        items::of_order(&mut reader, id).await.unwrap()
    }

    pub async fn payout(&self, id: OrderId) -> Option<payouts::Payout> {
        let mut reader = self.services.db.read().await.unwrap();
        payouts::by_order(&mut reader, id).await.unwrap()
    }

    pub async fn payout_attempts(&self, id: OrderId) -> Vec<payout_attempts::PayoutAttempt> {
        let payout = self.payout(id).await.unwrap();
        let mut reader = self.services.db.read().await.unwrap();
        payout_attempts::of_payout(&mut reader, payout.id).await.unwrap()
    }

    pub async fn lock_attempts(&self, item: domain::ItemId) -> Vec<store::lock_attempts::LockAttempt> {
        let mut reader = self.services.db.read().await.unwrap();
        store::lock_attempts::of_item(&mut reader, item).await.unwrap()
    }

    pub async fn works(&self, subject: [u8; 16]) -> Vec<outbox::OutboxRow> {
        let mut reader = self.services.db.read().await.unwrap();
        outbox::of_subject(&mut reader, subject).await.unwrap()
    }

    /// The kinds of the order's history, in order.
    pub async fn kinds(&self, id: OrderId) -> Vec<String> {
        let mut reader = self.services.db.read().await.unwrap();
        let events = store::events::of_order(&mut reader, id).await.unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }

    /// Drives the work, `step` of our clock after the other, until `done` says so; at most `steps`.
    pub async fn step_until<F: AsyncFn(&Self) -> bool>(&self, step: Span, steps: u32, done: F) -> bool {
        for _ in 0..steps {
            work::run_due(&self.services, "test").await.unwrap();
            if done(self).await {
                return true;
            }
            self.move_clock(self.services.clock.now().plus(step));
        }
        false
    }

    /// People stop the order.
    pub async fn hold(&self, id: OrderId) {
        let mut tx = self.services.db.begin().await.unwrap();
        let before = orders::lock(&mut tx, id).await.unwrap().unwrap();
        orders::write(&mut tx, &before, &held(&before)).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// People let it go on.
    pub async fn release(&self, id: OrderId) {
        let mut tx = self.services.db.begin().await.unwrap();
        let before = orders::lock(&mut tx, id).await.unwrap().unwrap();
        let state = before.held_from.unwrap().state();
        let after = orders::Order { state, held_from: None, hold_reason: None, ..before.clone() };
        orders::write(&mut tx, &before, &after).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// People let it go on, if it is held.
    pub async fn release_if_held(&self, id: OrderId) {
        if self.order(id).await.state == domain::OrderState::Held {
            self.release(id).await;
        }
    }

    /// Work of the order that waited for its release is due now.
    pub async fn hurry(&self, id: OrderId) {
        let mut subjects: Vec<[u8; 16]> = self.items(id).await.iter().map(|item| item.id.bytes()).collect();
        subjects.push(id.bytes());
        subjects.extend(self.payout(id).await.map(|payout| payout.id.bytes()));
        let mut tx = self.services.db.begin().await.unwrap();
        outbox::hasten(&mut tx, &subjects, self.services.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Does all work of a kind that is due now, once.
    pub async fn run_all(&self, kind: domain::OutboxKind) {
        let due = work::sweep(&self.services, Span::ZERO, 100).await.unwrap().due;
        for (id, _) in due {
            let row = {
                let mut reader = self.services.db.read().await.unwrap();
                outbox::find(&mut reader, id).await.unwrap().unwrap()
            };
            if row.kind == kind {
                work::run(&self.services, id, "test").await.unwrap();
            }
        }
    }

    /// The order's history, for a failing test's message.
    pub async fn story(&self, id: OrderId) -> String {
        let mut reader = self.services.db.read().await.unwrap();
        let events = store::events::of_order(&mut reader, id).await.unwrap();
        events.iter().map(|event| format!("{} {}", event.kind, event.detail)).collect::<Vec<_>>().join("\n  ")
    }
}

async fn wire(db: &Db, keys: &Keyring, partners: &Partners, policy: Policy, clock: Clock) -> Services {
    let agent = SmsAgent::connect(AgentSettings::new(partners.agent_url())).await.unwrap();
    agent.ensure_reference_schema().await.unwrap();
    wire_to(agent, db, keys, partners, policy, clock)
}

fn wire_to(agent: SmsAgent, db: &Db, keys: &Keyring, partners: &Partners, policy: Policy, clock: Clock) -> Services {
    // A test's faults are answers, not reasons to stop asking.
    let breaker = BreakerSettings { failures: 1_000_000, ..BreakerSettings::default() };
    let issuer = IssuerSettings {
        base_url: partners.issuer_url(),
        key_id: "pindesk".into(),
        secret: gateway_issuer::Secret::new("pindesk-sandbox-secret"),
        connect_timeout: Duration::from_secs(1),
        total_timeout: Duration::from_millis(700),
        max_concurrent: 32,
        breaker,
        ca_pem: None,
    };
    let mut bank = BankSettings::new(
        partners.bank_url(),
        "pindesk",
        gateway_bank::Secret::new("pindesk-sandbox-secret"),
        "M202600001",
        gateway_bank::Secret::new("1000012345678"),
        gateway_bank::Secret::new("NONE"),
    );
    bank.total_timeout = Duration::from_millis(700);
    bank.max_concurrent = 32;
    bank.breaker = breaker;
    let cheat = CheatSettings {
        base_url: partners.thecheat_url(),
        api_key: gateway_thecheat::Secret::new("pindesk-sandbox-secret"),
        seal_key: gateway_thecheat::Secret::new("sandbox-thecheat-key-32-letters!"),
        connect_timeout: Duration::from_secs(1),
        total_timeout: Duration::from_millis(400),
        max_concurrent: 8,
        breaker,
        ca_pem: None,
    };
    let asked = policy.risk_check_pause == THECHEAT_IS_ASKED;
    Services::new(Parts {
        db: db.clone(),
        cheat: asked.then(|| CheatClient::new(cheat).unwrap()),
        alerts: None,
        keys: keys.clone(),
        issuer: IssuerClient::new(issuer.clone()).unwrap(),
        verifier: IssuerClient::new(issuer).unwrap(),
        bank: BankClient::new(bank.clone()).unwrap(),
        holders: BankClient::new(bank).unwrap(),
        agent,
        clock,
        chance: Chance::System,
        policy,
        wake: Arc::new(tokio::sync::Notify::new()),
    })
}

/// The order as people stop it.
pub fn held(order: &orders::Order) -> orders::Order {
    orders::Order {
        state: domain::OrderState::Held,
        held_from: order.state.held_from(),
        hold_reason: Some("test".to_owned()),
        ..order.clone()
    }
}

/// A good number nobody else uses.
pub fn pin() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("4180{:010}11", NEXT.fetch_add(1, Ordering::SeqCst))
}

/// A number nobody else uses whose last four digits mean something to the sandbox.
pub fn pin_ending(ending: &str) -> String {
    let base = pin();
    // Keep it unique: the counter moves in front of the ending.
    format!("4180{}{ending}", &base[6..14])
}

pub fn pins(count: usize) -> Vec<String> {
    (0..count).map(|_| pin()).collect()
}

/// Now, for comparisons.
pub fn now() -> Timestamp {
    Clock::System.now()
}
