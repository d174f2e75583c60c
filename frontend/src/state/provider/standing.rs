//! What the settings and the health of the providers mean, without signals.

use protocol::error::ErrorCode;
use protocol::provider::{
    Circuit, ModelHealth, ModelSettings, ProviderHealth, ProviderSettings, SaveProvider,
};

use super::ProviderStatus;
use crate::message::{Sentence, describe_refusal};

/// How a provider fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The person switched it off.
    Off,
    /// No model is chosen.
    NoModel,
    /// Nobody has looked yet.
    Unknown,
    /// It answered after so many milliseconds.
    Answers(u32),
    /// It failed too often and isn't asked until then, in milliseconds since 1970.
    Resting(Option<i64>, Option<Sentence>),
    /// It can't be used, and why.
    Failing(ErrorCode, Sentence),
}

impl Standing {
    /// Standing of a provider.
    pub(super) fn of(provider: &ProviderSettings, health: Option<&ModelHealth>) -> Self {
        if !provider.enabled {
            return Self::Off;
        }
        if provider.model.is_empty() {
            return Self::NoModel;
        }
        match health.and_then(|health| find_health(health, &provider.id)) {
            None => Self::Unknown,
            Some(health) => {
                let error = health.error.as_ref();
                match (health.circuit, health.latency_ms, error) {
                    (Circuit::Open, _, error) => {
                        Self::Resting(health.retry_ms, error.map(describe_refusal))
                    }
                    (_, _, Some(error)) => Self::Failing(error.code, describe_refusal(error)),
                    (_, Some(latency_ms), None) => Self::Answers(latency_ms),
                    (_, None, None) => Self::Unknown,
                }
            }
        }
    }

    /// Why it can't be asked.
    pub(crate) fn trouble(&self) -> Option<&Sentence> {
        match self {
            Self::Failing(_, why) | Self::Resting(_, Some(why)) => Some(why),
            _ => None,
        }
    }
}

/// The part of the health that is a provider's.
pub(super) fn find_health<'a>(health: &'a ModelHealth, id: &str) -> Option<&'a ProviderHealth> {
    health.providers.iter().find(|health| health.id == id)
}

/// The same provider as the server takes it; the stored key stays.
pub(super) fn to_save(provider: &ProviderSettings) -> SaveProvider {
    SaveProvider {
        name: provider.name.clone(),
        kind: provider.kind,
        base_url: provider.base_url.clone(),
        model: provider.model.clone(),
        small_model: provider.small_model.clone(),
        enabled: provider.enabled,
        api_key: None,
    }
}

/// Providers that may be asked, in the order in which they are.
pub(super) fn in_turn<'a>(
    settings: &'a ModelSettings,
    chosen: Option<&str>,
) -> Vec<&'a ProviderSettings> {
    let first = chosen.or(settings.preferred.as_deref());
    let mut turn: Vec<_> = settings.providers.iter().filter(|p| may_ask(p)).collect();
    turn.sort_by_key(|provider| Some(provider.id.as_str()) != first);
    if !settings.fallback {
        turn.truncate(1);
    }
    turn
}

/// Whether it is enabled and has a model.
pub(super) fn may_ask(provider: &ProviderSettings) -> bool {
    provider.enabled && !provider.model.is_empty()
}

/// Whether a model can be asked, and which will be first.
pub(super) fn status_of(
    settings: &ModelSettings,
    health: Option<&ModelHealth>,
    chosen: Option<&str>,
) -> ProviderStatus {
    let turn = in_turn(settings, chosen);
    let mut why = None;
    let mut unknown = false;
    for provider in &turn {
        match Standing::of(provider, health) {
            Standing::Answers(_) => return ProviderStatus::Ready(provider.model.clone()),
            Standing::Unknown => unknown = true,
            standing => why = why.or_else(|| standing.trouble().cloned()),
        }
    }
    match why {
        _ if turn.is_empty() => ProviderStatus::NotConfigured,
        _ if unknown && health.is_none() => ProviderStatus::Checking,
        Some(why) => ProviderStatus::Unreachable(why),
        None => ProviderStatus::Unreachable(Sentence::new(
            "No language model answers at the moment.",
            "Look in the settings at how they fare.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use protocol::error::ApiError;
    use protocol::provider::ProviderKind;

    use super::*;

    fn provider(id: &str) -> ProviderSettings {
        ProviderSettings {
            id: id.to_owned(),
            name: id.to_uppercase(),
            kind: ProviderKind::Openai,
            base_url: "https://example.org/v1".to_owned(),
            model: format!("{id}-model"),
            small_model: String::new(),
            enabled: true,
            has_key: false,
            from_environment: false,
        }
    }

    fn settings(preferred: Option<&str>, fallback: bool) -> ModelSettings {
        ModelSettings {
            providers: vec![provider("a"), provider("b")],
            preferred: preferred.map(str::to_owned),
            fallback,
            ..ModelSettings::default()
        }
    }

    fn healthy(id: &str) -> ProviderHealth {
        ProviderHealth {
            id: id.to_owned(),
            circuit: Circuit::Closed,
            checked_ms: 0,
            latency_ms: Some(12),
            error: None,
            retry_ms: None,
        }
    }

    fn silent(id: &str) -> ProviderHealth {
        ProviderHealth {
            latency_ms: None,
            error: Some(ApiError {
                code: ErrorCode::ProviderUnreachable,
                message: format!("{id} doesn't answer."),
                help: Some("Start it.".to_owned()),
                retry_after_s: None,
                request_id: String::new(),
            }),
            ..healthy(id)
        }
    }

    fn health(providers: Vec<ProviderHealth>) -> ModelHealth {
        ModelHealth {
            providers,
            calls: Vec::new(),
        }
    }

    fn ready(model: &str) -> ProviderStatus {
        ProviderStatus::Ready(model.to_owned())
    }

    #[test]
    fn names_the_first_that_answers() {
        let both = health(vec![healthy("a"), healthy("b")]);
        let auto = settings(None, true);
        assert_eq!(status_of(&auto, Some(&both), None), ready("a-model"));
        assert_eq!(status_of(&auto, Some(&both), Some("b")), ready("b-model"));
        let preferred = settings(Some("b"), true);
        assert_eq!(status_of(&preferred, Some(&both), None), ready("b-model"));
        let one = health(vec![silent("a"), healthy("b")]);
        assert_eq!(status_of(&auto, Some(&one), None), ready("b-model"));
    }

    #[test]
    fn without_going_on_only_the_first_one_counts() {
        let one = health(vec![silent("a"), healthy("b")]);
        for preferred in [Some("a"), None] {
            let status = status_of(&settings(preferred, false), Some(&one), None);
            let ProviderStatus::Unreachable(why) = status else {
                panic!("{status:?}");
            };
            assert_eq!(why.line(), "A doesn't answer. Start it.");
        }
        let status = status_of(&settings(Some("b"), false), Some(&one), None);
        assert_eq!(status, ready("b-model"));
    }

    #[test]
    fn without_a_model_or_a_look_nothing_is_claimed() {
        let mut auto = settings(None, true);
        assert_eq!(status_of(&auto, None, None), ProviderStatus::Checking);
        for provider in &mut auto.providers {
            provider.enabled = false;
        }
        assert_eq!(status_of(&auto, None, None), ProviderStatus::NotConfigured);
        let empty = ModelSettings::default();
        assert_eq!(status_of(&empty, None, None), ProviderStatus::NotConfigured);
    }

    #[test]
    fn a_provider_that_rests_is_told_apart() {
        let resting = ProviderHealth {
            circuit: Circuit::Open,
            retry_ms: Some(5),
            ..silent("a")
        };
        let standing = Standing::of(&provider("a"), Some(&health(vec![resting])));
        assert!(matches!(standing, Standing::Resting(Some(5), Some(_))));
    }
}
