//! Codes sent to phones: how long they live and what one wrong digit costs.

use crate::state::{Refused, words};
use crate::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Digits in a code.
pub const DIGITS: usize = 6;
/// One more than the largest code: codes are drawn from `0..CODES`.
pub const CODES: u32 = 1_000_000;
/// How long a code may be typed.
pub const VALID: Span = Span::seconds(180);
/// Wrong tries before a code is dead.
pub const MAX_TRIES: u32 = 5;
/// How long until another code may be asked for.
pub const RESEND_AFTER: Span = Span::seconds(60);
/// Codes a phone may be sent per Korean day.
pub const PER_PHONE_PER_DAY: u32 = 10;
/// Codes a client address may ask for per Korean day.
pub const PER_ADDRESS_PER_DAY: u32 = 30;
/// How long a proved phone counts as proved.
pub const PROOF_VALID: Span = Span::minutes(30);

/// What a proved phone is good for; a proof for one is none for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtpPurpose {
    /// Selling.
    Sell,
    /// Looking up one's orders.
    Lookup,
}

words!(OtpPurpose, "code purpose", { Sell => "sell", Lookup => "lookup" });

/// Where a challenge stands. The words are those of `otp_challenges.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtpState {
    /// The code may be typed.
    Open,
    /// The right code was typed; the proof may be used.
    Verified,
    /// The proof was used. An end.
    Used,
    /// Too many tries, or too late. An end.
    Failed,
    /// A newer code took its place. An end.
    Replaced,
}

words!(OtpState, "code state", {
    Open => "open",
    Verified => "verified",
    Used => "used",
    Failed => "failed",
    Replaced => "replaced",
});

/// What happens to a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtpEvent {
    /// The right code, in time.
    RightCode,
    /// A wrong code, with tries left.
    WrongCode,
    /// The last wrong code.
    LastWrongCode,
    /// Its time, or its proof's time, is over.
    Expired,
    /// A newer code was sent.
    Replaced,
    /// The proof is used.
    Use,
}

impl OtpEvent {
    /// Every event, in order.
    pub const ALL: &'static [Self] =
        &[Self::RightCode, Self::WrongCode, Self::LastWrongCode, Self::Expired, Self::Replaced, Self::Use];

    /// Its name in history and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RightCode => "right_code",
            Self::WrongCode => "wrong_code",
            Self::LastWrongCode => "last_wrong_code",
            Self::Expired => "expired",
            Self::Replaced => "replaced",
            Self::Use => "use",
        }
    }
}

impl OtpState {
    /// The one table of legal moves.
    ///
    /// Errors: [`Refused`] for every pair that isn't in it.
    pub const fn next(self, event: OtpEvent) -> Result<Self, Refused> {
        use OtpEvent as E;
        use OtpState as S;
        Ok(match (self, event) {
            (S::Open, E::RightCode) => S::Verified,
            (S::Open, E::WrongCode) => S::Open,
            (S::Open, E::LastWrongCode) | (S::Open | S::Verified, E::Expired) => S::Failed,
            (S::Open, E::Replaced) => S::Replaced,
            (S::Verified, E::Use) => S::Used,
            (state, event) => {
                return Err(Refused { machine: "otp", state: state.as_str(), event: event.name() });
            }
        })
    }
}

/// What a typed code means, given wrong tries so far and the challenge's end.
///
/// Time is looked at first, so that a late right code proves nothing and a late wrong one costs nothing.
pub fn judge(tries: u32, expires_at: Timestamp, now: Timestamp, right: bool) -> OtpEvent {
    if now >= expires_at {
        OtpEvent::Expired
    } else if tries >= MAX_TRIES {
        OtpEvent::LastWrongCode
    } else if right {
        OtpEvent::RightCode
    } else if tries + 1 >= MAX_TRIES {
        OtpEvent::LastWrongCode
    } else {
        OtpEvent::WrongCode
    }
}

/// Tries left after so many wrong ones.
pub const fn tries_left(tries: u32) -> u32 {
    MAX_TRIES.saturating_sub(tries)
}

/// Six digits from a random number, evenly enough (the bias of `mod` over 64 bits is below 10⁻¹³).
pub fn code_from_random(random: u64) -> String {
    format!("{:06}", random % u64::from(CODES))
}

/// The six digits a person typed, full-width and spaced ones too; `None` when there aren't exactly six.
pub fn read_code(typed: &str) -> Option<String> {
    let mut digits = String::new();
    for c in typed.chars().map(crate::form::half_width) {
        match c {
            '0'..='9' => digits.push(c),
            c if c.is_whitespace() || crate::form::is_dash(c) || crate::form::is_invisible(c) => {}
            _ => return None,
        }
    }
    (digits.len() == DIGITS).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tables;

    #[test]
    fn a_challenge_moves_by_the_table_and_not_otherwise() {
        use OtpEvent as E;
        use OtpState as S;
        tables::check(
            S::ALL,
            E::ALL,
            &[
                (S::Open, E::RightCode, S::Verified),
                (S::Open, E::WrongCode, S::Open),
                (S::Open, E::LastWrongCode, S::Failed),
                (S::Open, E::Expired, S::Failed),
                (S::Open, E::Replaced, S::Replaced),
                (S::Verified, E::Use, S::Used),
                (S::Verified, E::Expired, S::Failed),
            ],
            OtpState::next,
        );
    }

    #[test]
    fn the_fifth_wrong_try_is_the_last() {
        let now = Timestamp::from_micros(0);
        let end = now.plus(VALID);
        for tries in 0..4 {
            assert_eq!(judge(tries, end, now, false), OtpEvent::WrongCode);
        }
        assert_eq!(judge(4, end, now, false), OtpEvent::LastWrongCode);
        assert_eq!(judge(4, end, now, true), OtpEvent::RightCode);
        assert_eq!(judge(5, end, now, true), OtpEvent::LastWrongCode);
        assert_eq!(tries_left(4), 1);
        assert_eq!(tries_left(9), 0);
    }

    #[test]
    fn a_late_code_proves_nothing() {
        let end = Timestamp::from_micros(0).plus(VALID);
        assert_eq!(judge(0, end, end.minus(Span::micros(1)), true), OtpEvent::RightCode);
        assert_eq!(judge(0, end, end, true), OtpEvent::Expired);
        assert_eq!(judge(0, end, end, false), OtpEvent::Expired);
    }

    #[test]
    fn a_code_is_six_digits_however_typed() {
        assert_eq!(code_from_random(7), "000007");
        assert_eq!(code_from_random(1_000_007), "000007");
        assert_eq!(read_code(" 123 456 ").as_deref(), Some("123456"));
        assert_eq!(read_code("１２３-４５６").as_deref(), Some("123456"));
        assert_eq!(read_code("12345"), None);
        assert_eq!(read_code("12345a"), None);
        assert_eq!(read_code("1234567"), None);
    }
}
