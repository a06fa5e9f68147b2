//! API tokens: made once, shown once, stored as a digest.

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    audit::{self, Actor, NewEntry},
    error::StoreError,
    pool::Pool,
};
use crate::{
    clock::Clock,
    domain::{
        act::Act,
        viewer::{Role, Staff},
    },
};

/// Begins every secret, so that scanners of leaked secrets can tell one.
pub const SECRET_PREFIX: &str = "tct_";

/// How stale "last used" may be, in seconds: a token in constant use is not written to at every request.
const LAST_USED_STEP_SECONDS: f64 = 60.0;

/// A token as its keepers see it; the secret is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: Uuid,
    pub name: String,
    pub role: Role,
    pub created_at: DateTime<Utc>,
    /// `None`: does not expire.
    pub expires_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A token that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewToken<'a> {
    pub name: &'a str,
    pub role: Role,
    /// `None`: does not expire.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Makes a token. Answers with its id and its secret, which can't be shown again.
pub async fn create(
    pool: &Pool,
    clock: &Clock,
    actor: &Actor,
    wanted: NewToken<'_>,
) -> Result<(Uuid, String), StoreError> {
    let mut transaction = pool.begin().await?;
    let made = insert(&mut transaction, clock, actor, wanted).await?;
    transaction.commit().await?;
    Ok(made)
}

/// Makes a token that does not expire, unless there has ever been one. Of two servers that start at once on an empty
/// database, one makes it.
pub async fn create_first(pool: &Pool, clock: &Clock, name: &str, role: Role) -> Result<Option<String>, StoreError> {
    let mut transaction = pool.begin().await?;
    sqlx::query!("lock table api_token in share row exclusive mode").execute(&mut *transaction).await?;
    let exists = sqlx::query_scalar!(r#"select exists (select from api_token) as "exists!""#)
        .fetch_one(&mut *transaction)
        .await?;
    if exists {
        return Ok(None);
    }
    let wanted = NewToken { name, role, expires_at: None };
    let (_, secret) = insert(&mut transaction, clock, &Actor::command_line(), wanted).await?;
    transaction.commit().await?;
    Ok(Some(secret))
}

async fn insert(
    connection: &mut PgConnection,
    clock: &Clock,
    actor: &Actor,
    NewToken { name, role, expires_at }: NewToken<'_>,
) -> Result<(Uuid, String), StoreError> {
    let secret = format!("{SECRET_PREFIX}{}", BASE64URL_NOPAD.encode(&clock.secret()));
    let (id, now) = (clock.uuid(), clock.now());
    sqlx::query!(
        r#"
        with actor as (
            insert into actor (id) values ($1)
        )
        insert into api_token (id, name, role, secret_digest, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6)
        "#,
        id,
        name,
        role as Role,
        &digest(&secret)[..],
        now,
        expires_at,
    )
    .execute(&mut *connection)
    .await?;
    let entry = NewEntry { subject: Some(id), ..NewEntry::of(Act::CreateToken) };
    audit::write(connection, actor, entry, now).await?;
    Ok((id, secret))
}

/// Who a secret speaks for; `None` when it is unknown, expired or revoked.
pub async fn authenticate(pool: &Pool, clock: &Clock, secret: &str) -> Result<Option<Staff>, StoreError> {
    if !secret.starts_with(SECRET_PREFIX) {
        return Ok(None);
    }
    let now = clock.now();
    let staff = sqlx::query!(
        r#"
        with found as (
            select id, name, role, last_used_at
            from api_token
            where secret_digest = $1 and revoked_at is null and (expires_at is null or expires_at > $2)
        ), used as (
            update api_token
            set last_used_at = $2
            from found
            where api_token.id = found.id
                and (found.last_used_at is null or found.last_used_at < $2 - make_interval(secs => $3))
        )
        select id, name, role as "role: Role"
        from found
        "#,
        &digest(secret)[..],
        now,
        LAST_USED_STEP_SECONDS,
    )
    .fetch_optional(pool)
    .await?;
    Ok(staff.map(|row| Staff { id: row.id, name: row.name, role: row.role }))
}

/// Every token, newest first.
pub async fn list(pool: &Pool) -> Result<Vec<Token>, StoreError> {
    let tokens = sqlx::query_as!(
        Token,
        r#"
        select id, name, role as "role: Role", created_at, expires_at, last_used_at, revoked_at
        from api_token
        order by created_at desc, id
        "#,
    )
    .fetch_all(pool)
    .await?;
    Ok(tokens)
}

/// Ends a token at once; `false` if there is none with this id that is not already revoked.
pub async fn revoke(pool: &Pool, clock: &Clock, actor: &Actor, id: Uuid) -> Result<bool, StoreError> {
    let now = clock.now();
    let mut transaction = pool.begin().await?;
    let revoked = sqlx::query!("update api_token set revoked_at = $2 where id = $1 and revoked_at is null", id, now)
        .execute(&mut *transaction)
        .await?
        .rows_affected()
        == 1;
    if revoked {
        let entry = NewEntry { subject: Some(id), ..NewEntry::of(Act::RevokeToken) };
        audit::write(&mut transaction, actor, entry, now).await?;
    }
    transaction.commit().await?;
    Ok(revoked)
}

pub(super) fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
