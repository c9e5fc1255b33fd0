//! Who is asking: address behind the trusted proxies, language, browser.

use super::language;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use domain::Lang;
use std::net::SocketAddr;

/// The language of an answer: the cookie's, else the browser's.
pub fn lang(headers: &HeaderMap) -> Lang {
    let chosen = cookie(headers, language::name(true)).or_else(|| cookie(headers, language::name(false)));
    chosen.map_or_else(
        || {
            let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
            Lang::from_accept_language(accept.unwrap_or_default())
        },
        |chosen| if chosen == "en" { Lang::En } else { Lang::Ko },
    )
}

/// One cookie's value.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The asker's address. Each trusted proxy appends the address it saw to X-Forwarded-For, so with N of them the Nth
/// entry from the right is the first one not written by the asker. Without trusted proxies the header is ignored.
pub fn address<B>(request: &Request<B>, trusted_proxies: u32) -> String {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or_else(|| "unknown".to_owned(), |info| info.0.ip().to_string());
    forwarded(request.headers(), trusted_proxies).unwrap_or(peer)
}

fn forwarded(headers: &HeaderMap, trusted_proxies: u32) -> Option<String> {
    let hops = usize::try_from(trusted_proxies).ok().filter(|hops| *hops > 0)?;
    // Bytes, not text: the asker's own part of a line may hold anything, and must not take our proxy's part with it.
    let entries: Vec<&[u8]> = headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .collect();
    let entry = entries.len().checked_sub(hops).and_then(|index| entries.get(index))?;
    let address = std::str::from_utf8(entry.trim_ascii()).ok()?;
    address.parse::<std::net::IpAddr>().ok().map(|address| address.to_string())
}

/// The browser's own description, cut so that nobody fills a row with it.
pub fn agent(headers: &HeaderMap) -> String {
    headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its headers should stop")]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_forged_forwarded_for_is_ignored_without_trusted_proxies() {
        assert_eq!(forwarded(&headers(&[("x-forwarded-for", "1.2.3.4")]), 0), None);
    }

    #[test]
    fn only_the_entry_our_own_proxy_wrote_counts() {
        let both = headers(&[("x-forwarded-for", "6.6.6.6, 1.2.3.4")]);
        assert_eq!(forwarded(&both, 1).as_deref(), Some("1.2.3.4"));
        assert_eq!(forwarded(&both, 3), None);
        assert_eq!(forwarded(&headers(&[("x-forwarded-for", "<script>")]), 1), None);
    }

    #[test]
    fn what_the_asker_wrote_before_cannot_hide_our_proxys_entry() {
        let mut mixed = HeaderMap::new();
        mixed.insert("x-forwarded-for", axum::http::HeaderValue::from_bytes(b"\xff\xfe,\xc3, 1.2.3.4").unwrap());
        assert_eq!(forwarded(&mixed, 1).as_deref(), Some("1.2.3.4"));
        assert_eq!(forwarded(&mixed, 2), None, "an entry that is no address is nobody's");
        let mut lines = HeaderMap::new();
        lines.append("x-forwarded-for", axum::http::HeaderValue::from_bytes(b"\xff").unwrap());
        lines.append("x-forwarded-for", axum::http::HeaderValue::from_static("5.6.7.8"));
        assert_eq!(forwarded(&lines, 1).as_deref(), Some("5.6.7.8"));
    }

    #[test]
    fn the_cookie_beats_the_browsers_language() {
        assert_eq!(lang(&headers(&[("accept-language", "en-US"), ("cookie", "a=b; lang=ko")])), Lang::Ko);
        assert_eq!(lang(&headers(&[("accept-language", "ko"), ("cookie", "__Host-lang=en; lang=ko")])), Lang::En);
        assert_eq!(lang(&headers(&[("accept-language", "en-US,en;q=0.9")])), Lang::En);
        assert_eq!(lang(&headers(&[])), Lang::Ko);
    }
}
