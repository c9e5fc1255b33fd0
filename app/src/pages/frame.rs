//! What every page of the shop has around it.

use crate::components::{Glyph, Icon, Logo, in_title};
use crate::ssr::{BusinessInfo, SandboxLinks, lang};
use crate::text as t;
use domain::Lang;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_location;
use services::Services;

/// Skip link, sandbox ribbon, header, the page, footer.
#[component]
pub fn Frame(
    /// The page's own title; the first page has none.
    #[prop(optional, into)]
    title: String,
    /// Keep out of search engines: a page of one visitor.
    #[prop(optional)]
    private: bool,
    children: Children,
) -> impl IntoView {
    let lang = lang();
    let title = if title.is_empty() {
        format!("{} · {}", t::site_name(lang), t::site_tagline(lang))
    } else {
        t::page_title(&title, lang)
    };
    // Whoever shows the card asks from elsewhere: only a whole address leads back to us.
    let card = use_context::<Services>().map(|services| format!("{}/social.png", services.policy.public_url));
    view! {
        <Meta property="og:title" content=title.clone()/>
        <Meta property="og:description" content=t::site_description(lang)/>
        {card.map(|card| view! { <Meta property="og:image" content=card/> })}
        <Meta property="og:type" content="website"/>
        <Title text=in_title(&title)/>
        {private.then(|| view! { <Meta name="robots" content="noindex"/> })}
        <a class="skip" href="#main">{t::skip_to_content(lang)}</a>
        <Sandbox lang/>
        <Header lang/>
        <main id="main" tabindex="-1">{children()}</main>
        <Footer lang/>
    }
}

#[component]
fn Sandbox(lang: Lang) -> impl IntoView {
    use_context::<SandboxLinks>().map(|links| {
        view! {
            <aside class="sandbox" aria-label=t::sandbox_title(lang)>
                <div class="col">
                    <span>{t::sandbox_title(lang)}</span>
                    <a href=links.phone_url target="_blank" rel="noopener">{t::sandbox_phone(lang)}</a>
                </div>
            </aside>
        }
    })
}

#[component]
fn Header(lang: Lang) -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let link = move |href: &'static str, label: &'static str, class: &'static str| {
        view! { <a class=class href=href aria-current=(path == href).then_some("page")>{label}</a> }
    };
    let (other, tag) = match lang {
        Lang::Ko => ("?lang=en", "en"),
        Lang::En => ("?lang=ko", "ko"),
    };
    view! {
        <header class="head">
            <div class="col">
                <a class="brandmark" href="/" aria-label=t::home(lang)>
                    <Logo/>
                    <span>{t::site_name(lang)}</span>
                </a>
                <nav class="head-nav" aria-label=t::nav_main(lang)>
                    {link("/guide", t::nav_guide(lang), "head-link head-wide")}
                    {link("/faq", t::nav_faq(lang), "head-link head-wide")}
                    {link("/sell", t::nav_sell(lang), "head-link")}
                    {link("/orders", t::my_orders(lang), "head-link")}
                </nav>
                <a class="head-link" href=other hreflang=tag lang=tag aria-label=t::other_lang_name(lang) rel="nofollow">
                    {t::other_lang(lang)}
                </a>
                <button class="icon-btn theme-btn only-js" type="button" data-theme-toggle="" aria-label=t::theme(lang)>
                    <Icon glyph=Glyph::Moon class="icon icon-light"/>
                    <Icon glyph=Glyph::Sun class="icon icon-dark"/>
                </button>
            </div>
        </header>
    }
}

#[component]
fn Footer(lang: Lang) -> impl IntoView {
    let info = use_context::<BusinessInfo>().unwrap_or_default();
    let links = [
        ("/guide", t::nav_guide(lang)),
        ("/notices", t::nav_notices(lang)),
        ("/faq", t::nav_faq(lang)),
        ("/inquiry", t::nav_inquiry(lang)),
        ("/terms", t::nav_terms(lang)),
        ("/privacy", t::nav_privacy(lang)),
    ];
    let facts = [
        (t::biz_company(lang), info.company),
        (t::biz_owner(lang), info.owner),
        (t::biz_number(lang), info.number),
        (t::biz_mail_order(lang), info.mail_order),
        (t::biz_address(lang), info.address),
        (t::biz_phone(lang), info.phone),
        (t::biz_email(lang), info.email),
    ];
    view! {
        <footer class="foot">
            <div class="col">
                <nav aria-label=t::nav_foot(lang)>
                    {links.map(|(href, label)| view! { <a href=href>{label}</a> }).collect_view()}
                </nav>
                <dl>
                    {facts
                        .into_iter()
                        .filter(|(_, value)| !value.is_empty())
                        .map(|(key, value)| view! { <div><dt>{key}</dt><dd>{value}</dd></div> })
                        .collect_view()}
                </dl>
                <p class="foot-zone">{t::foot_zone(lang)}</p>
            </div>
        </footer>
    }
}
