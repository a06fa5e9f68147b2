//! Statuses in the words that readers see at a position.

use super::{error::StoreError, reader::Reader};
use crate::domain::{
    position::Position,
    status::{Headline, Status, StatusDefinition},
};

impl Reader {
    /// Every status as of several positions, in the order of [`Status::ALL`].
    pub async fn statuses_at(&self, wanted: &[Position]) -> Result<Vec<(Position, StatusDefinition)>, StoreError> {
        let positions: Vec<i64> = wanted.iter().map(|position| position.0).collect();
        let rows = sqlx::query!(
            r#"
            select
                p as "at!: Position",
                code as "code: Status",
                label,
                definition,
                headline as "headline: Headline"
            from unnest($1::bigint[]) p
            join status_definition on visible @> p
            order by array_position(array['ASKED', 'DECLINED', 'AGREED', 'ENDED'], code)
            "#,
            &positions,
        )
        .fetch_all(&self.pool)
        .await?;
        let mut statuses = Vec::with_capacity(rows.len());
        for row in rows {
            let (code, label, definition, headline) = (row.code, row.label, row.definition, row.headline);
            statuses.push((row.at, StatusDefinition { code, label, definition, headline }));
        }
        Ok(statuses)
    }
}
