//! The feed, written: its lock, its next entry, and what readers see from there on. Each function is a statement or two of the
//! transaction that `ledger/` composes; nothing here runs before [`take_feed_lock`].

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{changes::CHANNEL, error::StoreError};
use crate::domain::{
    change::ChangeKind,
    country::CountryCode,
    development::Kind,
    id::DevelopmentId,
    position::Position,
    status::{Claim, Status},
};

/// The place in the feed that a transaction has been given. It holds the feed's lock until it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    pub position: Position,
    pub at: DateTime<Utc>,
}

/// Waits for the feed's lock and takes the next position. Everything that a concurrent commit made visible is visible to the
/// statements after this one.
pub async fn take_feed_lock(connection: &mut PgConnection) -> Result<Turn, StoreError> {
    let turn =
        sqlx::query_as!(Turn, r#"select next_position as "position!: Position", next_at as "at!" from take_turn()"#)
            .fetch_one(connection)
            .await?;
    Ok(turn)
}

/// A revision before readers, and what decides where its country stands with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub turn: Turn,
    /// The status that the country had before.
    pub before: Option<Status>,
    /// Of its published developments that may set the status, the newest by effective day and then by position: all others give way
    /// to it by the rule.
    pub claim: Option<Claim>,
}

/// Takes the next turn, and shows a revision from its position on, in the place of the one before, with the sources that it is the first
/// to cite.
pub async fn bring_before_readers(
    connection: &mut PgConnection,
    (id, revision): (DevelopmentId, i32),
    country: CountryCode,
) -> Result<Shown, StoreError> {
    let row = sqlx::query!(
        r#"
        select
            next_position as "position!: Position",
            next_at as "at!",
            status_before as "before?: Status",
            claim_development as "development?: DevelopmentId",
            claim_kind as "kind?: Kind",
            claim_day as "effective_day?",
            claim_position as "published?: Position"
        from bring_before_readers($1, $2, $3)
        "#,
        id.0,
        revision,
        country.as_str(),
    )
    .fetch_one(connection)
    .await?;
    let newest = row.development.zip(row.kind).zip(row.effective_day).zip(row.published);
    let claim = newest.map(|(((development, kind), effective_day), published)| Claim {
        development,
        kind,
        effective_day,
        published,
        affects_status: true,
        retracted: false,
    });
    Ok(Shown { turn: Turn { position: row.position, at: row.at }, before: row.before, claim })
}

/// The status that a country has before the turn's own change.
pub async fn current_status(connection: &mut PgConnection, country: CountryCode) -> Result<Option<Status>, StoreError> {
    let status = sqlx::query_scalar!(
        r#"select status as "status?: Status" from country_state where country_code = $1 and upper_inf(visible)"#,
        country.as_str(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(status.flatten())
}

/// What a change did, beyond its place in the feed.
#[derive(Debug, Clone)]
pub struct NewChange {
    pub kind: ChangeKind,
    pub country: Option<CountryCode>,
    pub development: Option<(DevelopmentId, i32)>,
    pub status_before: Option<Status>,
    pub status_after: Option<Status>,
}

/// Writes where a country stands from the turn's position on, and appends the turn's entry to the feed.
pub async fn append_publication(
    connection: &mut PgConnection,
    turn: Turn,
    country: CountryCode,
    standing: Option<(Status, DevelopmentId)>,
    change: &NewChange,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        with ended as (
            update country_state
            set visible = int8range(lower(visible), $2)
            where country_code = $1 and upper_inf(visible)
            returning 1
        ), begun as (
            insert into country_state (country_code, visible, status, status_development_id, disputed, latest_development_id)
            select
                $1,
                int8range($2, null),
                $3,
                $4,
                exists (
                    select from development_revision denial
                    join development_revision disputed
                        on disputed.development_id = denial.disputes_id and upper_inf(disputed.visible)
                    where denial.country_code = $1
                        and denial.disputes_id is not null
                        and upper_inf(denial.visible)
                        and not denial.retracted
                        and not disputed.retracted
                ),
                (
                    select development_id
                    from development_revision
                    where country_code = $1 and visible is not null and upper_inf(visible) and not retracted
                    order by effective_day desc, first_position desc
                    limit 1
                )
            -- The state before ends first: at no moment may both be seen.
            from (select count(*) from ended) before
        ), appended as (
            insert into change
                (position, at, kind, country_code, development_id, revision, status_before, status_after)
            values ($2, $5, $6, $1, $7, $8, $9, $3)
        )
        select pg_notify($10, '')
        "#,
        country.as_str(),
        turn.position.0,
        standing.map(|(status, _)| status) as Option<Status>,
        standing.map(|(_, development)| development.0),
        turn.at,
        change.kind as ChangeKind,
        change.development.map(|(id, _)| id.0),
        change.development.map(|(_, revision)| revision),
        change.status_before as Option<Status>,
        CHANNEL,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Appends the turn's entry to the feed, and wakes the listeners when the transaction commits.
pub async fn append_change(connection: &mut PgConnection, turn: Turn, change: &NewChange) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        with appended as (
            insert into change
                (position, at, kind, country_code, development_id, revision, status_before, status_after)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
        )
        select pg_notify($9, '')
        "#,
        turn.position.0,
        turn.at,
        change.kind as ChangeKind,
        change.country.map(|country| country.to_string()),
        change.development.map(|(id, _)| id.0),
        change.development.map(|(_, revision)| revision),
        change.status_before as Option<Status>,
        change.status_after as Option<Status>,
        CHANNEL,
    )
    .execute(connection)
    .await?;
    Ok(())
}
