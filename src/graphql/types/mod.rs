//! What answers are made of, one file a type or a family of them.

pub mod account;
pub mod change;
pub mod country;
pub mod date;
pub mod development;
pub mod history;
pub mod kinds;
pub mod money;
pub mod node;
pub mod people;
pub mod revision;
pub mod source;
pub mod status;
pub mod tally;
pub mod token;
pub mod viewer;
