//! One attempt: a request to exactly the addresses that were checked, with nothing of the environment's proxies, no redirect, and
//! nothing read but the head of the answer.

use std::{net::SocketAddr, sync::Once, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{
    Client, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    header, redirect,
};

use super::{backoff::Outcome, signature, target::Target};
use crate::{config::Networks, store::webhook_queue::Taken};

/// How long an attempt may take, from connecting to the head of the answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Answers any name with the addresses that were checked.
struct Checked(Vec<SocketAddr>);

impl Resolve for Checked {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(async move { Ok(addresses) })
    }
}

/// Sends a delivery, and says what came of it. What it says names neither the URL nor anything that was answered.
pub async fn send(taken: &Taken, body: Vec<u8>, now: DateTime<Utc>, networks: &Networks) -> Outcome {
    let target = match Target::check(&taken.url, networks).await {
        Ok(target) => target,
        Err(refused) => return Outcome::failed(refused.to_string()),
    };
    let Ok(client) = client(&target) else {
        return Outcome::failed("The connection could not be prepared.");
    };
    let (id, timestamp) = (taken.id.to_string(), now.timestamp());
    let secrets = std::iter::once(&taken.secret[..]).chain(taken.previous_secret.as_deref());
    let request = client
        .post(target.url)
        .header(header::CONTENT_TYPE, "application/json")
        .header("webhook-signature", signature::sign(secrets, &id, timestamp, &body))
        .header("webhook-timestamp", timestamp)
        .header("webhook-id", id)
        .body(body);
    match request.send().await {
        Ok(answer) => {
            let retry_after = retry_after(&answer, now);
            Outcome { status: Some(answer.status().as_u16()), error: None, retry_after }
        }
        Err(error) => Outcome::failed(in_words(&error)),
    }
}

fn client(target: &Target) -> reqwest::Result<Client> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Fails only where there is one already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder()
        .dns_resolver(Checked(target.addresses.clone()))
        .redirect(redirect::Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .pool_max_idle_per_host(0)
        .user_agent(concat!("third-country-tracker/", env!("CARGO_PKG_VERSION")))
        .build()
}

fn in_words(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "It did not answer within 10 seconds."
    } else if error.is_connect() {
        "No connection could be made."
    } else {
        "It did not answer as HTTP does."
    }
}

/// For how long the receiver asks to be left alone: seconds, or a date.
fn retry_after(answer: &Response, now: DateTime<Utc>) -> Option<TimeDelta> {
    let text = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    match text.parse::<u32>() {
        Ok(seconds) => Some(TimeDelta::seconds(seconds.into())),
        Err(_) => Some(DateTime::<Utc>::from(httpdate::parse_http_date(text).ok()?) - now),
    }
}
