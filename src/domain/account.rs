//! People who sign in.

use chrono::{DateTime, Utc};

use super::{
    problem::{Problem, ProblemCode},
    viewer::Role,
};

/// How long an e-mail address may be, in characters.
const MAX_EMAIL: usize = 254;

/// How long a name may be, in characters.
const MAX_NAME: usize = 100;

/// How short and how long a password may be, in characters.
const PASSWORD: std::ops::RangeInclusive<usize> = 12..=200;

/// Somebody's account, without any secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Whether a password has been set.
    pub has_password: bool,
    /// Whether its owner has signed in by single sign-on.
    pub has_identity: bool,
    pub created_at: DateTime<Utc>,
    /// `None` where the account may be used.
    pub deactivated_at: Option<DateTime<Utc>>,
    /// When a browser of theirs was last heard of; `None` where none is signed in.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// An e-mail address as it is kept.
pub fn check_email(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let problem = |code, message: String| Err(Problem::at("email", code, message));
    if text.is_empty() {
        return problem(ProblemCode::Required, "Give an e-mail address.".to_owned());
    }
    let length = text.chars().count();
    if length > MAX_EMAIL {
        return problem(
            ProblemCode::TooLong,
            format!("An e-mail address takes {MAX_EMAIL} characters at most; this one has {length}."),
        );
    }
    let parts =
        text.rsplit_once('@').filter(|(name, host)| !name.is_empty() && !name.contains('@') && host.contains('.'));
    let is_plain = text.chars().all(|letter| !letter.is_whitespace() && !letter.is_control());
    if parts.is_none_or(|(_, host)| host.starts_with('.') || host.ends_with('.')) || !is_plain {
        return problem(ProblemCode::Malformed, "Write the e-mail address as name@example.org.".to_owned());
    }
    Ok(text.to_owned())
}

/// A person's name as it is kept.
pub fn check_name(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 {
        return Err(Problem::at("name", ProblemCode::Required, "Give the person's name."));
    }
    if length > MAX_NAME {
        let message = format!("A name takes {MAX_NAME} characters at most; this one has {length}.");
        return Err(Problem::at("name", ProblemCode::TooLong, message));
    }
    if text.chars().any(char::is_control) {
        return Err(Problem::at("name", ProblemCode::Malformed, "A name has no control characters."));
    }
    Ok(text.to_owned())
}

/// A new password. Length is all that is asked of it: rules on signs make passwords that are easier to guess.
pub fn check_password(text: &str) -> Result<(), Problem> {
    let length = text.chars().count();
    if PASSWORD.contains(&length) {
        return Ok(());
    }
    let (least, most) = PASSWORD.into_inner();
    let code = if length < least { ProblemCode::TooShort } else { ProblemCode::TooLong };
    let message = format!("A password has from {least} to {most} characters; this one has {length}.");
    Err(Problem::at("password", code, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_it_is_written() {
        assert_eq!(check_email(" Ama.Mensah@Example.org ").unwrap(), "Ama.Mensah@Example.org");
        for wrong in [
            "",
            " ",
            "ama",
            "ama@",
            "@example.org",
            "ama@example",
            "a ma@example.org",
            "ama@.org",
            "ama@example.",
            "ama@evil.example@example.org",
        ] {
            assert!(check_email(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(check_email(&format!("{}@example.org", "a".repeat(250))).unwrap_err().code, ProblemCode::TooLong);
    }

    #[test]
    fn a_password_is_long_and_whatever_else() {
        for (password, code) in
            [("elevensigns", Some(ProblemCode::TooShort)), ("twelve signs", None), ("密码密码密码密码密码密码", None)]
        {
            assert_eq!(check_password(password).err().map(|problem| problem.code), code, "{password}");
        }
        assert_eq!(check_password(&"a".repeat(201)).unwrap_err().code, ProblemCode::TooLong);
    }
}
