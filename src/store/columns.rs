//! How domain types stand in columns.

use std::str::FromStr;

use async_graphql::resolver_utils::EnumType;
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueRef},
};

use crate::domain::{
    act::Act,
    change::ChangeKind,
    country::CountryCode,
    cursor::CountryOrder,
    development::{AgreementForm, AskStage, Kind, State},
    edtf::Edtf,
    source::SourceKind,
    status::{Headline, Status},
    viewer::Role,
};

macro_rules! stand_as_text {
    ($type:ty) => {
        impl Type<Postgres> for $type {
            fn type_info() -> PgTypeInfo {
                <str as Type<Postgres>>::type_info()
            }

            fn compatible(info: &PgTypeInfo) -> bool {
                <str as Type<Postgres>>::compatible(info)
            }
        }
    };
}

/// Lets an enum stand in a text column by the name that it has in GraphQL. sqlx's own derivation asks the database for the type's
/// number on each new connection.
macro_rules! stand_by_name {
    ($($type:ty),+) => {$(
        stand_as_text!($type);

        impl PgHasArrayType for $type {
            fn array_type_info() -> PgTypeInfo {
                <&str as PgHasArrayType>::array_type_info()
            }
        }

        impl Encode<'_, Postgres> for $type {
            fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let item = <$type>::items().iter().find(|item| item.value == *self).ok_or("an enum value without a name")?;
                <&str as Encode<Postgres>>::encode(item.name, buffer)
            }
        }

        impl<'r> Decode<'r, Postgres> for $type {
            fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
                let name = <&str as Decode<Postgres>>::decode(value)?;
                let item = <$type>::items().iter().find(|item| item.name == name);
                Ok(item.ok_or_else(|| format!("{name:?} is not a {}", stringify!($type)))?.value)
            }
        }
    )+};
}

stand_by_name!(Act, AgreementForm, AskStage, ChangeKind, CountryOrder, Headline, Kind, Role, SourceKind, State, Status);

/// Lets a type that is parsed from text be read from a text column.
macro_rules! read_from_text {
    ($type:ty) => {
        stand_as_text!($type);

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
