use async_graphql::Object;
use rust_decimal::Decimal;

use crate::domain::money;

pub struct Money(pub money::Money);

/// An amount of money.
#[Object(serial)]
impl Money {
    /// The amount in the currency's major unit, as a decimal in a string: `"100000"`.
    async fn value(&self) -> Decimal {
        self.0.value().normalize()
    }

    /// The ISO 4217 code of the currency: `USD`.
    async fn currency(&self) -> &str {
        self.0.currency()
    }

    /// The amount for readers.
    async fn label(&self) -> String {
        self.0.label()
    }
}
