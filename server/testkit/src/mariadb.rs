//! A private MariaDB of a test's own, for the message agent's tables.
//!
//! Its clock zone is UTC on purpose, so that a test sees whether the session's zone is set. A shell stands between us
//! and the server and reads our pipe: when the test ends, however it ends, the pipe closes, the server is killed and
//! its folder removed.

use std::io::Read;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const CURE: &str = "MariaDB is needed for this test: run `make setup`";
const DATABASE: &str = "ums";
const USER: &str = "ums";
const PASSWORD: &str = "ums-test";

/// Small, and without the kernel's asynchronous I/O, whose places many servers at once would use up.
const FRUGAL: [&str; 3] = ["--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M", "--innodb-use-native-aio=0"];

/// $1 server, $2 folder, $3 its options; ends with its standard input.
const KEEPER: &str = r#"
server="$1"; folder="$2"; shift 2
"$server" "$@" </dev/null >"$folder/log" 2>&1 &
pid=$!
cat >/dev/null
kill -9 "$pid" 2>/dev/null
wait "$pid" 2>/dev/null
rm -rf "$folder"
"#;

/// A running server. Killed and removed when dropped.
#[derive(Debug)]
pub struct MariaDb {
    keeper: Child,
    port: u16,
    // Removed after the keeper; the keeper removes it too when we can't.
    _folder: TempDir,
}

impl MariaDb {
    /// Makes and starts one. Panics with the cure when MariaDB is not installed or does not start.
    pub fn start() -> Self {
        let server = program("mariadbd");
        let install = program("mariadb-install-db");
        let folder = tempfile::Builder::new().prefix("pindesk-mariadb-").tempdir().unwrap();
        let data = folder.path().join("data");
        // A server starting up clears its folder for temporary tables: never the one others use.
        let temporary = format!("--tmpdir={}", folder.path().join("tmp").display());
        std::fs::create_dir(folder.path().join("tmp")).unwrap();
        let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.trim_ascii() == b"0");
        let mut command = Command::new(&install);
        command
            .arg("--no-defaults")
            .arg(format!("--datadir={}", data.display()))
            .args(["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve", "--force"])
            .args(FRUGAL)
            .arg(&temporary);
        if root {
            command.arg("--user=root");
        }
        let made = command
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("{}: {error}. {CURE}", install.display()));
        let told = String::from_utf8_lossy(&made.stderr).into_owned() + &String::from_utf8_lossy(&made.stdout);
        assert!(made.status.success(), "mariadb-install-db failed. {CURE}\n{told}");
        let init = folder.path().join("init.sql");
        let orders = format!(
            "CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4;\n\
             CREATE USER '{USER}'@'%' IDENTIFIED BY '{PASSWORD}';\n\
             GRANT ALL ON {DATABASE}.* TO '{USER}'@'%';\n"
        );
        std::fs::write(&init, orders).unwrap();
        let mut last = String::new();
        // The port is free now and may be taken a moment later: try again with another.
        for _ in 0..5 {
            let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap().port();
            let mut keeper = keeper(&server, folder.path(), &data, &init, port, root);
            if answers(port, &mut keeper) {
                return Self { keeper, port, _folder: folder };
            }
            last = std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
            let _ = keeper.kill();
            let _ = keeper.wait();
        }
        panic!("mariadbd did not start. {CURE}\n{last}");
    }

    /// `mysql://…`, for `sms_agent` and the sandbox.
    pub fn url(&self) -> String {
        format!("mysql://{USER}:{PASSWORD}@127.0.0.1:{}/{DATABASE}", self.port)
    }

    /// Kills the server, as a power cut would.
    pub fn kill(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

impl Drop for MariaDb {
    fn drop(&mut self) {
        self.kill();
    }
}

fn keeper(server: &Path, folder: &Path, data: &Path, init: &Path, port: u16, root: bool) -> Child {
    let mut command = Command::new("sh");
    command
        .args(["-c", KEEPER, "keeper"])
        .arg(server)
        .arg(folder)
        .arg("--no-defaults")
        .arg(format!("--datadir={}", data.display()))
        .arg(format!("--init-file={}", init.display()))
        .arg(format!("--socket={}", folder.join("s").display()))
        .arg(format!("--pid-file={}", folder.join("pid").display()))
        .arg(format!("--tmpdir={}", folder.join("tmp").display()))
        .arg(format!("--port={port}"))
        .args(["--bind-address=127.0.0.1", "--skip-name-resolve", "--skip-log-bin", "--default-time-zone=+00:00"])
        .args(["--performance-schema=OFF"])
        .args(FRUGAL);
    if root {
        command.arg("--user=root");
    }
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits for the server's greeting.
fn answers(port: u16, keeper: &mut Child) -> bool {
    let until = Instant::now() + Duration::from_secs(60);
    while Instant::now() < until {
        if !matches!(keeper.try_wait(), Ok(None)) {
            return false;
        }
        if let Ok(mut stream) =
            TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), Duration::from_millis(200))
        {
            let mut greeting = [0_u8; 5];
            let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
            if stream.read_exact(&mut greeting).is_ok() {
                return true;
            }
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
fn program(name: &str) -> PathBuf {
    let path = std::env::var("PATH").unwrap_or_default();
    path.split(':')
        .chain(["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/libexec"])
        .map(|folder| Path::new(folder).join(name))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| panic!("{name} is not installed. {CURE}"))
}
