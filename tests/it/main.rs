//! The tracker as its users meet it: over the wire, on a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

mod newsroom;

mod access;
mod acts;
mod article;
mod attacks;
mod backup;
mod bulk;
mod caching;
mod clients;
mod command_line;
mod confidential;
mod encrypted;
mod exports;
mod feed;
mod history;
mod house;
mod importing;
mod limits;
mod live;
mod migrations;
mod pages;
mod paging;
mod people;
mod pooler;
mod previous;
mod quiet;
mod record;
mod refusals;
mod review;
mod rules_of_the_database;
mod seed;
mod single_sign_on;
mod sources;
mod statements;
mod survival;
mod traces;
mod webhooks;
mod year;
