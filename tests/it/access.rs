//! Who may do what.

use serde_json::json;

use crate::newsroom::{entry, story};

const ASK: &str = "mutation ($input: RecordAskInput!) { recordAsk(input: $input) { userErrors { code } } }";

#[tokio::test]
async fn nobody_records_without_a_token() {
    story(async |newsroom| {
        let (code, message) = newsroom.reader().refusal(ASK, json!({ "input": entry("FR", json!({})) })).await;
        assert_eq!(code, "UNAUTHENTICATED");
        assert!(message.contains("Authorization: Bearer"), "{message}");
    })
    .await;
}

#[tokio::test]
async fn a_reporter_may_not_publish() {
    story(async |newsroom| {
        let reporter = newsroom.staff("reporter").await;
        let (code, message) = reporter.refusal(ASK, json!({ "input": entry("FR", json!({})) })).await;
        assert_eq!(code, "FORBIDDEN");
        assert!(message.contains("publish: false"), "{message}");
        reporter.recorded("Ask", entry("FR", json!({ "publish": false }))).await;
        for role in ["editor", "admin"] {
            newsroom.staff(role).await.recorded("Ask", entry("FR", json!({}))).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_viewer_is_who_the_token_says() {
    story(async |newsroom| {
        let query = "{ viewer { name role } }";
        assert_eq!(newsroom.reader().ask(query, json!({})).await["viewer"], json!(null));
        let reporter = newsroom.staff("reporter").await;
        assert_eq!(reporter.ask(query, json!({})).await["viewer"], json!({ "name": "reporter", "role": "REPORTER" }));
        let mut socket = reporter.socket().await;
        socket.subscribe("1", query, json!({})).await;
        assert_eq!(socket.next().await["viewer"]["role"], "REPORTER");
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_when_it_expires_or_is_revoked() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let listed = newsroom.server.token(&["list"]).await;
        let line = listed.lines().find(|line| line.ends_with("\teditor")).unwrap();
        assert!(line.contains("\tvalid\t") && line.contains("never used"), "{line}");
        assert!(!listed.contains(editor.token.as_deref().unwrap()), "secrets are not listed");

        editor.tally().await;
        let listed = newsroom.server.token(&["list"]).await;
        let line = listed.lines().find(|line| line.ends_with("\teditor")).unwrap();
        assert!(line.contains("\tused "), "{line}");

        newsroom.server.token(&["revoke", line.split('\t').next().unwrap()]).await;
        let refused = editor.post(json!({ "query": "{ tally { total } }" })).await;
        assert_eq!(refused.status(), 401);
        assert!(refused.headers().contains_key("www-authenticate"));
        let answer: serde_json::Value = refused.json().await.unwrap();
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");

        let brief =
            newsroom.server.token(&["create", "--name", "brief", "--role", "admin", "--expires-in", "90d"]).await;
        let brief = crate::newsroom::Editor::of(&newsroom.server, brief);
        brief.tally().await;
        sqlx::query("update api_token set expires_at = now() where name = 'brief'")
            .execute(&newsroom.pool)
            .await
            .unwrap();
        assert_eq!(brief.post(json!({ "query": "{ tally { total } }" })).await.status(), 401);
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_not_stored_as_it_is() {
    story(async |newsroom| {
        let token = newsroom.editor().await.token.clone().unwrap();
        let dump: String = sqlx::query_scalar("select string_agg(api_token::text, '') from api_token")
            .fetch_one(&newsroom.pool)
            .await
            .unwrap();
        assert!(!dump.contains(&token) && !dump.contains(token.trim_start_matches("tct_")));
        let acts = "select count(*) from audit_entry where act = 'CREATE_TOKEN'";
        assert_eq!(newsroom.number(acts).await, 2, "the first editor's and this one");
    })
    .await;
}
