//! The way down from an edit's input to the ledger.

use async_graphql::{Context, ID, Result};
use chrono::NaiveDate;

use super::{
    call::{Call, digest, release},
    input::{ContentWish, EditInput, StepWish},
    payload::DevelopmentPayload,
};
use crate::{
    clock::latest_day_on_earth,
    domain::{
        as_of::AsOf,
        country::CountryCode,
        entry::{Entry, check_comment, check_note},
        id::{DevelopmentId, GlobalId},
        problem::{Problem, ProblemCode},
    },
    graphql::{error::store_error, scope::Scope},
    ledger::{
        edit::{Content, Edit, Step},
        release::Release,
    },
};

/// Does what an input asks for.
pub async fn edit<I: EditInput>(context: &Context<'_>, input: I) -> Result<DevelopmentPayload> {
    let call = Call::of(context)?;
    let digest = digest(&I::type_name(), &input);
    let (target, wish) = input.split();
    let today = latest_day_on_earth(call.services.clock.now());
    let (development, idempotency) = match (parse(&target.development), call.claim(target.idempotency_key, digest)) {
        (Ok(development), Ok(key)) => (development, key),
        (development, key) => {
            return Ok(DevelopmentPayload::Refused([development.err(), key.err()].into_iter().flatten().collect()));
        }
    };
    let scope = Scope::open(context, AsOf::Now).await?;
    let Some(stored) = scope.load(development).await? else {
        let message = "There is no development with this id.";
        return Ok(DevelopmentPayload::Refused(vec![Problem::at("development", ProblemCode::NotFound, message)]));
    };
    let step = match check(wish, stored.country, today) {
        Ok(step) => step,
        Err(problems) => return Ok(DevelopmentPayload::Refused(problems)),
    };
    let edit = Edit {
        development,
        expected_revision: target.expected_revision,
        step,
        dry_run: target.dry_run,
        idempotency,
        staff: call.staff.clone(),
        address: call.caller.address,
    };
    let outcome = call.services.ledger.edit(edit).await.map_err(store_error)?;
    DevelopmentPayload::of(context, outcome).await
}

fn parse(id: &ID) -> Result<DevelopmentId, Problem> {
    let message = match id.parse() {
        Ok(GlobalId::Development(id)) => return Ok(id),
        Ok(_) => "This is the id of something else: give a development's.".to_owned(),
        Err(error) => format!("Give a development's id: {error}."),
    };
    Err(Problem::at("development", ProblemCode::Malformed, message))
}

/// Checks all that needs no database, and gathers everything that is wrong.
fn check(wish: StepWish, country: CountryCode, today: NaiveDate) -> Result<Step, Vec<Problem>> {
    let said = |path, text: String| {
        let checked = check_comment(path, Some(&text), today)?;
        checked.ok_or_else(|| vec![Problem::at(path, ProblemCode::Required, "Say it in a few words.")])
    };
    Ok(match wish {
        StepWish::Save(wish) => Step::Save(content(wish, country, today, true)?),
        StepWish::Submit { comment } => Step::Submit { comment: check_comment("comment", comment.as_deref(), today)? },
        StepWish::Return { reason } => Step::Return { reason: said("reason", reason)? },
        StepWish::Publish => Step::Release(Release::Now),
        StepWish::Schedule { publish_at } => Step::Release(Release::At(publish_at)),
        StepWish::Unschedule => Step::Unschedule,
        StepWish::Correct { content: wish, publish, publish_at } => {
            let release = release(publish, publish_at).map_err(|problem| vec![problem]);
            let is_unfinished = matches!(release, Ok(Release::Later));
            match (content(wish, country, today, is_unfinished), release) {
                (Ok(content), Ok(release)) => Step::Correct(content, release),
                (content, release) => return Err(all([content.err(), release.err()])),
            }
        }
        StepWish::Retract { reason } => {
            let missing = || vec![Problem::at("reason", ProblemCode::Required, "Say to readers why it is retracted.")];
            Step::Retract { reason: check_note("reason", Some(&reason), today)?.ok_or_else(missing)? }
        }
        StepWish::Discard => Step::Discard,
        StepWish::Comment { text } => Step::Comment { text: said("text", text)? },
    })
}

fn content(
    wish: ContentWish,
    country: CountryCode,
    today: NaiveDate,
    is_unfinished: bool,
) -> Result<Content, Vec<Problem>> {
    let entry = Entry { country: country.to_string(), ..wish.content.into() };
    let name = entry.kind.field_name();
    let checked = if is_unfinished { entry.check_unfinished(today) } else { entry.check(today) };
    let draft = checked
        .map_err(|problems| problems.into_iter().map(|problem| problem.below(&["content", name])).collect::<Vec<_>>());
    match (draft, check_note("note", wish.note.as_deref(), today)) {
        (Ok(draft), Ok(note)) => Ok(Content { draft, note, minor: wish.minor }),
        (draft, note) => Err(all([draft.err(), note.err()])),
    }
}

fn all(problems: [Option<Vec<Problem>>; 2]) -> Vec<Problem> {
    problems.into_iter().flatten().flatten().collect()
}
