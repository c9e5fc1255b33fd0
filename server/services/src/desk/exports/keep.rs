//! Asking for a file, fetching it, giving it up.

use super::MOST_AT_ONCE;
use super::desk::act_for;
use crate::desk::access::still_may;
use crate::{Actor, ServiceError, Services};
use domain::desk::orders::{Column, OrderFilter};
use domain::{ExportFormat, ExportId, ExportState, Lang, OutboxId, OutboxKind, Span, UserId};
use store::exports::{self, Export, NewExport};
use store::outbox::{self, Work};
use store::{StoreError, Tx};

domain::messages! {
    /// Enough at once.
    fn too_many() {
        ko: "만들고 있는 파일이 이미 3개 있어요. 끝나면 다시 눌러 주세요.",
        en: "Three of your files are still being made. Try again when one is done."
    }
    /// Nothing more to do.
    fn ended() {
        ko: "이 파일은 이미 끝났거나 없어졌어요. 목록을 새로고침해 주세요.",
        en: "This file is already done or gone. Reload the list."
    }
}

/// A file is kept so long.
const KEEP: Span = Span::days(1);

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who asks, and who alone may have it.
    pub user: UserId,
    /// Which rows.
    pub filter: OrderFilter,
    /// Which columns.
    pub columns: Vec<Column>,
    /// CSV or XLSX.
    pub format: ExportFormat,
    /// The language of its words.
    pub lang: Lang,
    /// With people as they are: whoever calls has looked for the right and a fresh second factor.
    pub unmasked: bool,
    /// Why.
    pub reason: String,
}

/// Writes it down, with the work, in the caller's transaction: the books get their line in the same one.
pub async fn ask(services: &Services, tx: &mut Tx, asked: Asked) -> Result<ExportId, ServiceError> {
    let now = services.clock.now();
    if exports::open_of_user(&mut *tx, asked.user, now.minus(KEEP)).await? >= MOST_AT_ONCE {
        let message = too_many(asked.lang).to_owned();
        return Err(ServiceError::Conflict { code: "too_many_exports", message });
    }
    let id = ExportId::from_bytes(services.chance.id(now));
    let new = NewExport {
        id,
        user_id: asked.user,
        format: asked.format,
        query: OrderFilter { after: None, ..asked.filter }.query(),
        columns: asked.columns,
        lang: asked.lang,
        unmasked: asked.unmasked,
        reason: asked.reason,
        created_at: now,
        expires_at: now.plus(KEEP),
    };
    exports::insert(&mut *tx, &new).await?;
    let work = Work {
        id: OutboxId::from_bytes(services.chance.id(now)),
        kind: OutboxKind::WriteExport,
        subject: id.bytes(),
        unique_key: hex::encode(id.bytes()),
        run_at: now,
    };
    outbox::enqueue(tx, &[work], now).await?;
    Ok(id)
}

/// Gives it up, in the caller's transaction.
pub async fn cancel(
    services: &Services,
    tx: &mut Tx,
    user: UserId,
    id: ExportId,
    lang: Lang,
) -> Result<(), ServiceError> {
    match exports::cancel(&mut *tx, id, user, services.clock.now()).await {
        Err(StoreError::Conflict { .. }) => {
            Err(ServiceError::Conflict { code: "export_ended", message: ended(lang).to_owned() })
        }
        other => {
            other?;
            exports::clear(tx, id, i64::MAX).await?;
            Ok(())
        }
    }
}

/// One piece of a finished file. Whoever calls has seen that it is the caller's own, and written the fetching into the books
/// before the first. That its maker may still have it is asked before each: a session that ends in the middle gets no more.
///
/// Errors: [`ServiceError::NotFound`] when it isn't done, its time is over, or the right is gone;
/// [`ServiceError::SignedOut`].
pub async fn piece(services: &Services, actor: &Actor, export: &Export, seq: i64) -> Result<Vec<u8>, ServiceError> {
    still_may(services, actor, act_for(export.unmasked)).await?;
    if export.state != ExportState::Done || services.clock.now() >= export.expires_at {
        return Err(ServiceError::NotFound);
    }
    let mut reader = services.db.read().await?;
    match exports::chunk(&mut reader, &services.keys, export.id, export.attempt, seq).await {
        Err(StoreError::NotFound) => Err(ServiceError::NotFound),
        other => Ok(other?),
    }
}

/// Takes away the files whose time is over, at most `limit`, and says how many went.
pub async fn remove_expired(services: &Services, limit: u32) -> Result<u64, ServiceError> {
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let over = exports::expired(&mut reader, now, limit).await?;
    drop(reader);
    let mut gone = 0;
    for id in over {
        // One by one: a file's pieces are many megabytes.
        let mut tx = services.db.begin().await?;
        gone += u64::from(exports::expire(&mut tx, id, now).await?);
        tx.commit().await?;
    }
    Ok(gone)
}
