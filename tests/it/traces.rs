//! Traces: what a collector gets of a request, and what it does not.

use std::sync::{Arc, Mutex};

use axum::{Router, body::Bytes, extract::State, routing::post};
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::any_value::Value as Any,
    trace::v1::{Span, span::SpanKind, status::StatusCode},
};
use prost::Message;
use serde_json::json;
use tokio::{net::TcpListener, sync::watch};

use crate::newsroom::{Editor, Reader, Server, empty_database, entry};

/// A collector: all that it was sent, and how many times.
#[derive(Clone)]
struct Collector {
    spans: Arc<Mutex<Vec<Span>>>,
    text: Arc<Mutex<String>>,
    sent: watch::Sender<usize>,
    url: String,
}

impl Collector {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let collector = Self { spans: Arc::default(), text: Arc::default(), sent: watch::Sender::new(0), url };
        let router = Router::new().route("/v1/traces", post(take)).with_state(collector.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        collector
    }

    /// Waits for a span.
    async fn span(&self, is_it: impl Fn(&Span) -> bool) -> Span {
        let mut sent = self.sent.subscribe();
        loop {
            if let Some(span) = self.spans.lock().unwrap().iter().find(|span| is_it(span)) {
                return span.clone();
            }
            sent.changed().await.unwrap();
        }
    }

    fn within(&self, parent: &Span) -> Vec<Span> {
        self.spans.lock().unwrap().iter().filter(|span| span.parent_span_id == parent.span_id).cloned().collect()
    }
}

async fn take(State(collector): State<Collector>, body: Bytes) {
    let request = ExportTraceServiceRequest::decode(body).unwrap();
    collector.text.lock().unwrap().push_str(&format!("{request:?}"));
    let scopes = request.resource_spans.into_iter().flat_map(|resource| resource.scope_spans);
    collector.spans.lock().unwrap().extend(scopes.flat_map(|scope| scope.spans));
    collector.sent.send_modify(|times| *times += 1);
}

fn attribute(span: &Span, key: &str) -> Option<String> {
    let found = span.attributes.iter().find(|attribute| attribute.key == key)?;
    match found.value.as_ref()?.value.as_ref()? {
        Any::StringValue(text) => Some(text.clone()),
        Any::IntValue(number) => Some(number.to_string()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_collector_is_told_of_a_request_its_operation_and_their_sql_and_of_nobodys_words() {
    let collector = Collector::open().await;
    let database = empty_database().await;
    let server = Server::start(&database, &["--otlp-endpoint", &collector.url, "--trusted-proxies", "127.0.0.1"]).await;
    let token = server.token(&["create", "--name", "Ama", "--role", "editor"]).await;
    let editor = Editor::of(&server, token.clone());
    let words = "Words that are nobody's business yet.";
    let draft = json!({ "publish": false, "summary": words });
    editor.recorded("Ask", entry("FR", draft)).await;

    let mutation = collector.span(|span| span.name == "mutation").await;
    let request = collector.span(|span| span.span_id == mutation.parent_span_id).await;
    assert_eq!((request.name.as_str(), request.kind), ("POST /graphql", SpanKind::Server as i32));
    assert_eq!(attribute(&request, "http.response.status_code").as_deref(), Some("200"));
    let statements = collector.within(&mutation);
    let texts: Vec<_> = statements.iter().filter_map(|span| attribute(span, "db.query.text")).collect();
    assert!(texts.iter().any(|text| text.contains("development_revision")), "{texts:#?}");
    for statement in &statements {
        assert_eq!((statement.kind, &statement.trace_id), (SpanKind::Client as i32, &request.trace_id));
        assert!(statement.start_time_unix_nano >= mutation.start_time_unix_nano - 1_000_000);
    }

    // A proxy says of which trace its request is.
    let reader = Reader::of(&server, None);
    let of = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let body = json!({ "query": "query Mine { country(code: \"XK\") { name } }", "operationName": "Mine" });
    let answer = reader.post_with(body, &[("traceparent", of)]).await;
    assert_eq!(answer.status(), 200);
    let query = collector.span(|span| span.name == "query Mine").await;
    assert_eq!(query.trace_id, 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c_u128.to_be_bytes());

    let refused = reader.post(json!({ "query": "{ desk { drafts { totalCount } } }" })).await;
    assert_eq!(refused.status(), 200);
    let told = collector.text.lock().unwrap().clone();
    for secret in [words, &token, "example.org/record"] {
        assert!(!told.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn nobody_else_says_of_which_trace_a_request_is_and_a_collector_that_is_gone_holds_up_nothing() {
    let collector = Collector::open().await;
    let database = empty_database().await;
    let server = Server::start(&database, &["--otlp-endpoint", &collector.url]).await;
    let of = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let answer = Reader::of(&server, None).post_with(json!({ "query": "{ nothing }" }), &[("traceparent", of)]).await;
    assert_eq!(answer.status(), 400);
    let request = collector.span(|span| attribute(span, "http.response.status_code").as_deref() == Some("400")).await;
    assert_ne!(request.trace_id, 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c_u128.to_be_bytes());
    assert!(request.status.is_none_or(|status| status.code() == StatusCode::Unset), "it was the client's fault");

    let (mut alone, log) = Server::start_overheard(&database, &["--otlp-endpoint", "http://127.0.0.1:1"]).await;
    assert_eq!(Reader::of(&alone, None).tally().await, (58, 51, 7));
    alone.terminate();
    assert!(alone.ended().await.success());
    assert!(log.await.unwrap().contains("stopping"));
}
