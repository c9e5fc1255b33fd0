//! What tests share: engines, partners, builders; never linked into the product.
//!
//! ```ignore
//! testkit::both_engines! {
//!     /// A law, told once and kept on both engines.
//!     async fn an_order_has_one_payout(db: TestDb) {
//!         let mut tx = db.begin().await.unwrap();
//!         …
//!     }
//! }
//! ```
//! makes the tests `an_order_has_one_payout::sqlite` and `an_order_has_one_payout::postgres`.
#![warn(missing_docs)]
#![expect(clippy::unwrap_used, reason = "a test that can't begin has failed")]

pub mod balance;
pub mod books;
mod browser;
pub mod clock;
mod cluster;
mod engines;
mod html;
pub mod mariadb;
pub mod mass;
pub mod partners;
pub mod payloads;
pub mod product;
pub mod shopper;
pub mod staff;
mod vouchers;

pub use engines::{TestDb, engines};

/// Makes two tests of each law: `name::sqlite` and `name::postgres`. The crate that uses it needs `tokio` with
/// `macros` and `rt-multi-thread` among its dev-dependencies.
#[macro_export]
macro_rules! both_engines {
    ($($(#[$about:meta])* async fn $name:ident($db:ident: TestDb) $body:block)+) => {$(
        $(#[$about])*
        mod $name {
            use super::*;

            async fn law($db: $crate::TestDb) $body

            #[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                law($crate::TestDb::sqlite().await).await;
            }

            #[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                law($crate::TestDb::postgres().await).await;
            }
        }
    )+};
}

/// Makes two tests of each law about the whole product: `name::sqlite` and `name::postgres`, each with its own running
/// product. `with` lists settings beyond the fast ones.
#[macro_export]
macro_rules! both_products {
    ($($(#[$about:meta])* async fn $name:ident($product:ident: Product) with $settings:tt $body:block)+) => {$(
        $(#[$about])*
        mod $name {
            use super::*;

            async fn law(mut $product: $crate::product::Product) $body

            #[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                law($crate::product::Product::sqlite(&$settings).await).await;
            }

            #[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                law($crate::product::Product::postgres(&$settings).await).await;
            }
        }
    )+};
}
