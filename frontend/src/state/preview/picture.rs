//! A picture of the app, for the person to keep.

use leptos::prelude::*;
use protocol::preview::{Missing, ToBridge};

use super::{Preview, PreviewStatus};
use crate::message::Sentence;
use crate::platform::clock::{monotonic_ms, sleep_ms};
use crate::platform::outside;
use crate::state::spawn;

/// Longest time that an app may take to draw itself, in milliseconds.
const PICTURE_MS: u32 = 20_000;

/// A picture that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    /// What it is saved as.
    name: String,
    /// When it was asked for, as of [`monotonic_ms`].
    begun_ms: f64,
}

impl Preview {
    /// Takes a picture of what the app shows, and saves it under the app's name.
    pub(crate) fn take_picture(self, app_name: &str) {
        if !self.status.with_untracked(PreviewStatus::is_shown) {
            self.toasts.failure(&Sentence::new(
                "The app isn't running, so there is nothing to draw.",
                "Run it, then save the picture.",
            ));
            return;
        }
        if self.picture.with_value(Option::is_some) {
            // The one that is on its way shows the same.
            return;
        }
        let picture = Picture {
            name: format!("{}.png", file_stem(app_name)),
            begun_ms: monotonic_ms(),
        };
        self.picture.set_value(Some(picture.clone()));
        let session = self.session.get_value();
        self.steer(&ToBridge::Capture { session });
        spawn(async move {
            sleep_ms(PICTURE_MS).await;
            if self.picture.get_value() == Some(picture) {
                self.hear_picture(None, &[]);
            }
        });
    }

    pub(super) fn hear_picture(self, url: Option<&str>, missing: &[Missing]) {
        let taken = self.picture.try_update_value(Option::take).flatten();
        let Some(Picture { name, .. }) = taken else {
            return;
        };
        let Some(url) = url else {
            self.toasts.failure(&Sentence::new(
                "The app couldn't be drawn as a picture.",
                "Take the picture with the browser or the system instead.",
            ));
            return;
        };
        if !outside::save(url, &name) {
            return;
        }
        if missing.is_empty() {
            self.toasts.info(format!("Saved {name}."));
        } else {
            let what: Vec<&str> = missing.iter().copied().map(word).collect();
            self.toasts
                .info(format!("Saved {name}, without {}.", what.join(", ")));
        }
    }
}

fn word(missing: Missing) -> &'static str {
    match missing {
        Missing::Frames => "frames in the app",
        Missing::Videos => "videos",
        Missing::Canvases => "some canvases",
        Missing::Pictures => "pictures from the web",
    }
}

/// What of a name every system takes as the name of a file.
fn file_stem(name: &str) -> String {
    let stem: String = name
        .chars()
        .map(|sign| if sign.is_alphanumeric() { sign } else { '-' })
        .collect();
    let stem = stem.trim_matches('-');
    if stem.is_empty() {
        "app".to_owned()
    } else {
        stem.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::file_stem;

    #[test]
    fn names_become_names_of_files() {
        assert_eq!(file_stem("Tea / Coffee?"), "Tea---Coffee");
        assert_eq!(file_stem("../.."), "app");
        assert_eq!(file_stem("Übersicht"), "Übersicht");
    }
}
