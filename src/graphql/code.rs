//! The codes that a GraphQL error carries in `extensions.code`: constants that programs can rely on.

use async_graphql::{ErrorExtensionValues, ServerError};

/// What kind of error it is: who has to do something about it, and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The HTTP request is not a GraphQL request.
    BadRequest,
    /// The document is not GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// A variable or an argument has a value that its type does not take.
    BadUserInput,
    /// The token is missing, unknown, expired or revoked.
    Unauthenticated,
    /// The token does not permit this.
    Forbidden,
    /// What was sent contradicts what is recorded.
    Conflict,
    /// The document nests deeper than the limit.
    QueryTooDeep,
    /// The answer would have more fields than the limit.
    QueryTooComplex,
    /// The document has more aliases than the limit.
    TooManyAliases,
    /// The document has more lexical tokens than the limit.
    TooManyTokens,
    /// The batch holds more requests than the limit.
    BatchTooLarge,
    /// The body is longer than the limit.
    BodyTooLarge,
    /// No document is kept under the hash that came without one: send both.
    PersistedQueryNotFound,
    /// More operations run on one WebSocket than the limit.
    TooManyOperations,
    /// Requests come faster than the limit.
    RateLimited,
    /// The request took longer than the limit.
    Timeout,
    /// The method does not serve this operation.
    MethodNotAllowed,
    /// The client accepts none of the media types that the server speaks.
    NotAcceptable,
    /// The body's media type, charset or encoding is not one that the server reads.
    UnsupportedMediaType,
    /// There is nothing at this address.
    NotFound,
    /// A part of the server can't be reached; trying again later may help.
    Unavailable,
    /// The subscription has to be taken up again from its last cursor. The transports turn it into a close that clients
    /// answer by reconnecting; it reaches a client only where a transport has no such close.
    Reconnect,
    /// Our own fault.
    Internal,
}

impl Code {
    /// The code as it is served.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::Conflict => "CONFLICT",
            Self::QueryTooDeep => "QUERY_TOO_DEEP",
            Self::QueryTooComplex => "QUERY_TOO_COMPLEX",
            Self::TooManyAliases => "TOO_MANY_ALIASES",
            Self::TooManyTokens => "TOO_MANY_TOKENS",
            Self::BatchTooLarge => "BATCH_TOO_LARGE",
            Self::BodyTooLarge => "BODY_TOO_LARGE",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::TooManyOperations => "TOO_MANY_OPERATIONS",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::NotFound => "NOT_FOUND",
            Self::Unavailable => "UNAVAILABLE",
            Self::Reconnect => "RECONNECT",
            Self::Internal => "INTERNAL",
        }
    }

    /// An error of this kind.
    pub fn error(self, message: impl Into<String>) -> ServerError {
        self.on(ServerError::new(message, None))
    }

    /// The error of who asks for too much; after so many seconds there is room again.
    pub fn too_often(seconds: u64, message: impl Into<String>) -> ServerError {
        let mut error = Self::RateLimited.error(message);
        error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("retryAfter", seconds);
        error
    }

    /// The error, marked as one of this kind.
    pub fn on(self, mut error: ServerError) -> ServerError {
        error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", self.as_str());
        error
    }

    /// Whether the error is of this kind.
    pub fn is(self, error: &ServerError) -> bool {
        of(error) == Some(self.as_str())
    }
}

/// The seconds after which an error says that there is room again.
pub fn retry_after(error: &ServerError) -> Option<u64> {
    match error.extensions.as_ref()?.get("retryAfter")? {
        async_graphql::Value::Number(seconds) => seconds.as_u64(),
        _ => None,
    }
}

/// The code that an error carries, if any.
pub fn of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        async_graphql::Value::String(code) => Some(code),
        async_graphql::Value::Enum(code) => Some(code),
        _ => None,
    }
}
