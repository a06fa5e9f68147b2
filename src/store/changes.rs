//! The public feed, read.

use chrono::{DateTime, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::{columns::codes, error::StoreError, reader::Reader};
use crate::domain::{
    change::{Change, ChangeFilter, ChangeKind},
    country::CountryCode,
    development::Kind,
    id::DevelopmentId,
    page::{Page, Window},
    position::Position,
    status::Status,
};

/// The channel on which a commit wakes the listeners. Its payload says nothing: listeners read the rows.
pub const CHANNEL: &str = "tracker_feed";

/// How many changes are read at a time when a reader catches up.
pub const CATCH_UP_ROWS: i64 = 500;

struct Row {
    position: Position,
    at: DateTime<Utc>,
    kind: ChangeKind,
    country: Option<CountryCode>,
    development_id: Option<DevelopmentId>,
    development_kind: Option<Kind>,
    revision: Option<i32>,
    status_before: Option<Status>,
    status_after: Option<Status>,
}

impl From<Row> for Change {
    fn from(row: Row) -> Self {
        Self {
            position: row.position,
            at: row.at,
            kind: row.kind,
            country: row.country,
            development: row.development_id.zip(row.development_kind),
            revision: row.revision,
            status_before: row.status_before,
            status_after: row.status_after,
        }
    }
}

macro_rules! query_changes {
    ([$($tail:literal)+], $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"
            select
                c.position as "position: Position",
                c.at,
                c.kind as "kind: ChangeKind",
                c.country_code as "country?: CountryCode",
                c.development_id as "development_id?: DevelopmentId",
                c.development_kind as "development_kind?: Kind",
                c.revision,
                c.status_before as "status_before?: Status",
                c.status_after as "status_after?: Status"
            from change c
            "# $(+ $tail)+,
            $($argument),+
        )
    };
}

/// The changes after a position, in feed order, [`CATCH_UP_ROWS`] at most.
pub async fn after(executor: impl PgExecutor<'_>, position: Position) -> Result<Vec<Change>, StoreError> {
    let rows = query_changes!(["where c.position > $1 order by c.position limit $2"], position.0, CATCH_UP_ROWS)
        .fetch_all(executor)
        .await?;
    Ok(rows.into_iter().map(Change::from).collect())
}

/// Which feed this database holds, and the last position given out.
pub async fn head(executor: impl PgExecutor<'_>) -> Result<(Uuid, Position), StoreError> {
    let row = sqlx::query!(r#"select id, position as "position: Position" from feed"#).fetch_one(executor).await?;
    Ok((row.id, row.position))
}

/// The last change, if there is any yet.
pub async fn last(executor: impl PgExecutor<'_>) -> Result<Option<Change>, StoreError> {
    let row = query_changes!(["order by c.position desc limit $1"], 1).fetch_optional(executor).await?;
    Ok(row.map(Change::from))
}

/// When the change at a position was made; `None` if there is none.
pub async fn made_at(executor: impl PgExecutor<'_>, position: Position) -> Result<Option<DateTime<Utc>>, StoreError> {
    let at = sqlx::query_scalar!("select at from change where position = $1", position.0);
    Ok(at.fetch_optional(executor).await?)
}

/// Whether the server is a standby: it shows what it has received so far, and takes nothing.
pub async fn is_standby(executor: impl PgExecutor<'_>) -> Result<bool, StoreError> {
    let standby = sqlx::query_scalar!(r#"select pg_is_in_recovery() as "standby!""#).fetch_one(executor).await?;
    Ok(standby)
}

impl Reader {
    /// Changes by their positions, none from after the reader's own.
    pub async fn changes_by_position(&self, positions: &[Position]) -> Result<Vec<Change>, StoreError> {
        let positions: Vec<i64> = positions.iter().map(|position| position.0).collect();
        let rows = query_changes!(["where c.position = any($1) and c.position <= $2"], &positions, self.position().0)
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.into_iter().map(Change::from).collect())
    }

    /// A page of the revisions that corrected or retracted something, newest first, each with the position of its change. `minor` asks
    /// for trifles only, or for none.
    pub async fn corrections(
        &self,
        countries: Option<&[CountryCode]>,
        minor: Option<bool>,
        window: &Window<Position>,
    ) -> Result<Page<(Position, DevelopmentId, i32)>, StoreError> {
        let countries = countries.map(codes);
        macro_rules! query_page {
            ($order:literal) => {
                sqlx::query!(
                    r#"
                    select
                        c.position as "position: Position",
                        r.development_id as "id: DevelopmentId",
                        r.revision
                    from change c
                    join development_revision r using (development_id, revision)
                    where c.kind in ('CORRECTED', 'RETRACTED')
                        and c.position < $1
                        and c.position > $2
                        and ($3::text[] is null or c.country_code = any($3))
                        and ($4::boolean is null or r.minor = $4)
                    "#
                        + $order,
                    window.after.unwrap_or(Position::MAX).min(self.position().next()).0,
                    window.before.unwrap_or(Position::START).0,
                    countries.as_deref() as Option<&[String]>,
                    minor,
                    window.fetch(),
                )
                .fetch_all(&self.pool)
                .await?
                .into_iter()
                .map(|row| (row.position, row.id, row.revision))
                .collect()
            };
        }
        let rows: Vec<_> = if window.from_end {
            query_page!("order by c.position limit $5")
        } else {
            query_page!("order by c.position desc limit $5")
        };
        Ok(Page::of(window, rows))
    }

    /// A page of the feed, in feed order.
    pub async fn changes(&self, filter: &ChangeFilter, window: &Window<Position>) -> Result<Page<Change>, StoreError> {
        let countries = filter.countries.as_deref().map(codes);
        // Two statements, so that either can walk the primary key.
        macro_rules! query_page {
            ($order:literal) => {
                query_changes!(
                    [r#"
                    where c.position > $1
                        and c.position < $2
                        and ($3::text[] is null or c.country_code = any($3))
                        and ($4::text[] is null or c.kind = any($4))
                        and ($5::text[] is null or c.development_kind = any($5))
                        and (not $6 or c.status_before is distinct from c.status_after)
                    "# $order],
                    window.after.unwrap_or(Position::START).0,
                    window.before.unwrap_or(Position::MAX).min(self.position().next()).0,
                    countries.as_deref() as Option<&[String]>,
                    filter.kinds.as_deref() as Option<&[ChangeKind]>,
                    filter.development_kinds.as_deref() as Option<&[Kind]>,
                    filter.status_changed,
                    window.fetch(),
                )
                .fetch_all(&self.pool)
                .await?
            };
        }
        let rows = if window.from_end {
            query_page!("order by c.position desc limit $7")
        } else {
            query_page!("order by c.position limit $7")
        };
        Ok(Page::of(window, rows.into_iter().map(Change::from).collect()))
    }
}
