//! Countries by code.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader, pairs};
use crate::{
    domain::country::{Country, CountryCode},
    store::error::StoreError,
};

impl dataloader::Loader<At<CountryCode>> for Loader {
    type Value = Country;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<CountryCode>]) -> Result<HashMap<At<CountryCode>, Country>, Self::Error> {
        let countries = self.0.countries_at(&pairs(keys)).await?;
        Ok(countries.into_iter().map(|(position, country)| (At { position, key: country.code }, country)).collect())
    }
}
