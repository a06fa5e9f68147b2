//! What is measured of the pages while nothing else runs: `make test` does it last, as the first paint tells of everything that the machine does.

use crate::{clients::run_with, newsroom::story};

#[tokio::test]
#[ignore = "measured alone, by make test"]
async fn the_readers_pages_keep_to_their_weight_and_are_painted_soon_on_a_slow_phone() {
    story(async |newsroom| {
        let token = newsroom.editor().await.token.clone().unwrap();
        run_with("web", "e2e/weight.test.mjs", &newsroom.server, &token, &[]).await;
    })
    .await;
}
