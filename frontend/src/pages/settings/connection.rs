//! What came of the last connection test.

use leptos::prelude::*;
use protocol::provider::ProviderTest;

use crate::components::notice::{Notice, NoticeKind};
use crate::message::Sentence;

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
    pub(super) fn models(&self) -> Vec<String> {
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
    /// Name of the model entered.
    model: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="connection" aria-live="polite">
            {move || match connection.get() {
                Connection::Untested => ().into_any(),
                Connection::Testing => {
                    view! { <p class="connection-busy">"Asking for its models…"</p> }.into_any()
                }
                Connection::Reached(test) => {
                    let (kind, detail) = judge(&test, model.get().trim());
                    let title = format!("Connected, answered in {} ms", test.latency_ms);
                    view! { <Notice kind=kind title=title detail=detail/> }.into_any()
                }
                Connection::Failed(sentence) => {
                    view! {
                        <Notice
                            kind=NoticeKind::Danger
                            title=sentence.what
                            detail=sentence.next
                        />
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// Whether the provider offers the model, and what to do if not.
fn judge(test: &ProviderTest, model: &str) -> (NoticeKind, String) {
    let count = match test.models.len() {
        0 => {
            let detail = "It offers no models yet. Fetch one there, then test again.";
            return (NoticeKind::Warning, detail.to_owned());
        }
        1 => "It offers one model.".to_owned(),
        count => format!("It offers {count} models."),
    };
    if model.is_empty() {
        (
            NoticeKind::Positive,
            format!("{count} Choose one below, then save."),
        )
    } else if test.models.iter().any(|offered| offered == model) {
        (
            NoticeKind::Positive,
            format!("{count} {model} is one of them."),
        )
    } else {
        (
            NoticeKind::Warning,
            format!("{count} {model} is not among them. Choose one below."),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_whether_the_model_is_there() {
        let test = ProviderTest {
            latency_ms: 3,
            models: vec!["a".to_owned(), "b".to_owned()],
        };
        assert_eq!(judge(&test, "a").0, NoticeKind::Positive);
        assert_eq!(judge(&test, "").0, NoticeKind::Positive);
        assert_eq!(judge(&test, "c").0, NoticeKind::Warning);
        let none = ProviderTest {
            models: Vec::new(),
            ..test
        };
        assert_eq!(judge(&none, "a").0, NoticeKind::Warning);
    }
}
