//! `POST /api/ask`: the small tasks around a conversation, which are for a
//! model of [`crate::provider::Tier::Small`].

use serde::{Deserialize, Serialize};

use crate::app::Files;
use crate::limits::{MAX_FILES, MAX_PROMPT_BYTES};

/// Questions at once: more are a form, and the person wanted an app.
pub const MAX_QUESTIONS: usize = 3;
/// Options of one question. A single one is no choice.
pub const OPTIONS: std::ops::RangeInclusive<usize> = 2..=5;
/// Proposals at once: as many as can be compared side by side.
pub const MAX_PROPOSALS: usize = 3;
/// Words of a better prompt, if the prompt itself has no more.
pub const ENHANCED_WORDS: usize = 120;
/// Largest sketch, in bytes: what is asked for is a quarter of it.
pub const MAX_SKETCH_BYTES: usize = 32 * 1024;
/// Next steps at once.
pub const SUGGESTIONS: usize = 3;

/// Answers that a request for proposals may tell: those of three rounds of questions.
const MAX_ANSWERS: usize = 3 * MAX_QUESTIONS;
/// Longest question or chosen option, in bytes: options may be the person's own words.
const MAX_ANSWER_BYTES: usize = 2_000;

/// Body of `POST /api/ask`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    tag = "task",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum AskRequest {
    /// What to ask before an app is built.
    Questions {
        /// What the person asks for.
        #[cfg_attr(feature = "schema", schemars(length(min = 1, max = MAX_PROMPT_BYTES)))]
        prompt: String,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider: Option<String>,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
    /// How the app could be, to choose from and to edit.
    Proposals {
        /// What the person asks for.
        #[cfg_attr(feature = "schema", schemars(length(min = 1, max = MAX_PROMPT_BYTES)))]
        prompt: String,
        /// Questions that were asked, with what was chosen.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schemars(length(max = MAX_ANSWERS)))]
        answers: Vec<Answer>,
        /// How many, from 1 to [`MAX_PROPOSALS`].
        #[cfg_attr(feature = "schema", schemars(range(min = 1, max = MAX_PROPOSALS)))]
        count: usize,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider: Option<String>,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
    /// A better prompt for the same wish.
    Enhance {
        /// What the person asks for.
        #[cfg_attr(feature = "schema", schemars(length(min = 1, max = MAX_PROMPT_BYTES)))]
        prompt: String,
        /// Files of the app that the prompt is to change; empty for a new app.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schemars(length(max = MAX_FILES)))]
        paths: Vec<String>,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider: Option<String>,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
    /// What the person could ask for next.
    Suggestions {
        /// What the person asked for last.
        #[cfg_attr(feature = "schema", schemars(length(min = 1, max = MAX_PROMPT_BYTES)))]
        prompt: String,
        /// What the model said it built.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schemars(length(max = MAX_PROMPT_BYTES)))]
        summary: String,
        /// Files of the app.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schemars(length(max = MAX_FILES)))]
        paths: Vec<String>,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider: Option<String>,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
    /// A small app that shows a design, to look at before it is built.
    Sketch {
        /// What the person asks for.
        prompt: String,
        /// The design.
        design: String,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider: Option<String>,
        /// As in [`crate::generate::GenerateRequest`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
}

impl AskRequest {
    /// What the person asks for.
    pub fn prompt(&self) -> &str {
        match self {
            Self::Questions { prompt, .. }
            | Self::Proposals { prompt, .. }
            | Self::Enhance { prompt, .. }
            | Self::Suggestions { prompt, .. }
            | Self::Sketch { prompt, .. } => prompt,
        }
    }

    /// Provider to ask instead of the preferred one.
    pub fn provider(&self) -> Option<&str> {
        match self {
            Self::Questions { provider, .. }
            | Self::Proposals { provider, .. }
            | Self::Enhance { provider, .. }
            | Self::Suggestions { provider, .. }
            | Self::Sketch { provider, .. } => provider.as_deref(),
        }
    }

    /// Its model to ask instead of the one in the settings.
    pub fn model(&self) -> Option<&str> {
        match self {
            Self::Questions { model, .. }
            | Self::Proposals { model, .. }
            | Self::Enhance { model, .. }
            | Self::Suggestions { model, .. }
            | Self::Sketch { model, .. } => model.as_deref(),
        }
    }

    /// Checks sizes and counts.
    ///
    /// # Errors
    /// A sentence for a person.
    pub fn check(&self) -> Result<(), String> {
        let prompt = self.prompt();
        if prompt.trim().is_empty() {
            return Err("Describe the app first.".to_owned());
        }
        let (answers, paths, rest): (&[Answer], &[String], &str) = match self {
            Self::Questions { .. } => (&[], &[], ""),
            Self::Proposals { answers, count, .. } => {
                if !(1..=MAX_PROPOSALS).contains(count) {
                    return Err(format!("Ask for 1 to {MAX_PROPOSALS} proposals."));
                }
                (answers, &[], "")
            }
            Self::Enhance { paths, .. } => (&[], paths, ""),
            Self::Suggestions { paths, summary, .. } => (&[], paths, summary),
            Self::Sketch { design, .. } => (&[], &[], design),
        };
        if prompt.len() > MAX_PROMPT_BYTES || rest.len() > MAX_PROMPT_BYTES {
            return Err(format!(
                "A prompt takes at most {} KB; shorten it.",
                MAX_PROMPT_BYTES / 1024
            ));
        }
        if paths.len() > MAX_FILES {
            return Err(format!("An app has at most {MAX_FILES} files."));
        }
        let fits = |answer: &Answer| {
            answer.question.len() <= MAX_ANSWER_BYTES
                && answer.chosen.iter().map(String::len).sum::<usize>() <= MAX_ANSWER_BYTES
        };
        if answers.len() > MAX_ANSWERS || !answers.iter().all(fits) {
            return Err(format!(
                "The answers are too long: at most {MAX_ANSWERS} of {MAX_ANSWER_BYTES} bytes each."
            ));
        }
        Ok(())
    }
}

/// Answer of `POST /api/ask`, of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    tag = "task",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum AskAnswer {
    /// To [`AskRequest::Questions`].
    Questions {
        /// At most [`MAX_QUESTIONS`]; none when the request is clear.
        #[cfg_attr(feature = "schema", schemars(length(max = MAX_QUESTIONS)))]
        questions: Vec<Question>,
    },
    /// To [`AskRequest::Proposals`].
    Proposals {
        /// At least one, at most as many as were asked for.
        #[cfg_attr(feature = "schema", schemars(length(min = 1, max = MAX_PROPOSALS)))]
        proposals: Vec<Proposal>,
    },
    /// To [`AskRequest::Enhance`].
    Enhance {
        /// The better prompt.
        prompt: String,
    },
    /// To [`AskRequest::Suggestions`].
    Suggestions {
        /// At least one, at most [`SUGGESTIONS`].
        #[cfg_attr(feature = "schema", schemars(length(min = 1, max = SUGGESTIONS)))]
        suggestions: Vec<String>,
    },
    /// To [`AskRequest::Sketch`].
    Sketch {
        /// `src/App.tsx`, and others if the model wrote some; at most [`MAX_SKETCH_BYTES`] together.
        files: Files,
    },
}

/// A multiple-choice question. An own answer is the interface's to offer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub question: String,
    /// As many as [`OPTIONS`] says, the likeliest first.
    pub options: Vec<String>,
    /// Whether several may be chosen.
    pub multiple: bool,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answer {
    /// The question.
    pub question: String,
    /// Options or own words; empty when the question was skipped.
    pub chosen: Vec<String>,
}

/// How an app could be. Each part may be edited, and may be empty but the title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proposal {
    /// A few words.
    pub title: String,
    /// One sentence: what sets it apart.
    pub summary: String,
    /// What the app keeps.
    pub data: Vec<DataItem>,
    /// What it shows.
    pub screens: Vec<Screen>,
    /// What the person can do.
    pub interactions: Vec<String>,
    /// Colours and mood.
    pub look: String,
}

/// One kind of thing that an app keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataItem {
    /// In the singular: `Task`.
    pub name: String,
    /// In the person's words: `due date`.
    pub fields: Vec<String>,
}

/// One screen of an app.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Screen {
    /// Short name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(json: &str) -> AskRequest {
        serde_json::from_str(json).expect("a request")
    }

    #[test]
    fn the_task_is_the_tag() {
        let proposals = request(r#"{"task":"proposals","prompt":"x","count":2,"model":"m"}"#);
        assert_eq!(proposals.model(), Some("m"));
        assert_eq!(proposals.provider(), None);
        assert_eq!(
            serde_json::to_string(&proposals).expect("JSON"),
            r#"{"task":"proposals","prompt":"x","answers":[],"count":2,"model":"m"}"#
        );
        for wrong in [
            r#"{"task":"questions","prompt":"x","count":2}"#,
            r#"{"task":"questions"}"#,
            r#"{"task":"code","prompt":"x"}"#,
        ] {
            assert!(
                serde_json::from_str::<AskRequest>(wrong).is_err(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn sizes_and_counts_are_checked() {
        let long = "x".repeat(MAX_PROMPT_BYTES + 1);
        for wrong in [
            r#"{"task":"questions","prompt":" "}"#.to_owned(),
            format!(r#"{{"task":"enhance","prompt":"{long}"}}"#),
            format!(r#"{{"task":"suggestions","prompt":"x","summary":"{long}"}}"#),
            r#"{"task":"proposals","prompt":"x","count":0}"#.to_owned(),
            r#"{"task":"proposals","prompt":"x","count":4}"#.to_owned(),
            format!(
                r#"{{"task":"proposals","prompt":"x","count":1,"answers":[{{"question":"q","chosen":["{}"]}}]}}"#,
                "x".repeat(MAX_ANSWER_BYTES + 1)
            ),
        ] {
            assert!(request(&wrong).check().is_err(), "{wrong:.80}");
        }
        let right = r#"{"task":"proposals","prompt":"x","count":3,"answers":[{"question":"q","chosen":[]}]}"#;
        assert_eq!(request(right).check(), Ok(()));
    }
}
