//! `cargo xtask eval`: a fixed set of requests, each built, run and used as a
//! person would, with a model of one's own or with recorded answers.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::bail;
use serde::{Deserialize, Serialize};

use crate::cache::Cache;
use crate::process::{execute, step};
use crate::run::build_server;
use crate::setup;
use crate::site::{self, Profile};

/// Which model is asked; without a provider, the recorded answers are read.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// Name of the provider: `ollama`, `openrouter`, `openai`, `anthropic`, `gemini`, `deepseek`, `groq`.
    pub(crate) provider: Option<String>,
    /// Name of the model.
    pub(crate) name: Option<String>,
    /// Address, where it isn't the provider's usual one.
    pub(crate) address: Option<String>,
}

/// What became of a request (`tests/eval/eval.spec.ts`).
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) files: Vec<String>,
    pub(crate) first: bool,
    pub(crate) free: bool,
    pub(crate) repaired: bool,
    pub(crate) trouble: String,
    pub(crate) used: u32,
    pub(crate) thrown: String,
    pub(crate) tokens: u64,
    pub(crate) seconds: f64,
}

/// Runs the set and prints a line for each request and the sums.
pub(crate) fn eval(cache: &Cache, model: &Model, json: Option<&Path>) -> anyhow::Result<()> {
    let outcomes = outcomes(cache, model)?;
    println!(
        "\n  {:<18} {:>5}  {:<5} {:<5} {:<5} {:>4} {:>7} {:>7}  trouble",
        "request", "files", "first", "free", "fixed", "used", "tokens", "s"
    );
    let word = |reached: bool| if reached { "yes" } else { "-" };
    for outcome in &outcomes {
        println!(
            "  {:<18} {:>5}  {:<5} {:<5} {:<5} {:>4} {:>7} {:>7.1}  {}{}",
            outcome.id,
            outcome.files.len(),
            word(outcome.first),
            word(outcome.free),
            word(outcome.repaired),
            outcome.used,
            outcome.tokens,
            outcome.seconds,
            outcome.trouble,
            outcome.thrown,
        );
    }
    let count = |test: fn(&Outcome) -> bool| outcomes.iter().filter(|one| test(one)).count();
    println!(
        "\n  {} requests: {} read as files, {} worked at once, {} with free repairs, {} with one repair, {} while they were used",
        outcomes.len(),
        count(|one| !one.files.is_empty()),
        count(|one| one.first),
        count(|one| one.free),
        count(|one| one.repaired),
        count(|one| one.repaired && one.thrown.is_empty()),
    );
    let tokens: u64 = outcomes.iter().map(|one| one.tokens).sum();
    let seconds: f64 = outcomes.iter().map(|one| one.seconds).sum();
    println!("  {tokens} tokens, {seconds:.0} s");
    if let Some(path) = json {
        std::fs::write(path, serde_json::to_string_pretty(&outcomes)? + "\n")?;
    }
    Ok(())
}

/// Runs the set in Chromium.
pub(crate) fn outcomes(cache: &Cache, model: &Model) -> anyhow::Result<Vec<Outcome>> {
    let environment = environment(model)?;
    let site = site::build(cache, Profile::Dev)?;
    let server = build_server(cache)?;
    let chromium = setup::chromium()?;
    setup::npm_packages(cache, "tests")?;
    let out = cache.path("eval.json");
    step("requests in Chromium", || {
        execute(
            Command::new("npx")
                .args(["playwright", "test", "--config", "eval.config.ts"])
                .current_dir(cache.source("tests"))
                .env("CHROMIUM", chromium)
                .env("CUMULET_TEST_OUTPUT", cache.path("eval-output"))
                .env("CUMULET_SERVER", server)
                .env("CUMULET_SITE", site)
                .env(
                    "CUMULET_EVAL_PROVIDER",
                    serde_json::to_string(&environment)?,
                )
                .env("CUMULET_EVAL_OUT", &out),
        )
    })?;
    site::read_json(&out)
}

/// Variables that have the server ask this model.
fn environment(model: &Model) -> anyhow::Result<BTreeMap<String, String>> {
    let Some(provider) = &model.provider else {
        return Ok(BTreeMap::new());
    };
    let address = match provider.as_str() {
        "ollama" => "OLLAMA_API_URL",
        "openai" => "OPENAI_BASE_URL",
        "openrouter" | "anthropic" | "gemini" | "deepseek" | "groq" => "",
        other => bail!(
            "there is no provider {other:?}; servers that speak OpenAI's API are `openai` with --address"
        ),
    };
    let name = provider.to_uppercase();
    let mut variables = BTreeMap::from([
        ("LLM_PROVIDER".to_owned(), provider.clone()),
        ("LLM_FALLBACK_ENABLED".to_owned(), "false".to_owned()),
    ]);
    if provider != "ollama" {
        variables.insert("OLLAMA_ENABLED".to_owned(), "false".to_owned());
    }
    match &model.address {
        Some(_) if address.is_empty() => {
            bail!("{provider} has one address; --address is for ollama and openai")
        }
        Some(given) => {
            variables.insert(address.to_owned(), given.clone());
        }
        None => {}
    }
    if let Some(model) = &model.name {
        variables.insert(format!("{name}_MODEL"), model.clone());
        variables.insert(format!("{name}_SMALL_MODEL"), model.clone());
    }
    Ok(variables)
}
