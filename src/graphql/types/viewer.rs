use async_graphql::{Context, Object, Result};

use crate::{
    config::SingleSignOn,
    domain::viewer::{Role, Staff},
    graphql::{Caller, Services, error::store_error},
    store::sessions,
};

pub struct Viewer(pub Staff);

/// The signed-in member of staff, or the program, that asks.
#[Object]
impl Viewer {
    /// The person's name, or the name given to the API token that was sent.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the viewer may do.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// Where a browser goes after `signOut`, to sign out at the provider too by which its session began. Null where it began with a password, and
    /// for programs.
    async fn sign_out_path(&self, context: &Context<'_>) -> Result<Option<&'static str>> {
        let (services, caller) = (context.data::<Services>()?, context.data::<Caller>()?);
        let session = caller.browser.as_ref().and_then(|browser| browser.session.as_deref());
        let (Some(session), Some(_)) = (session, &services.single_sign_on) else { return Ok(None) };
        let is_by_identity = sessions::is_by_identity(&services.pool, session).await.map_err(store_error)?;
        Ok(is_by_identity.then_some(SingleSignOn::END))
    }
}
