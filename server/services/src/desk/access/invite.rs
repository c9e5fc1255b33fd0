//! Links by which somebody chooses a password: the first one, or another after a reset.

use super::enter::{line, login_of};
use super::password::check_new;
use super::{PasswordProblem, Pending, link_dead};
use crate::shop::{kept, new_token, token_hash, visitor};
use crate::{Actor, ServiceError, Services, Visitor};
use domain::secret::Secret;
use domain::{Lang, Role, Span, Timestamp, UserId};
use serde_json::json;
use store::invitations::{self, Invitation, InvitationPurpose};
use store::users::{self, RoleChange, User, UserState};
use store::{Tx, audit, sessions};

/// A link lives so long.
const LINK_VALID: Span = Span::hours(48);

/// Whose password the link is for.
#[derive(Clone, Debug)]
pub struct Invited {
    pub login: String,
    pub name: String,
    pub is_reset: bool,
}

domain::messages! {
    fn login_form() {
        ko: "아이디는 영문 소문자, 숫자, . _ - @ 로 3자에서 60자까지예요.",
        en: "A login has 3 to 60 small letters, digits, and . _ - @."
    }
    fn login_taken() {
        ko: "이미 쓰고 있는 아이디예요. 다른 아이디로 정해 주세요.",
        en: "That login is taken. Choose another."
    }
    fn name_form() {
        ko: "이름을 1자에서 40자까지 적어 주세요.",
        en: "Give a name of 1 to 40 characters."
    }
}

/// A login as it is stored, if it is one.
fn login_parsed(typed: &str, lang: Lang) -> Result<String, ServiceError> {
    let login = login_of(typed);
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-@".contains(c);
    if (3..=60).contains(&login.len()) && login.chars().all(fine) {
        return Ok(login);
    }
    Err(ServiceError::invalid("login", "form", login_form(lang)))
}

/// A name for colleagues, if it is one.
pub(in crate::desk) fn name_parsed(typed: &str, lang: Lang) -> Result<String, ServiceError> {
    let name = kept(typed.trim(), 41);
    match name.chars().count() {
        1..=40 => Ok(name),
        _ => Err(ServiceError::invalid("name", "form", name_form(lang))),
    }
}

/// Writes an invited account with its roles and its link, and says the link's token. `actor` is who does it, as the audit
/// log names them; the line of the audit log is the caller's.
///
/// Errors: [`ServiceError::Invalid`] for a login that is taken or is none, or a name that is none.
pub(in crate::desk) async fn write_invited(
    services: &Services,
    tx: &mut Tx,
    (login, name): (&str, &str),
    roles: &[Role],
    (actor, reason): (&str, &str),
    lang: Lang,
) -> Result<(UserId, Secret<String>), ServiceError> {
    let login = login_parsed(login, lang)?;
    let name = name_parsed(name, lang)?;
    if users::by_login(&mut *tx, &login).await?.is_some() {
        return Err(ServiceError::invalid("login", "taken", login_taken(lang)));
    }
    let now = services.clock.now();
    let id = UserId::from_bytes(services.chance.id(now));
    let user = User {
        id,
        login,
        name,
        state: UserState::Invited,
        password_hash: None,
        password_changed_at: None,
        totp_enc: None,
        totp_confirmed_at: None,
        totp_last_step: 0,
        session_epoch: 1,
        revision: 1,
        created_at: now,
        updated_at: now,
        last_sign_in_at: None,
    };
    users::insert(&mut *tx, &user).await?;
    for role in roles {
        users::set_role(&mut *tx, id, *role, true, now).await?;
        let change = RoleChange {
            role: role.as_str().to_owned(),
            granted: true,
            actor: actor.to_owned(),
            reason: reason.to_owned(),
            at: now,
        };
        users::note_role(&mut *tx, services.chance.id(now), id, &change).await?;
    }
    let token = write_link(services, tx, id, InvitationPurpose::Invite, actor, now).await?;
    Ok((id, token))
}

/// Writes a link in the place of every other of this person.
pub(in crate::desk) async fn write_link(
    services: &Services,
    tx: &mut Tx,
    user: UserId,
    purpose: InvitationPurpose,
    actor: &str,
    now: Timestamp,
) -> Result<Secret<String>, ServiceError> {
    let token = new_token(services);
    let invitation = Invitation { user, purpose, expires_at: now.plus(LINK_VALID) };
    invitations::end_of_user(&mut *tx, user, now).await?;
    invitations::insert(&mut *tx, token_hash(&token), &invitation, actor, now).await?;
    Ok(Secret::new(token))
}

/// An account made at the machine itself (`pindesk user add`): the first owner, before anybody could invite anybody.
///
/// Errors: [`ServiceError::Forbidden`] for anybody but the system; [`ServiceError::Invalid`] as for an invitation.
pub async fn first_account(
    services: &Services,
    actor: &Actor,
    (login, name): (&str, &str),
    roles: &[Role],
) -> Result<Secret<String>, ServiceError> {
    let Actor::System { worker } = actor else { return Err(ServiceError::Forbidden) };
    let mut tx = services.db.begin().await?;
    let (id, token) =
        write_invited(services, &mut tx, (login, name), roles, (worker, "pindesk user add"), Lang::Ko).await?;
    let door =
        Visitor { address: "console".into(), agent: String::new(), lang: Lang::Ko, device: None, grants: Vec::new() };
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    let mut made = line(services, &door, None, ("user.invite", "user", id.to_string()), json!({ "roles": words }));
    made.actor.clone_from(worker);
    made.kind = audit::AuditKind::Change;
    audit::insert(&mut tx, &made).await?;
    tx.commit().await?;
    Ok(token)
}

/// Another link for an account, at the machine itself (`pindesk user link`): for the owner who lost everything.
///
/// Errors: [`ServiceError::Forbidden`] for anybody but the system; [`ServiceError::NotFound`] for an unknown login.
pub async fn renew_link(services: &Services, actor: &Actor, login: &str) -> Result<Secret<String>, ServiceError> {
    let Actor::System { worker } = actor else { return Err(ServiceError::Forbidden) };
    let mut tx = services.db.begin().await?;
    let user = users::by_login(&mut tx, &login_of(login)).await?.ok_or(ServiceError::NotFound)?;
    let purpose = match user.state {
        UserState::Invited => InvitationPurpose::Invite,
        UserState::Active => InvitationPurpose::Reset,
        UserState::Disabled => return Err(ServiceError::NotFound),
    };
    let now = services.clock.now();
    let token = write_link(services, &mut tx, user.id, purpose, worker, now).await?;
    let door =
        Visitor { address: "console".into(), agent: String::new(), lang: Lang::Ko, device: None, grants: Vec::new() };
    let mut made =
        line(services, &door, None, ("user.link", "user", user.id.to_string()), json!({ "purpose": purpose.as_str() }));
    made.actor.clone_from(worker);
    made.kind = audit::AuditKind::Change;
    audit::insert(&mut tx, &made).await?;
    tx.commit().await?;
    Ok(token)
}

/// What the link's page says, for a link that can still be used.
///
/// Errors: [`ServiceError::NotFound`] for any other.
pub async fn invitation(services: &Services, actor: &Actor, token: &str) -> Result<Invited, ServiceError> {
    visitor(actor)?;
    let mut reader = services.db.read().await?;
    let found = invitations::find(&mut reader, token_hash(token), services.clock.now()).await?;
    let Some(invitation) = found else { return Err(ServiceError::NotFound) };
    let user = users::find(&mut reader, invitation.user).await?.filter(|user| user.state != UserState::Disabled);
    let user = user.ok_or(ServiceError::NotFound)?;
    let is_reset = invitation.purpose == InvitationPurpose::Reset;
    Ok(Invited { login: user.login, name: user.name, is_reset })
}

/// Chooses the password, uses the link up, and ends every session there was. A reset forgets the second factor too: it is
/// set up anew.
///
/// Errors: [`ServiceError::Invalid`] for a password that isn't taken; [`ServiceError::Conflict`] `link_dead`.
pub async fn accept(
    services: &Services,
    actor: &Actor,
    token: &str,
    password: &str,
    again: &str,
) -> Result<Pending, ServiceError> {
    let door = visitor(actor)?;
    let lang = door.lang;
    let dead = || ServiceError::Conflict { code: "link_dead", message: link_dead(lang).to_owned() };
    let invited = match invitation(services, actor, token).await {
        Err(ServiceError::NotFound) => return Err(dead()),
        other => other?,
    };
    let refused =
        |problem: PasswordProblem, field: &str| ServiceError::invalid(field, problem.code(), problem.text(lang));
    let chosen =
        check_new(password, &[&invited.login, &invited.name]).map_err(|problem| refused(problem, "password"))?;
    if password != again {
        return Err(refused(PasswordProblem::Differs, "again"));
    }
    let hash = services.hashing.hash(chosen, lang).await?;
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let found = invitations::find(&mut tx, token_hash(token), now).await?;
    let Some(found) = found else { return Err(dead()) };
    if !invitations::spend(&mut tx, token_hash(token), now).await? {
        return Err(dead());
    }
    let user = users::lock(&mut tx, found.user).await?.filter(|user| user.state != UserState::Disabled);
    let user = user.ok_or_else(dead)?;
    let mut after = user.clone();
    after.state = UserState::Active;
    after.password_hash = Some(hash);
    after.password_changed_at = Some(now);
    after.session_epoch += 1;
    if found.purpose == InvitationPurpose::Reset {
        after.totp_enc = None;
        after.totp_confirmed_at = None;
        users::set_recovery_codes(&mut tx, user.id, &[], now).await?;
    }
    users::write(&mut tx, &user, &after, now).await?;
    sessions::delete_of_user(&mut tx, user.id).await?;
    let purpose = json!({ "purpose": found.purpose.as_str() });
    let made = line(services, door, Some(&user), ("password.chosen", "user", user.id.to_string()), purpose);
    audit::insert(&mut tx, &made).await?;
    tx.commit().await?;
    Ok(Pending { user: user.id, epoch: after.session_epoch, since: now })
}

/// The sandbox's accounts, one per role, and the password of all of them. They guard nothing.
pub const SANDBOX_PASSWORD: &str = "pindesk-sandbox";
/// Login, name and role of each.
pub const SANDBOX_STAFF: [(&str, &str, Role); 8] = [
    ("owner", "오너", Role::Owner),
    ("operator", "오퍼레이터", Role::Operator),
    ("maker", "정산담당", Role::FinanceMaker),
    ("approver", "정산승인", Role::FinanceApprover),
    ("marketer", "마케터", Role::Marketer),
    ("campaigner", "캠페인승인", Role::CampaignApprover),
    ("content", "콘텐츠", Role::Content),
    ("auditor", "감사인", Role::Auditor),
];

/// Makes the sandbox's accounts, once, in an empty table.
///
/// Errors: [`ServiceError::Forbidden`] outside the sandbox and for anybody but the system.
pub async fn sandbox_staff(services: &Services, actor: &Actor) -> Result<(), ServiceError> {
    let (Actor::System { worker }, true) = (actor, services.policy.sandbox) else {
        return Err(ServiceError::Forbidden);
    };
    let mut reader = services.db.read().await?;
    let some = !users::list(&mut reader).await?.is_empty();
    drop(reader);
    if some {
        return Ok(());
    }
    let mut hashes = Vec::with_capacity(SANDBOX_STAFF.len());
    for _ in SANDBOX_STAFF {
        hashes.push(services.hashing.hash(Secret::new(SANDBOX_PASSWORD.to_owned()), Lang::Ko).await?);
    }
    let mut tx = services.db.begin().await?;
    for ((login, name, role), hash) in SANDBOX_STAFF.into_iter().zip(hashes) {
        let made = write_invited(services, &mut tx, (login, name), &[role], (worker, "sandbox"), Lang::Ko).await;
        let (id, _) = made?;
        let user = users::find(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
        let now = services.clock.now();
        let mut after = user.clone();
        after.state = UserState::Active;
        after.password_hash = Some(hash);
        after.password_changed_at = Some(now);
        users::write(&mut tx, &user, &after, now).await?;
        invitations::end_of_user(&mut tx, id, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
