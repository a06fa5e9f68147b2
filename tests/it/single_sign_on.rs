//! Single sign-on: people come in by a provider of identities, a real one (npm's oidc-provider), with all that can be wrong about it.

mod accounts;
mod proof;
mod stage;

use serde_json::{Value, json};

use self::stage::{Provider, Stage, Visitor, port_of, settings};
use crate::newsroom::{Newsroom, Relay, Server, story, tracker};

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
