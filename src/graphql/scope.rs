//! As of which position the objects of an answer are read.

use std::{hash::Hash, sync::Arc, time::Duration};

use async_graphql::{
    Context,
    dataloader::{self, DataLoader},
};
use tokio::sync::OnceCell;

use super::{
    Caller, Services,
    error::{load_error, store_error},
    loaders::{At, Loader},
    loads::Loads,
};
use crate::{
    domain::{as_of::AsOf, position::Position, viewer::Viewer},
    store::{error::StoreError, reader::Reader},
};

/// A position, with the loaders that batch what is read there: every object of an answer carries the scope that it was read in.
#[derive(Clone)]
pub struct Scope {
    loader: Arc<DataLoader<Loader>>,
    position: Position,
}

/// The scope that all fields of a request share which ask for now, so that one answer shows one state.
#[derive(Default)]
pub struct RequestScope(OnceCell<Scope>);

/// The position that a request for now is answered at, where that is in the database and not shown yet.
pub struct Upcoming(pub Position);

impl RequestScope {
    /// A scope that was opened for several requests.
    pub fn of(scope: Scope) -> Self {
        Self(OnceCell::new_with(Some(scope)))
    }
}

impl Scope {
    /// The scope of a reader, whose loads run among others.
    pub fn of(reader: Reader, loads: &Loads) -> Self {
        let (position, loads) = (reader.position(), loads.clone());
        let loader = DataLoader::new(Loader(reader), move |load| loads.ask(load)).delay(Duration::ZERO);
        Self { loader: Arc::new(loader), position }
    }

    /// The scope of a field of this request.
    pub async fn open(context: &Context<'_>, as_of: AsOf) -> async_graphql::Result<Self> {
        if as_of != AsOf::Now {
            return Self::pin(context, as_of).await;
        }
        let shared = context.data::<RequestScope>()?;
        shared.0.get_or_try_init(|| Self::pin(context, as_of)).await.cloned()
    }

    async fn pin(context: &Context<'_>, as_of: AsOf) -> async_graphql::Result<Self> {
        let services = context.data::<Services>()?;
        let (feed, viewer) = (&services.feed, context.data::<Caller>()?.viewer.clone());
        let upcoming = context.data_opt::<Upcoming>().map(|upcoming| upcoming.0);
        let known = match as_of {
            AsOf::Now if upcoming.is_some() => upcoming,
            // Acts are answered at the position of their commit.
            AsOf::Position(position) => {
                feed.has_made(position).await;
                Some(position)
            }
            // Who hears of every change at once need not ask where the feed is. Editors find on any server what they did on another.
            AsOf::Now if viewer == Viewer::Public && feed.pulse().listening => Some(feed.place().position),
            AsOf::Now | AsOf::Instant(_) => None,
        };
        let reader = match known {
            Some(position) => Reader::of_feed(&services.pool, viewer, feed.id()).at(position),
            None => Reader::open(&services.pool, viewer, as_of).await.map_err(store_error)?,
        };
        Ok(Self::of(reader, context.data::<Loads>()?))
    }

    /// The same request at an earlier position. Both load together.
    #[must_use]
    pub fn at(&self, position: Position) -> Self {
        Self { loader: self.loader.clone(), position }
    }

    /// Reads at the scope's position.
    pub fn reader(&self) -> Reader {
        self.loader.loader().0.at(self.position)
    }

    /// Loads in batches: all that resolvers ask for before any of them can go on.
    pub async fn load<K, V>(&self, key: K) -> async_graphql::Result<Option<V>>
    where
        At<K>: Send + Sync + Hash + Eq + Clone + 'static,
        V: Send + Sync + Clone + 'static,
        Loader: dataloader::Loader<At<K>, Value = V, Error = Arc<StoreError>>,
    {
        self.loader.load_one(At { position: self.position, key }).await.map_err(load_error)
    }
}
