//! The public endpoints, one per file, each about fifteen lines: who asks, one use case, the view.
//!
//! A plain form gets a redirect to the page that shows the result; an island gets the view as JSON.

pub mod desk;
pub mod inquiry;
pub mod lookup;
pub mod order;
pub mod person;
pub mod sell;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// Whoever adds an endpoint adds it here, and says who may call it: all of these are for a visitor, and what they
    /// reach is decided by the use case from the session's draft, grants and lookup.
    const FOR_VISITORS: [&str; 19] = [
        "/fn/inquiry/send",
        "/fn/lookup/check_code",
        "/fn/lookup/leave",
        "/fn/lookup/send_code",
        "/fn/order/cancel",
        "/fn/order/resend",
        "/fn/order/view",
        "/fn/person/wish",
        "/fn/sell/add",
        "/fn/sell/check_code",
        "/fn/sell/consents",
        "/fn/sell/edit",
        "/fn/sell/glance",
        "/fn/sell/paste",
        "/fn/sell/payee",
        "/fn/sell/quote",
        "/fn/sell/remove",
        "/fn/sell/send_code",
        "/fn/sell/submit",
    ];

    #[test]
    fn every_public_endpoint_is_known_and_takes_posts_only() {
        let known: BTreeSet<_> = FOR_VISITORS.into_iter().map(str::to_owned).collect();
        // Who may call which of the desk's is in `server/tests/matrix.rs`.
        let (desk, found): (Vec<_>, Vec<_>) =
            server_fn::axum::server_fn_paths().partition(|(path, _)| path.starts_with("/desk/fn/"));
        assert!(desk.iter().all(|(_, method)| method == axum::http::Method::POST), "{desk:?}");
        assert!(found.iter().all(|(_, method)| method == axum::http::Method::POST), "{found:?}");
        assert_eq!(found.into_iter().map(|(path, _)| path.to_owned()).collect::<BTreeSet<_>>(), known);
    }
}
