//! Countries as files describe them, written and compared.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::error::StoreError;
use crate::domain::{
    country::{CountryCode, fold},
    import_file::CountryRecord,
    position::Position,
};

/// Every country's newest wording.
pub async fn current_countries(
    connection: &mut PgConnection,
) -> Result<BTreeMap<CountryCode, CountryRecord>, StoreError> {
    let records = sqlx::query_as!(
        CountryRecord,
        r#"
        select
            country_code as "code: CountryCode",
            alpha3,
            numeric_code as numeric,
            name,
            iso_name,
            region_code,
            region,
            subregion_code,
            subregion,
            other_names
        from country_version
        where upper_inf(visible)
        "#,
    )
    .fetch_all(connection)
    .await?;
    Ok(records.into_iter().map(|record| (record.code, record)).collect())
}

/// Shows a country's wording from a position on.
pub async fn write_country(
    connection: &mut PgConnection,
    record: &CountryRecord,
    position: Position,
) -> Result<(), StoreError> {
    let code = record.code.as_str();
    sqlx::query!("insert into country (code) values ($1) on conflict do nothing", code)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        r#"
        update country_version
        set visible = int8range(lower(visible), $2)
        where country_code = $1 and upper_inf(visible)
        "#,
        code,
        position.0,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        r#"
        insert into country_version (
            country_code, visible, name, iso_name, alpha3, numeric_code,
            region_code, region, subregion_code, subregion, other_names, sort_key, search_text
        )
        values ($1, int8range($2, null), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        "#,
        code,
        position.0,
        record.name,
        record.iso_name,
        record.alpha3,
        record.numeric,
        record.region_code,
        record.region,
        record.subregion_code,
        record.subregion,
        &record.other_names,
        fold(&record.name),
        search_text(record),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Every name and code of a country, folded, a line each, so that a search can't match across two of them.
fn search_text(record: &CountryRecord) -> String {
    let numeric = record.numeric.as_deref().unwrap_or_default();
    let fixed = [record.code.as_str(), &record.alpha3, numeric, &record.name, &record.iso_name];
    fixed.into_iter().chain(record.other_names.iter().map(String::as_str)).map(fold).collect::<Vec<_>>().join("\n")
}
