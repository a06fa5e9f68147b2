//! Requests that other sites make a browser send, beside those of `people.rs`: of neighbours under the same domain, and of every form that a
//! page can send without asking.

use serde_json::{Value, json};
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

use super::answers_as_ever;
use crate::{
    newsroom::{client, entry, story},
    people::person,
};

const RECORD: &str =
    "mutation ($input: RecordAskInput!) { recordAsk(input: $input) { development { id } userErrors { code } } }";

/// Origins that look like ours, which is `https://tracker.example.org`.
const NEIGHBOURS: [&str; 10] = [
    "https://evil.tracker.example.org",
    "https://example.org",
    "https://tracker.example.org.evil.example",
    "https://tracker.example.org@evil.example",
    "https://evil.example/tracker.example.org",
    "https://evil.example#tracker.example.org",
    "https://tracker.example.org:8443",
    "https://trackerxexample.org",
    "https://tracker.example.org%00.evil.example",
    "null",
];

#[tokio::test]
async fn a_neighbour_is_another_site() {
    story(async |newsroom| {
        let browser = person(newsroom, "ama", "editor").await;
        let cookie = browser.cookie.clone().unwrap();
        let position = newsroom.position().await;
        let url = format!("{}/graphql", browser.url);
        let body = json!({ "query": RECORD, "variables": { "input": entry("FR", json!({})) } });
        for origin in NEIGHBOURS {
            let request = client().post(&url).header("host", "tracker.example.org").header("cookie", &cookie);
            let refused = request.header("origin", origin).json(&body).send().await.unwrap();
            assert_eq!(refused.status(), 403, "{origin}");
            assert!(!refused.headers().contains_key("access-control-allow-origin"), "{origin}");
            // As nobody they may ask, and may not read the answer.
            let asked = client()
                .get(&url)
                .query(&[("query", "{ tally { total } }")])
                .header("host", "tracker.example.org")
                .header("origin", origin);
            assert!(!asked.send().await.unwrap().headers().contains_key("access-control-allow-origin"), "{origin}");
            let preflight = client()
                .request(reqwest::Method::OPTIONS, &url)
                .header("host", "tracker.example.org")
                .header("origin", origin);
            let preflight = preflight.header("access-control-request-method", "POST").send().await.unwrap();
            assert_eq!(preflight.status(), 403, "{origin}");
            assert!(!preflight.headers().contains_key("access-control-allow-origin"), "{origin}");
            // Nor do they open sockets or streams.
            let mut socket = url.replacen("http", "ws", 1).into_client_request().unwrap();
            for (name, value) in [("host", "tracker.example.org"), ("origin", origin), ("cookie", &cookie)] {
                socket.headers_mut().insert(name, value.parse().unwrap());
            }
            assert!(connect_async(socket).await.unwrap_err().to_string().contains("403"), "{origin}");
            let stream = client()
                .get(&url)
                .query(&[("query", "subscription { history { act } }")])
                .header("accept", "text/event-stream");
            let stream =
                stream.header("host", "tracker.example.org").header("origin", origin).header("cookie", &cookie);
            assert_eq!(stream.send().await.unwrap().status(), 403, "{origin}");
        }
        assert_eq!(newsroom.position().await, position);
        answers_as_ever(&newsroom.reader()).await;
    })
    .await;
}

#[tokio::test]
async fn no_form_that_a_page_can_send_is_a_request() {
    story(async |newsroom| {
        let browser = person(newsroom, "ama", "editor").await;
        let (cookie, position) = (browser.cookie.clone().unwrap(), newsroom.position().await);
        let body = json!({ "query": RECORD, "variables": { "input": entry("FR", json!({})) } }).to_string();
        let post = |from: &str| {
            client().post(format!("{}/graphql", browser.url)).header("cookie", &cookie).header("origin", from)
        };
        // Even from our own origin: a page of ours sends none of these.
        for from in [browser.url.as_str(), "https://evil.example"] {
            let form = format!("--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{body}\r\n--x--\r\n");
            let refused =
                post(from).header("content-type", "multipart/form-data; boundary=x").body(form).send().await.unwrap();
            assert!(matches!(refused.status().as_u16(), 415 | 403), "{from}");
            for kind in [
                "text/plain",
                "text/plain; charset=application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=application/json",
                "application/json+evil",
                "application/graphql",
                "",
                "text/plain, application/json",
            ] {
                let refused = post(from).header("content-type", kind).body(body.clone()).send().await.unwrap();
                assert!(matches!(refused.status().as_u16(), 415 | 403), "{kind} from {from}");
                assert!(refused.text().await.unwrap().contains("\"errors\""), "{kind} from {from}");
            }
        }
        assert_eq!(newsroom.position().await, position);
    })
    .await;
}

#[tokio::test]
async fn of_two_sessions_in_one_request_none_counts() {
    story(async |newsroom| {
        let (mut ama, mallory) =
            (person(newsroom, "ama", "editor").await, person(newsroom, "mallory", "reporter").await);
        let (own, planted) = (ama.cookie.clone().unwrap(), mallory.cookie.clone().unwrap());
        for both in [format!("{planted}; {own}"), format!("{own}; {planted}")] {
            ama.cookie = Some(both);
            assert_eq!(ama.name().await, Value::Null, "nobody acts in the name of who planted a cookie");
            let answer = ama.answer(RECORD, json!({ "input": entry("FR", json!({})) })).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        }
        ama.cookie = Some(own);
        assert_eq!(ama.name().await, "ama");
    })
    .await;
}
