//! What partners' answers mean for us, as tables. The default is always to stop and look, never to say yes.

mod bank_codes;
mod silence;

pub use bank_codes::{BankVerdict, bank_verdict};
pub use silence::{BANK_LULL, GIVE_UP, LULL, came_to_nothing, failing_since};

use crate::{ItemEvent, Reason, Span, Timestamp, Won};

/// What is known after a call that may have had an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallOutcome<T> {
    /// It certainly never reached the partner; may be sent again under a new attempt.
    NotSent,
    /// The partner did it.
    Accepted(T),
    /// The partner certainly didn't do it; its code says why.
    Rejected(String),
    /// Nobody knows. Inquire; never resend by guess.
    Unknown,
}

impl<T> CallOutcome<T> {
    /// The word recorded in `partner_calls.outcome`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Accepted(_) => "accepted",
            Self::Rejected(_) => "rejected",
            Self::Unknown => "unknown",
        }
    }
}

/// Waits before the inquiries after an unclear effect; the last one repeats (domain-facts §4.1).
pub const INQUIRY_WAITS: [Span; 4] = [Span::minutes(1), Span::minutes(2), Span::minutes(4), Span::minutes(10)];
/// Inquiries after which it is a person's turn.
pub const MOST_INQUIRIES: u32 = 10;

/// "Not found" answers that prove an attempt was never received.
pub const NOT_FOUND_PROOF: u32 = 2;

/// The wait before the next inquiry when `done` have been made; `None` when it is a person's turn.
pub fn next_inquiry(waits: &[Span], at_most: u32, done: u32) -> Option<Span> {
    if done >= at_most {
        return None;
    }
    let index = usize::try_from(done).unwrap_or(usize::MAX);
    waits.get(index).or(waits.last()).copied()
}

/// Was this asked late enough after the send for a "not found" to mean something?
pub fn has_settled(settling: Span, sent_at: Timestamp, asked_at: Timestamp) -> bool {
    asked_at.since(sent_at) >= settling
}

/// Is it proved that the partner never got what was sent? Two "not found", the last of them asked after the settling
/// delay.
pub fn proves_unsent(settling: Span, not_found: u32, sent_at: Timestamp, asked_at: Timestamp) -> bool {
    not_found >= NOT_FOUND_PROOF && has_settled(settling, sent_at, asked_at)
}

/// Did the issuer's bridge turn us away at its door: our signature, our key or our clock? Said before anything is
/// looked at (`docs/partners/issuer-bridge.md`); for us to mend, and nothing about the voucher.
pub fn turned_away(code: &str) -> bool {
    matches!(code, "stale_time" | "bad_signature" | "unknown_key")
}

/// An issuer's answer. Its JSON form is the contract's and lives in the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssuerAnswer {
    /// Good, or redeemed.
    Ok {
        /// Face value.
        face: Won,
        /// What is left on it.
        balance: Won,
        /// Last moment of use, if the issuer says.
        expires_at: Option<Timestamp>,
        /// The issuer's own reference.
        issuer_ref: Option<String>,
    },
    /// Redeemed before.
    Used,
    /// No such number.
    NotFound,
    /// Empty.
    ZeroBalance,
    /// Partly used.
    Partial {
        /// What is left on it.
        balance: Won,
    },
    /// The issuer has locked our look-ups.
    LockedOut,
    /// The issuer can't do this by machine.
    NotSupported,
    /// The issuer is in trouble.
    Temporary,
}

impl IssuerAnswer {
    /// The answer's own word.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Ok { .. } => "ok",
            Self::Used => "used",
            Self::NotFound => "not_found",
            Self::ZeroBalance => "zero_balance",
            Self::Partial { .. } => "partial",
            Self::LockedOut => "locked_out",
            Self::NotSupported => "not_supported",
            Self::Temporary => "temporary",
        }
    }
}

/// What a balance inquiry means for the item. Nothing was changed at the issuer, so what is unclear is asked again.
///
/// Where the issuer has no inquiry the form check is all there is: the item passes and the lock tells the face.
pub fn verify_event(answer: &CallOutcome<IssuerAnswer>, now: Timestamp) -> ItemEvent {
    match answer {
        CallOutcome::Accepted(answer) => match answer {
            IssuerAnswer::Ok { expires_at: Some(end), .. } if *end <= now => ItemEvent::Refused(Reason::Expired),
            IssuerAnswer::Ok { balance, .. } if balance.is_zero() => ItemEvent::Refused(Reason::ZeroBalance),
            IssuerAnswer::Ok { face, balance, .. } if balance < face => ItemEvent::Refused(Reason::Partial),
            IssuerAnswer::Ok { .. } | IssuerAnswer::NotSupported => ItemEvent::VerifyPassed,
            IssuerAnswer::Used => ItemEvent::Refused(Reason::Used),
            IssuerAnswer::NotFound => ItemEvent::Refused(Reason::NotFound),
            IssuerAnswer::ZeroBalance => ItemEvent::Refused(Reason::ZeroBalance),
            IssuerAnswer::Partial { .. } => ItemEvent::Refused(Reason::Partial),
            IssuerAnswer::LockedOut => ItemEvent::SentToDesk(Reason::LockedOut),
            IssuerAnswer::Temporary => ItemEvent::VerifyUnclear,
        },
        CallOutcome::Rejected(code) if turned_away(code) => ItemEvent::VerifyUnclear,
        CallOutcome::Rejected(_) => ItemEvent::SentToDesk(Reason::NoAnswer),
        CallOutcome::NotSent | CallOutcome::Unknown => ItemEvent::VerifyUnclear,
    }
}

/// What the answer to a redemption, or to an inquiry after one that was found, means for the item.
///
/// Only a clear yes locks; "temporary" may have redeemed and is unclear.
pub fn lock_event(answer: &CallOutcome<IssuerAnswer>) -> ItemEvent {
    match answer {
        CallOutcome::Accepted(answer) => match answer {
            IssuerAnswer::Ok { .. } => ItemEvent::LockAccepted,
            IssuerAnswer::Used => ItemEvent::Refused(Reason::Used),
            IssuerAnswer::NotFound => ItemEvent::Refused(Reason::NotFound),
            IssuerAnswer::ZeroBalance => ItemEvent::Refused(Reason::ZeroBalance),
            IssuerAnswer::Partial { .. } => ItemEvent::Refused(Reason::Partial),
            IssuerAnswer::LockedOut => ItemEvent::SentToDesk(Reason::LockedOut),
            IssuerAnswer::NotSupported => ItemEvent::SentToDesk(Reason::NotSupported),
            IssuerAnswer::Temporary => ItemEvent::LockUnclear,
        },
        CallOutcome::Rejected(code) if turned_away(code) => ItemEvent::LockNotSent,
        CallOutcome::Rejected(_) => ItemEvent::SentToDesk(Reason::NoAnswer),
        CallOutcome::NotSent => ItemEvent::LockNotSent,
        CallOutcome::Unknown => ItemEvent::LockUnclear,
    }
}

/// The face an item is paid by: what the issuer says, but never more than what is on it.
pub fn payable_face(face: Won, balance: Won) -> Won {
    face.min(balance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(face: u32, balance: u32, expires_at: Option<Timestamp>) -> CallOutcome<IssuerAnswer> {
        let (face, balance) = (Won::whole(face), Won::whole(balance));
        CallOutcome::Accepted(IssuerAnswer::Ok { face, balance, expires_at, issuer_ref: None })
    }

    #[test]
    fn inquiries_follow_at_1_2_4_then_every_10_minutes_and_end() {
        let next = |done| next_inquiry(&INQUIRY_WAITS, MOST_INQUIRIES, done);
        let waits: Vec<_> = (0..12).map(|done| next(done).map(|span| span.as_seconds() / 60)).collect();
        let wanted = [1, 2, 4, 10, 10, 10, 10, 10, 10, 10].map(Some);
        assert_eq!(waits.get(..10), Some(&wanted[..]));
        assert_eq!(waits.get(10..), Some(&[None, None][..]));
    }

    #[test]
    fn one_not_found_proves_nothing_and_two_only_after_the_delay() {
        let (at, settling) = (Timestamp::from_micros(0), Span::minutes(5));
        let late = at.plus(settling);
        assert!(!proves_unsent(settling, 1, at, late));
        assert!(!proves_unsent(settling, 2, at, late.minus(Span::micros(1))));
        assert!(proves_unsent(settling, 2, at, late));
    }

    #[test]
    fn a_balance_answer_decides_the_item() {
        let now = Timestamp::from_micros(10);
        let said = |answer| CallOutcome::Accepted(answer);
        for (answer, event) in [
            (ok(50_000, 50_000, None), ItemEvent::VerifyPassed),
            (ok(50_000, 50_000, Some(Timestamp::from_micros(11))), ItemEvent::VerifyPassed),
            (ok(50_000, 50_000, Some(now)), ItemEvent::Refused(Reason::Expired)),
            (ok(50_000, 0, None), ItemEvent::Refused(Reason::ZeroBalance)),
            (ok(50_000, 49_999, None), ItemEvent::Refused(Reason::Partial)),
            (said(IssuerAnswer::Used), ItemEvent::Refused(Reason::Used)),
            (said(IssuerAnswer::NotFound), ItemEvent::Refused(Reason::NotFound)),
            (said(IssuerAnswer::ZeroBalance), ItemEvent::Refused(Reason::ZeroBalance)),
            (said(IssuerAnswer::Partial { balance: Won::whole(1) }), ItemEvent::Refused(Reason::Partial)),
            (said(IssuerAnswer::LockedOut), ItemEvent::SentToDesk(Reason::LockedOut)),
            (said(IssuerAnswer::NotSupported), ItemEvent::VerifyPassed),
            (said(IssuerAnswer::Temporary), ItemEvent::VerifyUnclear),
            (CallOutcome::NotSent, ItemEvent::VerifyUnclear),
            (CallOutcome::Unknown, ItemEvent::VerifyUnclear),
            (CallOutcome::Rejected("stale_time".into()), ItemEvent::VerifyUnclear),
            (CallOutcome::Rejected("bad_signature".into()), ItemEvent::VerifyUnclear),
            (CallOutcome::Rejected("unknown_key".into()), ItemEvent::VerifyUnclear),
            (CallOutcome::Rejected("invalid".into()), ItemEvent::SentToDesk(Reason::NoAnswer)),
            (CallOutcome::Rejected("reference_conflict".into()), ItemEvent::SentToDesk(Reason::NoAnswer)),
        ] {
            assert_eq!(verify_event(&answer, now), event, "{answer:?}");
            assert!(crate::ItemState::Verifying.next(event).is_ok(), "{event:?}");
        }
    }

    #[test]
    fn only_a_clear_yes_locks() {
        let said = |answer| CallOutcome::Accepted(answer);
        for (answer, event) in [
            (ok(50_000, 0, None), ItemEvent::LockAccepted),
            (said(IssuerAnswer::Used), ItemEvent::Refused(Reason::Used)),
            (said(IssuerAnswer::NotFound), ItemEvent::Refused(Reason::NotFound)),
            (said(IssuerAnswer::ZeroBalance), ItemEvent::Refused(Reason::ZeroBalance)),
            (said(IssuerAnswer::Partial { balance: Won::whole(1) }), ItemEvent::Refused(Reason::Partial)),
            (said(IssuerAnswer::LockedOut), ItemEvent::SentToDesk(Reason::LockedOut)),
            (said(IssuerAnswer::NotSupported), ItemEvent::SentToDesk(Reason::NotSupported)),
            (said(IssuerAnswer::Temporary), ItemEvent::LockUnclear),
            (CallOutcome::NotSent, ItemEvent::LockNotSent),
            (CallOutcome::Unknown, ItemEvent::LockUnclear),
            (CallOutcome::Rejected("stale_time".into()), ItemEvent::LockNotSent),
            (CallOutcome::Rejected("bad_signature".into()), ItemEvent::LockNotSent),
            (CallOutcome::Rejected("unknown_key".into()), ItemEvent::LockNotSent),
            (CallOutcome::Rejected("invalid".into()), ItemEvent::SentToDesk(Reason::NoAnswer)),
            (CallOutcome::Rejected("reference_conflict".into()), ItemEvent::SentToDesk(Reason::NoAnswer)),
        ] {
            assert_eq!(lock_event(&answer), event, "{answer:?}");
            assert!(crate::ItemState::Locking.next(event).is_ok(), "{event:?}");
        }
    }
}
