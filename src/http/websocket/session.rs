//! One socket, from its opening to its close.

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use futures_util::{StreamExt, stream::SplitStream};
use serde_json::{Map, Value};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use super::{
    Close,
    message::{self, Incoming},
    operations::Operations,
    writer::{self, Outgoing},
};
use crate::{
    graphql::Caller,
    http::{
        App,
        authenticate::{self, Failure, Secret},
        metrics,
        outbox::{Outbox, Undeliverable, outbox},
        sse,
    },
};

/// Pings in a row that a client may leave without any sign of life before it counts as gone.
const UNANSWERED_PINGS: u32 = 2;

/// How a session ends.
enum Ending {
    /// With a code for the client.
    Close(Close),
    /// The client has gone.
    Gone,
}

impl From<Close> for Ending {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

impl From<Undeliverable> for Ending {
    fn from(undeliverable: Undeliverable) -> Self {
        match undeliverable {
            Undeliverable::TooSlow => Self::Close(Close::too_slow()),
            Undeliverable::Gone => Self::Gone,
        }
    }
}

/// Serves a socket until it ends.
pub async fn run(
    app: Arc<App>,
    socket: WebSocket,
    header_secret: Result<Option<Secret>, Failure>,
    address: Option<IpAddr>,
) {
    let _open = metrics::Open::socket();
    let offered = socket.protocol().is_some();
    let patience = Duration::from_secs(app.config.keep_alive_seconds);
    let (sink, mut stream) = socket.split();
    let (outbox, inbox) = outbox(patience);
    let too_slow = CancellationToken::new();
    let mut writer = tokio::spawn(writer::write(sink, inbox, patience, too_slow.clone()));
    let ending = if offered {
        let mut session = Session {
            operations: Operations::new(app.clone(), outbox.clone()),
            app,
            outbox: outbox.clone(),
            header_secret,
            address,
            admitted: None,
        };
        session.serve(&mut stream, &too_slow).await
    } else {
        Close::subprotocol().into()
    };
    let Ending::Close(close) = ending else {
        writer.abort();
        return;
    };
    if close == Close::too_slow() {
        metrics::slow_reader("websocket");
        too_slow.cancel();
    }
    tracing::debug!(code = close.code, reason = close.reason, "closing a WebSocket");
    outbox.put_small(Outgoing::Close(close));
    drop(outbox);
    if tokio::time::timeout(patience + writer::CLOSING, &mut writer).await.is_err() {
        writer.abort();
        return;
    }
    // The client answers the close; until it has, closing the connection could cost it the code.
    let answered = async { while let Some(Ok(_)) = stream.next().await {} };
    let _ = tokio::time::timeout(writer::CLOSING, answered).await;
}

struct Session {
    app: Arc<App>,
    outbox: Outbox<Outgoing>,
    operations: Operations,
    header_secret: Result<Option<Secret>, Failure>,
    address: Option<IpAddr>,
    /// Set once `connection_init` has been accepted: the token that the client speaks with, if any.
    admitted: Option<Option<Secret>>,
}

impl Session {
    async fn serve(&mut self, stream: &mut SplitStream<WebSocket>, too_slow: &CancellationToken) -> Ending {
        let shutdown = self.app.shutdown.clone();
        let initialise_by = Instant::now() + Duration::from_secs(self.app.config.limits.connection_init_seconds);
        let keep_alive = Duration::from_secs(self.app.config.keep_alive_seconds);
        let mut ticks = tokio::time::interval_at(Instant::now() + keep_alive, keep_alive);
        // After a pause of our own, ticks do not come in a rush: the client must have had its time to answer.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut unanswered = 0;
        let mut draining = false;
        loop {
            if draining && self.operations.is_empty() {
                return Close::restart().into();
            }
            tokio::select! {
                biased;
                () = too_slow.cancelled() => return Close::too_slow().into(),
                () = shutdown.cancelled(), if !draining => {
                    self.operations.stop_streams();
                    draining = true;
                }
                () = tokio::time::sleep_until(initialise_by), if self.admitted.is_none() => {
                    return Close::initialisation_timeout().into();
                }
                close = self.operations.ended(), if !self.operations.is_empty() => {
                    if let Some(close) = close {
                        return close.into();
                    }
                }
                _ = ticks.tick() => {
                    if unanswered == UNANSWERED_PINGS {
                        return Ending::Gone;
                    }
                    if sse::revoked(&self.app, self.admitted.as_ref().and_then(Option::as_ref)).await {
                        return Close::forbidden(Failure::Rejected.sentence()).into();
                    }
                    unanswered += 1;
                    self.outbox.put_small(Outgoing::Ping);
                }
                message = stream.next() => {
                    unanswered = 0;
                    if let Err(ending) = self.receive(message, draining).await {
                        return ending;
                    }
                }
            }
        }
    }

    async fn receive(&mut self, message: Option<Result<Message, axum::Error>>, draining: bool) -> Result<(), Ending> {
        let limit = self.app.config.limits.max_body_bytes;
        match message {
            None | Some(Ok(Message::Close(_))) => Err(Ending::Gone),
            Some(Err(error)) if error.to_string().contains("too long") => Err(Close::too_big(limit).into()),
            Some(Err(_)) => Err(Ending::Gone),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Binary(_))) => Err(Close::invalid("The message is not text").into()),
            Some(Ok(Message::Text(text))) if text.len() > limit => Err(Close::too_big(limit).into()),
            Some(Ok(Message::Text(text))) => self.handle(Incoming::parse(&text)?, draining).await,
        }
    }

    async fn handle(&mut self, message: Incoming, draining: bool) -> Result<(), Ending> {
        match message {
            Incoming::ConnectionInit(_) if self.admitted.is_some() => Err(Close::too_many_initialisations().into()),
            Incoming::ConnectionInit(payload) => {
                let secret = self.secret(&payload).map_err(refused)?;
                authenticate::viewer(&self.app, secret.as_ref()).await.map_err(refused)?;
                self.admitted = Some(secret);
                Ok(self.send(message::connection_ack()).await?)
            }
            Incoming::Ping(payload) => Ok(self.send(message::pong(payload)).await?),
            Incoming::Pong => Ok(()),
            Incoming::Complete { id } => {
                self.operations.complete(&id);
                Ok(())
            }
            Incoming::Subscribe { id, request } => {
                let Some(secret) = &self.admitted else { return Err(Close::unauthorized().into()) };
                if self.operations.has(&id) {
                    return Err(Close::subscriber_exists(&id).into());
                }
                // Nothing new begins on a server that is about to go: the client asks again on its next connection.
                if draining {
                    return Ok(());
                }
                // A token that has been revoked since the socket was opened must not act any more.
                let viewer = authenticate::viewer(&self.app, secret.as_ref()).await.map_err(refused)?;
                let caller = Caller { viewer, address: self.address };
                Ok(self.operations.start(id, *request, caller).await?)
            }
        }
    }

    async fn send(&self, text: String) -> Result<(), Undeliverable> {
        let room = self.outbox.room(text.len()).await?;
        self.outbox.put(Outgoing::Text(text), room);
        Ok(())
    }

    /// The token of `connection_init`, or else of the handshake.
    fn secret(&self, payload: &Map<String, Value>) -> Result<Option<Secret>, Failure> {
        match payload.iter().find(|(key, _)| key.eq_ignore_ascii_case("authorization")) {
            Some((_, Value::String(authorization))) => Secret::parse(authorization).map(Some),
            None | Some((_, Value::Null)) => self.header_secret.clone(),
            Some(_) => Err(Failure::Malformed),
        }
    }
}

fn refused(failure: Failure) -> Close {
    match failure {
        Failure::Unavailable => Close::new(1013, "Try Again Later"),
        Failure::Malformed | Failure::Rejected => Close::forbidden(failure.sentence()),
    }
}
