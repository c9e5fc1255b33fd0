//! Notices, FAQ, guide and documents: written by staff as Markdown, sanitised on save and again by the use case.

use super::landing_parts::notice_line;
use crate::components::{Empty, Fold, Glyph};
use crate::pages::{Frame, load};
use crate::text as t;
use domain::Lang;
use domain::wire::Article;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Notices shown at once.
const NOTICES: usize = 50;

/// `/notices`.
#[component]
pub fn NoticesPage() -> impl IntoView {
    load(
        |cx| async move {
            let lang = cx.lang();
            let lines =
                services::content::notices(&cx.services, lang, NOTICES).await.map_err(|error| cx.refuse(error))?;
            Ok((lines, lang))
        },
        |(lines, lang)| {
            let none = lines.is_empty();
            view! {
                <Frame title=t::notices_title(lang)>
                    <div class="col main stack">
                        <h1 class="page-title">{t::notices_title(lang)}</h1>
                        {none.then(|| view! { <Empty glyph=Glyph::Mail title=t::notices_none(lang)/> })}
                        {(!none).then(|| view! {
                            <ul class="card card-tight">{lines.into_iter().map(|line| notice_line(line, lang)).collect_view()}</ul>
                        })}
                    </div>
                </Frame>
            }
        },
    )
}

/// `/notices/{slug}`.
#[component]
pub fn NoticePage() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("slug")).unwrap_or_default();
    load(
        |cx| async move {
            let article =
                services::content::notice(&cx.services, cx.lang(), &slug).await.map_err(|error| cx.refuse(error))?;
            Ok((article, cx.lang()))
        },
        |(article, lang)| {
            view! {
                <Frame title=article.title.clone()>
                    <article class="col main stack">
                        <header>
                            <h1 class="page-title">{article.title}</h1>
                            <p class="lead"><time datetime=article.published_at.rfc3339()>{article.published_at.kst_full_date(lang)}</time></p>
                        </header>
                        <div class="prose" inner_html=article.html></div>
                        <p><a class="btn" href="/notices">{t::back_to_list(lang)}</a></p>
                    </article>
                </Frame>
            }
        },
    )
}

/// `/faq`.
#[component]
pub fn FaqPage() -> impl IntoView {
    load(
        |cx| async move {
            let entries = services::content::faq(&cx.services, cx.lang()).await.map_err(|error| cx.refuse(error))?;
            Ok((entries, cx.lang()))
        },
        |(entries, lang)| {
            let none = entries.is_empty();
            let folds = entries
                .into_iter()
                .map(|entry| view! { <Fold title=entry.title><div class="prose" inner_html=entry.html></div></Fold> })
                .collect_view();
            view! {
                <Frame title=t::faq_title(lang)>
                    <div class="col main stack">
                        <h1 class="page-title">{t::faq_title(lang)}</h1>
                        {none.then(|| view! { <Empty glyph=Glyph::Question title=t::faq_none(lang)/> })}
                        {(!none).then(|| view! { <div class="card card-tight">{folds}</div> })}
                        <p><a class="btn" href="/inquiry">{t::nav_inquiry(lang)}</a></p>
                    </div>
                </Frame>
            }
        },
    )
}

/// `/guide`.
#[component]
pub fn GuidePage() -> impl IntoView {
    document_page("guide")
}

/// `/terms`.
#[component]
pub fn TermsPage() -> impl IntoView {
    document_page("terms")
}

/// `/privacy`.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    document_page("privacy")
}

fn document_page(kind: &'static str) -> impl IntoView {
    load(
        move |cx| async move {
            let article =
                services::content::document(&cx.services, cx.lang(), kind).await.map_err(|error| cx.refuse(error))?;
            Ok((article, cx.lang()))
        },
        move |(article, lang)| document(article, kind, lang),
    )
}

fn document(article: Article, kind: &str, lang: Lang) -> impl IntoView {
    // The guide explains and binds nobody: instead of a version it has the way on.
    let guide = kind == "guide";
    let line = format!(
        "{} {} · {} {}",
        t::document_version(lang),
        article.version,
        t::document_from(lang),
        article.published_at.kst_full_date(lang)
    );
    view! {
        <Frame title=article.title.clone()>
            <article class="col main stack">
                <header>
                    <h1 class="page-title">{article.title}</h1>
                    {(!guide).then(|| view! { <p class="lead small">{line}</p> })}
                </header>
                <div class="prose" inner_html=article.html></div>
                {guide.then(|| view! { <p><a class="btn btn-main" href="/sell">{t::nav_sell(lang)}</a></p> })}
            </article>
        </Frame>
    }
}
