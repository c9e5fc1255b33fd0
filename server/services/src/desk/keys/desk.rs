//! The keys' page, and what an owner does there.

use super::walk::is_ours;
use crate::desk::why;
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::wire::desk::{KeyView, KeysView, RotationLine, RotationView};
use domain::{Lang, OutboxKind, Span, Timestamp};
use serde_json::json;
use store::audit::AuditKind;
use store::crypto::KeyPurpose;
use store::keys::{self, KeyState, KnownKey};
use store::reseal::{self, Lapse, PARTS};
use store::rotations::{self, Rotation, RotationState, Walk};
use store::{Conn, StoreError, outbox};

/// How long what can't be made anew is asked for: a month of tries to sign in and of orders by device.
const MONTH: Span = Span::days(32);

domain::messages! {
    fn nothing_old() { ko: "옛 키가 없어요. 먼저 새 키를 키 파일 맨 앞에 넣고 프로그램을 다시 시작하세요.", en: "There is no older key. Put a new one in front of the key file and start the program anew first." }
    fn under_way() { ko: "이미 교체가 진행 중이에요.", en: "A rotation is under way already." }
    fn changed() { ko: "그 사이 누군가 바꿨어요. 지금 상태를 보고 다시 해 주세요.", en: "Somebody changed it meanwhile. Look at where it stands and try again." }
    fn still_needed() { ko: "아직 이 키가 필요한 자료가 있어요.", en: "Something still needs this key." }
    fn not_passed() { ko: "모든 자료를 새 키로 옮긴 뒤에 내려놓을 수 있어요", en: "a rotation must have been through everything" }
    fn rows_stuck(count: i64) { ko: "옮기지 못한 자료 {count}건", en: "{count} rows that could not be passed on" }
    fn exports_left(count: i64) { ko: "내보낸 파일 조각 {count}개 (하루 안에 없어져요)", en: "{count} pieces of exports (gone within a day)" }
    fn codes_left(count: i64) { ko: "오늘 보낸 인증번호 {count}건", en: "{count} codes of today" }
    fn inquiries_left(count: i64) { ko: "하루 안의 문의 {count}건", en: "{count} inquiries of the last day" }
    fn sign_ins_left(count: i64) { ko: "한 달 안의 로그인 기록 {count}건", en: "{count} sign-ins of the last month" }
    fn devices_left(count: i64) { ko: "한 달 안의 기기 기록 {count}건", en: "{count} orders by device of the last month" }
    fn recovery_left(count: i64) { ko: "쓰지 않은 복구 코드 {count}개 (주인이 새로 만들 때까지)", en: "{count} unused recovery codes (until their owners make new ones)" }
    fn blocks_left(count: i64) { ko: "차단된 기기 {count}개 (끝나거나 풀 때까지)", en: "{count} blocked devices (until they end or are lifted)" }
}

/// A count, in words.
type Words = fn(Lang, i64) -> String;

/// What still needs an older key, in words; nothing when it may be retired.
async fn needs(
    services: &Services,
    conn: impl Into<Conn<'_>>,
    key: &KnownKey,
    newest: Option<&(Rotation, Vec<Walk>)>,
    lang: Lang,
) -> Result<Vec<String>, ServiceError> {
    let mut conn: Conn<'_> = conn.into();
    let Some((rotation, walks)) =
        newest.filter(|(rotation, _)| rotation.state == RotationState::Done && is_ours(services, rotation))
    else {
        return Ok(vec![not_passed(lang).to_owned()]);
    };
    let mut found = Vec::new();
    let stuck: i64 = walks.iter().map(|walk| walk.stuck).sum();
    if stuck > 0 {
        found.push(rows_stuck(lang, stuck));
    }
    let (now, since) = (services.clock.now(), rotation.began_at);
    let asked: &[(Lapse, Timestamp, Words)] = match key.purpose {
        KeyPurpose::Data => &[(Lapse::Exports(key.id), now, exports_left)],
        KeyPurpose::Lookup => &[
            (Lapse::Codes, now.kst_day_start(), codes_left),
            (Lapse::Inquiries, now.minus(Span::days(1)), inquiries_left),
            (Lapse::SignIns, now.minus(MONTH), sign_ins_left),
            (Lapse::Devices, now.minus(MONTH), devices_left),
            (Lapse::Blocks, now, blocks_left),
            (Lapse::Recovery, now, recovery_left),
        ],
    };
    for (lapse, horizon, words) in asked {
        let count = reseal::lapsing(&mut conn, *lapse, since, *horizon).await?;
        if count > 0 {
            found.push(words(lang, count));
        }
    }
    Ok(found)
}

async fn newest(conn: impl Into<Conn<'_>>) -> Result<Option<(Rotation, Vec<Walk>)>, ServiceError> {
    let mut conn: Conn<'_> = conn.into();
    let Some(rotation) = rotations::newest(&mut conn).await? else { return Ok(None) };
    let walks = rotations::walks(&mut conn, rotation.id).await?;
    Ok(Some((rotation, walks)))
}

/// Every key by its number, and how far a rotation is.
pub async fn keys(services: &Services, actor: &Actor) -> Result<KeysView, ServiceError> {
    let lang = rights::staff(actor, Act::KeysRead)?.lang;
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let known = keys::all(&mut reader).await?;
    let newest = newest(&mut reader).await?;
    let mut views = Vec::with_capacity(known.len());
    for key in &known {
        let needed_by = match key.state {
            KeyState::Retiring => needs(services, &mut reader, key, newest.as_ref(), lang).await?,
            KeyState::Active | KeyState::Retired => Vec::new(),
        };
        views.push(KeyView {
            purpose: key.purpose.as_str().to_owned(),
            number: key.id,
            state: key.state.as_str().to_owned(),
            given_at: key.created_at,
            retired_at: key.retired_at,
            given: services.keys.numbers(key.purpose).contains(&key.id),
            free: key.state == KeyState::Retiring && needed_by.is_empty(),
            needed_by,
        });
    }
    drop(reader);
    let old = known.iter().any(|key| key.state == KeyState::Retiring);
    let through = |walks: &[Walk]| walks.iter().all(|walk| walk.stuck == 0);
    let settled = newest.as_ref().is_some_and(|(rotation, walks)| {
        let done = rotation.state == RotationState::Done && is_ours(services, rotation);
        is_open(services, rotation) || (done && through(walks))
    });
    Ok(KeysView {
        keys: views,
        rotation: newest.map(|(rotation, walks)| view(rotation, &walks)),
        may_begin: old && !settled,
        now,
    })
}

/// Under way, and to the keys that are active now.
fn is_open(services: &Services, rotation: &Rotation) -> bool {
    matches!(rotation.state, RotationState::Running | RotationState::Paused) && is_ours(services, rotation)
}

fn view(rotation: Rotation, walks: &[Walk]) -> RotationView {
    let whole: i64 = walks.iter().map(share).sum();
    let parts = i64::try_from(walks.len().max(1)).unwrap_or(i64::MAX);
    RotationView {
        id: hex::encode(rotation.id),
        revision: rotation.revision,
        data_key: rotation.data_key,
        lookup_key: rotation.lookup_key,
        state: rotation.state.as_str().to_owned(),
        round: rotation.round,
        by: rotation.actor,
        reason: rotation.reason,
        began_at: rotation.began_at,
        updated_at: rotation.updated_at,
        finished_at: rotation.finished_at,
        percent: u8::try_from(whole / parts).unwrap_or(100).min(100),
        stuck: walks.iter().map(|walk| walk.stuck).sum(),
        lines: walks
            .iter()
            .map(|walk| RotationLine {
                table: walk.part.clone(),
                total: walk.total,
                seen: walk.seen,
                changed: walk.changed,
                stuck: walk.stuck,
                done: walk.done,
            })
            .collect(),
    }
}

/// How far a table is, in percent.
fn share(walk: &Walk) -> i64 {
    match walk.total {
        _ if walk.done => 100,
        Some(total) if total > 0 => (walk.seen.saturating_mul(100) / total).min(99),
        _ => 0,
    }
}

/// Begins to pass everything to the active keys.
///
/// Errors: [`ServiceError::Conflict`] `nothing_old`, `under_way`.
pub async fn begin(services: &Services, actor: &Actor, reason: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::KeysRotate).await?;
    let lang = unit.staff()?.lang;
    let reason = why::reason(reason, lang)?;
    let refuse = |code, words: &str| Err(ServiceError::Conflict { code, message: words.to_owned() });
    if !keys::all(&mut unit.tx).await?.iter().any(|key| key.state == KeyState::Retiring) {
        return refuse("nothing_old", nothing_old(lang));
    }
    if rotations::newest(&mut unit.tx).await?.is_some_and(|rotation| is_open(services, &rotation)) {
        return refuse("under_way", under_way(lang));
    }
    let now = unit.now;
    let id = services.chance.id(now);
    let new = Rotation {
        id,
        data_key: services.keys.active(KeyPurpose::Data),
        lookup_key: services.keys.active(KeyPurpose::Lookup),
        state: RotationState::Running,
        round: 1,
        revision: 1,
        actor: unit.staff()?.name.clone(),
        reason: reason.clone(),
        began_at: now,
        updated_at: now,
        finished_at: None,
    };
    let parts: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
    rotations::begin(&mut unit.tx, &new, &parts).await.map_err(|error| match error {
        StoreError::Unique { .. } => ServiceError::Conflict { code: "under_way", message: under_way(lang).to_owned() },
        other => other.into(),
    })?;
    unit.enqueue(OutboxKind::RotateKeys, id, hex::encode(id), now);
    let meta = json!({ "data_key": new.data_key, "lookup_key": new.lookup_key });
    unit.audit(AuditKind::Change, "keys.rotate", ("key_rotation", hex::encode(id)), Some(&reason), meta)?;
    unit.commit().await
}

async fn set(
    services: &Services,
    actor: &Actor,
    revision: i64,
    (from, to): (RotationState, RotationState),
    (action, reason): (&str, &str),
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::KeysRotate).await?;
    let lang = unit.staff()?.lang;
    let reason = why::reason(reason, lang)?;
    let conflict = || ServiceError::Conflict { code: "changed", message: changed(lang).to_owned() };
    let rotation = rotations::newest(&mut unit.tx).await?.filter(|newest| newest.state == from).ok_or_else(conflict)?;
    let now = unit.now;
    rotations::set_state(&mut unit.tx, (rotation.id, revision), to, now).await.map_err(|error| match error {
        StoreError::Conflict { .. } => conflict(),
        other => other.into(),
    })?;
    if to == RotationState::Running {
        outbox::hasten(&mut unit.tx, &[rotation.id], now).await?;
    }
    unit.audit(AuditKind::Change, action, ("key_rotation", hex::encode(rotation.id)), Some(&reason), json!({}))?;
    unit.commit().await?;
    services.wake.notify_waiters();
    Ok(())
}

/// Stops it after the batch under way.
pub async fn pause(services: &Services, actor: &Actor, revision: i64, reason: &str) -> Result<(), ServiceError> {
    set(services, actor, revision, (RotationState::Running, RotationState::Paused), ("keys.pause", reason)).await
}

/// Lets it go on.
pub async fn resume(services: &Services, actor: &Actor, revision: i64, reason: &str) -> Result<(), ServiceError> {
    set(services, actor, revision, (RotationState::Paused, RotationState::Running), ("keys.resume", reason)).await
}

/// Says that nothing needs an older key any more. From then on the program starts without it, and whoever keeps the keys
/// takes it out of the source.
///
/// Errors: [`ServiceError::Conflict`] `needed`, naming what needs it.
pub async fn retire(
    services: &Services,
    actor: &Actor,
    (purpose, number): (&str, u16),
    reason: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::KeysRotate).await?;
    let lang = unit.staff()?.lang;
    let reason = why::reason(reason, lang)?;
    let known = keys::all(&mut unit.tx).await?;
    let key = known.iter().find(|key| key.purpose.as_str() == purpose && key.id == number);
    let key = key.ok_or(ServiceError::NotFound)?;
    if key.state != KeyState::Retiring {
        return Err(ServiceError::Conflict { code: "changed", message: changed(lang).to_owned() });
    }
    let newest = newest(&mut unit.tx).await?;
    let needed = needs(services, &mut unit.tx, key, newest.as_ref(), lang).await?;
    if !needed.is_empty() {
        let message = format!("{} {}", still_needed(lang), needed.join(", "));
        return Err(ServiceError::Conflict { code: "needed", message });
    }
    let now = unit.now;
    let moved = keys::set_state(&mut unit.tx, key.purpose, number, KeyState::Retiring, KeyState::Retired, now).await;
    moved.map_err(|error| match error {
        StoreError::Conflict { .. } => ServiceError::Conflict { code: "changed", message: changed(lang).to_owned() },
        other => other.into(),
    })?;
    let meta = json!({ "purpose": purpose, "number": number });
    unit.audit(AuditKind::Change, "keys.retire", ("key", format!("{purpose}-{number}")), Some(&reason), meta)?;
    unit.commit().await
}
