//! The connections that requests share. Every statement outside a transaction goes through here, so that none waits for a database
//! that is gone.

use std::{
    fmt::{self, Debug, Formatter},
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use async_stream::try_stream;
use deadpool::managed::{self, Manager, Metrics, Object, PoolError, QueueMode, RecycleError, RecycleResult};
use futures_util::{
    FutureExt, StreamExt, TryStreamExt,
    future::{self, BoxFuture},
    stream::BoxStream,
};
use sqlx::{
    ConnectOptions, Connection, Describe, Either, Error, Execute, Executor, PgConnection, Postgres, SqlStr,
    postgres::{PgConnectOptions, PgQueryResult, PgRow, PgStatement, PgTypeInfo},
};
use tokio::{
    runtime::Handle,
    time::{Instant, sleep, timeout},
};
use tokio_util::task::{TaskTracker, task_tracker::TaskTrackerToken};

use super::presence::{Presence, gone};

/// How long a statement may run before its first answer, and between one row and the next.
const ANSWER: Duration = Duration::from_secs(10);

/// How long a connection is kept that nobody uses, and how long any.
const IDLE: Duration = Duration::from_secs(600);
const AGE: Duration = Duration::from_secs(1800);

/// How long it takes until a server that is not ready yet is asked again.
const AGAIN: Duration = Duration::from_millis(50);

const BEGIN: &str = "begin; set local idle_in_transaction_session_timeout = '10s'";

/// A number of connections at most, and whether they lead anywhere.
#[derive(Clone)]
pub struct Pool(Arc<Shared>);

struct Shared {
    connections: managed::Pool<Connector>,
    presence: Presence,
    /// How long a request waits for a connection, and a connection for the end of what was given up.
    patience: Duration,
    /// Counts the connections that are out.
    out: TaskTracker,
}

/// How many connections there are.
#[derive(Debug, Clone, Copy)]
pub struct Connections {
    pub open: u32,
    /// Of them, those that nobody uses.
    pub idle: u32,
}

/// Makes connections, and says which of them may be used again. None is tried out by a round trip: what does not answer is found out by
/// whoever looks after the database.
struct Connector {
    options: PgConnectOptions,
    presence: Presence,
}

impl Manager for Connector {
    type Type = PgConnection;
    type Error = Error;

    async fn create(&self) -> Result<PgConnection, Error> {
        loop {
            // On the heap: it is as large as it is seldom, and would be part of whatever asks for a connection.
            match self.options.connect().boxed().await {
                Err(error) if may_pass(&error) => sleep(AGAIN).await,
                outcome => return outcome,
            }
        }
    }

    async fn recycle(&self, _: &mut PgConnection, metrics: &Metrics) -> RecycleResult<Error> {
        let is_good = self.presence.trusts(Instant::from_std(metrics.created)) && metrics.age() < AGE;
        if is_good { Ok(()) } else { Err(RecycleError::message("it is too old")) }
    }
}

/// Whether a server that refuses a connection may take it in a moment: it starts, or all its connections are in use.
fn may_pass(error: &Error) -> bool {
    match error {
        Error::Io(cause) => cause.kind() == std::io::ErrorKind::ConnectionRefused,
        Error::Database(cause) => cause.code().is_some_and(|code| matches!(code.as_ref(), "57P03" | "53300")),
        _ => false,
    }
}

impl Pool {
    /// Connects when it is first used. Nobody waits for a connection longer than `patience`, and none is kept that does not answer for
    /// that long.
    pub fn new(options: PgConnectOptions, connections: u32, patience: Duration) -> Self {
        let presence = Presence::default();
        let most = usize::try_from(connections).unwrap_or(usize::MAX);
        let connections = managed::Pool::builder(Connector { options, presence: presence.clone() })
            .max_size(most)
            // The fewest are in use, each with its statements prepared.
            .queue_mode(QueueMode::Lifo)
            .build()
            .expect("a pool without time limits of its own needs no runtime");
        let pool = Self(Arc::new(Shared { connections, presence, patience, out: TaskTracker::new() }));
        pool.let_go_of_idle();
        pool
    }

    /// Closes what nobody has used for long, as long as there is a pool.
    fn let_go_of_idle(&self) {
        let pool = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                sleep(IDLE / 10).await;
                let Some(pool) = pool.upgrade() else { return };
                pool.keep(|metrics| metrics.last_used() < IDLE).await;
            }
        });
    }

    /// Whether the database is there.
    pub fn presence(&self) -> &Presence {
        &self.0.presence
    }

    /// Begins a transaction. In the same message, the server learns how long it may hear nothing of us before it gives up the
    /// transaction and the locks that others wait for: of a machine that has vanished it would hear nothing for hours.
    pub async fn begin(&self) -> Result<Transaction, Error> {
        self.bounded(async {
            let mut lease = self.lease().await?;
            lease.end = End::Rollback;
            lease.execute(BEGIN).await?;
            Ok(Transaction(lease))
        })
        .await
    }

    async fn lease(&self) -> Result<Lease, Error> {
        let leased = timeout(self.0.patience, self.0.connections.get()).await.map_err(|_| Error::PoolTimedOut)?;
        match leased {
            Ok(connection) => {
                Ok(Lease { connection: Some(connection), end: End::Ping, pool: self.clone(), out: self.0.out.token() })
            }
            Err(PoolError::Backend(error)) => Err(error),
            Err(_) => Err(Error::PoolClosed),
        }
    }

    /// Gives up what is not answered. The connection is dead then, though the database may be there: a way that was cut without a word
    /// cuts some connections and leaves others. So none from before is used again.
    async fn bounded<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let answered = timeout(self.0.patience + ANSWER, self.0.presence.during(work)).await;
        answered.unwrap_or_else(|_| {
            self.0.presence.distrust();
            Err(gone())
        })
    }

    /// How many connections there are now.
    pub fn connections(&self) -> Connections {
        let status = self.0.connections.status();
        let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Connections { open: count(status.size), idle: count(status.available) }
    }

    /// Closes every connection, and waits for those in use.
    pub async fn close(&self) {
        self.0.keep(|_| false).await;
        self.0.connections.close();
        self.0.out.close();
        self.0.out.wait().await;
    }
}

impl Shared {
    /// Keeps some of the connections that nobody uses, and takes leave of the others.
    async fn keep(&self, is_kept: impl Fn(&Metrics) -> bool) {
        let left = self.connections.retain(|_, metrics| is_kept(&metrics)).removed;
        let leave = left.into_iter().map(|connection| timeout(self.patience, connection.close()));
        future::join_all(leave).await;
    }
}

impl Debug for Pool {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pool").field("connections", &self.connections()).finish_non_exhaustive()
    }
}

/// A connection, for as long as it has something to do.
struct Lease {
    connection: Option<Object<Connector>>,
    end: End,
    pool: Pool,
    out: TaskTrackerToken,
}

/// What a connection needs before others may have it.
#[derive(Clone, Copy)]
enum End {
    /// Nothing: all that was asked has been answered.
    Reached,
    /// To hear the end of a statement that was given up.
    Ping,
    /// To give up a transaction.
    Rollback,
}

impl Deref for Lease {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.connection.as_deref().expect("it is there until the lease is dropped")
    }
}

impl DerefMut for Lease {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection.as_deref_mut().expect("it is there until the lease is dropped")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let (Some(mut connection), end) = (self.connection.take(), self.end) else { return };
        if matches!(end, End::Reached) {
            return;
        }
        let Ok(runtime) = Handle::try_current() else {
            drop(Object::take(connection));
            return;
        };
        let (pool, out) = (self.pool.clone(), self.out.clone());
        runtime.spawn(async move {
            let _out = out;
            let ended = async {
                match end {
                    End::Reached => Ok(()),
                    End::Ping => connection.ping().await,
                    End::Rollback => connection.execute("rollback").await.map(|_| ()),
                }
            };
            let ended = timeout(pool.0.patience, pool.0.presence.during(ended)).await;
            if !matches!(ended, Ok(Ok(()))) {
                drop(Object::take(connection));
            }
        });
    }
}

/// A transaction, given up unless it is committed. It is the connection, too, which does not know of it: within, savepoints are set by name.
pub struct Transaction(Lease);

impl Transaction {
    /// Keeps what was done.
    pub async fn commit(self) -> Result<(), Error> {
        self.finish("commit").await
    }

    /// Keeps nothing of it.
    pub async fn rollback(self) -> Result<(), Error> {
        self.finish("rollback").await
    }

    async fn finish(mut self, statement: &'static str) -> Result<(), Error> {
        self.execute(statement).await?;
        self.0.end = End::Reached;
        Ok(())
    }
}

impl Deref for Transaction {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
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
            let mut lease = pool.bounded(pool.lease()).await?;
            {
                let mut answers = lease.fetch_many(query);
                while let Some(answer) = pool.bounded(answers.try_next()).await? {
                    yield answer;
                }
            }
            lease.end = End::Reached;
        }
        .boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<PgRow>, Error>>
    where
        E: 'q + Execute<'q, Postgres>,
    {
        let pool = self.clone();
        async move {
            let mut lease = pool.bounded(pool.lease()).await?;
            let answer = pool.bounded(lease.fetch_optional(query)).await?;
            lease.end = End::Reached;
            Ok(answer)
        }
        .boxed()
    }

    fn prepare_with<'e>(self, sql: SqlStr, parameters: &'e [PgTypeInfo]) -> BoxFuture<'e, Result<PgStatement, Error>>
    where
        'c: 'e,
    {
        let pool = self.clone();
        async move {
            let mut lease = pool.bounded(pool.lease()).await?;
            let answer = pool.bounded(lease.prepare_with(sql, parameters)).await?;
            lease.end = End::Reached;
            Ok(answer)
        }
        .boxed()
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Postgres>, Error>>
    where
        'c: 'e,
    {
        let pool = self.clone();
        async move {
            let mut lease = pool.bounded(pool.lease()).await?;
            let answer = pool.bounded(lease.describe(sql)).await?;
            lease.end = End::Reached;
            Ok(answer)
        }
        .boxed()
    }
}
