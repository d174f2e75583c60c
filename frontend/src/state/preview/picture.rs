//! A picture of the app, for the person to keep.

use leptos::prelude::*;
use protocol::preview::{Missing, ToBridge};

use super::Preview;
use crate::message::Sentence;
use crate::platform::outside;

impl Preview {
    /// Takes a picture of what the app shows, and saves it under the app's name.
    pub(crate) fn take_picture(self, app_name: &str) {
        self.picture_name
            .set_value(format!("{}.png", file_stem(app_name)));
        let session = self.session.get_value();
        self.steer(&ToBridge::Capture { session });
    }

    pub(super) fn hear_picture(self, url: Option<&str>, missing: &[Missing]) {
        let name = self.picture_name.get_value();
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
