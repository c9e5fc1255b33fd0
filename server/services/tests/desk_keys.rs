//! Keys are changed while the shop is open: everything passes to the new ones, whatever happens in between, nothing that is
//! unique stops being it, and an old key may go when nothing needs it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod customer_common;
mod desk_hands;

use customer_common::{Front, TWO, ready, somebody};
use desk_hands::{actor_of, by_hand};
use domain::risk::Subject;
use domain::wire::desk::KeysView;
use domain::{AccountNo, OutboxKind, PayoutId, PayoutState, Phone, Pin, ProofId, Role, Span, Won};
use services::desk::audit::{self, AuditQuery};
use services::desk::risk::NewBlockInput;
use services::desk::{customer, keys, order, privacy, risk};
use services::inquiry::InquiryInput;
use services::{Actor, ServiceError, Services, inquiry, sell, work};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};
use store::crypto::{KeyPurpose, NumberedKey};
use store::manual::{Proof, ProofKind};
use store::payouts::NewPayout;
use store::reseal::PARTS;
use store::retention::{ERASED, Kept};
use store::{Db, Keyring, items, manual, orders, outbox, payouts, people, users};
use testkit::TestDb;
use testkit::staff::member_at;
use uuid::Uuid;

const PHONE: &str = "01012345678";

fn key(id: u16, first: u8) -> NumberedKey {
    NumberedKey { id, bytes: std::array::from_fn(|n| first.wrapping_add(u8::try_from(n).unwrap())) }
}

/// The keys of the beginning, both, and the new ones alone.
fn rings() -> [Keyring; 3] {
    [
        Keyring::new(vec![key(1, 1)], vec![key(1, 40)]).unwrap(),
        Keyring::new(vec![key(2, 100), key(1, 1)], vec![key(2, 140), key(1, 40)]).unwrap(),
        Keyring::new(vec![key(2, 100)], vec![key(2, 140)]).unwrap(),
    ]
}

async fn open(db: TestDb) -> Front {
    let mut db = db;
    db.keys = rings()[0].clone();
    Front::open(db).await
}

/// A process started with both keys, the new ones in front.
async fn both(front: &Front) -> Services {
    let [_, both, _] = rings();
    both.check_against(&front.db, front.now()).await.unwrap();
    front.rekeyed(&both).await
}

async fn owner(front: &Front, number: u8) -> Actor {
    actor_of(&member_at(&front.db, number, &[Role::Owner], front.now()).await)
}

fn code(answer: Result<impl Sized, ServiceError>) -> &'static str {
    match answer.err() {
        Some(ServiceError::Conflict { code, .. }) => code,
        Some(ServiceError::NotFound) => "not_found",
        Some(ServiceError::StepUp) => "step_up",
        other => panic!("{other:?}"),
    }
}

async fn sold(front: &Front, text: &str, phone: &str) -> orders::Order {
    let services = &front.services;
    let sale = ready(front, &somebody(), text, phone).await;
    sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
    let hashes = services.keys.phone_hashes(&Phone::parse(phone).unwrap());
    let found = orders::by_phone(&mut services.db.read().await.unwrap(), &hashes, 10).await.unwrap();
    found.into_iter().next().unwrap()
}

/// The stored values of a column.
async fn column(db: &Db, table: &str, column: &str) -> Vec<Option<Vec<u8>>> {
    let text = AssertSqlSafe(format!("SELECT {column} FROM {table}")).into_sql_str();
    match db {
        Db::Sqlite(db) => sqlx::query_scalar(text).fetch_all(db.writer()).await.unwrap(),
        Db::Postgres(db) => sqlx::query_scalar(text).fetch_all(db.pool()).await.unwrap(),
    }
}

/// Seals into a column of one row that no use case here fills.
async fn seal_into(db: &Db, keys: &Keyring, table: &'static str, column: &str, id: [u8; 16], plain: &[u8]) {
    let sealed = keys.seal(table, column, id, plain).unwrap();
    let text = AssertSqlSafe(format!("UPDATE {table} SET {column} = $1 WHERE id = $2")).into_sql_str();
    let done = match db {
        Db::Sqlite(db) => {
            let query = sqlx::query(text).bind(sealed).bind(Uuid::from_bytes(id));
            query.execute(db.writer()).await.unwrap().rows_affected()
        }
        Db::Postgres(db) => {
            let query = sqlx::query(text).bind(sealed).bind(Uuid::from_bytes(id));
            query.execute(db.pool()).await.unwrap().rows_affected()
        }
    };
    assert_eq!(done, 1, "{table}");
}

/// Something in every column that a key has to do with.
async fn fill(front: &Front, owner: &Actor) -> orders::Order {
    let (services, db) = (&front.services, &front.services.db);
    let Actor::Staff(staff) = owner else { unreachable!() };
    let order = sold(front, TWO, PHONE).await;
    let order_items = items::of_order(&mut db.read().await.unwrap(), order.id).await.unwrap();
    let now = front.now();
    let ask = InquiryInput {
        name: "김문의".into(),
        phone: "010-2222-3333".into(),
        body: "언제 입금되나요? 기다리고 있어요.".into(),
        trap: String::new(),
    };
    assert!(inquiry::send(services, &somebody(), ask).await.unwrap().sent);
    order::note(services, owner, order.code.as_str(), "고객과 통화함").await.unwrap();
    let until = now.plus(Span::days(90));
    risk::block(services, owner, NewBlockInput::Phone("010-9999-0000".into()), until, "도용 신고").await.unwrap();
    let account = NewBlockInput::Account { bank_code: "088".into(), number: "110123456789".into() };
    risk::block(services, owner, account, until, "도용 신고").await.unwrap();
    risk::block(services, owner, NewBlockInput::Address("192.0.2.77".into()), until, "도용 신고").await.unwrap();
    let person = customer::find(services, owner, PHONE, "the police asked").await.unwrap();
    customer::hold(services, owner, &person, "2030-01-01", "the police asked").await.unwrap();
    let keys = &services.keys;
    let phone = Phone::parse(PHONE).unwrap();
    let mut tx = db.begin().await.unwrap();
    let wish = services.chance.id(now);
    let sealed = keys.seal(people::REQUESTS, "phone_enc", wish, PHONE.as_bytes()).unwrap();
    people::insert_request(&mut tx, wish, "export", &sealed, &keys.phone_hash(&phone), now).await.unwrap();
    let id = PayoutId::from_bytes(services.chance.id(now));
    let account = AccountNo::parse("12345601234567").unwrap();
    let payout = NewPayout {
        id,
        order_id: order.id,
        amount: Won::whole(1_000),
        fee: Won::ZERO,
        state: PayoutState::Ready,
        bank_code: "004".into(),
        account_no_enc: keys.seal(payouts::TABLE, "account_no_enc", id.bytes(), account.expose().as_bytes()).unwrap(),
        account_no_hmac: keys.account_hash("004", &account).to_vec(),
        holder_enc: keys.seal(payouts::TABLE, "holder_enc", id.bytes(), "홍길동".as_bytes()).unwrap(),
        hold_reason: None,
        not_before: now,
        created_at: now,
    };
    payouts::insert(&mut tx, &payout).await.unwrap();
    let proof = ProofId::from_bytes(services.chance.id(now));
    let seal = |column: &str, plain: &[u8]| keys.seal(manual::PROOFS, column, proof.bytes(), plain).unwrap();
    let new = Proof {
        id: proof,
        item: order_items[0].id,
        user: staff.user,
        kind: ProofKind::Png,
        bytes: 4,
        hash: vec![1; 32],
        name_enc: seal("name_enc", b"proof.png"),
        created_at: now,
    };
    manual::insert_proof(&mut tx, &new, &seal("body_enc", &vec![7; 100_000])).await.unwrap();
    tx.commit().await.unwrap();
    seal_into(db, keys, users::TABLE, "totp_enc", staff.user.bytes(), b"a secret of twenty b").await;
    seal_into(db, keys, items::TABLE, "companion_enc", order_items[0].id.bytes(), b"[]").await;
    let first = orders_inquiry(front).await;
    seal_into(db, keys, "inquiries", "note_enc", first, "답했어요".as_bytes()).await;
    order
}

async fn orders_inquiry(front: &Front) -> [u8; 16] {
    let text = AssertSqlSafe("SELECT id FROM inquiries LIMIT 1".to_owned()).into_sql_str();
    let id: Uuid = match &front.services.db {
        Db::Sqlite(db) => sqlx::query_scalar(text).fetch_one(db.writer()).await.unwrap(),
        Db::Postgres(db) => sqlx::query_scalar(text).fetch_one(db.pool()).await.unwrap(),
    };
    id.into_bytes()
}

/// Numbers of the keys a column stands under; what is erased stands under none.
async fn stands_under(db: &Db, table: &str, name: &str) -> Vec<u16> {
    let values = column(db, table, name).await.into_iter().flatten().filter(|value| value != ERASED);
    let mut numbers: Vec<u16> = values.map(|value| u16::from_be_bytes([value[1], value[2]])).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

async fn view(services: &Services, owner: &Actor) -> KeysView {
    keys::keys(services, owner).await.unwrap()
}

/// Works until the rotation is done.
async fn through(front: &Front, services: &Services, owner: &Actor) {
    for _ in 0..40 {
        for id in work::sweep(services, Span::ZERO, 200).await.unwrap().due.into_iter().map(|(id, _)| id) {
            let row = outbox::find(&mut services.db.read().await.unwrap(), id).await.unwrap().unwrap();
            // Messages stay where they are: customers read their codes there.
            if row.kind == OutboxKind::RotateKeys {
                work::run(services, id, "test").await.unwrap();
            }
        }
        if view(services, owner).await.rotation.unwrap().state == "done" {
            return;
        }
        front.pass(Span::seconds(2));
    }
    panic!("{:?}", view(services, owner).await.rotation);
}

async fn rotation_claim(front: &Front, services: &Services, worker: &str) -> outbox::Claim {
    let mut reader = services.db.read().await.unwrap();
    let due = outbox::due(&mut reader, front.now(), 50).await.unwrap();
    drop(reader);
    for (id, _) in due {
        let row = outbox::find(&mut services.db.read().await.unwrap(), id).await.unwrap().unwrap();
        if row.kind == OutboxKind::RotateKeys {
            let mut tx = services.db.begin().await.unwrap();
            let until = front.now().plus(Span::minutes(1));
            let claim = outbox::claim(&mut tx, id, worker, front.now(), until).await.unwrap().unwrap();
            tx.commit().await.unwrap();
            return claim;
        }
    }
    panic!("no rotation is due")
}

testkit::both_engines! {
    async fn everything_passes_to_the_new_keys_whatever_happens_in_between(db: TestDb) {
        let mut front = open(db).await;
        let owner = owner(&front, 1).await;
        let order = fill(&front, &owner).await;
        for part in PARTS {
            for name in part.sealed.iter().filter(|name| **name != "pin_digest_enc") {
                assert_eq!(stands_under(&front.db, part.name, name).await, [1], "{}.{name} is filled", part.name);
            }
            for (name, _) in part.hashed {
                assert!(!column(&front.db, part.name, name).await.is_empty(), "{}.{name} is filled", part.name);
            }
        }
        assert_eq!(code(keys::begin(&front.services, &owner, "the year is over").await), "nothing_old");

        let services = both(&front).await;
        front.services = services.clone();
        let auditor = actor_of(&member_at(&front.db, 2, &[Role::Auditor], front.now()).await);
        assert_eq!(code(keys::begin(&services, &auditor, "the year is over").await), "not_found");
        keys::begin(&services, &owner, "the year is over").await.unwrap();
        assert_eq!(code(keys::begin(&services, &owner, "the year is over").await), "under_way");
        // A few steps, and the process is gone in the middle.
        let claim = rotation_claim(&front, &services, "killed").await;
        for _ in 0..8 {
            assert_eq!(keys::step(&services, &claim).await.unwrap(), keys::Stepped::More);
        }
        let seen = view(&services, &auditor).await.rotation.unwrap();
        assert!(seen.state == "running" && seen.percent > 0 && seen.percent < 100, "{seen:?}");
        // What was passed on opens, and what wasn't opens too.
        assert!(customer::find(&services, &owner, PHONE, "asked by phone").await.is_ok());
        sold(&front, "컬쳐랜드 50,000원\n4180-7777-2222-3333", "01055556666").await;
        // Somebody stops it for a while: whoever has the claim stops.
        let paused = view(&services, &owner).await.rotation.unwrap().revision;
        assert_eq!(code(keys::resume(&services, &owner, paused, "too early").await), "changed");
        keys::pause(&services, &owner, paused, "the sale first").await.unwrap();
        assert_eq!(code(keys::pause(&services, &owner, paused, "the sale first").await), "changed");
        assert_eq!(keys::step(&services, &claim).await.unwrap(), keys::Stepped::Ended);
        keys::resume(&services, &owner, paused + 1, "goes on").await.unwrap();
        // A worker that comes back from the dead writes nothing.
        let again = rotation_claim(&front, &services, "second").await;
        assert!(matches!(keys::step(&services, &claim).await, Err(ServiceError::Store(_))));
        keys::step(&services, &again).await.unwrap();
        // Killed once more; the lease runs out and somebody else goes on, while customers come.
        front.pass(Span::minutes(3));
        let selling = async {
            for n in 0..4 {
                let text = format!("컬쳐랜드 50,000원\n4180-8888-2222-300{n}");
                sold(&front, &text, &format!("0105555777{n}")).await;
            }
        };
        tokio::join!(through(&front, &services, &owner), selling);
        let done = view(&services, &owner).await;
        let rotation = done.rotation.unwrap();
        assert_eq!((rotation.percent, rotation.stuck), (100, 0), "{:?}", rotation.lines);
        assert!(rotation.round >= 2, "the last round finds nothing");
        for part in PARTS {
            for name in part.sealed.iter().filter(|name| **name != "pin_digest_enc") {
                assert_eq!(stands_under(&front.db, part.name, name).await, [2], "{}.{name}", part.name);
            }
        }

        // The new keys alone open everything and find everybody.
        let [_, _, new] = rings();
        let alone = front.rekeyed(&new).await;
        let mut reader = alone.db.read().await.unwrap();
        let hashes = new.phone_hashes(&Phone::parse(PHONE).unwrap());
        let found = orders::by_phone(&mut reader, &hashes, 10).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(people::holds(&mut reader, &hashes).await.unwrap().len(), 1);
        assert_eq!(people::consents(&mut reader, &hashes, 10).await.unwrap().len(), 4);
        assert_eq!(people::requests_of(&mut reader, &hashes).await.unwrap().len(), 1);
        let account = new.account_hashes("004", &AccountNo::parse("12345601234567").unwrap());
        assert!(column(&front.db, "payouts", "account_no_hmac").await.contains(&Some(account[0].to_vec())));
        for (kind, hash) in [
            (Subject::Phone, new.phone_hash(&Phone::parse("01099990000").unwrap())),
            (Subject::Account, new.account_hash("088", &AccountNo::parse("110123456789").unwrap())),
            (Subject::Address, new.address_text_hashes("192.0.2.77")[0]),
        ] {
            let live = store::blocks::live_of(&mut reader, kind, [&hash, &hash]).await.unwrap();
            assert_eq!(live.len(), 1, "{kind:?}");
        }
        let stored = items::of_order(&mut reader, order.id).await.unwrap();
        let pin = new.open_text(items::TABLE, "pin_enc", stored[0].id.bytes(), &stored[0].pin_enc).unwrap();
        let hash = new.pin_hash(&stored[0].family, &Pin::new(&pin).unwrap());
        assert!(column(&front.db, "order_items", "pin_hmac").await.contains(&Some(hash.to_vec())));
        // Sealed anew for its own row, and for no other.
        assert!(new.open(items::TABLE, "pin_enc", stored[1].id.bytes(), &stored[0].pin_enc).is_err());
        drop(reader);
        // A session that was sealed anew is still one, and what it asks for opens.
        assert!(order::open(&alone, &owner, order.code.as_str()).await.is_ok());
    }

    /// What was sold and erased long ago can't be sold again under another key.
    async fn an_erased_number_stays_sold_and_erased(db: TestDb) {
        let front = open(db).await;
        let order = sold(&front, TWO, PHONE).await;
        let text = "UPDATE orders SET status = 'paid', paid_at = updated_at; UPDATE order_items SET status = 'paid'; UPDATE messages SET state = 'delivered'";
        by_hand(&front.db, text, text).await;
        front.pass(Span::days(200));
        privacy::retention(&front.services).await.unwrap();
        let stored = items::of_order(&mut front.db.read().await.unwrap(), order.id).await.unwrap();
        assert!(stored.iter().all(|item| item.pin_enc == ERASED), "the numbers are gone");
        let owner = owner(&front, 1).await;
        let services = both(&front).await;
        // Until everything has passed, nothing more is erased: a hold might be missed.
        assert!(privacy::retention(&services).await.unwrap().is_empty());
        keys::begin(&services, &owner, "the year is over").await.unwrap();
        through(&front, &services, &owner).await;
        assert_eq!(privacy::retention(&services).await.unwrap().len(), privacy::RULES.len(), "and then it goes on");
        let stored = items::of_order(&mut front.db.read().await.unwrap(), order.id).await.unwrap();
        assert!(stored.iter().all(|item| item.pin_enc == ERASED), "still gone");
        assert_eq!(stands_under(&front.db, "order_items", "pin_digest_enc").await, [2]);
        let [_, _, new] = rings();
        let hash = new.pin_hash(&stored[0].family, &Pin::new("4180111122223333").unwrap());
        assert!(column(&front.db, "order_items", "pin_hmac").await.contains(&Some(hash.to_vec())), "still known");
    }

    /// Sold before digests were, erased, and then the key is another one: by us, or by a program that left the hash as it was.
    async fn a_number_hashed_before_digests_and_erased_stays_sold(db: TestDb) {
        let front = open(db).await;
        let order = sold(&front, TWO, PHONE).await;
        let text = "UPDATE orders SET status = 'paid', paid_at = updated_at; UPDATE order_items SET status = 'paid'; UPDATE messages SET state = 'delivered'";
        by_hand(&front.db, text, text).await;
        let stored = items::of_order(&mut front.db.read().await.unwrap(), order.id).await.unwrap();
        let keys = &front.services.keys;
        let numbers: Vec<Pin> = stored
            .iter()
            .map(|item| Pin::new(&keys.open_text(items::TABLE, "pin_enc", item.id.bytes(), &item.pin_enc).unwrap()).unwrap())
            .collect();
        let older = async |position: usize| {
            let [older, _] = keys.pin_hashes_before_digests(&stored[position].family, numbers[position].expose().as_bytes());
            let text = AssertSqlSafe("UPDATE order_items SET pin_hmac = $1 WHERE id = $2".to_owned()).into_sql_str();
            let id = Uuid::from_bytes(stored[position].id.bytes());
            match &front.services.db {
                Db::Sqlite(db) => sqlx::query(text).bind(older.to_vec()).bind(id).execute(db.writer()).await.map(drop).unwrap(),
                Db::Postgres(db) => sqlx::query(text).bind(older.to_vec()).bind(id).execute(db.pool()).await.map(drop).unwrap(),
            }
        };
        let known = async |keys: &Keyring, position: usize| {
            let hash = keys.pin_hash(&stored[position].family, &numbers[position]);
            column(&front.db, "order_items", "pin_hmac").await.contains(&Some(hash.to_vec()))
        };
        older(0).await;
        older(1).await;
        front.pass(Span::days(200));
        privacy::retention(&front.services).await.unwrap();
        assert_eq!(column(&front.db, "order_items", "pin_enc").await, vec![Some(ERASED.to_vec()); 2]);
        assert!(known(keys, 0).await && known(keys, 1).await, "in the form of today");
        older(1).await;
        let owner = owner(&front, 1).await;
        let services = both(&front).await;
        keys::begin(&services, &owner, "the year is over").await.unwrap();
        through(&front, &services, &owner).await;
        let [_, _, new] = rings();
        assert!(known(&new, 0).await && known(&new, 1).await, "and under the new key");
    }

    /// Who saw whom before the change is still asked for by the person, and afterwards by what was left in a line meanwhile.
    async fn lines_about_a_person_are_found_under_both_keys(db: TestDb) {
        let front = open(db).await;
        let owner = owner(&front, 1).await;
        let found = async |services: &Services, target: &str| {
            let query = AuditQuery { target: target.to_owned(), ..AuditQuery::default() };
            audit::list(services, &owner, &query).await.unwrap().lines
        };
        let lines = async |services: &Services| {
            let token = customer::find(services, &owner, PHONE, "asked by phone").await.unwrap();
            customer::open(services, &owner, &token).await.unwrap().lines
        };
        let before = lines(&front.services).await;
        assert_eq!((before.len(), found(&front.services, &before[0]).await.len()), (1, 2));
        let services = both(&front).await;
        let named = lines(&services).await;
        assert_eq!((named.len(), &named[1]), (2, &before[0]));
        assert_eq!((found(&services, &named[0]).await.len(), found(&services, &named[1]).await.len()), (2, 2));
        // The older key is gone.
        let [_, _, new] = rings();
        let alone = front.rekeyed(&new).await;
        let mut meta = found(&alone, &named[0]).await.into_iter().map(|line| line.meta);
        let (_, older) = before[0].split_once(':').unwrap();
        assert!(meta.any(|meta| meta.contains(older)), "a line leads there");
    }

    /// A hold would be looked for under one key while another process writes it under the next.
    async fn nobody_begins_with_other_keys_in_the_middle_of_a_batch(db: TestDb) {
        let front = open(db).await;
        sold(&front, TWO, PHONE).await;
        let text = "UPDATE orders SET status = 'paid', paid_at = updated_at; UPDATE order_items SET status = 'paid'; UPDATE messages SET state = 'delivered'";
        by_hand(&front.db, text, text).await;
        front.pass(Span::days(200));
        let (services, now) = (front.services.clone(), front.now());
        // Somebody else's hold keeps the batch waiting in the middle.
        let other = Phone::parse("01077778888").unwrap();
        let hold = people::Hold {
            id: [7; 16], reason: "the police asked".into(), actor: "usr_1".into(), created_at: now,
            ends_at: now.plus(Span::days(9)), lifted_at: None,
        };
        let sealed = services.keys.seal(people::HOLDS, "phone_enc", hold.id, other.expose().as_bytes()).unwrap();
        let mut tx = services.db.begin().await.unwrap();
        people::insert_hold(&mut tx, &hold, (&services.keys.phone_hash(&other), &sealed)).await.unwrap();
        let round = tokio::spawn({
            let services = services.clone();
            async move { privacy::retention(&services).await.unwrap() }
        });
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let beginning = tokio::spawn({
            let db = services.db.clone();
            let [_, both, _] = rings();
            async move { both.check_against(&db, now).await.unwrap() }
        });
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert!(!round.is_finished() && !beginning.is_finished());
        tx.commit().await.unwrap();
        beginning.await.unwrap();
        let gone = round.await.unwrap();
        assert!(gone.is_empty() || gone.contains(&(Kept::Vouchers, 2)), "{gone:?}");
        // From then on it is not its to erase.
        front.pass(Span::days(300));
        assert!(privacy::retention(&services).await.unwrap().is_empty());
    }

    async fn an_old_key_goes_when_nothing_needs_it_and_not_before(db: TestDb) {
        let front = open(db).await;
        let first = owner(&front, 1).await;
        fill(&front, &first).await;
        let services = both(&front).await;
        let [old, _, new] = rings();
        let retire = async |owner: &Actor, purpose: &str| {
            keys::retire(&services, owner, (purpose, 1), "everything has passed").await
        };
        assert_eq!(code(retire(&first, "data").await), "needed");
        let refused = new.check_against(&front.db, front.now()).await.unwrap_err().to_string();
        assert!(refused.contains("data key 1 is in use but was not given"), "{refused}");
        keys::begin(&services, &first, "the year is over").await.unwrap();
        through(&front, &services, &first).await;
        let seen = view(&services, &first).await;
        let of = |purpose: &str, number: u16| {
            seen.keys.iter().find(|key| key.purpose == purpose && key.number == number).unwrap().clone()
        };
        assert!(of("data", 1).free && !of("data", 2).free);
        assert!(!of("lookup", 1).free && of("lookup", 1).needed_by.len() > 1, "{:?}", of("lookup", 1));
        assert_eq!(code(retire(&first, "lookup").await), "needed");
        assert_eq!(code(keys::retire(&services, &first, ("data", 2), "everything has passed").await), "changed");
        assert_eq!(code(keys::retire(&services, &first, ("data", 7), "everything has passed").await), "not_found");
        retire(&first, "data").await.unwrap();
        assert_eq!(code(retire(&first, "data").await), "changed");
        let refused = new.check_against(&front.db, front.now()).await.unwrap_err().to_string();
        assert!(refused.contains("lookup key 1 is in use but was not given"), "{refused}");
        // A month later nobody asks by the old look-up key any more.
        front.pass(Span::days(40));
        assert_eq!(code(retire(&first, "lookup").await), "step_up");
        let later = owner(&front, 3).await;
        retire(&later, "lookup").await.unwrap();
        new.check_against(&front.db, front.now()).await.unwrap();
        assert!(old.check_against(&front.db, front.now()).await.is_err());
        let alone = front.rekeyed(&new).await;
        assert_eq!(alone.keys.numbers(KeyPurpose::Data), [2]);
        let told = view(&alone, &later).await;
        let states: Vec<_> = told.keys.iter().map(|key| (key.number, key.state.as_str(), key.given)).collect();
        assert_eq!(states, [(1, "retired", false), (2, "active", true), (1, "retired", false), (2, "active", true)]);
        // A process that was never told of the new keys says so itself.
        keys::see_keys(&front.services).await.unwrap();
        assert_eq!(front.services.watch.missing_keys(), ["data 2", "lookup 2"]);
        keys::see_keys(&alone).await.unwrap();
        assert!(alone.watch.missing_keys().is_empty());
    }

    /// A row that doesn't open is told of and passed by; the old key is not let go for it.
    async fn a_row_that_does_not_open_stops_nobody_and_keeps_the_old_key(db: TestDb) {
        let front = open(db).await;
        let owner = owner(&front, 1).await;
        fill(&front, &owner).await;
        let (lite, pg) = ("UPDATE order_notes SET body_enc = x'010001ffff'", "UPDATE order_notes SET body_enc = '\\x010001ffff'");
        by_hand(&front.db, lite, pg).await;
        let services = both(&front).await;
        keys::begin(&services, &owner, "the year is over").await.unwrap();
        through(&front, &services, &owner).await;
        let rotation = view(&services, &owner).await.rotation.unwrap();
        assert_eq!(rotation.stuck, 1, "{:?}", rotation.lines);
        assert_eq!(code(keys::retire(&services, &owner, ("data", 1), "everything has passed").await), "needed");
        assert_eq!(stands_under(&front.db, "orders", "phone_enc").await, [2]);
    }

    /// What it wrote would be found by nobody: the same number could be sold once more.
    async fn a_process_that_was_forgotten_takes_and_does_nothing(db: TestDb) {
        let front = open(db).await;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let order = sold(&front, "컬쳐랜드 4180-7777-8888-9999 1만원", "01033334444").await;
        let services = both(&front).await;
        let submit = async |services: &Services| {
            sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await
        };
        let refused = submit(&front.services).await;
        assert!(matches!(refused, Err(ServiceError::Busy { .. })), "{refused:?}");
        let work = outbox::of_subject(&mut front.db.read().await.unwrap(), order.id.bytes()).await.unwrap().remove(0);
        assert_eq!(work::run(&front.services, work.id, "forgotten").await.unwrap(), work::Ran::NotOurs);
        assert_eq!(outbox::find(&mut front.db.read().await.unwrap(), work.id).await.unwrap().unwrap().attempts, 0);
        // A hold under the old key alone would keep nothing.
        let owner = owner(&front, 1).await;
        let token = customer::find(&front.services, &owner, PHONE, "the police asked").await.unwrap();
        let refused = customer::hold(&front.services, &owner, &token, "2030-01-01", "the police asked").await;
        assert!(matches!(refused, Err(ServiceError::Busy { .. })), "{refused:?}");
        submit(&services).await.unwrap();
        assert_eq!(work::run(&services, work.id, "new").await.unwrap(), work::Ran::Done);
    }

    async fn unused_recovery_codes_keep_the_key_they_were_hashed_with(db: TestDb) {
        let front = open(db).await;
        let first = owner(&front, 1).await;
        let Actor::Staff(staff) = &first else { unreachable!() };
        let mut tx = front.db.begin().await.unwrap();
        users::set_recovery_codes(&mut tx, staff.user, &[[7; 32], [8; 32]], front.now()).await.unwrap();
        tx.commit().await.unwrap();
        let services = both(&front).await;
        keys::begin(&services, &first, "the year is over").await.unwrap();
        through(&front, &services, &first).await;
        let needed = async |services: &Services| {
            let keys = view(services, &first).await.keys;
            keys.into_iter().find(|key| (key.purpose.as_str(), key.number) == ("lookup", 1)).unwrap().needed_by
        };
        assert!(needed(&services).await.iter().any(|words| words.contains("2 unused recovery codes")), "{:?}", needed(&services).await);
        assert_eq!(code(keys::retire(&services, &first, ("lookup", 1), "everything has passed").await), "needed");
        // Made anew under the new key.
        front.pass(Span::seconds(1));
        let mut tx = front.db.begin().await.unwrap();
        users::set_recovery_codes(&mut tx, staff.user, &[[9; 32]], front.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(needed(&services).await.is_empty(), "{:?}", needed(&services).await);
    }

    /// Whom a bare hold is about is learned from orders that still have its hash; they pass after it, so it is waited for.
    async fn a_hold_somebody_has_in_hand_is_waited_for(db: TestDb) {
        let front = open(db).await;
        let first = owner(&front, 1).await;
        fill(&front, &first).await;
        by_hand(&front.db, "UPDATE legal_holds SET phone_enc = NULL", "UPDATE legal_holds SET phone_enc = NULL").await;
        let services = both(&front).await;
        keys::begin(&services, &first, "the year is over").await.unwrap();
        if let Db::Postgres(pg) = &front.services.db {
            let mut held = pg.pool().begin().await.unwrap();
            sqlx::query("SELECT 1 FROM legal_holds FOR UPDATE").execute(&mut *held).await.unwrap();
            let walking = tokio::spawn({
                let services = services.clone();
                async move {
                    let due = work::sweep(&services, Span::ZERO, 200).await.unwrap().due;
                    for (id, _) in due {
                        let row = outbox::find(&mut services.db.read().await.unwrap(), id).await.unwrap().unwrap();
                        if row.kind == OutboxKind::RotateKeys {
                            work::run(&services, id, "test").await.unwrap();
                        }
                    }
                }
            });
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            assert_eq!(stands_under(&front.db, "orders", "phone_enc").await, [1], "nothing passes before the hold");
            held.rollback().await.unwrap();
            walking.await.unwrap();
        }
        through(&front, &services, &first).await;
        assert_eq!(stands_under(&front.db, "legal_holds", "phone_enc").await, [2]);
        let hash = services.keys.phone_hash(&Phone::parse(PHONE).unwrap());
        assert_eq!(column(&front.db, "legal_holds", "phone_hmac").await, [Some(hash.to_vec())]);
    }
}
