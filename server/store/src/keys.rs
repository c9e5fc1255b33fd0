//! Which encryption keys the data was written with, so that a wrong or forgotten key is noticed at start and not when
//! the first customer's account does not open.

use crate::crypto::{KeyPurpose, Keyring};
use crate::db::{Conn, Db, Tx};
use crate::{StoreError, exactly_one, on, sql};
use domain::Timestamp;
use subtle::ConstantTimeEq;

/// Whoever begins with a keyring holds this alone.
const BEGINNING: i64 = 0x70_69_6e_6b_65_79;

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Seals, hashes, opens and finds.
    Active,
    /// Only opens and finds, until everything is sealed anew.
    Retiring,
    /// No row needs it any more.
    Retired,
}

impl KeyState {
    /// As in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retiring => "retiring",
            Self::Retired => "retired",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Active, Self::Retiring, Self::Retired].into_iter().find(|state| state.as_str() == word)
    }
}

/// A key as the database knows it: its number and a value that only the same key makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKey {
    /// What it is for.
    pub purpose: KeyPurpose,
    /// Its number.
    pub id: u16,
    /// Where it stands.
    pub state: KeyState,
    /// When it was first given.
    pub created_at: Timestamp,
    /// Since when no row needs it.
    pub retired_at: Option<Timestamp>,
    check_value: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct Row {
    purpose: String,
    key_id: i64,
    state: String,
    check_value: Vec<u8>,
    created_at: i64,
    retired_at: Option<i64>,
}

/// All keys ever used.
pub async fn all(conn: impl Into<Conn<'_>>) -> Result<Vec<KnownKey>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("keys/all.sql")).fetch_all(&mut *c).await?);
    rows.into_iter()
        .map(|row| {
            let corrupt = |what: String| StoreError::corrupt("encryption_keys", row.key_id, what);
            Ok(KnownKey {
                purpose: [KeyPurpose::Data, KeyPurpose::Lookup]
                    .into_iter()
                    .find(|purpose| purpose.as_str() == row.purpose)
                    .ok_or_else(|| corrupt(format!("purpose is {:?}", row.purpose)))?,
                id: u16::try_from(row.key_id).map_err(|_| corrupt("key_id is no key number".into()))?,
                state: KeyState::parse(&row.state).ok_or_else(|| corrupt(format!("state is {:?}", row.state)))?,
                created_at: Timestamp::from_micros(row.created_at),
                retired_at: row.retired_at.map(Timestamp::from_micros),
                check_value: row.check_value,
            })
        })
        .collect()
}

/// The same, and until this transaction ends no process begins with other keys: what is looked for under these is found.
pub async fn hold(tx: &mut Tx) -> Result<Vec<KnownKey>, StoreError> {
    crate::dialect::advisory_lock_shared(tx, BEGINNING).await?;
    all(tx).await
}

async fn insert(
    conn: impl Into<Conn<'_>>,
    purpose: KeyPurpose,
    id: u16,
    state: KeyState,
    check_value: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("keys/insert.sql"))
            .bind(purpose.as_str())
            .bind(i64::from(id))
            .bind(state.as_str())
            .bind(check_value)
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Moves a key from one state to another. Retire a key only when no row is sealed with it any more.
pub async fn set_state(
    conn: impl Into<Conn<'_>>,
    purpose: KeyPurpose,
    id: u16,
    from: KeyState,
    to: KeyState,
    now: Timestamp,
) -> Result<(), StoreError> {
    let retired_at = (to == KeyState::Retired).then(|| now.micros());
    let done = on!(conn, |c| sqlx::query(sql!("keys/set_state.sql"))
        .bind(purpose.as_str())
        .bind(i64::from(id))
        .bind(from.as_str())
        .bind(to.as_str())
        .bind(retired_at)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "encryption key")
}

impl Keyring {
    /// Holds the keyring against the database and writes nothing: a key that is not the one the data was written with is
    /// refused, and so is a keyring that lacks a key still in use, or that would write with an older key than others do.
    /// `new`: may it hold a key the database doesn't know yet?
    pub async fn fits(&self, db: &Db, new: bool) -> Result<(), StoreError> {
        let known = all(&mut db.read().await?).await?;
        self.compare(&known)?;
        let unknown =
            self.checks().find(|(purpose, id, ..)| !known.iter().any(|key| key.purpose == *purpose && key.id == *id));
        match unknown {
            Some((purpose, id, ..)) if !new && !known.is_empty() => Err(StoreError::Keys {
                what: format!("{} key {id} is new; start the server with it first", purpose.as_str()),
            }),
            _ => Ok(()),
        }
    }

    fn compare(&self, known: &[KnownKey]) -> Result<(), StoreError> {
        let ours: Vec<_> = self.checks().collect();
        let refuse = |what: String| Err(StoreError::Keys { what });
        for (purpose, id, check, active) in &ours {
            match known.iter().find(|key| key.purpose == *purpose && key.id == *id) {
                Some(key) if !bool::from(key.check_value.ct_eq(check)) => {
                    return refuse(format!("{} key {id} is not the key the data was written with", purpose.as_str()));
                }
                Some(key) if key.state == KeyState::Retired && *active => {
                    return refuse(format!("{} key {id} is retired and can't be active again", purpose.as_str()));
                }
                _ => {}
            }
        }
        for key in known.iter().filter(|key| key.state != KeyState::Retired) {
            if !ours.iter().any(|(purpose, id, _, _)| *purpose == key.purpose && *id == key.id) {
                return refuse(format!("{} key {} is in use but was not given", key.purpose.as_str(), key.id));
            }
            let active = self.active(key.purpose);
            if key.state == KeyState::Active && active < key.id {
                return refuse(format!(
                    "{} key {} is active; key {active} can't stand in front of it again",
                    key.purpose.as_str(),
                    key.id
                ));
            }
        }
        Ok(())
    }

    /// The same, and makes the keyring's keys the database's: new ones are written down, and what is in front becomes
    /// active. From the commit on, whoever lacks one of them or writes with another takes nothing more, so a server does
    /// this when everything else of its start went well.
    pub async fn check_against(&self, db: &Db, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = db.begin().await?;
        // Two processes may start at once.
        crate::dialect::advisory_lock(&mut tx, BEGINNING).await?;
        let known = all(&mut tx).await?;
        self.compare(&known)?;
        let ours: Vec<_> = self.checks().collect();
        // Retiring before activating: one key of a purpose is active at a time.
        for wanted_active in [false, true] {
            for (purpose, id, check, active) in ours.iter().filter(|(.., active)| *active == wanted_active) {
                let state = if *active { KeyState::Active } else { KeyState::Retiring };
                match known.iter().find(|key| key.purpose == *purpose && key.id == *id) {
                    None => insert(&mut tx, *purpose, *id, state, check, now).await?,
                    Some(key) if key.state == KeyState::Retired => {}
                    Some(key) if key.state != state => set_state(&mut tx, *purpose, *id, key.state, state, now).await?,
                    Some(_) => {}
                }
            }
        }
        tx.commit().await
    }
}
