//! GraphQL over WebSocket: the subprotocol `graphql-transport-ws`, to its letter.

mod message;
mod operations;
mod session;
mod writer;

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::ws::WebSocketUpgrade,
    http::{HeaderMap, Method, header, request::Parts},
    response::Response,
};

use super::{App, authenticate::Secret};

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

/// Whether a request wants to become a WebSocket.
pub fn is_upgrade(parts: &Parts) -> bool {
    let upgrade = parts.headers.get(header::UPGRADE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    parts.method == Method::GET && upgrade.split(',').any(|protocol| protocol.trim().eq_ignore_ascii_case("websocket"))
}

/// Completes the handshake. A client that does not offer the subprotocol is told so on the open socket, where it can read it.
pub fn accept(app: Arc<App>, upgrade: WebSocketUpgrade, headers: &HeaderMap, address: Option<IpAddr>) -> Response {
    let limit = app.config.limits.max_body_bytes;
    let header_secret = Secret::of(headers);
    // A message a little too long is refused by us, with its length; the library only keeps the rest of the world out.
    let upgrade = upgrade.max_message_size(limit.saturating_mul(2)).max_frame_size(limit.saturating_mul(2));
    upgrade.protocols([PROTOCOL]).on_upgrade(move |socket| {
        let connections = app.connections.clone();
        connections.track_future(session::run(app, socket, header_secret, address))
    })
}
