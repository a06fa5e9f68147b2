//! SQL in, domain types out. What readers see is read through a [`reader::Reader`], which knows who asks and as of when; what
//! editors do is written by functions that take the ledger's transaction.

pub mod error;
pub mod migrations;
pub mod pool;
pub mod presence;
pub mod reader;

pub mod changes;
pub mod countries;
pub mod developments;
pub mod source_search;
pub mod sources;
pub mod statuses;
pub mod tally;

pub mod accounts;
pub mod append;
pub mod audit;
pub mod conclusion;
pub mod drafts;
pub mod history;
pub mod idempotency;
pub mod identities;
pub mod reference;
pub mod revisions;
pub mod sessions;
pub mod sign_ons;
pub mod source_versions;
pub mod tokens;
pub mod webhook_queue;
pub mod webhooks;

mod columns;
mod ledger;
