//! Every setting: its default, its variable and its meaning. The comments are the help text.

mod single_sign_on;

use std::{
    fs, io,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
};

use ipnet::IpNet;

pub use self::single_sign_on::{
    ClientSecret, Settings as SingleSignOnSettings, SettingsError, SingleSignOn, VERIFIED_CLAIM, is_trusted,
};
use crate::domain::review::ReviewPolicy;

/// Where the database is. Shared by every subcommand that needs one.
#[derive(Debug, Clone, clap::Args)]
pub struct Database {
    /// A Postgres 14 or later. Absent: a private Postgres, kept in the data directory.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// A file that holds `DATABASE_URL`, as Docker, Kubernetes and systemd hand secrets over.
    #[arg(long, env = "DATABASE_URL_FILE")]
    pub database_url_file: Option<PathBuf>,

    /// The same database past a pooler, where `DATABASE_URL` leads through one: for listening to the feed, and for bringing the tables up to
    /// date. Absent: `DATABASE_URL`.
    #[arg(long, env = "TRACKER_DATABASE_DIRECT_URL", hide_env_values = true)]
    pub database_direct_url: Option<String>,

    /// A file that holds `TRACKER_DATABASE_DIRECT_URL`.
    #[arg(long, env = "TRACKER_DATABASE_DIRECT_URL_FILE")]
    pub database_direct_url_file: Option<PathBuf>,

    /// Where the private Postgres and other local state live. Absent: `/var/lib/third-country-tracker` for root, and
    /// `third-country-tracker` in the user's own data folder for everybody else.
    #[arg(long, env = "TRACKER_DATA_DIR")]
    pub data_dir: Option<PathBuf>,

    /// Connections for requests at most. One more listens to the feed.
    #[arg(long, env = "TRACKER_DATABASE_CONNECTIONS", default_value_t = 16)]
    pub database_connections: u32,

    /// Seconds that a request waits for a free connection before it is told to try again, and that the database may leave a question
    /// unanswered before it counts as gone.
    #[arg(long, env = "TRACKER_DATABASE_WAIT_SECONDS", default_value_t = 3)]
    pub database_wait_seconds: u64,
}

/// Why a secret can't be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("{0} and {0}_FILE are both given: leave one of them out")]
    Twice(&'static str),
    #[error("{}, named by {name}_FILE, can't be read: {cause}", path.display())]
    Unreadable { name: &'static str, path: PathBuf, cause: io::Error },
    #[error("{}, named by {name}_FILE, is empty", path.display())]
    Empty { name: &'static str, path: PathBuf },
}

/// A secret that is given as it is, or by the file that holds it. White space around it does not count, and compose files and shells pass on
/// what is not set as empty.
pub fn secret(name: &'static str, value: Option<&str>, file: Option<&Path>) -> Result<Option<String>, SecretError> {
    let value = value.filter(|value| !value.is_empty());
    let Some(path) = file.filter(|path| !path.as_os_str().is_empty()) else { return Ok(value.map(str::to_owned)) };
    if value.is_some() {
        return Err(SecretError::Twice(name));
    }
    let unreadable = |cause| SecretError::Unreadable { name, path: path.to_owned(), cause };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    match text.trim() {
        "" => Err(SecretError::Empty { name, path: path.to_owned() }),
        secret => Ok(Some(secret.to_owned())),
    }
}

/// What a request may ask for at most. Each answers with what the limit is.
#[derive(Debug, Clone, clap::Args)]
pub struct Limits {
    /// Nested selections in a GraphQL document.
    #[arg(long, env = "TRACKER_MAX_DEPTH", default_value_t = 16)]
    pub max_depth: usize,

    /// Fields of a GraphQL answer, as estimated from page sizes before it runs.
    #[arg(long, env = "TRACKER_MAX_COMPLEXITY", default_value_t = 50_000)]
    pub max_complexity: usize,

    /// Aliases in a GraphQL document.
    #[arg(long, env = "TRACKER_MAX_ALIASES", default_value_t = 50)]
    pub max_aliases: usize,

    /// Lexical tokens in a GraphQL document.
    #[arg(long, env = "TRACKER_MAX_TOKENS", default_value_t = 4_000)]
    pub max_tokens: usize,

    /// Requests in one batch.
    #[arg(long, env = "TRACKER_MAX_BATCH", default_value_t = 10)]
    pub max_batch: usize,

    /// Bytes of a request's body or of a WebSocket message.
    #[arg(long, env = "TRACKER_MAX_BODY_BYTES", default_value_t = 1_048_576)]
    pub max_body_bytes: usize,

    /// Seconds that a request may take.
    #[arg(long, env = "TRACKER_REQUEST_SECONDS", default_value_t = 10)]
    pub request_seconds: u64,

    /// Running operations on one WebSocket.
    #[arg(long, env = "TRACKER_MAX_OPERATIONS_PER_SOCKET", default_value_t = 100)]
    pub max_operations_per_socket: usize,

    /// Fields of answers, as estimated, that are made in a minute for one address of the internet, one person or one token; what is kept and
    /// served again costs nothing. 0: no limit.
    #[arg(long, env = "TRACKER_FIELDS_PER_MINUTE", default_value_t = 1_000_000)]
    pub fields_per_minute: u32,

    /// WebSockets and event streams that one address of the internet may have open. 0: no limit.
    #[arg(long, env = "TRACKER_MAX_STREAMS_PER_ADDRESS", default_value_t = 1_000)]
    pub max_streams_per_address: u32,

    /// Seconds that a new WebSocket may wait with its `connection_init`.
    #[arg(long, env = "TRACKER_CONNECTION_INIT_SECONDS", default_value_t = 10)]
    pub connection_init_seconds: u64,
}

/// Networks, by their prefixes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// Whether an address is in one of them.
    pub fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for Networks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let network = |part: &str| {
            let whole = part.parse::<IpNet>().or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
            whole.map_err(|_| format!("{part:?} is no address and no network such as 10.0.0.0/8"))
        };
        parts.map(network).collect::<Result<_, _>>().map(Self)
    }
}

/// What webhooks may reach.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Webhooks {
    /// Networks of your own that webhooks may be sent to, also over plain http, separated by commas, such as `10.0.7.0/24`. All else has to
    /// be https to a public address.
    #[arg(long, env = "TRACKER_WEBHOOK_NETWORKS", default_value = "", hide_default_value = true)]
    pub webhook_networks: Networks,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// The server.
#[derive(Debug, Clone, clap::Args)]
pub struct Serve {
    /// Address and port to listen on.
    #[arg(long, env = "TRACKER_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Other origins whose pages may read the API and open WebSockets, separated by commas, such as
    /// `https://www.example.org`. The server's own origin always may.
    #[arg(long, env = "TRACKER_ALLOWED_ORIGINS", value_delimiter = ',')]
    pub allowed_origins: Vec<String>,

    /// Where readers find the tracker, such as `https://tracker.example.org`: for the pages' canonical links and pictures, which have to be whole
    /// addresses. Absent: they are left out.
    #[arg(long, env = "TRACKER_PUBLIC_URL", value_parser = public_url)]
    pub public_url: Option<String>,

    /// The proxies in front, by address or network, separated by commas, such as `10.0.0.0/8,2001:db8::7`: of them, what they say in
    /// `X-Forwarded-For` and `X-Forwarded-Proto` is believed. Name every one, else all who come through it count as one.
    #[arg(long, env = "TRACKER_TRUSTED_PROXIES", default_value = "", hide_default_value = true)]
    pub trusted_proxies: Networks,

    /// Megabytes of answers to anyone's queries that are kept ready at most, compressed forms included; 0 keeps none.
    #[arg(long, env = "TRACKER_CACHE_MEGABYTES", default_value_t = 64)]
    pub cache_megabytes: u32,

    /// Seconds between signs of life on quiet subscriptions.
    #[arg(long, env = "TRACKER_KEEP_ALIVE_SECONDS", default_value_t = 15)]
    pub keep_alive_seconds: u64,

    /// Seconds that a client may take to send the head of a request, or leave its connection without any: longer than proxies leave theirs.
    #[arg(long, env = "TRACKER_IDLE_SECONDS", default_value_t = 75)]
    pub idle_seconds: u64,

    /// Seconds that requests in progress get to finish after SIGTERM.
    #[arg(long, env = "TRACKER_DRAIN_SECONDS", default_value_t = 10)]
    pub drain_seconds: u64,

    /// What is logged, to standard error: a level, or levels by module such as `info,tracker::feed=debug`.
    #[arg(long, env = "TRACKER_LOG", default_value = "info,sqlx=warn", value_parser = log_filter)]
    pub log: String,

    /// How it is logged: as text for people, or as JSON, an object a line, for machines.
    #[arg(long, env = "TRACKER_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,

    /// Where traces go, by OTLP over HTTP, such as `http://collector:4318`: a request, its GraphQL operations, their SQL. Absent: nowhere. Headers, sampling
    /// and batches are set as OpenTelemetry's other variables say. Traces carry no value of a document or statement.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", value_parser = collector)]
    pub otlp_endpoint: Option<String>,

    /// What the server is called in traces.
    #[arg(long, env = "OTEL_SERVICE_NAME", default_value = "third-country-tracker")]
    pub otel_service_name: String,

    /// Whether what one person wrote needs another to publish it.
    #[arg(long, env = "TRACKER_REVIEW", value_enum, default_value_t = ReviewPolicy::Optional)]
    pub review: ReviewPolicy,

    #[command(flatten)]
    pub single_sign_on: SingleSignOn,

    #[command(flatten)]
    pub webhooks: Webhooks,

    #[command(flatten)]
    pub limits: Limits,

    #[command(flatten)]
    pub database: Database,
}

fn log_filter(text: &str) -> Result<String, String> {
    match tracing_subscriber::EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn collector(text: &str) -> Result<String, String> {
    // Compose files and shells pass on what is not set as empty.
    if text.is_empty() {
        return Ok(String::new());
    }
    let url = url::Url::parse(text).map_err(|error| error.to_string())?;
    let is_http = matches!(url.scheme(), "http" | "https");
    if is_http {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err("give an address with http or https".to_owned())
    }
}

fn public_url(text: &str) -> Result<String, String> {
    let url = url::Url::parse(text).map_err(|error| error.to_string())?;
    let is_plain = matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none();
    if is_plain { Ok(url.origin().ascii_serialization()) } else { Err("give scheme and host alone".to_owned()) }
}
