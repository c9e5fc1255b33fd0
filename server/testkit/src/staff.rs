//! Members of staff with a living desk session, for tests of what they may do.

use crate::TestDb;
use crate::clock::NOON;
use domain::{Role, Roles, Span, Timestamp, UserId};
use serde_json::json;
use store::sessions::{self, NewSession, SessionKind};
use store::users::{self, User, UserState};

/// Somebody who works here and is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their account.
    pub user: UserId,
    /// What they type to sign in.
    pub login: String,
    /// What they may be.
    pub roles: Roles,
    /// Their session's stored name.
    pub session: [u8; 32],
    /// The epoch of their sessions.
    pub epoch: i64,
    /// When their second factor was shown.
    pub step_up_at: Timestamp,
}

/// An account with these roles and a session begun at [`NOON`], second factor just shown. `number` tells members apart.
pub async fn member(db: &TestDb, number: u8, roles: &[Role]) -> Member {
    member_at(db, number, roles, NOON).await
}

/// The same, begun at `now`.
pub async fn member_at(db: &TestDb, number: u8, roles: &[Role], now: Timestamp) -> Member {
    let user = UserId::from_u128(0x5_7aff_0000 + u128::from(number));
    let login = format!("member{number}");
    let (session, epoch) = ([number; 32], 1);
    let mut tx = db.begin().await.unwrap();
    let account = User {
        id: user,
        login: login.clone(),
        name: format!("직원{number}"),
        state: UserState::Active,
        password_hash: Some("$argon2id$".into()),
        password_changed_at: Some(now),
        totp_enc: None,
        totp_confirmed_at: None,
        totp_last_step: 0,
        session_epoch: epoch,
        revision: 1,
        created_at: now,
        updated_at: now,
        last_sign_in_at: Some(now),
    };
    users::insert(&mut tx, &account).await.unwrap();
    for role in roles {
        users::set_role(&mut tx, user, *role, true, now).await.unwrap();
    }
    let new = NewSession {
        kind: SessionKind::Desk,
        id_hash: session,
        user_id: Some(user),
        data_enc: sealed_badge(db, user, epoch, session, now),
        expires_at: now.plus(Span::days(365)),
        absolute_expires_at: now.plus(Span::days(365)),
        address_hmac: None,
        agent_hmac: None,
        step_up_at: Some(now),
        epoch: Some(epoch),
    };
    assert!(sessions::create(&mut tx, &new, now).await.unwrap());
    tx.commit().await.unwrap();
    Member { user, login, roles: Roles::of(roles), session, epoch, step_up_at: now }
}

/// What the web layer keeps in such a session.
fn sealed_badge(db: &TestDb, user: UserId, epoch: i64, session: [u8; 32], now: Timestamp) -> Vec<u8> {
    let badge = json!({ "user": user, "epoch": epoch, "step_up_at": now, "address": "203.0.113.9", "agent": "test" });
    let data = serde_json::to_vec(&json!({ "badge": badge })).unwrap();
    let mut row = [0; 16];
    row.copy_from_slice(&session[..16]);
    db.keys.seal(sessions::TABLE, "data_enc", row, &data).unwrap()
}
