//! How answers and errors look on the wire, whatever the transport.

use async_graphql::{Response as Executed, ServerError, Value};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;

use super::accept::Format;
use crate::graphql::code::{self, Code};

/// What is said of any fault of ours, so that nothing of it is told.
pub const OUR_FAULT: &str = "Something went wrong on our side. It has been recorded; please try again.";

/// What is added where a mutation was begun and its end is not known.
const OUTCOME_UNKNOWN: &str = "It is not known whether this was recorded: it is safe to send it again with the same `idempotencyKey`, and \
                               then it is recorded once.";

/// When to try again what was not available.
pub const RETRY_AFTER: &str = "1";

/// Errors in an answer at most: a document can have thousands of mistakes.
const MAX_ERRORS: usize = 50;

/// The outcome of one GraphQL request.
#[derive(Debug)]
pub struct Answer {
    response: Executed,
    /// Whether execution began: only then is there `data`, even if it is null.
    has_data: bool,
}

impl Answer {
    /// The outcome of an execution, with nothing of our internals in it.
    pub fn new(mut response: Executed, began: bool) -> Self {
        let is_there = |error| !Code::Unavailable.is(error);
        let has_data = response.data != Value::Null
            || response.errors.is_empty()
            // Where the database was missing for all of it, it is as if it had not begun.
            || began && response.errors.iter().any(is_there);
        response.errors.truncate(MAX_ERRORS);
        response.errors = response.errors.into_iter().map(presentable).collect();
        Self { response, has_data }
    }

    /// The outcome of a request that was refused before it ran.
    pub fn refused(errors: Vec<ServerError>) -> Self {
        Self::new(Executed::from_errors(errors), false)
    }

    /// The same of a mutation. What came of it is not known where the answer failed to come: nobody may take it for failed.
    #[must_use]
    pub fn of_mutation(mut self) -> Self {
        for error in &mut self.response.errors {
            if Code::Unavailable.is(error) || Code::Timeout.is(error) {
                error.message.push(' ');
                error.message.push_str(OUTCOME_UNKNOWN);
            }
        }
        self
    }

    /// The errors, if the request could not be executed.
    pub fn request_errors(&self) -> Option<&[ServerError]> {
        (!self.has_data).then_some(self.response.errors.as_slice())
    }

    /// What was read.
    pub fn data(&self) -> &Value {
        &self.response.data
    }

    /// Why a part of it or all could not be read.
    pub fn errors(&self) -> &[ServerError] {
        &self.response.errors
    }

    /// Whether the same request would be answered the same until something is published: whoever asks again may get this.
    pub fn is_lasting(&self) -> bool {
        self.has_data && self.response.errors.is_empty() && self.response.http_headers.is_empty()
    }

    /// Whether a part of the server was missing, so that an older answer would have served better.
    pub fn lacks_a_part(&self) -> bool {
        let missing = |error| [Code::Unavailable, Code::Timeout].iter().any(|code| code.is(error));
        self.response.errors.iter().any(missing)
    }

    /// Whether the subscription that this answer belongs to has to be taken up again on a new connection: also where a part of an event
    /// could not be read, since an event passed on in part would never come again.
    pub fn asks_to_reconnect(&self) -> bool {
        self.response.errors.iter().any(|error| Code::Reconnect.is(error) || Code::Unavailable.is(error))
    }

    /// The answer as JSON.
    pub fn json(&self) -> String {
        let body = Json {
            errors: &self.response.errors,
            data: self.has_data.then_some(&self.response.data),
            extensions: &self.response.extensions,
        };
        serde_json::to_string(&body).unwrap_or_else(|error| {
            tracing::error!(%error, "an answer can't be written as JSON");
            refusal_json(Code::Internal, OUR_FAULT)
        })
    }

    /// The answer as HTTP.
    pub fn http(&self, format: Format) -> Response {
        let status = match format {
            // What stands between has to know it, whatever the client reads.
            _ if self.is_too_often() => StatusCode::TOO_MANY_REQUESTS,
            Format::Json => StatusCode::OK,
            Format::GraphqlResponse if self.has_data => StatusCode::OK,
            Format::GraphqlResponse => self.response.errors.first().map_or(StatusCode::BAD_REQUEST, request_status),
        };
        let mut response = json(status, format, self.json());
        response.headers_mut().extend(self.response.http_headers.clone());
        if self.response.errors.iter().any(|error| Code::Unavailable.is(error)) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        if let Some(seconds) = self.response.errors.iter().find_map(code::retry_after) {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    fn is_too_often(&self) -> bool {
        !self.has_data && self.response.errors.iter().any(|error| Code::RateLimited.is(error))
    }
}

#[derive(Serialize)]
struct Json<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    extensions: &'a std::collections::BTreeMap<String, Value>,
}

/// The status of a request that could not be executed, for clients that read it.
fn request_status(error: &ServerError) -> StatusCode {
    [
        (Code::Internal, StatusCode::INTERNAL_SERVER_ERROR),
        (Code::Unavailable, StatusCode::SERVICE_UNAVAILABLE),
        (Code::Reconnect, StatusCode::SERVICE_UNAVAILABLE),
        (Code::Timeout, StatusCode::GATEWAY_TIMEOUT),
        (Code::RateLimited, StatusCode::TOO_MANY_REQUESTS),
        (Code::Unauthenticated, StatusCode::UNAUTHORIZED),
        (Code::Forbidden, StatusCode::FORBIDDEN),
    ]
    .into_iter()
    .find_map(|(code, status)| code.is(error).then_some(status))
    .unwrap_or(StatusCode::BAD_REQUEST)
}

/// Gives every error a code, and keeps what was not written for clients to ourselves: an error that came about by conversion carries its
/// source, and its message is the source's.
fn presentable(error: ServerError) -> ServerError {
    match code::of(&error) {
        Some(_) => error,
        None if error.source.is_some() => {
            tracing::error!(message = %error.message, path = ?error.path, "a resolver failed");
            let told = ServerError { message: OUR_FAULT.to_owned(), source: None, ..error };
            Code::Internal.on(told)
        }
        None => Code::BadUserInput.on(error),
    }
}

/// An HTTP answer with a JSON body.
pub fn json(status: StatusCode, format: Format, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    response
}

/// A refusal of the HTTP request as such: one error, one status, in the shape of a GraphQL answer.
#[derive(Debug)]
pub struct Refusal {
    pub status: StatusCode,
    pub code: Code,
    pub message: String,
    pub headers: Vec<(header::HeaderName, HeaderValue)>,
}

impl Refusal {
    /// A refusal with a sentence that says why.
    pub fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), headers: Vec::new() }
    }

    /// A request that is not a GraphQL request.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
    }

    /// With a header that says more.
    pub fn with(mut self, name: header::HeaderName, value: &'static str) -> Self {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }

    /// The refusal as HTTP.
    pub fn into_http(self, format: Format) -> Response {
        let mut response = json(self.status, format, refusal_json(self.code, &self.message));
        response.headers_mut().extend(self.headers);
        response
    }
}

fn refusal_json(code: Code, message: &str) -> String {
    serde_json::json!({ "errors": [{ "message": message, "extensions": { "code": code.as_str() } }] }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_request_has_no_data_and_one_of_a_field_has() {
        let request = Answer::refused(vec![Code::QueryTooDeep.error("Too deep.")]);
        assert_eq!(request.json(), r#"{"errors":[{"message":"Too deep.","extensions":{"code":"QUERY_TOO_DEEP"}}]}"#);
        let field = Answer::new(Executed::from_errors(vec![Code::Forbidden.error("No.")]), true);
        assert_eq!(field.json(), r#"{"errors":[{"message":"No.","extensions":{"code":"FORBIDDEN"}}],"data":null}"#);
        assert_eq!(field.http(Format::GraphqlResponse).status(), StatusCode::OK);
        assert_eq!(request.http(Format::GraphqlResponse).status(), StatusCode::BAD_REQUEST);
    }

    #[test]
    fn where_the_database_was_missing_for_all_of_it_the_answer_is_to_try_again() {
        let missing = || Executed::from_errors(vec![Code::Unavailable.error("Gone.")]);
        let answer = Answer::new(missing(), true).of_mutation();
        assert!(answer.json().contains("safe to send it again"), "{}", answer.json());
        let response = answer.http(Format::GraphqlResponse);
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
        let mut partly = missing();
        partly.data = Value::from(1);
        assert_eq!(Answer::new(partly, true).http(Format::GraphqlResponse).status(), StatusCode::OK);
    }

    #[test]
    fn an_event_that_could_not_be_read_whole_is_taken_up_again_and_not_kept() {
        for (code, again) in [(Code::Unavailable, true), (Code::Reconnect, true), (Code::Forbidden, false)] {
            let partly = Answer::new(Executed::from_errors(vec![code.error("No.")]), true);
            assert_eq!((partly.asks_to_reconnect(), partly.is_lasting()), (again, false), "{code:?}");
        }
    }

    #[test]
    fn a_source_of_an_error_is_not_told() {
        let secret = std::io::Error::other("password=hunter2");
        let error = async_graphql::Error::from(secret).into_server_error(Default::default());
        let answer = Answer::new(Executed::from_errors(vec![error]), true).json();
        assert!(!answer.contains("hunter2"), "{answer}");
        assert!(answer.contains(r#""code":"INTERNAL""#), "{answer}");
    }

    #[test]
    fn a_document_with_thousands_of_mistakes_gets_a_short_answer() {
        let errors = (0..4000).map(|number| ServerError::new(format!("Mistake {number}"), None)).collect();
        let answer = Answer::refused(errors);
        assert_eq!(answer.request_errors().map(<[_]>::len), Some(MAX_ERRORS));
    }
}
