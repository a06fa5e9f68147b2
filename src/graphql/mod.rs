//! The GraphQL schema: parse, call, shape. Resolvers are thin; rules live in `domain/`, SQL in `store/`, acts in `ledger/`.

pub mod access;
pub mod code;
pub mod cookie;
pub mod error;
pub mod limits;
pub mod loaders;
pub mod mutation;
pub mod page;
pub mod query;
pub mod scalars;
pub mod scope;
pub mod subscription;
pub mod types;

mod loads;
mod plainly;
mod shape;

use std::net::IpAddr;

use async_graphql::{Request, Response, Schema, ValidationMode, connection::Connection};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use rust_decimal::Decimal;

use self::{
    limits::MAX_NESTING,
    loads::Loads,
    mutation::Mutation,
    plainly::Plainly,
    query::Query,
    scope::{RequestScope, Upcoming},
    subscription::Subscription,
    subscription::resume::Resume,
    types::{
        change::Change,
        country::{Country, CountryTotal},
        development::{Development, DevelopmentTotal},
        history::AuditEntry,
        revision::Revision,
    },
};
use crate::{
    clock::Clock,
    config,
    domain::{position::Position, viewer::Viewer},
    feed::Feed,
    ledger::Ledger,
    store::pool::Pool,
};

/// Who sends a request, and from where.
#[derive(Clone)]
pub struct Caller {
    pub viewer: Viewer,
    pub address: Option<IpAddr>,
    /// Where a cookie can be set.
    pub browser: Option<Browser>,
}

/// The browser that a request comes from. It has no `Debug`, as it holds a secret.
#[derive(Clone)]
pub struct Browser {
    /// The secret of the session that it is in, if any.
    pub session: Option<String>,
    /// Whether it speaks with us, or with a proxy before us, over TLS.
    pub is_secure: bool,
}

/// One answer of a subscription.
#[derive(Debug)]
pub struct Event {
    /// Where in the feed it stands, for a subscription that can resume.
    pub cursor: Option<String>,
    pub response: Response,
}

/// What resolvers need besides the request.
#[derive(Clone)]
pub(crate) struct Services {
    pub pool: Pool,
    pub clock: Clock,
    pub ledger: Ledger,
    pub feed: Feed,
    /// What the button says by which somebody signs in at a provider, where there is one.
    pub single_sign_on: Option<String>,
}

type TrackerSchema = Schema<Query, Mutation, Subscription>;

/// The schema with all that it needs to answer.
pub struct Engine {
    pool: Pool,
    schema: TrackerSchema,
    /// The same without a hook at each field.
    plain: TrackerSchema,
}

impl Engine {
    pub fn new(pool: Pool, clock: Clock, ledger: Ledger, feed: Feed, config: &config::Serve) -> Self {
        let single_sign_on = config.single_sign_on.label().map(str::to_owned);
        let services = Services { pool: pool.clone(), clock, ledger, feed, single_sign_on };
        let schema = limits::guard(schema_builder(), &config.limits).data(services.clone()).finish();
        let plain = schema_builder().limit_recursive_depth(MAX_NESTING).validation_mode(ValidationMode::Fast);
        let plain = plain.data(services).finish();
        Self { pool, schema, plain }
    }

    /// The schema in the schema definition language, as served at `/schema.graphql`.
    pub fn sdl(&self) -> String {
        self.schema.sdl()
    }

    /// Executes a query or a mutation, which is answered at a position that is not shown yet where one is given.
    pub async fn execute(&self, mut request: Request, caller: Caller, upcoming: Option<Position>) -> Response {
        let loads = Loads::default();
        let equip = |request: Request| {
            let request = request.data(RequestScope::default()).data(caller.clone()).data(loads.clone());
            if let Some(position) = upcoming { request.data(Upcoming(position)) } else { request }
        };
        let plainly = Plainly::of(&self.plain, &mut request, equip);
        let request = equip(request).data(plainly);
        let execution = stream::once(self.schema.execute(request));
        let mut execution = std::pin::pin!(loads.drive(execution));
        execution.next().await.unwrap_or_default()
    }

    /// Executes a subscription, from after a cursor where the transport brings one (`Last-Event-ID`).
    pub fn subscribe(
        &self,
        request: Request,
        caller: Caller,
        resume_after: Option<String>,
    ) -> BoxStream<'static, Event> {
        let (loads, resume) = (Loads::default(), Resume::after(resume_after));
        let request = request.data(RequestScope::default()).data(caller).data(loads.clone()).data(resume.clone());
        let responses = self.schema.execute_stream(request);
        loads.drive(responses).map(move |response| Event { cursor: resume.take_cursor(), response }).boxed()
    }
}

/// The schema in the schema definition language, without a database.
pub fn sdl() -> String {
    schema_builder().finish().sdl()
}

fn schema_builder() -> async_graphql::SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .override_output_type_description::<Connection<String, Country, CountryTotal>>("A page of countries.")
        .override_output_type_description::<Connection<String, Development, DevelopmentTotal>>(
            "A page of developments.",
        )
        .override_output_type_description::<Connection<String, Change>>("A page of the feed.")
        .override_output_type_description::<Connection<String, Revision>>("A page of corrections.")
        .override_output_type_description::<Connection<String, AuditEntry>>("A page of the audit log.")
        .override_input_type_description::<Decimal>(
            "A decimal number, exact, in a string such as `\"100000.50\"`; also taken as a number.",
        )
}
