//! A person at the desk: found by phone, shown masked, handed out, erased, and kept when somebody must.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod customer_common;
mod desk_hands;

use customer_common::{Front, TWO, ready, somebody};
use desk_hands::{actor_of, by_hand, staff};
use domain::risk::Subject;
use domain::{Lang, Phone, Role, Span};
use services::desk::audit::{self, AuditQuery};
use services::desk::order::{self as order_desk, Revealing};
use services::desk::orders as orders_desk;
use services::desk::risk::{self, NewBlockInput};
use services::desk::{customer, privacy};
use services::lookup::{self, LookupState};
use services::{Actor, ServiceError, sell};
use store::retention::{ERASED, Kept};
use store::{items, orders};
use testkit::staff::member_at;

const PHONE: &str = "01012345678";

/// A person who sold two vouchers, and was paid for them long ago or just now.
async fn sold(front: &Front) -> orders::Order {
    let sale = ready(front, &somebody(), TWO, PHONE).await;
    sell::submit(&front.services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
    let found = of_phone(front).await;
    assert_eq!(found.len(), 1);
    found.into_iter().next().unwrap()
}

async fn of_phone(front: &Front) -> Vec<orders::Order> {
    let phone = Phone::parse(PHONE).unwrap();
    let mut reader = front.services.db.read().await.unwrap();
    orders::by_phone(&mut reader, &front.services.keys.phone_hashes(&phone), 10).await.unwrap()
}

async fn again(front: &Front, order: &orders::Order) -> (orders::Order, Vec<items::Item>) {
    let mut reader = front.services.db.read().await.unwrap();
    let found = orders::find(&mut reader, order.id).await.unwrap().unwrap();
    (found, items::of_order(&mut reader, order.id).await.unwrap())
}

/// Its order, vouchers and messages are over.
async fn over(front: &Front) {
    let text = "UPDATE orders SET status = 'paid', paid_at = updated_at; UPDATE order_items SET status = 'paid'; UPDATE messages SET state = 'delivered'";
    by_hand(&front.db, text, text).await;
}

fn code(answer: Result<impl Sized, ServiceError>) -> &'static str {
    match answer.err() {
        Some(ServiceError::Conflict { code, .. }) => code,
        Some(ServiceError::NotFound) => "not_found",
        Some(ServiceError::Invalid(_)) => "invalid",
        Some(ServiceError::StepUp) => "step_up",
        other => panic!("{other:?}"),
    }
}

async fn told(front: &Front, owner: &Actor, action: &str) -> usize {
    let query = AuditQuery { action: action.into(), ..AuditQuery::default() };
    audit::list(&front.services, owner, &query).await.unwrap().lines.len()
}

testkit::both_engines! {
    async fn a_person_is_found_by_any_spelling_with_a_reason_and_shown_masked(db: TestDb) {
        let front = Front::open(db).await;
        let (owner, operator) = (staff(&front.db, 1, &[Role::Owner]).await, staff(&front.db, 2, &[Role::Operator]).await);
        let marketer = staff(&front.db, 3, &[Role::Marketer]).await;
        let order = sold(&front).await;
        let services = &front.services;
        assert_eq!(code(customer::find(services, &marketer, PHONE, "asked by phone").await), "not_found");
        assert_eq!(code(customer::find(services, &operator, PHONE, "").await), "invalid");
        assert_eq!(code(customer::find(services, &operator, "12", "asked by phone").await), "invalid");
        let token = customer::find(services, &operator, "+82 10-1234 5678", "asked by phone").await.unwrap();
        let view = customer::open(services, &operator, &token).await.unwrap();
        assert_eq!((view.orders.len(), view.orders[0].code.as_str(), view.consents.len()), (1, order.code.as_str(), 4));
        assert_eq!((view.phone.as_str(), view.open_orders), ("010-1234-****", 1));
        assert!(!format!("{view:?}").contains("12345678") && !format!("{view:?}").contains(customer_common::NAME));
        assert_eq!(code(customer::open(services, &owner, &token).await), "not_found", "a link is its finder's alone");
        assert_eq!((told(&front, &owner, "customer.find").await, told(&front, &owner, "customer.open").await), (1, 1));
        front.pass(Span::minutes(61));
        assert_eq!(code(customer::open(services, &operator, &token).await), "not_found", "not open for ever");
    }

    async fn a_person_is_shown_with_the_blocks_of_their_phone_and_accounts(db: TestDb) {
        let front = Front::open(db).await;
        let operator = staff(&front.db, 1, &[Role::Operator]).await;
        let order = sold(&front).await;
        let services = &front.services;
        let (soon, late) = (front.now().plus(Span::days(2)), front.now().plus(Span::days(30)));
        let of = |kind| NewBlockInput::Of { order: order.code.clone(), kind };
        let phone = risk::block(services, &operator, of(Subject::Phone), soon, "reported by their bank").await.unwrap();
        let account = risk::block(services, &operator, of(Subject::Account), late, "reported by their bank").await.unwrap();
        risk::block(services, &operator, NewBlockInput::Phone("01099998888".into()), late, "somebody else’s").await.unwrap();
        let seen = async || {
            let token = customer::find(services, &operator, PHONE, "asked by phone").await.unwrap();
            let view = customer::open(services, &operator, &token).await.unwrap();
            let blocks = view.blocks.clone().unwrap();
            assert!(!format!("{blocks:?}").contains("12345678") && !format!("{blocks:?}").contains("12345601234567"));
            blocks.into_iter().map(|block| (block.id, block.until > front.now(), block.in_force)).collect::<Vec<_>>()
        };
        assert_eq!(seen().await, [(phone, true, true), (account, true, true)]);
        front.pass(Span::days(3));
        assert_eq!(seen().await, [(phone, false, false), (account, true, true)], "past its end, and said so");
    }

    async fn a_file_of_a_person_holds_everything_and_wants_the_second_factor(db: TestDb) {
        let front = Front::open(db).await;
        let (owner, operator) = (staff(&front.db, 1, &[Role::Owner]).await, staff(&front.db, 2, &[Role::Operator]).await);
        sold(&front).await;
        let services = &front.services;
        let token = customer::find(services, &operator, PHONE, "their wish").await.unwrap();
        assert_eq!(code(customer::export(services, &operator, &token, "their wish").await), "not_found");
        let token = customer::find(services, &owner, PHONE, "their wish").await.unwrap();
        let file = customer::export(services, &owner, &token, "their wish").await.unwrap();
        for part in [PHONE, customer_common::NAME, "12345601234567", "203.0.113.7", "consent_terms"] {
            assert!(file.contains(part), "{part}: {file}");
        }
        assert!(!file.contains("4180111122223333"), "vouchers are money");
        assert_eq!(told(&front, &owner, "customer.export").await, 1);
        front.pass(Span::minutes(11));
        assert_eq!(code(customer::export(services, &owner, &token, "their wish").await), "step_up");
    }

    async fn a_person_is_erased_as_far_as_the_law_allows(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        let order = sold(&front).await;
        let services = &front.services;
        let token = customer::find(services, &owner, PHONE, "their wish").await.unwrap();
        assert_eq!(code(customer::erase(services, &owner, &token, "their wish").await), "under_way");
        over(&front).await;
        customer::hold(services, &owner, &token, "2030-01-01", "the police asked").await.unwrap();
        assert_eq!(code(customer::erase(services, &owner, &token, "their wish").await), "held");
        assert_eq!(code(customer::hold(services, &owner, &token, "2020-01-01", "the police asked").await), "invalid");
        let held = customer::open(services, &owner, &token).await.unwrap();
        customer::lift(services, &owner, &token, &held.holds[0].id, "it is over").await.unwrap();
        assert_eq!(code(customer::lift(services, &owner, &token, &held.holds[0].id, "it is over").await), "lifted");
        let done = customer::erase(services, &owner, &token, "their wish").await.unwrap();
        assert_eq!((done.orders, done.inquiries), (1, 0));
        assert!(done.messages > 0);
        assert!(of_phone(&front).await.is_empty(), "not found any more");
        let view = customer::open(services, &owner, &token).await.unwrap();
        assert!(view.orders.is_empty() && view.consents.is_empty() && view.messages.is_empty());
        let (kept, items) = again(&front, &order).await;
        assert_ne!(kept.name_enc, ERASED, "kept for five years, sealed");
        assert!(items.iter().all(|item| item.pin_enc != ERASED), "disputes come for half a year");
        let lines = audit::list(services, &owner, &AuditQuery { action: "customer.erase".into(), ..AuditQuery::default() }).await.unwrap().lines;
        assert!(lines[0].meta.contains("\"orders_closed\":1") && !lines[0].meta.contains("5678"), "{}", lines[0].meta);
    }

    /// Both clocks: nothing before its time, everything after it, and a hold stops it.
    async fn what_is_past_its_time_goes_and_nothing_before(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        let order = sold(&front).await;
        let services = &front.services;
        let gone = async |front: &Front| {
            let mut gone: Vec<(Kept, u64)> = privacy::retention(&front.services).await.unwrap();
            gone.retain(|(_, rows)| *rows > 0);
            gone
        };
        front.pass(Span::days(3_000));
        assert!(gone(&front).await.iter().all(|(kept, _)| *kept == Kept::Messages) , "an order under way is kept");
        front.pass(Span::days(-3_000));
        over(&front).await;
        front.pass(Span::days(179));
        assert_eq!(gone(&front).await, []);
        front.pass(Span::days(2));
        assert_eq!(privacy::dry_run(services, Lang::En).await.unwrap()[0].due, 2);
        assert_eq!(gone(&front).await, [(Kept::Vouchers, 2)]);
        let (kept, items) = again(&front, &order).await;
        assert!(items.iter().all(|item| item.pin_enc == ERASED && item.companion_enc.is_none()));
        assert_ne!(kept.name_enc, ERASED);
        front.pass(Span::days(1_827 - 181));
        let phone = Phone::parse(PHONE).unwrap();
        let hold = store::people::Hold {
            id: [7; 16], reason: "the police asked".into(), actor: "usr_1".into(), created_at: front.now(),
            ends_at: front.now().plus(Span::days(50)), lifted_at: None,
        };
        let mut tx = services.db.begin().await.unwrap();
        let hash = services.keys.phone_hash(&phone);
        let sealed = services.keys.seal(store::people::HOLDS, "phone_enc", hold.id, phone.expose().as_bytes()).unwrap();
        store::people::insert_hold(&mut tx, &hold, (&hash, &sealed)).await.unwrap();
        tx.commit().await.unwrap();
        front.pass(Span::days(40));
        assert!(gone(&front).await.iter().all(|(kept, _)| *kept != Kept::Orders), "held");
        let line = privacy::dry_run(services, Lang::En).await.unwrap().swap_remove(3);
        assert_eq!((line.due, line.held, line.late), (0, 1, 1), "late, and it is seen why");
        front.pass(Span::days(11));
        assert!(gone(&front).await.contains(&(Kept::Orders, 1)));
        let (kept, _) = again(&front, &order).await;
        assert!(kept.name_enc == ERASED && kept.phone_enc == ERASED && kept.account_no_enc == ERASED);
        assert_eq!(kept.total_payable, order.total_payable, "sums stay what they were");
        assert!(of_phone(&front).await.is_empty());
        let _ = owner;
    }

    /// What was erased is told as erased: every page that shows the order still opens, and an act that needs the value says
    /// why it can't be done.
    async fn an_erased_order_is_still_a_page(db: TestDb) {
        let front = Front::open(db).await;
        let writer = staff(&front.db, 1, &[Role::Owner]).await;
        let order = sold(&front).await;
        let services = &front.services;
        let code_of_it = order.code.as_str();
        order_desk::note(services, &writer, code_of_it, "고객 010-1234-5678과 통화함").await.unwrap();
        let until = front.now().plus(Span::days(7));
        let value = NewBlockInput::Of { order: order.code.clone(), kind: Subject::Phone };
        risk::block(services, &writer, value, until, "도용 신고").await.unwrap();
        over(&front).await;
        front.pass(Span::days(1_900));
        let gone = privacy::retention(services).await.unwrap();
        for kept in [Kept::Vouchers, Kept::Orders, Kept::Messages, Kept::Blocks] {
            assert!(gone.iter().any(|(one, rows)| *one == kept && *rows > 0), "{kept:?}: {gone:?}");
        }
        let owner = actor_of(&member_at(&front.db, 2, &[Role::Owner], front.now()).await);
        let desk = order_desk::open(services, &owner, code_of_it).await.unwrap();
        assert_eq!([&desk.name, &desk.phone, &desk.account, &desk.holder, &desk.items[0].pin], ["Erased"; 5]);
        assert!(!format!("{desk:?}").contains("5678"), "the note went with the person");
        let list = orders_desk::list(services, &owner, &[]).await.unwrap();
        assert_eq!((list.rows[0].name.as_str(), list.rows[0].phone.as_str()), ("Erased", "Erased"));
        assert_eq!(risk::case(services, &owner, &order.code).await.unwrap().holder, "Erased");
        let block = risk::blocks(services, &owner, None).await.unwrap().rows.remove(0);
        assert_eq!(block.masked, "Erased");
        for what in ["name", "account", desk.items[0].id.as_str()] {
            let what = Revealing::parse(what).unwrap();
            assert_eq!(code(order_desk::reveal(services, &owner, code_of_it, what, "asked by phone").await), "erased");
        }
        assert_eq!(told(&front, &owner, "reveal.person").await, 0, "nobody saw anything");
        let theirs = services::order_view::view(services, &customer_common::holding(&[order.id]), code_of_it).await.unwrap();
        assert_eq!((theirs.phone_masked.as_str(), theirs.items.len()), ("지워짐", 2));
    }

    async fn rows_erased_together_are_nobodys_and_not_one_persons(db: TestDb) {
        let front = Front::open(db).await;
        let order = sold(&front).await;
        let other = "UPDATE orders SET status = 'paid', paid_at = updated_at";
        by_hand(&front.db, other, other).await;
        let second = ready(&front, &somebody(), "컬쳐랜드 50,000원\n4180-7777-2222-3333", "01087654321").await;
        sell::submit(&front.services, &somebody(), Some(&second.token), &second.view.submit_key).await.unwrap();
        over(&front).await;
        front.pass(Span::days(1_900));
        privacy::retention(&front.services).await.unwrap();
        let owner = actor_of(&member_at(&front.db, 2, &[Role::Owner], front.now()).await);
        let case = risk::case(&front.services, &owner, &order.code).await.unwrap();
        assert!(case.links.iter().all(|link| link.orders.is_empty()), "{:?}", case.links);
    }

    async fn a_person_asks_for_themselves_with_a_proved_phone_only(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        sold(&front).await;
        let services = &front.services;
        let nobody = LookupState::default();
        assert_eq!(code(customer::wish(services, &somebody(), &nobody, "erase").await), "not_found");
        front.pass(Span::minutes(5));
        let sent = lookup::send_code(services, &somebody(), nobody, PHONE).await.unwrap();
        assert_eq!(code(customer::wish(services, &somebody(), &sent.state, "erase").await), "not_found", "a code was sent only");
        let proved = lookup::check_code(services, &somebody(), sent.state, &front.code(PHONE).await).await.unwrap().state;
        for _ in 0..2 {
            customer::wish(services, &somebody(), &proved, "erase").await.unwrap();
        }
        let mine = customer::my_data(services, &somebody(), &proved).await.unwrap();
        assert_eq!((mine.requests.len(), mine.requests[0].state.as_str()), (1, "open"), "asking twice is asking once");
        let seen = customer::desk(services, &owner).await.unwrap().requests;
        assert_eq!((seen.len(), seen[0].phone.as_str()), (1, "010-1234-****"));
        let id = seen[0].id.clone();
        customer::from_request(services, &owner, &id).await.unwrap();
        customer::answer_request(services, &owner, &id, false, "an order is under way").await.unwrap();
        assert_eq!(code(customer::answer_request(services, &owner, &id, true, "an order is under way").await), "answered");
        let mine = customer::my_data(services, &somebody(), &proved).await.unwrap();
        assert_eq!((mine.requests[0].state.as_str(), mine.requests[0].note.as_str()), ("refused", "an order is under way"));
    }

    async fn a_month_is_looked_over_when_it_is_over(db: TestDb) {
        let front = Front::open(db).await;
        let (auditor, operator) = (staff(&front.db, 1, &[Role::Auditor]).await, staff(&front.db, 2, &[Role::Operator]).await);
        let services = &front.services;
        for _ in 0..3 {
            customer::find(services, &operator, PHONE, "asked by phone").await.unwrap();
        }
        let view = privacy::privacy(services, &auditor, "").await.unwrap();
        assert_eq!((view.lines.len(), view.lines[0].login.as_str(), view.lines[0].lines, view.lines[0].targets), (1, "member2", 3, 1));
        assert_eq!(code(privacy::sign_off(services, &auditor, &view.month, "nothing odd").await), "not_over");
        assert_eq!(code(privacy::sign_off(services, &operator, &view.month, "nothing odd").await), "not_found");
        front.pass(Span::days(40));
        assert_eq!(code(privacy::sign_off(services, &auditor, &view.month, " ").await), "invalid");
        privacy::sign_off(services, &auditor, &view.month, "nothing odd").await.unwrap();
        let view = privacy::privacy(services, &auditor, &view.month).await.unwrap();
        assert_eq!((view.reviews[0].month.as_str(), view.reviews[0].views), (view.month.as_str(), 3));
    }
}
