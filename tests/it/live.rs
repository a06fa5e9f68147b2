//! Many who watch: each change is executed once for all who ask the same, and everyone hears what is theirs, once and in order.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::newsroom::{Newsroom, Reader, Server, Socket, entry, story};

const POSITIONS: &str = "subscription ($after: String) { changes(after: $after) { position cursor } }";

/// Waits until all that a socket was asked before has begun.
async fn begun(socket: &mut Socket) {
    socket.subscribe("begun", "{ __typename }", json!({})).await;
    while socket.message().await != json!({ "type": "complete", "id": "begun" }) {}
}

/// What a server has counted.
async fn counted(reader: &Reader, metric: &str) -> u64 {
    let text = reader.get("/metrics").send().await.unwrap().text().await.unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix(metric)?.trim().parse::<u64>().ok());
    lines.sum()
}

/// The newest cursors of the feed, oldest first.
async fn cursors(reader: &Reader, last: usize) -> Vec<Value> {
    let answer =
        reader.ask("query ($last: Int) { changes(last: $last) { nodes { cursor } } }", json!({ "last": last })).await;
    answer["changes"]["nodes"].as_array().unwrap().iter().map(|node| node["cursor"].clone()).collect()
}

#[tokio::test]
async fn a_change_is_executed_once_however_many_watch() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let start = cursors(&reader, 1).await.remove(0);
        let mut sockets = Vec::new();
        for number in 0..40 {
            let mut socket = reader.socket().await;
            // Where each began, and what each calls it, makes no difference.
            let after = if number % 2 == 0 { Value::Null } else { start.clone() };
            socket.subscribe(&format!("id-{number}"), POSITIONS, json!({ "after": after })).await;
            begun(&mut socket).await;
            sockets.push(socket);
        }
        let mut stream = reader.events("subscription { changes { position cursor } }", None).await;
        let mut tally = reader.events("subscription { tally { total } }", None).await;
        let listed = tally.next().await.data["data"]["tally"]["total"].as_i64().unwrap();
        let before = counted(&reader, "tracker_live_events_rendered_total").await;
        let position = newsroom.position().await;
        for (country, next) in [("FR", 1), ("ES", 2)] {
            editor.recorded("Ask", entry(country, json!({}))).await;
            for (number, socket) in sockets.iter_mut().enumerate() {
                let message = socket.message().await;
                assert_eq!(message["id"], format!("id-{number}"));
                assert_eq!(message["payload"]["data"]["changes"]["position"], position + next);
            }
            assert_eq!(stream.next().await.data["data"]["changes"]["position"], position + next);
            assert_eq!(tally.next().await.data["data"]["tally"]["total"], listed + next);
        }
        // Three documents, two changes.
        assert_eq!(counted(&reader, "tracker_live_events_rendered_total").await - before, 6);
    })
    .await;
}

#[tokio::test]
async fn who_asks_something_else_or_may_see_more_hears_something_else() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let secret = json!({ "kind": "INTERVIEW", "title": "A talk with the minister's driver", "attribution": "A person with knowledge", "confidential": true });
        let filtered = "subscription ($countries: [CountryCode!]) { changes(filter: { countries: $countries }) { country { code } development { citations { source { title } } } } }";
        let mut sockets = Vec::new();
        for (who, countries) in [(&reader, json!(["FR"])), (&reader, json!(["ES"])), (&*editor, json!(["FR"]))] {
            let mut socket = who.socket().await;
            socket.subscribe("1", filtered, json!({ "countries": countries })).await;
            begun(&mut socket).await;
            sockets.push(socket);
        }
        for country in ["FR", "ES"] {
            let parts = json!({ "citations": [{ "source": secret }], "occurred": "2025-09-08" });
            editor.recorded("Ask", entry(country, parts)).await;
        }
        let heard = join_all(sockets.iter_mut().map(Socket::next)).await;
        let country = |event: &Value| event["changes"]["country"]["code"].clone();
        assert_eq!(heard.iter().map(country).collect::<Vec<_>>(), ["FR", "ES", "FR"]);
        let title = |event: &Value| event["changes"]["development"]["citations"][0]["source"]["title"].clone();
        for event in &heard[..2] {
            assert_ne!(title(event), secret["title"], "{event:#}");
        }
        assert_eq!(title(&heard[2]), secret["title"]);
    })
    .await;
}

#[tokio::test]
async fn those_who_come_back_while_much_happens_miss_nothing() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let known = cursors(&reader, 60).await;
        let first = newsroom.position().await;
        let last = first + 30;
        let writes = async {
            for number in 0..30 {
                let country = ["FR", "ES", "IT", "DE", "PT"][number % 5];
                editor.recorded("Talks", entry(country, json!({}))).await;
            }
        };
        let watchers = (0..24_usize).map(async |number| {
            // Some missed nothing, some a little, some more than is kept for them.
            let behind = [1, 2, 30, 60][number % 4];
            let mut cursor = known[known.len() - behind].clone();
            let mut expected = first + 2 - i64::try_from(behind).unwrap();
            while expected <= last {
                let mut socket = reader.socket().await;
                socket.subscribe("1", POSITIONS, json!({ "after": cursor })).await;
                // Each reads a few and comes back on another connection.
                for _ in 0..=number % 7 {
                    if expected > last {
                        break;
                    }
                    let change = socket.next().await["changes"].take();
                    assert_eq!(change["position"], expected);
                    cursor = change["cursor"].clone();
                    expected += 1;
                }
            }
        });
        tokio::join!(writes, join_all(watchers));
    })
    .await;
}

#[tokio::test]
async fn a_subscription_to_much_keeps_its_order_and_holds_up_nobody() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let much = "subscription ($after: String) { changes(after: $after) { position country { developments(first: 100) { nodes {
            id summary country { developments(first: 80) { nodes { id summary occurred { label } } } } } } } } }";
        for _ in 0..40 {
            editor.recorded("Talks", entry("FR", json!({}))).await;
        }
        let start = cursors(&reader, 1).await.remove(0);
        let position = newsroom.position().await;
        let (mut heavy, mut light) = (reader.socket().await, reader.socket().await);
        heavy.subscribe("1", much, json!({ "after": start })).await;
        light.subscribe("1", POSITIONS, json!({ "after": start })).await;
        for next in 1..=6 {
            editor.recorded("Talks", entry("FR", json!({}))).await;
            assert_eq!(light.next().await["changes"]["position"], position + next);
        }
        for next in 1..=6 {
            let change = heavy.next().await["changes"].take();
            assert_eq!(change["position"], position + next);
            let length = 40 + usize::try_from(next).unwrap();
            assert_eq!(change["country"]["developments"]["nodes"].as_array().unwrap().len(), length, "as of its position");
        }
    })
    .await;
}

#[tokio::test]
async fn a_subscription_that_is_wrong_is_refused_each_time() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        let mut right = reader.socket().await;
        right.subscribe("1", POSITIONS, json!({})).await;
        begun(&mut right).await;
        for (query, variables, code) in [
            ("subscription { changes { nothing } }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
            (POSITIONS, json!({ "after": 5 }), "BAD_USER_INPUT"),
            (POSITIONS, json!({ "after": "nonsense" }), "BAD_USER_INPUT"),
            ("subscription ($after: String!) { changes(after: $after) { position } }", json!({}), "BAD_USER_INPUT"),
        ] {
            for _ in 0..2 {
                let mut socket = reader.socket().await;
                socket.subscribe("1", query, variables.clone()).await;
                let message = socket.message().await;
                assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!("1")), "{query}: {message:#}");
                assert_eq!(message["payload"][0]["extensions"]["code"], code, "{query}: {message:#}");
            }
        }
    })
    .await;
}

/// A WebSocket of which each byte is ours.
struct Raw(TcpStream);

impl Raw {
    async fn open(server: &Server) -> Self {
        let address = server.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let handshake = format!(
            "GET /graphql HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
        );
        stream.write_all(handshake.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            answer.push(stream.read_u8().await.unwrap());
        }
        let answer = String::from_utf8(answer).unwrap().to_lowercase();
        assert!(answer.starts_with("http/1.1 101"), "{answer}");
        assert!(answer.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="), "{answer}");
        Self(stream)
    }

    /// Sends a frame: its first byte, and what is in it, masked with zeros.
    async fn frame(&mut self, first: u8, text: &[u8]) {
        let length = u8::try_from(text.len()).ok().filter(|length| *length < 126).unwrap();
        self.0.write_all(&[&[first, 0x80 | length, 0, 0, 0, 0], text].concat()).await.unwrap();
    }

    /// The next frame: its first byte, and what is in it.
    async fn next(&mut self) -> (u8, Vec<u8>) {
        let first = self.0.read_u8().await.unwrap();
        let length = match self.0.read_u8().await.unwrap() {
            126 => usize::from(self.0.read_u16().await.unwrap()),
            length => usize::from(length),
        };
        let mut text = vec![0; length];
        self.0.read_exact(&mut text).await.unwrap();
        (first, text)
    }
}

#[tokio::test]
async fn frames_are_read_as_the_protocol_cuts_them() {
    story(async |newsroom| {
        let server = &newsroom.server;
        let mut socket = Raw::open(server).await;
        // A message in three frames, a ping among them, the last cut within a letter's bytes.
        socket.frame(0x01, br#"{"type":"connec"#).await;
        socket.frame(0x89, b"alive?").await;
        socket.frame(0x00, b"tion_init\",\"payload\":{\"name\":\"S\xc3").await;
        socket.frame(0x80, b"\xa3o\"}}").await;
        assert_eq!(socket.next().await, (0x8a, b"alive?".to_vec()));
        assert_eq!(socket.next().await, (0x81, br#"{"type":"connection_ack"}"#.to_vec()));

        let refused: [(&[u8], u16); 4] = [
            (&[0x81, 0x02, b'{', b'}'], 1002),
            (&[0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe], 1007),
            (&[0x82, 0x82, 0, 0, 0, 0, b'{', b'}'], 4400),
            (&[0x83, 0x80, 0, 0, 0, 0], 1002),
        ];
        for (frame, code) in refused {
            let mut socket = Raw::open(server).await;
            socket.0.write_all(frame).await.unwrap();
            let (first, reason) = socket.next().await;
            assert_eq!((first, u16::from_be_bytes([reason[0], reason[1]])), (0x88, code), "{frame:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_handshake_that_is_not_complete_is_refused() {
    story(async |newsroom: &Newsroom| {
        let upgrade = |version: &str| {
            let request =
                newsroom.reader().get("/graphql").header("upgrade", "websocket").header("connection", "upgrade");
            request.header("sec-websocket-version", version).header("sec-websocket-protocol", "graphql-transport-ws")
        };
        for request in [upgrade("13"), upgrade("8").header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")] {
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 400);
            let answer: Value = response.json().await.unwrap();
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST");
        }
    })
    .await;
}
