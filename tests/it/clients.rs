//! The public clients and audits of the npm registry, run against a server of ours.

use std::{io::Write, path::Path, process::Stdio};

use tokio::process::Command;

use crate::newsroom::{Server, empty_database, story};

/// Runs a file of tests of an npm package in this repository.
async fn run(package: &str, file: &str, server: &Server, token: &str) {
    run_with(package, file, server, token, &[]).await;
}

pub async fn run_with(package: &str, file: &str, server: &Server, token: &str, variables: &[(&str, &str)]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(package);
    assert!(folder.join("node_modules").exists(), "run `make test`, which installs what {package} needs");
    let output = Command::new("node")
        // A test that hangs fails in the end.
        .args(["--test", "--test-timeout=600000", file])
        .current_dir(folder)
        .env("TRACKER_URL", &server.url)
        .env("TRACKER_TOKEN", token)
        .env("TRACKER_PID", server.id().to_string())
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    // What was measured of a page is for whoever runs the tests: not by a macro, whose output would be kept back.
    for measured in said.lines().filter(|line| line.starts_with("# /")) {
        std::io::stderr().write_all(format!("{}\n", measured.trim_start_matches("# ")).as_bytes()).unwrap();
    }
}

#[tokio::test]
async fn graphql_https_audits_and_the_clients_graphql_ws_and_graphql_sse_pass() {
    story(async |newsroom| {
        let arguments = ["--keep-alive-seconds", "3", "--connection-init-seconds", "1"];
        let mut server = Server::start(&newsroom.database, &arguments).await;
        let token = newsroom.editor().await.token.clone().unwrap();
        run("tests/clients", "audits.mjs", &server, &token).await;
        run("tests/clients", "sse.mjs", &server, &token).await;
        run("tests/clients", "websocket.mjs", &server, &token).await;
        run("tests/clients", "shutdown.mjs", &server, &token).await;
        assert!(server.ended().await.success());
    })
    .await;
}

#[tokio::test]
async fn graphiql_works_in_a_browser_with_the_network_cut_off() {
    story(async |newsroom| {
        let token = newsroom.editor().await.token.clone().unwrap();
        run("web", "e2e/graphiql.test.mjs", &newsroom.server, &token).await;
    })
    .await;
}

#[tokio::test]
async fn the_readers_pages_hold_what_they_promise_in_a_browser() {
    story(async |newsroom| {
        let token = newsroom.editor().await.token.clone().unwrap();
        let variables = [
            ("TRACKER_PROGRAM", env!("CARGO_BIN_EXE_tracker")),
            ("TRACKER_DATABASE_WAIT_SECONDS", "60"),
            ("DATABASE_URL", &newsroom.database),
        ];
        run_with("web", "e2e/readers.test.mjs", &newsroom.server, &token, &variables).await;
    })
    .await;
}

#[tokio::test]
async fn editors_work_at_the_desk_in_a_browser_and_lose_nothing() {
    story(async |newsroom| {
        let token = newsroom.editor().await.token.clone().unwrap();
        let variables =
            [("TRACKER_PROGRAM", env!("CARGO_BIN_EXE_tracker")), ("DATABASE_URL", newsroom.database.as_str())];
        run("web", "e2e/date.test.mjs", &newsroom.server, &token).await;
        run("web", "e2e/differences.test.mjs", &newsroom.server, &token).await;
        run_with("web", "e2e/desk.test.mjs", &newsroom.server, &token, &variables).await;
    })
    .await;
}

#[tokio::test]
async fn editors_correct_and_paste_and_admins_manage_at_the_desk() {
    story(async |newsroom| {
        let token = newsroom.editor().await.token.clone().unwrap();
        let variables =
            [("TRACKER_PROGRAM", env!("CARGO_BIN_EXE_tracker")), ("DATABASE_URL", newsroom.database.as_str())];
        for file in ["e2e/desk_published.test.mjs", "e2e/desk_table.test.mjs", "e2e/desk_admin.test.mjs"] {
            run_with("web", file, &newsroom.server, &token, &variables).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_misses_no_change_whatever_happens_to_servers_and_networks() {
    story(async |newsroom| {
        let token = newsroom.editor().await.token.clone().unwrap();
        let other = empty_database().await;
        let variables = [
            ("TRACKER_PROGRAM", env!("CARGO_BIN_EXE_tracker")),
            ("TRACKER_DATABASE_WAIT_SECONDS", "60"),
            ("DATABASE_URL", &newsroom.database),
            ("OTHER_DATABASE_URL", &other),
            // Node 20 has the browsers' WebSocket, but not yet by default.
            ("NODE_OPTIONS", "--experimental-websocket"),
        ];
        run_with("web", "e2e/live.test.mjs", &newsroom.server, &token, &variables).await;
        run("web", "e2e/live_in_page.test.mjs", &newsroom.server, &token).await;
    })
    .await;
}
