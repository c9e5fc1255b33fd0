//! The order's page: everything that is known of one order, masked.

use crate::state::words;
use crate::wire::ItemTone;
use crate::{Speed, Timestamp, Won};
use serde::{Deserialize, Serialize};

/// Why a person stops an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    CustomerAsked,
    Identity,
    Account,
    Suspicion,
    Authority,
    Other,
}

words!(HoldReason, "hold reason", {
    CustomerAsked => "customer_asked",
    Identity => "identity",
    Account => "account",
    Suspicion => "suspicion",
    Authority => "authority",
    Other => "other",
});

/// What a line of the timeline tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoryKind {
    Order,
    Partner,
    Message,
    Risk,
    Change,
    View,
    Note,
}

words!(StoryKind, "story kind", {
    Order => "order",
    Partner => "partner",
    Message => "message",
    Risk => "risk",
    Change => "change",
    View => "view",
    Note => "note",
});

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryLine {
    /// Names it on the page and in links: `evt_…`, `cal_…`.
    pub key: String,
    pub at: Timestamp,
    pub kind: StoryKind,
    pub title: String,
    /// Codes, amounts, references; a note's text.
    pub detail: String,
    /// A person's name; empty for machines.
    pub who: String,
    /// Why, as a person gave it.
    pub reason: String,
    pub tone: ItemTone,
}

/// A value to choose and its word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    pub value: String,
    pub label: String,
}

/// Somebody is at a voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimView {
    pub who: String,
    pub mine: bool,
    pub since: Timestamp,
    pub until: Timestamp,
}

/// The order's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDeskView {
    pub code: String,
    pub state: String,
    pub tone: ItemTone,
    pub created_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    pub paid_at: Option<Timestamp>,
    pub speed: Speed,
    /// The customer's language.
    pub lang: crate::Lang,
    pub total_face: Won,
    pub quoted: Won,
    pub fee: Won,
    /// Fixed at settlement; the quoted net before.
    pub payable: Won,
    pub name: String,
    pub phone: String,
    pub bank: String,
    pub account: String,
    pub holder: String,
    pub holder_check: String,
    pub holder_tone: ItemTone,
    pub risk_score: i64,
    pub flags: Vec<FlagLine>,
    pub consents: Vec<ConsentLine>,
    pub held: Option<HeldView>,
    pub can_hold: bool,
    pub hold_reasons: Vec<Pick>,
    pub items: Vec<DeskItem>,
    pub payout: Option<DeskPayout>,
    pub messages: Vec<DeskMessage>,
    pub works: Vec<DeskWork>,
    /// Oldest first.
    pub story: Vec<StoryLine>,
    /// More was left out of the timeline.
    pub story_cut: bool,
    /// Names the last change by a person that this page knows; forms carry it.
    pub mark: i64,
    pub now: Timestamp,
}

/// A rule of the risk desk that hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagLine {
    /// The rule's stored word.
    pub word: String,
    pub points: i64,
}

/// What the customer agreed to, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentLine {
    pub word: String,
    pub version: u32,
    pub granted: bool,
    pub at: Timestamp,
}

/// Why it stands still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldView {
    pub word: String,
    /// Where it goes on.
    pub from: String,
    /// What releasing it does beyond that.
    pub then: String,
    /// The risk desk stopped it and releases it.
    pub by_risk: bool,
}

/// One voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskItem {
    pub id: String,
    /// From 1.
    pub number: u32,
    pub brand: String,
    pub pin: String,
    /// Labels of the numbers beside the PIN.
    pub companions: Vec<String>,
    pub state: String,
    pub tone: ItemTone,
    pub reason: String,
    /// The reason as the customer reads it.
    pub told: String,
    pub claimed_face: Won,
    pub face: Option<Won>,
    /// Basis points.
    pub rate: u32,
    pub payable: Option<Won>,
    pub issuer_ref: String,
    pub next_check_at: Option<Timestamp>,
    pub revision: i64,
    /// Reasons it may be turned down for now; none when it can't be.
    pub reject_for: Vec<Pick>,
    /// It waits for the manual desk.
    pub manual: bool,
    pub claim: Option<ClaimView>,
}

/// The right to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPayout {
    pub state: String,
    pub tone: ItemTone,
    pub amount: Won,
    pub bank: String,
    pub account: String,
    pub holder: String,
    pub hold_reason: String,
    pub not_before: Timestamp,
    pub next_check_at: Option<Timestamp>,
    pub executed_at: Option<Timestamp>,
    pub attempts: Vec<DeskAttempt>,
}

/// One transfer under one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskAttempt {
    pub number: u32,
    pub state: String,
    pub tone: ItemTone,
    pub reference: String,
    pub codes: String,
    pub inquiries: u32,
    pub at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// A message of the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskMessage {
    pub id: String,
    pub word: String,
    pub channel: String,
    pub state: String,
    pub tone: ItemTone,
    pub code: String,
    pub at: Timestamp,
    pub can_resend: bool,
    /// It is or may be on the phone already.
    pub maybe_twice: bool,
}

/// Work that is open for the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskWork {
    pub id: String,
    pub epoch: i64,
    pub word: String,
    pub state: String,
    pub tone: ItemTone,
    pub code: String,
    pub next_at: Option<Timestamp>,
    /// A person may let it be tried again; `effect` says what happens then, or why not.
    pub can_reopen: bool,
    pub effect: String,
}

/// What a person asked to see, for half a minute.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealedView {
    pub code: String,
    pub what: String,
    /// Label and value.
    pub lines: Vec<(String, String)>,
    pub seconds: i64,
    /// The voucher, when it was one of the manual desk's.
    pub item: Option<String>,
}

impl std::fmt::Debug for RevealedView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RevealedView").field("what", &self.what).finish_non_exhaustive()
    }
}
