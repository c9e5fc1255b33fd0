//! The staff: accounts, roles, second factors. Secrets of the second factor come and go sealed; passwords only hashed.

use crate::db::Conn;
use crate::dialect::locking;
use crate::row::{Of, key, micros, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{Role, Roles, Timestamp, UserId};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "users";

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserState {
    /// Waits for its person to choose a password.
    Invited,
    /// May sign in.
    Active,
    /// May not.
    Disabled,
}

impl UserState {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }
}

impl std::str::FromStr for UserState {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        [Self::Invited, Self::Active, Self::Disabled]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or_else(|| word.to_owned())
    }
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its key.
    pub id: UserId,
    /// What is typed to sign in, in lower case.
    pub login: String,
    /// What colleagues call the person.
    pub name: String,
    /// May it be used?
    pub state: UserState,
    /// Argon2id, in PHC form with its parameters.
    pub password_hash: Option<String>,
    /// When the password was last chosen.
    pub password_changed_at: Option<Timestamp>,
    /// Secret of the second factor, sealed.
    pub totp_enc: Option<Vec<u8>>,
    /// When a first code proved that the person's device holds the secret.
    pub totp_confirmed_at: Option<Timestamp>,
    /// The last time step a code was taken for: no step is good twice.
    pub totp_last_step: i64,
    /// Sessions of an older epoch are dead.
    pub session_epoch: i64,
    /// Grows with every change.
    pub revision: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When somebody last signed in with it.
    pub last_sign_in_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    login: String,
    name: String,
    state: String,
    password_hash: Option<String>,
    password_changed_at: Option<i64>,
    totp_enc: Option<Vec<u8>>,
    totp_confirmed_at: Option<i64>,
    totp_last_step: i64,
    session_epoch: i64,
    revision: i64,
    created_at: i64,
    updated_at: i64,
    last_sign_in_at: Option<i64>,
}

impl TryFrom<Row> for User {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: UserId::from_bytes(row.id.into_bytes()),
            state: of.word("state", &row.state)?,
            login: row.login,
            name: row.name,
            password_hash: row.password_hash,
            password_changed_at: moment(row.password_changed_at),
            totp_enc: row.totp_enc,
            totp_confirmed_at: moment(row.totp_confirmed_at),
            totp_last_step: row.totp_last_step,
            session_epoch: row.session_epoch,
            revision: row.revision,
            created_at: Timestamp::from_micros(row.created_at),
            updated_at: Timestamp::from_micros(row.updated_at),
            last_sign_in_at: moment(row.last_sign_in_at),
        })
    }
}

/// Writes a new account.
///
/// Errors: [`StoreError::Duplicate`] when the login is taken.
pub async fn insert(conn: impl Into<Conn<'_>>, user: &User) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("users/insert.sql"))
            .bind(key(user.id.bytes()))
            .bind(user.login.as_str())
            .bind(user.name.as_str())
            .bind(user.state.as_str())
            .bind(user.password_hash.as_deref())
            .bind(micros(user.password_changed_at))
            .bind(user.totp_enc.as_deref())
            .bind(micros(user.totp_confirmed_at))
            .bind(user.totp_last_step)
            .bind(user.session_epoch)
            .bind(user.revision)
            .bind(user.created_at.micros())
            .bind(user.updated_at.micros())
            .bind(micros(user.last_sign_in_at))
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// One account.
pub async fn find(conn: impl Into<Conn<'_>>, id: UserId) -> Result<Option<User>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("users/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(User::try_from).transpose()
}

/// One account, held until the transaction ends: what the account may do can't change meanwhile.
pub async fn lock(conn: impl Into<Conn<'_>>, id: UserId) -> Result<Option<User>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(locking(c, sql!("users/lock.sql")))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(User::try_from).transpose()
}

/// The account of a login, written in lower case.
pub async fn by_login(conn: impl Into<Conn<'_>>, login: &str) -> Result<Option<User>, StoreError> {
    let row =
        on!(conn, |c| sqlx::query_as::<_, Row>(sql!("users/by_login.sql")).bind(login).fetch_optional(&mut *c).await?);
    row.map(User::try_from).transpose()
}

/// Every account by login. A shop has tens, not thousands.
pub async fn list(conn: impl Into<Conn<'_>>) -> Result<Vec<User>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("users/list.sql")).fetch_all(&mut *c).await?);
    rows.into_iter().map(User::try_from).collect()
}

/// Writes a changed account.
///
/// Errors: [`StoreError::Conflict`] when it changed since `before` was read.
pub async fn write(conn: impl Into<Conn<'_>>, before: &User, after: &User, now: Timestamp) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("users/write.sql"))
        .bind(key(before.id.bytes()))
        .bind(before.revision)
        .bind(after.name.as_str())
        .bind(after.state.as_str())
        .bind(after.password_hash.as_deref())
        .bind(micros(after.password_changed_at))
        .bind(after.totp_enc.as_deref())
        .bind(micros(after.totp_confirmed_at))
        .bind(after.totp_last_step)
        .bind(after.session_epoch)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "user")
}

/// Notes that somebody signed in.
pub async fn signed_in(conn: impl Into<Conn<'_>>, id: UserId, now: Timestamp) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("users/signed_in.sql")).bind(key(id.bytes())).bind(now.micros()).execute(&mut *c).await?;
    });
    Ok(())
}

/// Takes a time step of the second factor; `false` when it or a later one was taken before.
pub async fn spend_step(conn: impl Into<Conn<'_>>, id: UserId, step: i64) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("users/spend_step.sql"))
        .bind(key(id.bytes()))
        .bind(step)
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// Whose living desk session this is, and when its second factor was last shown; nobody's when the session ended, the
/// account is not active, or its sessions were all ended since.
pub async fn living(
    conn: impl Into<Conn<'_>>,
    session: [u8; 32],
    now: Timestamp,
) -> Result<Option<(User, Option<Timestamp>)>, StoreError> {
    #[derive(sqlx::FromRow)]
    struct Living {
        #[sqlx(flatten)]
        user: Row,
        step_up_at: Option<i64>,
    }
    let row = on!(conn, |c| sqlx::query_as::<_, Living>(sql!("users/living.sql"))
        .bind(session.as_slice())
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await?);
    row.map(|row| Ok((User::try_from(row.user)?, moment(row.step_up_at)))).transpose()
}

/// Does this session of this user's epoch still live, and when was its second factor last shown?
pub async fn lives(
    conn: impl Into<Conn<'_>>,
    session: [u8; 32],
    user: UserId,
    epoch: i64,
    now: Timestamp,
) -> Result<Option<Option<Timestamp>>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, (Option<i64>,)>(sql!("users/lives.sql"))
        .bind(session.as_slice())
        .bind(key(user.bytes()))
        .bind(epoch)
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await?);
    Ok(row.map(|(step_up_at,)| moment(step_up_at)))
}

/// What somebody may be.
pub async fn roles(conn: impl Into<Conn<'_>>, id: UserId) -> Result<Roles, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String,)>(sql!("users/roles.sql"))
        .bind(key(id.bytes()))
        .fetch_all(&mut *c)
        .await?);
    let of = Of { table: "user_roles", id: key(id.bytes()) };
    rows.iter().map(|(role,)| of.word::<Role>("role", role)).collect()
}

/// Everybody's roles.
pub async fn all_roles(conn: impl Into<Conn<'_>>) -> Result<Vec<(UserId, Role)>, StoreError> {
    let rows =
        on!(conn, |c| sqlx::query_as::<_, (Uuid, String)>(sql!("users/all_roles.sql")).fetch_all(&mut *c).await?);
    rows.into_iter()
        .map(|(id, role)| {
            let role = Of { table: "user_roles", id }.word("role", &role)?;
            Ok((UserId::from_bytes(id.into_bytes()), role))
        })
        .collect()
}

/// Gives or takes a role; `false` when it was so already.
pub async fn set_role(
    conn: impl Into<Conn<'_>>,
    id: UserId,
    role: Role,
    held: bool,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = on!(conn, |c| if held {
        sqlx::query(sql!("users/grant.sql"))
            .bind(key(id.bytes()))
            .bind(role.as_str())
            .bind(now.micros())
            .execute(&mut *c)
            .await?
            .rows_affected()
    } else {
        sqlx::query(sql!("users/revoke.sql"))
            .bind(key(id.bytes()))
            .bind(role.as_str())
            .execute(&mut *c)
            .await?
            .rows_affected()
    });
    Ok(done == 1)
}

/// One change of somebody's roles, as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleChange {
    /// Which role.
    pub role: String,
    /// Given, or taken away.
    pub granted: bool,
    /// Who did it.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Keeps a change of somebody's roles.
pub async fn note_role(
    conn: impl Into<Conn<'_>>,
    id: [u8; 16],
    user: UserId,
    change: &RoleChange,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("users/note_role.sql"))
            .bind(key(id))
            .bind(key(user.bytes()))
            .bind(change.role.as_str())
            .bind(if change.granted { "granted" } else { "revoked" })
            .bind(change.actor.as_str())
            .bind(change.reason.as_str())
            .bind(change.at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// The last changes of somebody's roles, newest first.
pub async fn role_changes(conn: impl Into<Conn<'_>>, user: UserId, limit: u32) -> Result<Vec<RoleChange>, StoreError> {
    let rows =
        on!(conn, |c| sqlx::query_as::<_, (String, String, String, String, i64)>(sql!("users/role_changes.sql"))
            .bind(key(user.bytes()))
            .bind(i64::from(limit))
            .fetch_all(&mut *c)
            .await?);
    Ok(rows
        .into_iter()
        .map(|(role, change, actor, reason, at)| RoleChange {
            role,
            granted: change == "granted",
            actor,
            reason,
            at: Timestamp::from_micros(at),
        })
        .collect())
}

/// How many other active owners there are: the last one can't go.
pub async fn other_owners(conn: impl Into<Conn<'_>>, id: UserId) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("users/other_owners.sql"))
        .bind(key(id.bytes()))
        .fetch_one(&mut *c)
        .await?))
}

/// Puts fresh recovery codes, hashed, in the place of all before.
pub async fn set_recovery_codes(
    conn: impl Into<Conn<'_>>,
    id: UserId,
    hashes: &[[u8; 32]],
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("users/drop_recovery_codes.sql")).bind(key(id.bytes())).execute(&mut *c).await?;
        for hash in hashes {
            sqlx::query(sql!("users/put_recovery_code.sql"))
                .bind(key(id.bytes()))
                .bind(hash.as_slice())
                .bind(now.micros())
                .execute(&mut *c)
                .await?;
        }
    });
    Ok(())
}

/// Takes a recovery code; `false` when there is none like it or it was used.
pub async fn spend_recovery_code(
    conn: impl Into<Conn<'_>>,
    id: UserId,
    hash: [u8; 32],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("users/spend_recovery_code.sql"))
        .bind(key(id.bytes()))
        .bind(hash.as_slice())
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// How many recovery codes are left.
pub async fn recovery_codes_left(conn: impl Into<Conn<'_>>, id: UserId) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("users/recovery_codes_left.sql"))
        .bind(key(id.bytes()))
        .fetch_one(&mut *c)
        .await?))
}
