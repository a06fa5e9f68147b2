use async_graphql::{Object, Result};

use crate::{
    domain::{
        country::CountryCode,
        id::DevelopmentId,
        problem::{Problem, ProblemCode},
    },
    graphql::{
        scope::Scope,
        types::{
            country::{self, Country},
            development::{self, Development},
            tally::Tally,
        },
    },
};

pub enum RecordPayload {
    /// It is stored. The answer is read at the position at which it was.
    Recorded { scope: Scope, development: DevelopmentId, country: CountryCode },
    /// A dry run: nothing was written.
    Tried { country: Box<Country>, tally: Tally },
    /// Nothing was written; the editor can mend this.
    Refused(Vec<Problem>),
}

/// What came of recording a development.
#[Object]
impl RecordPayload {
    /// The development as it is stored. Null for a dry run, and where there are `userErrors`.
    async fn development(&self) -> Result<Option<Development>> {
        match self {
            Self::Recorded { scope, development, .. } => development::find(scope, *development).await,
            Self::Tried { .. } | Self::Refused(_) => Ok(None),
        }
    }

    /// Its country as it then is; for a dry run, as it would be. Null where there are `userErrors`.
    async fn country(&self) -> Result<Option<Country>> {
        match self {
            Self::Recorded { scope, country, .. } => country::find(scope, *country).await,
            Self::Tried { country, .. } => Ok(Some(Country::clone(country))),
            Self::Refused(_) => Ok(None),
        }
    }

    /// The headline numbers as they then are; for a dry run, as they would be. Null where there are `userErrors`.
    async fn tally(&self) -> Result<Option<Tally>> {
        match self {
            Self::Recorded { scope, .. } => Tally::at(scope).await.map(Some),
            Self::Tried { tally, .. } => Ok(Some(tally.clone())),
            Self::Refused(_) => Ok(None),
        }
    }

    /// Everything in the input that is wrong and can be mended. Empty when all went well; otherwise nothing was written.
    async fn user_errors(&self) -> Vec<UserError> {
        match self {
            Self::Refused(problems) => problems.iter().map(UserError::from).collect(),
            Self::Recorded { .. } | Self::Tried { .. } => Vec::new(),
        }
    }
}

/// One thing in an input that is wrong and can be mended.
#[derive(async_graphql::SimpleObject)]
pub struct UserError {
    /// What is wrong, as a code that programs can rely on.
    code: ProblemCode,
    /// The path of the field below `input`, list positions included: `["citations", "0", "source", "url"]`.
    field: Vec<String>,
    /// A sentence that says what to do.
    message: String,
}

impl From<&Problem> for UserError {
    fn from(problem: &Problem) -> Self {
        Self { code: problem.code, field: problem.field.clone(), message: problem.message.clone() }
    }
}
