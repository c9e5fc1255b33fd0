//! One-time codes: five guesses and no sixth, one open code, one use of a proof.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use domain::otp::{MAX_TRIES, VALID};
use domain::{ChallengeId, OtpPurpose, OtpState, Phone, Span, Timestamp};
use std::net::{IpAddr, Ipv4Addr};
use store::otp::{self, NewChallenge, Tried};
use store::{Db, Keyring, StoreError};
use testkit::TestDb;
use testkit::clock::NOON;

const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
const PROOF: [u8; 32] = [9; 32];

fn phone() -> Phone {
    Phone::parse("01012345678").unwrap()
}

fn new(keys: &Keyring, id: u128, purpose: OtpPurpose, phone: &Phone, at: Timestamp) -> NewChallenge {
    let id = ChallengeId::from_u128(id);
    NewChallenge {
        id,
        purpose,
        phone_enc: keys.seal(otp::TABLE, "phone_enc", id.bytes(), phone.expose().as_bytes()).unwrap(),
        phone_hmac: keys.phone_hashes(phone),
        address_hmac: keys.address_hash(ADDRESS),
        code_hmac: keys.code_hash(id, "123456"),
        created_at: at,
        expires_at: at.plus(VALID),
    }
}

async fn open(db: &Db, new: &NewChallenge) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    otp::open(&mut tx, new).await?;
    tx.commit().await
}

async fn guess(db: &Db, keys: &Keyring, id: ChallengeId, code: &str, now: Timestamp) -> Tried {
    let mut tx = db.begin().await.unwrap();
    let tried = otp::try_code(&mut tx, id, keys.code_hashes(id, code), now).await.unwrap();
    tx.commit().await.unwrap();
    tried
}

async fn state(db: &Db, id: ChallengeId) -> OtpState {
    let mut reader = db.read().await.unwrap();
    otp::find(&mut reader, id).await.unwrap().unwrap().state
}

async fn proved(db: &TestDb, id: u128, purpose: OtpPurpose) {
    let challenge = new(&db.keys, id, purpose, &phone(), NOON);
    open(db, &challenge).await.unwrap();
    assert_eq!(guess(db, &db.keys, challenge.id, "123456", NOON).await, Tried::Right);
    let mut tx = db.begin().await.unwrap();
    otp::give_proof(&mut tx, challenge.id, PROOF, NOON.plus(Span::minutes(30))).await.unwrap();
    tx.commit().await.unwrap();
}

async fn spend(db: &Db, purpose: OtpPurpose, hashes: [[u8; 32]; 2], now: Timestamp) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    otp::use_proofs(&mut tx, purpose, &[(PROOF, hashes)], now).await?;
    tx.commit().await
}

testkit::both_engines! {
    async fn fifty_guesses_at_once_are_five(db: TestDb) {
        let challenge = new(&db.keys, 1, OtpPurpose::Sell, &phone(), NOON);
        open(&db, &challenge).await.unwrap();
        let guesses: Vec<_> = (0..50)
            .map(|n| {
                let (db, keys, id) = (Db::clone(&db), db.keys.clone(), challenge.id);
                tokio::spawn(async move { guess(&db, &keys, id, &format!("{n:06}"), NOON).await })
            })
            .collect();
        let mut left = Vec::new();
        let mut closed = 0;
        for guess in guesses {
            match guess.await.unwrap() {
                Tried::Wrong { tries_left } => left.push(tries_left),
                Tried::Closed => closed += 1,
                Tried::Right => panic!("none was right"),
            }
        }
        left.sort_unstable();
        assert_eq!((left, closed), (vec![0, 1, 2, 3, 4], 45));
        assert_eq!(state(&db, challenge.id).await, OtpState::Failed);
        // Dead is dead, for the right code too.
        assert_eq!(guess(&db, &db.keys, challenge.id, "123456", NOON).await, Tried::Closed);
    }

    async fn the_right_code_among_many_is_right_once(db: TestDb) {
        let challenge = new(&db.keys, 1, OtpPurpose::Sell, &phone(), NOON);
        open(&db, &challenge).await.unwrap();
        let guesses: Vec<_> = (0..50)
            .map(|n| {
                let (db, keys, id) = (Db::clone(&db), db.keys.clone(), challenge.id);
                let code = if n % 2 == 0 { "123456".to_owned() } else { format!("{n:06}") };
                tokio::spawn(async move { guess(&db, &keys, id, &code, NOON).await })
            })
            .collect();
        let (mut right, mut compared) = (0, 0);
        for guess in guesses {
            match guess.await.unwrap() {
                Tried::Right => {
                    right += 1;
                    compared += 1;
                }
                Tried::Wrong { .. } => compared += 1,
                Tried::Closed => {}
            }
        }
        assert!(right <= 1 && compared <= MAX_TRIES, "{right} right of {compared} compared");
    }

    async fn the_fifth_guess_may_still_be_right_and_a_late_one_costs_nothing(db: TestDb) {
        let challenge = new(&db.keys, 1, OtpPurpose::Sell, &phone(), NOON);
        open(&db, &challenge).await.unwrap();
        for left in (1..=4).rev() {
            assert_eq!(guess(&db, &db.keys, challenge.id, "000000", NOON).await, Tried::Wrong { tries_left: left });
        }
        let late = NOON.plus(VALID);
        assert_eq!(guess(&db, &db.keys, challenge.id, "123456", late).await, Tried::Closed);
        assert_eq!(guess(&db, &db.keys, challenge.id, "123456", late.minus(Span::micros(1))).await, Tried::Right);
        assert_eq!(guess(&db, &db.keys, challenge.id, "123456", NOON).await, Tried::Closed);
    }

    async fn a_new_code_takes_the_old_ones_place_for_its_purpose_only(db: TestDb) {
        let (sell, lookup, again) = (
            new(&db.keys, 1, OtpPurpose::Sell, &phone(), NOON),
            new(&db.keys, 2, OtpPurpose::Lookup, &phone(), NOON),
            new(&db.keys, 3, OtpPurpose::Sell, &phone(), NOON.plus(Span::seconds(60))),
        );
        for challenge in [&sell, &lookup, &again] {
            open(&db, challenge).await.unwrap();
        }
        assert_eq!(state(&db, sell.id).await, OtpState::Replaced);
        assert_eq!(state(&db, lookup.id).await, OtpState::Open);
        assert_eq!(guess(&db, &db.keys, sell.id, "123456", NOON).await, Tried::Closed);
        let mut reader = db.read().await.unwrap();
        let now = NOON.plus(Span::seconds(61));
        let found = otp::open_of_phone(&mut reader, db.keys.phone_hashes(&phone()), OtpPurpose::Sell, now).await.unwrap();
        let found = found.unwrap();
        assert_eq!((found.id, found.tries, found.created_at), (again.id, 0, again.created_at));
        let end = again.expires_at;
        assert_eq!(otp::open_of_phone(&mut reader, db.keys.phone_hashes(&phone()), OtpPurpose::Sell, end).await.unwrap(), None);
    }

    async fn of_codes_asked_for_at_once_one_is_open(db: TestDb) {
        let asked: Vec<_> = (1..=20)
            .map(|id| {
                let (db, challenge) = (Db::clone(&db), new(&db.keys, id, OtpPurpose::Sell, &phone(), NOON));
                tokio::spawn(async move { open(&db, &challenge).await })
            })
            .collect();
        let mut made = 0;
        for asked in asked {
            match asked.await.unwrap() {
                Ok(()) => made += 1,
                Err(error) => assert!(error.is_unique("otp_challenges_one_open") || error.is_busy(), "{error}"),
            }
        }
        assert!(made >= 1);
        let mut states = Vec::new();
        let mut reader = db.read().await.unwrap();
        for id in 1..=20 {
            states.extend(otp::find(&mut reader, ChallengeId::from_u128(id)).await.unwrap().map(|found| found.state));
        }
        assert_eq!(states.len(), made);
        assert_eq!(states.iter().filter(|state| **state == OtpState::Open).count(), 1);
    }

    async fn codes_are_counted_by_phone_and_by_address(db: TestDb) {
        let other = Phone::parse("01099998888").unwrap();
        for (id, phone) in [(1, &phone()), (2, &phone()), (3, &other)] {
            let at = NOON.plus(Span::minutes(i64::try_from(id).unwrap()));
            open(&db, &new(&db.keys, id, OtpPurpose::Sell, phone, at)).await.unwrap();
        }
        let mut reader = db.read().await.unwrap();
        let hashes = db.keys.phone_hashes(&phone());
        let counted = otp::count_by_phone(&mut reader, hashes, NOON).await.unwrap();
        assert_eq!((counted.count, counted.oldest), (2, Some(NOON.plus(Span::minutes(1)))));
        assert_eq!(otp::count_by_phone(&mut reader, hashes, NOON.plus(Span::minutes(2))).await.unwrap().count, 1);
        let nobody = db.keys.phone_hashes(&Phone::parse("01000000000").unwrap());
        assert_eq!(otp::count_by_phone(&mut reader, nobody, NOON).await.unwrap(), otp::Counted::default());
        let counted = otp::count_by_address(&mut reader, db.keys.address_hashes(ADDRESS), NOON).await.unwrap();
        assert_eq!(counted.count, 3);
    }

    async fn a_proof_is_used_once_by_its_own_phone_for_its_own_purpose(db: TestDb) {
        proved(&db, 1, OtpPurpose::Sell).await;
        let mine = db.keys.phone_hashes(&phone());
        let another = db.keys.phone_hashes(&Phone::parse("01099998888").unwrap());
        let mut reader = db.read().await.unwrap();
        let until = otp::proof_until(&mut reader, PROOF, OtpPurpose::Sell, mine, NOON).await.unwrap();
        assert_eq!(until, Some(NOON.plus(Span::minutes(30))));
        for (purpose, hashes, now) in [
            (OtpPurpose::Lookup, mine, NOON),
            (OtpPurpose::Sell, another, NOON),
            (OtpPurpose::Sell, mine, NOON.plus(Span::minutes(30))),
        ] {
            assert_eq!(otp::proof_until(&mut reader, PROOF, purpose, hashes, now).await.unwrap(), None);
            assert!(matches!(spend(&db, purpose, hashes, now).await, Err(StoreError::Conflict { .. })));
        }
        let uses: Vec<_> = (0..20)
            .map(|_| {
                let db = Db::clone(&db);
                tokio::spawn(async move { spend(&db, OtpPurpose::Sell, mine, NOON).await })
            })
            .collect();
        let mut used = 0;
        for attempt in uses {
            match attempt.await.unwrap() {
                Ok(()) => used += 1,
                Err(error) => assert!(matches!(error, StoreError::Conflict { .. }), "{error}"),
            }
        }
        assert_eq!(used, 1);
        assert_eq!(otp::proof_until(&mut reader, PROOF, OtpPurpose::Sell, mine, NOON).await.unwrap(), None);
    }

    async fn a_proof_is_given_once_and_only_to_a_right_code(db: TestDb) {
        let challenge = new(&db.keys, 1, OtpPurpose::Sell, &phone(), NOON);
        open(&db, &challenge).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let early = otp::give_proof(&mut tx, challenge.id, PROOF, NOON).await;
        assert!(matches!(early, Err(StoreError::Conflict { .. })));
        drop(tx);
        guess(&db, &db.keys, challenge.id, "123456", NOON).await;
        let mut tx = db.begin().await.unwrap();
        otp::give_proof(&mut tx, challenge.id, PROOF, NOON).await.unwrap();
        let twice = otp::give_proof(&mut tx, challenge.id, [8; 32], NOON).await;
        assert!(matches!(twice, Err(StoreError::Conflict { .. })));
    }

    async fn the_phone_behind_a_code_is_sealed_and_old_codes_go(db: TestDb) {
        let challenge = new(&db.keys, 1, OtpPurpose::Sell, &phone(), NOON);
        open(&db, &challenge).await.unwrap();
        let mut reader = db.read().await.unwrap();
        let found = otp::find(&mut reader, challenge.id).await.unwrap().unwrap();
        assert_eq!(
            db.keys.open_text(otp::TABLE, "phone_enc", challenge.id.bytes(), &found.phone_enc).unwrap(),
            "01012345678"
        );
        drop(reader);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(otp::delete_old(&mut tx, NOON, 10).await.unwrap(), 0);
        assert_eq!(otp::delete_old(&mut tx, NOON.plus(Span::micros(1)), 10).await.unwrap(), 1);
        assert_eq!(otp::find(&mut tx, challenge.id).await.unwrap(), None);
    }
}
