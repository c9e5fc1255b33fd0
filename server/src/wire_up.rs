//! From a configuration to running [`Services`]: the one place where the parts meet.

use crate::config::{Config, read_secret};
use crate::partners::{self, Sandbox};
use crate::{config, keys};
use domain::{Span, Won};
use gateway_bank::{BankClient, BankSettings};
use gateway_issuer::{IssuerClient, IssuerSettings};
use services::{Chance, Clock, Parts, Policy, Services};
use sms_agent::{AgentSettings, SmsAgent};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::{Db, DbSettings, EngineSettings};

/// What the sandbox partners take as our secret; they guard nothing.
const SANDBOX_SECRET: &str = "pindesk-sandbox-secret";

/// Why PinDesk can't start. Each says what to change.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] config::ConfigError),
    /// A secret.
    #[error(transparent)]
    Secret(#[from] config::SecretError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] keys::KeysError),
    /// The database.
    #[error("database: {0}")]
    Store(#[from] store::StoreError),
    /// The sandbox partners.
    #[error(transparent)]
    Sandbox(#[from] partners::SandboxError),
    /// A gateway's settings.
    #[error("{section}: {reason}")]
    Setting { section: &'static str, reason: String },
    /// A folder or port.
    #[error("{what}: {source}")]
    Io { what: String, source: std::io::Error },
}

/// Everything that runs.
pub struct Running {
    /// The use cases.
    pub services: Services,
    /// The sandbox, when there is one.
    pub sandbox: Option<Sandbox>,
}

/// The main database's settings. The embedded file is in the data folder.
pub fn db_settings(config: &Config) -> Result<DbSettings, StartError> {
    let mut settings = if config.database.url == "sqlite" {
        DbSettings::sqlite(config.data.dir.join("pindesk.db"))
    } else {
        DbSettings::from_url(&config.database.url)?
    };
    match &mut settings.engine {
        EngineSettings::Sqlite { readers, .. } => *readers = config.database.max_connections.clamp(1, 64),
        EngineSettings::Postgres { connections, .. } => *connections = config.database.max_connections.max(2),
    }
    Ok(settings)
}

/// The data folder, made when missing and closed to others.
pub fn data_dir(config: &Config) -> Result<PathBuf, StartError> {
    use std::os::unix::fs::DirBuilderExt as _;
    let dir = &config.data.dir;
    let io = |source| StartError::Io { what: format!("data.dir {}", dir.display()), source };
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(io)?;
    dir.canonicalize().map_err(io)
}

/// Open everything, bring the tables up to date, and connect the partners.
pub async fn start(config: &Config) -> Result<Running, StartError> {
    let dir = data_dir(config)?;
    let db = Db::open(&db_settings(config)?).await?;
    if config.database.migrate {
        db.migrate().await?;
    }
    db.check().await?;
    let keyring = keys::load(&config.keys.source, config.sandbox.enabled, &dir)?;
    let clock = Clock::System;
    store::seed::seed(&db, &keyring, clock.now()).await?;

    let agent_db = if config.snap.url == "sqlite" {
        format!("sqlite:{}", dir.join("agent.db").display())
    } else {
        config.snap.url.clone()
    };
    let sandbox = start_sandbox(config, &dir, &agent_db).await?;
    let partner = sandbox.as_ref().map(|sandbox| sandbox.url.as_str());
    let agent = agent(&agent_db).await?;
    let services = Services::new(Parts {
        db,
        keys: keyring,
        issuer: issuer(config, partner)?,
        bank: bank(config, partner)?,
        agent,
        clock,
        chance: Chance::System,
        policy: policy(config),
        wake: Arc::default(),
    });
    Ok(Running { services, sandbox })
}

async fn start_sandbox(config: &Config, dir: &Path, agent_db: &str) -> Result<Option<Sandbox>, StartError> {
    let settings = &config.sandbox;
    if !settings.enabled {
        return Ok(None);
    }
    if !settings.url.is_empty() {
        return Ok(Some(Sandbox::running(&settings.url)));
    }
    let journals = dir.join("sandbox");
    Ok(Some(Sandbox::start(&partners::program(), &settings.addr, &journals, agent_db, settings.seed).await?))
}

/// A partner's address: its own setting, else the sandbox's.
fn address(section: &'static str, own: &str, sandbox: Option<&str>, path: &str) -> Result<String, StartError> {
    match (own.is_empty(), sandbox) {
        (false, _) => Ok(own.to_owned()),
        (true, Some(sandbox)) => Ok(format!("{sandbox}{path}")),
        (true, None) => Err(StartError::Setting { section, reason: "url is empty and the sandbox is off".to_owned() }),
    }
}

/// A partner's secret: its own source, else the one the sandbox is known to take.
fn secret(key: &'static str, source: &str, sandbox: bool, known: &str) -> Result<String, StartError> {
    if source.is_empty() && sandbox {
        return Ok(known.to_owned());
    }
    Ok(read_secret(key, source)?.expose().clone())
}

/// The message agent's tables. The embedded ones are ours to make; a real agent makes its own and we check them.
async fn agent(url: &str) -> Result<SmsAgent, StartError> {
    let failed = |error: sms_agent::AgentError| StartError::Setting { section: "snap", reason: error.to_string() };
    let agent = SmsAgent::connect(AgentSettings::new(url)).await.map_err(failed)?;
    if url.starts_with("sqlite:") {
        agent.ensure_reference_schema().await.map_err(failed)?;
    }
    agent.check_columns().await.map_err(failed)?;
    Ok(agent)
}

fn millis(value: u64) -> Duration {
    Duration::from_millis(value.clamp(50, 120_000))
}

fn places(value: u32) -> usize {
    usize::try_from(value.max(1)).unwrap_or(1)
}

fn issuer(config: &Config, sandbox: Option<&str>) -> Result<IssuerClient, StartError> {
    let own = &config.issuers;
    let settings = IssuerSettings {
        base_url: address("issuers", &own.url, sandbox, "/issuer")?,
        key_id: own.key_id.clone(),
        secret: gateway_issuer::Secret::new(secret("issuers.secret", &own.secret, sandbox.is_some(), SANDBOX_SECRET)?),
        connect_timeout: millis(own.connect_timeout_ms),
        total_timeout: millis(own.timeout_ms),
        max_concurrent: places(own.concurrency),
        breaker: gateway_issuer::BreakerSettings::default(),
        ca_pem: None,
    };
    IssuerClient::new(settings).map_err(|error| StartError::Setting { section: "issuers", reason: error.to_string() })
}

fn bank(config: &Config, sandbox: Option<&str>) -> Result<BankClient, StartError> {
    let own = &config.bank;
    let base = address("bank", &own.url, sandbox, "/bank")?;
    let client_secret = secret("bank.client_secret", &own.client_secret, sandbox.is_some(), SANDBOX_SECRET)?;
    let mut settings = BankSettings::new(
        base,
        own.client_id.clone(),
        gateway_bank::Secret::new(client_secret),
        own.client_use_code.clone(),
        gateway_bank::Secret::new(own.contract_account.clone()),
        gateway_bank::Secret::new("NONE"),
    );
    settings.print_content.clone_from(&own.print_content);
    settings.wd_print_content.clone_from(&own.print_content);
    settings.connect_timeout = millis(own.connect_timeout_ms);
    settings.total_timeout = millis(own.timeout_ms);
    settings.max_concurrent = places(own.concurrency);
    BankClient::new(settings).map_err(|error| StartError::Setting { section: "bank", reason: error.to_string() })
}

/// The shop's numbers.
pub fn policy(config: &Config) -> Policy {
    let shop = &config.shop;
    Policy {
        quote_valid: Span::seconds(shop.quote_valid_s.max(1)),
        auto_payout_limit: Won::new(shop.auto_payout_limit).unwrap_or(Won::ZERO),
        inquiry_schedule: shop.inquiry_schedule_s.iter().map(|seconds| Span::seconds((*seconds).max(1))).collect(),
        settle_delay: Span::seconds(shop.settle_delay_s.max(0)),
        lease: Span::seconds(config.work.lease_s.max(5)),
        callback_number: config.snap.callback_number.clone(),
        public_url: config.site.public_url.clone(),
        sandbox: config.sandbox.enabled,
        codes_per_phone: shop.codes_per_phone,
        codes_per_address: shop.codes_per_address,
        inquiries_per_address: shop.inquiries_per_address,
        ..Policy::default()
    }
}
