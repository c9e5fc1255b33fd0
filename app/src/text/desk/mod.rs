//! The desk's words, one file per desk.

mod access;
mod audit;
mod frame;
mod keys;
mod order;
mod orders;
mod people;
mod risk;
mod settings;
mod shop;
mod system;
mod users;

pub use access::*;
pub use audit::*;
pub use frame::*;
pub use keys::*;
pub use order::*;
pub use orders::*;
pub use people::*;
pub use risk::*;
pub use settings::*;
pub use shop::*;
pub use system::*;
pub use users::*;

use domain::{Lang, Span};

domain::messages! {
    fn ago_now() { ko: "방금", en: "just now" }
    fn ago_minutes(count: i64) { ko: "{count}분 전", en: "{count} min ago" }
    fn ago_hours(count: i64) { ko: "{count}시간 전", en: "{count} h ago" }
    fn ago_days(count: i64) { ko: "{count}일 전", en: "{count} d ago" }
    fn in_minutes(count: i64) { ko: "{count}분 뒤", en: "in {count} min" }
    fn in_hours(count: i64) { ko: "{count}시간 뒤", en: "in {count} h" }
    fn in_days(count: i64) { ko: "{count}일 뒤", en: "in {count} d" }
}

/// How long ago, or how long until, in one unit.
pub fn desk_ago(lang: Lang, age: Span) -> String {
    let minutes = age.as_seconds() / 60;
    match minutes {
        0 => ago_now(lang).to_owned(),
        1..60 => ago_minutes(lang, minutes),
        60..1_440 => ago_hours(lang, minutes / 60),
        1_440.. => ago_days(lang, minutes / 1_440),
        -59..0 => in_minutes(lang, -minutes),
        -1_439..-59 => in_hours(lang, -minutes / 60),
        _ => in_days(lang, -minutes / 1_440),
    }
}
