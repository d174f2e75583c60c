//! Known providers with their usual addresses, names for new ones, and the
//! check of an address.

use protocol::provider::{ProviderKind, ProviderSettings, check_provider_id};

/// A provider that people know by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Preset {
    /// Stable word.
    pub(super) id: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// API that it speaks.
    pub(super) kind: ProviderKind,
    /// Usual address; empty where there is none.
    pub(super) base_url: &'static str,
    /// What to know about its address or how to start it.
    pub(super) hint: &'static str,
    /// What to know about its key.
    pub(super) key_hint: &'static str,
}

/// Key hint of servers on one's own machine.
const LOCAL_KEY: &str = "Not needed, unless you started the server with one.";

/// All presets; the last takes any address.
pub(super) const PRESETS: [Preset; 11] = [
    Preset {
        id: "ollama",
        name: "Ollama",
        kind: ProviderKind::Ollama,
        base_url: "http://localhost:11434",
        hint: "Start it with “ollama serve”, and fetch a model with “ollama pull”.",
        key_hint: LOCAL_KEY,
    },
    Preset {
        id: "openrouter",
        name: "OpenRouter",
        kind: ProviderKind::Openai,
        base_url: "https://openrouter.ai/api/v1",
        hint: "Many models behind one key.",
        key_hint: "Make one at openrouter.ai/keys.",
    },
    Preset {
        id: "lm-studio",
        name: "LM Studio",
        kind: ProviderKind::Openai,
        base_url: "http://localhost:1234/v1",
        hint: "Turn on the server in its Developer view.",
        key_hint: LOCAL_KEY,
    },
    Preset {
        id: "llama-cpp",
        name: "llama.cpp",
        kind: ProviderKind::Openai,
        base_url: "http://localhost:8080/v1",
        hint: "Start it with “llama-server -m MODEL.gguf”.",
        key_hint: LOCAL_KEY,
    },
    Preset {
        id: "vllm",
        name: "vLLM",
        kind: ProviderKind::Openai,
        base_url: "http://localhost:8000/v1",
        hint: "Start it with “vllm serve MODEL”.",
        key_hint: LOCAL_KEY,
    },
    Preset {
        id: "openai",
        name: "OpenAI",
        kind: ProviderKind::Openai,
        base_url: "https://api.openai.com/v1",
        hint: "OpenAI's own models.",
        key_hint: "Make one at platform.openai.com/api-keys.",
    },
    Preset {
        id: "anthropic",
        name: "Anthropic",
        kind: ProviderKind::Anthropic,
        base_url: "https://api.anthropic.com",
        hint: "Anthropic's own models.",
        key_hint: "Make one at console.anthropic.com.",
    },
    Preset {
        id: "gemini",
        name: "Gemini",
        kind: ProviderKind::Openai,
        base_url: "https://generativelanguage.googleapis.com/v1beta/openai",
        hint: "Google's models.",
        key_hint: "Make one at aistudio.google.com/apikey.",
    },
    Preset {
        id: "deepseek",
        name: "DeepSeek",
        kind: ProviderKind::Openai,
        base_url: "https://api.deepseek.com/v1",
        hint: "DeepSeek's own models.",
        key_hint: "Make one at platform.deepseek.com.",
    },
    Preset {
        id: "groq",
        name: "Groq",
        kind: ProviderKind::Openai,
        base_url: "https://api.groq.com/openai/v1",
        hint: "Open models, answered fast.",
        key_hint: "Make one at console.groq.com/keys.",
    },
    Preset {
        id: "other",
        name: "Other, OpenAI-compatible",
        kind: ProviderKind::Openai,
        base_url: "",
        hint: "The address up to and with “/v1”, without “/chat/completions”.",
        key_hint: "If the server asks for one.",
    },
];

/// The preset with this id; the last one if there is none.
pub(super) fn preset_by_id(id: &str) -> Preset {
    let [.., other] = PRESETS;
    PRESETS
        .into_iter()
        .find(|preset| preset.id == id)
        .unwrap_or(other)
}

/// The preset to which saved settings belong.
pub(super) fn preset_of(kind: ProviderKind, base_url: &str) -> Preset {
    let address = base_url.trim_end_matches('/');
    PRESETS
        .into_iter()
        .find(|preset| preset.kind == kind && preset.base_url == address)
        .unwrap_or_else(|| {
            preset_by_id(match kind {
                ProviderKind::Ollama => "ollama",
                ProviderKind::Anthropic => "anthropic",
                ProviderKind::Openai => "other",
            })
        })
}

/// Name for a new provider of a preset that none of the others has; empty for
/// the one that takes any address.
pub(super) fn free_name(preset: &Preset, taken: &[ProviderSettings]) -> String {
    if preset.base_url.is_empty() {
        return String::new();
    }
    numbered(preset.name, " ", |name| {
        taken.iter().any(|provider| provider.name == name)
    })
}

/// Id for a new provider: of its preset, or of its name where that says more.
pub(super) fn free_id(preset: &Preset, name: &str, taken: &[ProviderSettings]) -> String {
    /// Leaves room for a number below the limit of the protocol.
    const MAX_WORD: usize = 32;
    let mut word = String::new();
    if preset.base_url.is_empty() {
        for c in name.to_lowercase().chars() {
            if c.is_ascii_alphanumeric() {
                word.push(c);
            } else if !word.is_empty() && !word.ends_with('-') {
                word.push('-');
            }
        }
        word.truncate(MAX_WORD);
    }
    let word = match word.trim_end_matches('-') {
        "" => preset.id,
        word => word,
    };
    numbered(word, "-", |id| {
        check_provider_id(id).is_err() || taken.iter().any(|provider| provider.id == id)
    })
}

/// The text, or the text with the first number from 2 that isn't taken.
fn numbered(text: &str, between: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut found = text.to_owned();
    let mut number = 1;
    while is_taken(&found) {
        number += 1;
        found = format!("{text}{between}{number}");
    }
    found
}

/// Says what is wrong with an address, if anything is; the server decides in the end.
pub(super) fn check_address(address: &str) -> Option<&'static str> {
    let address = address.trim();
    if address.is_empty() {
        return Some("Enter the provider's address.");
    }
    let Some(rest) = address
        .strip_prefix("http://")
        .or_else(|| address.strip_prefix("https://"))
    else {
        return Some("Begin the address with http:// or https://.");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || host.starts_with(':') {
        return Some("Add the host after http://, for instance localhost:11434.");
    }
    if host.contains('@') {
        return Some("Leave out name and password; the key has its own field.");
    }
    if address.contains(char::is_whitespace) {
        return Some("Remove the space in the address.");
    }
    if address.contains(['?', '#']) {
        return Some("Leave out everything from “?” or “#” on.");
    }
    let path = rest.trim_end_matches('/');
    if path.ends_with("/chat/completions") {
        return Some("Leave out “/chat/completions”; Cumulet adds it.");
    }
    if path.ends_with("/v1/messages") {
        return Some("Leave out “/v1/messages”; Cumulet adds it.");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{is_local, origin};

    #[test]
    fn usual_addresses_are_right() {
        for preset in PRESETS.iter().filter(|preset| !preset.base_url.is_empty()) {
            assert_eq!(check_address(preset.base_url), None, "{}", preset.id);
            assert_eq!(preset_of(preset.kind, preset.base_url), *preset);
        }
        assert_eq!(check_address("http://192.168.1.5:11434/"), None);
        assert_eq!(check_address("http://[::1]:8080/v1"), None);
    }

    #[test]
    fn wrong_addresses_get_a_remedy() {
        for address in [
            "",
            "  ",
            "localhost:11434",
            "ftp://x",
            "http://",
            "http://:80",
            "http://me:secret@host",
            "http://a b",
            "https://x/v1?key=1",
            "https://openrouter.ai/api/v1/chat/completions",
            "https://api.anthropic.com/v1/messages",
        ] {
            assert!(check_address(address).is_some(), "{address}");
        }
    }

    #[test]
    fn unknown_addresses_keep_their_kind() {
        assert_eq!(
            preset_of(ProviderKind::Ollama, "http://box:11434").id,
            "ollama"
        );
        assert_eq!(preset_of(ProviderKind::Openai, "http://box/v1").id, "other");
        assert_eq!(preset_by_id("nonsense").id, "other");
    }

    #[test]
    fn new_providers_get_names_and_ids_of_their_own() {
        let taken = |id: &str, name: &str| ProviderSettings {
            id: id.to_owned(),
            name: name.to_owned(),
            kind: ProviderKind::Ollama,
            base_url: String::new(),
            model: String::new(),
            small_model: String::new(),
            enabled: true,
            has_key: false,
            from_environment: false,
        };
        let [ollama, .., other] = PRESETS;
        assert_eq!(free_id(&ollama, "Anything", &[]), "ollama");
        assert_eq!(free_name(&ollama, &[]), "Ollama");
        let one = [taken("ollama", "Ollama")];
        assert_eq!(free_id(&ollama, "", &one), "ollama-2");
        assert_eq!(free_name(&ollama, &one), "Ollama 2");
        assert_eq!(free_id(&other, "Grüße an die Box!", &[]), "gr-e-an-die-box");
        assert_eq!(free_id(&other, "…", &[]), "other");
        assert_eq!(free_id(&other, "Health", &[]), "health-2");
        assert_eq!(free_id(&other, &"x".repeat(60), &[]).len(), 32);
        assert_eq!(free_name(&other, &[]), "");
    }

    #[test]
    fn pages_that_ask_themselves_may_reach_every_usual_address() {
        let policies = include_str!("../../../../runtime-deps/build/policies.mjs");
        for preset in PRESETS.iter().filter(|preset| !preset.base_url.is_empty()) {
            let origin = origin(preset.base_url);
            let named = format!("\"{origin}\"");
            assert!(
                is_local(preset.base_url) || policies.contains(&named),
                "policies.mjs lacks {origin}"
            );
        }
    }
}
