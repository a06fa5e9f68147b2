//! Delivery of the feed: one listener wakes on every commit and reads the new rows; each subscriber gets every change after
//! its cursor, once and in order.

mod history;
mod listen;
mod subscribe;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use sqlx::PgPool;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    domain::{change::Change, cursor::FeedCursor, position::Position},
    store::{changes, error::StoreError},
};

/// How many changes a subscriber may lie behind before it reads them from the database instead.
const BROADCAST_CAPACITY: usize = 1_024;

/// How long to wait before trying again after the listening connection was lost.
const RETRY: Duration = Duration::from_millis(250);

/// How long the listener trusts silence. After that it looks for itself, so that a connection that died without a word
/// delays a change by no more than this.
const SILENCE: Duration = Duration::from_secs(5);

/// How the listener fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pulse {
    /// The last position that this server has seen.
    pub position: Position,
    /// Whether it hears of new ones at once.
    pub listening: bool,
    /// Whether the database answered when it last looked; otherwise its position may be old.
    pub current: bool,
}

/// This server's end of the feed.
#[derive(Clone)]
pub struct Feed {
    pool: PgPool,
    id: Uuid,
    changes: broadcast::Sender<Arc<Change>>,
    pulse: watch::Receiver<Pulse>,
    /// The position of the last change that this server made itself, or a later one: it may not have heard of it yet.
    made: Arc<AtomicI64>,
    /// Changes when there may be something new in the history.
    history: watch::Receiver<()>,
}

impl Feed {
    /// Begins to listen, from the feed's present position on, until `shutdown`.
    pub async fn start(pool: PgPool, shutdown: CancellationToken) -> Result<Self, StoreError> {
        let (id, position) = changes::head(&pool).await?;
        let (pulse_sender, pulse) = watch::channel(Pulse { position, listening: false, current: true });
        let (history_sender, history) = watch::channel(());
        let (changes, _) = broadcast::channel(BROADCAST_CAPACITY);
        let listener = listen::Listener::new(pool.clone(), changes.clone(), pulse_sender, history_sender);
        tokio::spawn(async move {
            tokio::select! {
                () = listener.run() => {}
                () = shutdown.cancelled() => {}
            }
        });
        Ok(Self { pool, id, changes, pulse, made: Arc::new(AtomicI64::new(position.0)), history })
    }

    /// Which feed it is: cursors name it.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// How the listener fares now.
    pub fn pulse(&self) -> Pulse {
        *self.pulse.borrow()
    }

    /// The last position that this server knows of: of what it heard and of what it made.
    pub fn position(&self) -> Position {
        self.pulse().position.max(Position(self.made.load(Ordering::Acquire)))
    }

    /// Learns what this server may just have made itself, so that whoever asks it next finds it.
    pub async fn look(&self) {
        if let Ok((_, position)) = changes::head(&self.pool).await {
            self.made.fetch_max(position.0, Ordering::AcqRel);
        }
    }

    /// The position that a cursor means, if it is a cursor of this feed and not ahead of it.
    pub async fn locate(&self, cursor: FeedCursor) -> Result<Option<Position>, StoreError> {
        if cursor.feed != self.id || cursor.position < Position::START {
            return Ok(None);
        }
        // Another server may have heard of it earlier.
        let is_known = cursor.position <= self.position() || cursor.position <= changes::head(&self.pool).await?.1;
        Ok(is_known.then_some(cursor.position))
    }

    /// The changes after a position that are in the database, [`changes::CATCH_UP_ROWS`] at most.
    pub async fn read_after(&self, position: Position) -> Result<Vec<Change>, StoreError> {
        changes::after(&self.pool, position).await
    }
}
