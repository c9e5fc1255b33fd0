//! The only file that makes SQL text at run time: table and column names are the operator's settings and the log
//! tables carry the month in their names. Every name put into a text is checked here first.

use crate::types::AgentError;
use sqlx::AssertSqlSafe;

/// Names of the agent's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The queue.
    pub queue: String,
    /// What comes before the month in a log table's name.
    pub log_prefix: String,
    /// The queue's and the logs' columns.
    pub columns: Columns,
}

impl Names {
    /// Does each message bring its own length to this column? The others hold what every message has.
    pub(crate) fn is_of_any_length(&self, column: &str) -> bool {
        let own = &self.columns;
        [&own.body, &own.title, &own.files, &own.campaign, &own.etc1]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(column))
    }
}

impl Default for Names {
    fn default() -> Self {
        Self { queue: "UMS_MSG".to_owned(), log_prefix: "UMS_LOG_".to_owned(), columns: Columns::default() }
    }
}

macro_rules! columns {
    ($($(#[$doc:meta])* $field:ident = $name:literal),* $(,)?) => {
        /// The mapping from what we mean to what this agent version calls it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Columns {
            $($(#[$doc])* pub $field: String,)*
        }

        impl Default for Columns {
            fn default() -> Self {
                Self { $($field: $name.to_owned(),)* }
            }
        }

        impl Columns {
            /// Setting and column name, all of them.
            pub(crate) fn all(&self) -> Vec<(&'static str, &str)> {
                vec![$((stringify!($field), self.$field.as_str()),)*]
            }
        }
    };
}

columns! {
    /// Our key.
    client_key = "CLIENT_KEY",
    /// SMS, LMS, MMS.
    channel = "REQ_CH",
    /// real, normal, batch.
    traffic = "TRAFFIC_TYPE",
    /// ready … complete.
    status = "MSG_STATUS",
    /// Not before.
    req_date = "REQ_DATE",
    /// Sender.
    callback = "CALLBACK_NUMBER",
    /// Recipient.
    phone = "PHONE",
    /// Text.
    body = "MSG",
    /// Title.
    title = "TITLE",
    /// Pictures.
    files = "MMS_FILE_LIST",
    /// Campaign.
    campaign = "CAMPAIGN_ID",
    /// Our own.
    etc1 = "ETC1",
    /// Result code.
    done_code = "DONE_CODE",
    /// Result in words.
    done_desc = "DONE_CODE_DESC",
    /// When it was done.
    done_date = "DONE_DATE",
}

/// Statement texts, made once. Backticks are understood by MariaDB and by SQLite.
#[derive(Debug, Clone)]
pub(crate) struct Dialect {
    names: Names,
    insert_head: String,
    insert_row: String,
}

pub(crate) type Sql = AssertSqlSafe<String>;

impl Dialect {
    pub fn new(names: Names) -> Result<Self, AgentError> {
        for (setting, name) in [("queue", names.queue.as_str()), ("log_prefix", names.log_prefix.as_str())]
            .into_iter()
            .chain(names.columns.all())
        {
            // Six more for the month.
            if !(1..=58).contains(&name.len()) || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            {
                return Err(AgentError::Settings { setting, problem: "must be 1 to 58 of A-Z a-z 0-9 _" });
            }
        }
        let c = &names.columns;
        let written = [
            &c.client_key,
            &c.channel,
            &c.traffic,
            &c.status,
            &c.req_date,
            &c.callback,
            &c.phone,
            &c.body,
            &c.title,
            &c.files,
            &c.campaign,
            &c.etc1,
        ];
        let list = written.map(|name| format!("`{name}`")).join(", ");
        let insert_head = format!("INSERT INTO `{}` ({list}) VALUES ", names.queue);
        let insert_row = format!("({})", vec!["?"; written.len()].join(", "));
        Ok(Self { names, insert_head, insert_row })
    }

    pub fn names(&self) -> &Names {
        &self.names
    }

    pub fn log_table(&self, month: &str) -> String {
        format!("{}{month}", self.names.log_prefix)
    }

    /// Order of the values: see `agent.rs`, `bind_row!`.
    pub fn insert(&self, rows: usize) -> Sql {
        AssertSqlSafe(format!("{}{}", self.insert_head, vec![self.insert_row.as_str(); rows].join(", ")))
    }

    /// key, status; values: the keys.
    pub fn find_in_queue(&self, keys: usize) -> Sql {
        let c = &self.names.columns;
        AssertSqlSafe(format!(
            "SELECT CAST(`{key}` AS CHAR), CAST(`{status}` AS CHAR) FROM `{queue}` WHERE `{key}` IN ({marks})",
            key = c.client_key,
            status = c.status,
            queue = self.names.queue,
            marks = vec!["?"; keys].join(", "),
        ))
    }

    /// key, code, description, date; values: the keys. `month` comes from our own calendar.
    pub fn find_in_log(&self, month: &str, keys: usize) -> Sql {
        let c = &self.names.columns;
        AssertSqlSafe(format!(
            "SELECT CAST(`{key}` AS CHAR), CAST(`{code}` AS CHAR), CAST(`{desc}` AS CHAR), CAST(`{date}` AS CHAR) \
             FROM `{table}` WHERE `{key}` IN ({marks})",
            key = c.client_key,
            code = c.done_code,
            desc = c.done_desc,
            date = c.done_date,
            table = self.log_table(month),
            marks = vec!["?"; keys].join(", "),
        ))
    }

    /// Value: the key.
    pub fn cancel(&self) -> Sql {
        let c = &self.names.columns;
        AssertSqlSafe(format!(
            "DELETE FROM `{}` WHERE `{}` = ? AND `{}` = 'ready'",
            self.names.queue, c.client_key, c.status
        ))
    }
}

/// Column names of a table of the session's database; value: the table.
pub(crate) const MARIADB_COLUMNS: &str = "SELECT CAST(COLUMN_NAME AS CHAR) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?";

/// Column names of a table; value: the table.
pub(crate) const SQLITE_COLUMNS: &str = "SELECT name FROM pragma_table_info(?)";

/// How far the session's wall clock is ahead of UTC.
pub(crate) const MARIADB_OFFSET: &str = "SELECT CAST(TIMEDIFF(NOW(), UTC_TIMESTAMP()) AS CHAR)";
