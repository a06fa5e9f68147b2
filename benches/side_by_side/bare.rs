//! The peers in bare axum, as everyone would write them: what the machine can do when nothing has to be found out first.

use std::{fs, net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{
        Query, State,
        ws::{Message, Utf8Bytes, WebSocketUpgrade},
    },
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
    routing::{get, post},
    serve::ListenerExt,
};
use serde::{Deserialize, Serialize};
use tokio::{net::TcpListener, sync::broadcast};
use tracker::clock::{Surroundings, System};

use super::Outcome;

/// An answer as it was captured, and is to be sent again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Captured {
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// What a peer answers: all of it, or that nothing has changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answers {
    pub full: Captured,
    pub unchanged: Option<Captured>,
}

/// The same, ready to be sent.
struct Ready {
    full: (HeaderMap, Bytes),
    unchanged: HeaderMap,
    etag: Option<HeaderValue>,
}

impl Ready {
    fn full(&self) -> Response {
        let mut response = Response::new(Body::from(self.full.1.clone()));
        *response.headers_mut() = self.full.0.clone();
        response
    }

    fn unchanged(&self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.headers_mut() = self.unchanged.clone();
        response
    }
}

/// Answers `/graphql` with what a file holds.
#[tokio::main]
pub async fn http(answers: &str) -> Outcome {
    let answers: Answers = serde_json::from_slice(&fs::read(answers)?)?;
    let full = headers(&answers.full)?;
    let ready = Ready {
        etag: full.get(header::ETAG).cloned(),
        full: (full, answers.full.body.into()),
        unchanged: answers.unchanged.as_ref().map(headers).transpose()?.unwrap_or_default(),
    };
    let router = Router::new().route("/graphql", get(read).post(ask)).with_state(Arc::new(ready));
    serve(router).await
}

fn headers(captured: &Captured) -> Outcome<HeaderMap> {
    let mut headers = HeaderMap::new();
    for (name, value) in &captured.headers {
        headers.append(name.parse::<HeaderName>()?, value.parse()?);
    }
    Ok(headers)
}

async fn ask(State(ready): State<Arc<Ready>>, _: Bytes) -> Response {
    ready.full()
}

async fn read(State(ready): State<Arc<Ready>>, headers: HeaderMap) -> Response {
    match headers.get(header::IF_NONE_MATCH) {
        Some(known) if ready.etag.as_ref() == Some(known) => ready.unchanged(),
        _ => ready.full(),
    }
}

/// Events of which each socket gets one: the one of its own kind.
type Event = Arc<Vec<Utf8Bytes>>;

/// Sends what is posted to `/publish` to every WebSocket on `/graphql`.
#[tokio::main]
pub async fn live() -> Outcome {
    let (events, _) = broadcast::channel::<Event>(64);
    let router = Router::new().route("/graphql", get(subscribe)).route("/publish", post(publish)).with_state(events);
    serve(router).await
}

#[derive(Deserialize)]
struct Subscription {
    kind: usize,
}

async fn subscribe(
    State(events): State<broadcast::Sender<Event>>,
    Query(Subscription { kind }): Query<Subscription>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let mut events = events.subscribe();
    upgrade.protocols(["graphql-transport-ws"]).on_upgrade(async move |mut socket| {
        while let Ok(event) = events.recv().await {
            if socket.send(Message::Text(event[kind].clone())).await.is_err() {
                return;
            }
        }
    })
}

/// Publishes, and answers with the moment before: microseconds since 1970.
async fn publish(State(events): State<broadcast::Sender<Event>>, Json(payloads): Json<Vec<String>>) -> String {
    let event = Arc::new(payloads.into_iter().map(Utf8Bytes::from).collect());
    let moment = System.now().timestamp_micros();
    let _ = events.send(event);
    moment.to_string()
}

async fn serve(router: Router) -> Outcome {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    println!("serves at http://{}/", listener.local_addr()?);
    // As the tracker does: answers are not held back to fill packets.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            eprintln!("bare: {error}");
        }
    });
    Ok(axum::serve(listener, router).await?)
}
