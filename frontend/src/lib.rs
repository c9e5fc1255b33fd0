//! The browser's entry: wakes the islands and nothing else.

// Linked for its islands, which the page calls by name.
use app as _;

/// Called by the page once the module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    // What went wrong, for whoever watches; a customer's page only needs to know that it did (`theme.js`).
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
