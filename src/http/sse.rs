//! GraphQL over Server-Sent Events, in its distinct connections mode: one stream an operation.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};
use futures_util::{
    FutureExt, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use tokio::time::{Instant, Interval};
use tokio_util::sync::CancellationToken;

use super::{
    App,
    answer::Answer,
    authenticate::{Failure, Secret},
    crowd::Seat,
    live::{Event, Membership, Refused, Sink},
    metrics,
    operation::{Next, Operation},
    outbox::{Outbox, Undeliverable, outbox},
};
use crate::graphql::{Caller, subscription::shared::Start};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const KEEP_ALIVE: Bytes = Bytes::from_static(b":\n\n");
const COMPLETE: Bytes = Bytes::from_static(b"event: complete\ndata:\n\n");

/// The cursor after which a client that comes back wants to read on.
pub fn last_event_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(LAST_EVENT_ID)?.to_str().ok()?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// A stream of one answer: a query, a mutation, or an error that the protocol reports in the stream.
pub fn single(answer: &Answer) -> Response {
    let events = [frame(None, answer.json().as_bytes()), COMPLETE].concat();
    response(Body::from(events))
}

/// The stream of a subscription. It ends with `complete` when the subscription has ended, and without when it was cut off: then clients
/// come back with the id of the last event that they have.
pub fn stream(
    app: &Arc<App>,
    mut operation: Operation,
    caller: Caller,
    (secret, seat): (Option<Secret>, Option<Seat>),
    resume_after: Option<String>,
) -> Response {
    let (outbox, inbox) = outbox(Duration::from_secs(app.config.keep_alive_seconds));
    // A first byte tells the client, and every proxy between, that the stream is open.
    outbox.put_small(KEEP_ALIVE);
    match operation.plan(&caller) {
        Some((plan, start)) => {
            // A transport that resumes knows more than the document, which names the place where the client first began.
            let start = match resume_after {
                Some(cursor) if plan.resumes() => Start::After(cursor),
                _ => start,
            };
            let stream = Arc::new(Stream { outbox, cut: CancellationToken::new(), too_slow: AtomicBool::default() });
            let joining = app.live.clone().join(plan, start, stream.clone()).boxed();
            app.connections.spawn(watch(app.clone(), joining, stream, secret));
        }
        None => {
            let events = operation.subscribe(app, caller, resume_after);
            app.connections.spawn(pump(app.clone(), events, outbox, secret));
        }
    }
    let frames = stream::unfold((inbox, seat), async |(mut inbox, seat)| {
        let (frame, _written) = inbox.next().await?;
        Some((Ok::<_, Infallible>(frame), (inbox, seat)))
    });
    response(Body::from_stream(frames))
}

/// The way of shared events to one client.
struct Stream {
    outbox: Outbox<Bytes>,
    /// Cancelled to end it.
    cut: CancellationToken,
    /// Whether the client reads too slowly.
    too_slow: AtomicBool,
}

impl Sink for Stream {
    fn offer(&self, event: &Event, _scratch: &mut Vec<u8>) -> Result<(), Undeliverable> {
        let frame = event.frame();
        let room = self.outbox.room_now(frame.len()).inspect_err(|undeliverable| {
            if *undeliverable == Undeliverable::TooSlow {
                self.too_slow.store(true, Ordering::Relaxed);
                self.cut.cancel();
            }
        })?;
        self.outbox.put(frame, room);
        Ok(())
    }

    fn send<'a>(&'a self, event: &'a Event) -> BoxFuture<'a, Result<(), Undeliverable>> {
        let frame = event.frame();
        let sending = async move {
            let room = self.outbox.room(frame.len()).await?;
            self.outbox.put(frame, room);
            Ok(())
        };
        sending.boxed()
    }

    fn cut_off(&self) {
        self.cut.cancel();
    }
}

impl Event {
    /// The event as it is sent; the same bytes for all.
    fn frame(&self) -> Bytes {
        self.frame.get_or_init(|| frame(self.cursor.as_deref(), &self.payload)).clone()
    }
}

/// Keeps a client among those who watch the same, until either side ends.
async fn watch(
    app: Arc<App>,
    joining: BoxFuture<'static, Result<Membership, Refused>>,
    stream: Arc<Stream>,
    secret: Option<Secret>,
) {
    let _open = (metrics::Open::stream(), metrics::Open::subscription());
    let joined = tokio::select! {
        biased;
        () = app.shutdown.cancelled() => return,
        () = stream.outbox.closed() => return,
        joined = joining => joined,
    };
    let _membership = match joined {
        Ok(membership) => membership,
        Err(Refused::Answer(answer)) => {
            stream.outbox.put_small(frame(None, answer.json().as_bytes()));
            return stream.outbox.put_small(COMPLETE);
        }
        Err(Refused::Undeliverable(Undeliverable::TooSlow)) => return metrics::slow_reader("sse"),
        Err(Refused::Undeliverable(Undeliverable::Gone) | Refused::Unavailable) => return,
    };
    let mut ticks = ticks(&app);
    loop {
        tokio::select! {
            biased;
            () = app.shutdown.cancelled() => return,
            () = stream.outbox.closed() => return,
            () = stream.cut.cancelled() => {
                if stream.too_slow.load(Ordering::Relaxed) {
                    metrics::slow_reader("sse");
                }
                return;
            }
            _ = ticks.tick() => {
                if Box::pin(revoked(&app, secret.as_ref())).await {
                    return;
                }
                stream.outbox.put_small(KEEP_ALIVE);
            }
        }
    }
}

/// Signs of life for quiet streams.
fn ticks(app: &App) -> Interval {
    let keep_alive = Duration::from_secs(app.config.keep_alive_seconds);
    tokio::time::interval_at(Instant::now() + keep_alive, keep_alive)
}

/// Carries the events of a subscription of its own to the client until either side ends.
async fn pump(app: Arc<App>, mut events: BoxStream<'static, Next>, outbox: Outbox<Bytes>, secret: Option<Secret>) {
    let _open = metrics::Open::stream();
    let mut ticks = ticks(&app);
    loop {
        let frame = tokio::select! {
            biased;
            () = app.shutdown.cancelled() => return,
            () = outbox.closed() => return,
            _ = ticks.tick() => {
                if revoked(&app, secret.as_ref()).await {
                    return;
                }
                KEEP_ALIVE
            }
            next = events.next() => match next {
                Some(next) if next.answer.asks_to_reconnect() => return,
                Some(next) => frame(next.cursor.as_deref(), next.answer.json().as_bytes()),
                None => return outbox.put_small(COMPLETE),
            },
        };
        match outbox.room(frame.len()).await {
            Ok(room) => outbox.put(frame, room),
            Err(Undeliverable::Gone) => return,
            Err(Undeliverable::TooSlow) => return metrics::slow_reader("sse"),
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

/// An answer as an event. JSON has no line breaks of its own, so the data is one line.
fn frame(id: Option<&str>, payload: &[u8]) -> Bytes {
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    [b"event: next\n", id.as_bytes(), b"data: ", payload, b"\n\n"].concat().into()
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
