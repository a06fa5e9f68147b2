//! Writing the content of a development: each time a new row.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    domain::{
        country::CountryCode,
        development::{AgreementForm, AskStage, Details, Kind, State},
        draft::Draft,
        edtf::Edtf,
        id::{DevelopmentId, SourceId},
        money::Money,
        people::People,
        position::Position,
        source::NewCitation,
    },
    store::{
        audit::Actor,
        columns::codes,
        conclusion::{Conclusion, query_conclusion},
        error::StoreError,
    },
};

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
    /// When it is to be published; `None`: it is a draft.
    pub publish_at: Option<DateTime<Utc>>,
    pub now: DateTime<Utc>,
}

/// Stores a draft as a revision, seen by staff only, and with it ends the act that writes it, if it ends so, in one statement; answers with the
/// position of the publication, if it is one. The ids of its sources come in the order of its citations.
pub async fn insert(
    connection: &mut PgConnection,
    new: &NewRevision<'_>,
    draft: &Draft,
    sources: &[SourceId],
    conclusion: Option<&Conclusion<'_>>,
) -> Result<Option<Position>, StoreError> {
    let columns = Columns::of(&draft.details);
    let cited = Cited::of(&draft.citations, sources);
    let state = if new.publish_at.is_some() { State::Scheduled } else { State::Draft };
    let shown = query_conclusion!(
        r#"
        identity as (
            insert into development (id, country_code, kind, created_at, import_key)
            select $15, $17, $18, $47, $48
            where $47::timestamptz is not null
            returning id
        ), nationalities as (
            insert into development_nationality (development_id, revision, ordinal, country_code)
            select $15, $16, ordinal - 1, code
            from unnest($49::text[]) with ordinality wanted (code, ordinal)
        ), citations as (
            insert into citation (development_id, revision, ordinal, source_id, locator, quote)
            select $15, $16, ordinal - 1, source_id, locator, quote
            from unnest($50::uuid[], $51::text[], $52::text[]) with ordinality
                as given (source_id, locator, quote, ordinal)
            returning ordinal
        ), stored as (
            insert into development_revision (
                development_id, revision, country_code, kind, state, publish_at, created_at,
                author_id, author, note, minor, corrected,
                occurred, occurred_earliest, occurred_latest, effective_day, summary, affects_status,
                stage, people_exactly, people_about, people_at_least, people_at_most, people_in_words,
                amount, currency, terms, form, court, disputes_id, denied_by, ended_by
            )
            select
                $15, $16, $17, $18, $19, $20, $21,
                $22, $23, $24, $25, $26,
                $27, $28, $29, $30, $31, $32,
                $33, $34, $35, $36, $37, $38,
                $39, $40, $41, $42, $43, $44, $45, $46
            -- Whoever publishes it looks at both.
            from (select count(*) from identity) first
            cross join (select count(*) from citations) second
            returning development_id, revision, country_code
        )
        "#,
        conclusion,
        connection,
        new.id.0,
        new.revision,
        draft.country.as_str(),
        draft.details.kind() as Kind,
        state as State,
        new.publish_at,
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
    );
    Ok(shown)
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
