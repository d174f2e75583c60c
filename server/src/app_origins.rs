//! Origins of apps: with a wildcard name such as `{app}.apps.example.org`, the
//! shell of each app has an origin, and so a process, of its own. Under these
//! names the server answers with the shell alone.

use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::http::uri::Authority;

use crate::site::Header;

/// Stands for the app in the template.
const APP: &str = "{app}";
/// Stands for the studio's origins in the `subdomain` policies of `headers.json`.
const STUDIO: &str = "{studio}";
/// The studio's policy without origins of apps, and what takes its place.
const FRAMES: &str = "frame-src 'self'";
/// Longest label of a host name, in bytes.
const MAX_LABEL: usize = 63;

/// The names under which apps have their shells, and the studio that frames them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppOrigins {
    /// `http` or `https`.
    scheme: String,
    /// What follows the app and a dot, with the port if there is one.
    rest: String,
    /// The same without the port, in lower case.
    domain: String,
    /// Origins at which people open the studio.
    studio: Vec<String>,
}

impl AppOrigins {
    /// Reads a template such as `https://{app}.apps.example.org` and the studio's origins, which
    /// go without saying for names below `localhost`.
    ///
    /// # Errors
    /// A sentence for a person: what is wrong, and what to write.
    pub fn new(template: &str, studio: &[String]) -> Result<Self, String> {
        let wrong = |reason: &str| {
            format!(
                "`--app-origins {template}` can't be used: {reason}; write it like `https://{APP}.apps.example.org`"
            )
        };
        let template = canonical(template);
        let (scheme, authority) =
            parse_origin(&template).ok_or_else(|| wrong("it is no origin"))?;
        let rest = authority
            .strip_prefix(APP)
            .and_then(|rest| rest.strip_prefix('.'))
            .ok_or_else(|| wrong("its name doesn't begin with the app and a dot"))?;
        let parsed = rest
            .parse::<Authority>()
            .map_err(|_| wrong("what follows the app is no name"))?;
        let domain = parsed.host().to_lowercase();
        if domain != "localhost" && scheme != "https" {
            return Err(wrong("outside of this machine it has to be https"));
        }
        let mut studio: Vec<_> = studio.iter().map(|origin| canonical(origin)).collect();
        if studio.is_empty() && domain == "localhost" {
            let port = parsed
                .port()
                .map_or_else(String::new, |port| format!(":{port}"));
            studio = ["127.0.0.1", "localhost"]
                .map(|name| format!("{scheme}://{name}{port}"))
                .to_vec();
        }
        let origins = Self {
            scheme: scheme.to_owned(),
            rest: rest.to_lowercase(),
            domain,
            studio,
        };
        if origins.studio.is_empty() {
            return Err(wrong(
                "the studio's own address isn't known: name it with `--studio-origin https://…`",
            ));
        }
        for origin in &origins.studio {
            let host = host_of(origin).ok_or_else(|| {
                format!("`--studio-origin {origin}` is no origin: write it like `https://cumulet.example.org`")
            })?;
            if origins.covers(&host) {
                return Err(format!(
                    "the studio's address `{origin}` is one that apps have: they need names of their own"
                ));
            }
        }
        Ok(origins)
    }

    /// Host names of the studio, in lower case.
    pub fn studio_hosts(&self) -> Vec<String> {
        self.studio
            .iter()
            .filter_map(|origin| host_of(origin))
            .collect()
    }

    /// The template again, for the page.
    pub fn template(&self) -> String {
        format!("{}://{APP}.{}", self.scheme, self.rest)
    }

    /// Origins at which people open the studio, with spaces between.
    pub fn studio(&self) -> String {
        self.studio.join(" ")
    }

    /// Whether a request came to a name that is an app's, or would be.
    pub fn is_asked(&self, headers: &HeaderMap) -> bool {
        asked_host(headers).is_some_and(|host| self.covers(&host))
    }

    /// Whether it came to a name of the studio that frames apps on origins of their own.
    pub fn is_studio(&self, headers: &HeaderMap) -> bool {
        asked_host(headers).is_some_and(|host| self.studio_hosts().contains(&host))
    }

    /// Whether such a request's name is one label before the domain, as apps have it.
    pub fn is_app(&self, headers: &HeaderMap) -> bool {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        asked_host(headers).is_some_and(|host| {
            let label = self.label(&host).unwrap_or_default();
            (1..=MAX_LABEL).contains(&label.len()) && label.bytes().all(plain)
        })
    }

    fn covers(&self, host: &str) -> bool {
        self.label(host).is_some()
    }

    fn label<'a>(&self, host: &'a str) -> Option<&'a str> {
        host.strip_suffix(&self.domain)?.strip_suffix('.')
    }

    /// One of the `subdomain` policies as it goes on a response.
    pub fn for_app(&self, (name, value): &Header) -> Option<Header> {
        let text = value.to_str().ok()?.replace(STUDIO, &self.studio());
        Some((name.clone(), text.parse().ok()?))
    }

    /// One of the studio's policies, which lets it frame the apps.
    pub fn for_studio(&self, (name, value): &Header) -> Option<Header> {
        let frames = format!("{FRAMES} {}://*.{}", self.scheme, self.rest);
        let text = value.to_str().ok()?.replace(FRAMES, &frames);
        Some((name.clone(), text.parse().ok()?))
    }
}

/// Host name of a request, in lower case.
fn asked_host(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(HOST)?.to_str().ok()?;
    Some(host.parse::<Authority>().ok()?.host().to_lowercase())
}

/// As browsers write it: in lower case, without the scheme's own port.
fn canonical(origin: &str) -> String {
    let origin = origin.to_lowercase();
    let own_port = if origin.starts_with("https:") {
        ":443"
    } else {
        ":80"
    };
    origin.strip_suffix(own_port).unwrap_or(&origin).to_owned()
}

/// Scheme and authority of an origin that is written as one: no path, no spaces.
fn parse_origin(text: &str) -> Option<(&str, &str)> {
    let (scheme, authority) = text.split_once("://")?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]{}".contains(&byte);
    let is_origin = matches!(scheme, "http" | "https") && authority.bytes().all(plain);
    (is_origin && !authority.is_empty()).then_some((scheme, authority))
}

fn host_of(origin: &str) -> Option<String> {
    let (_, authority) = parse_origin(origin)?;
    let authority = authority.parse::<Authority>().ok()?;
    Some(authority.host().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_localhost_the_studio_goes_without_saying() {
        let origins = AppOrigins::new("http://{app}.localhost:4321", &[]).unwrap();
        assert_eq!(origins.template(), "http://{app}.localhost:4321");
        assert_eq!(
            origins.studio(),
            "http://127.0.0.1:4321 http://localhost:4321"
        );
    }

    #[test]
    fn names_are_told_apart() {
        let studio = ["https://cumulet.example.org".to_owned()];
        let origins = AppOrigins::new("https://{app}.apps.example.org", &studio).unwrap();
        for (host, asked, app) in [
            ("k7.apps.example.org", true, true),
            ("K7.Apps.Example.Org:443", true, true),
            ("a.b.apps.example.org", true, false),
            ("a_b.apps.example.org", true, false),
            (".apps.example.org", true, false),
            ("apps.example.org", false, false),
            ("cumulet.example.org", false, false),
            ("evilapps.example.org", false, false),
            ("k7.apps.example.org.evil.example", false, false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().unwrap());
            assert_eq!(
                (origins.is_asked(&headers), origins.is_app(&headers)),
                (asked, app),
                "{host}"
            );
        }
    }

    #[test]
    fn origins_are_written_as_browsers_write_them() {
        let studio = ["https://Cumulet.Example.org:443".to_owned()];
        let origins = AppOrigins::new("https://{app}.Apps.example.org:443", &studio).unwrap();
        assert_eq!(origins.template(), "https://{app}.apps.example.org");
        assert_eq!(origins.studio(), "https://cumulet.example.org");
        let mut headers = HeaderMap::new();
        headers.insert(HOST, "cumulet.example.org".parse().unwrap());
        assert!(origins.is_studio(&headers));
        headers.insert(HOST, "127.0.0.1:4321".parse().unwrap());
        assert!(!origins.is_studio(&headers));
    }

    #[test]
    fn mistakes_are_named() {
        let studio = &["https://cumulet.example.org".to_owned()][..];
        for (template, studio, said) in [
            ("apps.example.org", studio, "no origin"),
            ("https://{app}.apps.example.org/x", studio, "no origin"),
            ("https://apps.example.org", studio, "begin with the app"),
            ("https://x{app}.example.org", studio, "begin with the app"),
            ("http://{app}.apps.example.org", studio, "https"),
            ("https://{app}.apps.example.org", &[], "--studio-origin"),
            ("https://{app}.example.org", studio, "names of their own"),
            (
                "https://{app}.apps.example.org",
                &["https://a.org; frame-src *".to_owned()],
                "no origin",
            ),
        ] {
            let reason = AppOrigins::new(template, studio).unwrap_err();
            assert!(reason.contains(said), "{template}: {reason}");
        }
    }
}
