//! When batched loads run.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use futures_util::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{FuturesUnordered, poll_fn},
};

/// The loads that an execution has asked for. They run in the execution's own task, and only once every resolver that can go on
/// has gone on: each batch is then complete, without a delay to wait for stragglers, and the number of statements does not
/// depend on the machine.
#[derive(Clone, Default)]
pub struct Loads {
    asked: Arc<Mutex<Vec<BoxFuture<'static, ()>>>>,
}

impl Loads {
    /// Takes a load on; it runs when [`Loads::drive`] comes to it.
    pub fn ask(&self, load: BoxFuture<'static, ()>) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(load);
    }

    fn take(&self) -> Vec<BoxFuture<'static, ()>> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs an execution together with the loads that it asks for.
    pub fn drive<S: Stream>(self, execution: S) -> impl Stream<Item = S::Item> {
        let mut execution = Box::pin(execution);
        let mut running = FuturesUnordered::new();
        poll_fn(move |context| self.poll(execution.as_mut(), &mut running, context))
    }

    fn poll<S: Stream>(
        &self,
        mut execution: Pin<&mut S>,
        running: &mut FuturesUnordered<BoxFuture<'static, ()>>,
        context: &mut Context<'_>,
    ) -> Poll<Option<S::Item>> {
        loop {
            if let Poll::Ready(item) = execution.as_mut().poll_next(context) {
                return Poll::Ready(item);
            }
            running.extend(self.take());
            // A load that ends lets the execution go on.
            if !matches!(running.poll_next_unpin(context), Poll::Ready(Some(()))) {
                return Poll::Pending;
            }
        }
    }
}
