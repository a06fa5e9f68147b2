use async_graphql::Object;
use chrono::{DateTime, Utc};

use crate::{domain::viewer::Role, store::tokens};

pub struct Token(pub tokens::Token);

/// What a program signs in with. Its secret is shown once, when it is made, and kept as a digest. Only an ADMIN sees tokens.
#[Object]
impl Token {
    /// What `revokeToken` and `tracker token revoke` call it: not its secret.
    async fn uuid(&self) -> String {
        self.0.id.to_string()
    }

    /// Whose it is or what it is for, as colleagues read it beside what is done with it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What may be done with it.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Until when it is good. Null: until it is revoked.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// When it was last used, to a minute. Null where it never was.
    async fn last_used_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_used_at
    }

    /// When it was revoked. Null where it was not.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }
}
