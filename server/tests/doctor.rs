//! `pindesk doctor` as a person runs it: what is well, what is broken and its cure, and the exit code.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::path::Path;
use std::process::Command;

/// What it said, and whether it found everything in order.
fn doctor(folder: &Path, changes: &[(&str, &str)]) -> (String, bool) {
    let site = folder.join("site/pkg");
    std::fs::create_dir_all(&site).unwrap();
    std::fs::write(site.join("hash.txt"), "").unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_pindesk"))
        .args(["doctor", "--config", concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml")])
        .env_clear()
        .env("PINDESK_DATA_DIR", folder.join("data"))
        .env("PINDESK_SITE_ROOT", folder.join("site"))
        .envs(changes.iter().copied())
        .output()
        .unwrap();
    (String::from_utf8(said.stdout).unwrap(), said.status.success())
}

#[test]
fn a_shop_in_order_is_ready() {
    let folder = tempfile::tempdir().unwrap();
    let (said, ready) = doctor(folder.path(), &[]);
    assert!(ready && said.ends_with("ready\n") && !said.contains("BAD"), "{said}");
    for line in [
        "ok    data folder",
        "ok    keys can be read",
        "ok    database SQLite",
        "ok    built site",
        "care  sandbox.enabled",
    ] {
        assert!(said.contains(line), "no {line:?} in:\n{said}");
    }
}

#[test]
fn each_broken_part_is_named_with_its_cure() {
    let broken = [
        ("PINDESK_SITE_ADDR", "here", "BAD   site.addr \"here\" is not ADDRESS:PORT"),
        ("PINDESK_SITE_ADRR", "x", "BAD   PINDESK_SITE_ADRR names no key"),
        ("PINDESK_SITE_ROOT", "/nowhere", "BAD   /nowhere/pkg/hash.txt is missing; run `make run`"),
        ("PINDESK_KEYS_SOURCE", "file:/nowhere/keys", "BAD   keys"),
        (
            "PINDESK_DATABASE_URL",
            "mysql://x@h/y",
            "BAD   database: database settings: the url must start with sqlite: or postgres://",
        ),
        ("PINDESK_WORK_LEASE_S", "1", "BAD   work.lease_s = 1 must be at least"),
        ("PINDESK_LOG_FORMAT", "xml", "BAD   log.format \"xml\" is neither text nor json"),
        ("PINDESK_BUSINESS_EMAIL", "", "ready"),
        ("PINDESK_SITE_ADDR", "0.0.0.0:3000", "ready"),
    ];
    for (name, value, wanted) in broken {
        let folder = tempfile::tempdir().unwrap();
        let (said, ready) = doctor(folder.path(), &[(name, value)]);
        assert!(said.contains(wanted), "{name}: no {wanted:?} in:\n{said}");
        assert_eq!(ready, wanted == "ready", "{name}:\n{said}");
    }
}

/// The names of the agent's columns are looked for where the agent is.
#[test]
fn tables_without_our_columns_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let tables = format!("sqlite:{}", folder.path().join("agent.db").display());
    let (said, ready) = doctor(folder.path(), &[("PINDESK_SNAP_URL", &tables)]);
    assert!(ready && said.contains("ok    snap.url"), "{said}");
    let renamed = [("PINDESK_SNAP_URL", tables.as_str()), ("PINDESK_SNAP_NAMES_PHONE", "RCV_PHONE")];
    let (said, ready) = doctor(folder.path(), &renamed);
    assert!(!ready && said.contains("RCV_PHONE (setting phone)"), "{said}");
}
