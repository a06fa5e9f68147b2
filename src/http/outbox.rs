//! What is on its way to one client: a queue that is bounded in bytes. Whoever fills it waits, and gives up on a client that takes
//! nothing for too long, so that a slow reader costs a fixed amount of memory and delays nobody else.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// Bytes that wait for one client at most. A single message may be longer; then it waits alone.
pub const QUEUE_BYTES: usize = 1 << 20;

/// Why a message can't be queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undeliverable {
    /// The client took nothing for too long.
    TooSlow,
    /// The client has gone.
    Gone,
}

/// The end that fills the queue.
pub struct Outbox<T> {
    queue: mpsc::UnboundedSender<(T, Option<Room>)>,
    room: Arc<Semaphore>,
    capacity: usize,
    patience: Duration,
}

/// The end that empties the queue.
pub struct Inbox<T> {
    queue: mpsc::UnboundedReceiver<(T, Option<Room>)>,
}

/// Room for one message, given back when the message has been written.
pub struct Room {
    _permit: OwnedSemaphorePermit,
}

/// A queue for a client that may take nothing for at most `patience`.
pub fn outbox<T>(patience: Duration) -> (Outbox<T>, Inbox<T>) {
    with_capacity(QUEUE_BYTES, patience)
}

fn with_capacity<T>(capacity: usize, patience: Duration) -> (Outbox<T>, Inbox<T>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let room = Arc::new(Semaphore::new(capacity));
    (Outbox { queue: sender, room, capacity, patience }, Inbox { queue: receiver })
}

impl<T> Clone for Outbox<T> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone(), room: self.room.clone(), capacity: self.capacity, patience: self.patience }
    }
}

impl<T> Outbox<T> {
    /// Waits for room for a message of this many bytes.
    pub async fn room(&self, bytes: usize) -> Result<Room, Undeliverable> {
        let waiting = tokio::time::timeout(self.patience, self.room.clone().acquire_many_owned(self.permits(bytes)));
        tokio::select! {
            biased;
            () = self.queue.closed() => Err(Undeliverable::Gone),
            permit = waiting => match permit {
                Ok(Ok(permit)) => Ok(Room { _permit: permit }),
                Ok(Err(_)) => Err(Undeliverable::Gone),
                Err(_) => Err(Undeliverable::TooSlow),
            },
        }
    }

    /// Room for a message of this many bytes, if there is any now.
    pub fn room_now(&self, bytes: usize) -> Result<Room, Undeliverable> {
        if self.queue.is_closed() {
            return Err(Undeliverable::Gone);
        }
        match self.room.clone().try_acquire_many_owned(self.permits(bytes)) {
            Ok(permit) => Ok(Room { _permit: permit }),
            Err(_) => Err(Undeliverable::TooSlow),
        }
    }

    /// A message that is longer than the queue waits alone.
    fn permits(&self, bytes: usize) -> u32 {
        u32::try_from(bytes.min(self.capacity)).unwrap_or(u32::MAX)
    }

    /// Queues a message for which there is room.
    pub fn put(&self, message: T, room: Room) {
        // A client that has gone misses nothing.
        let _ = self.queue.send((message, Some(room)));
    }

    /// Queues a message that is too small, and comes too seldom, to need room.
    pub fn put_small(&self, message: T) {
        let _ = self.queue.send((message, None));
    }

    /// Waits until the client has gone.
    pub async fn closed(&self) {
        self.queue.closed().await;
    }
}

impl<T> Inbox<T> {
    /// The next message, with the room to give back once it has been written.
    pub async fn next(&mut self) -> Option<(T, Option<Room>)> {
        self.queue.recv().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_reads_nothing_is_given_up_on_and_what_waits_stays_bounded() {
        let (outbox, mut inbox) = with_capacity(10, Duration::ZERO);
        let room = outbox.room(6).await.unwrap();
        outbox.put("six", room);
        assert_eq!(outbox.room(6).await.err(), Some(Undeliverable::TooSlow));
        let (message, room) = inbox.next().await.unwrap();
        assert_eq!(message, "six");
        drop(room);
        assert!(outbox.room(1000).await.is_ok(), "a message longer than the queue waits until it is alone");
    }

    #[tokio::test]
    async fn who_is_not_waited_for_gets_what_there_is_room_for() {
        let (outbox, inbox) = with_capacity(10, Duration::ZERO);
        outbox.put("six", outbox.room_now(6).unwrap());
        assert_eq!(outbox.room_now(6).err(), Some(Undeliverable::TooSlow));
        drop(inbox);
        assert_eq!(outbox.room_now(1).err(), Some(Undeliverable::Gone));
    }

    #[tokio::test]
    async fn who_has_gone_is_not_waited_for() {
        let (outbox, inbox) = with_capacity::<&str>(10, Duration::ZERO);
        let _room = outbox.room(10).await.unwrap();
        drop(inbox);
        assert_eq!(outbox.room(1).await.err(), Some(Undeliverable::Gone));
    }
}
