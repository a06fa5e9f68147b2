//! When batched loads run.

use std::{
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use futures_util::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{FuturesUnordered, poll_fn},
    task::AtomicWaker,
};
use tokio::task::unconstrained;

/// The loads that an execution has asked for. They run in the execution's own task, and only once every resolver that can go on
/// has gone on: each batch is then complete, without a delay to wait for stragglers, and the number of statements does not
/// depend on the machine.
#[derive(Clone, Default)]
pub struct Loads {
    asked: Arc<Mutex<Vec<BoxFuture<'static, ()>>>>,
}

/// Wakes the task, and remembers that it did.
#[derive(Default)]
struct Wakened {
    task: AtomicWaker,
    woken: AtomicBool,
}

impl Wake for Wakened {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.task.wake();
    }
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
        let wakened = Arc::new(Wakened::default());
        poll_fn(move |context| self.poll(execution.as_mut(), &mut running, &wakened, context))
    }

    fn poll<S: Stream>(
        &self,
        mut execution: Pin<&mut S>,
        running: &mut FuturesUnordered<BoxFuture<'static, ()>>,
        wakened: &Arc<Wakened>,
        context: &mut Context<'_>,
    ) -> Poll<Option<S::Item>> {
        wakened.task.register(context.waker());
        let waker = Waker::from(Arc::clone(wakened));
        loop {
            wakened.woken.store(false, Ordering::Release);
            // Without tokio's budget, which would make the execution wait although it could go on.
            let next = unconstrained(std::future::poll_fn(|context| execution.as_mut().poll_next(context)));
            if let Poll::Ready(item) = pin!(next).poll(&mut Context::from_waker(&waker)) {
                return Poll::Ready(item);
            }
            // A long list polls its items in parts, and wakes itself in between.
            if wakened.woken.load(Ordering::Acquire) {
                continue;
            }
            running.extend(self.take());
            // A load that ends lets the execution go on.
            if !matches!(running.poll_next_unpin(context), Poll::Ready(Some(()))) {
                return Poll::Pending;
            }
        }
    }
}
