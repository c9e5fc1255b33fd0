//! One lane: an apalis worker that turns task after task into `services::work::run`.

use super::nudge::Nudge;
use apalis::layers::catch_panic::{CatchPanicLayer, PanicError};
use apalis::prelude::{BackendExt, Data, WorkerBuilder, WorkerBuilderExt};
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use domain::Lane;
use services::{Services, work};
use std::any::Any;
use std::sync::Arc;
use std::time::Duration;
use store::Db;
use store::outbox::{Wake, queue};
use tokio_util::sync::CancellationToken;

/// A worker is dead for apalis after six missed heartbeats. Ours is the lease in the outbox.
const HEARTBEAT: Duration = Duration::from_secs(10);
const MISSED: usize = 6;

/// What a handler needs.
struct Hands {
    services: Services,
    worker: String,
}

/// Runs until `stop`, or until apalis gives up on an error of the database.
pub async fn run(
    services: &Services,
    lane: Lane,
    at_once: usize,
    name: String,
    stop: CancellationToken,
) -> Result<(), String> {
    let hands = Arc::new(Hands { services: services.clone(), worker: name.clone() });
    let nudge = Nudge::new(Arc::clone(&services.wake));
    let stopped = async move {
        stop.cancelled().await;
        Ok::<(), std::io::Error>(())
    };
    // The task's own states are not worth a write: who works on what is in the outbox.
    match &services.db {
        Db::Sqlite(db) => {
            let config = apalis_sqlite::Config::default()
                .queue(queue(lane))
                .batch_size(1)
                .heartbeat_interval(HEARTBEAT)
                .missed_heartbeats(MISSED)
                .lock_tasks(false)
                .persist_results(false);
            let backend = SqliteStorage::<Wake>::new(db.writer()).with_config(config).poll_with_strategy(nudge);
            let worker = WorkerBuilder::new(name)
                .backend(backend)
                .data(hands)
                .concurrency(at_once)
                .layer(CatchPanicLayer::with_panic_handler(panicked))
                .build(wake);
            worker.run_until(stopped).await.map_err(|error| error.to_string())
        }
        Db::Postgres(db) => {
            let config = apalis_postgres::Config::default()
                .queue(queue(lane))
                .batch_size(1)
                .heartbeat_interval(HEARTBEAT)
                .missed_heartbeats(MISSED)
                .lock_tasks(false)
                .persist_results(false);
            let backend = PostgresStorage::<Wake>::new(db.pool()).with_config(config).poll_with_strategy(nudge);
            let worker = WorkerBuilder::new(name)
                .backend(backend)
                .data(hands)
                .concurrency(at_once)
                .layer(CatchPanicLayer::with_panic_handler(panicked))
                .build(wake);
            worker.run_until(stopped).await.map_err(|error| error.to_string())
        }
    }
}

/// Never fails for apalis: what went wrong is in the outbox row, and only there is decided about another try.
async fn wake(task: Wake, hands: Data<Arc<Hands>>) {
    if let Err(error) = work::run(&hands.services, task.outbox, &hands.worker).await {
        tracing::warn!(outbox = %task.outbox, %error, "a task could not be looked at; the sweeper will");
    }
}

/// A panic ends one task, never its worker. The work's own panics are caught and counted before they come here.
pub(super) fn panicked(_: &Box<dyn Any + Send>) -> PanicError {
    tracing::error!("a handler panicked");
    PanicError("a handler panicked".to_owned())
}
