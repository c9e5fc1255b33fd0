//! How drafts end.

mod publish;
mod rebase;
mod withdraw;

pub use publish::{DraftsPublish, drafts_publish};
pub use rebase::{DraftsRebase, drafts_rebase};
pub use withdraw::{DraftsWithdraw, drafts_withdraw};
