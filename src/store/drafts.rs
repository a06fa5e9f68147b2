//! Drafts, stored: what the database knows of the things that they name, and developments with their sources and citations, seen by
//! staff only. Each function is a statement or two of the transaction that `ledger/` composes.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{columns::codes, error::StoreError};
use crate::domain::{
    country::CountryCode,
    development::{AgreementForm, AskStage, Details, Kind},
    draft::Draft,
    edtf::Edtf,
    id::{DevelopmentId, SourceId},
    money::Money,
    people::People,
    source::{NewCitation, NewSource, SourceKind},
};

/// Which of several codes name no country.
pub async fn unknown_countries(
    connection: &mut PgConnection,
    wanted: &[CountryCode],
) -> Result<Vec<CountryCode>, StoreError> {
    let unknown = sqlx::query_scalar!(
        r#"
        select code as "code!: CountryCode"
        from unnest($1::text[]) code
        where not exists (select from country c where c.code = code.code)
        "#,
        &codes(wanted),
    )
    .fetch_all(connection)
    .await?;
    Ok(unknown)
}

/// The country of a development, and whether readers see it; `None` if there is none with this id.
pub async fn find_development(
    connection: &mut PgConnection,
    id: DevelopmentId,
) -> Result<Option<(CountryCode, bool)>, StoreError> {
    let row = sqlx::query!(
        r#"
        select
            d.country_code as "country: CountryCode",
            exists (
                select from development_revision r where r.development_id = d.id and upper_inf(r.visible)
            ) as "published!"
        from development d
        where d.id = $1
        "#,
        id.0,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.country, row.published)))
}

/// When a stored source was published; `None` if there is no such source.
pub async fn find_source(connection: &mut PgConnection, id: SourceId) -> Result<Option<Option<Edtf>>, StoreError> {
    let published_on = sqlx::query_scalar!(
        r#"
        select published_on as "published_on?: Edtf"
        from source_version
        where source_id = $1
        order by version desc
        limit 1
        "#,
        id.0,
    )
    .fetch_optional(connection)
    .await?;
    Ok(published_on)
}

/// The stored source that says the same of itself, in every part.
pub async fn find_equal_source(
    connection: &mut PgConnection,
    source: &NewSource,
) -> Result<Option<SourceId>, StoreError> {
    let id = sqlx::query_scalar!(
        r#"
        select source_id as "id: SourceId"
        from source_version
        where md5(title) = md5($1)
            and (visible is null or upper_inf(visible))
            and (kind, title) = ($2, $1)
            and publisher is not distinct from $3
            and url is not distinct from $4
            and archived_url is not distinct from $5
            and attribution is not distinct from $6
            and published_on is not distinct from $7
        order by visible is null, source_id
        limit 1
        "#,
        source.title,
        source.kind as SourceKind,
        source.publisher,
        source.url,
        source.archived_url,
        source.attribution,
        source.published_on.as_ref().map(Edtf::text),
    )
    .fetch_optional(connection)
    .await?;
    Ok(id)
}

pub async fn insert_source(
    connection: &mut PgConnection,
    id: SourceId,
    source: &NewSource,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        with identity as (insert into source (id, created_at) values ($1, $2) returning id)
        insert into source_version
            (source_id, version, kind, publisher, title, url, archived_url, attribution, published_on)
        select id, 1, $3, $4, $5, $6, $7, $8, $9
        from identity
        "#,
        id.0,
        now,
        source.kind as SourceKind,
        source.publisher,
        source.title,
        source.url,
        source.archived_url,
        source.attribution,
        source.published_on.as_ref().map(Edtf::text),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What is stored with a draft's first revision beyond the draft itself.
#[derive(Debug, Clone)]
pub struct FirstRevision<'a> {
    pub id: DevelopmentId,
    pub effective_day: NaiveDate,
    /// The key under which a file brought it.
    pub import_key: Option<&'a str>,
    pub now: DateTime<Utc>,
}

/// Stores a draft as revision 1 of a new development, seen by staff only. The ids of its sources come in the order of its
/// citations.
pub async fn insert_development(
    connection: &mut PgConnection,
    first: &FirstRevision<'_>,
    draft: &Draft,
    sources: &[SourceId],
) -> Result<(), StoreError> {
    let columns = Columns::of(&draft.details);
    sqlx::query!(
        r#"
        with identity as (
            insert into development (id, country_code, kind, created_at, import_key)
            values ($1, $2, $3, $4, $5)
            returning id, country_code, kind, created_at
        )
        insert into development_revision (
            development_id, revision, country_code, kind, state, created_at,
            occurred, occurred_earliest, occurred_latest, effective_day, summary, affects_status,
            stage, people_exactly, people_about, people_at_least, people_at_most, people_in_words,
            amount, currency, terms, form, court, disputes_id, denied_by, ended_by
        )
        select
            id, 1, country_code, kind, 'DRAFT', created_at,
            $6, $7, $8, $9, $10, $11,
            $12, $13, $14, $15, $16, $17,
            $18, $19, $20, $21, $22, $23, $24, $25
        from identity
        "#,
        first.id.0,
        draft.country.as_str(),
        draft.details.kind() as Kind,
        first.now,
        first.import_key,
        draft.occurred.as_ref().map(Edtf::text),
        draft.occurred.as_ref().and_then(Edtf::earliest),
        draft.occurred.as_ref().and_then(Edtf::latest),
        first.effective_day,
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
    )
    .execute(&mut *connection)
    .await?;
    insert_nationalities(connection, first.id, columns.nationalities).await?;
    insert_citations(connection, first.id, &draft.citations, sources).await
}

async fn insert_nationalities(
    connection: &mut PgConnection,
    id: DevelopmentId,
    nationalities: &[CountryCode],
) -> Result<(), StoreError> {
    if nationalities.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"
        insert into development_nationality (development_id, revision, ordinal, country_code)
        select $1, 1, ordinal - 1, code
        from unnest($2::text[]) with ordinality wanted (code, ordinal)
        "#,
        id.0,
        &codes(nationalities),
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_citations(
    connection: &mut PgConnection,
    id: DevelopmentId,
    citations: &[NewCitation],
    sources: &[SourceId],
) -> Result<(), StoreError> {
    let sources: Vec<Uuid> = sources.iter().map(|source| source.0).collect();
    let locators: Vec<Option<String>> = citations.iter().map(|citation| citation.locator.clone()).collect();
    let quotes: Vec<Option<String>> = citations.iter().map(|citation| citation.quote.clone()).collect();
    sqlx::query!(
        r#"
        insert into citation (development_id, revision, ordinal, source_id, locator, quote)
        select $1, 1, ordinal - 1, source_id, locator, quote
        from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality
            as given (source_id, locator, quote, ordinal)
        "#,
        id.0,
        &sources,
        &locators as &[Option<String>],
        &quotes as &[Option<String>],
    )
    .execute(connection)
    .await?;
    Ok(())
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

/// The developments that files brought under several keys, or that keys mean by their ids; `ids` come in the order of the keys.
pub async fn find_imported(
    connection: &mut PgConnection,
    keys: &[&str],
    ids: &[Option<DevelopmentId>],
) -> Result<BTreeMap<String, DevelopmentId>, StoreError> {
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    let ids: Vec<Option<Uuid>> = ids.iter().map(|id| id.map(|id| id.0)).collect();
    let rows = sqlx::query!(
        r#"
        select wanted.key as "key!", d.id as "id: DevelopmentId"
        from unnest($1::text[], $2::uuid[]) wanted (key, id)
        join development d on d.import_key = wanted.key or d.id = wanted.id
        order by d.import_key is not distinct from wanted.key
        "#,
        &keys,
        &ids as &[Option<Uuid>],
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.id)).collect())
}

/// Waits until nobody else imports, so that what one finds missing another does not add meanwhile. Holds until the transaction
/// ends, and holds up no editor.
pub async fn take_turn_to_import(connection: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('tracker import'))").execute(connection).await?;
    Ok(())
}
