//! Single sign-on: people come in by a provider of identities, a real one (npm's oidc-provider), with all that can be wrong about it.

mod stage;

use reqwest::Url;
use serde_json::{Value, json};

use self::stage::{CLIENT_SECRET, Provider, Stage, Visitor, port_of, settings};
use crate::newsroom::{Newsroom, Relay, Server, client, entry, story, tracker};

/// Somebody as the provider knows them.
fn person(name: &str, groups: &[&str]) -> Value {
    json!({ "name": name, "email": format!("{}@elsewhere.example", name.to_lowercase()), "email_verified": true, "groups": groups })
}

/// What `tracker account …` prints, or why it fails.
async fn account(newsroom: &Newsroom, arguments: &[&str]) -> Result<String, String> {
    let output = tracker(&newsroom.database).arg("account").args(arguments).output().await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim_end().to_owned();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// The audit log, newest first, as act, actor, subject and comment.
async fn log(newsroom: &Newsroom) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(' ', e.act, 'by', e.actor, 'of', a.name, e.comment) from audit_entry e left join account a on a.id = e.subject_id
         order by e.id desc",
    )
    .fetch_all(&newsroom.pool)
    .await
    .unwrap()
}

/// How many rows there are of what signing in leaves behind.
async fn traces(newsroom: &Newsroom) -> i64 {
    let rows =
        "select (select count(*) from account) + (select count(*) from identity) + (select count(*) from session)";
    newsroom.number(rows).await
}

#[tokio::test]
async fn somebody_signs_in_by_the_provider_and_out_of_both() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        stage.provider.knows(json!({ "ama": person("Ama", &["desk"]) })).await;
        let visitor = stage.visitor();
        let button = visitor.ask("{ singleSignOn { label path } }").await["singleSignOn"].take();
        assert_eq!(button, json!({ "label": "Sign in with the house", "path": "/auth/oidc/start" }));

        let back = visitor.is_sent_back("ama").await;
        let response = visitor.get(&back[stage.home.len()..]).await;
        assert_eq!((response.status().as_u16(), &response.headers()["location"]), (303, &"/desk".parse().unwrap()));
        let cookies: Vec<_> =
            response.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned()).collect();
        assert!(
            cookies[0].starts_with("tracker_session=tcs_") && cookies[0].contains("HttpOnly; SameSite=Strict"),
            "{cookies:?}"
        );
        assert!(cookies[1].starts_with("tracker_sign_on=; Path=/; Max-Age=0"), "{cookies:?}");
        assert_eq!(visitor.viewer().await, json!({ "name": "Ama", "role": "EDITOR" }));

        let log = log(newsroom).await;
        let issuer = &stage.provider.issuer;
        for line in [
            "SINGLE_SIGN_ON by Ama of".to_owned(),
            format!("LINK_IDENTITY by Ama of Ama {issuer}"),
            format!("JOIN by Ama of Ama {issuer}"),
        ] {
            assert!(log.contains(&line), "{line} in {log:#?}");
        }
        let listed = account(newsroom, &["list"]).await.unwrap();
        assert!(listed.contains("ama@elsewhere.example\teditor\tactive\t"), "{listed}");
        let identities = account(newsroom, &["identities"]).await.unwrap();
        assert!(identities.contains(&format!("\tama@elsewhere.example\t{issuer}\tama\tlinked ")), "{identities}");

        assert_eq!(visitor.ask("{ viewer { signOutPath } }").await["viewer"]["signOutPath"], "/auth/oidc/end");
        visitor.ask("mutation { signOut }").await;
        assert_eq!(visitor.viewer().await, Value::Null);
        let place = visitor.goes_on(&format!("{}/auth/oidc/end", stage.home), "ama", |_| false).await;
        assert_eq!(place, "/desk");
        // The provider does not know them any more either: who signs in there now is somebody else.
        stage.provider.knows(json!({ "kofi": person("Kofi", &["chiefs"]) })).await;
        assert_eq!(visitor.signs_in("kofi").await, "/desk");
        assert_eq!(visitor.viewer().await, json!({ "name": "Kofi", "role": "ADMIN" }));
    })
    .await;
}

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
async fn while_the_provider_is_down_passwords_go_on_and_it_is_found_when_it_is_back() {
    story(async |newsroom| {
        let link = account(newsroom, &["invite", "--email", "ama@example.org", "--name", "ama", "--role", "editor"]).await.unwrap();
        let relay = Relay::to(0).await;
        let home = format!("http://127.0.0.1:{}", relay.port);
        let mut provider = Provider::start(&home, 0).await;
        let port = provider.port();
        provider.dies().await;
        let server = Server::start(&newsroom.database, &settings(&home, &provider.issuer, &[])).await;
        relay.lead_to(port_of(&server));

        let visitor = Visitor::at(&home);
        assert_eq!(visitor.signs_in("kofi").await, "/desk?sign-in=provider-silent");
        let set = format!(r#"mutation {{ setPassword(input: {{ link: "{link}", password: "a long enough passphrase" }}) {{ viewer {{ name }} }} }}"#);
        assert_eq!(visitor.ask(&set).await["setPassword"]["viewer"]["name"], "ama");
        assert_eq!(visitor.viewer().await["name"], "ama");

        let mut provider = Provider::start(&home, port).await;
        provider.knows(json!({ "kofi": person("Kofi", &["desk"]) })).await;
        let kofi = Visitor::at(&home);
        while kofi.signs_in("kofi").await == "/desk?sign-in=provider-silent" {}
        assert_eq!(kofi.viewer().await["name"], "Kofi");

        // It goes while somebody is on the way back.
        let late = Visitor::at(&home);
        let back = late.is_sent_back("kofi").await;
        provider.dies().await;
        assert_eq!(late.led_from(&back).await, "/desk?sign-in=provider-silent");
        assert_eq!(kofi.viewer().await["name"], "Kofi", "who is in stays in");
        kofi.ask("mutation { signOut }").await;
        assert_eq!(kofi.viewer().await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn one_session_takes_the_place_of_another_and_nobody_is_led_astray() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        stage.provider.knows(json!({ "ama": person("Ama", &["desk"]) })).await;
        let (visitor, _) = stage.signs_in("ama").await;
        assert_eq!(newsroom.number("select count(*) from session").await, 1);
        visitor.signs_in("ama").await;
        assert_eq!(newsroom.number("select count(*) from session").await, 1, "the one before has ended");
        for (next, place) in [
            ("/desk%3Fa%3Db%23draft%3DRGV2", "/desk?a=b#draft=RGV2"),
            ("%2F%2Fevil.example%2Fdesk", "/desk"),
            ("https%3A%2F%2Fevil.example", "/desk"),
            ("%2F%5Cevil.example", "/desk"),
        ] {
            let start = format!("{}/auth/oidc/start?next={next}", stage.home);
            assert_eq!(visitor.goes_on(&start, "ama", |_| false).await, place, "{next}");
        }
        // Many who begin and never come back.
        sqlx::query(
            "insert into sign_on (secret_digest, next, address, begun_at)
             select sha256(n::text::bytea), '/desk', '127.0.0.1', now() from generate_series(1, 300) n",
        )
        .execute(&newsroom.pool)
        .await
        .unwrap();
        assert_eq!(visitor.signs_in("ama").await, "/desk?sign-in=too-many");
        sqlx::query("update sign_on set begun_at = begun_at - interval '11 minutes'")
            .execute(&newsroom.pool)
            .await
            .unwrap();
        assert_eq!(visitor.signs_in("ama").await, "/desk");
        assert_eq!(newsroom.number("select count(*) from sign_on").await, 0, "and are forgotten");
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

#[tokio::test]
async fn settings_that_do_not_go_together_are_refused_and_without_any_there_is_nothing() {
    story(async |newsroom| {
        let visitor = Visitor::at(&newsroom.server.url);
        assert_eq!(visitor.ask("{ singleSignOn { label } }").await["singleSignOn"], Value::Null);
        for path in ["/auth/oidc/start", "/auth/oidc/callback?code=x&state=y", "/auth/oidc/end"] {
            assert_eq!(visitor.get(path).await.status(), 404, "{path}");
        }
        let home = "http://127.0.0.1:1";
        for (without, named) in [
            ("--public-url", "TRACKER_PUBLIC_URL"),
            ("--oidc-client-id", "TRACKER_OIDC_CLIENT_ID"),
            ("--oidc-roles", "TRACKER_OIDC_ROLES"),
        ] {
            let given = settings(home, "http://127.0.0.1:2", &[]);
            let left = given.chunks(2).filter(|pair| pair[0] != without).flatten();
            let output = tracker(&newsroom.database)
                .args(["serve", "--listen", "127.0.0.1:0"])
                .args(left)
                .output()
                .await
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success() && said.contains(named), "{without}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn people_sign_in_in_a_browser_through_the_providers_own_pages() {
    story(async |newsroom| {
        let stage = Stage::set(newsroom, &[]).await;
        let token = newsroom.editor().await.token.clone().unwrap();
        let variables = [("TRACKER_URL", stage.home.as_str()), ("PROVIDER_URL", &stage.provider.issuer)];
        crate::clients::run_with("web", "e2e/single_sign_on.test.mjs", &stage.server, &token, &variables).await;
    })
    .await;
}
