//! The chain over the audit log: each link hashes its line and the link before.
//!
//! `hash = SHA-256(tag ‖ seq ‖ previous ‖ line)`, all lengths written before what they measure, so that no two lines
//! have the same bytes. The line's JSON is hashed in a form of its own: PostgreSQL gives back the keys of a JSONB in
//! another order than SQLite its text, and both must find the same hash.
//!
//! What the chain can tell and what not: a line changed, taken away or put in between, and a link changed, taken away
//! or moved, break it. Somebody who may write to these tables and makes the whole rest of the chain anew, or cuts its
//! end off, breaks nothing in it; that is found by a head noted elsewhere (an anchor).

use crate::audit::{AuditLine, Row};
use crate::db::{Conn, Tx};
use crate::dialect::{multi_row, portions};
use crate::row::{key, moment};
use crate::{StoreError, on, sql};
use domain::{AuditId, Timestamp};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::types::Json;
use uuid::Uuid;

const TABLE: &str = "audit_chain";
const TAG: &[u8] = b"pindesk audit link v1\0";
/// What the first link has before it.
pub const BEGIN: [u8; 32] = [0; 32];
/// Sealers ask for this one at a time.
const ONE_SEALER: i64 = 0x61_75_64_69_74;

/// A place in the chain, and its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Counted from 1.
    pub seq: i64,
    /// Of its link.
    pub hash: [u8; 32],
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its line.
    pub line: AuditId,
    /// Counted from 1 without gaps.
    pub seq: i64,
    /// Hash of the link before.
    pub previous: [u8; 32],
    /// Its own.
    pub hash: [u8; 32],
}

/// A link with its line, if that is still there and can be read.
#[derive(Debug)]
pub struct Sealed {
    /// The link.
    pub link: Link,
    /// Its line. `Some(Err)` holds something no line of ours holds.
    pub line: Option<Result<AuditLine, StoreError>>,
}

/// The hash of a link.
pub fn link_hash(seq: i64, previous: &[u8; 32], line: &AuditLine) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(TAG);
    hash.update(seq.to_be_bytes());
    hash.update(previous);
    hash.update(canonical(line));
    hash.finalize().into()
}

/// The line's bytes: every field with its length, a missing one told from an empty one.
pub fn canonical(line: &AuditLine) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    let user = line.user.map(domain::UserId::bytes);
    out.extend_from_slice(&line.id.bytes());
    out.extend_from_slice(&line.at.micros().to_be_bytes());
    for text in [line.kind.as_str(), &line.actor, &line.action, &line.target_type, &line.target_id] {
        sized(&mut out, text.as_bytes());
    }
    let texts = [&line.session, &line.address, &line.reason].map(|text| text.as_ref().map(String::as_bytes));
    for maybe in [user.as_ref().map(<[u8; 16]>::as_slice)].into_iter().chain(texts) {
        match maybe {
            None => out.push(0),
            Some(bytes) => {
                out.push(1);
                sized(&mut out, bytes);
            }
        }
    }
    json(&mut out, &line.meta);
    out
}

fn length(out: &mut Vec<u8>, length: usize) {
    out.extend_from_slice(&u64::try_from(length).unwrap_or(u64::MAX).to_be_bytes());
}

fn sized(out: &mut Vec<u8>, bytes: &[u8]) {
    length(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// JSON by its meaning: keys sorted by their bytes, numbers as whole ones where they are (`audit::insert` lets no others
/// in), everything with kind and length.
fn json(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.push(b'0'),
        Value::Bool(yes) => out.push(if *yes { b't' } else { b'f' }),
        Value::Number(number) => {
            out.push(b'n');
            sized(out, number.to_string().as_bytes());
        }
        Value::String(text) => {
            out.push(b's');
            sized(out, text.as_bytes());
        }
        Value::Array(list) => {
            out.push(b'a');
            length(out, list.len());
            for value in list {
                json(out, value);
            }
        }
        Value::Object(map) => {
            out.push(b'o');
            length(out, map.len());
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| key.as_bytes());
            for (key, value) in entries {
                sized(out, key.as_bytes());
                json(out, value);
            }
        }
    }
}

/// The newest link.
pub async fn head(conn: impl Into<Conn<'_>>) -> Result<Option<Head>, StoreError> {
    let row =
        on!(conn, |c| sqlx::query_as::<_, (i64, Vec<u8>)>(sql!("chain/head.sql")).fetch_optional(&mut *c).await?);
    row.map(|(seq, hash)| {
        let hash = hash.try_into().map_err(|_| StoreError::corrupt(TABLE, seq, "hash is no SHA-256"))?;
        Ok(Head { seq, hash })
    })
    .transpose()
}

/// Links at most `limit` lines that wait for it, in order, and says how many it linked and where the chain ends now.
/// One transaction at a time, of all processes.
pub async fn seal(tx: &mut Tx, limit: u32, now: Timestamp) -> Result<(usize, Option<Head>), StoreError> {
    crate::dialect::advisory_lock(tx, ONE_SEALER).await?;
    let before = head(&mut *tx).await?;
    let rows = on!(&mut *tx, |c| sqlx::query_as::<_, Row>(sql!("chain/unsealed.sql"))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    let lines = rows.into_iter().map(AuditLine::try_from).collect::<Result<Vec<_>, _>>()?;
    let (mut seq, mut previous) = before.map_or((0, BEGIN), |head| (head.seq, head.hash));
    let mut links = Vec::with_capacity(lines.len());
    for line in &lines {
        seq += 1;
        let hash = link_hash(seq, &previous, line);
        links.push(Link { line: line.id, seq, previous, hash });
        previous = hash;
    }
    on!(&mut *tx, |c| for portion in portions(&links) {
        let mut query = sqlx::query(multi_row(c, sql!("chain/insert_many.sql"), portion.len()));
        for link in portion {
            query = query
                .bind(key(link.line.bytes()))
                .bind(link.seq)
                .bind(link.previous.as_slice())
                .bind(link.hash.as_slice())
                .bind(now.micros());
        }
        query.execute(&mut *c).await?;
    });
    on!(&mut *tx, |c| {
        sqlx::query(sql!("chain/sealed.sql")).bind(before.map_or(0, |head| head.seq)).execute(&mut *c).await?;
    });
    let after = links.last().map(|link| Head { seq: link.seq, hash: link.hash }).or(before);
    Ok((links.len(), after))
}

/// How many lines wait for their link, and since when the oldest does.
pub async fn waiting(conn: impl Into<Conn<'_>>) -> Result<(i64, Option<Timestamp>), StoreError> {
    let (works, oldest) =
        on!(conn, |c| sqlx::query_as::<_, (i64, Option<i64>)>(sql!("chain/waiting.sql")).fetch_one(&mut *c).await?);
    Ok((works, moment(oldest)))
}

#[derive(sqlx::FromRow)]
struct SealedRow {
    seq: i64,
    audit_id: Uuid,
    previous: Vec<u8>,
    hash: Vec<u8>,
    id: Option<Uuid>,
    actor: Option<String>,
    action: Option<String>,
    target_type: Option<String>,
    target_id: Option<String>,
    meta_json: Option<Json<Value>>,
    created_at: Option<i64>,
    kind: Option<String>,
    user_id: Option<Uuid>,
    session: Option<String>,
    address: Option<String>,
    reason: Option<String>,
}

impl From<SealedRow> for Sealed {
    fn from(row: SealedRow) -> Self {
        let line = (|| {
            Some(Row {
                id: row.id?,
                actor: row.actor?,
                action: row.action?,
                target_type: row.target_type?,
                target_id: row.target_id?,
                meta_json: row.meta_json?,
                created_at: row.created_at?,
                kind: row.kind?,
                user_id: row.user_id,
                session: row.session,
                address: row.address,
                reason: row.reason,
            })
        })();
        // What is no hash is the hash of nothing: whoever compares finds it out.
        let link = Link {
            line: AuditId::from_bytes(row.audit_id.into_bytes()),
            seq: row.seq,
            previous: row.previous.try_into().unwrap_or_default(),
            hash: row.hash.try_into().unwrap_or_default(),
        };
        Self { link, line: line.map(AuditLine::try_from) }
    }
}

/// The links after `seq` with their lines, in order.
pub async fn page(conn: impl Into<Conn<'_>>, seq: i64, limit: u32) -> Result<Vec<Sealed>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, SealedRow>(sql!("chain/page.sql"))
        .bind(seq)
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(Sealed::from).collect())
}

/// Lines nobody will ever seal, and lines that were to be sealed and are gone; at most `limit` of each.
pub async fn astray(conn: impl Into<Conn<'_>>, limit: u32) -> Result<(Vec<AuditId>, Vec<AuditId>), StoreError> {
    let named = |ids: Vec<Uuid>| ids.into_iter().map(|id| AuditId::from_bytes(id.into_bytes())).collect();
    Ok(on!(conn, |c| {
        let unlinked =
            sqlx::query_scalar::<_, Uuid>(sql!("chain/unlinked.sql")).bind(i64::from(limit)).fetch_all(&mut *c).await?;
        let gone =
            sqlx::query_scalar::<_, Uuid>(sql!("chain/orphans.sql")).bind(i64::from(limit)).fetch_all(&mut *c).await?;
        (named(unlinked), named(gone))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn line() -> AuditLine {
        AuditLine {
            id: AuditId::from_u128(7),
            actor: "usr_1".into(),
            action: "order.hold".into(),
            target_type: "order".into(),
            target_id: "ord_1".into(),
            meta: json!({"b": 1, "a": [true, null, "x"]}),
            at: Timestamp::from_micros(1_000),
            kind: crate::audit::AuditKind::Change,
            user: None,
            session: None,
            address: Some(String::new()),
            reason: None,
        }
    }

    #[test]
    fn keys_in_another_order_are_the_same_line() {
        let mut other = line();
        other.meta = serde_json::from_str(r#"{"a":[true,null,"x"],"b":1}"#).unwrap_or_default();
        assert_eq!(canonical(&line()), canonical(&other));
    }

    #[test]
    fn every_field_counts_and_no_two_lines_have_the_same_bytes() {
        type Change = Box<dyn Fn(&mut AuditLine)>;
        let changed: Vec<Change> = vec![
            Box::new(|line| line.id = AuditId::from_u128(8)),
            Box::new(|line| line.actor = "usr_2".into()),
            Box::new(|line| line.action = "order.holdo".into()),
            Box::new(|line| (line.action, line.target_type) = ("order.holdorder".into(), String::new())),
            Box::new(|line| (line.action, line.target_type) = ("order.hol".into(), "dorder".into())),
            Box::new(|line| line.target_id = "ord_2".into()),
            Box::new(|line| line.meta = json!({"b": "1", "a": [true, null, "x"]})),
            Box::new(|line| line.meta = json!({"b": 1, "a": [true, null], "x": null})),
            Box::new(|line| line.at = Timestamp::from_micros(1_001)),
            Box::new(|line| line.kind = crate::audit::AuditKind::View),
            Box::new(|line| line.user = Some(domain::UserId::from_u128(1))),
            Box::new(|line| line.session = Some(String::new())),
            Box::new(|line| line.address = None),
            Box::new(|line| (line.address, line.reason) = (None, Some(String::new()))),
            Box::new(|line| line.reason = Some("why".into())),
        ];
        let mut seen = std::collections::BTreeSet::from([canonical(&line())]);
        for (at, change) in changed.iter().enumerate() {
            let mut other = line();
            change(&mut other);
            assert!(seen.insert(canonical(&other)), "change {at} left the bytes as they were");
        }
        assert_ne!(link_hash(1, &BEGIN, &line()), link_hash(2, &BEGIN, &line()));
        assert_ne!(link_hash(1, &BEGIN, &line()), link_hash(1, &[1; 32], &line()));
    }
}
