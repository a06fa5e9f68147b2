//! The readers' pages as they are served: what is in them before any script runs, who gets which, and how they are kept.

use reqwest::{Client, Response, redirect::Policy};
use serde_json::{Value, json};

use crate::newsroom::{Newsroom, Server, entry, story};

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

async fn get(newsroom: &Newsroom, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = newsroom.reader().get(path);
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
}

async fn page(newsroom: &Newsroom, path: &str) -> String {
    let response = get(newsroom, path, &[]).await;
    assert_eq!(
        (response.status().as_u16(), header(&response, "content-type").as_str()),
        (200, "text/html; charset=utf-8")
    );
    response.text().await.unwrap()
}

/// The answer that a page carries for its script.
fn answer(page: &str) -> Value {
    let (_, rest) = page.split_once(r#"<script type="application/json" id="answer">"#).unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[tokio::test]
async fn a_page_is_kept_until_something_is_published() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        for path in ["/", "/?status=agreed", "/country/FR", "/embed"] {
            let first = get(newsroom, path, &[]).await;
            assert_eq!(header(&first, "cache-status"), "tracker; fwd=miss; stored", "{path}");
            let control = header(&first, "cache-control");
            assert!(control.contains("public, max-age=0, s-maxage=1"), "{control}");
            assert_eq!(header(&first, "vary"), "accept-encoding");
            let etag = header(&first, "etag");
            let known = get(newsroom, path, &[("if-none-match", &etag)]).await;
            assert_eq!(
                (known.status().as_u16(), header(&known, "cache-status").as_str()),
                (304, "tracker; hit"),
                "{path}"
            );
            assert_eq!(known.bytes().await.unwrap(), "");

            // In another coding it is made from what is kept, under the same tag.
            for coding in ["br", "gzip", "zstd"] {
                let coded = get(newsroom, path, &[("accept-encoding", coding)]).await;
                assert_eq!(
                    (header(&coded, "content-encoding").as_str(), header(&coded, "etag")),
                    (coding, etag.clone())
                );
            }
            editor.recorded("Ask", entry("FR", json!({ "publish": false }))).await;
            let unmoved = get(newsroom, path, &[("if-none-match", &etag)]).await;
            assert_eq!(unmoved.status(), 304, "a draft moves {path}");
            editor.recorded("Talks", entry("FR", json!({ "summary": format!("Talks, seen at {path}.") }))).await;
            let after = get(newsroom, path, &[("if-none-match", &etag)]).await;
            assert_eq!(header(&after, "cache-status"), "tracker; fwd=miss; stored", "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_page_says_and_carries_is_what_the_api_answers() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let hostile = "It </script><script>alert(1)</script> & <img src=x onerror=alert(1)> agreed.";
        editor.recorded("Agreement", entry("FR", json!({ "summary": hostile }))).await;
        let (total, asked, agreed) = newsroom.reader().tally().await;
        let tracker = page(newsroom, "/").await;
        assert!(
            tracker.contains(&format!(
                r#"<b class="figure asked">{asked}</b> countries have been asked or will be asked"#
            ))
        );
        assert!(tracker.contains(&format!(r#"<b class="figure agreed">{agreed}</b> have agreed."#)));
        assert_eq!(tracker.matches("<li data-code=").count() as i64, total);
        assert_eq!(answer(&tracker)["tally"]["agreed"], agreed);
        for page in [tracker, page(newsroom, "/country/FR").await] {
            assert!(!page.contains("<img src=x") && !page.contains("<script>alert"), "a summary became markup");
            assert!(answer(&page).to_string().contains("alert(1)"), "a summary is missing");
        }
        // Nobody's drafts are on a page, whoever asks.
        let draft = json!({ "publish": false, "summary": "Not for readers yet." });
        editor.recorded("Ask", entry("FR", draft)).await;
        for path in ["/", "/country/FR"] {
            let asked_by_staff = editor.get(path).send().await.unwrap().text().await.unwrap();
            assert!(!asked_by_staff.contains("Not for readers yet."), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_narrows_the_list_and_turns_back_the_time() {
    story(async |newsroom| {
        let codes = async |path: &str| -> Vec<String> {
            let page = page(newsroom, path).await;
            let entries = page.split("<li data-code=\"").skip(1);
            entries.map(|entry| entry.split('"').next().unwrap().to_owned()).collect()
        };
        assert_eq!(codes("/?q=cote+d").await, ["CI"]);
        let agreed = codes("/?status=AGREED").await;
        assert_eq!(agreed.len() as i64, newsroom.reader().tally().await.2);
        let american = codes("/?status=agreed&region=019").await;
        assert!(american.iter().all(|code| agreed.contains(code)) && american.len() < agreed.len(), "{american:?}");
        let before = newsroom.reader().ask("{ changes(last: 1) { nodes { at } } }", json!({})).await;
        let before = before["changes"]["nodes"][0]["at"].as_str().unwrap().to_owned();
        let earlier = codes("/").await;
        newsroom.editor().await.recorded("Ask", entry("FR", json!({}))).await;
        assert_eq!(codes("/?sort=latest").await.first().map(String::as_str), Some("FR"));
        assert_eq!(codes(&format!("/?asOf={before}")).await, earlier);
        assert!(codes("/?asOf=2020-01-01").await.is_empty());
        assert!(page(newsroom, &format!("/country/FR?asOf={before}")).await.contains("France is not tracked"));
    })
    .await;
}

#[tokio::test]
async fn each_page_has_the_policy_that_it_needs() {
    story(async |newsroom| {
        for (path, ancestors, resource) in
            [("/", "'none'", "same-origin"), ("/country/RW", "'none'", "same-origin"), ("/embed", "*", "cross-origin")]
        {
            let response = get(newsroom, path, &[]).await;
            let policy = header(&response, "content-security-policy");
            assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
            assert!(policy.ends_with(&format!("frame-ancestors {ancestors}")), "{path}: {policy}");
            assert_eq!(header(&response, "cross-origin-resource-policy"), resource);
            let head = newsroom.reader().get(path).build().unwrap();
            let head = Client::new().head(head.url().clone()).send().await.unwrap();
            assert_eq!((head.status(), header(&head, "etag")), (response.status(), header(&response, "etag")));
            assert_eq!(head.bytes().await.unwrap(), "");
        }
    })
    .await;
}

#[tokio::test]
async fn who_asks_for_nothing_is_told_in_words_or_in_json() {
    story(async |newsroom| {
        for path in ["/country/QQ", "/country/France", "/no/such/page"] {
            let person = get(newsroom, path, &[("accept", "text/html,*/*;q=0.8")]).await;
            assert_eq!(
                (person.status().as_u16(), header(&person, "content-type").as_str()),
                (404, "text/html; charset=utf-8")
            );
            let program = get(newsroom, path, &[("accept", "application/json")]).await;
            assert_eq!(
                (program.status().as_u16(), header(&program, "content-type").as_str()),
                (404, "application/json; charset=utf-8")
            );
        }
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        let redirect = async |path: &str| {
            let response = client.get(format!("{}{path}", newsroom.server.url)).send().await.unwrap();
            (response.status().as_u16(), header(&response, "location"))
        };
        assert_eq!(redirect("/country/fr?asOf=2025-09-01").await, (308, "/country/FR?asOf=2025-09-01".to_owned()));
        // A day that is not over is no past.
        assert_eq!(redirect("/?asOf=9999-01-01").await, (303, "/".to_owned()));
        let wrong = get(newsroom, "/country/FR?after=nonsense", &[]).await;
        assert_eq!((wrong.status().as_u16(), header(&wrong, "cache-control").as_str()), (400, "no-cache"));
    })
    .await;
}

#[tokio::test]
async fn whole_addresses_are_written_only_where_the_public_one_is_known() {
    story(async |newsroom| {
        let unknown = page(newsroom, "/").await;
        assert!(!unknown.contains("canonical") && !unknown.contains("127.0.0.1"));
        let server = Server::start(&newsroom.database, &["--public-url", "https://tracker.example/"]).await;
        let known = newsroom.reader().at(&server).get("/country/RW").send().await.unwrap().text().await.unwrap();
        assert!(known.contains(r#"<link rel="canonical" href="https://tracker.example/country/RW">"#));
        assert!(known.contains(r#"<meta property="og:image" content="https://tracker.example/card.png">"#));
    })
    .await;
}

#[tokio::test]
async fn what_pages_are_made_of_comes_compressed_and_for_good() {
    story(async |newsroom| {
        let tracker = page(newsroom, "/").await;
        let (_, rest) = tracker.split_once("<script type=\"module\" src=\"").unwrap();
        let script = rest.split('"').next().unwrap();
        let plain = get(newsroom, script, &[]).await;
        assert_eq!(header(&plain, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(
            (header(&plain, "vary").as_str(), header(&plain, "content-encoding").as_str()),
            ("accept-encoding", "")
        );
        let (etag, length) = (header(&plain, "etag"), plain.bytes().await.unwrap().len());
        for (accepted, coding) in [("br, gzip, zstd", "br"), ("zstd, gzip", "gzip"), ("zstd", "")] {
            let coded = get(newsroom, script, &[("accept-encoding", accepted)]).await;
            assert_eq!((header(&coded, "content-encoding").as_str(), header(&coded, "etag")), (coding, etag.clone()));
            assert_eq!(coded.bytes().await.unwrap().len() < length, !coding.is_empty(), "{accepted}");
        }
        let known = get(newsroom, script, &[("if-none-match", &etag)]).await;
        assert_eq!(known.status(), 304);
    })
    .await;
}
