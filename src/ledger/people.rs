//! People: who may sign in, and who is signed in.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use ipnet::IpNet;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Ledger,
    session::{Arrival, By, SignedIn, staff},
};
use crate::{
    domain::{
        account::{Account, check_email, check_name, check_password},
        act::Act,
        problem::{Problem, ProblemCode},
        viewer::{Role, Staff},
    },
    store::{
        accounts::{self, Attempts, Head, Refusal},
        audit::{self, Actor, NewEntry},
        error::StoreError,
        pool::Transaction,
        sessions,
    },
};

/// How long attempts to sign in count.
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Attempts from one network within that time.
const ATTEMPTS_FROM_ADDRESS: i64 = 20;

/// Attempts on one e-mail address within that time, from wherever the account was never signed in to: whoever owns it can't be locked out by
/// others.
const ATTEMPTS_WITH_EMAIL: i64 = 10;

/// Longer texts are not tried: nobody has such a password.
const MAX_TRIED: usize = 1_000;

/// How long a link is good by which a password is set.
const LINK: TimeDelta = TimeDelta::days(3);

/// What came of signing in.
#[derive(Clone)]
pub enum SignIn {
    /// The secret goes into the browser's cookie.
    Done { staff: Staff, secret: String },
    /// E-mail address and password do not go together; nothing tells which is wrong.
    Refused(Vec<Problem>),
    /// There were too many attempts: the next may be made after so many seconds.
    TooMany { seconds: i64 },
}

impl From<SignedIn> for SignIn {
    fn from(SignedIn { staff, secret }: SignedIn) -> Self {
        Self::Done { staff, secret }
    }
}

/// What came of trying a password.
enum Tried {
    Fits(Head),
    Wrong,
    TooOften,
}

/// What came of an act upon an account.
#[derive(Debug, Clone)]
pub enum AccountOutcome {
    /// Done; the secret of the link by which the person sets a password, where one was made.
    Done { account: Account, link: Option<String> },
    /// Nothing was written; whoever asked can mend this.
    Refused(Vec<Problem>),
}

impl Ledger {
    /// Signs somebody in with a password. A session that the browser had ends.
    pub async fn sign_in(
        &self,
        (email, password): (String, String),
        address: Option<IpAddr>,
        previous: Option<&str>,
    ) -> Result<SignIn, StoreError> {
        let head = match self.try_password(&email, password, address).await? {
            Tried::Fits(head) => head,
            Tried::Wrong => return Ok(SignIn::Refused(vec![wrong_credentials()])),
            Tried::TooOften => return Ok(SignIn::TooMany { seconds: WINDOW.num_seconds() }),
        };
        let mut transaction = self.pool.begin().await?;
        let previous = previous.map(sessions::digest_of);
        let arrival = Arrival { address, previous: previous.as_deref(), by: By::Password };
        let Some(signed_in) = self.begin_session(&mut transaction, &head, arrival).await? else {
            return Ok(SignIn::Refused(vec![wrong_credentials()]));
        };
        transaction.commit().await?;
        Ok(signed_in.into())
    }

    /// Sets a password by a link, and signs its owner in. Whoever was signed in with the old one is not any more.
    pub async fn take_link(
        &self,
        (link, password): (&str, String),
        address: Option<IpAddr>,
        previous: Option<&str>,
    ) -> Result<SignIn, StoreError> {
        if let Err(problem) = check_password(&password) {
            return Ok(SignIn::Refused(vec![problem]));
        }
        let now = self.clock.now();
        let hash = self.hash(password).await?;
        let mut transaction = self.pool.begin().await?;
        let Some(head) = accounts::take_link(&mut transaction, link, now).await? else {
            return Ok(SignIn::Refused(vec![no_link()]));
        };
        self.replace_password(&mut transaction, &head, &hash).await?;
        let head = Head { password_hash: Some(hash), ..head };
        let actor = Actor::staff(&staff(&head), address);
        let previous = previous.map(sessions::digest_of);
        let arrival = Arrival { address, previous: previous.as_deref(), by: By::Password };
        let Some(signed_in) = self.begin_session(&mut transaction, &head, arrival).await? else {
            return Ok(SignIn::Refused(vec![no_link()]));
        };
        audit::write(&mut transaction, &actor, about(Act::SetPassword, &head), now).await?;
        transaction.commit().await?;
        Ok(signed_in.into())
    }

    /// Sets one's own password anew. Every browser is signed out but the one that a new session begins in.
    pub async fn change_password(
        &self,
        owner: &Staff,
        (current, new): (String, String),
        address: Option<IpAddr>,
    ) -> Result<SignIn, StoreError> {
        if let Err(problem) = check_password(&new) {
            return Ok(SignIn::Refused(vec![Problem { field: vec!["new".to_owned()], ..problem }]));
        }
        let Some(account) = accounts::by_id(&self.pool, owner.id).await? else {
            return Ok(SignIn::Refused(vec![programs_have_none()]));
        };
        // It is tried like one at the door: a session left open must not become a way to guess it.
        let head = match self.try_password(&account.email, current, address).await? {
            Tried::Fits(head) => head,
            Tried::Wrong => return Ok(SignIn::Refused(vec![wrong_current()])),
            Tried::TooOften => return Ok(SignIn::TooMany { seconds: WINDOW.num_seconds() }),
        };
        let hash = self.hash(new).await?;
        let mut transaction = self.pool.begin().await?;
        // Whoever knows the old password alone must not undo a reset that happened since it was tried.
        if !accounts::holds_password(&mut transaction, &head).await? {
            return Ok(SignIn::Refused(vec![wrong_current()]));
        }
        self.replace_password(&mut transaction, &head, &hash).await?;
        let head = Head { password_hash: Some(hash), ..head };
        let arrival = Arrival { address, previous: None, by: By::Password };
        let Some(signed_in) = self.begin_session(&mut transaction, &head, arrival).await? else {
            return Ok(SignIn::Refused(vec![wrong_current()]));
        };
        let actor = Actor::staff(owner, address);
        audit::write(&mut transaction, &actor, about(Act::SetPassword, &head), self.clock.now()).await?;
        transaction.commit().await?;
        Ok(signed_in.into())
    }

    /// Ends the session of a browser.
    pub async fn sign_out(&self, staff: &Staff, secret: &str, address: Option<IpAddr>) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        sessions::end(&mut *transaction, &sessions::digest_of(secret)).await?;
        let actor = Actor::staff(staff, address);
        audit::write(&mut transaction, &actor, NewEntry::of(Act::SignOut), self.clock.now()).await?;
        Ok(transaction.commit().await?)
    }

    /// Ends every session of a person.
    pub async fn sign_out_everywhere(&self, staff: &Staff, address: Option<IpAddr>) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        sessions::end_all(&mut *transaction, staff.id).await?;
        let actor = Actor::staff(staff, address);
        audit::write(&mut transaction, &actor, NewEntry::of(Act::SignOut), self.clock.now()).await?;
        Ok(transaction.commit().await?)
    }

    /// Makes an account, and a link by which its owner sets a password.
    pub async fn invite(
        &self,
        actor: &Actor,
        (email, name, role): (&str, &str, Role),
    ) -> Result<AccountOutcome, StoreError> {
        let (email, name) = match (check_email(email), check_name(name)) {
            (Ok(email), Ok(name)) => (email, name),
            (email, name) => {
                return Ok(AccountOutcome::Refused(email.err().into_iter().chain(name.err()).collect()));
            }
        };
        let (id, now) = (self.clock.uuid(), self.clock.now());
        let mut transaction = self.pool.begin().await?;
        if !accounts::insert(&mut transaction, id, (&email, &name, role), now).await? {
            let message = "There is an account with this e-mail address: give it another role, or make it a new link.";
            return Ok(refused("email", ProblemCode::AlreadyExists, message));
        }
        let link = self.put_link(&mut transaction, id, now).await?;
        let entry = NewEntry { subject: Some(id), ..NewEntry::of(Act::Invite) };
        audit::write(&mut transaction, actor, entry, now).await?;
        self.committed(transaction, id, Some(link)).await
    }

    /// Makes a new link by which the owner of an account sets a password. What they have goes on until the link is used.
    pub async fn make_link(&self, actor: &Actor, email: &str) -> Result<AccountOutcome, StoreError> {
        let now = self.clock.now();
        let mut transaction = self.pool.begin().await?;
        let Some(head) = accounts::head(&mut *transaction, email).await? else { return Ok(nobody()) };
        if !head.is_active {
            let message = "This account is deactivated: reactivate it first.";
            return Ok(refused("email", ProblemCode::WrongState, message));
        }
        let link = self.put_link(&mut transaction, head.id, now).await?;
        audit::write(&mut transaction, actor, about(Act::MakeLink, &head), now).await?;
        self.committed(transaction, head.id, Some(link)).await
    }

    /// Sets a person's password for them, and ends their sessions: for someone with access to the machine itself.
    pub async fn put_password(
        &self,
        actor: &Actor,
        (email, password): (&str, String),
    ) -> Result<AccountOutcome, StoreError> {
        if let Err(problem) = check_password(&password) {
            return Ok(AccountOutcome::Refused(vec![problem]));
        }
        let hash = self.hash(password).await?;
        let mut transaction = self.pool.begin().await?;
        let Some(head) = accounts::head(&mut *transaction, email).await? else { return Ok(nobody()) };
        self.replace_password(&mut transaction, &head, &hash).await?;
        audit::write(&mut transaction, actor, about(Act::SetPassword, &head), self.clock.now()).await?;
        self.committed(transaction, head.id, None).await
    }

    /// Gives a person another role. It counts from their next request on.
    pub async fn set_role(&self, actor: &Actor, email: &str, role: Role) -> Result<AccountOutcome, StoreError> {
        let mut transaction = self.pool.begin().await?;
        accounts::lock_admins(&mut transaction).await?;
        let Some(head) = accounts::head(&mut *transaction, email).await? else { return Ok(nobody()) };
        if let Err(Refusal::LastAdmin) = accounts::set_role(&mut transaction, head.id, role).await? {
            return Ok(last_admin());
        }
        audit::write(&mut transaction, actor, about(Act::SetRole, &head), self.clock.now()).await?;
        self.committed(transaction, head.id, None).await
    }

    /// Ends a person's access at once, in every browser. What they did stays.
    pub async fn deactivate(&self, actor: &Actor, email: &str) -> Result<AccountOutcome, StoreError> {
        let now = self.clock.now();
        let mut transaction = self.pool.begin().await?;
        accounts::lock_admins(&mut transaction).await?;
        let Some(head) = accounts::head(&mut *transaction, email).await? else { return Ok(nobody()) };
        if let Err(Refusal::LastAdmin) = accounts::set_deactivated(&mut transaction, head.id, Some(now)).await? {
            return Ok(last_admin());
        }
        sessions::end_all(&mut *transaction, head.id).await?;
        accounts::drop_link(&mut transaction, head.id).await?;
        audit::write(&mut transaction, actor, about(Act::Deactivate, &head), now).await?;
        self.committed(transaction, head.id, None).await
    }

    /// Gives a person access again, with the password that they had.
    pub async fn reactivate(&self, actor: &Actor, email: &str) -> Result<AccountOutcome, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let Some(head) = accounts::head(&mut *transaction, email).await? else { return Ok(nobody()) };
        if accounts::set_deactivated(&mut transaction, head.id, None).await?.is_err() {
            return Ok(last_admin());
        }
        audit::write(&mut transaction, actor, about(Act::Reactivate, &head), self.clock.now()).await?;
        self.committed(transaction, head.id, None).await
    }

    /// Ends every session of a person, whose password stays.
    pub async fn sign_out_account(&self, actor: &Actor, email: &str) -> Result<AccountOutcome, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let Some(head) = accounts::head(&mut *transaction, email).await? else { return Ok(nobody()) };
        sessions::end_all(&mut *transaction, head.id).await?;
        audit::write(&mut transaction, actor, about(Act::SignOut, &head), self.clock.now()).await?;
        self.committed(transaction, head.id, None).await
    }

    /// Tries a password. It takes as long where there is nobody of that address, or nobody who may sign in.
    async fn try_password(&self, email: &str, password: String, address: Option<IpAddr>) -> Result<Tried, StoreError> {
        // What is longer can't be anybody's, and need not be stored or hashed.
        if check_email(email).is_err() || password.chars().count() > MAX_TRIED {
            return Ok(Tried::Wrong);
        }
        let (attempt, email, now) = (self.clock.uuid(), email.trim(), self.clock.now());
        let network = address.map(network);
        let attempts = accounts::begin_attempt(&self.pool, (attempt, email), network, (now - WINDOW, now)).await?;
        if are_too_many(attempts) {
            return Ok(Tried::TooOften);
        }
        let head = accounts::head(&self.pool, email).await?;
        let hash = head.as_ref().filter(|head| head.is_active).and_then(|head| head.password_hash.clone());
        if !self.passwords.fits(password, hash).await {
            return Ok(Tried::Wrong);
        }
        accounts::forget_attempts(&self.pool, attempt).await?;
        Ok(head.map_or(Tried::Wrong, Tried::Fits))
    }

    async fn replace_password(&self, connection: &mut PgConnection, head: &Head, hash: &str) -> Result<(), StoreError> {
        accounts::set_password(connection, head.id, hash).await?;
        accounts::drop_link(connection, head.id).await?;
        sessions::end_all(&mut *connection, head.id).await
    }

    async fn put_link(
        &self,
        connection: &mut PgConnection,
        account: Uuid,
        now: DateTime<Utc>,
    ) -> Result<String, StoreError> {
        let link = BASE64URL_NOPAD.encode(&self.clock.secret());
        accounts::put_link(connection, account, &link, now + LINK).await?;
        Ok(link)
    }

    async fn hash(&self, password: String) -> Result<String, StoreError> {
        let hash = self.passwords.hash(password, self.clock.secret()).await;
        hash.ok_or(StoreError::Corrupt("a password that can't be hashed"))
    }

    async fn committed(
        &self,
        mut transaction: Transaction,
        id: Uuid,
        link: Option<String>,
    ) -> Result<AccountOutcome, StoreError> {
        let account = accounts::by_id(&mut *transaction, id).await?;
        let account = account.ok_or(StoreError::Corrupt("an account that has gone"))?;
        transaction.commit().await?;
        Ok(AccountOutcome::Done { account, link })
    }
}

fn are_too_many(attempts: Attempts) -> bool {
    attempts.from_address > ATTEMPTS_FROM_ADDRESS || !attempts.is_known && attempts.with_email > ATTEMPTS_WITH_EMAIL
}

/// What counts as one caller: an IPv4 address, or the network of an IPv6 address, of which whoever has one has 2⁶⁴.
pub(super) fn network(address: IpAddr) -> IpNet {
    match address {
        IpAddr::V4(_) => IpNet::from(address),
        IpAddr::V6(_) => IpNet::new(address, 64).map_or_else(|_| IpNet::from(address), |network| network.trunc()),
    }
}

pub(super) fn about(act: Act, head: &Head) -> NewEntry<'static> {
    NewEntry { subject: Some(head.id), ..NewEntry::of(act) }
}

fn refused(field: &str, code: ProblemCode, message: &str) -> AccountOutcome {
    AccountOutcome::Refused(vec![Problem::at(field, code, message)])
}

fn nobody() -> AccountOutcome {
    refused("email", ProblemCode::NotFound, "There is no account with this e-mail address.")
}

fn last_admin() -> AccountOutcome {
    refused(
        "email",
        ProblemCode::LastAdmin,
        "This is the last admin who can sign in: make somebody else an admin first.",
    )
}

fn no_link() -> Problem {
    let message = "This link was used already, is too old, or is none: ask an admin for a new one.";
    Problem::at("link", ProblemCode::NotFound, message)
}

fn wrong_current() -> Problem {
    Problem::at("current", ProblemCode::WrongCredentials, "The current password is wrong.")
}

fn wrong_credentials() -> Problem {
    let message =
        "E-mail address and password do not go together. Whoever has forgotten theirs asks an admin for a link.";
    Problem::at("password", ProblemCode::WrongCredentials, message)
}

fn programs_have_none() -> Problem {
    Problem::at("current", ProblemCode::WrongState, "An API token has no password.")
}
