//! What webhooks have to be told, and what was: the queue and its log in one.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::error::StoreError;
use crate::domain::position::Position;

/// How many positions of the feed are looked at in one go.
const BATCH: i64 = 500;

/// How long finished deliveries are kept.
const KEPT: TimeDelta = TimeDelta::days(30);

/// A delivery that this server has in hand. It has no `Debug`, as it holds secrets.
pub struct Taken {
    pub id: Uuid,
    pub webhook: Uuid,
    pub position: Option<Position>,
    /// The number of this attempt, from 1.
    pub attempt: i32,
    pub give_up_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub url: String,
    pub host: String,
    pub secret: Vec<u8>,
    pub previous_secret: Option<Vec<u8>>,
    pub failing_since: Option<DateTime<Utc>>,
}

/// A line of a webhook's log.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub id: Uuid,
    pub position: Option<i64>,
    pub state: String,
    pub created_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub attempts: i32,
    pub attempted_at: Option<DateTime<Utc>>,
    pub status_code: Option<i32>,
    pub error: Option<String>,
}

/// What came of an attempt.
#[derive(Debug, Clone)]
pub struct Attempted {
    pub status_code: Option<i32>,
    /// `None`: it was delivered.
    pub error: Option<String>,
    /// When to try again. `None`: not any more.
    pub due_at: Option<DateTime<Utc>>,
    /// Until when the receiver asked to be left alone.
    pub not_before: Option<DateTime<Utc>>,
}

/// The next webhook that is behind the feed and that no other server has in hand, locked, and the positions that it wants of the next
/// ones, with the last that was looked at.
pub async fn behind(connection: &mut PgConnection) -> Result<Option<(Uuid, Vec<i64>, i64)>, StoreError> {
    let next = sqlx::query!(
        r#"
        select w.id, least(feed.position, w.position + $1) as "until!"
        from webhook w
        cross join feed
        where w.disabled_at is null and w.position < feed.position
        order by w.position
        limit 1
        for update of w skip locked
        "#,
        BATCH,
    );
    let Some(next) = next.fetch_optional(&mut *connection).await? else {
        return Ok(None);
    };
    let wanted = sqlx::query_scalar!(
        r#"
        select c.position
        from webhook w
        join change c on c.position > w.position and c.position <= $2
        where w.id = $1
            and (w.countries is null or c.country_code = any(w.countries))
            and (w.kinds is null or c.kind = any(w.kinds))
            and (w.development_kinds is null or c.development_kind = any(w.development_kinds))
            and (not w.status_changed or c.status_before is distinct from c.status_after)
        order by c.position
        "#,
        next.id,
        next.until,
    );
    Ok(Some((next.id, wanted.fetch_all(connection).await?, next.until)))
}

/// Queues these changes for a webhook that is locked, and moves its place in the feed.
pub async fn queue(
    connection: &mut PgConnection,
    webhook: Uuid,
    (ids, positions, until): (&[Uuid], &[i64], i64),
    now: DateTime<Utc>,
    give_up_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        with queued as (
            insert into webhook_delivery (id, webhook_id, position, state, created_at, give_up_at, due_at)
            select wanted.id, $1, wanted.position, 'WAITING', $4, $5, $4
            from unnest($2::uuid[], $3::bigint[]) as wanted (id, position)
            order by wanted.position
        )
        update webhook set position = $6 where id = $1
        "#,
        webhook,
        ids,
        positions,
        now,
        give_up_at,
        until,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Queues a test. `false` if the webhook is not in use.
pub async fn ping(
    executor: impl PgExecutor<'_>,
    webhook: Uuid,
    id: Uuid,
    now: DateTime<Utc>,
    give_up_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        r#"
        insert into webhook_delivery (id, webhook_id, state, created_at, give_up_at, due_at)
        select $2, id, 'WAITING', $3, $4, $3 from webhook where id = $1 and disabled_at is null
        "#,
        webhook,
        id,
        now,
        give_up_at,
    );
    Ok(done.execute(executor).await?.rows_affected() > 0)
}

/// Has a finished delivery made again, under the same id. Answers with its webhook, if that is in use.
pub async fn redeliver(
    executor: impl PgExecutor<'_>,
    id: Uuid,
    now: DateTime<Utc>,
    give_up_at: DateTime<Utc>,
) -> Result<Option<Uuid>, StoreError> {
    let done = sqlx::query_scalar!(
        r#"
        update webhook_delivery d
        set state = 'WAITING', due_at = $2, give_up_at = $3, finished_at = null, attempts = 0
        from webhook w
        where d.id = $1 and d.state <> 'WAITING' and w.id = d.webhook_id and w.disabled_at is null
        returning w.id
        "#,
        id,
        now,
        give_up_at,
    );
    Ok(done.fetch_optional(executor).await?)
}

/// Takes the next delivery that is due: one of a webhook at a time. Other servers leave it alone until `taken_until`.
pub async fn take(
    executor: impl PgExecutor<'_>,
    now: DateTime<Utc>,
    taken_until: DateTime<Utc>,
) -> Result<Option<Taken>, StoreError> {
    let taken = sqlx::query_as!(
        Taken,
        r#"
        with next as (
            select d.id
            from webhook_delivery d
            join webhook w on w.id = d.webhook_id
            where d.state = 'WAITING'
                and d.due_at <= $1
                and (d.taken_until is null or d.taken_until <= $1)
                and w.disabled_at is null
                and (w.not_before is null or w.not_before <= $1)
                and not exists (
                    select from webhook_delivery other
                    where other.webhook_id = d.webhook_id and other.state = 'WAITING' and other.taken_until > $1
                )
            order by d.due_at, d.number
            limit 1
            for update of d skip locked
        )
        update webhook_delivery d
        set taken_until = $2, attempts = d.attempts + 1, attempted_at = $1
        from next, webhook w
        where d.id = next.id and w.id = d.webhook_id
        returning
            d.id, w.id as webhook, d.position as "position: Position", d.attempts as attempt, d.give_up_at, d.created_at, w.url as "url!",
            w.host, w.secret as "secret!",
            case when w.previous_secret_until > $1 then w.previous_secret end as previous_secret, w.failing_since
        "#,
        now,
        taken_until,
    );
    Ok(taken.fetch_optional(executor).await?)
}

/// Writes down what came of an attempt, unless another server has taken the delivery since.
pub async fn attempted(
    connection: &mut PgConnection,
    taken: &Taken,
    attempted: &Attempted,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let failed = attempted.error.is_some();
    let state = match (failed, attempted.due_at) {
        (false, _) => "DELIVERED",
        (true, Some(_)) => "WAITING",
        (true, None) => "FAILED",
    };
    let written = sqlx::query!(
        r#"
        update webhook_delivery
        set state = $3, status_code = $4, error = $5, due_at = $6, taken_until = null,
            finished_at = case when $6::timestamptz is null then $7::timestamptz end
        where id = $1 and attempts = $2 and state = 'WAITING'
        "#,
        taken.id,
        taken.attempt,
        state,
        attempted.status_code,
        attempted.error,
        attempted.due_at,
        now,
    );
    let is_ours = written.execute(&mut *connection).await?.rows_affected() > 0;
    sqlx::query!(
        r#"
        update webhook
        set failing_since = case when $2 then coalesce(failing_since, $3) end,
            delivered_at = case when $2 then delivered_at else $3 end,
            not_before = $4
        where id = $1
        "#,
        taken.webhook,
        failed,
        now,
        attempted.not_before,
    )
    .execute(connection)
    .await?;
    Ok(is_ours)
}

/// A page of a webhook's log, the last queued first.
pub async fn log(executor: impl PgExecutor<'_>, webhook: Uuid, limit: i64) -> Result<Vec<Delivery>, StoreError> {
    let rows = sqlx::query_as!(
        Delivery,
        r#"
        select id, position, state, created_at, due_at, attempts, attempted_at, status_code, error
        from webhook_delivery
        where webhook_id = $1
        order by number desc
        limit $2
        "#,
        webhook,
        limit,
    );
    Ok(rows.fetch_all(executor).await?)
}

/// Whether there is anything to do.
#[derive(Debug, Clone, Copy)]
pub struct Queue {
    /// Whether a webhook is behind the feed.
    pub is_behind: bool,
    /// When the next delivery is due.
    pub next: Option<DateTime<Utc>>,
}

/// Looks what there is to do, without taking anything on.
pub async fn look(executor: impl PgExecutor<'_>) -> Result<Queue, StoreError> {
    let queue = sqlx::query_as!(
        Queue,
        r#"
        select
            exists (
                select from webhook w cross join feed where w.disabled_at is null and w.position < feed.position
            ) as "is_behind!",
            (select min(due_at) from webhook_delivery where state = 'WAITING') as next
        "#
    );
    Ok(queue.fetch_one(executor).await?)
}

/// How many wait, and since when the oldest does.
pub async fn waiting(executor: impl PgExecutor<'_>) -> Result<(i64, Option<DateTime<Utc>>), StoreError> {
    let row = sqlx::query!(
        r#"select count(*) as "count!", min(created_at) as oldest from webhook_delivery where state = 'WAITING'"#
    );
    let row = row.fetch_one(executor).await?;
    Ok((row.count, row.oldest))
}

/// Deletes what was finished long ago.
pub async fn forget(executor: impl PgExecutor<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!("delete from webhook_delivery where state <> 'WAITING' and finished_at < $1", now - KEPT)
        .execute(executor)
        .await?;
    Ok(())
}
