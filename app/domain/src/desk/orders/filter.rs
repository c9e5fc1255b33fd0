//! What of the orders is asked for, as it stands in the address.

use super::Cursor;
use crate::bank::BANKS;
use crate::state::words;
use crate::{KstDate, Lang, OrderCode, OrderState, Speed, Timestamp, Won, messages};
use serde::{Deserialize, Serialize};

messages! {
    fn state_unknown(word: &str) {
        ko: "‘{word}’라는 상태는 없어요. 목록에서 골라 주세요.",
        en: "There is no state “{word}”. Pick one from the list."
    }
    fn date_unknown(word: &str) {
        ko: "‘{word}’은(는) 날짜가 아니에요. 2026-11-20처럼 써 주세요.",
        en: "“{word}” is no date. Write it like 2026-11-20."
    }
    fn dates_swapped() {
        ko: "끝 날짜가 시작 날짜보다 앞이에요. 두 날짜를 확인해 주세요.",
        en: "The end date is before the start date. Check both."
    }
    fn bank_unknown(word: &str) {
        ko: "‘{word}’라는 은행 코드는 없어요. 목록에서 골라 주세요.",
        en: "There is no bank code “{word}”. Pick one from the list."
    }
    fn speed_unknown(word: &str) {
        ko: "‘{word}’라는 입금 방법은 없어요. 목록에서 골라 주세요.",
        en: "There is no payout speed “{word}”. Pick one from the list."
    }
    fn word_unknown(word: &str) {
        ko: "‘{word}’은(는) 쓸 수 없는 값이에요. 영문 소문자, 숫자, 밑줄만 돼요.",
        en: "“{word}” can’t be used here. Only lower-case letters, digits and underscores."
    }
    fn amount_unknown(word: &str) {
        ko: "‘{word}’은(는) 금액이 아니에요. 숫자로 써 주세요.",
        en: "“{word}” is no amount. Write digits."
    }
    fn amounts_swapped() {
        ko: "최대 금액이 최소 금액보다 작아요. 두 금액을 확인해 주세요.",
        en: "The highest amount is below the lowest. Check both."
    }
    fn points_unknown(word: &str) {
        ko: "‘{word}’은(는) 점수가 아니에요. 0부터 1000까지 숫자로 써 주세요.",
        en: "“{word}” is no score. Write a number from 0 to 1000."
    }
    fn sort_unknown(word: &str) {
        ko: "‘{word}’라는 정렬은 없어요. 목록에서 골라 주세요.",
        en: "There is no sort “{word}”. Pick one from the list."
    }
    fn cursor_unknown() {
        ko: "이 주소의 쪽 위치를 읽을 수 없어요. 첫 쪽부터 다시 봐 주세요.",
        en: "This address names no place in the list. Start again from the first page."
    }
    fn find_unknown() {
        ko: "이 주소의 검색을 읽을 수 없어요. 검색창에 다시 입력해 주세요.",
        en: "This address holds no search we can read. Type it into the search box again."
    }
}

/// How the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// The highest amount first.
    Amount,
    /// The most risk points first. Asks for at least one point: a million orders with none are in no order.
    Risk,
}

words!(Sort, "sort", {
    Newest => "newest",
    Oldest => "oldest",
    Amount => "amount",
    Risk => "risk",
});

impl Sort {
    /// What a cursor of this sort begins with.
    pub(super) const fn letter(self) -> &'static str {
        match self {
            Self::Newest => "n",
            Self::Oldest => "o",
            Self::Amount => "a",
            Self::Risk => "r",
        }
    }
}

/// One order or one person's orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Find {
    /// By its code, which names nobody.
    Code(OrderCode),
    /// By a phone or an account: sealed by the server, since an address is written into histories and logs.
    Sealed(String),
}

/// What is asked for. Everything absent lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// One of these states; none means any.
    pub states: Vec<OrderState>,
    /// Taken on this day in Korea or later.
    pub from: Option<KstDate>,
    /// Taken on this day in Korea or earlier.
    pub to: Option<KstDate>,
    /// Holds a voucher of this brand.
    pub brand: Option<String>,
    /// Paid to this bank.
    pub bank: Option<String>,
    /// Paid this soon.
    pub speed: Option<Speed>,
    /// Held for this reason.
    pub held: Option<String>,
    /// At least this is paid.
    pub min: Option<Won>,
    /// At most this is paid.
    pub max: Option<Won>,
    /// At least so many points.
    pub risk: Option<u32>,
    /// Holds a voucher that waits for a person: unknown or manual.
    pub open: bool,
    /// One order or one person's.
    pub find: Option<Find>,
    /// How it is sorted.
    pub sort: Sort,
    /// Where the page begins.
    pub after: Option<Cursor>,
}

/// What can't be read, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterProblem {
    /// The field's name in the address.
    pub field: &'static str,
    /// Stable word for programs.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

/// Most points that can be asked for.
const MOST_POINTS: u32 = 1_000;
/// Longest word of a brand or a reason.
const LONGEST_WORD: usize = 40;
/// Longest sealed search.
const LONGEST_FIND: usize = 400;

impl OrderFilter {
    /// Reads the address's pairs. What is empty counts as absent, what isn't ours is left alone.
    ///
    /// Errors: one [`FilterProblem`] for each field that can't be read.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        lang: Lang,
    ) -> Result<Self, Vec<FilterProblem>> {
        let mut filter = Self::default();
        let mut problems = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if let Err((field, code, message)) = filter.take(name, value, lang) {
                problems.push(FilterProblem { field, code, message });
            }
        }
        let mut say = |field, message: &str| {
            problems.push(FilterProblem { field, code: "order", message: message.to_owned() });
        };
        if filter.from.zip(filter.to).is_some_and(|(from, to)| to < from) {
            say("to", dates_swapped(lang));
        }
        if filter.min.zip(filter.max).is_some_and(|(min, max)| max < min) {
            say("max", amounts_swapped(lang));
        }
        if filter.after.is_some_and(|cursor| cursor.sort != filter.sort) {
            say("after", cursor_unknown(lang));
        }
        if filter.sort == Sort::Risk {
            filter.risk = Some(filter.risk.unwrap_or(0).max(1));
        }
        if problems.is_empty() { Ok(filter) } else { Err(problems) }
    }

    fn take(&mut self, name: &str, value: &str, lang: Lang) -> Result<(), (&'static str, &'static str, String)> {
        let shown: String = value.chars().take(20).collect();
        let shown = shown.as_str();
        match name {
            "state" => {
                for word in value.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                    let state = word.parse().map_err(|_| ("state", "unknown", state_unknown(lang, shown)))?;
                    if !self.states.contains(&state) {
                        self.states.push(state);
                    }
                }
            }
            "from" => self.from = Some(day(value).ok_or_else(|| ("from", "date", date_unknown(lang, shown)))?),
            "to" => self.to = Some(day(value).ok_or_else(|| ("to", "date", date_unknown(lang, shown)))?),
            "brand" => self.brand = Some(word(value).ok_or_else(|| ("brand", "word", word_unknown(lang, shown)))?),
            "bank" => {
                let known = BANKS.iter().any(|bank| bank.code == value);
                self.bank = Some(
                    known.then(|| value.to_owned()).ok_or_else(|| ("bank", "unknown", bank_unknown(lang, shown)))?,
                );
            }
            "speed" => {
                self.speed = Some(speed_of(value).ok_or_else(|| ("speed", "unknown", speed_unknown(lang, shown)))?);
            }
            "held" => self.held = Some(word(value).ok_or_else(|| ("held", "word", word_unknown(lang, shown)))?),
            "min" => self.min = Some(amount(value).ok_or_else(|| ("min", "amount", amount_unknown(lang, shown)))?),
            "max" => self.max = Some(amount(value).ok_or_else(|| ("max", "amount", amount_unknown(lang, shown)))?),
            "risk" => {
                let points = value.parse().ok().filter(|points| *points <= MOST_POINTS);
                self.risk = Some(points.ok_or_else(|| ("risk", "points", points_unknown(lang, shown)))?);
            }
            "open" => self.open = value == "1",
            "code" => {
                let code = value.parse().map_err(|_| ("code", "unknown", find_unknown(lang).to_owned()))?;
                self.find = Some(Find::Code(code));
            }
            "find" => {
                let plain = value.len() <= LONGEST_FIND && value.bytes().all(|byte| byte.is_ascii_hexdigit());
                let sealed = plain.then(|| Find::Sealed(value.to_owned()));
                self.find = Some(sealed.ok_or_else(|| ("find", "unknown", find_unknown(lang).to_owned()))?);
            }
            "sort" => self.sort = value.parse().map_err(|_| ("sort", "unknown", sort_unknown(lang, shown)))?,
            "after" => {
                let cursor = value.parse().map_err(|_| ("after", "unknown", cursor_unknown(lang).to_owned()))?;
                self.after = Some(cursor);
            }
            _ => {}
        }
        Ok(())
    }

    /// The address's pairs, in an order that is always the same. Values need no escaping.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        let states: Vec<&str> =
            OrderState::ALL.iter().filter(|state| self.states.contains(state)).map(|state| state.as_str()).collect();
        add("state", (!states.is_empty()).then(|| states.join(",")));
        add("from", self.from.map(|day| day.to_string()));
        add("to", self.to.map(|day| day.to_string()));
        add("brand", self.brand.clone());
        add("bank", self.bank.clone());
        add("speed", self.speed.map(|speed| speed_word(speed).to_owned()));
        add("held", self.held.clone());
        add("min", self.min.map(|won| won.get().to_string()));
        add("max", self.max.map(|won| won.get().to_string()));
        add("risk", self.risk.map(|points| points.to_string()));
        add("open", self.open.then(|| "1".to_owned()));
        match &self.find {
            Some(Find::Code(code)) => add("code", Some(code.to_string())),
            Some(Find::Sealed(sealed)) => add("find", Some(sealed.clone())),
            None => {}
        }
        add("sort", (self.sort != Sort::Newest).then(|| self.sort.to_string()));
        add("after", self.after.map(|cursor| cursor.to_string()));
        pairs
    }

    /// As it stands behind the question mark; empty when nothing is asked for.
    pub fn query(&self) -> String {
        self.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    /// The same without a place and without a search for somebody: what may be saved under a name.
    #[must_use]
    pub fn lasting(&self) -> Self {
        Self { after: None, find: None, ..self.clone() }
    }

    /// Reads what [`Self::query`] wrote.
    ///
    /// Errors: as [`Self::parse`].
    pub fn parse_query(query: &str, lang: Lang) -> Result<Self, Vec<FilterProblem>> {
        Self::parse(query.split('&').filter_map(|pair| pair.split_once('=')), lang)
    }

    /// Taken from this moment on.
    pub fn begin(&self) -> Timestamp {
        self.from.map_or(Timestamp::default(), KstDate::start)
    }

    /// Taken before this moment.
    pub fn end(&self) -> Timestamp {
        self.to.map_or(Timestamp::from_micros(i64::MAX), |day| day.plus_days(1).start())
    }

    /// Does it ask for days?
    pub const fn is_dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}

fn day(value: &str) -> Option<KstDate> {
    value.to_owned().try_into().ok()
}

/// Brands and reasons are words of our own.
fn word(value: &str) -> Option<String> {
    let ours = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (value.len() <= LONGEST_WORD && value.bytes().all(ours)).then(|| value.to_owned())
}

/// `10000`, `10,000`, `10,000원`.
fn amount(value: &str) -> Option<Won> {
    let digits: String = value.trim_end_matches('원').chars().filter(|c| !matches!(c, ',' | ' ' | '_')).collect();
    let plain = !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    Won::new(digits.parse().ok().filter(|_| plain)?).ok()
}

fn speed_of(value: &str) -> Option<Speed> {
    [Speed::Instant, Speed::NextMorning].into_iter().find(|speed| speed_word(*speed) == value)
}

/// The word of the address; as in the tables.
const fn speed_word(speed: Speed) -> &'static str {
    match speed {
        Speed::Instant => "instant",
        Speed::NextMorning => "next_morning",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(query: &str) -> Result<OrderFilter, Vec<FilterProblem>> {
        OrderFilter::parse_query(query, Lang::Ko)
    }

    #[test]
    fn everything_asked_for_is_read_and_written_the_same() {
        let query = "state=verifying,held&from=2026-11-01&to=2026-11-20&brand=cultureland&bank=004&speed=next_morning\
                     &held=over_auto_limit&min=10000&max=500000&risk=30&open=1&code=PD-7K3M-9QXT&sort=amount";
        let filter = read(query);
        assert_eq!(filter.as_ref().map(OrderFilter::query), Ok(query.to_owned()));
        assert_eq!(filter.as_ref().map(|filter| filter.lasting().find), Ok(None));
        assert_eq!(read("").map(|filter| filter.query()), Ok(String::new()));
        assert_eq!(read("state=&min=&utm=x&sort=newest"), Ok(OrderFilter::default()));
    }

    #[test]
    fn people_write_amounts_and_states_as_they_like() {
        let filter = read("min=10,000원&state=held,held, paid,");
        assert_eq!(filter.as_ref().map(|filter| filter.min), Ok(Some(Won::whole(10_000))));
        assert_eq!(filter.map(|filter| filter.states), Ok(vec![OrderState::Held, OrderState::Paid]));
    }

    #[test]
    fn each_field_that_cant_be_read_is_named() {
        for (query, fields) in [
            ("state=flying", vec!["state"]),
            ("from=2026-02-30&to=yesterday", vec!["from", "to"]),
            ("from=2026-11-02&to=2026-11-01", vec!["to"]),
            ("bank=999", vec!["bank"]),
            ("brand=Culture'land", vec!["brand"]),
            ("held=<script>", vec!["held"]),
            ("speed=soon", vec!["speed"]),
            ("min=-1&max=1e9", vec!["min", "max"]),
            ("min=2&max=1", vec!["max"]),
            ("risk=1001", vec!["risk"]),
            ("sort=best", vec!["sort"]),
            ("code=xyz", vec!["code"]),
            ("find=010-1234-5678", vec!["find"]),
            ("after=zzz", vec!["after"]),
        ] {
            let found = read(query).err().unwrap_or_default();
            assert_eq!(found.iter().map(|problem| problem.field).collect::<Vec<_>>(), fields, "{query}");
            assert!(found.iter().all(|problem| !problem.message.is_empty() && !problem.code.is_empty()));
        }
    }

    #[test]
    fn a_place_fits_only_the_sort_it_was_made_under() {
        let after = Cursor { sort: Sort::Amount, first: 5, created_at: Timestamp::from_micros(7), id: [1; 16] };
        assert!(read(&format!("sort=amount&after={after}")).is_ok());
        assert!(read(&format!("after={after}")).is_err());
    }

    #[test]
    fn sorting_by_points_asks_for_points() {
        assert_eq!(read("sort=risk").map(|filter| filter.risk), Ok(Some(1)));
        assert_eq!(read("sort=risk&risk=40").map(|filter| filter.risk), Ok(Some(40)));
    }

    #[test]
    fn days_are_those_of_korea() {
        let filter = read("from=2026-11-20&to=2026-11-20").unwrap_or_default();
        assert_eq!(filter.begin().kst_yyyymmddhhmmss(), "20261120000000");
        assert_eq!(filter.end().kst_yyyymmddhhmmss(), "20261121000000");
    }

    proptest! {
        #[test]
        fn no_address_makes_the_reader_stumble(query in ".*") {
            if let Ok(filter) = read(&query) {
                prop_assert_eq!(read(&filter.query()), Ok(filter));
            }
        }
    }
}
