//! How long what is kept. Each rule has two clocks: the time it must be kept at least, and the time by which it must be
//! gone. The job erases between the two; what is past the second is shown in red, and only a legal hold may keep it.

use crate::desk::keys;
use crate::{ServiceError, Services};
use domain::wire::desk::RetentionLine;
use domain::{Lang, Span};
use std::time::{Duration, Instant};
use store::retention::{self, Due, Kept};

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What it is about.
    pub kept: Kept,
    /// Not erased before, counted from the end of the matter.
    pub at_least: Span,
    /// Gone by then.
    pub by: Span,
    /// Where the time comes from.
    pub source: fn(Lang) -> &'static str,
    /// What it is, in words.
    pub name: fn(Lang) -> &'static str,
}

/// Five years, leap days included.
const FIVE_YEARS: Span = Span::days(1_827);
const THREE_YEARS: Span = Span::days(1_096);

/// The rules. A lawyer must confirm the times before a real shop opens.
pub const RULES: [Rule; 7] = [
    Rule {
        kept: Kept::Vouchers,
        at_least: Span::days(180),
        by: Span::days(365),
        source: source_vouchers,
        name: vouchers,
    },
    Rule {
        kept: Kept::Messages,
        at_least: Span::days(365),
        by: Span::days(395),
        source: source_messages,
        name: messages,
    },
    Rule {
        kept: Kept::Inquiries,
        at_least: THREE_YEARS,
        by: Span::days(1_126),
        source: source_inquiries,
        name: inquiries,
    },
    Rule { kept: Kept::Orders, at_least: FIVE_YEARS, by: Span::days(1_857), source: source_orders, name: orders },
    Rule { kept: Kept::Blocks, at_least: Span::days(365), by: Span::days(395), source: source_blocks, name: blocks },
    Rule { kept: Kept::Wishes, at_least: THREE_YEARS, by: Span::days(1_126), source: source_inquiries, name: wishes },
    Rule { kept: Kept::Holds, at_least: Span::days(365), by: Span::days(395), source: source_holds, name: holds },
];

domain::messages! {
    fn vouchers() { ko: "끝난 상품권의 번호와 증빙", en: "Numbers of finished vouchers, and their proofs" }
    fn messages() { ko: "보낸 문자", en: "Messages sent" }
    fn inquiries() { ko: "문의", en: "Inquiries" }
    fn orders() { ko: "끝난 주문의 이름·전화·계좌·메모", en: "People of finished orders, and notes about them" }
    fn blocks() { ko: "끝난 차단", en: "Blocks that have ended" }
    fn wishes() { ko: "처리한 열람·삭제 요청", en: "Answered requests for a copy or for erasing" }
    fn holds() { ko: "끝난 법적 보존의 전화·사유", en: "Phones and reasons of legal holds that are over" }
    fn source_vouchers() {
        ko: "개인정보 보호법 제21조(지체 없는 파기). 분쟁에 필요한 6개월, 길어도 1년",
        en: "Personal Information Protection Act art. 21 (erase without delay): six months for disputes, a year at most"
    }
    fn source_messages() {
        ko: "개인정보 보호법 제21조, 개인정보 처리방침의 보유 기간 1년",
        en: "Personal Information Protection Act art. 21; one year by the privacy policy"
    }
    fn source_blocks() {
        ko: "개인정보 보호법 제21조, 개인정보 처리방침의 부정 이용 기록 1년",
        en: "Personal Information Protection Act art. 21; records of misuse, one year by the privacy policy"
    }
    fn source_holds() {
        ko: "개인정보 보호법 제21조. 보존한 까닭을 설명할 수 있는 1년",
        en: "Personal Information Protection Act art. 21; a year in which the keeping can be explained"
    }
    fn source_inquiries() {
        ko: "전자상거래법 시행령 제6조: 소비자 불만·분쟁처리 3년",
        en: "E-Commerce Act decree art. 6: complaints and disputes, 3 years"
    }
    fn source_orders() {
        ko: "전자상거래법 시행령 제6조: 계약·대금결제 5년, 전자금융거래법 제22조",
        en: "E-Commerce Act decree art. 6: contracts and payments, 5 years; Electronic Financial Transactions Act art. 22"
    }
}

/// Rows per transaction.
const BATCH: u32 = 200;
/// A round ends after this long; the next one goes on.
const AT_MOST: Duration = Duration::from_secs(10);

/// One round: erases what is past its time, a batch at a time, and says how many rows of each rule. Nothing while rows may stand
/// under two lookup keys: holds are found by a hash, and rows of two keys would miss each other. That is asked in each batch's
/// own transaction, and no process begins with other keys before it ends.
pub async fn retention(services: &Services) -> Result<Vec<(Kept, u64)>, ServiceError> {
    let mut gone = Vec::new();
    let begun = Instant::now();
    for rule in &RULES {
        let (mut rows, mut shut, mut after) = (0, 0, None);
        let settled = loop {
            let now = services.clock.now();
            let mut tx = services.db.begin().await?;
            if !keys::settled(services, &mut tx).await? {
                tx.rollback().await?;
                break false;
            }
            let due = Due { before: now.minus(rule.at_least), limit: BATCH, after };
            let nobody = || services.chance.bytes();
            let batch = retention::erase(&mut tx, &services.keys, rule.kept, due, nobody, now).await?;
            tx.commit().await?;
            rows += batch.gone;
            shut += batch.shut;
            after = batch.last;
            if batch.seen < u64::from(BATCH) || begun.elapsed() > AT_MOST {
                break true;
            }
        };
        if rows > 0 {
            tracing::info!(rule = (rule.name)(Lang::En), rows, "erased what was past its time");
        }
        if shut > 0 {
            tracing::error!(rule = (rule.name)(Lang::En), rows = shut, "what is past its time does not open and stays");
        }
        if !settled {
            break;
        }
        gone.push((rule.kept, rows));
    }
    Ok(gone)
}

/// What a round would erase now, what holds keep, and what should be gone already. Erases nothing.
pub async fn dry_run(services: &Services, lang: Lang) -> Result<Vec<RetentionLine>, ServiceError> {
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let mut lines = Vec::with_capacity(RULES.len());
    for rule in &RULES {
        let (due, held) = retention::count(&mut reader, rule.kept, now.minus(rule.at_least), now).await?;
        let (late, _) = retention::count(&mut reader, rule.kept, now.minus(rule.by), now).await?;
        lines.push(RetentionLine {
            name: (rule.name)(lang).to_owned(),
            source: (rule.source)(lang).to_owned(),
            at_least_days: rule.at_least.as_seconds() / 86_400,
            by_days: rule.by.as_seconds() / 86_400,
            due: due - held,
            held,
            late,
        });
    }
    Ok(lines)
}
