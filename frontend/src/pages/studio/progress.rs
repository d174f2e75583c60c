//! How far the running turn is: files, tokens, pace and model.

use std::collections::VecDeque;
use std::time::Duration;

use leptos::prelude::*;

use super::layout::Layout;
use super::toggle::Toggle;
use crate::platform::clock::monotonic_ms;
use crate::state::chat::Chat;
use crate::state::project::Project;

/// How often the numbers change: often enough to be seen to move, seldom enough to be read.
const TICK: Duration = Duration::from_millis(500);

/// Ticks over which the pace is taken: four seconds.
const WINDOW: usize = 8;

/// Characters of code a token, on average over the models' tokenizers.
const TOKEN_CHARACTERS: f64 = 3.6;

/// The bar below the code while a turn runs.
#[component]
pub(super) fn Progress() -> impl IntoView {
    let chat = Chat::expect();
    let project = Project::expect();
    let layout = Layout::expect();
    let files = Memo::new(move |_| {
        chat.files().with(|files| {
            let complete = files.iter().filter(|file| file.complete).count();
            (complete, files.len())
        })
    });
    let pace = RwSignal::new(Pace::default());
    let interval = set_interval_with_handle(
        move || pace.update(|pace| pace.add(monotonic_ms(), written(chat, project))),
        TICK,
    );
    // Without a timer the files alone are counted.
    if let Ok(interval) = interval {
        on_cleanup(move || interval.clear());
    }
    let line = move || {
        let told = chat.cost().get().map_or(0, |cost| cost.completion_tokens);
        let tokens = if told > 0 {
            told
        } else {
            pace.with(Pace::tokens)
        };
        let model = chat.answering().get().map(|answering| answering.model);
        let line = describe(files.get(), tokens, pace.with(Pace::per_second), model);
        line.unwrap_or_else(|| chat.status().get())
    };
    view! {
        <div class="code-foot-bar">
            <p class="code-progress" title=line>{line}</p>
            <p class="visually-hidden" role="status">
                {move || match files.get() {
                    (0, _) => String::new(),
                    (complete, _) => format!("{} written", count(complete as u64, "file")),
                }}
            </p>
            <Toggle
                pressed=layout.following()
                on_press=Callback::new(move |()| layout.follow(!layout.following().get_untracked()))
            >
                "Follow"
            </Toggle>
        </div>
    }
}

/// Bytes that the model wrote so far; its code is ASCII but for a few characters.
fn written(chat: Chat, project: Project) -> usize {
    let begun = chat
        .partial()
        .with_untracked(|partial| partial.values().map(String::len).sum::<usize>());
    let complete = chat.files().with_untracked(|files| {
        let complete = files.iter().filter(|file| file.complete);
        complete
            .filter_map(|file| project.text(&file.path))
            .map(|text| text.len())
            .sum::<usize>()
    });
    chat.prose().with_untracked(String::len) + begun + complete
}

/// How much was written when.
#[derive(Debug, Clone, Default)]
struct Pace {
    /// Milliseconds and characters, at the last ticks.
    ticks: VecDeque<(f64, usize)>,
}

impl Pace {
    fn add(&mut self, now_ms: f64, characters: usize) {
        // Another model began anew.
        if self.ticks.back().is_some_and(|last| last.1 > characters) {
            self.ticks.clear();
        }
        if self.ticks.len() > WINDOW {
            self.ticks.pop_front();
        }
        self.ticks.push_back((now_ms, characters));
    }

    fn tokens(&self) -> u64 {
        self.ticks.back().map_or(0, |last| tokens_of(last.1))
    }

    fn per_second(&self) -> u64 {
        match (self.ticks.front(), self.ticks.back()) {
            (Some(first), Some(last)) if last.0 > first.0 => {
                let tokens = tokens_of((last.1 - first.1) * 1_000);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a few seconds"
                )]
                let ms = (last.0 - first.0) as u64;
                tokens / ms.max(1)
            }
            _ => 0,
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an estimate of what is far below 2^53"
)]
fn tokens_of(characters: usize) -> u64 {
    (characters as f64 / TOKEN_CHARACTERS) as u64
}

/// `3 of 5 files · 1,240 tokens · 38 tokens/s · qwen3-coder:30b`; `None` before the first token.
fn describe(
    (complete, begun): (usize, usize),
    tokens: u64,
    per_second: u64,
    model: Option<String>,
) -> Option<String> {
    if tokens == 0 && begun == 0 {
        return None;
    }
    let files = (begun > 0).then(|| format!("{complete} of {}", count(begun as u64, "file")));
    let tokens = (tokens > 0).then(|| count(tokens, "token"));
    let pace = (per_second > 0).then(|| format!("{} tokens/s", grouped(per_second)));
    let parts: Vec<String> = [files, tokens, pace, model].into_iter().flatten().collect();
    Some(parts.join(" · "))
}

fn count(count: u64, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {word}{plural}", grouped(count))
}

/// With a comma before every three digits.
fn grouped(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_has_what_is_known() {
        let model = || Some("qwen3-coder:30b".to_owned());
        assert_eq!(describe((0, 0), 0, 0, model()), None);
        assert_eq!(
            describe((3, 5), 1_240, 38, model()).as_deref(),
            Some("3 of 5 files · 1,240 tokens · 38 tokens/s · qwen3-coder:30b")
        );
        assert_eq!(describe((0, 1), 0, 0, None).as_deref(), Some("0 of 1 file"));
        assert_eq!(
            describe((0, 0), 1_000_007, 0, None).as_deref(),
            Some("1,000,007 tokens")
        );
    }

    #[test]
    fn the_pace_is_that_of_the_last_seconds() {
        let mut pace = Pace::default();
        assert_eq!((pace.tokens(), pace.per_second()), (0, 0));
        for tick in 0..40 {
            // A slow beginning, then 720 characters a second.
            let characters = if tick < 10 {
                tick
            } else {
                (tick - 10) * 360 + 10
            };
            pace.add(
                f64::from(u32::try_from(tick).unwrap_or(0)) * 500.0,
                characters,
            );
        }
        assert_eq!(pace.per_second(), 200);
        assert_eq!(pace.tokens(), tokens_of(29 * 360 + 10));
    }

    #[test]
    fn an_answer_that_begins_anew_has_its_own_pace() {
        let mut pace = Pace::default();
        pace.add(0.0, 5_000);
        pace.add(500.0, 9_000);
        pace.add(1_000.0, 36);
        assert_eq!((pace.tokens(), pace.per_second()), (10, 0));
    }
}
