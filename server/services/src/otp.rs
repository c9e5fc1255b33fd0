//! One-time codes: six digits by SMS, bound to phone and purpose.
//!
//! A code lives for three minutes and five tries; asking for one, comparing one and using its proof are one transaction
//! each, and the database counts. Nothing here depends on whether the phone has orders.

use crate::message::Draft;
use crate::shop::{address_hashes, new_token, one_at_a_time, token_hash, visitor};
use crate::{Actor, ServiceError, Services};
use domain::otp::{PROOF_VALID, RESEND_AFTER, VALID, code_from_random, read_code};
use domain::{ChallengeId, MessageKind, OtpPurpose, Phone, Span, Timestamp};
use store::otp::{self, NewChallenge, Tried};
use store::outbox;

/// What came of asking for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requested {
    /// It is on its way.
    Sent {
        /// May be typed until then.
        until: Timestamp,
        /// Another may be asked for from then on.
        resend_after: Timestamp,
    },
    /// One was sent less than a minute ago and still holds.
    TooSoon {
        /// May be typed until then.
        until: Timestamp,
        /// Another may be asked for from then on.
        resend_after: Timestamp,
    },
    /// Too many for this phone or this address today.
    Limited {
        /// Not before then.
        retry_at: Timestamp,
    },
}

/// What came of typing a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// Right.
    Proved {
        /// Names this phone and purpose, once.
        proof: Proof,
        /// Holds until then.
        until: Timestamp,
    },
    /// Wrong.
    Wrong {
        /// So many tries are left, maybe none.
        tries_left: u32,
    },
    /// No code is open: too late, used, all tries gone, or none was sent.
    Expired,
    /// Not six digits; nothing was tried.
    Unreadable,
}

/// Says that a phone was proved: 256 random bits.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Proof(String);

impl Proof {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then(|| Self(text.to_ascii_lowercase()))
    }

    /// 64 hexadecimal digits.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> [u8; 32] {
        token_hash(&self.0)
    }
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof")
    }
}

/// Makes a code and hands it to the message lane.
pub async fn request(
    services: &Services,
    actor: &Actor,
    purpose: OtpPurpose,
    phone: &Phone,
) -> Result<Requested, ServiceError> {
    let visitor = visitor(actor)?;
    let now = services.clock.now();
    let id = ChallengeId::from_bytes(services.chance.id(now));
    let code = code_from_random(u64::from_be_bytes(services.chance.bytes::<8>()));
    let phones = services.keys.phone_hashes(phone);
    let addresses = address_hashes(services, &visitor.address);
    let until = now.plus(VALID);
    let new = NewChallenge {
        id,
        purpose,
        phone_enc: services.keys.seal(otp::TABLE, "phone_enc", id.bytes(), phone.expose().as_bytes())?,
        phone_hmac: phones,
        address_hmac: addresses[0],
        code_hmac: services.keys.code_hash(id, &code),
        created_at: now,
        expires_at: until,
    };
    let body = domain::text::sms_otp(visitor.lang, &code, VALID.as_seconds() / 60);
    let key = format!("otp:{}", hex::encode(id.bytes()));
    let message = Draft::new(services, MessageKind::Otp, id.bytes(), key, phone, &body, now)?;

    let limits = crate::catalogue::shelf(services).await?.limits;
    let mut tx = services.db.begin().await?;
    one_at_a_time(&mut tx, &[phones[0], addresses[0]]).await?;
    if let Some(open) = otp::open_of_phone(&mut tx, phones, purpose, now).await? {
        let resend_after = open.created_at.plus(RESEND_AFTER);
        if now < resend_after {
            tx.rollback().await?;
            return Ok(Requested::TooSoon { until: open.expires_at, resend_after });
        }
    }
    let today = now.kst_day_start();
    let by_phone = otp::count_by_phone(&mut tx, phones, today).await?.count;
    let by_address = otp::count_by_address(&mut tx, addresses, today).await?.count;
    if by_phone >= limits.codes_per_phone || by_address >= limits.codes_per_address {
        tx.rollback().await?;
        tracing::warn!(%purpose, by_phone, by_address, "no more codes for this phone or address today");
        return Ok(Requested::Limited { retry_at: today.plus(Span::days(1)) });
    }
    otp::open(&mut tx, &new).await?;
    let works = Draft::write(&mut tx, &[&message]).await?;
    outbox::enqueue(&mut tx, &works, now).await?;
    tx.commit().await?;
    services.wake.notify_waiters();
    Ok(Requested::Sent { until, resend_after: now.plus(RESEND_AFTER) })
}

/// Tries a code. Each try counts, also when many come at once.
pub async fn check(
    services: &Services,
    actor: &Actor,
    purpose: OtpPurpose,
    phone: &Phone,
    code: &str,
) -> Result<Checked, ServiceError> {
    visitor(actor)?;
    let Some(code) = read_code(code) else { return Ok(Checked::Unreadable) };
    let now = services.clock.now();
    let phones = services.keys.phone_hashes(phone);
    let mut tx = services.db.begin().await?;
    let Some(open) = otp::open_of_phone(&mut tx, phones, purpose, now).await? else {
        tx.rollback().await?;
        return Ok(Checked::Expired);
    };
    let tried = otp::try_code(&mut tx, open.id, services.keys.code_hashes(open.id, &code), now).await?;
    let checked = match tried {
        Tried::Right => {
            let proof = Proof(new_token(services));
            let until = now.plus(PROOF_VALID);
            otp::give_proof(&mut tx, open.id, proof.hash(), until).await?;
            Checked::Proved { proof, until }
        }
        Tried::Wrong { tries_left } => Checked::Wrong { tries_left },
        Tried::Closed => Checked::Expired,
    };
    // A wrong try is written down as surely as a right one.
    tx.commit().await?;
    Ok(checked)
}

/// Does this proof still hold for this phone and purpose? It does until it is used or its time is over.
pub async fn holds(
    services: &Services,
    purpose: OtpPurpose,
    phone: &Phone,
    proof: &Proof,
) -> Result<bool, ServiceError> {
    let phones = services.keys.phone_hashes(phone);
    let mut reader = services.db.read().await?;
    let until = otp::proof_until(&mut reader, proof.hash(), purpose, phones, services.clock.now()).await?;
    Ok(until.is_some())
}
