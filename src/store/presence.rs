//! Whether the database is there: who needs it asks here first and is told no at once, instead of waiting for what does not come.

use std::{io, sync::Arc};

use tokio::{sync::watch, time::Instant};

#[derive(Debug, Clone, Copy)]
struct Found {
    there: bool,
    /// When it was last found there after it had been gone.
    since: Instant,
}

/// Whether the database answers, as whoever looks after it found last. Clones share it. Where nobody looks, it is taken to be there.
#[derive(Debug, Clone)]
pub struct Presence(Arc<watch::Sender<Found>>);

impl Default for Presence {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Found { there: true, since: Instant::now() })))
    }
}

impl Presence {
    /// Says what was found.
    pub fn found(&self, there: bool) {
        self.0.send_if_modified(|found| {
            let is_news = found.there != there;
            if is_news {
                found.there = there;
            }
            if is_news && there {
                found.since = Instant::now();
            }
            is_news
        });
    }

    /// Trusts no connection from before any more.
    pub fn distrust(&self) {
        self.0.send_modify(|found| found.since = Instant::now());
    }

    /// Whether it was there when last looked for.
    pub fn is_there(&self) -> bool {
        self.0.borrow().there
    }

    /// Whether a connection that was made then may still lead to the database: one from before an absence leads to a server that died,
    /// or to one that is not the primary any more.
    pub fn trusts(&self, made: Instant) -> bool {
        made >= self.since()
    }

    /// When it was last found there after it had been gone.
    pub fn since(&self) -> Instant {
        self.0.borrow().since
    }

    /// Waits until it is gone.
    pub async fn lost(&self) {
        self.until(false).await;
    }

    /// Waits until it is there.
    pub async fn back(&self) {
        self.until(true).await;
    }

    async fn until(&self, there: bool) {
        // The sender lives as long as this does.
        let _ = self.0.subscribe().wait_for(|found| found.there == there).await;
    }

    /// Does something for as long as it is there.
    pub async fn during<T>(&self, work: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
        if !self.is_there() {
            return Err(gone());
        }
        tokio::select! {
            biased;
            done = work => done,
            () = self.lost() => Err(gone()),
        }
    }
}

/// What is said instead of asking a database that is gone.
pub(super) fn gone() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(io::ErrorKind::NotConnected, "it did not answer when last looked for"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_waits_for_a_database_that_goes_is_told_at_once() {
        let presence = Presence::default();
        let waiting = presence.during(std::future::pending::<Result<(), sqlx::Error>>());
        let losing = async { presence.found(false) };
        let (outcome, ()) = tokio::join!(waiting, losing);
        assert!(matches!(outcome, Err(sqlx::Error::Io(_))));
        assert!(presence.during(async { Ok(()) }).await.is_err(), "nothing is begun");
        presence.found(true);
        assert!(presence.during(async { Ok(()) }).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_from_before_an_absence_is_not_trusted() {
        let presence = Presence::default();
        tokio::time::advance(Duration::from_secs(1)).await;
        let old = Instant::now();
        tokio::time::advance(Duration::from_secs(1)).await;
        presence.found(true);
        assert!(presence.trusts(old), "it was there all the time");
        presence.found(false);
        presence.found(true);
        assert!(!presence.trusts(old));
        assert!(presence.trusts(Instant::now()));
    }
}
