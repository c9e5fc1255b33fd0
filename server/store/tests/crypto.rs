//! Sealed columns open for their own row only, and keys are held against the data.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use domain::{AccountNo, ChallengeId, Phone, Pin};
use store::crypto::{KeyPurpose, NumberedKey};
use store::keys::{self, KeyState};
use store::reseal::{LEFT_ALONE, PARTS};
use store::{Keyring, StoreError};
use testkit::clock::NOON;

const ROW: [u8; 16] = [1; 16];

fn key(id: u16, seed: u8) -> NumberedKey {
    let mut bytes = [seed; 32];
    bytes[0] = seed.wrapping_add(1);
    NumberedKey { id, bytes }
}

fn ring(data: &[(u16, u8)], lookup: &[(u16, u8)]) -> Keyring {
    let made = |list: &[(u16, u8)]| list.iter().map(|(id, seed)| key(*id, *seed)).collect();
    Keyring::new(made(data), made(lookup)).unwrap()
}

#[test]
fn a_value_opens_for_its_own_table_column_and_row_only() {
    let keys = Keyring::random().unwrap();
    let sealed = keys.seal("orders", "phone_enc", ROW, b"01012345678").unwrap();
    assert_eq!(keys.open("orders", "phone_enc", ROW, &sealed).unwrap(), b"01012345678");
    assert_eq!(keys.open_text("orders", "phone_enc", ROW, &sealed).unwrap(), "01012345678");
    for moved in [
        keys.open("messages", "phone_enc", ROW, &sealed),
        keys.open("orders", "name_enc", ROW, &sealed),
        keys.open("orders", "phone_enc", [2; 16], &sealed),
        // The border between the two names counts.
        keys.open("ordersp", "hone_enc", ROW, &sealed),
        Keyring::random().unwrap().open("orders", "phone_enc", ROW, &sealed),
    ] {
        let refused = moved.unwrap_err();
        assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused}");
        assert!(!refused.to_string().contains("0101234"));
    }
}

#[test]
fn not_one_bit_may_change() {
    let keys = Keyring::random().unwrap();
    let sealed = keys.seal("t", "c", ROW, b"secret").unwrap();
    assert_eq!(sealed.len(), 1 + 2 + 12 + 6 + 16);
    assert_eq!(&sealed[..3], [1, 0, 1]);
    for byte in 0..sealed.len() {
        for bit in 0..8 {
            let mut changed = sealed.clone();
            changed[byte] ^= 1 << bit;
            assert!(keys.open("t", "c", ROW, &changed).is_err(), "byte {byte} bit {bit}");
        }
    }
    for length in 0..sealed.len() {
        assert!(keys.open("t", "c", ROW, &sealed[..length]).is_err(), "cut to {length}");
    }
}

#[test]
fn equal_values_are_not_seen_to_be_equal() {
    let keys = Keyring::random().unwrap();
    assert_ne!(keys.seal("t", "c", ROW, b"x").unwrap(), keys.seal("t", "c", ROW, b"x").unwrap());
    let empty = keys.seal("t", "c", ROW, b"").unwrap();
    assert_eq!(keys.open("t", "c", ROW, &empty).unwrap(), b"");
}

#[test]
fn an_old_key_opens_and_finds_while_the_new_one_seals_and_hashes() {
    let old = ring(&[(1, 10)], &[(1, 20)]);
    let both = ring(&[(2, 11), (1, 10)], &[(2, 21), (1, 20)]);
    let sealed = old.seal("t", "c", ROW, b"x").unwrap();
    assert_eq!(both.open("t", "c", ROW, &sealed).unwrap(), b"x");
    assert!(both.is_stale(&sealed));
    let anew = both.seal("t", "c", ROW, b"x").unwrap();
    assert!(!both.is_stale(&anew));
    assert!(old.open("t", "c", ROW, &anew).unwrap_err().to_string().contains("needs data key 2"));
    let [new_hash, old_hash] = both.hmac_all("phone", b"x");
    assert_eq!((new_hash, old_hash), (both.hmac("phone", b"x"), old.hmac("phone", b"x")));
    assert_ne!(new_hash, old_hash);
    let only = old.hmac_all("phone", b"x");
    assert_eq!(only[0], only[1]);
}

#[test]
fn hashes_of_different_kinds_never_meet() {
    let keys = Keyring::random().unwrap();
    assert_ne!(keys.hmac("a", b"bc"), keys.hmac("ab", b"c"));
    let phone = Phone::parse("010-1234-5678").unwrap();
    let account = AccountNo::parse("01012345678").unwrap();
    assert_ne!(keys.phone_hash(&phone), keys.account_hash("004", &account));
    assert_ne!(keys.account_hash("004", &account), keys.account_hash("088", &account));
    let pin = Pin::new("1234123412341234").unwrap();
    assert_eq!(
        keys.pin_hash("munhwa18", &pin),
        keys.pin_hashes("munhwa18", &Pin::new("1234-1234-1234-1234").unwrap())[0]
    );
    assert_ne!(keys.pin_hash("munhwa18", &pin), keys.pin_hash("cultureland", &pin));
    assert_ne!(
        keys.code_hash(ChallengeId::from_u128(1), "123456"),
        keys.code_hash(ChallengeId::from_u128(2), "123456")
    );
}

#[test]
fn one_visitor_has_one_address_hash_however_many_addresses() {
    let keys = Keyring::random().unwrap();
    let hash = |text: &str| keys.address_hash(text.parse().unwrap());
    assert_eq!(hash("203.0.113.7"), hash("::ffff:203.0.113.7"));
    assert_eq!(hash("2001:db8:1:2::1"), hash("2001:db8:1:2:ffff::9"));
    assert_ne!(hash("2001:db8:1:2::1"), hash("2001:db8:1:3::1"));
    assert_ne!(hash("203.0.113.7"), hash("203.0.113.8"));
}

#[test]
fn a_keyring_that_can_not_be_right_is_refused() {
    let bad = [
        Keyring::new(vec![], vec![key(1, 1)]),
        Keyring::new(vec![key(1, 1)], vec![]),
        Keyring::new(vec![key(0, 1)], vec![key(1, 2)]),
        Keyring::new(vec![key(1, 1), key(1, 2)], vec![key(1, 3)]),
        Keyring::new(vec![key(1, 1)], vec![key(1, 1)]),
        Keyring::new(vec![NumberedKey { id: 1, bytes: [0; 32] }], vec![key(1, 1)]),
        Keyring::new(vec![key(1, 1)], vec![key(1, 2), key(2, 3), key(3, 4)]),
    ];
    for (at, made) in bad.into_iter().enumerate() {
        assert!(matches!(made, Err(StoreError::Keys { .. })), "{at}");
    }
    assert_eq!(
        format!("{:?} {:?}", key(7, 1), ring(&[(2, 1), (1, 2)], &[(1, 3)])),
        "NumberedKey(7) Keyring { data: [2, 1], lookup: [1] }"
    );
}

testkit::both_engines! {
    async fn the_keys_of_the_data_are_the_keys_that_must_be_given(db: TestDb) {
        let first = ring(&[(1, 10)], &[(1, 20)]);
        first.check_against(&db, NOON).await.unwrap();
        first.check_against(&db, NOON).await.unwrap();
        let wrong = ring(&[(1, 99)], &[(1, 20)]).check_against(&db, NOON).await.unwrap_err();
        assert!(wrong.to_string().contains("data key 1 is not the key"), "{wrong}");
        let missing = ring(&[(2, 11)], &[(1, 20)]).check_against(&db, NOON).await.unwrap_err();
        assert!(missing.to_string().contains("data key 1 is in use but was not given"), "{missing}");

        ring(&[(2, 11), (1, 10)], &[(1, 20)]).check_against(&db, NOON).await.unwrap();
        let states = |known: Vec<keys::KnownKey>| -> Vec<(KeyPurpose, u16, KeyState)> {
            known.into_iter().map(|key| (key.purpose, key.id, key.state)).collect()
        };
        let mut reader = db.read().await.unwrap();
        assert_eq!(
            states(keys::all(&mut reader).await.unwrap()),
            [
                (KeyPurpose::Data, 1, KeyState::Retiring),
                (KeyPurpose::Data, 2, KeyState::Active),
                (KeyPurpose::Lookup, 1, KeyState::Active),
            ]
        );

        let mut tx = db.begin().await.unwrap();
        keys::set_state(&mut tx, KeyPurpose::Data, 1, KeyState::Retiring, KeyState::Retired, NOON).await.unwrap();
        let twice = keys::set_state(&mut tx, KeyPurpose::Data, 1, KeyState::Retiring, KeyState::Retired, NOON).await;
        assert!(matches!(twice, Err(StoreError::Conflict { .. })));
        tx.commit().await.unwrap();
        ring(&[(2, 11)], &[(1, 20)]).check_against(&db, NOON).await.unwrap();
        // Kept at hand for old backups, but never active again.
        ring(&[(2, 11), (1, 10)], &[(1, 20)]).check_against(&db, NOON).await.unwrap();
        let back = ring(&[(1, 10), (2, 11)], &[(1, 20)]).check_against(&db, NOON).await.unwrap_err();
        assert!(back.to_string().contains("retired"), "{back}");
    }

    /// A command at the machine has the new text of the keys before any server was started with it: from the moment a key is
    /// written down, every process without it takes nothing more.
    async fn a_command_writes_no_key_down_and_no_server_puts_an_older_one_in_front(db: TestDb) {
        let (first, both) = (ring(&[(1, 10)], &[(1, 20)]), ring(&[(2, 11), (1, 10)], &[(2, 21), (1, 20)]));
        // A new installation belongs to whoever begins it.
        first.fits(&db, false).await.unwrap();
        first.check_against(&db, NOON).await.unwrap();
        let refused = both.fits(&db, false).await.unwrap_err();
        assert!(refused.to_string().contains("is new; start the server with it first"), "{refused}");
        both.fits(&db, true).await.unwrap();
        assert_eq!(keys::all(&mut db.read().await.unwrap()).await.unwrap().len(), 2, "nothing was written");
        both.check_against(&db, NOON).await.unwrap();
        both.fits(&db, false).await.unwrap();
        let missing = first.fits(&db, false).await.unwrap_err();
        assert!(missing.to_string().contains("in use but was not given"), "{missing}");
        let turned = ring(&[(1, 10), (2, 11)], &[(2, 21), (1, 20)]);
        for refused in [turned.fits(&db, true).await, turned.check_against(&db, NOON).await] {
            let refused = refused.unwrap_err();
            assert!(refused.to_string().contains("can't stand in front of it again"), "{refused}");
        }
    }

    async fn two_processes_may_check_at_once(db: TestDb) {
        let keys = ring(&[(1, 10)], &[(1, 20)]);
        let checks = (0..8).map(|_| {
            let (keys, db) = (keys.clone(), db.clone());
            tokio::spawn(async move { keys.check_against(&db, NOON).await })
        });
        for check in checks.collect::<Vec<_>>() {
            check.await.unwrap().unwrap();
        }
    }
}

/// Columns by name, of every table.
async fn columns(db: &store::Db) -> Vec<(String, String)> {
    match db {
        store::Db::Sqlite(db) => {
            let text = "SELECT m.name, p.name FROM sqlite_master AS m INNER JOIN pragma_table_info(m.name) AS p WHERE m.type = 'table'";
            sqlx::query_as(text).fetch_all(db.writer()).await.unwrap()
        }
        store::Db::Postgres(db) => {
            let text = "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'";
            sqlx::query_as(text).fetch_all(db.pool()).await.unwrap()
        }
    }
}

testkit::both_engines! {
    /// Whoever adds a sealed or hashed column says here how it passes to another key, or why it needn't.
    async fn every_column_of_a_key_is_known_to_the_rotation(db: TestDb) {
        let mut known: Vec<(&str, &str)> = LEFT_ALONE.iter().map(|(table, column, _)| (*table, *column)).collect();
        for part in PARTS {
            known.extend(part.sealed.iter().map(|column| (part.name, *column)));
            known.extend(part.hashed.iter().map(|(column, _)| (part.name, *column)));
        }
        let of_keys = |column: &str| ["_enc", "_hmac", "_hash"].iter().any(|end| column.ends_with(end));
        let all = columns(&db).await;
        let unknown: Vec<_> = all
            .iter()
            .filter(|(table, column)| of_keys(column) && !known.contains(&(table.as_str(), column.as_str())))
            .collect();
        assert!(unknown.is_empty(), "say in reseal.rs what a rotation does with {unknown:?}");
        let gone: Vec<_> =
            known.iter().filter(|(t, c)| !all.iter().any(|(table, column)| table == t && column == c)).collect();
        assert!(gone.is_empty(), "there is no {gone:?}");
    }
}
