use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The value of `X-Pindesk-Signature`: `v1=` and the lower-case hex of
/// HMAC-SHA256(secret, time `.` method `.` path `.` body).
///
/// `time` is Unix seconds, `path` the contract's path from `/v1/` on (without the base URL's own path), `body` the
/// bytes that are sent, empty for GET.
pub fn sign(secret: &str, time: i64, method: &str, path: &str, body: &[u8]) -> String {
    // HMAC takes a key of any length; an empty one is refused where the client is made.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(time.to_string().as_bytes());
    for part in [method.as_bytes(), path.as_bytes(), body] {
        mac.update(b".");
        mac.update(part);
    }
    format!("v1={}", hex::encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::sign;

    /// The worked example of docs/partners/issuer-bridge.md; made there with `openssl dgst`.
    #[test]
    fn the_documented_example_is_what_we_send() {
        let body = br#"{"reference":"R-0001","brand":"cultureland","pin":"4123456789012345","claimed_face":50000}"#;
        assert_eq!(
            sign("sandbox-issuer-secret", 1_764_547_200, "POST", "/v1/inquiries", body),
            "v1=790a02285e5ed1bef87dfb8cf6c74378b2d1f83494453f74a82ace94a51f9b22"
        );
    }

    #[test]
    fn every_part_counts() {
        let base = sign("k", 1, "POST", "/v1/a", b"x");
        for other in [
            sign("l", 1, "POST", "/v1/a", b"x"),
            sign("k", 2, "POST", "/v1/a", b"x"),
            sign("k", 1, "GET", "/v1/a", b"x"),
            sign("k", 1, "POST", "/v1/b", b"x"),
            sign("k", 1, "POST", "/v1/a", b"y"),
        ] {
            assert_ne!(base, other);
        }
    }
}
