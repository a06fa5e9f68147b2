//! What one caller may have: counted by who asks, whatever they say of themselves.

use std::time::Duration;

use reqwest::Response;
use serde_json::{Value, json};
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

use crate::newsroom::{Server, Socket, client, story};

/// Asks something that nobody asked before, as a proxy passes it on.
async fn ask(server: &Server, said: &str, number: usize) -> Response {
    let query = format!("{{ q{number}: countries(first: 100) {{ nodes {{ code name }} }} }}");
    let request = client().post(format!("{}/graphql", server.url)).header("x-forwarded-for", said);
    request.json(&json!({ "query": query })).send().await.unwrap()
}

#[tokio::test]
async fn who_asks_for_too_much_hears_when_there_is_room_again_and_others_go_on() {
    story(async |newsroom| {
        let arguments = ["--trusted-proxies", "127.0.0.1", "--fields-per-minute", "1000"];
        let server = Server::start(&newsroom.database, &arguments).await;
        let mut refused = None;
        for number in 0..12 {
            let answer = ask(&server, "192.0.2.9, 203.0.113.1", number).await;
            if answer.status() == 429 {
                refused = Some(answer);
                break;
            }
            assert_eq!(answer.status(), 200);
        }
        let refused = refused.expect("a limit");
        let seconds: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&seconds), "{seconds}");
        let answer: Value = refused.json().await.unwrap();
        assert_eq!(answer["errors"][0]["extensions"]["code"], "RATE_LIMITED");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains("1000 fields"), "{answer}");
        // What was made for anybody is there for all.
        assert_eq!(ask(&server, "203.0.113.1", 0).await.status(), 200);
        // What a client writes before its own address changes nothing; another address is another caller.
        assert_eq!(ask(&server, "198.51.100.77, 203.0.113.1", 90).await.status(), 429);
        assert_eq!(ask(&server, "203.0.113.2", 91).await.status(), 200);
        // A server that trusts nobody believes nobody; who asks on this machine may stand for many.
        for number in 0..12 {
            assert_eq!(ask(&newsroom.server, "203.0.113.1", number).await.status(), 200);
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_has_so_many_streams() {
    story(async |newsroom| {
        let arguments = ["--trusted-proxies", "127.0.0.1", "--max-streams-per-address", "2"];
        let server = Server::start(&newsroom.database, &arguments).await;
        let from = |address: &'static str| [("x-forwarded-for", address)];
        let first = Socket::open_with(&server.url, None, &from("203.0.113.1")).await;
        let _second = Socket::open_with(&server.url, None, &from("203.0.113.1")).await;
        let third = || async {
            let mut request =
                format!("{}/graphql", server.url.replacen("http", "ws", 1)).into_client_request().unwrap();
            request.headers_mut().insert("x-forwarded-for", "203.0.113.1".parse().unwrap());
            connect_async(request).await
        };
        assert!(third().await.unwrap_err().to_string().contains("429"));
        let stream = client()
            .get(format!("{}/graphql?query=subscription{{tally{{total}}}}", server.url))
            .header("accept", "text/event-stream")
            .header("x-forwarded-for", "203.0.113.1")
            .send()
            .await
            .unwrap();
        assert_eq!(stream.status(), 429);
        assert!(stream.text().await.unwrap().contains("2 WebSockets"));
        Socket::open_with(&server.url, None, &from("203.0.113.2")).await;
        drop(first);
        let room = async { while third().await.is_err() {} };
        tokio::time::timeout(Duration::from_secs(60), room).await.expect("room again");
    })
    .await;
}
