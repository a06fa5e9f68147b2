use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use reqwest::Response;
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// Long enough for anything that is going to happen.
const PATIENCE: Duration = Duration::from_secs(60);

/// A WebSocket that speaks `graphql-transport-ws`.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects and is acknowledged.
    pub async fn open(url: &str, token: Option<&str>) -> Self {
        Self::open_with(url, token, &[]).await
    }

    /// Connects with headers of one's own, and is acknowledged.
    pub async fn open_with(url: &str, token: Option<&str>, headers: &[(&'static str, &str)]) -> Self {
        let mut request = format!("{}/graphql", url.replacen("http", "ws", 1)).into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let (stream, _) = connect_async(request).await.unwrap();
        let mut socket = Self(stream);
        let payload = token.map_or(json!({}), |token| json!({ "Authorization": format!("Bearer {token}") }));
        socket.send(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.message().await["type"], "connection_ack");
        socket
    }

    pub async fn send(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    /// Starts an operation under an id.
    pub async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.send(json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// The next message that is not a sign of life.
    pub async fn message(&mut self) -> Value {
        let coming = async {
            loop {
                match self.0.next().await.expect("an open socket").unwrap() {
                    Message::Text(text) => {
                        let message: Value = serde_json::from_str(&text).unwrap();
                        if message["type"] != "ping" {
                            return message;
                        }
                    }
                    Message::Close(frame) => panic!("closed: {frame:?}"),
                    _ => {}
                }
            }
        };
        timeout(PATIENCE, coming).await.expect("a message")
    }

    /// The data of the next event of any operation.
    pub async fn next(&mut self) -> Value {
        let mut message = self.message().await;
        assert_eq!(message["type"], "next", "{message:#}");
        assert!(message["payload"].get("errors").is_none(), "{message:#}");
        message["payload"]["data"].take()
    }

    /// The code with which the server closes.
    pub async fn close_code(&mut self) -> u16 {
        let closing = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Close(frame))) => return frame.expect("a code").code.into(),
                    Some(Ok(_)) => {}
                    other => panic!("not closed by the protocol: {other:?}"),
                }
            }
        };
        timeout(PATIENCE, closing).await.expect("a close")
    }
}

/// A stream of server-sent events.
pub struct EventStream {
    response: Response,
    text: String,
}

/// One event: its type, its id and its data.
#[derive(Debug)]
pub struct Event {
    pub kind: String,
    pub id: Option<String>,
    pub data: Value,
}

impl EventStream {
    pub fn open(response: Response) -> Self {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
        Self { response, text: String::new() }
    }

    /// The next event; comments that keep the connection alive are passed over.
    pub async fn next(&mut self) -> Event {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let event = event(block);
                self.text = rest.to_owned();
                if let Some(event) = event {
                    return event;
                }
            }
            let chunk = timeout(PATIENCE, self.response.chunk()).await.expect("an event").unwrap();
            self.text.push_str(std::str::from_utf8(&chunk.expect("an open stream")).unwrap());
        }
    }
}

fn event(block: &str) -> Option<Event> {
    let field = |name: &str| {
        let value = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        value.map(|value| value.trim_start().to_owned())
    };
    let data = field("data").filter(|data| !data.is_empty());
    let data = data.map_or(Value::Null, |data| serde_json::from_str(&data).unwrap());
    Some(Event { kind: field("event")?, id: field("id"), data })
}
