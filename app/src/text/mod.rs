//! The shop's own words, Korean and English side by side.
//!
//! One function per text, so that the browser module carries only the texts its islands use.

mod content;
pub mod desk;
mod order;
mod sell;
mod shop;

pub use content::*;
pub use desk::*;
pub use order::*;
pub use sell::*;
pub use shop::*;

pub use domain::rate::percent;

/// `02:05` for what is left; `00:00` when nothing is.
pub fn remaining(seconds: i64) -> String {
    let left = seconds.max(0);
    format!("{:02}:{:02}", left / 60, left % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_never_goes_below_nothing() {
        assert_eq!(remaining(125), "02:05");
        assert_eq!(remaining(-3), "00:00");
    }
}
