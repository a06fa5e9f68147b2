//! How the provider is asked: over TLS, without following it anywhere else, and no longer or more than it should take.

use std::{pin::Pin, sync::Once, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::{Client, redirect};

use super::provider::with_causes;

/// How long an answer may take. Somebody waits for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long an answer may be, in bytes.
const LONGEST: usize = 1 << 20;

/// The way to the provider.
#[derive(Debug, Clone)]
pub struct Transport(Client);

/// Why there is no answer. The address, which may hold what is nobody's business, is left out.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    #[error("it can't be reached: {0}")]
    Unanswered(String),
    #[error("its answer is longer than {LONGEST} bytes")]
    TooLong,
    #[error("its answer can't be read")]
    Unreadable,
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        Self::Unanswered(with_causes(&error.without_url()))
    }
}

impl Transport {
    pub fn new() -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Fails only where there is one already, which is as good.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(PATIENCE)
            // Sign-ins are rare: a connection that was kept would mostly have been closed at the other end.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("third-country-tracker/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(client.expect("a client without settings from outside"))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (parts, body) = request.into_parts();
        let request = self.0.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
        let mut answer = request.send().await?;
        let mut built = http::Response::builder().status(answer.status());
        if let Some(headers) = built.headers_mut() {
            *headers = answer.headers().clone();
        }
        let mut read = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if read.len() + chunk.len() > LONGEST {
                return Err(TransportError::TooLong);
            }
            read.extend_from_slice(&chunk);
        }
        built.body(read).map_err(|_| TransportError::Unreadable)
    }
}

impl<'c> AsyncHttpClient<'c> for Transport {
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
