//! Passwords, hashed by Argon2id.

use std::sync::Arc;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Hashes that are made at the same time at most: each takes 19 MiB and some ten milliseconds of a processor.
const AT_ONCE: usize = 2;

/// Stands in where there is no account or no password, so that the answer takes as long. Of no password that anybody could give.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$dGhlLXNhbHQtb2Ytbm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and compares, a few at a time.
#[derive(Debug, Clone)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// A password as it is stored: a PHC string.
    pub async fn hash(&self, password: String, salt: [u8; 32]) -> Option<String> {
        let hashed = move || {
            let hash: argon2::password_hash::phc::PasswordHash =
                Argon2::default().hash_password_with_salt(password.as_bytes(), &salt[..16]).ok()?;
            Some(hash.to_string())
        };
        self.run(hashed).await.flatten()
    }

    /// Whether a password is the one that was hashed.
    pub async fn fits(&self, password: String, hash: Option<String>) -> bool {
        let compared = move || {
            let stored = hash.as_deref().unwrap_or(NOBODYS);
            let fits =
                PasswordVerifier::<str>::verify_password(&Argon2::default(), password.as_bytes(), stored).is_ok();
            fits && hash.is_some()
        };
        self.run(compared).await.unwrap_or(false)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let turn = self.0.clone().acquire_owned().await.ok()?;
        // The turn lasts as long as the work, also where nobody waits for it any more.
        spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await
        .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse battery".to_owned(), [7; 32]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.fits("correct horse battery".to_owned(), Some(hash.clone())).await);
        assert!(!passwords.fits("Correct horse battery".to_owned(), Some(hash)).await);
        assert!(!passwords.fits(String::new(), None).await);
        // Else a stranger would be told at once.
        assert!(argon2::password_hash::phc::PasswordHash::new(NOBODYS).is_ok());
    }
}
