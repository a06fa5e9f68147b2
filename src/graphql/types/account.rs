use async_graphql::Object;
use chrono::{DateTime, Utc};

use crate::domain::{account, viewer::Role};

pub struct Account(pub account::Account);

/// Somebody who may sign in, or was invited to. Only an ADMIN sees others than their own.
#[Object]
impl Account {
    /// The e-mail address by which they sign in; no two accounts have the same.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// Their name, as colleagues read it beside what they do.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What they may do.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// Whether they have been invited and can't sign in yet: they have neither set a password nor come by single sign-on.
    async fn pending(&self) -> bool {
        !self.0.has_password && !self.0.has_identity
    }

    /// Whether they have signed in by single sign-on, so that the provider can let them in again.
    async fn single_sign_on(&self) -> bool {
        self.0.has_identity
    }

    /// When the account was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When their access was ended. Null while they have it.
    async fn deactivated_at(&self) -> Option<DateTime<Utc>> {
        self.0.deactivated_at
    }

    /// When a browser in which they are signed in was last heard of. Null where there is none.
    async fn last_used_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_used_at
    }
}
