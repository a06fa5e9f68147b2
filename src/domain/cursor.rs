//! Opaque places in the feed.
