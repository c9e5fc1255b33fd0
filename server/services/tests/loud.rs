//! Messages that don't reach the agent: somebody is told of each, in the log, without the customer's number or text.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pins, quick};
use domain::{MessageState, OrderId, Span};
use services::{Policy, work};
use sms_agent::{AgentSettings, SmsAgent};
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use testkit::clock::NOON;
use testkit::mariadb::MariaDb;

/// What was logged in this process; the tests look for the ids of their own messages.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Before the shop opens, whose own log is left alone then.
async fn listening(db: testkit::TestDb, policy: Policy) -> Shop {
    tracing_subscriber::fmt().with_ansi(false).with_writer(|| Log).try_init().ok();
    Shop::at(db, policy, NOON).await
}

async fn message(shop: &Shop, id: OrderId) -> store::messages::Message {
    let mut reader = shop.services.db.read().await.unwrap();
    store::messages::of_subject(&mut reader, id.bytes()).await.unwrap().remove(0)
}

/// The errors that name this message.
async fn errors(shop: &Shop, id: OrderId) -> Vec<String> {
    let message = message(shop, id).await;
    let named = format!("id={}", message.id);
    let phone =
        shop.services.keys.open_text(store::messages::TABLE, "phone_enc", message.id.bytes(), &message.phone_enc);
    let text = String::from_utf8_lossy(&LOG.lock().unwrap_or_else(PoisonError::into_inner)).into_owned();
    assert!(!text.contains(&phone.unwrap()), "no number stands in a log");
    text.lines().filter(|line| line.contains("ERROR") && line.contains(&named)).map(ToOwned::to_owned).collect()
}

testkit::both_engines! {
    async fn a_message_that_can_never_be_handed_over_is_told_of(db: TestDb) {
        let shop = listening(db, Policy { callback_number: "no digits".to_owned(), ..quick() }).await;
        let id = shop.sell(&pins(1)).await;
        work::run_due(&shop.services, "test").await.unwrap();
        assert_eq!(message(&shop, id).await.state, MessageState::Failed);
        let told = errors(&shop, id).await;
        assert!(told.len() == 1 && told[0].contains("can never be handed over") && told[0].contains("callback"), "{told:?}");
    }

    async fn an_agents_table_that_takes_nothing_is_told_of_and_waited_for(db: TestDb) {
        let shop = listening(db, quick()).await;
        let maria = MariaDb::start();
        let agent = SmsAgent::connect(AgentSettings::new(maria.url())).await.unwrap();
        let services = shop.with_agent(agent.clone());
        let id = shop.sell(&pins(1)).await;
        work::run_due(&services, "test").await.unwrap();
        assert_eq!(message(&shop, id).await.state, MessageState::Ready);
        let told = errors(&shop, id).await;
        assert!(told.len() == 1 && told[0].contains("must be mended") && told[0].contains("db_1146"), "{told:?}");
        agent.ensure_reference_schema().await.unwrap();
        shop.move_clock(NOON.plus(Span::minutes(1)));
        work::run_due(&services, "test").await.unwrap();
        assert_eq!(message(&shop, id).await.state, MessageState::Handed);
    }

    async fn a_message_that_was_dropped_for_its_age_is_told_of(db: TestDb) {
        let shop = listening(db, quick()).await;
        shop.services.agent.close().await;
        let id = shop.sell(&pins(1)).await;
        let dropped = async |shop: &Shop| message(shop, id).await.state == MessageState::Dropped;
        assert!(shop.step_until(Span::hours(12), 10, dropped).await);
        let told = errors(&shop, id).await;
        assert!(told.len() == 1 && told[0].contains("was dropped"), "{told:?}");
    }
}
