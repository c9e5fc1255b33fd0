//! What can go wrong in the store, said the same way for both engines.

use std::fmt;

/// Everything a store function can answer instead of a result.
///
/// Never holds a bound value: PostgreSQL puts whole rows into an error's detail, so only the code and the message
/// are kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A guarded write matched no row: somebody else was faster, or the state no longer allows it.
    #[error("{what} was changed by somebody else")]
    Conflict {
        /// What was to be written, in one word.
        what: &'static str,
    },
    /// No such row.
    #[error("not found")]
    NotFound,
    /// A unique index refused the row. On PostgreSQL the transaction is over: roll back.
    #[error("already there: {constraint}")]
    Unique {
        /// The index's name as PostgreSQL knows it, on both engines; `unknown` if it is not in [`UNIQUES`].
        constraint: &'static str,
    },
    /// A row that can't be: an unknown state, a negative amount, a cipher text that does not open.
    #[error("corrupt row {id} in {table}: {what}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The row's key, as text.
        id: String,
        /// What can't be.
        what: String,
    },
    /// The value was erased when its time was over ([`crate::retention::ERASED`]); the row itself stays.
    #[error("{column} of row {id} in {table} was erased")]
    Erased {
        /// The table.
        table: &'static str,
        /// The column.
        column: String,
        /// The row's key, as text.
        id: String,
    },
    /// Lock, pool or serialisation trouble. Nothing was written; the whole unit of work may be tried again.
    #[error("database is busy")]
    Busy,
    /// The commit was sent and its answer was lost. Read again by your own key before deciding anything.
    #[error("it is not known whether the transaction was committed: {message}")]
    CommitUnknown {
        /// What the driver said.
        message: String,
    },
    /// The keys we were given are not the keys the data was written with.
    #[error("encryption keys: {what}")]
    Keys {
        /// What does not fit.
        what: String,
    },
    /// The database can't be trusted with money as it is set up.
    #[error("the database is not set up safely: {}", problems.join("; "))]
    Unsafe {
        /// One sentence per problem, with the cure.
        problems: Vec<String>,
    },
    /// The settings don't name a database we can use.
    #[error("database settings: {what}")]
    Settings {
        /// What is wrong and what to write instead.
        what: String,
    },
    /// The migrations could not be applied.
    #[error("migration: {message}")]
    Migration {
        /// What the migrator said.
        message: String,
    },
    /// Anything else the database or the driver said.
    #[error("database error {}: {message}", code.as_deref().unwrap_or("-"))]
    Db {
        /// SQLSTATE or SQLite's extended code.
        code: Option<String>,
        /// The message, without values.
        message: String,
    },
}

impl StoreError {
    /// A row with nonsense in it.
    pub fn corrupt(table: &'static str, id: impl fmt::Display, what: impl fmt::Display) -> Self {
        Self::Corrupt { table, id: id.to_string(), what: what.to_string() }
    }

    /// Was the row refused by this unique index (PostgreSQL's name of it)?
    pub fn is_unique(&self, name: &str) -> bool {
        matches!(self, Self::Unique { constraint } if *constraint == name)
    }

    /// May the whole unit of work be tried again? True only when surely nothing was written.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy)
    }

    /// Was a table asked for that isn't there? A database that was never migrated.
    pub fn is_missing_table(&self) -> bool {
        match self {
            // SQLite has one code for every kind of mistake in a statement.
            Self::Db { code, message } => code.as_deref() == Some("42P01") || message.starts_with("no such table: "),
            _ => false,
        }
    }

    /// Classifies an error of the COMMIT itself: only a clear answer of the server says "not committed".
    pub(crate) fn of_commit(error: sqlx::Error) -> Self {
        let definite = match &error {
            sqlx::Error::Database(db) => db
                .code()
                .is_some_and(|code| code.len() == 5 && ["40", "23", "25"].iter().any(|class| code.starts_with(class))),
            _ => false,
        };
        if definite { Self::from(error) } else { Self::CommitUnknown { message: error.to_string() } }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => Self::Busy,
            sqlx::Error::Database(db) => {
                if db.is_unique_violation() {
                    return Self::Unique { constraint: unique_name(db.constraint(), db.message()) };
                }
                let code = db.code().map(std::borrow::Cow::into_owned);
                match code.as_deref() {
                    Some(code) if is_busy_code(code) => Self::Busy,
                    _ => Self::Db { code, message: db.message().to_owned() },
                }
            }
            other => Self::Db { code: None, message: other.to_string() },
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migration { message: error.to_string() }
    }
}

/// Codes after which nothing was written and the same work may succeed a moment later.
fn is_busy_code(code: &str) -> bool {
    match code {
        // serialisation failure, deadlock, lock not available, statement timeout, too many connections, starting up
        "40001" | "40P01" | "55P03" | "57014" | "53300" | "57P03" => true,
        // SQLITE_BUSY and SQLITE_LOCKED with their extended forms; SQLSTATEs have five characters
        _ if code.len() < 5 => code.parse::<i32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6)),
        _ => false,
    }
}

/// PostgreSQL says the name, SQLite the columns (or, for an index on an expression, the name).
fn unique_name(constraint: Option<&str>, message: &str) -> &'static str {
    let columns = message.rsplit_once("failed: ").map_or("", |(_, columns)| columns);
    UNIQUES
        .iter()
        .find(|(name, on)| constraint.map_or(columns == *on, |constraint| constraint == *name))
        .map_or("unknown", |(name, _)| name)
}

/// One row written, or [`StoreError::Conflict`].
pub fn exactly_one(rows_affected: u64, what: &'static str) -> Result<(), StoreError> {
    match rows_affected {
        1 => Ok(()),
        0 => Err(StoreError::Conflict { what }),
        n => Err(StoreError::Db { code: None, message: format!("{n} rows written where one {what} was meant") }),
    }
}

/// Every unique index of ours: PostgreSQL's name, and the columns SQLite names instead. A test holds this against
/// both schemas.
pub const UNIQUES: &[(&str, &str)] = &[
    ("alert_matters_pkey", "alert_matters.matter"),
    ("alert_post_pkey", "alert_post.name"),
    ("announcements_pkey", "announcements.id"),
    ("announcements_slug_key", "announcements.slug"),
    ("audit_chain_hash_key", "audit_chain.hash"),
    ("audit_chain_pkey", "audit_chain.audit_id"),
    ("audit_chain_seq_key", "audit_chain.seq"),
    ("audit_checks_pkey", "audit_checks.id"),
    ("audit_logs_pkey", "audit_logs.id"),
    ("audit_unsealed_pkey", "audit_unsealed.audit_id"),
    ("banks_pkey", "banks.bank_code"),
    ("catalog_pkey", "catalog.brand"),
    ("catalog_versions_pkey", "catalog_versions.brand, catalog_versions.version"),
    ("day_stats_pkey", "day_stats.day, day_stats.measure, day_stats.brand, day_stats.reason"),
    ("documents_pkey", "documents.kind, documents.version"),
    ("encryption_keys_one_active", "encryption_keys.purpose"),
    ("encryption_keys_pkey", "encryption_keys.purpose, encryption_keys.key_id"),
    ("export_chunks_pkey", "export_chunks.export_id, export_chunks.attempt, export_chunks.seq"),
    ("exports_pkey", "exports.id"),
    ("idempotency_keys_pkey", "idempotency_keys.scope, idempotency_keys.key_hash"),
    ("inquiries_pkey", "inquiries.id"),
    ("invitations_pkey", "invitations.token_hash"),
    ("key_rotations_one_open", "key_rotations.data_key, key_rotations.lookup_key"),
    ("key_rotations_pkey", "key_rotations.id"),
    ("key_walks_pkey", "key_walks.rotation_id, key_walks.part"),
    ("lane_pauses_pkey", "lane_pauses.lane"),
    ("legal_holds_pkey", "legal_holds.id"),
    ("live_feed_order_id_key", "live_feed.order_id"),
    ("live_feed_pkey", "live_feed.id"),
    ("lock_attempts_item_id_attempt_no_key", "lock_attempts.item_id, lock_attempts.attempt_no"),
    ("lock_attempts_one_live", "lock_attempts.item_id"),
    ("lock_attempts_pkey", "lock_attempts.id"),
    ("lock_attempts_reference_key", "lock_attempts.reference"),
    ("manual_claims_pkey", "manual_claims.item_id"),
    ("manual_proofs_pkey", "manual_proofs.id"),
    ("messages_client_key_key", "messages.client_key"),
    ("messages_pkey", "messages.id"),
    ("messages_unique_key_key", "messages.unique_key"),
    ("order_brands_pkey", "order_brands.order_id, order_brands.brand"),
    ("order_columns_pkey", "order_columns.user_id"),
    ("order_events_pkey", "order_events.id"),
    ("order_items_live_pin", "order_items.family, order_items.pin_hmac"),
    ("order_items_order_id_position_key", "order_items.order_id, order_items.position"),
    ("order_items_pkey", "order_items.id"),
    ("order_notes_pkey", "order_notes.id"),
    ("order_risk_pkey", "order_risk.order_id"),
    ("order_views_pkey", "order_views.id"),
    ("order_views_user_id_name_key", "order_views.user_id, order_views.name"),
    ("orders_code_key", "orders.code"),
    ("orders_pkey", "orders.id"),
    ("orders_quote_id_key", "orders.quote_id"),
    ("otp_challenges_one_open", "otp_challenges.phone_hmac, otp_challenges.purpose"),
    ("otp_challenges_pkey", "otp_challenges.id"),
    ("otp_challenges_proof_hash_key", "otp_challenges.proof_hash"),
    ("outbox_kind_unique_key_key", "outbox.kind, outbox.unique_key"),
    ("outbox_pkey", "outbox.id"),
    ("partner_calls_pkey", "partner_calls.id"),
    ("payout_attempts_one_live", "payout_attempts.payout_id"),
    ("payout_attempts_payout_id_attempt_no_key", "payout_attempts.payout_id, payout_attempts.attempt_no"),
    ("payout_attempts_pkey", "payout_attempts.id"),
    ("payout_attempts_tran_date_bank_tran_id_key", "payout_attempts.tran_date, payout_attempts.bank_tran_id"),
    ("payout_fees_pkey", "payout_fees.id"),
    ("payout_fees_speed_effective_from_key", "payout_fees.speed, payout_fees.effective_from"),
    ("payouts_order_id_key", "payouts.order_id"),
    ("payouts_pkey", "payouts.id"),
    ("person_requests_one_open", "person_requests.phone_hmac, person_requests.kind"),
    ("person_requests_pkey", "person_requests.id"),
    ("privacy_consents_order_id_consent_type_key", "privacy_consents.order_id, privacy_consents.consent_type"),
    ("privacy_consents_pkey", "privacy_consents.id"),
    ("privacy_reviews_pkey", "privacy_reviews.id"),
    ("quotes_pkey", "quotes.id"),
    ("rates_brand_effective_from_face_min_key", "rates.brand, rates.effective_from, rates.face_min"),
    ("rates_pkey", "rates.id"),
    ("recovery_codes_pkey", "recovery_codes.user_id, recovery_codes.code_hash"),
    ("risk_blocks_one_live", "risk_blocks.kind, risk_blocks.value_hmac"),
    ("risk_blocks_pkey", "risk_blocks.id"),
    ("risk_books_one_in_force", "risk_books.state"),
    ("risk_books_pkey", "risk_books.id"),
    ("risk_books_version_key", "risk_books.version"),
    ("risk_flags_order_id_reason_key", "risk_flags.order_id, risk_flags.reason"),
    ("risk_flags_pkey", "risk_flags.id"),
    ("role_changes_pkey", "role_changes.id"),
    ("sale_steps_pkey", "sale_steps.step, sale_steps.sale"),
    ("sell_drafts_pkey", "sell_drafts.id"),
    ("sell_drafts_token_hash_key", "sell_drafts.token_hash"),
    ("settings_pkey", "settings.name"),
    ("shop_drafts_one_open", "shop_drafts.kind, shop_drafts.subject, shop_drafts.author"),
    ("shop_drafts_pkey", "shop_drafts.id"),
    ("sign_in_tries_pkey", "sign_in_tries.id"),
    ("user_roles_pkey", "user_roles.user_id, user_roles.role"),
    ("users_login_key", "users.login"),
    ("users_pkey", "users.id"),
    ("web_sessions_pkey", "web_sessions.id_hash"),
];
