//! One entry of the public feed.

/// What a change did to what readers can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum, sqlx::Type)]
#[graphql(name = "ChangeKind")]
#[sqlx(type_name = "text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeKind {
    /// A development was published.
    Published,
    /// A published development was corrected.
    Corrected,
    /// A published development was retracted; it stays in the record, marked.
    Retracted,
    /// Names or codes of countries were loaded or changed.
    CountriesRevised,
    /// A source's public details were changed.
    SourceRevised,
    /// A status's label or definition was changed.
    StatusRevised,
}
