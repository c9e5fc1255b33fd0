//! The month's look at who read whose data.

use super::retention::dry_run;
use crate::desk::audit::words::action_word;
use crate::desk::why;
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::wire::desk::{PrivacyView, ReviewView, ViewsLine};
use domain::{KstDate, Timestamp};
use serde_json::json;
use store::audit::AuditKind;
use store::people::{self, Review, Views};
use store::users;

/// Reviews shown.
const REVIEWS: u32 = 24;

domain::messages! {
    fn not_over() { ko: "아직 끝나지 않은 달이에요. 다음 달에 점검해 주세요.", en: "That month isn’t over. Review it next month." }
}

/// A month of Korea, `2026-11`: its first moment and the next month's.
pub fn month_of(text: &str) -> Option<(Timestamp, Timestamp)> {
    let (year, month) = text.split_once('-')?;
    let (year, month): (i64, u8) = (year.parse().ok()?, month.parse().ok()?);
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month.checked_add(1)?) };
    Some((KstDate::from_ymd(year, month, 1)?.start(), KstDate::from_ymd(next_year, next_month, 1)?.start()))
}

fn month_text(at: Timestamp) -> String {
    let day = at.kst_day();
    format!("{:04}-{:02}", day.year(), day.month())
}

/// Who read what in this month (`2026-11`; the running one when it makes no sense), the reviews, and what retention
/// would erase.
pub async fn privacy(services: &Services, actor: &Actor, month: &str) -> Result<PrivacyView, ServiceError> {
    let staff = rights::staff(actor, Act::PrivacyReview)?;
    let now = services.clock.now();
    let shown = month_of(month).map_or_else(|| month_text(now), |(from, _)| month_text(from));
    let (from, until) = month_of(&shown).ok_or(ServiceError::NotFound)?;
    let mut reader = services.db.read().await?;
    let views = people::views(&mut reader, from, until).await?;
    let reviews = people::reviews(&mut reader, REVIEWS).await?;
    let all = users::list(&mut reader).await?;
    drop(reader);
    let named = |id: &str| {
        let found = all.iter().find(|user| user.id.to_string() == id);
        found.map_or_else(|| id.to_owned(), |user| format!("{} ({})", user.name, user.login))
    };
    let login = |views: &Views| all.iter().find(|user| user.id == views.user).map(|user| user.login.clone());
    Ok(PrivacyView {
        before: month_text(from.minus(domain::Span::days(1))),
        after: (until <= now).then(|| month_text(until)),
        over: until <= now,
        month: shown,
        lines: views
            .iter()
            .map(|views| ViewsLine {
                who: named(&views.user.to_string()),
                login: login(views).unwrap_or_default(),
                kind: views.kind.clone(),
                what: action_word(&views.action, staff.lang).to_owned(),
                action: views.action.clone(),
                lines: views.lines,
                targets: views.targets,
                bare: views.bare,
            })
            .collect(),
        first_day: from.kst_day().to_string(),
        last_day: until.minus(domain::Span::seconds(1)).kst_day().to_string(),
        reviews: reviews
            .iter()
            .map(|review| ReviewView {
                month: review.month.clone(),
                who: named(&review.actor),
                note: review.note.clone(),
                views: review.views,
                at: Timestamp::from_micros(review.created_at),
            })
            .collect(),
        retention: dry_run(services, staff.lang).await?,
        now,
    })
}

/// Notes that a month was looked over, and what was found.
///
/// Errors: [`ServiceError::Invalid`] without a note; [`ServiceError::Conflict`] for a month that isn't over.
pub async fn sign_off(services: &Services, actor: &Actor, month: &str, note: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::PrivacyReview).await?;
    let (lang, who) = (unit.staff()?.lang, unit.staff()?.actor());
    let note = why::reason(note, lang)?;
    let (from, until) = month_of(month).ok_or(ServiceError::NotFound)?;
    if until > unit.now {
        return Err(ServiceError::Conflict { code: "not_over", message: not_over(lang).to_owned() });
    }
    let views = people::views(&mut unit.tx, from, until).await?.iter().map(|views| views.lines).sum();
    let review = Review { month: month_text(from), actor: who, note, views, created_at: unit.now.micros() };
    let id = services.chance.id(unit.now);
    people::insert_review(&mut unit.tx, id, &review).await?;
    let target = ("privacy_month", review.month.clone());
    unit.audit(AuditKind::Change, "privacy.review", target, Some(&review.note), json!({ "views": views }))?;
    unit.commit().await
}
