//! What brings a page's islands to life.
//!
//! Leptos's own `HydrationScripts` asks for the module together with the page, before the style sheet and the typeface
//! are here; on a phone's line these 240 KB are what the first sight of the page waits for. Ours waits for the page.

use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

/// Takes the addresses of the browser module's two files. Begins after `load`, when the browser is idle, or at the
/// visitor's first touch, whichever is first; wakes the islands in the document's order, so that one stands before
/// those inside it, tells each what was typed and chosen before it woke, and lets the browser breathe between them; a page
/// without islands downloads no module. A failure reaches `theme.js`, which makes the page a plain one.
const WAKE: &str = include_str!("wake.js");

/// The script; stands in the head. `options` name the browser module.
#[component]
pub fn Wake(options: LeptosOptions) -> impl IntoView {
    // Only islands are hydrated; the view around them leaves no marks for it.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let Files { module, wasm } = Files::of(&options);
    view! { <script type="module" nonce=use_nonce()>{format!("{WAKE}({module:?},{wasm:?})")}</script> }
}

/// The addresses of the module's two files.
struct Files {
    module: String,
    wasm: String,
}

impl Files {
    /// With the hashes of `hash.txt` in their names when there is one (.setup/frontend.sh), else as cargo-leptos names
    /// them.
    fn of(options: &LeptosOptions) -> Self {
        let hashes = if options.hash_files {
            std::fs::read_to_string(options.hash_file.as_ref()).unwrap_or_default()
        } else {
            String::new()
        };
        let file = |kind: &str| {
            let hash = hashes.lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix(':')).map(str::trim);
            let hash = hash.map(|hash| format!(".{hash}")).unwrap_or_default();
            format!("/{}/{}{hash}.{kind}", options.site_pkg_dir, options.output_name)
        };
        Self { module: file("js"), wasm: file("wasm") }
    }
}
