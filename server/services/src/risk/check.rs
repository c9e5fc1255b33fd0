//! Asking TheCheat whether an order's phone or account is reported.
//!
//! Why: a voucher that was stolen is not given back by its issuer, so this must be known before anything is redeemed.
//! The question changes nothing there and may be repeated; no intent is written. It is asked beside the verification,
//! and the gate before redeeming waits for its answer. Transactions: the claim before; answers, judgement and the claim's
//! end after; the calls between them.
//! Failure before or after a call, nonsense, an answer about somebody else: asked again, [`TRIES`] times in all; then the
//! order is held with the flag `check_failed`, for what we don't know is no reason to pay. Crash: the next claim asks
//! again, and until then the gate waits, also when a person let the order go on. What is found afterwards was not known to
//! that person: a report takes the word back, and so does no answer.

use super::{Stop, book_in_force, hold, hold_reason, main_cause, rows};
use crate::failpoint::failpoint;
use crate::order::{account_of, phone_of};
use crate::work::{Called, Unit};
use crate::{ServiceError, Services};
use domain::risk::{Asked, Outside, RiskLane, RuleBook, Subject, judge};
use domain::{OrderId, OrderState};
use gateway_thecheat::{Keyword, Outcome, Report};
use serde_json::json;
use store::calls;
use store::orders;
use store::outbox::Claim;
use store::risk::{self, Judgement};

/// So many rounds without an answer hold the order.
const TRIES: usize = 3;
const PARTY: &str = "thecheat";

pub(crate) async fn check(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let id = OrderId::from_bytes(claim.subject);
    let mut reader = services.db.read().await?;
    let order = orders::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    let due = risk::standing(&mut reader, id).await?.is_some_and(|one| one.judgement.asked == Asked::Due);
    let book = book_in_force(&mut reader).await?;
    let asked_before = calls::of_subject(&mut reader, claim.subject).await?;
    drop(reader);
    if !due || matches!(order.state, OrderState::Cancelled | OrderState::Rejected | OrderState::Paid) {
        return Unit::finish(services, claim, Some("decided")).await?.commit().await;
    }
    let failed_before = asked_before.iter().filter(|call| call.party == PARTY && call.outcome != "accepted").count();

    let (phone, account) = (phone_of(services, &order)?, account_of(services, &order)?);
    let keywords = [
        (Subject::Phone, Keyword::Phone(phone.expose())),
        (Subject::Account, Keyword::Account { bank_code: &order.bank_code, number: account.expose() }),
    ];
    let (mut called, mut reported, mut failed) = (Vec::new(), Vec::new(), None);
    failpoint!("check_risk.before_call");
    for (subject, keyword) in keywords {
        let started_at = services.clock.now();
        let outcome = match &services.cheat {
            Some(cheat) => cheat.search(keyword, services.chance.bytes()).await,
            // Switched off since: nobody can answer any more, and that is no answer.
            None => Outcome::not_sent("switched_off"),
        };
        let code = outcome.code().map(ToOwned::to_owned);
        let (word, answer) = match outcome {
            Outcome::Accepted(report) => ("accepted", Ok(report)),
            Outcome::Rejected(_) => ("rejected", Err(())),
            Outcome::NotSent { .. } => ("not_sent", Err(())),
            Outcome::Unknown { .. } => ("unknown", Err(())),
        };
        called.push(Called {
            party: PARTY,
            operation: "search",
            reference: subject.as_str().to_owned(),
            subject: claim.subject,
            outcome: word,
            code: code.clone().or_else(|| matches!(answer, Ok(Report::Caution)).then(|| "caution".to_owned())),
            started_at,
        });
        match answer {
            Ok(Report::Caution) => reported.push(subject),
            Ok(Report::Clean) => {}
            Err(()) => {
                failed = Some(code.unwrap_or_else(|| word.to_owned()));
                break;
            }
        }
    }
    failpoint!("check_risk.after_call");
    let outside = match (&failed, reported.is_empty()) {
        // One report is enough, whatever became of the other question.
        (_, false) => Outside::Hit(reported),
        (None, true) => Outside::Clean,
        (Some(code), true) if failed_before + 1 < TRIES => {
            tracing::warn!(order = %id, code, "TheCheat gave no answer that could be believed; it is asked again");
            let again = services.clock.now().plus(services.policy.risk_check_pause);
            let mut unit = Unit::retry(services, claim, again, "no_answer").await?;
            for call in called {
                unit.call(call);
            }
            return unit.commit().await;
        }
        (Some(code), true) => {
            tracing::error!(order = %id, code, "TheCheat gave no answer; the order is held for a person");
            Outside::Failed
        }
    };

    let mut unit = Unit::finish(services, claim, None).await?;
    unit.take(id).await?;
    for call in called {
        unit.call(call);
    }
    let Some(standing) = risk::standing(&mut unit.tx, id).await? else { return Err(ServiceError::NotFound) };
    let before = standing.judgement;
    let unknown_then = matches!(outside, Outside::Hit(_) | Outside::Failed);
    let mut facts = before.facts.clone().ok_or_else(|| ServiceError::Internal(format!("order {id} has no facts")))?;
    facts.outside = outside;
    let (version, verdict) = match &book {
        Some(book) => (Some(book.version), judge(&facts, &book.book)),
        None => {
            facts.missing = Some("book".to_owned());
            (None, judge(&facts, &RuleBook::usual()))
        }
    };
    let now = unit.now;
    let judgement = Judgement {
        // What was found before is not unfound by this answer.
        lane: before.lane.max(verdict.lane),
        asked: if facts.outside == Outside::Failed { Asked::Failed } else { Asked::Done },
        score: before.score.max(verdict.score),
        book_version: version,
        facts: Some(facts),
        judged_at: now,
    };
    risk::judge_again(&mut unit.tx, id, &judgement, unknown_then).await?;
    let flags = rows(services, &verdict.flags, now);
    risk::insert_many(&mut unit.tx, &flags.iter().map(|flag| (id, flag)).collect::<Vec<_>>()).await?;
    unit.event(None, "risk_checked".to_owned(), json!({ "lane": judgement.lane, "score": judgement.score }))?;
    let cleared = standing.cleared_at.is_some() && !unknown_then;
    if judgement.lane == RiskLane::Hold && !cleared {
        hold(
            &mut unit,
            Stop { reason: hold_reason(main_cause(&verdict.flags)), by: "look_up".to_owned(), note: None },
        )?;
    }
    unit.touch()?;
    failpoint!("check_risk.before_commit");
    unit.commit().await
}
