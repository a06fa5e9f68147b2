//! Outgoing webhooks: told of what they want to hear, signed, once where all goes well and never not at all; and nothing that is not
//! public goes anywhere that is not meant.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use data_encoding::BASE64;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::Semaphore,
    time::timeout,
};

use crate::{
    clients::run_with,
    newsroom::{Newsroom, Server, empty_database, entry, story, tracker, until},
};

/// A status, and where it redirects to.
type Answer = (u16, Option<&'static str>);

/// Something that was received.
#[derive(Clone)]
struct Received {
    id: String,
    timestamp: String,
    signature: String,
    body: Bytes,
}

impl Received {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A receiver on loopback. It answers with the statuses that it is given, and then with 204.
#[derive(Clone)]
struct Receiver {
    url: String,
    received: Arc<Mutex<Vec<Received>>>,
    answers: Arc<Mutex<Vec<Answer>>>,
    /// Requests wait here before they are answered.
    gate: Arc<Semaphore>,
}

impl Receiver {
    async fn open(address: &str) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let receiver = Self {
            url: format!("http://{}/hook?key=hush-hush", listener.local_addr().unwrap()),
            received: Arc::default(),
            answers: Arc::default(),
            gate: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
        };
        let router = Router::new().route("/hook", post(Self::receive)).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        receiver
    }

    async fn receive(State(receiver): State<Self>, headers: HeaderMap, body: Bytes) -> Response {
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        receiver.received.lock().unwrap().push(Received {
            id: header("webhook-id"),
            timestamp: header("webhook-timestamp"),
            signature: header("webhook-signature"),
            body,
        });
        let _passed = receiver.gate.acquire().await.unwrap();
        let next = receiver.answers.lock().unwrap().pop();
        let (status, location) = next.unwrap_or((204, None));
        let status = StatusCode::from_u16(status).unwrap();
        match location {
            Some(location) => (status, [("location", location)]).into_response(),
            None => status.into_response(),
        }
    }

    fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    async fn has(&self, count: usize) -> Vec<Received> {
        until(async || self.received().len() >= count).await;
        self.received()
    }
}

/// Runs `tracker webhook …`: whether it succeeded, and what it said.
async fn webhook(newsroom: &Newsroom, arguments: &[&str]) -> (bool, String) {
    let mut command = tracker(&newsroom.database);
    let output = command.arg("webhook").args(arguments).output().await.unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap().trim_end().to_owned())
}

/// Adds a webhook: its id and its secret.
async fn add(newsroom: &Newsroom, url: &str, more: &[&str]) -> (String, String) {
    let arguments = [&["--webhook-networks", "127.0.0.0/8", "add", "--name", "Chat", "--url", url], more].concat();
    let (added, said) = webhook(newsroom, &arguments).await;
    assert!(added, "{said}");
    let (id, secret) = said.split_once('\t').unwrap();
    (id.to_owned(), secret.to_owned())
}

/// Makes everything due that waits.
async fn time_passes(newsroom: &Newsroom) {
    let passes =
        "update webhook_delivery set due_at = now() - interval '1 second', taken_until = null where state = 'WAITING'";
    sqlx::query(passes).execute(&newsroom.pool).await.unwrap();
    sqlx::query("update webhook set not_before = null").execute(&newsroom.pool).await.unwrap();
}

async fn states(newsroom: &Newsroom) -> Vec<(String, i32, Option<i32>, Option<String>)> {
    let states = "select state, attempts, status_code, error from webhook_delivery order by number";
    sqlx::query_as(states).fetch_all(&newsroom.pool).await.unwrap()
}

async fn count(newsroom: &Newsroom, of: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {of}"))).fetch_one(&newsroom.pool).await.unwrap()
}

/// HMAC-SHA256 as RFC 2104 writes it: not by the library that signs.
fn signature(secret: &str, received: &Received) -> String {
    let key = BASE64.decode(secret.strip_prefix("whsec_").unwrap().as_bytes()).unwrap();
    let pad = |with: u8| (0..64).map(|at| key.get(at).unwrap_or(&0) ^ with).collect::<Vec<u8>>();
    let content = [format!("{}.{}.", received.id, received.timestamp).as_bytes(), &received.body].concat();
    let inner = Sha256::digest([pad(0x36), content].concat());
    let outer = Sha256::digest([pad(0x5c), inner.to_vec()].concat());
    format!("v1,{}", BASE64.encode(&outer))
}

#[tokio::test]
async fn a_receiver_is_told_what_it_wants_to_hear_signed_and_in_public_words() {
    story(async |newsroom| {
        let receiver = Receiver::open("127.0.0.1:0").await;
        let wanted = ["--countries", "GH,TO", "--kinds", "PUBLISHED", "--development-kinds", "AGREEMENT"];
        let (id, secret) = add(newsroom, &receiver.url, &wanted).await;
        let editor = newsroom.editor().await;
        editor.recorded("Agreement", entry("PW", json!({}))).await;
        editor.recorded("Payment", entry("GH", json!({ "amount": { "value": "5", "currency": "USD" } }))).await;
        let source = json!([{ "source": {
            "kind": "CABLE", "publisher": "hush-publisher", "title": "hush-title", "url": "https://hush.example.org/",
            "confidential": true, "attribution": "A cable seen by the newsroom", "confidentialNote": "hush-note",
        } }]);
        let told = json!({ "summary": "Agreed to take “some” people.", "citations": source });
        editor.recorded("Agreement", entry("GH", told)).await;
        editor.recorded("Agreement", entry("TO", json!({}))).await;
        let received = receiver.has(2).await;
        let first = received[0].json();
        assert_eq!(first["type"], "change.published");
        assert!(first["text"].as_str().unwrap().starts_with("Ghana: Agreed to take “some” people."), "{first}");
        let change = &first["data"]["change"];
        assert_eq!(change["country"]["code"], "GH");
        assert_eq!(change["development"]["citations"][0]["source"]["attribution"], "A cable seen by the newsroom");
        let paths = first["paths"].as_array().unwrap();
        for path in ["/", "/country/GH", "/data/developments.csv", "/feed.atom"] {
            assert!(paths.contains(&json!(path)), "{path} in {paths:?}");
        }
        assert_eq!(received[1].json()["data"]["change"]["country"]["code"], "TO");
        for received in &received {
            assert_eq!(received.signature, signature(&secret, received));
            assert!(!String::from_utf8_lossy(&received.body).contains("hush"), "{:?}", received.body);
        }
        until(async || count(newsroom, "webhook_delivery where state = 'DELIVERED'").await == 2).await;
        assert_eq!(receiver.received().len(), 2, "each is told once");
        let (one, body) = (&received[0], String::from_utf8(received[0].body.to_vec()).unwrap());
        let told = [
            ("WEBHOOK_SECRET", secret.as_str()),
            ("WEBHOOK_ID", &one.id),
            ("WEBHOOK_TIMESTAMP", &one.timestamp),
            ("WEBHOOK_SIGNATURE", &one.signature),
            ("WEBHOOK_BODY", &body),
        ];
        run_with("tests/clients", "webhook.mjs", &newsroom.server, "", &told).await;
        let (_, list) = webhook(newsroom, &["list"]).await;
        assert!(list.contains("127.0.0.1\tChat") && !list.contains("hush"), "{list}");
        let (_, log) = webhook(newsroom, &["log", &id]).await;
        assert_eq!(
            log.lines().filter(|line| line.contains("delivered\t1 attempts") && line.contains("\t204\t")).count(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn what_failed_is_tried_again_under_the_same_id_until_it_is_taken() {
    story(async |newsroom| {
        let receiver = Receiver::open("127.0.0.1:0").await;
        let (_, secret) = add(newsroom, &receiver.url, &[]).await;
        receiver.answers.lock().unwrap().extend([(302, Some("http://127.0.0.1:1/")), (500, None)]);
        newsroom.editor().await.recorded("Agreement", entry("GH", json!({}))).await;
        for (status, said) in [(500, "It answered 500."), (302, "It answered 302; redirects are not followed.")] {
            until(async || states(newsroom).await.first().is_some_and(|it| it.2 == Some(status))).await;
            let (state, .., error) = states(newsroom).await.remove(0);
            assert_eq!((state.as_str(), error.as_deref()), ("WAITING", Some(said)));
            let pause =
                newsroom.number("select extract(epoch from due_at - attempted_at)::bigint from webhook_delivery").await;
            assert!((3..=30).contains(&pause), "{pause}");
            time_passes(newsroom).await;
        }
        let received = receiver.has(3).await;
        assert!(received.iter().all(|it| it.id == received[0].id && it.body == received[0].body));
        assert!(received.iter().all(|it| it.signature == signature(&secret, it)));
        until(async || states(newsroom).await == [("DELIVERED".to_owned(), 3, Some(204), None)]).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_killed_server_had_in_hand_is_delivered_by_another_and_three_deliver_once() {
    let (receiver, database) = (Receiver::open("127.0.0.1:0").await, empty_database().await);
    let server = Server::start(&database, &[]).await;
    let pool = sqlx::PgPool::connect(&database).await.unwrap();
    let mut newsroom = Newsroom { database, pool, server };
    add(&newsroom, &receiver.url, &[]).await;
    let gate = receiver.gate.forget_permits(Semaphore::MAX_PERMITS);
    newsroom.editor().await.recorded("Agreement", entry("GH", json!({}))).await;
    receiver.has(1).await;
    kill_process(Pid::from_raw(newsroom.server.id()).unwrap(), Signal::KILL).unwrap();
    newsroom.server.ended().await;
    receiver.gate.add_permits(gate);
    newsroom.server = Server::start(&newsroom.database, &[]).await;
    let _others = [Server::start(&newsroom.database, &[]).await, Server::start(&newsroom.database, &[]).await];
    assert_eq!(states(&newsroom).await[0].0, "WAITING");
    // The time that the killed one had it for.
    time_passes(&newsroom).await;
    let received = receiver.has(2).await;
    assert_eq!(received[0].id, received[1].id);
    let editor = newsroom.editor().await;
    for country in ["TO", "PW", "FJ", "NR", "KI", "WS"] {
        editor.recorded("Agreement", entry(country, json!({}))).await;
    }
    until(async || count(&newsroom, "webhook_delivery where state = 'DELIVERED'").await == 7).await;
    assert_eq!(receiver.received().len(), 8, "each of the others is told once");
}

#[tokio::test]
async fn who_answers_410_or_fails_for_days_is_not_asked_again_and_it_is_written_down() {
    story(async |newsroom| {
        let receiver = Receiver::open("127.0.0.1:0").await;
        let (gone, _) = add(newsroom, &receiver.url, &[]).await;
        receiver.answers.lock().unwrap().push((410, None));
        assert!(webhook(newsroom, &["ping", &gone]).await.0);
        until(async || count(newsroom, "webhook where disabled_because = 'GONE'").await == 1).await;
        assert!(!webhook(newsroom, &["ping", &gone]).await.0, "it is out of use");
        let (failing, _) = add(newsroom, "http://127.0.0.1:1/", &[]).await;
        sqlx::query("update webhook set failing_since = now() - interval '4 days' where disabled_at is null")
            .execute(&newsroom.pool)
            .await
            .unwrap();
        assert!(webhook(newsroom, &["ping", &failing]).await.0);
        until(async || count(newsroom, "webhook where disabled_because = 'FAILING'").await == 1).await;
        assert_eq!(count(newsroom, "audit_entry where act = 'DISABLE_WEBHOOK' and actor = 'delivery'").await, 2);
        assert_eq!(count(newsroom, "audit_entry where act = 'ADD_WEBHOOK' and actor = 'command line'").await, 2);
        // Put to use again, it hears of what comes from then on.
        assert!(webhook(newsroom, &["enable", &gone]).await.0);
        newsroom.editor().await.recorded("Agreement", entry("GH", json!({}))).await;
        assert_eq!(receiver.has(2).await[1].json()["type"], "change.published");
        assert!(webhook(newsroom, &["remove", &gone]).await.0);
        assert_eq!(count(newsroom, "webhook where url is null and secret is null and removed_at is not null").await, 1);
    })
    .await;
}

#[tokio::test]
async fn both_secrets_sign_for_a_day_and_a_delivery_can_be_asked_for_anew() {
    story(async |newsroom| {
        let receiver = Receiver::open("127.0.0.1:0").await;
        let (id, before) = add(newsroom, &receiver.url, &[]).await;
        let (rotated, after) = webhook(newsroom, &["rotate", &id]).await;
        assert!(rotated, "{after}");
        assert!(webhook(newsroom, &["ping", &id]).await.0);
        let test = receiver.has(1).await.remove(0);
        assert_eq!(test.json()["type"], "webhook.test");
        assert_eq!(test.signature, format!("{} {}", signature(&after, &test), signature(&before, &test)));
        until(async || states(newsroom).await[0].0 == "DELIVERED").await;
        assert!(webhook(newsroom, &["redeliver", &test.id]).await.0);
        let again = receiver.has(2).await.remove(1);
        assert_eq!((again.id, again.body), (test.id, test.body));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_into_private_networks() {
    story(async |newsroom| {
        for (url, said) in [
            ("https://localhost/", "not of the public internet"),
            ("https://169.254.169.254/latest", "not of the public internet"),
            ("https://[::ffff:10.0.0.1]/", "not of the public internet"),
            ("http://1.1.1.1/", "https://"),
            ("https://ama:hush@1.1.1.1/", "user name and password"),
        ] {
            let (added, answer) =
                webhook(newsroom, &["--webhook-networks", "", "add", "--name", "Chat", "--url", url]).await;
            assert!(!added && answer.contains(said) && !answer.contains("hush"), "{url}: {answer}");
        }
        // Allowed where it was added, and not at the servers that are to send it: what a name leads to changes too.
        let receiver = Receiver::open("127.0.0.2:0").await;
        let (id, _) = add(newsroom, &receiver.url, &[]).await;
        assert!(webhook(newsroom, &["ping", &id]).await.0);
        until(async || states(newsroom).await[0].3.is_some()).await;
        let (state, .., error) = states(newsroom).await.remove(0);
        assert_eq!((state.as_str(), error.as_deref()), ("WAITING", Some("The URL has to begin with https://.")));
        assert!(receiver.received().is_empty());
    })
    .await;
}

/// Somebody who answers with some bytes, again and again if they have no end; and tells when the other side has let go.
async fn answering(with: &'static [u8], endless: &'static [u8]) -> (String, Arc<Semaphore>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let let_go = Arc::new(Semaphore::new(0));
    let tell = let_go.clone();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            // An answer before the question would be none.
            assert!(stream.read(&mut [0; 65536]).await.unwrap() > 0);
            let _ = stream.write_all(with).await;
            while !endless.is_empty() && stream.write_all(endless).await.is_ok() {}
            while stream.read(&mut [0; 4096]).await.is_ok_and(|read| read > 0) {}
            tell.add_permits(1);
        }
    });
    (url, let_go)
}

#[tokio::test]
async fn who_says_nothing_or_never_ends_is_let_go_and_holds_up_nobody() {
    story(async |newsroom| {
        let head = b"HTTP/1.1 200 OK\r\n";
        let endless_body = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n";
        let mut let_go = Vec::new();
        for (with, endless) in [
            (&b""[..], &b""[..]),
            (b"SSH-2.0-OpenSSH_9.2\r\n", b""),
            (head, b"x-more: and more\r\n"),
            (endless_body, &[b'.'; 65536]),
        ] {
            let (url, end) = answering(with, endless).await;
            add(newsroom, &url, &[]).await;
            let_go.push(end);
        }
        let receiver = Receiver::open("127.0.0.1:0").await;
        add(newsroom, &receiver.url, &[]).await;
        newsroom.editor().await.recorded("Agreement", entry("GH", json!({}))).await;
        receiver.has(1).await;
        assert_eq!(newsroom.reader().tally().await, (58, 50, 8));
        until(async || states(newsroom).await.iter().all(|(.., status, error)| status.is_some() || error.is_some()))
            .await;
        for end in let_go {
            let _ = timeout(Duration::from_secs(30), end.acquire()).await.expect("to be let go").unwrap();
        }
        let said: Vec<_> = states(newsroom).await.into_iter().map(|(_, _, status, error)| (status, error)).collect();
        let failed = |error: &str| (None, Some(error.to_owned()));
        for expected in [
            failed("It did not answer within 10 seconds."),
            failed("It did not answer as HTTP does."),
            (Some(200), None),
            (Some(204), None),
        ] {
            assert!(said.contains(&expected), "{expected:?} in {said:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_address_of_a_source_is_ever_looked_at() {
    story(async |newsroom| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}/cable", listener.local_addr().unwrap());
        let source = json!([{ "source": {
            "kind": "DOCUMENT", "publisher": "Somebody", "title": "A cable", "url": url, "archivedUrl": format!("{url}?archived"),
            "publishedOn": "2025-09-10",
        } }]);
        let receiver = Receiver::open("127.0.0.1:0").await;
        add(newsroom, &receiver.url, &[]).await;
        newsroom.editor().await.recorded("Agreement", entry("GH", json!({ "citations": source }))).await;
        receiver.has(1).await;
        let reader = newsroom.reader();
        for path in ["/", "/country/GH", "/data/developments.csv", "/data/tracker.json", "/feed.atom"] {
            assert_eq!(reader.get(path).send().await.unwrap().status(), 200, "{path}");
        }
        let looked = listener.accept().expect_err("somebody looked");
        assert_eq!(looked.kind(), std::io::ErrorKind::WouldBlock);
    })
    .await;
}
