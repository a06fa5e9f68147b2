//! The headline numbers at a position.

use std::collections::BTreeMap;

use sqlx::PgExecutor;

use super::{error::StoreError, reader::Reader};
use crate::domain::{
    position::Position,
    status::{Headline, Status, StatusDefinition},
    tally::Tally,
};

/// The tallies at several positions, on the ledger's own transaction or a pool.
pub(crate) async fn find(
    executor: impl PgExecutor<'_>,
    positions: &[Position],
) -> Result<BTreeMap<Position, Tally>, StoreError> {
    let positions: Vec<i64> = positions.iter().map(|position| position.0).collect();
    let rows = sqlx::query!(
        r#"
        with standing as (
            select p.position, s.status, count(*) as countries
            from unnest($1::bigint[]) p (position)
            cross join states_at(p.position) s
            group by p.position, s.status
        )
        select
            p.position as "position!: Position",
            d.code as "code: Status",
            d.label,
            d.definition,
            d.headline as "headline: Headline",
            coalesce(s.countries, 0)::integer as "count!"
        from unnest($1::bigint[]) p (position)
        join status_definition d on d.visible @> p.position
        left join standing s on s.position = p.position and s.status = d.code
        order by array_position(array['ASKED', 'DECLINED', 'AGREED', 'ENDED'], d.code)
        "#,
        &positions,
    )
    .fetch_all(executor)
    .await?;
    let mut tallies = BTreeMap::<_, Tally>::new();
    for row in rows {
        let status =
            StatusDefinition { code: row.code, label: row.label, definition: row.definition, headline: row.headline };
        let tally = tallies.entry(row.position).or_insert_with(|| Tally { by_status: Vec::new() });
        tally.by_status.push((status, row.count.unsigned_abs()));
    }
    Ok(tallies)
}

impl Reader {
    /// The tallies as of several positions.
    pub async fn tallies_at(&self, wanted: &[Position]) -> Result<BTreeMap<Position, Tally>, StoreError> {
        find(&self.pool, wanted).await
    }
}
