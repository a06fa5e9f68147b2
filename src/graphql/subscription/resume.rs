//! How a transport and a subscription tell each other where in the feed they are.

use std::sync::{Arc, Mutex, PoisonError};

/// Carries the place to resume after into a subscription, and each event's place out of it. A server-sent event shows its place as
/// its id, whatever fields the client selected.
#[derive(Debug, Clone, Default)]
pub struct Resume(Arc<Mutex<Places>>);

#[derive(Debug, Default)]
struct Places {
    after: Option<String>,
    current: Option<String>,
}

impl Resume {
    /// Resumes after a cursor that the transport brings.
    pub fn after(cursor: Option<String>) -> Self {
        Self(Arc::new(Mutex::new(Places { after: cursor, current: None })))
    }

    /// The cursor that the transport brings.
    pub fn resume_after(&self) -> Option<String> {
        self.places().after.clone()
    }

    /// Says where the event that is about to be passed on stands.
    pub fn set_cursor(&self, cursor: String) {
        self.places().current = Some(cursor);
    }

    /// Where the event that was just passed on stands.
    pub fn take_cursor(&self) -> Option<String> {
        self.places().current.take()
    }

    fn places(&self) -> std::sync::MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
