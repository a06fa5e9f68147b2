//! What every act upon a development begins and ends with.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

use super::{
    Ledger,
    sources::{self, Resolved},
};
use crate::{
    domain::{
        country::CountryCode,
        development::Details,
        draft::Draft,
        id::DevelopmentId,
        position::Position,
        problem::{Problem, ProblemCode},
        status::effective_day,
    },
    store::{
        append::Publication,
        audit::{Actor, NewEntry},
        changes,
        conclusion::{self, Conclusion},
        drafts,
        error::StoreError,
        idempotency,
    },
};

/// What an act does besides what it has stored: its entry in the history, and what it brings before readers.
pub(super) struct Done<'a> {
    pub entry: NewEntry<'a>,
    pub publication: Option<Publication>,
}

impl Resolved {
    /// The last day on which what a draft tells can have happened, if it was first recorded at an instant.
    pub(super) fn effective_day(&self, draft: &Draft, recorded: DateTime<Utc>) -> NaiveDate {
        effective_day(draft.occurred.as_ref(), &self.published, recorded.date_naive())
    }
}

impl Ledger {
    /// Checks a draft of a development against what is stored, and stores the sources that come with it.
    pub(super) async fn check_against_record(
        &self,
        connection: &mut PgConnection,
        id: DevelopmentId,
        draft: &Draft,
    ) -> Result<Result<Resolved, Vec<Problem>>, StoreError> {
        let mut problems = unknown_countries(connection, draft).await?;
        problems.extend(wrong_dispute(connection, id, draft).await?);
        let resolved = match sources::resolve(connection, &self.clock, &draft.citations).await? {
            Ok(resolved) => resolved,
            Err(others) => {
                problems.extend(others);
                Resolved::default()
            }
        };
        Ok(if problems.is_empty() { Ok(resolved) } else { Err(problems) })
    }

    /// How an act ends: it brings before readers what it publishes, and writes the answer to its idempotency key and its entry in the history.
    pub(super) async fn conclusion<'a>(
        &self,
        connection: &mut PgConnection,
        actor: &'a Actor,
        done: Done<'a>,
        claim: Option<&'a idempotency::Claim>,
    ) -> Result<Conclusion<'a>, StoreError> {
        let position = match done.publication {
            Some(_) => None,
            None => Some(changes::head(connection).await?.1),
        };
        let publication = done.publication.map(|publication| (publication.kind, publication.country));
        Ok(Conclusion { actor, entry: done.entry, publication, claim, position, now: self.clock.now() })
    }

    /// Ends an act that has stored everything; answers with the position at which its own result is read.
    pub(super) async fn conclude(
        &self,
        connection: &mut PgConnection,
        actor: &Actor,
        done: Done<'_>,
        claim: Option<&idempotency::Claim>,
    ) -> Result<Position, StoreError> {
        let end = self.conclusion(connection, actor, done, claim).await?;
        let shown = conclusion::conclude(connection, &end).await?;
        answered_at(&end, shown)
    }
}

/// The position at which an act's own result is read.
pub(super) fn answered_at(conclusion: &Conclusion<'_>, shown: Option<Position>) -> Result<Position, StoreError> {
    shown.or(conclusion.position).ok_or(StoreError::Corrupt("a publication without a position"))
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

async fn wrong_dispute(
    connection: &mut PgConnection,
    id: DevelopmentId,
    draft: &Draft,
) -> Result<Option<Problem>, StoreError> {
    let Details::Denial { disputes, .. } = &draft.details else { return Ok(None) };
    if *disputes == id {
        let message = "A denial disputes another development, not itself.";
        return Ok(Some(Problem::at("disputes", ProblemCode::Contradiction, message)));
    }
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
