//! The connections that requests share. Every statement outside a transaction goes through here, so that none waits for a database
//! that is gone.

use std::time::Duration;

use async_stream::try_stream;
use futures_util::{FutureExt, StreamExt, TryStreamExt, future::BoxFuture, stream::BoxStream};
use sqlx::{
    Connection, Describe, Either, Error, Execute, Executor, PgPool, Postgres, SqlStr, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions, PgQueryResult, PgRow, PgStatement, PgTypeInfo},
};
use tokio::time::{Instant, timeout};

use super::presence::{Presence, gone};

/// How long a statement may run before its first answer, and between one row and the next.
const ANSWER: Duration = Duration::from_secs(10);

const BEGIN: &str = "begin; set local idle_in_transaction_session_timeout = '10s'";

/// A number of connections at most, and whether they lead anywhere.
#[derive(Debug, Clone)]
pub struct Pool {
    connections: PgPool,
    presence: Presence,
    /// How long a statement may wait for a connection and for its answer.
    silence: Duration,
}

/// How many connections there are.
#[derive(Debug, Clone, Copy)]
pub struct Connections {
    pub open: u32,
    /// Of them, those that nobody uses.
    pub idle: u32,
}

impl Pool {
    /// Connects when it is first used. Nobody waits for a connection longer than `patience`, and none is kept that does not answer for
    /// that long.
    pub fn new(options: PgConnectOptions, connections: u32, patience: Duration) -> Self {
        let presence = Presence::default();
        let (known, again) = (presence.clone(), presence.clone());
        let connections = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(patience)
            // It would cost a round trip each time; what does not answer is found out by whoever looks after the database.
            .test_before_acquire(false)
            .before_acquire(move |_, connection| {
                let made = Instant::now().checked_sub(connection.age);
                let trusted = made.is_some_and(|made| known.trusts(made));
                async move { Ok(trusted) }.boxed()
            })
            .after_release(move |connection, _| {
                // sqlx tests it too, but without an end: a server that is silent would keep the place in the pool.
                let answering =
                    timeout(patience, connection.ping()).map(|answered| answered.unwrap_or_else(|_| Err(gone())));
                let presence = again.clone();
                async move { presence.during(answering).await.map(|()| true) }.boxed()
            })
            .connect_lazy_with(options);
        Self { connections, presence, silence: patience + ANSWER }
    }

    /// Whether the database is there.
    pub fn presence(&self) -> &Presence {
        &self.presence
    }

    /// Begins a transaction. In the same message, the server learns how long it may hear nothing of us before it gives up the
    /// transaction and the locks that others wait for: of a machine that has vanished it would hear nothing for hours.
    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>, Error> {
        self.bounded(self.connections.begin_with(BEGIN)).await
    }

    /// Gives up what is not answered. The connection is dead then, though the database may be there: a way that was cut without a word
    /// cuts some connections and leaves others. So none from before is used again.
    async fn bounded<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let answered = timeout(self.silence, self.presence.during(work)).await;
        answered.unwrap_or_else(|_| {
            self.presence.distrust();
            Err(gone())
        })
    }

    /// How many connections there are now.
    pub fn connections(&self) -> Connections {
        let idle = u32::try_from(self.connections.num_idle()).unwrap_or(u32::MAX);
        Connections { open: self.connections.size(), idle }
    }

    /// Closes every connection, and waits for those in use.
    pub async fn close(&self) {
        self.connections.close().await;
    }
}

impl<'c> Executor<'c> for &'_ Pool {
    type Database = Postgres;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<Either<PgQueryResult, PgRow>, Error>>
    where
        E: 'q + Execute<'q, Postgres>,
    {
        let pool = self.clone();
        try_stream! {
            let mut answers = (&pool.connections).fetch_many(query);
            while let Some(answer) = pool.bounded(answers.try_next()).await? {
                yield answer;
            }
        }
        .boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<PgRow>, Error>>
    where
        E: 'q + Execute<'q, Postgres>,
    {
        let pool = self.clone();
        async move { pool.bounded((&pool.connections).fetch_optional(query)).await }.boxed()
    }

    fn prepare_with<'e>(self, sql: SqlStr, parameters: &'e [PgTypeInfo]) -> BoxFuture<'e, Result<PgStatement, Error>>
    where
        'c: 'e,
    {
        let pool = self.clone();
        async move { pool.bounded((&pool.connections).prepare_with(sql, parameters)).await }.boxed()
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Postgres>, Error>>
    where
        'c: 'e,
    {
        let pool = self.clone();
        async move { pool.bounded((&pool.connections).describe(sql)).await }.boxed()
    }
}
