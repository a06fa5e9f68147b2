//! The half of a socket that writes: takes messages from the outbox, in order.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{SinkExt, stream::SplitSink};
use tokio_util::sync::CancellationToken;

use super::Close;
use crate::http::outbox::Inbox;

/// How long a close may take: the client may not read any more.
pub const CLOSING: Duration = Duration::from_secs(2);

/// What goes out on a socket.
pub enum Outgoing {
    Text(String),
    Ping,
    Close(Close),
}

/// Writes what comes out of the outbox until it closes, the client goes, or the client takes nothing for longer than `patience`: then
/// `too_slow` is cancelled, what waits is dropped, and only the close is tried.
pub async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut inbox: Inbox<Outgoing>,
    patience: Duration,
    too_slow: CancellationToken,
) {
    while let Some((outgoing, _room)) = inbox.next().await {
        match outgoing {
            Outgoing::Close(close) => {
                let frame = CloseFrame { code: close.code, reason: close.reason.into() };
                let _ = tokio::time::timeout(CLOSING, sink.send(Message::Close(Some(frame)))).await;
                return;
            }
            _ if too_slow.is_cancelled() => {}
            Outgoing::Text(text) => {
                let more = !inbox.is_empty();
                let write = async {
                    sink.feed(Message::Text(text.into())).await?;
                    if more { Ok(()) } else { sink.flush().await }
                };
                if !written(tokio::time::timeout(patience, write).await, &too_slow) {
                    return;
                }
            }
            Outgoing::Ping => {
                let write = sink.send(Message::Ping(Default::default()));
                if !written(tokio::time::timeout(patience, write).await, &too_slow) {
                    return;
                }
            }
        }
    }
}

/// Whether to go on.
fn written<E>(outcome: Result<Result<(), E>, tokio::time::error::Elapsed>, too_slow: &CancellationToken) -> bool {
    match outcome {
        Ok(Ok(())) => true,
        Ok(Err(_)) => false,
        Err(_) => {
            too_slow.cancel();
            true
        }
    }
}
