//! Revisions, stored: each save of a development's content is a row that never changes; what changes is how far it has come. Each
//! function is a statement or two of the transaction that `ledger/` composes.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{audit::Actor, columns::codes, error::StoreError, pool::Pool};
use crate::domain::{
    country::CountryCode,
    development::{AgreementForm, AskStage, Details, Kind, State},
    draft::Draft,
    edtf::Edtf,
    id::{DevelopmentId, SourceId},
    money::Money,
    people::People,
    source::NewCitation,
};

/// The newest revision of a development, and the one that readers see, under a lock that keeps them so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub country: CountryCode,
    pub kind: Kind,
    pub revision: i32,
    pub state: State,
    /// The actor who wrote the newest; `None` at the command line.
    pub author_id: Option<Uuid>,
    pub author: Option<String>,
    pub written_at: DateTime<Utc>,
    /// When the development was first recorded.
    pub recorded_at: DateTime<Utc>,
    /// Whether the newest has a note for readers, or corrects a trifle only.
    pub is_explained: bool,
    pub cites: bool,
    pub published: Option<PublishedHead>,
}

/// The revision that readers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedHead {
    pub revision: i32,
    pub retracted: bool,
}

/// Locks a development against all other acts on it, and tells where it stands; `None` if there is none with this id.
pub async fn lock(connection: &mut PgConnection, id: DevelopmentId) -> Result<Option<Head>, StoreError> {
    let found = sqlx::query_scalar!("select 1 from development where id = $1 for no key update", id.0)
        .fetch_optional(&mut *connection)
        .await?;
    if found.is_none() {
        return Ok(None);
    }
    // A statement of its own: it sees what was committed while the lock was waited for.
    let row = sqlx::query!(
        r#"
        select
            r.country_code as "country: CountryCode",
            r.kind as "kind: Kind",
            r.revision,
            r.state as "state: State",
            r.author_id,
            r.author,
            r.created_at,
            (select d.created_at from development d where d.id = r.development_id) as "recorded_at!",
            (r.note is not null or r.minor) as "is_explained!",
            exists (
                select from citation c where c.development_id = r.development_id and c.revision = r.revision
            ) as "cites!",
            p.revision as "published?",
            p.retracted as "retracted?"
        from development_revision r
        left join development_revision p on p.development_id = r.development_id and upper_inf(p.visible)
        where r.development_id = $1
        order by r.revision desc
        limit 1
        "#,
        id.0,
    )
    .fetch_one(connection)
    .await?;
    let published = row.published.zip(row.retracted).map(|(revision, retracted)| PublishedHead { revision, retracted });
    Ok(Some(Head {
        country: row.country,
        kind: row.kind,
        revision: row.revision,
        state: row.state,
        author_id: row.author_id,
        author: row.author,
        written_at: row.created_at,
        recorded_at: row.recorded_at,
        is_explained: row.is_explained,
        cites: row.cites,
        published,
    }))
}

/// Says how far a working copy has come.
pub async fn set_state(
    connection: &mut PgConnection,
    (id, revision): (DevelopmentId, i32),
    state: State,
    publish_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update development_revision set state = $3, publish_at = $4 where development_id = $1 and revision = $2",
        id.0,
        revision,
        state as State,
        publish_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Marks the working copy of a development, if there is one, as replaced.
pub async fn supersede(connection: &mut PgConnection, id: DevelopmentId) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        update development_revision
        set state = 'SUPERSEDED', publish_at = null
        where development_id = $1 and state in ('DRAFT', 'IN_REVIEW', 'SCHEDULED')
        "#,
        id.0,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The next working copy whose moment has come, locked; one that another server is about to publish is passed over.
pub async fn next_due(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
) -> Result<Option<(DevelopmentId, i32)>, StoreError> {
    let due = sqlx::query!(
        r#"
        select d.id as "id: DevelopmentId", r.revision
        from development_revision r
        join development d on d.id = r.development_id
        where r.state = 'SCHEDULED' and r.publish_at <= $1
        order by r.publish_at, d.id
        limit 1
        for no key update of d, r skip locked
        "#,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(due.map(|row| (row.id, row.revision)))
}

/// When the next working copy is to be published.
pub async fn next_moment(pool: &Pool) -> Result<Option<DateTime<Utc>>, StoreError> {
    let moment = sqlx::query_scalar!("select min(publish_at) from development_revision where state = 'SCHEDULED'")
        .fetch_one(pool)
        .await?;
    Ok(moment)
}

/// What is stored with the first revision of a development.
#[derive(Debug, Clone, Copy)]
pub struct Identity<'a> {
    /// When the development was first recorded.
    pub recorded_at: DateTime<Utc>,
    /// The key under which a file brought it.
    pub import_key: Option<&'a str>,
}

/// What is stored with a draft beyond the draft itself.
#[derive(Debug, Clone)]
pub struct NewRevision<'a> {
    pub id: DevelopmentId,
    /// `None` where the development is stored already.
    pub identity: Option<Identity<'a>>,
    pub revision: i32,
    pub effective_day: NaiveDate,
    pub author: &'a Actor,
    /// What a correction says to readers.
    pub note: Option<&'a str>,
    pub minor: bool,
    /// Whether readers have seen another content before.
    pub corrected: bool,
    pub now: DateTime<Utc>,
}

/// Stores a draft as a revision, seen by staff only, in one statement. The ids of its sources come in the order of its citations.
pub async fn insert(
    connection: &mut PgConnection,
    new: &NewRevision<'_>,
    draft: &Draft,
    sources: &[SourceId],
) -> Result<(), StoreError> {
    let columns = Columns::of(&draft.details);
    let cited = Cited::of(&draft.citations, sources);
    sqlx::query!(
        r#"
        with identity as (
            insert into development (id, country_code, kind, created_at, import_key)
            select $1, $3, $4, $31, $32
            where $31::timestamptz is not null
        ), nationalities as (
            insert into development_nationality (development_id, revision, ordinal, country_code)
            select $1, $2, ordinal - 1, code
            from unnest($33::text[]) with ordinality wanted (code, ordinal)
        ), citations as (
            insert into citation (development_id, revision, ordinal, source_id, locator, quote)
            select $1, $2, ordinal - 1, source_id, locator, quote
            from unnest($34::uuid[], $35::text[], $36::text[]) with ordinality
                as given (source_id, locator, quote, ordinal)
        )
        insert into development_revision (
            development_id, revision, country_code, kind, state, created_at,
            author_id, author, note, minor, corrected,
            occurred, occurred_earliest, occurred_latest, effective_day, summary, affects_status,
            stage, people_exactly, people_about, people_at_least, people_at_most, people_in_words,
            amount, currency, terms, form, court, disputes_id, denied_by, ended_by
        )
        values (
            $1, $2, $3, $4, 'DRAFT', $5,
            $6, $7, $8, $9, $10,
            $11, $12, $13, $14, $15, $16,
            $17, $18, $19, $20, $21, $22,
            $23, $24, $25, $26, $27, $28, $29, $30
        )
        "#,
        new.id.0,
        new.revision,
        draft.country.as_str(),
        draft.details.kind() as Kind,
        new.now,
        new.author.id,
        new.author.id.map(|_| new.author.name.as_str()),
        new.note,
        new.minor,
        new.corrected,
        draft.occurred.as_ref().map(Edtf::text),
        draft.occurred.as_ref().and_then(Edtf::earliest),
        draft.occurred.as_ref().and_then(Edtf::latest),
        new.effective_day,
        draft.summary,
        draft.affects_status,
        columns.stage as Option<AskStage>,
        columns.people.and_then(People::exactly),
        columns.people.and_then(People::about),
        columns.people.and_then(People::at_least),
        columns.people.and_then(People::at_most),
        columns.people.and_then(People::in_words),
        columns.amount.map(|amount| amount.value()),
        columns.amount.map(|amount| amount.currency().to_owned()),
        columns.terms,
        columns.form as Option<AgreementForm>,
        columns.court,
        columns.disputes.map(|id| id.0),
        columns.denied_by,
        columns.ended_by,
        new.identity.map(|identity| identity.recorded_at),
        new.identity.and_then(|identity| identity.import_key),
        &codes(columns.nationalities),
        &cited.sources,
        &cited.locators as &[Option<String>],
        &cited.quotes as &[Option<String>],
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores the content of a revision again as a new one, retracted, with the reason.
pub async fn insert_retraction(
    connection: &mut PgConnection,
    (id, retracted): (DevelopmentId, i32),
    revision: i32,
    (author, reason): (&Actor, &str),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        with retraction as (
            insert into development_revision (
                development_id, revision, country_code, kind, state, created_at,
                author_id, author, note, retracted, corrected,
                occurred, occurred_earliest, occurred_latest, effective_day, summary, affects_status,
                stage, people_exactly, people_about, people_at_least, people_at_most, people_in_words,
                amount, currency, terms, form, court, disputes_id, denied_by, ended_by
            )
            select
                development_id, $3, country_code, kind, 'DRAFT', $4,
                $5, $6, $7, true, corrected,
                occurred, occurred_earliest, occurred_latest, effective_day, summary, affects_status,
                stage, people_exactly, people_about, people_at_least, people_at_most, people_in_words,
                amount, currency, terms, form, court, disputes_id, denied_by, ended_by
            from development_revision
            where development_id = $1 and revision = $2
        ), nationalities as (
            insert into development_nationality (development_id, revision, ordinal, country_code)
            select development_id, $3, ordinal, country_code
            from development_nationality
            where development_id = $1 and revision = $2
        )
        insert into citation (development_id, revision, ordinal, source_id, locator, quote)
        select development_id, $3, ordinal, source_id, locator, quote
        from citation
        where development_id = $1 and revision = $2
        "#,
        id.0,
        retracted,
        revision,
        now,
        author.id,
        author.id.map(|_| author.name.as_str()),
        reason,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Citations, spread over the columns.
struct Cited {
    sources: Vec<Uuid>,
    locators: Vec<Option<String>>,
    quotes: Vec<Option<String>>,
}

impl Cited {
    fn of(citations: &[NewCitation], sources: &[SourceId]) -> Self {
        Self {
            sources: sources.iter().map(|source| source.0).collect(),
            locators: citations.iter().map(|citation| citation.locator.clone()).collect(),
            quotes: citations.iter().map(|citation| citation.quote.clone()).collect(),
        }
    }
}

/// A kind's details, spread over the columns.
#[derive(Default)]
struct Columns<'a> {
    stage: Option<AskStage>,
    people: Option<&'a People>,
    amount: Option<&'a Money>,
    terms: Option<&'a str>,
    form: Option<AgreementForm>,
    court: Option<&'a str>,
    disputes: Option<DevelopmentId>,
    denied_by: Option<&'a str>,
    ended_by: Option<&'a str>,
    nationalities: &'a [CountryCode],
}

impl<'a> Columns<'a> {
    fn of(details: &'a Details) -> Self {
        match details {
            Details::Ask { stage, people } => Self { stage: *stage, people: people.as_ref(), ..Self::default() },
            Details::Talks | Details::Refusal => Self::default(),
            Details::Agreement { people, terms, form } => {
                Self { people: people.as_ref(), terms: terms.as_deref(), form: *form, ..Self::default() }
            }
            Details::Payment { amount, people, nationalities } => {
                Self { amount: amount.as_ref(), people: people.as_ref(), nationalities, ..Self::default() }
            }
            Details::Transfer { people, nationalities } => {
                Self { people: people.as_ref(), nationalities, ..Self::default() }
            }
            Details::CourtOrder { court } => Self { court: court.as_deref(), ..Self::default() },
            Details::Denial { disputes, denied_by } => {
                Self { disputes: Some(*disputes), denied_by: Some(denied_by), ..Self::default() }
            }
            Details::Termination { ended_by } => Self { ended_by: ended_by.as_deref(), ..Self::default() },
        }
    }
}
