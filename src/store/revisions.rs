//! Revisions, stored: each save of a development's content is a row that never changes; what changes is how far it has come. Each
//! function is a statement or two of the transaction that `ledger/` composes.

mod insert;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub use self::insert::{Identity, NewRevision, insert, insert_retraction};
use super::{error::StoreError, pool::Pool};
use crate::domain::{
    country::CountryCode,
    development::{Kind, State},
    id::DevelopmentId,
};

/// The newest revision of a development, and the one that readers see, under a lock that keeps them so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub country: CountryCode,
    pub kind: Kind,
    pub revision: i32,
    pub state: State,
    /// The actor who wrote the newest; `None` at the command line.
    pub author_id: Option<Uuid>,
    pub author: Option<String>,
    pub written_at: DateTime<Utc>,
    /// When the development was first recorded.
    pub recorded_at: DateTime<Utc>,
    /// Whether the newest has a note for readers, or corrects a trifle only.
    pub is_explained: bool,
    pub cites: bool,
    pub published: Option<PublishedHead>,
}

/// The revision that readers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedHead {
    pub revision: i32,
    pub retracted: bool,
}

/// Locks a development against all other acts on it, and tells where it stands; `None` if there is none with this id.
pub async fn lock(connection: &mut PgConnection, id: DevelopmentId) -> Result<Option<Head>, StoreError> {
    let found = sqlx::query_scalar!("select 1 from development where id = $1 for no key update", id.0)
        .fetch_optional(&mut *connection)
        .await?;
    if found.is_none() {
        return Ok(None);
    }
    // A statement of its own: it sees what was committed while the lock was waited for.
    let row = sqlx::query!(
        r#"
        select
            r.country_code as "country: CountryCode",
            r.kind as "kind: Kind",
            r.revision,
            r.state as "state: State",
            r.author_id,
            r.author,
            r.created_at,
            (select d.created_at from development d where d.id = r.development_id) as "recorded_at!",
            (r.note is not null or r.minor) as "is_explained!",
            exists (
                select from citation c where c.development_id = r.development_id and c.revision = r.revision
            ) as "cites!",
            p.revision as "published?",
            p.retracted as "retracted?"
        from development_revision r
        left join development_revision p on p.development_id = r.development_id and upper_inf(p.visible)
        where r.development_id = $1
        order by r.revision desc
        limit 1
        "#,
        id.0,
    )
    .fetch_one(connection)
    .await?;
    let published = row.published.zip(row.retracted).map(|(revision, retracted)| PublishedHead { revision, retracted });
    Ok(Some(Head {
        country: row.country,
        kind: row.kind,
        revision: row.revision,
        state: row.state,
        author_id: row.author_id,
        author: row.author,
        written_at: row.created_at,
        recorded_at: row.recorded_at,
        is_explained: row.is_explained,
        cites: row.cites,
        published,
    }))
}

/// Says how far a working copy has come.
pub async fn set_state(
    connection: &mut PgConnection,
    (id, revision): (DevelopmentId, i32),
    state: State,
    publish_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update development_revision set state = $3, publish_at = $4 where development_id = $1 and revision = $2",
        id.0,
        revision,
        state as State,
        publish_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Marks the working copy of a development, if there is one, as replaced.
pub async fn supersede(connection: &mut PgConnection, id: DevelopmentId) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        update development_revision
        set state = 'SUPERSEDED', publish_at = null
        where development_id = $1 and state in ('DRAFT', 'IN_REVIEW', 'SCHEDULED')
        "#,
        id.0,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The next working copy whose moment has come, locked; one that another server is about to publish is passed over.
pub async fn next_due(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
) -> Result<Option<(DevelopmentId, i32)>, StoreError> {
    let due = sqlx::query!(
        r#"
        select d.id as "id: DevelopmentId", r.revision
        from development_revision r
        join development d on d.id = r.development_id
        where r.state = 'SCHEDULED' and r.publish_at <= $1
        order by r.publish_at, d.id
        limit 1
        for no key update of d, r skip locked
        "#,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(due.map(|row| (row.id, row.revision)))
}

/// When the next working copy is to be published.
pub async fn next_moment(pool: &Pool) -> Result<Option<DateTime<Utc>>, StoreError> {
    let moment = sqlx::query_scalar!("select min(publish_at) from development_revision where state = 'SCHEDULED'")
        .fetch_one(pool)
        .await?;
    Ok(moment)
}
