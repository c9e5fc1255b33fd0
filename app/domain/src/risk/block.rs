//! The block list's times: a block has an end, so that nobody is kept out for ever by a forgotten line.

use crate::{Span, Timestamp};
use thiserror::Error;

/// No block is longer.
pub const LONGEST_BLOCK: Span = Span::days(5 * 366);

/// Why an end can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BlockProblem {
    /// It has passed.
    #[error("the end is not in the future")]
    Past,
    /// More than five years away.
    #[error("the end is more than five years away")]
    TooLong,
}

/// The end of a block, if it can be one.
pub fn block_end(until: Timestamp, now: Timestamp) -> Result<Timestamp, BlockProblem> {
    if until <= now {
        Err(BlockProblem::Past)
    } else if until.since(now) > LONGEST_BLOCK {
        Err(BlockProblem::TooLong)
    } else {
        Ok(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_ends_within_five_years() {
        let now = Timestamp::from_micros(1_000);
        assert_eq!(block_end(now, now), Err(BlockProblem::Past));
        let last = now.plus(LONGEST_BLOCK);
        assert_eq!(block_end(last, now), Ok(last));
        assert_eq!(block_end(last.plus(Span::micros(1)), now), Err(BlockProblem::TooLong));
    }
}
