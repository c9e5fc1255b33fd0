//! How people and numbers are hidden: one table for every screen, log, export and message.
//!
//! The rules are those of 개인정보보호위원회/KISA「개발자 대상 개인정보 보호조치 적용 안내서」§5.3 (domain-facts §3.1):
//! name 홍*동, phone 010-1234-****, account: last five digits. Two different maskings of one value could be put
//! together again, so nobody masks by hand.

/// Hidden characters of a PIN.
const DOT: char = '•';

/// `홍*동`, `김*`, `남***수`; names in Latin letters keep the first letter of each word: `J*** S****`.
pub fn name(name: &str) -> String {
    let name = name.trim();
    if name.chars().any(|c| c.is_ascii_alphabetic()) && !name.chars().any(is_hangul) {
        return name.split_whitespace().map(first_and_stars).collect::<Vec<_>>().join(" ");
    }
    let chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    match chars.as_slice() {
        [] => String::new(),
        [_] => "*".to_owned(),
        [first, _] => format!("{first}*"),
        [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len())),
    }
}

/// For the public feed: the first letter and two stars, whatever the length.
pub fn surname(name: &str) -> String {
    name.trim().chars().next().map_or_else(|| "**".to_owned(), |first| format!("{first}**"))
}

fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

fn first_and_stars(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(String::from).unwrap_or_default();
    first + &"*".repeat(chars.count().max(1))
}

/// `010-1234-5678` from digits; anything else stays as it is.
pub(crate) fn hyphenate_phone(digits: &str) -> String {
    let middle = match digits.len() {
        10 => 6,
        11 => 7,
        _ => return digits.to_owned(),
    };
    match (digits.get(..3), digits.get(3..middle), digits.get(middle..)) {
        (Some(head), Some(body), Some(tail)) => format!("{head}-{body}-{tail}"),
        _ => digits.to_owned(),
    }
}

/// `010-1234-****`. What isn't a phone number is hidden whole.
pub fn phone(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if !matches!(digits.len(), 10 | 11) {
        return "****".to_owned();
    }
    let written = hyphenate_phone(&digits);
    let shown = written.get(..written.len().saturating_sub(4)).unwrap_or_default();
    format!("{shown}****")
}

/// The last five digits hidden, `430201*****`. Up to five digits are hidden whole.
pub fn account(account: &str) -> String {
    let digits: String = account.chars().filter(char::is_ascii_digit).collect();
    let shown = digits.get(..digits.len().saturating_sub(5)).unwrap_or_default();
    format!("{shown}*****")
}

/// First four and last two characters of a PIN, dots between; shorter numbers show less, so that at least half of
/// them and never fewer than four characters stay hidden.
pub fn pin(pin: &str) -> String {
    let chars: Vec<char> = pin.chars().filter(char::is_ascii_alphanumeric).collect();
    let (head, tail) = match chars.len() {
        0..=5 => (0, 0),
        6..=11 => (0, 2),
        _ => (4, 2),
    };
    let hidden = chars.len().saturating_sub(head + tail).max(4);
    let start: String = chars.iter().take(head).collect();
    let end: String = chars.iter().skip(chars.len().saturating_sub(tail)).collect();
    let dots: String = std::iter::repeat_n(DOT, hidden).collect();
    start + &dots + &end
}

/// A companion number (password, security code, date): hidden whole.
pub fn companion(value: &str) -> String {
    std::iter::repeat_n(DOT, value.chars().count().clamp(1, 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_are_hidden_by_the_official_table() {
        for (plain, hidden) in [
            ("홍길동", "홍*동"),
            ("김철", "김*"),
            ("김", "*"),
            ("남궁민수", "남**수"),
            ("황보 라온별", "황***별"),
            ("John Smith", "J*** S****"),
            ("Kim", "K**"),
            ("A", "A*"),
            ("", ""),
        ] {
            assert_eq!(name(plain), hidden);
        }
        assert_eq!(surname("홍길동"), "홍**");
        assert_eq!(surname("김철"), "김**");
        assert_eq!(surname("John Smith"), "J**");
        assert_eq!(surname(""), "**");
    }

    #[test]
    fn the_last_four_of_a_phone_and_the_last_five_of_an_account_are_hidden() {
        assert_eq!(phone("01012345678"), "010-1234-****");
        assert_eq!(phone("010-1234-5678"), "010-1234-****");
        assert_eq!(phone("0111234567"), "011-123-****");
        assert_eq!(phone("12345"), "****");
        assert_eq!(account("430201123456"), "4302011*****");
        assert_eq!(account("430-20-123456"), "430201*****");
        assert_eq!(account("123"), "*****");
    }

    #[test]
    fn a_pin_shows_its_first_four_and_last_two() {
        assert_eq!(pin("4180123412341299"), "4180••••••••••99");
        assert_eq!(pin("4180-1234-1234-1299"), "4180••••••••••99");
        assert_eq!(pin("123456789012"), "1234••••••12");
        assert_eq!(pin("123456"), "••••56");
        assert_eq!(pin("1234"), "••••");
        assert_eq!(companion("7890"), "••••");
    }

    proptest! {
        #[test]
        fn at_least_half_of_a_pin_stays_hidden(number in "[0-9A-Z]{1,40}") {
            let shown = pin(&number).chars().filter(|c| *c != DOT).count();
            prop_assert!(shown * 2 <= number.len());
        }

        #[test]
        fn a_masked_name_never_holds_the_name(plain in "[가-힣]{2,8}") {
            prop_assert!(!name(&plain).contains(&plain));
            prop_assert_eq!(name(&plain).chars().count(), plain.chars().count());
        }
    }
}
