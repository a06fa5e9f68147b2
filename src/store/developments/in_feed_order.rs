//! All published developments, part by part.

use super::Row;
use crate::{
    domain::{
        country::CountryCode,
        development::{AgreementForm, AskStage, Development, Kind, State},
        edtf::Edtf,
        id::DevelopmentId,
        position::Position,
    },
    store::{error::StoreError, reader::Reader},
};

impl Reader {
    /// So many developments that were first published after a position, in the order in which they were.
    pub async fn developments_after(&self, position: Position, limit: i64) -> Result<Vec<Development>, StoreError> {
        let rows = query_developments!(
            [r#"
            from (select $1::bigint) w (position)
            join lateral (
                select c.position, c.development_id
                from change c
                where c.kind = 'PUBLISHED' and c.position > $2 and c.position <= w.position
                order by c.position
                limit $3
            ) published on true
            join lateral (
                select *
                from development_revision r
                where r.development_id = published.development_id and seen_at(r.visible, w.position)
                limit 1
            ) r on true
            order by published.position
            "#],
            self.position().0,
            position.0,
            limit,
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(self.all_placed(rows)?.into_iter().map(|(_, development)| development).collect())
    }
}
