//! Web sessions end when they should and never come back.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use domain::{Span, Timestamp, UserId};
use store::sessions::{self, NewSession, SessionChange, SessionKind};
use store::{Db, StoreError};
use testkit::clock::NOON;

const ID: [u8; 32] = [3; 32];

fn new(id_hash: [u8; 32]) -> NewSession {
    NewSession {
        kind: SessionKind::Shop,
        id_hash,
        user_id: None,
        data_enc: b"sealed".to_vec(),
        expires_at: NOON.plus(Span::minutes(30)),
        absolute_expires_at: NOON.plus(Span::hours(24)),
        address_hmac: Some([1; 32]),
        agent_hmac: None,
        step_up_at: None,
        epoch: None,
    }
}

fn change(expires_at: Timestamp) -> SessionChange {
    SessionChange {
        user_id: Some(UserId::from_u128(5)),
        data_enc: b"anew".to_vec(),
        expires_at,
        step_up_at: Some(NOON),
        epoch: Some(4),
    }
}

async fn create(db: &Db, session: &NewSession) -> bool {
    let mut tx = db.begin().await.unwrap();
    let made = sessions::create(&mut tx, session, NOON).await.unwrap();
    tx.commit().await.unwrap();
    made
}

async fn load(db: &Db, now: Timestamp) -> Option<sessions::Session> {
    let mut reader = db.read().await.unwrap();
    sessions::load(&mut reader, SessionKind::Shop, ID, now).await.unwrap()
}

async fn save(db: &Db, expires_at: Timestamp, now: Timestamp) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    sessions::save(&mut tx, ID, &change(expires_at), now).await?;
    tx.commit().await
}

async fn delete(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    sessions::delete(&mut tx, ID).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::both_engines! {
    async fn a_session_of_the_shop_opens_nothing_of_the_desk(db: TestDb) {
        assert!(create(&db, &new(ID)).await);
        let mut reader = db.read().await.unwrap();
        assert!(sessions::load(&mut reader, SessionKind::Desk, ID, NOON).await.unwrap().is_none());
        assert!(sessions::load(&mut reader, SessionKind::Shop, ID, NOON).await.unwrap().is_some());
    }

    async fn a_session_comes_back_as_it_was_saved(db: TestDb) {
        assert!(create(&db, &new(ID)).await);
        let loaded = load(&db, NOON).await.unwrap();
        assert_eq!((loaded.data_enc.as_slice(), loaded.user_id, loaded.step_up_at), (b"sealed".as_slice(), None, None));
        assert_eq!((loaded.created_at, loaded.address_hmac, loaded.agent_hmac), (NOON, Some(vec![1; 32]), None));
        let later = NOON.plus(Span::minutes(10));
        save(&db, later.plus(Span::minutes(30)), later).await.unwrap();
        let loaded = load(&db, later).await.unwrap();
        assert_eq!(loaded.data_enc, b"anew");
        assert_eq!((loaded.user_id, loaded.step_up_at, loaded.last_seen_at), (Some(UserId::from_u128(5)), Some(NOON), later));
    }

    async fn a_taken_id_is_said_and_not_overwritten(db: TestDb) {
        assert!(create(&db, &new(ID)).await);
        let mut other = new(ID);
        other.data_enc = b"other".to_vec();
        assert!(!create(&db, &other).await);
        assert_eq!(load(&db, NOON).await.unwrap().data_enc, b"sealed");
    }

    /// A request that was loaded before the logout and ends after it must not bring the session back; nor may an id
    /// that only the client knows become valid.
    async fn a_save_never_makes_a_session(db: TestDb) {
        assert!(matches!(save(&db, NOON.plus(Span::hours(1)), NOON).await, Err(StoreError::Conflict { .. })));
        assert!(create(&db, &new(ID)).await);
        delete(&db).await;
        assert!(matches!(save(&db, NOON.plus(Span::hours(1)), NOON).await, Err(StoreError::Conflict { .. })));
        assert_eq!(load(&db, NOON).await, None);
        delete(&db).await;
    }

    async fn a_session_ends_when_idle_and_when_old(db: TestDb) {
        assert!(create(&db, &new(ID)).await);
        let idle = NOON.plus(Span::minutes(30));
        assert!(load(&db, idle.minus(Span::micros(1))).await.is_some());
        assert_eq!(load(&db, idle).await, None);
        assert!(matches!(save(&db, idle.plus(Span::hours(1)), idle).await, Err(StoreError::Conflict { .. })));
        // However busy: never beyond the absolute limit.
        save(&db, NOON.plus(Span::days(9)), NOON).await.unwrap();
        let old = NOON.plus(Span::hours(24));
        assert!(load(&db, old.minus(Span::micros(1))).await.is_some());
        assert_eq!(load(&db, old).await, None);
    }

    async fn being_seen_is_written_once_a_minute(db: TestDb) {
        assert!(create(&db, &new(ID)).await);
        for (seconds, written) in [(1, false), (59, false), (60, true), (61, false), (119, false), (120, true)] {
            let now = NOON.plus(Span::seconds(seconds));
            assert_eq!(sessions::is_due(&load(&db, now).await.unwrap(), now), written, "{seconds}");
            let mut tx = db.begin().await.unwrap();
            assert_eq!(sessions::touch(&mut tx, ID, now, now.plus(Span::minutes(30))).await.unwrap(), written, "{seconds}");
            tx.commit().await.unwrap();
        }
        assert_eq!(load(&db, NOON.plus(Span::minutes(31))).await.unwrap().last_seen_at, NOON.plus(Span::minutes(2)));
        let mut tx = db.begin().await.unwrap();
        let dead = NOON.plus(Span::minutes(33));
        assert!(!sessions::touch(&mut tx, ID, dead, dead.plus(Span::minutes(30))).await.unwrap(), "a dead one stays dead");
    }

    async fn a_logout_wins_over_requests_in_flight(db: TestDb) {
        assert!(create(&db, &new(ID)).await);
        let saves: Vec<_> = (0..20)
            .map(|_| {
                let db = Db::clone(&db);
                tokio::spawn(async move { save(&db, NOON.plus(Span::hours(1)), NOON).await })
            })
            .collect();
        delete(&db).await;
        for save in saves {
            if let Err(error) = save.await.unwrap() {
                assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
            }
        }
        assert_eq!(load(&db, NOON).await, None);
    }

    async fn a_person_is_signed_out_everywhere_and_ended_sessions_go(db: TestDb) {
        for (id, user) in [(1, Some(5)), (2, Some(5)), (3, Some(6)), (4, None)] {
            let mut session = new([id; 32]);
            session.user_id = user.map(UserId::from_u128);
            assert!(create(&db, &session).await);
        }
        let mut tx = db.begin().await.unwrap();
        assert_eq!(sessions::delete_of_user(&mut tx, UserId::from_u128(5)).await.unwrap(), 2);
        assert_eq!(sessions::delete_expired(&mut tx, NOON, 10).await.unwrap(), 0);
        assert_eq!(sessions::delete_expired(&mut tx, NOON.plus(Span::hours(1)), 1).await.unwrap(), 1);
        assert_eq!(sessions::delete_expired(&mut tx, NOON.plus(Span::hours(1)), 10).await.unwrap(), 1);
    }
}
