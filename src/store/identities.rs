//! Who somebody is at a provider of identities.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{accounts::Refusal, error::StoreError, pool::Pool};

/// An identity, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub id: Uuid,
    pub account: Uuid,
    /// The account's e-mail address.
    pub email: String,
    pub issuer: String,
    pub subject: String,
    pub linked_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
}

macro_rules! query_identities {
    ($tail:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            Identity,
            r#"
            select i.id, i.account_id as account, a.email, i.issuer, i.subject, i.linked_at, i.last_used_at
            from identity i
            join account a on a.id = i.account_id
            "# + $tail
            $(, $argument)*
        )
    };
}

/// Every identity, by the accounts' e-mail addresses.
pub async fn list(pool: &Pool) -> Result<Vec<Identity>, StoreError> {
    Ok(query_identities!("order by lower(a.email), i.issuer").fetch_all(pool).await?)
}

/// An identity by its own id.
pub async fn by_id(executor: impl PgExecutor<'_>, id: Uuid) -> Result<Option<Identity>, StoreError> {
    Ok(query_identities!("where i.id = $1", id).fetch_optional(executor).await?)
}

/// An identity by what the provider calls it.
pub async fn find(
    executor: impl PgExecutor<'_>,
    (issuer, subject): (&str, &str),
) -> Result<Option<Identity>, StoreError> {
    Ok(query_identities!("where i.issuer = $1 and i.subject = $2", issuer, subject).fetch_optional(executor).await?)
}

/// Has whoever else signs in for the first time wait: two who come at once must not both find nobody.
pub async fn lock(connection: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('identity', 0))").execute(connection).await?;
    Ok(())
}

/// Links an identity to an account; `false` where the account has another one of this provider.
pub async fn insert(
    connection: &mut PgConnection,
    (id, account): (Uuid, Uuid),
    (issuer, subject): (&str, &str),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let stored = sqlx::query!(
        r#"
        insert into identity (id, account_id, issuer, subject, linked_at, last_used_at)
        values ($1, $2, $3, $4, $5, $5)
        on conflict (account_id, issuer) do nothing
        "#,
        id,
        account,
        issuer,
        subject,
        now,
    );
    Ok(stored.execute(connection).await?.rows_affected() == 1)
}

/// Notes that somebody signed in by an identity.
pub async fn used(connection: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!("update identity set last_used_at = $2 where id = $1", id, now).execute(connection).await?;
    Ok(())
}

/// Takes an identity from its account, and ends the sessions that began by it.
pub async fn delete(connection: &mut PgConnection, id: Uuid) -> Result<Result<(), Refusal>, StoreError> {
    super::accounts::refused(sqlx::query!("delete from identity where id = $1", id).execute(connection).await)
}
