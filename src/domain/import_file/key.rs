//! What files call developments.

use crate::domain::id::{DevelopmentId, GlobalId};

/// How long a key may be, in characters.
pub const MAX_KEY: usize = 100;

/// What the key of a development that no file brought begins with; its id follows.
const OF_ID: &str = "id-";

/// Whether a text can be a key.
pub fn is_key(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= MAX_KEY && !text.chars().any(char::is_control)
}

/// What an exported file calls a development that no file brought: the same in every export.
pub fn key_of(id: DevelopmentId) -> String {
    format!("{OF_ID}{}", GlobalId::Development(id))
}

/// The development that such a key means, where the file came from the same tracker.
pub fn development_of(key: &str) -> Option<DevelopmentId> {
    match key.strip_prefix(OF_ID)?.parse() {
        Ok(GlobalId::Development(id)) => Some(id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_key_made_of_an_id_means_that_development() {
        let id = DevelopmentId(Uuid::from_u128(58));
        assert!(is_key(&key_of(id)));
        assert_eq!(development_of(&key_of(id)), Some(id));
        for other in ["nyt-2025-06-25-ag-ask", "id-", "id-GH", &GlobalId::Development(id).to_string()] {
            assert_eq!(development_of(other), None, "{other}");
        }
    }
}
