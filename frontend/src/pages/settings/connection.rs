//! What came of the last connection test.

use leptos::prelude::*;
use protocol::provider::{ModelSummary, ProviderKind, ProviderTest};

use super::cure::cure;
use super::words::duration_words;
use crate::components::notice::{Notice, NoticeKind};
use crate::message::{Sentence, plain};

/// A connection test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Connection {
    /// None since the last change.
    Untested,
    /// Under way.
    Testing,
    /// The provider answered.
    Reached(ProviderTest),
    /// It didn't, and why.
    Failed(Sentence),
}

impl Connection {
    /// Models that the provider offers, sorted; empty when not known.
    pub(super) fn models(&self) -> Vec<ModelSummary> {
        match self {
            Self::Reached(test) => test.models.clone(),
            Self::Untested | Self::Testing | Self::Failed(_) => Vec::new(),
        }
    }
}

/// The result in words.
#[component]
pub(super) fn ConnectionResult(
    /// The test.
    connection: Signal<Connection>,
    /// API of the provider.
    kind: Signal<ProviderKind>,
    /// Names of the models entered, as far as there are some.
    models: Signal<Vec<String>>,
) -> impl IntoView {
    view! {
        <div class="connection" aria-live="polite">
            {move || match connection.get() {
                Connection::Untested => ().into_any(),
                Connection::Testing => {
                    view! { <p class="connection-busy">"Asking for its models…"</p> }.into_any()
                }
                Connection::Reached(test) => {
                    let (notice, detail) = judge(&test, kind.get(), &models.get());
                    let version = test.version.map(|version| format!(", version {version}"));
                    let title = format!(
                        "Connected{}, answered in {}",
                        version.unwrap_or_default(),
                        duration_words(test.latency_ms),
                    );
                    view! {
                        <Notice kind=notice title=title>
                            {cure(&detail)}
                        </Notice>
                    }
                        .into_any()
                }
                Connection::Failed(sentence) => {
                    view! {
                        <Notice kind=NoticeKind::Danger title=plain(&sentence.what)>
                            {sentence.next.map(|text| cure(&text))}
                        </Notice>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// Whether the provider offers the models, and what to do if not.
fn judge(test: &ProviderTest, kind: ProviderKind, models: &[String]) -> (NoticeKind, String) {
    let count = match test.models.len() {
        0 => {
            let detail = "It offers no models yet. Fetch one there, then test again.";
            return (NoticeKind::Warning, detail.to_owned());
        }
        1 => "It offers one model.".to_owned(),
        count => format!("It offers {count} models."),
    };
    let missing = models
        .iter()
        .find(|model| !test.models.iter().any(|offered| offered.name == **model));
    match missing {
        None if models.is_empty() => (
            NoticeKind::Positive,
            format!("{count} Choose one below, then save."),
        ),
        None => (NoticeKind::Positive, count),
        Some(model) if kind == ProviderKind::Ollama => (
            NoticeKind::Warning,
            format!(
                "{count} `{model}` is not among them. Fetch it with `ollama pull {model}` and test again, or choose one below."
            ),
        ),
        Some(model) => (
            NoticeKind::Warning,
            format!("{count} `{model}` is not among them. Choose one below."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_whether_the_models_are_there() {
        let model = |name: &str| ModelSummary {
            name: name.to_owned(),
            ..ModelSummary::default()
        };
        let test = ProviderTest {
            latency_ms: 3,
            version: None,
            models: vec![model("a"), model("b")],
        };
        let judged = |models: &[&str]| {
            let models: Vec<String> = models.iter().map(|&name| name.to_owned()).collect();
            judge(&test, ProviderKind::Ollama, &models)
        };
        assert_eq!(judged(&["a", "b"]).0, NoticeKind::Positive);
        assert_eq!(judged(&[]).0, NoticeKind::Positive);
        let (kind, cure) = judged(&["a", "c"]);
        assert_eq!(kind, NoticeKind::Warning);
        assert!(cure.contains("`ollama pull c`"), "{cure}");
        let none = ProviderTest {
            models: Vec::new(),
            ..test.clone()
        };
        assert_eq!(
            judge(&none, ProviderKind::Openai, &[]).0,
            NoticeKind::Warning
        );
    }
}
