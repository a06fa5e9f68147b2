use async_graphql::Object;

use crate::domain::viewer::{Role, Staff};

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
}
