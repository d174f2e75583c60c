//! Language models as the environment describes them.

use protocol::provider::{ProviderKind, check_provider_id};

use crate::provider::{Profile, ProviderConfig, Secret, Source, normalize_base_url};

/// What the environment says about language models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelEnvironment {
    /// Providers, in the order in which `auto` asks them.
    pub providers: Vec<Profile>,
    /// Provider that is asked first.
    pub preferred: Option<String>,
    /// Whether the next one is asked when one fails.
    pub fallback: bool,
}

/// A service that the environment can name by its variables' prefix.
struct Preset {
    id: &'static str,
    name: &'static str,
    prefix: &'static str,
    kind: ProviderKind,
    base_url: &'static str,
}

/// Services with a key; a variable for the address has only the last of them.
const PRESETS: [Preset; 6] = [
    Preset {
        id: "openrouter",
        name: "OpenRouter",
        prefix: "OPENROUTER",
        kind: ProviderKind::Openai,
        base_url: "https://openrouter.ai/api/v1",
    },
    Preset {
        id: "openai",
        name: "OpenAI",
        prefix: "OPENAI",
        kind: ProviderKind::Openai,
        base_url: "https://api.openai.com/v1",
    },
    Preset {
        id: "anthropic",
        name: "Anthropic",
        prefix: "ANTHROPIC",
        kind: ProviderKind::Anthropic,
        base_url: "https://api.anthropic.com",
    },
    Preset {
        id: "gemini",
        name: "Gemini",
        prefix: "GEMINI",
        kind: ProviderKind::Openai,
        base_url: "https://generativelanguage.googleapis.com/v1beta/openai",
    },
    Preset {
        id: "deepseek",
        name: "DeepSeek",
        prefix: "DEEPSEEK",
        kind: ProviderKind::Openai,
        base_url: "https://api.deepseek.com/v1",
    },
    Preset {
        id: "groq",
        name: "Groq",
        prefix: "GROQ",
        kind: ProviderKind::Openai,
        base_url: "https://api.groq.com/openai/v1",
    },
];

/// Where Ollama listens unless it is told otherwise.
const OLLAMA: &str = "http://localhost:11434";
/// Writes code, and runs on a machine with 24 GB.
const OLLAMA_MODEL: &str = "qwen3-coder:30b";
/// Answers questions fast on the same machine.
const OLLAMA_SMALL_MODEL: &str = "qwen3:4b";

/// Reads the variables, which `lookup` gives without empty ones.
///
/// # Errors
/// A sentence for a person that names the variable.
pub(super) fn read(lookup: &impl Fn(&str) -> Option<String>) -> Result<ModelEnvironment, String> {
    let mut providers = Vec::new();
    providers.extend(ollama(lookup)?);
    for preset in PRESETS {
        let variable = |rest: &str| format!("{}_{rest}", preset.prefix);
        let key = lookup(&variable("API_KEY"));
        // Other services have one address; this name stands for compatible servers too.
        let address = (preset.id == "openai")
            .then(|| lookup(&variable("BASE_URL")))
            .flatten();
        if key.is_none() && address.is_none() {
            continue;
        }
        let base_url = match address {
            Some(address) => base_url(preset.kind, &variable("BASE_URL"), &address)?,
            None => preset.base_url.to_owned(),
        };
        let model = |rest| trimmed(lookup(&variable(rest)));
        providers.push(Profile {
            id: preset.id.to_owned(),
            name: preset.name.to_owned(),
            config: ProviderConfig {
                kind: preset.kind,
                base_url,
                model: model("MODEL"),
                api_key: key.as_deref().and_then(Secret::new),
            },
            small_model: model("SMALL_MODEL"),
            enabled: true,
            source: Source::Environment,
        });
    }
    Ok(ModelEnvironment {
        providers,
        preferred: preferred(lookup)?,
        fallback: flag(lookup, "LLM_FALLBACK_ENABLED")?.unwrap_or(true),
    })
}

fn ollama(lookup: &impl Fn(&str) -> Option<String>) -> Result<Option<Profile>, String> {
    let enabled = flag(lookup, "OLLAMA_ENABLED")?;
    if enabled == Some(false) {
        return Ok(None);
    }
    let address = lookup("OLLAMA_API_URL");
    let model = lookup("OLLAMA_MODEL");
    let source = if enabled.is_none() && address.is_none() && model.is_none() {
        Source::Assumed
    } else {
        Source::Environment
    };
    Ok(Some(Profile {
        id: "ollama".to_owned(),
        name: "Ollama".to_owned(),
        config: ProviderConfig {
            kind: ProviderKind::Ollama,
            base_url: base_url(
                ProviderKind::Ollama,
                "OLLAMA_API_URL",
                address.as_deref().unwrap_or(OLLAMA),
            )?,
            model: trimmed(model.or_else(|| Some(OLLAMA_MODEL.to_owned()))),
            api_key: None,
        },
        small_model: trimmed(
            lookup("OLLAMA_SMALL_MODEL").or_else(|| Some(OLLAMA_SMALL_MODEL.to_owned())),
        ),
        enabled: true,
        source,
    }))
}

fn preferred(lookup: &impl Fn(&str) -> Option<String>) -> Result<Option<String>, String> {
    let id = trimmed(lookup("LLM_PROVIDER"));
    if id.is_empty() || id == "auto" {
        return Ok(None);
    }
    check_provider_id(&id).map_err(|reason| {
        format!("the environment variable LLM_PROVIDER can't be used: {reason}, or `auto`")
    })?;
    Ok(Some(id))
}

fn base_url(kind: ProviderKind, variable: &str, address: &str) -> Result<String, String> {
    normalize_base_url(kind, address)
        .map_err(|reason| format!("the environment variable {variable} can't be used: {reason}"))
}

fn flag(lookup: &impl Fn(&str) -> Option<String>, variable: &str) -> Result<Option<bool>, String> {
    let Some(value) = lookup(variable) else {
        return Ok(None);
    };
    match value.trim().to_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(Some(true)),
        "false" | "0" | "no" | "off" => Ok(Some(false)),
        _ => Err(format!(
            "the environment variable {variable} can't be used: `{value}` is neither `true` nor `false`"
        )),
    }
}

fn trimmed(value: Option<String>) -> String {
    value.unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<ModelEnvironment, String> {
        super::read(&|name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn every_service_has_its_address_and_variables() {
        for (prefix, id, base_url) in [
            ("OPENROUTER", "openrouter", "https://openrouter.ai/api/v1"),
            ("OPENAI", "openai", "https://api.openai.com/v1"),
            ("ANTHROPIC", "anthropic", "https://api.anthropic.com"),
            (
                "GEMINI",
                "gemini",
                "https://generativelanguage.googleapis.com/v1beta/openai",
            ),
            ("DEEPSEEK", "deepseek", "https://api.deepseek.com/v1"),
            ("GROQ", "groq", "https://api.groq.com/openai/v1"),
        ] {
            let [key, model, small] =
                ["API_KEY", "MODEL", "SMALL_MODEL"].map(|rest| format!("{prefix}_{rest}"));
            let read = read(&[
                ("OLLAMA_ENABLED", "0"),
                (&key, "sk-1"),
                (&model, " big "),
                (&small, "small"),
            ])
            .unwrap();
            assert!(!format!("{read:?}").contains("sk-1"));
            let [provider] = read.providers.as_slice() else {
                panic!("{read:?}");
            };
            assert_eq!(
                (provider.id.as_str(), provider.config.base_url.as_str()),
                (id, base_url)
            );
            assert_eq!(
                (
                    provider.config.model.as_str(),
                    provider.small_model.as_str()
                ),
                ("big", "small")
            );
            assert!(provider.config.api_key.is_some());
            // What is written out here is what the settings would make of it.
            assert_eq!(
                normalize_base_url(provider.config.kind, base_url).as_deref(),
                Ok(base_url)
            );
        }
    }

    #[test]
    fn ollama_is_assumed_until_a_variable_names_it() {
        let source = |variables: &[(&str, &str)]| {
            let providers = read(variables).unwrap().providers;
            providers.first().map(|provider| provider.source)
        };
        assert_eq!(source(&[]), Some(Source::Assumed));
        assert_eq!(
            source(&[("OLLAMA_ENABLED", "true")]),
            Some(Source::Environment)
        );
        assert_eq!(
            source(&[("OLLAMA_API_URL", "http://gpu:1/")]),
            Some(Source::Environment)
        );
        assert_eq!(source(&[("OLLAMA_ENABLED", "false")]), None);
        let assumed = read(&[]).unwrap().providers.remove(0);
        assert_eq!(assumed.config.base_url, OLLAMA);
        assert_eq!(assumed.config.model, "qwen3-coder:30b");
        assert_eq!(assumed.small_model, "qwen3:4b");
    }

    #[test]
    fn a_compatible_server_needs_no_key() {
        let read = read(&[
            ("OPENAI_BASE_URL", "http://localhost:1234/v1/"),
            ("LLM_PROVIDER", "openai"),
            ("LLM_FALLBACK_ENABLED", "off"),
        ])
        .unwrap();
        assert_eq!(
            read.providers[1].config.base_url,
            "http://localhost:1234/v1"
        );
        assert_eq!(
            (read.preferred.as_deref(), read.fallback),
            (Some("openai"), false)
        );
    }

    #[test]
    fn mistakes_name_their_variable() {
        for (variable, value) in [
            ("OLLAMA_API_URL", "ftp://x"),
            ("OLLAMA_ENABLED", "perhaps"),
            ("OPENAI_BASE_URL", "http://me:pw@x"),
            ("LLM_PROVIDER", "Open Router"),
            ("LLM_FALLBACK_ENABLED", "2"),
        ] {
            let error = read(&[(variable, value)]).unwrap_err();
            assert!(error.contains(variable), "{error}");
        }
        let auto = read(&[("LLM_PROVIDER", "auto")]).unwrap();
        assert_eq!((auto.preferred, auto.fallback), (None, true));
    }
}
