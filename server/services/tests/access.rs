//! Who gets in, who doesn't, and how soon somebody is out again. On both engines.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod customer_common;
mod desk_common;

use customer_common::Front;
use desk_common::{acting, signed_in, stranger, wear};
use domain::{Role, Span};
use services::desk::access::{self, Next, Pending};
use services::desk::users::{self, Invite};
use services::{Actor, Policy, ServiceError, Services};
use std::io::Write;
use std::sync::{Arc, Mutex};
use store::audit;
use testkit::staff::member_at;

const PASSWORD: &str = "구름 위를 걷는 초록 고양이";
const HOME: &str = "203.0.113.7";

/// An account made at the console whose person chose [`PASSWORD`].
async fn account(front: &Front, login: &str, role: Role) -> Pending {
    let system = Actor::System { worker: "console".into() };
    let made = access::first_account(&front.services, &system, (login, "김민지"), &[role]).await.unwrap();
    let token = made.into_exposed();
    access::accept(&front.services, &stranger(HOME), &token, PASSWORD, PASSWORD).await.unwrap()
}

/// The code an app shows now for the account's secret, as the enrolment page shows it.
async fn code_of(front: &Front, pending: &Pending) -> String {
    let enrolment = access::enrol(&front.services, &stranger(HOME), pending).await.unwrap();
    app_code(front, &enrolment.secret.into_exposed())
}

fn app_code(front: &Front, secret: &str) -> String {
    let secret = totp_rs::Secret::Encoded(secret.to_owned()).to_bytes().unwrap();
    let app = totp_rs::TOTP::new(totp_rs::Algorithm::SHA1, 6, 0, 30, secret).unwrap();
    app.generate(u64::try_from(front.now().micros() / 1_000_000).unwrap())
}

fn field(error: &ServiceError) -> (&str, &str) {
    match error {
        ServiceError::Invalid(fields) => (fields[0].field.as_str(), fields[0].code.as_str()),
        other => panic!("{other:?}"),
    }
}

async fn tried(services: &Services, from: &str, login: &str, password: &str) -> Result<Next, ServiceError> {
    access::enter(services, &stranger(from), login, password).await.map(|entered| entered.next)
}

async fn lines(front: &Front, target: &str, id: &str) -> Vec<String> {
    let mut reader = front.services.db.read().await.unwrap();
    let found = audit::of_target(&mut reader, target, id, 50).await.unwrap();
    found.into_iter().map(|line| line.action).collect()
}

/// What is logged meanwhile.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

testkit::both_engines! {
    async fn a_first_owner_chooses_a_password_sets_up_the_app_and_is_in(db: TestDb) {
        let front = Front::open(db).await;
        let pending = account(&front, "Minji.Kim", Role::Owner).await;
        let code = code_of(&front, &pending).await;
        let (badge, codes) = access::enrol_confirm(&front.services, &stranger(HOME), &pending, &code).await.unwrap();
        assert_eq!(codes.len(), 10);
        let staff = wear(&front.services, &badge, 1).await.unwrap();
        assert_eq!((staff.login.as_str(), staff.roles.has(Role::Owner)), ("minji.kim", true));
        let told = lines(&front, "user", &staff.user.to_string()).await;
        for action in ["user.invite", "password.chosen", "second_factor.set_up", "sign_in.done"] {
            assert!(told.iter().any(|line| line == action), "{action}: {told:?}");
        }
    }

    async fn a_wrong_password_an_unknown_login_and_a_disabled_account_are_told_alike(db: TestDb) {
        let front = Front::open(db).await;
        account(&front, "minji", Role::Operator).await;
        let wrong = tried(&front.services, HOME, "minji", "some other words entirely").await.unwrap_err();
        let unknown = tried(&front.services, HOME, "nobody", PASSWORD).await.unwrap_err();
        assert_eq!(field(&wrong), ("password", "wrong_pair"));
        assert_eq!(format!("{wrong:?}"), format!("{unknown:?}"));
        let owner = signed_in(&front.db, &front.services, 9, &[Role::Owner]).await;
        let row = users::list(&front.services, &owner).await.unwrap().into_iter().find(|row| row.login == "minji");
        let id = row.unwrap().id;
        let page = users::open(&front.services, &owner, &id).await.unwrap();
        users::set_state(&front.services, &owner, (&id, page.revision), false, "퇴사").await.unwrap();
        let disabled = tried(&front.services, HOME, "minji", PASSWORD).await.unwrap_err();
        assert_eq!(format!("{wrong:?}"), format!("{disabled:?}"));
        // Each leaves the same line: of a mark, not of what was typed, which may be a password in the wrong field.
        for login in ["minji", "nobody"] {
            let mark = hex::encode(&front.services.keys.hmac("login", login.as_bytes())[..8]);
            let told = lines(&front, "login", &mark).await;
            let times = if login == "minji" { 2 } else { 1 };
            assert_eq!(told, vec!["sign_in.wrong"; times], "{login}");
        }
    }

    async fn without_a_second_factor_a_right_password_opens_nothing(db: TestDb) {
        let front = Front::open(db).await;
        let pending = account(&front, "minji", Role::Operator).await;
        let entered = access::enter(&front.services, &stranger(HOME), "MINJI ", PASSWORD).await.unwrap();
        assert_eq!(entered.next, Next::Enrol);
        assert!(entered.badge.is_none());
        let code = code_of(&front, &pending).await;
        access::enrol_confirm(&front.services, &stranger(HOME), &pending, &code).await.unwrap();
        let entered = access::enter(&front.services, &stranger(HOME), "minji", PASSWORD).await.unwrap();
        assert_eq!(entered.next, Next::Code);
        assert!(entered.badge.is_none());
        // The page of the enrolment is none any more: nobody puts their own app in the place of the first.
        let again = access::enrol(&front.services, &stranger(HOME), &entered.pending).await;
        assert!(matches!(again, Err(ServiceError::NotFound)));
        let wrong = access::show_code(&front.services, &stranger(HOME), &entered.pending, "000000").await.unwrap_err();
        assert_eq!(field(&wrong), ("code", "wrong_code"));
        let told = lines(&front, "user", &entered.pending.user.to_string()).await;
        assert!(told.iter().any(|line| line == "sign_in.wrong_code"), "{told:?}");
    }

    async fn in_the_sandbox_a_password_is_enough_where_no_app_was_set_up(db: TestDb) {
        let front = Front::with(db, Policy { sandbox: true, second_factor: false, ..Policy::default() }).await;
        let system = Actor::System { worker: "sandbox".into() };
        access::sandbox_staff(&front.services, &system).await.unwrap();
        access::sandbox_staff(&front.services, &system).await.unwrap();
        for (login, _, role) in access::SANDBOX_STAFF {
            let entered = access::enter(&front.services, &stranger(HOME), login, access::SANDBOX_PASSWORD).await.unwrap();
            assert_eq!(entered.next, Next::In, "{login}");
            let mut reader = front.services.db.read().await.unwrap();
            let user = entered.badge.unwrap().user;
            let roles: Vec<Role> = store::users::roles(&mut reader, user).await.unwrap().iter().collect();
            assert_eq!(roles, [role]);
        }
    }

    async fn outside_the_sandbox_nobody_is_made_up(db: TestDb) {
        let front = Front::open(db).await;
        let system = Actor::System { worker: "sandbox".into() };
        let refused = access::sandbox_staff(&front.services, &system).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }

    async fn a_code_seen_over_a_shoulder_is_worth_nothing_and_so_is_a_used_recovery_code(db: TestDb) {
        let front = Front::open(db).await;
        let pending = account(&front, "minji", Role::Operator).await;
        let secret = access::enrol(&front.services, &stranger(HOME), &pending).await.unwrap().secret.into_exposed();
        let code = app_code(&front, &secret);
        let (_, codes) = access::enrol_confirm(&front.services, &stranger(HOME), &pending, &code).await.unwrap();
        let show = async |typed: String| access::show_code(&front.services, &stranger(HOME), &pending, &typed).await;
        assert!(show(code).await.is_err(), "the code of the enrolment again");
        front.pass(Span::seconds(30));
        let next = app_code(&front, &secret);
        assert!(show(next.clone()).await.is_ok());
        assert!(show(next).await.is_err(), "twice");
        assert!(show(codes[0].to_uppercase().replace('-', " ")).await.is_ok());
        assert!(show(codes[0].clone()).await.is_err(), "a used one");
        assert!(show(codes[1].clone()).await.is_ok());
    }

    /// Looked for in a dump (PostgreSQL has one): the app's secret, the recovery codes, the link's word, the password.
    async fn what_opens_the_desk_lies_nowhere_in_the_database(db: TestDb) {
        let front = Front::open(db).await;
        let system = Actor::System { worker: "console".into() };
        let made = access::first_account(&front.services, &system, ("minji", "김민지"), &[Role::Owner]).await.unwrap();
        let token = made.into_exposed();
        let pending = access::accept(&front.services, &stranger(HOME), &token, PASSWORD, PASSWORD).await.unwrap();
        let secret = access::enrol(&front.services, &stranger(HOME), &pending).await.unwrap().secret.into_exposed();
        let code = app_code(&front, &secret);
        let (_, codes) = access::enrol_confirm(&front.services, &stranger(HOME), &pending, &code).await.unwrap();
        let dump = String::from_utf8_lossy(&front.db.dump()).into_owned();
        let bytes = hex::encode(totp_rs::Secret::Encoded(secret.clone()).to_bytes().unwrap());
        let bare = codes[0].replace('-', "");
        let plain_hash = {
            use sha2::{Digest as _, Sha256};
            hex::encode(Sha256::digest(format!("recovery:{bare}")))
        };
        for (what, value) in [
            ("secret", &secret), ("secret's bytes", &bytes), ("code", &codes[0]), ("code's letters", &bare),
            ("code's hash without a key", &plain_hash), ("link", &token), ("password", &PASSWORD.to_owned()),
            ("password's bytes", &hex::encode(PASSWORD)),
        ] {
            assert!(!dump.contains(value.as_str()), "the {what} lies open");
        }
        assert!(dump.is_empty() || dump.contains("minji"), "the search finds what is there");
    }

    async fn half_a_sign_in_ends_after_ten_minutes_and_with_the_accounts_sessions(db: TestDb) {
        let front = Front::open(db).await;
        let pending = account(&front, "minji", Role::Operator).await;
        let enrol = async |pending: &Pending| access::enrol(&front.services, &stranger(HOME), pending).await;
        front.pass(Span::minutes(10));
        assert!(enrol(&pending).await.is_ok());
        front.pass(Span::seconds(1));
        assert!(matches!(enrol(&pending).await, Err(ServiceError::SignedOut)));
        let entered = access::enter(&front.services, &stranger(HOME), "minji", PASSWORD).await.unwrap();
        let older = Pending { epoch: entered.pending.epoch - 1, ..entered.pending };
        assert!(matches!(enrol(&older).await, Err(ServiceError::SignedOut)));
    }

    async fn a_link_is_good_once_and_a_weak_password_does_not_use_it_up(db: TestDb) {
        let front = Front::open(db).await;
        let system = Actor::System { worker: "console".into() };
        let made = access::first_account(&front.services, &system, ("minji", "김민지"), &[Role::Owner]).await.unwrap();
        let token = made.into_exposed();
        let accept = async |password: &str, again: &str| {
            access::accept(&front.services, &stranger(HOME), &token, password, again).await
        };
        assert_eq!(field(&accept("short", "short").await.unwrap_err()), ("password", "too_short"));
        assert_eq!(field(&accept("minji김민지minji", "x").await.unwrap_err()), ("password", "guessable"));
        assert_eq!(field(&accept(PASSWORD, "x").await.unwrap_err()), ("again", "differs"));
        accept(PASSWORD, PASSWORD).await.unwrap();
        let again = accept(PASSWORD, PASSWORD).await;
        assert!(matches!(again, Err(ServiceError::Conflict { code: "link_dead", .. })), "{again:?}");
        let taken = access::first_account(&front.services, &system, ("MINJI", "다른 사람"), &[Role::Content]).await;
        assert_eq!(field(&taken.unwrap_err()), ("login", "taken"));
        front.pass(Span::minutes(1));
        let late = access::renew_link(&front.services, &system, "minji").await.unwrap().into_exposed();
        front.pass(Span::hours(48));
        let late = access::invitation(&front.services, &stranger(HOME), &late).await;
        assert!(matches!(late, Err(ServiceError::NotFound)));
    }

    async fn a_reset_ends_every_session_and_asks_for_another_app(db: TestDb) {
        let front = Front::open(db).await;
        let pending = account(&front, "minji", Role::Operator).await;
        let code = code_of(&front, &pending).await;
        let (badge, codes) = access::enrol_confirm(&front.services, &stranger(HOME), &pending, &code).await.unwrap();
        wear(&front.services, &badge, 1).await.unwrap();
        let system = Actor::System { worker: "console".into() };
        let token = access::renew_link(&front.services, &system, "minji").await.unwrap().into_exposed();
        assert!(access::invitation(&front.services, &stranger(HOME), &token).await.unwrap().is_reset);
        let other = "tulip-grinder-obelisk-44";
        let pending = access::accept(&front.services, &stranger(HOME), &token, other, other).await.unwrap();
        let old = access::show_code(&front.services, &stranger(HOME), &pending, &codes[0]).await;
        assert!(old.is_err(), "a recovery code from before");
        assert!(tried(&front.services, HOME, "minji", PASSWORD).await.is_err());
        assert_eq!(tried(&front.services, HOME, "minji", other).await.unwrap(), Next::Enrol);
        let mut reader = front.services.db.read().await.unwrap();
        let living = store::sessions::of_user(&mut reader, badge.user, front.now()).await.unwrap();
        assert!(living.is_empty());
    }

    async fn guessing_ends_after_five_tries_from_one_place_and_goes_on_after_a_quarter_of_an_hour(db: TestDb) {
        let front = Front::open(db).await;
        account(&front, "minji", Role::Operator).await;
        for _ in 0..5 {
            assert!(matches!(tried(&front.services, HOME, "minji", "not this one").await, Err(ServiceError::Invalid(_))));
        }
        let right = tried(&front.services, HOME, "minji", PASSWORD).await;
        assert!(matches!(right, Err(ServiceError::Busy { .. })), "{right:?}");
        let elsewhere = tried(&front.services, "198.51.100.1", "minji", PASSWORD).await;
        assert_eq!(elsewhere.unwrap(), Next::Enrol, "a stranger's guesses lock nobody out elsewhere");
        front.pass(Span::minutes(15));
        assert_eq!(tried(&front.services, HOME, "minji", PASSWORD).await.unwrap(), Next::Enrol);
    }

    async fn a_try_too_many_stands_in_the_log_and_says_nothing_that_was_typed(db: TestDb) {
        let front = Front::open(db).await;
        let typed = "hunter2.in.the.wrong.field";
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        let _guard = tracing::subscriber::set_default(log);
        for _ in 0..6 {
            assert!(tried(&front.services, HOME, typed, "not this one").await.is_err());
        }
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let told: Vec<&str> = text.lines().filter(|line| line.contains("a try to sign in was refused")).collect();
        assert!(told.len() == 1 && told[0].contains("WARN") && told[0].contains(HOME), "{text}");
        assert!(!text.contains("hunter2") && !text.contains("not this one"), "{text}");
    }

    async fn one_place_may_not_try_many_logins(db: TestDb) {
        let front = Front::open(db).await;
        for number in 0..20 {
            let answer = tried(&front.services, "2001:db8::1", &format!("user{number}"), "a guess at most").await;
            assert!(matches!(answer, Err(ServiceError::Invalid(_))), "{number}: {answer:?}");
        }
        // Another address of the same network is the same place.
        let answer = tried(&front.services, "2001:db8::2", "user99", "a guess at most").await;
        assert!(matches!(answer, Err(ServiceError::Busy { .. })), "{answer:?}");
    }

    async fn a_thousand_strangers_do_not_lock_the_person_out_of_their_own_desk(db: TestDb) {
        let front = Front::open(db).await;
        account(&front, "minji", Role::Operator).await;
        assert_eq!(tried(&front.services, HOME, "minji", PASSWORD).await.unwrap(), Next::Enrol);
        for number in 0..30 {
            let from = format!("198.51.100.{number}");
            let answer = tried(&front.services, &from, "minji", "a guess at most").await;
            assert!(matches!(answer, Err(ServiceError::Invalid(_))), "{number}: {answer:?}");
        }
        let stranger = tried(&front.services, "198.51.100.99", "minji", PASSWORD).await;
        assert!(matches!(stranger, Err(ServiceError::Busy { .. })), "{stranger:?}");
        assert_eq!(tried(&front.services, HOME, "minji", PASSWORD).await.unwrap(), Next::Enrol);
    }

    async fn guesses_side_by_side_are_counted_like_guesses_one_by_one(db: TestDb) {
        let front = Front::open(db).await;
        account(&front, "minji", Role::Operator).await;
        let mut guesses = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let services = front.services.clone();
            guesses.spawn(async move { tried(&services, "198.51.100.7", "minji", "a guess at most").await });
        }
        let answers = guesses.join_all().await;
        let looked_at = answers.iter().filter(|answer| matches!(answer, Err(ServiceError::Invalid(_)))).count();
        assert!(looked_at <= 5, "{looked_at} guesses were compared");
        assert!(answers.iter().all(Result::is_err));
    }

    async fn a_right_taken_away_is_gone_with_the_next_thing_done(db: TestDb) {
        let front = Front::open(db).await;
        let owner = signed_in(&front.db, &front.services, 1, &[Role::Owner]).await;
        let other = signed_in(&front.db, &front.services, 2, &[Role::Owner, Role::Auditor]).await;
        let Actor::Staff(staff) = &other else { unreachable!() };
        let id = staff.user.to_string();
        let page = users::open(&front.services, &owner, &id).await.unwrap();
        let to = (id.as_str(), page.revision);
        users::set_roles(&front.services, &owner, to, &[Role::Auditor], "업무 변경").await.unwrap();
        // The request in flight still thinks it is an owner's.
        let invite = Invite { login: "new.one".into(), name: "새 직원".into(), roles: vec![Role::Content], reason: "입사".into() };
        let refused = users::invite(&front.services, &other, &invite).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        let told = users::open(&front.services, &owner, &id).await.unwrap();
        assert_eq!(told.user.roles, [Role::Auditor]);
        let (what, why) = (&told.changes[0], told.changes[0].reason.as_str());
        assert_eq!((what.role.as_str(), what.granted, what.actor.as_str(), why), ("owner", false, "member1", "업무 변경"));
        let page = users::open(&front.services, &owner, &id).await.unwrap();
        let same = users::set_roles(&front.services, &owner, (&id, page.revision), &[Role::Auditor], "그대로").await;
        assert_eq!(field(&same.unwrap_err()), ("roles", "unchanged"), "nothing is told as done that changed nothing");
        assert_eq!(users::open(&front.services, &owner, &id).await.unwrap().changes.len(), told.changes.len());
        let stale = users::set_roles(&front.services, &owner, to, &[Role::Owner], "다시").await;
        assert!(matches!(stale, Err(ServiceError::Conflict { code: "changed", .. })), "{stale:?}");
    }

    async fn a_session_that_ended_is_dead_for_a_request_under_way(db: TestDb) {
        let front = Front::open(db).await;
        let owner = signed_in(&front.db, &front.services, 1, &[Role::Owner]).await;
        let member = member_at(&front.db, 2, &[Role::Owner], front.now()).await;
        let other = acting(&member);
        access::end_others(&front.services, &other).await.unwrap();
        let id = member.user.to_string();
        let page = users::open(&front.services, &owner, &id).await.unwrap();
        users::end_sessions(&front.services, &owner, (&id, page.revision), "의심스러운 접속").await.unwrap();
        let refused = access::end_others(&front.services, &other).await;
        assert!(matches!(refused, Err(ServiceError::SignedOut)), "{refused:?}");
        let page = users::open(&front.services, &owner, &id).await.unwrap();
        users::set_state(&front.services, &owner, (&id, page.revision), false, "퇴사").await.unwrap();
        let refused = access::end_others(&front.services, &other).await;
        assert!(matches!(refused, Err(ServiceError::SignedOut)), "{refused:?}");
    }

    async fn nobody_changes_their_own_rights_and_the_last_owner_stays(db: TestDb) {
        let front = Front::open(db).await;
        let owner = signed_in(&front.db, &front.services, 1, &[Role::Owner]).await;
        let Actor::Staff(staff) = &owner else { unreachable!() };
        let id = staff.user.to_string();
        let page = users::open(&front.services, &owner, &id).await.unwrap();
        let own = users::set_roles(&front.services, &owner, (&id, page.revision), &[Role::Owner], "x").await;
        assert_eq!(field(&own.unwrap_err()).1, "own_account");
        let own = users::set_state(&front.services, &owner, (&id, page.revision), false, "x").await;
        assert_eq!(field(&own.unwrap_err()).1, "own_account");
    }

    async fn two_owners_who_shut_each_other_out_at_once_leave_one(db: TestDb) {
        let front = Front::open(db).await;
        let first = signed_in(&front.db, &front.services, 1, &[Role::Owner]).await;
        let second = signed_in(&front.db, &front.services, 2, &[Role::Owner]).await;
        let id = |actor: &Actor| match actor {
            Actor::Staff(staff) => staff.user.to_string(),
            _ => unreachable!(),
        };
        let shut = async |by: &Actor, other: String| {
            for _ in 0..3 {
                let done = users::set_state(&front.services, by, (&other, 1), false, "서로").await;
                // Each waits for the other's row; the database ends one of the two, which may try again.
                if !matches!(done, Err(ServiceError::Store(_))) {
                    return done;
                }
            }
            panic!("never got through");
        };
        let (one, two) = tokio::join!(shut(&first, id(&second)), shut(&second, id(&first)));
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
        let mut reader = front.services.db.read().await.unwrap();
        let active = store::users::list(&mut reader).await.unwrap();
        assert_eq!(active.iter().filter(|user| user.state == store::users::UserState::Active).count(), 1);
    }

    async fn an_act_that_wants_the_second_factor_wants_a_fresh_one(db: TestDb) {
        let front = Front::open(db).await;
        let owner = signed_in(&front.db, &front.services, 1, &[Role::Owner]).await;
        let invite = Invite { login: "new.one".into(), name: "새 직원".into(), roles: vec![Role::Content], reason: "입사".into() };
        front.pass(Span::seconds(601));
        let stale = users::invite(&front.services, &owner, &invite).await;
        assert!(matches!(stale, Err(ServiceError::StepUp)), "{stale:?}");
        let mut reader = front.services.db.read().await.unwrap();
        assert!(store::users::by_login(&mut reader, "new.one").await.unwrap().is_none());
    }

    async fn another_password_ends_every_other_session_and_an_old_one_is_asked_for(db: TestDb) {
        let front = Front::with(db, Policy { sandbox: true, second_factor: false, ..Policy::default() }).await;
        account(&front, "minji", Role::Operator).await;
        let entered = access::enter(&front.services, &stranger(HOME), "minji", PASSWORD).await.unwrap();
        let here = wear(&front.services, &entered.badge.clone().unwrap(), 1).await.unwrap();
        let there = wear(&front.services, &entered.badge.unwrap(), 2).await.unwrap();
        let (me, other) = (Actor::Staff(here), Actor::Staff(there));
        let new = "tulip-grinder-obelisk-44";
        let change = async |old: &str, new: &str, again: &str| {
            access::change_password(&front.services, &me, (old, new, again)).await
        };
        assert_eq!(field(&change("wrong words here", new, new).await.unwrap_err()), ("old", "wrong"));
        assert_eq!(field(&change(PASSWORD, new, "x").await.unwrap_err()), ("again", "differs"));
        let badge = change(PASSWORD, new, new).await.unwrap();
        assert!(wear(&front.services, &badge, 3).await.is_some());
        for old in [&me, &other] {
            let refused = access::end_others(&front.services, old).await;
            assert!(matches!(refused, Err(ServiceError::SignedOut)), "{refused:?}");
        }
    }

    async fn a_step_up_by_password_counts_only_where_no_app_was_set_up(db: TestDb) {
        let front = Front::with(db, Policy { sandbox: true, second_factor: false, ..Policy::default() }).await;
        let pending = account(&front, "minji", Role::Operator).await;
        let entered = access::enter(&front.services, &stranger(HOME), "minji", PASSWORD).await.unwrap();
        let me = Actor::Staff(wear(&front.services, &entered.badge.unwrap(), 1).await.unwrap());
        assert!(access::step_up(&front.services, &me, PASSWORD).await.is_ok());
        assert_eq!(field(&access::step_up(&front.services, &me, "a guess at most").await.unwrap_err()).0, "code");
        let told = lines(&front, "user", &pending.user.to_string()).await;
        let of = |action: &str| told.iter().filter(|line| *line == action).count();
        assert_eq!((of("step_up.done"), of("step_up.wrong")), (1, 1), "{told:?}");
        let secret = access::enrol(&front.services, &stranger(HOME), &pending).await.unwrap().secret.into_exposed();
        let code = app_code(&front, &secret);
        access::enrol_confirm(&front.services, &stranger(HOME), &pending, &code).await.unwrap();
        assert!(access::step_up(&front.services, &me, PASSWORD).await.is_err(), "the app is there now");
        front.pass(Span::seconds(30));
        assert!(access::step_up(&front.services, &me, &app_code(&front, &secret)).await.is_ok());
    }
}
