//! Live events, rendered once: all who subscribe to the same share one execution of each change and the bytes that come of it.

mod render;
mod topic;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use axum::body::Bytes;
use futures_util::{StreamExt, future::BoxFuture};
use moka::future::Cache;
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep, timeout_at},
};

pub use topic::Membership;

use self::{
    render::answer,
    topic::{Entry, Topic},
};
use super::{answer::Answer, outbox::Undeliverable};
use crate::{
    domain::{
        change::Change,
        cursor::{FeedCursor, decode},
        position::Position,
    },
    feed::Feed,
    graphql::{
        Engine,
        code::Code,
        subscription::shared::{Moment, Plan, PlanKey, Start},
    },
    store::error::StoreError,
};

/// How long those who watch different things wait for each other, so that what all of them read is read once.
const TOGETHER: Duration = Duration::from_secs(1);

/// How many changes are rendered together for those who missed them.
const CHUNK: i64 = 128;

/// Bytes of past events that are kept for others who missed the same.
const PAST: u64 = 16 << 20;

/// What a past event weighs beside its bytes.
const OVERHEAD: usize = 256;

/// How long to wait before trying again when the database did not answer.
const RETRY: Duration = Duration::from_millis(250);

/// What subscribers of one kind are told of one moment.
#[derive(Debug)]
pub struct Event {
    pub position: Position,
    /// Where to resume from, for a subscription that can.
    pub cursor: Option<String>,
    /// The answer as JSON.
    pub payload: Bytes,
    /// As it is sent over SSE, once somebody needs it so.
    pub frame: OnceLock<Bytes>,
}

/// Who takes events, on behalf of one client.
pub trait Sink: Send + Sync {
    /// Takes an event, or answers that it can't. Called for all subscribers one after the other, so it never waits; `scratch` saves each
    /// from a buffer of its own.
    fn offer(&self, event: &Event, scratch: &mut Vec<u8>) -> Result<(), Undeliverable>;

    /// Takes an event of those that were missed, once there is room for it.
    fn send<'a>(&'a self, event: &'a Event) -> BoxFuture<'a, Result<(), Undeliverable>>;

    /// Ends it so that its client takes it up again after its last cursor.
    fn cut_off(&self);
}

/// Why someone can't be a subscriber.
#[derive(Debug)]
pub enum Refused {
    /// The request is wrong: so it is answered.
    Answer(Box<Answer>),
    /// The database did not answer: to be tried again.
    Unavailable,
    /// The client can't be reached.
    Undeliverable(Undeliverable),
}

impl From<Undeliverable> for Refused {
    fn from(undeliverable: Undeliverable) -> Self {
        Self::Undeliverable(undeliverable)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        tracing::warn!(%error, "a subscription could not begin");
        Self::Unavailable
    }
}

/// Everything that is watched on this server.
pub struct Live {
    engine: Arc<Engine>,
    feed: Feed,
    patience: Duration,
    topics: Mutex<Topics>,
    /// Events that someone missed, by what they watch: many come back at once, and missed the same.
    past: Cache<(Arc<PlanKey>, Position), Option<Arc<Event>>>,
}

struct Topics {
    /// The last change that is told, or being told.
    position: Position,
    by_plan: HashMap<Arc<PlanKey>, Arc<Topic>>,
}

impl Live {
    /// `patience` is how long the database may take to answer.
    pub fn new(engine: Arc<Engine>, feed: Feed, patience: Duration) -> Self {
        let topics = Topics { position: feed.pulse().position, by_plan: HashMap::new() };
        let weigh = |_: &(Arc<PlanKey>, Position), event: &Option<Arc<Event>>| {
            let bytes = OVERHEAD + event.as_ref().map_or(0, |event| event.payload.len());
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        let past = Cache::builder().max_capacity(PAST).weigher(weigh).build();
        Self { engine, feed, patience, topics: Mutex::new(topics), past }
    }

    /// Tells every change to all who watch, in order, for as long as it is polled.
    pub async fn run(self: Arc<Self>) {
        loop {
            let mut changes = std::pin::pin!(self.feed.changes_after(self.topics().position));
            while let Some(change) = changes.next().await {
                match change {
                    Ok(change) => self.tell(&change).await,
                    Err(StoreError::Rewound) => {
                        self.begin_anew();
                        break;
                    }
                    Err(error) => {
                        tracing::warn!(%error, "the feed could not be read");
                        break;
                    }
                }
            }
            sleep(RETRY).await;
        }
    }

    /// Makes someone a subscriber: tells first what was missed, then everything as it happens.
    pub async fn join(self: Arc<Self>, plan: Plan, start: Start, sink: Arc<dyn Sink>) -> Result<Membership, Refused> {
        let rewinds = self.feed.pulse().rewinds;
        let mut after = match start {
            Start::State => None,
            Start::Now => Some(self.feed.place().position),
            Start::After(cursor) => Some(self.locate(&cursor).await?),
        };
        let (key, plan) = (plan.key(), Arc::new(plan));
        let mut topic = self.topic(&key, &plan).await?;
        loop {
            match topic.enter(&self, after, &sink)? {
                // Where it begins means something else now.
                Entry::Entered(_) if self.feed.pulse().rewinds != rewinds => return Err(Refused::Unavailable),
                Entry::Entered(membership) => return Ok(membership),
                Entry::Retired => topic = self.topic(&key, &plan).await?,
                Entry::Stateless(position) => {
                    let state = self.render(&topic.plan, &[Moment::State(position)]).await?;
                    topic.state_was(state.into_iter().flatten().next());
                }
                Entry::Behind { from, to } => {
                    for event in self.missed(&topic, from, to).await?.into_iter().flatten() {
                        sink.send(&event).await?;
                    }
                    after = Some(to);
                }
            }
        }
    }

    /// The position that a cursor means.
    async fn locate(&self, cursor: &str) -> Result<Position, Refused> {
        let wrong = |problem: String| {
            Refused::Answer(Box::new(Answer::refused(vec![Code::BadUserInput.error(format!("`after`: {problem}."))])))
        };
        let cursor: FeedCursor = decode(cursor).map_err(|error| wrong(error.to_string()))?;
        self.feed.locate(cursor).await?.ok_or_else(|| {
            wrong(
                "this is a cursor of another feed, from ahead of this one, or of a change that was lost: start again without it"
                    .to_owned(),
            )
        })
    }

    /// The topic of a plan. The first to ask for it learns whether the plan can be executed.
    async fn topic(&self, key: &PlanKey, plan: &Arc<Plan>) -> Result<Arc<Topic>, Refused> {
        if let Some(topic) = self.topics().by_plan.get(key) {
            return Ok(topic.clone());
        }
        let mut outcomes = std::pin::pin!(self.engine.tell(self.feed.id(), [((), &**plan, Moment::Never)]));
        if let Some(((), outcome)) = outcomes.next().await
            && let Some(answer) = answer(outcome)
        {
            return Err(Refused::Answer(Box::new(answer)));
        }
        let mut topics = self.topics();
        let Topics { position, by_plan } = &mut *topics;
        let key = Arc::new(key.clone());
        let new = || Arc::new(Topic::new(key.clone(), plan.clone(), *position));
        Ok(by_plan.entry(key.clone()).or_insert_with(new).clone())
    }

    /// Tells one change to all who watch. What is slow, or could not be read, is told apart, and delays nobody else.
    async fn tell(self: &Arc<Self>, change: &Arc<Change>) {
        let together: Vec<Arc<Topic>> = {
            let mut topics = self.topics();
            topics.position = change.position;
            topics.by_plan.values().filter(|topic| !topic.is_told_apart(self)).cloned().collect()
        };
        let wanted = together.iter().enumerate();
        let wanted = wanted.map(|(index, topic)| (index, &*topic.plan, Moment::Change(change.clone())));
        let mut left: Vec<Option<&Arc<Topic>>> = together.iter().map(Some).collect();
        let mut telling = Vec::new();
        {
            let mut outcomes = std::pin::pin!(self.engine.tell(self.feed.id(), wanted));
            let deadline = Instant::now() + TOGETHER;
            while let Ok(Some((index, outcome))) = timeout_at(deadline, outcomes.next()).await {
                let topic = &together[index];
                if let Ok(event) = self.event(&topic.plan, (change.position, Some(change.at)), outcome) {
                    left[index] = None;
                    telling.extend(topic.tell(change.position, event));
                }
            }
        }
        {
            let _topics = self.topics();
            for topic in left.into_iter().flatten() {
                topic.tell_apart(self);
            }
        }
        done(telling).await;
    }

    /// Tells those who watch one topic what they have not been told yet, until they know everything.
    async fn catch_up(self: Arc<Self>, topic: Arc<Topic>) {
        while let Some((from, to)) = self.behind(&topic) {
            match self.missed(&topic, from, to).await {
                Ok(events) => {
                    for (event, position) in events.into_iter().zip(from.0 + 1..) {
                        done(topic.tell(Position(position), event)).await;
                    }
                }
                Err(_) => {
                    tracing::warn!(position = %to, "a change could not be read; trying again");
                    sleep(RETRY).await;
                }
            }
        }
    }

    /// What those who watch a topic have not been told yet. If nothing, it is no longer told apart.
    fn behind(&self, topic: &Topic) -> Option<(Position, Position)> {
        let topics = self.topics();
        topic.behind(topics.position)
    }

    /// Forgets a topic that nobody watches. Another may have taken its place.
    fn retire(&self, topic: &Topic) {
        let mut topics = self.topics();
        let is_known = topics.by_plan.get(&*topic.key).is_some_and(|known| std::ptr::eq(&**known, topic));
        if topic.retires() && is_known {
            topics.by_plan.remove(&*topic.key);
        }
    }

    /// Forgets all that was told, and lets everybody begin anew: the feed has lost some of it.
    fn begin_anew(&self) {
        let ended: Vec<_> = {
            let mut topics = self.topics();
            topics.position = self.feed.pulse().position;
            topics.by_plan.drain().collect()
        };
        self.past.invalidate_all();
        for (_, topic) in ended {
            topic.end();
        }
    }

    fn topics(&self) -> MutexGuard<'_, Topics> {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits until all subscribers have been told.
async fn done(telling: Vec<JoinHandle<()>>) {
    for shard in telling {
        // The panic hook has told of one that panicked.
        let _ = shard.await;
    }
}
