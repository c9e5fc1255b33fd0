//! Holds our books against the partners' journals, line by line in both directions.
//!
//! The journals are the oracle: they are written by another program, on disk before it answers, and know nothing of
//! our tables. Everything is compared as sets of (reference, amount), so that a loss and a double can't cancel out.

use crate::product::Product;
use domain::{AttemptState, ItemState, MessageState, OrderState, OutboxState, PayoutState};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use store::checks;
use store::outbox;

/// What was compared, and what did not fit.
#[derive(Clone, Debug, Default)]
pub struct Balance {
    /// Redemptions in the issuer's journal.
    pub redemptions: usize,
    /// Transfers in the bank's journal.
    pub transfers: usize,
    /// Messages in the agent's journal.
    pub messages: usize,
    /// Orders in our database.
    pub orders: usize,
    /// Each difference as a sentence. Empty: the books are balanced.
    pub differences: Vec<String>,
}

impl Balance {
    fn differ(&mut self, text: String) {
        self.differences.push(text);
    }

    /// Fails with every difference.
    pub fn assert_even(&self) {
        assert!(self.differences.is_empty(), "the books don't balance:\n{}", self.differences.join("\n"));
    }
}

fn text(line: &Value, field: &str) -> String {
    line[field].as_str().unwrap_or_default().to_owned()
}

fn amount(line: &Value) -> i64 {
    line["amount"].as_i64().unwrap_or(-1)
}

/// Compares everything. The product must be quiet, and on SQLite stopped. `told` are the codes customers were shown.
pub async fn balance(product: &Product, told: &[String]) -> Balance {
    let mut balance = Balance::default();
    let books = product.books().await;
    let mut reader = books.read().await.unwrap();
    issuer(&mut balance, &product.partners.journal("issuer").await, &checks::redemptions(&mut reader).await.unwrap());
    bank(&mut balance, &product.partners.journal("bank").await, &checks::transfers(&mut reader).await.unwrap());
    let messages = checks::messages(&mut reader).await.unwrap();
    agent(&mut balance, &sent(product, &messages).await, &messages);
    orders(&mut balance, &checks::orders(&mut reader).await.unwrap(), told);
    for (lane, state, works, _) in outbox::ages(&mut reader).await.unwrap() {
        if state != OutboxState::Done {
            balance.differ(format!("{works} works of lane {lane} are still {state}"));
        }
    }
    drop(reader);
    books.close().await;
    balance
}

/// The agent's journal. It takes a moment between the row and the line; a message that never comes is waited for in vain.
async fn sent(product: &Product, ours: &[checks::Message]) -> Vec<Value> {
    let began = Instant::now();
    loop {
        let journal = product.partners.journal("agent").await;
        let keys: BTreeSet<String> = journal.iter().map(|line| text(line, "reference")).collect();
        let all = ours
            .iter()
            .filter(|message| message.state == MessageState::Handed)
            .all(|message| keys.contains(&message.client_key));
        if all || began.elapsed() > Duration::from_secs(10) {
            return journal;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn issuer(balance: &mut Balance, journal: &[Value], ours: &[checks::Redemption]) {
    let mut theirs: BTreeMap<String, i64> = BTreeMap::new();
    let mut redeemed: BTreeSet<String> = BTreeSet::new();
    for line in journal.iter().filter(|line| line["operation"] == "redeem") {
        let (reference, pin) = (text(line, "reference"), text(line, "pin_hash"));
        if line["decision"] == "redeemed" {
            if !redeemed.insert(pin.clone()) {
                balance.differ(format!("issuer: number {pin} was redeemed twice, the second time as {reference}"));
            }
            if theirs.insert(reference.clone(), amount(line)).is_some() {
                balance.differ(format!("issuer: reference {reference} redeemed twice"));
            }
        } else if redeemed.contains(&pin) && !theirs.contains_key(&reference) {
            balance.differ(format!("issuer: {reference} tried to redeem number {pin} again"));
        }
    }
    balance.redemptions = theirs.len();
    let mut accepted: BTreeMap<String, i64> = BTreeMap::new();
    let mut items: BTreeMap<[u8; 16], (ItemState, u32, &checks::Redemption)> = BTreeMap::new();
    for line in ours {
        let entry = items.entry(line.item).or_insert((line.item_state, 0, line));
        let Some(attempt) = &line.attempt else { continue };
        match attempt.state {
            AttemptState::Accepted => {
                entry.1 += 1;
                let face = attempt.amount.map_or(-1, domain::Won::get);
                if line.face != attempt.amount {
                    balance.differ(format!(
                        "ours: {} took {face} but its voucher says {:?}",
                        attempt.reference, line.face
                    ));
                }
                if accepted.insert(attempt.reference.clone(), face).is_some() {
                    balance.differ(format!("ours: reference {} stands twice", attempt.reference));
                }
            }
            AttemptState::Attempted | AttemptState::Unknown => {
                balance.differ(format!("ours: redemption {} of {} is open", attempt.reference, line.order_code));
            }
            AttemptState::Rejected | AttemptState::NotSent => {}
        }
    }
    for (state, count, line) in items.values() {
        let wanted = u32::from(matches!(state, ItemState::Locked | ItemState::Settled | ItemState::Paid));
        if *count != wanted {
            balance.differ(format!(
                "ours: a {} voucher of {} is {state} with {count} redemptions",
                line.brand, line.order_code
            ));
        }
    }
    same(balance, "issuer", &theirs, &accepted);
}

fn bank(balance: &mut Balance, journal: &[Value], ours: &[checks::Transfer]) {
    let mut theirs: BTreeMap<String, i64> = BTreeMap::new();
    for line in journal.iter().filter(|line| line["operation"] == "deposit" && line["decision"] == "paid") {
        let reference = format!("{} {}", text(line, "date"), text(line, "reference"));
        if theirs.insert(reference.clone(), amount(line)).is_some() {
            balance.differ(format!("bank: {reference} paid twice"));
        }
    }
    balance.transfers = theirs.len();
    let mut accepted: BTreeMap<String, i64> = BTreeMap::new();
    let mut payouts: BTreeMap<[u8; 16], (u32, &checks::Transfer)> = BTreeMap::new();
    for line in ours {
        let entry = payouts.entry(line.payout).or_insert((0, line));
        if line.amount != line.total_payable {
            balance.differ(format!(
                "ours: order {} pays {} by a payout of {}",
                line.order_code, line.total_payable, line.amount
            ));
        }
        let Some(attempt) = &line.attempt else { continue };
        match attempt.state {
            AttemptState::Accepted => {
                entry.0 += 1;
                let reference = format!("{} {}", line.tran_date.as_deref().unwrap_or_default(), attempt.reference);
                let won = attempt.amount.map_or(-1, domain::Won::get);
                if attempt.amount != Some(line.amount) {
                    balance.differ(format!("ours: {reference} sent {won} for a payout of {}", line.amount));
                }
                if accepted.insert(reference.clone(), won).is_some() {
                    balance.differ(format!("ours: transfer {reference} stands twice"));
                }
            }
            AttemptState::Attempted | AttemptState::Unknown => {
                balance.differ(format!("ours: transfer {} of {} is open", attempt.reference, line.order_code));
            }
            AttemptState::Rejected | AttemptState::NotSent => {}
        }
    }
    for (count, line) in payouts.values() {
        let wanted = u32::from(matches!(line.payout_state, PayoutState::Paid | PayoutState::Returned));
        if *count != wanted {
            balance
                .differ(format!("ours: payout of {} is {} with {count} transfers", line.order_code, line.payout_state));
        }
        if (line.payout_state == PayoutState::Paid) != (line.order_state == OrderState::Paid) {
            balance.differ(format!(
                "ours: order {} is {} and its payout {}",
                line.order_code, line.order_state, line.payout_state
            ));
        }
    }
    same(balance, "bank", &theirs, &accepted);
}

fn agent(balance: &mut Balance, journal: &[Value], ours: &[checks::Message]) {
    use MessageState as S;
    let mut theirs: BTreeMap<String, i64> = BTreeMap::new();
    for line in journal.iter().filter(|line| line["operation"] == "send") {
        let reference = text(line, "reference");
        if theirs.insert(reference.clone(), 0).is_some() {
            balance.differ(format!("agent: {reference} sent twice"));
        }
    }
    balance.messages = theirs.len();
    let mut handed: BTreeMap<String, i64> = BTreeMap::new();
    let mut unique = BTreeSet::new();
    for message in ours {
        if !unique.insert(&message.unique_key) {
            balance.differ(format!("ours: message {} was written twice", message.unique_key));
        }
        match message.state {
            S::Handed | S::Delivered => {
                handed.insert(message.client_key.clone(), 0);
            }
            // Ended at the agent or before it.
            S::Failed | S::Dropped => {
                if theirs.contains_key(&message.client_key) {
                    handed.insert(message.client_key.clone(), 0);
                }
            }
            S::Ready | S::Handing | S::Unknown => {
                balance.differ(format!(
                    "ours: message {} ({}) is still {}",
                    message.client_key, message.kind, message.state
                ));
            }
        }
    }
    same(balance, "agent", &theirs, &handed);
}

fn orders(balance: &mut Balance, ours: &[checks::OrderSum], told: &[String]) {
    balance.orders = ours.len();
    let codes: BTreeSet<&str> = ours.iter().map(|order| order.code.as_str()).collect();
    for code in told {
        if !codes.contains(code.as_str()) {
            balance.differ(format!("a customer was told {code}, and it is not there"));
        }
    }
    for order in ours {
        let end = match order.state {
            OrderState::Paid => order.gross.saturating_sub_zero(order.fee),
            OrderState::Rejected | OrderState::Cancelled => continue,
            other => {
                balance.differ(format!("order {} is {other}", order.code));
                continue;
            }
        };
        if end != order.total_payable {
            balance.differ(format!("order {} pays {} but its vouchers make {end}", order.code, order.total_payable));
        }
    }
}

/// One to one, with the amount.
fn same(balance: &mut Balance, party: &str, theirs: &BTreeMap<String, i64>, ours: &BTreeMap<String, i64>) {
    for (reference, amount) in theirs {
        match ours.get(reference) {
            None => balance.differ(format!("{party}: did {reference} ({amount}), and we don't know it")),
            Some(own) if own != amount => {
                balance.differ(format!("{party}: {reference} moved {amount}, our books say {own}"));
            }
            Some(_) => {}
        }
    }
    for (reference, amount) in ours {
        if !theirs.contains_key(reference) {
            balance.differ(format!("ours: {reference} ({amount}) was done, says our book, but not {party}'s"));
        }
    }
}
