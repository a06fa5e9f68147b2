//! What the listener tells the rest of the server: each change, how it fares itself, and that the past has changed.

use std::sync::Arc;

use sqlx::PgConnection;
use tokio::sync::{broadcast, watch};

use super::{Heard, Place, Pulse, upcoming::Upcoming};
use crate::{
    domain::{change::Change, position::Position},
    store::{changes, error::StoreError, presence::Presence},
};

/// What the listener found when it last looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Whether it hears of new changes at once.
    pub listening: bool,
    /// Whether the database answered.
    pub current: bool,
}

/// The ends into which the listener speaks.
pub struct News {
    pub changes: broadcast::Sender<Heard>,
    pub pulse: watch::Sender<Pulse>,
    pub history: watch::Sender<()>,
    pub presence: Presence,
    pub upcoming: Arc<Upcoming>,
    /// The last change that was passed on: the database must still have it when it is asked for the next.
    pub last: Option<Change>,
}

impl News {
    /// Says how the listener fares; `true` if that is new.
    pub fn fares(&self, seen: Seen) -> bool {
        let Seen { listening, current } = seen;
        let is_news = self.pulse.send_if_modified(|pulse| {
            let is_news = seen != Seen { listening: pulse.listening, current: pulse.current };
            *pulse = Pulse { listening, current, ..*pulse };
            is_news
        });
        self.presence.found(current);
        is_news
    }

    /// The last position that was passed on.
    pub fn position(&self) -> Position {
        self.pulse.borrow().position
    }

    /// Reads on from the last change and passes every new one on.
    pub async fn catch_up(&mut self, connection: &mut PgConnection) -> Result<(), StoreError> {
        loop {
            let last = self.position();
            // With the last one again, to see whether it is still what it was.
            let rows = changes::after(&mut *connection, Position(last.0 - 1)).await?;
            let are_all = rows.len() < changes::CATCH_UP_ROWS.unsigned_abs() as usize;
            let mut rows = rows.into_iter().peekable();
            if rows.next_if(|change| change.position == last) != self.last {
                self.rewind(connection).await?;
                continue;
            }
            let rows: Vec<Change> = rows.collect();
            if let (Some(newest), true) = (rows.last(), are_all) {
                let rewinds = self.pulse.borrow().rewinds;
                self.upcoming.make_ready(Place { rewinds, position: newest.position }).await;
            }
            for change in rows {
                self.pulse.send_modify(|pulse| pulse.position = change.position);
                self.last = Some(change.clone());
                // Without subscribers there is nobody to send to, and nothing is wrong.
                let _ = self.changes.send(Heard::Change(Arc::new(change)));
            }
            if are_all {
                self.tell_of_history();
                return Ok(());
            }
        }
    }

    /// Tells those who follow the history that there is more of it. They look for themselves: they are few.
    pub fn tell_of_history(&self) {
        self.history.send_replace(());
    }

    /// Goes on from where the feed ends now: a standby took over that had not received all that was told.
    async fn rewind(&mut self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let (told, last) = (self.position(), changes::last(connection).await?);
        let head = last.as_ref().map_or(Position::START, |change| change.position);
        tracing::error!(%told, %head, "the database has lost changes that were told already");
        self.last = last;
        self.pulse.send_modify(|pulse| {
            pulse.position = head;
            pulse.rewinds += 1;
        });
        let _ = self.changes.send(Heard::Rewound);
        Ok(())
    }
}
