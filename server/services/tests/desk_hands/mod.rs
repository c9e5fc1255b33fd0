//! People at the desk, and somebody with the database in their hands.
#![expect(dead_code, reason = "each test file uses a part of it")]

use domain::{Lang, Role, Timestamp};
use services::{Actor, Services, Staff};
use store::Db;
use testkit::TestDb;
use testkit::staff::{Member, member};

/// A signed-in member of staff with a second factor shown just now.
pub async fn staff(db: &TestDb, number: u8, roles: &[Role]) -> Actor {
    actor_of(&member(db, number, roles).await)
}

pub fn actor_of(member: &Member) -> Actor {
    Actor::Staff(Staff {
        user: member.user,
        login: member.login.clone(),
        name: format!("직원 {}", member.login),
        roles: member.roles,
        session: member.session,
        epoch: member.epoch,
        address: "198.51.100.7".into(),
        agent: "test".into(),
        lang: Lang::En,
        step_up_at: Some(member.step_up_at),
    })
}

/// What somebody does who holds the database itself: triggers and foreign keys are no hindrance to them.
pub async fn by_hand(db: &Db, sqlite: &'static str, postgres: &'static str) {
    match db {
        Db::Sqlite(db) => {
            let mut writer = db.writer().acquire().await.unwrap();
            sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut *writer).await.unwrap();
            sqlx::raw_sql(sqlite).execute(&mut *writer).await.unwrap();
            sqlx::raw_sql("PRAGMA foreign_keys = ON").execute(&mut *writer).await.unwrap();
        }
        Db::Postgres(db) => {
            sqlx::raw_sql(postgres).execute(db.pool()).await.unwrap();
        }
    }
}

/// A moment of the tests' clock, moved.
pub fn now(services: &Services) -> Timestamp {
    services.clock.now()
}
