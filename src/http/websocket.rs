//! GraphQL over WebSocket: the subprotocol `graphql-transport-ws`, to its letter.

mod connection;
mod message;
mod operations;
mod running;
mod session;

use std::{net::IpAddr, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header, request::Parts},
    response::Response,
};
use hyper::upgrade::OnUpgrade;
use hyper_util::{rt::TokioIo, server::conn::auto::upgrade};
use tokio::net::TcpStream;
use tungstenite::handshake::server::create_response;

use super::{
    App,
    answer::Refusal,
    authenticate::{Failure, Secret},
    crowd::Seat,
    scheme::Scheme,
    serve::ClientAddress,
};
use crate::graphql::code::Code;

const PROTOCOL: &str = "graphql-transport-ws";

/// Why a socket is closed: a code and a sentence of at most 123 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    pub code: u16,
    pub reason: String,
}

impl Close {
    /// A close with a reason, cut to what a close frame can hold.
    pub fn new(code: u16, reason: impl Into<String>) -> Self {
        let mut reason = reason.into();
        let mut end = reason.len().min(123);
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        reason.truncate(end);
        Self { code, reason }
    }

    /// The server restarts. Clients come back: of the codes below 2000 that `graphql-ws` takes as final, this is none.
    fn restart() -> Self {
        Self::new(1012, "Service Restart")
    }

    /// The message is longer than the limit. Final: sent again, it would be just as long.
    fn too_big(limit: usize) -> Self {
        Self::new(1009, format!("A message may have at most {limit} bytes"))
    }

    /// The subscription lost its place in the feed and has to be taken up again from its last cursor.
    fn try_again() -> Self {
        Self::new(1013, "Try Again Later: resume after your last cursor")
    }

    fn invalid(reason: impl Into<String>) -> Self {
        Self::new(4400, reason)
    }

    fn unauthorized() -> Self {
        Self::new(4401, "Unauthorized")
    }

    fn forbidden(reason: &str) -> Self {
        Self::new(4403, format!("Forbidden: {reason}"))
    }

    fn subprotocol() -> Self {
        Self::new(4406, "Subprotocol not acceptable")
    }

    fn initialisation_timeout() -> Self {
        Self::new(4408, "Connection initialisation timeout")
    }

    fn subscriber_exists(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    fn too_many_initialisations() -> Self {
        Self::new(4429, "Too many initialisation requests")
    }

    /// The client reads too slowly. Ours, and not one that `graphql-ws` takes as final: the client comes back and resumes.
    fn too_slow() -> Self {
        Self::new(4508, "Reading too slowly: reconnect and resume after your last cursor")
    }
}

/// Reads a message as a socket does.
#[cfg(any(test, fuzzing))]
pub fn read(text: &str) -> Result<(), Close> {
    message::Incoming::parse(text).map(|_| ())
}

/// Whether a request wants to become a WebSocket.
pub fn is_upgrade(parts: &Parts) -> bool {
    let upgrade = parts.headers.get(header::UPGRADE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    parts.method == Method::GET && upgrade.split(',').any(|protocol| protocol.trim().eq_ignore_ascii_case("websocket"))
}

/// A socket that has just been opened.
struct Opening {
    stream: TcpStream,
    /// What came with the handshake's own bytes.
    read: Vec<u8>,
    /// Whether the client offered our subprotocol.
    speaks: bool,
    secret: Result<Option<Secret>, Failure>,
    address: Option<IpAddr>,
    seat: Option<Seat>,
}

/// Completes the handshake. A client that does not offer the subprotocol is told so on the open socket, where it can read it.
pub fn accept(app: Arc<App>, parts: &mut Parts) -> Result<Response, Refusal> {
    let incomplete = |problem: &str| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            Code::BadRequest,
            format!("The WebSocket handshake is not complete: {problem}."),
        )
        .with(header::SEC_WEBSOCKET_VERSION, "13")
    };
    let mut request = Request::new(());
    (*request.method_mut(), *request.version_mut()) = (parts.method.clone(), parts.version);
    *request.headers_mut() = parts.headers.clone();
    let mut response =
        create_response(&request).map_err(|error| incomplete(&error.to_string()))?.map(|()| Body::empty());
    let upgrade =
        parts.extensions.remove::<OnUpgrade>().ok_or_else(|| incomplete("the connection can't be upgraded"))?;
    let speaks = offers_protocol(&parts.headers);
    if speaks {
        response.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
    }
    let (secret, address) = (Secret::of(&parts.headers, Scheme::of(parts)), ClientAddress::of(parts));
    let seat = app.crowd.enter(address)?;
    app.connections.clone().spawn(async move {
        match opened(upgrade).await {
            Some((stream, read)) => session::run(app, Opening { stream, read, speaks, secret, address, seat }).await,
            None => tracing::debug!("a WebSocket was not opened"),
        }
    });
    Ok(response)
}

/// The connection beneath HTTP, once the handshake has been answered.
///
/// What was read with it is copied: the buffer that it stands in is large, and would be kept as long as the socket.
async fn opened(upgrade: OnUpgrade) -> Option<(TcpStream, Vec<u8>)> {
    let parts = upgrade::downcast::<TokioIo<TcpStream>>(upgrade.await.ok()?).ok()?;
    Some((parts.io.into_inner(), parts.read_buf.to_vec()))
}

fn offers_protocol(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|protocol| protocol.trim() == PROTOCOL)
}
