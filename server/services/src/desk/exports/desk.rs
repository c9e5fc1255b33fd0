//! What staff do with exports: ask, look, fetch, give up.

use super::{Asked, ask, cancel};
use crate::desk::why;
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, Staff};
use domain::desk::orders::{OrderFilter, parse_columns};
use domain::wire::FieldError;
use domain::wire::desk::ExportRow;
use domain::{ExportFormat, ExportId, ExportState, Lang};
use serde_json::json;
use store::audit::AuditKind;
use store::exports::{self, Export};
use store::order_views;

domain::messages! {
    /// The format.
    fn format_unknown() { ko: "CSV나 XLSX 가운데 골라 주세요.", en: "Choose CSV or XLSX." }
    fn error_too_many() {
        ko: "50만 행이 넘어요. 기간을 나눠서 다시 만들어 주세요.",
        en: "More than 500,000 rows. Split the days and ask again."
    }
    fn error_filter() {
        ko: "필터를 읽을 수 없어요. 목록에서 다시 만들어 주세요.",
        en: "The filter can’t be read. Ask again from the list."
    }
    fn error_other() {
        ko: "여러 번 시도했지만 만들지 못했어요. 담당자가 볼 수 있게 기록했어요.",
        en: "It failed several times. It is on record for somebody to look at."
    }
}

/// Exports shown.
const SHOWN: u32 = 50;

/// The form as posted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The filter, as in the address.
    pub query: String,
    /// `csv` or `xlsx`.
    pub format: String,
    /// With people as they are.
    pub unmasked: bool,
    /// Why.
    pub reason: String,
}

/// Asks for a file of the list, in the columns the person sees.
///
/// Errors: [`ServiceError::Invalid`] by field; [`ServiceError::StepUp`] for people as they are; a conflict when enough are
/// being made.
pub async fn request(services: &Services, actor: &Actor, wanted: &Wanted) -> Result<ExportId, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, act_for(wanted.unmasked)).await?;
    let Staff { user, lang, .. } = *unit.staff()?;
    let reason = why::reason(&wanted.reason, lang)?;
    let format: ExportFormat =
        wanted.format.parse().map_err(|_| ServiceError::invalid("format", "unknown", format_unknown(lang)))?;
    let filter = OrderFilter::parse_query(&wanted.query, lang).map_err(|problems| {
        let field = |problem: domain::desk::orders::FilterProblem| FieldError {
            field: problem.field.to_owned(),
            code: problem.code.to_owned(),
            message: problem.message,
        };
        ServiceError::Invalid(problems.into_iter().map(field).collect())
    })?;
    let columns = order_views::columns(&mut unit.tx, user).await?;
    let columns =
        columns.unwrap_or_else(|| parse_columns(domain::desk::orders::Column::USUAL.iter().map(|c| c.as_str())));
    let meta = json!({
        "format": format.as_str(), "unmasked": wanted.unmasked, "filter": filter.lasting().query(),
        "columns": columns.iter().map(|column| column.as_str()).collect::<Vec<_>>(),
    });
    let asked = Asked { user, filter, columns, format, lang, unmasked: wanted.unmasked, reason: reason.clone() };
    let id = ask(services, &mut unit.tx, asked).await?;
    unit.audit(AuditKind::Change, "export.request", ("export", id.to_string()), Some(&reason), meta)?;
    unit.commit().await?;
    services.wake.notify_waiters();
    Ok(id)
}

pub(super) const fn act_for(unmasked: bool) -> Act {
    if unmasked { Act::OrdersExportClear } else { Act::OrdersExport }
}

/// One's own exports, the newest first.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<ExportRow>, ServiceError> {
    let staff = rights::staff(actor, Act::OrdersExport)?;
    let mut reader = services.db.read().await?;
    let found = exports::of_user(&mut reader, staff.user, SHOWN).await?;
    let now = services.clock.now();
    Ok(found.into_iter().map(|export| row(export, now, staff.lang)).collect())
}

fn row(export: Export, now: domain::Timestamp, lang: Lang) -> ExportRow {
    let over = export.state == ExportState::Done && now >= export.expires_at;
    ExportRow {
        id: export.id.to_string(),
        format: export.format,
        // Whom somebody looked for stays in the file's request, not on a page.
        query: OrderFilter::parse_query(&export.query, lang).map(|filter| filter.lasting().query()).unwrap_or_default(),
        unmasked: export.unmasked,
        reason: export.reason,
        state: if over { ExportState::Expired } else { export.state },
        total_rows: export.total_rows,
        done_rows: export.done_rows,
        bytes: export.bytes,
        error: export.error.map(|word| {
            match word.as_str() {
                "too_many" => error_too_many(lang),
                "filter" => error_filter(lang),
                _ => error_other(lang),
            }
            .to_owned()
        }),
        created_at: export.created_at,
        finished_at: export.finished_at,
        expires_at: export.expires_at,
    }
}

/// A finished file of one's own, about to be fetched: the books say so before the first piece goes out.
///
/// Errors: [`ServiceError::NotFound`] for everybody but its maker, and when it isn't done or gone; [`ServiceError::StepUp`]
/// when it holds people as they are.
pub async fn fetch(services: &Services, actor: &Actor, id: &str) -> Result<Export, ServiceError> {
    let staff = rights::staff(actor, Act::OrdersExport)?;
    let id: ExportId = id.parse().map_err(|_| ServiceError::NotFound)?;
    let mut reader = services.db.read().await?;
    let found = exports::find(&mut reader, id).await?;
    drop(reader);
    let mine = |export: &Export| export.user_id == staff.user && export.state == ExportState::Done;
    let export = found.filter(|export| mine(export) && services.clock.now() < export.expires_at);
    let export = export.ok_or(ServiceError::NotFound)?;
    let mut unit = Unit::of_staff(services, actor, act_for(export.unmasked)).await?;
    let meta = json!({ "rows": export.done_rows, "unmasked": export.unmasked, "format": export.format.as_str() });
    unit.audit(AuditKind::View, "export.fetch", ("export", id.to_string()), Some(&export.reason), meta)?;
    unit.commit().await?;
    Ok(export)
}

/// Gives one's own export up.
pub async fn give_up(services: &Services, actor: &Actor, id: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::OrdersExport).await?;
    let Staff { user, lang, .. } = *unit.staff()?;
    let id: ExportId = id.parse().map_err(|_| ServiceError::NotFound)?;
    cancel(services, &mut unit.tx, user, id, lang).await?;
    unit.audit(AuditKind::Change, "export.cancel", ("export", id.to_string()), None, json!({}))?;
    unit.commit().await
}
