//! How domain types stand in columns.

use std::str::FromStr;

use sqlx::{
    Database, Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgTypeInfo, PgValueRef},
};

use crate::domain::{country::CountryCode, edtf::Edtf};

/// Lets a type that is parsed from text be read from a text column.
macro_rules! read_from_text {
    ($type:ty) => {
        impl Type<Postgres> for $type {
            fn type_info() -> PgTypeInfo {
                <str as Type<Postgres>>::type_info()
            }

            fn compatible(info: &<Postgres as Database>::TypeInfo) -> bool {
                <str as Type<Postgres>>::compatible(info)
            }
        }

        impl<'r> Decode<'r, Postgres> for $type {
            fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok(<$type>::from_str(<&str as Decode<Postgres>>::decode(value)?)?)
            }
        }
    };
}

read_from_text!(CountryCode);
read_from_text!(Edtf);

/// Codes as an array parameter.
pub fn codes(codes: &[CountryCode]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}
