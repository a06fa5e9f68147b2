//! Single sign-on by OpenID Connect: a browser is sent to the provider with a code challenge, state and nonce, and whoever it comes back as is let
//! in by the ledger.
//!
//! All three are derived from one secret, which the browser keeps in a cookie and of which the database has a digest: any server can take a sign-in
//! up, once, and nothing that is stored anywhere but in the browser helps to take one over.

mod proof;
mod provider;
mod refusal;
mod transport;

use std::net::IpAddr;

use data_encoding::BASE64URL_NOPAD;
use openidconnect::{
    ClientId, CsrfToken, IssuerUrl, LogoutRequest, Nonce, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    Scope, core::CoreAuthenticationFlow,
};
use ring::hmac;
use url::Url;

pub use self::refusal::Refusal;
use self::{proof::Relying, provider::Provider};
use crate::{
    clock::Clock,
    config::SingleSignOnSettings as Settings,
    ledger::{
        Ledger,
        session::SignedIn,
        sign_on::{Came, SignOn, Trust},
    },
};

/// The desk, where everybody comes who does not come elsewhere.
pub const DESK: &str = "/desk";

/// How long an address may be to which a browser comes back.
const LONGEST_NEXT: usize = 2_000;

/// Single sign-on at one provider.
pub struct SingleSignOn {
    settings: Settings,
    provider: Provider,
    ledger: Ledger,
    clock: Clock,
}

/// A sign-in that has begun.
pub struct Begun {
    /// Where the browser goes.
    pub to: Url,
    /// What it keeps until it is back, and shows to nobody else.
    pub secret: String,
}

/// A sign-in that has come to its end.
pub struct Entered {
    pub signed_in: SignedIn,
    /// Where the browser goes.
    pub next: String,
}

/// With what a browser comes back, as it stands in the address.
#[derive(Default)]
pub struct Answer {
    pub code: Option<String>,
    pub state: Option<String>,
    /// The provider, by its own word (RFC 9207).
    pub issuer: Option<String>,
    pub error: Option<String>,
}

/// What the provider gets to see of a sign-in's secret, and later proves to have seen.
struct Derived {
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

impl Derived {
    fn of(secret: &str) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let derived = |what: &str| BASE64URL_NOPAD.encode(hmac::sign(&key, what.as_bytes()).as_ref());
        Self {
            state: CsrfToken::new(derived("state")),
            nonce: Nonce::new(derived("nonce")),
            verifier: PkceCodeVerifier::new(derived("code verifier")),
        }
    }

    /// Whether a browser comes back with the state with which it went.
    fn is_state(&self, state: &str) -> bool {
        ring::digest::digest(&ring::digest::SHA256, state.as_bytes()).as_ref()
            == ring::digest::digest(&ring::digest::SHA256, self.state.secret().as_bytes()).as_ref()
    }
}

impl SingleSignOn {
    /// Asks the provider nothing yet. The issuer's address was checked with the settings.
    pub fn new(settings: Settings, ledger: Ledger, clock: Clock) -> Result<Self, url::ParseError> {
        let provider = Provider::new(IssuerUrl::new(settings.issuer.clone())?);
        Ok(Self { settings, provider, ledger, clock })
    }

    /// Begins a sign-in from which the browser wants to come back to a page of ours; the session that it has, if any, ends with it.
    pub async fn begin(
        &self,
        next: Option<&str>,
        previous: Option<&str>,
        address: Option<IpAddr>,
    ) -> Result<Begun, Refusal> {
        let metadata = self.provider.metadata().await.map_err(|_| Refusal::Silent)?;
        let relying = Relying::new(&self.settings, &metadata)?;
        let next = own_path(next.unwrap_or_default()).unwrap_or_else(|| DESK.to_owned());
        let secret = self.ledger.begin_sign_on(&next, address, previous).await?.ok_or(Refusal::TooMany)?;
        let Derived { state, nonce, verifier } = Derived::of(&secret);
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let scopes = self.settings.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new);
        let request = relying.client.authorize_url(flow, move || state, move || nonce);
        let (to, ..) = request.add_scopes(scopes).set_pkce_challenge(challenge).url();
        Ok(Begun { to, secret })
    }

    /// Lets in whoever comes back from the provider with a proof.
    pub async fn finish(
        &self,
        answer: Answer,
        secret: Option<&str>,
        address: Option<IpAddr>,
    ) -> Result<Entered, Refusal> {
        let secret = secret.ok_or(Refusal::NotBegun)?;
        let derived = Derived::of(secret);
        // Before it is taken up, so that another site can't end a sign-in that is under way.
        if !answer.state.as_deref().is_some_and(|state| derived.is_state(state)) {
            return Err(Refusal::NotBegun);
        }
        let begun = self.ledger.take_sign_on(secret).await?.ok_or(Refusal::NotBegun)?;
        if answer.issuer.is_some_and(|issuer| issuer != self.settings.issuer) {
            return Err(Refusal::NotProven);
        }
        if let Some(error) = answer.error {
            tracing::info!(
                error = error.escape_default().to_string(),
                "the provider of single sign-on refused somebody"
            );
            return Err(if error == "access_denied" { Refusal::Denied } else { Refusal::Silent });
        }
        let code = answer.code.ok_or(Refusal::NotProven)?;
        let person = self.prove(code, derived).await?;
        let trust = Trust { role: self.settings.roles.role(&person), links_accounts: self.settings.links_accounts };
        let came = Came { address, previous: begun.previous.as_deref() };
        match self.ledger.sign_on(&person, trust, came).await? {
            SignOn::Done(signed_in) => Ok(Entered { signed_in, next: begun.next }),
            SignOn::Refused(refusal) => {
                tracing::info!(?refusal, "somebody was not let in by single sign-on");
                Err(Refusal::Person(refusal))
            }
        }
    }

    /// Where a browser signs out at the provider, and from where it comes back to the desk. `None` where the provider has no such place.
    pub async fn end(&self) -> Option<Url> {
        let metadata = self.provider.metadata().await.ok()?;
        let address = metadata.additional_metadata().end_session_endpoint.clone()?;
        let back = PostLogoutRedirectUrl::new(format!("{}{DESK}", self.settings.public_url)).ok()?;
        let client = ClientId::new(self.settings.client_id.clone());
        Some(LogoutRequest::from(address).set_client_id(client).set_post_logout_redirect_uri(back).http_get_url())
    }
}

/// An address as a path of ours, or `None` where it leads elsewhere.
fn own_path(text: &str) -> Option<String> {
    let is_path = text.starts_with('/') && text.len() <= LONGEST_NEXT && !text.contains(char::is_control);
    let home = Url::parse("http://tracker.invalid/").ok()?;
    let url = is_path.then(|| home.join(text).ok()).flatten()?;
    if url.origin() != home.origin() || url.path().starts_with("/auth/") {
        return None;
    }
    Some(url[url::Position::BeforePath..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_a_place_that_is_not_ours() {
        for (text, path) in [
            ("/desk", Some("/desk")),
            ("/desk?a=b#draft=RGV2", Some("/desk?a=b#draft=RGV2")),
            ("/../desk", Some("/desk")),
            ("/ü", Some("/%C3%BC")),
            ("", None),
            ("desk", None),
            ("//evil.example/desk", None),
            ("/\\evil.example", None),
            ("/\t/evil.example", None),
            ("https://evil.example", None),
            ("javascript:alert(1)", None),
            ("/auth/oidc/start", None),
            ("/x/../auth/oidc/end", None),
        ] {
            assert_eq!(own_path(text).as_deref(), path, "{text:?}");
        }
        assert_eq!(own_path(&format!("/{}", "x".repeat(3_000))), None);
    }

    #[test]
    fn what_the_provider_sees_tells_nothing_of_the_secret_or_of_each_other() {
        let (one, same, other) = (Derived::of("one"), Derived::of("one"), Derived::of("other"));
        assert!(one.is_state(same.state.secret()) && !one.is_state(other.state.secret()));
        let seen = [one.state.secret(), one.nonce.secret(), one.verifier.secret()];
        assert!(seen.iter().all(|text| text.len() == 43), "as long as RFC 7636 asks for");
        assert!(seen[0] != seen[1] && seen[1] != seen[2] && seen[0] != seen[2]);
    }
}
