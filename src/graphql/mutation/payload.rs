use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        as_of::AsOf,
        country::CountryCode,
        id::DevelopmentId,
        problem::{Problem, ProblemCode},
    },
    graphql::{
        code::Code,
        error::error,
        scope::Scope,
        types::{
            country::{self, Country},
            development::Development,
            revision::{self, FieldChange},
            tally::Tally,
        },
    },
    ledger::outcome::{self, Outcome},
};

pub enum DevelopmentPayload {
    /// It is stored. The answer is read at the position at which it was.
    Done { scope: Scope, development: DevelopmentId, revision: i32, country: CountryCode },
    /// A dry run: nothing was written.
    Tried { country: Country, tally: Tally },
    /// Nothing was written; the editor can mend this.
    Refused(Vec<Problem>),
    /// Nothing was written: somebody else changed it first.
    Overtaken(Conflict),
}

impl DevelopmentPayload {
    /// What an outcome is answered with.
    pub async fn of(context: &Context<'_>, outcome: Outcome) -> Result<Self> {
        Ok(match outcome {
            Outcome::Done { development, revision, country, position } => {
                let scope = Scope::open(context, AsOf::Position(position)).await?;
                Self::Done { scope, development, revision, country }
            }
            Outcome::Tried(preview) => {
                let scope = Scope::open(context, AsOf::Now).await?;
                let country = Country::of(&scope, preview.country);
                Self::Tried { country, tally: Tally { scope, tally: preview.tally } }
            }
            Outcome::Refused(problems) => Self::Refused(problems),
            Outcome::Overtaken(conflict) => {
                let position = crate::store::changes::head(&context.data::<crate::graphql::Services>()?.pool).await;
                let (_, position) = position.map_err(crate::graphql::error::store_error)?;
                Self::Overtaken(Conflict { scope: Scope::open(context, AsOf::Position(position)).await?, conflict })
            }
            Outcome::Forbidden(message) => return Err(error(Code::Forbidden, message)),
        })
    }
}

/// What came of an act upon a development.
#[Object]
impl DevelopmentPayload {
    /// The development as the act left it: the revision that it made or was about. Null for a dry run, and where there are
    /// `userErrors`.
    async fn development(&self) -> Result<Option<Development>> {
        match self {
            Self::Done { scope, development, revision, .. } => {
                revision::find_development(scope, *development, *revision).await
            }
            Self::Tried { .. } | Self::Refused(_) | Self::Overtaken(_) => Ok(None),
        }
    }

    /// Its country as readers then see it; for a dry run, as they would. Null where there are `userErrors`.
    async fn country(&self) -> Result<Option<Country>> {
        match self {
            Self::Done { scope, country, .. } => country::find(scope, *country).await,
            Self::Tried { country, .. } => Ok(Some(country.clone())),
            Self::Refused(_) | Self::Overtaken(_) => Ok(None),
        }
    }

    /// The headline numbers as they then are; for a dry run, as they would be. Null where there are `userErrors`.
    async fn tally(&self) -> Result<Option<Tally>> {
        match self {
            Self::Done { scope, .. } => Tally::at(scope).await.map(Some),
            Self::Tried { tally, .. } => Ok(Some(tally.clone())),
            Self::Refused(_) | Self::Overtaken(_) => Ok(None),
        }
    }

    /// Who changed it in the meantime, and what. Null unless `expectedRevision` is no longer the newest.
    async fn conflict(&self) -> Option<&Conflict> {
        match self {
            Self::Overtaken(conflict) => Some(conflict),
            Self::Done { .. } | Self::Tried { .. } | Self::Refused(_) => None,
        }
    }

    /// Everything in the input that is wrong and can be mended. Empty when all went well; otherwise nothing was written.
    async fn user_errors(&self) -> Vec<UserError> {
        match self {
            Self::Refused(problems) => problems.iter().map(UserError::from).collect(),
            Self::Overtaken(conflict) => vec![UserError::from(&conflict.conflict.problem())],
            Self::Done { .. } | Self::Tried { .. } => Vec::new(),
        }
    }
}

pub struct Conflict {
    scope: Scope,
    conflict: outcome::Conflict,
}

/// What a colleague did to a development while you were at it.
#[Object]
impl Conflict {
    /// The newest revision: what to send as `expectedRevision` once you have seen what changed.
    async fn revision(&self) -> i32 {
        self.conflict.revision
    }

    /// The name of who wrote it. Null at the command line.
    async fn author(&self) -> Option<&str> {
        self.conflict.author.as_deref()
    }

    /// When it was written.
    async fn written_at(&self) -> DateTime<Utc> {
        self.conflict.written_at
    }

    /// The development as it stands in the newest revision.
    async fn development(&self) -> Result<Option<Development>> {
        revision::find_development(&self.scope, self.conflict.development, self.conflict.revision).await
    }

    /// What differs between the revision that you expected and the newest. Empty where there never was such a revision.
    async fn changes(&self) -> Result<Vec<FieldChange>> {
        let outcome::Conflict { development, expected, revision, .. } = self.conflict;
        revision::changes_between(&self.scope, development, expected, revision).await
    }
}

/// One thing in an input that is wrong and can be mended.
#[derive(async_graphql::SimpleObject)]
pub struct UserError {
    /// What is wrong, as a code that programs can rely on.
    code: ProblemCode,
    /// The path of the field below `input`, list positions included: `["citations", "0", "source", "url"]`. Empty where no one field
    /// is wrong.
    field: Vec<String>,
    /// A sentence that says what to do.
    message: String,
}

impl From<&Problem> for UserError {
    fn from(problem: &Problem) -> Self {
        Self { code: problem.code, field: problem.field.clone(), message: problem.message.clone() }
    }
}
