//! What every page of the desk has around it: the rail of desks, the head, the words said once.

use super::bits::Notices;
use crate::components::{Glyph, Icon, Logo, in_title, trouble_text};
use crate::desk::{may, staff};
use crate::error::status;
use crate::ssr::{lang, set_status};
use crate::text as t;
use domain::Lang;
use domain::wire::AppError;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;
use services::rights::Act;

/// A place in the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Start,
    Orders,
    Manual,
    Risk,
    Inquiries,
    Catalogue,
    Rates,
    Content,
    Documents,
    Customers,
    Exports,
    Privacy,
    Audit,
    Users,
    Keys,
    Jobs,
    Health,
    Settings,
    /// One's own account; no place in the rail.
    Me,
}

impl Place {
    /// Where it is.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Start => "/desk",
            Self::Orders => "/desk/orders",
            Self::Manual => "/desk/manual",
            Self::Risk => "/desk/risk",
            Self::Inquiries => "/desk/inquiries",
            Self::Catalogue => "/desk/brands",
            Self::Rates => "/desk/rates",
            Self::Content => "/desk/content",
            Self::Documents => "/desk/documents",
            Self::Customers => "/desk/customers",
            Self::Exports => "/desk/exports",
            Self::Privacy => "/desk/privacy",
            Self::Audit => "/desk/audit",
            Self::Users => "/desk/users",
            Self::Keys => "/desk/keys",
            Self::Jobs => "/desk/jobs",
            Self::Health => "/desk/health",
            Self::Settings => "/desk/settings",
            Self::Me => "/desk/me",
        }
    }

    /// What opens it.
    pub const fn act(self) -> Act {
        match self {
            Self::Me => Act::Desk,
            Self::Start => Act::Dashboard,
            Self::Orders => Act::OrdersRead,
            Self::Manual => Act::ManualDesk,
            Self::Risk => Act::RiskRead,
            Self::Inquiries => Act::Inquiries,
            Self::Catalogue | Self::Rates => Act::CatalogueRead,
            Self::Content | Self::Documents => Act::ContentRead,
            Self::Customers => Act::CustomerOpen,
            Self::Exports => Act::OrdersExport,
            Self::Privacy => Act::PrivacyReview,
            Self::Audit => Act::AuditRead,
            Self::Users => Act::UsersRead,
            Self::Keys => Act::KeysRead,
            Self::Jobs => Act::JobsRead,
            Self::Health => Act::HealthRead,
            Self::Settings => Act::SettingsRead,
        }
    }

    /// Its name.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Start => t::place_start(lang),
            Self::Orders => t::place_orders(lang),
            Self::Manual => t::place_manual(lang),
            Self::Risk => t::place_risk(lang),
            Self::Inquiries => t::place_inquiries(lang),
            Self::Catalogue => t::place_catalogue(lang),
            Self::Rates => t::place_rates(lang),
            Self::Content => t::place_content(lang),
            Self::Documents => t::place_documents(lang),
            Self::Customers => t::place_customers(lang),
            Self::Exports => t::place_exports(lang),
            Self::Privacy => t::place_privacy(lang),
            Self::Audit => t::place_audit(lang),
            Self::Users => t::place_users(lang),
            Self::Keys => t::place_keys(lang),
            Self::Jobs => t::place_jobs(lang),
            Self::Health => t::place_health(lang),
            Self::Settings => t::place_settings(lang),
            Self::Me => t::me_title(lang),
        }
    }
}

/// A group of the rail: its name and its places.
type Group = (fn(Lang) -> &'static str, &'static [Place]);

/// The rail: what works, in groups. A desk that isn't finished has no place here.
const RAIL: &[Group] = &[
    (t::group_work, &[Place::Start, Place::Orders, Place::Manual, Place::Risk, Place::Inquiries, Place::Exports]),
    (t::group_shop, &[Place::Catalogue, Place::Rates, Place::Content, Place::Documents]),
    (t::group_people, &[Place::Customers, Place::Privacy, Place::Audit]),
    (t::group_system, &[Place::Users, Place::Keys, Place::Jobs, Place::Health, Place::Settings]),
];

/// Where, its name, and what opens it.
type Within = (&'static str, fn(Lang) -> &'static str, Act);

/// Pages within a desk that have a name of their own in the palette.
const WITHIN: [Within; 4] = [
    ("/desk/risk/blocks", t::block_title, Act::RiskRead),
    ("/desk/risk/rules", t::rules_title, Act::RiskRead),
    ("/desk/fees", t::sd_fees, Act::CatalogueRead),
    ("/desk/content?kind=faq", t::sd_faq, Act::ContentRead),
];

/// Where this person begins.
pub fn first_place() -> Place {
    RAIL.iter().flat_map(|(_, places)| places.iter().copied()).find(|place| may(place.act())).unwrap_or(Place::Me)
}

/// A page of the desk.
#[component]
pub fn Desk(
    #[prop(into)] title: String,
    here: Place,
    /// As wide as the window: a table.
    #[prop(optional)]
    wide: bool,
    /// Stands beside the title.
    #[prop(optional)]
    aside: Option<Children>,
    children: Children,
) -> impl IntoView {
    let lang = lang();
    let body = if wide { "desk-main desk-wide" } else { "desk-main" };
    view! {
        <Title text=in_title(&format!("{title} · {}", t::desk_name(lang)))/>
        <Meta name="robots" content="noindex"/>
        <a class="skip" href="#main">{t::skip_to_content(lang)}</a>
        <div class="desk">
            <Rail here lang/>
            <div class="desk-page">
                <Head lang/>
                <main id="main" tabindex="-1" class=body>
                    <div class="desk-title">
                        <h1>{title}</h1>
                        {aside.map(|aside| view! { <div class="desk-aside">{aside()}</div> })}
                    </div>
                    <Notices lang/>
                    {children()}
                </main>
            </div>
        </div>
        <Palette lang/>
    }
}

#[component]
fn Rail(here: Place, lang: Lang) -> impl IntoView {
    let group = move |(name, places): &Group| {
        let open: Vec<Place> = places.iter().copied().filter(|place| may(place.act())).collect();
        let name = name(lang);
        (!open.is_empty()).then(|| {
            view! {
                <li class="rail-group">
                    <span class="rail-head">{name}</span>
                    <ul>{open.into_iter().map(|place| entry(place, here, lang)).collect_view()}</ul>
                </li>
            }
        })
    };
    view! {
        <nav class="rail" aria-label=t::desk_nav(lang)>
            <a class="brandmark" href="/desk">
                <Logo/>
                <span>{t::desk_name(lang)}</span>
            </a>
            <details class="rail-fold">
                <summary class="btn">{t::desk_menu(lang)}</summary>
                <ul class="rail-list">{RAIL.iter().map(group).collect_view()}</ul>
            </details>
        </nav>
    }
}

fn entry(place: Place, here: Place, lang: Lang) -> impl IntoView {
    let current = (place == here).then_some("page");
    view! {
        <li>
            <a class="rail-link" href=place.path() aria-current=current data-place=place.path()>
                <span>{place.name(lang)}</span>
                <span class="rail-count" data-count=place.path() hidden></span>
            </a>
        </li>
    }
}

#[component]
fn Head(lang: Lang) -> impl IntoView {
    let me = staff();
    let paused: Vec<&str> = use_context::<services::Services>()
        .map(|services| services.watch.paused().into_iter().map(|lane| t::lane_word(lane, lang)).collect())
        .unwrap_or_default();
    let sandbox = use_context::<services::Services>().is_some_and(|services| services.policy.sandbox);
    let tag = lang.pick("en", "ko");
    // What is filtered stays filtered in the other language.
    let mut asked = use_query_map().get_untracked();
    asked.remove("lang");
    asked.insert("lang", tag.to_owned());
    let other = asked.to_query_string();
    view! {
        <header class="desk-head">
            {(!paused.is_empty())
                .then(|| {
                    let words = t::desk_paused(lang, &paused.join(", "));
                    view! { <span class="chip tone-bad" role="status">{words}</span> }
                })}
            {sandbox.then(|| view! { <span class="chip tone-you">{t::desk_sandbox(lang)}</span> })}
            <button class="btn desk-go only-js" type="button" data-palette-open="">
                {t::desk_palette(lang)}
                <kbd>"Ctrl K"</kbd>
            </button>
            <span class="desk-space"></span>
            <a class="head-link" href=other hreflang=tag lang=tag aria-label=t::other_lang_name(lang) rel="nofollow">
                {t::other_lang(lang)}
            </a>
            <button class="icon-btn theme-btn only-js" type="button" data-theme-toggle="" aria-label=t::theme(lang)>
                <Icon glyph=Glyph::Moon class="icon icon-light"/>
                <Icon glyph=Glyph::Sun class="icon icon-dark"/>
            </button>
            {me.map(|me| {
                view! {
                    <a class="head-link desk-me" href="/desk/me">{me.name}</a>
                    <form method="post" action="/desk/fn/access/leave">
                        <button class="btn btn-quiet" type="submit">{t::desk_sign_out(lang)}</button>
                    </form>
                }
            })}
        </header>
    }
}

/// The command palette: every place this person may go, and an order by its code. Filled on the server, found by script.
#[component]
fn Palette(lang: Lang) -> impl IntoView {
    let places = RAIL.iter().flat_map(|(_, places)| places.iter().copied()).chain([Place::Me]);
    let places = places.map(|place| (place.path(), place.name(lang), place.act()));
    let open = places.chain(WITHIN.map(|(path, name, act)| (path, name(lang), act))).filter(|(_, _, act)| may(*act));
    view! {
        <dialog class="palette" data-palette="" aria-label=t::desk_palette(lang)>
            <input
                class="input"
                type="text"
                data-palette-input=""
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                autocomplete="off"
                spellcheck="false"
                placeholder=t::desk_palette_hint(lang)
                aria-label=t::desk_palette_hint(lang)
            />
            <ul id="palette-list" role="listbox" aria-label=t::desk_palette(lang) data-order-label=t::desk_palette_order(lang)>
                {open
                    .enumerate()
                    .map(|(at, (path, name, _))| {
                        view! { <li role="option" id=format!("palette-{at}") data-href=path>{name}</li> }
                    })
                    .collect_view()}
            </ul>
            <p class="palette-empty small muted" hidden>{t::desk_palette_empty(lang)}</p>
            <p class="small muted">{t::desk_keys_help(lang)}</p>
        </dialog>
    }
}

/// A page before the desk: sign-in, codes, invitation.
#[component]
pub fn Door(#[prop(into)] title: String, #[prop(optional, into)] lead: String, children: Children) -> impl IntoView {
    let lang = lang();
    let (other, tag) = match lang {
        Lang::Ko => ("?lang=en", "en"),
        Lang::En => ("?lang=ko", "ko"),
    };
    view! {
        <Title text=in_title(&format!("{title} · {}", t::desk_name(lang)))/>
        <Meta name="robots" content="noindex"/>
        <main id="main" class="door">
            <div class="door-card">
                <p class="brandmark">
                    <Logo/>
                    <span>{t::desk_name(lang)}</span>
                </p>
                <h1 class="page-title">{title}</h1>
                {(!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> })}
                <Notices lang/>
                {children()}
            </div>
            <p class="small muted">
                <a class="link" href="/">{t::to_shop(lang)}</a>
                " · "
                <a class="link" href=other hreflang=tag lang=tag rel="nofollow">{t::other_lang_name(lang)}</a>
            </p>
        </main>
    }
}

/// The desk's page of an error. Another role's page and one that doesn't exist are the same page.
#[component]
pub fn DeskProblem(error: AppError) -> impl IntoView {
    let lang = lang();
    set_status(status(&error));
    let (title, help) = match &error {
        AppError::NotFound => (t::desk_not_found(lang), t::desk_not_found_body(lang).to_owned()),
        AppError::Internal { reference } => {
            (t::failed_title(lang), format!("{} {}: {reference}", t::failed_body(lang), t::reference(lang)))
        }
        AppError::Busy { .. } => (t::busy_title(lang), trouble_text(&error, lang)),
        other => (t::errors_title(lang), trouble_text(other, lang)),
    };
    let glyph = if error == AppError::NotFound { Glyph::Question } else { Glyph::Alert };
    view! {
        <Desk title here=Place::Me>
            <div class="empty">
                <Icon glyph/>
                <p>{help}</p>
                <p class="picks"><a class="btn btn-main" href="/desk">{t::desk_to_start(lang)}</a></p>
            </div>
        </Desk>
    }
}
