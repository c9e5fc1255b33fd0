//! One private PostgreSQL for all test processes of a run.
//!
//! nextest runs each test in a process of its own. The first one, under a file lock, makes a cluster in a folder of
//! its own and starts it, with a small script beside it that stops and removes it once no test process has lived for
//! 20 seconds. It listens on a Unix socket only, so it can meet neither another server nor a busy port.
//!
//! `PINDESK_TEST_POSTGRES_URL` uses a given server instead (its user must be allowed to create databases).
//! `PINDESK_TEST_DURABLE=1` turns fsync on, for tests that pull the plug.

use std::fs::{File, OpenOptions};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use store::{Db, DbSettings};

const CURE: &str = "PostgreSQL 15 or newer is needed for this test: run `make setup`, \
                    or set PINDESK_TEST_POSTGRES_URL to a server of yours";

/// A running server. Holds the lock that keeps it running.
#[derive(Clone, Debug)]
pub struct Cluster {
    place: Place,
    psql: PathBuf,
    _alive: Option<Arc<File>>,
}

#[derive(Clone, Debug)]
enum Place {
    /// Folder of the socket.
    Socket(PathBuf),
    /// `postgres://…/database`, somebody else's.
    Url(String),
}

impl Cluster {
    /// The server, with a migrated database to copy from.
    pub async fn with_template() -> (Self, String) {
        Self::prepared(durable()).await
    }

    /// The same, with fsync on: the product refuses to hold money on anything less.
    pub async fn durable_with_template() -> (Self, String) {
        Self::prepared(true).await
    }

    async fn prepared(durable: bool) -> (Self, String) {
        let template = format!("pindesk_{}", store::db::schema_fingerprint());
        let given = variable("PINDESK_TEST_POSTGRES_URL");
        let folder = folder(durable);
        std::fs::create_dir_all(&folder).unwrap();
        let start = lock_file(&folder.join("start"));
        let alive = lock_file(&folder.join("alive"));
        start.lock().unwrap();
        alive.lock_shared().unwrap();
        let cluster = match given {
            Some(url) => Self { place: Place::Url(url), psql: program("psql"), _alive: None },
            None => Self::run(&folder, alive, durable),
        };
        if cluster.ask("SELECT 1 FROM pg_database WHERE datname = $name AND datistemplate", &template).is_empty() {
            cluster.tell("DROP DATABASE IF EXISTS $name WITH (FORCE)", &template);
            cluster.tell("CREATE DATABASE $name", &template);
            let db = Db::open(&DbSettings::postgres(cluster.url(&template))).await.unwrap();
            db.migrate().await.unwrap();
            db.close().await;
            cluster.tell("ALTER DATABASE $name WITH IS_TEMPLATE true", &template);
        }
        start.unlock().unwrap();
        (cluster, template)
    }

    /// The server in `folder`, started if it does not answer.
    fn run(folder: &Path, alive: File, durable: bool) -> Self {
        let home = folder.join("pg");
        let (data, socket) = (home.join("data"), home.join("socket"));
        let psql = program("psql");
        let cluster = Self { place: Place::Socket(socket.clone()), psql, _alive: Some(Arc::new(alive)) };
        if cluster.psql("SELECT 1").is_ok() {
            return cluster;
        }
        let (initdb, pg_ctl) = (program("initdb"), program("pg_ctl"));
        let user = server_user();
        // What a crash or a reboot may have left.
        if data.join("postmaster.pid").exists() {
            let _ = as_user(user, &pg_ctl).arg("-D").arg(&data).args(["-m", "immediate", "-w", "stop"]).output();
        }
        let _ = std::fs::remove_dir_all(&home);
        for made in [&home, &socket] {
            let mut install = Command::new("install");
            install.args(["-d", "-m", "700"]);
            if let Some(user) = user {
                install.args(["-o", user]);
            }
            finish(install.arg(made), "install");
        }
        finish(
            as_user(user, &initdb)
                .args([
                    "-U",
                    "postgres",
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "-A",
                    "trust",
                    "--no-sync",
                    "--no-instructions",
                    "-D",
                ])
                .arg(&data),
            "initdb",
        );
        let fsync = if durable { "on" } else { "off" };
        // What is measured has what docs/operations.md advises; the others keep small.
        let (buffers, wal) = if durable { ("256MB", "4GB") } else { ("64MB", "256MB") };
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=200 -c shared_buffers={buffers} \
             -c fsync={fsync} -c full_page_writes={fsync} -c max_wal_size={wal} -c log_min_messages=warning",
            socket.display()
        );
        finish(
            as_user(user, &pg_ctl)
                .arg("-D")
                .arg(&data)
                .arg("-l")
                .arg(home.join("log"))
                .args(["-w", "-t", "60", "-o", &options, "start"])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
            "pg_ctl start",
        );
        let script = folder.join("reaper.sh");
        std::fs::write(&script, include_str!("reaper.sh")).unwrap();
        // Its own process group: it must outlive this test.
        let reaper = Command::new("sh")
            .arg(&script)
            .arg(folder)
            .arg(&pg_ctl)
            .arg(user.unwrap_or_default())
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        drop(reaper);
        cluster
    }

    /// Where a database of this server is.
    pub fn url(&self, database: &str) -> String {
        match &self.place {
            Place::Socket(folder) => format!("postgres://postgres@localhost/{database}?host={}", folder.display()),
            Place::Url(url) => {
                let (server, query) =
                    url.split_once('?').map_or((url.as_str(), None), |(url, query)| (url, Some(query)));
                let server = match server.split_once("://") {
                    Some((scheme, rest)) => format!("{scheme}://{}", rest.split('/').next().unwrap_or_default()),
                    None => server.to_owned(),
                };
                format!("{server}/{database}{}", query.map(|query| format!("?{query}")).unwrap_or_default())
            }
        }
    }

    /// A copy of `template` under a new name.
    pub fn create_database(&self, name: &str, template: &str) {
        self.psql(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")).unwrap();
    }

    /// Throws a database away; whoever is still connected is thrown out.
    pub fn drop_database(&self, name: &str) {
        let _ = self.psql(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    }

    /// All its data, through `pg_dump`.
    pub fn dump(&self, name: &str) -> Vec<u8> {
        let out =
            Command::new(program("pg_dump")).args(["--data-only", "--inserts"]).arg(self.url(name)).output().unwrap();
        assert!(out.status.success(), "pg_dump: {}", String::from_utf8_lossy(&out.stderr));
        out.stdout
    }

    /// How many of the database's connections wait for a lock somebody else holds.
    pub fn waiters(&self, name: &str) -> usize {
        let waiting = "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = $name";
        self.ask(waiting, name).trim().parse().unwrap()
    }

    fn tell(&self, statement: &str, name: &str) {
        self.psql(&statement.replace("$name", name)).unwrap();
    }

    fn ask(&self, statement: &str, name: &str) -> String {
        self.psql(&statement.replace("$name", &format!("'{name}'"))).unwrap()
    }

    /// One statement through `psql`: only `store` and `sms_agent` may link a driver.
    fn psql(&self, statement: &str) -> Result<String, String> {
        let maintenance = match &self.place {
            Place::Socket(_) => self.url("postgres"),
            Place::Url(url) => url.clone(),
        };
        let out = Command::new(&self.psql)
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement, &maintenance])
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("{CURE} ({error})"))?;
        if out.status.success() {
            Ok(String::from_utf8_lossy(&out.stdout).trim().to_owned())
        } else {
            Err(String::from_utf8_lossy(&out.stderr).into_owned())
        }
    }
}

/// One folder per user and kind, so that a run of another user is left alone. Short: a socket's path may have 107 bytes.
fn folder(durable: bool) -> PathBuf {
    let kind = if durable { "-durable" } else { "" };
    let user = std::fs::metadata("/proc/self").map_or(0, |own| std::os::unix::fs::MetadataExt::uid(&own));
    PathBuf::from(format!("/tmp/pindesk-test-pg-{user}{kind}"))
}

fn lock_file(path: &Path) -> File {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).unwrap()
}

fn durable() -> bool {
    variable("PINDESK_TEST_DURABLE").is_some_and(|value| value == "1")
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// PostgreSQL refuses to run as root.
fn server_user() -> Option<&'static str> {
    let out = Command::new("id").arg("-u").output().unwrap();
    (out.stdout.trim_ascii() == b"0").then_some("postgres")
}

fn as_user(user: Option<&str>, program: &Path) -> Command {
    match user {
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--"]).arg(program).current_dir("/");
            command
        }
        None => Command::new(program),
    }
}

fn finish(command: &mut Command, what: &str) {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "{what} failed. {CURE}");
}

/// On the `PATH`, or in the newest of Debian's `/usr/lib/postgresql/<version>/bin`.
fn program(name: &str) -> PathBuf {
    let on_path = variable("PATH")
        .unwrap_or_default()
        .split(':')
        .map(|folder| Path::new(folder).join(name))
        .find(|candidate| candidate.is_file());
    let installed = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        versions
            .filter_map(|entry| Some((entry.ok()?.file_name().into_string().ok()?.parse::<u32>().ok()?, ())))
            .map(|(version, ())| (version, PathBuf::from(format!("/usr/lib/postgresql/{version}/bin/{name}"))))
            .filter(|(_, candidate)| candidate.is_file())
            .max_by_key(|(version, _)| *version)
            .map(|(_, candidate)| candidate)
    };
    // Debian's psql on the PATH is a wrapper that wants its own clusters; the versioned one asks nobody.
    let found = installed().or(on_path);
    found.unwrap_or_else(|| panic!("{name} is not installed. {CURE}"))
}
