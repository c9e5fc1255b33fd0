//! Requests turned away at the door leave a line in the log: somebody tries something, or a proxy is set wrong.

use super::visitor;
use axum::extract::Request;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;

/// So much of an address is told; the rest is whatever somebody made up.
const LONGEST_PATH: usize = 80;

/// One line a minute for each asker and reason, so that a flood fills no disk.
#[derive(Clone)]
pub struct Refusals {
    told: Arc<DefaultKeyedRateLimiter<(String, &'static str)>>,
    trusted_proxies: u32,
}

impl std::fmt::Debug for Refusals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Refusals")
    }
}

impl Refusals {
    pub fn new(trusted_proxies: u32) -> Self {
        Self { told: Arc::new(RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN))), trusted_proxies }
    }

    /// Who counts as one: an IPv4 address, or an IPv6 network of which one visitor has 2⁶⁴ addresses.
    pub fn asker(&self, request: &Request) -> String {
        let address = visitor::address(request, self.trusted_proxies);
        address.parse().map_or(address, store::crypto::network)
    }

    /// Says that a request was turned away and why, as a stable word. The path alone: a query may hold anything.
    pub fn tell(&self, request: &Request, why: &'static str) {
        let address = self.asker(request);
        if self.told.check_key(&(address.clone(), why)).is_ok() {
            let path: String = request.uri().path().chars().take(LONGEST_PATH).collect();
            tracing::warn!(why, address, path, "a request was refused");
        }
    }

    /// Forgets askers that have been quiet.
    pub fn forget_quiet(&self) {
        self.told.retain_recent();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
pub(super) mod tests {
    use axum::Router;
    use axum::extract::{ConnectInfo, Request};
    use std::io::Write;
    use std::net::SocketAddr;
    use std::sync::{Arc, Mutex};
    use tower::ServiceExt as _;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What is logged while the router answers these requests of one address.
    pub(in crate::http) async fn logged(router: Router, requests: Vec<Request>) -> Vec<String> {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        let _guard = tracing::subscriber::set_default(log);
        for mut request in requests {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 9], 1))));
            router.clone().oneshot(request).await.unwrap();
        }
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        text.lines().map(ToOwned::to_owned).collect()
    }
}
