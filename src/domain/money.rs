//! Amounts of money.
use rust_decimal::Decimal;
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Money { pub value: Decimal, pub currency: String }
