//! One transaction of the money path: the claim first, then the order's row, then everything else.
//!
//! The order in which rows are taken is always the same (outbox, order, item or payout, attempt), so that two workers
//! on one order wait for each other instead of blocking each other. History lines, partner calls and follow-up work
//! are gathered and written at the end, in one statement each.

use crate::message::Draft;
use crate::rights::{self, Act};
use crate::{Actor, ServiceError, Services, Staff, desk};
use domain::{
    AuditId, CallId, EventId, ItemEvent, ItemState, ItemsStand, Lang, MessageKind, OrderEvent, OrderId, OrderState,
    OutboxId, OutboxKind, Span, Timestamp, order_after_items,
};
use serde_json::{Value, json};
use store::audit::{AuditKind, AuditLine};
use store::calls::Call;
use store::events::Event;
use store::items::Item;
use store::orders::Order;
use store::outbox::{Claim, Work};
use store::users::UserState;
use store::{StoreError, Tx, audit, calls, events, items, orders, outbox, users};

/// An open transaction with what it will write at its end.
pub(crate) struct Unit<'s> {
    pub services: &'s Services,
    pub tx: Tx,
    pub now: Timestamp,
    order: Option<Held>,
    events: Vec<Event>,
    works: Vec<Work>,
    calls: Vec<Call>,
    messages: Vec<Draft>,
    staff: Option<Staff>,
    audit: Vec<AuditLine>,
}

/// The order this unit holds.
struct Held {
    before: Order,
    after: Order,
    changed: bool,
    touched: bool,
}

impl<'s> Unit<'s> {
    /// Begins without a claim.
    pub async fn begin(services: &'s Services) -> Result<Self, ServiceError> {
        let tx = services.db.begin().await?;
        Ok(Self {
            services,
            tx,
            now: services.clock.now(),
            order: None,
            events: Vec::new(),
            works: Vec::new(),
            calls: Vec::new(),
            messages: Vec::new(),
            staff: None,
            audit: Vec::new(),
        })
    }

    /// Begins for a member of staff. That they still may is asked again here, with their account's row held until the
    /// end: a right taken away, a session ended or an account disabled before this commits stops it, and whoever takes
    /// it away waits for the units under way.
    ///
    /// Errors: [`ServiceError::NotFound`] without the right; [`ServiceError::StepUp`] when the act wants the second
    /// factor again; [`ServiceError::SignedOut`] when the session ended.
    pub async fn of_staff(services: &'s Services, actor: &Actor, act: Act) -> Result<Self, ServiceError> {
        let asked = rights::staff(actor, act)?;
        let mut unit = Self::begin(services).await?;
        let user = users::lock(&mut unit.tx, asked.user).await?.ok_or(ServiceError::SignedOut)?;
        let alive = user.state == UserState::Active && user.session_epoch == asked.epoch;
        let shown = users::lives(&mut unit.tx, asked.session, asked.user, asked.epoch, unit.now).await?;
        let Some(step_up_at) = shown.filter(|_| alive) else {
            return Err(ServiceError::SignedOut);
        };
        let roles = users::roles(&mut unit.tx, asked.user).await?;
        if !rights::allows(roles, act) {
            return Err(ServiceError::NotFound);
        }
        if act.right().step_up && !rights::is_fresh(step_up_at, unit.now) {
            return Err(ServiceError::StepUp);
        }
        unit.staff = Some(Staff { roles, step_up_at, name: user.name, login: user.login, ..asked.clone() });
        Ok(unit)
    }

    /// The member of staff this unit was begun for.
    ///
    /// Errors: [`ServiceError::Internal`] when it was begun for nobody.
    pub fn staff(&self) -> Result<&Staff, ServiceError> {
        self.staff.as_ref().ok_or_else(|| ServiceError::Internal("a unit of work of nobody of the staff".to_owned()))
    }

    /// A line of the audit log, written with everything else. `meta` holds no secret and no person. Gives the line's name.
    pub fn audit(
        &mut self,
        kind: AuditKind,
        action: &str,
        target: (&str, String),
        reason: Option<&str>,
        meta: Value,
    ) -> Result<AuditId, ServiceError> {
        let place = i64::try_from(self.audit.len()).unwrap_or(0);
        let at = self.now.plus(Span::micros(place));
        let line = desk::line(self.services, self.staff()?, at, (kind, action), target, reason, meta);
        let id = line.id;
        self.audit.push(line);
        Ok(id)
    }

    /// Begins for work. A process without a key in use, or writing with another one, writes nothing more: what it sealed and
    /// hashed would be found by nobody once that key is retired. Its claim runs out, and another process goes on.
    async fn of_work(services: &'s Services) -> Result<Self, ServiceError> {
        let mut unit = Self::begin(services).await?;
        desk::keys::in_step(services, &mut unit.tx, Lang::Ko).await?;
        Ok(unit)
    }

    /// Begins, and ends the claim with it.
    pub async fn finish(services: &'s Services, claim: &Claim, code: Option<&str>) -> Result<Self, ServiceError> {
        let mut unit = Self::of_work(services).await?;
        outbox::finish(&mut unit.tx, claim, code, unit.now).await?;
        Ok(unit)
    }

    /// Begins, and keeps the claim.
    pub async fn hold(services: &'s Services, claim: &Claim) -> Result<Self, ServiceError> {
        let mut unit = Self::of_work(services).await?;
        let until = unit.now.plus(services.policy.lease_of(claim.kind));
        outbox::hold(&mut unit.tx, claim, unit.now, until).await?;
        Ok(unit)
    }

    /// Begins, and gives the claim back until `when`: this try ended as it may.
    pub async fn retry(
        services: &'s Services,
        claim: &Claim,
        when: Timestamp,
        code: &str,
    ) -> Result<Self, ServiceError> {
        let mut unit = Self::of_work(services).await?;
        outbox::retry_at(&mut unit.tx, claim, when, code, true, unit.now).await?;
        Ok(unit)
    }

    /// Begins, and leaves the rest to a person.
    pub async fn review(services: &'s Services, claim: &Claim, code: &str) -> Result<Self, ServiceError> {
        let mut unit = Self::of_work(services).await?;
        outbox::review(&mut unit.tx, claim, code, unit.now).await?;
        tracing::error!(kind = %claim.kind, outbox = %claim.id, code, "a person must look at this work");
        Ok(unit)
    }

    /// Takes the order's row; nobody else changes the order or its items until the end.
    pub async fn take(&mut self, id: OrderId) -> Result<&Order, ServiceError> {
        let order = orders::lock(&mut self.tx, id).await?.ok_or(ServiceError::NotFound)?;
        let held = Held { before: order.clone(), after: order, changed: false, touched: false };
        Ok(&self.order.insert(held).after)
    }

    /// The order as it will be written.
    ///
    /// Errors: [`ServiceError::Internal`] when none was taken.
    pub fn order(&self) -> Result<&Order, ServiceError> {
        self.order.as_ref().map(|held| &held.after).ok_or_else(no_order)
    }

    /// Moves the order and writes its history.
    pub fn move_order(&mut self, event: OrderEvent, detail: Value) -> Result<(), ServiceError> {
        let held = self.order.as_mut().ok_or_else(no_order)?;
        held.after.state = held.after.state.next(event)?;
        held.changed = true;
        self.event(None, format!("order_{}", event.name()), detail)
    }

    /// Changes other fields of the order.
    pub fn edit_order(&mut self, edit: impl FnOnce(&mut Order)) -> Result<(), ServiceError> {
        let held = self.order.as_mut().ok_or_else(no_order)?;
        edit(&mut held.after);
        held.changed = true;
        Ok(())
    }

    /// Says that something of the order changed, so that its page is shown anew.
    pub fn touch(&mut self) -> Result<(), ServiceError> {
        self.order.as_mut().ok_or_else(no_order)?.touched = true;
        Ok(())
    }

    /// Moves a voucher by `events`, one after the other, changes what `edit` changes, and writes row and history.
    pub async fn move_item(
        &mut self,
        item: &Item,
        events: &[ItemEvent],
        detail: Value,
        edit: impl FnOnce(&mut Item),
    ) -> Result<Item, ServiceError> {
        let mut after = item.clone();
        for event in events {
            after.state = after.state.next(*event)?;
            after.reason = event.reason();
        }
        after.next_check_at = None;
        after.updated_at = self.now;
        edit(&mut after);
        items::write(&mut self.tx, item, &after).await?;
        after.revision += 1;
        for event in events {
            let mut detail = detail.clone();
            if let (Some(reason), Value::Object(map)) = (event.reason(), &mut detail) {
                map.insert("reason".to_owned(), json!(reason.as_str()));
            }
            self.event(Some(&after), format!("item_{}", event.name()), detail)?;
        }
        self.touch()?;
        Ok(after)
    }

    /// After a voucher moved: moves the order along and, when this was the last one, asks for the settlement.
    ///
    /// Holding the order's row makes "the last one" well defined: two vouchers can't both think they are not.
    pub async fn after_items(&mut self) -> Result<(), ServiceError> {
        let order = self.order()?.clone();
        let states: Vec<ItemState> = items::stand(&mut self.tx, order.id)
            .await?
            .into_iter()
            .flat_map(|(state, count)| (0..count).map(move |_| state))
            .collect();
        let stand = order_after_items(&states);
        let decided = matches!(stand, ItemsStand::ReadyToLock | ItemsStand::Locking | ItemsStand::ReadyToSettle);
        if order.state == OrderState::Verifying && decided {
            self.move_order(OrderEvent::StartLock, json!({}))?;
        }
        if matches!(stand, ItemsStand::ReadyToSettle | ItemsStand::AllRejected) {
            self.enqueue(OutboxKind::SettleOrder, order.id.bytes(), hex::encode(order.id.bytes()), self.now);
        }
        Ok(())
    }

    /// One line of history.
    pub fn event(&mut self, item: Option<&Item>, kind: String, detail: Value) -> Result<(), ServiceError> {
        let id = EventId::from_bytes(self.services.chance.id(self.now));
        let order_id = self.order()?.id;
        // A microsecond apart, so that the history reads in the order things were done.
        let place = i64::try_from(self.events.len()).unwrap_or(0);
        let (item_id, created_at) = (item.map(|item| item.id), self.now.plus(Span::micros(place)));
        self.events.push(Event { id, order_id, item_id, kind, detail, created_at });
        Ok(())
    }

    /// Work that must happen once this is committed.
    pub fn enqueue(&mut self, kind: OutboxKind, subject: [u8; 16], unique_key: String, run_at: Timestamp) {
        let id = OutboxId::from_bytes(self.services.chance.id(self.now));
        self.works.push(Work { id, kind, subject, unique_key, run_at });
    }

    /// One call to a partner, as it went.
    pub fn call(&mut self, call: Called) {
        self.calls.push(Call {
            id: CallId::from_bytes(self.services.chance.id(self.now)),
            party: call.party.to_owned(),
            operation: call.operation.to_owned(),
            reference: call.reference,
            subject_id: call.subject,
            outcome: call.outcome.to_owned(),
            code: call.code.map(|code| code.chars().take(60).collect()),
            started_at: call.started_at,
            finished_at: self.now,
        });
    }

    /// A message to the order's customer, sent once per order and kind.
    pub fn message(&mut self, kind: MessageKind, body: &str) -> Result<(), ServiceError> {
        let order = self.order()?;
        let draft = Draft::of_order(self.services, order, kind, body, self.now)?;
        self.messages.push(draft);
        Ok(())
    }

    /// A message that was sealed already, under a key of its own.
    pub fn draft(&mut self, draft: Draft) {
        self.messages.push(draft);
    }

    /// Writes what was gathered and commits, then wakes the workers.
    pub async fn commit(mut self) -> Result<(), ServiceError> {
        let drafts: Vec<&Draft> = self.messages.iter().collect();
        self.works.extend(Draft::write(&mut self.tx, &drafts).await?);
        if let Some(held) = &mut self.order {
            if held.changed {
                held.after.updated_at = self.now;
                orders::write(&mut self.tx, &held.before, &held.after).await?;
            } else if held.touched {
                orders::touch(&mut self.tx, held.before.id, self.now).await?;
            }
        }
        events::insert_many(&mut self.tx, &self.events).await?;
        for call in &self.calls {
            calls::insert(&mut self.tx, call).await?;
        }
        for line in &self.audit {
            audit::insert(&mut self.tx, line).await?;
        }
        let new = outbox::enqueue(&mut self.tx, &self.works, self.now).await?;
        self.tx.commit().await?;
        if new > 0 {
            self.services.wake.notify_waiters();
        }
        Ok(())
    }
}

/// A call to a partner that has ended.
pub(crate) struct Called {
    pub party: &'static str,
    pub operation: &'static str,
    pub reference: String,
    pub subject: [u8; 16],
    pub outcome: &'static str,
    pub code: Option<String>,
    pub started_at: Timestamp,
}

fn no_order() -> ServiceError {
    ServiceError::Internal("a unit of work changed an order it had not taken".to_owned())
}

/// How long to wait before a harmless call is made again: a tenth of the time it has been tried for, between one
/// second and five minutes. Steady while a partner is down for hours, prompt when it hiccups.
pub(crate) fn patience(since: Timestamp, now: Timestamp) -> Span {
    let tenth = now.since(since).as_micros() / 10;
    Span::micros(tenth.clamp(Span::seconds(1).as_micros(), Span::minutes(5).as_micros()))
}

/// Somebody else was faster: nothing was written and nothing needs to be.
pub(crate) fn is_conflict(error: &ServiceError) -> bool {
    matches!(error, ServiceError::Store(StoreError::Conflict { .. }))
}
