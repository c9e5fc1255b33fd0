//! The draft: everything one sale knows, kept as one sealed row.

use crate::otp::Proof;
use domain::wire::{FieldError, HolderCheck, PasteReport};
use domain::{Lang, OrderId, PricedLine, QuoteId, Span, Speed, Timestamp, Won};
use serde::{Deserialize, Serialize};
use store::quotes::FrozenQuote;

/// The sale in the making. Holds numbers and persons in clear, so it is never printed and only stored sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    pub next_row: u32,
    pub rows: Vec<Row>,
    pub speed: Speed,
    pub quote: Option<Frozen>,
    /// Net of the price the customer saw last, and the speed it was for; gone when the rows change.
    pub seen: Option<(Speed, Won)>,
    pub you: You,
    pub consents: Vec<Given>,
    pub submit_key: String,
    pub order: Option<Made>,
    pub said: Said,
}

/// What the last action has to say. Told to the page that follows the action, not to one opened much later.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    pub at: Timestamp,
    pub errors: Vec<FieldError>,
    pub paste: Option<PasteReport>,
    pub requoted: Option<(Won, Won)>,
}

impl Said {
    /// How long a page may take to follow its action.
    const TOLD_FOR: Span = Span::seconds(60);

    /// Is it still news?
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        (Span::ZERO..=Self::TOLD_FOR).contains(&now.since(self.at))
    }
}

/// One voucher. The number is in its normal form when it is right, and as typed when it isn't.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Row {
    pub id: u32,
    pub brand: String,
    pub guessed: bool,
    pub pin: String,
    pub companion: Vec<(String, String)>,
    pub face: Option<Won>,
    /// What was typed as the face when it is none.
    pub bad_face: Option<String>,
    /// The number is being sold already; said by submit, gone when the number changes.
    pub taken: bool,
}

/// A frozen price.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Frozen {
    pub id: QuoteId,
    pub speed: Speed,
    pub lines: Vec<PricedLine>,
    pub total_face: Won,
    pub gross: Won,
    pub fee: Won,
    pub net: Won,
    pub valid_until: Timestamp,
}

/// A consent given, to one version of one document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Given {
    pub kind: String,
    pub version: u32,
    pub lang: Lang,
}

/// The fields of the step "you", as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct You {
    pub name: String,
    pub phone: String,
    pub code: Option<Sent>,
    pub proved: Option<Proved>,
    pub bank_code: String,
    pub account: String,
    pub holder: String,
    pub checked: Option<HolderAnswer>,
    /// Questions to the bank so far: the form isn't a telephone book.
    pub asked: u32,
}

/// A code under way.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Sent {
    /// Digits of the phone it went to.
    pub phone: String,
    pub until: Timestamp,
    pub resend_after: Timestamp,
    pub tries_left: u32,
}

/// A phone that was proved.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Proved {
    /// Digits of the phone.
    pub phone: String,
    pub proof: Proof,
    pub until: Timestamp,
}

/// What the bank said, and about what.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct HolderAnswer {
    pub bank_code: String,
    pub account: String,
    pub holder: String,
    pub check: HolderCheck,
}

/// The order the draft became.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Made {
    pub id: OrderId,
    pub code: String,
}

impl From<&FrozenQuote> for Frozen {
    fn from(frozen: &FrozenQuote) -> Self {
        Self {
            id: frozen.id,
            speed: frozen.speed,
            lines: frozen.quote.lines.clone(),
            total_face: frozen.quote.total_face,
            gross: frozen.quote.gross,
            fee: frozen.quote.fee,
            net: frozen.quote.net,
            valid_until: frozen.valid_until,
        }
    }
}

impl Draft {
    /// An empty sale.
    pub fn new(submit_key: String) -> Self {
        Self { submit_key, ..Self::default() }
    }

    /// The rows have changed: no price holds for them any more.
    pub fn rows_changed(&mut self) {
        self.quote = None;
        self.seen = None;
    }

    /// The next row's number.
    pub fn new_row_id(&mut self) -> u32 {
        self.next_row = self.next_row.saturating_add(1);
        self.next_row
    }

    /// What is wrong with one field; the first of a field's errors stays.
    pub fn wrong(&mut self, field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) {
        let field = field.into();
        if !self.said.errors.iter().any(|error| error.field == field) {
            self.said.errors.push(FieldError { field, code: code.into(), message: message.into() });
        }
    }
}
