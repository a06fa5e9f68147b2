//! Single sign-on: the provider of identities, and whom it lets in.

use std::{fmt, path::PathBuf};

use url::{Host, Url};

use super::{SecretError, secret};
use crate::domain::sign_on::RoleRules;

const LABEL: &str = "Sign in with single sign-on";
const SCOPES: &str = "email profile";
const GROUPS_CLAIM: &str = "groups";

/// The claim by which OpenID Connect says that an e-mail address was verified.
pub const VERIFIED_CLAIM: &str = "email_verified";

/// Single sign-on by OpenID Connect.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SingleSignOn {
    /// The provider by which people sign in (OpenID Connect), such as `https://login.example.org/realms/news`: the address below which it has
    /// `.well-known/openid-configuration`. It needs `TRACKER_PUBLIC_URL`: the provider sends browsers back to `/auth/oidc/callback` there. Absent: people
    /// sign in with a password only.
    #[arg(long, env = "TRACKER_OIDC_ISSUER")]
    pub oidc_issuer: Option<String>,

    /// What the provider calls the tracker.
    #[arg(long, env = "TRACKER_OIDC_CLIENT_ID")]
    pub oidc_client_id: Option<String>,

    /// The secret that the provider gave the tracker. Absent: it gave none, as to a public client.
    #[arg(long, env = "TRACKER_OIDC_CLIENT_SECRET", hide_env_values = true)]
    pub oidc_client_secret: Option<ClientSecret>,

    /// A file that holds `TRACKER_OIDC_CLIENT_SECRET`.
    #[arg(long, env = "TRACKER_OIDC_CLIENT_SECRET_FILE")]
    pub oidc_client_secret_file: Option<PathBuf>,

    /// What the desk's button says.
    #[arg(long, env = "TRACKER_OIDC_LABEL", default_value = LABEL)]
    pub oidc_label: String,

    /// Scopes that are asked for besides `openid`, separated by spaces.
    #[arg(long, env = "TRACKER_OIDC_SCOPES", default_value = SCOPES)]
    pub oidc_scopes: String,

    /// The claim that names a person's groups; with dots, one within others, such as `realm_access.roles`.
    #[arg(long, env = "TRACKER_OIDC_GROUPS_CLAIM", default_value = GROUPS_CLAIM)]
    pub oidc_groups_claim: String,

    /// The claim that says whether the e-mail address is the person's own: `xms_edov` with Microsoft Entra ID, which has no other.
    #[arg(long, env = "TRACKER_OIDC_VERIFIED_CLAIM", default_value = VERIFIED_CLAIM)]
    pub oidc_verified_claim: String,

    /// Who gets which role, separated by semicolons, such as `group:tracker-admins=admin;group:desk=editor;domain:example.org=reporter`. It is asked at
    /// every sign-in, and the highest role counts. A domain is that of a verified e-mail address. Whom no rule names stays out.
    #[arg(long, env = "TRACKER_OIDC_ROLES", default_value = "", hide_default_value = true)]
    pub oidc_roles: RoleRules,

    /// Whether who signs in by the provider for the first time gets the account that there is with the same verified e-mail address. Only for a provider
    /// that gives nobody an address of somebody else's.
    #[arg(long, env = "TRACKER_OIDC_LINK_ACCOUNTS", default_value = "false", value_parser = yes_or_no, action = clap::ArgAction::Set)]
    pub oidc_link_accounts: bool,
}

/// The secret of the tracker at the provider. What is made of it for people to read does not show it.
#[derive(Clone)]
pub struct ClientSecret(String);

impl ClientSecret {
    /// The secret itself, to be sent to the provider alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for ClientSecret {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(a secret)")
    }
}

/// Settings that go together.
#[derive(Debug, Clone)]
pub struct Settings {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<ClientSecret>,
    pub scopes: Vec<String>,
    pub groups_claim: String,
    pub verified_claim: String,
    pub roles: RoleRules,
    pub links_accounts: bool,
    /// Where readers find the tracker, without a path.
    pub public_url: String,
}

/// Why settings do not go together.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("TRACKER_OIDC_ISSUER is set, so {0} has to be as well")]
    Missing(&'static str),
    #[error(
        "TRACKER_OIDC_ISSUER has to be an address with https, without query and fragment (http is for this machine only)"
    )]
    Issuer,
    #[error(transparent)]
    Secret(#[from] SecretError),
}

impl SingleSignOn {
    /// Where a browser begins to sign in.
    pub const START: &str = "/auth/oidc/start";
    /// Where the provider sends it back to.
    pub const CALLBACK: &str = "/auth/oidc/callback";
    /// Where it goes to sign out at the provider too.
    pub const END: &str = "/auth/oidc/end";

    /// The settings, where a provider is named.
    pub fn settings(&self, public_url: Option<&str>) -> Result<Option<Settings>, SettingsError> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let Some(issuer) = given(&self.oidc_issuer) else { return Ok(None) };
        if !is_issuer(&issuer) {
            return Err(SettingsError::Issuer);
        }
        let client_id = given(&self.oidc_client_id).ok_or(SettingsError::Missing("TRACKER_OIDC_CLIENT_ID"))?;
        let public_url = public_url.ok_or(SettingsError::Missing("TRACKER_PUBLIC_URL"))?.to_owned();
        if self.oidc_roles.is_empty() {
            return Err(SettingsError::Missing("TRACKER_OIDC_ROLES"));
        }
        let client_secret = secret(
            "TRACKER_OIDC_CLIENT_SECRET",
            self.oidc_client_secret.as_ref().map(ClientSecret::reveal),
            self.oidc_client_secret_file.as_deref(),
        )?;
        Ok(Some(Settings {
            issuer,
            client_id,
            client_secret: client_secret.map(ClientSecret),
            scopes: or(&self.oidc_scopes, SCOPES).split_whitespace().map(str::to_owned).collect(),
            groups_claim: or(&self.oidc_groups_claim, GROUPS_CLAIM).to_owned(),
            verified_claim: or(&self.oidc_verified_claim, VERIFIED_CLAIM).to_owned(),
            roles: self.oidc_roles.clone(),
            links_accounts: self.oidc_link_accounts,
            public_url,
        }))
    }

    /// What the desk's button says, where a provider is named.
    pub fn label(&self) -> Option<&str> {
        self.oidc_issuer.as_deref().filter(|issuer| !issuer.is_empty()).map(|_| or(&self.oidc_label, LABEL))
    }
}

/// A setting, or its default where it is passed on as empty.
fn or<'a>(text: &'a str, default: &'a str) -> &'a str {
    if text.trim().is_empty() { default } else { text }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "true" => Ok(true),
        // Compose files and shells pass on what is not set as empty.
        "false" | "" => Ok(false),
        _ => Err("write true or false".to_owned()),
    }
}

fn is_issuer(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| is_trusted(&url) && url.query().is_none() && url.fragment().is_none())
}

/// Whether nobody on the way can read or change what goes there.
pub fn is_trusted(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> SingleSignOn {
        SingleSignOn {
            oidc_issuer: Some("https://login.example.org/realms/news".to_owned()),
            oidc_client_id: Some("tracker".to_owned()),
            oidc_client_secret: Some(ClientSecret("not to be shown".to_owned())),
            oidc_roles: "group:desk=editor".parse().unwrap(),
            oidc_scopes: "email  groups".to_owned(),
            ..SingleSignOn::default()
        }
    }

    #[test]
    fn settings_go_together_or_say_what_is_missing() {
        let public_url = Some("https://tracker.example.org");
        let settings = given().settings(public_url).unwrap().unwrap();
        assert_eq!(settings.scopes, ["email", "groups"]);
        assert_eq!((settings.groups_claim.as_str(), settings.verified_claim.as_str()), ("groups", "email_verified"));
        assert!(!format!("{:?} {settings:?}", given()).contains("not to be shown"));
        assert!(SingleSignOn::default().settings(None).unwrap().is_none());
        let nothing = SingleSignOn { oidc_issuer: Some(String::new()), ..given() };
        assert!(
            nothing.settings(None).unwrap().is_none() && nothing.label().is_none(),
            "as compose passes on what is not set"
        );
        for (wrong, public_url, what) in [
            (given(), None, "TRACKER_PUBLIC_URL"),
            (SingleSignOn { oidc_client_id: None, ..given() }, public_url, "TRACKER_OIDC_CLIENT_ID"),
            (SingleSignOn { oidc_roles: RoleRules::default(), ..given() }, public_url, "TRACKER_OIDC_ROLES"),
            (SingleSignOn { oidc_issuer: Some("http://login.example.org".to_owned()), ..given() }, public_url, "https"),
            (SingleSignOn { oidc_client_secret_file: Some("x".into()), ..given() }, public_url, "both given"),
        ] {
            assert!(wrong.settings(public_url).unwrap_err().to_string().contains(what), "{what}");
        }
    }

    #[test]
    fn an_issuer_is_reached_in_the_open_on_this_machine_only() {
        for (address, is_one) in [
            ("https://login.example.org", true),
            ("http://127.0.0.1:4000", true),
            ("http://localhost:4000/realms/news", true),
            ("http://10.0.0.1", false),
            ("https://login.example.org?realm=news", false),
            ("login.example.org", false),
        ] {
            assert_eq!(is_issuer(address), is_one, "{address}");
        }
    }
}
