//! Traces as OpenTelemetry names them: a request, and within it the operations that it brought. Where no collector is named, nothing of it is
//! kept. Neither documents nor variables, neither the query string nor any header are told.

use axum::http::HeaderMap;
use opentelemetry::{
    Context, KeyValue, global,
    propagation::TextMapPropagator,
    trace::{FutureExt, SpanBuilder, SpanKind, Status, TraceContextExt},
};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;

use super::serve::ClientAddress;
use crate::config::Networks;

/// The headers by which a proxy says of which trace its request is.
const TRACE_CONTEXT: [&str; 2] = ["traceparent", "tracestate"];

/// Something that takes time. It ends with its value.
pub struct Traced(Context);

impl Traced {
    /// A request that came to us.
    pub fn request(method: &'static str, route: &str, headers: &HeaderMap) -> Self {
        let came_from = TraceContextPropagator::new().extract_with_context(&Context::new(), &HeaderExtractor(headers));
        let known = [KeyValue::new("http.request.method", method), KeyValue::new("http.route", route.to_owned())];
        Self::start(format!("{method} {route}"), SpanKind::Server, known, &came_from)
    }

    /// A GraphQL operation of the request that is being answered.
    pub fn operation(kind: &'static str, name: Option<&str>) -> Self {
        let span = name.map_or_else(|| kind.to_owned(), |name| format!("{kind} {name}"));
        let name = name.map(|name| KeyValue::new("graphql.operation.name", name.to_owned()));
        let known = [KeyValue::new("graphql.operation.type", kind)].into_iter().chain(name);
        Self::start(span, SpanKind::Internal, known, &Context::current())
    }

    fn start(name: String, kind: SpanKind, known: impl IntoIterator<Item = KeyValue>, parent: &Context) -> Self {
        let builder = SpanBuilder::from_name(name).with_kind(kind).with_attributes(known);
        Self(parent.with_span(builder.start_with_context(&global::tracer("tracker"), parent)))
    }

    /// Does some of it: what is traced meanwhile belongs to it.
    pub async fn during<T>(&self, work: impl Future<Output = T>) -> T {
        work.with_context(self.0.clone()).await
    }

    /// Tells how a request was answered.
    pub fn answered(self, status: u16) {
        let span = self.0.span();
        span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status)));
        if status >= 500 {
            span.set_status(Status::error(""));
        }
    }

    /// Tells that an operation was not answered.
    pub fn refused(self) {
        self.0.span().set_status(Status::error(""));
    }
}

/// Takes what a client says of traces out of a request, unless it is a proxy of ours that says it: else anybody could have all that they ask for
/// traced, or put it among others' requests.
pub fn distrust(peer: ClientAddress, proxies: &Networks, headers: &mut HeaderMap) {
    if !proxies.contain(peer.0) {
        for name in TRACE_CONTEXT {
            headers.remove(name);
        }
    }
}
