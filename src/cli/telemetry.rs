//! What a server tells of itself while it runs: the log, and traces where a collector is named.

mod statements;

use std::{
    io::{self, IsTerminal},
    time::Duration,
};

use opentelemetry::{KeyValue, global, trace::TracerProvider};
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

use self::statements::Statements;
use super::error::CliError;
use crate::config::{LogFormat, Serve};

/// How long a server that stops waits for a collector to take the last traces.
const LAST: Duration = Duration::from_secs(3);

/// The traces that go to a collector, if there is one.
pub struct Telemetry(Option<SdkTracerProvider>);

impl Telemetry {
    /// Begins to log and to trace. Nothing can be traced before, and a process begins once.
    pub fn begin(config: &Serve) -> Result<Self, CliError> {
        let Some(endpoint) = config.otlp_endpoint.as_deref().filter(|endpoint| !endpoint.is_empty()) else {
            tracing_subscriber::registry().with(EnvFilter::new(&config.log)).with(log(config)).init();
            return Ok(Self(None));
        };
        // A client of the web wants to be told of a cryptography; an error says that it has been.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let exporter = SpanExporter::builder().with_http().with_endpoint(format!("{endpoint}/v1/traces")).build();
        let exporter = exporter.map_err(|error| CliError::Traces(error.to_string()))?;
        let resource = Resource::builder()
            .with_service_name(config.otel_service_name.clone())
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        global::set_tracer_provider(provider.clone());
        // Each has its own filter: what is logged does not depend on what is traced.
        let log = log(config).with_filter(EnvFilter::new(&config.log));
        let statements = Statements::new(provider.tracer("tracker"));
        tracing_subscriber::registry().with(log).with(statements.with_filter(statements::filter())).init();
        Ok(Self(Some(provider)))
    }

    /// Sends what has not been sent yet.
    pub async fn end(self) {
        let Some(provider) = self.0 else { return };
        let ended = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(LAST)).await;
        if let Ok(Err(error)) = ended {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

fn log<S>(config: &Serve) -> Box<dyn Layer<S> + Send + Sync>
where
    S: tracing::Subscriber + for<'span> tracing_subscriber::registry::LookupSpan<'span>,
{
    // Nobody may read standard error any more: to complain of that there would end the task that does.
    let layer = tracing_subscriber::fmt::layer().with_writer(io::stderr).log_internal_errors(false);
    match config.log_format {
        LogFormat::Text => layer.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => layer.json().flatten_event(true).boxed(),
    }
}
