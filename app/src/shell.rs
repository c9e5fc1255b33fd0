//! The document around every page.

use crate::desk::DeskFiles;
use crate::routes::App;
use crate::ssr::lang;
use crate::text as t;
use crate::wake::Wake;
use domain::Lang;
use domain::wire::html_lang;
use leptos::config::LeptosOptions;
use leptos::hydration::AutoReload;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

/// Runs before the first paint: the chosen theme from its cookie, and that scripts run at all. It holds nothing of
/// the visitor, so the page around it may be shared.
const THEME: &str = include_str!("theme.js");

/// Brings the typeface: on a visit's first page after the first paint, so that no font stands in the way of the text;
/// on later pages, when the browser has it, before the paint, so that no text changes its look.
const TYPEFACE: &str = include_str!("typeface.js");

/// The list of the typeface's files. Named by its version, kept for ever.
const FONTS: &str = "/fonts/pretendard.css?v=1.3.9";

/// The whole document. `options` name the browser module and the style sheet.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let lang = lang();
    view! {
        <!DOCTYPE html>
        <html lang=html_lang(lang)>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="description" content=t::site_description(lang)/>
                <meta name="format-detection" content="telephone=no"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f6faf9"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0a1413"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/touch-icon.png"/>
                <HashedStylesheet options=options.clone()/>
                <script nonce=use_nonce()>{THEME}</script>
                <script nonce=use_nonce()>{format!("{}({FONTS:?})", TYPEFACE.trim_end())}</script>
                <AutoReload options=options.clone()/>
                <Wake options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <noscript><link rel="stylesheet" href=FONTS/></noscript>
            </body>
        </html>
    }
}

/// The document around a page of the desk: its own style sheet and script, and no browser module.
pub fn desk_shell(files: &DeskFiles) -> impl IntoView + use<> {
    let lang = lang();
    // No island stands here; the view leaves no marks for one.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let DeskFiles { style, script } = files.clone();
    view! {
        <!DOCTYPE html>
        <html lang=html_lang(lang) class="at-desk">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="format-detection" content="telephone=no"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=style/>
                <script nonce=use_nonce()>{THEME}</script>
                <script nonce=use_nonce()>{format!("{}({FONTS:?})", TYPEFACE.trim_end())}</script>
                <script type="module" nonce=use_nonce() src=script></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <noscript><link rel="stylesheet" href=FONTS/></noscript>
            </body>
        </html>
    }
}

/// A page without any of the machinery, for when the machinery failed: a panic, a timeout.
pub fn error_document(lang: Lang, reference: &str) -> String {
    let more = format!("<p>{}<br><code>{}</code></p>", t::reference(lang), plain(reference));
    document(lang, t::failed_title(lang), t::failed_body(lang), &more)
}

/// The same for an answer that no page makes. Both texts are ours: nothing that came with a request.
pub fn plain_document(lang: Lang, title: &str, body: &str) -> String {
    document(lang, title, body, "")
}

/// `public/plain.css` dresses it.
fn document(lang: Lang, title: &str, body: &str, more: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"/plain.css\"></head><body><main><h1>{title}</h1>\
         <p>{body}</p>{more}<p><a href=\"/\">{home}</a></p></main></body></html>",
        code = html_lang(lang),
        home = t::to_home(lang),
    )
}

/// The same for what isn't a browser.
pub fn error_line(lang: Lang, reference: &str) -> String {
    format!("{} {}\n{}: {}\n", t::failed_title(lang), t::failed_body(lang), t::reference(lang), plain(reference))
}

/// A request's number may come from outside: nothing that could be markup.
fn plain(reference: &str) -> String {
    reference.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect()
}
