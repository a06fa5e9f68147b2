//! What came of an attempt, and what follows.

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::webhook_queue::{Attempted, Taken};

/// The pause after the first attempt. It is three times as long after each next one.
const FIRST: TimeDelta = TimeDelta::seconds(5);

/// The longest pause.
const LONGEST: TimeDelta = TimeDelta::hours(6);

/// For how long a receiver may ask to be left alone.
const MAX_RETRY_AFTER: TimeDelta = TimeDelta::days(1);

/// What a receiver answered, or why it did not.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub status: Option<u16>,
    /// What was wrong, where there was no answer.
    pub error: Option<String>,
    /// For how long the receiver asked to be left alone.
    pub retry_after: Option<TimeDelta>,
}

impl Outcome {
    pub fn failed(error: impl Into<String>) -> Self {
        Self { error: Some(error.into()), ..Self::default() }
    }

    pub fn is_failure(&self) -> bool {
        !self.status.is_some_and(|status| (200..300).contains(&status))
    }

    /// Whether the receiver wants to hear nothing any more.
    pub fn is_gone(&self) -> bool {
        self.status == Some(410)
    }

    fn error(&self) -> Option<String> {
        match self.status {
            Some(200..300) => None,
            Some(status @ 300..400) => Some(format!("It answered {status}; redirects are not followed.")),
            Some(status) => Some(format!("It answered {status}.")),
            None => self.error.clone(),
        }
    }

    /// What is written down, and when to try again.
    pub fn attempted(&self, taken: &Taken, now: DateTime<Utc>, random: [u8; 32]) -> Attempted {
        let asked = self.retry_after.map(|pause| pause.clamp(TimeDelta::zero(), MAX_RETRY_AFTER));
        let pause = pause(taken.attempt, random).max(asked.unwrap_or_default());
        let again = self.is_failure() && !self.is_gone();
        Attempted {
            status_code: self.status.map(i32::from),
            error: self.error(),
            due_at: Some(now + pause).filter(|due_at| again && *due_at <= taken.give_up_at),
            not_before: asked.filter(|_| again).map(|pause| now + pause),
        }
    }
}

/// The pause after an attempt: a quarter more or less, so that what failed together does not come back together.
fn pause(attempt: i32, random: [u8; 32]) -> TimeDelta {
    let step = u32::try_from(attempt - 1).unwrap_or(0).min(16);
    let whole = (FIRST * 3_i32.saturating_pow(step)).min(LONGEST);
    whole * (768 + i32::from(random[0]) * 2) / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_vary() {
        let (least, most) = ([0; 32], [255; 32]);
        assert_eq!(pause(1, least), TimeDelta::milliseconds(3_750));
        assert!(pause(1, most) > TimeDelta::milliseconds(6_200));
        assert_eq!(pause(2, least), pause(1, least) * 3);
        for attempt in [9, 10, 100, i32::MAX] {
            assert_eq!(pause(attempt, least), LONGEST * 3 / 4, "{attempt}");
        }
    }
}
