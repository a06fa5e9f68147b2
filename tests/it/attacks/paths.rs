//! Paths that lead out of what is served, and heads that say one thing to us and another to a proxy.

use super::{
    answers_as_ever,
    wire::{Line, host},
};
use crate::newsroom::story;

const OUTWARD: [&str; 24] = [
    "/assets/../../Cargo.toml",
    "/assets/../../../Cargo.toml",
    "/../../../../etc/passwd",
    "/assets/%2e%2e/%2e%2e/Cargo.toml",
    "/assets/%2e%2e%2f%2e%2e%2fCargo.toml",
    "/assets/..%2f..%2fCargo.toml",
    "/assets/..%5c..%5cCargo.toml",
    "/assets/..\\..\\Cargo.toml",
    "/assets/%252e%252e/%252e%252e/Cargo.toml",
    "/assets/%c0%ae%c0%ae/%c0%ae%c0%ae/Cargo.toml",
    "/assets/....//....//Cargo.toml",
    "/assets/..;/..;/Cargo.toml",
    "/assets/./../../Cargo.toml",
    "/assets//etc/passwd",
    "/assets/%2fetc%2fpasswd",
    "//etc/passwd",
    "/assets/x%00.js",
    "/assets/%00",
    "/assets/..%00/Cargo.toml",
    "/favicon.svg/../../Cargo.toml",
    "/favicon.svg%00.html",
    "/country/..%2f..%2fetc%2fpasswd",
    "/country/%ff%fe",
    "/data/../src/main.rs",
];

#[tokio::test]
async fn no_path_leads_out_of_what_is_served() {
    story(async |newsroom| {
        for path in OUTWARD {
            for target in [path.to_owned(), format!("http://{}{path}", host(&newsroom.server))] {
                let (status, said) = Line::request(&newsroom.server, &format!("GET {target} HTTP/1.1"), b"").await;
                assert!(matches!(status, 400 | 404), "{target}: {said}");
                assert!(!said.contains("[package]") && !said.contains("root:"), "{target}: {said}");
            }
        }
        let (status, said) = Line::request(&newsroom.server, "GET /assets/a\0b.js HTTP/1.1", b"").await;
        assert_eq!(status, 400, "{said}");
        let long = format!("GET /assets/{} HTTP/1.1", "a".repeat(100_000));
        assert!(matches!(Line::request(&newsroom.server, &long, b"").await.0, 404 | 414 | 431));
        answers_as_ever(&newsroom.reader()).await;
    })
    .await;
}

#[tokio::test]
async fn a_head_that_can_be_read_in_two_ways_is_not_read() {
    story(async |newsroom| {
        let server = &newsroom.server;
        let post = "POST /graphql HTTP/1.1\r\nContent-Type: application/json";
        let body = br#"{"query":"{tally{total}}"}"#;
        for more in [
            "Content-Length: 26\r\nContent-Length: 5",
            "Content-Length: +26",
            "Content-Length: -1",
            "Content-Length: 0x1a",
            "Content-Length: 26, 5",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, identity",
            "Content-Length : 26",
            "X-Header: a\r\n b: c",
            "X-Hea\0der: a",
            "X-Header: a\0b",
        ] {
            let (status, said) = Line::request(server, &format!("{post}\r\n{more}"), body).await;
            assert_eq!(status, 400, "{more:?}: {said}");
        }
        for head in [
            "GET / HTTP/9.9",
            "GET /",
            "GET  / HTTP/1.1",
            "G\0T / HTTP/1.1",
            "\r\n\r\n\r\nGARBAGE",
            "GET / HTTP/1.1\r\n: nothing",
        ] {
            let (status, said) = Line::request(server, head, b"").await;
            assert!(status == 400 || status == 0 || status == 505, "{head:?}: {said}");
        }
        // Of two lengths the one by chunks counts, and the rest of the other is no request of its own.
        let both = format!("{post}\r\nContent-Length: 60\r\nTransfer-Encoding: chunked");
        let smuggled = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
        let (status, said) = Line::request(server, &both, smuggled).await;
        assert_eq!((status, said.matches("HTTP/1.1 ").count()), (400, 1), "{said}");
        answers_as_ever(&newsroom.reader()).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_head_says_of_the_host_the_method_and_the_path_is_not_believed() {
    story(async |newsroom| {
        let server = &newsroom.server;
        let evil = "Host: evil.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example;proto=https\r\nX-Forwarded-Proto: https";
        for path in ["/", "/country/FR", "/country/fr", "/embed", "/desk", "/feed.atom", "/data/tracker.json", "/data/datapackage.json", "/nothing", "/?asOf=9999-01-01"] {
            for _ in 0..2 {
                let (_, said) = Line::request(server, &format!("GET {path} HTTP/1.1\r\n{evil}"), b"").await;
                assert!(!said.contains("evil.example"), "{path}: {said}");
            }
            // Nor does anybody else get what was made for that.
            let (_, said) = Line::request(server, &format!("GET {path} HTTP/1.1"), b"").await;
            assert!(!said.contains("evil.example"), "{path}: {said}");
        }
        let before = newsroom.position().await;
        let editor = newsroom.editor().await;
        for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
            let answer = editor.get("/graphql").query(&[("query", "mutation { signOut }")]).header(name, "POST").send().await.unwrap();
            assert_eq!(answer.status(), 405, "{name}");
            let answer = editor.get("/").header(name, "DELETE").send().await.unwrap();
            assert_eq!(answer.status(), 200, "{name}");
        }
        for name in ["X-Original-URL", "X-Rewrite-URL"] {
            let answer = editor.get("/healthz").header(name, "/desk").send().await.unwrap();
            assert!(!answer.headers()["content-type"].to_str().unwrap().contains("html"), "{name}");
        }
        assert_eq!(newsroom.position().await, before);
    })
    .await;
}
