//! What the extractor answers with.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

/// A place in the text as given: byte offsets, end exclusive, always on character boundaries. Serialised as
/// `[start, end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Self { start, end }
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in JSON and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value with this word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&word).ok_or_else(|| serde::de::Error::custom(concat!("unknown ", stringify!($name))))
            }
        }
    };
}

words! {
    /// A voucher brand as the extractor tells it.
    BrandKey {
        /// 컬쳐랜드, 모바일문화상품권: 16 digits.
        Cultureland = "cultureland",
        /// 문화상품권 (18핀): 18 digits.
        Munhwa = "munhwa",
        /// 스마트문화상품권: 18 digits.
        SmartMunhwa = "smart_munhwa",
        /// 18 digits, and nothing says which of the two it is.
        MunhwaOrSmart = "munhwa_or_smart",
        /// 북앤라이프 도서문화상품권: 16 digits and a 4-digit password.
        Booknlife = "booknlife",
        /// 구글플레이 기프트카드: 16 or 20 letters and digits.
        GooglePlay = "google_play",
        /// 틴캐시: 12 letters and digits.
        Teencash = "teencash",
        /// 에그머니: 20 digits.
        Eggmoney = "eggmoney",
        /// 퍼니카드: 16 letters and digits.
        Funnycard = "funnycard",
        /// 넥슨카드: 20 letters.
        Nexon = "nexon",
        /// 해피머니: 16 digits and the day of issue.
        Happymoney = "happymoney",
        /// 신세계상품권: 6-digit scratch PIN, 13-digit gift number.
        Shinsegae = "shinsegae",
        /// 롯데상품권: 16 digits.
        Lotte = "lotte",
        /// 현대백화점상품권: 16 digits and a 4-digit security code.
        Hyundai = "hyundai",
        /// 스타벅스 e카드: 16-digit card number and an 8-digit PIN.
        Starbucks = "starbucks",
        /// 기프티콘: 12 digits.
        Gifticon = "gifticon",
    }
}

words! {
    /// What a person should look at in a PIN that was found.
    Problem {
        /// The brand needs a further number that the text does not hold.
        MissingCompanion = "missing_companion",
        /// No name and no choice: the shape of the number spoke for the brand.
        BrandGuessed = "brand_guessed",
        /// 18 digits that fit two brands.
        AmbiguousBrand = "ambiguous_brand",
        /// Letters that look like digits were read as digits.
        OcrCorrected = "ocr_corrected",
        /// The text names another brand than the one chosen before.
        HintIgnored = "hint_ignored",
    }
}

impl Problem {
    /// In Korean, for the customer.
    pub const fn text_ko(self) -> &'static str {
        match self {
            Self::MissingCompanion => "함께 필요한 번호(비밀번호·발행일 등)가 없습니다",
            Self::BrandGuessed => "번호 모양으로 상품권 종류를 정했습니다",
            Self::AmbiguousBrand => "문화상품권인지 스마트문화상품권인지 골라 주세요",
            Self::OcrCorrected => "영문 O·l·I를 숫자로 바꿔 읽었습니다. 번호를 확인해 주세요",
            Self::HintIgnored => "선택하신 종류와 다른 상품권 이름이 적혀 있습니다",
        }
    }

    /// In English, for the customer.
    pub const fn text_en(self) -> &'static str {
        match self {
            Self::MissingCompanion => "A further number this voucher needs is missing (password, day of issue …)",
            Self::BrandGuessed => "The brand was told from the shape of the number",
            Self::AmbiguousBrand => "Please say whether this is a Culture or a Smart Culture voucher",
            Self::OcrCorrected => "The letters O, l or I were read as digits. Please check the number",
            Self::HintIgnored => "The text names another voucher than the one you chose",
        }
    }
}

words! {
    /// Why a number was not taken.
    RejectReason {
        /// Partly hidden.
        Masked = "masked",
        /// Too short.
        Truncated = "truncated",
        /// Too long; a longer number is never cut to fit.
        Overlong = "overlong",
        /// The right length, but no PIN of the brand looks like this.
        Impossible = "impossible",
        /// It belongs to a voucher of an issuer that is not bought.
        OtherIssuer = "other_issuer",
    }
}

impl RejectReason {
    /// In Korean, for the customer.
    pub const fn text_ko(self) -> &'static str {
        match self {
            Self::Masked => "번호 일부가 가려져 있습니다",
            Self::Truncated => "번호가 짧습니다. 끝까지 넣어 주세요",
            Self::Overlong => "번호가 너무 깁니다",
            Self::Impossible => "이 상품권에 없는 번호입니다",
            Self::OtherIssuer => "매입하지 않는 상품권입니다",
        }
    }

    /// In English, for the customer.
    pub const fn text_en(self) -> &'static str {
        match self {
            Self::Masked => "Part of the number is hidden",
            Self::Truncated => "The number is too short. Please give all of it",
            Self::Overlong => "The number is too long",
            Self::Impossible => "No voucher of this brand has such a number",
            Self::OtherIssuer => "We do not buy vouchers of this issuer",
        }
    }
}

/// The further numbers a voucher needs. Digits and capital letters only; the date is YYYYMMDD.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Companions {
    /// 비밀번호, 인증번호.
    pub auth_code: Option<String>,
    /// 발행일, YYYYMMDD.
    pub issue_date: Option<String>,
    /// 보안코드.
    pub security_code: Option<String>,
    /// 권번호.
    pub gift_number: Option<String>,
}

impl Companions {
    /// Name and value of each number that is there.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("auth_code", &self.auth_code),
            ("issue_date", &self.issue_date),
            ("security_code", &self.security_code),
            ("gift_number", &self.gift_number),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.as_deref().map(|value| (name, value)))
    }

    /// None of them is there.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Takes over what is missing here.
    pub(super) fn fill_from(&mut self, other: &Self) {
        let pairs = [
            (&mut self.auth_code, &other.auth_code),
            (&mut self.issue_date, &other.issue_date),
            (&mut self.security_code, &other.security_code),
            (&mut self.gift_number, &other.gift_number),
        ];
        for (mine, theirs) in pairs {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        }
    }
}

impl Serialize for Companions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.iter().count()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl fmt::Debug for Companions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

/// A voucher that was read from a text.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Which voucher.
    pub brand: BrandKey,
    /// Normal form: digits 0–9 and capital letters only.
    pub pin: String,
    /// The further numbers the text holds.
    pub companion: Companions,
    /// Where the PIN stands in the text.
    pub span: Span,
    /// Percent; serialised as a number from 0 to 1.
    #[serde(serialize_with = "as_share")]
    pub confidence: u8,
    /// What a person should look at.
    pub problems: Vec<Problem>,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("brand", &self.brand)
            .field("pin", &"…")
            .field("companion", &self.companion)
            .field("span", &self.span)
            .field("confidence", &self.confidence)
            .field("problems", &self.problems)
            .finish()
    }
}

/// The one float of this crate: JSON wants a share, the rules count in percent.
#[expect(clippy::float_arithmetic, reason = "only written out, never counted with")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn as_share<S: Serializer>(percent: &u8, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(f64::from(*percent) / 100.0)
}

/// A number that looks like a PIN and was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Where it stands.
    pub span: Span,
    /// Why.
    pub reason: RejectReason,
}

/// Everything a text says about vouchers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Parsed {
    /// Each PIN once, in the order of first appearance.
    pub items: Vec<Found>,
    /// Numbers that look like PINs and were not taken.
    pub rejected: Vec<Rejected>,
    /// Repeats that were merged.
    pub duplicates: usize,
    /// The text held more than [`super::MAX_ITEMS`] PINs or was too long to be read whole.
    pub truncated: bool,
}
