//! Known providers with their usual addresses, and the check of an address.

use protocol::provider::ProviderKind;

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
pub(super) const PRESETS: [Preset; 6] = [
    Preset {
        id: "ollama",
        name: "Ollama",
        kind: ProviderKind::Ollama,
        base_url: "http://localhost:11434",
        hint: "Start it with “ollama serve”, and fetch a model with “ollama pull”.",
        key_hint: LOCAL_KEY,
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
        id: "openrouter",
        name: "OpenRouter",
        kind: ProviderKind::Openai,
        base_url: "https://openrouter.ai/api/v1",
        hint: "Many models behind one key.",
        key_hint: "Make one at openrouter.ai/keys.",
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
    let [ollama, .., other] = PRESETS;
    let address = base_url.trim_end_matches('/');
    let fallback = match kind {
        ProviderKind::Ollama => ollama,
        ProviderKind::Openai => other,
    };
    PRESETS
        .into_iter()
        .find(|preset| preset.kind == kind && preset.base_url == address)
        .unwrap_or(fallback)
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
    if rest.trim_end_matches('/').ends_with("/chat/completions") {
        return Some("Leave out “/chat/completions”; Cumulet adds it.");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
