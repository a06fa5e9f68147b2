//! The words of the tracker and their rules: pure, without a clock, a database or a wire.

pub mod account;
pub mod act;
pub mod as_of;
pub mod calendar;
pub mod change;
pub mod country;
pub mod cursor;
pub mod development;
pub mod difference;
pub mod draft;
pub mod edtf;
pub mod entry;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod id;
pub mod import_file;
pub mod money;
pub mod page;
pub mod people;
pub mod position;
pub mod problem;
pub mod review;
pub mod revision;
pub mod sign_on;
pub mod source;
pub mod status;
pub mod tally;
pub mod token;
pub mod viewer;
