//! A row of the orders list as a file's cells.

use crate::desk::orders::Listed;
use domain::bank::BANKS;
use domain::desk::orders::Column;
use domain::{ItemState, Lang, OrderState, Speed, Timestamp, mask};

domain::messages! {
    fn head_code() { ko: "주문번호", en: "Order" }
    fn head_created() { ko: "접수(KST)", en: "Taken (KST)" }
    fn head_state() { ko: "상태", en: "State" }
    fn head_flags() { ko: "표시", en: "Flags" }
    fn head_age() { ko: "상태 시작(KST)", en: "In this state since (KST)" }
    fn head_brands() { ko: "브랜드", en: "Brands" }
    fn head_items() { ko: "상품권 수", en: "Vouchers" }
    fn head_face() { ko: "액면 합계(원)", en: "Face (won)" }
    fn head_payable() { ko: "입금액(원)", en: "Payout (won)" }
    fn head_name() { ko: "이름", en: "Name" }
    fn head_phone() { ko: "휴대폰", en: "Phone" }
    fn head_account() { ko: "계좌", en: "Account" }
    fn head_speed() { ko: "입금 방법", en: "Speed" }
    fn head_risk() { ko: "위험 점수", en: "Risk" }
    fn head_paid() { ko: "입금 시각(KST)", en: "Paid (KST)" }
    fn state_submitted() { ko: "접수", en: "Submitted" }
    fn state_verifying() { ko: "검증중", en: "Verifying" }
    fn state_locking() { ko: "사용처리중", en: "Locking" }
    fn state_settled() { ko: "정산완료", en: "Settled" }
    fn state_paying() { ko: "입금대기", en: "Paying" }
    fn state_paid() { ko: "입금완료", en: "Paid" }
    fn state_rejected() { ko: "거절", en: "Rejected" }
    fn state_cancelled() { ko: "취소", en: "Cancelled" }
    fn state_held() { ko: "보류", en: "Held" }
    fn flag_manual() { ko: "수동 검증", en: "Manual" }
    fn flag_unknown() { ko: "확인 필요", en: "Unknown" }
    fn speed_instant() { ko: "바로 입금", en: "Instant" }
    fn speed_morning() { ko: "다음 영업일 아침", en: "Next business morning" }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Text, tamed when it is written.
    Text(String),
    /// A number to count with.
    Number(i64),
    /// Nothing.
    Empty,
}

/// What stands over a column.
pub(super) fn head(column: Column, lang: Lang) -> &'static str {
    match column {
        Column::Code => head_code(lang),
        Column::Created => head_created(lang),
        Column::State => head_state(lang),
        Column::Flags => head_flags(lang),
        Column::Age => head_age(lang),
        Column::Brands => head_brands(lang),
        Column::Items => head_items(lang),
        Column::Face => head_face(lang),
        Column::Payable => head_payable(lang),
        Column::Name => head_name(lang),
        Column::Phone => head_phone(lang),
        Column::Account => head_account(lang),
        Column::Speed => head_speed(lang),
        Column::Risk => head_risk(lang),
        Column::Paid => head_paid(lang),
    }
}

/// The state's word at the desk.
pub(crate) fn state_word(state: OrderState, lang: Lang) -> &'static str {
    match state {
        OrderState::Submitted => state_submitted(lang),
        OrderState::Verifying => state_verifying(lang),
        OrderState::Locking => state_locking(lang),
        OrderState::Settled => state_settled(lang),
        OrderState::Paying => state_paying(lang),
        OrderState::Paid => state_paid(lang),
        OrderState::Rejected => state_rejected(lang),
        OrderState::Cancelled => state_cancelled(lang),
        OrderState::Held => state_held(lang),
    }
}

/// How cells are made.
pub(super) struct Cells<'a> {
    pub columns: &'a [Column],
    pub lang: Lang,
    pub unmasked: bool,
    /// Each brand with its name in the file's language.
    pub brands: Vec<(String, String)>,
}

impl Cells<'_> {
    /// A row's cells.
    pub fn row(&self, row: &Listed) -> Vec<Cell> {
        self.columns.iter().map(|column| self.cell(*column, row)).collect()
    }

    fn cell(&self, column: Column, row: &Listed) -> Cell {
        let lang = self.lang;
        let order = &row.order;
        match column {
            Column::Code => Cell::Text(order.code.to_string()),
            Column::Created => Cell::Text(moment(order.created_at)),
            Column::State => Cell::Text(state_word(order.state, lang).to_owned()),
            Column::Flags => text(&self.flags(row)),
            Column::Age => Cell::Text(moment(row.since)),
            Column::Brands => text(&self.brands(row)),
            Column::Items => Cell::Number(i64::from(order.item_count)),
            Column::Face => Cell::Number(order.total_face.get()),
            Column::Payable => Cell::Number(order.total_payable.get()),
            Column::Name if self.unmasked => text(row.name.expose()),
            Column::Name => text(&mask::name(row.name.expose())),
            Column::Phone if self.unmasked => text(row.phone.expose()),
            Column::Phone => text(&mask::phone(row.phone.expose())),
            Column::Account => {
                let bank = BANKS.iter().find(|bank| bank.code == order.bank_code);
                let bank = bank.map_or(order.bank_code.as_str(), |bank| lang.pick(bank.name_ko, bank.name_en));
                let account = if self.unmasked { row.account.expose().to_owned() } else { row.account.masked() };
                Cell::Text(format!("{bank} {account}"))
            }
            Column::Speed => Cell::Text(
                match order.speed {
                    Speed::Instant => speed_instant(lang),
                    Speed::NextMorning => speed_morning(lang),
                }
                .to_owned(),
            ),
            Column::Risk => Cell::Number(order.risk_score),
            Column::Paid => order.paid_at.map_or(Cell::Empty, |at| Cell::Text(moment(at))),
        }
    }

    fn brands(&self, row: &Listed) -> String {
        let name = |brand: &str| self.brands.iter().find(|(code, _)| code == brand).map(|(_, name)| name.clone());
        let each = row
            .brands
            .iter()
            .map(|(brand, items, _)| format!("{} × {items}", name(brand).unwrap_or_else(|| brand.clone())));
        each.collect::<Vec<_>>().join(", ")
    }

    fn flags(&self, row: &Listed) -> String {
        let mut flags: Vec<String> = Vec::new();
        let manual: u32 = row.open.iter().filter(|(state, _)| *state == ItemState::Manual).map(|(_, n)| n).sum();
        let unknown: u32 = row.open.iter().filter(|(state, _)| *state != ItemState::Manual).map(|(_, n)| n).sum();
        if manual > 0 {
            flags.push(format!("{} {manual}", flag_manual(self.lang)));
        }
        if unknown > 0 {
            flags.push(format!("{} {unknown}", flag_unknown(self.lang)));
        }
        flags.extend(row.order.hold_reason.clone());
        flags.join(", ")
    }
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// `2026-11-20 14:05:30`, Korean time: sorts as text, and no program reads it as another day.
fn moment(at: Timestamp) -> String {
    let digits = at.kst_yyyymmddhhmmss();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{} {}:{}:{}", at.kst_day(), part(8, 10), part(10, 12), part(12, 14))
}
