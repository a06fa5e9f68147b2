//! `tracker serve`

use std::{
    io::{self, Write},
    net::SocketAddr,
    sync::Arc,
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::{
    net::{TcpListener, TcpSocket},
    signal::unix::{SignalKind, signal},
};
use tokio_util::sync::CancellationToken;

use super::{database::Database, error::CliError, import, telemetry::Telemetry};
use crate::{
    clock::{self, Clock},
    config::{Serve, SettingsError},
    domain::{review::ReviewPolicy, viewer::Role},
    feed::Feed,
    graphql::Engine,
    http::{self, App, Readiness},
    ledger::Ledger,
    single_sign_on::SingleSignOn,
    store::{developments, pool::Pool, tokens},
    webhooks::Worker,
};

/// How many connections may wait to be accepted; the system may allow fewer (`net.core.somaxconn`). When more come, the system drops them without a
/// word, and a client that waits for the server to speak first waits for ever: the usual 128 are too few for a crowd.
const QUEUE: u32 = 4096;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    serve: Serve,
}

pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    let config = arguments.serve;
    let telemetry = Telemetry::begin(&config)?;
    let outcome = start(config).await;
    telemetry.end().await;
    outcome
}

async fn start(config: Serve) -> Result<(), CliError> {
    raise_open_files();
    // First, so that a taken port is known before anything else is begun.
    let listener = listen(config.listen).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => CliError::AddressTaken(config.listen),
        _ => CliError::Listen(config.listen, error),
    })?;
    let shutdown = CancellationToken::new();
    stop_on_signal(shutdown.clone())?;
    let database = tokio::select! {
        database = Database::open(&config.database) => database?,
        () = shutdown.cancelled() => return Ok(()),
    };
    let look_after = tokio::spawn(database.look_after());
    let outcome = serve(&database, listener, config, shutdown.clone()).await;
    // Also after a failure: the feed's listener gives its connection back only then, and closing waits for it.
    shutdown.cancel();
    look_after.abort();
    database.close().await?;
    outcome
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

async fn serve(
    database: &Database,
    listener: TcpListener,
    config: Serve,
    shutdown: CancellationToken,
) -> Result<(), CliError> {
    let (clock, pool): (Clock, _) = (Arc::new(clock::System), &database.pool);
    let address = listener.local_addr().map_err(|error| CliError::Io("learn its address", error))?;
    let first_token = load_first_data(pool, &clock).await?;
    let feed = Feed::start(database.source(), shutdown.clone()).await?;
    let ledger = Ledger::new(pool.clone(), clock.clone(), config.review);
    let single_sign_on = single_sign_on(&config, &ledger, &clock)?;
    let embargoes = tokio::spawn(keep_embargoes(pool.clone(), ledger.clone()));
    let engine = Arc::new(Engine::new(pool.clone(), clock.clone(), ledger.clone(), feed.clone(), &config));
    let targets = config.webhooks.webhook_networks.clone();
    let worker =
        Worker::new((pool.clone(), feed.clone()), engine.clone(), clock.clone(), targets, config.public_url.clone());
    let webhooks = tokio::spawn(keep_webhooks(pool.clone(), worker));
    let readiness = readiness(database, &feed);
    announce(address, first_token.as_deref()).map_err(|error| CliError::Io("print its address", error))?;
    let app =
        App::new(engine, pool.clone(), feed, clock, config, readiness, shutdown).with_single_sign_on(single_sign_on);
    let outcome = http::serve(listener, app).await.map_err(|error| CliError::Io("serve", error));
    embargoes.abort();
    webhooks.abort();
    outcome
}

fn single_sign_on(config: &Serve, ledger: &Ledger, clock: &Clock) -> Result<Option<SingleSignOn>, CliError> {
    let Some(settings) = config.single_sign_on.settings(config.public_url.as_deref())? else { return Ok(None) };
    let set_up = SingleSignOn::new(settings, ledger.clone(), clock.clone());
    set_up.map(Some).map_err(|_| CliError::SingleSignOn(SettingsError::Issuer))
}

/// Takes as many open files as the system allows: each subscriber has one, and shells start programs with a thousand.
fn raise_open_files() {
    let limit = getrlimit(Resource::Nofile);
    if limit.current < limit.maximum
        && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit })
    {
        tracing::warn!(%error, open_files = limit.current, "no more files can be opened at once");
    }
}

fn stop_on_signal(shutdown: CancellationToken) -> Result<(), CliError> {
    let watch = |kind| signal(kind).map_err(|error| CliError::Io("watch for signals", error));
    let (mut terminate, mut interrupt) = (watch(SignalKind::terminate())?, watch(SignalKind::interrupt())?);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        shutdown.cancel();
        tracing::info!("stopping");
    });
    Ok(())
}

/// Loads the countries and the article into a ledger that holds nothing yet. Answers with a first editor's token where there is
/// no token at all.
async fn load_first_data(pool: &Pool, clock: &Clock) -> Result<Option<String>, CliError> {
    let ledger = Ledger::new(pool.clone(), clock.clone(), ReviewPolicy::Optional);
    // Not by the feed's position: a start that was cut short may have loaded the countries alone.
    if !developments::has_any(pool).await? {
        import::first_data(&ledger, clock).await?;
    }
    Ok(tokens::create_first(pool, clock, "first editor", Role::Editor).await?)
}

/// Publishes what is due for as long as the database is there: what waits for an answer when it goes would wait for very long.
async fn keep_embargoes(pool: Pool, ledger: Ledger) {
    loop {
        pool.presence().back().await;
        tokio::select! {
            () = ledger.clone().keep_embargoes() => {}
            () = pool.presence().lost() => {}
        }
    }
}

/// Delivers to webhooks for as long as the database is there.
async fn keep_webhooks(pool: Pool, worker: Worker) {
    loop {
        pool.presence().back().await;
        tokio::select! {
            () = worker.keep_delivering() => {}
            () = pool.presence().lost() => {}
        }
    }
}

/// Nothing here waits for a connection that requests share: a crowd does not make a server unready.
fn readiness(database: &Database, feed: &Feed) -> Readiness {
    const UNAVAILABLE: &str = "The database does not answer.";
    let (presence, migrated, feed) = (database.pool.presence().clone(), database.migrated(), feed.clone());
    let there = presence.clone();
    Readiness::default()
        .check("database", move || {
            let there = there.is_there();
            async move { if there { Ok(()) } else { Err(UNAVAILABLE.to_owned()) } }
        })
        .check("migrations", move || {
            let asked = presence.is_there().then(&migrated);
            async move {
                match asked {
                    None => Err(UNAVAILABLE.to_owned()),
                    Some(asked) => match asked.await {
                        Ok(true) => Ok(()),
                        Ok(false) => Err("The database's tables are not up to date.".to_owned()),
                        Err(_) => Err(UNAVAILABLE.to_owned()),
                    },
                }
            }
        })
        .check("feed", move || {
            let listening = feed.pulse().listening;
            async move { if listening { Ok(()) } else { Err("The feed is not listening.".to_owned()) } }
        })
}

/// Tells whoever started it where to go.
fn announce(address: SocketAddr, first_token: Option<&str>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "The Third-Country Tracker serves at http://{address}/")?;
    writeln!(out, "  Readers   http://{address}/")?;
    writeln!(out, "  Desk      http://{address}/desk")?;
    writeln!(out, "  GraphiQL  http://{address}/graphiql")?;
    writeln!(out, "  API       http://{address}/graphql (also WebSocket and server-sent events)")?;
    writeln!(out, "  Schema    http://{address}/schema.graphql")?;
    if let Some(token) = first_token {
        writeln!(out, "An editor's token, shown only this once: {token}")?;
    }
    out.flush()
}
