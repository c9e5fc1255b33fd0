//! The web server: routes, guards and files.

mod broken;
mod desk;
mod desk_events;
mod desk_export;
mod desk_files;
mod device;
mod events;
mod health;
mod keyed;
mod language;
mod limits;
mod listen;
mod page_cache;
mod patient;
mod refused;
mod request;
mod request_id;
mod security;
mod session;
mod state;
mod upload;
mod visitor;
mod words;

use crate::config::{Business, Config};
use crate::wire_up::{Running, StartError};
use app::desk::DeskFiles;
use app::ssr::{BusinessInfo, Development, SandboxLinks};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use broken::{broken, say_broken};
use leptos::config::LeptosOptions;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use request::Contexts;
use security::Guard;
use services::desk::access::{SANDBOX_PASSWORD, SANDBOX_STAFF};
use state::AppState;
use std::path::Path;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_sessions::Session;
use words::Asker;

/// How long a request may take until its answer begins; a live order's stream has begun by then.
const LONGEST: Duration = Duration::from_secs(30);

/// The address is ours; nobody is answered yet.
pub struct Door {
    listener: tokio::net::TcpListener,
    router: Router,
}

impl Door {
    /// Answers until `stop`.
    pub async fn serve(self, stop: CancellationToken) {
        listen::serve(self.listener, self.router, listen::Lines::default(), stop).await;
    }
}

/// Takes the address and puts the routes together.
pub async fn open(config: &Config, running: &Running, stop: CancellationToken) -> Result<Door, StartError> {
    let io = |what: String| move |source| StartError::Io { what, source };
    let listener = tokio::net::TcpListener::bind(&config.site.addr)
        .await
        .map_err(io(format!("site.addr {}: can't listen there; is another PinDesk running?", config.site.addr)))?;
    let addr = listener.local_addr().map_err(io("site.addr".to_owned()))?;
    let router = router(config, running, stop)?;
    tracing::info!(%addr, url = config.site.public_url, "PinDesk is open");
    if running.services.policy.sandbox {
        let logins: Vec<_> = SANDBOX_STAFF.iter().map(|(login, ..)| *login).collect();
        let desk = format!("{}/desk", config.site.public_url);
        tracing::info!(
            desk,
            logins = logins.join(" "),
            password = SANDBOX_PASSWORD,
            "sign-ins of the sandbox, one per role"
        );
    }
    Ok(Door { listener, router })
}

fn options(config: &Config) -> Result<LeptosOptions, StartError> {
    let root = config.site.root.canonicalize().map_err(|source| StartError::Io {
        what: format!("site.root {}: not built; run `make run` or set PINDESK_SITE_ROOT", config.site.root.display()),
        source,
    })?;
    let hashes = root.join("pkg/hash.txt");
    Ok(LeptosOptions::builder()
        .output_name("pindesk")
        .site_root(root.display().to_string())
        .site_pkg_dir("pkg")
        .hash_files(hashes.is_file())
        .hash_file(std::sync::Arc::<str>::from(hashes.display().to_string()))
        .build())
}

/// The desk's files, with the hashes of `hash.txt` in their names when there is one.
fn desk_files(root: &str) -> DeskFiles {
    let hashes = std::fs::read_to_string(Path::new(root).join("pkg/hash.txt")).unwrap_or_default();
    let file = |kind: &str| {
        let hash = hashes.lines().find_map(|line| line.strip_prefix("desk-")?.strip_prefix(kind)?.strip_prefix(':'));
        let hash = hash.map(|hash| format!(".{}", hash.trim())).unwrap_or_default();
        format!("/pkg/desk{hash}.{kind}")
    };
    DeskFiles { style: file("css"), script: file("js") }
}

fn business(config: &Business) -> BusinessInfo {
    let Business { company, owner, number, mail_order, address, phone, email, kakao_url } = config.clone();
    BusinessInfo { company, owner, number, mail_order, address, phone, email, kakao_url }
}

/// The whole web server as one service.
fn router(config: &Config, running: &Running, stop: CancellationToken) -> Result<Router, StartError> {
    let options = options(config)?;
    let root = options.site_root.to_string();
    let https = config.site.public_url.starts_with("https://");
    let refusals = refused::Refusals::new(config.site.trusted_proxies);
    let guard = Guard { origin: config.site.public_url.as_str().into(), https, refusals: refusals.clone() };
    let limits = limits::Limits::new(config.shop.posts_per_minute, refusals);
    forget_quiet(limits.clone(), stop.clone());
    let state = AppState {
        services: running.services.clone(),
        options,
        sandbox: running.sandbox.as_ref().map(|sandbox| SandboxLinks { phone_url: format!("{}/phone", sandbox.url) }),
        development: Development(config.site.development),
        business: business(&config.business),
        desk: desk_files(&root),
        https,
        trusted_proxies: config.site.trusted_proxies,
        streams: events::Streams::default(),
        readiness: health::Readiness::default(),
        stop,
    };
    let (desk_routes, routes): (Vec<AxumRouteListing>, Vec<AxumRouteListing>) =
        generate_route_list(app::App).into_iter().partition(|route| desk::is_desk(route.path()));
    let desk = Router::new()
        .route("/desk/fn/{*name}", post(desk::server_fn))
        .route("/desk/events", get(desk_events::events))
        .route("/desk/exports/{id}/file", get(desk_export::file))
        .route("/desk/file/person", post(desk_files::person))
        .route("/desk/file/audit", post(desk_files::audit_log))
        .route("/desk/upload/proof/{item}", post(upload::proof))
        .route("/desk/files/proof/{id}", get(upload::open_proof))
        .leptos_routes_with_handler(desk_routes, get(desk::page))
        .layer(session::desk(running.services.clone(), https));
    let devices = device::Devices { chance: running.services.chance.clone(), https };
    let pages = Router::new()
        .route("/orders/{code}/events", get(events::order_events))
        .route("/fn/{*name}", post(server_fn))
        .leptos_routes_with_handler(routes, get(page))
        .fallback(get(page))
        .layer(session::shop(running.services.clone(), https))
        .merge(desk)
        // The bodies are read and measured here, each by its form's own limit.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(limits::bodies))
        .layer(middleware::from_fn_with_state(page_cache::PageCache::default(), page_cache::shared_pages))
        .layer(middleware::from_fn_with_state(limits, limits::posts))
        .layer(middleware::from_fn_with_state(running.services.clone(), keyed::whole))
        .layer(middleware::from_fn_with_state(devices, device::name_devices))
        .layer(middleware::from_fn_with_state(https, language::choose));
    let files = ServeDir::new(&root)
        .append_index_html_on_directories(false)
        // Without this a post would be refused before it reaches a form's handler.
        .call_fallback_on_method_not_allowed(true)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(pages.with_state(state.clone()));
    Ok(Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .nest_service("/pkg", lasting(&root, "pkg"))
        .nest_service("/fonts", lasting(&root, "fonts"))
        .fallback_service(files)
        .with_state(state)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(CatchPanicLayer::custom(broken::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(middleware::from_fn(say_broken))
        .layer(middleware::from_fn_with_state(guard.clone(), security::same_origin))
        .layer(middleware::from_fn_with_state(guard, security::headers))
        .layer(middleware::from_fn(request_id::in_log))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(middleware::from_fn_with_state(config.site.trusted_proxies, request_id::refuse_foreign))
        .layer(middleware::from_fn(security::with_path)))
}

/// Files whose names change with their content.
fn lasting(root: &str, folder: &str) -> Router {
    let files = ServeDir::new(Path::new(root).join(folder)).precompressed_br().precompressed_gzip();
    Router::new()
        .fallback_service(files)
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, cache_control))
}

fn cache_control(response: &Response<Body>) -> Option<HeaderValue> {
    let lasting = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    lasting.then_some(HeaderValue::from_static("public, max-age=31536000, immutable"))
}

/// Any page, also the one that says a page is missing.
async fn page(State(state): State<AppState>, session: Session, request: Request) -> Response {
    let options = state.options.clone();
    let visitor = request::visitor(&state, &request);
    let contexts = match Contexts::of(state, session, visitor).await {
        Ok(contexts) => contexts,
        Err(error) => return unread(&error),
    };
    let render =
        leptos_axum::render_app_async_with_context(move || contexts.provide(), move || app::shell(options.clone()));
    render(request).await
}

/// Any server function. They all take a form's own encoding; a file is told so.
async fn server_fn(State(state): State<AppState>, session: Session, request: Request) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        let asker = Asker::of(request.headers());
        let (title, cure) = asker.pick(
            ("파일은 받을 수 없어요.", "받은 메시지의 글자를 복사해 붙여넣어 주세요."),
            ("Files can’t be taken here.", "Copy the text of the message you received and paste it."),
        );
        return asker.told(StatusCode::UNSUPPORTED_MEDIA_TYPE, title, cure);
    }
    let visitor = request::visitor(&state, &request);
    let contexts = match Contexts::of(state, session, visitor).await {
        Ok(contexts) => contexts,
        Err(error) => return unread(&error),
    };
    leptos_axum::handle_server_fns_with_context(move || contexts.provide(), request).await.into_response()
}

/// A session that can't be read is an outage, never "nobody".
fn unread(error: &tower_sessions::session::Error) -> Response {
    tracing::error!(%error, "the session could not be read");
    broken()
}

fn forget_quiet(limits: limits::Limits, stop: CancellationToken) {
    tokio::spawn(async move {
        while tokio::time::timeout(Duration::from_secs(60), stop.cancelled()).await.is_err() {
            limits.forget_quiet();
        }
    });
}
