//! Developments as a viewer sees them at a position.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{error::StoreError, pool::Pool, reader::Reader};
use crate::domain::{
    country::CountryCode,
    development::{AgreementForm, AskStage, Details, Development, Kind, Referred, State},
    edtf::Edtf,
    id::{DevelopmentId, SourceId},
    money::Money,
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
pub async fn has_any(pool: &Pool) -> Result<bool, StoreError> {
    let has_any =
        sqlx::query_scalar!(r#"select exists (select from development) as "exists!""#).fetch_one(pool).await?;
    Ok(has_any)
}

struct Row {
    at: Position,
    listed: bool,
    total: Option<i64>,
    id: DevelopmentId,
    revision: i32,
    country_code: CountryCode,
    country_name: Option<String>,
    kind: Kind,
    state: State,
    publish_at: Option<DateTime<Utc>>,
    author: Option<String>,
    written_at: DateTime<Utc>,
    note: Option<String>,
    minor: bool,
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
    nationalities: Option<Vec<(CountryCode, Option<String>)>>,
}

impl TryFrom<Row> for Development {
    type Error = StoreError;

    fn try_from(mut row: Row) -> Result<Self, StoreError> {
        let nationalities = row.nationalities.take().unwrap_or_default();
        let details = details(&mut row, nationalities.iter().map(|(code, _)| *code).collect())?;
        let nationalities = nationalities.into_iter().filter_map(|(code, name)| Some((code, name?))).collect();
        Ok(Self {
            id: row.id,
            revision: row.revision,
            country: row.country_code,
            state: row.state,
            publish_at: row.publish_at,
            author: row.author,
            written_at: Some(row.written_at),
            note: row.note,
            minor: row.minor,
            first_position: row.first_position,
            published_at: row.published_at,
            effective_day: row.effective_day,
            affects_status: row.affects_status,
            corrected: row.corrected,
            retracted: row.retracted,
            disputed: row.disputed,
            details,
            occurred: row.occurred,
            summary: row.summary,
            referred: Referred { country: row.country_name, nationalities, disputed: None },
        })
    }
}

fn details(row: &mut Row, nationalities: Vec<CountryCode>) -> Result<Details, StoreError> {
    let people = People::from_parts(
        row.people_exactly,
        row.people_about,
        row.people_at_least,
        row.people_at_most,
        row.people_in_words.take(),
    );
    Ok(match row.kind {
        Kind::Ask => Details::Ask { stage: row.stage, people },
        Kind::Talks => Details::Talks,
        Kind::Refusal => Details::Refusal,
        Kind::Agreement => Details::Agreement { people, terms: row.terms.take(), form: row.form },
        Kind::Payment => {
            let amount = row.amount.zip(row.currency.take()).map(|(value, currency)| Money::stored(value, currency));
            Details::Payment { amount, people, nationalities }
        }
        Kind::Transfer => Details::Transfer { people, nationalities },
        Kind::CourtOrder => Details::CourtOrder { court: row.court.take() },
        Kind::Denial => {
            let (disputes, denied_by) = row
                .disputes_id
                .zip(row.denied_by.take())
                .ok_or(StoreError::Corrupt("a denial without what it disputes"))?;
            Details::Denial { disputes, denied_by }
        }
        Kind::Termination => Details::Termination { ended_by: row.ended_by.take() },
    })
}

/// Runs a statement over revisions `r`, each as of a position `w.position`; `$tail` says where both come from, which of them are
/// wanted, and in what order. `listed` says which are asked for, and not only referred to by others; `total` may count all that are
/// admitted, and `country` read the country's name along.
macro_rules! query_developments {
    ([$($tail:literal)+], $($argument:expr),+ $(,)?) => {
        query_developments!({ listed: "true", total: "null::bigint", country: "null::text" }, [$($tail)+], $($argument),+)
    };
    ({ listed: $listed:literal, total: $total:literal, country: $country:literal }, [$($tail:literal)+], $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"
            select
                w.position as "at!: Position",
                "# + $listed + r#" as "listed!",
                "# + $total + r#" as total,
                r.development_id as "id: DevelopmentId",
                r.revision,
                r.country_code as "country_code: CountryCode",
                "# + $country + r#" as country_name,
                r.kind as "kind: Kind",
                r.state as "state: State",
                r.publish_at,
                r.author,
                r.created_at as written_at,
                r.note,
                r.minor,
                r.first_position as "first_position?: Position",
                r.published_at,
                r.corrected,
                r.occurred as "occurred?: Edtf",
                r.effective_day,
                r.summary,
                r.affects_status,
                r.retracted,
                exists (
                    select from development_revision denial
                    where denial.disputes_id = r.development_id and denial.visible @> w.position and not denial.retracted
                    -- Keeps Postgres from gathering all denials first, where a page needs a look at a few.
                    offset 0
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
                case when r.kind in ('PAYMENT', 'TRANSFER') then array(
                    select (
                        n.country_code,
                        (select v.name from country_version v where v.country_code = n.country_code collate "C" and seen_at(v.visible, w.position))
                    )
                    from development_nationality n
                    where n.development_id = r.development_id and n.revision = r.revision
                    order by n.ordinal
                ) end as "nationalities?: Vec<(CountryCode, Option<String>)>"
            "# $(+ $tail)+,
            $($argument),+
        )
    };
}

/// Runs a statement over what is wanted, each an id `w.id` as of a position `w.position`; `$tail` says what of it. For one, which is what
/// most ask for, it is a statement of its own: its plan is made once, where one for several is made for their number.
macro_rules! query_wanted {
    ($reader:ident, $wanted:ident, [$tail:literal] $(, $argument:expr)* $(,)?) => {
        match $wanted {
            [(position, id)] => {
                query_developments!(
                    ["from (select $1::bigint, $2::uuid) w (position, id)\n" $tail],
                    position.0,
                    id.0
                    $(, $argument)*
                )
                .fetch_all(&$reader.pool)
                .await?
            }
            _ => {
                let (positions, ids) = unzip($wanted);
                query_developments!(
                    ["from unnest($1::bigint[], $2::uuid[]) w (position, id)\n" $tail],
                    &positions,
                    &ids
                    $(, $argument)*
                )
                .fetch_all(&$reader.pool)
                .await?
            }
        }
    };
}

mod bounds;
mod by_id;
mod count;
mod in_feed_order;
mod page;
mod revisions;
mod timelines;
mod working;

pub use working::WorkingFilter;

impl Reader {
    /// A row as the viewer may know it, with its position: who wrote it, when, and when it is to be published, is for staff.
    fn placed(&self, row: Row) -> Result<(Position, Development), StoreError> {
        let (at, development) = (row.at, Development::try_from(row)?);
        if self.sees_unpublished() {
            return Ok((at, development));
        }
        Ok((at, Development { author: None, written_at: None, publish_at: None, ..development }))
    }

    fn all_placed(&self, rows: Vec<Row>) -> Result<Vec<(Position, Development)>, StoreError> {
        rows.into_iter().map(|row| self.placed(row)).collect()
    }
}

fn unzip(wanted: &[(Position, DevelopmentId)]) -> (Vec<i64>, Vec<Uuid>) {
    wanted.iter().map(|(position, id)| (position.0, id.0)).unzip()
}
