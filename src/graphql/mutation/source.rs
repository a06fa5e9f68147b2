//! The way down from a source's input to the ledger.

use async_graphql::{Context, Object, Result};

use super::{
    call::Call,
    input::{ReviseSourceInput, SourceInput},
    payload::UserError,
};
use crate::{
    clock::latest_day_on_earth,
    domain::{
        as_of::AsOf,
        entry::SourceEntry,
        id::{GlobalId, SourceId},
        problem::{Problem, ProblemCode},
    },
    graphql::{
        code::Code,
        error::{error, store_error},
        scope::Scope,
        types::source::{self, Source},
    },
    ledger::source::{ReviseSource, SourceOutcome},
};

/// Stores a source, or finds its equal.
pub async fn add(context: &Context<'_>, input: SourceInput) -> Result<SourcePayload> {
    let call = Call::of(context)?;
    let entry = SourceEntry::from(input);
    let source = match entry.check(latest_day_on_earth(call.services.clock.now())) {
        Ok(source) => source,
        Err(problems) => return Ok(SourcePayload::Refused(problems)),
    };
    let outcome = call.services.ledger.add_source(source, call.staff, call.caller.address).await;
    SourcePayload::of(context, outcome.map_err(store_error)?).await
}

/// Changes what is said of a source.
pub async fn revise(context: &Context<'_>, input: ReviseSourceInput) -> Result<SourcePayload> {
    let call = Call::of(context)?;
    let Ok(GlobalId::Source(source)) = input.source.parse() else {
        let message = "Give the id of a source.";
        return Ok(SourcePayload::Refused(vec![Problem::at("source", ProblemCode::Malformed, message)]));
    };
    let entry = SourceEntry::from(input.details);
    let (details, note) = match entry.check(latest_day_on_earth(call.services.clock.now())) {
        Ok(checked) => checked,
        Err(problems) => return Ok(SourcePayload::Refused(problems)),
    };
    let wish = ReviseSource {
        source,
        expected_version: input.expected_version,
        details,
        note,
        staff: call.staff.clone(),
        address: call.caller.address,
    };
    let outcome = call.services.ledger.revise_source(wish).await.map_err(store_error)?;
    SourcePayload::of(context, outcome).await
}

pub enum SourcePayload {
    /// It is stored. The answer is read at the position at which it was.
    Done(Scope, SourceId),
    /// Nothing was written; the editor can mend this.
    Refused(Vec<Problem>),
}

impl SourcePayload {
    async fn of(context: &Context<'_>, outcome: SourceOutcome) -> Result<Self> {
        match outcome {
            SourceOutcome::Done(id, position) => {
                Ok(Self::Done(Scope::open(context, AsOf::Position(position)).await?, id))
            }
            SourceOutcome::Refused(problems) => Ok(Self::Refused(problems)),
            SourceOutcome::Forbidden(message) => Err(error(Code::Forbidden, message)),
        }
    }
}

/// What came of an act upon a source.
#[Object]
impl SourcePayload {
    /// The source as it is stored. Null where there are `userErrors`.
    async fn source(&self) -> Result<Option<Source>> {
        match self {
            Self::Done(scope, id) => source::find(scope, *id).await,
            Self::Refused(_) => Ok(None),
        }
    }

    /// Everything in the input that is wrong and can be mended. Empty when all went well; otherwise nothing was written.
    async fn user_errors(&self) -> Vec<UserError> {
        match self {
            Self::Done(..) => Vec::new(),
            Self::Refused(problems) => problems.iter().map(UserError::from).collect(),
        }
    }
}
