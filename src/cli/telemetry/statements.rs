//! SQL in traces. sqlx tells of each statement when it has ended, in a transaction or not: as a span, that is part of the operation which sent it.

use std::time::Duration;

use opentelemetry::{
    Context, KeyValue,
    trace::{Span, SpanBuilder, SpanKind, TraceContextExt, Tracer},
};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, filter::FilterFn, layer};

use crate::clock::{Surroundings, System};

/// Under which name sqlx tells of statements.
const TARGET: &str = "sqlx::query";

/// Makes spans of statements.
pub struct Statements<T> {
    tracer: T,
}

impl<T> Statements<T> {
    pub fn new(tracer: T) -> Self {
        Self { tracer }
    }
}

/// Admits what sqlx tells of statements, however quick they were.
pub fn filter() -> FilterFn {
    let is_of_a_statement: fn(&Metadata<'_>) -> bool = |metadata| metadata.target() == TARGET;
    FilterFn::new(is_of_a_statement).with_max_level_hint(Level::TRACE)
}

impl<S, T> Layer<S> for Statements<T>
where
    S: Subscriber,
    T: Tracer + 'static,
    T::Span: Send + Sync + 'static,
{
    fn on_event(&self, event: &Event<'_>, _: layer::Context<'_, S>) {
        let parent = Context::current();
        // What servers ask of themselves each second is no part of anything.
        if !parent.span().span_context().is_sampled() {
            return;
        }
        let mut told = Told::default();
        event.record(&mut told);
        let text = if told.text.is_empty() { told.summary.clone() } else { told.text.trim().to_owned() };
        let ended = std::time::SystemTime::from(System.now());
        let began = ended.checked_sub(told.took).unwrap_or(ended);
        let known = [
            KeyValue::new("db.system.name", "postgresql"),
            KeyValue::new("db.query.text", text),
            KeyValue::new("db.response.returned_rows", told.rows),
        ];
        let builder = SpanBuilder::from_name(told.summary).with_kind(SpanKind::Client);
        let mut span = builder.with_start_time(began).with_attributes(known).start_with_context(&self.tracer, &parent);
        span.end_with_timestamp(ended);
    }
}

/// What sqlx tells of one.
#[derive(Default)]
struct Told {
    /// Its first words.
    summary: String,
    /// All of it, with its arguments' numbers in place of arguments; empty where the first words are all.
    text: String,
    rows: i64,
    took: Duration,
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.text),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "rows_returned" {
            self.rows = i64::try_from(value).unwrap_or(i64::MAX);
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "elapsed_secs" {
            self.took = Duration::try_from_secs_f64(value).unwrap_or_default();
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
