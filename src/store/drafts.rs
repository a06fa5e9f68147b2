//! What the database knows of the things that a draft names, and the sources that come with one. Each function is a statement or two of
//! the transaction that `ledger/` composes.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::{columns::codes, error::StoreError};
use crate::domain::{
    country::CountryCode,
    edtf::Edtf,
    id::{DevelopmentId, SourceId},
};

/// Which of several codes name no country.
pub async fn unknown_countries(
    connection: &mut PgConnection,
    wanted: &[CountryCode],
) -> Result<Vec<CountryCode>, StoreError> {
    let unknown = sqlx::query_scalar!(
        r#"
        select code as "code!: CountryCode"
        from unnest($1::text[]) code
        where not exists (select from country c where c.code = code.code)
        "#,
        &codes(wanted),
    )
    .fetch_all(connection)
    .await?;
    Ok(unknown)
}

/// The country of a development, and whether readers see it; `None` if there is none with this id.
pub async fn find_development(
    connection: &mut PgConnection,
    id: DevelopmentId,
) -> Result<Option<(CountryCode, bool)>, StoreError> {
    let row = sqlx::query!(
        r#"
        select
            d.country_code as "country: CountryCode",
            exists (
                select from development_revision r where r.development_id = d.id and upper_inf(r.visible)
            ) as "published!"
        from development d
        where d.id = $1
        "#,
        id.0,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.country, row.published)))
}

/// When readers could first know of a stored source; `None` if there is no such source.
pub async fn find_source(connection: &mut PgConnection, id: SourceId) -> Result<Option<Option<Edtf>>, StoreError> {
    let published_on = sqlx::query_scalar!(
        r#"
        select case when not confidential then published_on end as "published_on?: Edtf"
        from source_version
        where source_id = $1
        order by version desc
        limit 1
        "#,
        id.0,
    )
    .fetch_optional(connection)
    .await?;
    Ok(published_on)
}

/// The developments that files brought under several keys, or that keys mean by their ids; `ids` come in the order of the keys.
pub async fn find_imported(
    connection: &mut PgConnection,
    keys: &[&str],
    ids: &[Option<DevelopmentId>],
) -> Result<BTreeMap<String, DevelopmentId>, StoreError> {
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    let ids: Vec<Option<Uuid>> = ids.iter().map(|id| id.map(|id| id.0)).collect();
    let rows = sqlx::query!(
        r#"
        select wanted.key as "key!", d.id as "id: DevelopmentId"
        from unnest($1::text[], $2::uuid[]) wanted (key, id)
        join development d on d.import_key = wanted.key or d.id = wanted.id
        order by d.import_key is not distinct from wanted.key
        "#,
        &keys,
        &ids as &[Option<Uuid>],
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.id)).collect())
}

/// Waits until nobody else imports, so that what one finds missing another does not add meanwhile. Holds until the transaction
/// ends, and holds up no editor.
pub async fn take_turn_to_import(connection: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('tracker import'))").execute(connection).await?;
    Ok(())
}
