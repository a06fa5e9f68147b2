//! What is done before a new place is shown, so that a crowd does not wait for it after.

use std::{sync::OnceLock, time::Duration};

use futures_util::future::BoxFuture;
use tokio::{sync::Mutex, time::timeout};

use super::Place;

/// How long a new place is held back at most.
const LONGEST: Duration = Duration::from_millis(250);

/// Makes ready what is asked for most, for a place that is in the database and not shown yet.
pub type Prepare = Box<dyn Fn(Place) -> BoxFuture<'static, ()> + Send + Sync>;

/// Places that are about to be shown: the listener and whoever made a change come with the same ones.
#[derive(Default)]
pub struct Upcoming {
    prepare: OnceLock<Prepare>,
    last: Mutex<Option<Place>>,
}

impl Upcoming {
    /// Sets what is done before a place is shown; once.
    pub fn set(&self, prepare: Prepare) {
        // A feed is served by one server.
        let _ = self.prepare.set(prepare);
    }

    /// Makes ready for a place, or waits until another has.
    pub async fn make_ready(&self, place: Place) {
        let Some(prepare) = self.prepare.get() else { return };
        let preparing = async {
            let mut last = self.last.lock().await;
            if last.is_some_and(|last: Place| !place.is_after(last)) {
                return;
            }
            // As a task of its own: who waits may stand deep in the execution of a mutation, and this executes, too.
            match tokio::spawn(prepare(place)).await {
                Ok(()) => *last = Some(place),
                Err(error) => tracing::error!(%error, "what many ask for could not be made ahead"),
            }
        };
        // What is not ready by then is made for whoever asks first.
        let _ = timeout(LONGEST, preparing).await;
    }
}
