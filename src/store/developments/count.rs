//! How many developments there are: by kind and country from the running counts of the feed, else counted.

use super::DevelopmentFilter;
use crate::{
    domain::{country::CountryCode, development::Kind},
    store::{columns::codes, error::StoreError, reader::Reader},
};

impl Reader {
    /// How many developments a filter admits.
    pub async fn count_developments(&self, filter: &DevelopmentFilter) -> Result<i64, StoreError> {
        match filter {
            DevelopmentFilter { occurred_from: None, occurred_to: None, source: None, disputed: None, .. } => {
                self.published(filter.kinds.as_deref(), filter.countries.as_deref()).await
            }
            DevelopmentFilter { source: Some(_), .. } => self.count_of_source(filter).await,
            _ => self.count_of_ledger(filter).await,
        }
    }

    /// How many developments of some kinds and countries had been published; `None` means any.
    async fn published(&self, kinds: Option<&[Kind]>, countries: Option<&[CountryCode]>) -> Result<i64, StoreError> {
        let position = self.position().0;
        // For each kind and country that are asked for, the newest entry of the feed that counts them.
        macro_rules! sum_of_newest {
            ($count:literal, $wanted:literal, $of:literal $(, $argument:expr)*) => {
                sqlx::query_scalar!(
                    r#"
                    select coalesce(sum(newest.published), 0)::bigint as "count!"
                    from "# + $wanted + r#"
                    cross join lateral (
                        select c."# + $count + r#" as published
                        from change c
                        where c.position <= $1 and c.development_id is not null
                        "# + $of + r#"
                        order by c.position desc
                        limit 1
                    ) newest
                    "#,
                    position
                    $(, $argument)*
                )
                .fetch_one(&self.pool)
                .await?
            };
        }
        Ok(match (kinds, countries.map(codes)) {
            (None, None) => sum_of_newest!("published", "(select) of_all", ""),
            (None, Some(countries)) => sum_of_newest!(
                "published_of_country",
                "(select distinct code from unnest($2::text[]) code) country",
                "and c.country_code = country.code",
                &countries
            ),
            (Some(kinds), None) => sum_of_newest!(
                "published_of_kind",
                "(select distinct name from unnest($2::text[]) name) kind",
                "and c.development_kind = kind.name",
                kinds as &[Kind]
            ),
            (Some(kinds), Some(countries)) => sum_of_newest!(
                "published_of_both",
                r#"
                (select distinct name from unnest($2::text[]) name) kind
                cross join (select distinct code from unnest($3::text[]) code) country
                "#,
                "and c.development_kind = kind.name and c.country_code = country.code",
                kinds as &[Kind],
                &countries
            ),
        })
    }

    async fn count_of_source(&self, filter: &DevelopmentFilter) -> Result<i64, StoreError> {
        let countries = filter.countries.as_deref().map(codes);
        let count = sqlx::query_scalar!(
            r#"
            select count(*) as "count!"
            from (select distinct development_id, revision from citation where source_id = $6) citing
            join development_revision r using (development_id, revision)
            where seen_at(r.visible, $1::bigint)
                and ($2::text[] is null or r.kind = any($2))
                and ($3::text[] is null or r.country_code = any($3))
                and ($4::date is null or r.effective_day >= $4)
                and ($5::date is null or coalesce(r.occurred_earliest, r.effective_day) <= $5)
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

    /// Looks at every development that the dates admit: that takes the longer the more they are.
    async fn count_of_ledger(&self, filter: &DevelopmentFilter) -> Result<i64, StoreError> {
        let countries = filter.countries.as_deref().map(codes);
        let count = sqlx::query_scalar!(
            r#"
            select count(*) as "count!"
            from development_revision r
            where seen_at(r.visible, $1::bigint)
                and ($2::text[] is null or r.kind = any($2))
                and ($3::text[] is null or r.country_code = any($3))
                and ($4::date is null or r.effective_day >= $4)
                and ($5::date is null or coalesce(r.occurred_earliest, r.effective_day) <= $5)
                and ($6::boolean is null or $6 = exists (
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
            filter.disputed,
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(count)
    }
}
