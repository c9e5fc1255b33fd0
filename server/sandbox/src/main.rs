#![doc = include_str!("../README.md")]

mod agent;
mod alerts;
mod bank;
mod clock;
mod faults;
mod hash;
mod issuer;
mod journal;
mod pages;
mod thecheat;
mod wire;

use agent::Tables;
use axum::Router;
use axum::routing::{get, post};
use clap::Parser;
use faults::{Faults, RuleFile};
use hash::Hasher;
use journal::{Entry, Journal};
use pages::Phone;
use std::error::Error;
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use wire::{Cut, CutListener};

/// The outside parties as one program: issuer bridge, bank and message agent, with journals and faults.
#[derive(Parser, Clone)]
#[command(version, about)]
pub struct Settings {
    /// Where to listen, on this machine only. Port 0 takes a free one and prints it.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Folder of the journals; made when missing.
    #[arg(long)]
    data: PathBuf,
    /// The agent's tables: a SQLite file (path or `sqlite:…`) or `mysql://user:password@host/database`.
    #[arg(long, env = "SANDBOX_AGENT_DB", hide_env_values = true)]
    agent_db: String,
    /// Which world of vouchers this is. A data folder belongs to one seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Fault rules from the start.
    #[arg(long)]
    faults: Option<PathBuf>,
    /// Stop when standard input is closed.
    #[arg(long)]
    exit_with_stdin: bool,
    /// Stop when this process is no longer our parent.
    #[arg(long)]
    parent_pid: Option<u32>,
    #[arg(long, default_value = "pindesk")]
    issuer_key_id: String,
    #[arg(long, default_value = "pindesk-sandbox-secret")]
    issuer_secret: String,
    #[arg(long, default_value = "pindesk")]
    bank_client_id: String,
    #[arg(long, default_value = "pindesk-sandbox-secret")]
    bank_client_secret: String,
    #[arg(long, default_value = "M202600001")]
    client_use_code: String,
    #[arg(long, default_value = "1000012345678")]
    contract_account: String,
    #[arg(long, default_value = "pindesk-sandbox-secret")]
    thecheat_api_key: String,
    /// Thirty-two characters.
    #[arg(long, default_value = "sandbox-thecheat-key-32-letters!")]
    thecheat_seal_key: String,
    /// Life of an access token.
    #[arg(long, default_value_t = 86_400)]
    token_seconds: u32,
}

/// A party with its memory.
pub struct PartyState<W> {
    world: Mutex<W>,
    journal: Journal,
}

/// The agent, with its tables.
pub struct AgentState {
    world: Mutex<agent::World>,
    journal: Journal,
    tables: Tables,
}

/// Everything, shared by all requests.
pub struct Parties {
    settings: Settings,
    hasher: Hasher,
    faults: Faults,
    issuer: PartyState<issuer::World>,
    bank: PartyState<bank::World>,
    agent: AgentState,
    /// It remembers nothing but what it was asked.
    thecheat: Journal,
    /// What was said.
    alerts: Journal,
    phone: Phone,
}

/// What handlers get.
pub type State = Arc<Parties>;

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).init();
    let settings = Settings::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let result = runtime.block_on(run(settings));
    // A connection that hangs by rule must not keep the program.
    runtime.shutdown_timeout(Duration::from_millis(200));
    result
}

async fn run(settings: Settings) -> Result<(), Failure> {
    if !settings.listen.ip().is_loopback() {
        return Err("the sandbox listens on this machine only (127.0.0.1 or ::1)".into());
    }
    std::fs::create_dir_all(&settings.data)?;
    one_world(&settings.data, settings.seed)?;
    let open = |party: &str| -> Result<(Journal, Vec<Entry>), Failure> {
        let path = settings.data.join(format!("{party}.jsonl"));
        Journal::open(&path).map_err(|error| format!("{}: {error}", path.display()).into())
    };
    let (issuer_journal, issuer_entries) = open("issuer")?;
    let (bank_journal, bank_entries) = open("bank")?;
    let (agent_journal, agent_entries) = open("agent")?;
    let (thecheat, _) = open("thecheat")?;
    let (alerts, _) = open("alerts")?;
    let faults = Faults::new(settings.seed);
    if let Some(path) = &settings.faults {
        let file: RuleFile =
            serde_json::from_slice(&std::fs::read(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        faults.replace(file).map_err(|problem| format!("{}: {problem}", path.display()))?;
    }
    let tables = Tables::open(&settings.agent_db).await.map_err(|error| format!("the agent's tables: {error}"))?;
    let listener = TcpListener::bind(settings.listen).await.map_err(|error| format!("{}: {error}", settings.listen))?;
    let address = listener.local_addr()?;

    let state: State = Arc::new(Parties {
        hasher: Hasher::new(settings.seed),
        faults,
        issuer: PartyState { world: Mutex::new(issuer::World::rebuilt(&issuer_entries)), journal: issuer_journal },
        bank: PartyState { world: Mutex::new(bank::World::rebuilt(&bank_entries)), journal: bank_journal },
        agent: AgentState { world: Mutex::new(agent::World::rebuilt(&agent_entries)), journal: agent_journal, tables },
        thecheat,
        alerts,
        phone: Phone::default(),
        settings,
    });
    agent::remember(&state).await;
    let stop = stop_signals(&state.settings)?;
    let agent = tokio::spawn(agent::run(Arc::clone(&state)));

    let mut out = std::io::stdout();
    writeln!(out, "{}", serde_json::json!({"ready": true, "addr": address.to_string()}))?;
    out.flush()?;

    let service = router(Arc::clone(&state)).into_make_service_with_connect_info::<Cut>();
    let server = axum::serve(CutListener(listener), service).with_graceful_shutdown(stop.clone().cancelled_owned());
    tokio::select! {
        result = async { server.await } => result?,
        () = async { stop.cancelled().await; tokio::time::sleep(Duration::from_secs(2)).await } => {}
    }
    agent.abort();
    state.agent.tables.close().await;
    for journal in [&state.issuer.journal, &state.bank.journal, &state.agent.journal, &state.thecheat, &state.alerts] {
        journal.close();
    }
    Ok(())
}

fn router(state: State) -> Router {
    Router::new()
        .route("/", get(pages::start))
        .route("/healthz", get(|| async { "ok" }))
        .route("/phone", get(pages::phone))
        .route("/phone.json", get(pages::phone_json))
        .route("/phone/{digits}", get(pages::phone_of))
        .route("/journal/{file}", get(pages::journal))
        .route("/clock", axum::routing::put(pages::put_clock))
        .route("/faults", get(pages::faults).put(pages::put_faults).delete(pages::delete_faults))
        .route("/issuer/v1/inquiries", post(issuer::inquire))
        .route("/issuer/v1/redemptions", post(issuer::redeem))
        .route("/issuer/v1/redemptions/{reference}", get(issuer::redemption))
        .route("/bank/oauth/2.0/token", post(bank::token))
        .route("/bank/v2.0/inquiry/receive", post(bank::receive))
        .route("/bank/v2.0/transfer/deposit/acnt_num", post(bank::deposit))
        .route("/bank/v2.0/transfer/result", post(bank::result))
        .route("/thecheat/api/v2/fraud/search/encrypted", post(thecheat::search))
        .route("/alerts/hook", post(alerts::hook))
        .with_state(state)
}

/// A data folder belongs to one seed: with another one every hash in its journals would mean something else.
fn one_world(data: &Path, seed: u64) -> Result<(), Failure> {
    let path = data.join("seed");
    match std::fs::read_to_string(&path) {
        Ok(text) if text.trim() == seed.to_string() => Ok(()),
        Ok(text) => {
            Err(format!("{} belongs to seed {}; take that seed or another folder", data.display(), text.trim()).into())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(std::fs::write(&path, seed.to_string())?),
        Err(error) => Err(error.into()),
    }
}

/// Cancelled by SIGTERM, SIGINT, the end of standard input or the parent's death.
fn stop_signals(settings: &Settings) -> Result<CancellationToken, Failure> {
    let stop = CancellationToken::new();
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let by_signal = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        by_signal.cancel();
    });
    if settings.exit_with_stdin {
        let by_input = stop.clone();
        std::thread::Builder::new().name("stdin".to_owned()).spawn(move || {
            let mut buffer = [0_u8; 256];
            let mut input = std::io::stdin();
            while input.read(&mut buffer).is_ok_and(|read| read > 0) {}
            by_input.cancel();
        })?;
    }
    if let Some(parent) = settings.parent_pid {
        let by_parent = stop.clone();
        tokio::spawn(async move {
            while std::os::unix::process::parent_id() == parent {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            by_parent.cancel();
        });
    }
    Ok(stop)
}
