//! One answer as each dialect streams it.

use serde_json::json;

use super::Reply;

/// A whole answer with one file.
pub(crate) const ANSWER: &str = "Here is your clock – grüße 🦀.\n\n```tsx path=src/App.tsx\nexport default function App() {\n  return <p>🕐 één</p>;\n}\n```\n";
/// The file in it.
pub(crate) const FILE: &str = "export default function App() {\n  return <p>🕐 één</p>;\n}\n";

/// The answer in pieces of some characters, as models write it.
fn pieces() -> Vec<String> {
    let characters: Vec<char> = ANSWER.chars().collect();
    characters
        .chunks(7)
        .map(|piece| piece.iter().collect())
        .collect()
}

/// The answer as Ollama streams it.
pub(crate) fn ollama_lines(done_reason: &str) -> String {
    let begun = pieces().into_iter().map(|content| {
        json!({ "model": "coder:30b", "message": { "role": "assistant", "content": content }, "done": false })
    });
    let end = json!({
        "model": "coder:30b", "message": { "role": "assistant", "content": "" }, "done": true,
        "done_reason": done_reason, "prompt_eval_count": 900, "eval_count": 42,
    });
    let lines = begun.chain([end]).map(|line| line.to_string());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The answer as `OpenRouter` streams it: comments, CRLF, usage last.
pub(crate) fn openai_events() -> String {
    let begun = pieces().into_iter().map(|content| {
        json!({ "choices": [{ "index": 0, "delta": { "content": content }, "finish_reason": null }] })
    });
    let end = [
        json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] }),
        json!({ "choices": [], "usage": { "prompt_tokens": 900, "completion_tokens": 42 } }),
    ];
    let data = begun.chain(end).map(|data| format!("data: {data}"));
    let blocks = [": OPENROUTER PROCESSING".to_owned()]
        .into_iter()
        .chain(data);
    blocks
        .chain(["data: [DONE]".to_owned(), String::new()])
        .collect::<Vec<_>>()
        .join("\r\n\r\n")
}

/// Ollama begins its answer and says no more.
pub(crate) fn hanging() -> Reply {
    let line = json!({ "message": { "content": "I will build a clock that shows the time.\n\n" }, "done": false });
    Reply::ndjson().chunk(format!("{line}\n").as_bytes()).hang()
}
