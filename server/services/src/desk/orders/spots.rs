//! Which orders stand on a page.
//!
//! A page must come fast however many orders there are, and no filter may read a table from end to end. So: a filter that
//! an index knows is walked along that index; where one of several leaves few orders ([`Bounds::few`]), these are read whole and
//! sorted here; and where each leaves many, the one that leaves fewest as a rule is walked, for
//! [`Bounds::steps`] at most.
//! If the page isn't full by then it says how far it looked, and its next page goes on from there.

use crate::{ServiceError, Services};
use domain::bank::BANKS;
use domain::desk::orders::{Cursor, Find, OrderFilter, Sort, Spot};
use domain::{AccountNo, OrderCode, OrderState, Phone, Timestamp};
use std::cmp::Reverse;
use store::Reader;
use store::order_list::{self, Along, Most, Source, Wanted, Whose};

/// How much is read for one page.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// A filter that leaves fewer orders than this is read whole.
    pub few: u32,
    /// A walk along time whose rows are held against further filters ends after so many steps.
    pub steps: u32,
    /// A walk by amount or points, whose rows lie all over the table, after so many.
    pub leaps: u32,
}

impl Bounds {
    /// What takes some thirty milliseconds at most on two cores of a small server, with a million orders.
    pub const USUAL: Self = Self { few: 1_500, steps: 4_000, leaps: 2_000 };
}

/// A page's orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spots {
    /// In the order asked for.
    pub spots: Vec<Spot>,
    /// Where the next page begins; `None` when this is the last.
    pub next: Option<Cursor>,
    /// The page isn't full, and yet there may be more: it looked as far as this moment (or, sorted by amount or points,
    /// as far as `next` says).
    pub looked_until: Option<Timestamp>,
}

/// What a sealed search is bound to.
const SEALED: (&str, &str) = ("order_list", "find");

/// Finds a page of at most `size` orders.
pub async fn spots(
    services: &Services,
    reader: &mut Reader,
    filter: &OrderFilter,
    size: usize,
) -> Result<Spots, ServiceError> {
    spots_within(services, reader, filter, size, Bounds::USUAL).await
}

/// The same under other bounds.
pub async fn spots_within(
    services: &Services,
    reader: &mut Reader,
    filter: &OrderFilter,
    size: usize,
    bounds: Bounds,
) -> Result<Spots, ServiceError> {
    let held = [OrderState::Held];
    let states = if filter.states.is_empty() && filter.held.is_some() { &held[..] } else { &filter.states[..] };
    let wanted = Wanted {
        states,
        brand: filter.brand.as_deref(),
        bank: filter.bank.as_deref(),
        speed: filter.speed,
        held: filter.held.as_deref(),
        min: filter.min.map_or(0, domain::Won::get),
        max: filter.max.map_or(i64::MAX, domain::Won::get),
        risk: filter.risk.map_or(i64::MIN, i64::from),
        open: filter.open,
    };
    let look = Look { filter, wanted, size, bounds };
    if let Some(find) = &filter.find {
        let mut found = Vec::new();
        for whose in sought(services, reader, find).await? {
            found.extend(look.few(reader, &Source::Whose(whose)).await?);
        }
        return Ok(look.sorted(found));
    }
    if look.is_plain() {
        return look.walk(reader, false).await;
    }
    let amounts = filter.min.is_some() || filter.max.is_some();
    let taken = filter.is_dated().then(|| (filter.begin(), filter.end()));
    let counts = order_list::probe(&mut *reader, &look.wanted, taken, amounts, bounds.few).await?;
    match counts.iter().min_by_key(|(_, count)| *count) {
        Some((few, count)) if *count < bounds.few => {
            let found = look.few(reader, &Source::Filter(*few)).await?;
            Ok(look.sorted(found))
        }
        _ => look.walk(reader, true).await,
    }
}

struct Look<'a> {
    filter: &'a OrderFilter,
    wanted: Wanted<'a>,
    size: usize,
    bounds: Bounds,
}

impl Look<'_> {
    /// One row more than the page holds says whether there is a next.
    fn limit(&self) -> u32 {
        u32::try_from(self.size).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Does the index walked know everything asked for?
    fn is_plain(&self) -> bool {
        let Wanted { states, brand, bank, speed, held, open, .. } = &self.wanted;
        if speed.is_some() || held.is_some() || *open {
            return false;
        }
        let amounts = self.filter.min.is_some() || self.filter.max.is_some();
        let points = self.filter.risk.is_some_and(|points| points > 0);
        let leads = usize::from(!states.is_empty()) + usize::from(brand.is_some()) + usize::from(bank.is_some());
        match self.filter.sort {
            Sort::Newest | Sort::Oldest => !amounts && !points && leads <= 1 && states.len() <= 1,
            Sort::Amount => leads == 0 && !points && !self.filter.is_dated(),
            Sort::Risk => leads == 0 && !amounts && !self.filter.is_dated(),
        }
    }

    /// Which of the filters leaves fewest, as a rule: all but the paid ones are soon in another state; a brand is one of
    /// forty, a bank one of thirty.
    fn along(&self) -> Along {
        match (self.wanted.states, self.wanted.brand, self.wanted.bank) {
            ([state], _, _) if *state != OrderState::Paid => Along::State,
            (_, Some(_), _) => Along::Brand,
            (_, _, Some(_)) => Along::Bank,
            ([_], None, None) => Along::State,
            _ => Along::All,
        }
    }

    async fn walk(&self, reader: &mut Reader, ends: bool) -> Result<Spots, ServiceError> {
        let (steps, leaps) = (ends.then_some(self.bounds.steps), ends.then_some(self.bounds.leaps));
        match self.filter.sort {
            Sort::Newest => self.walk_time(reader, true, steps).await,
            Sort::Oldest => self.walk_time(reader, false, steps).await,
            Sort::Amount => self.walk_most(reader, Most::Amount, leaps).await,
            Sort::Risk => self.walk_most(reader, Most::Risk, leaps).await,
        }
    }

    async fn walk_time(&self, reader: &mut Reader, back: bool, steps: Option<u32>) -> Result<Spots, ServiceError> {
        let (begin, end) = (self.filter.begin(), self.filter.end());
        // Between two moments, all zeros and all ones stand before and after every order.
        let first = if back { (end, [0; 16]) } else { (begin, [0; 16]) };
        let from = self.filter.after.map_or(first, |after| (after.created_at, after.id));
        let along = self.along();
        let edge = if back { begin } else { end };
        let stop = match steps {
            Some(steps) => order_list::floor(&mut *reader, along, back, &self.wanted, from.0, steps).await?,
            None => None,
        };
        let stop = stop.filter(|stop| if back { *stop > edge } else { *stop < edge });
        let far = stop.unwrap_or(edge);
        let rows = order_list::walk(&mut *reader, along, back, &self.wanted, far, from, self.limit()).await?;
        let goes_on = stop.map(|at| Cursor { sort: self.filter.sort, first: 0, created_at: at, id: [0; 16] });
        Ok(self.page(rows, goes_on))
    }

    async fn walk_most(&self, reader: &mut Reader, most: Most, steps: Option<u32>) -> Result<Spots, ServiceError> {
        let (least, highest) = match most {
            Most::Amount => (self.wanted.min, self.wanted.max),
            Most::Risk => (self.wanted.risk.max(1), i64::MAX),
        };
        let from = self.filter.after.map_or((highest, i64::MAX, [0xff; 16]), |after| after.place());
        let stop = match steps {
            Some(steps) => order_list::floor_most(&mut *reader, most, (from.0, from.1), least, steps).await?,
            None => None,
        };
        let far = stop.unwrap_or((least, i64::MIN));
        let taken = (self.filter.begin(), self.filter.end());
        let rows = order_list::walk_most(&mut *reader, most, &self.wanted, taken, from, far, self.limit()).await?;
        let goes_on = stop.map(|(first, created_at)| Cursor {
            sort: self.filter.sort,
            first,
            created_at: Timestamp::from_micros(created_at),
            id: [0; 16],
        });
        Ok(self.page(rows, goes_on))
    }

    async fn few(&self, reader: &mut Reader, source: &Source<'_>) -> Result<Vec<Spot>, ServiceError> {
        let taken = (self.filter.begin(), self.filter.end());
        Ok(order_list::few(&mut *reader, source, &self.wanted, taken, 2 * self.bounds.few).await?)
    }

    /// A page of all there are.
    fn sorted(&self, mut found: Vec<Spot>) -> Spots {
        let sort = self.filter.sort;
        let after = self.filter.after.map(|after| after.place());
        if sort == Sort::Oldest {
            found.retain(|spot| after.is_none_or(|after| spot.place(sort) > after));
            found.sort_by_key(|spot| spot.place(sort));
        } else {
            found.retain(|spot| after.is_none_or(|after| spot.place(sort) < after));
            found.sort_by_key(|spot| Reverse(spot.place(sort)));
        }
        // Looked for in several ways at once, an order may be met twice.
        found.dedup_by_key(|spot| spot.id);
        self.page(found, None)
    }

    /// Cuts the row too many; `goes_on` is where a walk that ended early goes on.
    fn page(&self, mut rows: Vec<Spot>, goes_on: Option<Cursor>) -> Spots {
        if rows.len() > self.size {
            rows.truncate(self.size);
            let next = rows.last().map(|last| Cursor::after(self.filter.sort, last));
            return Spots { spots: rows, next, looked_until: None };
        }
        Spots { spots: rows, next: goes_on, looked_until: goes_on.map(|at| at.created_at) }
    }
}

/// Whom a search may mean: one text can be a code, a phone and an account at once.
async fn sought<'a>(services: &Services, reader: &mut Reader, find: &'a Find) -> Result<Vec<Whose<'a>>, ServiceError> {
    let text = match find {
        Find::Code(code) => return Ok(vec![Whose::Code(code)]),
        Find::Sealed(sealed) => open(services, sealed)?,
    };
    let mut whose = Vec::new();
    if let Ok(phone) = Phone::parse(&text) {
        whose.push(Whose::Phone(services.keys.phone_hashes(&phone)));
    }
    if let Ok(account) = AccountNo::parse(&text) {
        // The hash holds the bank too, which isn't typed: asked for at every bank, met at one or two.
        let all: Vec<[[u8; 32]; 2]> =
            BANKS.iter().map(|bank| services.keys.account_hashes(bank.code, &account)).collect();
        let known = order_list::accounts(&mut *reader, all.as_flattened()).await?;
        let met = |hashes: &[[u8; 32]; 2]| hashes.iter().any(|hash| known.iter().any(|met| met == hash));
        whose.extend(all.into_iter().filter(met).map(Whose::Account));
    }
    Ok(whose)
}

/// What was typed into the search box, as it goes into an address: a code as it is, a phone or an account sealed. `None`: it
/// can be none of them.
pub fn find_of(services: &Services, typed: &str) -> Result<Option<Find>, ServiceError> {
    let typed: String = typed.trim().chars().take(60).collect();
    let digits = typed.chars().all(|c| !c.is_alphabetic());
    if let (Ok(code), false) = (typed.parse::<OrderCode>(), digits) {
        return Ok(Some(Find::Code(code)));
    }
    if Phone::parse(&typed).is_err() && AccountNo::parse(&typed).is_err() {
        // Eight digits may be a code too, when nothing else fits.
        return Ok(typed.parse().ok().map(Find::Code));
    }
    let (table, column) = SEALED;
    let sealed = services.keys.seal(table, column, [0; 16], typed.as_bytes())?;
    Ok(Some(Find::Sealed(hex::encode(sealed))))
}

/// What was sealed for the address.
///
/// Errors: [`ServiceError::NotFound`] when it isn't ours, or was sealed with a key that is gone.
pub(crate) fn open(services: &Services, sealed: &str) -> Result<String, ServiceError> {
    let (table, column) = SEALED;
    let bytes = hex::decode(sealed).map_err(|_| ServiceError::NotFound)?;
    services.keys.open_text(table, column, [0; 16], &bytes).map_err(|_| ServiceError::NotFound)
}
