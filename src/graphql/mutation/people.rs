//! Signing in and out, and managing who may.

use async_graphql::{Context, InputObject, Object, Result};

use super::payload::UserError;
use crate::{
    domain::{
        problem::Problem,
        viewer::{Role, Viewer},
    },
    graphql::{
        Browser, Caller, Services, access,
        code::Code,
        cookie,
        error::{error, store_error},
        types::{account::Account, viewer},
    },
    ledger::people::{AccountOutcome, SignIn},
    store::{audit::Actor, sessions},
};

/// Who wants to sign in.
#[derive(InputObject)]
pub struct SignInInput {
    /// Their e-mail address, in whatever letters.
    email: String,
    /// Their password.
    password: String,
}

/// A link, and the password that is to be set by it.
#[derive(InputObject)]
pub struct SetPasswordInput {
    /// The link's secret, as `inviteAccount`, `makeAccountLink` or `tracker account` gave it. It is good once.
    link: String,
    /// The new password: from 12 to 200 characters.
    password: String,
}

/// One's own password, and the next one.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The password as it is.
    current: String,
    /// The new one: from 12 to 200 characters.
    new: String,
}

/// Who is to be invited.
#[derive(InputObject)]
pub struct InviteAccountInput {
    /// Their e-mail address, 254 characters at most.
    email: String,
    /// Their name, as colleagues are to read it; 100 characters at most.
    name: String,
    /// What they may do.
    role: Role,
}

/// Which account.
#[derive(InputObject)]
pub struct AccountInput {
    /// Its e-mail address, in whatever letters.
    email: String,
}

/// Which account, and its next role.
#[derive(InputObject)]
pub struct SetAccountRoleInput {
    /// Its e-mail address, in whatever letters.
    email: String,
    /// What they may do from now on.
    role: Role,
}

#[derive(Default)]
pub struct PeopleMutation;

#[Object]
impl PeopleMutation {
    /// Signs in with a password: the answer sets a cookie, which counts for three days without a request and 30 at most. Only over HTTP, from a
    /// page of the tracker or from a program; not in a batch.
    async fn sign_in(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who, with which password.")] input: SignInInput,
    ) -> Result<SignInPayload> {
        let (services, caller, browser) = at_the_door(context)?;
        let credentials = (input.email, input.password);
        let previous = browser.session.as_deref();
        let outcome = services.ledger.sign_in(credentials, caller.address, previous).await.map_err(store_error)?;
        SignInPayload::of(context, outcome)
    }

    /// Sets a password by a link, and signs its owner in. Wherever they were signed in before, they are not any more.
    async fn set_password(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "By which link, and which password.")] input: SetPasswordInput,
    ) -> Result<SignInPayload> {
        let (services, caller, browser) = at_the_door(context)?;
        let previous = browser.session.as_deref();
        let outcome = services.ledger.take_link((&input.link, input.password), caller.address, previous).await;
        SignInPayload::of(context, outcome.map_err(store_error)?)
    }

    /// Changes one's own password. Wherever one was signed in, one is not any more, but here.
    async fn change_password(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The password as it is, and the next one.")] input: ChangePasswordInput,
    ) -> Result<SignInPayload> {
        let staff = access::staff(context)?;
        let (services, caller, _) = at_the_door(context)?;
        let passwords = (input.current, input.new);
        let outcome = services.ledger.change_password(staff, passwords, caller.address).await.map_err(store_error)?;
        SignInPayload::of(context, outcome)
    }

    /// Signs out in this browser. True also where nobody was signed in.
    async fn sign_out(&self, context: &Context<'_>) -> Result<bool> {
        let (services, caller, browser) = at_the_door(context)?;
        if let (Some(secret), Viewer::Staff(staff)) = (&browser.session, &caller.viewer) {
            services.ledger.sign_out(staff, secret, caller.address).await.map_err(store_error)?;
        }
        context.append_http_header("set-cookie", cookie::set_session("", 0, browser.is_secure));
        Ok(true)
    }

    /// Signs out in every browser, this one included.
    async fn sign_out_everywhere(&self, context: &Context<'_>) -> Result<bool> {
        let staff = access::staff(context)?;
        let (services, caller, browser) = at_the_door(context)?;
        services.ledger.sign_out_everywhere(staff, caller.address).await.map_err(store_error)?;
        context.append_http_header("set-cookie", cookie::set_session("", 0, browser.is_secure));
        Ok(true)
    }

    /// Makes an account, and a link by which its owner sets a password within three days: pass it on by a way that you trust. Only for an ADMIN.
    async fn invite_account(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who.")] input: InviteAccountInput,
    ) -> Result<AccountPayload> {
        let (services, actor) = as_admin(context)?;
        let wanted = (input.email.as_str(), input.name.as_str(), input.role);
        AccountPayload::of(services.ledger.invite(&actor, wanted).await)
    }

    /// Makes a new link by which the owner of an account sets a password; earlier links end. Only for an ADMIN.
    async fn make_account_link(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "For whom.")] input: AccountInput,
    ) -> Result<AccountPayload> {
        let (services, actor) = as_admin(context)?;
        AccountPayload::of(services.ledger.make_link(&actor, &input.email).await)
    }

    /// Gives a person another role, which counts from their next request on. The last ADMIN stays one. Only for an ADMIN.
    async fn set_account_role(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose, and which.")] input: SetAccountRoleInput,
    ) -> Result<AccountPayload> {
        let (services, actor) = as_admin(context)?;
        AccountPayload::of(services.ledger.set_role(&actor, &input.email, input.role).await)
    }

    /// Ends a person's access at once, in every browser. What they did stays. The last ADMIN stays. Only for an ADMIN.
    async fn deactivate_account(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose.")] input: AccountInput,
    ) -> Result<AccountPayload> {
        let (services, actor) = as_admin(context)?;
        AccountPayload::of(services.ledger.deactivate(&actor, &input.email).await)
    }

    /// Gives a person access again, with the password that they had. Only for an ADMIN.
    async fn reactivate_account(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose.")] input: AccountInput,
    ) -> Result<AccountPayload> {
        let (services, actor) = as_admin(context)?;
        AccountPayload::of(services.ledger.reactivate(&actor, &input.email).await)
    }

    /// Signs a person out in every browser; they can sign in again with the password that they have. Only for an ADMIN.
    async fn sign_out_account(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whom.")] input: AccountInput,
    ) -> Result<AccountPayload> {
        let (services, actor) = as_admin(context)?;
        AccountPayload::of(services.ledger.sign_out_account(&actor, &input.email).await)
    }
}

/// What came of signing in.
pub struct SignInPayload {
    viewer: Option<viewer::Viewer>,
    problems: Vec<Problem>,
}

impl SignInPayload {
    fn of(context: &Context<'_>, outcome: SignIn) -> Result<Self> {
        match outcome {
            SignIn::Done { staff, secret } => {
                let (.., browser) = at_the_door(context)?;
                let cookie = cookie::set_session(&secret, sessions::LIFE.num_seconds(), browser.is_secure);
                context.append_http_header("set-cookie", cookie);
                Ok(Self { viewer: Some(viewer::Viewer(staff)), problems: Vec::new() })
            }
            SignIn::Refused(problems) => Ok(Self { viewer: None, problems }),
            SignIn::TooMany { seconds } => {
                context.insert_http_header("retry-after", seconds.to_string());
                let minutes = seconds / 60;
                let message = format!("There were too many attempts to sign in. Try again in {minutes} minutes.");
                Err(error(Code::RateLimited, message))
            }
        }
    }
}

/// What came of signing in. The cookie is in the answer's headers.
#[Object]
impl SignInPayload {
    /// Who is signed in now. Null where there are `userErrors`.
    async fn viewer(&self) -> Option<&viewer::Viewer> {
        self.viewer.as_ref()
    }

    /// Everything in the input that is wrong and can be mended. Empty when all went well; otherwise nobody was signed in.
    async fn user_errors(&self) -> Vec<UserError> {
        self.problems.iter().map(UserError::from).collect()
    }
}

/// What came of an act upon an account.
pub enum AccountPayload {
    Done { account: Box<Account>, link: Option<String> },
    Refused(Vec<Problem>),
}

impl AccountPayload {
    fn of(outcome: Result<AccountOutcome, crate::store::error::StoreError>) -> Result<Self> {
        Ok(match outcome.map_err(store_error)? {
            AccountOutcome::Done { account, link } => Self::Done { account: Box::new(Account(account)), link },
            AccountOutcome::Refused(problems) => Self::Refused(problems),
        })
    }
}

/// What came of an act upon an account.
#[Object]
impl AccountPayload {
    /// The account as it is now. Null where there are `userErrors`.
    async fn account(&self) -> Option<&Account> {
        match self {
            Self::Done { account, .. } => Some(account),
            Self::Refused(_) => None,
        }
    }

    /// The secret by which its owner sets a password with `setPassword`, shown only this once. Null where none was made.
    async fn link(&self) -> Option<&str> {
        match self {
            Self::Done { link, .. } => link.as_deref(),
            Self::Refused(_) => None,
        }
    }

    /// Everything in the input that is wrong and can be mended. Empty when all went well; otherwise nothing was written.
    async fn user_errors(&self) -> Vec<UserError> {
        match self {
            Self::Done { .. } => Vec::new(),
            Self::Refused(problems) => problems.iter().map(UserError::from).collect(),
        }
    }
}

/// A caller in whose browser a cookie can be set.
fn at_the_door<'a>(context: &'a Context<'_>) -> Result<(&'a Services, &'a Caller, &'a Browser)> {
    let caller = context.data::<Caller>()?;
    let browser = caller.browser.as_ref().ok_or_else(|| {
        let message = "Sign in and out over HTTP, in a request of its own, and not from a page of another origin.";
        error(Code::BadRequest, message)
    })?;
    Ok((context.data::<Services>()?, caller, browser))
}

/// The services, for an ADMIN who acts.
pub fn as_admin<'a>(context: &'a Context<'_>) -> Result<(&'a Services, Actor)> {
    let staff = access::admin(context)?;
    let address = context.data::<Caller>()?.address;
    Ok((context.data::<Services>()?, Actor::staff(staff, address)))
}
