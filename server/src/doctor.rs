//! `pindesk doctor`: reads the configuration, says where each value came from, and tries every part.

use crate::config::{Config, Loaded, read_secret};
use crate::mode::{self, Mode};
use crate::{keys, partners, wire_up};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// One line of the report.
enum Finding {
    Good(String),
    /// Works, but not as a public shop should run.
    Care(String),
    /// Broken, with the cure.
    Bad(String),
}

/// Print the report. Exit code 1 when something is broken.
pub async fn run(loaded: &Loaded) -> ExitCode {
    let mut findings = settings(loaded);
    findings.extend(parts(loaded).await);
    let mut out = std::io::stdout().lock();
    let mut bad = 0;
    let _ = writeln!(out, "configuration: {}", loaded.path.display());
    for finding in &findings {
        let (mark, text) = match finding {
            Finding::Good(text) => ("ok   ", text),
            Finding::Care(text) => ("care ", text),
            Finding::Bad(text) => {
                bad += 1;
                ("BAD  ", text)
            }
        };
        let _ = writeln!(out, "{mark} {text}");
    }
    let _ = writeln!(out, "{}", if bad == 0 { "ready".to_owned() } else { format!("{bad} to mend") });
    if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What the values alone say.
fn settings(loaded: &Loaded) -> Vec<Finding> {
    let config = &loaded.config;
    let mut findings = Vec::new();
    for key in &loaded.overridden {
        findings.push(Finding::Good(format!("{key} is set by the environment")));
    }
    for name in &loaded.unknown {
        findings.push(Finding::Bad(format!("{name} names no key of the file; check its spelling")));
    }
    match config.site.addr.parse::<std::net::SocketAddr>() {
        Err(_) => findings.push(Finding::Bad(format!("site.addr \"{}\" is not ADDRESS:PORT", config.site.addr))),
        Ok(addr) if !addr.ip().is_loopback() && !config.sandbox.enabled => findings.push(Finding::Care(format!(
            "site.addr {addr}: the way from the reverse proxy to it is not encrypted; keep it on this machine or on a \
             private line"
        ))),
        Ok(_) => {}
    }
    let url = &config.site.public_url;
    if !(url.starts_with("http://") || url.starts_with("https://")) || url.ends_with('/') {
        findings
            .push(Finding::Bad(format!("site.public_url \"{url}\" must be http(s)://HOST without a slash at the end")));
    }
    if let Err(error) = mode::check_partners(config) {
        findings.push(Finding::Bad(error.to_string()));
    }
    findings.extend(passwords(config));
    if config.sandbox.enabled {
        findings.push(Finding::Care("sandbox.enabled: partners are ours and nothing is real".to_owned()));
    } else {
        for (key, setting) in
            [("issuers.secret", &config.issuers.secret), ("bank.client_secret", &config.bank.client_secret)]
        {
            match read_secret(key, setting) {
                Ok(_) => findings.push(Finding::Good(format!("{key} is readable"))),
                Err(error) => findings.push(Finding::Bad(error.to_string())),
            }
        }
    }
    findings.extend(thecheat(config));
    let business = &config.business;
    if !config.sandbox.enabled && (business.number.starts_with("000-") || business.email.ends_with(".example")) {
        findings.push(Finding::Bad("business.*: still the made-up shop's; write your own under [business]".to_owned()));
    }
    findings.extend(wire_up::problems(config).into_iter().map(Finding::Bad));
    if config.shop.inquiry_schedule_s.is_empty() {
        findings.push(Finding::Bad(
            "shop.inquiry_schedule_s is empty: unanswered calls would never be looked up".to_owned(),
        ));
    }
    if !matches!(config.log.format.as_str(), "text" | "json") {
        findings.push(Finding::Bad(format!("log.format \"{}\" is neither text nor json", config.log.format)));
    }
    findings
}

/// Is TheCheat asked, and can it be?
fn thecheat(config: &Config) -> Vec<Finding> {
    let own = &config.thecheat;
    match (own.enabled, config.sandbox.enabled) {
        (false, true) => Vec::new(),
        (false, false) => vec![Finding::Care("thecheat.enabled is off: no phone or account is looked up".to_owned())],
        (true, true) => vec![Finding::Good("thecheat: the sandbox's is asked".to_owned())],
        (true, false) => {
            let mut findings: Vec<Finding> = [("thecheat.api_key", &own.api_key), ("thecheat.seal_key", &own.seal_key)]
                .into_iter()
                .map(|(key, setting)| match read_secret(key, setting) {
                    Ok(_) => Finding::Good(format!("{key} is readable")),
                    Err(error) => Finding::Bad(error.to_string()),
                })
                .collect();
            if !own.url.starts_with("https://") {
                findings.push(Finding::Bad("thecheat.url must be the https address of TheCheat's API".to_owned()));
            }
            findings.push(Finding::Care(
                "thecheat.enabled: customers' phones and accounts go to TheCheat; the consents must name it".to_owned(),
            ));
            findings
        }
    }
}

/// Addresses written into the file with a password in them.
fn passwords(config: &Config) -> impl Iterator<Item = Finding> {
    let urls = [("database.url", &config.database.url), ("snap.url", &config.snap.url)];
    let with_password = |url: &str| {
        let authority = url.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or_default());
        authority.and_then(|authority| authority.rsplit_once('@')).is_some_and(|(user, _)| user.contains(':'))
    };
    urls.into_iter().filter(move |(_, url)| with_password(url)).map(|(key, _)| {
        Finding::Care(format!("{key} holds a password; better name its source: env:NAME, file:PATH or command:CMD"))
    })
}

/// What the parts say when tried. Changes nothing but the missing data folder and sandbox keys.
async fn parts(loaded: &Loaded) -> Vec<Finding> {
    let config = &loaded.config;
    let mut findings = Vec::new();
    let dir = match wire_up::data_dir(config) {
        Ok(dir) => {
            findings.push(Finding::Good(format!("data folder {}", dir.display())));
            dir
        }
        Err(error) => return vec![Finding::Bad(error.to_string())],
    };
    match keys::load(&config.keys.source, config.sandbox.enabled, &dir) {
        Ok(_) => findings.push(Finding::Good("keys can be read".to_owned())),
        Err(error) => findings.push(Finding::Bad(error.to_string())),
    }
    findings.push(match database(loaded).await {
        Ok(text) => Finding::Good(text),
        Err(error) => Finding::Bad(error.to_string()),
    });
    let script = config.site.root.join("pkg/hash.txt");
    findings.push(if script.is_file() {
        Finding::Good(format!("built site in {}", config.site.root.display()))
    } else {
        Finding::Bad(format!(
            "{} is missing; run `make run` or `make build`, or set PINDESK_SITE_ROOT",
            script.display()
        ))
    });
    // The embedded tables are made by the first start.
    if config.snap.url != "sqlite" {
        findings.push(match message_tables(config, &dir).await {
            Ok(()) => Finding::Good("snap.url: the agent's tables have every name of [snap_names]".to_owned()),
            Err(error) => Finding::Bad(error.to_string()),
        });
    }
    if config.sandbox.enabled && config.sandbox.url.is_empty() && !partners::program().is_file() {
        findings.push(Finding::Bad(format!("{} is missing; run `make run`", partners::program().display())));
    }
    findings
}

async fn message_tables(config: &Config, dir: &Path) -> Result<(), wire_up::StartError> {
    wire_up::agent(config, &wire_up::agent_url(config, dir)?).await.map(|_| ())
}

async fn database(loaded: &Loaded) -> Result<String, wire_up::StartError> {
    let db = store::Db::open(&wire_up::db_settings(&loaded.config)?).await?;
    let facts = db.check().await?;
    let checked = mode::check_database(&db, Mode::of(&loaded.config)).await;
    db.close().await;
    checked?;
    Ok(format!("database {} {}", facts.engine, facts.version))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't read its input should stop")]
mod tests {
    use super::*;

    fn bad(set: &[(&str, &str)]) -> Vec<String> {
        let found = found(set).into_iter();
        found.filter_map(|finding| if let Finding::Bad(text) = finding { Some(text) } else { None }).collect()
    }

    fn found(set: &[(&str, &str)]) -> Vec<Finding> {
        let env: Vec<_> = set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let text = include_str!("../../Leptos.toml");
        let loaded = crate::config::from_text(std::path::Path::new("Leptos.toml"), text, &env).unwrap();
        settings(&loaded)
    }

    #[test]
    fn an_address_that_others_reach_wants_care_where_it_is_real() {
        let care = |sandbox: &str, addr: &str| {
            let set = [("PINDESK_SANDBOX_ENABLED", sandbox), ("PINDESK_SITE_ADDR", addr)];
            let told = |finding: &Finding| matches!(finding, Finding::Care(text) if text.starts_with("site.addr"));
            found(&set).iter().any(told)
        };
        let shops =
            [("false", "0.0.0.0:3000"), ("false", "10.0.0.5:3000"), ("false", "[::1]:3000"), ("true", "0.0.0.0:3000")];
        assert_eq!(shops.map(|(sandbox, addr)| care(sandbox, addr)), [true, true, false, false]);
    }

    #[test]
    fn a_sandbox_with_a_real_bank_is_bad() {
        assert_eq!(bad(&[]), Vec::<String>::new());
        let found = bad(&[("PINDESK_BANK_URL", "https://openapi.openbanking.or.kr")]);
        assert!(found.len() == 1 && found[0].starts_with("bank.url"), "{found:?}");
    }

    #[test]
    fn thecheat_is_asked_only_with_its_keys() {
        assert_eq!(bad(&[("PINDESK_THECHEAT_ENABLED", "true")]), Vec::<String>::new(), "the sandbox has its own");
        let real = [("PINDESK_SANDBOX_ENABLED", "false"), ("PINDESK_THECHEAT_ENABLED", "true")];
        let found = bad(&real);
        for key in ["thecheat.api_key", "thecheat.seal_key", "thecheat.url"] {
            assert!(found.iter().any(|text| text.contains(key)), "{key}: {found:?}");
        }
        assert!(!bad(&real[..1]).iter().any(|text| text.contains("thecheat")));
    }

    #[test]
    fn a_password_in_the_file_is_noticed() {
        let text = include_str!("../../Leptos.toml");
        let url = |url: &str| {
            let env = [("PINDESK_DATABASE_URL".to_owned(), url.to_owned())];
            let config = crate::config::from_text(std::path::Path::new("x"), text, &env).unwrap().config;
            passwords(&config).count()
        };
        assert_eq!((url("postgres://u:p@h/x"), url("postgres://u@h/x"), url("env:URL"), url("sqlite")), (1, 0, 0, 0));
    }
}
