//! What is between a password and a session: who is counted as one caller, what changes meanwhile, and where the session is kept.

use serde_json::{Value, json};

use super::{PASSWORD, SIGN_IN, VIEWER, code, person, was_refused};
use crate::newsroom::{Server, client, story};

/// How many of so many attempts to sign in are refused, each said to come from another address.
async fn refusals_from(server: &Server, addresses: impl Iterator<Item = String>) -> usize {
    let mut refused = 0;
    for (number, address) in addresses.enumerate() {
        let input = json!({ "input": { "email": format!("n{number}@example.org"), "password": PASSWORD } });
        let request = client().post(format!("{}/graphql", server.url)).header("x-forwarded-for", address);
        let answer = request.json(&json!({ "query": SIGN_IN, "variables": input })).send().await.unwrap();
        refused += usize::from(code(&answer.json().await.unwrap()) == "RATE_LIMITED");
    }
    refused
}

#[tokio::test]
async fn whoever_has_a_network_of_addresses_is_one_caller() {
    story(async |newsroom| {
        let trusting = Server::start(&newsroom.database, &["--trusted-proxies", "127.0.0.1"]).await;
        let in_one = (0..22).map(|number| format!("2001:db8:1:2:{number:x}::{number:x}"));
        assert_eq!(refusals_from(&trusting, in_one).await, 2, "all came from one network");
        let in_many = (0..22).map(|number| format!("2001:db8:1:{:x}::1", number + 16));
        assert_eq!(refusals_from(&trusting, in_many).await, 0, "each came from another");

        // A colleague at home, whose computer takes another address each day, is known there.
        person(newsroom, "kofi", "editor").await;
        let from = async |address: &str, password: &str| {
            let input = json!({ "input": { "email": "kofi@example.org", "password": password } });
            let request = client().post(format!("{}/graphql", trusting.url)).header("x-forwarded-for", address);
            request
                .json(&json!({ "query": SIGN_IN, "variables": input }))
                .send()
                .await
                .unwrap()
                .json::<Value>()
                .await
                .unwrap()
        };
        assert_eq!(from("2001:db8:7:7::a", PASSWORD).await["data"]["signIn"]["viewer"]["name"], "kofi");
        for number in 0..11 {
            from(&format!("203.0.113.{number}"), "a wrong password").await;
        }
        assert_eq!(code(&from("203.0.113.99", PASSWORD).await), "RATE_LIMITED");
        assert_eq!(from("2001:db8:7:7::b", PASSWORD).await["data"]["signIn"]["viewer"]["name"], "kofi");
    })
    .await;
}

#[tokio::test]
async fn an_old_password_does_not_outlive_its_reset() {
    story(async |newsroom| {
        for (meanwhile, change) in [
            ("a new password", "update account set password_hash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaA' where name = $1"),
            ("deactivated", "update account set deactivated_at = now() where name = $1"),
        ] {
            for act in ["signIn", "changePassword"] {
                let name = format!("{}{act}", &meanwhile[..1]);
                let mut browser = person(newsroom, &name, "editor").await;
                // Somebody changes the account, and has not committed when the password is tried.
                let mut other = newsroom.pool.begin().await.unwrap();
                sqlx::query(change).bind(&name).execute(&mut *other).await.unwrap();
                let email = format!("{name}@example.org");
                let trying = async {
                    if act == "signIn" {
                        return browser.sign_in(&email, PASSWORD).await;
                    }
                    let change = "mutation ($input: ChangePasswordInput!) { signIn: changePassword(input: $input) { viewer { name } userErrors { code } } }";
                    browser.answer(change, json!({ "input": { "current": PASSWORD, "new": "another password" } })).await
                };
                let committing = async {
                    let waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
                    while newsroom.number(waiting).await == 0 {}
                    other.commit().await.unwrap();
                };
                let (answer, ()) = futures_util::join!(trying, committing);
                assert!(was_refused(&answer), "{act}, {meanwhile}: {answer:#}");
                let sessions: i64 = sqlx::query_scalar("select count(*) from session s join account a on a.id = s.account_id where a.name = $1")
                    .bind(&name)
                    .fetch_one(&newsroom.pool)
                    .await
                    .unwrap();
                assert_eq!(sessions, 1, "only the one that began with the invitation");
                let kept: String =
                    sqlx::query_scalar("select password_hash from account where name = $1").bind(&name).fetch_one(&newsroom.pool).await.unwrap();
                assert_eq!(kept.ends_with("$aGFzaA"), meanwhile == "a new password", "{act}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn over_tls_a_session_is_kept_where_nobody_else_can_plant_one() {
    story(async |newsroom| {
        person(newsroom, "ama", "editor").await;
        let trusting = Server::start(&newsroom.database, &["--trusted-proxies", "127.0.0.1"]).await;
        let public = Server::start(&newsroom.database, &["--public-url", "https://tracker.example.org"]).await;
        let signed_in = async |server: &Server, headers: &[(&str, &str)]| {
            let input = json!({ "input": { "email": "ama@example.org", "password": PASSWORD } });
            let request = client().post(format!("{}/graphql", server.url)).json(&json!({ "query": SIGN_IN, "variables": input }));
            let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            request.send().await.unwrap().headers()["set-cookie"].to_str().unwrap().to_owned()
        };
        let by_proxy = [("x-forwarded-proto", "https")];
        let by_name = [("host", "tracker.example.org"), ("origin", "https://tracker.example.org")];
        for (server, headers) in [(&trusting, &by_proxy[..]), (&public, &by_name[..1]), (&newsroom.server, &by_name[..])] {
            let cookie = signed_in(server, headers).await;
            assert!(cookie.starts_with("__Host-tracker_session=tcs_"), "{headers:?} {cookie}");
            assert!(cookie.contains("; Path=/;") && cookie.ends_with("; Secure") && !cookie.contains("Domain"), "{cookie}");
        }
        let plain = signed_in(&newsroom.server, &[("origin", &newsroom.server.url), ("x-forwarded-proto", "https")]).await;
        assert!(plain.starts_with("tracker_session=tcs_") && !plain.contains("Secure"), "whom nobody trusts is not believed: {plain}");

        // What a sibling may have set does not count, what we set does.
        let name = async |cookie: &str| {
            let request = client().post(format!("{}/graphql", public.url)).json(&json!({ "query": VIEWER }));
            let request = by_name.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            request.header("cookie", cookie).send().await.unwrap().json::<Value>().await.unwrap()["data"]["viewer"]["name"].take()
        };
        let secret = signed_in(&public, &by_name).await.split([';', '=']).nth(1).unwrap().to_owned();
        assert_eq!(name(&format!("tracker_session={secret}")).await, Value::Null);
        assert_eq!(name(&format!("tracker_session=tcs_planted; __Host-tracker_session={secret}")).await, "ama");
    })
    .await;
}
