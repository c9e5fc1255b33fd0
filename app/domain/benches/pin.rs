//! How many megabytes of pasted text the PIN extractor reads in a second: `cargo bench -p domain --bench pin`.
#![expect(clippy::print_stdout, reason = "the number is what this is run for")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use domain::pin;
use unicode_normalization::UnicodeNormalization;

const VOUCHERS: &str = "[Web발신]\n컬쳐랜드 5매 발송\n1. 3116 4404 3887 4133\n2. 4167 9397 8269 4796\n3. 4180-9721-8470-0986\n\
    주문번호 O20261218152218\n고객센터 1644-8002\n\n문화상품권(18핀) 3만원권\n핀번호 : 3304-2727-4516-922373\n유효기간 2026.12.25 ~ 2030.09.22\n";
const CHAT: &str = "[정현우] [오후 7:24] 북앤라이프 매입 되나요? 지금 세 장 있는데 오늘 안에 입금되면 좋겠어요\n[서미경] [오후 3:02] 5202-3036-0088-0076 비밀번호 9308\n\
    네 감사합니다 😊 계좌는 카카오뱅크 3333-01-7271698 입니다\n";
const PROSE: &str = "안녕하세요 고객님, 주문하신 상품의 발송이 완료되었습니다. 배송 조회는 아래 주소에서 하실 수 있으며 문의 사항은 고객센터로 연락 주시기 바랍니다. \
    본 메일은 발신전용입니다.\nPlease keep this message for your records; the quick brown fox jumps over the lazy dog 2026-01-02 10:20:30.\n";
const NOISE: &str = "사업자등록번호 841-57-55638\n전화 02)1690-7196\nhttps://gift.kakao.example/c/0317/7557/6882?no=20269802506079\n현대카드 9522-****-****-366* 승인 30,000원\n\
    주문번호\t상태\t결제금액\n20250422-0529693\t배송중\t50000\nYmFzZTY0IGlzIG5vdCBhIHZvdWNoZXIgNDE4MDEyMzQ1Njc4OTAxMg==\n";

/// A text of about 64 KB.
fn mixed(parts: &[&str]) -> String {
    let mut text = String::new();
    while text.len() < 64 * 1024 {
        for part in parts {
            text.push_str(part);
        }
    }
    text
}

/// ASCII letters and digits in their full width.
fn full_width(text: &str) -> String {
    let wide = |c: char| {
        if c.is_ascii_alphanumeric() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c }
    };
    text.chars().map(wide).collect()
}

/// Bytes per microsecond are megabytes per second; the second number counts tenths.
fn speed(texts: &[&str]) -> (u128, u128) {
    for text in texts {
        black_box(pin::parse(black_box(text), None));
    }
    let (start, mut bytes) = (Instant::now(), 0_u128);
    while start.elapsed() < Duration::from_millis(1500) {
        for text in texts {
            black_box(pin::parse(black_box(text), None));
            bytes += u128::try_from(text.len()).unwrap_or(0);
        }
    }
    let tenths = bytes * 10_000 / start.elapsed().as_nanos().max(1);
    (tenths / 10, tenths % 10)
}

fn main() {
    let plain = mixed(&[VOUCHERS, CHAT, PROSE, NOISE]);
    let nfd: String = mixed(&[VOUCHERS, PROSE, CHAT]).nfd().collect();
    let wide = full_width(&mixed(&[CHAT, NOISE, VOUCHERS]));
    let prose = mixed(&[PROSE]);
    let noise = mixed(&[NOISE]);
    for (name, text) in
        [("messages", &plain), ("decomposed", &nfd), ("full-width", &wide), ("prose", &prose), ("noise", &noise)]
    {
        let (whole, tenth) = speed(&[text]);
        println!("pin {name:<11} {whole}.{tenth} MB/s");
    }
    let (whole, tenth) = speed(&[&plain, &nfd, &wide, &prose, &noise]);
    println!("pin mixed       {whole}.{tenth} MB/s");
}
