//! The only way to read what readers see.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{changes, error::StoreError, pool::Pool};
use crate::domain::{as_of::AsOf, cursor::FeedCursor, position::Position, viewer::Viewer};

/// A view of the tracker by one viewer at one position: every statement through it sees the same state, however much is
/// published meanwhile.
#[derive(Debug, Clone)]
pub struct Reader {
    pub(super) pool: Pool,
    viewer: Viewer,
    position: Position,
    feed: Uuid,
    latest_day: Option<NaiveDate>,
}

impl Reader {
    /// Pins the position that `as_of` means now.
    pub async fn open(pool: &Pool, viewer: Viewer, as_of: AsOf) -> Result<Self, StoreError> {
        let (instant, known) = match as_of {
            AsOf::Now => (None, None),
            AsOf::Instant(instant) => (Some(instant), None),
            AsOf::Position(position) => (None, Some(position.0)),
        };
        if let Some(instant) = instant {
            // Whoever holds the lock may be about to commit a change from before that instant.
            sqlx::query!(
                r#"
                select pg_advisory_xact_lock_shared(feed_lock_number()) is null as waited
                from feed
                where last_at <= $1
                "#,
                instant,
            )
            .fetch_optional(pool)
            .await?;
        }
        let row = sqlx::query!(
            r#"
            with pinned as materialized (
                select
                    id,
                    case
                        when $2::bigint is not null then least($2, position)
                        when $1::timestamptz >= last_at or $1 is null then position
                        -- In the order of the index by time: its greatest position would be looked for by position.
                        else coalesce((select c.position from change c where c.at <= $1 order by c.at desc, c.position desc limit 1), 0)
                    end as position
                from feed
            )
            select
                id,
                position as "position!: Position",
                case when $1 is not null then (
                    select c.latest_day
                    from change c
                    where c.position <= pinned.position and c.development_id is not null
                    order by c.position desc
                    limit 1
                ) end as latest_day
            from pinned
            "#,
            instant as Option<DateTime<Utc>>,
            known as Option<i64>,
        )
        .fetch_one(pool)
        .await?;
        Ok(Self { pool: pool.clone(), viewer, position: row.position, feed: row.id, latest_day: row.latest_day })
    }

    /// Reads a feed that is known, at positions that are known to be in it.
    pub fn of_feed(pool: &Pool, viewer: Viewer, feed: Uuid) -> Self {
        Self { pool: pool.clone(), viewer, position: Position::MAX, feed, latest_day: None }
    }

    /// The same feed and viewer at another position.
    #[must_use]
    pub fn at(&self, position: Position) -> Self {
        // Before that position, nothing was later either.
        let latest_day = self.latest_day.filter(|_| position <= self.position);
        Self { position, latest_day, ..self.clone() }
    }

    /// Who asks.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// As of which position the answer is read.
    pub fn position(&self) -> Position {
        self.position
    }

    /// The cursor of a position in this feed, with the time of its change where that is at hand.
    pub fn cursor(&self, position: Position, at: Option<DateTime<Utc>>) -> FeedCursor {
        FeedCursor { feed: self.feed, position, at: at.map(|at| at.timestamp_micros()) }
    }

    /// The position that a cursor means, if it is a cursor of this feed and not ahead of it, and its place is still that of the change
    /// for which it was given out.
    pub async fn resolve(&self, cursor: FeedCursor) -> Result<Option<Position>, StoreError> {
        if cursor.feed != self.feed || cursor.position < Position::START {
            return Ok(None);
        }
        if cursor.at.is_none() && cursor.position <= self.position {
            return Ok(Some(cursor.position));
        }
        // Another server may have heard of it earlier.
        let at = self.at(cursor.position).reached_at().await?;
        let is_same = at.is_some_and(|at| cursor.at.is_none_or(|given| given == at.timestamp_micros()));
        Ok(is_same.then_some(cursor.position))
    }

    /// When the pinned position was reached; `None` before the first change.
    pub async fn reached_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        changes::made_at(&self.pool, self.position).await
    }

    /// A day after which nothing is seen, where the position is one of the past: lists need not look at what is later. `None` where that
    /// is not known.
    pub(super) fn latest_day(&self) -> Option<NaiveDate> {
        self.latest_day
    }

    pub(super) fn sees_unpublished(&self) -> bool {
        matches!(self.viewer, Viewer::Staff(_))
    }
}
