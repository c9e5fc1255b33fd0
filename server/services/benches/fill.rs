//! Not a measurement: fills a database for the ones of `make bench`. 40 brands with 6 bands each, 20 lines of feed, and
//! `FILL_ORDERS` orders (2,000) of ten vouchers behind them.
//!
//! `FILL_DATABASE` is a file's path, `FILL_KEYS` what `pindesk keys new` printed.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a helper that can't go on should stop")]

mod shop;

use domain::catalogue::BrandInfo;
use domain::{BrandStatus, FeedId, Rate, RateId, Span, Timestamp, Won};
use services::{Services, order};
use shop::{prepare, variable, visitor, wire};
use store::catalog::{self, Brand};
use store::crypto::NumberedKey;
use store::feed::{self, FeedEntry};
use store::rates::{self, NewRate};
use store::{Db, DbSettings, Keyring, outbox};

const BRANDS: usize = 40;
const BANDS: [(u32, u32, u32); 6] = [
    (1_000, 4_999, 8_500),
    (5_000, 9_999, 8_600),
    (10_000, 29_999, 8_700),
    (30_000, 49_999, 8_800),
    (50_000, 99_999, 8_900),
    (100_000, 500_000, 9_000),
];
const FEED: usize = 20;

fn main() {
    // `cargo test --all-targets` starts benches too; only `cargo bench` says so.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(fill());
}

async fn fill() {
    let Some(path) = variable("FILL_DATABASE") else {
        println!("fill: FILL_DATABASE is not set; nothing to do");
        return;
    };
    let orders = variable("FILL_ORDERS").and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let keys = keyring(&variable("FILL_KEYS").unwrap());
    let db = Db::open(&DbSettings::sqlite(path)).await.unwrap();
    db.migrate().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let services = wire(&db, &keys, folder.path()).await;
    let now = services.clock.now();
    store::seed::seed(&db, &keys, now).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    // As `pindesk serve --sandbox` notes it at its first start.
    store::settings::put(&mut tx, "mode", &"sandbox", now).await.unwrap();
    tx.commit().await.unwrap();
    let brands = fill_brands(&services, now).await;
    let mut made = Vec::new();
    let actor = visitor();
    for submission in prepare(&services, orders).await {
        made.push(order::submit(&services, &actor, submission).await.unwrap().id);
    }
    finish_work(&services, now).await;
    let mut tx = db.begin().await.unwrap();
    for (at, order_id) in (0_u32..).zip(made.iter().take(FEED)) {
        let entry = FeedEntry {
            id: FeedId::from_bytes(services.chance.id(now)),
            order_id: *order_id,
            brand: brands[usize::try_from(at).unwrap() % brands.len()].clone(),
            qty: at % 5 + 1,
            amount: Won::whole(30_000 + at * 10_000),
            masked: "홍**".to_owned(),
            paid_at: now.minus(Span::minutes(15 + i64::from(at))),
        };
        assert!(feed::insert(&mut tx, &entry).await.unwrap());
    }
    tx.commit().await.unwrap();
    let mut reader = db.read().await.unwrap();
    let (brands, rates) =
        (catalog::all(&mut reader).await.unwrap().len(), rates::in_force(&mut reader, now).await.unwrap().len());
    drop(reader);
    db.close().await;
    println!("fill brands={brands} rates={rates} feed={FEED} orders={}", made.len());
}

fn keyring(json: &str) -> Keyring {
    let file: serde_json::Value = serde_json::from_str(json).unwrap();
    let list = |name: &str| {
        let entries = file[name].as_array().unwrap().iter();
        entries
            .map(|entry| {
                let mut bytes = [0; 32];
                hex::decode_to_slice(entry["key"].as_str().unwrap(), &mut bytes).unwrap();
                NumberedKey { id: u16::try_from(entry["id"].as_u64().unwrap()).unwrap(), bytes }
            })
            .collect()
    };
    Keyring::new(list("data"), list("lookup")).unwrap()
}

/// The seed's brands and as many more of the same kinds as make 40, each with six bands from now on.
async fn fill_brands(services: &Services, now: Timestamp) -> Vec<String> {
    let mut reader = services.db.read().await.unwrap();
    let seeded = catalog::all(&mut reader).await.unwrap();
    drop(reader);
    let bought: Vec<&Brand> = seeded.iter().filter(|brand| brand.status == BrandStatus::Accepting).collect();
    let mut tx = services.db.begin().await.unwrap();
    let mut names: Vec<String> = bought.iter().map(|brand| brand.brand.clone()).collect();
    for at in seeded.len()..BRANDS {
        let like = bought[at % bought.len()];
        let brand = Brand {
            brand: format!("bench_{at}"),
            family: format!("bench_{at}"),
            position: u32::try_from(at).unwrap(),
            info: BrandInfo {
                name_ko: format!("{} {at}호", like.info.name_ko),
                name_en: format!("{} no. {at}", like.info.name_en),
                ..like.info.clone()
            },
            ..like.clone()
        };
        catalog::add_missing(&mut tx, &brand, "bench", "figures", now).await.unwrap();
        names.push(brand.brand);
    }
    // A stopped brand shows its bands too once it has some; what counts is how many rows the page holds.
    let all = names
        .iter()
        .chain(seeded.iter().filter(|brand| brand.status != BrandStatus::Accepting).map(|brand| &brand.brand));
    for brand in all {
        let bands: Vec<NewRate> = BANDS
            .iter()
            .map(|(from, to, basis_points)| NewRate {
                id: RateId::from_bytes(services.chance.id(now)),
                rate: Rate {
                    brand: brand.clone(),
                    face_min: Won::whole(*from),
                    face_max: Won::whole(*to),
                    basis_points: *basis_points,
                },
                effective_from: now,
            })
            .collect();
        rates::insert_many(&mut tx, &bands, "bench", "figures", now).await.unwrap();
    }
    tx.commit().await.unwrap();
    names
}

/// Nothing is to happen with these orders.
async fn finish_work(services: &Services, now: Timestamp) {
    let later = services.clock.now();
    loop {
        let mut tx = services.db.begin().await.unwrap();
        let due = outbox::due(&mut tx, later, 500).await.unwrap();
        for (id, _) in &due {
            if let Some(claim) = outbox::claim(&mut tx, *id, "fill", later, later.plus(Span::minutes(5))).await.unwrap()
            {
                outbox::finish(&mut tx, &claim, Some("fill"), now).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        if due.is_empty() {
            return;
        }
    }
}
