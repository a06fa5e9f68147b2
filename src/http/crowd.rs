//! How many streams one address may have open.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::{StatusCode, header};

use super::answer::Refusal;
use crate::graphql::{code::Code, limits::is_of_the_internet};

/// When it may be worth trying again.
const RETRY_AFTER: &str = "30";

/// The open streams by the addresses that they come from.
pub struct Crowd {
    most: u32,
    open: Mutex<HashMap<IpAddr, u32>>,
}

/// A stream's place, given up with its value.
pub struct Seat {
    crowd: Arc<Crowd>,
    address: IpAddr,
}

impl Crowd {
    /// Lets so many in from one address; 0 lets everybody in.
    pub fn new(most: u32) -> Arc<Self> {
        Arc::new(Self { most, open: Mutex::default() })
    }

    /// Lets one more in. Who may stand for many, such as a proxy that nobody told us of, is not counted.
    pub fn enter(self: &Arc<Self>, address: Option<IpAddr>) -> Result<Option<Seat>, Refusal> {
        let Some(address) = address.filter(|address| self.most > 0 && is_of_the_internet(*address)) else {
            return Ok(None);
        };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        if *count >= self.most {
            let sentence =
                format!("One address may have {} WebSockets and event streams open, and yours has.", self.most);
            return Err(Refusal::new(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, sentence)
                .with(header::RETRY_AFTER, RETRY_AFTER));
        }
        *count += 1;
        Ok(Some(Seat { crowd: self.clone(), address }))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.crowd.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_makes_room() {
        let crowd = Crowd::new(2);
        let address = Some("203.0.113.1".parse().unwrap());
        let (first, second) = (crowd.enter(address).unwrap(), crowd.enter(address).unwrap());
        assert!(crowd.enter(address).is_err_and(|refusal| refusal.message.contains('2')));
        assert!(crowd.enter(Some("203.0.113.2".parse().unwrap())).is_ok());
        drop(first);
        assert!(crowd.enter(address).is_ok());
        drop(second);
        assert!(crowd.open.lock().unwrap().is_empty(), "nobody is remembered who is not here");
    }
}
