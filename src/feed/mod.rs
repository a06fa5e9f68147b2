//! Delivery of the feed: one listener wakes on every commit and reads the new rows; each subscriber gets every change after
//! its cursor, once and in order.

mod history;
mod listen;
mod news;
mod subscribe;
mod upcoming;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use moka::future::Cache;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use self::upcoming::Prepare;
use self::{news::News, upcoming::Upcoming};
use crate::{
    domain::{change::Change, cursor::FeedCursor, position::Position},
    store::{changes, error::StoreError, pool::Pool},
};

/// Where in a number that holds both, the position ends and the count of rewinds begins.
const POSITION_BITS: u32 = 48;
const POSITION_MASK: i64 = (1 << POSITION_BITS) - 1;

/// How many changes' times are kept.
const TIMES: u64 = 4_096;

/// How many changes a subscriber may lie behind before it reads them from the database instead.
const BROADCAST_CAPACITY: usize = 1_024;

/// How long to wait before trying again after the listening connection was lost.
const RETRY: Duration = Duration::from_millis(250);

/// How often the listener looks for itself whether the database is there and has anything new, so that a connection that died without
/// a word, or a server that is the primary no more, is found out soon.
const LOOK: Duration = Duration::from_secs(1);

/// How the listener fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pulse {
    /// The last position that this server has seen.
    pub position: Position,
    /// Whether it hears of new ones at once.
    pub listening: bool,
    /// Whether the database answered when it last looked; otherwise its position may be old.
    pub current: bool,
    /// How often the feed was found to have lost what was told already. Positions from before and after mean different things.
    pub rewinds: u32,
}

/// A place in the feed as this server has seen it go. Two are the same only if the same is to be read there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    rewinds: u32,
    pub position: Position,
}

impl Place {
    /// The place so many changes before.
    #[must_use]
    pub fn back(self, changes: i64) -> Self {
        Self { position: Position(self.position.0 - changes), ..self }
    }

    /// Whether this one comes later.
    #[must_use]
    pub fn is_after(self, other: Self) -> bool {
        self.number() > other.number()
    }

    /// As one number: of the later of two it is greater.
    fn number(self) -> i64 {
        i64::from(self.rewinds) << POSITION_BITS | self.position.0
    }
}

/// What subscribers hear.
#[derive(Debug, Clone)]
enum Heard {
    Change(Arc<Change>),
    /// What was told does not hold any more.
    Rewound,
}

/// The database as the feed needs it.
pub struct Source {
    /// For what subscribers missed.
    pub pool: Pool,
    /// The ways to it: the feed listens on the first, and any of them tells whether the database is there.
    pub ways: Vec<PgConnectOptions>,
    /// How long it may leave a question unanswered.
    pub patience: Duration,
}

/// This server's end of the feed.
#[derive(Clone)]
pub struct Feed {
    pool: Pool,
    id: Uuid,
    changes: broadcast::Sender<Heard>,
    pulse: watch::Receiver<Pulse>,
    /// The place of the last change that this server made itself, or a later one: it may not have heard of it yet.
    made: Arc<AtomicI64>,
    upcoming: Arc<Upcoming>,
    /// Changes when there may be something new in the history.
    history: watch::Receiver<()>,
    /// When changes were made, for those who come back with their cursors.
    times: Cache<Place, DateTime<Utc>>,
}

impl Feed {
    /// Begins to listen, from the feed's present position on, until `shutdown`.
    pub async fn start(source: Source, shutdown: CancellationToken) -> Result<Self, StoreError> {
        let Source { pool, ways, patience } = source;
        let (id, _) = changes::head(&pool).await?;
        let last = changes::last(&pool).await?;
        let position = last.as_ref().map_or(Position::START, |change| change.position);
        let (pulse_sender, pulse) = watch::channel(Pulse { position, listening: false, current: true, rewinds: 0 });
        let (history_sender, history) = watch::channel(());
        let (changes, _) = broadcast::channel(BROADCAST_CAPACITY);
        let upcoming = Arc::new(Upcoming::default());
        let news = News {
            changes: changes.clone(),
            pulse: pulse_sender,
            history: history_sender,
            presence: pool.presence().clone(),
            upcoming: upcoming.clone(),
            last,
        };
        let listener = listen::Listener::new(ways, patience, news);
        tokio::spawn(async move {
            tokio::select! {
                () = listener.run() => {}
                () = shutdown.cancelled() => {}
            }
        });
        let made = Arc::new(AtomicI64::new(position.0));
        Ok(Self { pool, id, changes, pulse, made, upcoming, history, times: Cache::new(TIMES) })
    }

    /// Which feed it is: cursors name it.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// How the listener fares now.
    pub fn pulse(&self) -> Pulse {
        *self.pulse.borrow()
    }

    /// The last place that this server knows of: of what it heard and of what it made.
    pub fn place(&self) -> Place {
        let Pulse { position, rewinds, .. } = self.pulse();
        let made = self.made.load(Ordering::Acquire);
        let is_of_now = made >> POSITION_BITS == i64::from(rewinds);
        let position = if is_of_now { position.max(Position(made & POSITION_MASK)) } else { position };
        Place { rewinds, position }
    }

    /// The last place that this server knows of, unless it may be old because the database does not answer.
    pub fn place_if_current(&self) -> Option<Place> {
        self.pulse().current.then(|| self.place())
    }

    /// Learns of a position that this server made itself, so that whoever asks it next finds it.
    pub async fn has_made(&self, position: Position) {
        let place = Place { rewinds: self.pulse().rewinds, position };
        self.upcoming.make_ready(place).await;
        self.made.fetch_max(place.number(), Ordering::AcqRel);
    }

    /// Has this done before a place is shown to anyone.
    pub fn before_showing(&self, prepare: Prepare) {
        self.upcoming.set(prepare);
    }

    /// The feed as it will be once a place is shown.
    #[must_use]
    pub fn at(&self, place: Place) -> Self {
        Self { made: Arc::new(AtomicI64::new(place.number())), ..self.clone() }
    }

    /// Waits until this server has heard of something else than this position.
    pub async fn moves_from(&self, position: Position) {
        if self.pulse.clone().wait_for(|pulse| pulse.position != position).await.is_err() {
            // The listener ends with the server, and hears of nothing more.
            std::future::pending().await
        }
    }

    /// The position that a cursor means, if it is a cursor of this feed and not ahead of it, and its place is still that of the change
    /// for which it was given out.
    pub async fn locate(&self, cursor: FeedCursor) -> Result<Option<Position>, StoreError> {
        let FeedCursor { feed, position, at } = cursor;
        if feed != self.id || position < Position::START {
            return Ok(None);
        }
        let is_known = match at {
            Some(at) => self.made_at(position).await?.map(|at| at.timestamp_micros()) == Some(at),
            // Another server may have heard of it earlier.
            None => position <= self.place().position || position <= changes::head(&self.pool).await?.1,
        };
        Ok(is_known.then_some(position))
    }

    /// When the change at a position was made. Many who come back at once ask the same.
    pub async fn made_at(&self, position: Position) -> Result<Option<DateTime<Utc>>, StoreError> {
        let place = Place { position, ..self.place() };
        if let Some(at) = self.times.get(&place).await {
            return Ok(Some(at));
        }
        let at = changes::made_at(&self.pool, position).await?;
        if let Some(at) = at {
            self.times.insert(place, at).await;
        }
        Ok(at)
    }

    /// The changes after a position that are in the database, [`changes::CATCH_UP_ROWS`] at most.
    pub async fn read_after(&self, position: Position) -> Result<Vec<Change>, StoreError> {
        changes::after(&self.pool, position).await
    }
}
