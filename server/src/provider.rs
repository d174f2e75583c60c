//! Language model providers as the server knows them, keys included.

use std::fmt;

use generation::Endpoint;
use generation::dialect::strip_paths;
use protocol::provider::{ProviderKind, ProviderSettings, Tier};
use url::Url;

/// A key. Its text shows in no log: `Debug` writes `redacted`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a key; `None` for one without any characters.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The key itself, for the one header and the one column that need it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("redacted")
    }
}

/// Where the model is and how to get in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderConfig {
    /// API that it speaks.
    pub kind: ProviderKind,
    /// Address without a slash at its end; see [`normalize_base_url`].
    pub base_url: String,
    /// Model name; empty until one is chosen.
    pub model: String,
    /// Key, when the provider wants one.
    pub api_key: Option<Secret>,
}

impl ProviderConfig {
    /// Where the model is asked, for the dialects.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint {
            kind: self.kind,
            base_url: self.base_url.clone(),
            model: self.model.clone(),
            key: self.api_key.as_ref().map(|key| key.expose().to_owned()),
            page: None,
        }
    }
}

/// A provider with all that is set for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// See [`protocol::provider::check_provider_id`].
    pub id: String,
    /// Name that people see.
    pub name: String,
    /// Address, key and model of [`Tier::Big`].
    pub config: ProviderConfig,
    /// Model of [`Tier::Small`]; empty where the big one does both.
    pub small_model: String,
    /// Whether it may be asked.
    pub enabled: bool,
    /// Where all this comes from.
    pub source: Source,
}

/// Who set up a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A person, in the settings.
    Settings,
    /// The server's environment.
    Environment,
    /// Nobody: it is there if something answers at its usual address.
    Assumed,
}

impl Profile {
    /// What the browser may see of it.
    pub fn to_settings(&self) -> ProviderSettings {
        ProviderSettings {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: self.config.kind,
            base_url: self.config.base_url.clone(),
            model: self.config.model.clone(),
            small_model: self.small_model.clone(),
            enabled: self.enabled,
            has_key: self.config.api_key.is_some(),
            from_environment: self.source != Source::Settings,
        }
    }

    /// Its model for a task; empty when none is chosen.
    pub fn model(&self, tier: Tier) -> &str {
        match tier {
            Tier::Small if !self.small_model.is_empty() => &self.small_model,
            _ => &self.config.model,
        }
    }
}

/// Makes the address that people type into the one that the adapters use:
/// adds a missing `http://`, takes off the API's path and slashes at the end.
///
/// # Errors
/// A sentence for a person, when it is no address of an HTTP server.
pub fn normalize_base_url(kind: ProviderKind, text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("the provider's address is empty".to_owned());
    }
    let text = if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    let url = Url::parse(&text).map_err(|error| format!("`{text}` is not an address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!(
            "`{text}` starts with `{}:`, not with `http:` or `https:`",
            url.scheme()
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the address holds a user name or password, which isn't supported".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the address has a `?` or `#` part, which no API's address has".to_owned());
    }
    Ok(strip_paths(kind, url.as_str()).to_owned())
}

/// Scheme, host and port of an address; `None` where it has none of its own.
pub fn origin(base_url: &str) -> Option<String> {
    let origin = Url::parse(base_url).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// Whether two addresses lead to the same server, so that a key for one may be
/// sent to the other.
pub fn same_origin(left: &str, right: &str) -> bool {
    origin(left).is_some_and(|left| origin(right) == Some(left))
}

/// Whether the address is on this machine.
pub fn is_local(base_url: &str) -> bool {
    Url::parse(base_url).is_ok_and(|url| match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_forgiven_what_people_type() {
        for (kind, typed, expected) in [
            (
                ProviderKind::Ollama,
                " localhost:11434 ",
                "http://localhost:11434",
            ),
            (
                ProviderKind::Ollama,
                "http://localhost:11434/api/",
                "http://localhost:11434",
            ),
            (
                ProviderKind::Ollama,
                "http://localhost:11434/v1",
                "http://localhost:11434",
            ),
            (
                ProviderKind::Openai,
                "https://openrouter.ai/api/v1/",
                "https://openrouter.ai/api/v1",
            ),
            (
                ProviderKind::Openai,
                "http://[::1]:1234/v1/chat/completions",
                "http://[::1]:1234/v1",
            ),
            (
                ProviderKind::Anthropic,
                "https://api.anthropic.com/v1/messages",
                "https://api.anthropic.com",
            ),
        ] {
            assert_eq!(
                normalize_base_url(kind, typed).as_deref(),
                Ok(expected),
                "{typed}"
            );
        }
    }

    #[test]
    fn other_texts_are_refused_with_a_reason() {
        for typed in [
            "",
            "file:///etc/passwd",
            "http://",
            "http://me:pw@host",
            "http://host/?q=1",
        ] {
            assert!(
                normalize_base_url(ProviderKind::Openai, typed).is_err(),
                "{typed}"
            );
        }
    }

    #[test]
    fn origins_differ_by_scheme_host_and_port() {
        assert!(same_origin("http://a/v1", "http://a:80/v2"));
        assert!(!same_origin("http://a/v1", "https://a/v1"));
        assert!(!same_origin("http://a/v1", "http://a:81/v1"));
        assert!(!same_origin("http://a.example", "http://b.example"));
    }

    #[test]
    fn this_machines_addresses_are_told_apart() {
        for url in [
            "http://localhost:11434",
            "http://127.0.0.1:1",
            "http://[::1]:1/v1",
        ] {
            assert!(is_local(url), "{url}");
        }
        assert!(!is_local("https://openrouter.ai/api/v1"));
        assert!(!is_local("http://192.168.1.4:11434"));
    }

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", Secret::new("sk-1")), "Some(redacted)");
        assert_eq!(Secret::new("  "), None);
    }
}
