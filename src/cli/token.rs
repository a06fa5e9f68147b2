//! `tracker token create|list|revoke`

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use super::{database::Database, error::CliError};
use crate::{
    clock::{self, Clock},
    config,
    domain::{token::check_name, viewer::Role},
    store::{
        audit::Actor,
        tokens::{self, NewToken, Token},
    },
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    act: Act,

    #[command(flatten)]
    database: config::Database,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Make a token and print its secret, alone and only this once.
    Create {
        /// Whose it is or what it is for.
        #[arg(long)]
        name: String,
        /// What it may do: a reporter writes drafts, an editor also publishes, an admin also manages people and tokens.
        #[arg(long, value_enum)]
        role: Role,
        /// How long it is valid, such as 90d or 12h. Left out: until it is revoked.
        #[arg(long, value_parser = humantime::parse_duration)]
        expires_in: Option<Duration>,
    },
    /// List every token; secrets are not kept.
    List,
    /// End a token at once.
    Revoke {
        /// The id that `list` shows.
        id: Uuid,
    },
}

pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    let database = Database::open(&arguments.database).await?;
    let outcome = act(&database, arguments.act).await;
    database.close().await?;
    outcome
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
async fn act(database: &Database, act: Act) -> Result<(), CliError> {
    let clock: Clock = Arc::new(clock::System);
    match act {
        Act::Create { name, role, expires_in } => {
            let name = check_name(&name).map_err(|_| CliError::TokenName)?;
            let expires_at = expires_in.and_then(|time| Some(clock.now() + chrono::TimeDelta::from_std(time).ok()?));
            let wanted = NewToken { name: &name, role, expires_at };
            let (_, secret) = tokens::create(&database.pool, &clock, &Actor::command_line(), wanted).await?;
            println!("{secret}");
        }
        Act::List => {
            for token in tokens::list(&database.pool).await? {
                println!("{}", line(&token, clock.now()));
            }
        }
        Act::Revoke { id } => {
            if !tokens::revoke(&database.pool, &clock, &Actor::command_line(), id).await? {
                return Err(CliError::NoToken(id));
            }
        }
    }
    Ok(())
}

/// A token as a line of columns, separated by tabs: id, role, state, when it was made and last used, name.
fn line(token: &Token, now: DateTime<Utc>) -> String {
    let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
    let state = match (token.revoked_at, token.expires_at) {
        (Some(at), _) => format!("revoked {}", time(at)),
        (None, Some(at)) if at <= now => format!("expired {}", time(at)),
        (None, Some(at)) => format!("valid until {}", time(at)),
        (None, None) => "valid".to_owned(),
    };
    let used = token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {}", time(at)));
    let role = format!("{:?}", token.role).to_lowercase();
    format!("{}\t{role}\t{state}\tmade {}\t{used}\t{}", token.id, time(token.created_at), token.name)
}
