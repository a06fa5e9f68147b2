//! Connections that are held, bodies that never end, and sockets on which more is asked than anybody listens to.

use std::time::Duration;

use futures_util::future::join_all;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use tokio::time::{sleep, timeout};

use super::{
    answers_as_ever,
    wire::{Line, host, status},
};
use crate::newsroom::{Server, Socket, client, entry, story};

const POST: &str = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

/// Sends a byte now and then, until the server is tired of it, and answers with what it said.
async fn trickle(server: &Server, beginning: String, byte: &str) -> String {
    let mut line = Line::to(server).await;
    line.say(beginning).await;
    while line.say(byte).await {
        sleep(Duration::from_millis(50)).await;
    }
    line.rest().await
}

#[tokio::test]
async fn who_sends_nothing_or_never_comes_to_an_end_is_let_go() {
    story(async |newsroom| {
        let server = Server::start(&newsroom.database, &["--idle-seconds", "2", "--request-seconds", "2"]).await;
        let reader = newsroom.reader().at(&server);
        let silent = join_all((0..300).map(async |number| {
            let beginnings = [
                "",
                "G",
                "GET / HTT",
                "PRI * HTTP/2",
                "GET / HTTP/1.1\r\nHost: x\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            ];
            let mut line = Line::to(&server).await;
            line.say(beginnings[number % beginnings.len()]).await;
            // The last one is told more than it asked for, and let go all the same.
            line.rest().await
        }));
        let heads =
            join_all((0..40).map(|_| trickle(&server, "GET / HTTP/1.1\r\nHost: x\r\n".to_owned(), "X-A: b\r\n")));
        let bodies =
            join_all((0..40).map(|_| trickle(&server, format!("{POST}Content-Length: 1000000\r\n\r\n{{"), " ")));
        let chunks = join_all(
            (0..40).map(|_| trickle(&server, format!("{POST}Transfer-Encoding: chunked\r\n\r\n"), "1\r\n \r\n")),
        );
        let meanwhile = async {
            for _ in 0..10 {
                answers_as_ever(&reader).await;
            }
        };
        let (_, _, bodies, chunks, ()) = tokio::join!(silent, heads, bodies, chunks, meanwhile);
        for said in bodies.iter().chain(&chunks) {
            // Who goes on writing may not get to read why.
            assert!(said.is_empty() || status(said) == 408 && said.contains("\"TIMEOUT\""), "{said}");
        }
        answers_as_ever(&reader).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_forgotten_in_a_crowd_that_comes_while_the_server_is_busy() {
    story(async |newsroom| {
        let server = Server::start(&newsroom.database, &["--idle-seconds", "2"]).await;
        let process = Pid::from_raw(server.id()).unwrap();
        kill_process(process, Signal::STOP).unwrap();
        let crowd = join_all((0..1_000).map(|_| timeout(Duration::from_secs(20), Line::to(&server)))).await;
        kill_process(process, Signal::CONT).unwrap();
        // Nobody says a word: only who was accepted can be let go.
        join_all(crowd.into_iter().map(async |line| line.expect("a connection").rest().await)).await;
        answers_as_ever(&newsroom.reader().at(&server)).await;
    })
    .await;
}

#[tokio::test]
async fn who_waits_with_a_body_is_told_that_it_took_too_long() {
    story(async |newsroom| {
        let server = Server::start(&newsroom.database, &["--request-seconds", "1"]).await;
        for length in ["Content-Length: 100", "Content-Length: 10737418240", "Transfer-Encoding: chunked"] {
            let mut line = Line::to(&server).await;
            line.say(format!("{POST}Connection: close\r\n{length}\r\n\r\n")).await;
            let said = line.rest().await;
            assert!(status(&said) == 408 && said.contains("\"TIMEOUT\""), "{length}: {said}");
        }
        answers_as_ever(&newsroom.reader().at(&server)).await;
    })
    .await;
}

#[tokio::test]
async fn huge_bodies_heads_and_what_is_compressed_are_refused() {
    story(async |newsroom| {
        let server = &newsroom.server;
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000)).repeat(40);
        let head = "POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked";
        let (code, said) = Line::request(server, head, (chunk + "0\r\n\r\n").as_bytes()).await;
        assert!(code == 413 && said.contains("BODY_TOO_LARGE") && said.contains("1048576"), "{said}");
        for coding in ["gzip", "br", "zstd", "deflate", "gzip, gzip"] {
            let request = client()
                .post(format!("{}/graphql", server.url))
                .header("content-type", "application/json")
                .header("content-encoding", coding);
            let refused = request.body(vec![0x1f, 0x8b, 8, 0]).send().await.unwrap();
            assert_eq!(refused.status(), 415, "{coding}");
            assert!(refused.text().await.unwrap().contains("UNSUPPORTED_MEDIA_TYPE"));
        }
        for head in [
            format!("GET / HTTP/1.1\r\nX-Large: {}", "a".repeat(2 << 20)),
            format!("GET / HTTP/1.1{}", "\r\nX-A: b".repeat(5_000)),
            format!("GET /?q={} HTTP/1.1", "a".repeat(2 << 20)),
        ] {
            let (code, said) = Line::request(server, &head, b"").await;
            // Who goes on writing may not get to read why.
            assert!(matches!(code, 414 | 431 | 0), "{code}: {}", said.chars().take(200).collect::<String>());
        }
        answers_as_ever(&newsroom.reader()).await;
    })
    .await;
}

#[tokio::test]
async fn thousands_of_subscriptions_on_one_socket_cost_nobody_else_anything() {
    story(async |newsroom| {
        let (reader, editor) = (newsroom.reader(), newsroom.editor().await);
        let mut socket = reader.socket().await;
        for number in 0..3_000 {
            // Each is one of its own, so that nothing is shared.
            let query = format!("subscription {{ changes {{ a{number}: position }} }}");
            socket.subscribe(&number.to_string(), &query, json!({})).await;
        }
        socket.subscribe("last", "{ __typename }", json!({})).await;
        let mut refused = 0;
        loop {
            let told = socket.message().await;
            assert_eq!(
                (&told["type"], &told["payload"][0]["extensions"]["code"]),
                (&json!("error"), &json!("TOO_MANY_OPERATIONS")),
                "{told}"
            );
            refused += 1;
            if told["id"] == "last" {
                break;
            }
        }
        assert_eq!(refused, 3_001 - 100);
        answers_as_ever(&reader).await;
        let mut other = reader.socket().await;
        other.subscribe("1", "subscription { changes { position } }", json!({})).await;
        other.subscribe("2", "{ __typename }", json!({})).await;
        while other.message().await["type"] != "complete" {}
        editor.recorded("Ask", entry("FR", json!({}))).await;
        assert_eq!(other.next().await["changes"]["position"], newsroom.position().await);
        for _ in 0..100 {
            assert_eq!(socket.message().await["type"], "next", "what was let in is told");
        }
        // Begun and ended without a pause, there is never more than one of them.
        for number in 0..2_000 {
            let id = format!("again {number}");
            other.subscribe(&id, "subscription { tally { total } }", json!({})).await;
            other.send(json!({ "type": "complete", "id": id })).await;
        }
        other.send(json!({ "type": "ping", "payload": { "after": "all" } })).await;
        while other.message().await["type"] != "pong" {}
        answers_as_ever(&reader).await;
    })
    .await;
}

#[tokio::test]
async fn who_asks_on_a_socket_and_reads_nothing_is_let_go() {
    story(async |newsroom| {
        let server = Server::start(&newsroom.database, &["--keep-alive-seconds", "1"]).await;
        let reader = newsroom.reader().at(&server);
        let mut line = Line::to(&server).await;
        line.say(format!(
            "GET /graphql HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n",
            host(&server)
        ))
        .await;
        // Frames that are masked with zeros.
        let frame = |text: &str| {
            let length = u16::try_from(text.len()).unwrap().to_be_bytes();
            [&[0x81, 0xfe, length[0], length[1], 0, 0, 0, 0], text.as_bytes()].concat()
        };
        line.say(frame(r#"{"type":"connection_init"}"#)).await;
        let mut number = 0;
        let asking = async {
            loop {
                let query = r#"{ countries(first: 200, filter: { tracked: null }) { nodes { id code name isoName otherNames } } }"#;
                let message = json!({ "type": "subscribe", "id": number.to_string(), "payload": { "query": query } });
                number += 1;
                if !line.say(frame(&message.to_string())).await {
                    break;
                }
            }
        };
        timeout(Duration::from_secs(60), asking).await.expect("the server lets go");
        answers_as_ever(&reader).await;
        Socket::open(&server.url, None).await;
    })
    .await;
}
