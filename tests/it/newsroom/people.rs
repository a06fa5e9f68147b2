use std::{ops::Deref, time::Duration};

use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

use super::{
    Server,
    wire::{EventStream, Socket},
};

/// What is read of the payload of an act upon a development.
const SAID: &str =
    "{ development { id revision state summary } conflict { revision author changes { field before after } }
    country { status { code } } tally { total asked agreed } userErrors { code field message } }";

/// Someone who asks.
#[derive(Clone)]
pub struct Reader {
    http: Client,
    pub url: String,
    pub token: Option<String>,
}

/// A client of the web. Its library wants to be told of a cryptography even where nothing is encrypted.
pub fn client() -> Client {
    // An error says that another story has told it before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A connection that has been idle is given up before the server does so: a request must not cross its closing.
    Client::builder().pool_idle_timeout(Duration::from_secs(20)).build().unwrap()
}

impl Reader {
    pub fn of(server: &Server, token: Option<String>) -> Self {
        Self { http: client(), url: server.url.clone(), token }
    }

    /// The same person at another server.
    pub fn at(&self, server: &Server) -> Self {
        Self { url: server.url.clone(), ..self.clone() }
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.signed(self.http.get(format!("{}{path}", self.url)))
    }

    /// Sends a GraphQL request as it is.
    pub async fn post(&self, body: Value) -> Response {
        self.post_with(body, &[]).await
    }

    /// The same with headers besides.
    pub async fn post_with(&self, body: Value, headers: &[(&str, &str)]) -> Response {
        let request =
            self.http.post(format!("{}/graphql", self.url)).header("accept", "application/graphql-response+json");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.signed(request).json(&body).send().await.unwrap()
    }

    /// The whole answer to a document, errors included.
    pub async fn answer(&self, query: &str, variables: Value) -> Value {
        self.post(json!({ "query": query, "variables": variables })).await.json().await.unwrap()
    }

    /// The data that a document is answered with. Errors fail the story.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.answer(query, variables).await;
        assert!(answer.get("errors").is_none(), "{query}\n{answer:#}");
        answer["data"].take()
    }

    /// Code and message of the one error that a document is answered with.
    pub async fn refusal(&self, query: &str, variables: Value) -> (String, String) {
        let answer = self.answer(query, variables).await;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("{query}\n{answer:#}"));
        assert_eq!(errors.len(), 1, "{answer:#}");
        (text(&errors[0]["extensions"]["code"]), text(&errors[0]["message"]))
    }

    /// Total, asked, agreed.
    pub async fn tally(&self) -> (i64, i64, i64) {
        let tally = &self.ask("{ tally { total asked agreed } }", json!({})).await["tally"];
        let number = |name: &str| tally[name].as_i64().unwrap();
        (number("total"), number("asked"), number("agreed"))
    }

    /// The code of a country's status.
    pub async fn status(&self, country: &str) -> Value {
        let query = "query ($code: CountryCode!) { country(code: $code) { status { code } } }";
        self.ask(query, json!({ "code": country })).await["country"]["status"]["code"].take()
    }

    /// Opens a WebSocket, acknowledged.
    pub async fn socket(&self) -> Socket {
        Socket::open(&self.url, self.token.as_deref()).await
    }

    /// Watches a subscription by server-sent events, resumed after an event's id if there is one.
    pub async fn events(&self, query: &str, last_event_id: Option<&str>) -> EventStream {
        let request = self.get("/graphql").query(&[("query", query)]).header("accept", "text/event-stream");
        let request = match last_event_id {
            Some(id) => request.header("last-event-id", id),
            None => request,
        };
        EventStream::open(request.send().await.unwrap())
    }
}

/// Someone who also records.
#[derive(Clone)]
pub struct Editor(Reader);

impl Deref for Editor {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.0
    }
}

impl Editor {
    pub fn of(server: &Server, token: String) -> Self {
        Self(Reader::of(server, Some(token)))
    }

    pub fn at(&self, server: &Server) -> Self {
        Self(self.0.at(server))
    }

    /// Records something of a kind, such as `Agreement`, and answers with the payload.
    pub async fn record(&self, kind: &str, input: Value) -> Value {
        let query = format!(
            "mutation ($input: Record{kind}Input!) {{ record{kind}(input: $input) {{
                development {{ __typename id revision state }} country {{ code status {{ code }} }}
                tally {{ total asked agreed }} userErrors {{ code field message }} }} }}"
        );
        self.ask(&query, json!({ "input": input })).await[format!("record{kind}")].take()
    }

    /// Records something that must succeed, and answers with its id.
    pub async fn recorded(&self, kind: &str, input: Value) -> String {
        let payload = self.record(kind, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{payload:#}");
        payload["development"]["id"].as_str().unwrap().to_owned()
    }

    /// Records something, and sends it again for as long as the server is too busy to take it, as a client with an idempotency key may.
    pub async fn insist(&self, kind: &str, input: Value) -> String {
        assert!(input["idempotencyKey"].is_string());
        let query = format!(
            "mutation ($input: Record{kind}Input!) {{ answer: record{kind}(input: $input) {{ development {{ id }} userErrors {{ message }} }} }}"
        );
        loop {
            let answer = self.answer(&query, json!({ "input": input })).await;
            if let Some(id) = answer["data"]["answer"]["development"]["id"].as_str() {
                return id.to_owned();
            }
            let code = answer["errors"][0]["extensions"]["code"].as_str();
            assert!(matches!(code, Some("UNAVAILABLE" | "TIMEOUT")), "{answer:#}");
        }
    }

    /// What is wrong with an input: the codes and paths of its user errors.
    pub async fn wrong(&self, kind: &str, input: Value) -> Vec<(String, String)> {
        let payload = self.record(kind, input).await;
        assert_eq!(payload["development"], Value::Null, "{payload:#}");
        let errors = payload["userErrors"].as_array().unwrap().iter();
        errors
            .map(|error| {
                let path: Vec<_> = error["field"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
                (error["code"].as_str().unwrap().to_owned(), path.join("."))
            })
            .collect()
    }

    /// Does something with a development, and answers with the payload.
    pub async fn act(&self, mutation: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!("mutation ($input: {kind}!) {{ answer: {mutation}(input: $input) {SAID} }}");
        self.ask(&query, json!({ "input": input })).await["answer"].take()
    }

    /// Does something that must succeed, and answers with the revision and its state.
    pub async fn done(&self, mutation: &str, input: Value) -> (i64, String) {
        let payload = self.act(mutation, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{mutation}: {payload:#}");
        let development = &payload["development"];
        (development["revision"].as_i64().unwrap(), development["state"].as_str().unwrap().to_owned())
    }

    /// The codes of what is wrong with something that must fail.
    pub async fn wrong_act(&self, mutation: &str, input: Value) -> Vec<String> {
        let payload = self.act(mutation, input).await;
        assert_eq!(payload["development"], Value::Null, "{mutation}: {payload:#}");
        let errors = payload["userErrors"].as_array().unwrap().iter();
        errors.map(|error| error["code"].as_str().unwrap().to_owned()).collect()
    }
}
