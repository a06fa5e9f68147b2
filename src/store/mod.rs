//! SQL in, domain types out.
pub mod error;
pub mod tokens;
