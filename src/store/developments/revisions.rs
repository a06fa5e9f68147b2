//! The versions of a development's content.

use std::collections::BTreeMap;

use super::{Row, unzip};
use crate::{
    domain::{
        country::CountryCode,
        development::{AgreementForm, AskStage, Development, Kind, State},
        edtf::Edtf,
        id::DevelopmentId,
        position::Position,
        revision::{Revision, Shown},
    },
    store::{error::StoreError, reader::Reader},
};

impl Reader {
    /// The revisions of several developments in their order, each as of a position: those that readers had seen by then, or, for
    /// staff, all.
    pub async fn revisions_at(
        &self,
        wanted: &[(Position, DevelopmentId)],
    ) -> Result<Vec<(Position, Revision)>, StoreError> {
        let (positions, ids) = unzip(wanted);
        let rows = query_wanted!(
            self,
            wanted,
            [r#"
            join development_revision r on r.development_id = w.id
            where $3 or lower(r.visible) <= w.position
            order by w.position, w.id, r.revision
            "#],
            self.sees_unpublished(),
        );
        let shown = self.shown_at(&positions, &ids).await?;
        let revisions = self.all_placed(rows)?.into_iter();
        Ok(revisions
            .map(|(at, development)| {
                let shown = shown.get(&(at, development.id, development.revision)).copied();
                (at, Revision { development, shown })
            })
            .collect())
    }

    /// One revision of a development, if readers had seen it by then, or for staff.
    pub async fn revision_at(&self, id: DevelopmentId, number: i32) -> Result<Option<Development>, StoreError> {
        let rows = query_developments!(
            [r#"
            from (select $1::bigint, $2::uuid) w (position, id)
            join development_revision r on r.development_id = w.id and r.revision = $3
            where $4 or lower(r.visible) <= w.position
            "#],
            self.position().0,
            id.0,
            number,
            self.sees_unpublished(),
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(self.all_placed(rows)?.pop().map(|(_, development)| development))
    }

    /// When readers saw which revisions.
    async fn shown_at(
        &self,
        positions: &[i64],
        ids: &[uuid::Uuid],
    ) -> Result<BTreeMap<(Position, DevelopmentId, i32), Shown>, StoreError> {
        let rows = sqlx::query!(
            r#"
            select
                w.position as "at!: Position",
                r.development_id as "id: DevelopmentId",
                r.revision,
                c.position as "position: Position",
                c.at as "from",
                (select u.at from change u where u.position = upper(r.visible) and u.position <= w.position) as until
            from unnest($1::bigint[], $2::uuid[]) w (position, id)
            join development_revision r on r.development_id = w.id
            join change c on c.position = lower(r.visible) and c.position <= w.position
            "#,
            positions,
            ids,
        )
        .fetch_all(&self.pool)
        .await?;
        let shown = rows.into_iter().map(|row| {
            let shown = Shown { position: row.position, from: row.from, until: row.until };
            ((row.at, row.id, row.revision), shown)
        });
        Ok(shown.collect())
    }
}
