//! The book of rules: drafted by one, tried on the last month, put into force by another.
//!
//! Transaction: one for each change. Publishing retires the book in force and puts the draft in its place; both rows are
//! guarded by the state they were seen in, and a unique index lets one book be in force, so of two people publishing at
//! once one is told that it changed. A draft made from an older book is refused: it would undo what came between.

use super::{bad_book, guarded, outdated, own_draft, stale};
use crate::desk::why;
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, Staff};
use domain::risk::{Cause, RiskLane, RuleBook, judge};
use domain::wire::desk::{BookView, DryRunView, TriedView};
use domain::{BookId, OrderId, OrderState, Span};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use store::audit::AuditKind;
use store::risk;
use store::risk_books::{self, Book, BookState, NewBook};

/// Versions shown.
const SHOWN: u32 = 50;
/// Over which time a book is tried.
const TRIED_OVER: Span = Span::days(30);
/// Orders read at once, and the longest a try may take; what wasn't looked at by then is said.
const PAGE: u32 = 1_000;
const LONGEST: Duration = Duration::from_secs(5);

/// The newest versions, newest first.
pub async fn books(services: &Services, actor: &Actor) -> Result<Vec<BookView>, ServiceError> {
    let staff = rights::staff(actor, Act::RiskRead)?;
    let mut reader = services.db.read().await?;
    let in_force = risk_books::in_force(&mut reader).await?.map(|book| book.new.version);
    let found = risk_books::page(&mut reader, i64::MAX, SHOWN).await?;
    Ok(found.into_iter().map(|book| view(book, in_force, staff)).collect())
}

/// One version.
pub async fn book(services: &Services, actor: &Actor, version: i64) -> Result<BookView, ServiceError> {
    let staff = rights::staff(actor, Act::RiskRead)?;
    let mut reader = services.db.read().await?;
    let in_force = risk_books::in_force(&mut reader).await?.map(|book| book.new.version);
    let found = risk_books::find(&mut reader, version).await?.ok_or(ServiceError::NotFound)?;
    Ok(view(found, in_force, staff))
}

fn view(book: Book, in_force: Option<i64>, staff: &Staff) -> BookView {
    let Book { new, decided_by, decided_at, .. } = book;
    BookView {
        can_publish: new.state == BookState::Draft
            && new.based_on == in_force
            && new.author_id != Some(staff.user)
            && rights::may(staff, Act::RiskPublish),
        version: new.version,
        state: new.state.as_str().to_owned(),
        based_on: new.based_on,
        book: new.book,
        author: new.author,
        reason: new.reason,
        created_at: new.created_at,
        decided_by,
        decided_at,
    }
}

fn sound(book: &RuleBook, actor: &Actor) -> Result<(), ServiceError> {
    book.check()
        .map_err(|problem| ServiceError::invalid("book", "unsound", format!("{} ({problem})", bad_book(actor.lang()))))
}

/// Writes a draft made from `based_on`, and gives its number.
///
/// Errors: [`ServiceError::Invalid`] `book`, `reason`; [`ServiceError::Conflict`] `outdated`, `changed`.
pub async fn draft(
    services: &Services,
    actor: &Actor,
    based_on: i64,
    book: RuleBook,
    reason: &str,
) -> Result<i64, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::RiskDraft).await?;
    let (lang, now) = (actor.lang(), unit.now);
    sound(&book, actor)?;
    let reason = why::reason(reason, lang)?;
    if risk_books::in_force(&mut unit.tx).await?.is_none_or(|current| current.new.version != based_on) {
        return Err(ServiceError::Conflict { code: "outdated", message: outdated(lang).to_owned() });
    }
    let version = risk_books::newest(&mut unit.tx).await? + 1;
    let new = NewBook {
        id: BookId::from_bytes(services.chance.id(now)),
        version,
        state: BookState::Draft,
        based_on: Some(based_on),
        book,
        author: unit.staff()?.name.clone(),
        author_id: Some(unit.staff()?.user),
        reason,
        created_at: now,
    };
    if !risk_books::insert(&mut unit.tx, &new).await? {
        return Err(stale(lang));
    }
    let meta = json!({ "based_on": based_on });
    unit.audit(AuditKind::Change, "risk.draft", ("risk_book", version.to_string()), Some(&new.reason), meta)?;
    unit.commit().await?;
    Ok(version)
}

/// Puts another person's draft into force; orders are judged by it a tenth of a second later.
///
/// Errors: [`ServiceError::StepUp`]; [`ServiceError::Conflict`] `own_draft`, `outdated`, `changed`.
pub async fn publish(services: &Services, actor: &Actor, version: i64) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::RiskPublish).await?;
    let (lang, now) = (actor.lang(), unit.now);
    let conflict = |code, message: &str| ServiceError::Conflict { code, message: message.to_owned() };
    let found = risk_books::find(&mut unit.tx, version).await?.ok_or(ServiceError::NotFound)?;
    let (by, name) = (unit.staff()?.user, unit.staff()?.name.clone());
    if found.new.state != BookState::Draft {
        return Err(stale(lang));
    }
    if found.new.author_id.is_none_or(|author| author == by) {
        return Err(conflict("own_draft", own_draft(lang)));
    }
    let before = risk_books::in_force(&mut unit.tx).await?.map(|book| book.new.version);
    if before != found.new.based_on {
        return Err(conflict("outdated", outdated(lang)));
    }
    if let Some(before) = before {
        guarded(risk_books::decide(&mut unit.tx, before, BookState::InForce, BookState::Retired, None).await, lang)?;
    }
    let decided = Some((name.as_str(), by, now));
    guarded(risk_books::decide(&mut unit.tx, version, BookState::Draft, BookState::InForce, decided).await, lang)?;
    let meta = json!({ "replaces": before });
    unit.audit(AuditKind::Change, "risk.publish", ("risk_book", version.to_string()), Some(&found.new.reason), meta)?;
    unit.commit().await
}

/// Takes a draft from the table; its author or anybody else who drafts.
pub async fn withdraw(services: &Services, actor: &Actor, version: i64) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::RiskDraft).await?;
    let (lang, now) = (actor.lang(), unit.now);
    risk_books::find(&mut unit.tx, version).await?.ok_or(ServiceError::NotFound)?;
    let (by, name) = (unit.staff()?.user, unit.staff()?.name.clone());
    let decided = Some((name.as_str(), by, now));
    guarded(risk_books::decide(&mut unit.tx, version, BookState::Draft, BookState::Withdrawn, decided).await, lang)?;
    unit.audit(AuditKind::Change, "risk.withdraw", ("risk_book", version.to_string()), None, json!({}))?;
    unit.commit().await
}

/// What this book would have done to the orders of the last thirty days, by what was known of each when it was judged.
/// Reads only; ends by itself.
pub async fn dry_run(services: &Services, actor: &Actor, book: &RuleBook) -> Result<DryRunView, ServiceError> {
    rights::staff(actor, Act::RiskRead)?;
    sound(book, actor)?;
    let now = services.clock.now();
    let (since, began) = (now.minus(TRIED_OVER), Instant::now());
    let mut before = (now.plus(Span::days(1)), OrderId::from_bytes([0; 16]));
    let mut told = DryRunView {
        orders: 0,
        since: None,
        complete: true,
        held: TriedView::default(),
        reviewed: TriedView::default(),
        held_then: 0,
        reviewed_then: 0,
        causes: Vec::new(),
    };
    let mut causes: BTreeMap<Cause, u32> = BTreeMap::new();
    loop {
        let mut reader = services.db.read().await?;
        let page = risk::judged_page(&mut reader, since, before, PAGE).await?;
        drop(reader);
        let Some(last) = page.last() else { break };
        before = (last.created_at, last.order);
        for judged in &page {
            // Older than the rules: nothing is known of it.
            let Some(facts) = &judged.facts else { continue };
            told.orders += 1;
            told.since = Some(judged.created_at);
            told.held_then += u32::from(judged.lane == RiskLane::Hold);
            told.reviewed_then += u32::from(judged.lane == RiskLane::Review);
            let verdict = judge(facts, book);
            for flag in &verdict.flags {
                *causes.entry(flag.cause).or_default() += 1;
            }
            let tried = match verdict.lane {
                RiskLane::Auto => continue,
                RiskLane::Review => &mut told.reviewed,
                RiskLane::Hold => &mut told.held,
            };
            tried.orders += 1;
            tried.paid += u32::from(judged.state == OrderState::Paid);
            tried.rejected += u32::from(judged.state == OrderState::Rejected);
        }
        if began.elapsed() > LONGEST {
            told.complete = false;
            break;
        }
    }
    told.causes = causes.into_iter().collect();
    told.causes.sort_by_key(|(cause, count)| (std::cmp::Reverse(*count), *cause));
    Ok(told)
}
