//! The extractor against labelled texts: the shared records, if the shared folder is there, and our own, always.
#![expect(clippy::print_stdout, reason = "the score is what this test is run for")]

use std::path::{Path, PathBuf};

use domain::pin::{self, BrandKey};
use serde_json::Value;

/// Brand, PIN, companions in order.
type Item = (String, String, Vec<(String, String)>);

struct Record {
    id: String,
    text: String,
    hint: Option<BrandKey>,
    expected: Vec<Item>,
    tags: String,
}

fn records(text: &str) -> Vec<Record> {
    text.lines().filter(|line| !line.trim().is_empty()).map(record).collect()
}

fn record(line: &str) -> Record {
    let value: Value = serde_json::from_str(line).expect("a record is JSON");
    let word = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let hint = value.get("hint_brand").and_then(Value::as_str);
    let hint = hint.map(|hint| BrandKey::parse(hint).expect("a hint is a brand"));
    let items = value.get("expected").and_then(Value::as_array).expect("expected is a list");
    let expected = items
        .iter()
        .map(|item| {
            let field = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let companion = item.get("companion").and_then(Value::as_object).into_iter().flatten();
            let mut companion: Vec<(String, String)> =
                companion.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned())).collect();
            companion.sort();
            (field("brand"), field("pin"), companion)
        })
        .collect();
    Record {
        id: word("id"),
        text: word("text"),
        hint,
        expected,
        tags: value.get("tags").map(Value::to_string).unwrap_or_default(),
    }
}

#[derive(Default)]
struct Score {
    records: usize,
    by_pin: usize,
    with_companions: usize,
}

/// How many records of so many make at least 99 of 100.
fn nearly_all(count: usize) -> usize {
    (count * 99).div_ceil(100)
}

fn judge(records: &[Record]) -> Score {
    let mut score = Score { records: records.len(), ..Score::default() };
    for record in records {
        let parsed = pin::parse(&record.text, record.hint);
        let mut given: Vec<Item> = parsed
            .items
            .iter()
            .map(|item| {
                let mut companion: Vec<(String, String)> =
                    item.companion.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
                companion.sort();
                (item.brand.as_str().to_owned(), item.pin.clone(), companion)
            })
            .collect();
        let mut expected = record.expected.clone();
        given.sort();
        expected.sort();
        let plain = |items: &[Item]| -> Vec<(String, String)> {
            items.iter().map(|(brand, pin, _)| (brand.clone(), pin.clone())).collect()
        };
        let by_pin = plain(&given) == plain(&expected);
        score.by_pin += usize::from(by_pin);
        score.with_companions += usize::from(given == expected);
        if given != expected {
            let missing: Vec<_> = expected.iter().filter(|item| !given.contains(item)).take(4).collect();
            let added: Vec<_> = given.iter().filter(|item| !expected.contains(item)).take(4).collect();
            println!("{} {} by pin {by_pin}\n  missing {missing:?}\n  added   {added:?}", record.id, record.tags);
        }
    }
    score
}

#[expect(clippy::disallowed_methods, reason = "a test may look for its records where the caller says")]
fn shared() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let from_env = std::env::var("PINDESK_SHARED").ok().map(PathBuf::from);
    let places = [from_env, Some(here.join("../../../shared"))];
    places.into_iter().flatten().map(|place| place.join("fixtures/pins/records.jsonl")).find(|path| path.exists())
}

#[test]
fn shared_records_are_read_exactly() {
    let Some(path) = shared() else {
        println!("pin fixtures: no shared folder here, only our own records are tested");
        return;
    };
    let text = std::fs::read_to_string(&path).expect("the shared records can be read");
    let score = judge(&records(&text));
    println!(
        "pin fixtures: {}/{} exact by brand and pin, {}/{} with companions",
        score.by_pin, score.records, score.with_companions, score.records
    );
    let floor = nearly_all(score.records);
    assert!(score.by_pin >= floor, "fewer than 99 % exact by brand and pin");
    assert!(score.with_companions >= floor, "fewer than 99 % exact with companions");
}

#[test]
fn our_own_records_are_read_exactly() {
    let records = records(include_str!("pin_records.jsonl"));
    let score = judge(&records);
    println!(
        "pin records: {}/{} exact by brand and pin, {}/{} with companions",
        score.by_pin, score.records, score.with_companions, score.records
    );
    assert!(score.records >= 60);
    assert_eq!((score.by_pin, score.with_companions), (score.records, score.records));
}
