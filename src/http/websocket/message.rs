//! The messages of `graphql-transport-ws`.

use async_graphql::{Request, ServerError};
use serde_json::{Map, Value, json};

use super::Close;
use crate::http::request;

/// What a client sends.
#[derive(Debug)]
pub enum Incoming {
    ConnectionInit(Map<String, Value>),
    Ping(Option<Map<String, Value>>),
    Pong,
    Subscribe { id: String, request: Box<Request> },
    Complete { id: String },
}

impl Incoming {
    /// Reads a message. One that the protocol does not know closes the socket.
    pub fn parse(text: &str) -> Result<Self, Close> {
        let value: Value = serde_json::from_str(text).map_err(|_| Close::invalid("The message is not JSON"))?;
        let Value::Object(mut fields) = value else {
            return Err(Close::invalid("The message is not an object"));
        };
        let Some(Value::String(kind)) = fields.remove("type") else {
            return Err(Close::invalid("The message has no type"));
        };
        match kind.as_str() {
            "connection_init" => Ok(Self::ConnectionInit(payload(&mut fields)?.unwrap_or_default())),
            "ping" => Ok(Self::Ping(payload(&mut fields)?)),
            "pong" => payload(&mut fields).map(|_| Self::Pong),
            "complete" => Ok(Self::Complete { id: id(&mut fields)? }),
            "subscribe" => {
                let id = id(&mut fields)?;
                let payload = payload(&mut fields)?.ok_or_else(|| Close::invalid("The payload is missing"))?;
                let mut sent = request::from_object(payload).map_err(|refusal| Close::invalid(refusal.message))?;
                let query =
                    sent.query.take().ok_or_else(|| Close::invalid("Over WebSocket, \"query\" can't be left out"))?;
                let request = sent.with_document(query);
                Ok(Self::Subscribe { id, request: Box::new(request) })
            }
            other => Err(Close::invalid(format!("Messages of type {other:?} are not part of the protocol"))),
        }
    }
}

fn payload(fields: &mut Map<String, Value>) -> Result<Option<Map<String, Value>>, Close> {
    match fields.remove("payload") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(payload)) => Ok(Some(payload)),
        Some(_) => Err(Close::invalid("The payload is not an object")),
    }
}

fn id(fields: &mut Map<String, Value>) -> Result<String, Close> {
    match fields.remove("id") {
        Some(Value::String(id)) if !id.is_empty() => Ok(id),
        _ => Err(Close::invalid("The id is not a text with at least one character")),
    }
}

/// The answer to `connection_init`.
pub fn connection_ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

/// The answer to `ping`, with the same payload.
pub fn pong(payload: Option<Map<String, Value>>) -> String {
    match payload {
        Some(payload) => json!({ "type": "pong", "payload": payload }).to_string(),
        None => json!({ "type": "pong" }).to_string(),
    }
}

/// What is said of an operation.
#[derive(Debug, Clone, Copy)]
pub enum Outgoing<'a> {
    /// One answer, as JSON.
    Next(&'a [u8]),
    /// Why it could not be executed. The last that is said of it.
    Error(&'a [ServerError]),
    /// The last that is said of it.
    Complete,
}

impl Outgoing<'_> {
    /// Whether nothing comes after it.
    pub fn is_last(self) -> bool {
        !matches!(self, Self::Next(_))
    }

    /// Adds the message, for the operation with an id, to a text.
    pub fn write(self, id: &str, text: &mut Vec<u8>) {
        text.extend_from_slice(match self {
            Self::Next(_) => br#"{"type":"next","id":"#,
            Self::Error(_) => br#"{"type":"error","id":"#,
            Self::Complete => br#"{"type":"complete","id":"#,
        });
        // A text is always JSON.
        let _ = serde_json::to_writer(&mut *text, id);
        match self {
            Self::Next(payload) => {
                text.extend_from_slice(br#","payload":"#);
                text.extend_from_slice(payload);
            }
            Self::Error(errors) => {
                text.extend_from_slice(br#","payload":"#);
                text.extend_from_slice(json!(errors).to_string().as_bytes());
            }
            Self::Complete => {}
        }
        text.push(b'}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_protocol_does_not_know_closes_the_socket() {
        for text in [
            "",
            "nonsense",
            "[]",
            "\"ping\"",
            "{}",
            r#"{"type":1}"#,
            r#"{"type":"start","id":"1"}"#,
            r#"{"type":"connection_ack"}"#,
            r#"{"type":"ping","payload":"text"}"#,
            r#"{"type":"connection_init","payload":[]}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"complete","id":""}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":[]}}"#,
        ] {
            let close = Incoming::parse(text).expect_err(text);
            assert_eq!(close.code, 4400, "{text}");
            assert!(!close.reason.is_empty() && close.reason.len() <= 123, "{text}");
        }
    }

    #[test]
    fn what_the_protocol_knows_is_read() {
        for text in [
            r#"{"type":"connection_init"}"#,
            r#"{"type":"connection_init","payload":null}"#,
            r#"{"type":"ping","payload":{"a":1}}"#,
            r#"{"type":"pong"}"#,
            r#"{"type":"complete","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","operationName":null,"variables":null,"extensions":{}}}"#,
        ] {
            assert!(Incoming::parse(text).is_ok(), "{text}");
        }
    }
}
