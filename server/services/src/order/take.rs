//! Writing orders down, together with those that came at the same time.
//!
//! Why: most of what an order costs a database is what every transaction and every statement costs. So whoever finds the
//! till free writes the orders of all who wait, in one transaction with one statement for each kind of row; who comes
//! meanwhile waits for the next. Nobody waits while the till is free.
//! Transaction: one. Of each order the key, the order, its vouchers, consents, the used proof, history, the message and
//! the first work are written together or not at all.
//! Failure: where one order can't be written nothing is, and then each is written alone; so a good order never fails for
//! another's sake, and a bad one is told its own reason. Nor does it matter how a common transaction ended: alone, the
//! key finds the order that was written or makes it. After the commit the work is in the outbox; a lost wake-up costs
//! seconds.
//! Races: the key's primary key, the quote's unique column, the proof's guarded update and the partial unique index on
//! live PINs each let one through. While lookup keys rotate a key is looked for under both and written under the new one.
//! Keys, quotes and vouchers each go in by their own order, so that two transactions with the same ones wait for each
//! other and don't block each other.

use super::seal::Sealed;
use super::submission::Submitted;
use super::submit::{Asked, prepare, requote};
use crate::desk::keys;
use crate::failpoint::failpoint;
use crate::message::Draft;
use crate::risk::{self, Assessed, Candidate};
use crate::{ServiceError, Services};
use domain::risk::{Asked as LookUp, RiskLane};
use domain::wire::FieldError;
use domain::{EventId, Lang, MessageKind, OrderId, OtpPurpose, OutboxId, OutboxKind, Reason, Span, Timestamp, text};
use serde_json::json;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::consents::Consent;
use store::events::Event;
use store::idempotency::{self, Answer, Begun, Finished};
use store::items::{LIVE_PIN, NewItem, PinKey};
use store::order_brands::OrderBrand;
use store::orders::NewOrder;
use store::otp::Proof;
use store::outbox::Work;
use store::risk::RiskFlag;
use store::{Pace, StoreError, Tx, consents, events, items, order_brands, orders, otp, outbox, risk as risks};
use tokio::sync::{Semaphore, oneshot};

domain::messages! {
    /// The same key came with other content.
    fn other_body() {
        ko: "이 화면은 이미 다른 내용으로 접수됐어요. 새로고침한 뒤 다시 접수해 주세요.",
        en: "This page was already used to submit something else. Reload and submit again."
    }
    /// The same key is being worked on.
    fn in_progress() {
        ko: "같은 주문을 접수하고 있어요. 잠시 뒤 다시 확인해 주세요.",
        en: "We’re already taking this order. Please check again in a moment."
    }
    /// Too many at once.
    fn busy() {
        ko: "지금 주문이 많아요. 잠시 뒤 다시 눌러 주세요. 두 번 접수되지 않아요.",
        en: "We’re very busy right now. Press again in a moment. Your order won’t be taken twice."
    }
    /// The phone must be proved again.
    fn proof_gone() {
        ko: "휴대폰 인증이 만료됐어요. 다시 인증해 주세요.",
        en: "The phone verification has expired. Please verify again."
    }
}

/// The scope of a submit's key.
pub(super) const SCOPE: &str = "order.submit";
/// Nobody waits longer for a turn: the page's own time is thirty seconds, and an order must not be taken after the customer
/// was told that it was not.
const PATIENCE: Duration = Duration::from_secs(10);
/// Money keys are kept for five years.
const KEEP_KEY: Span = Span::days(5 * 366);
/// The caller's key, with what it came with.
pub(super) struct Key {
    pub hash: [u8; 32],
    pub body: [u8; 32],
    /// While lookup keys rotate: both under the one before, by which the key may have been written down.
    pub old: Option<([u8; 32], [u8; 32])>,
    pub lang: Lang,
}

impl Key {
    /// What became of it under the lookup key before.
    async fn before(&self, tx: &mut Tx, now: Timestamp) -> Result<Begun, StoreError> {
        match self.old {
            Some((hash, body)) => idempotency::look(tx, SCOPE, hash, body, now).await,
            None => Ok(Begun::First),
        }
    }
}

/// An order as it will be written.
struct Ready<'a> {
    asked: &'a Asked,
    sealed: Sealed,
}

impl Ready<'_> {
    fn submitted(&self) -> Submitted {
        Submitted { id: self.sealed.order.id, code: self.sealed.order.code.clone() }
    }
}

/// Where orders wait to be written.
#[derive(Debug)]
pub(crate) struct Till {
    waiting: Mutex<VecDeque<Waiting>>,
    /// Who holds one of these writes.
    turns: Semaphore,
    /// So many orders are written together at most.
    together: usize,
}

struct Waiting {
    asked: Arc<Asked>,
    tell: oneshot::Sender<Told>,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Waiting")
    }
}

/// What somebody who waits is told.
enum Told {
    /// That's it.
    Ended(Result<Submitted, ServiceError>),
    /// Nothing came of writing it with others.
    Alone,
}

impl Till {
    /// An empty one.
    pub fn new(pace: Pace) -> Self {
        Self { waiting: Mutex::default(), turns: Semaphore::new(pace.side_by_side), together: pace.together }
    }

    fn wait(&self, asked: Arc<Asked>) -> oneshot::Receiver<Told> {
        let (tell, told) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back(Waiting { asked, tell });
        told
    }

    /// Those who waited longest, in an order that is the same for everybody: two transactions with the same keys wait
    /// for each other and don't block each other.
    fn next(&self) -> Vec<Waiting> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(self.together);
        let mut next: Vec<Waiting> = waiting.drain(..count).collect();
        drop(waiting);
        next.sort_by_key(|one| one.asked.key.hash);
        next
    }

    /// Goes home unserved. `false`: somebody is writing it already.
    fn leave(&self, asked: &Arc<Asked>) -> bool {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let before = waiting.len();
        waiting.retain(|one| !Arc::ptr_eq(&one.asked, asked));
        waiting.len() < before
    }
}

/// Takes an order. Runs in a task that nobody cuts: it may write others' orders too.
pub(super) async fn take(services: &Services, asked: Asked) -> Result<Submitted, ServiceError> {
    let asked = Arc::new(asked);
    let lang = asked.key.lang;
    let told = match stand_in_line(services, &asked).await {
        Told::Ended(result) => result,
        Told::Alone => take_alone(services, &asked).await,
    };
    match told {
        // Surely nothing was written.
        Err(ServiceError::Store(StoreError::Busy)) => Err(too_busy(lang)),
        told => told,
    }
}

/// Waits until somebody has written it, or writes with those who wait when it is our turn.
async fn stand_in_line(services: &Services, asked: &Arc<Asked>) -> Told {
    let mut told = services.till.wait(Arc::clone(asked));
    let patience = tokio::time::sleep(PATIENCE);
    tokio::pin!(patience);
    loop {
        let turn = tokio::select! {
            biased;
            // Whoever wrote it is gone without a word: our key says what became of it.
            told = &mut told => return told.unwrap_or(Told::Alone),
            Ok(turn) = services.till.turns.acquire() => turn,
            () = &mut patience => {
                if services.till.leave(asked) {
                    return Told::Ended(Err(ServiceError::Store(StoreError::Busy)));
                }
                return told.await.unwrap_or(Told::Alone);
            }
        };
        let waiting = services.till.next();
        if waiting.is_empty() {
            // Ours is in the hands of somebody else who writes.
            drop(turn);
            return told.await.unwrap_or(Told::Alone);
        }
        let (together, tells): (Vec<_>, Vec<_>) = waiting.into_iter().map(|one| (one.asked, one.tell)).unzip();
        for (tell, told) in tells.into_iter().zip(take_together(services, &together).await) {
            // Whoever asked is gone: what was written stands, and the same key finds it.
            _ = tell.send(told);
        }
    }
}

/// Writes those of them that can be, and says what to tell each.
async fn take_together(services: &Services, asked: &[Arc<Asked>]) -> Vec<Told> {
    if let [one] = asked {
        return vec![Told::Ended(take_alone(services, one).await)];
    }
    let Ok(sealed) = prepare(services, asked).await else {
        return asked.iter().map(|_| Told::Alone).collect();
    };
    let ready: Vec<Option<Ready<'_>>> =
        asked.iter().zip(sealed).map(|(asked, sealed)| Some(Ready { asked, sealed: sealed.ok()? })).collect();
    // Orders that count for each other's limits are judged one after the other: the first here, the others alone.
    let mut good: Vec<&Ready<'_>> = Vec::new();
    for one in ready.iter().flatten() {
        if !good.iter().any(|other| other.sealed.candidate.shares(&one.sealed.candidate)) {
            good.push(one);
        }
    }
    let written = write(services, &good).await;
    let told = |ready: &Option<Ready<'_>>| match (&written, ready) {
        (Ok(()), Some(ready)) if good.iter().any(|one| std::ptr::eq(*one, ready)) => Told::Ended(Ok(ready.submitted())),
        _ => Told::Alone,
    };
    ready.iter().map(told).collect()
}

/// Writes one, and says why if it can't be.
async fn take_alone(services: &Services, asked: &Arc<Asked>) -> Result<Submitted, ServiceError> {
    let Asked { key, now, .. } = &**asked;
    let sealed = prepare(services, std::slice::from_ref(asked)).await?.pop();
    let sealed = match sealed.ok_or_else(|| ServiceError::Internal("nothing was prepared".to_owned()))? {
        Ok(sealed) => sealed,
        // What stands against it is said only after the key was looked at: the second click of a good order meets a used
        // quote and must still get its order.
        Err(problem) => return answered(services, key, *now).await?.ok_or(problem),
    };
    let ready = Ready { asked, sealed };
    match write(services, &[&ready]).await {
        Ok(()) => Ok(ready.submitted()),
        Err(Stopped::Key) => answered(services, key, *now).await?.ok_or(ServiceError::Store(StoreError::Busy)),
        Err(Stopped::Before(begun)) => known(begun, key.lang)?.ok_or(ServiceError::Store(StoreError::Busy)),
        Err(Stopped::Quote) => Err(requote(key.lang)),
        Err(Stopped::Pins) => Err(duplicates(services, &ready.sealed, key.lang).await?),
        Err(Stopped::Proof) => Err(ServiceError::invalid("phone", "proof_expired", proof_gone(key.lang))),
        // The commit's answer was lost: our own key says whether it is there.
        Err(Stopped::Failed(ServiceError::Store(StoreError::CommitUnknown { message }))) => {
            answered(services, key, *now).await?.ok_or(ServiceError::Store(StoreError::CommitUnknown { message }))
        }
        Err(Stopped::Failed(other)) => Err(other),
    }
}

/// Why nothing was written.
enum Stopped {
    /// A key is there.
    Key,
    /// A key is there under the lookup key before.
    Before(Begun),
    /// A quote was used.
    Quote,
    /// A number is live.
    Pins,
    /// A proof was used or has ended.
    Proof,
    /// Something else.
    Failed(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// All of them or none.
async fn write(services: &Services, ready: &[&Ready<'_>]) -> Result<(), Stopped> {
    if ready.is_empty() {
        return Ok(());
    }
    let mut tx = services.db.begin().await?;
    if let Err(stopped) = write_rows(services, &mut tx, ready).await {
        if !matches!(stopped, Stopped::Failed(_)) {
            tx.rollback().await?;
        }
        return Err(stopped);
    }
    failpoint!("submit.before_commit");
    tx.commit().await?;
    failpoint!("submit.after_commit");
    services.wake.notify_waiters();
    for one in ready {
        tracing::info!(order = %one.sealed.order.id, "an order was taken");
    }
    Ok(())
}

async fn write_rows(services: &Services, tx: &mut Tx, ready: &[&Ready<'_>]) -> Result<(), Stopped> {
    let now = ready.iter().map(|one| one.asked.now).max().unwrap_or_default();
    // Before anything else is held.
    let lang = ready.first().map_or(Lang::Ko, |one| one.asked.key.lang);
    keys::in_step(services, tx, lang).await?;
    let candidates: Vec<&Candidate> = ready.iter().map(|one| &one.sealed.candidate).collect();
    risk::lock_subjects(tx, &candidates).await?;
    // All in one transaction, so nobody ever sees a key without its answer.
    if !idempotency::begin_and_finish(&mut *tx, SCOPE, &ready.iter().map(|one| finished(one)).collect::<Vec<_>>())
        .await?
    {
        return Err(Stopped::Key);
    }
    for one in ready {
        match one.asked.key.before(tx, now).await? {
            Begun::First => {}
            begun => return Err(Stopped::Before(begun)),
        }
    }
    let sealed: Vec<&Sealed> = ready.iter().map(|one| &one.sealed).collect();
    let assessed = risk::assess(tx, &candidates, now).await?;
    let mut new: Vec<&NewOrder> = sealed.iter().map(|one| &one.order).collect();
    new.sort_by_key(|order| order.quote_id.bytes());
    if orders::insert_many(&mut *tx, &new).await? != new.len() {
        return Err(Stopped::Quote);
    }
    let brands: Vec<OrderBrand> = sealed.iter().flat_map(|one| one.brands.iter().cloned()).collect();
    order_brands::insert_many(&mut *tx, &brands).await?;
    write_vouchers(tx, &sealed, now).await?;
    let proofs: Vec<Proof> = sealed.iter().map(|one| (one.proof_hash, one.phone_hmacs)).collect();
    match otp::use_proofs(&mut *tx, OtpPurpose::Sell, &proofs, now).await {
        Err(StoreError::Conflict { .. }) => return Err(Stopped::Proof),
        other => other?,
    }
    let consents: Vec<(OrderId, [u8; 32], &Consent)> = sealed
        .iter()
        .flat_map(|one| one.consents.iter().map(|consent| (one.order.id, one.phone_hmacs[0], consent)))
        .collect();
    consents::insert_many(&mut *tx, &consents).await?;
    let mut lines: Vec<Event> = sealed.iter().map(|one| one.event.clone()).collect();
    let mut drafts: Vec<&Draft> = sealed.iter().map(|one| &one.message).collect();
    let mut works: Vec<Work> = sealed.iter().map(|one| one.work.clone()).collect();
    let stopped = judge_new(services, tx, ready, &assessed, now).await?;
    lines.extend(stopped.lines);
    drafts.extend(&stopped.drafts);
    works.extend(stopped.works);
    events::insert_many(&mut *tx, &lines).await?;
    works.extend(Draft::write(tx, &drafts).await?);
    outbox::enqueue(tx, &works, now).await?;
    Ok(())
}

/// What a judgement adds to what is written.
#[derive(Default)]
struct Judged {
    lines: Vec<Event>,
    drafts: Vec<Draft>,
    works: Vec<Work>,
}

/// Writes what the rules say of new orders, and stops those that must be: nobody has seen them otherwise.
async fn judge_new(
    services: &Services,
    tx: &mut Tx,
    ready: &[&Ready<'_>],
    assessed: &[Assessed],
    now: Timestamp,
) -> Result<Judged, Stopped> {
    let orders = || ready.iter().map(|one| &one.sealed.order);
    let judgements: Vec<_> =
        orders().zip(assessed).map(|(order, one)| (order.id, order.created_at, &one.judgement)).collect();
    risks::judge_many(&mut *tx, &judgements).await?;
    let rows: Vec<(OrderId, RiskFlag)> = orders()
        .zip(assessed)
        .flat_map(|(order, one)| risk::rows(services, &one.verdict.flags, now).into_iter().map(|flag| (order.id, flag)))
        .collect();
    risks::insert_many(&mut *tx, &rows.iter().map(|(order, flag)| (*order, flag)).collect::<Vec<_>>()).await?;
    let mut judged = Judged::default();
    for (one, assessed) in ready.iter().zip(assessed) {
        let Sealed { order, .. } = &one.sealed;
        if assessed.judgement.asked == LookUp::Due {
            judged.works.push(Work {
                id: OutboxId::from_bytes(services.chance.id(now)),
                kind: OutboxKind::CheckRisk,
                subject: order.id.bytes(),
                unique_key: hex::encode(order.id.bytes()),
                run_at: now,
            });
        }
        if assessed.judgement.score > 0 {
            risks::set_score(&mut *tx, order.id, assessed.judgement.score).await?;
        }
        if assessed.judgement.lane == RiskLane::Hold {
            let reason = risk::hold_reason(risk::main_cause(&assessed.verdict.flags));
            risks::stop_new(&mut *tx, order.id, &reason).await?;
            judged.lines.push(Event {
                id: EventId::from_bytes(services.chance.id(now)),
                order_id: order.id,
                item_id: None,
                kind: "order_hold".to_owned(),
                detail: json!({ "reason": reason, "by": "rules" }),
                // After the line that it was sent.
                created_at: order.created_at.plus(Span::micros(1)),
            });
            judged.drafts.push(Draft::new(
                services,
                MessageKind::Held,
                order.id.bytes(),
                format!("{}:{}", MessageKind::Held, hex::encode(order.id.bytes())),
                &one.asked.submission.phone,
                &text::sms_held(order.lang, order.code.as_str()),
                now,
            )?);
        }
    }
    Ok(judged)
}

async fn write_vouchers(tx: &mut Tx, sealed: &[&Sealed], now: Timestamp) -> Result<(), Stopped> {
    let rows: Vec<(OrderId, &NewItem)> =
        sealed.iter().flat_map(|one| one.items.iter().map(|item| (one.order.id, item))).collect();
    match items::insert_many(&mut *tx, &rows, now).await {
        Err(error) if error.is_unique(LIVE_PIN) => return Err(Stopped::Pins),
        other => other?,
    }
    let old: Vec<PinKey> = sealed.iter().flat_map(|one| one.old_pins.iter().map(|(_, pin)| pin.clone())).collect();
    if items::live_pins(tx, &old).await?.is_empty() { Ok(()) } else { Err(Stopped::Pins) }
}

fn finished(ready: &Ready<'_>) -> Finished {
    let Asked { key, now, .. } = ready.asked;
    let Submitted { id, code } = ready.submitted();
    Finished {
        key_hash: key.hash,
        body_hash: key.body,
        answer: Answer { subject: Some(id.bytes()), status: 201, json: json!({ "id": id, "code": code }) },
        now: *now,
        expires_at: now.plus(KEEP_KEY),
    }
}

/// The order this key made before, if it made one.
pub(super) async fn answered(
    services: &Services,
    key: &Key,
    now: Timestamp,
) -> Result<Option<Submitted>, ServiceError> {
    let mut tx = services.db.begin().await?;
    let begun = idempotency::begin(&mut tx, SCOPE, key.hash, key.body, now, now.plus(KEEP_KEY)).await?;
    let begun = if begun == Begun::First { key.before(&mut tx, now).await? } else { begun };
    tx.rollback().await?;
    known(begun, key.lang)
}

fn known(begun: Begun, lang: Lang) -> Result<Option<Submitted>, ServiceError> {
    let conflict = |code, message: &str| Err(ServiceError::Conflict { code, message: message.to_owned() });
    match begun {
        Begun::First => Ok(None),
        Begun::InProgress => conflict("in_progress", in_progress(lang)),
        Begun::OtherBody => conflict("idempotency_mismatch", other_body(lang)),
        Begun::Done(answer) => {
            let code = answer.json.get("code").and_then(|code| code.as_str()).and_then(|code| code.parse().ok());
            match (answer.subject, code) {
                (Some(id), Some(code)) => Ok(Some(Submitted { id: OrderId::from_bytes(id), code })),
                _ => Err(ServiceError::Internal("a submit's kept answer names no order".to_owned())),
            }
        }
    }
}

fn too_busy(lang: Lang) -> ServiceError {
    ServiceError::Busy { retry_after: 1, message: busy(lang).to_owned() }
}

/// Names the vouchers whose numbers are live in some order, or stand in this one before.
async fn duplicates(services: &Services, sealed: &Sealed, lang: Lang) -> Result<ServiceError, ServiceError> {
    let mine = |item: &NewItem| (item.family.clone(), item.pin_hmac);
    let mut keys: Vec<(u32, PinKey)> = sealed.items.iter().map(|item| (item.position, mine(item))).collect();
    keys.extend(sealed.old_pins.iter().cloned());
    let pins: Vec<PinKey> = keys.iter().map(|(_, pin)| pin.clone()).collect();
    let mut reader = services.db.read().await?;
    let live = items::live_pins(&mut reader, &pins).await?;
    drop(reader);
    let taken = |item: &NewItem| {
        keys.iter().any(|(position, pin)| *position == item.position && live.contains(pin))
            || sealed.items.iter().any(|other| other.position < item.position && mine(other) == mine(item))
    };
    let errors: Vec<FieldError> = sealed
        .items
        .iter()
        .filter(|item| taken(item))
        .map(|item| {
            let row = usize::try_from(item.position).ok().and_then(|position| sealed.rows.get(position)).copied();
            FieldError {
                field: format!("rows.{}.pin", row.unwrap_or(item.position)),
                code: "duplicate_pin".to_owned(),
                message: Reason::Duplicate.detail(lang).to_owned(),
            }
        })
        .collect();
    // Free again since: the next try may well be taken.
    Ok(if errors.is_empty() { too_busy(lang) } else { ServiceError::Invalid(errors) })
}
