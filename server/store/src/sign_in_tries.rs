//! Tries to sign in, counted to slow guessing down. Logins and addresses are keyed hashes, of both living keys.

use crate::db::Conn;
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::Timestamp;

/// What was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// A password.
    Password,
    /// A code of the second factor, or a recovery code.
    Code,
}

impl Factor {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
        }
    }
}

/// One try.
#[derive(Clone, Copy, Debug)]
pub struct Try {
    /// Its key.
    pub id: [u8; 16],
    /// The login typed, hashed.
    pub login: [u8; 32],
    /// Where from, hashed.
    pub address: [u8; 32],
    /// What was shown.
    pub factor: Factor,
    /// Was it right?
    pub success: bool,
    /// When.
    pub at: Timestamp,
}

/// Keeps a try.
pub async fn insert(conn: impl Into<Conn<'_>>, made: &Try) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("sign_in_tries/insert.sql"))
            .bind(key(made.id))
            .bind(made.login.as_slice())
            .bind(made.address.as_slice())
            .bind(made.factor.as_str())
            .bind(made.success)
            .bind(made.at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Wrong tries for a login since then, from anywhere.
pub async fn failed_of_login(
    conn: impl Into<Conn<'_>>,
    login: [[u8; 32]; 2],
    factor: Factor,
    since: Timestamp,
) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("sign_in_tries/failed_of_login.sql"))
        .bind(login[0].as_slice())
        .bind(login[1].as_slice())
        .bind(false)
        .bind(factor.as_str())
        .bind(since.micros())
        .fetch_one(&mut *c)
        .await?))
}

/// Wrong tries from an address since then, for any login.
pub async fn failed_of_address(
    conn: impl Into<Conn<'_>>,
    address: [[u8; 32]; 2],
    since: Timestamp,
) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("sign_in_tries/failed_of_address.sql"))
        .bind(address[0].as_slice())
        .bind(address[1].as_slice())
        .bind(false)
        .bind(since.micros())
        .fetch_one(&mut *c)
        .await?))
}

/// Wrong tries for a login from an address since then.
pub async fn failed_of_both(
    conn: impl Into<Conn<'_>>,
    login: [[u8; 32]; 2],
    address: [[u8; 32]; 2],
    factor: Factor,
    since: Timestamp,
) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("sign_in_tries/failed_of_both.sql"))
        .bind(login[0].as_slice())
        .bind(login[1].as_slice())
        .bind(address[0].as_slice())
        .bind(address[1].as_slice())
        .bind(false)
        .bind(factor.as_str())
        .bind(since.micros())
        .fetch_one(&mut *c)
        .await?))
}

/// Did this login succeed from this address since then?
pub async fn knows_address(
    conn: impl Into<Conn<'_>>,
    login: [[u8; 32]; 2],
    address: [[u8; 32]; 2],
    since: Timestamp,
) -> Result<bool, StoreError> {
    let found = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("sign_in_tries/knows_address.sql"))
        .bind(login[0].as_slice())
        .bind(login[1].as_slice())
        .bind(address[0].as_slice())
        .bind(address[1].as_slice())
        .bind(true)
        .bind(since.micros())
        .fetch_optional(&mut *c)
        .await?);
    Ok(found.is_some())
}

/// Throws at most `limit` tries from before `before` away and says how many.
pub async fn forget(conn: impl Into<Conn<'_>>, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("sign_in_tries/forget.sql"))
        .bind(before.micros())
        .bind(i64::from(limit))
        .execute(&mut *c)
        .await?
        .rows_affected()))
}

/// The try was right after all.
pub async fn succeed(conn: impl Into<Conn<'_>>, id: [u8; 16]) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("sign_in_tries/succeed.sql")).bind(key(id)).bind(true).execute(&mut *c).await?;
    });
    Ok(())
}
