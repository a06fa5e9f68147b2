//! Working copies, for the desk.

use uuid::Uuid;

use super::{Row, unzip};
use crate::{
    domain::{
        country::CountryCode,
        cursor::WorkingCursor,
        development::{AgreementForm, AskStage, Development, Kind, State},
        edtf::Edtf,
        id::DevelopmentId,
        page::{Page, Window},
        position::Position,
    },
    store::{error::StoreError, reader::Reader},
};

/// Which working copies are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingFilter {
    pub states: Vec<State>,
    /// Only those that were last written with this token.
    pub author: Option<Uuid>,
    /// Only those of this country.
    pub country: Option<CountryCode>,
}

impl Reader {
    /// A page of working copies, the last written first. Empty for readers.
    pub async fn working_copies(
        &self,
        filter: &WorkingFilter,
        window: &Window<WorkingCursor>,
    ) -> Result<Page<Development>, StoreError> {
        macro_rules! query_page {
            ($order:literal) => {
                query_developments!(
                    [r#"
                    from (select $1::bigint) w (position)
                    join development_revision r on r.state = any($2) and r.state in ('DRAFT', 'IN_REVIEW', 'SCHEDULED')
                    where $3
                        and ($4::uuid is null or r.author_id = $4)
                        and ($5::text is null or r.country_code = $5)
                        and ($6::timestamptz is null or (r.created_at, r.development_id) < ($6, $7))
                        and ($8::timestamptz is null or (r.created_at, r.development_id) > ($8, $9))
                    "# $order],
                    self.position().0,
                    &filter.states as &[State],
                    self.sees_unpublished(),
                    filter.author,
                    filter.country.map(|code| code.to_string()),
                    window.after.map(|cursor| cursor.written_at),
                    window.after.map(|cursor| cursor.development),
                    window.before.map(|cursor| cursor.written_at),
                    window.before.map(|cursor| cursor.development),
                    window.fetch(),
                )
                .fetch_all(&self.pool)
                .await?
            };
        }
        let rows = if window.from_end {
            query_page!("order by r.created_at, r.development_id limit $10")
        } else {
            query_page!("order by r.created_at desc, r.development_id desc limit $10")
        };
        let rows = self.all_placed(rows)?.into_iter().map(|(_, development)| development).collect();
        Ok(Page::of(window, rows))
    }

    /// How many working copies a filter admits. None for readers.
    pub async fn count_working_copies(&self, filter: &WorkingFilter) -> Result<i64, StoreError> {
        let count = sqlx::query_scalar!(
            r#"
            select count(*) as "count!"
            from development_revision r
            where r.state = any($1)
                and r.state in ('DRAFT', 'IN_REVIEW', 'SCHEDULED')
                and $2
                and ($3::uuid is null or r.author_id = $3)
                and ($4::text is null or r.country_code = $4)
            "#,
            &filter.states as &[State],
            self.sees_unpublished(),
            filter.author,
            filter.country.map(|code| code.to_string()),
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(count)
    }

    /// The working copies of several developments. None for readers.
    pub async fn working_copies_at(
        &self,
        wanted: &[(Position, DevelopmentId)],
    ) -> Result<Vec<(Position, Development)>, StoreError> {
        if !self.sees_unpublished() {
            return Ok(Vec::new());
        }
        let (positions, ids) = unzip(wanted);
        let rows = query_developments!(
            [r#"
            from unnest($1::bigint[], $2::uuid[]) w (position, id)
            join development_revision r on r.development_id = w.id and r.state in ('DRAFT', 'IN_REVIEW', 'SCHEDULED')
            "#],
            &positions,
            &ids,
        )
        .fetch_all(&self.pool)
        .await?;
        self.all_placed(rows)
    }
}
