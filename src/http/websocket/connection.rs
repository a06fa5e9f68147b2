//! A socket as all who write to it see it: the session, the tasks of its operations, and the topics that it watches. Writing goes straight
//! to the socket; what the client does not take at once waits, bounded, for the session to write it.

use std::{
    io::{self, Read, Write},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{net::TcpStream, sync::Notify, time::Instant};
use tungstenite::protocol::frame::{
    FrameHeader,
    coding::{Data, OpCode},
};

use super::{
    Close,
    message::Outgoing,
    running::{How, Running},
};
use crate::http::{
    live::Membership,
    outbox::{QUEUE_BYTES, Undeliverable},
};

/// A socket, shared.
pub struct Connection {
    stream: TcpStream,
    /// Wakes the session: there is something to write, a wish to close, or an operation that has ended.
    pub attention: Notify,
    /// Wakes those who wait for room.
    room: Notify,
    state: Mutex<State>,
    patience: Duration,
}

#[derive(Default)]
pub struct State {
    /// What the client has not taken yet, from `sent` on.
    backlog: Vec<u8>,
    sent: usize,
    /// Since when the client has taken nothing of it.
    stuck: Option<Instant>,
    /// Why the socket is to be closed.
    pub closing: Option<Close>,
    /// The operations that the client listens to.
    pub running: Vec<Running>,
    /// Tasks of operations, also of those that the client does not listen to any more.
    pub tasks: usize,
}

/// What the WebSocket library reads from and writes to: what it writes itself, pongs and closes, takes its place among the rest.
pub struct Wire(pub Arc<Connection>);

impl State {
    /// How many operations there are: tasks, and places among those who watch the same.
    pub fn operations(&self) -> usize {
        let shared = self.running.iter().filter(|running| matches!(running.how, How::Shared { place: Some(_), .. }));
        self.tasks + shared.count()
    }
}

impl Connection {
    /// A socket whose client may take nothing for at most `patience`.
    pub fn new(stream: TcpStream, patience: Duration) -> Self {
        let state = Mutex::default();
        Self { stream, attention: Notify::new(), room: Notify::new(), state, patience }
    }

    /// Waits until there may be something to read, or until some of what waits may be written.
    pub async fn ready(&self) -> io::Result<()> {
        let stuck = self.state().stuck;
        let Some(stuck) = stuck else { return self.stream.readable().await };
        tokio::select! {
            readable = self.stream.readable() => readable,
            writable = tokio::time::timeout_at(stuck + self.patience, self.stream.writable()) => {
                writable.map_err(|_| io::ErrorKind::TimedOut)??;
                self.write_on()
            }
        }
    }

    /// Writes what waits, as far as the client takes it.
    fn write_on(&self) -> io::Result<()> {
        let mut state = self.state();
        while state.sent < state.backlog.len() {
            match self.stream.try_write(&state.backlog[state.sent..]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => {
                    state.sent += written;
                    state.stuck = Some(Instant::now());
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        if state.sent == state.backlog.len() {
            (state.backlog, state.sent, state.stuck) = (Vec::new(), 0, None);
        }
        drop(state);
        self.room.notify_waiters();
        Ok(())
    }

    /// Writes a message that belongs to no operation.
    pub fn write(&self, text: &[u8]) -> Result<(), Undeliverable> {
        let mut state = self.state();
        self.put(&mut state, frame(&mut Vec::new(), |frame| frame.extend_from_slice(text)))
    }

    /// Writes an operation's next answer without waiting, as one of many who get it. A client that has no room for it is to be closed.
    pub fn offer(&self, number: u64, payload: &[u8], scratch: &mut Vec<u8>) -> Result<(), Undeliverable> {
        let mut state = self.state();
        let running = state.running.iter().find(|running| running.number == number).ok_or(Undeliverable::Gone)?;
        let frame = frame(scratch, |text| Outgoing::Next(payload).write(&running.id, text));
        let put = self.put(&mut state, frame);
        if put == Err(Undeliverable::TooSlow) {
            state.closing.get_or_insert_with(Close::too_slow);
            self.attention.notify_one();
        }
        put
    }

    /// Writes a message of an operation once there is room, unless the client has completed it: from then on, nothing more may come. The
    /// last message makes the id free, in one step with its writing, so that the id is never free too early or too late.
    pub async fn send(&self, number: u64, message: Outgoing<'_>) -> Result<(), Undeliverable> {
        let (mut scratch, mut ended) = (Vec::new(), None);
        let outcome = loop {
            let room = self.room.notified();
            {
                let mut state = self.state();
                let Some(place) = state.running.iter().position(|running| running.number == number) else {
                    return Err(Undeliverable::Gone);
                };
                let frame = frame(&mut scratch, |text| message.write(&state.running[place].id, text));
                match self.put(&mut state, frame) {
                    Err(Undeliverable::TooSlow) => {}
                    outcome => {
                        if message.is_last() {
                            ended = Some(state.running.swap_remove(place));
                        }
                        break outcome;
                    }
                }
            }
            if tokio::time::timeout(self.patience, room).await.is_err() {
                return Err(Undeliverable::TooSlow);
            }
        };
        // Not under the lock: to end may need other locks.
        drop(ended);
        outcome
    }

    /// Writes bytes, or lets them wait. A message longer than the queue waits alone.
    fn put(&self, state: &mut State, bytes: &[u8]) -> Result<(), Undeliverable> {
        let waiting = state.backlog.len() - state.sent;
        if waiting == 0 {
            let written = match self.stream.try_write(bytes) {
                Ok(written) => written,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
                Err(_) => return Err(Undeliverable::Gone),
            };
            if written < bytes.len() {
                state.backlog.extend_from_slice(&bytes[written..]);
                state.stuck = Some(Instant::now());
                self.attention.notify_one();
            }
            Ok(())
        } else if waiting + bytes.len() > QUEUE_BYTES {
            Err(Undeliverable::TooSlow)
        } else {
            if state.sent > waiting {
                let sent = mem::take(&mut state.sent);
                state.backlog.drain(..sent);
            }
            state.backlog.extend_from_slice(bytes);
            Ok(())
        }
    }

    /// Hands an operation its place among those who watch the same. One that has been completed meanwhile gives it up.
    pub fn attach(&self, number: u64, membership: Membership) {
        let mut state = self.state();
        let running = state.running.iter_mut().find(|running| running.number == number);
        let left = match running.map(|running| &mut running.how) {
            Some(How::Shared { place, .. }) => place.replace(membership),
            _ => Some(membership),
        };
        drop(state);
        // Not under the lock: leaving needs other locks.
        drop(left);
    }

    /// Asks the session to close the socket.
    pub fn close(&self, close: Close) {
        self.state().closing.get_or_insert(close);
        self.attention.notify_one();
    }

    /// Ends the operations that a condition names. Not under the lock: to end may need other locks.
    pub fn end(&self, condition: impl Fn(&Running) -> bool) {
        let ended: Vec<Running> = {
            let mut state = self.state();
            let (ended, left) = mem::take(&mut state.running).into_iter().partition(condition);
            state.running = left;
            ended
        };
        ended.into_iter().for_each(Running::stop);
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a frame of a text message, as servers send them, unmasked. Its header is put before the text once its length is known.
fn frame(scratch: &mut Vec<u8>, text: impl FnOnce(&mut Vec<u8>)) -> &[u8] {
    const ROOM: usize = 14;
    scratch.clear();
    scratch.resize(ROOM, 0);
    text(scratch);
    let length = scratch.len() - ROOM;
    let header = FrameHeader { is_final: true, opcode: OpCode::Data(Data::Text), ..FrameHeader::default() };
    let start = ROOM - header.len(length as u64);
    // There is room for the longest.
    let _ = header.format(length as u64, &mut &mut scratch[start..ROOM]);
    &scratch[start..]
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.stream.try_read(buffer)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.0.state();
        match self.0.put(&mut state, bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(Undeliverable::Gone) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(Undeliverable::TooSlow) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
