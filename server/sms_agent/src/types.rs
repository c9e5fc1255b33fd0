//! Settings and answers.

use crate::dialect::Names;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How to reach the agent's tables.
#[derive(Clone)]
pub struct AgentSettings {
    /// `mysql://user:password@host:3306/database`, or `sqlite:///path/agent.db`. Holds a password: no `Debug`.
    pub url: String,
    /// Table and column names of this agent version.
    pub names: Names,
    /// The folder the agent reads pictures from; it must exist. `None` when no MMS is sent.
    pub agent_home: Option<PathBuf>,
    /// PEM file of the certificate authority of a MariaDB that is not on this machine; `None` takes the usual ones.
    pub ca_file: Option<PathBuf>,
    /// Connections at the same time.
    pub max_connections: u32,
    /// Time to get a connection.
    pub connect_timeout: Duration,
    /// Time for one statement.
    pub total_timeout: Duration,
}

impl AgentSettings {
    /// Usual values for everything but the place.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            names: Names::default(),
            agent_home: None,
            ca_file: None,
            max_connections: 4,
            connect_timeout: Duration::from_secs(3),
            total_timeout: Duration::from_secs(10),
        }
    }
}

impl fmt::Debug for AgentSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AgentSettings").field("names", &self.names).finish_non_exhaustive()
    }
}

/// The tables can't be used. Says what to mend; never holds the URL or a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgentError {
    /// A setting makes no sense.
    #[error("sms agent setting {setting}: {problem}")]
    Settings {
        /// Name of the setting.
        setting: &'static str,
        /// What it should be.
        problem: &'static str,
    },
    /// The queue table is not there.
    #[error("the agent's table {table} does not exist; start the agent once so that it makes it, or set its name")]
    NoTable {
        /// Its name.
        table: String,
    },
    /// Columns of the mapping are not in the table.
    #[error("the agent's table {table} has no column {}; set the names this agent version uses", .missing.join(", "))]
    Columns {
        /// The table.
        table: String,
        /// `setting (COLUMN)`, each.
        missing: Vec<String>,
    },
    /// The session's clock is not Korean.
    #[error("the database session is {offset} ahead of UTC instead of 09:00:00; messages would go at the wrong time")]
    Clock {
        /// What it is.
        offset: String,
    },
    /// The database did not answer as it should.
    #[error("the agent's database: {code}")]
    Database {
        /// `connect`, `busy`, `timeout`, `cut` or `db_<number>`.
        code: String,
    },
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum InsertOutcome {
    /// In the queue.
    Inserted,
    /// The queue holds this key already.
    Duplicate,
    /// It can't be written as it is; nothing was sent. Trying again changes nothing.
    Refused {
        /// Which field.
        field: &'static str,
        /// What it should be.
        problem: &'static str,
    },
    /// Nothing was sent. Trying again is safe.
    NotSent {
        /// `connect`, `busy`, `timeout`, …
        code: String,
    },
    /// It may be there. Look it up before any second insert.
    Unknown {
        /// `cut`, `timeout` or `db_<number>`.
        code: String,
    },
}

/// What became of a wish to cancel.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum CancelOutcome {
    /// The row was `ready` and is gone.
    Cancelled,
    /// The agent has it, or there is no such row.
    TooLate,
    /// Nothing was asked.
    NotSent {
        /// Why.
        code: String,
    },
    /// Look it up.
    Unknown {
        /// Why.
        code: String,
    },
}

/// `MSG_STATUS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueStatus {
    /// Ours until the agent takes it.
    Ready,
    /// Taken.
    PreSend,
    /// Its pictures are being registered.
    PreImage,
    /// Handed to the hub.
    Request,
    /// Done; about to move to the log.
    Complete,
    /// A word we don't know.
    Other(String),
}

impl QueueStatus {
    pub(crate) fn read(word: &str) -> Self {
        match word {
            "ready" => Self::Ready,
            "pre-send" => Self::PreSend,
            "pre-image" => Self::PreImage,
            "request" => Self::Request,
            "complete" => Self::Complete,
            other => Self::Other(other.chars().take(20).collect()),
        }
    }
}

/// Where a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Where {
    /// In the queue.
    Queue(QueueStatus),
    /// Finished.
    Log {
        /// `10000` is delivered; see [`crate::done_kind`].
        done_code: String,
        /// The agent's words for it.
        done_desc: String,
        /// Korean wall clock.
        done_date: String,
        /// `YYYYMM` of the table it is in.
        month: String,
    },
    /// Neither in the queue nor in the logs of three months.
    Nowhere,
}
