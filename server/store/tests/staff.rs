//! Accounts, roles, second factors, invitations and tries, on both engines.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use domain::{Role, Roles, Span, Timestamp, UserId};
use store::invitations::{self, Invitation, InvitationPurpose};
use store::sessions::{self, NewSession, SessionKind};
use store::sign_in_tries::{self, Factor, Try};
use store::users::{self, RoleChange, User, UserState};
use store::{Db, StoreError};
use testkit::clock::NOON;

fn later(minutes: i64) -> Timestamp {
    NOON.plus(Span::minutes(minutes))
}

fn user(number: u128, login: &str) -> User {
    User {
        id: UserId::from_u128(number),
        login: login.into(),
        name: "김민지".into(),
        state: UserState::Active,
        password_hash: Some("$argon2id$".into()),
        password_changed_at: Some(NOON),
        totp_enc: Some(vec![1, 2, 3]),
        totp_confirmed_at: None,
        totp_last_step: 7,
        session_epoch: 3,
        revision: 1,
        created_at: NOON,
        updated_at: NOON,
        last_sign_in_at: None,
    }
}

async fn with_user(db: &Db, new: &User) {
    let mut tx = db.begin().await.unwrap();
    users::insert(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
}

const SESSION: [u8; 32] = [9; 32];

async fn with_session(db: &Db, user: &User) {
    let session = NewSession {
        kind: SessionKind::Desk,
        id_hash: SESSION,
        user_id: Some(user.id),
        data_enc: b"sealed".to_vec(),
        expires_at: later(30),
        absolute_expires_at: later(600),
        address_hmac: None,
        agent_hmac: None,
        step_up_at: Some(NOON),
        epoch: Some(user.session_epoch),
    };
    let mut tx = db.begin().await.unwrap();
    assert!(sessions::create(&mut tx, &session, NOON).await.unwrap());
    tx.commit().await.unwrap();
}

testkit::both_engines! {
    async fn an_account_comes_back_as_written_and_its_login_is_its_own(db: TestDb) {
        let new = user(1, "minji");
        with_user(&db, &new).await;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(users::find(&mut tx, new.id).await.unwrap(), Some(new.clone()));
        assert_eq!(users::lock(&mut tx, new.id).await.unwrap(), Some(new.clone()));
        assert_eq!(users::by_login(&mut tx, "minji").await.unwrap(), Some(new.clone()));
        assert_eq!(users::list(&mut tx).await.unwrap(), std::slice::from_ref(&new));
        let again = users::insert(&mut tx, &user(2, "minji")).await;
        assert!(matches!(again, Err(StoreError::Unique { constraint: "users_login_key" })), "{again:?}");
    }

    async fn an_account_changed_meanwhile_is_not_overwritten(db: TestDb) {
        let before = user(1, "minji");
        with_user(&db, &before).await;
        let mut after = before.clone();
        after.state = UserState::Disabled;
        after.session_epoch = 4;
        let mut tx = db.begin().await.unwrap();
        users::write(&mut tx, &before, &after, later(1)).await.unwrap();
        let stale = users::write(&mut tx, &before, &after, later(2)).await;
        assert!(matches!(stale, Err(StoreError::Conflict { .. })), "{stale:?}");
        tx.rollback().await.unwrap();
    }

    async fn a_session_lives_while_its_account_is_active_and_of_its_epoch(db: TestDb) {
        let new = user(1, "minji");
        with_user(&db, &new).await;
        with_session(&db, &new).await;
        let mut tx = db.begin().await.unwrap();
        let (found, step_up_at) = users::living(&mut tx, SESSION, NOON).await.unwrap().unwrap();
        assert_eq!((found, step_up_at), (new.clone(), Some(NOON)));
        assert_eq!(users::lives(&mut tx, SESSION, new.id, 3, NOON).await.unwrap(), Some(Some(NOON)));
        assert_eq!(users::lives(&mut tx, SESSION, new.id, 4, NOON).await.unwrap(), None, "another epoch");
        assert_eq!(users::lives(&mut tx, SESSION, UserId::from_u128(2), 3, NOON).await.unwrap(), None, "another's");
        assert!(users::living(&mut tx, SESSION, later(31)).await.unwrap().is_none(), "idle for too long");
        assert!(users::living(&mut tx, [8; 32], NOON).await.unwrap().is_none());
        let mut disabled = new.clone();
        disabled.state = UserState::Disabled;
        users::write(&mut tx, &new, &disabled, NOON).await.unwrap();
        assert!(users::living(&mut tx, SESSION, NOON).await.unwrap().is_none(), "disabled");
        let (mut before, mut other_epoch) = (disabled.clone(), new.clone());
        before.revision += 1;
        other_epoch.session_epoch = 4;
        users::write(&mut tx, &before, &other_epoch, NOON).await.unwrap();
        assert!(users::living(&mut tx, SESSION, NOON).await.unwrap().is_none(), "signed out everywhere");
    }

    async fn sessions_are_listed_and_ended_for_their_person_only(db: TestDb) {
        let new = user(1, "minji");
        with_user(&db, &new).await;
        with_session(&db, &new).await;
        let mut tx = db.begin().await.unwrap();
        let listed = sessions::of_user(&mut tx, new.id, NOON).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].id_hash, SESSION);
        assert!(!sessions::delete_one_of_user(&mut tx, UserId::from_u128(2), &SESSION).await.unwrap());
        assert_eq!(sessions::delete_others_of_user(&mut tx, new.id, SESSION).await.unwrap(), 0);
        assert_eq!(sessions::delete_others_of_user(&mut tx, new.id, [1; 32]).await.unwrap(), 1);
        assert!(sessions::of_user(&mut tx, new.id, NOON).await.unwrap().is_empty());
        assert!(!sessions::delete_one_of_user(&mut tx, new.id, &SESSION).await.unwrap());
    }

    async fn roles_are_given_taken_and_remembered(db: TestDb) {
        let new = user(1, "minji");
        with_user(&db, &new).await;
        let mut tx = db.begin().await.unwrap();
        assert!(users::set_role(&mut tx, new.id, Role::Operator, true, NOON).await.unwrap());
        assert!(!users::set_role(&mut tx, new.id, Role::Operator, true, NOON).await.unwrap());
        assert!(users::set_role(&mut tx, new.id, Role::Owner, true, NOON).await.unwrap());
        assert_eq!(users::roles(&mut tx, new.id).await.unwrap(), Roles::of(&[Role::Owner, Role::Operator]));
        assert_eq!(users::all_roles(&mut tx).await.unwrap().len(), 2);
        assert_eq!(users::other_owners(&mut tx, new.id).await.unwrap(), 0);
        assert_eq!(users::other_owners(&mut tx, UserId::from_u128(2)).await.unwrap(), 1);
        assert!(users::set_role(&mut tx, new.id, Role::Owner, false, NOON).await.unwrap());
        let change = |granted, at| RoleChange {
            role: "owner".into(),
            granted,
            actor: "usr_2".into(),
            reason: "퇴사".into(),
            at,
        };
        users::note_role(&mut tx, [1; 16], new.id, &change(true, NOON)).await.unwrap();
        users::note_role(&mut tx, [2; 16], new.id, &change(false, later(1))).await.unwrap();
        let told = users::role_changes(&mut tx, new.id, 9).await.unwrap();
        assert_eq!(told, [change(false, later(1)), change(true, NOON)]);
    }

    async fn a_time_step_and_a_recovery_code_are_good_once(db: TestDb) {
        let new = user(1, "minji");
        with_user(&db, &new).await;
        let mut tx = db.begin().await.unwrap();
        assert!(!users::spend_step(&mut tx, new.id, 7).await.unwrap(), "the last one taken");
        assert!(users::spend_step(&mut tx, new.id, 8).await.unwrap());
        assert!(!users::spend_step(&mut tx, new.id, 8).await.unwrap());
        users::set_recovery_codes(&mut tx, new.id, &[[1; 32], [2; 32]], NOON).await.unwrap();
        assert!(users::spend_recovery_code(&mut tx, new.id, [1; 32], NOON).await.unwrap());
        assert!(!users::spend_recovery_code(&mut tx, new.id, [1; 32], NOON).await.unwrap());
        assert_eq!(users::recovery_codes_left(&mut tx, new.id).await.unwrap(), 1);
        users::set_recovery_codes(&mut tx, new.id, &[[3; 32]], NOON).await.unwrap();
        assert!(!users::spend_recovery_code(&mut tx, new.id, [2; 32], NOON).await.unwrap(), "the old ones are gone");
        users::signed_in(&mut tx, new.id, later(5)).await.unwrap();
        assert_eq!(users::find(&mut tx, new.id).await.unwrap().unwrap().last_sign_in_at, Some(later(5)));
    }

    async fn a_link_is_good_once_and_until_its_end(db: TestDb) {
        let new = user(1, "minji");
        with_user(&db, &new).await;
        let invitation = |purpose| Invitation { user: new.id, purpose, expires_at: later(60) };
        let mut tx = db.begin().await.unwrap();
        let (first, second) = (invitation(InvitationPurpose::Invite), invitation(InvitationPurpose::Reset));
        invitations::insert(&mut tx, [1; 32], &first, "console", NOON).await.unwrap();
        assert_eq!(invitations::find(&mut tx, [1; 32], NOON).await.unwrap(), Some(first));
        assert_eq!(invitations::find(&mut tx, [1; 32], later(60)).await.unwrap(), None, "too late");
        assert!(invitations::spend(&mut tx, [1; 32], NOON).await.unwrap());
        assert!(!invitations::spend(&mut tx, [1; 32], NOON).await.unwrap());
        invitations::insert(&mut tx, [2; 32], &second, "console", NOON).await.unwrap();
        assert_eq!(invitations::find(&mut tx, [2; 32], NOON).await.unwrap(), Some(second));
        invitations::end_of_user(&mut tx, new.id, NOON).await.unwrap();
        assert_eq!(invitations::find(&mut tx, [2; 32], NOON).await.unwrap(), None);
    }

    async fn wrong_tries_are_counted_by_login_by_address_and_by_both(db: TestDb) {
        let made = |number: u8, login: u8, address: u8, success| Try {
            id: [number; 16],
            login: [login; 32],
            address: [address; 32],
            factor: Factor::Password,
            success,
            at: NOON,
        };
        let pair = |byte: u8| [[byte; 32], [byte + 100; 32]];
        let mut tx = db.begin().await.unwrap();
        for new in [made(1, 1, 1, false), made(2, 1, 2, false), made(3, 2, 1, false), made(4, 1, 3, true)] {
            sign_in_tries::insert(&mut tx, &new).await.unwrap();
        }
        let since = NOON.minus(Span::minutes(15));
        assert_eq!(sign_in_tries::failed_of_login(&mut tx, pair(1), Factor::Password, since).await.unwrap(), 2);
        assert_eq!(sign_in_tries::failed_of_login(&mut tx, pair(1), Factor::Code, since).await.unwrap(), 0);
        assert_eq!(sign_in_tries::failed_of_address(&mut tx, pair(1), since).await.unwrap(), 2);
        assert_eq!(
            sign_in_tries::failed_of_both(&mut tx, pair(1), pair(1), Factor::Password, since).await.unwrap(),
            1
        );
        assert_eq!(sign_in_tries::failed_of_address(&mut tx, pair(1), NOON).await.unwrap(), 0, "older than asked for");
        assert!(sign_in_tries::knows_address(&mut tx, pair(1), pair(3), since).await.unwrap());
        assert!(!sign_in_tries::knows_address(&mut tx, pair(1), pair(2), since).await.unwrap());
        sign_in_tries::succeed(&mut tx, [2; 16]).await.unwrap();
        assert!(sign_in_tries::knows_address(&mut tx, pair(1), pair(2), since).await.unwrap());
        assert_eq!(sign_in_tries::forget(&mut tx, later(1), 3).await.unwrap(), 3);
        assert_eq!(sign_in_tries::forget(&mut tx, later(1), 3).await.unwrap(), 1);
    }
}
