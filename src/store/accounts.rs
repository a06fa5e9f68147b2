//! Accounts, the links by which their passwords are set, and attempts to sign in.

use chrono::{DateTime, Utc};
use ipnet::IpNet;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{error::StoreError, pool::Pool, tokens::digest};
use crate::domain::{account::Account, viewer::Role};

/// An account as whoever changes it needs it.
#[derive(Debug, Clone)]
pub struct Head {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// As a PHC string; `None` until an invitation has been taken.
    pub password_hash: Option<String>,
    pub is_active: bool,
}

/// A rule of the database refused what was asked of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody would be left who can manage people.
    LastAdmin,
}

/// How often somebody tried lately.
#[derive(Debug, Clone, Copy)]
pub struct Attempts {
    /// From the same network, whoever they tried to be.
    pub from_address: i64,
    /// With the same e-mail address, wherever they came from.
    pub with_email: i64,
    /// Whether the account was signed in to from this network before.
    pub is_known: bool,
}

struct Row {
    email: String,
    name: String,
    role: Role,
    has_password: bool,
    has_identity: bool,
    created_at: DateTime<Utc>,
    deactivated_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        let Row { email, name, role, has_password, has_identity, created_at, deactivated_at, last_used_at } = row;
        Self { email, name, role, has_password, has_identity, created_at, deactivated_at, last_used_at }
    }
}

macro_rules! query_accounts {
    ($tail:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"
            select
                a.email,
                a.name,
                a.role as "role: Role",
                a.password_hash is not null as "has_password!",
                exists (select from identity i where i.account_id = a.id) as "has_identity!",
                a.created_at,
                a.deactivated_at,
                (select max(s.last_used_at) from session s where s.account_id = a.id) as last_used_at
            from account a
            "# + $tail
            $(, $argument)*
        )
    };
}

/// Every account, by name.
pub async fn list(pool: &Pool) -> Result<Vec<Account>, StoreError> {
    let rows = query_accounts!("order by lower(a.name), a.email").fetch_all(pool).await?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// An account by its identity, without its secrets.
pub async fn by_id(executor: impl PgExecutor<'_>, id: Uuid) -> Result<Option<Account>, StoreError> {
    Ok(query_accounts!("where a.id = $1", id).fetch_optional(executor).await?.map(Account::from))
}

/// An account by its e-mail address, however that is written.
pub async fn head(executor: impl PgExecutor<'_>, email: &str) -> Result<Option<Head>, StoreError> {
    // A character that no text of the database can hold.
    if email.contains('\0') {
        return Ok(None);
    }
    let head = sqlx::query_as!(
        Head,
        r#"
        select id, email, name, role as "role: Role", password_hash, deactivated_at is null as "is_active!"
        from account
        where lower(email) = lower($1)
        "#,
        email,
    );
    Ok(head.fetch_optional(executor).await?)
}

/// An account as it is now, and as it stays until the transaction ends: what was known of it before may have changed.
pub async fn hold(connection: &mut PgConnection, id: Uuid) -> Result<Option<Head>, StoreError> {
    let head = sqlx::query_as!(
        Head,
        r#"
        select id, email, name, role as "role: Role", password_hash, deactivated_at is null as "is_active!"
        from account
        where id = $1
        for share
        "#,
        id,
    );
    Ok(head.fetch_optional(connection).await?)
}

/// Stores an account without a password; `false` where there is one with this e-mail address.
pub async fn insert(
    connection: &mut PgConnection,
    id: Uuid,
    (email, name, role): (&str, &str, Role),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let stored = sqlx::query!(
        r#"
        with actor as (
            insert into actor (id) values ($1)
        )
        insert into account (id, email, name, role, created_at)
        values ($1, $2, $3, $4, $5)
        on conflict (lower(email)) do nothing
        "#,
        id,
        email,
        name,
        role as Role,
        now,
    );
    Ok(stored.execute(connection).await?.rows_affected() == 1)
}

/// Has whoever else wants to change an admin wait. All take the rows in the same order, so that two who dismiss each other do not wait for each
/// other for ever.
pub async fn lock_admins(connection: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("select id from account where role = 'ADMIN' and deactivated_at is null order by id for update")
        .fetch_all(connection)
        .await?;
    Ok(())
}

/// Gives an account another role.
pub async fn set_role(connection: &mut PgConnection, id: Uuid, role: Role) -> Result<Result<(), Refusal>, StoreError> {
    let changed = sqlx::query!("update account set role = $2 where id = $1", id, role as Role);
    refused(changed.execute(connection).await)
}

/// Ends or restores an account's access.
pub async fn set_deactivated(
    connection: &mut PgConnection,
    id: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<Result<(), Refusal>, StoreError> {
    let changed = sqlx::query!("update account set deactivated_at = $2 where id = $1", id, at);
    refused(changed.execute(connection).await)
}

pub(super) fn refused<T>(outcome: Result<T, sqlx::Error>) -> Result<Result<(), Refusal>, StoreError> {
    match outcome {
        Ok(_) => Ok(Ok(())),
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("account_keeps_an_admin") => {
            Ok(Err(Refusal::LastAdmin))
        }
        Err(error) => Err(error.into()),
    }
}

/// Sets a password by its hash.
pub async fn set_password(connection: &mut PgConnection, id: Uuid, hash: &str) -> Result<(), StoreError> {
    sqlx::query!("update account set password_hash = $2 where id = $1", id, hash).execute(connection).await?;
    Ok(())
}

/// Whether an account still has the password that it had, and may be used; if so, both stay until the transaction ends.
pub async fn holds_password(connection: &mut PgConnection, head: &Head) -> Result<bool, StoreError> {
    let held = sqlx::query!(
        r#"
        select id from account
        where id = $1 and password_hash is not distinct from $2 and deactivated_at is null
        for no key update
        "#,
        head.id,
        head.password_hash,
    );
    Ok(held.fetch_optional(connection).await?.is_some())
}

/// Stores a link by which a password may be set, in the place of an earlier one.
pub async fn put_link(
    connection: &mut PgConnection,
    account: Uuid,
    secret: &str,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        insert into account_link (account_id, secret_digest, expires_at)
        values ($1, $2, $3)
        on conflict (account_id) do update
        set secret_digest = excluded.secret_digest, expires_at = excluded.expires_at
        "#,
        account,
        &digest(secret)[..],
        expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Uses a link up, and answers with whose it was, if it was good.
pub async fn take_link(
    connection: &mut PgConnection,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<Option<Head>, StoreError> {
    let head = sqlx::query_as!(
        Head,
        r#"
        with taken as (
            delete from account_link
            where secret_digest = $1 and expires_at > $2
            returning account_id
        )
        select id, email, name, role as "role: Role", password_hash, true as "is_active!"
        from account
        where id = (select account_id from taken) and deactivated_at is null
        "#,
        &digest(secret)[..],
        now,
    );
    Ok(head.fetch_optional(connection).await?)
}

/// Drops the link of an account, where there is one.
pub async fn drop_link(connection: &mut PgConnection, account: Uuid) -> Result<(), StoreError> {
    sqlx::query!("delete from account_link where account_id = $1", account).execute(connection).await?;
    Ok(())
}

/// Takes an attempt down before it is made, so that of many at once each is counted, and tells how many there were since.
pub async fn begin_attempt(
    pool: &Pool,
    (id, email): (Uuid, &str),
    network: Option<IpNet>,
    (since, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Attempts, StoreError> {
    let email_digest = digest(&email.to_lowercase());
    let network = network.map(|network| network.to_string());
    sqlx::query!(
        r#"
        with forgotten as (
            delete from sign_in_attempt where at < $5
        )
        insert into sign_in_attempt (id, email_digest, address, at)
        values ($1, $2, $3::text::inet, $4)
        "#,
        id,
        &email_digest[..],
        network.as_deref(),
        now,
        since,
    )
    .execute(pool)
    .await?;
    let attempts = sqlx::query_as!(
        Attempts,
        r#"
        select
            (
                select count(*) from sign_in_attempt
                where address is not distinct from $2::text::inet and at >= $3
            ) as "from_address!",
            (select count(*) from sign_in_attempt where email_digest = $1 and at >= $3) as "with_email!",
            exists (
                select from account a
                join audit_entry e on e.actor_id = a.id and e.act = 'SIGN_IN' and e.address <<= $2::text::inet
                where lower(a.email) = lower($4)
            ) as "is_known!"
        "#,
        &email_digest[..],
        network.as_deref(),
        since,
        email,
    )
    .fetch_one(pool)
    .await?;
    Ok(attempts)
}

/// Forgets an attempt that succeeded, and those that failed before it from the same place.
pub async fn forget_attempts(executor: impl PgExecutor<'_>, id: Uuid) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        delete from sign_in_attempt other
        using sign_in_attempt this
        where this.id = $1
            and other.email_digest = this.email_digest
            and other.address is not distinct from this.address
        "#,
        id,
    )
    .execute(executor)
    .await?;
    Ok(())
}
