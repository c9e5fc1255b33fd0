//! How often somebody may guess, without anybody being able to lock a person out.
//!
//! Counted over fifteen minutes: five wrong tries for a login from one address, twenty from one address for any login,
//! and thirty for a login from anywhere. Past the last, only addresses that the login signed in from during the last
//! thirty days may go on: a stranger with a thousand addresses stops guessing, and the person at their usual desk
//! notices nothing. An IPv6 address counts with its /64 (`Keyring::address_hashes`).

use super::too_many_tries;
use crate::shop::{address_hashes, one_at_a_time};
use crate::{ServiceError, Services};
use domain::{Lang, Span};
use store::sign_in_tries::{self, Factor, Try};

const COUNTED_OVER: Span = Span::minutes(15);
const PER_LOGIN_AND_ADDRESS: i64 = 5;
const PER_ADDRESS: i64 = 20;
const PER_LOGIN: i64 = 30;
const KNOWN_FOR: Span = Span::hours(30 * 24);

/// A try under way, written as failed.
#[must_use = "a right try must be told so"]
pub struct UnderWay {
    id: [u8; 16],
}

/// Writes a try, if there is one left.
///
/// Errors: [`ServiceError::Busy`] when there is none; nothing is written then.
pub async fn begin(
    services: &Services,
    login: &str,
    address: &str,
    factor: Factor,
    lang: Lang,
) -> Result<UnderWay, ServiceError> {
    let logins = services.keys.hmac_all("login", login.as_bytes());
    let addresses = address_hashes(services, address);
    let now = services.clock.now();
    let since = now.minus(COUNTED_OVER);
    {
        // Looked at without the writer first: a flood is turned away by readers.
        let mut reader = services.db.read().await?;
        if is_spent(&mut reader, logins, addresses, factor, since, now.minus(KNOWN_FOR)).await? {
            return Err(refused(logins[0], address, factor, lang));
        }
    }
    let mut tx = services.db.begin().await?;
    one_at_a_time(&mut tx, &[logins[0], addresses[0]]).await?;
    if is_spent(&mut tx, logins, addresses, factor, since, now.minus(KNOWN_FOR)).await? {
        tx.rollback().await?;
        return Err(refused(logins[0], address, factor, lang));
    }
    let id = services.chance.id(now);
    let made = Try { id, login: logins[0], address: addresses[0], factor, success: false, at: now };
    sign_in_tries::insert(&mut tx, &made).await?;
    tx.commit().await?;
    Ok(UnderWay { id })
}

/// A line of the process's log and no row: a flood of tries writes nothing into the database. The login is a mark: what
/// stands in its field may be somebody's password.
fn refused(login: [u8; 32], address: &str, factor: Factor, lang: Lang) -> ServiceError {
    tracing::warn!(address, login = hex::encode(&login[..8]), ?factor, "a try to sign in was refused: too many");
    let minutes = u32::try_from(COUNTED_OVER.as_seconds() / 60).unwrap_or(15);
    ServiceError::Busy { retry_after: minutes * 60, message: too_many_tries(lang, minutes) }
}

async fn is_spent<C>(
    conn: &mut C,
    logins: [[u8; 32]; 2],
    addresses: [[u8; 32]; 2],
    factor: Factor,
    since: domain::Timestamp,
    known_since: domain::Timestamp,
) -> Result<bool, ServiceError>
where
    for<'c> &'c mut C: Into<store::Conn<'c>>,
{
    if sign_in_tries::failed_of_both(&mut *conn, logins, addresses, factor, since).await? >= PER_LOGIN_AND_ADDRESS {
        return Ok(true);
    }
    if sign_in_tries::failed_of_address(&mut *conn, addresses, since).await? >= PER_ADDRESS {
        return Ok(true);
    }
    if sign_in_tries::failed_of_login(&mut *conn, logins, factor, since).await? < PER_LOGIN {
        return Ok(false);
    }
    Ok(!sign_in_tries::knows_address(&mut *conn, logins, addresses, known_since).await?)
}

impl UnderWay {
    /// It was right.
    pub async fn was_right(self, tx: &mut store::Tx) -> Result<(), ServiceError> {
        Ok(sign_in_tries::succeed(&mut *tx, self.id).await?)
    }
}
