//! Brands: what we buy, how its numbers look, who says whether they are good. Every version of a brand's form and texts
//! is kept.

use crate::db::Conn;
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
