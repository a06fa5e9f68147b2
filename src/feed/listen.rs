//! The listener: NOTIFY only wakes it, the rows tell what happened.

use std::sync::Arc;

use sqlx::{PgPool, postgres::PgListener};
use tokio::{
    sync::{broadcast, watch},
    time::{sleep, timeout},
};

use super::{Pulse, RETRY, SILENCE};
use crate::{
    domain::change::Change,
    store::{
        changes::{self, CHANNEL},
        error::StoreError,
        history,
    },
};

pub struct Listener {
    pool: PgPool,
    changes: broadcast::Sender<Arc<Change>>,
    pulse: watch::Sender<Pulse>,
    history: watch::Sender<()>,
}

impl Listener {
    pub fn new(
        pool: PgPool,
        changes: broadcast::Sender<Arc<Change>>,
        pulse: watch::Sender<Pulse>,
        history: watch::Sender<()>,
    ) -> Self {
        Self { pool, changes, pulse, history }
    }

    /// Listens for ever, across every loss of the connection.
    pub async fn run(self) {
        loop {
            let Err(error) = self.listen().await;
            if self.fares(false, false) {
                tracing::warn!(%error, "the feed's listening connection was lost");
            }
            // Where nothing but that connection is missing, looking still tells what is new.
            let current = self.catch_up().await.is_ok();
            self.fares(false, current);
            sleep(RETRY).await;
        }
    }

    /// Listens until the connection is lost. Whatever was committed before it listened is read first.
    async fn listen(&self) -> Result<std::convert::Infallible, StoreError> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.ignore_pool_close_event(true);
        listener.listen_all([CHANNEL, history::CHANNEL]).await?;
        loop {
            self.catch_up().await?;
            // Those who follow the history look for themselves: they are few.
            self.history.send_replace(());
            if self.fares(true, true) {
                tracing::info!(position = %self.pulse.borrow().position, "the feed is listening");
            }
            match timeout(SILENCE, listener.try_recv()).await {
                Ok(Ok(Some(_))) | Err(_) => {}
                // The connection was lost, and is there again.
                Ok(Ok(None)) => {}
                Ok(Err(error)) => return Err(error.into()),
            }
        }
    }

    /// Says how the listener fares; `true` if it listens and did not before, or the other way round.
    fn fares(&self, listening: bool, current: bool) -> bool {
        let mut is_news = false;
        self.pulse.send_modify(|pulse| {
            is_news = pulse.listening != listening;
            *pulse = Pulse { listening, current, ..*pulse };
        });
        is_news
    }

    /// Reads on from the last position and passes every change on.
    async fn catch_up(&self) -> Result<(), StoreError> {
        loop {
            let last = self.pulse.borrow().position;
            let rows = changes::after(&self.pool, last).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for change in rows {
                self.pulse.send_modify(|pulse| pulse.position = change.position);
                // Without subscribers there is nobody to send to, and nothing is wrong.
                let _ = self.changes.send(Arc::new(change));
            }
        }
    }
}
