//! People: how they come in, what their browsers may do, and who can't get in.

mod at_the_door;

use futures_util::future::join_all;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

use crate::newsroom::{Newsroom, Server, Socket, client, entry, story, tracker};

const PASSWORD: &str = "correct horse battery";

const SIGN_IN: &str = "mutation ($input: SignInInput!) { signIn(input: $input) { viewer { name role } userErrors { code field message } } }";
const SET_PASSWORD: &str = "mutation ($input: SetPasswordInput!) { setPassword(input: $input) { viewer { name role } userErrors { code field } } }";
const VIEWER: &str = "{ viewer { name role } }";
const RECORD: &str =
    "mutation ($input: RecordAskInput!) { recordAsk(input: $input) { development { id } userErrors { code } } }";

/// A browser with a page of the tracker's open in it.
pub struct Browser {
    http: reqwest::Client,
    pub url: String,
    pub cookie: Option<String>,
}

impl Browser {
    fn at(server: &Server) -> Self {
        Self { http: client(), url: server.url.clone(), cookie: None }
    }

    /// The same cookie in whatever request is made with it.
    fn with_cookie(&self, request: RequestBuilder) -> RequestBuilder {
        self.cookie.iter().fold(request, |request, cookie| request.header("cookie", cookie))
    }

    async fn send(&mut self, query: &str, variables: Value) -> Response {
        let request = self.http.post(format!("{}/graphql", self.url)).header("origin", &self.url);
        let request = self.with_cookie(request).header("accept", "application/graphql-response+json");
        let response = request.json(&json!({ "query": query, "variables": variables })).send().await.unwrap();
        if let Some(set) = response.headers().get("set-cookie") {
            let set = set.to_str().unwrap().split(';').next().unwrap();
            self.cookie = (!set.ends_with('=')).then(|| set.to_owned());
        }
        response
    }

    pub async fn answer(&mut self, query: &str, variables: Value) -> Value {
        self.send(query, variables).await.json().await.unwrap()
    }

    async fn ask(&mut self, query: &str, variables: Value) -> Value {
        let mut answer = self.answer(query, variables).await;
        assert!(answer.get("errors").is_none(), "{query}\n{answer:#}");
        answer["data"].take()
    }

    async fn sign_in(&mut self, email: &str, password: &str) -> Value {
        self.answer(SIGN_IN, json!({ "input": { "email": email, "password": password } })).await
    }

    /// The name of who is signed in.
    pub async fn name(&mut self) -> Value {
        self.ask(VIEWER, json!({})).await["viewer"]["name"].take()
    }

    async fn manage(&mut self, act: &str, input: Value) -> Value {
        let kind = match act {
            "inviteAccount" => "InviteAccountInput",
            "setAccountRole" => "SetAccountRoleInput",
            _ => "AccountInput",
        };
        let query = format!(
            "mutation ($input: {kind}!) {{ act: {act}(input: $input) {{ account {{ email role pending deactivatedAt }} link userErrors {{ code field }} }} }}"
        );
        self.answer(&query, json!({ "input": input })).await
    }
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

fn was_refused(answer: &Value) -> bool {
    answer["data"]["signIn"]["userErrors"][0]["code"] == "WRONG_CREDENTIALS"
}

/// What `tracker account …` prints.
async fn account(newsroom: &Newsroom, arguments: &[&str]) -> String {
    let output = tracker(&newsroom.database).arg("account").args(arguments).output().await.unwrap();
    assert!(output.status.success(), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// A person who has taken an invitation, with the browser in which they are signed in.
pub async fn person(newsroom: &Newsroom, name: &str, role: &str) -> Browser {
    let email = format!("{name}@example.org");
    let link = account(newsroom, &["invite", "--email", &email, "--name", name, "--role", role]).await;
    let mut browser = Browser::at(&newsroom.server);
    let input = json!({ "link": link, "password": PASSWORD });
    let signed_in = browser.ask(SET_PASSWORD, json!({ "input": input })).await;
    assert_eq!(signed_in["setPassword"]["viewer"]["name"], name, "{signed_in:#}");
    browser
}

#[tokio::test]
async fn an_invited_person_sets_a_password_records_and_signs_out() {
    story(async |newsroom| {
        let invite = ["invite", "--email", "Ama@Example.org", "--name", "Ama Mensah", "--role", "editor"];
        let link = account(newsroom, &invite).await;
        assert!(account(newsroom, &["list"]).await.contains("Ama@Example.org\teditor\tinvited\t"));
        let mut browser = Browser::at(&newsroom.server);
        let set = |password: &str| json!({ "input": { "link": link, "password": password } });
        let short = browser.ask(SET_PASSWORD, set("short")).await;
        assert_eq!(short["setPassword"]["userErrors"], json!([{ "code": "TOO_SHORT", "field": ["password"] }]));
        let response = browser.send(SET_PASSWORD, set(PASSWORD)).await;
        let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
        for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "the page is not read over TLS");
        assert_eq!(browser.name().await, "Ama Mensah");
        let again = Browser::at(&newsroom.server).ask(SET_PASSWORD, set("another password")).await;
        assert_eq!(again["setPassword"]["userErrors"][0]["code"], "NOT_FOUND", "a link is good once");

        let recorded = browser.ask(RECORD, json!({ "input": entry("FR", json!({})) })).await;
        assert_eq!(recorded["recordAsk"]["userErrors"], json!([]));
        let mut admin = person(newsroom, "kofi", "admin").await;
        let log = admin.ask("{ auditLog(first: 20) { nodes { act actor subject address } } }", json!({})).await;
        let log = log["auditLog"]["nodes"].as_array().unwrap().clone();
        let has = |act: &str, actor: &str, subject: Value| {
            log.iter().any(|line| line["act"] == act && line["actor"] == actor && line["subject"] == subject)
        };
        assert!(has("RECORD", "Ama Mensah", Value::Null) && has("SIGN_IN", "Ama Mensah", Value::Null), "{log:#?}");
        assert!(has("INVITE", "command line", json!("Ama Mensah")));

        let kept = browser.cookie.clone();
        assert_eq!(browser.ask("mutation { signOut }", json!({})).await["signOut"], true);
        assert_eq!(browser.cookie, None);
        browser.cookie = kept;
        assert_eq!(browser.name().await, Value::Null, "the session is over, not only forgotten");
        assert_eq!(code(&browser.answer(RECORD, json!({ "input": entry("ES", json!({})) })).await), "UNAUTHENTICATED");
        let signed_in = browser.sign_in("ama@example.ORG", PASSWORD).await;
        assert_eq!(signed_in["data"]["signIn"]["viewer"], json!({ "name": "Ama Mensah", "role": "EDITOR" }));
        assert_eq!(browser.name().await, "Ama Mensah");
    })
    .await;
}

#[tokio::test]
async fn nothing_tells_whether_there_is_an_account() {
    story(async |newsroom| {
        person(newsroom, "ama", "editor").await;
        account(newsroom, &["invite", "--email", "invited@example.org", "--name", "i", "--role", "editor"]).await;
        person(newsroom, "gone", "editor").await;
        account(newsroom, &["deactivate", "--email", "gone@example.org"]).await;
        let mut answers = Vec::new();
        for email in ["ama", "invited", "gone", "nobody"] {
            let mut browser = Browser::at(&newsroom.server);
            let password = if email == "ama" { "a wrong password" } else { PASSWORD };
            answers.push(browser.sign_in(&format!("{email}@example.org"), password).await);
            assert_eq!(browser.cookie, None);
        }
        assert!(was_refused(&answers[0]), "{}", answers[0]);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    })
    .await;
}

#[tokio::test]
async fn passwords_can_not_be_guessed_and_their_owner_is_not_locked_out() {
    story(async |newsroom| {
        let mut known = person(newsroom, "kofi", "editor").await;
        account(newsroom, &["invite", "--email", "ama@example.org", "--name", "Ama", "--role", "editor"]).await;
        let mut set = tracker(&newsroom.database);
        set.args(["account", "password", "--email", "ama@example.org"]).stdin(std::process::Stdio::piped());
        let mut set = set.spawn().unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut set.stdin.take().unwrap(), format!("{PASSWORD}\n").as_bytes())
            .await
            .unwrap();
        assert!(set.wait().await.unwrap().success());

        // Someone guesses at Ama's, who never signed in from here, many at once.
        let guesses = join_all((0..14).map(async |number| {
            Browser::at(&newsroom.server).sign_in("ama@example.org", &format!("guess number {number}")).await
        }))
        .await;
        assert!(guesses.iter().filter(|answer| was_refused(answer)).count() <= 10);
        let mut browser = Browser::at(&newsroom.server);
        let input = json!({ "input": { "email": "AMA@example.org", "password": PASSWORD } });
        let refused = browser.send(SIGN_IN, input).await;
        assert_eq!(refused.headers()["retry-after"], "900");
        let refused: Value = refused.json().await.unwrap();
        assert_eq!(code(&refused), "RATE_LIMITED");
        assert!(refused["errors"][0]["message"].as_str().unwrap().contains("15 minutes"));

        // Kofi signed in from here before.
        sqlx::query("delete from sign_in_attempt").execute(&newsroom.pool).await.unwrap();
        for number in 0..12 {
            assert!(was_refused(
                &Browser::at(&newsroom.server).sign_in("kofi@example.org", &format!("guess {number}")).await
            ));
        }
        assert_eq!(known.sign_in("kofi@example.org", PASSWORD).await["data"]["signIn"]["viewer"]["name"], "kofi");

        // From one address, nobody tries many.
        let mut refusals = 0;
        for number in 0..25 {
            let answer = Browser::at(&newsroom.server).sign_in(&format!("n{number}@example.org"), PASSWORD).await;
            refusals += usize::from(code(&answer) == "RATE_LIMITED");
        }
        assert_eq!(refusals, 5);
        // And none of it kept anyone from anything else.
        assert_eq!(known.name().await, "kofi");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_somebody_writes_into_a_header_is_not_theirs() {
    story(async |newsroom| {
        let trusting = Server::start(&newsroom.database, &["--trusted-proxies", "127.0.0.1"]).await;
        let refused = async |server: &Server| {
            let mut refused = 0;
            for number in 0..22 {
                let email = format!("n{number}@example.org");
                let input = json!({ "input": { "email": email, "password": PASSWORD } });
                let request = client()
                    .post(format!("{}/graphql", server.url))
                    .header("x-forwarded-for", format!("203.0.113.{number}"));
                let answer = request.json(&json!({ "query": SIGN_IN, "variables": input })).send().await.unwrap();
                refused += usize::from(code(&answer.json().await.unwrap()) == "RATE_LIMITED");
            }
            refused
        };
        assert_eq!(refused(&newsroom.server).await, 2, "all came from here");
        assert_eq!(refused(&trusting).await, 0, "each came from elsewhere");
    })
    .await;
}

#[tokio::test]
async fn other_sites_can_do_nothing_with_somebodys_session() {
    story(async |newsroom| {
        let mut browser = person(newsroom, "ama", "editor").await;
        let position = newsroom.position().await;
        let graphql = format!("{}/graphql", browser.url);
        let body = json!({ "query": RECORD, "variables": { "input": entry("FR", json!({})) } });
        let post = || browser.with_cookie(browser.http.post(&graphql));
        let get = |query: &str| browser.with_cookie(browser.http.get(&graphql).query(&[("query", query)]));
        let evil = "https://evil.example";
        for (what, request, status) in [
            ("from another origin", post().header("origin", evil).json(&body), 403),
            ("by a sandboxed frame", post().header("origin", "null").json(&body), 403),
            ("without a word of where from", post().json(&body), 403),
            (
                "from a sibling",
                post().header("origin", &browser.url).header("sec-fetch-site", "same-site").json(&body),
                403,
            ),
            (
                "as a form",
                post()
                    .header("origin", &browser.url)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body("query=mutation{signOut}"),
                415,
            ),
            (
                "as plain text",
                post().header("origin", &browser.url).header("content-type", "text/plain").body(body.to_string()),
                415,
            ),
            ("by GET", get("mutation { signOutEverywhere }").header("sec-fetch-site", "same-origin"), 405),
            ("as an image", get(VIEWER).header("sec-fetch-site", "cross-site"), 403),
        ] {
            let response = request.header("accept", "application/graphql-response+json").send().await.unwrap();
            assert_eq!(response.status().as_u16(), status, "{what}");
            assert!(response.text().await.unwrap().contains("\"errors\""), "{what}");
        }
        // An address that somebody types is asked as anyone.
        let typed = get(VIEWER).header("sec-fetch-site", "none").send().await.unwrap();
        assert_eq!(typed.json::<Value>().await.unwrap()["data"]["viewer"], Value::Null);

        let mut socket = graphql.replacen("http", "ws", 1).into_client_request().unwrap();
        for (name, value) in [("origin", evil), ("cookie", browser.cookie.as_ref().unwrap())] {
            socket.headers_mut().insert(name, value.parse().unwrap());
        }
        assert!(connect_async(socket).await.is_err());

        assert_eq!(newsroom.position().await, position);
        assert_eq!(browser.name().await, "ama", "still signed in");
    })
    .await;
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_not_taken_over() {
    story(async |newsroom| {
        person(newsroom, "ama", "editor").await;
        let mut browser = Browser::at(&newsroom.server);
        browser.cookie = Some("tracker_session=tcs_planted".to_owned());
        assert_eq!(browser.name().await, Value::Null);
        browser.sign_in("ama@example.org", PASSWORD).await;
        let first = browser.cookie.clone().unwrap();
        assert_ne!(first, "tracker_session=tcs_planted");
        browser.sign_in("ama@example.org", PASSWORD).await;
        assert_ne!(browser.cookie.clone().unwrap(), first, "each time another");
        browser.cookie = Some(first);
        assert_eq!(browser.name().await, Value::Null, "and the one before is over");
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_itself_and_when_its_owner_or_an_admin_says_so() {
    story(async |newsroom| {
        let mut admin = person(newsroom, "kofi", "admin").await;
        let mut browser = person(newsroom, "ama", "editor").await;
        let mut other = Browser::at(&newsroom.server);
        for ending in [
            "update session set last_used_at = now() - interval '73 hours'",
            "update session set expires_at = now()",
        ] {
            browser.sign_in("ama@example.org", PASSWORD).await;
            assert_eq!(browser.name().await, "ama");
            let of_ama = format!("{ending} where account_id = (select id from account where name = 'ama')");
            sqlx::query(AssertSqlSafe(of_ama)).execute(&newsroom.pool).await.unwrap();
            assert_eq!(browser.name().await, Value::Null, "{ending}");
        }
        browser.sign_in("ama@example.org", PASSWORD).await;
        other.sign_in("ama@example.org", PASSWORD).await;
        assert_eq!(browser.ask("mutation { signOutEverywhere }", json!({})).await["signOutEverywhere"], true);
        assert_eq!(other.name().await, Value::Null);

        let change = "mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { viewer { name } userErrors { code field } } }";
        browser.sign_in("ama@example.org", PASSWORD).await;
        other.sign_in("ama@example.org", PASSWORD).await;
        let wrong = browser.ask(change, json!({ "input": { "current": "not the password", "new": "another password" } })).await;
        assert_eq!(wrong["changePassword"]["userErrors"], json!([{ "code": "WRONG_CREDENTIALS", "field": ["current"] }]));
        let right = browser.ask(change, json!({ "input": { "current": PASSWORD, "new": "another password" } })).await;
        assert_eq!(right["changePassword"]["viewer"]["name"], "ama");
        assert_eq!((browser.name().await, other.name().await), (json!("ama"), Value::Null));
        assert!(was_refused(&other.sign_in("ama@example.org", PASSWORD).await));

        // What is under way ends as well.
        let second = Server::start(&newsroom.database, &["--keep-alive-seconds", "1"]).await;
        let headers = [("origin", second.url.as_str()), ("cookie", browser.cookie.as_ref().unwrap())];
        let mut socket = Socket::open_with(&second.url, None, &headers).await;
        let newest = browser.ask("{ desk { history(first: 1) { nodes { cursor } } } }", json!({})).await;
        let after = json!({ "after": newest["desk"]["history"]["nodes"][0]["cursor"] });
        socket.subscribe("1", "subscription ($after: String) { history(after: $after) { act } }", after).await;
        browser.ask(RECORD, json!({ "input": entry("FR", json!({})) })).await;
        assert_eq!(socket.next().await["history"]["act"], "RECORD");
        let gone = admin.manage("deactivateAccount", json!({ "email": "ama@example.org" })).await;
        assert!(gone["data"]["act"]["account"]["deactivatedAt"].is_string(), "{gone:#}");
        assert_eq!(socket.close_code().await, 4403);
        assert_eq!(browser.name().await, Value::Null);
        assert!(was_refused(&browser.sign_in("ama@example.org", "another password").await));
        admin.manage("reactivateAccount", json!({ "email": "ama@example.org" })).await;
        assert_eq!(browser.sign_in("ama@example.org", "another password").await["data"]["signIn"]["viewer"]["name"], "ama");
    })
    .await;
}

#[tokio::test]
async fn an_admin_manages_people_and_the_last_one_stays() {
    story(async |newsroom| {
        let (mut admin, mut editor) =
            (person(newsroom, "kofi", "admin").await, person(newsroom, "ama", "editor").await);
        let invited = admin
            .manage("inviteAccount", json!({ "email": "new@example.org", "name": "New", "role": "REPORTER" }))
            .await;
        assert_eq!(
            invited["data"]["act"]["account"],
            json!({ "email": "new@example.org", "role": "REPORTER", "pending": true, "deactivatedAt": null })
        );
        assert!(invited["data"]["act"]["link"].as_str().unwrap().len() > 40);
        let twice =
            admin.manage("inviteAccount", json!({ "email": "NEW@example.org", "name": "", "role": "REPORTER" })).await;
        assert_eq!(twice["data"]["act"]["userErrors"], json!([{ "code": "REQUIRED", "field": ["name"] }]));
        let twice =
            admin.manage("inviteAccount", json!({ "email": "NEW@example.org", "name": "N", "role": "REPORTER" })).await;
        assert_eq!(twice["data"]["act"]["userErrors"], json!([{ "code": "ALREADY_EXISTS", "field": ["email"] }]));
        for (act, input) in [
            ("inviteAccount", json!({ "email": "x@example.org", "name": "X", "role": "ADMIN" })),
            ("makeAccountLink", json!({ "email": "kofi@example.org" })),
            ("setAccountRole", json!({ "email": "ama@example.org", "role": "ADMIN" })),
            ("deactivateAccount", json!({ "email": "kofi@example.org" })),
            ("reactivateAccount", json!({ "email": "kofi@example.org" })),
            ("signOutAccount", json!({ "email": "kofi@example.org" })),
        ] {
            assert_eq!(code(&editor.manage(act, input).await), "FORBIDDEN", "{act}");
        }
        assert_eq!(code(&editor.answer("{ accounts { email } }", json!({})).await), "FORBIDDEN");

        let mut elsewhere = Browser::at(&newsroom.server);
        elsewhere.sign_in("ama@example.org", PASSWORD).await;
        let out = admin.manage("signOutAccount", json!({ "email": "AMA@example.org" })).await;
        assert_eq!(out["data"]["act"]["account"]["email"], "ama@example.org", "{out:#}");
        assert_eq!((editor.name().await, elsewhere.name().await), (Value::Null, Value::Null));
        let log = "{ auditLog(first: 1) { nodes { act actor subject } } }";
        let told = json!({ "nodes": [{ "act": "SIGN_OUT", "actor": "kofi", "subject": "ama" }] });
        assert_eq!(admin.ask(log, json!({})).await["auditLog"], told);
        editor.sign_in("ama@example.org", PASSWORD).await;
        let nobody = admin.manage("signOutAccount", json!({ "email": "nobody@example.org" })).await;
        assert_eq!(nobody["data"]["act"]["userErrors"], json!([{ "code": "NOT_FOUND", "field": ["email"] }]));

        let last = json!([{ "code": "LAST_ADMIN", "field": ["email"] }]);
        let kofi = json!({ "email": "kofi@example.org" });
        assert_eq!(admin.manage("deactivateAccount", kofi.clone()).await["data"]["act"]["userErrors"], last);
        let demoted = json!({ "email": "kofi@example.org", "role": "EDITOR" });
        assert_eq!(admin.manage("setAccountRole", demoted.clone()).await["data"]["act"]["userErrors"], last);
        // Of two admins who dismiss each other at the same time, one stays.
        admin.manage("setAccountRole", json!({ "email": "ama@example.org", "role": "ADMIN" })).await;
        assert_eq!(editor.ask(VIEWER, json!({})).await["viewer"]["role"], "ADMIN", "from the next request on");
        let ama = json!({ "email": "ama@example.org", "role": "EDITOR" });
        let (one, other) =
            futures_util::join!(admin.manage("setAccountRole", ama), editor.manage("setAccountRole", demoted));
        // Whoever comes second is no admin any more, or the last.
        let refused = |answer: &Value| answer["data"]["act"]["userErrors"] == last || code(answer) == "FORBIDDEN";
        assert!(refused(&one) != refused(&other), "{one:#}\n{other:#}");
        let admins = "select count(*) from account where role = 'ADMIN' and deactivated_at is null";
        assert_eq!(newsroom.number(admins).await, 1);

        let listed = account(newsroom, &["list"]).await;
        assert!(listed.contains("new@example.org\treporter\tinvited\t"), "{listed}");
        let unknown =
            tracker(&newsroom.database).args(["account", "link", "--email", "x@example.org"]).output().await.unwrap();
        assert!(String::from_utf8_lossy(&unknown.stderr).contains("There is no account"));
    })
    .await;
}

#[tokio::test]
async fn no_secret_is_stored_as_it_is() {
    story(async |newsroom| {
        let browser = person(newsroom, "ama", "editor").await;
        let link = account(newsroom, &["link", "--email", "ama@example.org"]).await;
        let dump: String = sqlx::query_scalar(
            "select (select string_agg(a::text, '') from account a) || (select string_agg(s::text, '') from session s)
                || (select string_agg(l::text, '') from account_link l) || (select string_agg(e::text, '') from audit_entry e)",
        )
        .fetch_one(&newsroom.pool)
        .await
        .unwrap();
        let cookie = browser.cookie.unwrap();
        let secret = cookie.trim_start_matches("tracker_session=tcs_");
        assert!(secret.len() > 40 && link.len() > 40);
        for secret in [secret, &link, PASSWORD] {
            assert!(!dump.contains(secret));
        }
        assert!(dump.contains("$argon2id$"));
    })
    .await;
}

#[tokio::test]
async fn who_signs_in_must_be_able_to_get_a_cookie() {
    story(async |newsroom| {
        person(newsroom, "ama", "editor").await;
        let reader = newsroom.reader();
        let input = json!({ "input": { "email": "ama@example.org", "password": PASSWORD } });
        let mut socket = reader.socket().await;
        socket.subscribe("1", SIGN_IN, input.clone()).await;
        let answer = socket.message().await;
        assert!(answer.to_string().contains("BAD_REQUEST"), "{answer}");
        let batch = reader.post(json!([{ "query": SIGN_IN, "variables": input }])).await;
        assert_eq!(batch.status(), StatusCode::OK);
        assert!(!batch.headers().contains_key("set-cookie"));
        assert!(batch.text().await.unwrap().contains("BAD_REQUEST"));
    })
    .await;
}
