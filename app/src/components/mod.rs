//! The design system: small pieces, no data access, the same on the server and in an island.

mod amount;
mod area;
mod banner;
mod bits;
mod brand;
mod chip;
mod errors;
mod field;
mod icon;
mod steps;
mod sticky_bar;
mod timeline;

pub use amount::{Amount, AmountSize};
pub use area::{in_area, in_title};
pub use banner::{Banner, Trouble, is_reference, trouble_from_code, trouble_text};
pub use bits::{Answer, Empty, Fold, Section};
pub use brand::{Mark, Tile};
pub use chip::{Chip, Tone};
pub use errors::{ErrorList, error_of};
pub use field::{Check, Choice, SelectField, TextField};
pub use icon::{Glyph, Icon, Logo};
pub use steps::Steps;
pub use sticky_bar::StickyBar;
pub use timeline::Timeline;
