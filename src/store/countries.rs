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
    total: i64,
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

/// Runs a statement over country versions `v` and their states `s`, each as of a position `w.position`, which `$from` brings;
/// `$developments` counts what is published about one, `$admitted` says which of them are wanted at all, `$page` which of those,
/// and `$order` in what order. What is not needed to choose is joined to the chosen.
macro_rules! query_countries {
    ($from:literal, $developments:literal, $admitted:literal, $page:literal, $order:literal, $limit:literal, $($argument:expr),+ $(,)?) => {
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
                    s.status_development_id,
                    "# + $developments + r#" as developments,
                    case $2::text
                        when 'STATUS' then coalesce(array_position(array['AGREED', 'ASKED', 'DECLINED', 'ENDED'], s.status), 9)::text
                        when 'LAST_CHANGE' then lpad((9223372036854775807 - coalesce(lower(s.visible), 0))::text, 19, '0')
                        else ''
                    end collate "C" as rank
                "# + $from + r#"
            ), admitted as (
                select *, count(*) over () as total
                from board
                "# + $admitted + r#"
            ), page as (
                select *
                from admitted
                "# + $page + $order + $limit + r#"
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
                r.occurred as "occurred?: Edtf",
                r.effective_day as "effective_day?",
                page.developments as "developments?",
                page.rank as "rank!",
                page.total as "total!"
            from page
            left join status_definition d on d.code = page.status and seen_at(d.visible, page.at)
            left join lateral (
                select r.occurred, r.effective_day
                from development_revision r
                where r.development_id = page.status_development_id and r.visible @> page.at
                -- Looked up, one by one: there are few countries on a page, and many revisions.
                limit 1
            ) r on true
            "# + $order,
            $($argument),+
        )
    };
}

/// Runs the statement for a page, from its beginning or from its end.
macro_rules! query_page {
    ($order:literal, $reader:ident, $filter:ident, $ranked:ident, $after:ident, $before:ident, $fetch:expr) => {
        query_countries!(
            r#"
            from (select $1::bigint) w (position)
            join country_version v on seen_at(v.visible, w.position)
            left join states_at(w.position) s on s.country_code = v.country_code
            "#,
            "null::bigint",
            r#"
            where ($3::boolean is null or (status is not null) = $3)
                and ($4::text[] is null or status = any($4))
                and ($5::text[] is null or region_code = any($5) or subregion_code = any($5))
                and ($6::boolean is null or disputed = $6)
                and ($7::text is null or strpos(search_text, $7) > 0)
            "#,
            r#"
            where ($8::text is null or (rank, sort_key, country_code) > ($8, $9, $10))
                and ($11::text is null or (rank, sort_key, country_code) < ($11, $12, $13))
            "#,
            $order,
            " limit $14",
            $reader.position().0,
            $ranked as CountryOrder,
            $filter.tracked,
            $filter.statuses.as_deref() as Option<&[Status]>,
            $filter.regions.as_deref() as Option<&[String]>,
            $filter.disputed,
            $filter.search.as_deref().map(fold),
            $after.map(|cursor| &cursor.rank) as Option<&String>,
            $after.map(|cursor| &cursor.sort_key) as Option<&String>,
            $after.map(|cursor| &cursor.code) as Option<&String>,
            $before.map(|cursor| &cursor.rank) as Option<&String>,
            $before.map(|cursor| &cursor.sort_key) as Option<&String>,
            $before.map(|cursor| &cursor.code) as Option<&String>,
            $fetch,
        )
        .fetch_all(&$reader.pool)
        .await?
    };
}

/// Countries by their codes, each as of a position, on the ledger's own transaction or a pool.
pub(crate) async fn find(
    executor: impl PgExecutor<'_>,
    wanted: &[(Position, CountryCode)],
) -> Result<Vec<(Position, Country)>, StoreError> {
    let (positions, codes): (Vec<_>, Vec<_>) =
        wanted.iter().map(|(position, code)| (position.0, code.to_string())).unzip();
    let rows = query_countries!(
        r#"
        from unnest($1::bigint[], $3::text[]) w (position, code)
        join country_version v on v.country_code = w.code and v.visible @> w.position
        left join state_at(v.country_code, w.position) s on true
        "#,
        r#"
        coalesce((
            select c.published_of_country::bigint
            from change c
            where c.country_code = w.code and c.position <= w.position and c.development_id is not null
            order by c.position desc
            limit 1
        ), 0)
        "#,
        "",
        "",
        "",
        "",
        &positions,
        None as Option<&str>,
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
        let (after, before) = (window.after.as_ref(), window.before.as_ref());
        let rows = if window.from_end {
            query_page!(
                " order by rank desc, sort_key desc, country_code desc",
                self,
                filter,
                order,
                after,
                before,
                window.fetch()
            )
        } else {
            query_page!(" order by rank, sort_key, country_code", self, filter, order, after, before, window.fetch())
        };
        let total = rows.first().map(|row| row.total);
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
