//! What a provider sends has to hold, and counts once.

use reqwest::Url;
use serde_json::{Value, json};

use super::{
    person,
    stage::{CLIENT_SECRET, Provider, Stage, Visitor, port_of, settings},
    traces,
};
use crate::newsroom::{Relay, Server, story};

#[tokio::test]
async fn a_token_that_does_not_hold_lets_nobody_in() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        stage.provider.knows(json!({ "ama": person("Ama", &["desk"]) })).await;
        for fault in ["nonce", "expired", "audience", "issuer", "signature", "unsigned"] {
            stage.provider.plays(json!({ "fault": fault })).await;
            let (visitor, place) = stage.signs_in("ama").await;
            assert_eq!(place, "/desk?sign-in=not-proven", "{fault}");
            assert_eq!(visitor.viewer().await, Value::Null, "{fault}");
        }
        assert_eq!(traces(newsroom).await, 0, "nothing was made");
        stage.provider.plays(json!({ "fault": null })).await;
        assert_eq!(stage.signs_in("ama").await.1, "/desk");
    })
    .await;
}

#[tokio::test]
async fn what_a_browser_comes_back_with_counts_once_and_in_that_browser() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        stage.provider.knows(json!({ "ama": person("Ama", &["desk"]) })).await;
        let visitor = stage.visitor();
        let back = visitor.is_sent_back("ama").await;
        let parameter = |name: &str| {
            let url = Url::parse(&back).unwrap();
            url.query_pairs().find(|(given, _)| given == name).unwrap().1.into_owned()
        };
        let again = "/desk?sign-in=begin-again";
        let wrong = back.replace(&parameter("state"), "of-another-sign-in");
        assert_eq!(visitor.led_from(&wrong).await, again, "another state");
        assert_eq!(visitor.led_from(&back.replace("state=", "stat=")).await, again, "none");
        assert_eq!(stage.visitor().led_from(&back).await, again, "another browser");
        assert_eq!(traces(newsroom).await, 0);
        // Whichever server they come back to.
        let other = stage.is_led_to_another().await;
        assert_eq!(visitor.led_from(&back).await, "/desk", "the right one");
        assert_eq!(visitor.viewer().await["name"], "Ama");
        assert_eq!(visitor.led_from(&back).await, again, "the same again");
        stage.relay.lead_to(port_of(&stage.server));
        assert_eq!(visitor.led_from(&back).await, again, "at the first server too");
        drop(other);

        // A code that was used, in the answer to a sign-in of one's own.
        let second = stage.visitor();
        let own = second.is_sent_back("ama").await;
        let own_code = Url::parse(&own).unwrap().query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        assert_eq!(second.led_from(&own.replace(&own_code, &parameter("code"))).await, "/desk?sign-in=not-proven");
        assert_eq!(second.viewer().await, Value::Null);
        // An answer that says it is of another provider.
        let third = stage.visitor();
        let own = Url::parse(&third.is_sent_back("ama").await).unwrap();
        let elsewhere: Vec<_> = own
            .query_pairs()
            .map(|(name, value)| if name == "iss" { (name, "https://elsewhere.example".into()) } else { (name, value) })
            .collect();
        let mut mixed = own.clone();
        mixed.query_pairs_mut().clear().extend_pairs(elsewhere);
        assert_eq!(third.led_from(mixed.as_str()).await, "/desk?sign-in=not-proven");
        // One that was begun too long ago.
        let late = stage.visitor();
        let own = late.is_sent_back("ama").await;
        sqlx::query("update sign_on set begun_at = begun_at - interval '11 minutes'")
            .execute(&newsroom.pool)
            .await
            .unwrap();
        assert_eq!(late.led_from(&own).await, again);
        assert_eq!(stage.visitor().gives_up().await, "/desk?sign-in=denied");
    })
    .await;
}

#[tokio::test]
async fn the_provider_may_change_its_keys_and_tell_all_at_once() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        stage.provider.knows(json!({ "ama": person("Ama", &["desk"]) })).await;
        assert_eq!(stage.signs_in("ama").await.1, "/desk");
        for changes in [json!({ "rotate": true }), json!({ "rotate": true, "inToken": true })] {
            stage.provider.plays(changes).await;
            let (visitor, place) = stage.signs_in("ama").await;
            assert_eq!(place, "/desk");
            assert_eq!(visitor.viewer().await, json!({ "name": "Ama", "role": "EDITOR" }));
        }
        assert_eq!(newsroom.number("select count(*) from account").await, 1, "each time the same person");
    })
    .await;
}

#[tokio::test]
async fn no_secret_of_a_sign_in_is_logged_or_stored() {
    story(async |newsroom| {
        let relay = Relay::to(0).await;
        let home = format!("http://127.0.0.1:{}", relay.port);
        let provider = Provider::start(&home, 0).await;
        provider.knows(json!({ "ama": person("Ama", &["desk"]) })).await;
        let (mut server, log) =
            Server::start_overheard(&newsroom.database, &settings(&home, &provider.issuer, &[])).await;
        relay.lead_to(port_of(&server));
        let visitor = Visitor::at(&home);
        let first = visitor.get("/auth/oidc/start").await;
        let kept = first.headers()["set-cookie"].to_str().unwrap().split([';', '=']).nth(1).unwrap().to_owned();
        let stored: String = sqlx::query_scalar("select string_agg(s::text, '') from sign_on s")
            .fetch_one(&newsroom.pool)
            .await
            .unwrap();
        let sent = Url::parse(first.headers()["location"].to_str().unwrap()).unwrap();
        let back = visitor.goes_on(sent.as_str(), "ama", |url| url.path() == "/auth/oidc/callback").await;
        let mut secrets = vec![kept, CLIENT_SECRET.to_owned()];
        secrets.extend(
            Url::parse(&back)
                .unwrap()
                .query_pairs()
                .filter(|(name, _)| name != "iss")
                .map(|(_, value)| value.into_owned()),
        );
        secrets.extend(
            sent.query_pairs()
                .filter(|(name, _)| matches!(name.as_ref(), "nonce" | "state"))
                .map(|(_, value)| value.into_owned()),
        );
        let session = visitor.get(&back[home.len()..]).await.headers()["set-cookie"].to_str().unwrap().to_owned();
        secrets.push(session.split([';', '=']).nth(1).unwrap().to_owned());
        assert_eq!(visitor.led_from(&back).await, "/desk?sign-in=begin-again");
        provider.plays(json!({ "fault": "nonce" })).await;
        assert_eq!(visitor.signs_in("ama").await, "/desk?sign-in=not-proven");
        server.terminate();
        server.ended().await;
        let log = log.await.unwrap();
        assert!(log.contains("an ID token of the provider of single sign-on does not hold"), "{log}");
        assert!(secrets.len() >= 6 && secrets.iter().all(|secret| secret.len() > 20), "{secrets:?}");
        for secret in secrets {
            assert!(!log.contains(&secret) && !stored.contains(&secret), "{secret}");
        }
    })
    .await;
}
