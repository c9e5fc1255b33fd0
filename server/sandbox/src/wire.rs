//! Connections that can be cut, and answers bent by a fault.

use crate::faults::{Bent, Fault};
use axum::body::{Body, Bytes};
use axum::extract::connect_info::Connected;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use futures::StreamExt;
use serde_json::Value;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Longer than any client waits.
const FOR_EVER: Duration = Duration::from_mins(10);
const LONG: u64 = 120_000;

/// A request's own connection; `cut` closes it without another byte.
#[derive(Clone)]
pub struct Cut(Arc<AtomicBool>);

impl Cut {
    fn cut(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Connected<IncomingStream<'_, CutListener>> for Cut {
    fn connect_info(stream: IncomingStream<'_, CutListener>) -> Self {
        Self(Arc::clone(&stream.io().cut))
    }
}

/// A TCP listener whose connections can be cut.
pub struct CutListener(pub TcpListener);

/// A connection that fails every write once it is cut.
pub struct CutStream {
    inner: TcpStream,
    cut: Arc<AtomicBool>,
}

impl Listener for CutListener {
    type Io = CutStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            match self.0.accept().await {
                Ok((inner, address)) => {
                    let _ = inner.set_nodelay(true);
                    return (CutStream { inner, cut: Arc::new(AtomicBool::new(false)) }, address);
                }
                // Out of file handles or a client that left: wait and go on.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl CutStream {
    fn alive(&self) -> io::Result<()> {
        if self.cut.load(Ordering::SeqCst) { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }
}

impl AsyncRead for CutStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl AsyncWrite for CutStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.alive()?;
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.alive()?;
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.alive()?;
        Pin::new(&mut self.inner).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}

/// A plain JSON answer.
pub fn json(status: StatusCode, value: &Value) -> Response {
    with_body(status, "application/json; charset=utf-8", value.to_string())
}

/// Any answer of text.
pub fn with_body(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn delay(bent: &Bent) {
    tokio::time::sleep(Duration::from_millis(bent.delay_ms.unwrap_or(LONG))).await;
}

/// The answer of a fault that leaves the request undone.
pub async fn undone(bent: &Bent, cut: &Cut) -> Response {
    match bent.fault {
        Fault::Hang => {
            tokio::time::sleep(FOR_EVER).await;
            json(StatusCode::GATEWAY_TIMEOUT, &Value::Null)
        }
        Fault::TimeoutBefore => {
            delay(bent).await;
            json(StatusCode::GATEWAY_TIMEOUT, &Value::Null)
        }
        Fault::TooMany => {
            let mut response = with_body(StatusCode::TOO_MANY_REQUESTS, "text/plain", "slow down");
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
        Fault::Maintenance => with_body(
            StatusCode::SERVICE_UNAVAILABLE,
            "text/html; charset=utf-8",
            "<h1>시스템 점검 중입니다 (23:50–00:10)</h1>",
        ),
        Fault::ErrorBefore => with_body(StatusCode::INTERNAL_SERVER_ERROR, "text/html", "<h1>500</h1>"),
        _ => {
            cut.cut();
            json(StatusCode::BAD_GATEWAY, &Value::Null)
        }
    }
}

/// The answer to a request that was done, bent or not.
pub async fn done(status: StatusCode, mut value: Value, bent: Option<&Bent>) -> Response {
    let Some(bent) = bent else { return json(status, &value) };
    match bent.fault {
        Fault::TimeoutAfter | Fault::NotFoundThenFound => {
            delay(bent).await;
            json(StatusCode::GATEWAY_TIMEOUT, &Value::Null)
        }
        Fault::ErrorAfter => with_body(StatusCode::INTERNAL_SERVER_ERROR, "text/html", "<h1>500</h1>"),
        Fault::Truncated => pieces(status, value.to_string().into_bytes(), None),
        Fault::Slow => pieces(status, value.to_string().into_bytes(), Some(bent.delay_ms.unwrap_or(200))),
        Fault::WrongCharset => {
            let text = value.to_string();
            let bytes = encoding_rs::EUC_KR.encode(&text).0.into_owned();
            with_body(status, "application/json; charset=utf-8", bytes)
        }
        Fault::Malformed => {
            let mut text = value.to_string();
            text.truncate(text.len() / 2);
            with_body(
                status,
                "application/json; charset=utf-8",
                Bytes::from([text.as_bytes(), b"<!-- proxy -->"].concat()),
            )
        }
        Fault::WrongAmount => {
            other_amount(&mut value);
            json(status, &value)
        }
        Fault::WrongReference => {
            other_reference(&mut value);
            json(status, &value)
        }
        _ => json(status, &value),
    }
}

/// Half the body and a cut (`None`), or all of it a byte at a time.
fn pieces(status: StatusCode, bytes: Vec<u8>, each_ms: Option<u64>) -> Response {
    let length = bytes.len();
    let stream: futures::stream::BoxStream<'static, io::Result<Bytes>> = match each_ms {
        None => {
            let half = Bytes::copy_from_slice(bytes.get(..length / 2).unwrap_or_default());
            let first = futures::stream::once(async move { Ok(half) });
            let then = futures::stream::once(async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Err(io::ErrorKind::BrokenPipe.into())
            });
            first.chain(then).boxed()
        }
        Some(each) => futures::stream::iter(bytes)
            .then(move |byte| async move {
                tokio::time::sleep(Duration::from_millis(each)).await;
                Ok(Bytes::from(vec![byte]))
            })
            .boxed(),
    };
    let mut response = with_body(status, "application/json; charset=utf-8", Body::from_stream(stream));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}

fn other_amount(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), &field) {
                    ("face" | "balance", Value::Number(number)) => {
                        *field = Value::from(number.as_i64().unwrap_or(0) + 5000);
                    }
                    ("tran_amt", Value::String(text)) => *field = Value::from(format!("{text}0")),
                    _ => other_amount(field),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(other_amount),
        _ => {}
    }
}

fn other_reference(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match name.as_str() {
                    "reference" => *field = Value::from("somebody-else"),
                    "bank_tran_id" => *field = Value::from("X999999999UZZZZZZZZ9"),
                    _ => other_reference(field),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(other_reference),
        _ => {}
    }
}
