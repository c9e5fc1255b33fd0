//! Vouchers as customers have them, each number new, its end saying what the sandbox's issuers answer.

use std::sync::atomic::{AtomicU64, Ordering};

/// One voucher to sell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Brand's key.
    pub brand: &'static str,
    /// Its name as messages write it.
    pub name: &'static str,
    /// The number, normal form.
    pub pin: String,
    /// The second number, for brands that have one, with its word in messages.
    pub second: Option<(&'static str, String)>,
    /// Won.
    pub face: i64,
}

impl Voucher {
    /// As a gift message says it.
    pub fn message(&self) -> String {
        let number = grouped(&self.pin, "-");
        let second = self.second.as_ref().map(|(word, value)| format!("\n{word} {value}")).unwrap_or_default();
        format!("{} {}원권\n핀번호 {number}{second}\n", self.name, thousands(self.face))
    }
}

fn thousands(won: i64) -> String {
    if won >= 10_000 && won % 10_000 == 0 { format!("{}만", won / 10_000) } else { won.to_string() }
}

/// In groups of four (the last may be longer), as people write numbers.
pub fn grouped(pin: &str, between: &str) -> String {
    let size = if pin.len() == 20 { 5 } else { 4 };
    let cuts = if pin.len() == 18 { 4 } else { pin.len().div_ceil(size) };
    let chars: Vec<char> = pin.chars().collect();
    let groups = (0..cuts).map(|at| {
        let to = if at + 1 == cuts { chars.len() } else { (at + 1) * size };
        chars[at * size..to].iter().collect::<String>()
    });
    groups.collect::<Vec<_>>().join(between)
}

/// What the sandbox makes of a voucher, by its number's ending (server/sandbox/README.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Bought.
    Good,
    /// Refused.
    Used,
    /// Refused.
    Zero,
    /// Bought after two "not now".
    Temporary,
    /// Redeemed, but the answer never comes.
    Late,
    /// The first redemption is lost on its way.
    Early,
    /// Nobody may ask about it now: a person decides.
    LockedOut,
}

impl Ending {
    /// Every ending an order ends well or badly with, without a person.
    pub const ALL: [Self; 6] = [Self::Good, Self::Used, Self::Zero, Self::Temporary, Self::Late, Self::Early];

    fn digits(self) -> &'static str {
        match self {
            Self::Good => "1111",
            Self::Used => "9901",
            Self::Zero => "9903",
            Self::Temporary => "9906",
            Self::Late => "9907",
            Self::Early => "9908",
            Self::LockedOut => "9905",
        }
    }

    fn letters(self) -> &'static str {
        match self {
            Self::Good => "KKKK",
            Self::Used => "USED",
            Self::Zero => "ZERO",
            Self::Temporary => "TEMP",
            Self::Late => "LATE",
            Self::Early => "EARL",
            Self::LockedOut => "LOCK",
        }
    }

    /// Is it redeemed in the end?
    pub fn is_bought(self) -> bool {
        !matches!(self, Self::Used | Self::Zero)
    }
}

/// Brands with a bridge, in turn.
pub const BRANDS: [&str; 6] = ["cultureland", "booknlife", "teencash", "eggmoney", "nexon", "munhwa"];

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A number nobody in this process has had.
pub fn fresh() -> u64 {
    NEXT.fetch_add(1, Ordering::SeqCst)
}

/// A voucher nobody in this process has had. Only the journal of one test's sandbox ever sees it, so it need not be
/// new in the world.
pub fn voucher(brand: &str, ending: Ending) -> Voucher {
    let n = fresh();
    let body =
        |digits: usize| format!("{:0>digits$}", (n + 1) * 7_919 % 10_u64.pow(u32::try_from(digits.min(12)).unwrap()));
    // No vowels, so that no word comes out by chance.
    let letters = |count: usize| {
        let mut rest = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut text = String::new();
        for _ in 0..count {
            rest ^= rest >> 29;
            rest = rest.wrapping_mul(0xBF58_476D_1CE4_E5B9);
            text.push(char::from(b"BCDFGHJKLMNPQRSTVWXZ"[usize::try_from(rest >> 40).unwrap() % 20]));
        }
        text
    };
    let end = ending.digits();
    match brand {
        "cultureland" => Voucher {
            brand: "cultureland",
            name: "컬쳐랜드",
            pin: format!("4160{}{end}", body(8)),
            second: None,
            face: 10_000,
        },
        "booknlife" => Voucher {
            brand: "booknlife",
            name: "북앤라이프",
            pin: format!("7102{}{end}", body(8)),
            second: Some(("비밀번호", "4821".to_owned())),
            face: 30_000,
        },
        "teencash" => Voucher {
            brand: "teencash",
            name: "틴캐시",
            pin: format!("T{}Q{}{}", letters(2), body(4), ending.letters()),
            second: None,
            face: 5_000,
        },
        "eggmoney" => Voucher {
            brand: "eggmoney",
            name: "에그머니",
            pin: format!("6200{}{end}", body(12)),
            second: None,
            face: 10_000,
        },
        "nexon" => Voucher {
            brand: "nexon",
            name: "넥슨카드",
            pin: format!("{}{}", letters(16), ending.letters()),
            second: None,
            face: 30_000,
        },
        "munhwa" => Voucher {
            brand: "munhwa",
            name: "문화상품권",
            pin: format!("36{}{end}", body(12)),
            second: None,
            face: 50_000,
        },
        other => panic!("no vouchers of {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_groups() {
        assert_eq!(grouped("1234567890123456", "-"), "1234-5678-9012-3456");
        assert_eq!(grouped("123456789012345678", " "), "1234 5678 9012 345678");
        assert_eq!(grouped("12345678901234567890", "-"), "12345-67890-12345-67890");
    }

    #[test]
    fn no_two_vouchers_are_the_same() {
        for brand in BRANDS {
            let pins: std::collections::HashSet<String> = (0..500).map(|_| voucher(brand, Ending::Good).pin).collect();
            assert_eq!(pins.len(), 500, "{brand}");
        }
    }
}
