//! The audit log, read: all of it for admins, and what was done to developments for all staff. Its entries are numbered without gaps
//! in the order of commits.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{error::StoreError, pool::Pool};
use crate::domain::{
    act::Act,
    id::{DevelopmentId, SourceId},
    page::{Page, Window},
    position::Position,
    viewer::Staff,
};

/// The channel on which a commit wakes those who follow the history. Its payload says nothing.
pub const CHANNEL: &str = "tracker_history";

/// How many entries are read at a time when someone catches up.
const CATCH_UP_ROWS: i64 = 200;

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// 1, 2, 3 … without a gap.
    pub number: i64,
    pub at: DateTime<Utc>,
    pub act: Act,
    /// The actor's name at the time.
    pub actor: String,
    /// `None` at the command line, and for the tracker itself.
    pub actor_id: Option<Uuid>,
    pub address: Option<IpAddr>,
    pub development: Option<DevelopmentId>,
    pub revision_before: Option<i32>,
    pub revision: Option<i32>,
    pub position: Option<Position>,
    pub comment: Option<String>,
    pub source: Option<SourceId>,
    /// The name of the account or token that was acted upon.
    pub subject: Option<String>,
}

/// Which entries are wanted; `None` asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    pub development: Option<DevelopmentId>,
    /// Only acts upon developments.
    pub developments_only: bool,
    pub acts: Option<Vec<Act>>,
    /// The exact name of the actor.
    pub actor: Option<String>,
    pub since: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
}

struct Row {
    number: i64,
    at: DateTime<Utc>,
    act: String,
    actor: String,
    actor_id: Option<Uuid>,
    address: Option<String>,
    development: Option<DevelopmentId>,
    revision_before: Option<i32>,
    revision: Option<i32>,
    position: Option<Position>,
    comment: Option<String>,
    source: Option<SourceId>,
    subject: Option<String>,
}

impl TryFrom<Row> for AuditEntry {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let address = row.address.map(|address| address.parse()).transpose();
        Ok(Self {
            number: row.number,
            at: row.at,
            act: Act::named(&row.act),
            actor: row.actor,
            actor_id: row.actor_id,
            address: address.map_err(|_| StoreError::Corrupt("an address that is none"))?,
            development: row.development,
            revision_before: row.revision_before,
            revision: row.revision,
            position: row.position,
            comment: row.comment,
            source: row.source,
            subject: row.subject,
        })
    }
}

macro_rules! query_entries {
    ([$($tail:literal)+], $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"
            select
                e.id as number,
                e.at,
                e.act,
                e.actor,
                e.actor_id,
                host(e.address) as address,
                e.development_id as "development?: DevelopmentId",
                e.revision_before,
                e.revision,
                e.position as "position?: Position",
                e.comment,
                e.source_id as "source?: SourceId",
                coalesce(
                    (select t.name from api_token t where t.id = e.subject_id),
                    (select a.name from account a where a.id = e.subject_id)
                ) as subject
            from audit_entry e
            "# $(+ $tail)+,
            $($argument),+
        )
    };
}

/// A page of the history, newest first. Only for those who are signed in: what an entry may tell to whom is for the caller to know.
pub async fn page(
    pool: &Pool,
    _reader: &Staff,
    filter: &HistoryFilter,
    window: &Window<i64>,
) -> Result<Page<AuditEntry>, StoreError> {
    macro_rules! query_page {
        ($order:literal) => {
            query_entries!(
                [r#"
                where ($1::bigint is null or e.id < $1)
                    and ($2::bigint is null or e.id > $2)
                    and ($3::uuid is null or e.development_id = $3)
                    and (not $4 or e.development_id is not null)
                    and ($5::text[] is null or e.act = any($5))
                    and ($6::text is null or e.actor = $6)
                    and ($7::timestamptz is null or e.at >= $7)
                    and ($8::timestamptz is null or e.at < $8)
                "# $order],
                window.after,
                window.before,
                filter.development.map(|id| id.0),
                filter.developments_only,
                filter.acts.as_deref() as Option<&[Act]>,
                filter.actor,
                filter.since,
                filter.until,
                window.fetch(),
            )
            .fetch_all(pool)
            .await?
        };
    }
    let rows = if window.from_end {
        query_page!("order by e.id limit $9")
    } else {
        query_page!("order by e.id desc limit $9")
    };
    let entries: Vec<AuditEntry> = rows.into_iter().map(AuditEntry::try_from).collect::<Result<_, _>>()?;
    Ok(Page::of(window, entries))
}

/// What was done to developments after an entry, in order.
pub async fn after(pool: &Pool, _reader: &Staff, number: i64) -> Result<Vec<AuditEntry>, StoreError> {
    let rows = query_entries!(
        ["where e.id > $1 and e.development_id is not null order by e.id limit $2"],
        number,
        CATCH_UP_ROWS,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(AuditEntry::try_from).collect()
}

/// The number of the newest entry; 0 before the first.
pub async fn head(pool: &Pool) -> Result<i64, StoreError> {
    let number = sqlx::query_scalar!("select number from audit_head").fetch_one(pool).await?;
    Ok(number)
}
