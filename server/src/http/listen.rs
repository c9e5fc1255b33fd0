//! Connections: how many, how long one may take to say what it wants or to hear the answer, and how they end.
//!
//! `axum::serve` waits for ever for a request's headers and for a reader that doesn't read, so a few thousand such
//! connections would keep everybody out. This is the same server from hyper-util with a limit on each.

use super::patient::Patient;
use axum::extract::connect_info::ConnectInfo;
use axum::middleware::AddExtension;
use axum::serve::Listener;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Layer as _;

/// The limits of the line.
#[derive(Clone, Copy, Debug)]
pub struct Lines {
    /// Open connections; the next one waits at the door. Below the 1,024 files a process may usually open.
    pub at_once: usize,
    /// For the first request's headers, and from one answer to the next request's.
    pub headers: Duration,
    /// For the other side to take something of what is written; a live order with no news writes nothing.
    pub writing: Duration,
    /// Connections that are still busy this long after the stop are cut.
    pub last_call: Duration,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            at_once: 900,
            headers: Duration::from_secs(30),
            writing: Duration::from_secs(30),
            last_call: Duration::from_secs(10),
        }
    }
}

/// Serve until `stop`, then finish what has begun.
pub async fn serve(mut listener: TcpListener, router: Router, lines: Lines, stop: CancellationToken) {
    // HTTP/1 only: while the version is still open, hyper-util waits for the first bytes without a limit.
    let mut http = Builder::new(TokioExecutor::new()).http1_only();
    http.http1().timer(TokioTimer::new()).header_read_timeout(lines.headers);
    let places = Arc::new(Semaphore::new(lines.at_once));
    let open = TaskTracker::new();
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            // axum's accept waits and tries again when the machine is out of files.
            (place, Listener::accept(&mut listener).await)
        };
        let (place, (stream, peer)) = tokio::select! {
            next = next => next,
            () = stop.cancelled() => break,
        };
        let service = Extension(ConnectInfo(peer)).layer(router.clone());
        let (http, stop) = (http.clone(), stop.clone());
        open.spawn(async move {
            talk(&http, Patient::new(stream, lines.writing), service, &stop).await;
            drop(place);
        });
    }
    drop(listener);
    open.close();
    if tokio::time::timeout(lines.last_call, open.wait()).await.is_err() {
        tracing::warn!(connections = open.len(), "connections that were still busy are cut");
    }
}

/// A request finds its peer's address as an extension.
type Peered = AddExtension<Router, ConnectInfo<SocketAddr>>;

async fn talk(http: &Builder<TokioExecutor>, stream: Patient<TcpStream>, service: Peered, stop: &CancellationToken) {
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::trace!(%error, "a connection broke off");
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't open a connection should stop")]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
    const SOON: Duration = Duration::from_secs(10);

    async fn open(lines: Lines) -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
        async fn slow(ConnectInfo(peer): ConnectInfo<SocketAddr>) -> String {
            tokio::time::sleep(Duration::from_millis(300)).await;
            format!("from {}", peer.ip())
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let router = Router::new().route("/", get(slow));
        (addr, stop.clone(), tokio::spawn(serve(listener, router, lines, stop)))
    }

    /// A reader that doesn't read gives its place back.
    #[tokio::test]
    async fn whoever_does_not_read_the_answer_loses_the_place() {
        async fn endless() -> Vec<u8> {
            // More than both sides' buffers take.
            vec![b'x'; 64 * 1024 * 1024]
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(endless)).route("/ok", get(async || "ok"));
        let lines = Lines { at_once: 1, writing: Duration::from_millis(300), ..Lines::default() };
        tokio::spawn(serve(listener, router, lines, CancellationToken::new()));
        let mut silent = TcpStream::connect(addr).await.unwrap();
        silent.write_all(REQUEST).await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut next = TcpStream::connect(addr).await.unwrap();
        next.write_all(b"GET /ok HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        assert!(rest(&mut next).await.ends_with("ok"));
    }

    /// What comes until the server closes.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut text = String::new();
        tokio::time::timeout(SOON, stream.read_to_string(&mut text)).await.unwrap().unwrap();
        text
    }

    #[tokio::test]
    async fn a_connection_that_says_nothing_or_only_half_is_closed() {
        let (addr, ..) = open(Lines { headers: Duration::from_millis(200), ..Lines::default() }).await;
        for begun in [&b""[..], b"G", b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: "] {
            let mut stream = TcpStream::connect(addr).await.unwrap();
            stream.write_all(begun).await.unwrap();
            rest(&mut stream).await;
        }
    }

    #[tokio::test]
    async fn one_connection_too_many_waits_until_another_is_gone() {
        let (addr, ..) = open(Lines { at_once: 1, ..Lines::default() }).await;
        let first = TcpStream::connect(addr).await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut second = TcpStream::connect(addr).await.unwrap();
        second.write_all(REQUEST).await.unwrap();
        let mut byte = [0];
        assert!(tokio::time::timeout(Duration::from_millis(600), second.read(&mut byte)).await.is_err());
        drop(first);
        assert_eq!(tokio::time::timeout(SOON, second.read(&mut byte)).await.unwrap().unwrap(), 1);
    }

    #[tokio::test]
    async fn what_has_begun_is_finished_and_knows_its_peer() {
        let (addr, stop, server) = open(Lines::default()).await;
        let mut stream = TcpStream::connect(addr).await.unwrap();
        stream.write_all(REQUEST).await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        stop.cancel();
        let answer = rest(&mut stream).await;
        assert!(answer.ends_with("from 127.0.0.1"), "{answer}");
        tokio::time::timeout(SOON, server).await.unwrap().unwrap();
        assert!(TcpStream::connect(addr).await.is_err());
    }
}
