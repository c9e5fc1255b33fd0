//! Brands: what we buy, how its numbers look, who says whether they are good. Every version of a brand's form and texts
//! is kept.

use crate::db::Conn;
use crate::dialect::locking;
use crate::{StoreError, exactly_one, on, sql};
use domain::catalogue::{BrandInfo, Verification};
use domain::form::FormSchema;
use domain::{BrandStatus, Timestamp};
use serde::de::DeserializeOwned;
use sqlx::types::Json;

/// A brand as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// Its key.
    pub brand: String,
    /// Brands whose numbers can't be told apart share one; duplicates are looked for within it.
    pub family: String,
    /// Place among the tiles, from 0.
    pub position: u32,
    /// Is it bought?
    pub status: BrandStatus,
    /// Who says whether a voucher is good.
    pub verification: Verification,
    /// Its face to people.
    pub info: BrandInfo,
    /// What is asked for one voucher.
    pub form: FormSchema,
    /// Version of texts and form.
    pub version: u32,
    /// Grows with every change.
    pub revision: i64,
    /// When anything last changed.
    pub updated_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    brand: String,
    family: String,
    position: i64,
    status: String,
    verification: String,
    info_json: Json<serde_json::Value>,
    form_json: Json<serde_json::Value>,
    version: i64,
    revision: i64,
    updated_at: i64,
}

impl TryFrom<Row> for Brand {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        fn json<T: DeserializeOwned>(
            brand: &str,
            column: &str,
            stored: Json<serde_json::Value>,
        ) -> Result<T, StoreError> {
            serde_json::from_value(stored.0)
                .map_err(|error| StoreError::corrupt("catalog", brand, format!("{column}: {error}")))
        }
        let corrupt = |what: String| StoreError::corrupt("catalog", &row.brand, what);
        let form: FormSchema = json(&row.brand, "form_json", row.form_json)?;
        form.check().map_err(|problem| corrupt(format!("form_json: {problem}")))?;
        Ok(Self {
            position: u32::try_from(row.position).map_err(|_| corrupt(format!("position is {}", row.position)))?,
            status: row.status.parse().map_err(|error| corrupt(format!("{error}")))?,
            verification: row.verification.parse().map_err(|error| corrupt(format!("{error}")))?,
            info: json(&row.brand, "info_json", row.info_json)?,
            form,
            version: u32::try_from(row.version).map_err(|_| corrupt(format!("version is {}", row.version)))?,
            revision: row.revision,
            updated_at: Timestamp::from_micros(row.updated_at),
            brand: row.brand,
            family: row.family,
        })
    }
}

/// All brands in the order of the tiles, stopped ones too.
pub async fn all(conn: impl Into<Conn<'_>>) -> Result<Vec<Brand>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("catalog/all.sql")).fetch_all(&mut *c).await?);
    rows.into_iter().map(Brand::try_from).collect()
}

/// What a submit must know of a brand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its key.
    pub brand: String,
    /// Brands whose numbers can't be told apart share one.
    pub family: String,
    /// Is it bought?
    pub status: BrandStatus,
    /// Who says whether a voucher is good.
    pub verification: Verification,
}

/// How every brand stands, without its texts and forms.
pub async fn standings(conn: impl Into<Conn<'_>>) -> Result<Vec<Standing>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, String, String, String)>(sql!("catalog/standings.sql"))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|(brand, family, status, verification)| {
            let corrupt = |error: &dyn std::fmt::Display| StoreError::corrupt("catalog", &brand, error);
            Ok(Standing {
                status: status.parse().map_err(|error| corrupt(&error))?,
                verification: verification.parse().map_err(|error| corrupt(&error))?,
                brand,
                family,
            })
        })
        .collect()
}

/// Adds a brand with version 1 and revision 1, whatever `new` says of them; `false` when its key is taken.
pub async fn add_missing(
    conn: impl Into<Conn<'_>>,
    new: &Brand,
    author: &str,
    reason: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = on!(conn, |c| {
        let done = sqlx::query(sql!("catalog/insert.sql"))
            .bind(new.brand.as_str())
            .bind(new.family.as_str())
            .bind(i64::from(new.position))
            .bind(new.status.as_str())
            .bind(new.verification.as_str())
            .bind(Json(&new.info))
            .bind(Json(&new.form))
            .bind(now.micros())
            .execute(&mut *c)
            .await?
            .rows_affected();
        if done == 1 {
            sqlx::query(sql!("catalog/insert_version.sql"))
                .bind(new.brand.as_str())
                .bind(1_i64)
                .bind(Json(&new.info))
                .bind(Json(&new.form))
                .bind(author)
                .bind(reason)
                .bind(now.micros())
                .execute(&mut *c)
                .await?;
        }
        done
    });
    Ok(done == 1)
}

/// The stop switch: accepts, pauses or stops a brand, if `revision` still stands.
pub async fn set_status(
    conn: impl Into<Conn<'_>>,
    brand: &str,
    revision: i64,
    status: BrandStatus,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("catalog/set_status.sql"))
        .bind(brand)
        .bind(revision)
        .bind(status.as_str())
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "brand")
}

/// One version of a brand's texts and form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandVersion {
    /// From 1.
    pub version: u32,
    /// Its face to people.
    pub info: BrandInfo,
    /// What was asked for one voucher.
    pub form: FormSchema,
    /// Who wrote it: an account's id as text, or `seed`.
    pub author: String,
    /// Why.
    pub reason: String,
    /// Since when it holds.
    pub created_at: Timestamp,
}

type VersionRow = (i64, Json<BrandInfo>, Json<FormSchema>, String, String, i64);

fn version_of(brand: &str, row: VersionRow) -> Result<BrandVersion, StoreError> {
    let (version, info, form, author, reason, created_at) = row;
    Ok(BrandVersion {
        version: u32::try_from(version).map_err(|error| StoreError::corrupt("catalog_versions", brand, error))?,
        info: info.0,
        form: form.0,
        author,
        reason,
        created_at: Timestamp::from_micros(created_at),
    })
}

/// One brand, held until the transaction ends.
pub async fn lock(conn: impl Into<Conn<'_>>, brand: &str) -> Result<Option<Brand>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(locking(c, sql!("catalog/lock.sql")))
        .bind(brand)
        .fetch_optional(&mut *c)
        .await?);
    row.map(Brand::try_from).transpose()
}

/// Puts other texts, another form and another way to verify in place, as the version after `base`, and keeps it.
///
/// Errors: [`StoreError::Conflict`] when the brand is no longer at `base`.
pub async fn publish(
    conn: impl Into<Conn<'_>>,
    (brand, base): (&str, u32),
    (verification, info, form): (Verification, &BrandInfo, &FormSchema),
    (author, reason): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        let done = sqlx::query(sql!("catalog/publish.sql"))
            .bind(brand)
            .bind(i64::from(base))
            .bind(verification.as_str())
            .bind(Json(info))
            .bind(Json(form))
            .bind(now.micros())
            .execute(&mut *c)
            .await?
            .rows_affected();
        exactly_one(done, "brand")?;
        sqlx::query(sql!("catalog/insert_version.sql"))
            .bind(brand)
            .bind(i64::from(base) + 1)
            .bind(Json(info))
            .bind(Json(form))
            .bind(author)
            .bind(reason)
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// A brand's versions, newest first.
pub async fn versions(conn: impl Into<Conn<'_>>, brand: &str, limit: u32) -> Result<Vec<BrandVersion>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, VersionRow>(sql!("catalog/versions.sql"))
        .bind(brand)
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(|row| version_of(brand, row)).collect()
}

/// One version of a brand.
pub async fn version(conn: impl Into<Conn<'_>>, brand: &str, version: u32) -> Result<Option<BrandVersion>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, VersionRow>(sql!("catalog/version.sql"))
        .bind(brand)
        .bind(i64::from(version))
        .fetch_optional(&mut *c)
        .await?);
    row.map(|row| version_of(brand, row)).transpose()
}

/// Puts a brand at another place among the tiles. Not a change of the brand: its revision stays.
pub async fn set_position(
    conn: impl Into<Conn<'_>>,
    brand: &str,
    position: u32,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("catalog/set_position.sql"))
        .bind(brand)
        .bind(i64::from(position))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "brand")
}
