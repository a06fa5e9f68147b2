//! The operations of one socket.

use std::{future::Future, sync::Arc, thread};

use async_graphql::{Request, parser::types::OperationType};
use futures_util::{FutureExt, StreamExt, future::BoxFuture};
use tokio_util::sync::CancellationToken;

use super::{
    Close,
    connection::Connection,
    message::Outgoing,
    running::{How, Running},
};
use crate::{
    graphql::{Caller, code::Code},
    http::{
        App,
        answer::Answer,
        live::{Event, Membership, Refused, Sink},
        metrics::Open,
        operation::{self, Operation},
        outbox::Undeliverable,
    },
};

/// Starts an operation under an id of the client's and a number of ours, or answers why it can't run.
pub fn start(
    app: &Arc<App>,
    connection: &Arc<Connection>,
    (id, number): (String, u64),
    request: Request,
    caller: Caller,
) -> Result<(), Undeliverable> {
    let limit = app.config.limits.max_operations_per_socket;
    let run = connection.state().operations();
    let prepared = if run < limit {
        Operation::prepare(app, request)
    } else {
        let message =
            format!("{run} operations run on this WebSocket; at most {limit} are allowed. Complete one first.");
        Err(Box::new(Answer::refused(vec![Code::TooManyOperations.error(message)])))
    };
    let mut operation = match prepared {
        Ok(operation) => operation,
        Err(refused) => {
            let errors = refused.request_errors().unwrap_or_default();
            let mut text = Vec::new();
            Outgoing::Error(errors).write(&id, &mut text);
            return connection.write(&text);
        }
    };
    let listen = |how| connection.state().running.push(Running { id: id.into(), number, how });
    let delivery = Delivery { number, connection: connection.clone() };
    if operation.kind() == OperationType::Subscription {
        if let Some((plan, start)) = operation.plan(&caller) {
            listen(How::Shared { place: None, _counted: Open::subscription() });
            let joining = app.live.clone().join(plan, start, Arc::new(delivery.clone())).boxed();
            share(app, joining, delivery);
        } else {
            let stop = CancellationToken::new();
            listen(How::Streams(stop.clone()));
            task(app, connection, stoppable(Some(stop), stream(app.clone(), operation, caller, delivery)));
        }
        return Ok(());
    }
    // A mutation runs to its end even when the client has lost interest.
    let stop = (operation.kind() == OperationType::Query).then(CancellationToken::new);
    listen(How::Once(stop.clone()));
    task(app, connection, stoppable(stop, single(app.clone(), operation, caller, delivery)));
    Ok(())
}

/// Becomes one of those who watch the same: mostly at once, else in a task that first tells what was missed.
fn share(app: &Arc<App>, mut joining: BoxFuture<'static, Result<Membership, Refused>>, delivery: Delivery) {
    let connection = delivery.connection.clone();
    match (&mut joining).now_or_never() {
        Some(Ok(membership)) => connection.attach(delivery.number, membership),
        Some(Err(refused)) => task(app, &connection, delivery.refuse(refused)),
        None => task(app, &connection, async move {
            match joining.await {
                Ok(membership) => {
                    delivery.connection.attach(delivery.number, membership);
                    None
                }
                Err(refused) => delivery.refuse(refused).await,
            }
        }),
    }
}

/// Runs a part of an operation in a task of its own, which may end the socket.
fn task(app: &Arc<App>, connection: &Arc<Connection>, part: impl Future<Output = Option<Close>> + Send + 'static) {
    let counted = Counted::of(connection.clone());
    app.connections.spawn(async move {
        if let Some(close) = part.await {
            counted.0.close(close);
        }
    });
}

/// A task of a socket, counted until it ends.
struct Counted(Arc<Connection>);

impl Counted {
    fn of(connection: Arc<Connection>) -> Self {
        connection.state().tasks += 1;
        Self(connection)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.state().tasks -= 1;
        if thread::panicking() {
            self.0.close(Close::new(1013, "Try Again Later"));
        }
        self.0.attention.notify_one();
    }
}

async fn stoppable(stop: Option<CancellationToken>, part: impl Future<Output = Option<Close>>) -> Option<Close> {
    match stop {
        Some(stop) => stop.run_until_cancelled(part).await.flatten(),
        None => part.await,
    }
}

async fn single(app: Arc<App>, operation: Operation, caller: Caller, delivery: Delivery) -> Option<Close> {
    let answer = operation.execute(&app, caller, operation::deadline(&app)).await;
    delivery.answer(&answer).await
}

async fn stream(app: Arc<App>, operation: Operation, caller: Caller, delivery: Delivery) -> Option<Close> {
    let mut answers = operation.subscribe(&app, caller, None);
    while let Some(next) = answers.next().await {
        if next.answer.asks_to_reconnect() {
            return Some(Close::try_again());
        }
        if next.answer.request_errors().is_some() {
            return delivery.answer(&next.answer).await;
        }
        if let Err(undeliverable) = delivery.send(Outgoing::Next(next.answer.json().as_bytes())).await {
            return closes(undeliverable);
        }
    }
    delivery.send(Outgoing::Complete).await.err().and_then(closes)
}

fn closes(undeliverable: Undeliverable) -> Option<Close> {
    (undeliverable == Undeliverable::TooSlow).then(Close::too_slow)
}

/// The way from an operation to its client.
#[derive(Clone)]
struct Delivery {
    number: u64,
    connection: Arc<Connection>,
}

impl Delivery {
    async fn send(&self, message: Outgoing<'_>) -> Result<(), Undeliverable> {
        self.connection.send(self.number, message).await
    }

    /// Sends an answer, the last one.
    async fn answer(&self, answer: &Answer) -> Option<Close> {
        let sent = match answer.request_errors() {
            Some(errors) => self.send(Outgoing::Error(errors)).await,
            None => match self.send(Outgoing::Next(answer.json().as_bytes())).await {
                Ok(()) => self.send(Outgoing::Complete).await,
                undeliverable => undeliverable,
            },
        };
        sent.err().and_then(closes)
    }

    /// Tells why it can't watch.
    async fn refuse(self, refused: Refused) -> Option<Close> {
        match refused {
            Refused::Answer(answer) => self.answer(&answer).await,
            Refused::Unavailable => Some(Close::try_again()),
            Refused::Undeliverable(undeliverable) => closes(undeliverable),
        }
    }
}

impl Sink for Delivery {
    fn offer(&self, event: &Event, scratch: &mut Vec<u8>) -> Result<(), Undeliverable> {
        self.connection.offer(self.number, &event.payload, scratch)
    }

    fn send<'a>(&'a self, event: &'a Event) -> BoxFuture<'a, Result<(), Undeliverable>> {
        self.connection.send(self.number, Outgoing::Next(&event.payload)).boxed()
    }

    fn cut_off(&self) {
        self.connection.close(Close::try_again());
    }
}
