//! Somebody comes in: a session begins, and it is written down who came.

use std::net::IpAddr;

use sqlx::PgConnection;
use uuid::Uuid;

use super::Ledger;
use crate::{
    domain::{act::Act, viewer::Staff},
    store::{
        accounts::{self, Head},
        audit::{self, Actor, NewEntry},
        error::StoreError,
        sessions,
    },
};

/// How somebody comes in.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// From where.
    pub address: Option<IpAddr>,
    /// The session that the browser had, by its digest. It ends.
    pub previous: Option<&'a [u8]>,
    pub by: By,
}

/// By what somebody comes in.
#[derive(Debug, Clone, Copy)]
pub enum By {
    Password,
    Identity(Uuid),
}

/// Somebody who has come in. It has no `Debug`: the secret goes into the browser's cookie, and nowhere else.
#[derive(Clone)]
pub struct SignedIn {
    pub staff: Staff,
    pub secret: String,
}

impl Ledger {
    /// Begins a session. `None` where the account may not be used any more, or has another password than the one that was given: somebody may
    /// have seen to that while it was tried.
    pub(super) async fn begin_session(
        &self,
        connection: &mut PgConnection,
        known: &Head,
        arrival: Arrival<'_>,
    ) -> Result<Option<SignedIn>, StoreError> {
        let (now, identity) = match arrival.by {
            By::Password => (self.clock.now(), None),
            By::Identity(id) => (self.clock.now(), Some(id)),
        };
        let still_fits =
            |head: &Head| head.is_active && (identity.is_some() || head.password_hash == known.password_hash);
        let Some(head) = accounts::hold(&mut *connection, known.id).await?.filter(still_fits) else { return Ok(None) };
        if let Some(previous) = arrival.previous {
            sessions::end(&mut *connection, previous).await?;
        }
        let secret = sessions::create(&mut *connection, &self.clock, (head.id, identity), arrival.address, now).await?;
        let staff = staff(&head);
        let act = if identity.is_some() { Act::SingleSignOn } else { Act::SignIn };
        audit::write(connection, &Actor::staff(&staff, arrival.address), NewEntry::of(act), now).await?;
        Ok(Some(SignedIn { staff, secret }))
    }
}

/// The owner of an account, as who acts.
pub(super) fn staff(head: &Head) -> Staff {
    Staff { id: head.id, name: head.name.clone(), role: head.role }
}
