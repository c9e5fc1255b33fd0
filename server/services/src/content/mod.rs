//! Notices, FAQ and legal documents as sanitised HTML.

mod markdown;

pub(crate) use markdown::{refused_links, to_html};

use crate::catalogue::{notice_lines, shelf};
use crate::{ServiceError, Services};
use domain::Lang;
use domain::wire::{Article, NoticeLine};
use store::announcements::Announcement;

/// Published notices, newest first, at most `limit`. At most one second old.
pub async fn notices(services: &Services, lang: Lang, limit: usize) -> Result<Vec<NoticeLine>, ServiceError> {
    Ok(notice_lines(&*shelf(services).await?, lang, limit))
}

/// One published notice. [`ServiceError::NotFound`] for an unknown or unpublished one.
pub async fn notice(services: &Services, lang: Lang, slug: &str) -> Result<Article, ServiceError> {
    let shelf = shelf(services).await?;
    let found = shelf.notices.iter().find(|notice| notice.slug == slug).ok_or(ServiceError::NotFound)?;
    Ok(article(found, lang))
}

/// All published FAQ entries in their order. At most one second old.
pub async fn faq(services: &Services, lang: Lang) -> Result<Vec<Article>, ServiceError> {
    Ok(shelf(services).await?.faq.iter().map(|entry| article(entry, lang)).collect())
}

/// The document in force now: `terms`, `privacy`, `consent_terms`, … [`ServiceError::NotFound`] for other kinds.
pub async fn document(services: &Services, lang: Lang, kind: &str) -> Result<Article, ServiceError> {
    let shelf = shelf(services).await?;
    let document = shelf.document(kind).ok_or(ServiceError::NotFound)?;
    Ok(Article {
        slug: document.kind.clone(),
        title: document.title.get(lang).to_owned(),
        html: to_html(document.body.get(lang)),
        published_at: document.effective_from,
        version: document.version,
    })
}

fn article(entry: &Announcement, lang: Lang) -> Article {
    Article {
        slug: entry.slug.clone(),
        title: entry.title.get(lang).to_owned(),
        html: to_html(entry.body.get(lang)),
        published_at: entry.published_at.unwrap_or_default(),
        version: 1,
    }
}
