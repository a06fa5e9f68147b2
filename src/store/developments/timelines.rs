//! Countries' timelines.

use super::Row;
use crate::{
    domain::{
        country::CountryCode,
        cursor::DevelopmentCursor,
        development::{AgreementForm, AskStage, Development, Kind, State},
        edtf::Edtf,
        id::DevelopmentId,
        page::Window,
        position::Position,
    },
    store::{error::StoreError, reader::Reader},
};

impl Reader {
    /// A window on each of several countries' timelines, each as of a position, newest first: rows for [`Page::of`], a timeline
    /// after the other.
    pub async fn timelines_at(
        &self,
        wanted: &[(Position, CountryCode)],
        window: &Window<DevelopmentCursor>,
    ) -> Result<Vec<(Position, Development)>, StoreError> {
        let (positions, countries): (Vec<_>, Vec<_>) =
            wanted.iter().map(|(position, code)| (position.0, code.to_string())).unzip();
        macro_rules! query_timelines {
            ($order:literal, $outer_order:literal) => {
                query_developments!(
                    [r#"
                    from unnest($1::bigint[], $2::text[]) w (position, country_code)
                    join lateral (
                        select t.development_id, t.revision
                        from development_revision t
                        where t.country_code = w.country_code
                            and t.visible @> w.position
                            and ($3::date is null or (t.effective_day, t.first_position) < ($3, $4))
                            and ($5::date is null or (t.effective_day, t.first_position) > ($5, $6))
                    "# $order r#"
                    ) timeline on true
                    join development_revision r using (development_id, revision)
                    "# $outer_order],
                    &positions,
                    &countries,
                    window.after.map(|cursor| cursor.effective_day),
                    window.after.map(|cursor| cursor.first_position.0),
                    window.before.map(|cursor| cursor.effective_day),
                    window.before.map(|cursor| cursor.first_position.0),
                    window.fetch(),
                )
                .fetch_all(&self.pool)
                .await?
            };
        }
        let rows = if window.from_end {
            query_timelines!(
                "order by t.effective_day, t.first_position limit $7",
                "order by w.position, r.country_code, r.effective_day, r.first_position"
            )
        } else {
            query_timelines!(
                "order by t.effective_day desc, t.first_position desc limit $7",
                "order by w.position, r.country_code, r.effective_day desc, r.first_position desc"
            )
        };
        self.all_placed(rows)
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
            select w.position as "at!: Position", r.country_code as "code: CountryCode", count(*) as "count!"
            from unnest($1::bigint[], $2::text[]) w (position, country_code)
            join development_revision r on r.country_code = w.country_code and r.visible @> w.position
            group by w.position, r.country_code
            "#,
            &positions,
            &countries,
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| ((row.at, row.code), row.count)).collect())
    }
}
