//! The use cases of PinDesk.
//!
//! One folder per noun, one file per verb, one order inside each file: error, input, function, tests. A use case
//! takes [`Services`] and the [`Actor`] first, checks the right, loads, lets `domain` decide, writes guarded rows and
//! the outbox row in one transaction, and commits. It knows no HTTP, no cookie, no Leptos and no SQL text.

mod actor;
pub mod alerts;
mod clock;
mod erased;
mod error;
mod failpoint;
mod policy;
pub mod rights;
mod shop;
mod text;
mod watch;

pub mod catalogue;
pub mod content;
pub mod desk;
pub mod inquiry;
pub mod item;
pub mod lookup;
pub mod message;
pub mod order;
pub mod order_view;
pub mod otp;
pub mod payout;
mod risk;
pub mod seen;
pub mod sell;
pub mod work;

pub use actor::{Actor, Staff, Visitor};
pub use clock::{Chance, Clock};
pub use error::ServiceError;
pub use failpoint::FAILPOINTS;
pub use policy::Policy;
pub use watch::Watch;

use gateway_bank::BankClient;
use gateway_issuer::IssuerClient;
use gateway_thecheat::CheatClient;
use sms_agent::SmsAgent;
use std::future::Future;
use std::sync::Arc;
use store::{Db, Keyring};
use tokio_util::task::TaskTracker;

/// Everything a use case needs, cheap to clone.
#[derive(Clone)]
pub struct Services {
    inner: Arc<Parts>,
    /// Units of work under way: they run to their end even when whoever asked for them is gone.
    units: TaskTracker,
    /// What everybody sees, kept for a second.
    shelf: Arc<catalogue::ShelfCache>,
    /// What vouchers are bought at, kept for a tenth of a second.
    prices: Arc<std::sync::RwLock<Option<Arc<order::Prices>>>>,
    /// Where orders wait to be written together.
    till: Arc<order::Till>,
    /// Where passwords are hashed, a few at a time.
    hashing: Arc<desk::access::Hashing>,
    /// What waits for people, kept for a second.
    board: Arc<desk::Board>,
    /// What telling people keeps in mind.
    bell: Arc<alerts::Bell>,
    /// What this process keeps in mind of its own work.
    pub watch: Arc<Watch>,
}

/// What the server wires together once at start.
pub struct Parts {
    pub db: Db,
    pub keys: Keyring,
    /// The issuers, for redeeming and what became of it.
    pub issuer: IssuerClient,
    /// The issuers, for questions that change nothing. A client of its own: its breaker and its queue are not the other's.
    pub verifier: IssuerClient,
    /// The bank, for payouts.
    pub bank: BankClient,
    /// The bank, for the holder check while a customer waits; impatient, so it must not open the payouts' breaker.
    pub holders: BankClient,
    /// TheCheat, when it is asked.
    pub cheat: Option<CheatClient>,
    /// Who is told when something is wrong, if anybody.
    pub alerts: Option<gateway_alerts::AlertClient>,
    pub agent: SmsAgent,
    pub clock: Clock,
    pub chance: Chance,
    pub policy: Policy,
    /// Hint that a lane has work; losing it costs latency, never a job.
    pub wake: Arc<tokio::sync::Notify>,
}

impl Services {
    /// Wire the parts together.
    pub fn new(parts: Parts) -> Self {
        let till = Arc::new(order::Till::new(parts.db.pace()));
        Self {
            inner: Arc::new(parts),
            units: TaskTracker::new(),
            shelf: Arc::default(),
            prices: Arc::default(),
            till,
            hashing: Arc::default(),
            board: Arc::default(),
            bell: Arc::default(),
            watch: Arc::default(),
        }
    }

    /// Runs `unit` in a task of its own, so that a request or a worker that is dropped can't cut it in the middle.
    pub(crate) async fn uncut<T: Send + 'static>(
        &self,
        unit: impl Future<Output = Result<T, ServiceError>> + Send + 'static,
    ) -> Result<T, ServiceError> {
        match self.units.spawn(unit).await {
            Ok(result) => result,
            Err(join) => Err(ServiceError::Internal(
                if join.is_panic() { "a unit of work panicked" } else { "stopping" }.to_owned(),
            )),
        }
    }

    /// Runs `work` beside whoever asked for it; the process's end waits for it a while.
    pub(crate) fn background(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.units.spawn(work);
    }

    /// Waits until every unit of work under way has ended. For the end of the process; give it a deadline.
    pub async fn drain(&self) {
        self.units.close();
        self.units.wait().await;
    }
}

impl std::ops::Deref for Services {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.inner
    }
}
