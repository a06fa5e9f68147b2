//! Sources and citations as a viewer sees them at a position, and sources as the ledger stores them.

use uuid::Uuid;

use super::{error::StoreError, reader::Reader};
use crate::domain::{
    edtf::Edtf,
    id::{DevelopmentId, SourceId},
    position::Position,
    source::{Citation, NewSource, Source, SourceKind},
};

/// A revision of a development, as of a position.
pub type Revision = (Position, DevelopmentId, i32);

impl Reader {
    /// Sources by their ids, each as of a position; for staff, in the newest wording before the next that readers saw, also where
    /// they don't see it.
    pub async fn sources_at(&self, wanted: &[(Position, SourceId)]) -> Result<Vec<(Position, Source)>, StoreError> {
        let (positions, ids): (Vec<i64>, Vec<Uuid>) = wanted.iter().map(|(position, id)| (position.0, id.0)).unzip();
        let rows = sqlx::query!(
            r#"
            select distinct on (wanted.position, s.source_id)
                wanted.position as "at!: Position",
                s.source_id as "id: SourceId",
                s.version,
                s.kind as "kind: SourceKind",
                s.publisher,
                s.title,
                s.url,
                s.archived_url,
                s.attribution,
                s.published_on as "published_on?: Edtf",
                s.confidential
            from unnest($1::bigint[], $2::uuid[]) wanted (position, source_id)
            join source_version s using (source_id)
            where s.visible @> wanted.position
                or ($3 and s.visible is null and not exists (
                    select from source_version later
                    where later.source_id = s.source_id
                        and later.version < s.version
                        and lower(later.visible) > wanted.position
                ))
            order by wanted.position, s.source_id, s.version desc
            "#,
            &positions,
            &ids,
            self.sees_unpublished(),
        )
        .fetch_all(&self.pool)
        .await?;
        let mut sources = Vec::with_capacity(rows.len());
        for row in rows {
            let details = NewSource {
                kind: row.kind,
                publisher: row.publisher,
                title: row.title,
                url: row.url,
                archived_url: row.archived_url,
                attribution: row.attribution,
                published_on: row.published_on,
                confidential: row.confidential,
            };
            sources.push((row.at, self.told(Source { id: row.id, version: row.version, details })));
        }
        Ok(sources)
    }

    /// The citations of several revisions, each in its order, with their sources as of a position.
    pub async fn citations_at(&self, revisions: &[Revision]) -> Result<Vec<(Revision, Citation)>, StoreError> {
        let positions: Vec<i64> = revisions.iter().map(|(position, ..)| position.0).collect();
        let ids: Vec<Uuid> = revisions.iter().map(|(_, id, _)| id.0).collect();
        let numbers: Vec<i32> = revisions.iter().map(|(.., revision)| *revision).collect();
        let rows = sqlx::query!(
            r#"
            select
                wanted.position as "at!: Position",
                c.development_id as "development_id: DevelopmentId",
                c.revision,
                c.locator,
                c.quote,
                s.source_id as "source_id: SourceId",
                s.version,
                s.kind as "kind: SourceKind",
                s.publisher,
                s.title,
                s.url,
                s.archived_url,
                s.attribution,
                s.published_on as "published_on?: Edtf",
                s.confidential
            from unnest($1::bigint[], $2::uuid[], $3::integer[]) wanted (position, development_id, revision)
            join citation c using (development_id, revision)
            join lateral (
                select *
                from source_version v
                where v.source_id = c.source_id
                    and (v.visible @> wanted.position or ($4 and v.visible is null and not exists (
                        select from source_version later
                        where later.source_id = v.source_id
                            and later.version < v.version
                            and lower(later.visible) > wanted.position
                    )))
                order by v.version desc
                limit 1
            ) s on true
            order by wanted.position, c.development_id, c.revision, c.ordinal
            "#,
            &positions,
            &ids,
            &numbers,
            self.sees_unpublished(),
        )
        .fetch_all(&self.pool)
        .await?;
        let mut citations = Vec::with_capacity(rows.len());
        for row in rows {
            let details = NewSource {
                kind: row.kind,
                publisher: row.publisher,
                title: row.title,
                url: row.url,
                archived_url: row.archived_url,
                attribution: row.attribution,
                published_on: row.published_on,
                confidential: row.confidential,
            };
            let source = Source { id: row.source_id, version: row.version, details };
            let citation = self.cited(Citation { source, locator: row.locator, quote: row.quote });
            citations.push(((row.at, row.development_id, row.revision), citation));
        }
        Ok(citations)
    }

    /// A source as the viewer may know it.
    fn told(&self, source: Source) -> Source {
        if self.sees_unpublished() { source } else { Source { details: source.details.for_readers(), ..source } }
    }

    /// A citation as the viewer may know it: where in a confidential source, and its words, would give it away.
    fn cited(&self, citation: Citation) -> Citation {
        if self.sees_unpublished() || !citation.source.details.confidential {
            return citation;
        }
        Citation { source: self.told(citation.source), locator: None, quote: None }
    }
}
