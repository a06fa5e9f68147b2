//! Windows on countries' timelines, and how long these are.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader};
use crate::{
    domain::{
        country::CountryCode,
        cursor::DevelopmentCursor,
        development::Development,
        page::{Page, Window},
    },
    store::error::StoreError,
};

/// A window on a country's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TimelineWindow {
    pub country: CountryCode,
    pub window: Window<DevelopmentCursor>,
}

/// A country whose developments are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimelineLength(pub CountryCode);

impl dataloader::Loader<At<TimelineWindow>> for Loader {
    type Value = Page<Development>;
    type Error = Arc<StoreError>;

    async fn load(
        &self,
        keys: &[At<TimelineWindow>],
    ) -> Result<HashMap<At<TimelineWindow>, Page<Development>>, Self::Error> {
        let mut by_window = HashMap::<_, Vec<_>>::new();
        for at in keys {
            by_window.entry(&at.key.window).or_default().push((at.position, at.key.country));
        }
        let mut pages = HashMap::new();
        for (window, timelines) in by_window {
            let mut rows = HashMap::<_, Vec<_>>::new();
            for (position, development) in self.0.timelines_at(&timelines, window).await? {
                rows.entry((position, development.country)).or_default().push(development);
            }
            for (position, country) in timelines {
                let page = Page::of(window, rows.remove(&(position, country)).unwrap_or_default());
                pages.insert(At { position, key: TimelineWindow { country, window: window.clone() } }, page);
            }
        }
        Ok(pages)
    }
}

impl dataloader::Loader<At<TimelineLength>> for Loader {
    type Value = i64;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<TimelineLength>]) -> Result<HashMap<At<TimelineLength>, i64>, Self::Error> {
        let timelines: Vec<_> = keys.iter().map(|at| (at.position, at.key.0)).collect();
        let lengths = self.0.timeline_lengths_at(&timelines).await?;
        let keyed = lengths
            .into_iter()
            .map(|((position, country), length)| (At { position, key: TimelineLength(country) }, length));
        Ok(keyed.collect())
    }
}
