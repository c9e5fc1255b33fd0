//! What the shop's desk drafts, and what becomes of drafts and inquiries.

/// What a draft is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftKind {
    /// A brand's texts and form.
    Brand,
    /// A brand's rates.
    Rates,
    /// The fees per order.
    Fees,
    /// Terms, a consent, the guide.
    Document,
}

crate::state::words!(DraftKind, "kind of draft", {
    Brand => "brand",
    Rates => "rates",
    Fees => "fees",
    Document => "document",
});

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftState {
    /// Its author may still change it.
    Open,
    /// Somebody else put it to work.
    Published,
    /// Given up.
    Withdrawn,
}

crate::state::words!(DraftState, "state of a draft", {
    Open => "open",
    Published => "published",
    Withdrawn => "withdrawn",
});

/// What became of an inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InquiryState {
    /// Nobody has answered.
    Open,
    /// Answered.
    Answered,
    /// Ended without an answer.
    Closed,
}

crate::state::words!(InquiryState, "state of an inquiry", {
    Open => "open",
    Answered => "answered",
    Closed => "closed",
});
