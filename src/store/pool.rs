//! The connections that requests share. Every statement outside a transaction goes through here, so that none waits for a database
//! that is gone.

use std::{pin::pin, time::Duration};

use async_stream::try_stream;
use futures_util::{FutureExt, StreamExt, TryStreamExt, future::BoxFuture, stream::BoxStream};
use sqlx::{
    Connection, Describe, Either, Error, Execute, Executor, PgPool, Postgres, SqlStr, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions, PgQueryResult, PgRow, PgStatement, PgTypeInfo},
};
use tokio::time::{Instant, timeout};

use super::presence::{Presence, gone};

const BEGIN: &str = "begin; set local idle_in_transaction_session_timeout = '10s'";

/// A number of connections at most, and whether they lead anywhere.
#[derive(Debug, Clone)]
pub struct Pool {
    connections: PgPool,
    presence: Presence,
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
        Self { connections, presence }
    }

    /// Whether the database is there.
    pub fn presence(&self) -> &Presence {
        &self.presence
    }

    /// Begins a transaction. In the same message, the server learns how long it may hear nothing of us before it gives up the
    /// transaction and the locks that others wait for: of a machine that has vanished it would hear nothing for hours.
    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>, Error> {
        self.presence.during(self.connections.begin_with(BEGIN)).await
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
        let Pool { connections, presence } = self.clone();
        try_stream! {
            if !presence.is_there() {
                Err(gone())?;
            }
            let mut answers = (&connections).fetch_many(query);
            let mut lost = pin!(presence.lost());
            loop {
                let next = tokio::select! {
                    biased;
                    next = answers.try_next() => next,
                    () = &mut lost => Err(gone()),
                };
                match next? {
                    Some(answer) => yield answer,
                    None => break,
                }
            }
        }
        .boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<PgRow>, Error>>
    where
        E: 'q + Execute<'q, Postgres>,
    {
        let Pool { connections, presence } = self.clone();
        async move { presence.during((&connections).fetch_optional(query)).await }.boxed()
    }

    fn prepare_with<'e>(self, sql: SqlStr, parameters: &'e [PgTypeInfo]) -> BoxFuture<'e, Result<PgStatement, Error>>
    where
        'c: 'e,
    {
        let Pool { connections, presence } = self.clone();
        async move { presence.during((&connections).prepare_with(sql, parameters)).await }.boxed()
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Postgres>, Error>>
    where
        'c: 'e,
    {
        let Pool { connections, presence } = self.clone();
        async move { presence.during((&connections).describe(sql)).await }.boxed()
    }
}
