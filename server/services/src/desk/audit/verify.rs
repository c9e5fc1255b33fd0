//! A walk along the chain.

use super::{HEAD, head_of};
use crate::{ServiceError, Services};
use domain::Lang;
use serde::{Deserialize, Serialize};
use store::chain::{self, BEGIN, Head};
use store::{audit_checks, settings};

/// Links per read.
const PAGE: u32 = 500;
/// How far a walk is, is written down every so many links: a multiple of the above.
const TELL_EVERY: i64 = 10_000;
/// So many faults are named; the first one matters.
const NAMED: usize = 20;

/// Where the chain doesn't hold, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// The line, or its link, isn't what was sealed.
    Changed { seq: i64 },
    /// The link is there, its line is gone.
    LineMissing { seq: i64, line: String },
    /// Links are gone, the lines with them or not.
    LinksMissing { from: i64, to: i64 },
    /// The link doesn't follow the one before.
    WrongOrder { seq: i64 },
    /// The chain ended here once and is shorter now.
    CutOff { from: i64, to: i64 },
    /// At this place the chain had another hash once: made anew from here or before.
    MadeAnew { seq: i64 },
    /// A line that was never meant to be sealed.
    Unlinked { line: String },
    /// A line that was to be sealed and is gone.
    Vanished { line: String },
}

domain::messages! {
    fn changed(seq: i64) { ko: "{seq}번 기록의 내용이 봉인할 때와 달라요.", en: "Line {seq} or its link is not what was sealed." }
    fn line_missing(seq: i64, line: &str) { ko: "{seq}번 기록이 없어졌어요 ({line}).", en: "Line {seq} is gone ({line})." }
    fn links_missing(from: i64, to: i64) { ko: "{from}번부터 {to}번까지 고리가 없어졌어요.", en: "Links {from} to {to} are gone." }
    fn wrong_order(seq: i64) { ko: "{seq}번 고리가 앞 고리에 이어지지 않아요.", en: "Link {seq} does not follow the one before it." }
    fn cut_off(from: i64, to: i64) { ko: "끝이 잘렸어요. {from}번부터 {to}번까지 있었어요.", en: "The end was cut off: there were links {from} to {to}." }
    fn made_anew(seq: i64) { ko: "{seq}번의 값이 적어 둔 값과 달라요. 그 앞 어딘가부터 새로 만들어졌어요.", en: "At {seq} the chain had another hash once: it was made anew from there or before." }
    fn unlinked(line: &str) { ko: "봉인 대기에도 고리에도 없는 기록이 있어요 ({line}).", en: "A line is neither linked nor waiting for it ({line})." }
    fn vanished(line: &str) { ko: "봉인되기 전에 없어진 기록이 있어요 ({line}).", en: "A line is gone before it was sealed ({line})." }
}

impl Fault {
    /// In words.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Changed { seq } => changed(lang, *seq),
            Self::LineMissing { seq, line } => line_missing(lang, *seq, line),
            Self::LinksMissing { from, to } => links_missing(lang, *from, *to),
            Self::WrongOrder { seq } => wrong_order(lang, *seq),
            Self::CutOff { from, to } => cut_off(lang, *from, *to),
            Self::MadeAnew { seq } => made_anew(lang, *seq),
            Self::Unlinked { line } => unlinked(lang, line),
            Self::Vanished { line } => vanished(lang, line),
        }
    }
}

/// What a walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Links looked at.
    pub checked: i64,
    /// Where the chain ends.
    pub head: Option<Head>,
    /// The first of them first, at most twenty.
    pub faults: Vec<Fault>,
}

impl Report {
    /// The chain holds.
    pub const fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    fn found(&mut self, fault: Fault) {
        if self.faults.len() < NAMED {
            self.faults.push(fault);
        }
    }
}

/// Walks the whole chain, compares it with the head noted at the last sealing and with `anchors`, and looks for lines
/// that belong to no chain. How far it is, is noted now and then in the row of `told`.
pub async fn verify(services: &Services, anchors: &[Head], told: Option<[u8; 16]>) -> Result<Report, ServiceError> {
    let mut report = Report::default();
    let mut known = anchors.to_vec();
    {
        // Before the walk: the chain only grows.
        let mut reader = services.db.read().await?;
        let noted: Option<String> = settings::get(&mut reader, HEAD).await?;
        known.extend(noted.as_deref().and_then(head_of));
    }
    known.extend(services.watch.head());
    let (mut seq, mut previous) = (0, BEGIN);
    loop {
        let mut reader = services.db.read().await?;
        let page = chain::page(&mut reader, seq, PAGE).await?;
        drop(reader);
        let last = page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
        for sealed in page {
            let link = sealed.link;
            if link.seq == seq + 1 {
                if link.previous != previous {
                    report.found(Fault::WrongOrder { seq: link.seq });
                }
            } else {
                report.found(Fault::LinksMissing { from: seq + 1, to: link.seq - 1 });
            }
            match &sealed.line {
                None => report.found(Fault::LineMissing { seq: link.seq, line: link.line.to_string() }),
                Some(Ok(line)) if chain::link_hash(link.seq, &link.previous, line) == link.hash => {}
                // Also what can't be read: no line of ours looks like that.
                Some(_) => report.found(Fault::Changed { seq: link.seq }),
            }
            if known.iter().any(|head| head.seq == link.seq && head.hash != link.hash) {
                report.found(Fault::MadeAnew { seq: link.seq });
            }
            (seq, previous) = (link.seq, link.hash);
            report.head = Some(Head { seq: link.seq, hash: link.hash });
            report.checked += 1;
        }
        if last {
            break;
        }
        if let Some(id) = told.filter(|_| report.checked % TELL_EVERY == 0) {
            let now = services.clock.now();
            let mut tx = services.db.begin().await?;
            audit_checks::write(&mut tx, id, "running", report.checked, &serde_json::json!([]), now).await?;
            tx.commit().await?;
        }
    }
    if let Some(longest) = known.iter().map(|head| head.seq).max().filter(|longest| *longest > seq) {
        report.found(Fault::CutOff { from: seq + 1, to: longest });
    }
    let mut reader = services.db.read().await?;
    let (unlinked, vanished) = chain::astray(&mut reader, 5).await?;
    for line in unlinked {
        report.found(Fault::Unlinked { line: line.to_string() });
    }
    for line in vanished {
        report.found(Fault::Vanished { line: line.to_string() });
    }
    Ok(report)
}
