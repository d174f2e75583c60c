//! Limits of a request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use protocol::generate::GenerateRequest;
use protocol::limits::{
    MAX_APP_BYTES, MAX_IMAGE_BYTES, MAX_IMAGES, MAX_MESSAGE_BYTES, MAX_PROMPT_BYTES,
};
use protocol::provider::check_provider_id;

use crate::services::Error;
use crate::services::providers::{check_word, unknown};
use crate::services::rules::{check_files, megabytes};

/// Refuses what is beyond a limit.
pub(super) fn check(request: &GenerateRequest) -> Result<(), Error> {
    if request.prompt.trim().is_empty() && request.problems.is_empty() {
        return Err(Error::invalid(
            "the prompt is empty",
            "Say what the app should do.",
        ));
    }
    if request.prompt.len() > MAX_PROMPT_BYTES {
        return Err(Error::too_large(
            format!(
                "the prompt has {}; the limit is {}",
                megabytes(request.prompt.len()),
                megabytes(MAX_PROMPT_BYTES)
            ),
            "Shorten it, or ask in several steps.",
        ));
    }
    let history = request.history.iter().map(|turn| turn.content.len());
    let texts = request.problems.iter().chain(&request.context);
    let texts = history.chain(texts.map(String::len));
    if texts.clone().any(|bytes| bytes > MAX_MESSAGE_BYTES) || texts.sum::<usize>() > MAX_APP_BYTES
    {
        return Err(Error::too_large(
            "the conversation is too long to send",
            "Send fewer earlier turns, problems and lines of the console.",
        ));
    }
    if let Some(id) = &request.provider {
        check_provider_id(id).map_err(|_| unknown(id))?;
    }
    check_word("model's name", request.model.as_deref().unwrap_or_default())?;
    check_images(&request.images)?;
    check_files(&request.files)
}

fn check_images(images: &[String]) -> Result<(), Error> {
    if images.len() > MAX_IMAGES {
        return Err(Error::too_large(
            format!(
                "the request has {} pictures; the limit is {MAX_IMAGES}",
                images.len()
            ),
            "Send fewer pictures.",
        ));
    }
    for (number, image) in (1..).zip(images) {
        if image.len() > MAX_IMAGE_BYTES {
            return Err(Error::too_large(
                format!(
                    "picture {number} has {}; the limit is {}",
                    megabytes(image.len()),
                    megabytes(MAX_IMAGE_BYTES)
                ),
                "Send a smaller picture.",
            ));
        }
        if !is_image(image) {
            return Err(Error::invalid(
                format!("picture {number} is no PNG, JPEG, WebP or GIF as a data URL"),
                "Send it as `data:image/png;base64,` and so on, with what the type names inside.",
            ));
        }
    }
    Ok(())
}

/// Whether it is a data URL whose content begins as its type does.
fn is_image(image: &str) -> bool {
    let Some((head, base64)) = image.split_once(";base64,") else {
        return false;
    };
    // 16 characters are 12 bytes: enough for every type's mark.
    let start = base64
        .get(..16)
        .and_then(|start| STANDARD.decode(start).ok());
    let Some(start) = start else {
        return false;
    };
    let is_base64 = base64
        .trim_end_matches('=')
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    is_base64
        && match head {
            "data:image/png" => start.starts_with(b"\x89PNG\r\n\x1a\n"),
            "data:image/jpeg" => start.starts_with(b"\xff\xd8\xff"),
            "data:image/webp" => start.starts_with(b"RIFF") && start.ends_with(b"WEBP"),
            "data:image/gif" => start.starts_with(b"GIF8"),
            _ => false,
        }
}
