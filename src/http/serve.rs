//! Accepting connections, and letting go of them: nobody loses an answer because the server stops.

use std::{
    convert::Infallible,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, request::Parts},
};
use hyper::service::service_fn;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
    time::Instant,
};

use super::{
    App, metrics,
    response_cache::{ahead, front},
    routes,
};
use crate::config::Networks;

/// How long a client may leave what we sent without taking any of it. Then its connection ends, whatever runs on it.
const UNACKNOWLEDGED: Duration = Duration::from_secs(60);

/// The address that a connection comes from.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The address that is meant by one that may be a proxy's. Each proxy adds to the end of `X-Forwarded-For` where the request came to it from:
    /// read from there, the first that is no proxy of ours is whom it came from. What stands before that, anybody may have written.
    #[must_use]
    pub fn behind(self, proxies: &Networks, headers: &HeaderMap) -> Self {
        let lines = headers.get_all("x-forwarded-for").iter().rev();
        let said = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
        let mut address = self.0;
        for hop in said {
            if !proxies.contain(address) {
                break;
            }
            // Without an address there, nobody before it can be told.
            let Some(before) = parse_hop(hop.trim()) else { break };
            address = before;
        }
        Self(address)
    }

    /// The address that a request came from.
    pub fn of(parts: &Parts) -> Option<IpAddr> {
        parts.extensions.get::<Self>().map(|address| address.0)
    }
}

/// An address, with or without a port.
fn parse_hop(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().or_else(|_| text.parse::<SocketAddr>().map(|hop| hop.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

/// Serves until the app's shutdown begins, and then until the work in progress is done or its time is up.
pub async fn serve(listener: TcpListener, app: App) -> io::Result<()> {
    metrics::install();
    let upkeep = tokio::spawn(metrics::upkeep());
    let app = Arc::new(app);
    let live = tokio::spawn(app.live.clone().run());
    let router = routes::routes(app.clone());
    ahead::keep_ahead(&app);
    let connections = GracefulShutdown::new();
    let idle = Duration::from_secs(app.config.idle_seconds);
    let builder = builder(idle);
    loop {
        let accepted = tokio::select! {
            biased;
            () = app.shutdown.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, address)) => connect(&builder, (stream, address), &app, &router, &connections),
            Err(error) => refused(&error).await,
        }
    }
    drop(listener);
    tracing::info!(seconds = app.config.drain_seconds, "shutting down: letting requests finish");
    app.connections.close();
    let drained = async { tokio::join!(connections.shutdown(), app.connections.wait()) };
    if tokio::time::timeout(Duration::from_secs(app.config.drain_seconds), drained).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
    upkeep.abort();
    live.abort();
    Ok(())
}

fn builder(idle: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(idle);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(Duration::from_secs(20))
        .max_concurrent_streams(256);
    builder
}

fn connect(
    builder: &Builder<TokioExecutor>,
    (stream, address): (TcpStream, SocketAddr),
    app: &Arc<App>,
    router: &Router,
    connections: &GracefulShutdown,
) {
    prepare(&stream);
    let client = ClientAddress(address.ip().to_canonical());
    let begun = Arc::new(Notify::new());
    let service = service_fn({
        let (app, router, begun) = (app.clone(), router.clone(), begun.clone());
        move |request: axum::http::Request<hyper::body::Incoming>| {
            begun.notify_one();
            let (app, router) = (app.clone(), router.clone());
            async move { Ok::<_, Infallible>(front::answer(&app, router, client, request.map(Body::new)).await) }
        }
    });
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
    let connection = connections.watch(connection);
    let idle = Duration::from_secs(app.config.idle_seconds);
    tokio::spawn(async move {
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            biased;
            ended = &mut connection => ended,
            // From here on each protocol has a watch of its own. Before, it is not even known which it is.
            () = begun.notified() => connection.await,
            () = tokio::time::sleep(idle) => return tracing::debug!("a connection brought no request in time"),
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection broke off");
        }
    });
}

/// Answers are not held back to fill packets, and a client that takes nothing is let go by the system, in whatever state we are.
fn prepare(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection can't be set to send at once");
    }
    #[cfg(target_os = "linux")]
    {
        let milliseconds = u32::try_from(UNACKNOWLEDGED.as_millis()).unwrap_or(u32::MAX);
        if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, milliseconds) {
            tracing::debug!(%error, "a connection can't be given a time limit");
        }
    }
}

/// A connection could not be accepted. When the system is out of files, waiting is all that helps: others have to end first.
async fn refused(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        return;
    }
    tracing::error!(%error, "no connection can be accepted");
    tokio::time::sleep_until(Instant::now() + Duration::from_secs(1)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_believed_only_of_proxies_that_are_trusted() {
        let proxies: Networks = "10.0.0.0/8, 2001:db8::7".parse().unwrap();
        for (peer, said, meant) in [
            ("203.0.113.1", &["198.51.100.1"][..], "203.0.113.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66", "198.51.100.1, 10.9.9.9"], "198.51.100.1"),
            ("10.0.0.1", &["10.1.1.1"], "10.1.1.1"),
            ("2001:db8::7", &["[2001:db8::1]:443"], "2001:db8::1"),
            ("2001:db8::7", &["198.51.100.1:5000"], "198.51.100.1"),
            ("10.0.0.1", &["198.51.100.1, unknown"], "10.0.0.1"),
            ("10.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1"),
        ] {
            let mut headers = HeaderMap::new();
            for line in said {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            let client = ClientAddress(peer.parse().unwrap()).behind(&proxies, &headers);
            assert_eq!(client.0, meant.parse::<IpAddr>().unwrap(), "{peer} says {said:?}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused_when_it_is_set() {
        assert_eq!("".parse(), Ok(Networks::default()));
        assert!("10.0.0.0/8,proxy.example".parse::<Networks>().unwrap_err().contains("proxy.example"));
    }
}
