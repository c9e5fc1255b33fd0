//! One append-only file per party: what was asked and what was decided, on disk before the answer leaves.
//!
//! The journal is the oracle of every test that asks "how often did it really happen?", and the sandbox's memory:
//! after a kill the world is rebuilt from it. Many requests share one fsync: a thread writes whatever has gathered,
//! syncs once and tells everybody waiting.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::watch;

/// One line. No field holds a whole PIN, account number, phone number or text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Entry {
    pub seq: u64,
    /// Unix microseconds.
    pub at: i64,
    /// The same on the Korean wall clock.
    pub time: String,
    pub operation: String,
    /// Our reference: redemption or inquiry reference, `bank_tran_id`, client key.
    pub reference: String,
    /// Keyed hash of the request's bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin_last4: Option<String>,
    /// `YYYYMMDD` of a transfer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// `YYYYMMDDhhmmss` a transfer was sent with; it is booked on the day it arrived, whatever this says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_masked: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_masked: Option<String>,
    /// Won: the face of a voucher, the amount of a transfer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// What was done. `redeemed` and `paid` are the only words for value that moved.
    pub decision: String,
    /// The rule or ending that bent the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Unix microseconds when the transfer comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns_at: Option<i64>,
    /// What the party keeps about the reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Value>,
}

struct Queue {
    text: Vec<u8>,
    next_seq: u64,
    closed: bool,
}

struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
    durable: watch::Sender<u64>,
}

/// One party's journal.
pub struct Journal {
    shared: Arc<Shared>,
    path: PathBuf,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Journal {
    /// Opens or makes the file and reads what it holds. A last line that was cut by a crash was never answered for
    /// and is removed; any other unreadable line is an error.
    pub fn open(path: &Path) -> io::Result<(Self, Vec<Entry>)> {
        let mut bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        if whole < bytes.len() {
            file.set_len(u64::try_from(whole).unwrap_or(0))?;
            bytes.truncate(whole);
        }
        file.sync_all()?;
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        let mut entries: Vec<Entry> = Vec::new();
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            entries
                .push(serde_json::from_slice(line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?);
        }
        let last = entries.last().map_or(0, |entry| entry.seq);
        let shared = Arc::new(Shared {
            queue: Mutex::new(Queue { text: Vec::new(), next_seq: last + 1, closed: false }),
            wake: Condvar::new(),
            durable: watch::Sender::new(last),
        });
        let thread = Arc::clone(&shared);
        let writer = std::thread::Builder::new().name("journal".to_owned()).spawn(move || write_out(&thread, file))?;
        Ok((Self { shared, path: path.to_owned(), writer: Mutex::new(Some(writer)) }, entries))
    }

    /// Adds a line and gives its number. Call it while holding the lock of the world it tells about, so that the
    /// order of the lines is the order of the deeds.
    pub fn append(&self, mut entry: Entry) -> u64 {
        entry.at = crate::clock::micros();
        entry.time = crate::clock::kst_text(entry.at / 1_000_000);
        let mut queue = self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
        entry.seq = queue.next_seq;
        queue.next_seq += 1;
        // A struct of strings and numbers always has a text.
        if serde_json::to_writer(&mut queue.text, &entry).is_ok() {
            queue.text.push(b'\n');
        }
        self.shared.wake.notify_one();
        entry.seq
    }

    /// Waits until a line is on disk.
    pub async fn settled(&self, seq: u64) {
        let mut durable = self.shared.durable.subscribe();
        // The sender lives as long as `self`.
        let _ = durable.wait_for(|done| *done >= seq).await;
    }

    /// Adds a line and waits until it is on disk.
    pub async fn record(&self, entry: Entry) {
        let seq = self.append(entry);
        self.settled(seq).await;
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes what is left and ends the thread.
    pub fn close(&self) {
        self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.shared.wake.notify_one();
        if let Some(writer) = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = writer.join();
        }
    }
}

fn write_out(shared: &Shared, mut file: File) {
    loop {
        let (text, last) = {
            let mut queue = shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
            while queue.text.is_empty() {
                if queue.closed {
                    return;
                }
                queue = shared.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
            (std::mem::take(&mut queue.text), queue.next_seq - 1)
        };
        if let Err(error) = file.write_all(&text).and_then(|()| file.sync_data()) {
            // A partner that can't remember must not answer.
            tracing::error!(%error, "the journal can't be written; the sandbox stops");
            std::process::exit(1);
        }
        shared.durable.send_replace(last);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    fn entry(reference: &str) -> Entry {
        Entry { reference: reference.to_owned(), ..Entry::default() }
    }

    #[tokio::test]
    async fn what_was_recorded_is_read_again_and_a_torn_line_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jsonl");
        let (journal, before) = Journal::open(&path).unwrap();
        assert!(before.is_empty());
        let records = (0..200).map(|n| {
            let journal = &journal;
            async move { journal.record(entry(&format!("R-{n}"))).await }
        });
        futures::future::join_all(records).await;
        journal.close();
        let mut text = std::fs::read(&path).unwrap();
        text.extend_from_slice(b"{\"seq\":201,\"at\":1,\"op");
        std::fs::write(&path, &text).unwrap();
        let (journal, again) = Journal::open(&path).unwrap();
        assert_eq!(again.iter().map(|entry| entry.seq).collect::<Vec<_>>(), (1..=200).collect::<Vec<_>>());
        journal.record(entry("R-new")).await;
        journal.close();
        assert_eq!(Journal::open(&path).unwrap().1.last().map(|entry| entry.seq), Some(201));
    }
}
