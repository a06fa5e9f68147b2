//! Developments by their ids, and what disputes them.

use super::{Row, unzip};
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
    /// Developments by their ids, each as of a position: the revision visible there, or, for staff, the newest one of what is not
    /// published.
    pub async fn developments_at(
        &self,
        wanted: &[(Position, DevelopmentId)],
    ) -> Result<Vec<(Position, Development)>, StoreError> {
        let rows = query_wanted!(
            self,
            wanted,
            [r#"
            join development_revision r on r.development_id = w.id
            where r.visible @> w.position
                or ($3 and r.visible is null and not exists (
                    select from development_revision other
                    where other.development_id = r.development_id
                        and (other.visible is not null or other.revision > r.revision)
                ))
            "#],
            self.sees_unpublished(),
        );
        self.all_placed(rows)
    }

    /// The published denials of several developments, each as of a position, newest first.
    pub async fn denials_at(
        &self,
        disputed: &[(Position, DevelopmentId)],
    ) -> Result<Vec<(Position, Development)>, StoreError> {
        let rows = query_wanted!(
            self,
            disputed,
            [r#"
            join development_revision r on r.disputes_id = w.id and r.visible @> w.position and not r.retracted
            order by r.effective_day desc, r.first_position desc
            "#],
        );
        self.all_placed(rows)
    }
}
