//! Time and chance as parameters: the real ones, or ones a test moves by hand.

use domain::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Where "now" comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A test's clock, UTC microseconds.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// This moment, UTC.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
            }
            Self::Fixed(micros) => Timestamp::from_micros(micros.load(Ordering::SeqCst)),
        }
    }
}

/// Where random bytes come from.
#[derive(Clone, Debug)]
pub enum Chance {
    /// The operating system's generator.
    System,
    /// A test's counter: every draw differs, every run is the same.
    Seeded(Arc<AtomicU64>),
}

impl Chance {
    /// Fill `N` bytes.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing safe can go on then.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0_u8; N];
        match self {
            Self::System => {
                #[expect(clippy::expect_used, reason = "without randomness nothing safe can go on")]
                #[expect(clippy::disallowed_methods, reason = "this is services.chance")]
                getrandom::fill(&mut out).expect("the operating system gives random bytes");
            }
            Self::Seeded(counter) => {
                use sha2::Digest as _;
                for chunk in out.chunks_mut(32) {
                    let n = counter.fetch_add(1, Ordering::SeqCst);
                    let digest = sha2::Sha256::digest(n.to_be_bytes());
                    let len = chunk.len();
                    chunk.copy_from_slice(&digest[..len]);
                }
            }
        }
        out
    }

    /// A time-ordered id (UUID version 7) for a new row.
    pub fn id(&self, now: Timestamp) -> [u8; 16] {
        let millis = u64::try_from(now.micros() / 1_000).unwrap_or(0);
        *uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes::<10>()).into_uuid().as_bytes()
    }
}
