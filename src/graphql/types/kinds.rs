//! What each kind of development says beyond what all kinds share.

use async_graphql::{Context, Object, Result};

use super::{
    country::Country,
    development::{self, Development},
    money::Money,
    people::People,
};
use crate::{
    domain::{
        development::{AgreementForm, AskStage},
        id::DevelopmentId,
        money, people,
    },
    graphql::scope::Scope,
};

#[derive(Clone)]
pub struct AskDetails {
    pub stage: Option<AskStage>,
    pub people: Option<people::People>,
}

#[Object]
impl AskDetails {
    /// Whether the country has been asked or is yet to be. Null when the sources do not say.
    async fn stage(&self) -> Option<AskStage> {
        self.stage
    }

    /// How many people it is asked to take. Null when the sources do not say.
    async fn people(&self) -> Option<People> {
        self.people.clone().map(People)
    }
}

#[derive(Clone)]
pub struct AgreementDetails {
    pub people: Option<people::People>,
    pub terms: Option<String>,
    pub form: Option<AgreementForm>,
}

#[Object]
impl AgreementDetails {
    /// How many people it agreed to take. Null when the sources do not say.
    async fn people(&self) -> Option<People> {
        self.people.clone().map(People)
    }

    /// On what terms, in the newsroom's words. Null when the sources do not say.
    async fn terms(&self) -> Option<&str> {
        self.terms.as_deref()
    }

    /// The form that the agreement takes. Null when the sources do not say.
    async fn form(&self) -> Option<AgreementForm> {
        self.form
    }
}

#[derive(Clone)]
pub struct PaymentDetails {
    pub amount: Option<money::Money>,
    pub people: Option<people::People>,
    pub nationalities: Vec<Country>,
}

#[Object]
impl PaymentDetails {
    /// How much was paid or promised. Null when the sources do not say.
    async fn amount(&self) -> Option<Money> {
        self.amount.clone().map(Money)
    }

    /// How many people it was paid for. Null when the sources do not say.
    async fn people(&self) -> Option<People> {
        self.people.clone().map(People)
    }

    /// The citizenships of the people that it was paid for, as far as the sources say.
    async fn nationalities(&self) -> &[Country] {
        &self.nationalities
    }
}

#[derive(Clone)]
pub struct TransferDetails {
    pub people: Option<people::People>,
    pub nationalities: Vec<Country>,
}

#[Object]
impl TransferDetails {
    /// How many people were moved. Null when the sources do not say.
    async fn people(&self) -> Option<People> {
        self.people.clone().map(People)
    }

    /// Their citizenships, as far as the sources say.
    async fn nationalities(&self) -> &[Country] {
        &self.nationalities
    }
}

#[derive(Clone)]
pub struct CourtOrderDetails {
    pub court: Option<String>,
}

#[Object]
impl CourtOrderDetails {
    /// The court that ordered it. Null when the sources do not say.
    async fn court(&self) -> Option<&str> {
        self.court.as_deref()
    }
}

#[derive(Clone)]
pub struct DenialDetails {
    pub scope: Scope,
    pub disputes: DevelopmentId,
    /// The same, where it was read along.
    pub disputed: Option<Box<Development>>,
    pub denied_by: String,
}

#[Object]
impl DenialDetails {
    /// The development that it disputes, of the same country.
    async fn disputes(&self, _context: &Context<'_>) -> Result<Option<Development>> {
        match &self.disputed {
            Some(disputed) => Ok(Some(Development::clone(disputed))),
            None => development::find(&self.scope, self.disputes).await,
        }
    }

    /// Who disputes it.
    async fn denied_by(&self) -> &str {
        &self.denied_by
    }
}

#[derive(Clone)]
pub struct TerminationDetails {
    pub ended_by: Option<String>,
}

#[Object]
impl TerminationDetails {
    /// Who ended the agreement. Null when the sources do not say.
    async fn ended_by(&self) -> Option<&str> {
        self.ended_by.as_deref()
    }
}
