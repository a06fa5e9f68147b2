use std::{path::Path, process::Stdio, sync::Arc};

use reqwest::{Response, Url, cookie::Jar, redirect};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::newsroom::{Newsroom, Relay, Server, client};

pub const CLIENT_SECRET: &str = "a secret between the two";

/// Who gets which role.
const ROLES: &str = "group:chiefs=admin;group:desk=editor;domain:example.org=reporter";

/// A tracker to which a provider of identities sends people, at the address by which browsers find it.
pub struct Stage {
    pub home: String,
    pub provider: Provider,
    pub server: Server,
    pub relay: Relay,
    database: String,
}

/// A provider of identities that runs on this machine. It ends with its value.
pub struct Provider {
    pub issuer: String,
    child: Child,
}

impl Provider {
    /// Starts one that knows a tracker by its address; at a port, or at any that is free.
    pub async fn start(home: &str, port: u16) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
        assert!(
            folder.join("node_modules/oidc-provider").exists(),
            "run `make test`, which installs what tests/clients needs"
        );
        let mut child = Command::new("node")
            .arg("provider.mjs")
            .current_dir(folder)
            .envs([("TRACKER_HOME", home), ("PROVIDER_PORT", &port.to_string())])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let issuer = lines.next_line().await.unwrap().expect("the provider to say where it is");
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { issuer, child }
    }

    /// Changes its people, its keys or what is wrong with it.
    pub async fn plays(&self, changes: Value) {
        let answer = client().post(format!("{}/play", self.issuer)).json(&changes).send().await.unwrap();
        assert_eq!(answer.status(), 204);
    }

    /// Who can sign in at it: by their logins, what it says of them.
    pub async fn knows(&self, people: Value) {
        self.plays(json!({ "people": people })).await;
    }

    /// Is not there any more.
    pub async fn dies(&mut self) {
        self.child.kill().await.unwrap();
    }

    pub fn port(&self) -> u16 {
        Url::parse(&self.issuer).unwrap().port().unwrap()
    }
}

/// How a server is told of a provider.
pub fn settings<'a>(home: &'a str, issuer: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let given = [
        ["--public-url", home],
        ["--oidc-issuer", issuer],
        ["--oidc-client-id", "tracker"],
        ["--oidc-client-secret", CLIENT_SECRET],
        ["--oidc-roles", ROLES],
        ["--oidc-label", "Sign in with the house"],
    ];
    given.concat().into_iter().chain(more.iter().copied()).collect()
}

impl Stage {
    pub async fn set(newsroom: &Newsroom, more: &[&str]) -> Self {
        let relay = Relay::to(0).await;
        let home = format!("http://127.0.0.1:{}", relay.port);
        let provider = Provider::start(&home, 0).await;
        let server = Server::start(&newsroom.database, &settings(&home, &provider.issuer, more)).await;
        relay.lead_to(port_of(&server));
        Self { home, provider, server, relay, database: newsroom.database.clone() }
    }

    /// A second server, to which browsers come from now on.
    pub async fn is_led_to_another(&self) -> Server {
        let other = Server::start(&self.database, &settings(&self.home, &self.provider.issuer, &[])).await;
        self.relay.lead_to(port_of(&other));
        other
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::at(&self.home)
    }

    /// Somebody who has signed in, and where they came to.
    pub async fn signs_in(&self, login: &str) -> (Visitor, String) {
        let visitor = self.visitor();
        let place = visitor.signs_in(login).await;
        (visitor, place)
    }
}

pub fn port_of(server: &Server) -> u16 {
    Url::parse(&server.url).unwrap().port().unwrap()
}

/// Somebody with a browser, which keeps cookies and goes where it is sent.
pub struct Visitor {
    http: reqwest::Client,
    pub home: String,
}

impl Visitor {
    pub fn at(home: &str) -> Self {
        client();
        let builder = reqwest::Client::builder().cookie_provider(Arc::new(Jar::default()));
        Self { http: builder.redirect(redirect::Policy::none()).build().unwrap(), home: home.to_owned() }
    }

    /// What an address of the tracker is answered with, wherever it leads.
    pub async fn get(&self, path: &str) -> Response {
        self.http.get(format!("{}{path}", self.home)).send().await.unwrap()
    }

    /// Where an address leads at once.
    pub async fn led_from(&self, address: &str) -> String {
        let response = self.http.get(address).send().await.unwrap();
        assert_eq!(response.status(), 303, "{address}");
        response.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Signs in by the provider, and answers with the page of ours on which they end.
    pub async fn signs_in(&self, login: &str) -> String {
        self.goes_on(&format!("{}/auth/oidc/start", self.home), login, |_| false).await
    }

    /// The address with which the provider sends them back, which they do not follow yet.
    pub async fn is_sent_back(&self, login: &str) -> String {
        let start = format!("{}/auth/oidc/start", self.home);
        self.goes_on(&start, login, |url| url.path() == "/auth/oidc/callback").await
    }

    /// Follows a chain of redirects and fills in the provider's forms, up to a page of the tracker or an address to stop before.
    pub async fn goes_on(&self, from: &str, login: &str, stop: impl Fn(&Url) -> bool) -> String {
        let mut url = Url::parse(from).unwrap();
        let mut response = self.http.get(url.clone()).send().await.unwrap();
        loop {
            if let Some(location) = response.headers().get("location") {
                url = url.join(location.to_str().unwrap()).unwrap();
                if stop(&url) {
                    return url.into();
                }
                response = self.http.get(url.clone()).send().await.unwrap();
            } else if url.as_str().starts_with(&self.home) {
                assert_eq!(response.status(), 200, "{url}");
                return url.as_str()[self.home.len()..].to_owned();
            } else {
                let page = response.text().await.unwrap();
                let form = Form::of(&page);
                let filled: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                let typed = [("login", login), ("password", "whatever"), ("logout", "yes")];
                let given = filled.into_iter().chain(typed).collect::<Vec<_>>();
                url = url.join(&form.action).unwrap();
                let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
                let request = self.http.post(url.clone()).header("content-type", "application/x-www-form-urlencoded");
                response = request.body(body).send().await.unwrap();
            }
        }
    }

    /// The link by which somebody gives up at the provider.
    pub async fn gives_up(&self) -> String {
        let first = self.led_from(&format!("{}/auth/oidc/start", self.home)).await;
        let asked = Url::parse(&first).unwrap();
        let page = asked.join(&self.led_from(&first).await).unwrap();
        let text = self.http.get(page.clone()).send().await.unwrap().text().await.unwrap();
        let link = between(&text, "<a href=\"", "\"").expect("a link to give up by").to_owned();
        self.goes_on(page.join(&link).unwrap().as_str(), "nobody", |_| false).await
    }

    /// Asks as a page of the tracker would.
    pub async fn ask(&self, query: &str) -> Value {
        let request = self.http.post(format!("{}/graphql", self.home)).header("origin", &self.home);
        let answer: Value = request.json(&json!({ "query": query })).send().await.unwrap().json().await.unwrap();
        assert!(answer.get("errors").is_none(), "{query}\n{answer:#}");
        answer["data"].clone()
    }

    /// Who is signed in.
    pub async fn viewer(&self) -> Value {
        self.ask("{ viewer { name role } }").await["viewer"].take()
    }
}

/// A form that a page shows.
struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    fn of(page: &str) -> Self {
        let form = between(page, "<form", "</form>").unwrap_or_else(|| panic!("no form on the page:\n{page}"));
        let action = between(form, "action=\"", "\"").unwrap().to_owned();
        let hidden = form.split("<input").filter(|input| input.contains("type=\"hidden\""));
        let fields = hidden
            .filter_map(|input| {
                Some((between(input, "name=\"", "\"")?.to_owned(), between(input, "value=\"", "\"")?.to_owned()))
            })
            .collect();
        Self { action, fields }
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(found, _)| found)
}
