//! Who gets which account and which role.

use serde_json::{Value, json};

use super::{account, log, person, stage::Stage, traces};
use crate::newsroom::{client, entry, story};

#[tokio::test]
async fn a_role_follows_the_groups_and_whom_no_rule_names_stays_out() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        let (provider, at_home) = (&stage.provider, |name: &str, groups: &[&str]| {
            let mut person = person(name, groups);
            person["email"] = json!(format!("{name}@Example.ORG"));
            person
        });
        provider.knows(json!({ "ama": at_home("ama", &[]), "kofi": person("kofi", &["sports"]), "esi": person("esi", &["chiefs"]) })).await;
        let (kofi, place) = stage.signs_in("kofi").await;
        assert_eq!((place.as_str(), kofi.viewer().await), ("/desk?sign-in=no-role", Value::Null));
        assert_eq!(traces(newsroom).await, 0, "nothing was made");

        let (ama, place) = stage.signs_in("ama").await;
        assert_eq!((place.as_str(), ama.viewer().await["role"].take()), ("/desk", json!("REPORTER")), "by the domain");
        let (esi, _) = stage.signs_in("esi").await;
        provider.knows(json!({ "ama": at_home("ama", &["desk", "sports"]), "esi": person("esi", &["desk"]) })).await;
        let (again, _) = stage.signs_in("ama").await;
        assert_eq!(again.viewer().await["role"], "EDITOR");
        assert_eq!(ama.viewer().await["role"], "EDITOR", "also where she was signed in before");
        assert!(log(newsroom).await.contains(&"SET_ROLE by single sign-on of ama REPORTER → EDITOR".to_owned()));

        // Nobody else could manage people.
        assert_eq!(esi.viewer().await["role"], "ADMIN");
        let (kept, place) = stage.signs_in("esi").await;
        assert_eq!((place.as_str(), kept.viewer().await["role"].take()), ("/desk", json!("ADMIN")));
        assert!(log(newsroom).await.contains(&"KEEP_ROLE by single sign-on of esi ADMIN → EDITOR".to_owned()));
        provider.knows(json!({ "ama": at_home("ama", &["chiefs"]), "esi": person("esi", &["desk"]) })).await;
        assert_eq!(stage.signs_in("ama").await.0.viewer().await["role"], "ADMIN");
        assert_eq!(stage.signs_in("esi").await.0.viewer().await["role"], "EDITOR", "now there is another");

        // Out of every group: out, wherever she came in by the provider.
        provider.knows(json!({ "esi": person("esi", &[]) })).await;
        assert_eq!(stage.signs_in("esi").await.1, "/desk?sign-in=no-role");
        assert_eq!(esi.viewer().await, Value::Null);
        assert_eq!(kept.viewer().await, Value::Null);
        assert_eq!(log(newsroom).await[0], "SIGN_OUT by single sign-on of esi");
    })
    .await;
}

#[tokio::test]
async fn an_address_counts_where_the_provider_has_verified_it() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        let with = |email: Value, is_verified: Value| json!({ "name": "Ama", "email": email, "email_verified": is_verified, "groups": ["desk"] });
        for (email, is_verified, code) in [
            (json!("ama@example.org"), json!(false), "unverified-email"),
            (json!("ama@example.org"), Value::Null, "unverified-email"),
            (Value::Null, json!(true), "no-email"),
            (json!("ama@evil.example@example.org"), json!(true), "no-email"),
            (json!("ama"), json!(true), "no-email"),
        ] {
            stage.provider.knows(json!({ "ama": with(email.clone(), is_verified) })).await;
            assert_eq!(stage.signs_in("ama").await.1, format!("/desk?sign-in={code}"), "{email}");
        }
        stage.provider.knows(json!({ "ama": { "email": "ama@example.org", "email_verified": false } })).await;
        assert_eq!(stage.signs_in("ama").await.1, "/desk?sign-in=no-role", "a domain is that of a verified address");
        assert_eq!(traces(newsroom).await, 0);

        // A provider that has a claim of its own for it.
        let own = Stage::set(newsroom, &["--oidc-verified-claim", "xms_edov"]).await;
        let with_own = |is_verified: Value| json!({ "ama": { "email": "ama@example.org", "email_verified": true, "xms_edov": is_verified } });
        own.provider.knows(with_own(json!(false))).await;
        assert_eq!(own.signs_in("ama").await.1, "/desk?sign-in=no-role");
        own.provider.knows(with_own(json!("1"))).await;
        let (visitor, place) = own.signs_in("ama").await;
        assert_eq!((place.as_str(), visitor.viewer().await), ("/desk", json!({ "name": "ama", "role": "REPORTER" })));
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_there_is_linked_only_where_that_is_set() {
    story(async |newsroom| {
        for name in ["ama", "kofi"] {
            account(newsroom, &["invite", "--email", &format!("{name}@example.org"), "--name", name, "--role", "editor"]).await.unwrap();
        }
        let known = |email: &str| json!({ "name": "Somebody", "email": email, "email_verified": true, "groups": ["desk"] });
        let strict = Stage::set(newsroom, &[]).await;
        strict.provider.knows(json!({ "1": known("AMA@example.org") })).await;
        assert_eq!(strict.signs_in("1").await.1, "/desk?sign-in=email-taken");
        assert_eq!(newsroom.number("select count(*) from identity").await, 0);

        let stage = Stage::set(newsroom, &["--oidc-link-accounts", "true"]).await;
        stage.provider.knows(json!({
            "1": known("AMA@example.org"), "2": known("ama@example.org"), "3": known("\u{212A}ofi@example.org"), "4": known("kofi@example.org"),
        })).await;
        let (visitor, place) = stage.signs_in("1").await;
        assert_eq!((place.as_str(), visitor.viewer().await["name"].take()), ("/desk", json!("ama")), "her own account");
        assert!(account(newsroom, &["list"]).await.unwrap().contains("ama@example.org\teditor\tactive"));
        // Somebody who got the address of a colleague who left does not get the account.
        assert_eq!(stage.signs_in("2").await.1, "/desk?sign-in=email-taken");
        // Nor does a letter that only looks alike (the sign for kelvin).
        assert_eq!(stage.signs_in("3").await.1, "/desk?sign-in=email-taken");

        account(newsroom, &["deactivate", "--email", "kofi@example.org"]).await.unwrap();
        assert_eq!(stage.signs_in("4").await.1, "/desk?sign-in=deactivated");
        account(newsroom, &["deactivate", "--email", "ama@example.org"]).await.unwrap();
        assert_eq!(visitor.viewer().await, Value::Null);
        assert_eq!(stage.signs_in("1").await.1, "/desk?sign-in=deactivated");
        account(newsroom, &["reactivate", "--email", "ama@example.org"]).await.unwrap();
        assert_eq!(stage.signs_in("1").await.1, "/desk");
        assert_eq!(newsroom.number("select count(*) from account").await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_identity_is_unlinked_unless_the_last_admin_came_by_it() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        stage.provider.knows(json!({ "ama": person("Ama", &["desk"]), "kofi": person("Kofi", &["chiefs"]) })).await;
        let ((ama, _), (kofi, _)) = (stage.signs_in("ama").await, stage.signs_in("kofi").await);
        let listed = account(newsroom, &["identities"]).await.unwrap();
        let id = |name: &str| {
            let line = listed.lines().find(|line| line.contains(name)).unwrap();
            line.split('\t').next().unwrap().to_owned()
        };
        account(newsroom, &["unlink", &id("ama@")]).await.unwrap();
        assert_eq!(ama.viewer().await, Value::Null);
        assert!(log(newsroom).await[0].starts_with("UNLINK_IDENTITY by command line of Ama"));
        let refused = account(newsroom, &["unlink", &id("kofi@")]).await.unwrap_err();
        assert!(refused.contains("the last admin"), "{refused}");
        assert!(account(newsroom, &["unlink", &id("ama@")]).await.unwrap_err().contains("no identity"));
        for demote in [
            ["role", "--email", "kofi@elsewhere.example", "--role", "editor"].as_slice(),
            &["deactivate", "--email", "kofi@elsewhere.example"],
        ] {
            assert!(account(newsroom, demote).await.unwrap_err().contains("the last admin"));
        }
        assert_eq!(kofi.viewer().await["role"], "ADMIN");
    })
    .await;
}

#[tokio::test]
async fn two_who_come_for_the_first_time_at_once_are_one_person() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        stage.provider.knows(json!({ "ama": person("Ama", &["desk"]) })).await;
        let (one, other) = (stage.visitor(), stage.visitor());
        let (from_one, from_other) = (one.is_sent_back("ama").await, other.is_sent_back("ama").await);
        let places = futures_util::join!(one.led_from(&from_one), other.led_from(&from_other));
        assert_eq!(places, ("/desk".to_owned(), "/desk".to_owned()));
        assert_eq!(traces(newsroom).await, 4, "an account, an identity, two sessions");
        let recorded = r#"mutation ($input: RecordAskInput!) { recordAsk(input: $input) { userErrors { code } } }"#;
        let body = json!({ "query": recorded, "variables": { "input": entry("FR", json!({})) } });
        // A cookie of theirs in a request of another site does nothing.
        let foreign = client().post(format!("{}/graphql", stage.home)).header("origin", "https://evil.example");
        assert_eq!(foreign.header("cookie", "tracker_session=tcs_x").json(&body).send().await.unwrap().status(), 403);
    })
    .await;
}
