//! How much one caller may have made for them. What is kept costs nothing; what has to be executed costs its fields.

use std::{net::IpAddr, num::NonZeroU32};

use async_graphql::ServerError;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, MonotonicClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};
use uuid::Uuid;

use crate::{
    domain::viewer::Viewer,
    graphql::{Caller, code::Code},
};

/// Beyond so many callers, those are forgotten who have all of their allowance again.
const REMEMBERED: usize = 10_000;

/// Whose allowance it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Payer {
    Actor(Uuid),
    Address(IpAddr),
}

type Limiter =
    RateLimiter<Payer, DashMapStateStore<Payer>, MonotonicClock, NoOpMiddleware<<MonotonicClock as Clock>::Instant>>;

/// The allowances of all callers.
pub struct Rate {
    fields: u32,
    /// `None` where nothing is limited.
    limiter: Option<Limiter>,
}

impl Rate {
    /// An allowance of so many fields a minute, which may be taken at once; of 0, no limit.
    pub fn new(fields: u32) -> Self {
        let of = |fields| RateLimiter::new(Quota::per_minute(fields), DashMapStateStore::default(), MonotonicClock);
        Self { fields, limiter: NonZeroU32::new(fields).map(of) }
    }

    /// Takes an operation's fields off its caller's allowance.
    pub fn take(&self, caller: &Caller, fields: usize) -> Result<(), ServerError> {
        let (Some(limiter), Some(payer)) = (&self.limiter, Payer::of(caller)) else { return Ok(()) };
        if limiter.len() > REMEMBERED {
            limiter.retain_recent();
        }
        // One that is larger than a minute's allowance takes all of it.
        let fields = u32::try_from(fields).unwrap_or(u32::MAX).clamp(1, self.fields);
        let Some(fields) = NonZeroU32::new(fields) else { return Ok(()) };
        match limiter.check_key_n(&payer, fields) {
            Ok(Ok(())) | Err(_) => Ok(()),
            Ok(Err(not_until)) => {
                let seconds = not_until.wait_time_from(MonotonicClock.now()).as_secs() + 1;
                Err(Code::too_often(
                    seconds,
                    format!(
                        "Answers of {} fields are made for one caller in a minute, and you have had them. Try again in {seconds} seconds; what is \
                     asked alike by many costs nothing.",
                        self.fields
                    ),
                ))
            }
        }
    }
}

impl Payer {
    /// Who pays. An address that is none of the internet is a proxy that nobody told us of, or somebody on this machine: all readers may come
    /// through it.
    fn of(caller: &Caller) -> Option<Self> {
        match &caller.viewer {
            Viewer::Staff(staff) => Some(Self::Actor(staff.id)),
            Viewer::Public => caller.address.filter(|address| is_of_the_internet(*address)).map(Self::Address),
        }
    }
}

/// Whether an address can be a reader's own.
pub fn is_of_the_internet(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            !(address.is_loopback() || address.is_private() || address.is_link_local() || is_shared)
        }
        IpAddr::V6(address) => !(address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(address: &str) -> Caller {
        Caller { viewer: Viewer::Public, address: Some(address.parse().unwrap()), browser: None }
    }

    #[test]
    fn who_has_had_a_minutes_allowance_waits_and_nobody_else() {
        let rate = Rate::new(100);
        let (one, other) = (reader("203.0.113.1"), reader("203.0.113.2"));
        assert!(rate.take(&one, 60).is_ok() && rate.take(&one, 40).is_ok());
        let refused = rate.take(&one, 10).unwrap_err();
        assert!(Code::RateLimited.is(&refused) && refused.message.contains("100 fields"), "{}", refused.message);
        assert!(rate.take(&other, 1_000).is_ok(), "a large one takes all");
        assert!(rate.take(&other, 1).is_err());
    }

    #[test]
    fn who_may_stand_for_many_is_not_limited() {
        let rate = Rate::new(1);
        for address in ["127.0.0.1", "10.1.2.3", "100.64.0.1", "::1", "fd00::1"] {
            assert!((0..3).all(|_| rate.take(&reader(address), 1).is_ok()), "{address}");
        }
        assert!((0..3).all(|_| Rate::new(0).take(&reader("203.0.113.1"), 1).is_ok()));
    }
}
