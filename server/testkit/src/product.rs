//! The real programs, started as a person would start them: `pindesk serve` and the sandbox partners, each a process of
//! its own, so that one can be killed while the other goes on and remembers.

use crate::TestDb;
use domain::BankHours;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use store::banks::{self, StoredBank};
use store::{Db, DbSettings, EngineSettings};
use tempfile::TempDir;

const CURE: &str = "build it first: cargo build -p pindesk -p sandbox (make test does), or name it with PINDESK_BIN / PINDESK_SANDBOX_BIN";

/// The sandbox partners. They outlive every kill of the product; their journals are what really happened.
#[derive(Debug)]
pub struct Partners {
    child: Child,
    /// `http://127.0.0.1:<port>`
    pub url: String,
    client: reqwest::Client,
}

impl Partners {
    /// Starts them on a free port, with their journals and the message agent's tables in `folder`.
    pub fn start(folder: &Path) -> Self {
        let program = program("sandbox", "PINDESK_SANDBOX_BIN");
        let mut child = Command::new(&program)
            .args(["--listen", "127.0.0.1:0", "--seed", "20261121", "--exit-with-stdin", "--agent-db"])
            .arg(agent_db(folder))
            .arg("--data")
            .arg(folder.join("sandbox"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::from(log_file(&folder.join("sandbox.log"))))
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; {CURE}", program.display()));
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("the sandbox said {line:?}"));
        let url = format!("http://{}", ready["addr"].as_str().unwrap());
        Self { child, url, client: client() }
    }

    /// Every line of one party's journal: `issuer`, `bank` or `agent`.
    pub async fn journal(&self, party: &str) -> Vec<Value> {
        let text = self.get(&format!("/journal/{party}.jsonl")).await;
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The journal as written.
    pub async fn journal_text(&self, party: &str) -> String {
        self.get(&format!("/journal/{party}.jsonl")).await
    }

    /// Misbehave by these rules and no others.
    pub async fn bend(&self, rules: &Value) {
        let answer = self.client.put(format!("{}/faults", self.url)).body(rules.to_string()).send().await.unwrap();
        let status = answer.status();
        assert!(status.is_success(), "faults: {status} {}", answer.text().await.unwrap_or_default());
    }

    /// Behave.
    pub async fn behave(&self) {
        self.bend(&Value::Array(Vec::new())).await;
    }

    /// Messages that reached a phone, newest first.
    pub async fn messages(&self, phone: &str) -> Vec<String> {
        let list: Value = serde_json::from_str(&self.get(&format!("/phone.json?to={phone}")).await).unwrap();
        let bodies = list.as_array().unwrap().iter();
        bodies.filter_map(|sms| sms["body"].as_str().map(ToOwned::to_owned)).collect()
    }

    async fn get(&self, path: &str) -> String {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.text().await.unwrap()
    }
}

impl Drop for Partners {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the product's data lives.
#[derive(Debug)]
enum Store {
    /// In the data folder.
    Sqlite,
    /// A database of the tests' server.
    Postgres(Box<TestDb>),
}

/// The product and its partners, with fast settings and data of their own. Killed and removed when dropped.
#[derive(Debug)]
pub struct Product {
    child: Option<Child>,
    // Before the folder they live in.
    /// The partners.
    pub partners: Partners,
    store: Store,
    folder: TempDir,
    port: u16,
    /// More settings, `PINDESK_<SECTION>_<KEY>`; in force from the next start.
    pub settings: BTreeMap<String, String>,
    site: PathBuf,
}

impl Product {
    /// On SQLite, started and ready.
    pub async fn sqlite(settings: &[(&str, &str)]) -> Self {
        let mut product = Self::new(Store::Sqlite, settings);
        product.open_banks().await;
        product.start().await;
        product
    }

    /// On PostgreSQL, started and ready.
    pub async fn postgres(settings: &[(&str, &str)]) -> Self {
        let mut product = Self::new(Store::Postgres(Box::new(TestDb::postgres_durable().await)), settings);
        product.open_banks().await;
        product.start().await;
        product
    }

    fn new(store: Store, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::Builder::new().prefix("pindesk-product-").tempdir().unwrap();
        let partners = Partners::start(folder.path());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let site = site(folder.path());
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { child: None, partners, store, folder, port, settings, site }
    }

    /// Banks that never rest, whatever the hour of the test; the product's own seed leaves what is there alone.
    async fn open_banks(&self) {
        let always: Vec<StoredBank> = (0_u32..)
            .zip(domain::bank::BANKS)
            .map(|(position, bank)| StoredBank {
                code: bank.code.to_owned(),
                kind: bank.kind,
                name_ko: bank.name_ko.to_owned(),
                name_en: bank.name_en.to_owned(),
                position,
                enabled: true,
                hours: BankHours::always(),
            })
            .collect();
        let books = self.books().await;
        books.migrate().await.unwrap();
        let mut tx = books.begin().await.unwrap();
        banks::add_missing(&mut tx, &always, crate::clock::NOON).await.unwrap();
        tx.commit().await.unwrap();
        books.close().await;
    }

    /// `http://127.0.0.1:<port>`, the same after every restart.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the product wrote to its log in all its lives.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("pindesk.log")).unwrap_or_default()
    }

    /// The product's process, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Starts it and waits until it is ready. Says after how long.
    pub async fn start(&mut self) -> Duration {
        self.start_with(&[]).await
    }

    /// The same with settings for this life only.
    pub async fn start_with(&mut self, extra: &[(&str, &str)]) -> Duration {
        match self.try_start(extra).await {
            Ok(after) => after,
            Err(status) => panic!("the product ended while starting ({status}):\n{}", tail(&self.log(), 30)),
        }
    }

    /// The same, for a life that may end before it is ready.
    pub async fn try_start(&mut self, extra: &[(&str, &str)]) -> Result<Duration, ExitStatus> {
        let began = Instant::now();
        self.spawn(extra);
        let client = client();
        let ready = format!("{}/readyz", self.url());
        loop {
            if client.get(&ready).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(began.elapsed());
            }
            if let Some(status) = self.ended() {
                return Err(status);
            }
            assert!(began.elapsed() < Duration::from_secs(60), "not ready after a minute:\n{}", tail(&self.log(), 30));
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn spawn(&mut self, extra: &[(&str, &str)]) {
        assert!(self.child.is_none(), "it is running already");
        self.child = Some(self.run("serve", extra));
    }

    /// A second process that only works, beside the first; PostgreSQL only.
    pub fn helper(&self) -> Helper {
        self.helper_with(&[])
    }

    /// The same with settings of its own.
    pub fn helper_with(&self, extra: &[(&str, &str)]) -> Helper {
        assert!(matches!(self.store, Store::Postgres(_)), "a SQLite file has one process");
        Helper(self.run("work", extra))
    }

    /// SIGSTOP: the process is there and does nothing, as on a machine that ran out of time.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    /// SIGCONT: it goes on as if no time had passed.
    pub fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let pid = self.pid().expect("it runs").to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    fn run(&self, what: &str, extra: &[(&str, &str)]) -> Child {
        let program = program("pindesk", "PINDESK_BIN");
        let log = log_file(&self.folder.path().join("pindesk.log"));
        let database = match &self.store {
            Store::Sqlite => "sqlite".to_owned(),
            Store::Postgres(db) => match &db.settings().engine {
                EngineSettings::Postgres { url, .. } => url.clone(),
                EngineSettings::Sqlite { .. } => unreachable!("a PostgreSQL test database has a url"),
            },
        };
        let mut command = Command::new(&program);
        for (name, _) in environment().filter(|(name, _)| name.starts_with("PINDESK_")) {
            command.env_remove(name);
        }
        let own = [
            ("PINDESK_CONFIG", root().join("Leptos.toml").display().to_string()),
            ("PINDESK_DATA_DIR", self.folder.path().display().to_string()),
            ("PINDESK_DATABASE_URL", database),
            ("PINDESK_SITE_ADDR", format!("127.0.0.1:{}", self.port)),
            ("PINDESK_SITE_PUBLIC_URL", self.url()),
            ("PINDESK_SITE_ROOT", self.site.display().to_string()),
            ("PINDESK_SANDBOX_ENABLED", "true".to_owned()),
            ("PINDESK_SANDBOX_URL", self.partners.url.clone()),
            ("PINDESK_SNAP_URL", agent_db(self.folder.path())),
        ];
        command.envs(own).envs(FAST.iter().copied()).envs(&self.settings).envs(extra.iter().copied());
        command
            .arg(what)
            .stdin(Stdio::null())
            .stdout(Stdio::from(log.try_clone().unwrap()))
            .stderr(Stdio::from(log))
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; {CURE}", program.display()))
    }

    /// How it ended, when it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        let status = self.child.as_mut()?.try_wait().unwrap()?;
        self.child = None;
        Some(status)
    }

    /// SIGKILL: nothing is finished, nothing is flushed.
    pub fn kill9(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            child.wait().unwrap();
        }
    }

    /// SIGKILL, then a new life.
    pub async fn restart(&mut self) -> Duration {
        self.kill9();
        self.start().await
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        let pid = child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let began = Instant::now();
        while child.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < Duration::from_secs(40), "it does not stop:\n{}", tail(&self.log(), 30));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Its database, to look into. On SQLite a second process is kept out, so the product must have been stopped.
    pub async fn books(&self) -> Db {
        let settings = match &self.store {
            Store::Sqlite => {
                assert!(self.child.is_none(), "stop the product before looking into its file");
                DbSettings::sqlite(self.folder.path().join("pindesk.db"))
            }
            Store::Postgres(db) => db.settings().clone(),
        };
        Db::open(&settings).await.unwrap()
    }

    /// How much work is not done, by lane and state. On SQLite it is stopped for the look and started again.
    pub async fn open_work(&mut self) -> Vec<String> {
        let running = self.child.is_some();
        let file = matches!(self.store, Store::Sqlite);
        if running && file {
            self.stop().await;
        }
        let books = self.books().await;
        let mut reader = books.read().await.unwrap();
        let ages = store::outbox::ages(&mut reader).await.unwrap();
        drop(reader);
        books.close().await;
        // Its lock on the file goes with it.
        drop(books);
        if running && file {
            self.start().await;
        }
        ages.into_iter().map(|(lane, state, works, _)| format!("{works} {state} in {lane}")).collect()
    }

    /// Waits until nothing is left to do, and stops.
    pub async fn quiet(&mut self, at_most: Duration) {
        let began = Instant::now();
        loop {
            let open = self.open_work().await;
            if open.is_empty() {
                return self.stop().await;
            }
            // What waits for a person waits for ever; the balance names it.
            if open.iter().all(|text| text.contains(" review ")) {
                return self.stop().await;
            }
            assert!(began.elapsed() < at_most, "still to do after {at_most:?}: {open:?}\n{}", tail(&self.log(), 40));
            tokio::time::sleep(Duration::from_secs(3)).await;
        }
    }

    /// Everything the database holds, as bytes: the files, or a dump with binary columns in hexadecimal.
    pub fn raw(&self) -> Vec<u8> {
        match &self.store {
            Store::Sqlite => {
                let mut bytes = Vec::new();
                for name in ["pindesk.db", "pindesk.db-wal"] {
                    bytes.extend(std::fs::read(self.folder.path().join(name)).unwrap_or_default());
                }
                bytes
            }
            Store::Postgres(db) => db.dump(),
        }
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        self.kill9();
        if std::thread::panicking() {
            // What a person will want to read; the folder is about to go.
            let kept = std::env::temp_dir().join("pindesk-last-failure.log");
            let _ = std::fs::copy(self.folder.path().join("pindesk.log"), &kept);
            report(&format!("the product's log of this run: {}", kept.display()));
        }
    }
}

/// A second process on the same database. Killed when dropped.
#[derive(Debug)]
pub struct Helper(Child);

impl Helper {
    /// Has it ended by itself?
    pub fn ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Everything waits as little as it may.
const FAST: &[(&str, &str)] = &[
    ("PINDESK_SHOP_INQUIRY_SCHEDULE_S", "1,1,1,2"),
    ("PINDESK_SHOP_SETTLE_DELAY_S", "2"),
    ("PINDESK_WORK_LEASE_S", "5"),
    ("PINDESK_ISSUERS_TIMEOUT_MS", "1500"),
    ("PINDESK_ISSUERS_CONNECT_TIMEOUT_MS", "1000"),
    ("PINDESK_BANK_TIMEOUT_MS", "1500"),
    ("PINDESK_BANK_CONNECT_TIMEOUT_MS", "1000"),
    // Tests run at any hour; what happens at midnight is tested with a clock that is set.
    ("PINDESK_BANK_MIDNIGHT_REST_MIN", "0,0"),
    ("PINDESK_SHOP_AUTO_PAYOUT_LIMIT", "100000000"),
    ("PINDESK_SHOP_POSTS_PER_MINUTE", "1000000"),
    ("PINDESK_SHOP_CODES_PER_PHONE", "1000"),
    ("PINDESK_SHOP_CODES_PER_ADDRESS", "1000000"),
];

/// A client that waits for nobody for ever.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap()
}

fn agent_db(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("agent.db").display())
}

/// Beside the test's own program (`target/debug/deps/torture-…` → `target/debug/pindesk`), or where a variable says.
fn program(name: &str, variable: &str) -> PathBuf {
    if let Some((_, given)) = environment().find(|(known, _)| known == variable) {
        return PathBuf::from(given);
    }
    let own = std::env::current_exe().unwrap();
    let folder = own.parent().and_then(Path::parent).unwrap();
    let found = folder.join(name);
    assert!(found.is_file(), "{} is not there; {CURE}", found.display());
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The built site, or just enough of one: these tests speak HTTP and run no script.
fn site(folder: &Path) -> PathBuf {
    let given = environment().find(|(name, _)| name == "PINDESK_SITE_ROOT").map(|(_, value)| PathBuf::from(value));
    let built = given.unwrap_or_else(|| root().join("target/site"));
    if built.join("pkg/hash.txt").is_file() {
        return built;
    }
    let made = folder.join("site");
    std::fs::create_dir_all(made.join("pkg")).unwrap();
    std::fs::write(made.join("pkg/hash.txt"), "js: test\nwasm: test\ncss: test\n").unwrap();
    for name in
        ["pindesk.js", "pindesk.wasm", "pindesk.css", "pindesk.test.js", "pindesk.test.wasm", "pindesk.test.css"]
    {
        std::fs::write(made.join("pkg").join(name), "").unwrap();
    }
    made
}

fn log_file(path: &Path) -> std::fs::File {
    OpenOptions::new().create(true).append(true).open(path).unwrap()
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars()
}

/// A line for whoever runs the tests.
pub fn report(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}
