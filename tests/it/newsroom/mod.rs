//! The stage on which the stories play: a database of its own, one or more `tracker serve`, and people who use them.

mod cluster;
mod people;
mod relay;
mod server;
mod wire;

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::PgPool;

pub use people::{Editor, Reader, client};
pub use relay::Relay;
pub use server::{Server, tracker};
pub use wire::{EventStream, Socket};

/// A newsroom with a database of its own and a first server, the article loaded.
pub struct Newsroom {
    pub database: String,
    pub pool: PgPool,
    pub server: Server,
}

/// Plays a story, and looks afterwards whether the books are in order.
pub async fn story(act: impl AsyncFnOnce(&Newsroom)) {
    story_with(&[], act).await;
}

/// The same with a server that is set up in a way of its own.
pub async fn story_with(arguments: &[&str], act: impl AsyncFnOnce(&Newsroom)) {
    let database = cluster::create_database().await;
    let server = Server::start(&database, arguments).await;
    let pool = PgPool::connect(&database).await.unwrap();
    let newsroom = Newsroom { database, pool, server };
    act(&newsroom).await;
    newsroom.books_are_in_order().await;
}

/// Asks until it is so; the limit is for a story that would never end.
pub async fn until(mut so: impl AsyncFnMut() -> bool) {
    let asking = async {
        while !so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asking).await.expect("it to become so");
}

/// A database without anything in it.
pub async fn empty_database() -> String {
    cluster::create_database().await
}

impl Newsroom {
    /// Someone who is not signed in.
    pub fn reader(&self) -> Reader {
        Reader::of(&self.server, None)
    }

    /// Someone with a new token of a role: `reporter`, `editor` or `admin`.
    pub async fn staff(&self, role: &str) -> Editor {
        let token = self.server.token(&["create", "--name", role, "--role", role]).await;
        Editor::of(&self.server, token)
    }

    pub async fn editor(&self) -> Editor {
        self.staff("editor").await
    }

    /// One number that the database knows.
    pub async fn number(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.pool).await.unwrap()
    }

    /// The last position of the feed.
    pub async fn position(&self) -> i64 {
        self.number("select position from feed").await
    }

    /// Waits until the first server has heard of all that is in the feed.
    pub async fn has_been_heard(&self) {
        let hearing = async {
            let last = "{ changes(last: 1) { nodes { position } } }";
            while self.reader().ask(last, json!({})).await["changes"]["nodes"][0]["position"] != self.position().await {
            }
        };
        tokio::time::timeout(Duration::from_secs(60), hearing).await.expect("the server to hear of it");
    }

    /// The tally equals a recount by the rule, the feed has no gap and counts right, and every state follows on the one before.
    pub async fn books_are_in_order(&self) {
        let (total, asked, agreed): (i64, i64, i64) = sqlx::query_as(
            "select count(*), count(*) filter (where kind in ('ASK', 'REFUSAL')), count(*) filter (where kind = 'AGREEMENT')
             from (
                 select distinct on (country_code) kind
                 from development_revision
                 where upper_inf(visible) and affects_status and not retracted
                     and kind in ('ASK', 'REFUSAL', 'AGREEMENT', 'TERMINATION')
                 order by country_code, effective_day desc, first_position desc
             ) newest",
        )
        .fetch_one(&self.pool)
        .await
        .unwrap();
        assert_eq!(self.reader().tally().await, (total, asked, agreed), "the tally differs from a recount");
        let gaps = self.number("select (select position from feed) - count(*) from change").await;
        assert_eq!(gaps, 0, "the feed has gaps");
        let torn = self
            .number(
                "select count(*) from country_state state
                 where not upper_inf(visible) and not exists (
                     select from country_state next
                     where next.country_code = state.country_code and lower(next.visible) = upper(state.visible)
                 )",
            )
            .await;
        assert_eq!(torn, 0, "a country's states do not follow on each other");
        let misdated = self
            .number(
                "select
                     (
                         select count(*)
                         from country_state s
                         left join development_revision r on r.development_id = s.status_development_id and r.visible @> lower(s.visible)
                         where (s.status_occurred, s.status_effective_day) is distinct from (r.occurred, r.effective_day)
                     ) + (
                         select count(*)
                         from development_revision r
                         left join change c on c.position = r.first_position
                         where r.published_at is distinct from c.at
                     )",
            )
            .await;
        assert_eq!(misdated, 0, "since when a status holds, or when something was published, differs from the record");
        let miscounted = self
            .number(
                "select count(*)
                 from (
                     select
                         (c.development_kind, c.published, c.published_of_country, c.published_of_kind, c.published_of_both, c.latest_day)
                             as running,
                         (
                             r.kind,
                             count(*) filter (where c.kind = 'PUBLISHED') over (order by c.position),
                             count(*) filter (where c.kind = 'PUBLISHED') over (partition by r.country_code order by c.position),
                             count(*) filter (where c.kind = 'PUBLISHED') over (partition by r.kind order by c.position),
                             count(*) filter (where c.kind = 'PUBLISHED') over (partition by r.country_code, r.kind order by c.position),
                             max(r.effective_day) over (order by c.position)
                         ) as recount
                     from change c
                     join development_revision r using (development_id, revision)
                 ) counts
                 where running is distinct from recount",
            )
            .await;
        assert_eq!(miscounted, 0, "the feed's running counts differ from a recount");
    }
}

/// A sound input of any kind, with some parts replaced.
pub fn entry(country: &str, parts: Value) -> Value {
    let mut input = json!({
        "country": country,
        "occurred": "2025-09-08",
        "summary": "Something happened.",
        "publish": true,
        "citations": [{ "source": {
            "kind": "NEWS_REPORT",
            "publisher": "The Daily Record",
            "title": "Something happened",
            "url": "https://example.org/record",
            "publishedOn": "2025-09-10",
        } }],
    });
    for (name, value) in parts.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}
