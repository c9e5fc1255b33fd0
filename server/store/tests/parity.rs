//! One schema and one text per statement, on two engines.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use sqlx::{AssertSqlSafe, Either, Executor, Row, SqlSafeStr, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use store::error::UNIQUES;
use store::{Conn, Db, dialect};
use testkit::{TestDb, engines};

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

fn file_names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// `noun/verb.sql` and its text.
fn statements() -> BTreeMap<String, String> {
    let sql = root("server/store/sql");
    let mut found = BTreeMap::new();
    for noun in file_names(&sql) {
        for verb in file_names(&sql.join(&noun)) {
            let text = fs::read_to_string(sql.join(&noun).join(&verb)).unwrap();
            found.insert(format!("{noun}/{verb}"), text);
        }
    }
    found
}

/// The text with its row locks, as `dialect::locking` makes it.
fn locked(text: &str) -> String {
    text.replace("/*for update*/", "FOR UPDATE").replace("/*skip locked*/", "FOR UPDATE SKIP LOCKED")
}

fn sources() -> String {
    let src = root("server/store/src");
    file_names(&src).iter().map(|name| fs::read_to_string(src.join(name)).unwrap()).collect()
}

#[test]
fn both_engines_have_the_same_migrations_by_name_and_each_says_why() {
    let (sqlite, postgres) = (file_names(&root("migrations/sqlite")), file_names(&root("migrations/postgres")));
    assert_eq!(sqlite, postgres);
    for name in &sqlite {
        for engine in ["sqlite", "postgres"] {
            let text = fs::read_to_string(root("migrations").join(engine).join(name)).unwrap();
            assert!(text.starts_with("-- "), "{engine}/{name}: the first line says why");
        }
    }
}

#[test]
fn the_apalis_tables_are_those_of_the_crates_we_use() {
    let crates = [
        ("sqlite", apalis_sqlite::SqliteStorage::migrations()),
        ("postgres", apalis_postgres::PostgresStorage::migrations()),
    ];
    for (engine, migrator) in crates {
        let ours = fs::read_to_string(root("migrations").join(engine).join("20261121000000_apalis.sql")).unwrap();
        let mut at = 0;
        for migration in migrator.iter() {
            let theirs = migration.sql.as_str().trim_end();
            let found = ours[at..].find(theirs);
            assert!(
                found.is_some(),
                "apalis for {engine} brought migration {} {:?}, which ours lacks: add it as a new migration of ours, \
                 on both sides, and teach this test to look there",
                migration.version,
                migration.description
            );
            at += found.unwrap_or_default() + theirs.len();
        }
        let files = ours.lines().filter(|line| line.starts_with("-- 20")).count();
        assert_eq!(files, migrator.iter().count(), "{engine}: ours has more than the crate");
    }
}

#[test]
fn every_check_is_on_both_sides() {
    for name in file_names(&root("migrations/sqlite")).iter().filter(|name| !name.contains("apalis")) {
        let checks = |engine: &str| -> Vec<String> {
            let text = fs::read_to_string(root("migrations").join(engine).join(name)).unwrap();
            text.lines()
                // SQLite has no BOOLEAN in a STRICT table.
                .filter(|line| line.contains("CHECK") && !line.contains("IN (0, 1)"))
                .map(|line| line.split_at(line.find("CHECK").unwrap()).1.trim_end_matches(',').to_owned())
                .collect()
        };
        assert_eq!(checks("sqlite"), checks("postgres"), "{name}");
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Schema {
    /// table.column → (kind, nullable)
    columns: BTreeMap<String, (&'static str, bool)>,
    /// Unique or not, table, columns, predicate.
    indexes: BTreeSet<(bool, String, Vec<String>, String)>,
    /// Names of the indexes we named.
    names: BTreeSet<String>,
    /// table(columns) → table(columns)
    references: BTreeSet<String>,
}

/// The column names and words of a predicate, in order, and whether it says "not": `status NOT IN ('a', 'b')` and
/// `(status <> ALL (ARRAY['a'::text, 'b'::text]))` are the same.
fn predicate(text: &str) -> String {
    let upper = text.to_uppercase();
    let not = upper.contains("NOT IN") || upper.contains("<>") || upper.contains("IS NOT NULL");
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| {
            !matches!(
                word.to_uppercase().as_str(),
                "" | "NOT" | "IN" | "IS" | "NULL" | "ANY" | "ALL" | "ARRAY" | "TEXT"
            )
        })
        .collect();
    if words.is_empty() { String::new() } else { format!("{}{}", if not { "not " } else { "" }, words.join(" ")) }
}

async fn sqlite_schema(db: &Db) -> Schema {
    let mut reader = db.read().await.unwrap();
    let Conn::Sqlite(c) = Conn::from(&mut reader) else { panic!("not SQLite") };
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
         AND name NOT IN ('_sqlx_migrations', 'Jobs', 'Workers')",
    )
    .fetch_all(&mut *c)
    .await
    .unwrap();
    let mut schema = Schema {
        columns: BTreeMap::new(),
        indexes: BTreeSet::new(),
        names: BTreeSet::new(),
        references: BTreeSet::new(),
    };
    for table in tables {
        let strict: bool = sqlx::query_scalar("SELECT strict FROM pragma_table_list WHERE name = $1")
            .bind(&table)
            .fetch_one(&mut *c)
            .await
            .unwrap();
        assert!(strict, "{table} is not STRICT");
        for row in sqlx::query("SELECT name, type, \"notnull\" FROM pragma_table_info($1)")
            .bind(&table)
            .fetch_all(&mut *c)
            .await
            .unwrap()
        {
            let kind = match row.get::<String, _>(1).as_str() {
                "TEXT" => "text",
                "INTEGER" => "integer",
                "BLOB" => "bytes",
                other => panic!("{table}: a column is {other}"),
            };
            schema.columns.insert(format!("{table}.{}", row.get::<String, _>(0)), (kind, row.get::<i64, _>(2) == 0));
        }
        let indexes = sqlx::query("SELECT l.name, l.\"unique\", m.sql FROM pragma_index_list($1) AS l JOIN sqlite_master AS m ON m.name = l.name")
            .bind(&table)
            .fetch_all(&mut *c)
            .await
            .unwrap();
        for index in indexes {
            let name: String = index.get(0);
            let on: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_index_info($1) ORDER BY seqno")
                .bind(&name)
                .fetch_all(&mut *c)
                .await
                .unwrap();
            let text: Option<String> = index.get(2);
            let filter = text.as_deref().and_then(|text| text.split_once(" WHERE ")).map_or("", |(_, filter)| filter);
            schema.indexes.insert((index.get::<i64, _>(1) == 1, table.clone(), on, predicate(filter)));
            if text.is_some() {
                schema.names.insert(name);
            }
        }
        let mut references: BTreeMap<i64, (String, Vec<String>, Vec<String>)> = BTreeMap::new();
        for row in
            sqlx::query("SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list($1) ORDER BY id, seq")
                .bind(&table)
                .fetch_all(&mut *c)
                .await
                .unwrap()
        {
            let entry = references.entry(row.get(0)).or_insert_with(|| (row.get(1), Vec::new(), Vec::new()));
            entry.1.push(row.get(2));
            entry.2.push(row.get(3));
        }
        for (other, from, to) in references.into_values() {
            schema.references.insert(format!("{table}({}) {other}({})", from.join(","), to.join(",")));
        }
    }
    schema
}

async fn postgres_schema(db: &Db) -> Schema {
    let mut reader = db.read().await.unwrap();
    let Conn::Postgres(c) = Conn::from(&mut reader) else { panic!("not PostgreSQL") };
    let mut schema = Schema {
        columns: BTreeMap::new(),
        indexes: BTreeSet::new(),
        names: BTreeSet::new(),
        references: BTreeSet::new(),
    };
    for row in sqlx::query(
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES' \
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'",
    )
    .fetch_all(&mut *c)
    .await
    .unwrap()
    {
        let (table, column): (String, String) = (row.get(0), row.get(1));
        let kind = match row.get::<String, _>(2).as_str() {
            "text" | "jsonb" => "text",
            "bigint" | "boolean" => "integer",
            "bytea" | "uuid" => "bytes",
            other => panic!("{table}.{column} is {other}"),
        };
        schema.columns.insert(format!("{table}.{column}"), (kind, row.get(3)));
    }
    for row in sqlx::query(
        "SELECT t.relname::text, i.relname::text, x.indisunique, \
           ARRAY(SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY AS k (attnum, at) \
                 JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.attnum ORDER BY k.at), \
           COALESCE(pg_get_expr(x.indpred, x.indrelid), ''), \
           EXISTS (SELECT 1 FROM pg_constraint AS o WHERE o.conindid = i.oid) \
         FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS t ON t.oid = x.indrelid \
         JOIN pg_namespace AS n ON n.oid = t.relnamespace \
         WHERE n.nspname = 'public' AND t.relname <> '_sqlx_migrations'",
    )
    .fetch_all(&mut *c)
    .await
    .unwrap()
    {
        let table: String = row.get(0);
        schema.indexes.insert((row.get(2), table, row.get(3), predicate(&row.get::<String, _>(4))));
        if !row.get::<bool, _>(5) {
            schema.names.insert(row.get(1));
        }
    }
    for row in sqlx::query(
        "SELECT t.relname::text, f.relname::text, \
           ARRAY(SELECT a.attname::text FROM unnest(o.conkey) WITH ORDINALITY AS k (attnum, at) \
                 JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.attnum ORDER BY k.at), \
           ARRAY(SELECT a.attname::text FROM unnest(o.confkey) WITH ORDINALITY AS k (attnum, at) \
                 JOIN pg_attribute AS a ON a.attrelid = f.oid AND a.attnum = k.attnum ORDER BY k.at) \
         FROM pg_constraint AS o JOIN pg_class AS t ON t.oid = o.conrelid JOIN pg_class AS f ON f.oid = o.confrelid \
         JOIN pg_namespace AS n ON n.oid = t.relnamespace WHERE o.contype = 'f' AND n.nspname = 'public'",
    )
    .fetch_all(&mut *c)
    .await
    .unwrap()
    {
        let (from, to): (Vec<String>, Vec<String>) = (row.get(2), row.get(3));
        let (table, other): (String, String) = (row.get(0), row.get(1));
        schema.references.insert(format!("{table}({}) {other}({})", from.join(","), to.join(",")));
    }
    schema
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_indexes_and_references() {
    let [sqlite, postgres] = engines().await;
    let (sqlite, postgres) = (sqlite_schema(&sqlite).await, postgres_schema(&postgres).await);
    assert_eq!(sqlite.columns, postgres.columns);
    assert_eq!(sqlite.indexes, postgres.indexes);
    assert_eq!(sqlite.names, postgres.names);
    assert_eq!(sqlite.references, postgres.references);
    assert!(sqlite.columns.len() > 200 && sqlite.references.len() > 10, "the catalogue was really read");
    // Those of the buy-back half's source document; a longer index that begins so does their work.
    for (table, wanted) in [
        ("order_items", &["order_id"][..]),
        ("order_items", &["brand", "status"]),
        ("orders", &["status", "created_at"]),
        ("rates", &["brand", "effective_from"]),
    ] {
        let found = sqlite.indexes.iter().any(|(_, on, columns, filter)| {
            on == table
                && filter.is_empty()
                && columns.iter().zip(wanted).filter(|(a, b)| a == b).count() == wanted.len()
        });
        assert!(found, "no index of {table} begins with {wanted:?}");
    }
}

#[tokio::test]
async fn every_unique_index_has_its_name_on_both_engines() {
    let db = TestDb::postgres().await;
    let mut reader = db.read().await.unwrap();
    let Conn::Postgres(c) = Conn::from(&mut reader) else { panic!("not PostgreSQL") };
    let mut wanted: Vec<(String, String)> = Vec::new();
    for row in sqlx::query(
        "SELECT i.relname::text, t.relname::text, \
           ARRAY(SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY AS k (attnum, at) \
                 JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.attnum ORDER BY k.at) \
         FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS t ON t.oid = x.indrelid \
         JOIN pg_namespace AS n ON n.oid = t.relnamespace \
         WHERE n.nspname = 'public' AND x.indisunique AND t.relname <> '_sqlx_migrations' ORDER BY 2, 1",
    )
    .fetch_all(&mut *c)
    .await
    .unwrap()
    {
        let (name, table, columns): (String, String, Vec<String>) = (row.get(0), row.get(1), row.get(2));
        let on: Vec<String> = columns.iter().map(|column| format!("{table}.{column}")).collect();
        wanted.push((name, on.join(", ")));
    }
    let list: Vec<String> = wanted.iter().map(|(name, on)| format!("    (\"{name}\", \"{on}\"),")).collect();
    let list = list.join("\n");
    let known: Vec<(String, String)> =
        UNIQUES.iter().map(|(name, on)| ((*name).to_owned(), (*on).to_owned())).collect();
    assert_eq!(known, wanted, "write into error.rs:\n{list}");
    let columns: BTreeSet<&String> = wanted.iter().map(|(_, on)| on).collect();
    assert_eq!(columns.len(), wanted.len(), "SQLite names columns only, so no two unique indexes may have the same");
}

fn parameters<T>(found: Option<Either<&[T], usize>>) -> usize {
    match found {
        Some(Either::Left(types)) => types.len(),
        Some(Either::Right(count)) => count,
        None => 0,
    }
}

#[tokio::test]
async fn every_statement_is_prepared_on_both_engines_with_the_same_parameters_and_columns() {
    let [sqlite, postgres] = engines().await;
    let (mut sqlite, mut postgres) = (sqlite.read().await.unwrap(), postgres.read().await.unwrap());
    let (Conn::Sqlite(lite), Conn::Postgres(pg)) = (Conn::from(&mut sqlite), Conn::from(&mut postgres)) else {
        panic!("engines in the wrong order")
    };
    let mut failed = Vec::new();
    for (name, text) in statements() {
        let on_sqlite = lite.prepare(AssertSqlSafe(text.clone()).into_sql_str()).await;
        let on_postgres = pg.prepare(AssertSqlSafe(locked(&text)).into_sql_str()).await;
        match (on_sqlite, on_postgres) {
            (Ok(lite), Ok(pg)) => {
                let counts = (parameters(lite.parameters()), parameters(pg.parameters()));
                if counts.0 != counts.1 {
                    failed.push(format!("{name}: parameters differ: {counts:?}"));
                }
                let names = |columns: Vec<String>| columns.join(",");
                let columns = (
                    names(lite.columns().iter().map(|c| sqlx::Column::name(c).to_owned()).collect()),
                    names(pg.columns().iter().map(|c| sqlx::Column::name(c).to_owned()).collect()),
                );
                // `COUNT(*)` without AS has another name on each engine.
                if columns.0 != columns.1 && columns.1 != "count" {
                    failed.push(format!("{name}: columns differ: {columns:?}"));
                }
            }
            (lite, pg) => failed.push(format!("{name}: SQLite {:?}, PostgreSQL {:?}", lite.err(), pg.err())),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_statement_is_used_and_none_hides_in_the_code() {
    // However it is broken into lines.
    let sources: String = sources().split_whitespace().collect();
    for name in statements().keys() {
        assert!(sources.contains(&format!("sql!(\"{name}\")")), "nobody uses sql/{name}");
    }
    let allowed = ["db.rs", "dialect.rs"];
    for name in file_names(&root("server/store/src")) {
        let text = fs::read_to_string(root("server/store/src").join(&name)).unwrap();
        for line in
            text.lines().filter(|line| !allowed.contains(&name.as_str()) && !line.trim_start().starts_with("//"))
        {
            for word in ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "AssertSqlSafe"] {
                assert!(!line.contains(word), "{name}: {line}");
            }
        }
    }
}

/// The last of a statement's parameters outside its repeated group: those up to it are the same for all.
fn fixed(text: &str) -> usize {
    let outside: String = text.split("/*or*/").step_by(2).collect();
    let outside: String = outside.split("/*all*/").step_by(2).collect();
    (1..20).filter(|n| outside.contains(&format!("${n}"))).max().unwrap_or_default()
}

/// Statements that read a whole table, and why they may.
const SCANS: &[&str] = &[
    // A handful of rows, and all of them are wanted.
    "alerts/all.sql",
    "banks/all.sql",
    "catalog/all.sql",
    "catalog/standings.sql",
    "keys/all.sql",
    // A row per lane, a row per month.
    "lanes/pauses.sql",
    "people/reviews.sql",
    // Run for one person or by the hourly retention: they walk further than they need to and want an index of their own.
    "lanes/failures.sql",
    "people/close_payouts.sql",
    "people/items_to_erase.sql",
    "retention/consents_of_orders.sql",
    "retention/payouts_of_orders.sql",
    // Files of a day; asked once a second by all pages together, and when a key is to be retired.
    "waiting/exports_mark.sql",
    "reseal/lapse_exports.sql",
    // Tens of people, ten codes each.
    "reseal/lapse_recovery.sql",
    "users/list.sql",
    "users/all_roles.sql",
    // Read once a second at most and kept in the process; hundreds of rows.
    "fees/in_force.sql",
    "fees/count.sql",
    "fees/history.sql",
    "rates/in_force.sql",
];

/// A walk along an index is as long as the index, but for those that hold only what is under way, or that a LIMIT ends.
fn reads_little(step: &str) -> bool {
    let live = ["order_items_live_pin", "lock_attempts_one_live", "payout_attempts_one_live"];
    step == "SCAN CONSTANT ROW" || (step.contains("USING") && !live.iter().any(|index| step.contains(index)))
}

#[tokio::test]
async fn no_statement_reads_a_whole_table_unawares() {
    let [sqlite, postgres] = engines().await;
    let (mut sqlite, mut postgres) = (sqlite.begin().await.unwrap(), postgres.begin().await.unwrap());
    let (Conn::Sqlite(lite), Conn::Postgres(pg)) = (Conn::from(&mut sqlite), Conn::from(&mut postgres)) else {
        panic!("engines in the wrong order")
    };
    // An empty table is always scanned unless that is made expensive.
    pg.execute("SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan").await.unwrap();
    let mut failed = Vec::new();
    for (name, text) in statements() {
        if SCANS.contains(&name.as_str()) {
            continue;
        }
        // As they are run: with several groups, and then a plan may be another one.
        let fixed = fixed(&text);
        let text = if text.contains("/*or*/") {
            let text: &'static str = Box::leak(text.into_boxed_str());
            dialect::multi_or(text, fixed, 3).as_str().to_owned()
        } else if text.contains("/*all*/") {
            let text: &'static str = Box::leak(text.into_boxed_str());
            dialect::multi_all(&*pg, text, fixed, 3).as_str().to_owned()
        } else {
            text
        };
        let plan = format!("EXPLAIN QUERY PLAN {text}");
        let steps: Vec<String> = sqlx::query(AssertSqlSafe(plan))
            .fetch_all(&mut *lite)
            .await
            .unwrap()
            .iter()
            .map(|row| row.get::<String, _>("detail"))
            .collect();
        // A SELECT in the FROM is walked as it comes; what it reads itself has steps of its own.
        let inner: Vec<&str> = steps
            .iter()
            .filter_map(|step| step.strip_prefix("CO-ROUTINE ").or_else(|| step.strip_prefix("MATERIALIZE ")))
            .collect();
        let walks_inner = |step: &str| step.strip_prefix("SCAN ").is_some_and(|name| inner.contains(&name));
        for step in steps.iter().filter(|step| step.starts_with("SCAN ") && !reads_little(step) && !walks_inner(step)) {
            failed.push(format!("{name} on SQLite: {step}"));
        }
        let count = (1..60).take_while(|n| text.contains(&format!("${n}"))).count();
        let nulls = if count == 0 { String::new() } else { format!("({})", vec!["NULL"; count].join(", ")) };
        pg.execute(AssertSqlSafe(format!("PREPARE plan AS {}", locked(&text))).into_sql_str()).await.unwrap();
        let steps: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!("EXPLAIN EXECUTE plan{nulls}")))
            .persistent(false)
            .fetch_all(&mut *pg)
            .await
            .unwrap();
        pg.execute("DEALLOCATE plan").await.unwrap();
        for step in steps.iter().filter(|step| step.contains("Seq Scan")) {
            failed.push(format!("{name} on PostgreSQL: {}", step.trim()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[tokio::test]
async fn a_look_up_of_many_keys_is_no_walk_also_when_it_was_planned_on_an_empty_table() {
    let postgres = TestDb::postgres().await;
    let mut tx = postgres.begin().await.unwrap();
    let Conn::Postgres(pg) = Conn::from(&mut tx) else { panic!("not PostgreSQL") };
    // As the product sets it, and nothing that makes a walk dearer than it is.
    pg.execute("SET LOCAL plan_cache_mode = force_generic_plan").await.unwrap();
    let mut seen = 0;
    for (name, text) in statements().into_iter().filter(|(_, text)| text.contains("/*all*/")) {
        let fixed = fixed(&text);
        let text: &'static str = Box::leak(text.into_boxed_str());
        let text = dialect::multi_all(&*pg, text, fixed, 64).as_str().to_owned();
        let count = (1..2_000).take_while(|n| text.contains(&format!("${n}"))).count();
        pg.execute(AssertSqlSafe(format!("PREPARE plan AS {text}")).into_sql_str()).await.unwrap();
        let asked = format!("EXPLAIN EXECUTE plan({})", vec!["NULL"; count].join(", "));
        let steps: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(asked)).persistent(false).fetch_all(&mut *pg).await.unwrap();
        pg.execute("DEALLOCATE plan").await.unwrap();
        assert!(steps.iter().any(|step| step.contains("Index")), "{name}: {steps:?}");
        assert!(!steps.iter().any(|step| step.contains("Seq Scan")), "{name}: {steps:?}");
        seen += 1;
    }
    assert!(seen > 0, "no statement has such a group");
}
