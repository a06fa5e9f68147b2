//! A connection that carries requests one after the other, with next to no work of its own: where the time of single answers matters.

use std::{
    fmt::Write as _,
    io::{Read, Write as _},
    net::TcpStream,
};

use super::{Outcome, http::Request};

/// A connection that is kept, on the side of whoever asks.
pub struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A request as the bytes that are sent, and where to.
pub struct Ready {
    pub server: String,
    pub bytes: Vec<u8>,
}

impl Ready {
    pub fn of(request: &Request) -> Outcome<Self> {
        let url = url::Url::parse(&request.url)?;
        let server = format!("{}:{}", url.host_str().unwrap_or_default(), url.port().unwrap_or(80));
        let path = &url[url::Position::BeforePath..];
        let mut text = format!("{} {path} HTTP/1.1\r\nhost: {server}\r\n", request.method);
        for (name, value) in &request.headers {
            write!(text, "{name}: {value}\r\n")?;
        }
        let body = request.body.as_deref().unwrap_or_default();
        write!(text, "content-length: {}\r\n\r\n{body}", body.len())?;
        Ok(Self { server, bytes: text.into_bytes() })
    }
}

impl Wire {
    pub fn open(server: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(server)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 1 << 20] })
    }

    /// Sends a request and reads its whole answer, which has to be 200 and of a length that is told beforehand.
    pub fn exchange(&mut self, request: &[u8]) -> Outcome<&[u8]> {
        self.stream.write_all(request)?;
        let (mut have, mut whole) = (0, None);
        while whole.is_none_or(|(_, end)| have < end) {
            match self.stream.read(&mut self.buffer[have..])? {
                0 => return Err("a connection was closed, or an answer is too long".into()),
                length => have += length,
            }
            if whole.is_none() {
                whole = head(&self.buffer[..have])?;
            }
        }
        let (start, end) = whole.ok_or("an answer without end")?;
        Ok(&self.buffer[start..end])
    }
}

/// Where the body starts and ends, once the head is there.
fn head(bytes: &[u8]) -> Outcome<Option<(usize, usize)>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(&bytes[..end])?;
    if !head.starts_with("HTTP/1.1 200") {
        return Err(head.into());
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>())
    });
    let length = length.ok_or("an answer without length")??;
    Ok(Some((end + 4, end + 4 + length)))
}
