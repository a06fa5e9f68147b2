//! Developments as a viewer sees them at a position.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use super::{columns::codes, error::StoreError, reader::Reader};
use crate::domain::{
    country::CountryCode,
    cursor::DevelopmentCursor,
    development::{AgreementForm, AskStage, Details, Development, Kind, State},
    edtf::Edtf,
    id::{DevelopmentId, SourceId},
    money::Money,
    page::{Page, Window},
    people::People,
    position::Position,
};

/// Which developments are wanted; `None` asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct DevelopmentFilter {
    pub kinds: Option<Vec<Kind>>,
    pub countries: Option<Vec<CountryCode>>,
    /// Only those that can have happened on or after this day.
    pub occurred_from: Option<NaiveDate>,
    /// Only those that can have happened on or before this day.
    pub occurred_to: Option<NaiveDate>,
    pub source: Option<SourceId>,
    pub disputed: Option<bool>,
}

/// Whether there is any development at all, drafts included: tells nothing of what it is, so it needs no viewer.
pub async fn has_any(pool: &PgPool) -> Result<bool, StoreError> {
    let has_any =
        sqlx::query_scalar!(r#"select exists (select from development) as "exists!""#).fetch_one(pool).await?;
    Ok(has_any)
}

struct Row {
    at: Position,
    id: DevelopmentId,
    revision: i32,
    country_code: CountryCode,
    kind: Kind,
    state: State,
    first_position: Option<Position>,
    published_at: Option<DateTime<Utc>>,
    corrected: bool,
    occurred: Option<Edtf>,
    effective_day: NaiveDate,
    summary: String,
    affects_status: bool,
    retracted: bool,
    disputed: bool,
    stage: Option<AskStage>,
    people_exactly: Option<i32>,
    people_about: Option<i32>,
    people_at_least: Option<i32>,
    people_at_most: Option<i32>,
    people_in_words: Option<String>,
    amount: Option<Decimal>,
    currency: Option<String>,
    terms: Option<String>,
    form: Option<AgreementForm>,
    court: Option<String>,
    disputes_id: Option<DevelopmentId>,
    denied_by: Option<String>,
    ended_by: Option<String>,
    nationalities: Vec<CountryCode>,
}

impl TryFrom<Row> for Development {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            revision: row.revision,
            country: row.country_code,
            state: row.state,
            first_position: row.first_position,
            published_at: row.published_at,
            effective_day: row.effective_day,
            affects_status: row.affects_status,
            corrected: row.corrected,
            retracted: row.retracted,
            disputed: row.disputed,
            details: details(&row)?,
            occurred: row.occurred,
            summary: row.summary,
        })
    }
}

fn details(row: &Row) -> Result<Details, StoreError> {
    let people = People::from_parts(
        row.people_exactly,
        row.people_about,
        row.people_at_least,
        row.people_at_most,
        row.people_in_words.clone(),
    );
    let nationalities = row.nationalities.clone();
    Ok(match row.kind {
        Kind::Ask => Details::Ask { stage: row.stage, people },
        Kind::Talks => Details::Talks,
        Kind::Refusal => Details::Refusal,
        Kind::Agreement => Details::Agreement { people, terms: row.terms.clone(), form: row.form },
        Kind::Payment => {
            let amount = row.amount.zip(row.currency.clone()).map(|(value, currency)| Money::stored(value, currency));
            Details::Payment { amount, people, nationalities }
        }
        Kind::Transfer => Details::Transfer { people, nationalities },
        Kind::CourtOrder => Details::CourtOrder { court: row.court.clone() },
        Kind::Denial => {
            let (disputes, denied_by) = row
                .disputes_id
                .zip(row.denied_by.clone())
                .ok_or(StoreError::Corrupt("a denial without what it disputes"))?;
            Details::Denial { disputes, denied_by }
        }
        Kind::Termination => Details::Termination { ended_by: row.ended_by.clone() },
    })
}

/// Runs a statement over revisions `r`, each as of a position `w.position`; `$tail` says where both come from, which of them are
/// wanted, and in what order.
macro_rules! query_developments {
    ([$($tail:literal)+], $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"
            select
                w.position as "at!: Position",
                r.development_id as "id: DevelopmentId",
                r.revision,
                r.country_code as "country_code: CountryCode",
                r.kind as "kind: Kind",
                r.state as "state: State",
                r.first_position as "first_position?: Position",
                (select c.at from change c where c.position = r.first_position) as published_at,
                coalesce(lower(r.visible) > r.first_position, false) as "corrected!",
                r.occurred as "occurred?: Edtf",
                r.effective_day,
                r.summary,
                r.affects_status,
                r.retracted,
                exists (
                    select from development_revision denial
                    where denial.disputes_id = r.development_id and denial.visible @> w.position and not denial.retracted
                ) as "disputed!",
                r.stage as "stage?: AskStage",
                r.people_exactly,
                r.people_about,
                r.people_at_least,
                r.people_at_most,
                r.people_in_words,
                r.amount,
                r.currency,
                r.terms,
                r.form as "form?: AgreementForm",
                r.court,
                r.disputes_id as "disputes_id?: DevelopmentId",
                r.denied_by,
                r.ended_by,
                array(
                    select n.country_code
                    from development_nationality n
                    where n.development_id = r.development_id and n.revision = r.revision
                    order by n.ordinal
                ) as "nationalities!: Vec<CountryCode>"
            "# $(+ $tail)+,
            $($argument),+
        )
    };
}

impl Reader {
    /// Developments by their ids, each as of a position: the revision visible there, or, for staff, the newest one of what is not
    /// published.
    pub async fn developments_at(
        &self,
        wanted: &[(Position, DevelopmentId)],
    ) -> Result<Vec<(Position, Development)>, StoreError> {
        let (positions, ids) = unzip(wanted);
        let rows = query_developments!(
            [r#"
            from unnest($1::bigint[], $2::uuid[]) w (position, id)
            join development_revision r on r.development_id = w.id
            where r.visible @> w.position
                or ($3 and r.visible is null and not exists (
                    select from development_revision other
                    where other.development_id = r.development_id
                        and (other.visible is not null or other.revision > r.revision)
                ))
            "#],
            &positions,
            &ids,
            self.sees_unpublished(),
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(placed).collect()
    }

    /// A page of the ledger, newest first by effective day, then by first publication.
    pub async fn developments(
        &self,
        filter: &DevelopmentFilter,
        window: &Window<DevelopmentCursor>,
    ) -> Result<Page<Development>, StoreError> {
        let countries = filter.countries.as_deref().map(codes);
        // Two statements, so that either can walk an index.
        macro_rules! query_page {
            ($order:literal) => {
                query_developments!(
                    [r#"
                    from (select $1::bigint) w (position)
                    join development_revision r on r.visible @> w.position
                    where ($2::text[] is null or r.kind = any($2))
                        and ($3::text[] is null or r.country_code = any($3))
                        and ($4::date is null or r.effective_day >= $4)
                        and ($5::date is null or coalesce(r.occurred_earliest, r.effective_day) <= $5)
                        and ($6::uuid is null or exists (
                            select from citation c
                            where c.development_id = r.development_id and c.revision = r.revision and c.source_id = $6
                        ))
                        and ($7::boolean is null or $7 = exists (
                            select from development_revision denial
                            where denial.disputes_id = r.development_id
                                and denial.visible @> w.position
                                and not denial.retracted
                        ))
                        and ($8::date is null or (r.effective_day, r.first_position) < ($8, $9))
                        and ($10::date is null or (r.effective_day, r.first_position) > ($10, $11))
                    "# $order],
                    self.position().0,
                    filter.kinds.as_deref() as Option<&[Kind]>,
                    countries.as_deref() as Option<&[String]>,
                    filter.occurred_from,
                    filter.occurred_to,
                    filter.source.map(|source| source.0),
                    filter.disputed,
                    window.after.map(|cursor| cursor.effective_day),
                    window.after.map(|cursor| cursor.first_position.0),
                    window.before.map(|cursor| cursor.effective_day),
                    window.before.map(|cursor| cursor.first_position.0),
                    window.fetch(),
                )
                .fetch_all(&self.pool)
                .await?
            };
        }
        let rows = if window.from_end {
            query_page!("order by r.effective_day, r.first_position limit $12")
        } else {
            query_page!("order by r.effective_day desc, r.first_position desc limit $12")
        };
        let rows: Vec<Development> = rows.into_iter().map(Development::try_from).collect::<Result<_, _>>()?;
        Ok(Page::of(window, rows))
    }

    /// How many developments a filter admits.
    pub async fn count_developments(&self, filter: &DevelopmentFilter) -> Result<i64, StoreError> {
        let countries = filter.countries.as_deref().map(codes);
        let count = sqlx::query_scalar!(
            r#"
            select count(*) as "count!"
            from development_revision r
            where r.visible @> $1::bigint
                and ($2::text[] is null or r.kind = any($2))
                and ($3::text[] is null or r.country_code = any($3))
                and ($4::date is null or r.effective_day >= $4)
                and ($5::date is null or coalesce(r.occurred_earliest, r.effective_day) <= $5)
                and ($6::uuid is null or exists (
                    select from citation c
                    where c.development_id = r.development_id and c.revision = r.revision and c.source_id = $6
                ))
                and ($7::boolean is null or $7 = exists (
                    select from development_revision denial
                    where denial.disputes_id = r.development_id
                        and denial.visible @> $1::bigint
                        and not denial.retracted
                ))
            "#,
            self.position().0,
            filter.kinds.as_deref() as Option<&[Kind]>,
            countries.as_deref() as Option<&[String]>,
            filter.occurred_from,
            filter.occurred_to,
            filter.source.map(|source| source.0),
            filter.disputed,
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(count)
    }

    /// A window on each of several countries' timelines, each as of a position, newest first: rows for [`Page::of`], a timeline
    /// after the other.
    pub async fn timelines_at(
        &self,
        wanted: &[(Position, CountryCode)],
        window: &Window<DevelopmentCursor>,
    ) -> Result<Vec<(Position, Development)>, StoreError> {
        let (positions, countries): (Vec<_>, Vec<_>) =
            wanted.iter().map(|(position, code)| (position.0, code.to_string())).unzip();
        macro_rules! query_timelines {
            ($order:literal, $outer_order:literal) => {
                query_developments!(
                    [r#"
                    from unnest($1::bigint[], $2::text[]) w (position, country_code)
                    join lateral (
                        select t.development_id, t.revision
                        from development_revision t
                        where t.country_code = w.country_code
                            and t.visible @> w.position
                            and ($3::date is null or (t.effective_day, t.first_position) < ($3, $4))
                            and ($5::date is null or (t.effective_day, t.first_position) > ($5, $6))
                    "# $order r#"
                    ) timeline on true
                    join development_revision r using (development_id, revision)
                    "# $outer_order],
                    &positions,
                    &countries,
                    window.after.map(|cursor| cursor.effective_day),
                    window.after.map(|cursor| cursor.first_position.0),
                    window.before.map(|cursor| cursor.effective_day),
                    window.before.map(|cursor| cursor.first_position.0),
                    window.fetch(),
                )
                .fetch_all(&self.pool)
                .await?
            };
        }
        let rows = if window.from_end {
            query_timelines!(
                "order by t.effective_day, t.first_position limit $7",
                "order by w.position, r.country_code, r.effective_day, r.first_position"
            )
        } else {
            query_timelines!(
                "order by t.effective_day desc, t.first_position desc limit $7",
                "order by w.position, r.country_code, r.effective_day desc, r.first_position desc"
            )
        };
        rows.into_iter().map(placed).collect()
    }

    /// How many published developments each of several countries has, each as of a position; one without any is left out.
    pub async fn timeline_lengths_at(
        &self,
        wanted: &[(Position, CountryCode)],
    ) -> Result<Vec<((Position, CountryCode), i64)>, StoreError> {
        let (positions, countries): (Vec<_>, Vec<_>) =
            wanted.iter().map(|(position, code)| (position.0, code.to_string())).unzip();
        let rows = sqlx::query!(
            r#"
            select w.position as "at!: Position", r.country_code as "code: CountryCode", count(*) as "count!"
            from unnest($1::bigint[], $2::text[]) w (position, country_code)
            join development_revision r on r.country_code = w.country_code and r.visible @> w.position
            group by w.position, r.country_code
            "#,
            &positions,
            &countries,
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| ((row.at, row.code), row.count)).collect())
    }

    /// The published denials of several developments, each as of a position, newest first.
    pub async fn denials_at(
        &self,
        disputed: &[(Position, DevelopmentId)],
    ) -> Result<Vec<(Position, Development)>, StoreError> {
        let (positions, ids) = unzip(disputed);
        let rows = query_developments!(
            [r#"
            from unnest($1::bigint[], $2::uuid[]) w (position, id)
            join development_revision r on r.disputes_id = w.id and r.visible @> w.position and not r.retracted
            order by r.effective_day desc, r.first_position desc
            "#],
            &positions,
            &ids,
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(placed).collect()
    }
}

fn unzip(wanted: &[(Position, DevelopmentId)]) -> (Vec<i64>, Vec<Uuid>) {
    wanted.iter().map(|(position, id)| (position.0, id.0)).unzip()
}

fn placed(row: Row) -> Result<(Position, Development), StoreError> {
    Ok((row.at, Development::try_from(row)?))
}
