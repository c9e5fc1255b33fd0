//! The risk desk: what the rules flagged, who is blocked, and the rules themselves.

mod blocks;
mod books;
mod case;
mod decide;
mod queue;

pub(in crate::desk) use blocks::of_values;
pub use blocks::{NewBlockInput, block, blocks, lift, move_end};
pub use books::{book, books, draft, dry_run, publish, withdraw};
pub use case::case;
pub use decide::{Decision, hold, release};
pub use queue::queue;

use crate::ServiceError;
use domain::Lang;

domain::messages! {
    /// Somebody was faster.
    fn changed() {
        ko: "그 사이 다른 사람이 바꿨어요. 새로 불러온 내용을 확인하고 다시 해 주세요.",
        en: "Somebody changed this in the meantime. Look at it again and repeat."
    }
    /// Something of the order is blocked.
    fn lift_first(what: &str) {
        ko: "{what} 차단이 걸려 있어요. 차단 목록에서 먼저 해제한 다음 보류를 풀어 주세요.",
        en: "Its {what} is on the block list. Lift the block first, then release the order."
    }
    /// The order isn't where this can be done.
    fn not_held_here() {
        ko: "위험 규칙이 멈춘 주문이 아니라서 여기서 풀 수 없어요.",
        en: "The risk rules did not stop this order, so it can’t be let go on here."
    }
    /// Nothing left to stop.
    fn too_late_to_hold() {
        ko: "이미 멈췄거나 끝난 주문이에요.",
        en: "This order is stopped already or has come to its end."
    }
    /// A value can't be read.
    fn bad_value() {
        ko: "형식이 맞지 않아요. 번호나 주소를 확인해 주세요.",
        en: "That isn’t a number or an address we know. Please check it."
    }
    /// The end of a block.
    fn bad_end() {
        ko: "종료일은 내일부터 5년 안으로 정해 주세요.",
        en: "The end must be in the future and within five years."
    }
    /// It is on the list.
    fn blocked_already() {
        ko: "이미 차단 중이에요. 종료일을 바꾸려면 그 항목을 고쳐 주세요.",
        en: "It is blocked already. Change the end of that entry instead."
    }
    /// The book makes no sense.
    fn bad_book() {
        ko: "규칙에 맞지 않는 숫자가 있어요.",
        en: "A number in the rules can’t be right."
    }
    /// Four eyes.
    fn own_draft() {
        ko: "내가 쓴 초안은 다른 사람이 적용해야 해요.",
        en: "Somebody else has to publish your own draft."
    }
    /// Another book came between.
    fn outdated() {
        ko: "이 초안을 쓴 뒤에 다른 규칙이 적용됐어요. 새 초안을 만들어 주세요.",
        en: "Other rules came into force after this draft was written. Write a new one."
    }
}

/// What was seen is no more.
fn stale(lang: Lang) -> ServiceError {
    ServiceError::Conflict { code: "changed", message: changed(lang).to_owned() }
}

/// A guarded row that moved on becomes words for the reader.
fn guarded<T>(result: Result<T, store::StoreError>, lang: Lang) -> Result<T, ServiceError> {
    match result {
        Err(store::StoreError::Conflict { .. }) => Err(stale(lang)),
        other => Ok(other?),
    }
}

/// `micros-hex`, for "the rows after these".
fn place(at: domain::Timestamp, id: [u8; 16]) -> String {
    format!("{}-{}", at.micros(), hex::encode(id))
}

fn placed(text: &str) -> Option<(domain::Timestamp, [u8; 16])> {
    let (at, id) = text.rsplit_once('-')?;
    Some((domain::Timestamp::from_micros(at.parse().ok()?), hex::decode(id).ok()?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let at = domain::Timestamp::from_micros(1_795_151_100_000_000);
        assert_eq!(placed(&place(at, [7; 16])), Some((at, [7; 16])));
        for bad in ["", "-", "1-zz", "x-00", "1-00"] {
            assert_eq!(placed(bad), None, "{bad}");
        }
    }
}
