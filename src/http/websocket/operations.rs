//! The operations that run on one socket.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_graphql::parser::types::OperationType;
use futures_util::StreamExt;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{Close, message, writer::Outgoing};
use crate::{
    graphql::{Caller, code::Code},
    http::{
        App,
        answer::Answer,
        operation::{self, Operation},
        outbox::{Outbox, Undeliverable},
    },
};

/// The operations that run on one socket, each a task.
pub struct Operations {
    app: Arc<App>,
    outbox: Outbox<Outgoing>,
    /// Those that the client still listens to.
    active: Active,
    /// All, also a mutation whose answer nobody waits for any more: half of it must not be done.
    tasks: JoinSet<Option<Close>>,
    started: u64,
}

type Active = Arc<Mutex<HashMap<String, Running>>>;

struct Running {
    /// Tells two operations apart that had the same id one after the other.
    number: u64,
    streams: bool,
    stop: CancellationToken,
}

impl Operations {
    pub fn new(app: Arc<App>, outbox: Outbox<Outgoing>) -> Self {
        Self { app, outbox, active: Active::default(), tasks: JoinSet::new(), started: 0 }
    }

    /// Whether an operation with this id runs and is listened to.
    pub fn has(&self, id: &str) -> bool {
        lock(&self.active).contains_key(id)
    }

    /// Starts an operation, or answers why it can't run.
    pub async fn start(
        &mut self,
        id: String,
        request: async_graphql::Request,
        caller: Caller,
    ) -> Result<(), Undeliverable> {
        let limit = self.app.config.limits.max_operations_per_socket;
        if self.tasks.len() >= limit {
            let message = format!(
                "{} operations run on this WebSocket; at most {limit} are allowed. Complete one first.",
                self.tasks.len()
            );
            return self.refuse(&id, Answer::refused(vec![Code::TooManyOperations.error(message)])).await;
        }
        let operation = match Operation::prepare(&self.app, request) {
            Ok(operation) => operation,
            Err(refused) => return self.refuse(&id, *refused).await,
        };
        self.started += 1;
        let stop = CancellationToken::new();
        let streams = operation.kind() == OperationType::Subscription;
        lock(&self.active).insert(id.clone(), Running { number: self.started, streams, stop: stop.clone() });
        let delivery = Delivery { id, number: self.started, active: self.active.clone(), outbox: self.outbox.clone() };
        let app = self.app.clone();
        if streams {
            self.tasks.spawn(async move {
                stop.run_until_cancelled(stream(app, operation, caller, delivery)).await.flatten()
            });
        } else {
            // A mutation runs to its end even when the client has lost interest.
            let stop = if operation.kind() == OperationType::Mutation { CancellationToken::new() } else { stop };
            self.tasks.spawn(async move {
                stop.run_until_cancelled(single(app, operation, caller, delivery)).await.flatten()
            });
        }
        Ok(())
    }

    async fn refuse(&self, id: &str, refused: Answer) -> Result<(), Undeliverable> {
        let text = message::error(id, refused.request_errors().unwrap_or_default());
        let room = self.outbox.room(text.len()).await?;
        self.outbox.put(Outgoing::Text(text), room);
        Ok(())
    }

    /// Stops an operation that the client has completed. One that is not known has ended in the meantime.
    pub fn complete(&self, id: &str) {
        if let Some(running) = lock(&self.active).remove(id) {
            running.stop.cancel();
        }
    }

    /// Stops all subscriptions, without telling: the close that follows makes the client take them up again.
    pub fn stop_streams(&self) {
        lock(&self.active).retain(|_, running| {
            if running.streams {
                running.stop.cancel();
            }
            !running.streams
        });
    }

    /// Whether nothing runs.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Waits until an operation has ended; answers with a close if it takes the socket with it.
    pub async fn ended(&mut self) -> Option<Close> {
        match self.tasks.join_next().await {
            Some(Ok(close)) => close,
            Some(Err(error)) => {
                tracing::error!(%error, "an operation's task failed");
                Some(Close::new(1013, "Try Again Later"))
            }
            None => std::future::pending().await,
        }
    }
}

/// The way from an operation to its client.
struct Delivery {
    id: String,
    number: u64,
    active: Active,
    outbox: Outbox<Outgoing>,
}

impl Delivery {
    /// Sends a message of the operation, unless the client has completed it: from then on, nothing more may come. The last message makes
    /// the id free, in one step with its sending, so that the id is never free too early or too late.
    async fn send(&self, text: String, last: bool) -> Result<(), Undeliverable> {
        let room = self.outbox.room(text.len()).await?;
        let mut active = lock(&self.active);
        if active.get(&self.id).is_none_or(|running| running.number != self.number) {
            return Err(Undeliverable::Gone);
        }
        if last {
            active.remove(&self.id);
        }
        self.outbox.put(Outgoing::Text(text), room);
        Ok(())
    }

    async fn answer(&self, answer: &Answer) -> Result<(), Undeliverable> {
        match answer.request_errors() {
            Some(errors) => {
                self.send(message::error(&self.id, errors), true).await?;
                Err(Undeliverable::Gone)
            }
            None => self.send(message::next(&self.id, answer), false).await,
        }
    }

    async fn complete(&self) -> Result<(), Undeliverable> {
        self.send(message::complete(&self.id), true).await
    }
}

async fn single(app: Arc<App>, operation: Operation, caller: Caller, delivery: Delivery) -> Option<Close> {
    let answer = operation.execute(&app, caller, operation::deadline(&app)).await;
    let delivered = async {
        delivery.answer(&answer).await?;
        delivery.complete().await
    };
    closes(delivered.await)
}

async fn stream(app: Arc<App>, operation: Operation, caller: Caller, delivery: Delivery) -> Option<Close> {
    let mut answers = operation.subscribe(&app, caller, None);
    while let Some(next) = answers.next().await {
        if next.answer.asks_to_reconnect() {
            return Some(Close::try_again());
        }
        if let Err(undeliverable) = delivery.answer(&next.answer).await {
            return closes(Err(undeliverable));
        }
    }
    closes(delivery.complete().await)
}

fn closes(delivered: Result<(), Undeliverable>) -> Option<Close> {
    (delivered == Err(Undeliverable::TooSlow)).then(Close::too_slow)
}

fn lock(active: &Mutex<HashMap<String, Running>>) -> MutexGuard<'_, HashMap<String, Running>> {
    active.lock().unwrap_or_else(PoisonError::into_inner)
}
