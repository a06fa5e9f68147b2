//! Countries' timelines.

use std::collections::HashMap;

use super::{Row, bounds::Bounds};
use crate::{
    domain::{
        country::CountryCode,
        cursor::DevelopmentCursor,
        development::{AgreementForm, AskStage, Details, Development, Kind, State},
        edtf::Edtf,
        id::DevelopmentId,
        page::Window,
        position::Position,
    },
    store::{error::StoreError, reader::Reader},
};

impl Reader {
    /// A window on each of several countries' timelines, each as of a position, newest first: rows for [`Page::of`], a timeline
    /// after the other. What a denial disputes is read along.
    pub async fn timelines_at(
        &self,
        wanted: &[(Position, CountryCode)],
        window: &Window<DevelopmentCursor>,
    ) -> Result<Vec<(Position, Development)>, StoreError> {
        let (positions, countries): (Vec<_>, Vec<_>) =
            wanted.iter().map(|(position, code)| (position.0, code.to_string())).unzip();
        let bounds = Bounds::of(window).until(self.latest_day());
        macro_rules! query_timelines {
            ($from:literal, $positions:expr, $countries:expr, $order:literal, $outer_order:literal) => {
                query_developments!(
                    { listed: "timeline.listed", total: "null::bigint", country: "null::text" },
                    [$from r#"
                    w (position, country_code)
                    join lateral (
                        with page as (
                            select t.development_id, t.revision, t.disputes_id
                            from development_revision t
                            where t.country_code = w.country_code
                                and seen_at(t.visible, w.position)
                                and (t.effective_day, t.first_position) < ($3, $4)
                                and (t.effective_day, t.first_position) > ($5, $6)
                    "# $order r#"
                        )
                        select development_id, revision, true as listed
                        from page
                        union all
                        select disputed.development_id, disputed.revision, false
                        from page
                        join development_revision disputed
                            on disputed.development_id = page.disputes_id and disputed.visible @> w.position
                    ) timeline on true
                    join development_revision r using (development_id, revision)
                    "# $outer_order],
                    $positions,
                    $countries,
                    bounds.below.effective_day,
                    bounds.below.first_position.0,
                    bounds.above.effective_day,
                    bounds.above.first_position.0,
                    window.fetch(),
                )
                .fetch_all(&self.pool)
                .await?
            };
        }
        macro_rules! query_direction {
            ($from:literal, $positions:expr, $countries:expr) => {
                if window.from_end {
                    query_timelines!(
                        $from,
                        $positions,
                        $countries,
                        "order by t.effective_day, t.first_position limit $7",
                        "order by w.position, r.country_code, r.effective_day, r.first_position"
                    )
                } else {
                    query_timelines!(
                        $from,
                        $positions,
                        $countries,
                        "order by t.effective_day desc, t.first_position desc limit $7",
                        "order by w.position, r.country_code, r.effective_day desc, r.first_position desc"
                    )
                }
            };
        }
        // One is asked for most. Its plan is made once, where one for several is made for their number.
        let rows = match (positions.as_slice(), countries.as_slice()) {
            ([position], [country]) => query_direction!("from (select $1::bigint, $2::text)", *position, country),
            _ => query_direction!("from unnest($1::bigint[], $2::text[])", &positions, &countries),
        };
        let (mut listed, mut disputed) = (Vec::new(), HashMap::new());
        for row in rows {
            let is_listed = row.listed;
            let (at, development) = self.placed(row)?;
            if is_listed {
                listed.push((at, development));
            } else {
                disputed.insert((at, development.id), development);
            }
        }
        for (at, development) in &mut listed {
            if let Details::Denial { disputes, .. } = development.details {
                development.referred.disputed = disputed.get(&(*at, disputes)).cloned().map(Box::new);
            }
        }
        Ok(listed)
    }

    /// How many published developments each of several countries has, each as of a position; one without any is left out.
    pub async fn timeline_lengths_at(
        &self,
        wanted: &[(Position, CountryCode)],
    ) -> Result<Vec<((Position, CountryCode), i64)>, StoreError> {
        let (positions, countries): (Vec<_>, Vec<_>) =
            wanted.iter().map(|(position, code)| (position.0, code.to_string())).unzip();
        let rows = sqlx::query!(
            r#"
            select w.position as "at!: Position", w.country_code as "code!: CountryCode", newest.published as "count!"
            from unnest($1::bigint[], $2::text[]) w (position, country_code)
            cross join lateral (
                select c.published_of_country::bigint as published
                from change c
                where c.country_code = w.country_code and c.position <= w.position and c.development_id is not null
                order by c.position desc
                limit 1
            ) newest
            "#,
            &positions,
            &countries,
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| ((row.at, row.code), row.count)).collect())
    }
}
