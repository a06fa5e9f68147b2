//! From the code with which a browser comes back to a person whom the provider has vouched for.

use std::collections::HashMap;

use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthType, AuthorizationCode, ClaimsVerificationError, Client, ClientId,
    ClientSecret, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, Nonce,
    OAuth2TokenResponse, PkceCodeVerifier, ProviderMetadataWithLogout, RedirectUrl, RequestTokenError,
    StandardErrorResponse, StandardTokenResponse, TokenResponse, UserInfoClaims,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Derived, Refusal, SingleSignOn, provider::with_causes};
use crate::{
    config::{self, SingleSignOnSettings as Settings, VERIFIED_CLAIM},
    domain::sign_on::{self, Email, Person},
};

/// How far the provider's clock may be from ours.
const LEEWAY: chrono::TimeDelta = chrono::TimeDelta::seconds(60);

/// How ID tokens may be signed: by a key that the provider alone has.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
];

/// Claims that OpenID Connect has no name for, groups among them.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub struct OtherClaims(HashMap<String, Value>);

impl AdditionalClaims for OtherClaims {}

type Tokens = StandardTokenResponse<
    IdTokenFields<
        OtherClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type RelyingClient = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The tracker, as the provider knows it.
pub struct Relying {
    pub client: RelyingClient,
}

impl Relying {
    pub fn new(settings: &Settings, metadata: &ProviderMetadataWithLogout) -> Result<Self, Refusal> {
        let id = ClientId::new(settings.client_id.clone());
        let secret = settings.client_secret.as_ref().map(|secret| ClientSecret::new(secret.reveal().to_owned()));
        let back = RedirectUrl::new(format!("{}{}", settings.public_url, config::SingleSignOn::CALLBACK))
            .map_err(|_| Refusal::Silent)?;
        let client = Client::from_provider_metadata(metadata.clone(), id, secret).set_redirect_uri(back);
        let takes = |method: &CoreClientAuthMethod| {
            metadata.token_endpoint_auth_methods_supported().is_none_or(|methods| methods.contains(method))
        };
        // In the header unless the provider takes it in the body alone.
        let in_body =
            !takes(&CoreClientAuthMethod::ClientSecretBasic) && takes(&CoreClientAuthMethod::ClientSecretPost);
        let auth_type = if in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        Ok(Self { client: client.set_auth_type(auth_type) })
    }
}

/// What is claimed of a person, in the ID token or, where it is not there, by the provider when asked for it.
#[derive(Default)]
struct Claimed {
    email: Option<String>,
    is_verified: Option<bool>,
    names: Vec<String>,
    groups: Option<Vec<String>>,
}

macro_rules! claimed {
    ($claims:expr, $settings:expr) => {{
        let (claims, settings) = ($claims, $settings);
        let name = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned());
        let others = &claims.additional_claims().0;
        let is_standard = settings.verified_claim == VERIFIED_CLAIM;
        Claimed {
            email: claims.email().map(|email| email.as_str().to_owned()),
            is_verified: if is_standard { claims.email_verified() } else { says_yes(others, &settings.verified_claim) },
            names: name.into_iter().chain(claims.preferred_username().map(|name| name.as_str().to_owned())).collect(),
            groups: groups(others, &settings.groups_claim),
        }
    }};
}

impl SingleSignOn {
    /// Exchanges a code for what the provider says of a person, and checks that it says so to us, now, and in answer to this sign-in.
    pub(super) async fn prove(&self, code: String, derived: Derived) -> Result<Person, Refusal> {
        let Derived { nonce, verifier, .. } = derived;
        let metadata = self.provider.metadata().await.map_err(|_| Refusal::Silent)?;
        let relying = Relying::new(&self.settings, &metadata)?;
        let tokens = self.exchange(&relying, code, verifier).await?;
        let (subject, mut claimed) = match self.verify(&relying, &tokens, &nonce) {
            Ok(verified) => verified,
            // It may sign with a key that is newer than what is known of it.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let newer = self.provider.metadata_after(&metadata).await.map_err(|_| Refusal::Silent)?;
                let relying = Relying::new(&self.settings, &newer)?;
                self.verify(&relying, &tokens, &nonce).map_err(|error| not_proven(&error))?
            }
            Err(error) => return Err(not_proven(&error)),
        };
        if claimed.email.is_none() || claimed.is_verified.is_none() || claimed.groups.is_none() {
            claimed = self.complete(&relying, &tokens, &subject, claimed).await?;
        }
        let Claimed { email, is_verified, names, groups } = claimed;
        let local_part = email.as_deref().and_then(|email| email.split('@').next()).unwrap_or_default();
        let names = names.iter().map(String::as_str).chain([local_part]);
        let name = sign_on::name(names).unwrap_or_else(|| "somebody".to_owned());
        let (issuer, email) =
            (self.settings.issuer.clone(), Email::claimed(email.as_deref(), is_verified == Some(true)));
        Ok(Person { issuer, subject, name, email, groups: groups.unwrap_or_default() })
    }

    async fn exchange(&self, relying: &Relying, code: String, verifier: PkceCodeVerifier) -> Result<Tokens, Refusal> {
        let silent = |error: &dyn std::error::Error| {
            tracing::warn!(error = with_causes(error), "the provider of single sign-on does not exchange a code");
            Refusal::Silent
        };
        let request = relying.client.exchange_code(AuthorizationCode::new(code)).map_err(|error| silent(&error))?;
        let tokens = request.set_pkce_verifier(verifier).request_async(&self.provider.transport).await;
        tokens.map_err(|error| match &error {
            RequestTokenError::ServerResponse(said) if *said.error() == CoreErrorResponseType::InvalidGrant => {
                tracing::info!(
                    "the provider of single sign-on does not take a code: it was used before, or is not ours"
                );
                Refusal::NotProven
            }
            _ => silent(&error),
        })
    }

    /// Whom an ID token is about and what it says, if it holds.
    fn verify(
        &self,
        relying: &Relying,
        tokens: &Tokens,
        nonce: &Nonce,
    ) -> Result<(String, Claimed), ClaimsVerificationError> {
        let missing = |what: &str| ClaimsVerificationError::Other(what.to_owned());
        let token = tokens.id_token().ok_or_else(|| missing("there is no ID token"))?;
        let clock = self.clock.clone();
        let verifier =
            relying.client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(move || clock.now() - LEEWAY);
        let claims = token.claims(&verifier, nonce)?;
        if let Some(told) = claims.access_token_hash() {
            let (algorithm, key) = (token.signing_alg(), token.signing_key(&verifier));
            let (algorithm, key) =
                (algorithm.map_err(|_| missing("no algorithm"))?, key.map_err(|_| missing("no key"))?);
            let hash = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            if hash.as_ref() != Ok(told) {
                return Err(missing("the access token is another one than the ID token's"));
            }
        }
        Ok((claims.subject().as_str().to_owned(), claimed!(claims, &self.settings)))
    }

    /// Asks the provider for what the ID token does not say.
    async fn complete(
        &self,
        relying: &Relying,
        tokens: &Tokens,
        subject: &str,
        claimed: Claimed,
    ) -> Result<Claimed, Refusal> {
        let subject = openidconnect::SubjectIdentifier::new(subject.to_owned());
        let Ok(request) = relying.client.user_info(tokens.access_token().clone(), Some(subject)) else {
            return Ok(claimed);
        };
        let asked: Result<UserInfoClaims<OtherClaims, CoreGenderClaim>, _> =
            request.request_async(&self.provider.transport).await;
        let told = asked.map_err(|error| {
            tracing::warn!(error = with_causes(&error), "the provider of single sign-on does not tell of a person");
            Refusal::Silent
        })?;
        let told = claimed!(&told, &self.settings);
        // An address, and whether it is verified, come from one place.
        let (email, is_verified) = match claimed.email {
            Some(email) if claimed.is_verified.is_some() || told.email.is_none() => (Some(email), claimed.is_verified),
            _ => (told.email, told.is_verified),
        };
        let names = claimed.names.into_iter().chain(told.names).collect();
        Ok(Claimed { email, is_verified, names, groups: claimed.groups.or(told.groups) })
    }
}

fn not_proven(error: &ClaimsVerificationError) -> Refusal {
    tracing::warn!(error = with_causes(error), "an ID token of the provider of single sign-on does not hold");
    Refusal::NotProven
}

/// The groups in a claim: a list of texts, or one text. The claim may stand within others.
fn groups(claims: &HashMap<String, Value>, name: &str) -> Option<Vec<String>> {
    let within = || {
        let mut steps = name.split('.');
        let first = claims.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get(step))
    };
    match claims.get(name).or_else(within)? {
        Value::String(group) => Some(vec![group.clone()]),
        Value::Array(groups) => Some(groups.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        _ => None,
    }
}

/// Whether a claim of a provider's own says yes: as a truth value, or as the text or number that stands for one.
fn says_yes(claims: &HashMap<String, Value>, name: &str) -> Option<bool> {
    claims.get(name).map(|value| match value {
        Value::Bool(is_so) => *is_so,
        Value::String(text) => text == "true" || text == "1",
        Value::Number(number) => number.as_u64() == Some(1),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn groups_are_found_by_name_or_within_other_claims() {
        let claims = json!({
            "groups": ["desk", 7, "chiefs"],
            "one": "desk",
            "https://example.org/groups": ["named by an address"],
            "realm_access": { "roles": ["within"] },
            "no": 7,
        });
        let claims: HashMap<String, Value> = serde_json::from_value(claims).unwrap();
        for (name, found) in [
            ("groups", Some(&["desk", "chiefs"][..])),
            ("one", Some(&["desk"])),
            ("https://example.org/groups", Some(&["named by an address"])),
            ("realm_access.roles", Some(&["within"])),
            ("realm_access.groups", None),
            ("no", None),
            ("absent", None),
        ] {
            let found = found.map(|found| found.iter().map(|name| (*name).to_owned()).collect());
            assert_eq!(groups(&claims, name), found, "{name}");
        }
    }

    #[test]
    fn a_claim_of_a_providers_own_says_yes_or_no() {
        for (value, says) in [
            (json!(true), true),
            (json!("1"), true),
            (json!("true"), true),
            (json!(1), true),
            (json!(false), false),
            (json!("yes"), false),
            (json!([true]), false),
            (json!(null), false),
        ] {
            let claims = HashMap::from([("xms_edov".to_owned(), value.clone())]);
            assert_eq!(says_yes(&claims, "xms_edov"), Some(says), "{value}");
        }
        assert_eq!(says_yes(&HashMap::new(), "xms_edov"), None);
    }
}
