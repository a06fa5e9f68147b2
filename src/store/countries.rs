//! Countries as readers see them at a position.

use chrono::NaiveDate;
use sqlx::PgExecutor;

use super::{error::StoreError, reader::Reader};
use crate::domain::{
    country::{Country, CountryCode, Region, Standing, fold},
    cursor::{CountryCursor, CountryOrder},
    edtf::Edtf,
    id::DevelopmentId,
    page::{Page, Window},
    position::Position,
    status::{Headline, Status, StatusDefinition},
};

/// Which countries are wanted; `None` asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CountryFilter {
    pub tracked: Option<bool>,
    pub statuses: Option<Vec<Status>>,
    /// UN M49 codes of regions or subregions.
    pub regions: Option<Vec<String>>,
    pub disputed: Option<bool>,
    /// Part of any name or code, accents and case ignored.
    pub search: Option<String>,
}

struct Row {
    at: Position,
    code: CountryCode,
    name: String,
    iso_name: String,
    alpha3: String,
    numeric_code: Option<String>,
    region_code: Option<String>,
    region: Option<String>,
    subregion_code: Option<String>,
    subregion: Option<String>,
    other_names: Vec<String>,
    sort_key: String,
    disputed: bool,
    latest_development_id: Option<DevelopmentId>,
    last_change: Option<Position>,
    status: Option<Status>,
    label: Option<String>,
    definition: Option<String>,
    headline: Option<Headline>,
    occurred: Option<Edtf>,
    effective_day: Option<NaiveDate>,
    developments: Option<i64>,
    rank: String,
    total: Option<i64>,
}

impl From<Row> for Country {
    fn from(row: Row) -> Self {
        let region = |code: Option<String>, name: Option<String>| Some(Region { code: code?, name: name? });
        let standing = row.status.zip(row.label).zip(row.definition).zip(row.effective_day).map(
            |(((code, label), definition), effective_day)| Standing {
                status: StatusDefinition { code, label, definition, headline: row.headline },
                occurred: row.occurred,
                effective_day,
            },
        );
        Self {
            code: row.code,
            name: row.name,
            iso_name: row.iso_name,
            alpha3: row.alpha3,
            numeric: row.numeric_code,
            region: region(row.region_code, row.region),
            subregion: region(row.subregion_code, row.subregion),
            other_names: row.other_names,
            sort_key: row.sort_key,
            standing,
            disputed: row.disputed,
            latest_development: row.latest_development_id,
            last_change: row.last_change,
            developments: row.developments,
        }
    }
}

/// Runs a statement over country versions `v` and their states `s`, each as of a position `w.position`, which `from` brings;
/// `developments` counts what is published about one, and `rank` is what an order other than by name looks at first. `admitted` says which
/// of them are wanted at all, `total` how many those are, `page` which of those, `order` in what order, and `limit` how many. What a status
/// means is joined to the chosen, from what `defined` leaves of all that it ever meant.
macro_rules! query_countries {
    (
        {
            from: $from:literal,
            developments: $developments:literal,
            rank: $rank:literal,
            admitted: $admitted:literal,
            total: $total:literal,
            page: $page:literal,
            order: $order:literal,
            limit: $limit:literal,
            defined: $defined:literal,
        },
        $($argument:expr),+ $(,)?
    ) => {
        sqlx::query_as!(
            Row,
            r#"
            with board as (
                select
                    w.position as at,
                    v.*,
                    coalesce(s.disputed, false) as disputed,
                    s.latest_development_id,
                    lower(s.visible) as last_change,
                    s.status,
                    s.status_occurred,
                    s.status_effective_day,
                    "# + $developments + r#" as developments,
                    "# + $rank + r#" collate "C" as rank
                "# + $from + r#"
            ), admitted as (
                select *, "# + $total + r#" as total
                from board
                "# + $admitted + r#"
            ), page as (
                select *
                from admitted
                "# + $page + $order + $limit + r#"
            ), definition as materialized (
                select *
                from status_definition
                "# + $defined + r#"
            )
            select
                page.at as "at!: Position",
                page.country_code as "code!: CountryCode",
                page.name as "name!",
                page.iso_name as "iso_name!",
                page.alpha3 as "alpha3!",
                page.numeric_code,
                page.region_code,
                page.region,
                page.subregion_code,
                page.subregion,
                page.other_names as "other_names!",
                page.sort_key as "sort_key!",
                page.disputed as "disputed!",
                page.latest_development_id as "latest_development_id?: DevelopmentId",
                page.last_change as "last_change?: Position",
                page.status as "status?: Status",
                d.label as "label?",
                d.definition as "definition?",
                d.headline as "headline?: Headline",
                page.status_occurred as "occurred?: Edtf",
                page.status_effective_day as "effective_day?",
                page.developments as "developments?",
                page.rank as "rank!",
                page.total as "total?"
            from page
            left join definition d on d.code = page.status and seen_at(d.visible, page.at)
            "# + $order,
            $($argument),+
        )
    };
}

/// Runs the statement for a page, from its beginning or from its end. `rank` may look at what is given beyond the rest, as `$14`.
macro_rules! query_page {
    ($rank:literal, $order:literal, ($reader:ident, $filter:ident, $window:ident) $(, $argument:expr)?) => {{
        let (after, before) = ($window.after.as_ref(), $window.before.as_ref());
        query_countries!(
            {
                from: r#"
                from (select $1::bigint) w (position)
                join country_version v on seen_at(v.visible, w.position)
                left join states_at(w.position) s on s.country_code = v.country_code
                "#,
                developments: "null::bigint",
                rank: $rank,
                admitted: r#"
                where ($2::boolean is null or (status is not null) = $2)
                    and ($3::text[] is null or status = any($3))
                    and ($4::text[] is null or region_code = any($4) or subregion_code = any($4))
                    and ($5::boolean is null or disputed = $5)
                    and ($6::text is null or strpos(search_text, $6) > 0)
                "#,
                total: "count(*) over ()",
                page: r#"
                where ($7::text is null or (rank, sort_key, country_code) > ($7, $8, $9))
                    and ($10::text is null or (rank, sort_key, country_code) < ($10, $11, $12))
                "#,
                order: $order,
                limit: " limit $13",
                defined: "where seen_at(visible, $1)",
            },
            $reader.position().0,
            $filter.tracked,
            $filter.statuses.as_deref() as Option<&[Status]>,
            $filter.regions.as_deref() as Option<&[String]>,
            $filter.disputed,
            $filter.search.as_deref().map(fold),
            after.map(|cursor| &cursor.rank) as Option<&String>,
            after.map(|cursor| &cursor.sort_key) as Option<&String>,
            after.map(|cursor| &cursor.code) as Option<&String>,
            before.map(|cursor| &cursor.rank) as Option<&String>,
            before.map(|cursor| &cursor.sort_key) as Option<&String>,
            before.map(|cursor| &cursor.code) as Option<&String>,
            $window.fetch(),
            $($argument)?
        )
        .fetch_all(&$reader.pool)
        .await?
    }};
}

/// Countries by their codes, each as of a position, on the ledger's own transaction or a pool.
pub(crate) async fn find(
    executor: impl PgExecutor<'_>,
    wanted: &[(Position, CountryCode)],
) -> Result<Vec<(Position, Country)>, StoreError> {
    let (positions, codes): (Vec<_>, Vec<_>) =
        wanted.iter().map(|(position, code)| (position.0, code.to_string())).unzip();
    let rows = query_countries!(
        {
            from: r#"
            from unnest($1::bigint[], $2::text[]) w (position, code)
            join country_version v on v.country_code = w.code and v.visible @> w.position
            left join state_at(v.country_code, w.position) s on true
            "#,
            developments: r#"
            coalesce((
                select c.published_of_country::bigint
                from change c
                where c.country_code = w.code and c.position <= w.position and c.development_id is not null
                order by c.position desc
                limit 1
            ), 0)
            "#,
            rank: "''",
            admitted: "",
            total: "null::bigint",
            page: "",
            order: "",
            limit: "",
            defined: "",
        },
        &positions,
        &codes,
    )
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(|row| (row.at, Country::from(row))).collect())
}

impl Reader {
    /// Countries by their codes, each as of a position.
    pub async fn countries_at(
        &self,
        wanted: &[(Position, CountryCode)],
    ) -> Result<Vec<(Position, Country)>, StoreError> {
        find(&self.pool, wanted).await
    }

    /// A page of countries, each with its cursor, and how many the filter admits, unless the page is empty.
    pub async fn countries(
        &self,
        filter: &CountryFilter,
        order: CountryOrder,
        window: &Window<CountryCursor>,
    ) -> Result<Page<(CountryCursor, Country)>, StoreError> {
        macro_rules! query_direction {
            ($rank:literal, $forward:literal, $backward:literal $(, $argument:expr)?) => {
                if window.from_end {
                    query_page!($rank, $backward, (self, filter, window) $(, $argument)?)
                } else {
                    query_page!($rank, $forward, (self, filter, window) $(, $argument)?)
                }
            };
        }
        // By name, which is asked for most, there is nothing to compare that is the same for all.
        let rows = if order == CountryOrder::Name {
            query_direction!("''", " order by sort_key, country_code", " order by sort_key desc, country_code desc")
        } else {
            query_direction!(
                r#"
                case $14::text
                    when 'STATUS' then coalesce(array_position(array['AGREED', 'ASKED', 'DECLINED', 'ENDED'], s.status), 9)::text
                    else lpad((9223372036854775807 - coalesce(lower(s.visible), 0))::text, 19, '0')
                end
                "#,
                " order by rank, sort_key, country_code",
                " order by rank desc, sort_key desc, country_code desc",
                order as CountryOrder
            )
        };
        let total = rows.first().and_then(|row| row.total);
        let with_cursors = rows.into_iter().map(|row| {
            let (rank, sort_key, code) = (row.rank.clone(), row.sort_key.clone(), row.code.to_string());
            (CountryCursor { order, rank, sort_key, code }, Country::from(row))
        });
        Ok(Page::of(window, with_cursors.collect()).counted(total))
    }

    /// How many countries a filter admits.
    pub async fn count_countries(&self, filter: &CountryFilter) -> Result<i64, StoreError> {
        let count = sqlx::query_scalar!(
            r#"
            select count(*) as "count!"
            from country_version v
            left join states_at($1::bigint) s on s.country_code = v.country_code
            where seen_at(v.visible, $1::bigint)
                and ($2::boolean is null or (s.status is not null) = $2)
                and ($3::text[] is null or s.status = any($3))
                and ($4::text[] is null or v.region_code = any($4) or v.subregion_code = any($4))
                and ($5::boolean is null or coalesce(s.disputed, false) = $5)
                and ($6::text is null or strpos(v.search_text, $6) > 0)
            "#,
            self.position().0,
            filter.tracked,
            filter.statuses.as_deref() as Option<&[Status]>,
            filter.regions.as_deref() as Option<&[String]>,
            filter.disputed,
            filter.search.as_deref().map(fold),
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(count)
    }
}
