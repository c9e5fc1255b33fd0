//! Frame and landing.

use domain::wire::DeskHours;
use domain::{Lang, Won, messages};

messages! {
    pub fn site_name() { ko: "핀데스크", en: "PinDesk" }
    pub fn site_tagline() { ko: "모바일 상품권 매입", en: "Mobile voucher buy-back" }
    pub fn site_description() { ko: "받은 문자를 붙여넣으면 받을 금액이 바로 나와요. 확인된 상품권만 매입하고, 본인 계좌로 입금해요.", en: "Paste the message you received and see what you’d get. We check each voucher and pay into your own account." }
    pub fn skip_to_content() { ko: "본문으로 건너뛰기", en: "Skip to content" }
    pub fn home() { ko: "핀데스크 첫 화면", en: "PinDesk home" }
    pub fn nav_sell() { ko: "판매하기", en: "Sell" }
    pub fn nav_main() { ko: "주 메뉴", en: "Main menu" }
    pub fn nav_foot() { ko: "아래 메뉴", en: "Footer menu" }
    pub fn my_orders() { ko: "내 주문", en: "My orders" }
    pub fn nav_faq() { ko: "자주 묻는 질문", en: "FAQ" }
    pub fn nav_notices() { ko: "공지사항", en: "Notices" }
    pub fn nav_guide() { ko: "이용 안내", en: "How it works" }
    pub fn nav_terms() { ko: "이용약관", en: "Terms of service" }
    pub fn nav_privacy() { ko: "개인정보 처리방침", en: "Privacy policy" }
    pub fn nav_inquiry() { ko: "문의하기", en: "Contact us" }
    pub fn other_lang() { ko: "EN", en: "한" }
    pub fn other_lang_name() { ko: "Switch to English", en: "한국어로 보기" }
    pub fn theme() { ko: "밝은 화면과 어두운 화면 바꾸기", en: "Switch between light and dark" }
    pub fn sandbox_title() { ko: "모의 환경 · 실제 돈은 오가지 않아요", en: "Sandbox · no real money changes hands" }
    pub fn sandbox_phone() { ko: "모의 휴대폰", en: "Test phone" }

    pub fn hero_title() { ko: "문자만 붙여넣으면\n받을 금액이 나와요", en: "Paste the message,\nsee what you’d get" }
    pub fn hero_label() { ko: "받은 문자를 그대로 붙여넣으세요", en: "Paste the message just as you received it" }
    pub fn hero_placeholder() { ko: "예) 컬쳐랜드 50,000원권\n4180-1234-5678-9012", en: "e.g. Cultureland 50,000 won\n4180-1234-5678-9012" }
    pub fn hero_sum_label() { ko: "받을 금액", en: "You get" }
    pub fn hero_sum_none() { ko: "번호를 찾지 못했어요", en: "No number found" }
    pub fn hero_sum_empty() { ko: "붙여넣으면 바로 계산해요", en: "Worked out as soon as you paste" }
    pub fn hero_sum_plain() { ko: "판매하기를 누르면 금액을 보여 드려요", en: "Press Sell to see the amount" }
    pub fn hero_action() { ko: "판매하기", en: "Sell" }
    pub fn hero_fact_pin() { ko: "번호는 암호화해 보관하고 가려서 보여요. 꼭 필요할 때만 이유를 남기고 열어요.", en: "Numbers are stored encrypted and shown masked. We open one only when we must, and the reason goes on record." }
    pub fn hero_fact_kept() { ko: "판매하기를 누르기 전에는 아무것도 저장하지 않아요.", en: "Nothing is stored until you press Sell." }
    pub fn working() { ko: "확인하고 있어요", en: "Checking" }

    pub fn brands_title() { ko: "오늘 매입하는 상품권", en: "What we buy today" }
    pub fn brand_paused() { ko: "잠시 중지", en: "Paused" }
    pub fn brand_stopped() { ko: "매입 종료", en: "No longer bought" }

    pub fn calc_title() { ko: "얼마를 받을까요?", en: "What would you get?" }
    pub fn calc_brand() { ko: "상품권", en: "Voucher" }
    pub fn calc_face() { ko: "권종", en: "Face value" }
    pub fn calc_count() { ko: "몇 장인가요?", en: "How many?" }
    pub fn calc_less() { ko: "한 장 줄이기", en: "One fewer" }
    pub fn calc_more() { ko: "한 장 늘리기", en: "One more" }
    pub fn calc_show() { ko: "계산하기", en: "Work it out" }
    pub fn calc_result() { ko: "예상 입금액", en: "Estimated payout" }
    pub fn calc_none() { ko: "이 권종은 지금 매입하지 않아요. 다른 권종을 골라 주세요.", en: "We aren’t buying this face value right now. Please choose another." }

    pub fn rates_title() { ko: "시세표", en: "Rate table" }
    pub fn rates_best() { ko: "최고", en: "up to" }
    pub fn rates_brand() { ko: "상품권", en: "Voucher" }
    pub fn rates_band() { ko: "권종", en: "Face value" }
    pub fn rates_rate() { ko: "매입가율", en: "Rate" }
    pub fn rates_none() { ko: "지금 보여줄 시세가 없어요. 잠시 후 다시 확인해 주세요.", en: "There are no rates to show right now. Please check back in a moment." }

    pub fn feed_title() { ko: "최근 입금", en: "Recent payouts" }
    pub fn feed_note() { ko: "실제 입금만, 10분 뒤에 금액을 뭉뚱그려 보여줘요.", en: "Real payouts only, shown ten minutes later with rounded amounts." }

    pub fn hours_list() { ko: "은행별로 보기", en: "Bank by bank" }
    pub fn hours_open() { ko: "지금 모든 은행으로 입금할 수 있어요.", en: "All banks are accepting transfers right now." }
    pub fn hours_title() { ko: "지금 점검 중인 은행이 있어요", en: "Some banks are under maintenance" }
    pub fn hours_after() { ko: "접수는 그대로 되고, 점검이 끝나면 순서대로 입금해요.", en: "You can still sell. We pay in turn once they’re back." }

    pub fn guide_title() { ko: "이렇게 진행돼요", en: "How it works" }
    pub fn guide_1_title() { ko: "붙여넣기", en: "Paste" }
    pub fn guide_1_body() { ko: "문자나 카카오톡 메시지를 통째로 붙여넣으면 번호를 찾아 금액을 보여줘요.", en: "Paste a whole SMS or KakaoTalk message. We find the numbers and show the amount." }
    pub fn guide_2_title() { ko: "본인 확인", en: "Verify it’s you" }
    pub fn guide_2_body() { ko: "휴대폰 인증번호와 본인 명의 계좌를 확인해요. 회원가입은 없어요.", en: "We text a code to your phone and check that the account is in your name. No sign-up." }
    pub fn guide_3_title() { ko: "검증하고 입금", en: "Checked, then paid" }
    pub fn guide_3_body() { ko: "발행사에서 한 장씩 확인하고, 정상인 상품권만큼 입금해요. 문제가 있는 상품권은 이유를 알려 드리고 돌려 드려요.", en: "We check each voucher with its issuer and pay for the good ones. The others go back to you, with the reason." }
    pub fn guide_more() { ko: "이용 안내 전체 보기", en: "See the whole guide" }

    pub fn notices_all() { ko: "모두 보기", en: "See all" }

    pub fn cautions_title() { ko: "꼭 확인해 주세요", en: "Before you sell" }
    pub fn caution_own() { ko: "본인이 가진 상품권만, 본인 명의 계좌로만 입금해요.", en: "Only your own vouchers, paid only into your own account." }
    pub fn caution_fraud() { ko: "누가 시켜서 파는 거라면 멈춰 주세요. 가족이나 기관을 사칭해 번호를 보내라고 하는 사기가 많아요.", en: "If someone told you to sell, stop. Scammers pose as family or officials and ask for voucher numbers." }
    pub fn caution_cash() { ko: "휴대폰 소액결제로 산 상품권의 현금화는 법으로 금지돼 있어 매입하지 않아요.", en: "Cashing out vouchers bought on a phone bill is against the law, so we don’t buy them." }
    pub fn caution_used() { ko: "이미 사용됐거나 유효기간이 지난 상품권은 매입하지 않아요.", en: "We don’t buy vouchers that have been used or have expired." }
    pub fn caution_final() { ko: "검증이 시작되면 취소할 수 없고, 사용 처리된 상품권은 되돌릴 수 없어요.", en: "You can cancel until checking starts. A redeemed voucher can’t be undone." }

    pub fn contact_title() { ko: "도움이 필요하신가요?", en: "Need help?" }
    pub fn contact_call() { ko: "전화하기", en: "Call us" }
    pub fn contact_kakao() { ko: "카카오톡 문의", en: "Ask on KakaoTalk" }

    pub fn biz_company() { ko: "상호", en: "Company" }
    pub fn biz_owner() { ko: "대표", en: "Representative" }
    pub fn biz_number() { ko: "사업자등록번호", en: "Business no." }
    pub fn biz_mail_order() { ko: "통신판매업신고", en: "Mail-order no." }
    pub fn biz_address() { ko: "주소", en: "Address" }
    pub fn biz_phone() { ko: "전화", en: "Phone" }
    pub fn biz_email() { ko: "이메일", en: "Email" }
    pub fn foot_zone() { ko: "시각은 모두 한국 시간(KST)이에요.", en: "All times are Korean time (KST)." }

    pub fn not_found_title() { ko: "찾는 화면이 없어요", en: "We can’t find that page" }
    pub fn not_found_body() { ko: "주소를 다시 확인해 주세요. 주문을 찾는다면 휴대폰 번호로 조회할 수 있어요.", en: "Please check the address. To find an order, look it up with your phone number." }
    pub fn failed_title() { ko: "문제가 생겨서 화면을 열지 못했어요", en: "Something went wrong and we couldn’t open this page" }
    pub fn failed_body() { ko: "저희 쪽 문제예요. 접수한 주문과 입금에는 영향이 없어요. 잠시 후 다시 시도해 주세요.", en: "This one’s on us. Your orders and payouts aren’t affected. Please try again in a moment." }
    pub fn busy_title() { ko: "지금은 잠시 기다려 주세요", en: "Please wait a moment" }
    pub fn to_home() { ko: "첫 화면으로", en: "Back to the start" }
    pub fn retry() { ko: "다시 시도", en: "Try again" }
    pub fn reference() { ko: "문의할 때 알려 주세요", en: "Reference, if you contact us" }

    pub fn trouble_network() { ko: "연결이 끊겼어요. 입력한 내용은 그대로 있으니 다시 시도해 주세요.", en: "The connection was lost. What you typed is still here; please try again." }
    pub fn trouble_internal() { ko: "저희 쪽에 문제가 생겼어요. 입력한 내용은 그대로 있으니 다시 시도해 주세요.", en: "Something went wrong on our side. What you typed is still here; please try again." }
    pub fn trouble_busy() { ko: "요청이 너무 잦아요. 잠시 후 다시 시도해 주세요.", en: "Too many requests. Please try again in a moment." }
    pub fn trouble_step_up() { ko: "본인 확인을 마쳤어요. 적은 내용은 그대로예요. 한 번 더 눌러 주세요.", en: "You have shown your second factor. What you typed is still there: press once more." }
    pub fn trouble_conflict() { ko: "다른 곳에서 먼저 바뀌었어요. 지금 상태를 확인해 주세요.", en: "It was changed somewhere else first. Please check where it stands now." }
    pub fn trouble_gone() { ko: "시간이 지나 처음부터 다시 시작해야 해요.", en: "It has been too long; please start again." }
    pub fn trouble_forbidden() { ko: "이 작업은 할 수 없어요.", en: "You can’t do that here." }
    pub fn trouble_invalid() { ko: "보낸 내용을 읽지 못했어요. 화면을 새로 고친 뒤 다시 시도해 주세요.", en: "We couldn’t read that. Please reload the page and try again." }
    pub fn errors_title() { ko: "확인해 주세요", en: "Please check" }
}

/// "시세 12월 1일(화) 14:05 기준".
pub fn rates_as_of(when: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("시세 {when} 기준"),
        Lang::En => format!("Rates as of {when}"),
    }
}

/// The browser's title of a page: its own, then the shop's.
pub fn page_title(title: &str, lang: Lang) -> String {
    format!("{title} · {}", site_name(lang))
}

/// A face band in words: one face, or from–to.
pub fn band(min: Won, max: Won, lang: Lang) -> String {
    if min == max {
        min.fmt(lang)
    } else {
        match lang {
            Lang::Ko => format!("{min}~{}", max.fmt(lang)),
            Lang::En => format!("{}–{max}", min.fmt(lang)),
        }
    }
}

/// Vouchers counted.
pub fn count(count: u32, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Ko, count) => format!("{count}장"),
        (Lang::En, 1) => "1 voucher".to_owned(),
        (Lang::En, count) => format!("{count} vouchers"),
    }
}

/// "3장은 아직 금액이 없어요".
pub fn unpriced(how_many: u32, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{how_many}장은 권종을 골라야 금액이 나와요."),
        Lang::En => {
            format!("{} still {} a face value.", count(how_many, lang), if how_many == 1 { "needs" } else { "need" })
        }
    }
}

/// Vouchers that are not bought now.
pub fn left_out(how_many: u32, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{how_many}장은 지금 매입하지 않는 상품권이라 뺐어요."),
        Lang::En => format!("{} left out: we don’t buy that brand now.", count(how_many, lang)),
    }
}

/// "수수료 500원을 뺀 금액".
pub fn fee_taken_off(fee: Won, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("수수료 {}을 뺀 금액", fee.fmt(lang)),
        Lang::En => format!("After the {} fee", fee.fmt(lang)),
    }
}

/// "수수료 500원을 뺀 금액이에요".
pub fn after_fee(fee: Won, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("즉시 입금 수수료 {}을 뺀 금액이에요. 검증 결과에 따라 달라질 수 있어요.", fee.fmt(lang)),
        Lang::En => format!("After the {} fee for instant payout. Checking may change it.", fee.fmt(lang)),
    }
}

/// "신한은행, 국민은행은 06:00까지 점검 중이에요."
pub fn resting(bank: &str, until: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{bank} {until}까지 (KST)"),
        Lang::En => format!("{bank} until {until} KST"),
    }
}

/// "KB국민은행 외 11곳 점검 중, 늦어도 04:30에 끝나요 (KST)": the first bank, how many others, when all are back.
pub fn resting_many(first: &str, others: usize, until: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{first} 외 {others}곳 점검 중, 늦어도 {until}에 끝나요 (KST)"),
        Lang::En => format!("{first} and {others} more under maintenance, all back by {until} KST"),
    }
}

/// "접수 24시간 · 바로 입금 24시간(은행 점검 시간 제외) · 담당자 확인 평일 09–18시 (KST)".
pub fn open_hours(desk: DeskHours, lang: Lang) -> String {
    let DeskHours { from, to } = desk;
    match lang {
        Lang::Ko => {
            format!("접수 24시간 · 바로 입금 24시간(은행 점검 시간 제외) · 담당자 확인 평일 {from:02}–{to:02}시 (KST)")
        }
        Lang::En => format!(
            "Orders and instant payouts around the clock, except while your bank is under maintenance · Manual checks on weekdays {from:02}:00–{to:02}:00 KST"
        ),
    }
}

/// "130,000원대": an amount that was rounded down.
pub fn about(amount: Won, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{amount}원대"),
        Lang::En => format!("₩{amount}+"),
    }
}
