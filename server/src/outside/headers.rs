//! Which headers an app may send, and which of the answer it gets.

use protocol::limits::{FETCH_MAX_HEADER_BYTES, FETCH_MAX_HEADERS};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::Error;

/// Headers that speak for the person or the server, concern the connection, or name another
/// method or sender than there is.
const NEVER_SENT: [&str; 33] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "authorization",
    "cf-connecting-ip",
    "client-ip",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "metadata",
    "metadata-flavor",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "true-client-ip",
    "upgrade",
    "user-agent",
    "via",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-real-ip",
];
const NEVER_SENT_BEGIN: [&str; 4] = ["proxy-", "sec-", "x-forwarded-", "x-aws-ec2-"];

/// Headers of an answer that are for the connection or would be kept by a browser.
const NEVER_GIVEN: [&str; 11] = [
    "alt-svc",
    "clear-site-data",
    "connection",
    "keep-alive",
    "set-cookie",
    "set-cookie2",
    "strict-transport-security",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Headers to send, and the names of those that are left out.
pub(super) fn outgoing(given: &[(String, String)]) -> Result<(HeaderMap, Vec<String>), Error> {
    if given.len() > FETCH_MAX_HEADERS {
        return Err(Error::invalid(
            format!("the request has more than {FETCH_MAX_HEADERS} headers"),
            "Send fewer.",
        ));
    }
    let mut headers = HeaderMap::new();
    let mut left_out = Vec::new();
    for (name, value) in given {
        if name.len() + value.len() > FETCH_MAX_HEADER_BYTES {
            return Err(Error::invalid(
                format!("a header has more than {FETCH_MAX_HEADER_BYTES} bytes"),
                "Send the data in the body.",
            ));
        }
        let parsed = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        );
        let (Ok(name), Ok(value)) = parsed else {
            return Err(Error::invalid(
                format!("`{}` is no header", name.escape_debug()),
                "Correct its name and its value.",
            ));
        };
        if is_sent(name.as_str()) {
            headers.append(name, value);
        } else {
            left_out.push(name.as_str().to_owned());
        }
    }
    // What would come compressed would have to be unpacked within the limit of its size.
    headers.insert(
        reqwest::header::ACCEPT_ENCODING,
        HeaderValue::from_static("identity"),
    );
    Ok((headers, left_out))
}

fn is_sent(name: &str) -> bool {
    !NEVER_SENT.contains(&name) && !NEVER_SENT_BEGIN.iter().any(|begin| name.starts_with(begin))
}

/// Headers of an answer as the app gets them.
pub(super) fn incoming(given: &HeaderMap) -> Vec<(String, String)> {
    given
        .iter()
        .filter(|(name, _)| {
            !NEVER_GIVEN.contains(&name.as_str()) && !name.as_str().starts_with("proxy-")
        })
        .filter_map(|(name, value)| {
            let value = value.to_str().ok()?;
            (value.len() <= FETCH_MAX_HEADER_BYTES)
                .then(|| (name.as_str().to_owned(), value.to_owned()))
        })
        .take(FETCH_MAX_HEADERS)
        .collect()
}
