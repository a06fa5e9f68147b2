//! Single sign-on: what a provider of identities says of somebody, and which role that gives them.

use std::str::FromStr;

use super::{
    account::{check_email, check_name},
    viewer::Role,
};

/// What a provider has proved of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The provider, by its address.
    pub issuer: String,
    /// What it calls them, for good.
    pub subject: String,
    pub name: String,
    pub email: Email,
    pub groups: Vec<String>,
}

/// An e-mail address as a provider tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Email {
    /// It is theirs: the provider has seen to that.
    Verified(String),
    /// It may be somebody else's.
    Unverified,
    /// There is none, or it is none.
    Missing,
}

impl Email {
    /// What is claimed, and whether the provider says that it was verified.
    pub fn claimed(text: Option<&str>, is_verified: bool) -> Self {
        match text.map(check_email) {
            Some(Ok(email)) if is_verified => Self::Verified(email),
            Some(Ok(_)) => Self::Unverified,
            Some(Err(_)) | None => Self::Missing,
        }
    }
}

/// A name for colleagues to read: the first that serves.
pub fn name<'a>(claimed: impl IntoIterator<Item = &'a str>) -> Option<String> {
    claimed.into_iter().find_map(|name| check_name(name).ok())
}

/// Why somebody does not get in by single sign-on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing that the provider says of them gives a role.
    NoRole,
    /// The account's access was ended.
    Deactivated,
    /// An account has to have an e-mail address.
    NoEmail,
    /// The provider does not say that the address is theirs.
    UnverifiedEmail,
    /// There is an account with the address, and it is not to be linked.
    EmailTaken,
}

/// Who gets which role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleRules(Vec<(Whoever, Role)>);

/// Whom a rule is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whoever {
    IsInGroup(String),
    /// The verified e-mail address ends in `@` and this.
    HasEmailAt(String),
}

impl RoleRules {
    /// The highest role that a rule gives.
    pub fn role(&self, person: &Person) -> Option<Role> {
        self.0.iter().filter(|(whoever, _)| whoever.is(person)).map(|(_, role)| *role).max()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Whoever {
    fn is(&self, person: &Person) -> bool {
        match (self, &person.email) {
            (Self::IsInGroup(group), _) => person.groups.contains(group),
            (Self::HasEmailAt(domain), Email::Verified(email)) => {
                email.rsplit_once('@').is_some_and(|(_, host)| host.eq_ignore_ascii_case(domain))
            }
            (Self::HasEmailAt(_), _) => false,
        }
    }
}

impl FromStr for RoleRules {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split(';').map(str::trim).filter(|rule| !rule.is_empty()).map(rule).collect::<Result<_, _>>().map(Self)
    }
}

fn rule(text: &str) -> Result<(Whoever, Role), String> {
    let wrong =
        || format!("write {text:?} as group:NAME=ROLE or domain:example.org=ROLE, with reporter, editor or admin");
    // A group may be called CN=editors,OU=news.
    let (whoever, role) = text.rsplit_once('=').ok_or_else(wrong)?;
    let role = match role.trim().to_ascii_lowercase().as_str() {
        "reporter" => Role::Reporter,
        "editor" => Role::Editor,
        "admin" => Role::Admin,
        _ => return Err(wrong()),
    };
    match whoever.split_once(':').map(|(kind, name)| (kind.trim(), name.trim())) {
        Some(("group", name)) if !name.is_empty() => Ok((Whoever::IsInGroup(name.to_owned()), role)),
        Some(("domain", name)) if name.contains('.') && !name.contains('@') => {
            Ok((Whoever::HasEmailAt(name.to_owned()), role))
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(email: Email, groups: &[&str]) -> Person {
        let (issuer, subject) = ("https://login.example.org".to_owned(), "1".to_owned());
        let groups = groups.iter().map(|group| (*group).to_owned()).collect();
        Person { issuer, subject, name: "Ama".to_owned(), email, groups }
    }

    #[test]
    fn the_highest_role_that_a_rule_gives_counts() {
        let rules: RoleRules =
            "group:desk=editor; group:CN=chiefs,OU=news=admin;domain:example.org=reporter;".parse().unwrap();
        let verified = |email: &str| Email::claimed(Some(email), true);
        for (email, groups, role) in [
            (verified("ama@Example.org"), &[][..], Some(Role::Reporter)),
            (verified("ama@example.org"), &["desk"], Some(Role::Editor)),
            (Email::Missing, &["desk", "CN=chiefs,OU=news"], Some(Role::Admin)),
            (verified("ama@elsewhere.example"), &["Desk"], None),
            (verified("ama@sub.example.org"), &[], None),
            (verified("ama@example.org.evil.example"), &[], None),
            (verified("ama@evil.example@example.org"), &[], None),
            (Email::claimed(Some("ama@example.org"), false), &[], None),
        ] {
            assert_eq!(rules.role(&person(email.clone(), groups)), role, "{email:?} {groups:?}");
        }
        assert_eq!(RoleRules::default().role(&person(verified("ama@example.org"), &["desk"])), None);
    }

    #[test]
    fn a_rule_that_can_not_be_read_is_refused() {
        assert_eq!(" ; ".parse(), Ok(RoleRules::default()));
        for wrong in [
            "desk=editor",
            "group:desk",
            "group:desk=chief",
            "group:=admin",
            "domain:example=admin",
            "domain:a@b.c=admin",
            "admin",
        ] {
            assert!(wrong.parse::<RoleRules>().unwrap_err().contains("group:NAME=ROLE"), "{wrong}");
        }
    }
}
