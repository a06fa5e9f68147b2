//! All who watch the same.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::task::JoinHandle;

use super::{CHUNK, Event, Live, Refused, Sink};
use crate::{
    domain::position::Position,
    graphql::subscription::shared::{Plan, PlanKey},
    http::metrics,
};

/// Subscribers that one task tells, one after the other.
const SHARD: usize = 256;

/// Events of more bytes take long to make.
const LARGE: usize = 32 << 10;

/// Events that are kept for those who come back: as many as that, and as many bytes.
const RECENT: usize = 256;
const RECENT_BYTES: usize = 256 << 10;

/// One distinct subscription with all who watch it.
pub struct Topic {
    pub key: Arc<PlanKey>,
    pub plan: Arc<Plan>,
    /// Held by whoever renders what was missed.
    pub rendering: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

struct State {
    /// Everything after `base` and up to `told` is in `recent`, where there was something to tell.
    base: Position,
    told: Position,
    recent: VecDeque<Arc<Event>>,
    recent_bytes: usize,
    /// The newest event, for subscriptions that begin with the state.
    newest: Option<Arc<Event>>,
    shards: Vec<Arc<Shard>>,
    members: u64,
    next_member: u64,
    /// Its events are large, and making them would hold up others.
    is_large: bool,
    /// A task of its own tells what its subscribers do not know yet.
    catches_up: bool,
    /// Nobody watches any more: who comes makes a new topic.
    retired: bool,
}

/// Some of the subscribers.
#[derive(Default)]
pub struct Shard(Mutex<HashMap<u64, Member>>);

struct Member {
    /// It has been told everything up to here.
    told: Position,
    sink: Arc<dyn Sink>,
}

/// How an attempt to become a subscriber came out.
pub enum Entry {
    Entered(Membership),
    /// Changes between two positions have to be told first.
    Behind {
        from: Position,
        to: Position,
    },
    /// The state at a position has to be learnt first.
    Stateless(Position),
    Retired,
}

/// Being a subscriber, until it is dropped.
pub struct Membership {
    live: Arc<Live>,
    topic: Arc<Topic>,
    shard: Arc<Shard>,
    number: u64,
}

impl Drop for Membership {
    fn drop(&mut self) {
        self.shard.members().remove(&self.number);
        let mut state = self.topic.state();
        state.members -= 1;
        let is_last = state.members == 0;
        drop(state);
        if is_last {
            self.live.retire(&self.topic);
        }
    }
}

impl Topic {
    /// A topic that nobody watches yet, from a position on.
    pub fn new(key: Arc<PlanKey>, plan: Arc<Plan>, position: Position) -> Self {
        let state = State {
            base: position,
            told: position,
            recent: VecDeque::new(),
            recent_bytes: 0,
            newest: None,
            shards: Vec::new(),
            members: 0,
            next_member: 0,
            is_large: false,
            catches_up: false,
            retired: false,
        };
        Self { key, plan, rendering: tokio::sync::Mutex::default(), state: Mutex::new(state) }
    }

    /// Makes someone a subscriber who has been told everything up to a position, or who begins with the state (`None`). In one step with
    /// telling the newest, so that nothing comes between.
    pub fn enter(
        self: &Arc<Self>,
        live: &Arc<Live>,
        after: Option<Position>,
        sink: &Arc<dyn Sink>,
    ) -> Result<Entry, Refused> {
        let mut state = self.state();
        if state.retired {
            return Ok(Entry::Retired);
        }
        let mut scratch = Vec::new();
        match after {
            None => match &state.newest {
                Some(newest) => sink.offer(newest, &mut scratch)?,
                None => return Ok(Entry::Stateless(state.told)),
            },
            Some(from) if from < state.base => {
                return Ok(Entry::Behind { from, to: state.base.min(state.chunk_after(from)) });
            }
            Some(from) => {
                let first = state.recent.partition_point(|event| event.position <= from);
                for event in state.recent.iter().skip(first) {
                    sink.offer(event, &mut scratch)?;
                }
            }
        }
        let told = after.unwrap_or(state.told).max(state.told);
        let number = state.next_member;
        state.next_member += 1;
        state.members += 1;
        let shard = state.shard_with_room();
        shard.members().insert(number, Member { told, sink: sink.clone() });
        Ok(Entry::Entered(Membership { live: live.clone(), topic: self.clone(), shard, number }))
    }

    /// Learns what the state was, unless something newer was told since.
    pub fn state_was(&self, event: Option<Arc<Event>>) {
        let mut state = self.state();
        if state.newest.is_none() {
            state.newest = event;
        }
    }

    /// Tells all subscribers of a position, in tasks of their own.
    pub fn tell(&self, position: Position, event: Option<Arc<Event>>) -> Vec<JoinHandle<()>> {
        let mut state = self.state();
        state.told = position;
        let Some(event) = event else { return Vec::new() };
        state.remember(event.clone());
        state.shards.retain(|shard| !shard.members().is_empty());
        let tell = |shard: &Arc<Shard>| tokio::spawn(shard.clone().tell(event.clone()));
        state.shards.iter().map(tell).collect()
    }

    /// Whether a task of its own tells this topic's subscribers, begun here if need be. Called under the lock of all topics, like the next two:
    /// so no position is left out between that task and those who tell all topics together.
    pub fn is_told_apart(self: &Arc<Self>, live: &Arc<Live>) -> bool {
        let is_large = self.state().is_large;
        if is_large {
            self.tell_apart(live);
        }
        self.state().catches_up
    }

    /// Leaves it to a task of its own to tell this topic's subscribers what they do not know yet.
    pub fn tell_apart(self: &Arc<Self>, live: &Arc<Live>) {
        if !std::mem::replace(&mut self.state().catches_up, true) {
            tokio::spawn(live.clone().catch_up(self.clone()));
        }
    }

    /// What the subscribers have not been told yet up to a position, [`CHUNK`] at most; `None` ends the task that tells them.
    pub fn behind(&self, position: Position) -> Option<(Position, Position)> {
        let mut state = self.state();
        state.catches_up = state.told < position && !state.retired;
        let from = state.told;
        state.catches_up.then(|| (from, position.min(state.chunk_after(from))))
    }

    /// Ends it, if nobody watches.
    pub fn retires(&self) -> bool {
        let mut state = self.state();
        state.retired = state.members == 0;
        state.retired
    }

    /// Ends it, and cuts off all who watch.
    pub fn end(&self) {
        let shards = {
            let mut state = self.state();
            state.retired = true;
            std::mem::take(&mut state.shards)
        };
        for member in shards.iter().flat_map(|shard| std::mem::take(&mut *shard.members()).into_values()) {
            member.sink.cut_off();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The end of a chunk of what was missed. Large events are made one by one.
    fn chunk_after(&self, from: Position) -> Position {
        Position(from.0 + if self.is_large { 1 } else { CHUNK })
    }

    fn remember(&mut self, event: Arc<Event>) {
        self.recent_bytes += event.payload.len();
        self.is_large = event.payload.len() > LARGE;
        self.newest = Some(event.clone());
        self.recent.push_back(event);
        while self.recent.len() > RECENT || self.recent_bytes > RECENT_BYTES {
            let Some(oldest) = self.recent.pop_front() else { break };
            self.recent_bytes -= oldest.payload.len();
            self.base = oldest.position;
        }
    }

    fn shard_with_room(&mut self) -> Arc<Shard> {
        let has_room = |shard: &&Arc<Shard>| shard.members().len() < SHARD;
        // The newest first: the others are mostly full.
        if let Some(shard) = self.shards.iter().rev().find(has_room) {
            return shard.clone();
        }
        let shard = Arc::new(Shard::default());
        self.shards.push(shard.clone());
        shard
    }
}

impl Shard {
    async fn tell(self: Arc<Self>, event: Arc<Event>) {
        let mut scratch = Vec::new();
        let mut delivered = 0;
        self.members().retain(|_, member| {
            if member.told >= event.position {
                return true;
            }
            delivered += 1;
            member.sink.offer(&event, &mut scratch).is_ok()
        });
        metrics::delivered(delivered);
    }

    fn members(&self) -> MutexGuard<'_, HashMap<u64, Member>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
