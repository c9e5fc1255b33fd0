use domain::CallOutcome;

/// What became of one call to an outside party, with the word to record beside it. There is no fifth answer.
///
/// [`Outcome::into_call`] leaves the words away and gives what the policy tables of `domain` read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "an outcome nobody looks at is money nobody looks at"]
pub enum Outcome<T, R = String> {
    /// Nothing left this machine. Trying again later is safe.
    NotSent {
        /// `connect`, `breaker_open`, `busy`, `too_late`, `bad_request`, …
        code: String,
    },
    /// The partner answered, and the answer matches the request.
    Accepted(T),
    /// The partner says that it did not do it and that this answer is final.
    Rejected(R),
    /// It may or may not have happened. Only an inquiry may settle it.
    Unknown {
        /// `timeout`, `cut`, `http_500`, `unreadable`, `answer_mismatch`, or the partner's own code.
        code: String,
    },
}

impl<T, R> Outcome<T, R> {
    /// Shorthand for [`Outcome::Unknown`].
    pub fn unknown(code: impl Into<String>) -> Self {
        Self::Unknown { code: code.into() }
    }

    /// Shorthand for [`Outcome::NotSent`].
    pub fn not_sent(code: impl Into<String>) -> Self {
        Self::NotSent { code: code.into() }
    }
}

impl<T, R: AsRef<str>> Outcome<T, R> {
    /// The word to record; `None` when it was accepted.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::NotSent { code } | Self::Unknown { code } => Some(code),
            Self::Rejected(refusal) => Some(refusal.as_ref()),
            Self::Accepted(_) => None,
        }
    }

    /// The same for the policy tables.
    pub fn into_call(self) -> CallOutcome<T> {
        match self {
            Self::NotSent { .. } => CallOutcome::NotSent,
            Self::Accepted(value) => CallOutcome::Accepted(value),
            Self::Rejected(refusal) => CallOutcome::Rejected(refusal.as_ref().to_owned()),
            Self::Unknown { .. } => CallOutcome::Unknown,
        }
    }
}
