//! Passing every row to the active keys, a batch at a time.
//!
//! A batch is read and sealed outside any transaction and written in a short one, together with how far the rotation is:
//! a process that is killed goes on after the last whole batch. A row is written only if it still is what was read. Rows
//! that somebody held or changed are left for the next round, and rounds go on until one of them found nothing to do, so
//! at the end every row was seen under the active keys. Between batches as much time is left to the shop as a batch took.

use super::is_taken;
use crate::work::Unit;
use crate::{ServiceError, Services};
use domain::Span;
use std::time::{Duration, Instant};
use store::outbox::{self, Claim};
use store::reseal::{self, Anew, Change, PARTS, Part, Stored};
use store::rotations::{self, Rotation, RotationState, Step, Walk};
use store::{StoreError, Tx};

/// A claim's work ends after this long; the same row goes on a second later, so that other housekeeping gets its turn.
const AT_MOST: Duration = Duration::from_secs(10);
/// The least rest between batches.
const REST: Duration = Duration::from_millis(5);
/// While somebody stopped it.
const PAUSED: Span = Span::minutes(10);

/// The first table walked through.
const HOLDS: &str = "legal_holds";

/// What came of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// There is more to do.
    More,
    /// The claim was ended or given back.
    Ended,
}

/// Goes on with the rotation behind a claim.
///
/// Transactions: one per batch. A crash between two loses nothing: the next claim goes on from the position written with
/// the last batch. Nothing is sent anywhere.
pub(crate) async fn rotate(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let began = Instant::now();
    loop {
        let step_began = Instant::now();
        if step(services, claim).await? == Stepped::Ended {
            return Ok(());
        }
        if began.elapsed() > AT_MOST {
            let soon = services.clock.now().plus(Span::seconds(1));
            return Unit::retry(services, claim, soon, "goes_on").await?.commit().await;
        }
        tokio::time::sleep(step_began.elapsed().max(REST)).await;
    }
}

/// One step: a batch of rows, the beginning of a table, or the end of a round.
pub async fn step(services: &Services, claim: &Claim) -> Result<Stepped, ServiceError> {
    let mut reader = services.db.read().await?;
    let rotation = rotations::find(&mut reader, claim.subject).await?.ok_or(ServiceError::NotFound)?;
    let walks = rotations::walks(&mut reader, rotation.id).await?;
    drop(reader);
    let later = services.clock.now().plus(PAUSED);
    match rotation.state {
        RotationState::Done | RotationState::Replaced => {
            Unit::finish(services, claim, Some(rotation.state.as_str())).await?.commit().await?;
            return Ok(Stepped::Ended);
        }
        RotationState::Paused => {
            Unit::retry(services, claim, later, "rotation_paused").await?.commit().await?;
            return Ok(Stepped::Ended);
        }
        // A process with other keys in front must not seal back.
        RotationState::Running if !is_ours(services, &rotation) => {
            Unit::retry(services, claim, later, "other_keys").await?.commit().await?;
            return Ok(Stepped::Ended);
        }
        RotationState::Running => {}
    }
    match next(&walks)? {
        Some((part, walk)) => one_batch(services, claim, &rotation, part, walk).await?,
        None if end_round(services, claim, &rotation, &walks).await? => return Ok(Stepped::Ended),
        None => {}
    }
    Ok(Stepped::More)
}

pub(super) fn is_ours(services: &Services, rotation: &Rotation) -> bool {
    use store::crypto::KeyPurpose::{Data, Lookup};
    (rotation.data_key, rotation.lookup_key) == (services.keys.active(Data), services.keys.active(Lookup))
}

/// The first table that isn't through.
fn next(walks: &[Walk]) -> Result<Option<(&'static Part, &Walk)>, ServiceError> {
    let Some(walk) = walks.iter().find(|walk| !walk.done) else { return Ok(None) };
    let part = PARTS.iter().find(|part| part.name == walk.part);
    let part = part.ok_or_else(|| ServiceError::Internal(format!("no such table to walk: {}", walk.part)))?;
    Ok(Some((part, walk)))
}

/// Holds the claim and says that the rotation goes on; `false` when somebody stopped it meanwhile.
async fn goes_on(services: &Services, tx: &mut Tx, claim: &Claim, rotation: &Rotation) -> Result<bool, StoreError> {
    let now = services.clock.now();
    outbox::hold(&mut *tx, claim, now, now.plus(services.policy.lease_of(claim.kind))).await?;
    rotations::touch(&mut *tx, rotation.id, now).await
}

async fn one_batch(
    services: &Services,
    claim: &Claim,
    rotation: &Rotation,
    part: &'static Part,
    walk: &Walk,
) -> Result<(), ServiceError> {
    if !walk.begun {
        let total = reseal::count(&mut services.db.read().await?, part).await?;
        let mut tx = services.db.begin().await?;
        if !goes_on(services, &mut tx, claim, rotation).await? {
            return Ok(tx.rollback().await?);
        }
        rotations::begin_walk(&mut tx, rotation.id, part.name, total, services.clock.now()).await?;
        return Ok(tx.commit().await?);
    }
    let rows = reseal::page(&mut services.db.read().await?, part, walk.position.as_deref()).await?;
    let last = rows.last().map(|row| row.key.clone());
    let (changes, mut step) = prepare(services, part, rows).await?;
    let position = (walk.position.as_deref(), last.as_deref());
    match write(services, claim, rotation, part, position, &changes, step).await {
        Err(ServiceError::Store(error)) if is_taken(&error) => {}
        other => return other,
    }
    // One of them is another row's already: one by one, and that one keeps its hash and is told of.
    for change in &changes {
        step = one_row(services, part, change, step).await?;
    }
    write(services, claim, rotation, part, position, &[], step).await
}

/// What must become of the rows; sealed beside the async threads, since a proof may be a big picture.
async fn prepare(
    services: &Services,
    part: &'static Part,
    rows: Vec<Stored>,
) -> Result<(Vec<(Stored, Change)>, Step), ServiceError> {
    let mut bare = Vec::new();
    let mut step = Step { seen: i64::try_from(rows.len()).unwrap_or(i64::MAX), ..Step::default() };
    let mut whole = Vec::with_capacity(rows.len());
    for mut row in rows {
        if !row.is_bare(part) {
            whole.push(row);
            continue;
        }
        let found = reseal::hold_source(&mut services.db.read().await?, &services.keys, &row).await;
        match found.and_then(|phone| phone.map(|phone| row.learn(&services.keys, part, &phone)).transpose()) {
            Ok(Some(Anew::Changed(change))) => bare.push((row, *change)),
            // Nothing of this phone is here: nothing it could keep.
            Ok(_) => {}
            Err(error) => stuck(part, &error, &mut step),
        }
    }
    let keys = services.keys.clone();
    let done = tokio::task::spawn_blocking(move || {
        whole.into_iter().map(|row| (row.anew(&keys, part), row)).collect::<Vec<_>>()
    });
    let done = done.await.map_err(|_| ServiceError::Internal("sealing anew panicked".to_owned()))?;
    let mut changes = bare;
    for (anew, row) in done {
        match anew {
            Ok(Anew::Same) => {}
            Ok(Anew::Changed(change)) => changes.push((row, *change)),
            Err(error) => stuck(part, &error, &mut step),
        }
    }
    Ok((changes, step))
}

fn stuck(part: &Part, error: &StoreError, step: &mut Step) {
    tracing::error!(table = part.name, %error, "a row can't be sealed anew");
    step.stuck += 1;
}

async fn write(
    services: &Services,
    claim: &Claim,
    rotation: &Rotation,
    part: &'static Part,
    (from, to): (Option<&[u8]>, Option<&[u8]>),
    changes: &[(Stored, Change)],
    mut step: Step,
) -> Result<(), ServiceError> {
    let mut tx = services.db.begin().await?;
    let written = async {
        if !goes_on(services, &mut tx, claim, rotation).await? {
            return Ok(false);
        }
        for (row, change) in changes {
            if reseal::write(&mut tx, part, row, change).await? {
                step.changed += 1;
            } else {
                step.skipped += 1;
            }
        }
        // A hold that somebody has in hand is waited for: whom a bare one is about is learned from rows that change after it.
        if part.name == HOLDS && step.skipped > 0 {
            return Ok(false);
        }
        rotations::move_walk(&mut tx, rotation.id, part.name, (from, to), step, services.clock.now()).await?;
        Ok::<_, StoreError>(true)
    };
    match written.await {
        Ok(true) => Ok(tx.commit().await?),
        Ok(false) => Ok(tx.rollback().await?),
        Err(error) => {
            tx.rollback().await?;
            Err(error.into())
        }
    }
}

/// One row in a transaction of its own. When its new hash is another row's, it is sealed anew with the hash it has.
async fn one_row(
    services: &Services,
    part: &'static Part,
    (row, change): &(Stored, Change),
    mut step: Step,
) -> Result<Step, ServiceError> {
    for change in [change.clone(), change.clone().without_hashes(row)] {
        if change.is_same(row) {
            return Ok(step);
        }
        let mut tx = services.db.begin().await?;
        match reseal::write(&mut tx, part, row, &change).await {
            Ok(true) => {
                tx.commit().await?;
                step.changed += 1;
                return Ok(step);
            }
            Ok(false) => {
                tx.rollback().await?;
                step.skipped += 1;
                return Ok(step);
            }
            Err(error) if is_taken(&error) => {
                tx.rollback().await?;
                stuck(part, &error, &mut step);
            }
            Err(error) => {
                tx.rollback().await?;
                return Err(error.into());
            }
        }
    }
    Ok(step)
}

/// Everything was gone through: it is done when nothing was found to do, and else begins anew. Says whether it is done.
async fn end_round(
    services: &Services,
    claim: &Claim,
    rotation: &Rotation,
    walks: &[Walk],
) -> Result<bool, ServiceError> {
    let now = services.clock.now();
    let over = walks.iter().all(|walk| walk.changed == 0 && walk.skipped == 0);
    let mut tx = services.db.begin().await?;
    if !goes_on(services, &mut tx, claim, rotation).await? {
        tx.rollback().await?;
        return Ok(false);
    }
    if over {
        rotations::finish(&mut tx, rotation.id, now).await?;
        outbox::finish(&mut tx, claim, None, now).await?;
        let stuck: i64 = walks.iter().map(|walk| walk.stuck).sum();
        tracing::info!(
            data_key = rotation.data_key,
            lookup_key = rotation.lookup_key,
            stuck,
            "everything stands under the active keys"
        );
    } else {
        rotations::next_round(&mut tx, rotation.id, now).await?;
    }
    tx.commit().await?;
    Ok(over)
}
