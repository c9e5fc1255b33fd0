//! `/healthz`: the process answers. `/readyz`: it can do its work, part by part.
//!
//! Anybody may ask, so asking costs next to nothing: one read, never the writer, and one answer for everybody who asks
//! within a second. The settings money needs are checked once, at start.

use super::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use services::Services;
use services::desk::audit;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Db, StoreError};
use tokio::sync::Mutex;

/// How long an answer holds.
const HOLDS: Duration = Duration::from_secs(1);
/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Alive.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The last answer, shared.
#[derive(Clone, Debug, Default)]
pub struct Readiness {
    last: Arc<Mutex<Option<(Instant, bool)>>>,
    audit: Arc<Mutex<Option<(Instant, bool, i64)>>>,
}

impl Readiness {
    /// Asks the database unless somebody just has.
    async fn database(&self, db: &Db) -> bool {
        let mut last = self.last.lock().await;
        if let Some((asked, ok)) = *last
            && asked.elapsed() < HOLDS
        {
            return ok;
        }
        let ok = answers(db.ping()).await;
        *last = Some((Instant::now(), ok));
        ok
    }
}

impl Readiness {
    /// How the audit log's chain stands; asked as rarely as the database.
    async fn audit(&self, services: &Services) -> AuditPart {
        let mut last = self.audit.lock().await;
        if let Some((_, ok, waiting_s)) = last.filter(|(asked, ..)| asked.elapsed() < HOLDS) {
            return AuditPart { ok, waiting_s };
        }
        let now = services.clock.now();
        let (ok, waiting_s) = match tokio::time::timeout(PATIENCE, audit::state(services)).await {
            Ok(Ok(state)) => (state.is_sound(now), state.oldest.map_or(0, |oldest| now.since(oldest).as_seconds())),
            _ => (false, 0),
        };
        *last = Some((Instant::now(), ok, waiting_s));
        AuditPart { ok, waiting_s }
    }
}

/// Did it answer in time? Whoever asks how we are must not hang with it.
async fn answers(ping: impl Future<Output = Result<(), StoreError>>) -> bool {
    match tokio::time::timeout(PATIENCE, ping).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            false
        }
        Err(_) => {
            tracing::warn!("not ready: the database has not answered for {} s", PATIENCE.as_secs());
            false
        }
    }
}

#[derive(Serialize)]
struct Answer {
    ready: bool,
    database: Part,
    audit: AuditPart,
    keys: KeysPart,
}

/// A process without a key that is in use finds and opens less than the others: no more customers for it.
#[derive(Serialize)]
struct KeysPart {
    ok: bool,
}

/// Not a reason to turn customers away, but to look.
#[derive(Serialize)]
struct AuditPart {
    ok: bool,
    waiting_s: i64,
}

#[derive(Serialize)]
struct Part {
    ok: bool,
    engine: &'static str,
}

/// Ready for customers: the database answers, and no key is missing.
pub async fn readyz(State(state): State<AppState>) -> Response {
    let db = &state.services.db;
    let ok = state.readiness.database(db).await;
    let engine = match db {
        Db::Sqlite(_) => "SQLite",
        Db::Postgres(_) => "PostgreSQL",
    };
    let keys = state.services.watch.missing_keys().is_empty();
    let ready = ok && keys;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let audit = state.readiness.audit(&state.services).await;
    (status, Json(Answer { ready, database: Part { ok, engine }, audit, keys: KeysPart { ok: keys } })).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_database_that_hangs_is_not_ready() {
        let asked = tokio::time::timeout(PATIENCE * 2, answers(std::future::pending())).await;
        assert_eq!(asked, Ok(false));
        assert!(answers(std::future::ready(Ok(()))).await);
    }

    testkit::both_engines! {
        /// A transaction holds SQLite's only writer; whoever asks how we are doesn't queue behind the customers.
        async fn asking_does_not_need_the_writer(db: TestDb) {
            let _writing = db.begin().await;
            let asked = tokio::time::timeout(Duration::from_secs(2), Readiness::default().database(&db)).await;
            assert_eq!(asked, Ok(true));
        }

        async fn an_answer_holds_for_a_moment(db: TestDb) {
            let readiness = Readiness::default();
            assert!(readiness.database(&db).await);
            db.close().await;
            assert!(readiness.database(&db).await, "remembered");
            tokio::time::sleep(HOLDS).await;
            assert!(!readiness.database(&db).await, "asked again");
        }
    }
}
