use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

use crate::domain::country;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryCode(pub country::CountryCode);

/// An ISO 3166-1 alpha-2 code of a country or territory, such as `GH`, or the user-assigned `XK` for Kosovo. Accepted in either
/// case, served in capitals.
#[Scalar(specified_by_url = "https://www.iso.org/iso-3166-country-codes.html")]
impl ScalarType for CountryCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(text) if text.parse::<country::CountryCode>().is_ok())
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}
