//! The partners' own clock. They are outside parties: nobody hands them the time. A test may set it wrong, as clocks
//! of outside parties are, and it runs on from there.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::UNIX_EPOCH;
use time::{OffsetDateTime, UtcOffset};

/// By how much it was set ahead of the machine's clock, microseconds.
static AHEAD: AtomicI64 = AtomicI64::new(0);

fn machine() -> i64 {
    // `SystemTime::now` is banned in the product, where time is a parameter; this is the one look at the clock here.
    UNIX_EPOCH.elapsed().ok().and_then(|since| i64::try_from(since.as_micros()).ok()).unwrap_or(0)
}

/// Unix microseconds.
pub fn micros() -> i64 {
    machine() + AHEAD.load(Ordering::SeqCst)
}

/// Sets it to these Unix microseconds.
pub fn set(now: i64) {
    AHEAD.store(now - machine(), Ordering::SeqCst);
}

/// Unix seconds.
pub fn seconds() -> i64 {
    micros() / 1_000_000
}

fn kst(seconds: i64) -> OffsetDateTime {
    let offset = UtcOffset::from_hms(9, 0, 0).unwrap_or(UtcOffset::UTC);
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH).to_offset(offset)
}

/// `YYYY-MM-DD HH:MM:SS`, Korean wall clock.
pub fn kst_text(seconds: i64) -> String {
    let t = kst(seconds);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        t.year(),
        u8::from(t.month()),
        t.day(),
        t.hour(),
        t.minute(),
        t.second()
    )
}

/// `YYYYMMDD`, Korean calendar.
pub fn kst_date(seconds: i64) -> String {
    let t = kst(seconds);
    format!("{:04}{:02}{:02}", t.year(), u8::from(t.month()), t.day())
}
