//! Sign-ins that are under way at a provider of identities. Of their secrets only digests are kept.

use chrono::{DateTime, Utc};
use ipnet::IpNet;
use sqlx::PgExecutor;

use super::{error::StoreError, pool::Pool, tokens::digest};

/// A sign-in that comes back from the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOn {
    /// Where the browser wants to go.
    pub next: String,
    /// The session that the browser had when it began, by its digest.
    pub previous: Option<Vec<u8>>,
}

/// Notes a sign-in that begins, unless so many have begun at the same network since; forgets those that are older.
pub async fn begin(
    pool: &Pool,
    secret: &str,
    (next, previous): (&str, Option<&str>),
    (network, at_most): (Option<IpNet>, i64),
    (since, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<bool, StoreError> {
    let previous = previous.map(digest);
    let begun = sqlx::query!(
        r#"
        with forgotten as (
            delete from sign_on where begun_at < $5
        )
        insert into sign_on (secret_digest, next, previous_digest, address, begun_at)
        select $1, $2, $3, $4::text::inet, $6
        where (select count(*) from sign_on where address is not distinct from $4::text::inet and begun_at >= $5) < $7
        "#,
        &digest(secret)[..],
        next,
        previous.as_ref().map(|digest| &digest[..]),
        network.map(|network| network.to_string()),
        since,
        now,
        at_most,
    );
    Ok(begun.execute(pool).await?.rows_affected() == 1)
}

/// Takes a sign-in up: nobody can a second time.
pub async fn take(
    executor: impl PgExecutor<'_>,
    secret: &str,
    since: DateTime<Utc>,
) -> Result<Option<SignOn>, StoreError> {
    let taken = sqlx::query_as!(
        SignOn,
        "delete from sign_on where secret_digest = $1 and begun_at >= $2 returning next, previous_digest as previous",
        &digest(secret)[..],
        since,
    );
    Ok(taken.fetch_optional(executor).await?)
}
