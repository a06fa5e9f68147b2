//! Recording a development: the one path behind all nine mutations and the import.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{
    Ledger,
    publish::{Published, publish},
    sources::{self, Resolved},
};
use crate::{
    domain::{
        country::{Country, CountryCode},
        development::Details,
        draft::Draft,
        id::DevelopmentId,
        position::Position,
        problem::{Problem, ProblemCode},
        status::{Status, effective_day},
        tally::Tally,
        viewer::Role,
    },
    store::{
        append::take_feed_lock,
        audit::{self, Act, Actor},
        countries,
        drafts::{self, FirstRevision},
        error::StoreError,
        idempotency, tally,
    },
};

/// A wish to record a development.
#[derive(Debug, Clone)]
pub struct Record {
    pub draft: Draft,
    /// Show it to readers at once.
    pub publish: bool,
    /// Validate all, write nothing, and answer with what would be.
    pub dry_run: bool,
    pub idempotency: Option<idempotency::Claim>,
    pub actor: Actor,
}

/// What a file says of a development besides its content.
#[derive(Debug, Clone, Copy)]
pub struct Brought<'a> {
    pub key: &'a str,
    /// The day on which it was first recorded. `None`: now.
    pub recorded_on: Option<NaiveDate>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Stored, and committed.
    Recorded {
        development: DevelopmentId,
        country: CountryCode,
        /// The position at which the answer is read.
        position: Position,
    },
    /// What would be. Nothing was written.
    Tried(Box<Preview>),
    /// Nothing was written; the editor can mend this.
    Refused(Vec<Problem>),
}

/// Where things would stand.
#[derive(Debug, Clone)]
pub struct Preview {
    pub country: Country,
    pub tally: Tally,
    pub status_before: Option<Status>,
    pub status_after: Option<Status>,
}

/// Whether a role may bring something before readers.
pub fn may_publish(role: Role) -> bool {
    role >= Role::Editor
}

impl Ledger {
    /// Records a development in one transaction. The caller has asked [`may_publish`].
    pub async fn record(&self, record: Record) -> Result<Outcome, StoreError> {
        let mut transaction = self.pool.begin().await?;
        if let Some(claim) = record.idempotency.as_ref().filter(|_| !record.dry_run)
            && let Some(saved) = idempotency::claim(&mut transaction, claim).await?
        {
            return Ok(answer_again(claim, &saved, record.draft.country));
        }
        let stored = match self.store(&mut transaction, &record.draft, None).await? {
            Ok(stored) => stored,
            Err(problems) => return Ok(Outcome::Refused(problems)),
        };
        let published = self.publish_if(&mut transaction, &record, stored).await?;
        if record.dry_run {
            return preview(&mut transaction, record.draft.country, published).await;
        }
        let position = self.conclude(&mut transaction, &record, stored, published).await?;
        transaction.commit().await?;
        Ok(Outcome::Recorded { development: stored, country: record.draft.country, position })
    }

    /// Stores a draft with its sources, seen by staff only.
    pub(super) async fn store(
        &self,
        connection: &mut PgConnection,
        draft: &Draft,
        brought: Option<Brought<'_>>,
    ) -> Result<Result<DevelopmentId, Vec<Problem>>, StoreError> {
        let mut problems = unknown_countries(connection, draft).await?;
        problems.extend(wrong_dispute(connection, draft).await?);
        let resolved = match sources::resolve(connection, &self.clock, &draft.citations).await? {
            Ok(resolved) => resolved,
            Err(others) => {
                problems.extend(others);
                Resolved::default()
            }
        };
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        let now = self.clock.now();
        let recorded =
            brought.and_then(|brought| brought.recorded_on).map_or(now.date_naive(), |day| day.min(now.date_naive()));
        let first = FirstRevision {
            id: DevelopmentId(self.clock.uuid()),
            effective_day: effective_day(draft.occurred.as_ref(), &resolved.published, recorded),
            import_key: brought.map(|brought| brought.key),
            now,
        };
        drafts::insert_development(connection, &first, draft, &resolved.ids).await?;
        Ok(Ok(first.id))
    }

    async fn publish_if(
        &self,
        connection: &mut PgConnection,
        record: &Record,
        stored: DevelopmentId,
    ) -> Result<Option<Published>, StoreError> {
        if !record.publish {
            return Ok(None);
        }
        let turn = take_feed_lock(connection, self.clock.now()).await?;
        publish(connection, turn, record.draft.country, (stored, 1)).await.map(Some)
    }

    /// Writes what belongs to the act beyond its effect: the audit entry and the answer to its idempotency key.
    async fn conclude(
        &self,
        connection: &mut PgConnection,
        record: &Record,
        stored: DevelopmentId,
        published: Option<Published>,
    ) -> Result<Position, StoreError> {
        let now = self.clock.now();
        let shown = published.map(|published| published.turn.position);
        let act = Act::Record { development: stored, revision: 1, position: shown };
        audit::write(connection, &record.actor, act, now).await?;
        let position = match shown {
            Some(position) => position,
            None => crate::store::changes::head(&mut *connection).await?.1,
        };
        if let Some(claim) = &record.idempotency {
            idempotency::save(connection, claim, stored, position, now).await?;
        }
        Ok(position)
    }
}

fn answer_again(claim: &idempotency::Claim, saved: &idempotency::Saved, country: CountryCode) -> Outcome {
    if saved.digest != claim.digest {
        return Outcome::Refused(vec![Problem::at(
            "idempotencyKey",
            ProblemCode::IdempotencyKeyReused,
            "This key was used before with another input: send a new key for a new development.",
        )]);
    }
    Outcome::Recorded { development: saved.development, country, position: saved.position }
}

/// Reads where things would stand, on the transaction that is about to be rolled back.
async fn preview(
    connection: &mut PgConnection,
    country: CountryCode,
    published: Option<Published>,
) -> Result<Outcome, StoreError> {
    let position = match published {
        Some(published) => published.turn.position,
        None => crate::store::changes::head(&mut *connection).await?.1,
    };
    let found = countries::find(&mut *connection, &[(position, country)]).await?.pop();
    let (_, country) = found.ok_or(StoreError::Corrupt("a country without a name"))?;
    let tally = tally::find(&mut *connection, &[position]).await?.remove(&position);
    let tally = tally.ok_or(StoreError::Corrupt("no status is defined"))?;
    let unchanged = country.standing.as_ref().map(|standing| standing.status.code);
    let (status_before, status_after) =
        published.map_or((unchanged, unchanged), |published| (published.status_before, published.status_after));
    Ok(Outcome::Tried(Box::new(Preview { country, tally, status_before, status_after })))
}

async fn unknown_countries(connection: &mut PgConnection, draft: &Draft) -> Result<Vec<Problem>, StoreError> {
    let nationalities = match &draft.details {
        Details::Payment { nationalities, .. } | Details::Transfer { nationalities, .. } => nationalities.as_slice(),
        _ => &[],
    };
    let named: BTreeSet<CountryCode> = nationalities.iter().copied().chain([draft.country]).collect();
    let unknown = drafts::unknown_countries(connection, &named.into_iter().collect::<Vec<_>>()).await?;
    let fields = nationalities.iter().enumerate().map(|(index, code)| (format!("nationalities.{index}"), code));
    let problems = [("country".to_owned(), &draft.country)].into_iter().chain(fields);
    Ok(problems
        .filter(|(_, code)| unknown.contains(code))
        .map(|(field, code)| {
            let message = format!("No country has the code {code}: use its ISO 3166-1 alpha-2 code, or XK for Kosovo.");
            Problem::at(&field, ProblemCode::NotFound, message)
        })
        .collect())
}

async fn wrong_dispute(connection: &mut PgConnection, draft: &Draft) -> Result<Option<Problem>, StoreError> {
    let Details::Denial { disputes, .. } = &draft.details else { return Ok(None) };
    let problem = match drafts::find_development(connection, *disputes).await? {
        None => (ProblemCode::NotFound, "There is no development with this id.".to_owned()),
        Some((_, false)) => (
            ProblemCode::NotFound,
            "This development is not published: only what readers see can be disputed.".to_owned(),
        ),
        Some((country, true)) if country != draft.country => (
            ProblemCode::OtherCountry,
            format!("This development is about {country}: a denial disputes a development of its own country."),
        ),
        Some((_, true)) => return Ok(None),
    };
    Ok(Some(Problem::at("disputes", problem.0, problem.1)))
}
