//! What a crowd asks for is made anew before a new place in the feed is shown. So the crowd finds it there, and does not wait while one of it has
//! it made.

use std::{sync::Arc, time::Duration};

use axum::http::Extensions;
use tokio::time::Instant;
use tower::ServiceExt;

use super::{Lasting, front::Ready};
use crate::{
    domain::position::Position,
    feed::{Feed, Place},
    http::{App, routes},
};

/// A crowd is so many who were sent the same from what is kept, since the feed moved last.
const CROWD: u32 = 16;

/// So many answers are made anew at most.
const MOST: usize = 32;

/// After that no further one is begun: what is left is made when somebody asks for it.
const ENOUGH: Duration = Duration::from_millis(100);

/// Goes with a request of our own: the feed as it will be.
#[derive(Clone)]
struct Ahead(Feed);

/// Whether a request is one of ours, which nobody sent.
pub fn is_ours(extensions: &Extensions) -> bool {
    extensions.get::<Ahead>().is_some()
}

/// The feed as a request has to see it; and the position to answer at, if it is not shown yet.
pub fn feed<'a>(app: &'a App, extensions: &'a Extensions) -> (&'a Feed, Option<Position>) {
    match extensions.get::<Ahead>() {
        Some(Ahead(feed)) => (feed, Some(feed.place().position)),
        None => (&app.feed, None),
    }
}

/// Has it done whenever the feed is about to move.
pub fn keep_ahead(app: &Arc<App>) {
    let served = Arc::downgrade(app);
    app.feed.before_showing(Box::new(move |place| {
        let served = served.upgrade();
        Box::pin(async move {
            if let Some(app) = served {
                go_ahead(&app, place).await;
            }
        })
    }));
}

async fn go_ahead(app: &Arc<App>, place: Place) {
    let wanted = app.front.most_wanted(CROWD, MOST);
    if wanted.is_empty() || !app.feed.pulse().current {
        return;
    }
    let (began, ahead) = (Instant::now(), Ahead(app.feed.at(place)));
    let router = routes::routes(app.clone());
    let mut made = Vec::with_capacity(wanted.len());
    for (key, again) in wanted {
        if began.elapsed() > ENOUGH {
            break;
        }
        let mut request = again.request();
        request.extensions_mut().insert(ahead.clone());
        let Ok(mut response) = router.clone().oneshot(request).await;
        let lasting = response.extensions_mut().remove::<Lasting>();
        if let Some(lasting) = lasting.filter(|lasting| lasting.place == place) {
            made.push((key, Ready::of(again, &lasting, response.headers())));
        }
    }
    tracing::debug!(position = %place.position, answers = made.len(), "made ahead what many ask for");
    app.front.replace(place, made);
}
