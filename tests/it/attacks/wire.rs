use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::newsroom::Server;

/// Long enough for anything that is going to happen.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection on which each byte is ours.
pub struct Line(TcpStream);

impl Line {
    pub async fn to(server: &Server) -> Self {
        Self(TcpStream::connect(host(server)).await.unwrap())
    }

    /// Sends some bytes. Whether the server still takes them, its answer tells.
    pub async fn say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.write_all(bytes.as_ref()).await.is_ok()
    }

    /// All that the server says until it closes the connection.
    pub async fn rest(&mut self) -> String {
        let mut said = Vec::new();
        // A reset is an end, too.
        let ended = timeout(PATIENCE, self.0.read_to_end(&mut said)).await;
        assert!(ended.is_ok(), "the server does not let go, and said {:?}", String::from_utf8_lossy(&said));
        String::from_utf8_lossy(&said).into_owned()
    }

    /// Sends a request with `Connection: close`, and answers with status and all that was said.
    pub async fn request(server: &Server, head: &str, body: &[u8]) -> (u16, String) {
        let mut line = Self::to(server).await;
        let host = if head.to_lowercase().contains("\r\nhost:") {
            String::new()
        } else {
            format!("Host: {}\r\n", host(server))
        };
        line.say(format!("{head}\r\n{host}Connection: close\r\n\r\n")).await;
        line.say(body).await;
        let said = line.rest().await;
        (status(&said), said)
    }
}

/// The status of an answer; 0 where there is none.
pub fn status(said: &str) -> u16 {
    said.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()).unwrap_or_default()
}

pub fn host(server: &Server) -> &str {
    server.url.strip_prefix("http://").unwrap()
}
