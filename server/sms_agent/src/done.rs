/// What a `DONE_CODE` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoneKind {
    /// On the handset.
    Delivered,
    /// Did not go, and a new attempt may: overload, time-out, a partner's hiccup.
    Retry,
    /// Did not go and will not.
    Failed,
}

/// The classes of the hub's public code list. That the agent writes the same codes is likely (unconfirmed).
pub fn done_kind(code: &str) -> DoneKind {
    match code {
        "10000" => DoneKind::Delivered,
        "29002" | "29006" | "29007" | "29012" | "29015" | "29017" | "29019" | "29031" | "29032" | "21400" | "22004"
        | "23004" | "23005" | "31112" | "31118" | "41007" | "54004" | "55806" | "55820" | "65999" => DoneKind::Retry,
        _ => DoneKind::Failed,
    }
}
