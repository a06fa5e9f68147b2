//! Browsers in which somebody is signed in. As of a token, only a digest of the secret is kept.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{error::StoreError, pool::Pool, tokens::digest};
use crate::{
    clock::Clock,
    domain::viewer::{Role, Staff},
};

/// Begins every secret, so that scanners of leaked secrets can tell one.
pub const SECRET_PREFIX: &str = "tcs_";

/// How long a session lasts in which nothing is asked.
const IDLE: TimeDelta = TimeDelta::days(3);

/// How long a session lasts at most.
pub const LIFE: TimeDelta = TimeDelta::days(30);

/// How stale "last used" may be.
const LAST_USED_STEP: TimeDelta = TimeDelta::seconds(60);

/// Begins a session of an account, by an identity or else by a password, and returns its secret.
pub async fn create(
    connection: &mut PgConnection,
    clock: &Clock,
    (account, identity): (Uuid, Option<Uuid>),
    address: Option<IpAddr>,
    now: DateTime<Utc>,
) -> Result<String, StoreError> {
    let secret = format!("{SECRET_PREFIX}{}", BASE64URL_NOPAD.encode(&clock.secret()));
    sqlx::query!(
        r#"
        with over as (
            delete from session where expires_at <= $4 or last_used_at <= $6
        )
        insert into session (secret_digest, account_id, address, created_at, last_used_at, expires_at, identity_id)
        values ($1, $2, $3::text::inet, $4, $4, $5, $7)
        "#,
        &digest(&secret)[..],
        account,
        address.map(|address| address.to_string()),
        now,
        now + LIFE,
        now - IDLE,
        identity,
    )
    .execute(connection)
    .await?;
    Ok(secret)
}

/// Who a secret speaks for; `None` when it is unknown or over, or the account may not be used.
pub async fn authenticate(pool: &Pool, clock: &Clock, secret: &str) -> Result<Option<Staff>, StoreError> {
    if !secret.starts_with(SECRET_PREFIX) {
        return Ok(None);
    }
    let now = clock.now();
    let staff = sqlx::query!(
        r#"
        with found as (
            select s.secret_digest, s.last_used_at, a.id, a.name, a.role
            from session s
            join account a on a.id = s.account_id and a.deactivated_at is null
            where s.secret_digest = $1 and s.expires_at > $2 and s.last_used_at > $3
        ), used as (
            update session
            set last_used_at = $2
            from found
            where session.secret_digest = found.secret_digest and found.last_used_at < $4
        )
        select id, name, role as "role: Role"
        from found
        "#,
        &digest(secret)[..],
        now,
        now - IDLE,
        now - LAST_USED_STEP,
    )
    .fetch_optional(pool)
    .await?;
    Ok(staff.map(|row| Staff { id: row.id, name: row.name, role: row.role }))
}

/// Whether a session began by single sign-on.
pub async fn is_by_identity(executor: impl PgExecutor<'_>, secret: &str) -> Result<bool, StoreError> {
    let found = sqlx::query_scalar!(
        r#"select identity_id is not null as "is!" from session where secret_digest = $1"#,
        &digest(secret)[..]
    );
    Ok(found.fetch_optional(executor).await?.unwrap_or_default())
}

/// A session as it is known without its secret.
pub fn digest_of(secret: &str) -> Vec<u8> {
    digest(secret).to_vec()
}

/// Ends a session, if it is there.
pub async fn end(executor: impl PgExecutor<'_>, digest: &[u8]) -> Result<(), StoreError> {
    sqlx::query!("delete from session where secret_digest = $1", digest).execute(executor).await?;
    Ok(())
}

/// Ends every session that began by an identity. Answers with how many there were.
pub async fn end_by_identity(executor: impl PgExecutor<'_>, identity: Uuid) -> Result<u64, StoreError> {
    let ended = sqlx::query!("delete from session where identity_id = $1", identity).execute(executor).await?;
    Ok(ended.rows_affected())
}

/// Ends every session of an account.
pub async fn end_all(executor: impl PgExecutor<'_>, account: Uuid) -> Result<(), StoreError> {
    sqlx::query!("delete from session where account_id = $1", account).execute(executor).await?;
    Ok(())
}
