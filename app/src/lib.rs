//! Screens and server functions of PinDesk, one codebase for server and browser.
//!
//! A page is made on the server and works as plain HTML: links and forms. What should answer without a reload is an
//! island ([`islands`]); it posts the very same forms to the very same addresses and shows the view it gets back.
//! So the browser module holds the islands, the pieces they are made of and their words, and nothing else.
//!
//! Where to stand for a change:
//! - a word: [`text`]; a piece of design: [`components`] and `style/`;
//! - a screen: `pages/customer/<noun>.rs` and its line in `routes.rs`;
//! - an action: `serverfns/<noun>/<verb_noun>.rs`, one public endpoint per file.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

pub mod components;
pub mod islands;
pub mod text;

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod serverfns;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod ssr;
#[cfg(feature = "ssr")]
mod wake;

#[cfg(feature = "ssr")]
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::{desk_shell, error_document, error_line, plain_document, shell};
