//! The arguments and the answer of every connection.

use async_graphql::{
    ObjectType, OutputType, Result,
    connection::{Connection, Edge, EmptyFields},
};

use super::error::bad_input;
use crate::domain::{
    cursor::{self, Cursor},
    page::{Page, Window},
};

/// How many nodes a page has at most.
pub const MAX_PAGE: i32 = 500;

/// How many countries a page has where the client does not say.
pub const DEFAULT_COUNTRIES: i32 = 100;

/// How many developments or changes a page has where the client does not say.
pub const DEFAULT_ENTRIES: i32 = 20;

/// The page arguments of a connection, as sent.
#[derive(Debug, Clone, Default)]
pub struct PageArguments {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

impl PageArguments {
    /// The window that the arguments ask for.
    pub fn window<C: Cursor>(&self, default: i32) -> Result<Window<C>> {
        if self.first.is_some() && self.last.is_some() {
            return Err(bad_input("`first` and `last` exclude each other: send one of them."));
        }
        let (name, asked) = if self.last.is_some() { ("last", self.last) } else { ("first", self.first) };
        let limit = asked.unwrap_or(default);
        if !(0..=MAX_PAGE).contains(&limit) {
            return Err(bad_input(format!("`{name}` must be from 0 to {MAX_PAGE}; it is {limit}.")));
        }
        Ok(Window {
            after: place("after", self.after.as_deref())?,
            before: place("before", self.before.as_deref())?,
            limit: limit.into(),
            from_end: self.last.is_some(),
        })
    }
}

fn place<C: Cursor>(name: &str, text: Option<&str>) -> Result<Option<C>> {
    text.map(cursor::decode)
        .transpose()
        .map_err(|error| bad_input(format!("`{name}`: {error}. Send one that you were given, or none.")))
}

/// How many fields a page may have, for the estimate of an answer's size before it is made.
pub fn complexity(asked: Option<i32>, default: i32, of_a_node: usize) -> usize {
    let nodes = usize::try_from(asked.unwrap_or(default)).unwrap_or(0);
    nodes.saturating_mul(of_a_node).saturating_add(1)
}

/// A page as a connection.
pub fn connection<T, N, F>(
    page: Page<T>,
    additional_fields: F,
    mut edge: impl FnMut(T) -> (String, N),
) -> Connection<String, N, F>
where
    N: OutputType,
    F: ObjectType,
{
    let mut connection = Connection::with_additional_fields(page.has_previous, page.has_next, additional_fields);
    connection.edges.extend(page.rows.into_iter().map(|row| {
        let (cursor, node) = edge(row);
        Edge::<String, N, EmptyFields>::new(cursor, node)
    }));
    connection
}
