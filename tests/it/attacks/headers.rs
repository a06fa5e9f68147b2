//! What every answer tells a browser about how it may be used: whatever the address, the method and the outcome.

use std::{fs, path::Path};

use reqwest::{Method, Response};

use crate::newsroom::{Newsroom, Reader, Server, client, story};

/// What each answer has. Of the policies, what they must hold at least.
const EXPECTED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'"),
    ("permissions-policy", "geolocation=()"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// What other sites may use in their own pages.
const FOR_OTHER_SITES: [&str; 7] = [
    "/embed",
    "/data/countries.csv",
    "/data/developments.csv",
    "/data/tracker.json",
    "/data/tracker.schema.json",
    "/data/datapackage.json",
    "/feed.atom",
];

/// The addresses in the table of routes, with something in their places that is there, and with something that is not.
fn addresses() -> Vec<String> {
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/routes.rs")).unwrap();
    let routes: Vec<_> = table.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(routes.len() >= 20, "{routes:?}");
    let mut addresses = Vec::new();
    for route in routes {
        match route {
            "/country/{code}" => {
                addresses.extend(["/country/GH".to_owned(), "/country/QQ".to_owned(), "/country/%ff".to_owned()])
            }
            "/assets/{*name}" => addresses.push("/assets/none.js".to_owned()),
            "/graphql" => {
                addresses.extend(["/graphql", "/graphql?query={tally{total}}", "/graphql?query={"].map(str::to_owned))
            }
            route => {
                assert!(!route.contains('{'), "say what to put into {route}");
                addresses.push(route.to_owned());
            }
        }
    }
    addresses.push("/nothing/here".to_owned());
    addresses
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

fn is_secured(what: &str, address: &str, answer: &Response) {
    for (name, expected) in EXPECTED {
        assert!(header(answer, name).contains(expected), "{what}: {name}: {:?}", header(answer, name));
        assert_eq!(answer.headers().get_all(name).iter().count(), 1, "{what}: {name}");
    }
    let path = address.split('?').next().unwrap();
    let served = answer.status().is_success();
    let resource = if served && FOR_OTHER_SITES.contains(&path) { "cross-origin" } else { "same-origin" };
    // A refusal of a file for other sites may say either.
    if served || !FOR_OTHER_SITES.contains(&path) {
        assert_eq!(header(answer, "cross-origin-resource-policy"), resource, "{what}");
    }
    let ancestors = if path == "/embed" && served { "frame-ancestors *" } else { "frame-ancestors 'none'" };
    assert!(header(answer, "content-security-policy").contains(ancestors), "{what}: only /embed may be framed");
    let policy = header(answer, "content-security-policy");
    let script = policy.split(';').find(|part| part.trim().starts_with("script-src"));
    assert!(script.is_none_or(|script| script.trim() == "script-src 'self'"), "{what}: {policy}");
}

/// Asks at every address with several methods.
async fn walk(newsroom: &Newsroom, server: &Server, check: impl Fn(&str, &str, &Response)) {
    let reader: Reader = newsroom.reader().at(server);
    let http = client();
    for address in addresses() {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS, Method::TRACE] {
            // Twice: the second time it may be a kept answer.
            for _ in 0..2 {
                let request = http.request(method.clone(), format!("{}{address}", reader.url));
                let answer = request.header("accept", "text/html, */*").send().await.unwrap();
                check(&format!("{method} {address}: {}", answer.status()), &address, &answer);
            }
        }
    }
}

#[tokio::test]
async fn every_answer_of_every_route_tells_browsers_what_they_may_do_with_it() {
    story(async |newsroom| {
        walk(newsroom, &newsroom.server, |what, address, answer| {
            is_secured(what, address, answer);
            assert!(!answer.headers().contains_key("strict-transport-security"), "{what}: it is not read over TLS");
            assert!(
                !answer.headers().contains_key("server") && !answer.headers().contains_key("x-powered-by"),
                "{what}"
            );
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn where_readers_come_over_tls_every_answer_says_to_come_back_so() {
    story(async |newsroom| {
        let server = Server::start(&newsroom.database, &["--public-url", "https://tracker.example"]).await;
        walk(newsroom, &server, |what, address, answer| {
            is_secured(what, address, answer);
            assert_eq!(header(answer, "strict-transport-security"), "max-age=31536000", "{what}");
        })
        .await;
        let plain = Server::start(&newsroom.database, &["--public-url", "http://tracker.example"]).await;
        let answer = newsroom.reader().at(&plain).get("/").send().await.unwrap();
        assert!(!answer.headers().contains_key("strict-transport-security"));
    })
    .await;
}
