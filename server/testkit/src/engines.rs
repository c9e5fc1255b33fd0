//! A fresh, migrated database per test, on either engine.

use crate::cluster::Cluster;
use std::ops::Deref;
use store::{Db, DbSettings, Keyring};
use tempfile::TempDir;

/// A database of a test's own, migrated, with its keys. Gone when dropped. Use it as a [`Db`].
#[derive(Debug)]
pub struct TestDb {
    db: Db,
    /// Fresh random keys.
    pub keys: Keyring,
    settings: DbSettings,
    // Dropped after `db`, in this order.
    home: Home,
}

#[derive(Debug)]
enum Home {
    Folder(#[expect(dead_code, reason = "removes the folder when dropped")] TempDir),
    Database { cluster: Cluster, name: String },
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Self::Database { cluster, name } = self {
            cluster.drop_database(name);
        }
    }
}

impl TestDb {
    /// On SQLite, in a temporary folder.
    pub async fn sqlite() -> Self {
        let folder = tempfile::Builder::new().prefix("pindesk-").tempdir().unwrap();
        let settings = DbSettings::sqlite(folder.path().join("pindesk.db"));
        let db = Db::open(&settings).await.unwrap();
        db.migrate().await.unwrap();
        Self { db, keys: Keyring::random().unwrap(), settings, home: Home::Folder(folder) }
    }

    /// On the tests' PostgreSQL, in a database made from a migrated template.
    pub async fn postgres() -> Self {
        Self::on(Cluster::with_template().await).await
    }

    /// On a PostgreSQL that syncs every commit, for the whole product and for figures.
    pub async fn postgres_durable() -> Self {
        Self::on(Cluster::durable_with_template().await).await
    }

    async fn on((cluster, template): (Cluster, String)) -> Self {
        let name = format!("t_{}", uuid::Uuid::now_v7().simple());
        cluster.create_database(&name, &template);
        let settings = DbSettings::postgres(cluster.url(&name));
        let db = Db::open(&settings).await.unwrap();
        Self { db, keys: Keyring::random().unwrap(), settings, home: Home::Database { cluster, name } }
    }

    /// Everything it holds, as `pg_dump` writes it: binary columns in hexadecimal. Empty on SQLite.
    pub fn dump(&self) -> Vec<u8> {
        match &self.home {
            Home::Folder(_) => Vec::new(),
            Home::Database { cluster, name } => cluster.dump(name),
        }
    }

    /// Waits until somebody waits for a lock of this database. On SQLite nobody can be seen waiting, so it returns at once.
    pub async fn waited_for(&self) {
        let Home::Database { cluster, name } = &self.home else { return };
        for _ in 0..400 {
            if cluster.waiters(name) > 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("nobody came to wait");
    }

    /// How to open this database a second time (PostgreSQL; SQLite's lock keeps a second one out).
    pub fn settings(&self) -> &DbSettings {
        &self.settings
    }
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// One database per engine, for a test that compares them.
pub async fn engines() -> [TestDb; 2] {
    [TestDb::sqlite().await, TestDb::postgres().await]
}
