//! The way down from a recording's input to the ledger.

use async_graphql::{Context, Result};

use super::{
    call::{Call, digest, release},
    input::RecordInput,
    payload::DevelopmentPayload,
};
use crate::{
    clock::latest_day_on_earth,
    graphql::error::store_error,
    ledger::{record::Record, release::Release},
};

/// Records what an input describes.
pub async fn record<I: RecordInput>(context: &Context<'_>, input: I) -> Result<DevelopmentPayload> {
    let call = Call::of(context)?;
    let digest = digest(&format!("{:?}", I::KIND), &input);
    let (wish, entry) = input.split();
    let today = latest_day_on_earth(call.services.clock.now());
    let release = release(wish.publish.unwrap_or(false), wish.publish_at);
    let is_unfinished = matches!(release, Ok(Release::Later));
    let checked = if is_unfinished { entry.check_unfinished(today) } else { entry.check(today) };
    let key = call.claim(wish.idempotency_key, digest);
    let (draft, release, idempotency) = match (checked, release, key) {
        (Ok(draft), Ok(release), Ok(key)) => (draft, release, key),
        (draft, release, key) => {
            let problems = [release.err(), key.err()].into_iter().flatten();
            return Ok(DevelopmentPayload::Refused(draft.err().into_iter().flatten().chain(problems).collect()));
        }
    };
    let record = Record {
        draft,
        release,
        dry_run: wish.dry_run.unwrap_or(false),
        idempotency,
        staff: call.staff.clone(),
        address: call.caller.address,
    };
    let outcome = call.services.ledger.record(record).await.map_err(store_error)?;
    DevelopmentPayload::of(context, outcome).await
}
