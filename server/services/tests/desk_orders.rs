//! The orders list gives the same rows as going through all orders one by one, whatever is asked for and whichever way is
//! taken; and its searches find people under both keys of a rotation.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, quick};
use domain::desk::orders::{OrderFilter, Sort};
use domain::{Lang, OrderId, OrderState, Span};
use services::desk::orders::{Bounds, find_of, listed, spots, spots_within};
use std::cmp::Reverse;
use store::Keyring;
use store::crypto::NumberedKey;
use testkit::clock::NOON;
use testkit::mass::{Fact, account, fill, phone};

const ORDERS: u64 = 900;

fn admits(filter: &OrderFilter, fact: &Fact) -> bool {
    let states_admit = filter.states.is_empty() || filter.states.contains(&fact.state);
    states_admit
        && (filter.begin()..filter.end()).contains(&fact.spot.created_at)
        && filter.brand.as_ref().is_none_or(|brand| fact.brands.contains(brand))
        && filter.bank.as_ref().is_none_or(|bank| fact.bank == *bank)
        && filter.speed.is_none_or(|speed| fact.speed == speed)
        && filter.held.as_deref().is_none_or(|held| fact.held == Some(held))
        && filter.min.is_none_or(|min| fact.spot.payable >= min.get())
        && filter.max.is_none_or(|max| fact.spot.payable <= max.get())
        && filter.risk.is_none_or(|points| fact.spot.risk >= i64::from(points))
        && (!filter.open || fact.open)
}

fn expected(filter: &OrderFilter, facts: &[Fact]) -> Vec<OrderId> {
    let mut found: Vec<_> = facts.iter().filter(|fact| admits(filter, fact)).map(|fact| fact.spot).collect();
    match filter.sort {
        Sort::Oldest => found.sort_by_key(|spot| spot.place(Sort::Oldest)),
        sort => found.sort_by_key(|spot| Reverse(spot.place(sort))),
    }
    found.into_iter().map(|spot| spot.id).collect()
}

/// Page after page to the end.
async fn walked(shop: &Shop, filter: &OrderFilter, bounds: Bounds) -> Vec<OrderId> {
    let mut filter = filter.clone();
    let mut found = Vec::new();
    for page in 0.. {
        assert!(page < 2_000, "the list has no end");
        let mut reader = shop.services.db.read().await.unwrap();
        let spots = spots_within(&shop.services, &mut reader, &filter, 17, bounds).await.unwrap();
        assert!(spots.spots.len() == 17 || spots.next.is_none() || spots.looked_until.is_some());
        found.extend(spots.spots.iter().map(|spot| spot.id));
        // As it goes through the address.
        filter.after = spots.next;
        filter = OrderFilter::parse_query(&filter.query(), Lang::Ko).unwrap();
        if filter.after.is_none() {
            break;
        }
    }
    found
}

fn questions() -> Vec<String> {
    let day = |back: i64| NOON.minus(Span::days(back)).kst_day();
    let mut asked: Vec<String> = [
        "",
        "brand=cultureland",
        "bank=004",
        "bank=027",
        "speed=next_morning",
        "held=over_auto_limit",
        "held=nothing",
        "min=100000",
        "min=100000&max=200000",
        "max=1",
        "risk=20",
        "open=1",
        "state=held,locking,rejected",
        "state=paid&brand=cultureland&speed=instant",
        "state=paid&bank=088&risk=1",
        "state=verifying&open=1",
        "open=1&brand=cultureland&min=50000",
        "state=cancelled&held=over_auto_limit",
    ]
    .map(str::to_owned)
    .to_vec();
    asked.extend(OrderState::ALL.iter().map(|state| format!("state={state}")));
    asked.push(format!("from={}&to={}", day(20), day(10)));
    asked.push(format!("state=paid&from={}", day(100)));
    asked.push(format!("brand=cultureland&to={}", day(100)));
    asked
}

testkit::both_engines! {
    async fn the_list_gives_what_going_through_all_orders_gives(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let mut facts = Vec::new();
        fill(&shop.services.db, &shop.services.keys, ORDERS, NOON, |fact| facts.push(fact)).await;
        let mut met = 0;
        for question in questions() {
            for sort in Sort::ALL {
                let filter = OrderFilter::parse_query(&format!("{question}&sort={sort}"), Lang::Ko).unwrap();
                let wanted = expected(&filter, &facts);
                met += wanted.len();
                // Never whole, with short steps; always whole; a bit of each.
                for bounds in [
                    Bounds { few: 0, steps: 40, leaps: 30 },
                    Bounds { few: 5_000, steps: 5_000, leaps: 5_000 },
                    Bounds { few: 60, steps: 100, leaps: 100 },
                ]
                {
                    let found = walked(&shop, &filter, bounds).await;
                    assert!(found == wanted, "{question} by {sort} within {bounds:?}: {} of {}", found.len(), wanted.len());
                }
            }
        }
        assert!(met > 5_000, "the questions have answers: {met}");
    }

    async fn a_code_a_phone_and_an_account_are_found_however_they_are_typed(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let mut facts = Vec::new();
        fill(&shop.services.db, &shop.services.keys, 40, NOON, |fact| facts.push(fact)).await;
        let looked = async |services: &services::Services, typed: &str| -> Vec<OrderId> {
            let filter = OrderFilter { find: find_of(services, typed).unwrap(), ..OrderFilter::default() };
            let query = filter.query();
            assert!(filter.find.is_some(), "{typed}");
            let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
            assert!(digits.len() < 8 || !query.contains(&digits), "nobody stands in an address: {query}");
            let filter = OrderFilter::parse_query(&query, Lang::Ko).unwrap();
            let mut reader = services.db.read().await.unwrap();
            let found = spots(services, &mut reader, &filter, 50).await.unwrap();
            found.spots.iter().map(|spot| spot.id).collect()
        };
        let (seventh, id) = (phone(7), facts[7].spot.id);
        let digits = seventh.expose();
        let international = format!("+82 {}-{}-{}", &digits[1..3], &digits[3..7], &digits[7..]);
        for typed in [digits, &international, &format!(" {}.{}.{} ", &digits[..3], &digits[3..7], &digits[7..])] {
            assert!(looked(&shop.services, typed).await.contains(&id), "{typed}");
        }
        let account = account(7);
        let digits = account.expose();
        for typed in [digits, &format!("{}-{}-{}", &digits[..4], &digits[4..10], &digits[10..])] {
            assert!(looked(&shop.services, typed).await.contains(&id), "{typed}");
        }
        let code = facts[7].code.as_str();
        for typed in [code, &code.to_lowercase(), &code.replace('-', " ")] {
            assert_eq!(looked(&shop.services, typed).await, [id], "{typed}");
        }
        assert!(looked(&shop.services, "010-9999-9999").await.is_empty());
        assert!(find_of(&shop.services, "홍길동").unwrap().is_none());
    }

    async fn people_are_found_under_both_keys_while_a_rotation_runs(db: TestDb) {
        let key = |id: u16, from: u8| NumberedKey { id, bytes: std::array::from_fn(|at| from + u8::try_from(at).unwrap()) };
        let old = Keyring::new(vec![key(1, 1)], vec![key(1, 50)]).unwrap();
        let both = Keyring::new(vec![key(1, 1)], vec![key(2, 120), key(1, 50)]).unwrap();
        let new = Keyring::new(vec![key(1, 1)], vec![key(2, 120)]).unwrap();
        let shop = Shop::at(db, quick(), NOON).await;
        let mut facts = Vec::new();
        fill(&shop.services.db, &old, 20, NOON, |fact| facts.push(fact)).await;
        for (keys, found) in [(&old, true), (&both, true), (&new, false)] {
            let services = shop.rekeyed(keys).await;
            for typed in [phone(3).expose().to_owned(), account(3).expose().to_owned()] {
                let filter = OrderFilter { find: find_of(&services, &typed).unwrap(), ..OrderFilter::default() };
                let mut reader = services.db.read().await.unwrap();
                let met = spots(&services, &mut reader, &filter, 50).await.unwrap();
                assert_eq!(met.spots.iter().any(|spot| spot.id == facts[3].spot.id), found);
            }
        }
    }

    async fn a_row_holds_brands_what_waits_and_since_when(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let mut facts = Vec::new();
        fill(&shop.services.db, &shop.services.keys, 300, NOON, |fact| facts.push(fact)).await;
        let mut reader = shop.services.db.read().await.unwrap();
        let all: Vec<_> = facts.iter().map(|fact| fact.spot).collect();
        let rows = listed(&shop.services, &mut reader, &all).await.unwrap();
        assert_eq!(rows.len(), facts.len());
        for ((n, row), fact) in (0..).zip(&rows).zip(&facts) {
            assert_eq!((row.order.id, row.order.state), (fact.spot.id, fact.state));
            let mut brands: Vec<_> = row.brands.iter().map(|(brand, ..)| brand.clone()).collect();
            let mut wanted = fact.brands.clone();
            brands.sort();
            wanted.sort();
            assert_eq!(brands, wanted);
            assert_eq!(row.brands.iter().map(|(_, items, _)| items).sum::<u32>(), row.order.item_count);
            assert_eq!(!row.open.is_empty(), fact.open);
            assert_eq!(row.since, fact.spot.created_at.plus(Span::seconds(2)), "its last move");
            assert_eq!(row.phone.as_ref().unwrap().expose(), phone(n).expose());
            assert_eq!(row.account.as_ref().unwrap().expose(), account(n).expose());
        }
    }
}
