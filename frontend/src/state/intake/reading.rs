//! From files of the device to texts of the app, or why that can't be.

use protocol::asset::{data_url, media_type};
use protocol::limits::{MAX_APP_BYTES, MAX_ASSET_BYTES, MAX_FILE_BYTES, MAX_FILES};
use protocol::path::check_path;

use super::naming::{place, size};
use crate::platform::files::Picked;

/// Paths in the app and texts of files. What is left out goes to `refused`.
///
/// # Errors
/// These are more than an app can have.
pub(super) async fn read(
    picked: &[Picked],
    folder: Option<&str>,
    refused: &mut Vec<String>,
) -> Result<Vec<(String, String)>, String> {
    if picked.len() > MAX_FILES {
        return Err(format!(
            "These are {} files, and an app has at most {MAX_FILES}. Choose those that it needs.",
            picked.len()
        ));
    }
    let mut texts = Vec::new();
    let mut bytes = 0;
    for one in picked {
        let read = match usable(place(&one.path, folder)) {
            Ok(path) => text_of(one).await.map(|text| (path, text)),
            Err(reason) => Err(reason),
        };
        match read {
            Ok((path, text)) => {
                bytes += text.len();
                // A wrong folder may have more than there is memory.
                if bytes > MAX_APP_BYTES {
                    return Err(format!(
                        "An app has at most {}, and these files have more. Choose those that it needs.",
                        size(MAX_APP_BYTES)
                    ));
                }
                texts.push((path, text));
            }
            Err(reason) => refused.push(reason),
        }
    }
    Ok(texts)
}

/// The path, or why no file can have it.
pub(super) fn usable(path: String) -> Result<String, String> {
    match check_path(&path) {
        Ok(()) => Ok(path),
        Err(error) => Err(format!(
            "{path} can't be added: {}. Rename it.",
            error.reason()
        )),
    }
}

/// Says that a file or folder can't be read.
pub(super) fn unreadable(path: &str) -> String {
    format!("{path} can't be read. Look whether it is still there.")
}

/// The text that stands for a file in the app, or why it can't be a part of it.
pub(super) async fn text_of(one: &Picked) -> Result<String, String> {
    let name = &one.path;
    let kind = media_type(name);
    let limit = kind.map_or(MAX_FILE_BYTES, |_| MAX_ASSET_BYTES);
    if one.size() > limit {
        let next = match kind {
            Some(kind) if kind.starts_with("image/") => {
                "Make it smaller: lower its width and height, or its quality."
            }
            Some(_) => "Make it shorter, or lower its quality.",
            None => "Split it, or keep what the app needs of it.",
        };
        return Err(format!(
            "{name} has {}; a file of this kind may have at most {}. {next}",
            size(one.size()),
            size(limit)
        ));
    }
    let bytes = one.read().await.ok_or_else(|| unreadable(name))?;
    match kind {
        Some(kind) => Ok(data_url(kind, &bytes)),
        None => String::from_utf8(bytes).map_err(|_| {
            format!(
                "{name} is neither text nor a picture, sound, video or font that an app can show. Save it in another format, for example .png, .mp3 or .csv."
            )
        }),
    }
}
