//! An operation that a client listens to.

use tokio_util::sync::CancellationToken;

use crate::http::{live::Membership, metrics::Open};

/// An operation that a client listens to, under the id that the client gave it.
pub struct Running {
    pub id: Box<str>,
    /// Tells two operations apart that had the same id one after the other.
    pub number: u64,
    pub how: How,
}

/// How an operation runs.
pub enum How {
    /// In a task that ends with one answer. A mutation's task can't be stopped: half of it must not be done.
    Once(Option<CancellationToken>),
    /// In a task that sends answers until it is stopped.
    Streams(CancellationToken),
    /// Among those who watch the same; without a place while it is being told what it missed.
    Shared { place: Option<Membership>, _counted: Open },
}

impl Running {
    /// Whether it goes on until somebody ends it.
    pub fn streams(&self) -> bool {
        !matches!(self.how, How::Once(_))
    }

    /// Ends it.
    pub fn stop(self) {
        match self.how {
            How::Once(Some(stop)) | How::Streams(stop) => stop.cancel(),
            How::Once(None) | How::Shared { .. } => {}
        }
    }
}
