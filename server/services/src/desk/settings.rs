//! The settings' page: the shop's numbers, and what the configuration file says.

use super::why;
use crate::catalogue::Limits;
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::Lang;
use domain::setting::Setting;
use domain::wire::DeskHours;
use domain::wire::desk::{FixedLine, SettingLine, SettingsView};
use serde_json::json;
use store::audit::AuditKind;
use store::settings::{self, DESK_HOURS, SetNumber};
use store::{Conn, StoreError, dialect};

/// Whoever changes a number asks for this one at a time.
const ONE_CHANGE: i64 = 0x73_65_74_73;

domain::messages! {
    fn out_of_bounds(least: u32, most: u32) { ko: "{least}에서 {most} 사이의 숫자를 적어 주세요.", en: "Type a number from {least} to {most}." }
    fn turned() { ko: "상담 시작은 마감보다 빨라야 해요.", en: "The desk must open before it closes." }
    fn same() { ko: "지금 값과 같아요.", en: "That is the value it has." }
    fn changed(value: u32) { ko: "그 사이 누군가 다르게 바꿨어요(지금 {value}). 값을 보고 다시 해 주세요.", en: "Somebody changed it to {value} meanwhile. Look at the value and try again." }
    fn auto_payout() { ko: "이 금액까지 자동 입금", en: "Paid by itself up to" }
    fn rail_rest() { ko: "은행 점검 시간", en: "The rail rests" }
    fn lease() { ko: "작업 임대 시간", en: "A work's lease" }
    fn inquiries() { ko: "결과 조회 횟수", en: "Inquiries after a result" }
    fn sender() { ko: "문자 발신 번호", en: "Sender of our messages" }
    fn address() { ko: "고객 주소", en: "The shop's address" }
    fn second_factor() { ko: "직원 2단계 인증", en: "Second factor of staff" }
    fn needed() { ko: "필수", en: "required" }
    fn not_needed() { ko: "끔 (모의 환경)", en: "off (sandbox)" }
    fn seconds(n: i64) { ko: "{n}초", en: "{n} s" }
    fn times(n: u32) { ko: "{n}번", en: "{n} times" }
}

/// `1,000`, ` 30 ` and `３０` are numbers too.
fn number(typed: &str) -> Option<u32> {
    let plain = typed.chars().filter(|c| !c.is_whitespace() && *c != ',');
    let plain = plain.map(|c| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        other => other,
    });
    plain.collect::<String>().parse().ok()
}

async fn in_force(services: &Services, conn: impl Into<Conn<'_>>) -> Result<(Limits, Vec<SetNumber>), ServiceError> {
    let mut conn: Conn<'_> = conn.into();
    let hours: DeskHours = settings::get(&mut conn, DESK_HOURS).await?.unwrap_or_default();
    let set = settings::of_shop(&mut conn).await?;
    Ok((Limits::new(&services.policy, hours, &set), set))
}

/// Every number with its bounds, and what only the configuration file changes.
pub async fn settings(services: &Services, actor: &Actor) -> Result<SettingsView, ServiceError> {
    let lang = rights::staff(actor, Act::SettingsRead)?.lang;
    let (limits, set) = in_force(services, &mut services.db.read().await?).await?;
    let before = Limits::new(&services.policy, DeskHours::default(), &[]);
    let line = |setting: &Setting| {
        let number = set.iter().find(|number| number.setting == *setting);
        let (least, most) = setting.bounds();
        SettingLine {
            setting: *setting,
            value: limits.value(*setting),
            least,
            most,
            before: before.value(*setting),
            revision: number.map_or(0, |number| number.revision),
            changed_at: number.map(|number| number.updated_at),
            changed_by: number.and_then(|number| number.changed_by.clone()),
        }
    };
    Ok(SettingsView {
        lines: Setting::ALL.iter().map(line).collect(),
        fixed: fixed(services, lang),
        now: services.clock.now(),
    })
}

/// What stands in the configuration file and moves money or opens doors; nothing secret is among it.
fn fixed(services: &Services, lang: Lang) -> Vec<FixedLine> {
    let policy = &services.policy;
    let line = |name: &str, key: &str, value: String| FixedLine { name: name.to_owned(), key: key.to_owned(), value };
    let door = if policy.second_factor { needed(lang) } else { not_needed(lang) };
    vec![
        line(auto_payout(lang), "shop.auto_payout_limit", policy.auto_payout_limit.fmt(lang)),
        line(inquiries(lang), "shop.max_inquiries", times(lang, policy.max_inquiries)),
        line(lease(lang), "work.lease", seconds(lang, policy.lease.as_seconds())),
        line(sender(lang), "shop.callback_number", policy.callback_number.clone()),
        line(address(lang), "site.public_url", policy.public_url.clone()),
        line(second_factor(lang), "sandbox.enabled", door.to_owned()),
    ]
}

/// Sets a number, from now on and everywhere within a second.
///
/// Errors: [`ServiceError::Invalid`] `value`, `reason`; [`ServiceError::Conflict`] when somebody was faster.
pub async fn set(
    services: &Services,
    actor: &Actor,
    setting: &str,
    (revision, typed): (i64, &str),
    reason: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::SettingsWrite).await?;
    let lang = unit.staff()?.lang;
    let setting: Setting = setting.parse().map_err(|_| ServiceError::NotFound)?;
    let (least, most) = setting.bounds();
    let wrong = |code, words: String| ServiceError::invalid("value", code, words);
    let value = number(typed)
        .filter(|value| (least..=most).contains(value))
        .ok_or_else(|| wrong("range", out_of_bounds(lang, least, most)))?;
    let reason = why::reason(reason, lang)?;
    // One at a time: opening and closing hour are held against each other.
    dialect::advisory_lock(&mut unit.tx, ONE_CHANGE).await?;
    let (limits, set) = in_force(services, &mut unit.tx).await?;
    let before = limits.value(setting);
    let known = set.iter().find(|number| number.setting == setting).map_or(0, |number| number.revision);
    let outdated = || ServiceError::Conflict { code: "changed", message: changed(lang, before) };
    if known != revision {
        return Err(outdated());
    }
    if value == before {
        return Err(wrong("same", same(lang).to_owned()));
    }
    let (from, to) = match setting {
        Setting::DeskFrom => (value, limits.value(Setting::DeskTo)),
        Setting::DeskTo => (limits.value(Setting::DeskFrom), value),
        _ => (0, 1),
    };
    if from >= to {
        return Err(wrong("turned", turned(lang).to_owned()));
    }
    let (by, now) = (unit.staff()?.name.clone(), unit.now);
    settings::change(&mut unit.tx, setting, revision, value, &by, now).await.map_err(|error| match error {
        StoreError::Conflict { .. } => outdated(),
        other => other.into(),
    })?;
    let meta = json!({ "from": before, "to": value });
    unit.audit(AuditKind::Change, "settings.set", ("setting", setting.to_string()), Some(&reason), meta)?;
    unit.commit().await?;
    services.shelf.forget();
    Ok(())
}
