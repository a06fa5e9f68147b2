//! One connection of a subscriber, over WebSocket or as server-sent events, that may end at any time.

use futures_util::{SinkExt, StreamExt};
use reqwest::Response;
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::world::{PATIENCE, World};

/// The codes of a close after which clients come back: going away, restart, try again later, and what a killed server leaves.
const COME_BACK: [u16; 4] = [1001, 1006, 1012, 1013];

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    Socket,
    Stream,
}

pub enum Heard {
    Change(Value),
    /// The connection has ended in a way after which clients come back.
    End,
    Wrong(String),
}

pub enum Connection {
    Socket(Box<WebSocketStream<MaybeTlsStream<TcpStream>>>),
    Stream { response: Response, text: String },
}

impl Connection {
    /// Subscribes at one of the servers. `None`: it is not there.
    pub async fn open(world: &World, transport: Transport, query: &str, after: Option<&str>) -> Option<Self> {
        let opening = async {
            match transport {
                Transport::Socket => Self::socket(world.any(), query, after).await,
                Transport::Stream => Self::stream(world, query, after).await,
            }
        };
        match timeout(PATIENCE, opening).await {
            Ok(connection) => connection,
            Err(_) => {
                world.violated("a subscription was not opened within the patience");
                None
            }
        }
    }

    async fn socket(server: &str, query: &str, after: Option<&str>) -> Option<Self> {
        let mut request = format!("{}/graphql", server.replacen("http", "ws", 1)).into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        let (mut socket, _) = connect_async(request).await.ok()?;
        let payload = json!({ "query": query, "variables": { "after": after } });
        for message in
            [json!({ "type": "connection_init" }), json!({ "id": "1", "type": "subscribe", "payload": payload })]
        {
            socket.send(Message::text(message.to_string())).await.ok()?;
        }
        Some(Self::Socket(Box::new(socket)))
    }

    async fn stream(world: &World, query: &str, after: Option<&str>) -> Option<Self> {
        let request = world.http.get(format!("{}/graphql", world.any())).query(&[("query", query)]);
        let request = match after {
            Some(id) => request.header("last-event-id", id),
            None => request,
        };
        // The patience of the client is for answers that end.
        let request = request.header("accept", "text/event-stream").timeout(PATIENCE * 100);
        let response = request.send().await.ok()?;
        (response.status() == 200).then(|| Self::Stream { response, text: String::new() })
    }

    /// What comes next. Neither transport may be silent for long: a quiet one shows signs of life.
    pub async fn next(&mut self) -> Heard {
        let next = async {
            match self {
                Self::Socket(socket) => next_message(socket).await,
                Self::Stream { response, text } => next_event(response, text).await,
            }
        };
        next.await
    }
}

async fn next_message(socket: &mut WebSocketStream<MaybeTlsStream<TcpStream>>) -> Heard {
    loop {
        let message = match timeout(PATIENCE, socket.next()).await {
            Err(_) => return Heard::Wrong("nothing, on a socket that stayed open".to_owned()),
            Ok(None | Some(Err(_))) => return Heard::End,
            Ok(Some(Ok(message))) => message,
        };
        let text = match message {
            Message::Text(text) => text,
            Message::Close(Some(frame)) if !COME_BACK.contains(&frame.code.into()) => {
                return Heard::Wrong(format!("to go away for good: {frame:?}"));
            }
            Message::Close(_) => return Heard::End,
            _ => continue,
        };
        let mut message: Value = serde_json::from_str(&text).unwrap_or_default();
        match message["type"].as_str() {
            Some("next") => return told(message["payload"].take()),
            Some("error") => return told(json!({ "errors": message["payload"] })),
            Some("complete") => return Heard::Wrong("that it is complete".to_owned()),
            _ => {}
        }
    }
}

async fn next_event(response: &mut Response, text: &mut String) -> Heard {
    loop {
        while let Some((block, rest)) = text.split_once("\n\n") {
            let data = block.lines().find_map(|line| line.strip_prefix("data:")).unwrap_or_default().trim();
            let answer = serde_json::from_str(data).ok();
            *text = rest.to_owned();
            if let Some(answer) = answer {
                return told(answer);
            }
        }
        match timeout(PATIENCE, response.chunk()).await {
            Err(_) => return Heard::Wrong("nothing, on a stream that stayed open".to_owned()),
            Ok(Err(_) | Ok(None)) => return Heard::End,
            Ok(Ok(Some(chunk))) => text.push_str(&String::from_utf8_lossy(&chunk)),
        }
    }
}

/// An answer is whole, or says that the subscription is to be taken up again.
fn told(mut answer: Value) -> Heard {
    match answer["errors"][0]["extensions"]["code"].as_str() {
        None if answer["data"]["changes"].is_object() => Heard::Change(answer["data"]["changes"].take()),
        Some("UNAVAILABLE" | "RECONNECT") => Heard::End,
        _ => Heard::Wrong(answer.to_string()),
    }
}
