//! Selling: four steps.

use domain::messages;
use domain::text::plural;
use domain::wire::SellStep;
use domain::{Lang, Won};

messages! {
    pub fn sell_title() { ko: "상품권 팔기", en: "Sell vouchers" }
    pub fn steps_label() { ko: "진행 단계", en: "Steps" }
    pub fn change() { ko: "바꾸기", en: "Change" }

    pub fn vouchers_title() { ko: "어떤 상품권을 파시나요?", en: "Which vouchers are you selling?" }
    pub fn paste_label() { ko: "받은 문자를 그대로 붙여넣으세요", en: "Paste the message just as you received it" }
    pub fn paste_help() { ko: "여러 상품권, 여러 메시지를 한 번에 붙여넣어도 돼요. 한 주문에 100장까지예요.", en: "You can paste several vouchers or messages at once, up to 100 vouchers per order." }
    pub fn paste_action() { ko: "번호 찾기", en: "Find numbers" }
    pub fn rows_title() { ko: "찾은 상품권", en: "Vouchers found" }
    pub fn rows_empty() { ko: "아직 상품권이 없어요", en: "No vouchers yet" }
    pub fn rows_empty_help() { ko: "위에 문자를 붙여넣거나, 아래에서 브랜드를 골라 번호를 입력해 주세요.", en: "Paste a message above, or pick a brand below and type the number." }
    pub fn add_title() { ko: "번호를 직접 입력하기", en: "Type a number yourself" }
    pub fn add_pick() { ko: "브랜드를 골라 주세요", en: "Choose a brand" }
    pub fn add_wrong(label: &str) {
        ko: "{label}: 형식이 맞지 않아요. 빠지거나 더 들어간 글자가 없는지 봐 주세요.",
        en: "{label}: this doesn’t have the right form. Check for characters missing or added."
    }
    pub fn add_action() { ko: "상품권 더하기", en: "Add voucher" }
    pub fn row_brand() { ko: "브랜드", en: "Brand" }
    pub fn row_face() { ko: "권종", en: "Face value" }
    pub fn row_face_other() { ko: "다른 금액(원)", en: "Other amount (won)" }
    pub fn row_face_none() { ko: "권종 선택", en: "Choose a value" }
    pub fn row_pin() { ko: "상품권 번호", en: "Voucher number" }
    pub fn row_save() { ko: "저장", en: "Save" }
    pub fn row_remove() { ko: "빼기", en: "Remove" }
    pub fn row_guessed() { ko: "모양으로 짐작한 브랜드예요. 맞는지 확인해 주세요.", en: "We guessed the brand from the number. Please check it." }
    pub fn row_ready() { ko: "준비됨", en: "Ready" }
    pub fn row_left_out() { ko: "매입불가", en: "Not bought" }
    pub fn row_wants() { ko: "고쳐 주세요", en: "Needs fixing" }
    pub fn to_quote() { ko: "견적 보기", en: "See the quote" }
    pub fn count_none() { ko: "상품권을 넣어 주세요", en: "Add a voucher" }

    pub fn quote_title() { ko: "이 금액을 받아요", en: "Here’s what you get" }
    pub fn quote_lines() { ko: "상품권별 금액", en: "Amount per voucher" }
    pub fn quote_rate() { ko: "매입가율", en: "Rate" }
    pub fn quote_net() { ko: "금액", en: "Amount" }
    pub fn quote_total_face() { ko: "상품권 금액", en: "Total face value" }
    pub fn quote_gross() { ko: "매입 금액", en: "Before the fee" }
    pub fn quote_fee() { ko: "수수료", en: "Fee" }
    pub fn quote_net_total() { ko: "받을 금액", en: "You get" }
    pub fn quote_free() { ko: "없음", en: "None" }
    pub fn speed_title() { ko: "언제 받을까요?", en: "When would you like it?" }
    pub fn speed_instant() { ko: "바로 받기", en: "Right away" }
    pub fn speed_morning() { ko: "다음 영업일 아침에 받기", en: "Next business morning" }
    pub fn speed_apply() { ko: "이 방법으로 다시 계산", en: "Recalculate" }
    pub fn quote_again() { ko: "견적 다시 받기", en: "Get a new quote" }
    pub fn quote_first() { ko: "지금 시세로 계산할게요.", en: "We’ll price it at today’s rate." }
    pub fn quote_over() { ko: "견적 시간이 지났어요. 지금 시세로 다시 받아 주세요.", en: "This quote has expired. Please get a new one at today’s rate." }
    pub fn quote_note() { ko: "발행사 확인 결과에 따라 입금액이 달라질 수 있어요. 정상인 상품권만큼 입금해요.", en: "The amount may change once the issuer has checked your vouchers. We pay for the good ones." }
    pub fn to_you() { ko: "이 금액으로 계속", en: "Continue" }
    pub fn speed_free() { ko: "수수료 없음", en: "No fee" }

    pub fn you_title() { ko: "받을 분을 확인해요", en: "Who’s getting paid?" }
    pub fn you_phone_key() { ko: "본인 확인", en: "Your phone" }
    pub fn you_phone_title() { ko: "휴대폰을 확인할게요", en: "Verify your phone" }
    pub fn you_name() { ko: "이름", en: "Name" }
    pub fn you_name_help() { ko: "계좌의 예금주와 같아야 해요.", en: "Must match the account holder’s name." }
    pub fn you_phone() { ko: "휴대폰 번호", en: "Mobile number" }
    pub fn you_send() { ko: "인증번호 받기", en: "Send code" }
    pub fn you_resend() { ko: "다시 받기", en: "Send again" }
    pub fn you_code() { ko: "인증번호 6자리", en: "6-digit code" }
    pub fn you_check() { ko: "확인", en: "Confirm" }
    pub fn you_proved() { ko: "인증됨", en: "Verified" }
    pub fn you_account_key() { ko: "입금 계좌", en: "Your account" }
    pub fn you_account_title() { ko: "어디로 입금할까요?", en: "Where should we pay?" }
    pub fn you_bank() { ko: "은행", en: "Bank" }
    pub fn you_bank_none() { ko: "은행을 골라 주세요", en: "Choose your bank" }
    pub fn you_bank_resting() { ko: "점검 중", en: "under maintenance" }
    pub fn you_bank_help() { ko: "이름을 입력하면 목록에서 고를 수 있어요.", en: "Start typing to choose from the list." }
    pub fn you_account() { ko: "계좌번호", en: "Account number" }
    pub fn you_account_help() { ko: "본인 명의 계좌만 돼요. 숫자만 입력해도 돼요.", en: "Your own account only. You can leave out the hyphens." }
    pub fn you_holder() { ko: "예금주", en: "Account holder" }
    pub fn you_account_check() { ko: "계좌 확인하기", en: "Check the account" }
    pub fn you_consents_title() { ko: "동의해 주세요", en: "Your consent" }
    pub fn you_required() { ko: "필수", en: "Required" }
    pub fn you_optional() { ko: "선택", en: "Optional" }
    pub fn you_consent_read() { ko: "전체 내용 보기", en: "Read the full text" }
    pub fn to_confirm() { ko: "동의하고 계속", en: "Agree and continue" }
    pub fn holder_matched() { ko: "예금주를 확인했어요", en: "The account holder matches" }
    pub fn holder_differs() { ko: "예금주 이름이 달라요. 이름과 계좌번호를 다시 확인해 주세요.", en: "The account is in a different name. Please check the name and the number." }
    pub fn holder_unknown() { ko: "은행이 지금 응답하지 않아요. 접수는 되고, 입금 전에 다시 확인해요.", en: "The bank isn’t answering right now. You can go on; we’ll check again before we pay." }

    pub fn confirm_title() { ko: "마지막으로 확인해 주세요", en: "One last look" }
    pub fn confirm_to() { ko: "입금받을 계좌", en: "Paid to" }
    pub fn confirm_when() { ko: "입금 예정", en: "Expected" }
    pub fn confirm_final() { ko: "접수하면 바로 검증을 시작해요. 사용 처리된 상품권은 되돌릴 수 없어요.", en: "Checking starts as soon as you submit. A redeemed voucher can’t be undone." }
    pub fn submit() { ko: "판매 접수하기", en: "Submit" }
    pub fn submitting() { ko: "접수하고 있어요", en: "Submitting" }
    pub fn draft_private() { ko: "번호는 이 기기에 남지 않아요. 2시간 동안 입력이 없으면 지워져요.", en: "Numbers don’t stay on this device. After two hours without a change they’re erased." }
}

/// A step's page in the browser's title: "견적 · 상품권 팔기".
pub fn sell_page(step: SellStep, lang: Lang) -> String {
    format!("{} · {}", step_name(step, lang), sell_title(lang))
}

/// The step's name in the row of steps.
pub const fn step_name(step: SellStep, lang: Lang) -> &'static str {
    match (step, lang) {
        (SellStep::Vouchers, Lang::Ko) => "상품권",
        (SellStep::Quote, Lang::Ko) => "견적",
        (SellStep::You, Lang::Ko) => "받을 분",
        (SellStep::Confirm, Lang::Ko) => "확인",
        (SellStep::Vouchers, Lang::En) => "Vouchers",
        (SellStep::Quote, Lang::En) => "Quote",
        (SellStep::You, Lang::En) => "You",
        (SellStep::Confirm, Lang::En) => "Confirm",
    }
}

/// "견적은 14:15까지 유효해요".
pub fn quote_until(clock: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{clock}까지 이 금액이에요"),
        Lang::En => format!("Held until {clock} KST"),
    }
}

/// "남은 시간 09:12".
pub fn left(time: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("남은 시간 {time}"),
        Lang::En => format!("{time} left"),
    }
}

/// What a new quote changed.
pub fn requoted(before: Won, now: Won, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("시세가 바뀌어 {}에서 {}이 됐어요.", before.fmt(lang), now.fmt(lang)),
        Lang::En => format!("The rate has changed: {} is now {}.", before.fmt(lang), now.fmt(lang)),
    }
}

/// "수수료 500원".
pub fn speed_fee(fee: Won, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("수수료 {}", fee.fmt(lang)),
        Lang::En => format!("Fee {}", fee.fmt(lang)),
    }
}

/// How many rows still need a look.
pub fn rows_open(open: usize, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{open}장을 고쳐 주세요"),
        Lang::En => format!("{open} to fix"),
    }
}

/// "3번 남았어요".
pub fn tries_left(tries: u32, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{tries}번 더 시도할 수 있어요."),
        Lang::En => format!("{tries} {} left.", plural(usize::try_from(tries).unwrap_or(usize::MAX), "try", "tries")),
    }
}

/// Which voucher a row's control belongs to, for its name.
pub fn row_name(index: usize, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{index}번째 상품권"),
        Lang::En => format!("Voucher {index}"),
    }
}

/// "은행 123-4***** (홍*동)" for the line that can be touched to change.
pub fn payee_line(bank: &str, account: &str, holder: &str) -> String {
    if holder.is_empty() { format!("{bank} {account}") } else { format!("{bank} {account} · {holder}") }
}

/// "1,000원부터 50,000원까지 100원 단위예요."
pub fn row_face_range(min: Won, max: Won, step: Won, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{}부터 {}까지 {} 단위예요.", min.fmt(lang), max.fmt(lang), step.fmt(lang)),
        Lang::En => format!("{} to {}, in steps of {}.", min.fmt(lang), max.fmt(lang), step.fmt(lang)),
    }
}

/// How soon, in two words.
pub const fn speed_word(speed: domain::Speed, lang: Lang) -> &'static str {
    match speed {
        domain::Speed::Instant => speed_instant(lang),
        domain::Speed::NextMorning => speed_morning(lang),
    }
}
