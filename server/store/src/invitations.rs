//! Links to choose a password by. The token is somebody else's; here is only its hash.

use crate::db::Conn;
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{Timestamp, UserId};
use uuid::Uuid;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationPurpose {
    /// A first password.
    Invite,
    /// Another password and another second factor.
    Reset,
}

impl InvitationPurpose {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Reset => "reset",
        }
    }
}

/// A link that can still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Whose password is to be chosen.
    pub user: UserId,
    /// Why.
    pub purpose: InvitationPurpose,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Writes a new link.
pub async fn insert(
    conn: impl Into<Conn<'_>>,
    token_hash: [u8; 32],
    invitation: &Invitation,
    actor: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("invitations/insert.sql"))
            .bind(token_hash.as_slice())
            .bind(key(invitation.user.bytes()))
            .bind(invitation.purpose.as_str())
            .bind(actor)
            .bind(now.micros())
            .bind(invitation.expires_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// The link, if it can still be used.
pub async fn find(
    conn: impl Into<Conn<'_>>,
    token_hash: [u8; 32],
    now: Timestamp,
) -> Result<Option<Invitation>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, (Uuid, String, i64)>(sql!("invitations/find.sql"))
        .bind(token_hash.as_slice())
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await?);
    Ok(row.map(|(user, purpose, expires_at)| Invitation {
        user: UserId::from_bytes(user.into_bytes()),
        purpose: if purpose == "reset" { InvitationPurpose::Reset } else { InvitationPurpose::Invite },
        expires_at: Timestamp::from_micros(expires_at),
    }))
}

/// Uses the link up; `false` when somebody was faster or it is too late.
pub async fn spend(conn: impl Into<Conn<'_>>, token_hash: [u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("invitations/spend.sql"))
        .bind(token_hash.as_slice())
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// Ends every open link of a person.
pub async fn end_of_user(conn: impl Into<Conn<'_>>, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("invitations/end_of_user.sql"))
            .bind(key(user.bytes()))
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}
