//! A provider's stream and its short answers: any bytes, cut anywhere.

#![no_main]

use generation::dialect::{read_info, read_json, read_models, read_version};
use generation::{Endpoint, Failure, StreamEvent};
use generation_fuzz::assert_stream;
use libfuzzer_sys::fuzz_target;
use protocol::provider::ProviderKind;

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else {
        return;
    };
    let kind = match first % 3 {
        0 => ProviderKind::Ollama,
        1 => ProviderKind::Openai,
        _ => ProviderKind::Anthropic,
    };
    let endpoint = Endpoint {
        kind,
        base_url: "http://localhost".to_owned(),
        model: "m".to_owned(),
        key: Some("sk-secret".to_owned()),
    };
    let explain = |failure: &Failure| {
        let words = failure.explain(&endpoint);
        assert!(!words.message.contains("sk-secret"), "{}", words.message);
    };

    let (events, failure) = assert_stream(kind, bytes);
    let is_done = |event: &StreamEvent| matches!(event, StreamEvent::Done { .. });
    let done = events.iter().filter(|event| is_done(event)).count();
    assert_eq!(done, usize::from(failure.is_none()), "one end, of one kind");
    assert!(done == 0 || events.last().is_some_and(is_done));
    if let Some(failure) = &failure {
        explain(failure);
    }

    for status in [301, 400, 401, 404, 429, 500] {
        explain(&Failure::from_status(status, bytes, Some(3)));
    }
    match read_json(bytes) {
        Ok(answer) => {
            if let Err(failure) = read_models(kind, &answer) {
                explain(&failure);
            }
            if let Err(failure) = read_info(kind, "m", &answer) {
                explain(&failure);
            }
            read_version(&answer);
        }
        Err(failure) => explain(&failure),
    }
});
