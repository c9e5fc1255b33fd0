//! Login and password; leaving; and whose session it is.

use super::limits;
use super::{Badge, Pending, wrong_pair};
use crate::rights::{self, Act};
use crate::shop::{kept, visitor};
use crate::{Actor, ServiceError, Services, Staff, Visitor, desk};
use domain::{AuditId, Timestamp};
use serde_json::{Value, json};
use store::audit::{self, AuditKind, AuditLine};
use store::sign_in_tries::Factor;
use store::users::{self, User, UserState};

/// What follows a right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The second factor's code.
    Code,
    /// A second factor must be set up first.
    Enrol,
    /// Nothing: the sandbox asks for no second factor where none was set up.
    In,
}

/// A right password.
#[derive(Clone, Debug)]
pub struct Entered {
    pub pending: Pending,
    pub next: Next,
    /// With [`Next::In`], the badge.
    pub badge: Option<Badge>,
}

/// What is typed to sign in, in the form it is stored in.
pub(super) fn login_of(typed: &str) -> String {
    kept(typed.trim(), 100).to_lowercase()
}

/// Checks login and password.
///
/// Errors: [`ServiceError::Invalid`] for a wrong pair, whichever of the two is wrong, also for an account that is
/// disabled; [`ServiceError::Busy`] after too many tries or when too many sign in at once.
pub async fn enter(services: &Services, actor: &Actor, login: &str, password: &str) -> Result<Entered, ServiceError> {
    let door = visitor(actor)?;
    let login = login_of(login);
    let tried = limits::begin(services, &login, &door.address, Factor::Password, door.lang).await?;
    let user = {
        let mut reader = services.db.read().await?;
        users::by_login(&mut reader, &login).await?.filter(|user| user.state == UserState::Active)
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let right = services.hashing.matches(password, hash, door.lang).await?;
    let Some(user) = user.filter(|_| right) else {
        let mark = hex::encode(&services.keys.hmac("login", login.as_bytes())[..8]);
        let mut tx = services.db.begin().await?;
        let line = line(services, door, None, ("sign_in.wrong", "login", mark), json!({}));
        audit::insert(&mut tx, &line).await?;
        tx.commit().await?;
        return Err(ServiceError::invalid("password", "wrong_pair", wrong_pair(door.lang)));
    };
    let now = services.clock.now();
    let next = match (user.totp_confirmed_at.is_some(), services.policy.second_factor) {
        (true, _) => Next::Code,
        (false, true) => Next::Enrol,
        (false, false) => Next::In,
    };
    let mut tx = services.db.begin().await?;
    tried.was_right(&mut tx).await?;
    let badge = match next {
        Next::In => Some(let_in(services, &mut tx, door, &user, "password", now).await?),
        Next::Code | Next::Enrol => None,
    };
    tx.commit().await?;
    Ok(Entered { pending: Pending { user: user.id, epoch: user.session_epoch, since: now }, next, badge })
}

/// Writes that somebody is in and gives them their badge.
pub(super) async fn let_in(
    services: &Services,
    tx: &mut store::Tx,
    door: &Visitor,
    user: &User,
    factor: &str,
    now: Timestamp,
) -> Result<Badge, ServiceError> {
    users::signed_in(&mut *tx, user.id, now).await?;
    let line =
        line(services, door, Some(user), ("sign_in.done", "user", user.id.to_string()), json!({ "factor": factor }));
    audit::insert(&mut *tx, &line).await?;
    Ok(Badge {
        user: user.id,
        epoch: user.session_epoch,
        step_up_at: now,
        address: door.address.clone(),
        agent: door.agent.clone(),
    })
}

/// A line about somebody who isn't in yet.
pub(super) fn line(
    services: &Services,
    door: &Visitor,
    user: Option<&User>,
    (action, target_type, target_id): (&str, &str, String),
    meta: Value,
) -> AuditLine {
    let at = services.clock.now();
    AuditLine {
        id: AuditId::from_bytes(services.chance.id(at)),
        actor: user.map_or_else(|| "nobody".to_owned(), |user| user.id.to_string()),
        action: action.to_owned(),
        target_type: target_type.to_owned(),
        target_id,
        meta,
        at,
        kind: AuditKind::SignIn,
        user: user.map(|user| user.id),
        session: None,
        address: Some(door.address.clone()),
        reason: None,
    }
}

/// Writes that somebody left. The session itself is the web layer's to end.
pub async fn sign_out(services: &Services, actor: &Actor) -> Result<(), ServiceError> {
    let Actor::Staff(staff) = actor else { return Ok(()) };
    let now = services.clock.now();
    let target = ("user", staff.user.to_string());
    let line = desk::line(services, staff, now, (AuditKind::SignIn, "sign_in.left"), target, None, json!({}));
    let mut tx = services.db.begin().await?;
    audit::insert(&mut tx, &line).await?;
    tx.commit().await?;
    Ok(())
}

/// May the person whose request this is still do it? Asked again before each piece of what takes long to hand out; the second
/// factor was asked for at its beginning.
///
/// Errors: [`ServiceError::SignedOut`] when the session has ended; [`ServiceError::NotFound`] when the right is gone.
pub(crate) async fn still_may(services: &Services, actor: &Actor, act: Act) -> Result<(), ServiceError> {
    let asked = rights::staff(actor, act)?;
    let mut reader = services.db.read().await?;
    let lives = users::living(&mut reader, asked.session, services.clock.now()).await?;
    let Some((user, _)) = lives.filter(|(user, _)| user.id == asked.user && user.session_epoch == asked.epoch) else {
        return Err(ServiceError::SignedOut);
    };
    if rights::allows(users::roles(&mut reader, user.id).await?, act) { Ok(()) } else { Err(ServiceError::NotFound) }
}

/// Who holds the desk session of this stored name, if anybody: asked anew for every request.
pub async fn who(services: &Services, session: [u8; 32], door: &Visitor) -> Result<Option<Staff>, ServiceError> {
    let mut reader = services.db.read().await?;
    let Some((user, step_up_at)) = users::living(&mut reader, session, services.clock.now()).await? else {
        return Ok(None);
    };
    let roles = users::roles(&mut reader, user.id).await?;
    Ok(Some(Staff {
        user: user.id,
        login: user.login,
        name: user.name,
        roles,
        session,
        epoch: user.session_epoch,
        address: door.address.clone(),
        agent: door.agent.clone(),
        lang: door.lang,
        step_up_at,
    }))
}
