//! `tracker account invite|list|link|password|role|deactivate|reactivate|identities|unlink`

use std::{
    io::{self, BufRead},
    sync::Arc,
};

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use super::{database::Database, error::CliError};
use crate::{
    clock, config,
    domain::{account::Account, review::ReviewPolicy, viewer::Role},
    ledger::{Ledger, people::AccountOutcome, sign_on::Unlinked},
    store::{
        accounts,
        audit::Actor,
        identities::{self, Identity},
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
    /// Make an account, and print the secret by which its owner sets a password within three days, alone and only this once.
    Invite {
        /// The e-mail address by which they sign in.
        #[arg(long)]
        email: String,
        /// Their name, as colleagues read it.
        #[arg(long)]
        name: String,
        /// What they may do: a reporter writes drafts, an editor also publishes, an admin also manages people and tokens.
        #[arg(long, value_enum)]
        role: Role,
    },
    /// List every account.
    List,
    /// List who signs in by single sign-on as whom.
    Identities,
    /// Take a way to sign in by single sign-on from an account, and sign its owner out where they came in by it.
    Unlink {
        /// The identity's id, as `identities` shows it.
        id: Uuid,
    },
    /// Make a new secret by which the owner of an account sets a password, and print it, alone and only this once.
    Link {
        /// The account's e-mail address.
        #[arg(long)]
        email: String,
    },
    /// Set the password of an account to the line that comes on standard input; ends its sessions.
    Password {
        /// The account's e-mail address.
        #[arg(long)]
        email: String,
    },
    /// Give a person another role.
    Role {
        /// The account's e-mail address.
        #[arg(long)]
        email: String,
        /// The role.
        #[arg(long, value_enum)]
        role: Role,
    },
    /// End a person's access at once; what they did stays.
    Deactivate {
        /// The account's e-mail address.
        #[arg(long)]
        email: String,
    },
    /// Give a person access again.
    Reactivate {
        /// The account's e-mail address.
        #[arg(long)]
        email: String,
    },
}

pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    let database = Database::open(&arguments.database).await?;
    let outcome = act(&database, arguments.act).await;
    database.close().await?;
    outcome
}

async fn act(database: &Database, act: Act) -> Result<(), CliError> {
    let ledger = Ledger::new(database.pool.clone(), Arc::new(clock::System), ReviewPolicy::Optional);
    let actor = Actor::command_line();
    let outcome = match act {
        Act::List => {
            let accounts = accounts::list(&database.pool).await?;
            return super::print(&accounts.iter().map(line).collect::<String>());
        }
        Act::Identities => {
            let identities = identities::list(&database.pool).await?;
            return super::print(&identities.iter().map(line_of_identity).collect::<String>());
        }
        Act::Unlink { id } => return unlinked(ledger.unlink(&actor, id).await?, id),
        Act::Password { email } => ledger.put_password(&actor, (&email, first_line()?)).await?,
        Act::Invite { email, name, role } => ledger.invite(&actor, (&email, &name, role)).await?,
        Act::Link { email } => ledger.make_link(&actor, &email).await?,
        Act::Role { email, role } => ledger.set_role(&actor, &email, role).await?,
        Act::Deactivate { email } => ledger.deactivate(&actor, &email).await?,
        Act::Reactivate { email } => ledger.reactivate(&actor, &email).await?,
    };
    match outcome {
        AccountOutcome::Done { link: Some(link), .. } => super::print(&format!("{link}\n")),
        AccountOutcome::Done { link: None, .. } => Ok(()),
        AccountOutcome::Refused(problems) => {
            let sentences: Vec<_> = problems.into_iter().map(|problem| problem.message).collect();
            Err(CliError::Account(sentences.join(" ")))
        }
    }
}

fn unlinked(outcome: Unlinked, id: Uuid) -> Result<(), CliError> {
    match outcome {
        Unlinked::Done => Ok(()),
        Unlinked::NotThere => Err(CliError::Account(format!("There is no identity with the id {id}."))),
        Unlinked::LastAdmin => {
            let message =
                "This is how the last admin signs in: set a password for them, or make somebody else an admin first.";
            Err(CliError::Account(message.to_owned()))
        }
    }
}

/// The password, so that it stands in no history of commands.
fn first_line() -> Result<String, CliError> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|cause| CliError::Io("read the password", cause))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// An identity as a line of columns, separated by tabs: id, the account's e-mail address, provider, what that calls the person, when it was linked
/// and last used.
fn line_of_identity(identity: &Identity) -> String {
    let Identity { id, email, issuer, subject, linked_at, last_used_at, .. } = identity;
    // What the provider calls somebody may be of any letters.
    let subject = subject.escape_debug();
    format!("{id}\t{email}\t{issuer}\t{subject}\tlinked {}\tused {}\n", time(*linked_at), time(*last_used_at))
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An account as a line of columns, separated by tabs: e-mail address, role, state, when it was made and last used, name.
fn line(account: &Account) -> String {
    let state = match account.deactivated_at {
        Some(at) => format!("deactivated {}", time(at)),
        None if account.has_password || account.has_identity => "active".to_owned(),
        None => "invited".to_owned(),
    };
    let used = account.last_used_at.map_or_else(|| "not signed in".to_owned(), |at| format!("used {}", time(at)));
    let role = format!("{:?}", account.role).to_lowercase();
    format!("{}\t{role}\t{state}\tmade {}\t{used}\t{}\n", account.email, time(account.created_at), account.name)
}
