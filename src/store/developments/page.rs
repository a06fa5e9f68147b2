//! The ledger across countries, a page at a time.

use super::{DevelopmentFilter, Row};
use crate::{
    domain::{
        country::CountryCode,
        cursor::DevelopmentCursor,
        development::{AgreementForm, AskStage, Development, Kind, State},
        edtf::Edtf,
        id::DevelopmentId,
        page::{Page, Window},
        position::Position,
    },
    store::{columns::codes, error::StoreError, reader::Reader},
};

impl Reader {
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
        let rows = self.all_placed(rows)?.into_iter().map(|(_, development)| development).collect();
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
}
