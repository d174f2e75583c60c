//! How many tokens the request that is being written will take, and a clear word
//! where it won't fit. Shared by the home page's box and the studio's.

use std::time::Duration;

use leptos::prelude::*;
use protocol::generate::GenerateRequest;

use crate::components::icon::{Glyph, Icon};
use crate::state::expected::{Expectations, Expected};
use crate::state::provider::ProviderState;
use crate::state::spawn;

/// Pause after the last change before it is counted: who types isn't slowed down.
const PAUSE: Duration = Duration::from_millis(400);

/// The line; nothing while there is no request, or no model. `request` is what
/// would be sent now, tracked; `None` while there is nothing to send.
#[component]
pub(crate) fn ExpectedLine(
    /// Whether something is being written; what it depends on counts it anew.
    #[prop(into)]
    written: Signal<bool>,
    /// The request as it would go out, with as many empty pictures as it has.
    request: Callback<(), GenerateRequest>,
    /// Rises or changes with everything that the request is made of.
    #[prop(into)]
    changes: Signal<()>,
) -> impl IntoView {
    let expectations = Expectations::expect();
    let provider = ProviderState::expect();
    let expected = RwSignal::new(None::<Expected>);
    // Rises with every change, so that a late count is dropped.
    let number = StoredValue::new(0_u64);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        changes.track();
        // Another model counts otherwise.
        let any = written.get() && provider.asked().is_some();
        number.update_value(|number| *number += 1);
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        if !any {
            expected.set(None);
            return;
        }
        let own = number.get_value();
        let count = move || {
            spawn(async move {
                // The page may be gone meanwhile.
                let Some(request) = request.try_run(()) else {
                    return;
                };
                let counted = expectations.of(request).await;
                if number.try_get_value() == Some(own) {
                    expected.try_set(counted);
                }
            });
        };
        timer.set_value(set_timeout_with_handle(count, PAUSE).ok());
    });
    on_cleanup(move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    });
    view! {
        {move || expected.get().map(|expected| {
            let trouble = trouble(&expected);
            let refused = !expected.estimate.fits;
            view! {
                <p class="expected" title=hint(&expected)>{amount(&expected)}</p>
                {trouble.map(|words| view! {
                    <p class="expected-trouble" class:refused=refused role="status">
                        <Icon glyph=if refused { Glyph::Error } else { Glyph::Warning } size=14/>
                        <span>{words}</span>
                    </p>
                })}
            }
        })}
    }
}

/// `About 6,200 of 32,768 tokens · $0.0012`.
fn amount(expected: &Expected) -> String {
    let tokens = grouped(rounded(expected.estimate.prompt_tokens));
    let room = if expected.known {
        let limit = usize::try_from(expected.estimate.limit_tokens).unwrap_or(usize::MAX);
        format!(" of {}", grouped(limit))
    } else {
        String::new()
    };
    let price = expected.micro_usd.map(dollars).unwrap_or_default();
    format!("About {tokens}{room} tokens{price}")
}

fn hint(expected: &Expected) -> String {
    let price = if expected.micro_usd.is_some() {
        " The price is that of the request; the answer comes on top."
    } else {
        ""
    };
    format!(
        "Estimate of what {} gets: rules, packages, files, conversation and request.{price}",
        expected.model
    )
}

/// What will stay out, or that the request will be refused, and what to do.
fn trouble(expected: &Expected) -> Option<String> {
    let model = &expected.model;
    if !expected.estimate.fits {
        return Some(format!(
            "Too long for {model}: it would be refused. Shorten it, remove files that aren't needed, or choose a model with a longer context."
        ));
    }
    if expected.estimate.dropped.is_empty() {
        return None;
    }
    Some(format!(
        "Not all of it fits: {}",
        expected.estimate.dropped.join(" ")
    ))
}

/// An estimate is good to some percent, and shows no more digits than that.
fn rounded(tokens: usize) -> usize {
    let step = match tokens {
        0..1_000 => 10,
        1_000..100_000 => 100,
        _ => 1_000,
    };
    tokens.div_ceil(step) * step
}

/// `12,345`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// ` · $0.0042`: four digits, since most requests cost less than a cent.
pub(crate) fn dollars(micro_usd: u64) -> String {
    format!(
        " · ${}.{:04}",
        micro_usd / 1_000_000,
        micro_usd % 1_000_000 / 100
    )
}

#[cfg(test)]
mod tests {
    use generation::turn::Estimate;

    use super::*;

    fn expected(fits: bool, dropped: &[&str]) -> Expected {
        Expected {
            estimate: Estimate {
                prompt_tokens: 6_143,
                limit_tokens: 32_768,
                fits,
                dropped: dropped.iter().map(|&text| text.to_owned()).collect(),
            },
            model: "m".to_owned(),
            known: true,
            micro_usd: None,
        }
    }

    #[test]
    fn tokens_are_rounded_and_grouped() {
        assert_eq!(amount(&expected(true, &[])), "About 6,200 of 32,768 tokens");
        let priced = Expected {
            known: false,
            micro_usd: Some(4_215),
            ..expected(true, &[])
        };
        assert_eq!(amount(&priced), "About 6,200 tokens · $0.0042");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(12), "12");
    }

    #[test]
    fn what_does_not_fit_is_told() {
        assert_eq!(trouble(&expected(true, &[])), None);
        assert_eq!(
            trouble(&expected(true, &["One.", "Two."])).as_deref(),
            Some("Not all of it fits: One. Two.")
        );
        let refused = trouble(&expected(false, &["One."])).unwrap_or_default();
        assert!(refused.contains("refused"), "{refused}");
    }
}
