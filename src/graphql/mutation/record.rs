//! The way down from an input to the ledger, and back with what came of it.

use async_graphql::{Context, Result};
use sha2::{Digest, Sha256};

use super::{
    input::{RecordInput, Wish},
    payload::RecordPayload,
};
use crate::{
    clock::latest_day_on_earth,
    domain::{
        as_of::AsOf,
        problem::{Problem, ProblemCode},
        viewer::{Staff, Viewer},
    },
    graphql::{
        Caller, Services,
        code::Code,
        error::{error, store_error},
        scope::Scope,
        types::{country::Country, tally::Tally},
    },
    ledger::record::{Outcome, Record, may_publish},
    store::{audit::Actor, idempotency},
};

/// How long an idempotency key may be, in characters.
const MAX_IDEMPOTENCY_KEY: usize = 200;

/// Records what an input describes.
pub async fn record<I: RecordInput>(context: &Context<'_>, input: I) -> Result<RecordPayload> {
    let (services, caller) = (context.data::<Services>()?, context.data::<Caller>()?);
    let staff = signed_in(&caller.viewer)?;
    let digest = digest(&input);
    let (shared, of_kind) = input.split();
    let (entry, wish) = shared.complete(of_kind);
    if wish.publish && !may_publish(staff.role) {
        return Err(error(Code::Forbidden, "A REPORTER may not publish: send `publish: false` to leave a draft."));
    }
    let today = latest_day_on_earth(services.clock.now());
    let draft = match (entry.check(today), check_key(&wish)) {
        (Ok(draft), None) => draft,
        (checked, key) => return Ok(RecordPayload::Refused(checked.err().into_iter().flatten().chain(key).collect())),
    };
    let idempotency = wish.idempotency_key.map(|key| idempotency::Claim { token: staff.token, key, digest });
    let actor = Actor::staff(staff, caller.address);
    let record = Record { draft, publish: wish.publish, dry_run: wish.dry_run, idempotency, actor };
    answer(context, services.ledger.record(record).await.map_err(store_error)?).await
}

async fn answer(context: &Context<'_>, outcome: Outcome) -> Result<RecordPayload> {
    Ok(match outcome {
        Outcome::Recorded { development, country, position } => {
            let scope = Scope::open(context, AsOf::Position(position)).await?;
            RecordPayload::Recorded { scope, development, country }
        }
        Outcome::Tried(preview) => {
            let scope = Scope::open(context, AsOf::Now).await?;
            let country = Box::new(Country { scope: scope.clone(), country: preview.country });
            RecordPayload::Tried { country, tally: Tally { scope, tally: preview.tally } }
        }
        Outcome::Refused(problems) => RecordPayload::Refused(problems),
    })
}

pub(super) fn signed_in(viewer: &Viewer) -> Result<&Staff> {
    match viewer {
        Viewer::Staff(staff) => Ok(staff),
        Viewer::Public => {
            Err(error(Code::Unauthenticated, "Recording needs an API token: send it as `Authorization: Bearer …`."))
        }
    }
}

fn check_key(wish: &Wish) -> Option<Problem> {
    let key = wish.idempotency_key.as_deref()?;
    let length = key.chars().count();
    if length > MAX_IDEMPOTENCY_KEY {
        let message = format!("A key takes {MAX_IDEMPOTENCY_KEY} characters at most; this one has {length}.");
        return Some(Problem::at("idempotencyKey", ProblemCode::TooLong, message));
    }
    if key.trim().is_empty() || key.chars().any(char::is_control) {
        let message = "A key is a text of your own without control characters: send one, or leave it out.";
        return Some(Problem::at("idempotencyKey", ProblemCode::Malformed, message));
    }
    None
}

/// A digest of everything that was sent, and to which mutation.
fn digest<I: RecordInput>(input: &I) -> [u8; 32] {
    let sent = format!("{:?} {}", I::KIND, input.to_value());
    Sha256::digest(sent.as_bytes()).into()
}
