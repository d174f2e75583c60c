//! Which addresses an app's request may have.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};
use url::{Host, Url};

use super::Error;

/// IANA's special-purpose registry for IPv4 without what is globally reachable, multicast, the
/// reserved end, and the public address under which Azure's machines find their metadata.
const REFUSED_V4: [Ipv4Net; 16] = [
    v4(0, 0, 0, 0, 8),
    v4(10, 0, 0, 0, 8),
    v4(100, 64, 0, 0, 10),
    v4(127, 0, 0, 0, 8),
    v4(168, 63, 129, 16, 32),
    v4(169, 254, 0, 0, 16),
    v4(172, 16, 0, 0, 12),
    v4(192, 0, 0, 0, 24),
    v4(192, 0, 2, 0, 24),
    v4(192, 88, 99, 0, 24),
    v4(192, 168, 0, 0, 16),
    v4(198, 18, 0, 0, 15),
    v4(198, 51, 100, 0, 24),
    v4(203, 0, 113, 0, 24),
    v4(224, 0, 0, 0, 4),
    v4(240, 0, 0, 0, 4),
];

/// The only block of IPv6 that is routed globally; everything else (loopback, link-local, unique
/// local, multicast, and all that wrap an IPv4 address but 6to4 and Teredo) lies outside of it.
const GLOBAL_V6: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// What is special within it: protocol assignments with Teredo, two blocks for documentation, 6to4.
const REFUSED_V6: [Ipv6Net; 4] = [
    Ipv6Net::new_assert(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    Ipv6Net::new_assert(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    Ipv6Net::new_assert(Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    Ipv6Net::new_assert(Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Ends of names that only a private network knows.
const PRIVATE_ENDINGS: [&str; 6] = [
    "localhost",
    "local",
    "internal",
    "home.arpa",
    "lan",
    "intranet",
];

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

/// Whether an address is on the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !REFUSED_V4.iter().any(|net| net.contains(&address)),
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(&address) && !REFUSED_V6.iter().any(|net| net.contains(&address))
        }
    }
}

/// Refuses what shows in the address alone. `exempt` are the hosts of the server's configuration.
/// What a name stands for is looked at when it is resolved.
pub(super) fn check(url: &Url, exempt: &[String]) -> Result<(), Error> {
    let is_exempt = is_exempt(url.host_str().unwrap_or_default(), exempt);
    match url.scheme() {
        "https" => {}
        "http" if is_exempt => {}
        scheme => {
            return Err(Error::invalid(
                format!("apps can't reach addresses that begin with {scheme}:"),
                "Use an address that begins with https://.",
            ));
        }
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::invalid(
            "the address holds a user name or a password",
            "Leave them out.",
        ));
    }
    let is_open = match url.host() {
        None => false,
        Some(Host::Domain(name)) => is_exempt || is_public_name(name),
        Some(Host::Ipv4(address)) => is_exempt || is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_exempt || is_public(IpAddr::V6(address)),
    };
    if is_open {
        return Ok(());
    }
    Err(Error::Forbidden {
        message: format!(
            "`{}` is an address of a private network",
            url.host_str().unwrap_or_default()
        ),
    })
}

/// Whether the configuration lets apps reach a host.
pub(super) fn is_exempt(host: &str, exempt: &[String]) -> bool {
    exempt.iter().any(|name| name == host)
}

/// Names of one label are looked up in the search domains of this machine.
fn is_public_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_private = |ending: &&str| {
        name.strip_suffix(*ending)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    name.contains('.') && !PRIVATE_ENDINGS.iter().any(is_private)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(url: &str) -> bool {
        check(&Url::parse(url).unwrap(), &["127.0.0.1".to_owned()]).is_ok()
    }

    #[test]
    fn public_addresses_pass() {
        for host in [
            "example.com",
            "example.com.",
            "sub.example.com:8443",
            "93.184.215.14",
            "100.63.255.255",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "[2606:4700::1]",
            "[2a00:1450:4001::1]",
            "[2001:200::1]",
            "locals.example",
        ] {
            assert!(passes(&format!("https://{host}/x")), "{host}");
        }
    }

    #[test]
    fn private_addresses_dont_pass_in_any_notation() {
        for host in [
            // Loopback and this network.
            "localhost",
            "LOCALHOST",
            "localhost.",
            "a.localhost",
            "127.1",
            "127.0.0.2",
            "2130706433",
            "0x7f000002",
            "0x7f.0.0.2",
            "0177.0.0.2",
            "017700000002",
            "127.0.0.2.",
            "0.0.0.0",
            "0",
            "0x0",
            "①②⑦.⓪.⓪.②",
            "127%2e0%2e0%2e2",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            // IPv4 inside IPv6.
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::a00:1]",
            "[2002:7f00:1::]",
            "[2001::7f00:1]",
            "[::ffff:0:127.0.0.1]",
            // Private, shared, link-local, metadata.
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "100.100.100.200",
            "169.254.169.254",
            "2852039166",
            "0xa9fea9fe",
            "168.63.129.16",
            "[fe80::1]",
            "[fec0::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "metadata.google.internal",
            "metadata",
            "printer.local",
            "nas.lan",
            "router.home.arpa",
            // Documentation, benchmarks, multicast, reserved, broadcast.
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            "198.18.0.1",
            "192.0.0.8",
            "192.88.99.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "[ff02::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[100::1]",
        ] {
            let url = Url::parse(&format!("https://{host}/x")).unwrap();
            assert!(check(&url, &[]).is_err(), "{host}");
        }
    }

    #[test]
    fn only_https_without_credentials_passes_but_for_exempt_hosts() {
        for url in [
            "http://example.com/",
            "ftp://example.com/",
            "file:///etc/passwd",
            "gopher://example.com/",
            "data:text/plain,x",
            "https://user@example.com/",
            "https://user:secret@example.com/",
            "https://example.com@127.0.0.2/",
            "ftp://127.0.0.1/",
            "http://u@127.0.0.1/",
        ] {
            assert!(!passes(url), "{url}");
        }
        assert!(passes("http://127.0.0.1:1234/x"));
        assert!(passes("https://127.0.0.1/"));
    }
}
