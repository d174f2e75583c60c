//! Messages between the page and the bundler worker, as JSON text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::Files;
use crate::bundle::BuildOutput;

/// Page to bundler worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ToBundler {
    /// First message: addresses of what the worker loads.
    Start {
        /// The module that `wasm-bindgen` made for the bundler.
        glue_url: String,
        /// The bundler's wasm.
        wasm_url: String,
        /// `manifest.json`.
        manifest_url: String,
        /// The Tailwind compiler's module, loaded when first needed.
        tailwind_url: String,
    },
    /// Forget all files and outputs: another project comes next.
    Reset,
    /// Change files and build. Only the newest revision is answered.
    Build {
        /// Rises with every request.
        revision: u64,
        /// Path to new text; `null` deletes.
        changes: BTreeMap<String, Option<String>>,
    },
    /// Map positions of compiled modules back to the sources.
    ResolvePositions {
        /// Echoed in the answer.
        request: u64,
        /// Positions in compiled modules.
        positions: Vec<Position>,
    },
    /// Give texts of the ready kit.
    ReadKit {
        /// Echoed in the answer.
        request: u64,
        /// Paths of its files.
        paths: Vec<String>,
    },
}

/// Bundler worker to page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FromBundler {
    /// Loaded and warm.
    Ready {
        /// Time from `Start`, in milliseconds.
        elapsed_ms: u32,
    },
    /// Answer to [`ToBundler::Build`].
    Built {
        /// Revision of the request.
        revision: u64,
        /// Time for the build, in microseconds.
        elapsed_us: u64,
        /// Part of it that Tailwind took, in microseconds.
        tailwind_us: u64,
        /// The result.
        output: Box<BuildOutput>,
    },
    /// A build waits for what the network must bring: it doesn't hang.
    Fetching {
        /// Revision of the request.
        revision: u64,
    },
    /// Answer to [`ToBundler::ReadKit`].
    Kit {
        /// Echo of the request.
        request: u64,
        /// Text by path.
        files: Files,
    },
    /// Answer to [`ToBundler::ResolvePositions`], in the same order; `None`
    /// where a position maps to nothing.
    Positions {
        /// Echo of the request.
        request: u64,
        /// Original positions.
        positions: Vec<Option<OriginalPosition>>,
    },
    /// The worker can't go on; the page starts a new one.
    Failed {
        /// What happened, one sentence.
        message: String,
    },
}

/// A place in a module, lines and columns from 1, columns in UTF-16 code units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Position {
    /// Module id.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// A place in a source file with the lines around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OriginalPosition {
    /// The place.
    #[serde(flatten)]
    pub position: Position,
    /// Lines around it with a marker, plain text: the same form as a diagnostic's.
    pub frame: String,
}
