//! Sources, stored: each wording is a row that never changes. Each function is a statement or two of the transaction that `ledger/`
//! composes.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::error::StoreError;
use crate::domain::{
    edtf::Edtf,
    id::SourceId,
    position::Position,
    source::{NewSource, SourceKind},
};

/// The newest wording of a source, under a lock that keeps it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceHead {
    pub version: i32,
    pub details: NewSource,
    /// Whether readers see it.
    pub is_visible: bool,
    /// How many published developments cite it.
    pub published_citations: i64,
}

/// Locks a source against other changes to it; `None` if there is none with this id.
pub async fn lock(connection: &mut PgConnection, id: SourceId) -> Result<Option<SourceHead>, StoreError> {
    let found = sqlx::query_scalar!("select 1 from source where id = $1 for no key update", id.0)
        .fetch_optional(&mut *connection)
        .await?;
    if found.is_none() {
        return Ok(None);
    }
    let row = sqlx::query!(
        r#"
        select
            version,
            kind as "kind: SourceKind",
            publisher,
            title,
            url,
            archived_url,
            attribution,
            published_on as "published_on?: Edtf",
            confidential,
            exists (
                select from source_version shown where shown.source_id = v.source_id and shown.visible is not null
            ) as "is_visible!",
            (
                select count(distinct c.development_id)
                from citation c
                join development_revision r using (development_id, revision)
                where c.source_id = v.source_id and upper_inf(r.visible)
            ) as "published_citations!"
        from source_version v
        where source_id = $1
        order by version desc
        limit 1
        "#,
        id.0,
    )
    .fetch_one(connection)
    .await?;
    let details = NewSource {
        kind: row.kind,
        publisher: row.publisher,
        title: row.title,
        url: row.url,
        archived_url: row.archived_url,
        attribution: row.attribution,
        published_on: row.published_on,
        confidential: row.confidential,
    };
    Ok(Some(SourceHead {
        version: row.version,
        details,
        is_visible: row.is_visible,
        published_citations: row.published_citations,
    }))
}

/// Finds the stored source that says the same of itself, in every part, or stores one with a new id, seen by staff only until something published
/// cites it; says whether it was stored.
pub async fn find_or_insert(
    connection: &mut PgConnection,
    new: SourceId,
    source: &NewSource,
    now: DateTime<Utc>,
) -> Result<(SourceId, bool), StoreError> {
    let row = sqlx::query!(
        r#"
        with found as materialized (
            select source_id
            from source_version v
            where md5(title) = md5($4)
                and (kind, title) = ($2, $4)
                and publisher is not distinct from $3
                and url is not distinct from $5
                and archived_url is not distinct from $6
                and attribution is not distinct from $7
                and published_on is not distinct from $8
                and confidential = $9
                and not exists (
                    select from source_version later where later.source_id = v.source_id and later.version > v.version
                )
            order by visible is null, source_id
            limit 1
        ), identity as (
            insert into source (id, created_at)
            select $1, $10
            where not exists (select from found)
        ), stored as (
            insert into source_version (
                source_id, version, kind, publisher, title, url, archived_url, attribution, published_on, confidential, created_at
            )
            select $1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10
            where not exists (select from found)
            returning source_id
        )
        select source_id as "id!: SourceId", true as "is_new!" from stored
        union all
        select source_id, false from found
        "#,
        new.0,
        source.kind as SourceKind,
        source.publisher,
        source.title,
        source.url,
        source.archived_url,
        source.attribution,
        source.published_on.as_ref().map(Edtf::text),
        source.confidential,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok((row.id, row.is_new))
}

/// Stores the next wording of a source; readers see it from a position on, in the place of the one before, or not yet.
pub async fn insert(
    connection: &mut PgConnection,
    (id, version): (SourceId, i32),
    source: &NewSource,
    visible_from: Option<Position>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    // A statement of its own: within one, the new wording would meet the old one where readers see both.
    if let Some(position) = visible_from {
        sqlx::query!(
            r#"
            update source_version
            set visible = int8range(lower(visible), $2)
            where source_id = $1 and upper_inf(visible)
            "#,
            id.0,
            position.0,
        )
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query!(
        r#"
        insert into source_version (
            source_id, version, kind, publisher, title, url, archived_url, attribution, published_on, confidential,
            visible, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $11::bigint is not null then int8range($11, null) end, $12)
        "#,
        id.0,
        version,
        source.kind as SourceKind,
        source.publisher,
        source.title,
        source.url,
        source.archived_url,
        source.attribution,
        source.published_on.as_ref().map(Edtf::text),
        source.confidential,
        visible_from.map(|position| position.0),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores a note to colleagues about a source, in the place of the one before, unless it says the same.
pub async fn note(
    connection: &mut PgConnection,
    id: SourceId,
    note: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        with newest as (
            select number, note from source_note where source_id = $1 order by number desc limit 1
        )
        insert into source_note (source_id, number, note, created_at)
        select $1, coalesce((select number from newest), 0) + 1, $2, $3
        where (select note from newest) is distinct from $2
        "#,
        id.0,
        note,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
