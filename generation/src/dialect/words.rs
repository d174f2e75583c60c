//! Failures worded for the person who set the provider up: what happened, and
//! what to do.

use protocol::error::{ApiError, ErrorCode};
use protocol::provider::ProviderKind;

use super::failure::{Endpoint, Failure, Unreachable};

/// Longest part of a provider's own message that is passed on, in characters.
const MAX_DETAIL_CHARS: usize = 300;

type Words = (ErrorCode, String, String);

impl Failure {
    /// Cause and next step, without a request id.
    pub fn explain(&self, endpoint: &Endpoint) -> ApiError {
        let (code, message, help) = self.words(endpoint);
        let retry_after_s = self.retry_after_s();
        let help = match retry_after_s {
            Some(1) => "Wait a second and try again.".to_owned(),
            Some(seconds) => format!("Wait {seconds} seconds and try again."),
            None => help,
        };
        ApiError {
            code,
            message,
            help: Some(help),
            retry_after_s,
            request_id: String::new(),
        }
    }

    fn words(&self, endpoint: &Endpoint) -> Words {
        let Endpoint {
            kind,
            base_url: url,
            model,
            ..
        } = endpoint;
        let (name, api) = (name(*kind), api(*kind));
        let said = |detail: &Option<String>| said(detail.as_deref(), endpoint);
        let (code, message, help) = match self {
            Self::Unreachable(cause) => return unreachable_words(*cause, endpoint),
            Self::Unauthorized if endpoint.key.is_none() => (
                ErrorCode::ProviderUnauthorized,
                format!("`{url}` wants a key"),
                "Enter the provider's API key in the settings.",
            ),
            // The provider's own words may repeat the key.
            Self::Unauthorized => (
                ErrorCode::ProviderUnauthorized,
                format!("`{url}` refused the key"),
                "Check the key in the settings, or make a new one at the provider.",
            ),
            Self::NoCredit { detail } => (
                ErrorCode::ProviderFailed,
                format!("the account at `{url}` has no credit left{}", said(detail)),
                "Add credit at the provider, or choose another model.",
            ),
            Self::RateLimited { detail, .. } => (
                ErrorCode::RateLimited,
                format!("`{url}` wants fewer requests{}", said(detail)),
                "Wait a little and try again.",
            ),
            Self::ModelMissing => return model_missing(endpoint),
            Self::ContextTooLarge { detail } => (
                ErrorCode::ContextTooLarge,
                format!(
                    "the request is longer than `{model}` can read{}",
                    said(detail)
                ),
                "Choose a model with a longer context, or make the app smaller.",
            ),
            Self::PromptTooLarge { tokens, limit } => (
                ErrorCode::ContextTooLarge,
                format!(
                    "the request has about {tokens} tokens; `{model}` can take {limit}, answer included"
                ),
                "Choose a model with a longer context, or make the app smaller.",
            ),
            Self::NoApi { status } => (
                ErrorCode::ProviderInvalidResponse,
                format!("`{url}` has no {api} API (status {status})"),
                address_help(endpoint),
            ),
            Self::Redirect { status } => (
                ErrorCode::ProviderInvalidResponse,
                match status {
                    0 => format!("`{url}` sends requests on to another address"),
                    _ => format!("`{url}` sends requests on to another address (status {status})"),
                },
                "Enter the final address in the settings, often with `https://` or with a path.",
            ),
            Self::Server { status, detail, .. } => (
                ErrorCode::ProviderFailed,
                format!("{name} failed with status {status}{}", said(detail)),
                match kind {
                    ProviderKind::Ollama => {
                        "Look at Ollama's log; often the model needs more memory than there is."
                    }
                    ProviderKind::Openai | ProviderKind::Anthropic => {
                        "Try again; if it stays, choose another model."
                    }
                },
            ),
            Self::Refused { status, detail } => (
                ErrorCode::ProviderFailed,
                format!(
                    "{name} refused the request with status {status}{}",
                    said(detail)
                ),
                "Check model and address in the settings.",
            ),
            Self::Stream { detail } => (
                ErrorCode::ProviderFailed,
                format!(
                    "{name} failed while answering{}",
                    said(&Some(detail.clone()))
                ),
                "Try again; if it stays, choose another model.",
            ),
            Self::WebPage => (
                ErrorCode::ProviderInvalidResponse,
                format!("this address answers with a web page, not with the {api} API: `{url}`"),
                address_help(endpoint),
            ),
            Self::Garbage => (
                ErrorCode::ProviderInvalidResponse,
                format!("`{url}` answers, but not as the {api} API does"),
                address_help(endpoint),
            ),
            Self::Empty => return nothing(format!("`{url}` answered with nothing"), name),
            Self::Interrupted => (
                ErrorCode::ProviderInterrupted,
                format!("the answer of `{model}` broke off before it was complete"),
                "Try again; complete files are kept.",
            ),
            Self::Late { seconds } => (
                ErrorCode::ProviderUnreachable,
                format!("`{url}` did not answer within {seconds} seconds"),
                "Check the address in the settings; a busy machine may need a second try.",
            ),
            Self::Silent { seconds, begun } => (
                ErrorCode::ProviderInterrupted,
                format!(
                    "`{model}` {} for {seconds} seconds",
                    if *begun {
                        "went silent"
                    } else {
                        "has not begun to answer"
                    }
                ),
                match kind {
                    ProviderKind::Ollama => {
                        "Try again; a smaller model loads and answers faster on this machine."
                    }
                    ProviderKind::Openai | ProviderKind::Anthropic => {
                        "Try again, or choose another model."
                    }
                },
            ),
            Self::NoModels => (
                ErrorCode::ModelNotFound,
                format!("{name} runs at `{url}`, but has no models"),
                match kind {
                    ProviderKind::Ollama => {
                        "Fetch one, for example with `ollama pull qwen2.5-coder:7b`."
                    }
                    ProviderKind::Openai => "Load a model in the server, then try again.",
                    ProviderKind::Anthropic => "Check what the key may use at the provider.",
                },
            ),
            Self::NoText => (
                ErrorCode::ProviderInvalidResponse,
                format!("`{model}` ended its answer without writing anything"),
                "Try again, or choose another model.",
            ),
        };
        (code, message, help.to_owned())
    }
}

fn unreachable_words(cause: Unreachable, endpoint: &Endpoint) -> Words {
    let url = &endpoint.base_url;
    let name = name(endpoint.kind);
    let (message, help) = match cause {
        Unreachable::Address => (
            format!("`{url}` can't be used as an address"),
            "Correct the address in the settings.",
        ),
        Unreachable::Host => (
            format!("the host name in `{url}` is not known"),
            "Check the spelling of the address, and the network connection.",
        ),
        Unreachable::Certificate => (
            format!("the certificate of `{url}` can't be trusted"),
            "Check the address; for a server in your own network, `http://` may be right.",
        ),
        Unreachable::Timeout => (
            format!("`{url}` did not answer in time"),
            not_running_help(endpoint),
        ),
        Unreachable::Refused => (
            format!("{name} is not running at `{url}`"),
            not_running_help(endpoint),
        ),
        Unreachable::Connection => (
            format!("no connection to `{url}` could be made"),
            not_running_help(endpoint),
        ),
        Unreachable::Closed => {
            return nothing(
                format!("`{url}` closed the connection without an answer"),
                name,
            );
        }
        Unreachable::Browser | Unreachable::Origin | Unreachable::Mixed | Unreachable::Policy => {
            return page_words(cause, endpoint);
        }
    };
    (ErrorCode::ProviderUnreachable, message, help.to_owned())
}

/// What keeps a page from a provider that it asks by itself.
fn page_words(cause: Unreachable, endpoint: &Endpoint) -> Words {
    let url = &endpoint.base_url;
    let name = name(endpoint.kind);
    let page = endpoint.page.as_deref().unwrap_or("this page");
    let is_ollama = endpoint.kind == ProviderKind::Ollama;
    let (message, help) = match cause {
        Unreachable::Mixed => (
            format!("a page that came over https can't ask `{url}`, which has no https"),
            "Use `http://localhost` or `http://127.0.0.1` for this machine, and an address with https for any other.".to_owned(),
        ),
        Unreachable::Policy => (
            format!("the policies of this site don't let its page ask `{url}`"),
            "Who runs the site can add the address to `connect-src` in its file `_headers`; a Cumulet server is started with `--direct-models`.".to_owned(),
        ),
        Unreachable::Origin if is_ollama => (
            format!("Ollama runs at `{url}`, but doesn't answer pages of {page}"),
            format!("End it, and start it with `OLLAMA_ORIGINS={page} ollama serve`."),
        ),
        Unreachable::Origin => (
            format!("something answers at `{url}`, but not to pages of {page}"),
            "Let the server answer other origins (CORS), or correct the address in the settings.".to_owned(),
        ),
        _ if is_ollama => (
            format!("this page can't reach `{url}`: Ollama doesn't run there, or the browser keeps the page from it"),
            format!("Start it with `ollama serve`, or, should it run, anew with `OLLAMA_ORIGINS={page} ollama serve`; allow this site to reach your machine if the browser asks."),
        ),
        _ => (
            format!("this page can't reach `{url}`: {name} doesn't run there, or the browser keeps the page from it"),
            match endpoint.kind {
                ProviderKind::Anthropic => "Check the network connection, and the address in the settings.",
                _ => "Start the server and let it answer other origins (CORS), or correct the address in the settings.",
            }
            .to_owned(),
        ),
    };
    (ErrorCode::ProviderUnreachable, message, help)
}

fn nothing(message: String, name: &str) -> Words {
    (
        ErrorCode::ProviderInvalidResponse,
        message,
        format!("Check that {name} runs at this address."),
    )
}

fn model_missing(endpoint: &Endpoint) -> Words {
    let model = &endpoint.model;
    (
        ErrorCode::ModelNotFound,
        format!("there is no model `{model}` at `{}`", endpoint.base_url),
        match endpoint.kind {
            ProviderKind::Ollama => format!(
                "Fetch it with `ollama pull {model}`, or choose another one in the settings."
            ),
            ProviderKind::Openai | ProviderKind::Anthropic => {
                "Choose another model in the settings.".to_owned()
            }
        },
    )
}

fn name(kind: ProviderKind) -> &'static str {
    match kind {
        ProviderKind::Ollama => "Ollama",
        ProviderKind::Openai => "the OpenAI-compatible server",
        ProviderKind::Anthropic => "Anthropic",
    }
}

fn api(kind: ProviderKind) -> &'static str {
    match kind {
        ProviderKind::Ollama => "Ollama",
        ProviderKind::Openai => "OpenAI-compatible",
        ProviderKind::Anthropic => "Anthropic",
    }
}

fn not_running_help(endpoint: &Endpoint) -> &'static str {
    match endpoint.kind {
        ProviderKind::Ollama => {
            "Start it with `ollama serve`, or correct the address in the settings."
        }
        ProviderKind::Openai => "Start the server, or correct the address in the settings.",
        ProviderKind::Anthropic => "Check the network connection, and the address in the settings.",
    }
}

fn address_help(endpoint: &Endpoint) -> &'static str {
    match endpoint.kind {
        ProviderKind::Ollama => "Ollama's address is mostly `http://localhost:11434`.",
        ProviderKind::Openai if endpoint.base_url.ends_with("/v1") => {
            "Check host and port of the address in the settings."
        }
        ProviderKind::Openai => "Most servers need `/v1` at the end of the address.",
        ProviderKind::Anthropic => "Anthropic's address is `https://api.anthropic.com`.",
    }
}

/// The provider's own words as the end of a sentence, without the key.
fn said(detail: Option<&str>, endpoint: &Endpoint) -> String {
    let Some(detail) = detail.map(str::trim).filter(|detail| !detail.is_empty()) else {
        return String::new();
    };
    let mut detail = detail.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(key) = endpoint.key.as_deref().filter(|key| !key.is_empty()) {
        detail = detail.replace(key, "…");
    }
    let cut: String = detail.chars().take(MAX_DETAIL_CHARS).collect();
    format!(": {cut}")
}
