//! Rendering: from plans and moments to events, each made once.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use tokio::time::{Instant, timeout_at};

use super::{Event, Live, Refused, topic::Topic};
use crate::{
    domain::{
        cursor::{FeedCursor, encode},
        position::Position,
    },
    graphql::{
        code::Code,
        subscription::shared::{Moment, Outcome, Plan},
    },
    http::{
        answer::{Answer, OUR_FAULT},
        metrics,
        operation::log_panic,
    },
};

impl Live {
    /// The events between two positions, `None` for those of which there is nothing to tell, [`CHUNK`] at most.
    pub(super) async fn missed(
        &self,
        topic: &Topic,
        from: Position,
        to: Position,
    ) -> Result<Vec<Option<Arc<Event>>>, Refused> {
        // Who comes meanwhile finds them made.
        let _turn = topic.rendering.lock().await;
        let mut events = Vec::new();
        for position in (from.0 + 1)..=to.0 {
            match self.past.get(&(topic.key.clone(), Position(position))).await {
                Some(event) => events.push(event),
                None => break,
            }
        }
        let known = Position(from.0 + i64::try_from(events.len()).unwrap_or(0));
        if known < to {
            let changes = self.feed.read_after(known).await?.into_iter().take_while(|change| change.position <= to);
            let moments: Vec<_> = changes.map(|change| Moment::Change(Arc::new(change))).collect();
            if moments.len() != usize::try_from(to.0 - known.0).unwrap_or(usize::MAX) {
                return Err(Refused::Unavailable);
            }
            for (event, position) in self.render(&topic.plan, &moments).await?.into_iter().zip(known.0 + 1..) {
                // What staff see of the past may have changed since.
                if topic.key.is_public() {
                    self.past.insert((topic.key.clone(), Position(position)), event.clone()).await;
                }
                events.push(event);
            }
        }
        Ok(events)
    }

    /// What there is to tell of moments, in their order.
    pub(super) async fn render(&self, plan: &Plan, moments: &[Moment]) -> Result<Vec<Option<Arc<Event>>>, Refused> {
        let wanted = moments.iter().cloned().enumerate().map(|(index, moment)| (index, plan, moment));
        let mut outcomes = std::pin::pin!(self.engine.tell(self.feed.id(), wanted));
        let deadline = Instant::now() + self.patience;
        let mut events: Vec<Option<Arc<Event>>> = vec![None; moments.len()];
        let mut made = 0;
        while let Ok(Some((index, outcome))) = timeout_at(deadline, outcomes.next()).await {
            let place = match &moments[index] {
                Moment::Change(change) => (change.position, Some(change.at)),
                Moment::State(position) => (*position, None),
                Moment::Never => (Position::START, None),
            };
            events[index] = self.event(plan, place, outcome)?;
            made += 1;
        }
        if made == moments.len() { Ok(events) } else { Err(Refused::Unavailable) }
    }

    /// What an outcome tells. An event that could not be read whole is to be read again.
    pub(super) fn event(
        &self,
        plan: &Plan,
        (position, at): (Position, Option<DateTime<Utc>>),
        outcome: Outcome,
    ) -> Result<Option<Arc<Event>>, Refused> {
        metrics::rendered();
        let Some(answer) = answer(outcome) else { return Ok(None) };
        if answer.asks_to_reconnect() {
            return Err(Refused::Unavailable);
        }
        let cursor = FeedCursor { feed: self.feed.id(), position, at: at.map(|at| at.timestamp_micros()) };
        let cursor = plan.resumes().then(|| encode(&cursor));
        Ok(Some(Arc::new(Event { position, cursor, payload: answer.json().into(), frame: OnceLock::new() })))
    }
}

/// The answer that came of an execution; `None` where there was nothing to tell.
pub(super) fn answer(outcome: Outcome) -> Option<Answer> {
    match outcome.response {
        Ok(response) => response.map(|response| Answer::new(response, outcome.began)),
        Err(panic) => {
            log_panic(panic.as_ref());
            Some(Answer::refused(vec![Code::Internal.error(OUR_FAULT)]))
        }
    }
}
