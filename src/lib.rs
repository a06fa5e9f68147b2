//! The Third-Country Tracker: a ledger of what the U.S. asks of other countries, served as GraphQL.
//!
//! The rooms, in reading order. Each may use only those named after its arrow; `tests/it/house.rs` holds them to it.
//! `cli → http → graphql → {ledger, store} → domain`, `http → feed → store`, `ledger → store`, `cli → webhooks → {graphql, store}`,
//! `http → single_sign_on → ledger`.

pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod embedded_postgres;
pub mod feed;
pub mod graphql;
pub mod http;
pub mod ledger;
pub mod single_sign_on;
pub mod store;
pub mod webhooks;
