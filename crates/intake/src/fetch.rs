//! One address: http or https, with limits on time, size and redirects.

use crate::{Format, Options, Reason};
use std::io::Read;
use ureq::{Agent, Error, ResponseExt};

/// What an address answered.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) bytes: Vec<u8>,
    /// What the `Content-Type` says.
    pub(crate) format: Option<Format>,
    pub(crate) charset: Option<String>,
    /// Where the redirects ended.
    pub(crate) url: String,
}

/// Fetches `url`.
pub(crate) fn fetch(url: &str, options: &Options) -> Result<Fetched, Reason> {
    match url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase()).as_deref() {
        Some("http" | "https") => {}
        Some(other) => return Err(Reason::Scheme(other.to_owned())),
        None => return Err(Reason::BadUrl("it has no http:// or https://".to_owned())),
    }
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(options.network_time))
        .max_redirects(options.redirects)
        .user_agent(concat!("legation/", env!("CARGO_PKG_VERSION")))
        .accept("text/html, text/plain, application/json;q=0.8, */*;q=0.1")
        .build()
        .into();
    let failed = |error| reason(error, options);
    let mut response = agent.get(url).call().map_err(failed)?;
    let final_url = response.get_uri().to_string();
    let body = response.body_mut();
    let format = body.mime_type().and_then(Format::of_media_type);
    let charset = body.charset().map(str::to_owned);
    let limit = options.page_bytes;
    let mut bytes = Vec::new();
    let reader = body.with_config().limit(u64::MAX).reader();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|e| failed(Error::from(e)))?;
    if bytes.len() > limit {
        return Err(Reason::PageLimit { what: format!("more than {limit} bytes") });
    }
    Ok(Fetched { bytes, format, charset, url: final_url })
}

fn reason(error: Error, options: &Options) -> Reason {
    match error {
        Error::Timeout(_) => Reason::NoAnswer(options.network_time.as_secs().max(1)),
        Error::Io(e) if matches!(e.kind(), std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock) => {
            Reason::NoAnswer(options.network_time.as_secs().max(1))
        }
        Error::TooManyRedirects => Reason::Redirects(options.redirects),
        Error::StatusCode(status) => Reason::Status(status),
        Error::BadUri(what) => Reason::BadUrl(what),
        Error::Http(e) => Reason::BadUrl(e.to_string()),
        Error::HostNotFound => Reason::Network("no such host".to_owned()),
        other => Reason::Network(other.to_string()),
    }
}
