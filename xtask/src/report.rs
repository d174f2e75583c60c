//! The one form of every measurement: a table on the terminal and, on request,
//! `{"name", "rows": [{"metric", "unit", "ours", "peers": {name: value}}]}`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// A set of measurements.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    /// What was measured.
    pub(crate) name: String,
    /// One figure each.
    pub(crate) rows: Vec<Row>,
}

/// One figure beside those of its peers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Row {
    /// `snake_case`, ending in its unit.
    pub(crate) metric: String,
    /// `ms`, `bytes`, `count`.
    pub(crate) unit: String,
    /// Our figure.
    pub(crate) ours: f64,
    /// Theirs, from the same run.
    #[serde(default)]
    pub(crate) peers: BTreeMap<String, f64>,
}

impl Report {
    /// Prints the table and writes the file, if one is named.
    pub(crate) fn publish(&self, json: Option<&Path>) -> anyhow::Result<()> {
        println!("\n{}", self.name);
        let width = self.rows.iter().map(|row| row.metric.len()).max();
        for row in &self.rows {
            let mut text = format!(
                "  {:<width$}  {:>14} {}",
                row.metric,
                number(row.ours),
                row.unit,
                width = width.unwrap_or(0)
            );
            for (peer, theirs) in &row.peers {
                write!(
                    text,
                    "   {peer} {} ({:.2} ×)",
                    number(*theirs),
                    theirs / row.ours
                )?;
            }
            println!("{text}");
        }
        if let Some(path) = json {
            std::fs::write(path, serde_json::to_string_pretty(self)? + "\n")
                .with_context(|| format!("can't write {}", path.display()))?;
        }
        Ok(())
    }
}

/// Whole numbers in groups of three, others with one decimal, small ones with two.
fn number(value: f64) -> String {
    if value.fract() != 0.0 {
        let decimals = if value < 10.0 { 2 } else { 1 };
        return format!("{value:.decimals$}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn groups_digits() {
        assert_eq!(number(7.0), "7");
        assert_eq!(number(1_234_567.0), "1 234 567");
        assert_eq!(number(41.26), "41.3");
        assert_eq!(number(0.38), "0.38");
    }
}
