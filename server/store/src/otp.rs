//! One-time codes and the proofs they give.
//!
//! Nothing here reads, decides and writes: comparing a guess and counting it is one statement, using a proof is one
//! statement, and a partial unique index lets one code per phone and purpose be open. So guesses that come at once,
//! over any number of connections and processes, are never more than five.

use crate::db::Conn;
use crate::dialect::{multi_or, portions};
use crate::row::{Of, key};
use crate::{StoreError, exactly_one, on, sql};
use domain::otp::{MAX_TRIES, tries_left};
use domain::{ChallengeId, OtpPurpose, OtpState, Timestamp};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "otp_challenges";

/// A code as it is first written.
#[derive(Clone, Debug)]
pub struct NewChallenge {
    /// Its key.
    pub id: ChallengeId,
    /// What its proof will be good for.
    pub purpose: OtpPurpose,
    /// Phone, sealed.
    pub phone_enc: Vec<u8>,
    /// Phone, hashed with every valid lookup key, the active one first.
    pub phone_hmac: [[u8; 32]; 2],
    /// Visitor's address, hashed.
    pub address_hmac: [u8; 32],
    /// Code with the challenge's key, hashed.
    pub code_hmac: [u8; 32],
    /// Now.
    pub created_at: Timestamp,
    /// May be typed until then.
    pub expires_at: Timestamp,
}

/// A code as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its key.
    pub id: ChallengeId,
    /// What its proof is good for.
    pub purpose: OtpPurpose,
    /// Phone, sealed.
    pub phone_enc: Vec<u8>,
    /// Where it stands.
    pub state: OtpState,
    /// Wrong tries so far.
    pub tries: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// May be typed until then.
    pub expires_at: Timestamp,
}

/// The code that may be typed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenChallenge {
    /// Its key.
    pub id: ChallengeId,
    /// Wrong tries so far.
    pub tries: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// May be typed until then.
    pub expires_at: Timestamp,
}

/// What a guess was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The code. Give the proof in the same transaction.
    Right,
    /// Not the code. At none left the challenge is dead.
    Wrong {
        /// So many tries are left.
        tries_left: u32,
    },
    /// Nothing was compared: too late, dead, replaced or used already.
    Closed,
}

/// How many there were, and the oldest of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub count: u32,
    /// When the oldest was made.
    pub oldest: Option<Timestamp>,
}

/// Opens a challenge. The phone's open one for the same purpose, if any, is replaced.
///
/// Errors: [`StoreError::Unique`] `otp_challenges_one_open` when two are asked for at the same instant: one wins.
pub async fn open(conn: impl Into<Conn<'_>>, new: &NewChallenge) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("otp/replace_open.sql"))
            .bind(new.phone_hmac[0].as_slice())
            .bind(new.phone_hmac[1].as_slice())
            .bind(new.purpose.as_str())
            .execute(&mut *c)
            .await?;
        sqlx::query(sql!("otp/insert.sql"))
            .bind(key(new.id.bytes()))
            .bind(new.purpose.as_str())
            .bind(new.phone_enc.as_slice())
            .bind(new.phone_hmac[0].as_slice())
            .bind(new.address_hmac.as_slice())
            .bind(new.code_hmac.as_slice())
            .bind(new.created_at.micros())
            .bind(new.expires_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    purpose: String,
    phone_enc: Vec<u8>,
    state: String,
    tries: i64,
    created_at: i64,
    expires_at: i64,
}

/// The challenge, for the message that carries its code.
pub async fn find(conn: impl Into<Conn<'_>>, id: ChallengeId) -> Result<Option<Challenge>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("otp/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(|row| {
        let of = Of { table: TABLE, id: row.id };
        Ok(Challenge {
            id: ChallengeId::from_bytes(row.id.into_bytes()),
            purpose: of.word("purpose", &row.purpose)?,
            phone_enc: row.phone_enc,
            state: of.word("state", &row.state)?,
            tries: of.count("tries", row.tries)?,
            created_at: Timestamp::from_micros(row.created_at),
            expires_at: Timestamp::from_micros(row.expires_at),
        })
    })
    .transpose()
}

/// The phone's code that may be typed now.
pub async fn open_of_phone(
    conn: impl Into<Conn<'_>>,
    phone_hmac: [[u8; 32]; 2],
    purpose: OtpPurpose,
    now: Timestamp,
) -> Result<Option<OpenChallenge>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, (Uuid, i64, i64, i64)>(sql!("otp/open_of_phone.sql"))
        .bind(phone_hmac[0].as_slice())
        .bind(phone_hmac[1].as_slice())
        .bind(purpose.as_str())
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await?);
    row.map(|(id, tries, created_at, expires_at)| {
        Ok(OpenChallenge {
            id: ChallengeId::from_bytes(id.into_bytes()),
            tries: Of { table: TABLE, id }.count("tries", tries)?,
            created_at: Timestamp::from_micros(created_at),
            expires_at: Timestamp::from_micros(expires_at),
        })
    })
    .transpose()
}

/// Codes made for this phone since then, whatever became of them.
pub async fn count_by_phone(
    conn: impl Into<Conn<'_>>,
    phone_hmac: [[u8; 32]; 2],
    since: Timestamp,
) -> Result<Counted, StoreError> {
    counted(on!(conn, |c| sqlx::query_as::<_, (i64, Option<i64>)>(sql!("otp/count_by_phone.sql"))
        .bind(phone_hmac[0].as_slice())
        .bind(phone_hmac[1].as_slice())
        .bind(since.micros())
        .fetch_one(&mut *c)
        .await?))
}

/// Codes asked for from this address since then.
pub async fn count_by_address(
    conn: impl Into<Conn<'_>>,
    address_hmac: [[u8; 32]; 2],
    since: Timestamp,
) -> Result<Counted, StoreError> {
    counted(on!(conn, |c| sqlx::query_as::<_, (i64, Option<i64>)>(sql!("otp/count_by_address.sql"))
        .bind(address_hmac[0].as_slice())
        .bind(address_hmac[1].as_slice())
        .bind(since.micros())
        .fetch_one(&mut *c)
        .await?))
}

fn counted((count, oldest): (i64, Option<i64>)) -> Result<Counted, StoreError> {
    let count = Of { table: TABLE, id: Uuid::nil() }.count("count", count)?;
    Ok(Counted { count, oldest: oldest.map(Timestamp::from_micros) })
}

/// Compares a guess with the code and counts it, in one statement.
pub async fn try_code(
    conn: impl Into<Conn<'_>>,
    id: ChallengeId,
    code_hmac: [[u8; 32]; 2],
    now: Timestamp,
) -> Result<Tried, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, (String, i64)>(sql!("otp/try_code.sql"))
        .bind(key(id.bytes()))
        .bind(code_hmac[0].as_slice())
        .bind(now.micros())
        .bind(i64::from(MAX_TRIES))
        .bind(code_hmac[1].as_slice())
        .fetch_optional(&mut *c)
        .await?);
    let Some((state, tries)) = row else {
        return Ok(Tried::Closed);
    };
    let of = Of { table: TABLE, id: key(id.bytes()) };
    let tries = of.count("tries", tries)?;
    match of.word::<OtpState>("state", &state)? {
        OtpState::Verified => Ok(Tried::Right),
        OtpState::Open | OtpState::Failed => Ok(Tried::Wrong { tries_left: tries_left(tries) }),
        OtpState::Used | OtpState::Replaced => {
            Err(StoreError::corrupt(TABLE, of.id, format!("state is {state} after a try")))
        }
    }
}

/// Gives a verified challenge its proof, once.
pub async fn give_proof(
    conn: impl Into<Conn<'_>>,
    id: ChallengeId,
    proof_hash: [u8; 32],
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("otp/give_proof.sql"))
        .bind(key(id.bytes()))
        .bind(proof_hash.as_slice())
        .bind(expires_at.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "code")
}

/// Until when an unused proof holds for this phone and purpose; `None` when it does not.
pub async fn proof_until(
    conn: impl Into<Conn<'_>>,
    proof_hash: [u8; 32],
    purpose: OtpPurpose,
    phone_hmac: [[u8; 32]; 2],
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let until = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("otp/proof.sql"))
        .bind(proof_hash.as_slice())
        .bind(purpose.as_str())
        .bind(phone_hmac[0].as_slice())
        .bind(phone_hmac[1].as_slice())
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await?);
    Ok(until.map(Timestamp::from_micros))
}

/// A proof, hashed, and whose phone it must be: under the lookup key in use and the one before.
pub type Proof = ([u8; 32], [[u8; 32]; 2]);

/// Uses proofs up.
///
/// Errors: [`StoreError::Conflict`] when one was used, has ended, or is another phone's or purpose's, or came twice.
/// Roll back then.
pub async fn use_proofs(
    conn: impl Into<Conn<'_>>,
    purpose: OtpPurpose,
    proofs: &[Proof],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut used = 0;
    on!(conn, |c| {
        for portion in portions(proofs) {
            let text = multi_or(sql!("otp/use_proofs.sql"), 2, portion.len());
            let mut query = sqlx::query(text).bind(purpose.as_str()).bind(now.micros());
            for (hash, phone) in portion {
                query = query.bind(hash.as_slice()).bind(phone[0].as_slice()).bind(phone[1].as_slice());
            }
            used += query.execute(&mut *c).await?.rows_affected();
        }
    });
    if usize::try_from(used) == Ok(proofs.len()) { Ok(()) } else { exactly_one(0, "proof") }
}

/// Throws at most `limit` challenges made before then away and says how many.
pub async fn delete_old(conn: impl Into<Conn<'_>>, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("otp/delete_old.sql"))
        .bind(before.micros())
        .bind(i64::from(limit))
        .execute(&mut *c)
        .await?
        .rows_affected()))
}
