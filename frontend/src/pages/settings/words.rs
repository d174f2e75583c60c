//! Numbers and states of language models, as they are read.

use protocol::error::ErrorCode;
use protocol::provider::{CallOutcome, ModelSummary};

use crate::components::status_pill::PillKind;
use crate::platform::clock::time_of_day;
use crate::state::provider::Standing;

/// Colour and words of a standing. Without `latency` they change only when
/// the standing does, for pages that look again by themselves.
pub(super) fn standing_words(standing: &Standing, latency: bool) -> (PillKind, String) {
    match standing {
        Standing::Off => (PillKind::Neutral, "Off".to_owned()),
        Standing::NoModel => (PillKind::Warning, "No model chosen".to_owned()),
        Standing::Unknown => (PillKind::Neutral, "Not looked at yet".to_owned()),
        Standing::Answers(ms) if latency => (
            PillKind::Positive,
            format!("Answers in {}", duration_words(*ms)),
        ),
        Standing::Answers(_) => (PillKind::Positive, "Answers".to_owned()),
        Standing::Resting(Some(until), _) => (
            PillKind::Warning,
            format!("Rests until {}", time_words(*until)),
        ),
        Standing::Resting(None, _) => (PillKind::Warning, "Rests".to_owned()),
        Standing::Failing(code, _) => (
            PillKind::Danger,
            match code {
                ErrorCode::ModelNotFound => "Model isn't there",
                ErrorCode::ProviderUnauthorized => "Key refused",
                ErrorCode::RateLimited => "Asked too often",
                _ => "Doesn't answer",
            }
            .to_owned(),
        ),
    }
}

/// Time of day in the person's zone, of a time in milliseconds since 1970.
pub(super) fn time_words(ms: i64) -> String {
    time_of_day(u64::try_from(ms).unwrap_or_default())
}

/// `41 ms`, `1.2 s`, `2 min 5 s`.
pub(super) fn duration_words(ms: u32) -> String {
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..60_000 => format!("{:.1} s", f64::from(ms) / 1_000.0),
        _ => format!("{} min {} s", ms / 60_000, ms / 1_000 % 60),
    }
}

/// `$0.0042`, `$1.25`.
pub(super) fn cost_words(micro_usd: u64) -> String {
    let (dollars, rest) = (micro_usd / 1_000_000, micro_usd % 1_000_000);
    if micro_usd == 0 {
        "$0".to_owned()
    } else if dollars == 0 && rest < 10_000 {
        format!("$0.{:04}", rest / 100)
    } else {
        format!("${dollars}.{:02}", rest / 10_000)
    }
}

/// What is known of a model: size, context, pictures.
pub(super) fn model_words(model: &ModelSummary) -> String {
    let context = model.context_tokens.map(|tokens| {
        let size = match tokens {
            0..1_000 => tokens.to_string(),
            _ if tokens % (1024 * 1024) == 0 => format!("{}M", tokens / (1024 * 1024)),
            _ if tokens % 1024 == 0 => format!("{}k", tokens / 1024),
            1_000_000.. => format!("{}M", tokens / 1_000_000),
            _ => format!("{}k", tokens / 1_000),
        };
        format!("{size} context")
    });
    let pictures = model
        .sees_images
        .map(|sees| if sees { "sees pictures" } else { "text only" }.to_owned());
    let parts: Vec<String> = [model.size.clone(), context, pictures]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" · ")
}

/// How a request ended, in a word.
pub(super) const fn outcome_words(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Done => "Done",
        CallOutcome::Failed => "Failed",
        CallOutcome::Cancelled => "Stopped",
        CallOutcome::Cached => "From before",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(duration_words(41), "41 ms");
        assert_eq!(duration_words(1_240), "1.2 s");
        assert_eq!(duration_words(125_000), "2 min 5 s");
        assert_eq!(cost_words(0), "$0");
        assert_eq!(cost_words(4_210), "$0.0042");
        assert_eq!(cost_words(1_250_000), "$1.25");
    }

    #[test]
    fn what_isnt_known_of_a_model_is_left_out() {
        let mut model = ModelSummary::default();
        assert_eq!(model_words(&model), "");
        model.size = Some("30.5B".to_owned());
        model.sees_images = Some(false);
        for (tokens, words) in [
            (262_144, "256k"),
            (200_000, "200k"),
            (1_048_576, "1M"),
            (1_000_000, "1M"),
        ] {
            model.context_tokens = Some(tokens);
            assert_eq!(
                model_words(&model),
                format!("30.5B · {words} context · text only")
            );
        }
    }
}
