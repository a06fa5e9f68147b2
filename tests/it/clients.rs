//! The public clients and audits of the npm registry, run against a server of ours.

use std::{path::Path, process::Stdio};

use tokio::process::Command;

use crate::newsroom::{Server, story};

async fn run(files: &[&str], server: &Server, token: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    assert!(folder.join("node_modules").exists(), "run `npm ci` in tests/clients, or `make test`, which does");
    let output = Command::new("node")
        .arg("--test")
        .args(files)
        .current_dir(folder)
        .env("TRACKER_URL", &server.url)
        .env("TRACKER_TOKEN", token)
        .env("TRACKER_PID", server.id().to_string())
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn graphql_https_audits_and_the_clients_graphql_ws_and_graphql_sse_pass() {
    story(async |newsroom| {
        let arguments = ["--keep-alive-seconds", "3", "--connection-init-seconds", "1"];
        let mut server = Server::start(&newsroom.database, &arguments).await;
        let token = newsroom.editor().await.token.clone().unwrap();
        run(&["audits.mjs"], &server, &token).await;
        run(&["sse.mjs"], &server, &token).await;
        run(&["websocket.mjs"], &server, &token).await;
        run(&["shutdown.mjs"], &server, &token).await;
        assert!(server.ended().await.success());
    })
    .await;
}
