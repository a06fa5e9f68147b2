//! The whole ledger as a viewer sees it at a position.

use std::collections::BTreeMap;

use super::{error::StoreError, reader::Reader};
use crate::domain::{
    country::CountryCode,
    development::Development,
    id::DevelopmentId,
    import_file::{CountryRecord, LedgerEntry},
    source::Citation,
};

impl Reader {
    /// Every country's wording, by code.
    pub async fn country_records(&self) -> Result<Vec<CountryRecord>, StoreError> {
        let records = sqlx::query_as!(
            CountryRecord,
            r#"
            select
                country_code as "code: CountryCode",
                alpha3,
                numeric_code as numeric,
                name,
                iso_name,
                region_code,
                region,
                subregion_code,
                subregion,
                other_names
            from country_version
            where visible @> $1::bigint
            order by country_code collate "C"
            "#,
            self.position().0,
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(records)
    }

    /// Every development with its citations, in the order of the feed. Staff may also ask for what is not published, which comes after, in
    /// the order in which it was begun; what was given up is left out.
    pub async fn ledger(&self, with_drafts: bool) -> Result<Vec<LedgerEntry>, StoreError> {
        let rows = sqlx::query!(
            r#"
            select d.id as "id: DevelopmentId", d.import_key
            from development d
            left join development_revision r on r.development_id = d.id and r.visible @> $1::bigint
            where r.visible is not null
                or ($2 and exists (
                    select from development_revision draft
                    where draft.development_id = d.id and draft.state in ('DRAFT', 'IN_REVIEW', 'SCHEDULED')
                ) and not exists (
                    select from development_revision shown
                    where shown.development_id = d.id and shown.visible is not null
                ))
            order by
                r.first_position nulls last,
                (select first.created_at from development_revision first where first.development_id = d.id and first.revision = 1),
                d.id
            "#,
            self.position().0,
            with_drafts && self.sees_unpublished(),
        )
        .fetch_all(&self.pool)
        .await?;
        let wanted: Vec<_> = rows.iter().map(|row| (self.position(), row.id)).collect();
        let developments = self.developments_at(&wanted).await?.into_iter();
        let mut developments: BTreeMap<DevelopmentId, Development> =
            developments.map(|(_, development)| (development.id, development)).collect();
        let revisions: Vec<_> =
            developments.values().map(|development| (self.position(), development.id, development.revision)).collect();
        let mut citations: BTreeMap<DevelopmentId, Vec<Citation>> = BTreeMap::new();
        for ((_, id, _), citation) in self.citations_at(&revisions).await? {
            citations.entry(id).or_default().push(citation);
        }
        let entries = rows.into_iter().filter_map(|row| {
            let development = developments.remove(&row.id)?;
            let citations = citations.remove(&row.id).unwrap_or_default();
            Some(LedgerEntry { key: row.import_key, development, citations })
        });
        Ok(entries.collect())
    }
}
