//! Reads the answer of `POST /api/generate`.

use serde_json::Value;

/// One Server-Sent Event.
#[derive(Debug, Clone)]
pub(crate) struct Sse {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) data: Value,
}

/// The events of a whole body; comments are skipped.
pub(crate) fn read_events(body: &str) -> Vec<Sse> {
    let field = |block: &str, name: &str| {
        block
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .map(|value| value.trim().to_owned())
    };
    body.split("\n\n")
        .filter_map(|block| {
            Some(Sse {
                id: field(block, "id:")?,
                name: field(block, "event:")?,
                data: serde_json::from_str(&field(block, "data:")?).unwrap(),
            })
        })
        .collect()
}
