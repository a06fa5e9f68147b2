//! What every mutation's call has: who calls, and the key under which it may be sent twice.

use async_graphql::{Context, InputType, Result};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::{
    domain::{
        problem::{Problem, ProblemCode},
        viewer::Staff,
    },
    graphql::{Caller, Services, access::signed_in},
    ledger::release::Release,
    store::idempotency,
};

/// How long an idempotency key may be, in characters.
const MAX_IDEMPOTENCY_KEY: usize = 200;

/// A call by someone who is signed in.
pub struct Call<'a> {
    pub services: &'a Services,
    pub caller: &'a Caller,
    pub staff: &'a Staff,
}

impl<'a> Call<'a> {
    pub fn of(context: &'a Context<'_>) -> Result<Self> {
        let (services, caller) = (context.data::<Services>()?, context.data::<Caller>()?);
        Ok(Self { services, caller, staff: signed_in(&caller.viewer)? })
    }

    /// The caller's claim on a key, if one was sent.
    pub fn claim(&self, key: Option<String>, digest: [u8; 32]) -> Result<Option<idempotency::Claim>, Problem> {
        let Some(key) = key else { return Ok(None) };
        check_key(&key)?;
        Ok(Some(idempotency::Claim { actor: self.staff.id, key, digest }))
    }
}

fn check_key(key: &str) -> Result<(), Problem> {
    let length = key.chars().count();
    if length > MAX_IDEMPOTENCY_KEY {
        let message = format!("A key takes {MAX_IDEMPOTENCY_KEY} characters at most; this one has {length}.");
        return Err(Problem::at("idempotencyKey", ProblemCode::TooLong, message));
    }
    if key.trim().is_empty() || key.chars().any(char::is_control) {
        let message = "A key is a text of your own without control characters: send one, or leave it out.";
        return Err(Problem::at("idempotencyKey", ProblemCode::Malformed, message));
    }
    Ok(())
}

/// A digest of everything that was sent, and to which mutation.
pub fn digest(mutation: &str, input: &impl InputType) -> [u8; 32] {
    Sha256::digest(format!("{mutation} {}", input.to_value()).as_bytes()).into()
}

/// When something is to come before readers.
pub fn release(publish: bool, publish_at: Option<DateTime<Utc>>) -> Result<Release, Problem> {
    match (publish, publish_at) {
        (true, Some(_)) => {
            let message = "Publish it at once with `publish`, or at a moment with `publishAt`, not both.";
            Err(Problem::at("publishAt", ProblemCode::Contradiction, message))
        }
        (true, None) => Ok(Release::Now),
        (false, Some(moment)) => Ok(Release::At(moment)),
        (false, None) => Ok(Release::Later),
    }
}
