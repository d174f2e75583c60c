//! Settings of models as this browser keeps them, keys included. The rules are
//! those of the server's settings: a key stays with its origin.

use generation::dialect::strip_paths;
use generation::{Endpoint, Who};
use protocol::error::{ApiError, ErrorCode};
use protocol::provider::{
    ModelSettings, ProviderKind, ProviderSettings, Quota, SaveModels, SaveProvider, Tier,
};
use serde::{Deserialize, Serialize};

use crate::address::{is_local, origin};
use crate::platform::local;

/// Entry of `localStorage` that holds all of it.
const KEY: &str = "cumulet.models";

/// All that is kept.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kept {
    #[serde(default)]
    providers: Vec<Provider>,
    #[serde(default)]
    preferred: Option<String>,
    fallback: bool,
}

/// One provider. No `Debug`: it holds the key.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Provider {
    pub(super) id: String,
    pub(super) name: String,
    kind: ProviderKind,
    base_url: String,
    #[serde(default)]
    model: String,
    #[serde(default)]
    small_model: String,
    pub(super) enabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// A provider that may be asked, with the model for the task.
#[derive(Clone)]
pub(super) struct Candidate {
    /// The provider's id.
    pub(super) id: String,
    /// Name and model, for the words about it.
    pub(super) who: Who,
    /// Address and key.
    pub(super) endpoint: Endpoint,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            providers: Vec::new(),
            preferred: None,
            fallback: true,
        }
    }
}

impl Kept {
    /// What the browser has. An entry that can't be read is as good as none.
    pub(super) fn load() -> Self {
        let text = local::get(KEY);
        text.and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Changes what the browser has; without providers nothing stays behind.
    pub(super) fn change(change: impl FnOnce(&mut Self)) -> ModelSettings {
        let mut kept = Self::load();
        change(&mut kept);
        match serde_json::to_string(&kept) {
            Ok(text) if !kept.providers.is_empty() => local::set(KEY, &text),
            _ => local::remove(KEY),
        }
        kept.settings()
    }

    /// What the settings show of it.
    pub(super) fn settings(&self) -> ModelSettings {
        ModelSettings {
            providers: self.providers.iter().map(Provider::settings).collect(),
            preferred: self.preferred.clone(),
            fallback: self.fallback,
            quota: Quota::default(),
        }
    }

    /// The providers, in the order of `auto`.
    pub(super) fn providers(&self) -> &[Provider] {
        &self.providers
    }

    /// Whether the next provider is asked when one fails.
    pub(super) fn fallback(&self) -> bool {
        self.fallback
    }

    /// Decides who is asked first, and whether others are.
    pub(super) fn choose(&mut self, choice: SaveModels) {
        self.preferred = choice
            .preferred
            .filter(|id| self.providers.iter().any(|provider| provider.id == *id));
        self.fallback = choice.fallback;
    }

    /// A provider as it would be kept.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub(super) fn resolve(&self, id: &str, body: &SaveProvider) -> Result<Provider, ApiError> {
        let base_url = strip_paths(body.kind, body.base_url.trim()).to_owned();
        let host = base_url
            .strip_prefix("https://")
            .or_else(|| base_url.strip_prefix("http://"));
        if !host.is_some_and(|host| !host.is_empty() && !host.contains(['@', '?', '#', ' '])) {
            return Err(invalid(
                format!("`{base_url}` is no address of a provider"),
                "Write it like `http://localhost:11434`.",
            ));
        }
        let word = |text: &str| {
            let text = text.trim();
            let is_plain = text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
            is_plain.then(|| text.to_owned()).ok_or_else(|| {
                invalid(
                    "a model's name or the key has characters that none has".to_owned(),
                    "Copy it again, without quotes and line breaks around it.",
                )
            })
        };
        let key = match &body.api_key {
            Some(key) => Some(word(key)?),
            // A key must not reach a server it wasn't given for.
            None => self
                .providers
                .iter()
                .find(|kept| kept.id == id && origin(&kept.base_url) == origin(&base_url))
                .and_then(|kept| kept.key.clone()),
        };
        Ok(Provider {
            id: id.to_owned(),
            name: body.name.trim().to_owned(),
            kind: body.kind,
            base_url,
            model: word(&body.model)?,
            small_model: word(&body.small_model)?,
            enabled: body.enabled,
            key: key.filter(|key| !key.is_empty()),
        })
    }

    /// Adds a provider, or puts it in the place of the one with its id.
    pub(super) fn put(&mut self, provider: Provider) {
        match self.providers.iter_mut().find(|it| it.id == provider.id) {
            Some(there) => *there = provider,
            None => self.providers.push(provider),
        }
        self.providers.sort_by_key(|it| !is_local(&it.base_url));
    }

    /// Forgets a provider and its key.
    pub(super) fn remove(&mut self, id: &str) {
        self.providers.retain(|provider| provider.id != id);
        self.preferred.take_if(|preferred| preferred == id);
    }

    /// Forgets every key.
    pub(super) fn forget_keys(&mut self) {
        for provider in &mut self.providers {
            provider.key = None;
        }
    }

    /// Who is asked in turn: the one that is named or preferred, then the others.
    pub(super) fn candidates(
        &self,
        tier: Tier,
        named: Option<&str>,
        model: Option<&str>,
        page: &str,
    ) -> Vec<Candidate> {
        let first = named.or(self.preferred.as_deref());
        let mut candidates: Vec<_> = self
            .providers
            .iter()
            .filter(|provider| provider.enabled && !provider.model(tier).is_empty())
            .map(|provider| provider.candidate(provider.model(tier), page))
            .collect();
        candidates.sort_by_key(|candidate| first != Some(candidate.id.as_str()));
        if let (Some(model), Some(first)) = (model, candidates.first_mut()) {
            model.clone_into(&mut first.who.model);
            model.clone_into(&mut first.endpoint.model);
        }
        candidates
    }
}

impl Provider {
    fn settings(&self) -> ProviderSettings {
        ProviderSettings {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
            base_url: self.base_url.clone(),
            model: self.model.clone(),
            small_model: self.small_model.clone(),
            enabled: self.enabled,
            has_key: self.key.is_some(),
            from_environment: false,
        }
    }

    fn model(&self, tier: Tier) -> &str {
        match tier {
            Tier::Small if !self.small_model.is_empty() => &self.small_model,
            _ => &self.model,
        }
    }

    /// Where it is asked when no model is meant.
    pub(super) fn endpoint(&self, page: &str) -> Endpoint {
        self.candidate(&self.model, page).endpoint
    }

    fn candidate(&self, model: &str, page: &str) -> Candidate {
        Candidate {
            id: self.id.clone(),
            who: Who {
                name: self.name.clone(),
                model: model.to_owned(),
            },
            endpoint: Endpoint {
                kind: self.kind,
                base_url: self.base_url.clone(),
                model: model.to_owned(),
                key: self.key.clone(),
                page: Some(page.to_owned()),
            },
        }
    }
}

fn invalid(message: String, help: &str) -> ApiError {
    ApiError {
        code: ErrorCode::InvalidInput,
        message,
        help: Some(help.to_owned()),
        retry_after_s: None,
        request_id: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://studio.example";

    fn body(base_url: &str, key: Option<&str>) -> SaveProvider {
        SaveProvider {
            name: " Mine ".to_owned(),
            kind: ProviderKind::Openai,
            base_url: base_url.to_owned(),
            model: "big".to_owned(),
            small_model: String::new(),
            enabled: true,
            api_key: key.map(str::to_owned),
        }
    }

    fn kept(entries: &[(&str, &str, Option<&str>)]) -> Kept {
        let mut kept = Kept::default();
        for (id, base_url, key) in entries {
            let provider = kept.resolve(id, &body(base_url, *key)).unwrap();
            kept.put(provider);
        }
        kept
    }

    fn key(kept: &Kept, id: &str, base_url: &str) -> Option<String> {
        kept.resolve(id, &body(base_url, None)).unwrap().key
    }

    #[test]
    fn a_key_stays_with_its_origin_and_its_provider() {
        let kept = kept(&[("a", "https://one.example/v1/", Some("sk-1"))]);
        assert_eq!(
            key(&kept, "a", "https://one.example/v2").as_deref(),
            Some("sk-1")
        );
        assert_eq!(key(&kept, "a", "https://two.example/v1"), None);
        assert_eq!(key(&kept, "b", "https://one.example/v1"), None);
        let none = kept
            .resolve("a", &body("https://one.example/v1", Some("")))
            .unwrap();
        assert_eq!(none.key, None);
    }

    #[test]
    fn nothing_but_whether_there_is_a_key_is_shown() {
        let mut kept = kept(&[("a", "https://one.example/v1", Some("sk-1"))]);
        let shown = serde_json::to_string(&kept.settings()).unwrap();
        assert!(
            shown.contains("\"hasKey\":true") && !shown.contains("sk-1"),
            "{shown}"
        );
        kept.forget_keys();
        assert!(!serde_json::to_string(&kept).unwrap().contains("sk-1"));
        let endpoint = kept
            .candidates(Tier::Big, None, None, PAGE)
            .remove(0)
            .endpoint;
        assert_eq!((endpoint.key, endpoint.page.as_deref()), (None, Some(PAGE)));
    }

    #[test]
    fn addresses_are_cleaned_and_others_refused() {
        let kept = Kept::default();
        let provider = kept.resolve("a", &body("https://x.example/v1/chat/completions", None));
        assert_eq!(provider.unwrap().base_url, "https://x.example/v1");
        for address in [
            "",
            "localhost:1",
            "ftp://x",
            "http://",
            "http://me:pw@x",
            "http://x?y",
        ] {
            assert!(
                kept.resolve("a", &body(address, None)).is_err(),
                "{address}"
            );
        }
    }

    #[test]
    fn the_named_one_is_first_then_the_preferred_then_this_machines() {
        let mut kept = kept(&[
            ("far", "https://far.example/v1", None),
            ("near", "http://localhost:1/v1", None),
            ("other", "https://other.example/v1", None),
        ]);
        let order = |kept: &Kept, named| {
            let candidates = kept.candidates(Tier::Small, named, None, PAGE);
            candidates
                .into_iter()
                .map(|it| it.id)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(order(&kept, None), "near far other");
        kept.choose(SaveModels {
            preferred: Some("other".to_owned()),
            fallback: true,
        });
        assert_eq!(order(&kept, None), "other near far");
        assert_eq!(order(&kept, Some("far")), "far near other");
        kept.remove("other");
        assert_eq!(kept.settings().preferred, None);
        assert_eq!(order(&kept, None), "near far");
    }
}
