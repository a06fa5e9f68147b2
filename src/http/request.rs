//! From an HTTP request to GraphQL requests: what the GraphQL-over-HTTP specification calls a well-formed request.

use async_graphql::{Request, Variables};
use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
};
use futures_util::StreamExt;
use serde_json::{Map, Value};

use super::{answer::Refusal, persisted::Hash};
use crate::{config::Limits, graphql::code::Code};

/// What is read and thrown away of a body that is too long, so that the client gets to read why it was refused: while it still writes,
/// a closed connection would be all that it sees.
const MAX_DISCARDED: usize = 16 << 20;

/// The requests of one HTTP request.
#[derive(Debug)]
pub enum Received {
    One(Box<Sent>),
    Batch(Vec<Sent>),
}

/// A request as it was sent: with its document, or with the hash of a document that was sent before, or with both.
#[derive(Debug)]
pub struct Sent {
    pub query: Option<String>,
    pub hash: Option<Hash>,
    pub operation_name: Option<String>,
    pub variables: Map<String, Value>,
}

impl Sent {
    /// The request with its document.
    pub fn with_document(self, query: impl Into<String>) -> Request {
        let mut request = Request::new(query);
        request.operation_name = self.operation_name;
        request.variables = Variables::from_json(Value::Object(self.variables));
        request
    }
}

/// Reads a request from a query string.
pub fn from_query(query: Option<&str>) -> Result<Sent, Refusal> {
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        let value = match name.as_ref() {
            "query" => Value::from(value.into_owned()),
            "operationName" | "variables" | "extensions" if value.is_empty() => continue,
            "operationName" => Value::from(value.into_owned()),
            "variables" | "extensions" => serde_json::from_str(&value).map_err(|error| {
                Refusal::bad_request(format!(
                    "The URL parameter {name:?} must be a JSON object; it is not JSON: {error}."
                ))
            })?,
            _ => continue,
        };
        if fields.insert(name.to_string(), value).is_some() {
            return Err(Refusal::bad_request(format!("The URL parameter {name:?} was given twice.")));
        }
    }
    if !fields.contains_key("query") && !fields.contains_key("extensions") {
        return Err(Refusal::bad_request(
            "Send a GraphQL document in the URL parameter \"query\", or as JSON with POST. The explorer is at /graphiql.",
        ));
    }
    from_object(fields)
}

/// Reads a request, or a batch of requests, from a JSON body.
pub fn from_json(body: &[u8], limits: &Limits) -> Result<Received, Refusal> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|error| Refusal::bad_request(format!("The body must be JSON in UTF-8; it is not: {error}.")))?;
    match body {
        Value::Object(fields) => from_object(fields).map(|sent| Received::One(Box::new(sent))),
        Value::Array(items) if items.is_empty() => Err(Refusal::bad_request("The batch is empty.")),
        Value::Array(items) if items.len() > limits.max_batch => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            Code::BatchTooLarge,
            format!("The batch holds {} requests; at most {} are allowed.", items.len(), limits.max_batch),
        )),
        Value::Array(items) => items
            .into_iter()
            .map(|item| match item {
                Value::Object(fields) => from_object(fields),
                other => Err(Refusal::bad_request(format!(
                    "A request of the batch must be an object, not {}.",
                    kind(&other)
                ))),
            })
            .collect::<Result<_, _>>()
            .map(Received::Batch),
        other => Err(Refusal::bad_request(format!(
            "The body must be a JSON object with a \"query\", or an array of such, not {}.",
            kind(&other)
        ))),
    }
}

/// Reads a request from the parameters that the specification names; others are left for later versions of it.
pub fn from_object(mut fields: Map<String, Value>) -> Result<Sent, Refusal> {
    let query = match fields.remove("query") {
        Some(Value::String(query)) => Some(query),
        None | Some(Value::Null) => None,
        Some(other) => return Err(wrong_type("query", "a string", &other)),
    };
    let operation_name = match fields.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name),
        Some(other) => return Err(wrong_type("operationName", "a string", &other)),
    };
    let variables = match fields.remove("variables") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(variables)) => variables,
        Some(other) => return Err(wrong_type("variables", "an object", &other)),
    };
    let hash = match fields.remove("extensions") {
        None | Some(Value::Null) => None,
        Some(Value::Object(extensions)) => Hash::within(&extensions)?,
        Some(other) => return Err(wrong_type("extensions", "an object", &other)),
    };
    match (&query, hash) {
        (None, None) => return Err(Refusal::bad_request("The parameter \"query\" is missing.")),
        (Some(query), Some(hash)) => hash.verify(query)?,
        _ => {}
    }
    Ok(Sent { query, hash, operation_name, variables })
}

fn wrong_type(parameter: &str, expected: &str, actual: &Value) -> Refusal {
    Refusal::bad_request(format!("The parameter {parameter:?} must be {expected}, not {}.", kind(actual)))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Refuses every body but JSON in UTF-8. Browsers send no other page's JSON without asking first, which is what keeps
/// a foreign page from acting here in its reader's name.
pub fn content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let refusal = |message| {
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::UnsupportedMediaType, message)
            .with(header::ACCEPT, "application/json; charset=utf-8")
    };
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(refusal("The body must not be compressed: send it without Content-Encoding.".to_owned()));
    }
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(refusal("Send the body with one Content-Type: application/json.".to_owned()));
    };
    let text = value.to_str().unwrap_or_default();
    let mut parts = text.split(';');
    let media_type = parts.next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        return Err(refusal(format!("The body must be application/json, not {media_type:?}.")));
    }
    for parameter in parts {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.trim().trim_matches('"');
        if name.trim().eq_ignore_ascii_case("charset")
            && !["utf-8", "utf8"].iter().any(|it| value.eq_ignore_ascii_case(it))
        {
            return Err(refusal(format!("The body must be in UTF-8, not {value:?}.")));
        }
    }
    Ok(())
}

/// Reads a body of limited length.
pub async fn body(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let limit = limits.max_body_bytes;
    let announced: Option<usize> =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let mut bytes = Vec::with_capacity(announced.unwrap_or_default().min(limit));
    let mut total = 0usize;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refusal::bad_request("The body ended before it was complete."))?;
        total = total.saturating_add(chunk.len());
        if total <= limit {
            bytes.extend_from_slice(&chunk);
        } else if total > limit.saturating_add(MAX_DISCARDED) {
            break;
        }
    }
    if total <= limit {
        return Ok(bytes);
    }
    let actual = announced.map_or_else(|| format!("at least {total}"), |length| length.to_string());
    Err(Refusal::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        Code::BodyTooLarge,
        format!("The body has {actual} bytes; at most {limit} are allowed."),
    ))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;
    use crate::graphql::limits::tests::limits;

    #[test]
    fn only_json_in_utf_8_is_read() {
        for (value, fits) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json;charset=\"utf-8\"; x=y", true),
            ("application/json; charset=iso-8859-1", false),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=x", false),
            ("application/jsonp", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(value));
            assert_eq!(content_type(&headers).is_ok(), fits, "{value}");
        }
        assert!(content_type(&HeaderMap::new()).is_err());
    }

    #[test]
    fn a_query_string_carries_objects_as_json() {
        let sent = from_query(Some("query=%7Ba%7D&variables=%7B%22b%22%3A1%7D&operationName=&other=1")).unwrap();
        assert_eq!((sent.query.as_deref(), &sent.operation_name), (Some("{a}"), &None));
        let request = sent.with_document("{a}");
        assert_eq!(request.variables.into_value(), async_graphql::value!({ "b": 1 }));
        for query in [
            None,
            Some("variables={}"),
            Some("query={a}&variables=[1]"),
            Some("query={a}&variables={"),
            Some("query=a&query=b"),
        ] {
            assert_eq!(from_query(query).unwrap_err().status, StatusCode::BAD_REQUEST, "{query:?}");
        }
    }

    #[test]
    fn a_batch_has_its_limit_and_says_so() {
        let limits = limits();
        let batch = |length: usize| serde_json::to_vec(&vec![serde_json::json!({ "query": "{a}" }); length]).unwrap();
        assert!(matches!(from_json(&batch(10), &limits), Ok(Received::Batch(requests)) if requests.len() == 10));
        let refusal = from_json(&batch(11), &limits).unwrap_err();
        assert_eq!(refusal.message, "The batch holds 11 requests; at most 10 are allowed.");
        assert!(from_json(b"[]", &limits).is_err());
        assert!(from_json(b"[1]", &limits).is_err());
        assert!(from_json(b"\"query\"", &limits).is_err());
    }
}
