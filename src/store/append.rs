//! The feed, written: its lock, its next entry, and what readers see from there on. Each function is a statement or two of the
//! transaction that `ledger/` composes; nothing here runs before [`take_feed_lock`].

use async_graphql::resolver_utils::EnumType;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{changes::CHANNEL, error::StoreError};
use crate::domain::{
    change::ChangeKind, country::CountryCode, development::Kind, id::DevelopmentId, position::Position, status::Status,
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

/// A revision that is to come before readers, and what that is called.
#[derive(Debug, Clone, Copy)]
pub struct Publication {
    pub kind: ChangeKind,
    pub country: CountryCode,
    pub revision: (DevelopmentId, i32),
}

/// What a publication did to its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    pub turn: Turn,
    pub status_before: Option<Status>,
    pub status_after: Option<Status>,
}

/// The kinds of developments that set a status, and the status that each of them sets.
pub(super) fn rule() -> (Vec<Kind>, Vec<Status>) {
    let kinds = Kind::items().iter().map(|item| item.value);
    kinds.filter_map(|kind| Some((kind, Status::set_by(kind)?))).unzip()
}

/// Takes the next turn in the feed, shows a revision from its position on in the place of the one before, with the sources that it is the first to
/// cite, derives where its country then stands, and appends the change. Only under the feed's lock is every other commit visible, and
/// the derivation right.
pub async fn publish(connection: &mut PgConnection, publication: Publication) -> Result<Published, StoreError> {
    let Publication { kind, country, revision: (id, revision) } = publication;
    let (kinds, statuses) = rule();
    let row = sqlx::query!(
        r#"
        select
            next_position as "position!: Position",
            next_at as "at!",
            status_before as "before?: Status",
            status_after as "after?: Status"
        from publish($1, $2, $3, $4, $5, $6)
        "#,
        id.0,
        revision,
        country.as_str(),
        kind as ChangeKind,
        &kinds as &[Kind],
        &statuses as &[Status],
    )
    .fetch_one(connection)
    .await?;
    let turn = Turn { position: row.position, at: row.at };
    Ok(Published { turn, status_before: row.before, status_after: row.after })
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
