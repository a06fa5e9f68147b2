//! The GraphQL schema: parse, call, shape.
use std::net::IpAddr;
use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Response, Schema};
use futures_util::{StreamExt, stream::BoxStream};
use crate::domain::viewer::Viewer;
use crate::config::Limits;

/// Who sends a request, and from where.
#[derive(Debug, Clone)]
pub struct Caller { pub viewer: Viewer, pub address: Option<IpAddr> }

/// One answer of a subscription.
pub struct Event {
    /// Where in the feed it stands, for a subscription that can resume.
    pub cursor: Option<String>,
    pub response: Response,
}

pub struct Query;
#[Object]
impl Query { async fn hello(&self) -> &str { "hello" } }

/// The schema with all that it needs to answer.
pub struct Engine { schema: Schema<Query, EmptyMutation, EmptySubscription> }

impl Engine {
    pub fn new(_limits: &Limits) -> Self { Self { schema: Schema::new(Query, EmptyMutation, EmptySubscription) } }
    /// The schema in the schema definition language, as served at `/schema.graphql`.
    pub fn sdl(&self) -> String { self.schema.sdl() }
    /// Executes a query or a mutation.
    pub async fn execute(&self, request: Request, caller: Caller) -> Response { self.schema.execute(request.data(caller)).await }
    /// Executes a subscription, from after a cursor where the transport brings one (`Last-Event-ID`).
    pub fn subscribe(&self, request: Request, caller: Caller, _resume_after: Option<String>) -> BoxStream<'static, Event> {
        self.schema.execute_stream(request.data(caller)).map(|response| Event { cursor: None, response }).boxed()
    }
}
