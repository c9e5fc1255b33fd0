//! Brands.

mod place;
mod preview;
mod save;
mod status;

pub use place::{BrandsPlace, brands_place};
pub use preview::{BrandsPreview, brands_preview};
pub use save::{BrandsSave, brands_save};
pub use status::{BrandsStatus, brands_status};

use crate::serverfns::desk::shop::revision;
use crate::ssr::Cx;
use services::desk::brands::BrandInput;

/// The editor's fields.
fn input(cx: &Cx) -> BrandInput {
    BrandInput {
        key: cx.typed("key").trim().to_owned(),
        family: cx.typed("family").trim().to_owned(),
        verification: cx.typed("verification"),
        name_ko: cx.typed("name_ko"),
        name_en: cx.typed("name_en"),
        note_ko: cx.typed("note_ko"),
        note_en: cx.typed("note_en"),
        initials: cx.typed("initials"),
        hue: cx.typed("hue"),
        form: cx.typed("form_json"),
        reason: cx.typed("reason"),
        revision: revision(cx),
    }
}
