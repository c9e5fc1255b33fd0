//! The brands, one by one.

use super::fields::{auth_code, form, free, gift_number, issue_date, pin, security_code};
use super::{BrandInfo, BrandSeed, Verification};
use crate::form::{Charset, FieldSpec, FormSchema, Grammar};
use crate::{BrandStatus, Rate, Won};

const VOUCHER: &[u32] = &[1_000, 3_000, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000];
const GAME: &[u32] = &[1_000, 3_000, 5_000, 10_000, 30_000, 50_000];
const GOOGLE: &[u32] = &[5_000, 10_000, 15_000, 30_000, 50_000, 100_000, 150_000, 200_000, 500_000];
const CAFE: &[u32] = &[10_000, 20_000, 30_000, 50_000, 100_000];
const STORE: &[u32] = &[5_000, 10_000, 30_000, 50_000, 100_000, 300_000, 500_000];
const SCRATCH: &[u32] = &[50_000, 100_000, 300_000, 500_000];

const FOUR_FOURS: &[u8] = &[4, 4, 4, 4];

/// Faces from the first number on are paid at the second, in basis points, up to the next band.
type Bands = &'static [(u32, u32)];

const CULTURELAND: Bands =
    &[(1_000, 8_600), (3_000, 8_700), (5_000, 8_800), (10_000, 8_950), (30_000, 9_000), (50_000, 9_050)];
const MUNHWA: Bands =
    &[(1_000, 8_400), (3_000, 8_500), (5_000, 8_600), (10_000, 8_750), (30_000, 8_800), (50_000, 8_850)];
const SMART: Bands =
    &[(1_000, 8_300), (3_000, 8_400), (5_000, 8_500), (10_000, 8_650), (30_000, 8_700), (50_000, 8_750)];
const BOOKNLIFE: Bands =
    &[(1_000, 8_500), (3_000, 8_600), (5_000, 8_700), (10_000, 8_850), (30_000, 8_900), (50_000, 8_950)];
const PLAY: Bands =
    &[(5_000, 8_000), (10_000, 8_150), (15_000, 8_200), (50_000, 8_250), (100_000, 8_300), (200_000, 8_350)];
const SMALL_GAME: Bands = &[(1_000, 7_800), (5_000, 7_900), (10_000, 8_000), (30_000, 8_050), (50_000, 8_100)];
const CASH: Bands =
    &[(1_000, 8_200), (3_000, 8_300), (5_000, 8_400), (10_000, 8_600), (30_000, 8_700), (50_000, 8_800)];
const COFFEE: Bands = &[(10_000, 8_800), (20_000, 8_900), (30_000, 9_000), (50_000, 9_100)];
const LOTTE: Bands =
    &[(5_000, 8_900), (10_000, 9_000), (30_000, 9_100), (50_000, 9_200), (100_000, 9_250), (300_000, 9_300)];
const DEPARTMENT: Bands =
    &[(5_000, 9_000), (10_000, 9_100), (30_000, 9_200), (50_000, 9_350), (100_000, 9_400), (300_000, 9_450)];
const GOODS: Bands = &[(1_000, 7_000), (3_000, 7_200), (5_000, 7_400), (10_000, 7_600), (30_000, 7_800)];

/// Bands up to `top`, won.
fn rates(brand: &str, bands: Bands, top: u32) -> Vec<Rate> {
    let ends = bands.iter().skip(1).map(|(next, _)| next - 1).chain([top]);
    let rate = |((from, basis_points), to): (&(u32, u32), u32)| Rate {
        brand: brand.to_owned(),
        face_min: Won::whole(*from),
        face_max: Won::whole(to),
        basis_points: *basis_points,
    };
    bands.iter().zip(ends).map(rate).collect()
}

fn digits(ways: &[&[u8]]) -> FieldSpec {
    pin(Charset::Digits, ways)
}

struct Sketch {
    brand: &'static str,
    name: (&'static str, &'static str),
    note: (&'static str, &'static str),
    mark: (&'static str, u16),
    verification: Verification,
    bands: Bands,
    form: FormSchema,
}

impl Sketch {
    fn seed(self) -> BrandSeed {
        let last = self.form.faces.last().copied().unwrap_or_default();
        let top = self.form.free.map_or(last, |free| free.max.max(last));
        let top = u32::try_from(top.get()).unwrap_or(u32::MAX);
        BrandSeed {
            brand: self.brand,
            family: match self.brand {
                "munhwa" | "smart_munhwa" => "munhwa18",
                other => other,
            },
            status: if self.bands.is_empty() { BrandStatus::Stopped } else { BrandStatus::Accepting },
            verification: self.verification,
            rates: if self.bands.is_empty() { Vec::new() } else { rates(self.brand, self.bands, top) },
            info: BrandInfo {
                name_ko: self.name.0.to_owned(),
                name_en: self.name.1.to_owned(),
                note_ko: self.note.0.to_owned(),
                note_en: self.note.1.to_owned(),
                initials: self.mark.0.to_owned(),
                hue: self.mark.1,
            },
            form: self.form,
        }
    }
}

/// Every brand, in the order of the tiles.
pub fn all() -> Vec<BrandSeed> {
    let mut sketches = vouchers();
    sketches.extend(games());
    sketches.extend(stores());
    sketches.push(happymoney());
    sketches.into_iter().map(Sketch::seed).collect()
}

fn vouchers() -> Vec<Sketch> {
    use Verification::Issuer;
    let grammar = |grammar, field: FieldSpec| FieldSpec { grammar: Some(grammar), ..field };
    let munhwa = || grammar(Grammar::Munhwa, digits(&[&[4, 4, 4, 6]]));
    vec![
        Sketch {
            brand: "cultureland",
            name: ("컬쳐랜드상품권", "Cultureland"),
            note: ("숫자 16자리 · 416, 4180, 311~319로 시작", "16 digits, starting 416, 4180 or 311–319"),
            mark: ("CL", 22),
            verification: Issuer,
            bands: CULTURELAND,
            form: free(
                form(grammar(Grammar::Cultureland, digits(&[FOUR_FOURS])), vec![], VOUCHER),
                1_000,
                100_000,
                100,
            ),
        },
        Sketch {
            brand: "munhwa",
            name: ("문화상품권", "Munhwa voucher"),
            note: ("온라인 문화상품권 · 숫자 18자리", "Online culture voucher, 18 digits"),
            mark: ("MH", 350),
            verification: Issuer,
            bands: MUNHWA,
            form: form(munhwa(), vec![], VOUCHER),
        },
        Sketch {
            brand: "smart_munhwa",
            name: ("스마트문화상품권", "Smart Munhwa voucher"),
            note: ("스마트문상·게임문화상품권 · 숫자 18자리", "Smart or game culture voucher, 18 digits"),
            mark: ("SM", 318),
            verification: Issuer,
            bands: SMART,
            form: form(munhwa(), vec![], VOUCHER),
        },
        Sketch {
            brand: "booknlife",
            name: ("북앤라이프 도서문화상품권", "Book&Life"),
            note: ("숫자 16자리와 비밀번호 4자리", "16 digits and a 4-digit password"),
            mark: ("BL", 145),
            verification: Issuer,
            bands: BOOKNLIFE,
            form: form(digits(&[FOUR_FOURS]), vec![auth_code(("비밀번호", "password"), 4)], VOUCHER),
        },
    ]
}

fn games() -> Vec<Sketch> {
    use Verification::Issuer;
    vec![
        Sketch {
            brand: "google_play",
            name: ("구글 기프트카드", "Google Play gift card"),
            note: ("영문·숫자 16자리 또는 20자리", "16 or 20 letters and digits"),
            mark: ("GP", 205),
            verification: Issuer,
            bands: PLAY,
            form: form(pin(Charset::Alnum, &[FOUR_FOURS, &[4, 4, 4, 4, 4]]), vec![], GOOGLE),
        },
        Sketch {
            brand: "teencash",
            name: ("틴캐시", "Teencash"),
            note: ("영문·숫자 12자리", "12 letters and digits"),
            mark: ("TC", 262),
            verification: Issuer,
            bands: CASH,
            form: form(pin(Charset::Alnum, &[&[4, 4, 4]]), vec![], GAME),
        },
        Sketch {
            brand: "eggmoney",
            name: ("에그머니", "Eggmoney"),
            note: ("숫자 20자리", "20 digits"),
            mark: ("EG", 72),
            verification: Issuer,
            bands: SMALL_GAME,
            form: form(digits(&[&[5, 5, 5, 5]]), vec![], GAME),
        },
        Sketch {
            brand: "funnycard",
            name: ("퍼니카드", "Funny Card"),
            note: ("영문·숫자 16자리", "16 letters and digits"),
            mark: ("FC", 40),
            verification: Issuer,
            bands: SMALL_GAME,
            form: form(pin(Charset::Alnum, &[FOUR_FOURS]), vec![], GAME),
        },
        Sketch {
            brand: "nexon",
            name: ("넥슨카드", "Nexon card"),
            note: ("영문 20자리", "20 letters"),
            mark: ("NX", 235),
            verification: Issuer,
            bands: CASH,
            form: form(pin(Charset::Letters, &[&[5, 5, 5, 5]]), vec![], GAME),
        },
    ]
}

fn stores() -> Vec<Sketch> {
    use Verification::{Issuer, Manual};
    vec![
        Sketch {
            brand: "starbucks",
            name: ("스타벅스 e카드", "Starbucks e-card"),
            note: ("카드번호 16자리와 PIN 8자리", "16-digit card number and 8-digit PIN"),
            mark: ("SB", 160),
            verification: Issuer,
            bands: COFFEE,
            form: form(
                FieldSpec {
                    label_ko: "카드번호".to_owned(),
                    label_en: "card number".to_owned(),
                    ..digits(&[FOUR_FOURS])
                },
                vec![auth_code(("PIN 8자리", "8-digit PIN"), 8)],
                CAFE,
            ),
        },
        Sketch {
            brand: "lotte",
            name: ("롯데모바일상품권", "Lotte mobile voucher"),
            note: ("숫자 16자리", "16 digits"),
            mark: ("LT", 8),
            verification: Issuer,
            bands: LOTTE,
            form: form(digits(&[FOUR_FOURS]), vec![], STORE),
        },
        Sketch {
            brand: "shinsegae",
            name: ("신세계상품권", "Shinsegae voucher"),
            note: (
                "스크래치 핀 6자리와 권번호 13자리 · 담당자 확인",
                "6-digit scratch PIN and 13-digit voucher number; checked by a person",
            ),
            mark: ("SG", 25),
            verification: Manual,
            bands: &[(50_000, 9_350), (100_000, 9_400), (300_000, 9_450)],
            form: form(digits(&[&[6]]), vec![gift_number(), security_code(3, false)], SCRATCH),
        },
        Sketch {
            brand: "hyundai",
            name: ("현대백화점상품권", "Hyundai Department Store voucher"),
            note: (
                "숫자 16자리와 보안코드 4자리 · 담당자 확인",
                "16 digits and a 4-digit security code; checked by a person",
            ),
            mark: ("HD", 185),
            verification: Manual,
            bands: DEPARTMENT,
            form: form(digits(&[FOUR_FOURS]), vec![security_code(4, true)], STORE),
        },
        Sketch {
            brand: "gifticon",
            name: ("기프티콘", "Gifticon"),
            note: ("숫자 12자리 · 상품 교환권, 담당자 확인", "12 digits; coupon for goods, checked by a person"),
            mark: ("GC", 290),
            verification: Manual,
            bands: GOODS,
            form: free(
                form(digits(&[&[4, 4, 4]]), vec![], &[3_000, 5_000, 10_000, 30_000, 50_000]),
                1_000,
                50_000,
                100,
            ),
        },
    ]
}

fn happymoney() -> Sketch {
    Sketch {
        brand: "happymoney",
        name: ("해피머니상품권", "Happy Money"),
        note: ("매입 중단 · 2026년 2월 9일 서비스가 끝났어요", "Not bought: the service ended on 9 February 2026"),
        mark: ("HM", 95),
        verification: Verification::Manual,
        bands: &[],
        form: form(digits(&[FOUR_FOURS]), vec![issue_date()], &[5_000, 10_000, 50_000]),
    }
}
