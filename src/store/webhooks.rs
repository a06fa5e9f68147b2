//! Webhooks: who wants to be told of changes.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::{columns::codes, error::StoreError};
use crate::domain::{
    change::{ChangeFilter, ChangeKind},
    development::Kind,
};

/// How long the secret before still signs after a new one was made.
const BOTH_SIGN: TimeDelta = TimeDelta::days(1);

/// What is to be added. It has no `Debug`, as it holds secrets.
pub struct NewWebhook<'a> {
    pub id: Uuid,
    pub name: &'a str,
    pub url: &'a str,
    pub host: &'a str,
    pub filter: &'a ChangeFilter,
    pub secret: &'a [u8],
}

/// A webhook as admins see it, without its secret and without its URL, which may hold one.
#[derive(Debug, Clone)]
pub struct Webhook {
    pub id: Uuid,
    pub name: String,
    pub host: String,
    pub created_at: DateTime<Utc>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub failing_since: Option<DateTime<Utc>>,
    pub disabled_because: Option<String>,
    pub removed_at: Option<DateTime<Utc>>,
    pub waiting: i64,
}

/// Adds one that is told of what is published from now on.
pub async fn add(executor: impl PgExecutor<'_>, new: NewWebhook<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let countries = new.filter.countries.as_deref().map(codes);
    sqlx::query!(
        r#"
        insert into webhook (id, name, url, host, countries, kinds, development_kinds, status_changed, secret, position, created_at)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, position, $10
        from feed
        "#,
        new.id,
        new.name,
        new.url,
        new.host,
        countries.as_deref() as Option<&[String]>,
        new.filter.kinds.as_deref() as Option<&[ChangeKind]>,
        new.filter.development_kinds.as_deref() as Option<&[Kind]>,
        new.filter.status_changed,
        new.secret,
        now,
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// All of them, removed ones included, the last added first.
pub async fn list(executor: impl PgExecutor<'_>) -> Result<Vec<Webhook>, StoreError> {
    let rows = sqlx::query_as!(
        Webhook,
        r#"
        select
            id, name, host, created_at, delivered_at, failing_since, disabled_because, removed_at,
            (select count(*) from webhook_delivery d where d.webhook_id = w.id and d.state = 'WAITING') as "waiting!"
        from webhook w
        order by created_at desc, id
        "#
    );
    Ok(rows.fetch_all(executor).await?)
}

/// Gives one a new secret; the one before signs too, for a day. `false` if there is none that is not removed.
pub async fn rotate(
    executor: impl PgExecutor<'_>,
    id: Uuid,
    secret: &[u8],
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        r#"
        update webhook
        set previous_secret = secret, previous_secret_until = $3, secret = $2
        where id = $1 and removed_at is null
        "#,
        id,
        secret,
        now + BOTH_SIGN,
    );
    Ok(done.execute(executor).await?.rows_affected() > 0)
}

/// Puts one to use again, from the feed's present end on. `false` if none is out of use and not removed.
pub async fn enable(executor: impl PgExecutor<'_>, id: Uuid) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        r#"
        update webhook
        set disabled_at = null, disabled_because = null, failing_since = null, not_before = null, position = feed.position
        from feed
        where webhook.id = $1 and disabled_at is not null and removed_at is null
        "#,
        id,
    );
    Ok(done.execute(executor).await?.rows_affected() > 0)
}

/// Takes one out of use. What waited for it is given up. `false` if there is none in use.
pub async fn disable(
    executor: impl PgExecutor<'_>,
    id: Uuid,
    because: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = sqlx::query_scalar!(
        r#"
        with disabled as (
            update webhook set disabled_at = $3, disabled_because = $2
            where id = $1 and disabled_at is null
            returning id
        ), given_up as (
            update webhook_delivery
            set state = 'FAILED', due_at = null, taken_until = null, finished_at = $3, error = 'The webhook was taken out of use.'
            where webhook_id in (select id from disabled) and state = 'WAITING'
        )
        select count(*) as "count!" from disabled
        "#,
        id,
        because,
        now,
    );
    Ok(done.fetch_one(executor).await? > 0)
}

/// Removes one that is out of use: where it was sent and its secret are forgotten, its log stays. `false` if there is none.
pub async fn remove(executor: impl PgExecutor<'_>, id: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        r#"
        update webhook
        set removed_at = $2, url = null, secret = null, previous_secret = null, previous_secret_until = null
        where id = $1 and disabled_at is not null and removed_at is null
        "#,
        id,
        now,
    );
    Ok(done.execute(executor).await?.rows_affected() > 0)
}
