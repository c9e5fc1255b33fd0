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

    /// Actions of the desk. Who may call which is in `server/tests/matrix.rs`.
    const OF_THE_DESK: &[&str] = &[
    const OF_THE_DESK: [&str; 20] = [
        "/desk/fn/access/accept",
        "/desk/fn/access/change_password",
        "/desk/fn/access/code",
        "/desk/fn/access/end_others",
        "/desk/fn/access/end_session",
        "/desk/fn/access/enrol",
        "/desk/fn/access/enter",
        "/desk/fn/access/leave",
        "/desk/fn/access/recovery",
        "/desk/fn/access/step_up",
        "/desk/fn/users/end_sessions",
        "/desk/fn/users/invite",
        "/desk/fn/users/link",
        "/desk/fn/users/roles",
        "/desk/fn/users/state",
        "/desk/fn/audit/verify",
        "/desk/fn/customer/answer",
        "/desk/fn/customer/erase",
        "/desk/fn/customer/find",
        "/desk/fn/customer/from_request",
        "/desk/fn/customer/hold",
        "/desk/fn/customer/lift",
        "/desk/fn/jobs/pause",
        "/desk/fn/jobs/reopen",
        "/desk/fn/jobs/reopen_code",
        "/desk/fn/jobs/resume",
        "/desk/fn/privacy/sign_off",
        "/desk/fn/brands/preview",
        "/desk/fn/brands/place",
        "/desk/fn/brands/save",
        "/desk/fn/brands/status",
        "/desk/fn/content/add",
        "/desk/fn/content/place",
        "/desk/fn/content/preview",
        "/desk/fn/content/publish",
        "/desk/fn/content/save",
        "/desk/fn/content/unpublish",
        "/desk/fn/documents/preview",
        "/desk/fn/documents/save",
        "/desk/fn/drafts/publish",
        "/desk/fn/drafts/rebase",
        "/desk/fn/drafts/withdraw",
        "/desk/fn/fees/save",
        "/desk/fn/inquiries/settle",
        "/desk/fn/rates/preview",
        "/desk/fn/rates/save",
        "/desk/fn/manual/claim",
        "/desk/fn/manual/give_back",
        "/desk/fn/manual/key",
        "/desk/fn/order/hold",
        "/desk/fn/order/note",
        "/desk/fn/order/reject",
        "/desk/fn/order/release",
        "/desk/fn/order/reopen",
        "/desk/fn/order/resend",
        "/desk/fn/order/reveal",
    ];

    #[test]
    fn every_public_endpoint_is_known_and_takes_posts_only() {
        let known: BTreeSet<_> = FOR_VISITORS.into_iter().map(str::to_owned).collect();
        // Who may call which of the desk's is in `server/tests/matrix.rs`.
        let (desk, found): (Vec<_>, Vec<_>) =
            server_fn::axum::server_fn_paths().partition(|(path, _)| path.starts_with("/desk/fn/"));
        assert!(desk.iter().all(|(_, method)| method == axum::http::Method::POST), "{desk:?}");
        let known: BTreeSet<_> =
            FOR_VISITORS.into_iter().chain(OF_THE_DESK.iter().copied()).map(str::to_owned).collect();
        let found: Vec<_> = server_fn::axum::server_fn_paths().collect();
        assert!(found.iter().all(|(_, method)| method == axum::http::Method::POST), "{found:?}");
        assert_eq!(found.into_iter().map(|(path, _)| path.to_owned()).collect::<BTreeSet<_>>(), known);
    }
}
