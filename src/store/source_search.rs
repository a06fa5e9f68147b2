//! Sources found by what is typed, and those that look like another. For staff only: confidential sources are among them.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{error::StoreError, reader::Reader};
use crate::domain::{id::SourceId, source::NewSource};

/// How alike two titles must be to point one out, from 0 to 1.
const ALIKE: f32 = 0.55;

/// How many words of a search count.
const MAX_WORDS: usize = 8;

impl Reader {
    /// The newest wording of sources that hold every word of a text, the most alike first. Empty for readers.
    pub async fn search_sources(&self, text: &str, limit: i64) -> Result<Vec<SourceId>, StoreError> {
        if !self.sees_unpublished() {
            return Ok(Vec::new());
        }
        let words: Vec<String> = text.split_whitespace().take(MAX_WORDS).map(str::to_owned).collect();
        let ids = sqlx::query_scalar!(
            r#"
            select v.source_id as "id: SourceId"
            from source_version v
            where v.search_text like all (
                    select '%' || replace(replace(replace(folded(word), '\', '\\'), '%', '\%'), '_', '\_') || '%'
                    from unnest($1::text[]) word
                )
                and not exists (
                    select from source_version later where later.source_id = v.source_id and later.version > v.version
                )
            order by word_similarity(folded($2), v.search_text) desc, v.created_at desc nulls last, v.source_id
            limit $3
            "#,
            &words,
            text,
            limit,
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(ids)
    }

    /// The newest wording of sources that look like another: the same address but for its trimmings, or much the same title and
    /// publisher. Empty for readers.
    pub async fn similar_sources(&self, source: &NewSource, limit: i64) -> Result<Vec<SourceId>, StoreError> {
        if !self.sees_unpublished() {
            return Ok(Vec::new());
        }
        let ids = sqlx::query_scalar!(
            r#"
            select v.source_id as "id: SourceId"
            from source_version v
            where (
                    ($2::text is not null and bare_address(v.url) = bare_address($2))
                    or (
                        similarity(folded(v.title), folded($1)) >= $4
                        and ($3::text is null or v.publisher is null or similarity(folded(v.publisher), folded($3)) >= $4)
                    )
                )
                and not exists (
                    select from source_version later where later.source_id = v.source_id and later.version > v.version
                )
            order by ($2::text is not null and bare_address(v.url) = bare_address($2)) desc nulls last,
                similarity(folded(v.title), folded($1)) desc, v.source_id
            limit $5
            "#,
            source.title,
            source.url,
            source.publisher,
            ALIKE,
            limit,
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(ids)
    }

    /// The notes to colleagues about several sources. None for readers.
    pub async fn source_notes(&self, sources: &[SourceId]) -> Result<BTreeMap<SourceId, String>, StoreError> {
        if !self.sees_unpublished() {
            return Ok(BTreeMap::new());
        }
        let ids: Vec<Uuid> = sources.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"
            select distinct on (source_id) source_id as "id: SourceId", note
            from source_note
            where source_id = any($1)
            order by source_id, number desc
            "#,
            &ids,
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().filter_map(|row| Some((row.id, row.note?))).collect())
    }
}
