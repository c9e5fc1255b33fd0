//! `pindesk`: one binary for the shop and the workers. `pindesk --help` lists what it does.

mod audit;
mod config;
mod doctor;
mod http;
mod keys;
mod mode;
mod parse;
mod partners;
mod users;
mod wire_up;
mod work;

use clap::{Parser, Subcommand};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;
use wire_up::StartError;

/// PinDesk: sells and settles mobile gift vouchers.
#[derive(Parser)]
#[command(name = "pindesk", version)]
struct Cli {
    /// The configuration file [default: $PINDESK_CONFIG, else Leptos.toml]
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the web site; with work.inside_serve also the worker lanes.
    Serve {
        /// Use the sandbox partners; refused when the file names real ones.
        #[arg(long)]
        sandbox: bool,
    },
    /// Run the worker lanes only.
    Work,
    /// Bring the database's tables up to date and stop.
    Migrate,
    /// Check the configuration, the database, the keys and the site; exit code 1 when something is wrong.
    Doctor,
    /// Accounts of the staff, from the machine itself.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// The audit log; exit code 1 when its chain is broken. With the embedded database the shop must be closed.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Keys for encryption and look-ups.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Read JSON lines {id, text, hint_brand} and write {id, items} with the vouchers found.
    Parse,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Make an account and print the link by which its person chooses a password: the first owner, for one.
    Add {
        /// What is typed to sign in.
        #[arg(long)]
        login: String,
        /// What colleagues call the person.
        #[arg(long)]
        name: String,
        /// owner, operator, finance_maker, finance_approver, marketer, campaign_approver, content or auditor; may be
        /// given several times.
        #[arg(long = "role", required = true)]
        roles: Vec<domain::Role>,
    },
    /// Print a new link for an account: a first password, or another password and second factor.
    Link {
        /// The account's login.
        #[arg(long)]
        login: String,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Walk the whole chain and name the first place where it doesn't hold.
    Verify {
        /// A head from the process's log, NUMBER:HASH: finds a chain cut off or made anew. May be given several times.
        #[arg(long = "anchor")]
        anchors: Vec<String>,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Print fresh keys as JSON, for a file or a vault.
    New,
    /// Print the keys of keys.source with a new one in front: it writes, those behind it still open and find.
    Add {
        /// A new key for encryption.
        #[arg(long)]
        data: bool,
        /// A new key for look-ups.
        #[arg(long)]
        lookup: bool,
    },
    /// Print the keys of keys.source without one that was retired at the desk.
    Remove {
        /// Number of an encryption key.
        #[arg(long)]
        data: Option<u16>,
        /// Number of a look-up key.
        #[arg(long)]
        lookup: Option<u16>,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "pindesk: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<ExitCode, Box<dyn std::error::Error>> {
    // These two need neither configuration nor database.
    match cli.command {
        Command::Parse => {
            let input = std::io::BufReader::new(std::io::stdin().lock());
            let output = std::io::BufWriter::new(std::io::stdout().lock());
            parse::run(input, output)?;
            return Ok(ExitCode::SUCCESS);
        }
        Command::Keys { command: KeysCommand::New } => {
            writeln!(std::io::stdout(), "{}", keys::fresh()?)?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let mut loaded = config::load(cli.config.as_deref())?;
    if let Command::Serve { sandbox: true } = cli.command {
        loaded.config.sandbox.enabled = true;
    }
    start_log(&loaded.config.log);
    for name in &loaded.unknown {
        tracing::warn!(name, "this variable names no key of the configuration");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime
        .block_on(async {
            match cli.command {
                Command::Serve { .. } => serve(loaded.config).await.map(|()| ExitCode::SUCCESS),
                Command::Work => work_only(loaded.config).await.map(|()| ExitCode::SUCCESS),
                Command::Migrate => migrate(&loaded.config).await.map(|()| ExitCode::SUCCESS),
                Command::Doctor => Ok(doctor::run(&loaded).await),
                Command::User { ref command } => users::run(&loaded.config, command).await.map(|()| ExitCode::SUCCESS),
                Command::Audit { ref command } => audit::run(&loaded.config, command).await,
                Command::Keys { command: KeysCommand::Add { data, lookup } } => {
                    let config = &loaded.config;
                    let text = keys::text(&config.keys.source, config.sandbox.enabled, &config.data.dir)?;
                    writeln!(std::io::stdout(), "{}", keys::with_new(&text, data, lookup)?)
                        .map_err(|source| StartError::Io { what: "output".to_owned(), source })?;
                    Ok(ExitCode::SUCCESS)
                }
                Command::Keys { command: KeysCommand::Remove { data, lookup } } => {
                    let config = &loaded.config;
                    let text = keys::text(&config.keys.source, config.sandbox.enabled, &config.data.dir)?;
                    writeln!(std::io::stdout(), "{}", keys::without(&text, data, lookup)?)
                        .map_err(|source| StartError::Io { what: "output".to_owned(), source })?;
                    Ok(ExitCode::SUCCESS)
                }
                Command::Keys { .. } | Command::Parse => Ok(ExitCode::SUCCESS),
            }
        })
        .map_err(Into::into)
}

fn start_log(log: &config::Log) {
    use tracing_subscriber::EnvFilter;
    // tower_sessions prints session ids at lower levels.
    let filter =
        EnvFilter::try_new(format!("{},tower_sessions=warn,tower_sessions_core=warn,sqlx::query=warn", log.filter))
            .unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if log.format == "json" { builder.json().init() } else { builder.init() }
}

async fn migrate(config: &config::Config) -> Result<(), StartError> {
    wire_up::data_dir(config)?;
    let db = store::Db::open(&wire_up::db_settings(config)?).await?;
    mode::check_database(&db, mode::Mode::of(config)).await?;
    db.migrate().await?;
    db.close().await;
    tracing::info!("the tables are up to date");
    Ok(())
}

async fn work_only(config: config::Config) -> Result<(), StartError> {
    let running = wire_up::start(&config, wire_up::Starts::Server).await?;
    wire_up::announce(&running.services).await?;
    let stop = stop_on_signal();
    tokio::spawn(work::lookout(running.services.clone(), stop.clone()));
    work::run(running.services.clone(), work_settings(&config), stop).await;
    finish(running).await;
    Ok(())
}

async fn serve(config: config::Config) -> Result<(), StartError> {
    let running = wire_up::start(&config, wire_up::Starts::Server).await?;
    let stop = stop_on_signal();
    let door = http::open(&config, &running, stop.clone()).await?;
    wire_up::announce(&running.services).await?;
    tokio::spawn(work::lookout(running.services.clone(), stop.clone()));
    let worker = config
        .work
        .inside_serve
        .then(|| tokio::spawn(work::run(running.services.clone(), work_settings(&config), stop.clone())));
    door.serve(stop.clone()).await;
    stop.cancel();
    if let Some(worker) = worker {
        let _ = worker.await;
    }
    finish(running).await;
    Ok(())
}

async fn finish(running: wire_up::Running) {
    if let Some(sandbox) = running.sandbox {
        sandbox.stop().await;
    }
    running.services.db.close().await;
    tracing::info!("stopped");
}

fn work_settings(config: &config::Config) -> work::WorkSettings {
    work::WorkSettings::new(&config.work)
}

/// Cancelled at Ctrl-C or SIGTERM. Units of work that have begun are finished; a kill at any moment is safe too.
fn stop_on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let signalled = stop.clone();
    tokio::spawn(async move {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        tracing::info!("stopping");
        signalled.cancel();
    });
    stop
}
