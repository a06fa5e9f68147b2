//! The listener: NOTIFY only wakes it, the rows tell what happened. It has a connection of its own, so that no crowd of requests can
//! keep it from looking, and it is the one that knows whether the database is there.

use std::{convert::Infallible, iter, time::Duration};

use sqlx::{
    Acquire, ConnectOptions, Connection, PgConnection,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::{
    LOOK, RETRY,
    news::{News, Seen},
};
use crate::store::{
    changes::{self, CHANNEL},
    error::StoreError,
    history,
};

/// Why the listener has to begin anew.
#[derive(Debug, thiserror::Error)]
enum Lost {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("the connection was closed")]
    Closed,
    #[error("the database did not answer within {} seconds", .0.as_secs())]
    Silent(Duration),
    #[error("the server is a standby")]
    Standby,
}

impl From<sqlx::Error> for Lost {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl Lost {
    /// Whether the database itself is missing, and not the connection alone.
    fn is_the_database(&self) -> bool {
        matches!(self, Self::Silent(_) | Self::Standby)
    }
}

pub struct Listener {
    /// The ways to the database: it listens on the first; any of them tells whether the database is there.
    ways: Vec<PgConnectOptions>,
    /// How long the database may leave a question unanswered.
    patience: Duration,
    news: News,
}

impl Listener {
    pub fn new(ways: Vec<PgConnectOptions>, patience: Duration, news: News) -> Self {
        Self { ways, patience, news }
    }

    /// Listens for ever, across every loss of the connection.
    pub async fn run(mut self) {
        loop {
            let began = Instant::now();
            match self.reach().await {
                Err(lost) => {
                    if self.news.fares(Seen { listening: false, current: false }) {
                        tracing::warn!(%lost, "the database is gone");
                    }
                }
                Ok(()) => {
                    self.news.fares(Seen { listening: false, current: true });
                    let Err(lost) = self.follow().await;
                    tracing::warn!(%lost, "the feed's listening connection was lost");
                    self.news.fares(Seen { listening: false, current: !lost.is_the_database() });
                }
            }
            sleep_until(began + RETRY).await;
        }
    }

    /// Looks whether the database is there, and reads what is new. It connects for that, and not through a pool, which would try again
    /// and again where a plain no is the answer.
    async fn reach(&mut self) -> Result<(), Lost> {
        let mut reached = Err(Lost::Closed);
        for way in self.ways.clone() {
            let looking = async {
                let mut connection = way.connect().await?;
                look(&mut self.news, &mut connection).await?;
                // What was asked is answered; whether the goodbye arrives does not matter.
                let _ = connection.close().await;
                Ok(())
            };
            let looked = within(self.patience, looking).await;
            if looked.is_ok() {
                return Ok(());
            }
            reached = reached.and(looked);
        }
        reached
    }

    /// Listens until the connection is lost. Whatever was committed before it listened is read first.
    async fn follow(&mut self) -> Result<Infallible, Lost> {
        let Some(way) = self.ways.first().cloned() else { return Err(Lost::Closed) };
        // Only a pool makes a listener. A new one each time: one that hangs on a dead connection gives up its place late.
        let pool = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None).connect_lazy_with(way);
        let connecting = async {
            let mut listener = PgListener::connect_with(&pool).await?;
            // A loss is told at once, and not only when a new connection is there.
            listener.eager_reconnect(false);
            listener.listen_all([CHANNEL, history::CHANNEL]).await?;
            Ok(listener)
        };
        let mut listener = within(self.patience, connecting).await?;
        let mut ticks = interval(LOOK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let looked = tokio::select! {
                _ = ticks.tick() => {
                    let looking = look(&mut self.news, listener.acquire().await?);
                    within(self.patience, looking).await
                }
                heard = listener.try_recv() => match heard? {
                    // It says that there are rows, and so do those that came after it.
                    Some(heard) => {
                        let others = iter::from_fn(|| listener.next_buffered());
                        let all: Vec<_> = iter::once(heard).chain(others).collect();
                        let is_change = all.iter().any(|heard| heard.channel() == CHANNEL);
                        if is_change {
                            let catching_up = self.news.catch_up(listener.acquire().await?);
                            within(self.patience, async { Ok(catching_up.await?) }).await
                        } else {
                            self.news.tell_of_history();
                            Ok(())
                        }
                    }
                    None => Err(Lost::Closed),
                },
            };
            looked?;
            if self.news.fares(Seen { listening: true, current: true }) {
                tracing::info!(position = %self.news.position(), "the feed is listening");
            }
        }
    }
}

/// Whether this is the primary, and what it has that is new.
async fn look(news: &mut News, connection: &mut PgConnection) -> Result<(), Lost> {
    if changes::is_standby(&mut *connection).await? {
        return Err(Lost::Standby);
    }
    Ok(news.catch_up(connection).await?)
}

async fn within<T>(patience: Duration, work: impl Future<Output = Result<T, Lost>>) -> Result<T, Lost> {
    timeout(patience, work).await.unwrap_or(Err(Lost::Silent(patience)))
}
