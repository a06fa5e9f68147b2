//! Single requests, where it is not their time that matters.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Outcome;

/// How long a server may take until it is ready, and to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client of the web.
pub struct Client(reqwest::Client);

impl Client {
    /// Its library wants to be told of a cryptography even where nothing is encrypted.
    pub fn new() -> Outcome<Self> {
        // An error says that it has been told before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(20)).timeout(PATIENCE);
        Ok(Self(builder.build()?))
    }

    /// Asks until the answer is 200.
    pub async fn wait_until_ready(&self, url: &str) -> Outcome {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if self.0.get(url).send().await.is_ok_and(|answer| answer.status() == 200) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err(format!("{url} is not ready after {} seconds", PATIENCE.as_secs()).into())
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: &Request) -> Outcome<reqwest::Response> {
        let method = request.method.parse()?;
        let mut builder = self.0.request(method, &request.url);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if let Some(body) = &request.body {
            builder = builder.body(body.clone());
        }
        Ok(builder.send().await?)
    }

    /// The data that a document is answered with.
    pub async fn ask(&self, url: &str, token: Option<&str>, query: &str, variables: Value) -> Outcome<Value> {
        let mut request = Request::post(url, &json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.with("authorization", &format!("Bearer {token}"));
        }
        let mut answer: Value = self.send(&request).await?.json().await?;
        match answer.get("errors") {
            None => Ok(answer["data"].take()),
            Some(errors) => Err(format!("{query}\n{errors:#}").into()),
        }
    }
}

/// A request that is sent many times.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
}

impl Request {
    pub fn post(url: &str, body: &Value) -> Self {
        let request = Self { method: "POST", url: url.to_owned(), headers: Vec::new(), body: Some(body.to_string()) };
        request.with("accept", "application/json").with("content-type", "application/json")
    }

    /// A `GET` with parameters in the URL.
    pub fn get(url: &str, parameters: &[(&str, &str)]) -> Outcome<Self> {
        let url = url::Url::parse_with_params(url, parameters)?;
        let request = Self { method: "GET", url: url.into(), headers: Vec::new(), body: None };
        Ok(request.with("accept", "application/json"))
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same request to another server.
    pub fn to(&self, server: &str) -> Outcome<Self> {
        let mut url = url::Url::parse(&self.url)?;
        let other = url::Url::parse(server)?;
        url.set_port(other.port()).map_err(|()| "a URL without port")?;
        Ok(Self { url: url.into(), ..self.clone() })
    }
}
