//! Numbers an operator may set, in one place. `Leptos.toml` fills it; the defaults are the product's.

use domain::bank::RailRest;
use domain::policy::{INQUIRY_WAITS, MOST_INQUIRIES};
use domain::{OutboxKind, Span, Won};

/// Limits and delays of the shop.
#[derive(Clone, Debug)]
pub struct Policy {
    /// How long a quote holds.
    pub quote_valid: Span,
    /// How long an untouched draft is kept.
    pub draft_keep: Span,
    /// Payouts up to this amount go out by themselves; above, they wait for people.
    pub auto_payout_limit: Won,
    /// Pause before each result inquiry of a transfer or redemption, counted from the call; the last one repeats.
    pub inquiry_schedule: Vec<Span>,
    /// After this many inquiries without an answer a person decides.
    pub max_inquiries: u32,
    /// A work row held longer than this belongs to a dead worker; one that moves money, longer than twice this.
    pub lease: Span,
    /// When the rail takes no transfers around midnight.
    pub rail_rest: RailRest,
    /// Claims without an outcome after which a row is tried every ten minutes only, with an error in the log.
    pub max_claims: u32,
    /// A quiet time after a lost call before "not found" is believed.
    pub settle_delay: Span,
    /// Before TheCheat is asked again after it gave no answer.
    pub risk_check_pause: Span,
    /// Sender number of our messages.
    pub callback_number: String,
    /// Where links in messages point, without a slash at the end.
    pub public_url: String,
    /// Sandbox: partners are ours and nothing is real.
    pub sandbox: bool,
    /// One-time codes per phone and day, and per address and day.
    pub codes_per_phone: u32,
    pub codes_per_address: u32,
    /// Inquiries per address and hour.
    pub inquiries_per_address: u32,
    /// Staff can't sign in without a second factor.
    pub second_factor: bool,
}

impl Policy {
    /// How long a claim on such work holds.
    pub fn lease_of(&self, kind: OutboxKind) -> Span {
        kind.lease(self.lease)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            quote_valid: Span::minutes(10),
            draft_keep: Span::minutes(120),
            auto_payout_limit: Won::new(500_000).unwrap_or(Won::ZERO),
            inquiry_schedule: INQUIRY_WAITS.to_vec(),
            max_inquiries: MOST_INQUIRIES,
            lease: Span::seconds(60),
            rail_rest: RailRest::USUAL,
            max_claims: 8,
            settle_delay: Span::minutes(5),
            risk_check_pause: Span::seconds(5),
            callback_number: "15880000".to_owned(),
            public_url: "http://localhost:3000".to_owned(),
            sandbox: false,
            codes_per_phone: 10,
            codes_per_address: 30,
            inquiries_per_address: 5,
            second_factor: true,
        }
    }
}
