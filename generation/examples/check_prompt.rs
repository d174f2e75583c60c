//! `cargo run -p generation --example check_prompt -- MANIFEST`: fails when the
//! prompt names other packages than the manifest offers. Run on the manifest
//! that ships, since a test's own sample could agree with the prompt forever.

use std::collections::BTreeSet;
use std::error::Error;

use generation::prompt::{PromptOptions, build_prompt, named_packages};
use protocol::generate::GenerateRequest;
use protocol::manifest::Manifest;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which manifest?")?;
    let manifest: Manifest = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let request: GenerateRequest =
        serde_json::from_value(serde_json::json!({ "prompt": "a kanban board" }))?;
    let offered: BTreeSet<String> = manifest
        .packages
        .iter()
        .filter(|(_, package)| package.in_prompt)
        .map(|(name, _)| name.clone())
        .collect();
    for small_model in [true, false] {
        let options = PromptOptions {
            context_tokens: 32_768,
            small_model,
        };
        let prompt = build_prompt(&manifest, &request, options);
        let system = prompt.messages.first().ok_or("a prompt without messages")?;
        let named = named_packages(&system.content);
        if named != offered {
            let difference: Vec<&String> = named.symmetric_difference(&offered).collect();
            return Err(format!("prompt and manifest differ in {difference:?}").into());
        }
    }
    Ok(())
}
