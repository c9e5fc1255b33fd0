//! Staff with real accounts and sessions, for tests of the desk.

use domain::{Lang, Role, Timestamp};
use services::{Actor, Services, Staff, Visitor};
use sha2::{Digest as _, Sha256};
use store::sessions::{self, NewSession, SessionKind};
use testkit::TestDb;
use testkit::staff::{Member, member_at};

/// Somebody at the door.
pub fn stranger(address: &str) -> Actor {
    Actor::Visitor(Visitor {
        address: address.into(),
        agent: "test".into(),
        lang: Lang::Ko,
        grants: Vec::new(),
        device: None,
    })
}

/// A member of staff as a request brings them.
pub fn acting(member: &Member) -> Actor {
    Actor::Staff(Staff {
        user: member.user,
        login: member.login.clone(),
        name: "직원".into(),
        roles: member.roles,
        session: member.session,
        epoch: member.epoch,
        address: "203.0.113.9".into(),
        agent: "test".into(),
        lang: Lang::Ko,
        step_up_at: Some(member.step_up_at),
    })
}

/// A signed-in member of staff.
pub async fn signed_in(db: &TestDb, services: &Services, number: u8, roles: &[Role]) -> Actor {
    acting(&member_at(db, number, roles, services.clock.now()).await)
}

/// What the web layer does with a badge: writes the session's row. Says who comes with it.
pub async fn wear(services: &Services, badge: &services::desk::access::Badge, cookie: u8) -> Option<Staff> {
    let session: [u8; 32] = Sha256::digest([cookie]).into();
    let now: Timestamp = services.clock.now();
    let data = serde_json::to_vec(&serde_json::json!({ "badge": badge })).unwrap();
    let mut row = [0; 16];
    row.copy_from_slice(&session[..16]);
    let new = NewSession {
        kind: SessionKind::Desk,
        id_hash: session,
        user_id: Some(badge.user),
        data_enc: services.keys.seal(sessions::TABLE, "data_enc", row, &data).unwrap(),
        expires_at: now.plus(domain::Span::minutes(30)),
        absolute_expires_at: now.plus(domain::Span::hours(10)),
        address_hmac: None,
        agent_hmac: None,
        step_up_at: Some(badge.step_up_at),
        epoch: Some(badge.epoch),
    };
    let mut tx = services.db.begin().await.unwrap();
    assert!(sessions::create(&mut tx, &new, now).await.unwrap());
    tx.commit().await.unwrap();
    let door = Visitor {
        address: "203.0.113.9".into(),
        agent: "test".into(),
        lang: Lang::Ko,
        grants: Vec::new(),
        device: None,
    };
    services::desk::access::who(services, session, &door).await.unwrap()
}
