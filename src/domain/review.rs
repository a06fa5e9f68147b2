//! Whether a second pair of eyes is asked for.

/// Whether what one person wrote needs another to publish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, clap::ValueEnum, async_graphql::Enum)]
#[graphql(name = "ReviewPolicy")]
pub enum ReviewPolicy {
    /// An editor may publish what they wrote.
    #[default]
    Optional,
    /// Nobody publishes what they wrote: another editor does.
    Required,
}
