use std::fmt;

/// How many different numbers one institution has per day: 36⁹.
pub const TRAN_SPACE: u64 = 101_559_956_668_416;

/// `bank_tran_id`: institution code (10) + `U` + 9 of `[0-9A-Z]`. Unique per day; ours are unique for good.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BankTranId(String);

impl BankTranId {
    /// Made from a number the caller drew by chance (48 bits); it is taken modulo [`TRAN_SPACE`]. The same number
    /// gives the same id, so the database's unique index is what makes it unique.
    pub fn new(client_use_code: &str, number: u64) -> Option<Self> {
        if !good_code(client_use_code) {
            return None;
        }
        let mut rest = number % TRAN_SPACE;
        let mut tail = [b'0'; 9];
        for place in tail.iter_mut().rev() {
            let digit = u8::try_from(rest % 36).unwrap_or(0);
            *place = if digit < 10 { b'0' + digit } else { b'A' + digit - 10 };
            rest /= 36;
        }
        Some(Self(format!("{client_use_code}U{}", String::from_utf8_lossy(&tail))))
    }

    /// Reads one back from the database.
    pub fn parse(text: &str) -> Option<Self> {
        let (code, rest) = text.split_at_checked(10)?;
        let tail = rest.strip_prefix('U')?;
        (good_code(code)
            && tail.len() == 9
            && tail.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()))
        .then(|| Self(text.to_owned()))
    }

    /// All 20 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BankTranId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(crate) fn good_code(code: &str) -> bool {
    code.len() == 10 && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u64) -> String {
        BankTranId::new("T991628940", number).map(|id| id.to_string()).unwrap_or_default()
    }

    #[test]
    fn it_has_twenty_characters_for_every_number() {
        assert_eq!(id(0), "T991628940U000000000");
        assert_eq!(id(35), "T991628940U00000000Z");
        assert_eq!(id(36), "T991628940U000000010");
        assert_eq!(id(TRAN_SPACE - 1), "T991628940UZZZZZZZZZ");
        assert_eq!(id(TRAN_SPACE), "T991628940U000000000");
        assert_eq!(id((1 << 48) - 1).len(), 20);
    }

    #[test]
    fn what_was_made_can_be_read_back_and_nothing_else() {
        assert_eq!(BankTranId::parse(&id(123_456_789)), BankTranId::new("T991628940", 123_456_789));
        for bad in [
            "",
            "T991628940",
            "T991628940X000000000",
            "T991628940U00000000z",
            "T991628940U0000000000",
            "가나다라마바사U",
        ] {
            assert!(BankTranId::parse(bad).is_none(), "{bad}");
        }
        assert!(BankTranId::new("short", 1).is_none());
    }
}
