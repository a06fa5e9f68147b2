//! Thousands of subscribers in one process, as lean as they can be: one thread, one poll, and frames read by hand, so that what is
//! measured is the server.

mod frame;

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
};

use mio::{Events, Interest, Poll, Token};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tracker::clock::{Surroundings, System};

use self::frame::{Frame, take};
use super::Outcome;

/// What the subscribers do, as they are told in a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Orders {
    /// Host and port.
    pub server: String,
    pub subscribers: usize,
    /// The subscriptions, given out in turn.
    pub documents: Vec<String>,
    pub protocol: Protocol,
}

/// How subscribers and server speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Protocol {
    /// `graphql-transport-ws`.
    GraphqlWs,
    /// A WebSocket on which the server sends and nobody asks.
    BareWs,
    /// Server-sent events.
    Sse,
}

/// What the subscribers tell.
#[derive(Debug, Serialize, Deserialize)]
pub enum Said {
    /// All are there.
    Connected,
    /// Each has got one more event: when the first had it, and the last, in microseconds since 1970.
    Received { first: i64, last: i64 },
    /// What a subscriber of each document got as the first event.
    Payloads(Vec<String>),
}

/// The server's side of a subscriber's socket, and what has come of a message that is not whole yet.
struct Subscriber {
    stream: mio::net::TcpStream,
    pending: Vec<u8>,
    events: usize,
}

/// An event on its way to everyone.
#[derive(Debug, Clone, Copy)]
struct Round {
    received: usize,
    first: i64,
}

/// Connects all, and tells of every event that has reached all, until it is ended.
pub fn run(arguments: &[&str]) -> Outcome {
    let [orders] = arguments else { return Err("watch: which orders?".into()) };
    let orders: Orders = serde_json::from_slice(&std::fs::read(orders)?)?;
    let mut poll = Poll::new()?;
    let mut subscribers = Vec::with_capacity(orders.subscribers);
    for number in 0..orders.subscribers {
        let (stream, pending) = open(&orders, number)?;
        stream.set_nonblocking(true)?;
        let mut stream = mio::net::TcpStream::from_std(stream);
        poll.registry().register(&mut stream, Token(number), Interest::READABLE)?;
        subscribers.push(Subscriber { stream, pending, events: 0 });
    }
    say(&Said::Connected)?;
    let mut watch = Watch { orders, subscribers, rounds: Vec::new(), payloads: Vec::new() };
    watch.payloads.resize(watch.orders.documents.len(), String::new());
    let mut events = Events::with_capacity(1024);
    loop {
        poll.poll(&mut events, None)?;
        for event in &events {
            watch.read(event.token().0)?;
        }
    }
}

fn say(said: &Said) -> Outcome {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(said)?)?;
    Ok(out.flush()?)
}

/// Connects one subscriber and has it subscribe; answers with what came beyond the handshake.
fn open(orders: &Orders, number: usize) -> Outcome<(TcpStream, Vec<u8>)> {
    let mut stream = TcpStream::connect(&orders.server)?;
    stream.set_nodelay(true)?;
    let kind = number % orders.documents.len();
    let server = &orders.server;
    let document = &orders.documents[kind];
    if orders.protocol == Protocol::Sse {
        let body = json!({ "query": document }).to_string();
        let length = body.len();
        stream.write_all(
            format!(
                "POST /graphql HTTP/1.1\r\nhost: {server}\r\naccept: text/event-stream\r\n\
                 content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
            )
            .as_bytes(),
        )?;
        let pending = expect_head(&mut stream, "200")?;
        return Ok((stream, pending));
    }
    stream.write_all(
        format!(
            "GET /graphql?kind={kind} HTTP/1.1\r\nhost: {server}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             sec-websocket-protocol: graphql-transport-ws\r\n\r\n"
        )
        .as_bytes(),
    )?;
    let mut pending = expect_head(&mut stream, "101")?;
    if orders.protocol == Protocol::GraphqlWs {
        stream.write_all(&frame::masked(frame::TEXT, br#"{"type":"connection_init"}"#))?;
        let acknowledged = read_frame(&mut stream, &mut pending)?;
        if !contains(&acknowledged, b"connection_ack") {
            return Err(format!("not acknowledged: {}", String::from_utf8_lossy(&acknowledged)).into());
        }
        // Every client chooses its own ids; those of graphql-ws look like this.
        let id = format!("7f0e1c52-0000-4000-8000-{number:012}");
        let message = json!({ "id": id, "type": "subscribe", "payload": { "query": document } }).to_string();
        stream.write_all(&frame::masked(frame::TEXT, message.as_bytes()))?;
    }
    Ok((stream, pending))
}

/// Reads the head of an answer of a status, and gives back what came after it.
fn expect_head(stream: &mut TcpStream, status: &str) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            if bytes.get(9..12) != Some(status.as_bytes()) {
                return Err(String::from_utf8_lossy(&bytes).into());
            }
            return Ok(bytes.split_off(end + 4));
        }
        more(stream, &mut bytes)?;
    }
}

fn read_frame(stream: &mut TcpStream, pending: &mut Vec<u8>) -> Outcome<Vec<u8>> {
    loop {
        if let Some((frame, length)) = take(pending) {
            let payload = frame.payload.to_vec();
            pending.drain(..length);
            return Ok(payload);
        }
        more(stream, pending)?;
    }
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Outcome {
    let mut chunk = [0; 4096];
    match stream.read(&mut chunk)? {
        0 => Err("the server has closed a connection".into()),
        length => {
            bytes.extend_from_slice(&chunk[..length]);
            Ok(())
        }
    }
}

struct Watch {
    orders: Orders,
    subscribers: Vec<Subscriber>,
    rounds: Vec<Round>,
    payloads: Vec<String>,
}

impl Watch {
    /// Takes all that has come for a subscriber.
    fn read(&mut self, number: usize) -> Outcome {
        let mut chunk = [0; 16 << 10];
        loop {
            let length = match self.subscribers[number].stream.read(&mut chunk) {
                Ok(0) => return Err(format!("subscriber {number} was cut off").into()),
                Ok(length) => length,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            self.take(number, &chunk[..length])?;
            // What is shorter than there is room for was all.
            if length < chunk.len() {
                return Ok(());
            }
        }
    }

    fn take(&mut self, number: usize, bytes: &[u8]) -> Outcome {
        let mut pending = std::mem::take(&mut self.subscribers[number].pending);
        // Mostly there is nothing pending, and a message comes whole.
        let joined = if pending.is_empty() {
            bytes
        } else {
            pending.extend_from_slice(bytes);
            &pending
        };
        let used = match self.orders.protocol {
            Protocol::Sse => self.take_events(number, joined)?,
            Protocol::GraphqlWs | Protocol::BareWs => self.take_frames(number, joined)?,
        };
        self.subscribers[number].pending = joined[used..].to_vec();
        Ok(())
    }

    fn take_frames(&mut self, number: usize, bytes: &[u8]) -> Outcome<usize> {
        let mut used = 0;
        while let Some((Frame { opcode, payload }, length)) = take(&bytes[used..]) {
            used += length;
            match opcode {
                frame::TEXT if contains(payload, br#""type":"next""#) => self.received(number, payload)?,
                frame::TEXT if contains(payload, br#""type":"ping""#) => {
                    self.answer(number, frame::TEXT, br#"{"type":"pong"}"#)?;
                }
                frame::TEXT if contains(payload, br#""type":"pong""#) => {}
                frame::PING => self.answer(number, frame::PONG, payload)?,
                frame::PONG => {}
                _ => return Err(format!("subscriber {number}: {}", String::from_utf8_lossy(payload)).into()),
            }
        }
        Ok(used)
    }

    fn take_events(&mut self, number: usize, bytes: &[u8]) -> Outcome<usize> {
        const NEXT: &[u8] = b"event: next\n";
        let mut used = 0;
        while let Some(place) = bytes[used..].windows(2).position(|two| two == b"\n\n") {
            let event = &bytes[used..used + place + 2];
            used += place + 2;
            if contains(event, NEXT) {
                self.received(number, event)?;
            }
        }
        Ok(used)
    }

    fn answer(&mut self, number: usize, opcode: u8, payload: &[u8]) -> Outcome {
        Ok(self.subscribers[number].stream.write_all(&frame::masked(opcode, payload))?)
    }

    fn received(&mut self, number: usize, payload: &[u8]) -> Outcome {
        let now = System.now().timestamp_micros();
        let round = self.subscribers[number].events;
        self.subscribers[number].events += 1;
        if round == 0 && number < self.payloads.len() {
            self.payloads[number] = String::from_utf8_lossy(payload).into_owned();
        }
        if round == self.rounds.len() {
            self.rounds.push(Round { received: 0, first: now });
        }
        let at = &mut self.rounds[round];
        at.received += 1;
        if at.received < self.subscribers.len() {
            return Ok(());
        }
        say(&Said::Received { first: at.first, last: now })?;
        if round == 0 { say(&Said::Payloads(std::mem::take(&mut self.payloads))) } else { Ok(()) }
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
