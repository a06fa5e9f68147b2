//! Between which places of the ledger a page lies.

use chrono::{Days, NaiveDate};

use crate::domain::{cursor::DevelopmentCursor, page::Window, position::Position};

/// After every day that a development can have. Bounds are always there, so that a statement walks its index whatever is asked for.
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day of the calendar");

/// Before every such day.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day of the calendar");

/// Two places in the order of the ledger, by effective day and first position; a page lies strictly between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The page is older than this.
    pub below: DevelopmentCursor,
    /// The page is newer than this.
    pub above: DevelopmentCursor,
}

impl Bounds {
    /// Between a window's cursors.
    pub fn of(window: &Window<DevelopmentCursor>) -> Self {
        let end = DevelopmentCursor { effective_day: LAST_DAY, first_position: Position::MAX };
        let start = DevelopmentCursor { effective_day: FIRST_DAY, first_position: Position::START };
        Self { below: earlier(window.after.unwrap_or(end), end), above: later(window.before.unwrap_or(start), start) }
    }

    /// Of these, only what happened on a day or later.
    #[must_use]
    pub fn since(self, day: Option<NaiveDate>) -> Self {
        let Some(before) = day.and_then(|day| day.checked_sub_days(Days::new(1))) else { return self };
        let above = DevelopmentCursor { effective_day: before, first_position: Position::MAX };
        Self { above: later(self.above, above), ..self }
    }

    /// Of these, only what happened on a day or earlier.
    #[must_use]
    pub fn until(self, day: Option<NaiveDate>) -> Self {
        let Some(next) = day.and_then(|day| day.checked_add_days(Days::new(1))) else { return self };
        let below = DevelopmentCursor { effective_day: next, first_position: Position::START };
        Self { below: earlier(self.below, below), ..self }
    }
}

fn place(cursor: DevelopmentCursor) -> (NaiveDate, Position) {
    (cursor.effective_day, cursor.first_position)
}

fn later(one: DevelopmentCursor, other: DevelopmentCursor) -> DevelopmentCursor {
    if place(one) < place(other) { other } else { one }
}

fn earlier(one: DevelopmentCursor, other: DevelopmentCursor) -> DevelopmentCursor {
    if place(one) < place(other) { one } else { other }
}
