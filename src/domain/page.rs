//! A window on an ordered list, by keyset: stable while rows arrive.

/// Which rows of an ordered list to read: `limit` of them between two keys, from the front or from the back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Window<K> {
    /// Only rows that come after this key.
    pub after: Option<K>,
    /// Only rows that come before this key.
    pub before: Option<K>,
    pub limit: i64,
    /// Whether the rows nearest to the end are wanted; they still come in list order.
    pub from_end: bool,
}

impl<K> Window<K> {
    /// How many rows to ask for: one more than wanted tells whether there are more.
    pub fn fetch(&self) -> i64 {
        self.limit + 1
    }
}

/// The rows in a window, in list order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub has_next: bool,
    pub has_previous: bool,
    /// How many rows there are on all pages together, where that is known.
    pub total: Option<i64>,
}

impl<T> Page<T> {
    /// Makes a page of the rows fetched for a window, which come in list order, or in reverse for a window from the end.
    pub fn of<K>(window: &Window<K>, mut rows: Vec<T>) -> Self {
        let limit = usize::try_from(window.limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let (has_next, has_previous) =
            if window.from_end { (window.before.is_some(), more) } else { (more, window.after.is_some()) };
        if window.from_end {
            rows.reverse();
        }
        let is_whole = !more && window.after.is_none() && window.before.is_none();
        let total = i64::try_from(rows.len()).ok().filter(|_| is_whole);
        Self { rows, has_next, has_previous, total }
    }

    /// The page with the number of rows on all pages together, where it was counted.
    #[must_use]
    pub fn counted(self, total: Option<i64>) -> Self {
        Self { total: self.total.or(total), ..self }
    }
}

impl<T> Default for Page<T> {
    /// The empty page of an empty list.
    fn default() -> Self {
        Self { rows: Vec::new(), has_next: false, has_previous: false, total: Some(0) }
    }
}
