//! Starter apps, served as `/templates/index.json` and `/templates/{id}.json`.

use serde::{Deserialize, Serialize};

use crate::app::Files;

/// One entry of `/templates/index.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TemplateSummary {
    /// Folder name below `templates/`.
    pub id: String,
    /// Shown to people.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// The prompt that would have made it, offered as a suggestion.
    pub prompt: String,
    /// Accent colour as CSS, for its card.
    pub accent: String,
}

/// `/templates/{id}.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Everything but the files.
    #[serde(flatten)]
    pub summary: TemplateSummary,
    /// Its files.
    pub files: Files,
}
