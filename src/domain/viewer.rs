//! Who asks.

use uuid::Uuid;

/// What a member of staff may do. Each role may do all that the one before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum, async_graphql::Enum)]
pub enum Role {
    /// Writes drafts; may not publish.
    Reporter,
    /// Writes and publishes.
    Editor,
    /// Does all that an editor does, and manages people and tokens.
    Admin,
}

/// A member of staff who signed in, or a program with an API token.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Staff {
    /// The identity of the account or of the token; never its secret.
    pub id: Uuid,
    /// The person's name, or the name given to the token when it was made.
    pub name: String,
    pub role: Role,
}

/// Who asks: decides what may be read and done.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Anyone. Sees what is published.
    Public,
    Staff(Staff),
}
