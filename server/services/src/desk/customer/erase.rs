//! Erasing a person as far as the rules allow, and keeping one from being erased.

use super::Person;
use crate::desk::keys;
use crate::desk::privacy::RULES;
use crate::desk::why;
use crate::message;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::{KstDate, Lang, MessageKind, Span};
use serde_json::json;
use store::audit::AuditKind;
use store::people::{self, Before, Closed, Hold};
use store::retention::Kept;

domain::messages! {
    fn is_held() { ko: "법적 보존 조치가 걸려 있어 지울 수 없어요. 먼저 보존 조치를 풀어 주세요.", en: "A legal hold keeps this person. Lift it first." }
    fn under_way(count: usize) { ko: "진행 중인 주문이 {count}건 있어요. 끝난 뒤에 지울 수 있어요.", en: "{count} orders are still under way. Erase when they have ended." }
    fn messages_under_way(count: usize) { ko: "보내는 중인 문자가 {count}건 있어요. 다 나간 뒤에 지울 수 있어요.", en: "{count} messages are still being sent. Erase when they have gone out." }
    fn rotating() { ko: "조회 키를 바꾸는 중이에요. 끝난 뒤에 다시 해 주세요.", en: "Lookup keys are being rotated. Try again when that is done." }
    fn end_wrong() { ko: "끝나는 날을 오늘보다 뒤, 10년 안으로 골라 주세요.", en: "Choose an end after today, within ten years." }
    fn already_lifted() { ko: "이미 끝난 보존 조치예요.", en: "That hold has ended already." }
    fn already_answered() { ko: "이미 처리한 요청이에요.", en: "That request was answered already." }
    fn told_done() { ko: "처리했어요.", en: "Done." }
}

/// Takes the person out of every look-up and erases what no rule keeps; what the law keeps stays sealed until its own
/// time is over. Says what was done, as the log does: numbers, no data.
///
/// Errors: [`ServiceError::Conflict`] while a legal hold is in force, an order or a message is under way, or keys are rotated.
pub async fn erase(services: &Services, actor: &Actor, token: &str, reason: &str) -> Result<Closed, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::CustomerErase).await?;
    let lang = unit.staff()?.lang;
    let reason = why::reason(reason, lang)?;
    let person = Person::of(services, unit.staff()?, token)?;
    let phones = person.phones(services);
    let now = unit.now;
    let refused = |code, message: String| Err(ServiceError::Conflict { code, message });
    if !keys::settled(services, &mut unit.tx).await? {
        return refused("rotating", rotating(lang).to_owned());
    }
    crate::shop::one_at_a_time(&mut unit.tx, &[phones[0]]).await?;
    if people::holds(&mut unit.tx, &phones).await?.iter().any(|hold| hold.holds(now)) {
        return refused("held", is_held(lang).to_owned());
    }
    let states = people::lock_orders(&mut unit.tx, &phones).await?;
    let open = states.iter().filter(|state| !matches!(state.as_str(), "paid" | "rejected" | "cancelled")).count();
    if open > 0 {
        return refused("under_way", under_way(lang, open));
    }
    let sending = people::lock_messages(&mut unit.tx, &phones).await?;
    let sending = sending.into_iter().filter(|stand| message::is_under_way(*stand, now)).count();
    if sending > 0 {
        return refused("messages_under_way", messages_under_way(lang, sending));
    }
    let rule = RULES.iter().find(|rule| rule.kept == Kept::Vouchers);
    let before = Before {
        vouchers: now.minus(rule.map_or(Span::days(180), |rule| rule.at_least)),
        codes: now.minus(message::worth(MessageKind::Otp)),
        messages: now.minus(message::worth(MessageKind::Accepted)),
    };
    // The wish is answered with the erasing; afterwards nobody finds it by the phone.
    for request in people::requests_of(&mut unit.tx, &phones).await? {
        if request.kind == "erase" && request.state == "open" {
            let who = unit.staff()?.actor();
            people::close_request(&mut unit.tx, request.id, ("done", told_done(Lang::Ko)), &who, now).await?;
        }
    }
    let closed = people::close(&mut unit.tx, &services.keys, &phones, services.chance.bytes(), before, now).await?;
    let told = json!({
        "orders_closed": closed.orders, "vouchers_erased": closed.vouchers, "messages_erased": closed.messages,
        "inquiries_closed": closed.inquiries,
    });
    unit.audit(AuditKind::Change, "customer.erase", person.target(services), Some(&reason), told)?;
    unit.commit().await?;
    Ok(closed)
}

/// Keeps a person's data until a day (`2027-05-31`, included), whatever the rules say.
///
/// Errors: [`ServiceError::Busy`] where this process lacks a key that is in use.
pub async fn hold(
    services: &Services,
    actor: &Actor,
    token: &str,
    until: &str,
    reason: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::CustomerErase).await?;
    let lang = unit.staff()?.lang;
    let reason = why::reason(reason, lang)?;
    let person = Person::of(services, unit.staff()?, token)?;
    let (now, longest) = (unit.now, unit.now.plus(Span::days(3_653)));
    let ends_at = KstDate::parse_yyyymmdd(&until.trim().replace('-', ""))
        .map(|day| day.plus_days(1).start())
        .filter(|end| *end > now && *end <= longest)
        .ok_or_else(|| ServiceError::invalid("until", "range", end_wrong(lang)))?;
    let actor = unit.staff()?.actor();
    // Under the old key alone a hold would keep nothing.
    keys::in_step(services, &mut unit.tx, lang).await?;
    let phone = services.keys.phone_hash(&person.phone);
    // Erasing and holding the same person take turns.
    crate::shop::one_at_a_time(&mut unit.tx, &[phone]).await?;
    let id = services.chance.id(now);
    let hold = Hold { id, reason: reason.clone(), actor, created_at: now, ends_at, lifted_at: None };
    let sealed = services.keys.seal(people::HOLDS, "phone_enc", id, person.phone.expose().as_bytes())?;
    people::insert_hold(&mut unit.tx, &hold, (&phone, &sealed)).await?;
    let meta = json!({ "until": ends_at.rfc3339() });
    unit.audit(AuditKind::Change, "customer.hold", person.target(services), Some(&reason), meta)?;
    unit.commit().await
}

/// Ends a hold before its day.
pub async fn lift(services: &Services, actor: &Actor, token: &str, id: &str, reason: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::CustomerErase).await?;
    let lang = unit.staff()?.lang;
    let reason = why::reason(reason, lang)?;
    let person = Person::of(services, unit.staff()?, token)?;
    let phones = person.phones(services);
    let holds = people::holds(&mut unit.tx, &phones).await?;
    let own = holds.iter().find(|hold| hex::encode(hold.id) == id).ok_or(ServiceError::NotFound)?;
    let (who, now) = (unit.staff()?.actor(), unit.now);
    people::lift_hold(&mut unit.tx, own.id, &who, now).await.map_err(|error| match error {
        store::StoreError::Conflict { .. } => {
            ServiceError::Conflict { code: "lifted", message: already_lifted(lang).to_owned() }
        }
        other => other.into(),
    })?;
    unit.audit(AuditKind::Change, "customer.lift_hold", person.target(services), Some(&reason), json!({}))?;
    unit.commit().await
}

/// Answers a person's wish with words: done, or refused and why.
pub async fn answer_request(
    services: &Services,
    actor: &Actor,
    id: &str,
    done: bool,
    note: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::CustomerErase).await?;
    let lang = unit.staff()?.lang;
    let note = why::reason(note, lang)?;
    let mut bytes = [0; 16];
    hex::decode_to_slice(id, &mut bytes).map_err(|_| ServiceError::NotFound)?;
    people::request(&mut unit.tx, bytes).await?.ok_or(ServiceError::NotFound)?;
    let (who, now) = (unit.staff()?.actor(), unit.now);
    let state = if done { "done" } else { "refused" };
    people::close_request(&mut unit.tx, bytes, (state, &note), &who, now).await.map_err(|error| match error {
        store::StoreError::Conflict { .. } => {
            ServiceError::Conflict { code: "answered", message: already_answered(lang).to_owned() }
        }
        other => other.into(),
    })?;
    let meta = json!({ "answer": state });
    unit.audit(AuditKind::Change, "customer.answer", ("person_request", id.to_owned()), Some(&note), meta)?;
    unit.commit().await
}
