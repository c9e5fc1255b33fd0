//! From a configuration to running [`Services`]: the one place where the parts meet.

use crate::config::{Config, SnapNames, read_secret, read_url};
use crate::mode::{self, Mode};
use crate::partners::{self, Sandbox};
use crate::{config, keys};
use domain::bank::RailRest;
use domain::{Span, Won};
use gateway_alerts::{AlertClient, AlertSettings};
use gateway_bank::{BankClient, BankSettings};
use gateway_issuer::{IssuerClient, IssuerSettings};
use gateway_thecheat::{CheatClient, CheatSettings};
use services::desk::access;
use services::{Actor, Chance, Clock, Parts, Policy, Services};
use sms_agent::{AgentSettings, Columns, Names, SmsAgent};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::{Db, DbSettings, EngineSettings};

/// What the sandbox partners take as our secret; they guard nothing.
const SANDBOX_SECRET: &str = "pindesk-sandbox-secret";

/// The same for what the sandbox's TheCheat seals with.
const SANDBOX_SEAL_KEY: &str = "sandbox-thecheat-key-32-letters!";

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
    /// Numbers that would lose or double money together.
    #[error("{}", .0.join("; "))]
    Unsafe(Vec<String>),
    /// Sandbox and real mixed.
    #[error(transparent)]
    Mode(#[from] mode::ModeError),
    /// An account of the staff.
    #[error("accounts: {0}")]
    Staff(String),
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
    let url = read_url("database.url", &config.database.url)?;
    let mut settings = if url == "sqlite" {
        DbSettings::sqlite(config.data.dir.join("pindesk.db"))
    } else {
        DbSettings::from_url(&url)?
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

/// What begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starts {
    /// A process that stays.
    Server,
    /// A command at the machine.
    Command,
}

/// Makes this server's keys the database's; everything else of its start went well.
pub async fn announce(services: &Services) -> Result<(), StartError> {
    Ok(services.keys.check_against(&services.db, services.clock.now()).await?)
}

/// Open everything, bring the tables up to date, and connect the partners.
pub async fn start(config: &Config, starts: Starts) -> Result<Running, StartError> {
    let unsafe_numbers = problems(config);
    if !unsafe_numbers.is_empty() {
        return Err(StartError::Unsafe(unsafe_numbers));
    }
    mode::check_partners(config)?;
    let dir = data_dir(config)?;
    let db = Db::open(&db_settings(config)?).await?;
    // Before the tables are touched: a real shop's database must not even be migrated by a sandbox.
    mode::check_database(&db, Mode::of(config)).await?;
    if config.database.migrate {
        db.migrate().await?;
    }
    db.check().await?;
    let keyring = keys::load(&config.keys.source, config.sandbox.enabled, &dir)?;
    let clock = Clock::System;
    mode::hold(&db, Mode::of(config), clock.now()).await?;
    // A server makes its keys the database's when it is open ([`announce`]), a command never: from then on every process
    // without them takes nothing more.
    keyring.fits(&db, starts == Starts::Server).await?;
    if store::keys::all(&mut db.read().await?).await?.is_empty() {
        keyring.check_against(&db, clock.now()).await?;
    }
    store::seed::rows(&db, clock.now()).await?;

    let agent_db = agent_url(config, &dir)?;
    let sandbox = start_sandbox(config, &dir, &agent_db).await?;
    let partner = sandbox.as_ref().map(|sandbox| sandbox.url.as_str());
    let agent = agent(config, &agent_db).await?;
    let services = Services::new(Parts {
        db,
        keys: keyring,
        issuer: issuer(config, partner)?,
        verifier: issuer(config, partner)?,
        cheat: thecheat(config, partner)?,
        alerts: alerts(config, partner)?,
        bank: bank(config, partner)?,
        holders: bank(config, partner)?,
        agent,
        clock,
        chance: Chance::System,
        policy: policy(config),
        wake: Arc::default(),
    });
    if services.policy.sandbox {
        let system = Actor::System { worker: "sandbox".to_owned() };
        access::sandbox_staff(&services, &system).await.map_err(|error| StartError::Staff(error.to_string()))?;
    }
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

/// Where the message agent's tables are; the embedded ones are a file in the data folder.
pub fn agent_url(config: &Config, dir: &Path) -> Result<String, StartError> {
    Ok(match read_url("snap.url", &config.snap.url)? {
        url if url == "sqlite" => format!("sqlite:{}", dir.join("agent.db").display()),
        url => url,
    })
}

fn agent_names(names: SnapNames) -> Names {
    let columns = Columns {
        client_key: names.client_key,
        channel: names.channel,
        traffic: names.traffic,
        status: names.status,
        req_date: names.req_date,
        callback: names.callback,
        phone: names.phone,
        body: names.body,
        title: names.title,
        files: names.files,
        campaign: names.campaign,
        etc1: names.etc1,
        done_code: names.done_code,
        done_desc: names.done_desc,
        done_date: names.done_date,
    };
    Names { queue: names.queue, log_prefix: names.log_prefix, columns }
}

/// The message agent's tables. The embedded ones are ours to make; a real agent makes its own and we check them.
pub async fn agent(config: &Config, url: &str) -> Result<SmsAgent, StartError> {
    let failed = |error: sms_agent::AgentError| StartError::Setting { section: "snap", reason: error.to_string() };
    let names = agent_names(config.snap_names.clone());
    let ours = url.starts_with("sqlite:") && names == Names::default();
    let agent = SmsAgent::connect(AgentSettings { names, ..AgentSettings::new(url) }).await.map_err(failed)?;
    if ours {
        agent.ensure_reference_schema().await.map_err(failed)?;
    }
    agent.check_columns().await.map_err(failed)?;
    Ok(agent)
}

/// What makes these numbers unsafe together, each with its cure; nothing when all is well. Half of a money claim's life is
/// for getting the request out, the other half for its answer; "not found" may be believed only when nothing can be on
/// its way any more; and no transfer may slip over midnight.
pub fn problems(config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    let mut longest_ms = 0;
    let cheat = &config.thecheat;
    for (section, connect_ms, total_ms, asked) in [
        ("issuers", config.issuers.connect_timeout_ms, config.issuers.timeout_ms, true),
        ("thecheat", cheat.connect_timeout_ms, cheat.timeout_ms, cheat.enabled),
        ("bank", config.bank.connect_timeout_ms, config.bank.timeout_ms, true),
    ] {
        // Who is never asked can't keep anybody waiting.
        if !asked {
            continue;
        }
        if !(50..=120_000).contains(&total_ms) || !(50..=total_ms).contains(&connect_ms) {
            found.push(format!(
                "{section}.timeout_ms = {total_ms} must be from 50 to 120000, and {section}.connect_timeout_ms = \
                 {connect_ms} from 50 to that"
            ));
        }
        longest_ms = longest_ms.max(total_ms);
    }
    // In milliseconds, and only the sum is rounded up: a second more than what is needed would be refused otherwise.
    let longest = i64::try_from(longest_ms).unwrap_or(i64::MAX);
    let lease = config.work.lease_s;
    let both_halves = whole_seconds(longest.saturating_mul(2));
    if lease < both_halves || !(1..=300).contains(&lease) {
        found.push(format!(
            "work.lease_s = {lease} must be at least {both_halves}, twice the longest timeout_ms of a partner, and 300 at \
             most: a call must end before its work is given to another worker"
        ));
    }
    let (real, settling) = (!config.sandbox.enabled, config.shop.settle_delay_s);
    let on_its_way = whole_seconds(lease.saturating_mul(1000).saturating_add(longest));
    if settling < 1 || (real && settling < on_its_way) {
        found.push(format!(
            "shop.settle_delay_s = {settling} must be at least {}, work.lease_s and the longest timeout_ms together: \
             \"not found\" is believed after it, and then the money is sent again",
            if real { on_its_way } else { 1 }
        ));
    }
    let slip = on_its_way.saturating_add(60).div_euclid(60) + 1;
    match config.bank.midnight_rest_min.as_slice() {
        [before, after] if (0..=120).contains(before) && (0..=120).contains(after) => {
            if real && (*before < slip || *after < 1) {
                found.push(format!(
                    "bank.midnight_rest_min = [{before}, {after}] must be at least [{slip}, 1]: a transfer that slips \
                     over midnight is known to the rail under another day"
                ));
            }
        }
        _ => found.push("bank.midnight_rest_min must be two numbers of minutes, 0 to 120 each".to_owned()),
    }
    if real {
        found.extend(unfit_for_customers(config));
    }
    found
}

/// What a real shop may not be opened with.
fn unfit_for_customers(config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    if !config.site.public_url.starts_with("https://") {
        found.push("site.public_url is not https: cookies and vouchers would travel in the clear".to_owned());
    }
    if config.site.development {
        found.push("site.development is on outside the sandbox".to_owned());
    }
    match read_url("snap.url", &config.snap.url) {
        Ok(url) if url.starts_with("sqlite") => found.push(
            "snap.url is the embedded tables, which no agent reads: no code and no message would reach a customer; \
             name the agent's database"
                .to_owned(),
        ),
        Ok(_) => {}
        Err(error) => found.push(error.to_string()),
    }
    found
}

/// So many milliseconds, rounded up.
const fn whole_seconds(millis: i64) -> i64 {
    millis.saturating_add(999).div_euclid(1000)
}

/// Within the bounds [`problems`] has seen to.
fn millis(value: u64) -> Duration {
    Duration::from_millis(value)
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

/// TheCheat, when it is to be asked.
fn thecheat(config: &Config, sandbox: Option<&str>) -> Result<Option<CheatClient>, StartError> {
    let own = &config.thecheat;
    if !own.enabled {
        return Ok(None);
    }
    let settings = CheatSettings {
        base_url: address("thecheat", &own.url, sandbox, "/thecheat")?,
        api_key: gateway_thecheat::Secret::new(secret(
            "thecheat.api_key",
            &own.api_key,
            sandbox.is_some(),
            SANDBOX_SECRET,
        )?),
        seal_key: gateway_thecheat::Secret::new(secret(
            "thecheat.seal_key",
            &own.seal_key,
            sandbox.is_some(),
            SANDBOX_SEAL_KEY,
        )?),
        connect_timeout: millis(own.connect_timeout_ms),
        total_timeout: millis(own.timeout_ms),
        max_concurrent: places(own.concurrency),
        breaker: gateway_thecheat::BreakerSettings::default(),
        ca_pem: None,
    };
    let client = CheatClient::new(settings);
    client.map(Some).map_err(|error| StartError::Setting { section: "thecheat", reason: error.to_string() })
}

/// Who is told when something is wrong, if anybody.
fn alerts(config: &Config, sandbox: Option<&str>) -> Result<Option<AlertClient>, StartError> {
    let own = &config.alerts;
    let url = match (own.url.is_empty(), sandbox) {
        (true, None) => return Ok(None),
        (true, Some(sandbox)) => format!("{sandbox}/alerts/hook"),
        (false, _) => read_secret("alerts.url", &own.url)?.expose().clone(),
    };
    let settings = AlertSettings {
        url: gateway_alerts::Secret::new(url),
        connect_timeout: millis(own.connect_timeout_ms.clamp(50, 30_000)),
        total_timeout: millis(own.timeout_ms.clamp(50, 30_000)),
        breaker: gateway_alerts::BreakerSettings::default(),
        ca_pem: None,
    };
    let client = AlertClient::new(settings);
    client.map(Some).map_err(|error| StartError::Setting { section: "alerts", reason: error.to_string() })
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
        settle_delay: Span::seconds(shop.settle_delay_s),
        lease: Span::seconds(config.work.lease_s),
        rail_rest: match config.bank.midnight_rest_min.as_slice() {
            [before, after] => RailRest { before: Span::minutes(*before), after: Span::minutes(*after) },
            _ => RailRest::USUAL,
        },
        callback_number: config.snap.callback_number.clone(),
        public_url: config.site.public_url.clone(),
        sandbox: config.sandbox.enabled,
        codes_per_phone: shop.codes_per_phone,
        codes_per_address: shop.codes_per_address,
        inquiries_per_address: shop.inquiries_per_address,
        second_factor: !config.sandbox.enabled,
        ..Policy::default()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't read its input should stop")]
mod tests {
    use super::{Columns, Names, agent_names, mode, problems};
    use crate::config::from_text;
    use crate::mode::Mode;
    use std::path::Path;

    fn told(real: bool, changes: &[(&str, &str)]) -> Vec<String> {
        let mut env = vec![("PINDESK_SANDBOX_ENABLED".to_owned(), (!real).to_string())];
        if real {
            let own = [("PINDESK_SITE_PUBLIC_URL", "https://shop.example"), ("PINDESK_SNAP_URL", "mysql://u@h/agent")];
            env.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        env.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        problems(&from_text(Path::new("Leptos.toml"), include_str!("../../Leptos.toml"), &env).unwrap().config)
    }

    #[test]
    fn the_agents_names_are_the_files() {
        let names = |env: &[(String, String)]| {
            let text = include_str!("../../Leptos.toml");
            agent_names(from_text(Path::new("Leptos.toml"), text, env).unwrap().config.snap_names)
        };
        assert_eq!(names(&[]), Names::default());
        let renamed = names(&[("PINDESK_SNAP_NAMES_PHONE".to_owned(), "RCV_PHONE".to_owned())]);
        assert_eq!(renamed.columns, Columns { phone: "RCV_PHONE".to_owned(), ..Columns::default() });
    }

    #[test]
    fn the_committed_numbers_are_safe() {
        assert_eq!(told(true, &[]), Vec::<String>::new());
        assert_eq!(told(false, &[]), Vec::<String>::new());
    }

    #[test]
    fn numbers_that_could_pay_twice_are_refused_by_name() {
        for (changes, named) in [
            (&[("PINDESK_SHOP_SETTLE_DELAY_S", "0")][..], "shop.settle_delay_s"),
            (&[("PINDESK_SHOP_SETTLE_DELAY_S", "74")], "shop.settle_delay_s"),
            (&[("PINDESK_WORK_LEASE_S", "5")], "work.lease_s"),
            (&[("PINDESK_WORK_LEASE_S", "301"), ("PINDESK_SHOP_SETTLE_DELAY_S", "600")], "work.lease_s"),
            (&[("PINDESK_BANK_TIMEOUT_MS", "31000")], "work.lease_s"),
            (
                &[
                    ("PINDESK_ISSUERS_TIMEOUT_MS", "121000"),
                    ("PINDESK_WORK_LEASE_S", "300"),
                    ("PINDESK_SHOP_SETTLE_DELAY_S", "600"),
                ],
                "issuers.timeout_ms",
            ),
            (&[("PINDESK_BANK_CONNECT_TIMEOUT_MS", "20000")], "bank.timeout_ms"),
            (&[("PINDESK_BANK_MIDNIGHT_REST_MIN", "0,0")], "bank.midnight_rest_min"),
            (&[("PINDESK_BANK_MIDNIGHT_REST_MIN", "10")], "bank.midnight_rest_min"),
        ] {
            let told = told(true, changes);
            assert_eq!(told.len(), 1, "{changes:?}: {told:?}");
            assert!(told[0].contains(named), "{changes:?}: {told:?}");
        }
    }

    #[test]
    fn a_real_shop_is_not_opened_with_a_trial_runs_settings() {
        for (name, value, named) in [
            ("PINDESK_SITE_PUBLIC_URL", "http://shop.example", "site.public_url"),
            ("PINDESK_SITE_PUBLIC_URL", "http://localhost:3000", "site.public_url"),
            ("PINDESK_SITE_DEVELOPMENT", "true", "site.development"),
            ("PINDESK_SNAP_URL", "sqlite", "snap.url"),
            ("PINDESK_SNAP_URL", "sqlite:/tmp/agent.db", "snap.url"),
            ("PINDESK_SNAP_URL", "file:/nowhere/at/all", "snap.url"),
        ] {
            let found = told(true, &[(name, value)]);
            assert!(found.len() == 1 && found[0].starts_with(named), "{name}={value}: {found:?}");
        }
        assert_eq!(told(false, &[("PINDESK_SITE_DEVELOPMENT", "true")]), Vec::<String>::new());
    }

    /// A database of a real shop, found by a sandbox, is as old afterwards as it was.
    #[tokio::test]
    async fn a_database_of_the_other_mode_is_refused_before_it_is_migrated() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().display().to_string();
        let env = [("PINDESK_DATA_DIR".to_owned(), dir)];
        let text = include_str!("../../Leptos.toml");
        let config = from_text(Path::new("Leptos.toml"), text, &env).unwrap().config;
        let db = store::Db::open(&super::db_settings(&config).unwrap()).await.unwrap();
        db.migrate().await.unwrap();
        mode::hold(&db, Mode::Real, testkit::clock::NOON).await.unwrap();
        // Whoever migrates now makes every table again and stops at the first.
        let store::Db::Sqlite(sqlite) = &db else { panic!("it is embedded") };
        sqlx::raw_sql("DROP TABLE _sqlx_migrations").execute(sqlite.writer()).await.unwrap();
        db.close().await;
        drop(db);
        let Err(error) = super::start(&config, super::Starts::Server).await else { panic!("it started") };
        assert!(matches!(error, super::StartError::Mode(mode::ModeError::Other { .. })), "{error}");
    }

    #[test]
    fn the_sandbox_may_be_quick_but_not_careless() {
        let quick = [
            ("PINDESK_SHOP_SETTLE_DELAY_S", "2"),
            ("PINDESK_WORK_LEASE_S", "5"),
            ("PINDESK_ISSUERS_TIMEOUT_MS", "1500"),
            ("PINDESK_ISSUERS_CONNECT_TIMEOUT_MS", "1000"),
            ("PINDESK_BANK_TIMEOUT_MS", "1500"),
            ("PINDESK_BANK_CONNECT_TIMEOUT_MS", "1000"),
            ("PINDESK_BANK_MIDNIGHT_REST_MIN", "0,0"),
        ];
        assert_eq!(told(false, &quick), Vec::<String>::new());
        assert_eq!(told(false, &[("PINDESK_SHOP_SETTLE_DELAY_S", "0")]).len(), 1);
        assert_eq!(told(false, &[("PINDESK_WORK_LEASE_S", "5")]).len(), 1);
    }

    #[test]
    fn a_timeout_of_one_and_a_half_seconds_is_no_two_seconds() {
        let with = |lease: &str, timeout: &str, settling: &str| {
            let changes = [
                ("PINDESK_WORK_LEASE_S", lease),
                ("PINDESK_SHOP_SETTLE_DELAY_S", settling),
                ("PINDESK_ISSUERS_TIMEOUT_MS", timeout),
                ("PINDESK_ISSUERS_CONNECT_TIMEOUT_MS", "1000"),
                ("PINDESK_BANK_TIMEOUT_MS", timeout),
                ("PINDESK_BANK_CONNECT_TIMEOUT_MS", "1000"),
            ];
            told(true, &changes)
        };
        assert_eq!(with("3", "1500", "5"), Vec::<String>::new());
        assert!(with("3", "1501", "5")[0].contains("work.lease_s = 3 must be at least 4"));
        assert!(with("3", "1500", "4")[0].contains("shop.settle_delay_s = 4 must be at least 5"));
    }
}
