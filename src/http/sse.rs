//! GraphQL over Server-Sent Events, in its distinct connections mode: one stream an operation.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};
use futures_util::{StreamExt, stream, stream::BoxStream};

use super::{
    App,
    answer::Answer,
    authenticate::{Failure, Secret},
    metrics,
    operation::{Next, Operation},
    outbox::{Outbox, Undeliverable, outbox},
};
use crate::graphql::Caller;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const KEEP_ALIVE: &str = ":\n\n";
const COMPLETE: &str = "event: complete\ndata:\n\n";

/// The cursor after which a client that comes back wants to read on.
pub fn last_event_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(LAST_EVENT_ID)?.to_str().ok()?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// A stream of one answer: a query, a mutation, or an error that the protocol reports in the stream.
pub fn single(answer: &Answer) -> Response {
    let events = format!("{}{COMPLETE}", event(None, answer));
    response(Body::from(events))
}

/// The stream of a subscription. It ends with `complete` when the subscription has ended, and without when it was cut off: then clients
/// come back with the id of the last event that they have.
pub fn stream(
    app: &Arc<App>,
    operation: Operation,
    caller: Caller,
    secret: Option<Secret>,
    resume_after: Option<String>,
) -> Response {
    let keep_alive = Duration::from_secs(app.config.keep_alive_seconds);
    let (outbox, inbox) = outbox(keep_alive);
    // A first byte tells the client, and every proxy between, that the stream is open.
    outbox.put_small(KEEP_ALIVE.to_owned());
    let events = operation.subscribe(app, caller, resume_after);
    app.connections.spawn(pump(app.clone(), events, outbox, secret));
    let frames = stream::unfold(inbox, async |mut inbox| {
        let (frame, _written) = inbox.next().await?;
        Some((Ok::<_, Infallible>(frame), inbox))
    });
    response(Body::from_stream(frames))
}

/// Carries events to the client until either side ends.
async fn pump(app: Arc<App>, mut events: BoxStream<'static, Next>, outbox: Outbox<String>, secret: Option<Secret>) {
    let _open = metrics::Open::stream();
    let keep_alive = Duration::from_secs(app.config.keep_alive_seconds);
    let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + keep_alive, keep_alive);
    loop {
        let frame = tokio::select! {
            biased;
            () = app.shutdown.cancelled() => return,
            () = outbox.closed() => return,
            _ = ticks.tick() => {
                if revoked(&app, secret.as_ref()).await {
                    return;
                }
                KEEP_ALIVE.to_owned()
            }
            next = events.next() => match next {
                Some(next) if next.answer.asks_to_reconnect() => return,
                Some(next) => event(next.cursor.as_deref(), &next.answer),
                None => {
                    outbox.put_small(COMPLETE.to_owned());
                    return;
                }
            },
        };
        match outbox.room(frame.len()).await {
            Ok(room) => outbox.put(frame, room),
            Err(Undeliverable::Gone) => return,
            Err(Undeliverable::TooSlow) => {
                metrics::slow_reader("sse");
                return;
            }
        }
    }
}

/// Whether the token that opened a stream has been revoked or has expired since.
pub async fn revoked(app: &App, secret: Option<&Secret>) -> bool {
    match secret {
        Some(secret) => matches!(secret.viewer(app).await, Err(Failure::Rejected)),
        None => false,
    }
}

fn event(id: Option<&str>, answer: &Answer) -> String {
    // JSON has no line breaks of its own, so the data is one line.
    match id {
        Some(id) => format!("event: next\nid: {id}\ndata: {}\n\n", answer.json()),
        None => format!("event: next\ndata: {}\n\n", answer.json()),
    }
}

fn response(body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that buffer would hold events back.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}
