//! The second factor: six digits of thirty seconds (RFC 6238), and recovery codes for the day the phone is gone.

use crate::{ServiceError, Services};
use domain::secret::Secret;
use domain::{Timestamp, UserId};
use store::Keyring;
use store::users::{self, User};
use subtle::ConstantTimeEq as _;
use totp_rs::{Algorithm, TOTP};

/// Bytes of a secret (160 bits, as the standard advises).
pub const SECRET_BYTES: usize = 20;
/// Seconds a code lives.
const STEP: i64 = 30;
/// Recovery codes a person holds.
pub const RECOVERY_CODES: usize = 10;
/// Letters and digits that aren't taken for each other.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";

fn clock_of(secret: Vec<u8>) -> Result<TOTP, ServiceError> {
    TOTP::new(Algorithm::SHA1, 6, 0, 30, secret).map_err(|error| ServiceError::Internal(error.to_string()))
}

/// The secret of somebody's second factor.
pub fn secret_of(services: &Services, user: &User) -> Result<Option<Secret<Vec<u8>>>, ServiceError> {
    let Some(sealed) = &user.totp_enc else { return Ok(None) };
    let plain = services.keys.open(users::TABLE, "totp_enc", user.id.bytes(), sealed)?;
    Ok(Some(Secret::new(plain)))
}

/// As an app takes it by hand: thirty-two letters and digits.
pub fn as_text(secret: &[u8]) -> String {
    totp_rs::Secret::Raw(secret.to_vec()).to_encoded().to_string()
}

/// As an app reads it from a picture.
pub fn address(secret: &[u8], login: &str) -> String {
    let plain: String = login.chars().filter(|c| c.is_ascii_alphanumeric() || "@.-_".contains(*c)).collect();
    format!(
        "otpauth://totp/PinDesk:{plain}?secret={}&issuer=PinDesk&algorithm=SHA1&digits=6&period=30",
        as_text(secret)
    )
}

/// The picture, as SVG.
pub fn picture(address: &str) -> Result<String, ServiceError> {
    let code = qrcode::QrCode::new(address.as_bytes()).map_err(|error| ServiceError::Internal(error.to_string()))?;
    Ok(code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(200, 200).quiet_zone(true).build())
}

/// The time step a typed code is right for: this one or the one before, for typing and for clocks that differ. One that is
/// still to come is nobody's: a code can be typed for sixty seconds.
pub fn step_of(secret: &[u8], typed: &str, now: Timestamp) -> Result<Option<i64>, ServiceError> {
    let typed: String = typed.chars().map(domain::form::half_width).filter(char::is_ascii_digit).collect();
    let clock = clock_of(secret.to_vec())?;
    let here = now.micros() / 1_000_000 / STEP;
    let mut found = None;
    for step in [here - 1, here] {
        let at = u64::try_from(step * STEP).map_err(|_| ServiceError::Internal("a clock before 1970".to_owned()))?;
        if bool::from(clock.generate(at).as_bytes().ct_eq(typed.as_bytes())) {
            found = Some(step);
        }
    }
    Ok(found)
}

/// Fresh recovery codes: fifty bits each, five letters twice.
pub fn fresh_codes(services: &Services) -> Vec<String> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let letters: String =
                services.chance.bytes::<10>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
            format!("{}-{}", &letters[..5], &letters[5..])
        })
        .collect()
}

/// What is stored of a recovery code, the active key's hash first; what is looked for is both. Keyed and bound to the
/// person: fifty bits are too few for a hash that whoever holds a copy of the database could try by themselves.
pub fn code_hashes(keys: &Keyring, user: UserId, typed: &str) -> [[u8; 32]; 2] {
    let plain =
        typed.chars().map(|c| domain::form::half_width(c).to_ascii_lowercase()).filter(char::is_ascii_alphanumeric);
    let mut value = user.bytes().to_vec();
    value.extend(plain.filter_map(|c| u8::try_from(c).ok()));
    keys.hmac_all("recovery", &value)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::*;
    use domain::Span;

    /// The standard's own secret and times (RFC 6238, appendix B), cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            let now = Timestamp::from_micros(seconds * 1_000_000);
            assert_eq!(step_of(secret, code, now).unwrap(), Some(seconds / STEP), "{seconds}");
            assert_eq!(step_of(secret, code, now.plus(Span::seconds(90))).unwrap(), None, "{seconds}");
        }
    }

    #[test]
    fn spaces_and_full_width_digits_are_fine_and_a_code_lives_for_sixty_seconds() {
        let secret = b"12345678901234567890";
        let now = Timestamp::from_micros(59_000_000);
        // From the code's first second to its sixtieth, not before and not after.
        let first = 1_111_111_109 / STEP * STEP;
        let at = |second: i64| {
            let now = Timestamp::from_micros((first + second) * 1_000_000);
            step_of(secret, "081804", now).unwrap().is_some()
        };
        assert_eq!([-1, 0, 59, 60].map(at), [false, true, true, false]);
        for typed in ["287 082", "２８７０８２", " 287082 "] {
            assert_eq!(step_of(secret, typed, now.plus(Span::seconds(30))).unwrap(), Some(1), "{typed}");
        }
        assert_eq!(step_of(secret, "", now).unwrap(), None);
        assert_eq!(step_of(secret, "287082287082", now).unwrap(), None);
    }

    #[test]
    fn a_recovery_code_is_the_same_however_it_is_typed() {
        let keys = Keyring::random().unwrap();
        let [me, you] = [UserId::from_u128(1), UserId::from_u128(2)];
        assert_eq!(code_hashes(&keys, me, "abcde-23456"), code_hashes(&keys, me, "ABCDE 2３456"));
        assert_ne!(code_hashes(&keys, me, "abcde-23456"), code_hashes(&keys, me, "abcde-23457"));
        assert_ne!(
            code_hashes(&keys, me, "abcde-23456"),
            code_hashes(&keys, you, "abcde-23456"),
            "bound to the person"
        );
        let others = Keyring::random().unwrap();
        assert_ne!(code_hashes(&keys, me, "abcde-23456"), code_hashes(&others, me, "abcde-23456"), "bound to our key");
    }
}
