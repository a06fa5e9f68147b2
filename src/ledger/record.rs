//! Recording a development: the one path behind all nine mutations and the import.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{
    Ledger,
    outcome::{Outcome, answer_again, preview},
    release::Release,
    working::{Done, answered_at},
};
use crate::{
    domain::{
        act::Act, change::ChangeKind, draft::Draft, id::DevelopmentId, position::Position, problem::Problem,
        viewer::Staff,
    },
    store::{
        append::Publication,
        audit::{Actor, NewEntry},
        conclusion::Conclusion,
        error::StoreError,
        idempotency, revisions,
    },
};

/// A wish to record a development.
#[derive(Debug, Clone)]
pub struct Record {
    pub draft: Draft,
    pub release: Release,
    /// Validate all, write nothing, and answer with what would be.
    pub dry_run: bool,
    pub idempotency: Option<idempotency::Claim>,
    pub staff: Staff,
    pub address: Option<IpAddr>,
}

/// A development that is to be stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewDevelopment<'a> {
    pub id: DevelopmentId,
    pub draft: &'a Draft,
    pub author: &'a Actor,
    /// When it is to be published; `None`: it is a draft.
    pub publish_at: Option<DateTime<Utc>>,
    /// `None` where no file brought it.
    pub brought: Option<Brought<'a>>,
}

/// What a file says of a development besides its content.
#[derive(Debug, Clone, Copy)]
pub struct Brought<'a> {
    pub key: &'a str,
    /// When it was first recorded. `None`: now.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl Ledger {
    /// Records a development in one transaction.
    pub async fn record(&self, record: Record) -> Result<Outcome, StoreError> {
        if let Some(refused) = self.may_release_own(&record.staff, record.release) {
            return Ok(refused);
        }
        let actor = Actor::staff(&record.staff, record.address);
        let _place = self.place(record.release == Release::Now).await;
        let mut transaction = self.pool.begin().await?;
        if let Some(claim) = record.idempotency.as_ref().filter(|_| !record.dry_run)
            && let Some(saved) = idempotency::claim(&mut transaction, claim).await?
        {
            return Ok(answer_again(claim, &saved));
        }
        let (id, country) = (DevelopmentId(self.clock.uuid()), record.draft.country);
        let publication = match record.release {
            Release::Now => Some(Publication { kind: ChangeKind::Published, country, revision: (id, 1) }),
            Release::At(_) | Release::Later => None,
        };
        let publish_at = match record.release {
            Release::At(moment) => Some(moment),
            Release::Now | Release::Later => None,
        };
        let new = NewDevelopment { id, draft: &record.draft, author: &actor, publish_at, brought: None };
        if record.dry_run {
            return match self.store(&mut transaction, &new, None).await? {
                Ok(_) => preview(&mut transaction, country, publication).await,
                Err(problems) => Ok(Outcome::Refused(problems)),
            };
        }
        let entry = NewEntry { development: Some(id), revision: Some(1), ..NewEntry::of(Act::Record) };
        let done = Done { entry, publication };
        let conclusion = self.conclusion(&mut transaction, &actor, done, record.idempotency.as_ref()).await?;
        let shown = match self.store(&mut transaction, &new, Some(&conclusion)).await? {
            Ok(shown) => shown,
            Err(problems) => return Ok(Outcome::Refused(problems)),
        };
        let position = answered_at(&conclusion, shown)?;
        transaction.commit().await?;
        Ok(Outcome::Done { development: id, revision: 1, country, position })
    }

    /// Stores a draft with its sources as the first revision of a new development, seen by staff only, and ends the act that does, if it ends so;
    /// answers with the position of the publication, if it is one.
    pub(super) async fn store(
        &self,
        connection: &mut PgConnection,
        new: &NewDevelopment<'_>,
        conclusion: Option<&Conclusion<'_>>,
    ) -> Result<Result<Option<Position>, Vec<Problem>>, StoreError> {
        let NewDevelopment { id, draft, author, publish_at, brought } = *new;
        let sources = match self.check_against_record(connection, id, draft).await? {
            Ok(sources) => sources,
            Err(problems) => return Ok(Err(problems)),
        };
        let now = self.clock.now();
        let recorded_at = brought.and_then(|brought| brought.recorded_at).map_or(now, |at| at.min(now));
        let import_key = brought.map(|brought| brought.key);
        let new = revisions::NewRevision {
            id,
            identity: Some(revisions::Identity { recorded_at, import_key }),
            revision: 1,
            effective_day: sources.effective_day(draft, recorded_at),
            author,
            note: None,
            minor: false,
            corrected: false,
            publish_at,
            now,
        };
        Ok(Ok(revisions::insert(connection, &new, draft, &sources.ids, conclusion).await?))
    }
}
