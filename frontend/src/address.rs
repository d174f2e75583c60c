//! Addresses of model providers, as far as the page has to understand them.

use std::net::Ipv4Addr;

/// Scheme, host and port of an address: a key belongs to them.
pub(crate) fn origin(address: &str) -> String {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}://{host}").to_lowercase()
}

/// Whether an address is on this machine.
pub(crate) fn is_local(base_url: &str) -> bool {
    let rest = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    let is_loopback = |address: Ipv4Addr| address.is_loopback();
    matches!(name, "localhost" | "[::1]")
        || name.ends_with(".localhost")
        || name.parse().is_ok_and(is_loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_this_machine() {
        for local in [
            "http://localhost:11434",
            "http://127.0.0.1:1/v1",
            "http://[::1]:8080/v1",
            "http://[::1]",
            "http://models.localhost:1",
        ] {
            assert!(is_local(local), "{local}");
        }
        assert!(!is_local("https://localhost.example.org/v1"));
        assert!(!is_local("http://192.168.1.4:11434"));
        assert!(!is_local("http://127.example.org"));
    }

    #[test]
    fn origins_leave_paths_out() {
        assert_eq!(origin(" HTTPS://Box:1/v1?x "), "https://box:1");
        assert_ne!(origin("http://box"), origin("https://box"));
    }
}
