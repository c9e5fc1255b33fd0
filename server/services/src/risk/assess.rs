//! Judging orders in the transaction that writes them.
//!
//! Why inside: a limit is "count, then insert". Two orders of one phone at once would both count before the other is
//! there, so each transaction first takes a lock on every phone, account and device in it ([`lock_subjects`]), before
//! anything else, in one order over all transactions, and counts after. On SQLite there is one writer anyway. Orders of
//! one subject are never written in one transaction ([`Candidate::shares`]), so that each sees the one before it.
//! What it costs: one statement for the locks (PostgreSQL only), one each for phones, accounts and devices, one for the
//! block list, and one each for phones and accounts nobody was paid under within 31 days; for all orders of the
//! transaction together.
//! A book that can't be read holds every order; a database that can't be read takes none.

use crate::order::Asked;
use crate::shop::address_hashes;
use crate::{ServiceError, Services};
use domain::risk::{
    Asked as LookUp, Facts, HolderFact, Outside, Past, RiskLane, RuleBook, Subject, Verdict, Windows, judge,
};
use domain::wire::HolderCheck;
use domain::{Timestamp, Won};
use std::sync::Arc;
use store::db::Reader;
use store::quotes::FrozenQuote;
use store::risk::{self, Judgement, PastRow};
use store::{StoreError, Tx, blocks, dialect, risk_books};

/// The book orders are judged by.
#[derive(Debug)]
pub(crate) struct BookInForce {
    pub version: i64,
    pub book: RuleBook,
}

/// Reads it. One that makes no sense is none, and said loudly: orders are held until somebody mends it.
pub(crate) async fn book_in_force(reader: &mut Reader) -> Result<Option<Arc<BookInForce>>, StoreError> {
    match risk_books::in_force(reader).await {
        Ok(Some(book)) => Ok(Some(Arc::new(BookInForce { version: book.new.version, book: book.new.book }))),
        Ok(None) => {
            tracing::error!("no book of risk rules is in force; every order is held");
            Ok(None)
        }
        Err(error @ StoreError::Corrupt { .. }) => {
            tracing::error!(%error, "the book of risk rules can't be read; every order is held");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What the rules look at in an order that is about to be written. Hashes are under every valid lookup key, the active
/// one first.
pub(super) type Hashes = [[u8; 32]; 2];

/// An order before it is judged.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub phone: Hashes,
    pub account: Hashes,
    pub device: Option<Hashes>,
    pub address: Hashes,
    amount: Won,
    pins: u32,
    same_name: bool,
    holder: HolderFact,
    book: Option<Arc<BookInForce>>,
    outside: Outside,
}

impl Candidate {
    /// What is known before the database is asked.
    pub fn new(services: &Services, asked: &Asked, quote: &FrozenQuote, book: Option<Arc<BookInForce>>) -> Self {
        let (keys, submission) = (&services.keys, &asked.submission);
        Self {
            phone: submission.phone_hmacs,
            account: keys.account_hashes(&submission.bank_code, &submission.account),
            device: asked.device.as_deref().map(|device| keys.hmac_all("device", device.as_bytes())),
            address: address_hashes(services, &asked.address),
            amount: quote.quote.net,
            pins: u32::try_from(submission.items.len()).unwrap_or(u32::MAX),
            same_name: submission.holder.expose() == submission.name.expose(),
            holder: match submission.holder_check {
                HolderCheck::Matched => HolderFact::Matched,
                HolderCheck::Differs => HolderFact::Differs,
                HolderCheck::NotChecked | HolderCheck::Unknown => HolderFact::Unknown,
            },
            book,
            outside: if services.cheat.is_some() { Outside::Due } else { Outside::Off },
        }
    }

    /// Are they counted together? Such orders are written one after the other.
    pub fn shares(&self, other: &Self) -> bool {
        let same = |a: &Hashes, b: &Hashes| a.iter().any(|hash| b.contains(hash));
        let devices = self.device.as_ref().zip(other.device.as_ref());
        same(&self.phone, &other.phone)
            || same(&self.account, &other.account)
            || devices.is_some_and(|(a, b)| same(a, b))
    }

    fn counted(&self) -> impl Iterator<Item = [u8; 32]> {
        let pairs = [Some(self.phone), Some(self.account), self.device];
        pairs.into_iter().flatten().flatten()
    }

    fn blockable(&self) -> impl Iterator<Item = (Subject, [u8; 32])> {
        let kinds = [
            (Subject::Phone, Some(self.phone)),
            (Subject::Account, Some(self.account)),
            (Subject::Device, self.device),
            (Subject::Address, Some(self.address)),
        ];
        kinds.into_iter().filter_map(|(kind, hashes)| Some((kind, hashes?))).flat_map(|(kind, hashes)| {
            let second = (hashes[0] != hashes[1]).then_some((kind, hashes[1]));
            [Some((kind, hashes[0])), second].into_iter().flatten()
        })
    }
}

/// Holds back every other transaction that counts one of the same phones, accounts or devices. First in a transaction:
/// whoever waits here holds nothing anybody could wait for.
pub(crate) async fn lock_subjects(tx: &mut Tx, candidates: &[&Candidate]) -> Result<(), StoreError> {
    let mut keys: Vec<i64> = candidates
        .iter()
        .flat_map(|candidate| candidate.counted())
        .filter_map(|hash| hash.first_chunk::<8>().map(|head| i64::from_be_bytes(*head)))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    dialect::advisory_locks(tx, &keys).await
}

/// A judged order, as it is written.
pub(crate) struct Assessed {
    pub judgement: Judgement,
    pub verdict: Verdict,
}

/// Judges them all, by one clock. The subjects are locked.
pub(crate) async fn assess(
    tx: &mut Tx,
    candidates: &[&Candidate],
    now: Timestamp,
) -> Result<Vec<Assessed>, ServiceError> {
    let windows = Windows::at(now);
    let of = |pick: fn(&Candidate) -> Option<Hashes>| {
        let mut hashes: Vec<[u8; 32]> = candidates.iter().filter_map(|candidate| pick(candidate)).flatten().collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    };
    let phones = risk::pasts(&mut *tx, Subject::Phone, &of(|one| Some(one.phone)), windows).await?;
    let accounts = risk::pasts(&mut *tx, Subject::Account, &of(|one| Some(one.account)), windows).await?;
    let devices = risk::pasts(&mut *tx, Subject::Device, &of(|one| one.device), windows).await?;
    let blockable: Vec<(Subject, [u8; 32])> = candidates.iter().flat_map(|one| one.blockable()).collect();
    let hits = blocks::hits(&mut *tx, &blockable, now).await?;
    let mut all = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let mut blocked: Vec<Subject> = hits
            .iter()
            .filter(|hit| candidate.blockable().any(|(kind, hash)| kind == hit.kind && hash == *hit.value_hmac))
            .map(|hit| hit.kind)
            .collect();
        blocked.sort_unstable();
        blocked.dedup();
        all.push(Facts {
            at: now,
            amount: candidate.amount,
            pins: candidate.pins,
            same_name: candidate.same_name,
            holder: candidate.holder,
            phone: past_of(&phones, &candidate.phone, &candidate.account),
            account: past_of(&accounts, &candidate.account, &candidate.phone),
            device: candidate.device.map(|device| past_of(&devices, &device, &candidate.phone)),
            blocked,
            outside: candidate.outside.clone(),
            missing: candidate.book.is_none().then(|| "book".to_owned()),
        });
    }
    know_longer(tx, candidates, &mut all).await?;
    Ok(all.into_iter().zip(candidates).map(|(facts, candidate)| assessed(facts, candidate, now)).collect())
}

/// Who wasn't paid within the windows may have been before.
async fn know_longer(tx: &mut Tx, candidates: &[&Candidate], facts: &mut [Facts]) -> Result<(), StoreError> {
    let unknown = |kind: Subject, facts: &[Facts]| -> Vec<[u8; 32]> {
        let new = candidates.iter().zip(facts).filter(|(_, facts)| match kind {
            Subject::Phone => !facts.phone.paid_before,
            _ => !facts.account.paid_before,
        });
        let mut hashes: Vec<[u8; 32]> = new
            .flat_map(|(candidate, _)| if kind == Subject::Phone { candidate.phone } else { candidate.account })
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    };
    let phones = risk::paid_before(&mut *tx, Subject::Phone, &unknown(Subject::Phone, facts)).await?;
    let accounts = risk::paid_before(&mut *tx, Subject::Account, &unknown(Subject::Account, facts)).await?;
    let any = |found: &[Vec<u8>], hashes: &Hashes| hashes.iter().any(|hash| found.iter().any(|one| one == hash));
    for (candidate, facts) in candidates.iter().zip(facts) {
        facts.phone.paid_before |= any(&phones, &candidate.phone);
        facts.account.paid_before |= any(&accounts, &candidate.account);
    }
    Ok(())
}

/// The rows of one subject, under each of its hashes, together. `own`: what the order itself brings is no other one.
fn past_of(rows: &[PastRow], subject: &Hashes, own: &Hashes) -> Past {
    let mine = rows.iter().filter(|row| subject.iter().any(|hash| row.subject == hash));
    mine.fold(Past::default(), |sum, row| {
        // Under two lookup keys one other may count twice: rather too strict for the days of a rotation.
        let others = u32::from(!own.iter().any(|hash| row.other == hash));
        sum.and(Past { others, ..row.past })
    })
}

fn assessed(facts: Facts, candidate: &Candidate, now: Timestamp) -> Assessed {
    let verdict = match &candidate.book {
        Some(book) => judge(&facts, &book.book),
        // Its limits are not in force; that no book is, holds.
        None => judge(&facts, &RuleBook::usual()),
    };
    let judgement = Judgement {
        lane: if candidate.book.is_none() { RiskLane::Hold } else { verdict.lane },
        asked: if facts.outside == Outside::Due { LookUp::Due } else { LookUp::Off },
        score: verdict.score,
        book_version: candidate.book.as_ref().map(|book| book.version),
        facts: Some(facts),
        judged_at: now,
    };
    Assessed { judgement, verdict }
}
