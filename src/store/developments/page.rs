//! The ledger across countries, a page at a time. Each way to ask has a statement that walks an index from the page's place on, however
//! long the ledger is.

use super::{DevelopmentFilter, Row, bounds::Bounds};
use crate::{
    domain::{
        country::CountryCode,
        cursor::DevelopmentCursor,
        development::{AgreementForm, AskStage, Development, Kind, State},
        edtf::Edtf,
        id::{DevelopmentId, SourceId},
        page::{Page, Window},
        position::Position,
    },
    store::{columns::codes, error::StoreError, reader::Reader},
};

/// Runs a statement that reads the names of countries along.
macro_rules! query_named {
    ($total:literal, [$($part:literal)+], $($argument:expr),+ $(,)?) => {
        query_developments!(
            {
                listed: "true",
                total: $total,
                country: r#"
                (select v.name from country_version v where v.country_code = r.country_code collate "C" and seen_at(v.visible, w.position))
                "#
            },
            [$($part)+],
            $($argument),+
        )
    };
}

/// Runs a statement in the window's direction, each a statement of its own, so that either walks an index. The order comes between the
/// statement's parts. `$total` counts what the filter admits, where that takes a look at one row.
macro_rules! query_page {
    ($reader:ident, $window:ident, [$($part:literal),+ $(,)?], $($argument:expr),+ $(,)?) => {
        query_page!($reader, $window, "null::bigint", [$($part),+], $($argument),+)
    };
    (
        $reader:ident, $window:ident, $total:literal,
        [$head:literal, $middle:literal $(, $tail:literal)?],
        $($argument:expr),+ $(,)?
    ) => {
        if $window.from_end {
            query_named!(
                $total,
                [$head "order by r.effective_day, r.first_position" $middle $("order by r.effective_day, r.first_position" $tail)?],
                $($argument),+
            )
            .fetch_all(&$reader.pool)
            .await?
        } else {
            query_named!(
                $total,
                [
                    $head "order by r.effective_day desc, r.first_position desc" $middle
                    $("order by r.effective_day desc, r.first_position desc" $tail)?
                ],
                $($argument),+
            )
            .fetch_all(&$reader.pool)
            .await?
        }
    };
}

impl Reader {
    /// A page of the ledger, newest first by effective day, then by first publication.
    pub async fn developments(
        &self,
        filter: &DevelopmentFilter,
        window: &Window<DevelopmentCursor>,
    ) -> Result<Page<Development>, StoreError> {
        let bounds = Bounds::of(window).until(self.latest_day()).since(filter.occurred_from);
        let rows = match filter {
            DevelopmentFilter { source: Some(source), .. } => {
                self.page_of_source(*source, filter, window, bounds).await?
            }
            DevelopmentFilter { countries: Some(countries), .. } => {
                self.page_of_countries(countries, filter, window, bounds).await?
            }
            DevelopmentFilter { kinds: None, occurred_to: None, disputed: None, .. } => {
                self.page_of_all(filter, window, bounds).await?
            }
            _ => self.page_of_some(filter, window, bounds).await?,
        };
        let total = rows.first().and_then(|row| row.total);
        let rows = self.all_placed(rows)?.into_iter().map(|(_, development)| development).collect();
        Ok(Page::of(window, rows).counted(total))
    }

    async fn page_of_all(
        &self,
        filter: &DevelopmentFilter,
        window: &Window<DevelopmentCursor>,
        bounds: Bounds,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = query_page!(
            self,
            window,
            r#"
            case when $7::boolean then (
                select c.published
                from change c
                where c.position <= $1 and c.development_id is not null
                order by c.position desc
                limit 1
            ) end
            "#,
            [
                r#"
                from (select $1::bigint) w (position)
                join development_revision r on seen_at(r.visible, w.position)
                where (r.effective_day, r.first_position) < ($2, $3)
                    and (r.effective_day, r.first_position) > ($4, $5)
                "#,
                " limit $6"
            ],
            self.position().0,
            bounds.below.effective_day,
            bounds.below.first_position.0,
            bounds.above.effective_day,
            bounds.above.first_position.0,
            window.fetch(),
            filter.occurred_from.is_none(),
        );
        Ok(rows)
    }

    /// Of developments of any country: the ledger is walked from the page's place on, until there are enough.
    async fn page_of_some(
        &self,
        filter: &DevelopmentFilter,
        window: &Window<DevelopmentCursor>,
        bounds: Bounds,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = query_page!(
            self,
            window,
            [
                r#"
                from (select $1::bigint) w (position)
                join development_revision r on seen_at(r.visible, w.position)
                where (r.effective_day, r.first_position) < ($2, $3)
                    and (r.effective_day, r.first_position) > ($4, $5)
                    and ($7::text[] is null or r.kind = any($7))
                    and ($8::date is null or coalesce(r.occurred_earliest, r.effective_day) <= $8)
                    and ($9::boolean is null or $9 = exists (
                        select from development_revision denial
                        where denial.disputes_id = r.development_id
                            and denial.visible @> w.position
                            and not denial.retracted
                            offset 0
                    ))
                "#,
                " limit $6"
            ],
            self.position().0,
            bounds.below.effective_day,
            bounds.below.first_position.0,
            bounds.above.effective_day,
            bounds.above.first_position.0,
            window.fetch(),
            filter.kinds.as_deref() as Option<&[Kind]>,
            filter.occurred_to,
            filter.disputed,
        );
        Ok(rows)
    }

    /// The nearest of each country, and of these the nearest.
    async fn page_of_countries(
        &self,
        countries: &[CountryCode],
        filter: &DevelopmentFilter,
        window: &Window<DevelopmentCursor>,
        bounds: Bounds,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = query_page!(
            self,
            window,
            [
                r#"
                from (select $1::bigint) w (position)
                cross join (select distinct code from unnest($10::text[]) code) wanted
                cross join lateral (
                    select *
                    from development_revision r
                    where r.country_code = wanted.code
                        and seen_at(r.visible, w.position)
                        and (r.effective_day, r.first_position) < ($2, $3)
                        and (r.effective_day, r.first_position) > ($4, $5)
                        and ($7::text[] is null or r.kind = any($7))
                        and ($8::date is null or coalesce(r.occurred_earliest, r.effective_day) <= $8)
                        and ($9::boolean is null or $9 = exists (
                            select from development_revision denial
                            where denial.disputes_id = r.development_id
                                and denial.visible @> w.position
                                and not denial.retracted
                                offset 0
                        ))
                "#,
                r#"
                    limit $6
                ) r
                "#,
                " limit $6"
            ],
            self.position().0,
            bounds.below.effective_day,
            bounds.below.first_position.0,
            bounds.above.effective_day,
            bounds.above.first_position.0,
            window.fetch(),
            filter.kinds.as_deref() as Option<&[Kind]>,
            filter.occurred_to,
            filter.disputed,
            &codes(countries),
        );
        Ok(rows)
    }

    /// Of what cites a source, which is never much of the ledger.
    async fn page_of_source(
        &self,
        source: SourceId,
        filter: &DevelopmentFilter,
        window: &Window<DevelopmentCursor>,
        bounds: Bounds,
    ) -> Result<Vec<Row>, StoreError> {
        let countries = filter.countries.as_deref().map(codes);
        let rows = query_page!(
            self,
            window,
            [
                r#"
                from (select $1::bigint) w (position)
                join (select distinct development_id, revision from citation where source_id = $11) citing on true
                join development_revision r using (development_id, revision)
                where seen_at(r.visible, w.position)
                    and (r.effective_day, r.first_position) < ($2, $3)
                    and (r.effective_day, r.first_position) > ($4, $5)
                    and ($7::text[] is null or r.kind = any($7))
                    and ($8::date is null or coalesce(r.occurred_earliest, r.effective_day) <= $8)
                    and ($9::boolean is null or $9 = exists (
                        select from development_revision denial
                        where denial.disputes_id = r.development_id
                            and denial.visible @> w.position
                            and not denial.retracted
                            offset 0
                    ))
                    and ($10::text[] is null or r.country_code = any($10))
                "#,
                " limit $6"
            ],
            self.position().0,
            bounds.below.effective_day,
            bounds.below.first_position.0,
            bounds.above.effective_day,
            bounds.above.first_position.0,
            window.fetch(),
            filter.kinds.as_deref() as Option<&[Kind]>,
            filter.occurred_to,
            filter.disputed,
            countries.as_deref() as Option<&[String]>,
            source.0,
        );
        Ok(rows)
    }
}
