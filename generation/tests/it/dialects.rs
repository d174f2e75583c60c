//! Recorded streams of each provider give their snapshot however they are
//! split; short answers and requests are what the APIs say.

use generation::dialect::{
    Call, Unreachable, chat_call, headers, info_call, models_call, read_info, read_json,
    read_models, read_version, version_call,
};
use generation::{
    ChatMessage, ChatRequest, ChatRole, Decoder, Endpoint, Failure, ModelInfo, StreamEvent,
};
use protocol::error::ErrorCode;
use protocol::provider::{ModelPrice, ModelSummary, ProviderKind};
use serde_json::{Value, json};

use crate::harness::{decode, dialects, render_stream};
use crate::splits::Random;

#[test]
fn every_stream_gives_its_snapshot_for_every_split() {
    let mut random = Random(0x00DE_C0DE);
    for stream in dialects() {
        let whole = decode(stream.kind, [stream.bytes.as_slice()]);
        for size in [1, 2, 7] {
            let split = decode(stream.kind, stream.bytes.chunks(size));
            assert_eq!(split, whole, "{} in pieces of {size}", stream.name);
        }
        for _ in 0..20 {
            let mut rest = stream.bytes.as_slice();
            let mut pieces = Vec::new();
            while !rest.is_empty() {
                let (piece, after) = rest.split_at(1 + random.below(rest.len().min(90)));
                pieces.push(piece);
                rest = after;
            }
            assert_eq!(decode(stream.kind, pieces), whole, "{}", stream.name);
        }
        insta::with_settings!({
            snapshot_path => &stream.folder,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("result", render_stream(&whole));
        });
    }
}

#[test]
fn a_stream_without_bytes_and_one_without_lines_fail() {
    for kind in [
        ProviderKind::Ollama,
        ProviderKind::Openai,
        ProviderKind::Anthropic,
    ] {
        assert_eq!(decode(kind, []).1, Some(Failure::Empty));
        let line = vec![b'x'; 5 * 1024 * 1024];
        assert_eq!(
            decode(kind, [line.as_slice()]),
            (vec![], Some(Failure::Garbage))
        );
    }
    let mut decoder = Decoder::new(ProviderKind::Ollama);
    let mut events = Vec::new();
    assert!(!decoder.has_begun());
    let line = b"{\"message\":{\"content\":\"a\"},\"done\":true}\n";
    assert_eq!(decoder.push(line, &mut events), Ok(()));
    assert!(decoder.has_begun() && decoder.is_done());
    assert_eq!(
        events,
        [
            StreamEvent::Text("a".to_owned()),
            StreamEvent::Done { length: false }
        ]
    );
}

fn endpoint(kind: ProviderKind, base_url: &str) -> Endpoint {
    Endpoint {
        kind,
        base_url: base_url.to_owned(),
        model: "m".to_owned(),
        key: Some("sk-1".to_owned()),
        page: None,
    }
}

#[test]
fn a_page_that_asks_itself_is_told_what_keeps_it_from_the_model() {
    let said = |cause, kind, base_url: &str| {
        let endpoint = Endpoint {
            page: Some("https://studio.example".to_owned()),
            ..endpoint(kind, base_url)
        };
        let error = Failure::Unreachable(cause).explain(&endpoint);
        format!("{}. {}", error.message, error.help.unwrap_or_default())
    };
    let ollama = |cause| said(cause, ProviderKind::Ollama, "http://localhost:11434");
    let origins = "`OLLAMA_ORIGINS=https://studio.example ollama serve`";
    let unseen = ollama(Unreachable::Browser);
    assert!(
        unseen.contains("`ollama serve`") && unseen.contains(origins),
        "{unseen}"
    );
    let refused = ollama(Unreachable::Origin);
    assert!(
        refused.contains("runs at") && refused.contains(origins),
        "{refused}"
    );
    let other = said(Unreachable::Origin, ProviderKind::Openai, "http://box/v1");
    assert!(
        other.contains("CORS") && !other.contains("OLLAMA"),
        "{other}"
    );
    let mixed = said(Unreachable::Mixed, ProviderKind::Openai, "http://box/v1");
    assert!(mixed.contains("`http://127.0.0.1`"), "{mixed}");
    let policy = said(Unreachable::Policy, ProviderKind::Openai, "https://box/v1");
    assert!(policy.contains("`connect-src`"), "{policy}");
}

fn request() -> ChatRequest {
    let mut last = ChatMessage::new(ChatRole::User, "like this");
    last.images = vec!["data:image/png;base64,AAAA".to_owned()];
    ChatRequest {
        messages: vec![ChatMessage::new(ChatRole::System, "rules"), last],
        context_tokens: 8_192,
        answer_tokens: 4_096,
        temperature: 0.5,
    }
}

fn body(kind: ProviderKind, base_url: &str) -> (String, Value) {
    let Call { path, body } = chat_call(&endpoint(kind, base_url), &request());
    (path, body.expect("a body"))
}

#[test]
fn a_request_is_in_each_dialect() {
    let (path, ollama) = body(ProviderKind::Ollama, "http://localhost:11434");
    assert_eq!(path, "/api/chat");
    assert_eq!(
        ollama,
        json!({
            "model": "m",
            "messages": [
                { "role": "system", "content": "rules" },
                { "role": "user", "content": "like this", "images": ["AAAA"] },
            ],
            "stream": true,
            "options": { "num_ctx": 8192, "num_predict": 4096, "temperature": 0.5 },
        })
    );
    let (path, router) = body(ProviderKind::Openai, "https://openrouter.ai/api/v1");
    assert_eq!(path, "/chat/completions");
    assert_eq!(
        router,
        json!({
            "model": "m",
            "messages": [
                { "role": "system", "content": "rules" },
                { "role": "user", "content": [
                    { "type": "text", "text": "like this" },
                    { "type": "image_url", "image_url": { "url": "data:image/png;base64,AAAA" } },
                ] },
            ],
            "stream": true,
            "stream_options": { "include_usage": true },
            "temperature": 0.5,
            "max_tokens": 4096,
            "usage": { "include": true },
        })
    );
    for (url, temperature, max_tokens) in [
        ("http://localhost:1234/v1", true, false),
        ("https://api.deepseek.com/v1", true, true),
        ("https://api.openai.com/v1", false, false),
    ] {
        let (_, body) = body(ProviderKind::Openai, url);
        assert_eq!(body.get("temperature").is_some(), temperature, "{url}");
        assert_eq!(body.get("max_tokens").is_some(), max_tokens, "{url}");
        assert_eq!(body.get("usage"), None, "{url}");
    }
    let (path, anthropic) = body(ProviderKind::Anthropic, "https://api.anthropic.com");
    assert_eq!(path, "/v1/messages");
    assert_eq!(
        anthropic,
        json!({
            "model": "m",
            "system": "rules",
            "messages": [{ "role": "user", "content": [
                { "type": "image", "source": { "type": "base64", "media_type": "image/png", "data": "AAAA" } },
                { "type": "text", "text": "like this" },
            ] }],
            "max_tokens": 4096,
            "stream": true,
        })
    );
}

#[test]
fn a_conversation_with_anthropic_begins_with_the_person() {
    let mut request = request();
    request
        .messages
        .insert(1, ChatMessage::new(ChatRole::Assistant, "Made it."));
    let endpoint = endpoint(ProviderKind::Anthropic, "https://api.anthropic.com");
    let body = chat_call(&endpoint, &request).body.expect("a body");
    let roles: Vec<&Value> = (0..3).map(|at| &body["messages"][at]["role"]).collect();
    assert_eq!(roles, ["user", "assistant", "user"]);
}

#[test]
fn keys_go_where_each_provider_looks() {
    let bearer = ("authorization", "Bearer k".to_owned());
    assert_eq!(headers(ProviderKind::Ollama, None, true), []);
    assert_eq!(headers(ProviderKind::Openai, Some("k"), true), [bearer]);
    let version = ("anthropic-version", "2023-06-01".to_owned());
    let key = ("x-api-key", "k".to_owned());
    let direct = (
        "anthropic-dangerous-direct-browser-access",
        "true".to_owned(),
    );
    assert_eq!(
        headers(ProviderKind::Anthropic, Some("k"), false),
        [version.clone(), key.clone()]
    );
    assert_eq!(
        headers(ProviderKind::Anthropic, Some("k"), true),
        [version, direct, key]
    );
    assert!(!format!("{:?}", endpoint(ProviderKind::Openai, "u")).contains("sk-1"));
}

#[test]
fn lists_of_models_are_read() {
    let tags = json!({ "models": [
        { "name": "qwen3-coder:30b", "details": { "parameter_size": "30.5B" } },
        { "name": "gemma3:4b", "details": { "parameter_size": "4.3B" }, "capabilities": ["completion", "vision"] },
        { "model": "nameless" },
    ] });
    let models = read_models(ProviderKind::Ollama, &tags).expect("a list");
    assert_eq!(models.len(), 2);
    assert_eq!(models[0].name, "gemma3:4b");
    assert_eq!(models[0].sees_images, Some(true));
    assert_eq!(models[1].size.as_deref(), Some("30.5B"));

    let openai = json!({ "data": [
        { "id": "router", "context_length": 131_072, "pricing": { "prompt": "0.00000025", "completion": "0.000002" }, "architecture": { "input_modalities": ["text", "image"] } },
        { "id": "vllm", "max_model_len": 32_768 },
        { "id": "groq", "context_window": 8_192, "architecture": { "input_modalities": ["text"] } },
        { "id": "llamacpp", "meta": { "n_ctx_train": 4_096 } },
        { "id": "litellm", "max_input_tokens": 200_000 },
        { "id": "plain", "pricing": { "prompt": "-1", "completion": "-1" } },
    ] });
    let models = read_models(ProviderKind::Openai, &openai).expect("a list");
    let found: Vec<_> = models
        .iter()
        .map(|model| (model.name.as_str(), model.context_tokens, model.sees_images))
        .collect();
    assert_eq!(
        found,
        [
            ("groq", Some(8_192), Some(false)),
            ("litellm", Some(200_000), None),
            ("llamacpp", Some(4_096), None),
            ("plain", None, None),
            ("router", Some(131_072), Some(true)),
            ("vllm", Some(32_768), None),
        ]
    );
    let prices: Vec<_> = models.iter().filter_map(|model| model.price).collect();
    let price = ModelPrice {
        prompt_micro_usd: 250_000,
        completion_micro_usd: 2_000_000,
    };
    assert_eq!(prices, [price]);
    assert_eq!(price.of_prompt(6_000), 1_500);

    let local = json!({ "data": [{ "id": "local", "meta": { "n_ctx": 4_096 } }] });
    let models = read_models(ProviderKind::Anthropic, &local).expect("a list");
    assert_eq!(models[0].context_tokens, Some(4_096));
    let claude = json!({ "data": [{ "type": "model", "id": "claude-x", "display_name": "X" }] });
    assert_eq!(
        read_models(ProviderKind::Anthropic, &claude),
        Ok(vec![ModelSummary {
            name: "claude-x".to_owned(),
            ..ModelSummary::default()
        }])
    );
    assert_eq!(
        read_models(ProviderKind::Openai, &json!({ "data": 1 })),
        Err(Failure::Garbage)
    );
    assert_eq!(
        read_models(ProviderKind::Openai, &json!({ "error": "down" })),
        Err(Failure::Stream {
            detail: "down".to_owned()
        })
    );
}

#[test]
fn what_is_known_of_a_model_is_read() {
    let show = json!({
        "details": { "parameter_size": "8.0B" },
        "model_info": { "general.architecture": "llama", "llama.context_length": 131_072 },
        "capabilities": ["completion", "tools"],
    });
    assert_eq!(
        read_info(ProviderKind::Ollama, "llama", &show),
        Ok(ModelInfo {
            context_tokens: Some(131_072),
            small: true,
            sees_images: Some(false)
        })
    );
    assert_eq!(
        read_info(
            ProviderKind::Ollama,
            "q",
            &json!({ "error": "model 'q' not found" })
        ),
        Err(Failure::ModelMissing)
    );
    assert_eq!(
        read_info(ProviderKind::Openai, "qwen2.5-coder:7b", &Value::Null),
        Ok(ModelInfo {
            small: true,
            ..ModelInfo::default()
        })
    );
    let info = read_info(ProviderKind::Anthropic, "claude-x", &Value::Null).expect("known");
    assert_eq!(info.context_tokens, Some(200_000));
    assert_eq!(
        read_version(&json!({ "version": "0.12.6" })).as_deref(),
        Some("0.12.6")
    );
    assert_eq!(version_call(ProviderKind::Openai), None);
    assert_eq!(info_call(ProviderKind::Ollama, "m").path, "/api/show");
    assert_eq!(models_call(ProviderKind::Openai).path, "/models");
    assert_eq!(read_json(b""), Err(Failure::Empty));
    assert_eq!(read_json(b"\n<html>"), Err(Failure::WebPage));
    assert_eq!(read_json(b"hello"), Err(Failure::Garbage));
}

#[test]
fn failures_say_what_to_do() {
    let ollama = endpoint(ProviderKind::Ollama, "http://localhost:11434");
    let openai = endpoint(ProviderKind::Openai, "http://localhost:1234");
    let status = |status, body: &str| Failure::from_status(status, body.as_bytes(), None);
    let cases = [
        (
            status(404, r#"{"error":"model 'm' not found"}"#),
            &ollama,
            ErrorCode::ModelNotFound,
            "there is no model `m` at `http://localhost:11434`",
            "Fetch it with `ollama pull m`, or choose another one in the settings.",
        ),
        (
            status(404, "404 page not found"),
            &openai,
            ErrorCode::ProviderInvalidResponse,
            "`http://localhost:1234` has no OpenAI-compatible API (status 404)",
            "Most servers need `/v1` at the end of the address.",
        ),
        (
            status(401, r#"{"error":{"message":"Incorrect key sk-1"}}"#),
            &openai,
            ErrorCode::ProviderUnauthorized,
            "`http://localhost:1234` refused the key",
            "Check the key in the settings, or make a new one at the provider.",
        ),
        (
            status(
                400,
                r#"{"error":{"message":"/chat/completions: Invalid model name passed in model=m. Call `/v1/models` to view available models for your key.","type":"invalid_request_error","param":"model","code":"400"}}"#,
            ),
            &openai,
            ErrorCode::ModelNotFound,
            "there is no model `m` at `http://localhost:1234`",
            "Choose another model in the settings.",
        ),
        (
            status(
                400,
                r#"{"error":{"message":"No connected db.","type":"no_db_connection","param":null,"code":"400"}}"#,
            ),
            &openai,
            ErrorCode::ProviderUnauthorized,
            "`http://localhost:1234` refused the key",
            "Check the key in the settings, or make a new one at the provider.",
        ),
        (
            status(500, r#"{"error":{"message":"no memory for sk-1"}}"#),
            &ollama,
            ErrorCode::ProviderFailed,
            "Ollama failed with status 500: no memory for …",
            "Look at Ollama's log; often the model needs more memory than there is.",
        ),
        (
            Failure::from_status(429, b"", Some(7)),
            &openai,
            ErrorCode::RateLimited,
            "`http://localhost:1234` wants fewer requests",
            "Wait 7 seconds and try again.",
        ),
        (
            Failure::from_status(429, b"", Some(1)),
            &openai,
            ErrorCode::RateLimited,
            "`http://localhost:1234` wants fewer requests",
            "Wait a second and try again.",
        ),
        (
            status(
                400,
                r#"{"error":{"message":"maximum context length is 5"}}"#,
            ),
            &openai,
            ErrorCode::ContextTooLarge,
            "the request is longer than `m` can read: maximum context length is 5",
            "Choose a model with a longer context, or make the app smaller.",
        ),
        (
            Failure::Unreachable(Unreachable::Refused),
            &ollama,
            ErrorCode::ProviderUnreachable,
            "Ollama is not running at `http://localhost:11434`",
            "Start it with `ollama serve`, or correct the address in the settings.",
        ),
    ];
    for (failure, endpoint, code, message, help) in cases {
        let error = failure.explain(endpoint);
        assert_eq!(
            (error.code, error.message.as_str(), error.help.as_deref()),
            (code, message, Some(help))
        );
    }
    assert!(status(503, "").is_provider_down());
    assert!(Failure::Interrupted.is_provider_down());
    assert!(!status(400, "").is_provider_down());
    assert!(!Failure::NoText.is_provider_down());
    assert_eq!(status(402, ""), Failure::NoCredit { detail: None });
    assert_eq!(status(302, ""), Failure::Redirect { status: 302 });
}
