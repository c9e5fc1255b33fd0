//! A moment for tests, so that nothing depends on the day they run.

use domain::Timestamp;

/// Friday, 20 November 2026, 14:05:00 in Korea: a working day, in working hours.
pub const NOON: Timestamp = Timestamp::from_micros(1_795_151_100_000_000);
