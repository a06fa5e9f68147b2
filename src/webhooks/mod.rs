//! Outgoing webhooks: each server queues what was published for those who want to hear of it, and delivers what is due, signed,
//! again and again until it is taken or given up. Publishing knows nothing of it.

mod address;
mod backoff;
mod measure;
mod payload;
mod send;
mod signature;
mod target;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::{task::JoinSet, time::Instant};
use uuid::Uuid;

use self::{backoff::Outcome, payload::Telling};
pub use self::{
    signature::secret_text,
    target::{Refused, Target},
};
use crate::{
    clock::Clock,
    config::Networks,
    domain::act::Act,
    feed::Feed,
    graphql::Engine,
    store::{
        audit::{self, Actor, NewEntry},
        error::StoreError,
        pool::Pool,
        webhook_queue::{self, Taken},
        webhooks,
    },
};

/// How long to wait at least before looking again for what is due, and at most: another program may have queued something.
const SOONEST: Duration = Duration::from_millis(500);
const LATEST: Duration = Duration::from_secs(2);

/// How long after a change it is looked for what webhooks are to be told of it: others that come in the meantime are found with it.
const TOGETHER: Duration = Duration::from_millis(50);

/// How many deliveries a server has in hand at once.
const AT_ONCE: usize = 8;

/// How long a server may have a delivery in hand; an attempt is over long before.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// How long it is tried to deliver something, and after how long a webhook that always fails is taken out of use.
pub const PATIENCE: TimeDelta = TimeDelta::days(3);

/// How often it is looked how many wait, and old ones are deleted.
const TIDY: Duration = Duration::from_secs(30);

/// What delivers to webhooks. Any number of servers may, on one database.
#[derive(Clone)]
pub struct Worker {
    pool: Pool,
    feed: Feed,
    engine: Arc<Engine>,
    clock: Clock,
    networks: Networks,
    public_url: Option<String>,
}

impl Worker {
    pub fn new(
        (pool, feed): (Pool, Feed),
        engine: Arc<Engine>,
        clock: Clock,
        networks: Networks,
        public_url: Option<String>,
    ) -> Self {
        Self { pool, feed, engine, clock, networks, public_url }
    }

    /// Queues and delivers, again and again, until dropped; attempts that are under way end with it, and are made again.
    pub async fn keep_delivering(&self) {
        measure::describe();
        let (mut in_hand, mut tidied) = (JoinSet::new(), None::<Instant>);
        loop {
            if tidied.is_none_or(|at| at.elapsed() >= TIDY) {
                tidied = Some(Instant::now());
                warn("could not tidy the queue of webhooks", self.tidy().await);
            }
            let queued = self.feed.pulse().position;
            let pause = self.work(&mut in_hand).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "could not look for what webhooks are to be told");
                LATEST
            });
            // As soon as one is done, its webhook's next is looked for.
            tokio::select! {
                Some(done) = in_hand.join_next() => match done {
                    Ok(outcome) => warn("could not write down what came of a delivery", outcome),
                    Err(error) => tracing::error!(%error, "a delivery to a webhook broke off"),
                },
                () = self.feed.moves_from(queued) => tokio::time::sleep(TOGETHER).await,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Queues what webhooks are to be told and takes in hand what is due, and answers with how long there is nothing more to do.
    async fn work(&self, in_hand: &mut JoinSet<Result<(), StoreError>>) -> Result<Duration, StoreError> {
        let mut queue = webhook_queue::look(&self.pool).await?;
        if queue.is_behind {
            self.queue_all().await?;
        }
        if queue.is_behind || queue.next.is_some_and(|due_at| due_at <= self.clock.now()) {
            while in_hand.len() < AT_ONCE {
                let Some(taken) = self.take().await? else { break };
                let worker = self.clone();
                in_hand.spawn(async move { worker.attempt(taken).await });
            }
            queue = webhook_queue::look(&self.pool).await?;
        }
        let until_next = queue.next.map(|due_at| (due_at - self.clock.now()).to_std().unwrap_or_default());
        Ok(until_next.map_or(LATEST, |until_next| until_next.clamp(SOONEST, LATEST)))
    }

    /// Queues all that was published and is to be told; each webhook's part is queued once, by one server.
    async fn queue_all(&self) -> Result<(), StoreError> {
        loop {
            let mut transaction = self.pool.begin().await?;
            let Some((webhook, positions, until)) = webhook_queue::behind(&mut transaction).await? else {
                return Ok(());
            };
            let ids: Vec<Uuid> = positions.iter().map(|_| self.clock.uuid()).collect();
            let (now, queued) = (self.clock.now(), (&ids[..], &positions[..], until));
            webhook_queue::queue(&mut transaction, webhook, queued, now, now + PATIENCE).await?;
            transaction.commit().await?;
        }
    }

    async fn take(&self) -> Result<Option<Taken>, StoreError> {
        let now = self.clock.now();
        webhook_queue::take(&self.pool, now, now + LEASE).await
    }

    async fn attempt(&self, taken: Taken) -> Result<(), StoreError> {
        let telling = Telling { engine: &self.engine, public_url: self.public_url.as_deref() };
        let outcome = match telling.body(&taken).await {
            Some(body) => send::send(&taken, body, self.clock.now(), &self.networks).await,
            None => Outcome::failed("What is to be told could not be read."),
        };
        self.conclude(&taken, &outcome).await
    }

    async fn conclude(&self, taken: &Taken, outcome: &Outcome) -> Result<(), StoreError> {
        let now = self.clock.now();
        let attempted = outcome.attempted(taken, now, self.clock.secret());
        measure::attempt(&attempted);
        if let Some(error) = &attempted.error {
            tracing::info!(webhook = %taken.webhook, host = taken.host, attempt = taken.attempt, error, "a delivery failed");
        }
        let mut transaction = self.pool.begin().await?;
        webhook_queue::attempted(&mut transaction, taken, &attempted, now).await?;
        if let Some(because) = why_disable(taken, outcome, now)
            && webhooks::disable(&mut *transaction, taken.webhook, because, now).await?
        {
            tracing::warn!(webhook = %taken.webhook, host = taken.host, because, "a webhook was taken out of use");
            let entry = NewEntry { webhook: Some(taken.webhook), ..NewEntry::of(Act::DisableWebhook) };
            audit::write(&mut transaction, &Actor::delivery(), entry, now).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    async fn tidy(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        webhook_queue::forget(&self.pool, now).await?;
        let (waiting, oldest) = webhook_queue::waiting(&self.pool).await?;
        measure::queue(waiting, oldest.map(|oldest| now - oldest));
        Ok(())
    }
}

/// Why a webhook is to be taken out of use after an attempt, if it is.
fn why_disable(taken: &Taken, outcome: &Outcome, now: DateTime<Utc>) -> Option<&'static str> {
    let failing = outcome.is_failure() && taken.failing_since.is_some_and(|since| now - since >= PATIENCE);
    if outcome.is_gone() { Some("GONE") } else { failing.then_some("FAILING") }
}

fn warn(what: &str, outcome: Result<(), StoreError>) {
    if let Err(error) = outcome {
        tracing::warn!(%error, "{what}");
    }
}
