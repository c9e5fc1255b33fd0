//! Laws of the extractor that need a look inside; the labelled texts are in `tests/pin_fixtures.rs`.

use proptest::prelude::*;

use super::{BrandKey, Problem, RejectReason, STEPS, normalise_pin, parse};

fn steps(text: &str, hint: Option<BrandKey>) -> usize {
    STEPS.with(|sum| sum.set(0));
    let _ = parse(text, hint);
    STEPS.with(std::cell::Cell::get)
}

/// Pieces that meet every branch when they are strung together.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("컬쳐랜드 ".to_owned()),
        Just("문상 ".to_owned()),
        Just("북앤라이프".to_owned()),
        Just("넥슨카드 ".to_owned()),
        Just("구글플레이 ".to_owned()),
        Just("신세계상품권 ".to_owned()),
        Just("스타벅스 e카드 ".to_owned()),
        Just("온누리상품권 ".to_owned()),
        Just("핀번호 : ".to_owned()),
        Just("권번호 ".to_owned()),
        Just("비밀번호 ".to_owned()),
        Just("번호\t핀번호\t금액\n".to_owned()),
        Just("주문번호 ".to_owned()),
        Just("https://a.b/".to_owned()),
        Just("a.".to_owned()),
        Just("&amp;".to_owned()),
        Just("<td>".to_owned()),
        Just("①".to_owned()),
        Just("\u{200B}".to_owned()),
        Just("**".to_owned()),
        "[0-9]{1,20}",
        "[0-9A-Za-z]{1,6}",
        "[ \t\n,./:_|~()\\-]{1,3}",
        "\\PC{0,4}",
        Just("4180-1234-5678-9012".to_owned()),
        Just("2022.07.01".to_owned()),
        Just("010-1234-5678".to_owned()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn hints() -> impl Strategy<Value = Option<BrandKey>> {
    prop::option::of(prop::sample::select(BrandKey::ALL))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_span_lies_on_characters_inside_the_text(text in pieces(), hint in hints()) {
        let parsed = parse(&text, hint);
        for span in parsed.items.iter().map(|item| item.span).chain(parsed.rejected.iter().map(|bad| bad.span)) {
            prop_assert!(span.start < span.end);
            prop_assert!(text.get(span.start..span.end).is_some());
        }
    }

    #[test]
    fn digits_between_stars_have_a_place(digits in "[0-9]{16}") {
        let text = format!("스타벅스 e카드 **{digits}**컬쳐랜드 ");
        for item in parse(&text, None).items {
            prop_assert!(text.get(item.span.start..item.span.end).is_some_and(|found| found.contains(&digits)));
        }
    }

    #[test]
    fn any_text_at_all_is_read_without_a_panic(text in any::<String>(), hint in hints()) {
        let _ = parse(&text, hint);
        for &brand in BrandKey::ALL {
            let _ = normalise_pin(brand, &text);
        }
    }

    #[test]
    fn the_same_text_has_the_same_answer(text in pieces(), hint in hints()) {
        prop_assert_eq!(parse(&text, hint), parse(&text, hint));
    }

    #[test]
    fn a_pin_found_is_its_own_normal_form(text in pieces(), hint in hints()) {
        for item in parse(&text, hint).items {
            prop_assert_eq!(normalise_pin(item.brand, &item.pin), Ok(item.pin.clone()));
        }
    }

    #[test]
    fn a_pin_found_once_is_found_alone(text in pieces(), hint in hints()) {
        let parsed = parse(&text, hint);
        for (at, item) in parsed.items.iter().enumerate() {
            let repeats = parsed.items.iter().skip(at + 1).filter(|other| {
                other.pin == item.pin && other.companion.gift_number == item.companion.gift_number
            });
            prop_assert_eq!(repeats.count(), 0);
        }
    }

    #[test]
    fn twice_the_text_is_at_most_about_twice_the_work(text in pieces(), hint in hints()) {
        let long = text.repeat(16);
        let once = steps(&long, hint);
        let twice = steps(&long.repeat(2), hint);
        prop_assert!(twice <= once * 5 / 2 + 2000, "{} then {}", once, twice);
    }
}

#[test]
fn rows_made_to_be_slow_cost_no_more_than_their_length() {
    let hard = [
        "4180-1234-",
        "1234 ",
        "12\n",
        "1234\n",
        "a.",
        "a.b/",
        "&amp;",
        "<b ",
        "<",
        "번호",
        "구글 ",
        "*",
        "1,",
        "1,2\t",
        "A1B2 ",
        "가나다라",
        "4180 1234 5678 9012 ",
        "번호\t핀번호\n",
        "권번호 ",
        "1234567890123 ",
        "신세계상품권 123456 ",
        "()",
        "컬쳐랜드 ",
        "스마트 모바일 ",
        "롯데 모바일 ",
        "( ",
        "2022.01.",
        "1:",
        "ㅇ",
        "_",
        "문상 1 ",
    ];
    for piece in hard {
        for hint in [None, Some(BrandKey::Booknlife), Some(BrandKey::GooglePlay), Some(BrandKey::Shinsegae)] {
            let once = steps(&piece.repeat(4000), hint);
            let twice = steps(&piece.repeat(8000), hint);
            assert!(twice <= once * 5 / 2 + 1000, "{piece:?}: {once} steps, then {twice}");
            assert!(twice <= piece.len() * 8000 * 80 + 1000, "{piece:?}: {twice} steps");
        }
    }
}

#[test]
fn a_typed_pin_gets_the_same_normal_form_and_the_same_checks() {
    let typed = |brand, text| normalise_pin(brand, text);
    assert_eq!(typed(BrandKey::Cultureland, " ４１８０–1234 5678.90l2 ").as_deref(), Ok("4180123456789012"));
    assert_eq!(typed(BrandKey::GooglePlay, "ab12-cd34-ef56-gh78").as_deref(), Ok("AB12CD34EF56GH78"));
    assert_eq!(typed(BrandKey::Cultureland, "4180-1234-5678-901"), Err(RejectReason::Truncated));
    assert_eq!(typed(BrandKey::Cultureland, "4180-1234-5678-90123"), Err(RejectReason::Overlong));
    assert_eq!(typed(BrandKey::Cultureland, "4170-1234-5678-9012"), Err(RejectReason::Impossible));
    assert_eq!(typed(BrandKey::Cultureland, "4180-****-5678-9012"), Err(RejectReason::Masked));
    assert_eq!(typed(BrandKey::Munhwa, "4180-1234-5678-9012"), Err(RejectReason::Truncated));
    assert_eq!(typed(BrandKey::Booknlife, "4180-1234-5678-9012-3456"), Err(RejectReason::Overlong));
    assert_eq!(typed(BrandKey::Nexon, ""), Err(RejectReason::Truncated));
}

#[test]
fn a_repeat_counts_once_and_is_told() {
    let parsed = parse("컬쳐랜드 4180-1111-2222-3333\n다시 보내요 4180 1111 2222 3333", None);
    assert_eq!((parsed.items.len(), parsed.duplicates), (1, 1));
}

#[test]
fn a_guess_says_that_it_is_one() {
    let parsed = parse("3304-1111-2222-333344", None);
    let problems = parsed.items.first().map(|item| item.problems.clone());
    assert_eq!(problems, Some(vec![Problem::BrandGuessed, Problem::AmbiguousBrand]));
}

#[test]
fn a_number_that_was_not_taken_says_why() {
    let reason = |text| parse(text, None).rejected.first().map(|bad| bad.reason);
    assert_eq!(reason("컬쳐랜드 4180-****-****-1234"), Some(RejectReason::Masked));
    assert_eq!(reason("컬쳐랜드 4180-1234-5678-90"), Some(RejectReason::Truncated));
    assert_eq!(reason("컬쳐랜드 4180-1234-5678-901234"), Some(RejectReason::Overlong));
    assert_eq!(reason("컬쳐랜드 8180-1234-5678-9012"), Some(RejectReason::Impossible));
    assert_eq!(reason("온누리상품권 8180-1234-5678-9012"), Some(RejectReason::OtherIssuer));
}

#[test]
fn more_pins_than_the_most_are_cut_and_told() {
    let lines: Vec<String> = (0..1100).map(|n| format!("컬쳐랜드 4180-0000-0000-{n:04}")).collect();
    let text = lines.join("\n");
    let parsed = parse(&text, None);
    assert_eq!((parsed.items.len(), parsed.truncated), (super::MAX_ITEMS, true));
}

#[test]
fn the_wire_form_is_fixed() {
    let parsed = parse("북앤라이프 1234-5678-9012-3456 비밀번호 7890", None);
    let item = parsed.items.first().map(|item| serde_json::to_value(item).unwrap_or_default());
    let expected = serde_json::json!({
        "brand": "booknlife", "pin": "1234567890123456", "companion": {"auth_code": "7890"},
        "span": [16, 35], "confidence": 0.99, "problems": []
    });
    assert_eq!(item, Some(expected));
}

#[test]
fn a_log_line_shows_no_pin() {
    let parsed = parse("북앤라이프 1234-5678-9012-3456 비밀번호 7890", None);
    let shown = format!("{parsed:?}");
    assert!(!shown.contains("1234") && !shown.contains("7890"), "{shown}");
}
