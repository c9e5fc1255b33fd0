//! What a partner shows as its certificate is checked: its issuer and its name.
//!
//! `certificates/` holds a pair of made-up authorities and one of the first's certificates, for `localhost`, with its key:
//! good for a hundred years and for nothing but this test. The authorities' own keys were thrown away.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use gateway_line::{BreakerSettings, Fault, Line, LineSettings, Method};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const OURS: &str = include_str!("certificates/ca.pem");
const SOMEBODY_ELSES: &str = include_str!("certificates/other.pem");

/// A partner with the certificate of `localhost`, on both loopback names. Gives its port.
async fn partner() -> u16 {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("certificates/localhost.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("certificates/localhost.key")).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut line) = acceptor.accept(socket).await else { return };
                let mut asked = [0_u8; 4096];
                let _ = line.read(&mut asked).await;
                let _ = line.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok").await;
                let _ = line.shutdown().await;
            });
        }
    });
    port
}

async fn asked(base_url: &str, trusted: Option<&str>) -> Result<String, Fault> {
    let settings = LineSettings {
        party: "test",
        base_url: base_url.to_owned(),
        connect_timeout: Duration::from_secs(5),
        total_timeout: Duration::from_secs(10),
        max_concurrent: 2,
        max_answer: 1000,
        breaker: BreakerSettings { failures: 9, open: Duration::from_secs(30) },
        ca_pem: trusted.map(ToOwned::to_owned),
    };
    let line = Line::new(&settings).unwrap();
    let answer = line.call("test", Method::GET, "/v1/x", &[], None, None).await?;
    Ok(String::from_utf8(answer.body).unwrap())
}

#[tokio::test]
async fn a_partner_with_a_wrong_certificate_is_told_nothing() {
    let port = partner().await;
    let named = format!("https://localhost:{port}");
    let not_sent = Err(Fault::NotSent { code: "connect" });
    assert_eq!(asked(&named, Some(OURS)).await.as_deref(), Ok("ok"), "the right one, by its own authority");
    assert_eq!(asked(&named, None).await, not_sent, "an authority this machine doesn't know");
    assert_eq!(asked(&named, Some(SOMEBODY_ELSES)).await, not_sent, "another authority than the one we were given");
    assert_eq!(asked(&format!("https://127.0.0.1:{port}"), Some(OURS)).await, not_sent, "somebody else's name");
}
