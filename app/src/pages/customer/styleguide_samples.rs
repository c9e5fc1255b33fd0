//! Made-up views, one per state worth looking at. Never shown outside development.

use domain::form::{Charset, FieldSpec, FormSchema};
use domain::wire::{
    BrandChoice, BrandStatus, BrandTile, FieldError, HolderCheck, ItemTone, OrderItemView, OrderView, PasteReport,
    QuoteLine, QuoteView, SellRow, SellStep, SellView, StepState, StepView, YouView,
};
use domain::{Lang, Span, Speed, Timestamp, Won};

/// A moment everything is dated by.
pub fn now() -> Timestamp {
    Timestamp::from_micros(1_795_150_800_000_000)
}

fn schema() -> FormSchema {
    FormSchema {
        pin: FieldSpec {
            name: "pin".to_owned(),
            label_ko: "상품권 번호 16자리".to_owned(),
            label_en: "16-digit voucher number".to_owned(),
            charset: Charset::Digits,
            groups: vec![vec![4, 4, 4, 4]],
            required: true,
            help_ko: String::new(),
            help_en: String::new(),
            grammar: None,
        },
        companions: Vec::new(),
        faces: [10_000, 30_000, 50_000].map(Won::whole).to_vec(),
        free: None,
    }
}

/// Brands in their three states.
pub fn tiles() -> Vec<BrandTile> {
    let tile = |brand: &str, name: &str, initials: &str, hue, status, best_rate_bp| BrandTile {
        brand: brand.to_owned(),
        name: name.to_owned(),
        note: String::new(),
        status,
        best_rate_bp,
        faces: schema().faces,
        initials: initials.to_owned(),
        hue,
    };
    vec![
        tile("cultureland", "컬쳐랜드", "컬쳐", 260, BrandStatus::Accepting, Some(9050)),
        tile("booknlife", "도서문화상품권", "도서", 150, BrandStatus::Accepting, Some(8900)),
        tile("google", "구글 기프트카드", "구글", 30, BrandStatus::Paused, None),
        tile("happymoney", "해피머니", "해피", 60, BrandStatus::Stopped, None),
    ]
}

/// A sale with a good row and one to mend.
pub fn sale(step: SellStep) -> SellView {
    let row = |id, face, problems| SellRow {
        id,
        brand: "cultureland".to_owned(),
        brand_name: "컬쳐랜드".to_owned(),
        guessed: id == 2,
        pin: "4180123456789012".to_owned(),
        pin_masked: "4180-****-****-9012".to_owned(),
        companion: Vec::new(),
        face,
        problems,
        left_out: false,
    };
    let problem = FieldError {
        field: "rows.2.face".to_owned(),
        code: "face_missing".to_owned(),
        message: "권종을 골라 주세요.".to_owned(),
    };
    let line = QuoteLine {
        row: 1,
        brand: "cultureland".to_owned(),
        brand_name: "컬쳐랜드".to_owned(),
        face: Won::whole(50_000),
        rate_bp: 9050,
        net: Won::whole(45_250),
    };
    SellView {
        reached: step,
        rows: vec![row(1, Some(Won::whole(50_000)), Vec::new()), row(2, None, vec![problem])],
        paste: Some(PasteReport {
            found: 2,
            duplicates: 1,
            refused: vec!["4180-****-****-12: 자릿수가 모자라요.".to_owned()],
            summary: "상품권 2장을 찾았어요. 같은 번호 1개는 합쳤어요.".to_owned(),
        }),
        brands: vec![BrandChoice {
            brand: "cultureland".to_owned(),
            name: "컬쳐랜드".to_owned(),
            status: BrandStatus::Accepting,
            faces: schema().faces,
            form: schema(),
        }],
        speed: Speed::Instant,
        quote: Some(QuoteView {
            lines: vec![line],
            total_face: Won::whole(50_000),
            gross: Won::whole(45_250),
            fee: Won::whole(500),
            net: Won::whole(44_750),
            valid_until: now().plus(Span::minutes(10)),
            eta: "검증이 끝나면 바로, 보통 5분 안에 입금해요.".to_owned(),
            eta_other: "11월 23일(월) 09:00 이후 입금해요.".to_owned(),
        }),
        requoted: Some((Won::whole(44_750), Won::whole(44_500))),
        you: YouView { holder_check: HolderCheck::Differs, ..YouView::default() },
        consents: Vec::new(),
        errors: Vec::new(),
        submit_key: String::new(),
        now: now(),
        order_code: None,
    }
}

/// An order half way, with one of each result.
pub fn order(lang: Lang) -> OrderView {
    let step = |ko: &str, en: &str, state, minutes: Option<i64>| StepView {
        label: lang.pick(ko, en).to_owned(),
        state,
        at: minutes.map(|minutes| now().plus(Span::minutes(minutes))),
    };
    let item = |id: &str, tone, ko: &str, en: &str, detail: &str, net| OrderItemView {
        id: id.to_owned(),
        brand_name: "컬쳐랜드".to_owned(),
        pin_masked: "4180-****-****-9012".to_owned(),
        tone,
        result: lang.pick(ko, en).to_owned(),
        detail: detail.to_owned(),
        claimed_face: Won::whole(50_000),
        verified_face: None,
        net,
    };
    OrderView {
        code: String::new(),
        steps: vec![
            step("접수", "Received", StepState::Done, Some(0)),
            step("검증", "Verifying", StepState::Done, Some(1)),
            step("사용 처리", "Locking", StepState::Current, Some(2)),
            step("정산", "Settled", StepState::Unknown, None),
            step("입금 대기", "Payout waiting", StepState::Stopped, None),
            step("입금 완료", "Paid", StepState::Waiting, None),
        ],
        headline: "사용 처리를 하고 있어요".to_owned(),
        advice: "기다려 주시면 돼요. 끝나면 문자로 알려 드려요.".to_owned(),
        items: vec![
            item("1", ItemTone::Good, "정상", "OK", "", Some(Won::whole(45_250))),
            item(
                "2",
                ItemTone::Bad,
                "사용됨",
                "Used",
                "이미 사용된 번호예요. 쓰지 않았다면 발행사에 문의해 주세요.",
                None,
            ),
            item(
                "3",
                ItemTone::Unknown,
                "확인필요",
                "Unknown",
                "발행사가 답하지 않았어요. 14:20에 다시 확인해요.",
                None,
            ),
            item("4", ItemTone::Busy, "확인 중", "Checking", "", None),
            item("5", ItemTone::Waiting, "대기", "Waiting", "", None),
        ],
        speed: Speed::Instant,
        quoted: Won::whole(180_500),
        gross: Won::whole(135_750),
        fee: Won::whole(500),
        payable: Won::whole(135_250),
        paid: false,
        finished: false,
        eta: Some("오늘 14:10까지 입금할 예정이에요.".to_owned()),
        next_check_at: Some(now().plus(Span::minutes(5))),
        bank_name: "신한은행".to_owned(),
        account_masked: "110-12*-*****".to_owned(),
        holder_masked: "홍*동".to_owned(),
        name_masked: "홍*동".to_owned(),
        phone_masked: "010-1234-****".to_owned(),
        can_cancel: true,
        can_resend_failed: true,
        created_at: now(),
        updated_at: now(),
        revision: 1,
        now: now(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::islands::{OrderLive, SellFlow};
    use domain::wire::FeeTable;
    use leptos::prelude::*;

    fn html(step: SellStep, lang: Lang) -> String {
        let fees = FeeTable { instant: Won::whole(500), next_morning: Won::ZERO };
        let owner = Owner::new();
        owner.with(|| {
            view! {
                <SellFlow view=sale(SellStep::Confirm) step fees brand=Some("cultureland".to_owned()) edit=None trouble=None lang/>
            }
            .to_html()
        })
    }

    #[test]
    fn every_step_is_whole_without_scripts() {
        for (step, actions) in [
            (
                SellStep::Vouchers,
                ["/fn/sell/paste", "/fn/sell/edit", "/fn/sell/remove", "/fn/sell/add", "/fn/sell/quote"].as_slice(),
            ),
            (SellStep::Quote, &["/fn/sell/quote"]),
            (SellStep::You, &["/fn/sell/send_code"]),
            (SellStep::Confirm, &["/fn/sell/submit"]),
        ] {
            for lang in [Lang::Ko, Lang::En] {
                let page = html(step, lang);
                for action in actions {
                    assert!(page.contains(&format!("action=\"{action}\"")), "{step:?} {lang:?} lacks {action}");
                }
                assert_eq!(page.matches("<h1").count(), 1, "{step:?}");
            }
        }
    }

    #[test]
    fn no_page_carries_inline_styles_or_handlers() {
        let owner = Owner::new();
        let order = owner.with(|| view! { <OrderLive view=order(Lang::Ko) trouble=None lang=Lang::Ko/> }.to_html());
        for page in [html(SellStep::Vouchers, Lang::Ko), html(SellStep::You, Lang::Ko), order] {
            assert!(!page.contains(" style=") && !page.contains(" onclick=") && !page.contains("javascript:"));
        }
    }

    #[test]
    fn a_word_in_the_address_cannot_speak_for_us() {
        assert!(crate::components::trouble_from_code("<b>입금 완료</b>").is_none());
        assert!(crate::components::trouble_from_code("busy").is_some());
        for reference in ["<b>", "call-010-1234", "입금완료", "", "9f3a0c11<b>"] {
            assert!(crate::components::trouble_from_code(&format!("internal.{reference}")).is_none(), "{reference}");
        }
        assert!(crate::components::trouble_from_code("busy.9f3a0c11").is_none());
    }
}
