//! What comes of an editor's act.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::{
    domain::{
        country::{Country, CountryCode},
        id::DevelopmentId,
        position::Position,
        problem::{Problem, ProblemCode},
        status::Status,
        tally::Tally,
    },
    store::{
        append::{self, Publication},
        changes, countries,
        error::StoreError,
        idempotency,
        revisions::Head,
        tally,
    },
};

/// What came of an act upon a development.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Stored, and committed.
    Done {
        development: DevelopmentId,
        /// The revision that the act made or was about.
        revision: i32,
        country: CountryCode,
        /// The position at which the answer is read.
        position: Position,
    },
    /// What would be. Nothing was written.
    Tried(Box<Preview>),
    /// Nothing was written; the editor can mend this.
    Refused(Vec<Problem>),
    /// Nothing was written: somebody else changed it first.
    Overtaken(Conflict),
    /// Nothing was written: the role does not permit it. The sentence says what would.
    Forbidden(&'static str),
}

/// Where things would stand.
#[derive(Debug, Clone)]
pub struct Preview {
    pub country: Country,
    pub tally: Tally,
    pub status_before: Option<Status>,
    pub status_after: Option<Status>,
}

/// Who changed a development while an editor was at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub development: DevelopmentId,
    /// The revision that the editor expected to be the newest.
    pub expected: i32,
    /// The newest.
    pub revision: i32,
    /// Who wrote it; `None` at the command line.
    pub author: Option<String>,
    pub written_at: DateTime<Utc>,
}

impl Conflict {
    pub(super) fn of(development: DevelopmentId, expected: i32, head: Head) -> Self {
        let (revision, author, written_at) = (head.revision, head.author, head.written_at);
        Self { development, expected, revision, author, written_at }
    }

    /// The conflict as something that the editor can mend.
    pub fn problem(&self) -> Problem {
        let author = self.author.as_deref().unwrap_or("the command line");
        let (at, newest, expected) = (self.written_at.format("%Y-%m-%d %H:%M UTC"), self.revision, self.expected);
        let message = format!(
            "The newest revision is {newest}, written by {author} at {at}; you expected {expected}. \
             Look at what changed, and send yours again with `expectedRevision: {newest}`."
        );
        Problem::at("expectedRevision", ProblemCode::Conflict, message)
    }
}

/// The answer to a call that was made before with the same key.
pub(super) fn answer_again(claim: &idempotency::Claim, saved: &idempotency::Saved) -> Outcome {
    if saved.digest != claim.digest {
        return Outcome::Refused(vec![Problem::at(
            "idempotencyKey",
            ProblemCode::IdempotencyKeyReused,
            "This key was used before with another input: send a new key for a new call.",
        )]);
    }
    let (development, revision) = (saved.development, saved.revision);
    Outcome::Done { development, revision, country: saved.country, position: saved.position }
}

/// Reads where things would stand, on the transaction that is about to be rolled back.
pub(super) async fn preview(
    connection: &mut PgConnection,
    country: CountryCode,
    publication: Option<Publication>,
) -> Result<Outcome, StoreError> {
    let published = match publication {
        Some(publication) => Some(append::publish(connection, publication).await?),
        None => None,
    };
    let position = match published {
        Some(published) => published.turn.position,
        None => changes::head(&mut *connection).await?.1,
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
