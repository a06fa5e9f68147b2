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

const CREATE: &str = "mutation ($input: CreateTokenInput!) { createToken(input: $input) { token { uuid name role expiresAt lastUsedAt revokedAt } secret userErrors { code field message } } }";
const REVOKE: &str = "mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { uuid revokedAt } secret userErrors { code field } } }";
const TOKENS: &str = "{ tokens { uuid name role createdAt expiresAt lastUsedAt revokedAt } }";

#[tokio::test]
async fn an_admin_makes_a_token_and_ends_it() {
    story(async |newsroom| {
        let admin = newsroom.staff("admin").await;
        let input = json!({ "input": { "name": " Graphics desk ", "role": "REPORTER" } });
        let made = admin.ask(CREATE, input).await["createToken"].take();
        let secret = made["secret"].as_str().unwrap().to_owned();
        assert!(secret.starts_with("tct_"));
        let token = &made["token"];
        assert_eq!((&token["name"], &token["role"]), (&json!("Graphics desk"), &json!("REPORTER")));
        assert_eq!((&token["lastUsedAt"], &token["revokedAt"]), (&json!(null), &json!(null)));

        let program = crate::newsroom::Editor::of(&newsroom.server, secret.clone());
        let viewer = program.ask("{ viewer { name role } }", json!({})).await["viewer"].take();
        assert_eq!(viewer, json!({ "name": "Graphics desk", "role": "REPORTER" }));
        let listed = admin.ask(TOKENS, json!({})).await["tokens"].take();
        assert!(!listed.to_string().contains(&secret), "secrets are not listed");
        let listed = listed.as_array().unwrap();
        let names: Vec<_> = listed.iter().map(|token| token["name"].as_str().unwrap()).collect();
        assert_eq!(names[..2], ["Graphics desk", "admin"], "the newest first");
        assert!(listed[0]["lastUsedAt"].is_string());

        let which = json!({ "input": { "token": token["uuid"] } });
        let revoked = admin.ask(REVOKE, which.clone()).await["revokeToken"].take();
        assert!(revoked["token"]["revokedAt"].is_string() && revoked["secret"].is_null(), "{revoked:#}");
        assert_eq!(program.post(json!({ "query": "{ tally { total } }" })).await.status(), 401);
        assert_eq!(admin.ask(REVOKE, which).await["revokeToken"], revoked, "it stays as it was");

        let entries: Vec<(String, String)> =
            sqlx::query_as("select act, actor from audit_entry where subject_id = $1::uuid order by id")
                .bind(token["uuid"].as_str().unwrap())
                .fetch_all(&newsroom.pool)
                .await
                .unwrap();
        let entries: Vec<_> = entries.iter().map(|(act, actor)| (act.as_str(), actor.as_str())).collect();
        assert_eq!(entries, [("CREATE_TOKEN", "admin"), ("REVOKE_TOKEN", "admin")]);
    })
    .await;
}

#[tokio::test]
async fn only_an_admin_sees_and_makes_tokens() {
    story(async |newsroom| {
        let some = "00000000-0000-0000-0000-000000000000";
        let asked = [
            (TOKENS, json!({})),
            (CREATE, json!({ "input": { "name": "Mine", "role": "ADMIN" } })),
            (REVOKE, json!({ "input": { "token": some } })),
        ];
        for (document, variables) in asked {
            let (code, _) = newsroom.reader().refusal(document, variables.clone()).await;
            assert_eq!(code, "UNAUTHENTICATED");
            for role in ["reporter", "editor"] {
                let (code, _) = newsroom.staff(role).await.refusal(document, variables.clone()).await;
                assert_eq!(code, "FORBIDDEN", "{role}: {document}");
            }
        }
        assert_eq!(newsroom.number("select count(*) from api_token where name = 'Mine'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_token_is_said_at_its_field() {
    story(async |newsroom| {
        let admin = newsroom.staff("admin").await;
        let input = json!({ "name": "a".repeat(101), "role": "EDITOR", "expiresAt": "2001-01-01T00:00:00Z" });
        let refused = admin.ask(CREATE, json!({ "input": input })).await["createToken"].take();
        assert_eq!((&refused["token"], &refused["secret"]), (&json!(null), &json!(null)));
        let wrong = refused["userErrors"].as_array().unwrap();
        assert_eq!((&wrong[0]["code"], &wrong[0]["field"]), (&json!("TOO_LONG"), &json!(["name"])));
        let message = wrong[0]["message"].as_str().unwrap();
        assert!(message.contains("100") && message.contains("101"), "{message}");
        assert_eq!((&wrong[1]["code"], &wrong[1]["field"]), (&json!("OUT_OF_RANGE"), &json!(["expiresAt"])));
        for (token, code) in [("none", "MALFORMED"), ("00000000-0000-0000-0000-000000000000", "NOT_FOUND")] {
            let refused = admin.ask(REVOKE, json!({ "input": { "token": token } })).await["revokeToken"].take();
            assert_eq!(refused["userErrors"], json!([{ "code": code, "field": ["token"] }]), "{token}");
        }
    })
    .await;
}
