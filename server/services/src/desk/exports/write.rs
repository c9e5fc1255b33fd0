//! Writing an export: the worker's part.

use super::cells::{Cell, Cells};
use super::{MOST_ROWS, file};
use crate::desk::orders::{listed, spots};
use crate::work::is_conflict;
use crate::{ServiceError, Services};
use domain::desk::orders::{OrderFilter, words};
use domain::{ExportId, Lang};
use std::sync::{Mutex, PoisonError};
use store::exports::{self, Export, Progress};
use store::outbox::{self, Claim};
use store::{StoreError, catalog};
use tokio::sync::mpsc;

/// Rows found at a time while they are counted.
const COUNTED: usize = 2_000;
/// Rows read and opened at a time.
const READ: usize = 512;
/// How far one side may get ahead of the other.
const AHEAD: usize = 2;
/// After so many tries without an end it is given up and says so.
const TRIES: u32 = 6;

/// How a try ended before its file did.
enum Cut {
    /// Its filter can't be read, or it holds too many rows: the maker must ask for something else.
    Refused(&'static str),
    /// Somebody gave it up, or a later try has it.
    Gone,
    /// It may go better the next time.
    Failed(ServiceError),
}

impl From<ServiceError> for Cut {
    fn from(error: ServiceError) -> Self {
        if is_conflict(&error) { Self::Gone } else { Self::Failed(error) }
    }
}

impl From<StoreError> for Cut {
    fn from(error: StoreError) -> Self {
        ServiceError::from(error).into()
    }
}

/// Writes the export behind a claim.
pub(crate) async fn write(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let id = ExportId::from_bytes(claim.subject);
    let ended = match try_once(services, claim, id).await {
        Ok(()) => return Ok(()),
        Err(Cut::Refused(word)) => Some(word),
        Err(Cut::Gone) => None,
        Err(Cut::Failed(error)) if claim.attempts < TRIES => return Err(error),
        Err(Cut::Failed(error)) => {
            tracing::error!(export = %id, %error, "an export was given up");
            Some("internal")
        }
    };
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    outbox::finish(&mut tx, claim, Some(ended.unwrap_or("gone")), now).await?;
    if let Some(word) = ended {
        match exports::finish(&mut tx, id, claim.epoch, Some(word), now).await {
            Err(StoreError::Conflict { .. }) => {}
            other => other?,
        }
    }
    exports::clear(&mut tx, id, claim.epoch.saturating_add(1)).await?;
    tx.commit().await?;
    Ok(())
}

async fn try_once(services: &Services, claim: &Claim, id: ExportId) -> Result<(), Cut> {
    let mut tx = services.db.begin().await?;
    match exports::begin(&mut tx, id, claim.epoch, services.clock.now()).await {
        Err(error) => {
            tx.rollback().await?;
            return Err(error.into());
        }
        Ok(()) => tx.commit().await?,
    }
    let mut reader = services.db.read().await?;
    let export = exports::find(&mut reader, id).await?.ok_or(Cut::Gone)?;
    let brands = catalog::all(&mut reader).await?;
    drop(reader);
    let filter = OrderFilter::parse_query(&export.query, Lang::Ko).map_err(|_| Cut::Refused("filter"))?;
    let brands = brands.into_iter().map(|brand| (brand.brand, brand.info.name(export.lang).to_owned())).collect();
    let (lang, unmasked) = (export.lang, export.unmasked);
    let cells = Cells { columns: &export.columns, lang, unmasked, brands };
    let run = Run { services, claim, export: &export, at: Mutex::default() };
    run.count(&filter).await?;

    let (to_file, rows) = mpsc::channel::<Vec<Vec<Cell>>>(AHEAD);
    let (full, mut pieces) = mpsc::channel::<Vec<u8>>(AHEAD);
    let format = export.format;
    let heads: Vec<String> = export.columns.iter().map(|column| words::head(*column, lang).to_owned()).collect();
    let thread = tokio::task::spawn_blocking(move || file::write(format, &heads, rows, full));
    // When one side fails the other's channel closes, and the thread ends with it.
    let read = async {
        run.read(&filter, &cells, to_file).await?;
        Ok::<(), Cut>(())
    };
    let keep = async {
        while let Some(piece) = pieces.recv().await {
            run.keep(&piece).await?;
        }
        Ok::<(), Cut>(())
    };
    tokio::try_join!(read, keep)?;
    let written = thread.await.map_err(|_| ServiceError::Internal("the file's thread panicked".to_owned()))?;
    written.map_err(|error| ServiceError::Internal(format!("a file was not written: {error}")))?;
    run.end().await
}

/// One try.
struct Run<'a> {
    services: &'a Services,
    claim: &'a Claim,
    export: &'a Export,
    at: Mutex<Progress>,
}

impl Run<'_> {
    fn note(&self, change: impl FnOnce(&mut Progress)) -> Progress {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut at);
        *at
    }

    /// How many rows there will be, so that a person sees how long it takes.
    async fn count(&self, filter: &OrderFilter) -> Result<(), Cut> {
        let mut filter = filter.clone();
        let mut rows = 0;
        loop {
            let mut reader = self.services.db.read().await?;
            let page = spots(self.services, &mut reader, &filter, COUNTED).await?;
            drop(reader);
            rows += i64::try_from(page.spots.len()).unwrap_or(i64::MAX);
            if rows > MOST_ROWS {
                return Err(Cut::Refused("too_many"));
            }
            match page.next {
                Some(next) => filter.after = Some(next),
                None => break,
            }
            self.say(|_| {}, None).await?;
        }
        self.say(|at| at.total_rows = Some(rows), None).await
    }

    /// Reads the rows and hands them to the file.
    async fn read(
        &self,
        filter: &OrderFilter,
        cells: &Cells<'_>,
        to_file: mpsc::Sender<Vec<Vec<Cell>>>,
    ) -> Result<(), Cut> {
        let mut filter = filter.clone();
        loop {
            let mut reader = self.services.db.read().await?;
            let page = spots(self.services, &mut reader, &filter, READ).await?;
            let rows = listed(self.services, &mut reader, &page.spots).await?;
            drop(reader);
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            let batch = rows.iter().map(|row| cells.row(row)).collect();
            if to_file.send(batch).await.is_err() {
                return Err(Cut::Failed(ServiceError::Internal("the file ended early".to_owned())));
            }
            self.say(|at| at.done_rows += count, None).await?;
            match page.next {
                Some(next) => filter.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// Keeps one piece.
    async fn keep(&self, piece: &[u8]) -> Result<(), Cut> {
        let bytes = i64::try_from(piece.len()).unwrap_or(i64::MAX);
        self.say(
            |at| {
                at.bytes += bytes;
                at.chunks += 1;
            },
            Some(piece),
        )
        .await
    }

    /// Holds the claim and says how far it is, with a piece if there is one.
    async fn say(&self, change: impl FnOnce(&mut Progress), piece: Option<&[u8]>) -> Result<(), Cut> {
        let Self { services, claim, export, .. } = self;
        let now = services.clock.now();
        let mut tx = services.db.begin().await?;
        let at = self.note(change);
        let written = async {
            outbox::hold(&mut tx, claim, now, now.plus(services.policy.lease_of(claim.kind))).await?;
            exports::progress(&mut tx, export.id, claim.epoch, at).await?;
            if let Some(piece) = piece {
                exports::put_chunk(&mut tx, &services.keys, export.id, claim.epoch, at.chunks - 1, piece).await?;
            }
            Ok::<(), StoreError>(())
        };
        match written.await {
            Ok(()) => Ok(tx.commit().await?),
            Err(error) => {
                tx.rollback().await?;
                Err(error.into())
            }
        }
    }

    /// Ends it and its work together.
    async fn end(&self) -> Result<(), Cut> {
        let Self { services, claim, export, .. } = self;
        let now = services.clock.now();
        let mut tx = services.db.begin().await?;
        let at = self.note(|at| at.total_rows = Some(at.done_rows));
        exports::progress(&mut tx, export.id, claim.epoch, at).await?;
        exports::finish(&mut tx, export.id, claim.epoch, None, now).await?;
        outbox::finish(&mut tx, claim, None, now).await?;
        tx.commit().await?;
        tracing::info!(export = %export.id, rows = at.done_rows, bytes = at.bytes, "an export was written");
        Ok(())
    }
}
