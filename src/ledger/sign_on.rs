//! Single sign-on: somebody comes in whom a provider of identities has vouched for.

use std::net::IpAddr;

use chrono::TimeDelta;
use data_encoding::BASE64URL_NOPAD;
use sqlx::{Executor, PgConnection};
use uuid::Uuid;

use super::{
    Ledger,
    people::{about, network},
    session::{Arrival, By, SignedIn, staff},
};
use crate::{
    domain::{
        act::Act,
        sign_on::{Email, Person, Refusal},
        viewer::Role,
    },
    store::{
        accounts::{self, Head},
        audit::{self, Actor, NewEntry},
        error::StoreError,
        identities::{self, Identity},
        sessions, sign_ons,
    },
};

/// How long somebody may be away at the provider.
const WINDOW: TimeDelta = TimeDelta::minutes(10);

/// Sign-ins that one network may have under way within that time: as many as a newsroom behind one address begins in a morning.
const BEGUN_FROM_NETWORK: i64 = 300;

/// What came of single sign-on.
pub enum SignOn {
    Done(SignedIn),
    Refused(Refusal),
}

/// What came of unlinking an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlinked {
    Done,
    /// There is no such identity.
    NotThere,
    /// The last admin would not be able to sign in.
    LastAdmin,
}

/// From where somebody comes back, and the session that their browser had, by its digest.
#[derive(Debug, Clone, Copy)]
pub struct Came<'a> {
    pub address: Option<IpAddr>,
    pub previous: Option<&'a [u8]>,
}

/// How much a provider may do.
#[derive(Debug, Clone, Copy)]
pub struct Trust {
    /// The role that its rules give the person.
    pub role: Option<Role>,
    /// Whether an account that has the same verified e-mail address is theirs.
    pub links_accounts: bool,
}

impl Ledger {
    /// Lets somebody in whom a provider has vouched for, with the role that it gives them now. Who comes for the first time gets an account.
    pub async fn sign_on(&self, person: &Person, trust: Trust, arrival: Came<'_>) -> Result<SignOn, StoreError> {
        let mut transaction = self.pool.begin().await?;
        identities::lock(&mut transaction).await?;
        // Before any other account is locked, so that nobody waits for each other.
        accounts::lock_admins(&mut transaction).await?;
        let known = identities::find(&mut *transaction, (&person.issuer, &person.subject)).await?;
        let Some(role) = trust.role else {
            if let Some(identity) = known {
                self.show_out(&mut transaction, &identity).await?;
                transaction.commit().await?;
            }
            return Ok(SignOn::Refused(Refusal::NoRole));
        };
        let found = match known {
            Some(identity) => Ok((identity.id, identity.account)),
            None => self.first_sign_on(&mut transaction, person, (role, trust.links_accounts), arrival.address).await?,
        };
        let (identity, account) = match found {
            Ok(found) => found,
            Err(refusal) => return Ok(SignOn::Refused(refusal)),
        };
        let head = accounts::hold(&mut transaction, account).await?;
        let head = head.ok_or(StoreError::Corrupt("an identity without an account"))?;
        if !head.is_active {
            return Ok(SignOn::Refused(Refusal::Deactivated));
        }
        if head.role != role {
            self.follow(&mut transaction, &head, role).await?;
        }
        identities::used(&mut transaction, identity, self.clock.now()).await?;
        let Came { address, previous } = arrival;
        let arrival = Arrival { address, previous, by: By::Identity(identity) };
        let Some(signed_in) = self.begin_session(&mut transaction, &head, arrival).await? else {
            return Ok(SignOn::Refused(Refusal::Deactivated));
        };
        transaction.commit().await?;
        Ok(SignOn::Done(signed_in))
    }

    /// Takes an identity from its account. Whoever came in by it is signed out.
    pub async fn unlink(&self, actor: &Actor, id: Uuid) -> Result<Unlinked, StoreError> {
        let mut transaction = self.pool.begin().await?;
        accounts::lock_admins(&mut transaction).await?;
        let Some(identity) = identities::by_id(&mut *transaction, id).await? else { return Ok(Unlinked::NotThere) };
        if identities::delete(&mut transaction, id).await?.is_err() {
            return Ok(Unlinked::LastAdmin);
        }
        let entry = NewEntry {
            subject: Some(identity.account),
            comment: Some(&identity.issuer),
            ..NewEntry::of(Act::UnlinkIdentity)
        };
        audit::write(&mut transaction, actor, entry, self.clock.now()).await?;
        transaction.commit().await?;
        Ok(Unlinked::Done)
    }

    /// Notes that a browser goes to the provider, and wants to come back to a page of ours. Answers with the secret of it; `None` where too many
    /// have gone from there lately.
    pub async fn begin_sign_on(
        &self,
        next: &str,
        address: Option<IpAddr>,
        previous: Option<&str>,
    ) -> Result<Option<String>, StoreError> {
        let (secret, now) = (BASE64URL_NOPAD.encode(&self.clock.secret()), self.clock.now());
        let from = (address.map(network), BEGUN_FROM_NETWORK);
        let begun = sign_ons::begin(&self.pool, &secret, (next, previous), from, (now - WINDOW, now)).await?;
        Ok(begun.then_some(secret))
    }

    /// Takes up the sign-in with which a browser comes back. `None` where it was taken up before, or is too old.
    pub async fn take_sign_on(&self, secret: &str) -> Result<Option<sign_ons::SignOn>, StoreError> {
        sign_ons::take(&self.pool, secret, self.clock.now() - WINDOW).await
    }

    /// Finds or makes the account of somebody who comes for the first time. Answers with their identity and their account.
    async fn first_sign_on(
        &self,
        connection: &mut PgConnection,
        person: &Person,
        (role, links_accounts): (Role, bool),
        address: Option<IpAddr>,
    ) -> Result<Result<(Uuid, Uuid), Refusal>, StoreError> {
        let email = match &person.email {
            Email::Verified(email) => email,
            Email::Unverified => return Ok(Err(Refusal::UnverifiedEmail)),
            Email::Missing => return Ok(Err(Refusal::NoEmail)),
        };
        let now = self.clock.now();
        let head = match accounts::head(&mut *connection, email).await? {
            // Postgres finds more letters alike than those that an address is compared by elsewhere.
            Some(head) if !links_accounts || !head.email.eq_ignore_ascii_case(email) => {
                return Ok(Err(Refusal::EmailTaken));
            }
            Some(head) if !head.is_active => return Ok(Err(Refusal::Deactivated)),
            Some(head) => head,
            None => {
                let id = self.clock.uuid();
                if !accounts::insert(&mut *connection, id, (email, &person.name, role), now).await? {
                    return Ok(Err(Refusal::EmailTaken));
                }
                let name = person.name.clone();
                let head = Head { id, email: email.clone(), name, role, password_hash: None, is_active: true };
                self.write(&mut *connection, &head, address, (Act::Join, &person.issuer)).await?;
                head
            }
        };
        let (id, claims) = (self.clock.uuid(), (person.issuer.as_str(), person.subject.as_str()));
        if !identities::insert(&mut *connection, (id, head.id), claims, now).await? {
            return Ok(Err(Refusal::EmailTaken));
        }
        self.write(connection, &head, address, (Act::LinkIdentity, &person.issuer)).await?;
        Ok(Ok((id, head.id)))
    }

    /// Gives an account the role that the provider gives it now. The last admin who can sign in stays one.
    async fn follow(&self, connection: &mut PgConnection, head: &Head, role: Role) -> Result<(), StoreError> {
        connection.execute("savepoint before_role").await?;
        let changed = accounts::set_role(&mut *connection, head.id, role).await?;
        let act = match changed {
            Ok(()) => {
                connection.execute("release savepoint before_role").await?;
                Act::SetRole
            }
            Err(accounts::Refusal::LastAdmin) => {
                connection.execute("rollback to savepoint before_role").await?;
                tracing::warn!("single sign-on would have taken the last admin's role, which was left to them");
                Act::KeepRole
            }
        };
        let comment = format!("{} → {}", in_letters(head.role), in_letters(role));
        let entry = NewEntry { comment: Some(&comment), ..about(act, head) };
        audit::write(connection, &Actor::single_sign_on(), entry, self.clock.now()).await
    }

    /// Whoever came in by an identity that gives no role any more may not stay.
    async fn show_out(&self, connection: &mut PgConnection, identity: &Identity) -> Result<(), StoreError> {
        if sessions::end_by_identity(&mut *connection, identity.id).await? == 0 {
            return Ok(());
        }
        let entry = NewEntry { subject: Some(identity.account), ..NewEntry::of(Act::SignOut) };
        audit::write(connection, &Actor::single_sign_on(), entry, self.clock.now()).await
    }

    async fn write(
        &self,
        connection: &mut PgConnection,
        head: &Head,
        address: Option<IpAddr>,
        (act, issuer): (Act, &str),
    ) -> Result<(), StoreError> {
        let entry = NewEntry { comment: Some(issuer), ..about(act, head) };
        audit::write(connection, &Actor::staff(&staff(head), address), entry, self.clock.now()).await
    }
}

fn in_letters(role: Role) -> &'static str {
    match role {
        Role::Reporter => "REPORTER",
        Role::Editor => "EDITOR",
        Role::Admin => "ADMIN",
    }
}
