//! One socket, from its opening to its close.

use std::{
    io::{self, Read},
    net::IpAddr,
    sync::Arc,
    time::Duration,
};

use serde_json::{Map, Value};
use tokio::time::{Instant, MissedTickBehavior, timeout};
use tungstenite::{
    Error, Message, WebSocket,
    error::CapacityError,
    protocol::{CloseFrame, Role, WebSocketConfig},
};

use super::{
    Close, Opening,
    connection::{Connection, Wire},
    message::{self, Incoming},
    operations,
};
use crate::{
    graphql::Caller,
    http::{
        App,
        authenticate::{self, Failure, Secret},
        crowd::Seat,
        metrics,
        outbox::Undeliverable,
        sse,
    },
};

/// Pings in a row that a client may leave without any sign of life before it counts as gone.
const UNANSWERED_PINGS: u32 = 2;

/// Messages that are read of a socket before others get their turn.
const TURN: usize = 16;

/// How long a close may take: the client may not read any more.
const CLOSING: Duration = Duration::from_secs(2);

/// Bytes that are read at once, and kept for each socket. Longer messages get what they need.
const READ_BYTES: usize = 512;

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

impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::TimedOut => Self::Close(Close::too_slow()),
            _ => Self::Gone,
        }
    }
}

struct Session {
    app: Arc<App>,
    connection: Arc<Connection>,
    socket: WebSocket<Wire>,
    header_secret: Result<Option<Secret>, Failure>,
    address: Option<IpAddr>,
    _seat: Option<Seat>,
    /// Set once `connection_init` has been accepted: the token that the client speaks with, if any.
    admitted: Option<Option<Secret>>,
    draining: bool,
    /// What the client sends can't be read any more: where one message ends and the next begins is lost.
    garbled: bool,
    unanswered: u32,
    operations: u64,
}

/// Serves a socket until it ends.
pub async fn run(app: Arc<App>, opening: Opening) {
    let _open = metrics::Open::socket();
    let limit = app.config.limits.max_body_bytes;
    // A message a little too long is refused by us, with its length; the library only keeps the rest of the world out.
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(0)
        .max_message_size(Some(limit.saturating_mul(2)))
        .max_frame_size(Some(limit.saturating_mul(2)));
    let connection = Arc::new(Connection::new(opening.stream, Duration::from_secs(app.config.keep_alive_seconds)));
    let wire = Wire(connection.clone());
    let mut session = Session {
        app,
        connection,
        socket: WebSocket::from_partially_read(wire, opening.read, Role::Server, Some(config)),
        header_secret: opening.secret,
        address: opening.address,
        _seat: opening.seat,
        admitted: None,
        draining: false,
        garbled: false,
        unanswered: 0,
        operations: 0,
    };
    let ending = if opening.speaks { session.serve().await } else { Close::subprotocol().into() };
    // Also breaks the circle of the socket, its operations and the topics that know the socket.
    session.connection.end(|_| true);
    if let Ending::Close(close) = ending {
        // Boxed, as all that is rare here: most sockets are idle, and each would pay for it in memory.
        Box::pin(session.close(close)).await;
    }
}

impl Session {
    async fn serve(&mut self) -> Ending {
        let shutdown = self.app.shutdown.clone();
        if let Err(ending) = Box::pin(self.initialise()).await {
            return ending;
        }
        let keep_alive = Duration::from_secs(self.app.config.keep_alive_seconds);
        let mut ticks = tokio::time::interval_at(Instant::now() + keep_alive, keep_alive);
        // After a pause of our own, ticks do not come in a rush: the client must have had its time to answer.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let outcome = tokio::select! {
                biased;
                () = self.connection.attention.notified() => Ok(()),
                () = shutdown.cancelled(), if !self.draining => {
                    self.draining = true;
                    self.connection.end(|running| running.streams());
                    Ok(())
                }
                _ = ticks.tick() => Box::pin(self.keep_alive()).await,
                ready = self.connection.ready() => match ready {
                    Ok(()) => self.read().await,
                    Err(error) => Err(error.into()),
                },
            };
            if let Err(ending) = outcome {
                return ending;
            }
            if let Some(close) = self.wish() {
                return close.into();
            }
        }
    }

    /// Waits for the client's `connection_init`.
    async fn initialise(&mut self) -> Result<(), Ending> {
        let seconds = self.app.config.limits.connection_init_seconds;
        let deadline = Instant::now() + Duration::from_secs(seconds);
        let shutdown = self.app.shutdown.clone();
        // What came with the handshake is there already.
        self.read().await?;
        while self.admitted.is_none() {
            tokio::select! {
                biased;
                () = shutdown.cancelled() => return Err(Close::restart().into()),
                () = tokio::time::sleep_until(deadline) => return Err(Close::initialisation_timeout().into()),
                () = self.connection.attention.notified() => {}
                ready = self.connection.ready() => {
                    ready?;
                    self.read().await?;
                }
            }
        }
        Ok(())
    }

    /// Why the socket is to be closed now, if it is.
    fn wish(&self) -> Option<Close> {
        let mut state = self.connection.state();
        let is_drained = self.draining && state.tasks == 0;
        state.closing.take().or(is_drained.then(Close::restart))
    }

    /// A sign of life, and a look whether there were any of the client. A token that has been revoked since closes the socket.
    async fn keep_alive(&mut self) -> Result<(), Ending> {
        if self.unanswered >= UNANSWERED_PINGS {
            return Err(Ending::Gone);
        }
        if sse::revoked(&self.app, self.admitted.as_ref().and_then(Option::as_ref)).await {
            return Err(Close::forbidden(Failure::Rejected.sentence()).into());
        }
        self.unanswered += 1;
        self.socket.send(Message::Ping(Default::default())).map_err(|_| Ending::Gone)
    }

    /// Reads and handles what has arrived.
    async fn read(&mut self) -> Result<(), Ending> {
        for _ in 0..TURN {
            let message = match self.socket.read() {
                Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                message => message,
            };
            self.unanswered = 0;
            self.garbled = matches!(message, Err(Error::Capacity(_) | Error::Utf8(_) | Error::Protocol(_)));
            let incoming = self.incoming(message)?;
            if let Some(incoming) = incoming {
                self.handle(incoming).await?;
            }
        }
        tokio::task::yield_now().await;
        Ok(())
    }

    fn incoming(&self, message: Result<Message, Error>) -> Result<Option<Incoming>, Ending> {
        let limit = self.app.config.limits.max_body_bytes;
        match message {
            Ok(Message::Text(text)) if text.len() > limit => Err(Close::too_big(limit).into()),
            Ok(Message::Text(text)) => Ok(Some(Incoming::parse(&text)?)),
            Ok(Message::Binary(_)) => Err(Close::invalid("The message is not text").into()),
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => Ok(None),
            Err(Error::Capacity(CapacityError::MessageTooLong { .. })) => Err(Close::too_big(limit).into()),
            Err(Error::Utf8(_)) => Err(Close::new(1007, "The message is not UTF-8").into()),
            Err(Error::Protocol(error)) => Err(Close::new(1002, error.to_string()).into()),
            Err(Error::Io(error)) => Err(error.into()),
            Ok(Message::Close(_)) | Err(_) => Err(Ending::Gone),
        }
    }

    async fn handle(&mut self, incoming: Incoming) -> Result<(), Ending> {
        match incoming {
            Incoming::ConnectionInit(_) if self.admitted.is_some() => Err(Close::too_many_initialisations().into()),
            Incoming::ConnectionInit(payload) => {
                let secret = self.secret(&payload).map_err(refused)?;
                Box::pin(authenticate::viewer(&self.app, secret.as_ref())).await.map_err(refused)?;
                self.admitted = Some(secret);
                Ok(self.connection.write(message::connection_ack().as_bytes())?)
            }
            Incoming::Ping(payload) => Ok(self.connection.write(message::pong(payload).as_bytes())?),
            Incoming::Pong => Ok(()),
            Incoming::Complete { id } => {
                self.connection.end(|running| *running.id == *id);
                Ok(())
            }
            Incoming::Subscribe { id, request } => {
                let Some(secret) = self.admitted.clone() else { return Err(Close::unauthorized().into()) };
                if self.connection.state().running.iter().any(|running| *running.id == *id) {
                    return Err(Close::subscriber_exists(&id).into());
                }
                // Nothing new begins on a server that is about to go: the client asks again on its next connection.
                if self.draining {
                    return Ok(());
                }
                // A token that has been revoked since the socket was opened must not act any more.
                let viewer = Box::pin(authenticate::viewer(&self.app, secret.as_ref())).await.map_err(refused)?;
                let caller = Caller { viewer, address: self.address, browser: None };
                self.operations += 1;
                Ok(operations::start(&self.app, &self.connection, (id, self.operations), *request, caller)?)
            }
        }
    }

    /// The token of `connection_init`, or else of the handshake.
    fn secret(&self, payload: &Map<String, Value>) -> Result<Option<Secret>, Failure> {
        match payload.iter().find(|(key, _)| key.eq_ignore_ascii_case("authorization")) {
            Some((_, Value::String(authorization))) => Secret::parse(authorization).map(Some),
            None | Some((_, Value::Null)) => self.header_secret.clone(),
            Some(_) => Err(Failure::Malformed),
        }
    }

    /// Tells the client why, and waits until it has read it: closing the connection before could cost it the code.
    async fn close(&mut self, close: Close) {
        if close == Close::too_slow() {
            metrics::slow_reader("websocket");
        }
        tracing::debug!(code = close.code, reason = close.reason, "closing a WebSocket");
        let frame = CloseFrame { code: close.code.into(), reason: close.reason.into() };
        let closing = async {
            // What waits goes first; where the queue is full, there is no room for the code.
            let mut said = self.socket.close(Some(frame));
            while said.is_ok() {
                if self.connection.ready().await.is_err() {
                    break;
                }
                let read = if self.garbled { self.discard() } else { self.socket.read().map(|_| ()) };
                said = match read {
                    Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
                    read => read,
                };
            }
        };
        let _ = timeout(CLOSING, closing).await;
    }

    /// Reads what has arrived, to no end.
    fn discard(&mut self) -> Result<(), Error> {
        match self.socket.get_mut().read(&mut [0; 1024])? {
            0 => Err(Error::ConnectionClosed),
            _ => Ok(()),
        }
    }
}

fn refused(failure: Failure) -> Close {
    match failure {
        Failure::Unavailable => Close::new(1013, "Try Again Later"),
        Failure::Malformed | Failure::Rejected | Failure::Unproven => Close::forbidden(failure.sentence()),
    }
}
