//! Amounts of money.

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::people::grouped;

/// More than any payment between states: an amount above it is a slip of the pen.
pub const MAX_AMOUNT: i64 = 1_000_000_000_000;

/// A positive amount in a currency of ISO 4217.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Money {
    value: Decimal,
    currency: String,
}

/// What is wrong with an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMoney {
    #[error("No currency has the code {0:?}: use its ISO 4217 code, such as USD.")]
    UnknownCurrency(String),
    #[error("An amount is more than 0 and at most {max}; this one is {0}.", max = grouped(MAX_AMOUNT))]
    OutOfRange(Decimal),
    #[error("{currency} has {digits} decimals at most; this amount has {sent}.")]
    TooPrecise { currency: String, digits: u32, sent: u32 },
}

impl Money {
    /// Checks an amount.
    pub fn new(value: Decimal, currency: &str) -> Result<Self, NotMoney> {
        let known = Currency::from_code(&currency.to_ascii_uppercase())
            .filter(|known| is_money(known.code()))
            .ok_or_else(|| NotMoney::UnknownCurrency(currency.to_owned()))?;
        if value <= Decimal::ZERO || value > Decimal::from(MAX_AMOUNT) {
            return Err(NotMoney::OutOfRange(value));
        }
        let value = value.normalize();
        let digits = known.exponent().map_or(0, u32::from);
        if value.scale() > digits {
            return Err(NotMoney::TooPrecise { currency: known.code().to_owned(), digits, sent: value.scale() });
        }
        Ok(Self { value, currency: known.code().to_owned() })
    }

    /// An amount that was checked when it was stored.
    pub fn stored(value: Decimal, currency: String) -> Self {
        Self { value: value.normalize(), currency }
    }

    /// In the currency's major unit.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The ISO 4217 code.
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The amount for readers, with the code before it, since "$" is the sign of many currencies: "USD 100,000".
    pub fn label(&self) -> String {
        let whole = grouped(self.value.trunc());
        if self.value.fract().is_zero() {
            return format!("{} {whole}", self.currency);
        }
        let digits = Currency::from_code(&self.currency).and_then(Currency::exponent).map_or(0, usize::from);
        let fraction = format!("{:.digits$}", self.value.fract());
        format!("{} {whole}{}", self.currency, fraction.trim_start_matches('0'))
    }
}

/// ISO 4217 also gives codes that begin with X to metals, to units of account and to nothing; these are the ones that are spent.
fn is_money(code: &str) -> bool {
    !code.starts_with('X') || matches!(code, "XAF" | "XCD" | "XCG" | "XOF" | "XPF")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(value: &str, currency: &str) -> Result<Money, NotMoney> {
        Money::new(value.parse().unwrap(), currency)
    }

    #[test]
    fn an_amount_reads_with_its_currency() {
        for (value, currency, label) in [
            ("100000", "USD", "USD 100,000"),
            ("100000.00", "usd", "USD 100,000"),
            ("7500000.5", "EUR", "EUR 7,500,000.50"),
            ("0.01", "USD", "USD 0.01"),
            ("5000", "JPY", "JPY 5,000"),
        ] {
            assert_eq!(money(value, currency).unwrap().label(), label);
        }
    }

    #[test]
    fn what_is_not_an_amount_is_refused() {
        assert_eq!(money("1", "XYZ"), Err(NotMoney::UnknownCurrency("XYZ".to_owned())));
        assert_eq!(money("1", "XAU"), Err(NotMoney::UnknownCurrency("XAU".to_owned())));
        assert!(matches!(money("0", "USD"), Err(NotMoney::OutOfRange(_))));
        assert!(matches!(money("-5", "USD"), Err(NotMoney::OutOfRange(_))));
        assert!(matches!(money("1000000000001", "USD"), Err(NotMoney::OutOfRange(_))));
        assert!(matches!(money("1.001", "USD"), Err(NotMoney::TooPrecise { digits: 2, sent: 3, .. })));
        assert!(matches!(money("1.5", "JPY"), Err(NotMoney::TooPrecise { digits: 0, .. })));
    }
}
