//! What programs sign in with.

use chrono::{DateTime, Utc};

use super::{
    calendar,
    problem::{Problem, ProblemCode},
};

/// How long a token's name may be, in characters.
const MAX_NAME: usize = 100;

/// A token's name as it is kept: whose it is, or what it is for.
pub fn check_name(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let length = text.chars().count();
    let problem = |code, message: String| Err(Problem::at("name", code, message));
    if length == 0 {
        return problem(ProblemCode::Required, "Say whose the token is, or what it is for.".to_owned());
    }
    if length > MAX_NAME {
        let message = format!("A token's name takes {MAX_NAME} characters at most; this one has {length}.");
        return problem(ProblemCode::TooLong, message);
    }
    if text.chars().any(char::is_control) {
        return problem(ProblemCode::Malformed, "A token's name has no control characters.".to_owned());
    }
    Ok(text.to_owned())
}

/// A moment until which a token is to be good.
pub fn check_expiry(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), Problem> {
    if expires_at.is_some_and(|moment| moment <= now) {
        let message = "This moment has passed: choose a later one, or leave it out.";
        return Err(Problem::at("expiresAt", ProblemCode::OutOfRange, message));
    }
    if let Some(Err(error)) = expires_at.map(calendar::instant) {
        return Err(Problem::at("expiresAt", ProblemCode::OutOfRange, format!("Choose an earlier moment: {error}.")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_in_one_line() {
        assert_eq!(check_name(" Foreign desk ").unwrap(), "Foreign desk");
        assert!(check_name(&"a".repeat(100)).is_ok());
        for (wrong, code) in [
            (String::new(), ProblemCode::Required),
            (" ".to_owned(), ProblemCode::Required),
            ("a\nb".to_owned(), ProblemCode::Malformed),
            ("a".repeat(101), ProblemCode::TooLong),
        ] {
            assert_eq!(check_name(&wrong).unwrap_err().code, code, "{wrong:?}");
        }
    }

    #[test]
    fn a_token_is_good_for_some_time_or_until_it_is_revoked() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert!(check_expiry(None, now).is_ok());
        assert!(check_expiry(Some(now + chrono::TimeDelta::seconds(1)), now).is_ok());
        assert!(check_expiry(Some(now), now).is_err());
        assert!(check_expiry(Some(DateTime::<Utc>::MAX_UTC), now).is_err());
    }
}
