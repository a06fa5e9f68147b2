//! Scalars of our own.

mod country_code;
mod date;

pub use country_code::CountryCode;
pub use date::Date;
