//! `tracker webhook add|list|log|ping|redeliver|rotate|disable|enable|remove`

use std::sync::Arc;

use async_graphql::resolver_utils::EnumType;
use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use super::{database::Database, error::CliError};
use crate::{
    clock::{self, Clock},
    config,
    domain::{
        act,
        change::{ChangeFilter, ChangeKind},
        country::CountryCode,
        development::Kind,
    },
    store::{
        audit::{self, Actor, NewEntry},
        error::StoreError,
        webhook_queue::{self, Delivery},
        webhooks::{self, NewWebhook, Webhook},
    },
    webhooks::{PATIENCE, Target, secret_text},
};

/// How long a webhook's name may be, in characters.
const MAX_NAME: usize = 100;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    act: Act,

    #[command(flatten)]
    webhooks: config::Webhooks,

    #[command(flatten)]
    database: config::Database,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Add a webhook, told of what is published from now on, and print its id and its signing secret, only this once.
    Add(New),
    /// List every webhook; URLs and secrets are not shown.
    List,
    /// Show what was and is to be delivered to a webhook, newest first.
    Log {
        /// The id that `list` shows.
        id: Uuid,
        /// How many deliveries to show.
        #[arg(long, default_value_t = 50)]
        last: u32,
    },
    /// Send a webhook a test.
    Ping {
        /// The id that `list` shows.
        id: Uuid,
    },
    /// Deliver something again, under the same id.
    Redeliver {
        /// The delivery's id, as `log` shows it.
        id: Uuid,
    },
    /// Give a webhook a new secret, and print it. The one before also signs, for a day.
    Rotate {
        /// The id that `list` shows.
        id: Uuid,
    },
    /// Take a webhook out of use. What waits for it is given up.
    Disable {
        /// The id that `list` shows.
        id: Uuid,
    },
    /// Put a webhook to use again: it is told of what is published from now on.
    Enable {
        /// The id that `list` shows.
        id: Uuid,
    },
    /// Remove a webhook. Its URL and secret are deleted; its log stays.
    Remove {
        /// The id that `list` shows.
        id: Uuid,
    },
}

#[derive(Debug, clap::Args)]
struct New {
    /// What colleagues call it.
    #[arg(long)]
    name: String,
    /// Where it is sent. It may hold a secret, as a chat's does: `-` reads it from standard input.
    #[arg(long)]
    url: String,
    /// Only changes about these countries, by code, separated by commas.
    #[arg(long, value_delimiter = ',', value_parser = country)]
    countries: Option<Vec<CountryCode>>,
    /// Only changes that did one of these things, such as PUBLISHED,CORRECTED.
    #[arg(long, value_delimiter = ',', value_parser = item::<ChangeKind>)]
    kinds: Option<Vec<ChangeKind>>,
    /// Only changes to developments of these kinds, such as ASK,AGREEMENT.
    #[arg(long, value_delimiter = ',', value_parser = item::<Kind>)]
    development_kinds: Option<Vec<Kind>>,
    /// Only changes that changed a country's status.
    #[arg(long)]
    status_changed: bool,
}

fn country(text: &str) -> Result<CountryCode, String> {
    text.trim().parse().map_err(|_| format!("{text:?} is not a country's code of two letters"))
}

fn item<T: EnumType>(text: &str) -> Result<T, String> {
    let found = T::items().iter().find(|item| item.name == text.trim());
    let names = || T::items().iter().map(|item| item.name).collect::<Vec<_>>().join(", ");
    found.map(|item| item.value).ok_or_else(|| format!("choose of {}", names()))
}

pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    let database = Database::open(&arguments.database).await?;
    let outcome = act(&database, arguments.act, &arguments.webhooks).await;
    database.close().await?;
    outcome
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
async fn act(database: &Database, act: Act, settings: &config::Webhooks) -> Result<(), CliError> {
    let clock: Clock = Arc::new(clock::System);
    match act {
        Act::List => {
            for webhook in webhooks::list(&database.pool).await? {
                println!("{}", line(&webhook));
            }
        }
        Act::Log { id, last } => {
            for delivery in webhook_queue::log(&database.pool, id, last.into()).await? {
                println!("{}", log_line(&delivery));
            }
        }
        Act::Add(new) => println!("{}", add(database, &clock, new, settings).await?),
        other => {
            if let Some(said) = change(database, &clock, &other).await? {
                println!("{said}");
            }
        }
    }
    Ok(())
}

async fn add(database: &Database, clock: &Clock, new: New, settings: &config::Webhooks) -> Result<String, CliError> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(CliError::WebhookName);
    }
    let url = match new.url.as_str() {
        "-" => std::io::read_to_string(std::io::stdin()).map_err(|error| CliError::Io("read the URL", error))?,
        _ => new.url,
    };
    let target = Target::check(url.trim(), &settings.webhook_networks).await.map_err(CliError::WebhookUrl)?;
    let filter = ChangeFilter {
        countries: new.countries,
        kinds: new.kinds,
        development_kinds: new.development_kinds,
        status_changed: new.status_changed,
    };
    let (id, secret, now) = (clock.uuid(), clock.secret(), clock.now());
    let added = NewWebhook { id, name, url: target.url.as_str(), host: &target.host, filter: &filter, secret: &secret };
    let mut transaction = database.pool.begin().await.map_err(StoreError::from)?;
    webhooks::add(&mut *transaction, added, now).await?;
    let entry = NewEntry { webhook: Some(id), ..NewEntry::of(act::Act::AddWebhook) };
    audit::write(&mut transaction, &Actor::command_line(), entry, now).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(format!("{id}\t{}", secret_text(&secret)))
}

/// Does something to one webhook, and writes it into the audit log. Answers with what is to be printed.
async fn change(database: &Database, clock: &Clock, asked: &Act) -> Result<Option<String>, CliError> {
    let now = clock.now();
    let mut transaction = database.pool.begin().await.map_err(StoreError::from)?;
    let mut said = None;
    let (webhook, audited) = match *asked {
        Act::Ping { id } => {
            let done = webhook_queue::ping(&mut *transaction, id, clock.uuid(), now, now + PATIENCE).await?;
            (done.then_some(id), act::Act::PingWebhook)
        }
        Act::Redeliver { id } => {
            let webhook = webhook_queue::redeliver(&mut *transaction, id, now, now + PATIENCE).await?;
            (Some(webhook.ok_or(CliError::NoDelivery(id))?), act::Act::Redeliver)
        }
        Act::Rotate { id } => {
            let secret = clock.secret();
            said = Some(secret_text(&secret));
            let done = webhooks::rotate(&mut *transaction, id, &secret, now).await?;
            (done.then_some(id), act::Act::RotateWebhookSecret)
        }
        Act::Disable { id } => {
            let done = webhooks::disable(&mut *transaction, id, "ADMIN", now).await?;
            (done.then_some(id), act::Act::DisableWebhook)
        }
        Act::Enable { id } => (webhooks::enable(&mut *transaction, id).await?.then_some(id), act::Act::ReviseWebhook),
        Act::Remove { id } => {
            webhooks::disable(&mut *transaction, id, "ADMIN", now).await?;
            (webhooks::remove(&mut *transaction, id, now).await?.then_some(id), act::Act::RemoveWebhook)
        }
        Act::Add(_) | Act::List | Act::Log { .. } => return Ok(None),
    };
    let named = match *asked {
        Act::Ping { id } | Act::Rotate { id } | Act::Disable { id } | Act::Enable { id } | Act::Remove { id } => id,
        _ => Uuid::nil(),
    };
    let webhook = webhook.ok_or(CliError::NoWebhook(named))?;
    let entry = NewEntry { webhook: Some(webhook), ..NewEntry::of(audited) };
    audit::write(&mut transaction, &Actor::command_line(), entry, now).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(said)
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A webhook as a line of columns, separated by tabs: id, state, how it fares, how many wait, host, name.
fn line(webhook: &Webhook) -> String {
    let state = match (&webhook.removed_at, webhook.disabled_because.as_deref()) {
        (Some(at), _) => format!("removed {}", time(*at)),
        (None, Some("GONE")) => "out of use: it answered 410".to_owned(),
        (None, Some("FAILING")) => "out of use: it failed for three days".to_owned(),
        (None, Some(_)) => "out of use".to_owned(),
        (None, None) => "in use".to_owned(),
    };
    let fares = match (webhook.failing_since, webhook.delivered_at) {
        (Some(since), _) => format!("failing since {}", time(since)),
        (None, Some(at)) => format!("delivered {}", time(at)),
        (None, None) => "nothing delivered".to_owned(),
    };
    let Webhook { id, waiting, host, name, created_at, .. } = webhook;
    format!("{id}\t{state}\tmade {}\t{fares}\t{waiting} waiting\t{host}\t{name}", time(*created_at))
}

/// A delivery as a line: id, change or test, state, attempts, the last one, the next one, what was wrong.
fn log_line(delivery: &Delivery) -> String {
    let what = delivery.position.map_or_else(|| "test".to_owned(), |position| format!("change {position}"));
    let last = delivery.attempted_at.map_or_else(|| "not tried".to_owned(), |at| format!("tried {}", time(at)));
    let next = delivery.due_at.map_or_else(|| "finished".to_owned(), |at| format!("next {}", time(at)));
    let code = delivery.status_code.map_or_else(|| "-".to_owned(), |code| code.to_string());
    let Delivery { id, state, attempts, created_at, error, .. } = delivery;
    let state = state.to_lowercase();
    let error = error.as_deref().unwrap_or("-");
    format!("{id}\t{what}\tqueued {}\t{state}\t{attempts} attempts\t{last}\t{next}\t{code}\t{error}", time(*created_at))
}
