//! Wrong passwords, a hundred a second, each for another login from another address, so that no limit turns them away
//! before the hashing: `cargo bench -p pindesk --bench flood`. Meanwhile pages are asked for; printed is how long these
//! took and how much memory the server had at most. `FLOOD_SECONDS` (30) is read.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "the numbers are what this is run for")]

use reqwest::StatusCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use testkit::product::{Product, client};
use tokio::time::{MissedTickBehavior, interval, sleep};

const TRIES_A_SECOND: u64 = 100;
const PAGES: [&str; 4] = ["/", "/sell", "/desk/sign-in", "/faq"];

#[derive(Default)]
struct Told {
    wrong: AtomicUsize,
    turned_away: AtomicUsize,
    other: AtomicUsize,
}

fn main() {
    // `cargo test --all-targets` starts benches too; only `cargo bench` says so.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let seconds = variable("FLOOD_SECONDS").and_then(|text| text.parse().ok()).unwrap_or(30);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let product = Product::sqlite(&[("PINDESK_SITE_TRUSTED_PROXIES", "1")]).await;
        flood(&product, Duration::from_secs(seconds)).await;
    });
}

#[expect(clippy::disallowed_methods, reason = "a bench has no configuration file")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

async fn flood(product: &Product, lasts: Duration) {
    let (told, began) = (Arc::new(Told::default()), Instant::now());
    let (url, pid) = (product.url(), product.pid().unwrap());
    let tries = tokio::spawn({
        let (told, url) = (Arc::clone(&told), url.clone());
        async move {
            let client = client();
            let mut beat = interval(Duration::from_micros(1_000_000 / TRIES_A_SECOND));
            beat.set_missed_tick_behavior(MissedTickBehavior::Burst);
            let mut under_way = Vec::new();
            let mut n = 0_u32;
            while began.elapsed() < lasts {
                beat.tick().await;
                n += 1;
                under_way.push(tokio::spawn(one(client.clone(), url.clone(), n, Arc::clone(&told))));
            }
            for one in under_way {
                one.await.unwrap();
            }
            n
        }
    });
    let client = client();
    let (mut times, mut most) = (Vec::new(), 0);
    let mut at = 0;
    // The first second is the flood's beginning.
    sleep(Duration::from_secs(1)).await;
    while began.elapsed() < lasts {
        let asked = Instant::now();
        let answer = client.get(format!("{url}{}", PAGES[at % PAGES.len()])).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{}", PAGES[at % PAGES.len()]);
        answer.text().await.unwrap();
        times.push(asked.elapsed());
        most = most.max(rss(pid));
        at += 1;
        sleep(Duration::from_millis(20)).await;
    }
    let sent = tries.await.unwrap();
    let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
    assert_eq!(count(&told.other), 0, "every try is answered as wrong or as too many");
    assert!(count(&told.wrong) > 0, "some passwords were really hashed");
    times.sort_unstable();
    let p95 = times[(times.len() * 95 / 100).min(times.len() - 1)];
    println!(
        "flood page_p95_ms={:.1} rss_mb={:.1} pages={} tries={sent} hashed={} turned_away={}",
        p95.as_secs_f64() * 1_000.0,
        f64::from(most) / 1_024.0,
        times.len(),
        count(&told.wrong),
        count(&told.turned_away),
    );
}

async fn one(client: reqwest::Client, url: String, n: u32, told: Arc<Told>) {
    let [_, a, b, c] = n.to_be_bytes();
    let answer = client
        .post(format!("{url}/desk/fn/access/enter"))
        .header("Sec-Fetch-Site", "same-origin")
        .header("Origin", &url)
        .header("Accept", "application/json")
        .header("X-Forwarded-For", format!("10.{a}.{b}.{c}"))
        .form(&[("login", format!("somebody{n}")), ("password", "not the password of anybody".to_owned())])
        .send()
        .await;
    let kind = match answer.map(|answer| answer.status()) {
        Ok(StatusCode::UNPROCESSABLE_ENTITY) => &told.wrong,
        Ok(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) => &told.turned_away,
        _ => &told.other,
    };
    kind.fetch_add(1, Ordering::Relaxed);
}

/// Kilobytes of memory a process has.
fn rss(pid: u32) -> u32 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
