//! The size of screen that the app is shown on, and how large it is drawn.
//! Remembered for each app in this browser.

use leptos::prelude::*;

use crate::components::icon::Glyph;
use crate::platform::local;
use crate::state::project::Project;

/// Bounds of both sides of a screen, in CSS pixels.
pub(super) const MIN_SIDE: f64 = 240.0;
pub(super) const MAX_SIDE: f64 = 3_840.0;
/// Bounds of the zoom, in percent.
const MIN_ZOOM: u16 = 50;
const MAX_ZOOM: u16 = 200;
/// Room around a screen for the lines that change its size, in pixels.
const MARGIN: f64 = 24.0;

/// A screen by name.
pub(super) struct Preset {
    /// Name with its size.
    pub(super) label: &'static str,
    /// Icon.
    pub(super) glyph: Glyph,
    /// Upright size.
    pub(super) screen: Screen,
}

/// What the menu offers, smallest first.
pub(super) const PRESETS: [Preset; 4] = [
    Preset {
        label: "Small phone, 375 × 667",
        glyph: Glyph::Phone,
        screen: Screen::new(375.0, 667.0),
    },
    Preset {
        label: "Phone, 390 × 844",
        glyph: Glyph::Phone,
        screen: Screen::new(390.0, 844.0),
    },
    Preset {
        label: "Tablet, 768 × 1024",
        glyph: Glyph::Tablet,
        screen: Screen::new(768.0, 1_024.0),
    },
    Preset {
        label: "Laptop, 1280 × 800",
        glyph: Glyph::Desktop,
        screen: Screen::new(1_280.0, 800.0),
    },
];

/// Zooms besides the one that fits, in percent.
pub(super) const ZOOMS: [u16; 6] = [50, 75, 100, 125, 150, 200];

/// Size of a screen, in CSS pixels of the app.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Screen {
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Screen {
    const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// Whole pixels within the bounds.
    fn bounded(self) -> Self {
        let side = |side: f64| side.round().clamp(MIN_SIDE, MAX_SIDE);
        Self::new(side(self.width), side(self.height))
    }

    fn rotated(self) -> Self {
        Self::new(self.height, self.width)
    }
}

/// How large the app is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zoom {
    /// As large as it is, or smaller where the screen has no room.
    Fit,
    /// Percent.
    Percent(u16),
}

impl Zoom {
    /// Word in attributes and in what is kept.
    pub(super) fn word(self) -> String {
        match self {
            Self::Fit => "fit".to_owned(),
            Self::Percent(percent) => percent.to_string(),
        }
    }

    /// The zoom of a word; fits where it says something else.
    pub(super) fn from_word(word: &str) -> Self {
        word.parse().map_or(Self::Fit, |percent: u16| {
            Self::Percent(percent.clamp(MIN_ZOOM, MAX_ZOOM))
        })
    }
}

/// Handle to the screen of one studio page.
#[derive(Clone, Copy)]
pub(super) struct Device {
    /// `None`: as much as there is.
    screen: RwSignal<Option<Screen>>,
    zoom: RwSignal<Zoom>,
    /// Width and height of what there is, in pixels.
    room: RwSignal<(f64, f64)>,
    /// The line with size and zoom is asked for, though nothing is set.
    strip: RwSignal<bool>,
    app: Signal<String>,
}

impl Device {
    /// All the room that there is, for good.
    pub(super) fn whole() -> Self {
        Self {
            screen: RwSignal::new(None),
            zoom: RwSignal::new(Zoom::Fit),
            room: RwSignal::new((0.0, 0.0)),
            strip: RwSignal::new(false),
            app: Project::expect().id(),
        }
    }

    /// The screen that was chosen for the open app.
    pub(super) fn new() -> Self {
        let device = Self::whole();
        Effect::new(move |_| {
            let kept = local::get(&key(&device.app.get())).unwrap_or_default();
            let (screen, zoom) = parse(&kept);
            device.screen.set(screen);
            device.zoom.set(zoom);
            device.strip.set(false);
        });
        device
    }

    /// The page's screen.
    #[track_caller]
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// Size of the screen; `None` when the app has all the room that there is.
    pub(super) fn screen(self) -> Signal<Option<Screen>> {
        self.screen.into()
    }

    /// The zoom that is chosen.
    pub(super) fn zoom(self) -> Signal<Zoom> {
        self.zoom.into()
    }

    /// Whether size and zoom stand above the app.
    pub(super) fn has_strip(self) -> bool {
        self.strip.get() || self.screen.get().is_some() || self.zoom.get() != Zoom::Fit
    }

    /// Pixels of the page for one of the app.
    pub(super) fn scale(self) -> f64 {
        match (self.zoom.get(), self.screen.get()) {
            (Zoom::Percent(percent), _) => f64::from(percent) / 100.0,
            (Zoom::Fit, None) => 1.0,
            (Zoom::Fit, Some(screen)) => {
                let (width, height) = self.room.get();
                let fits = |room: f64, side: f64| (room - 2.0 * MARGIN).max(side * 0.1) / side;
                fits(width, screen.width)
                    .min(fits(height, screen.height))
                    .min(1.0)
            }
        }
    }

    /// Name and size of what is chosen.
    pub(super) fn label(self) -> String {
        let Some(screen) = self.screen.get() else {
            return "Full width".to_owned();
        };
        let preset = PRESETS
            .iter()
            .find(|preset| preset.screen == screen || preset.screen.rotated() == screen);
        match preset {
            Some(preset) => preset.label.to_owned(),
            None => format!("{} × {}", screen.width, screen.height),
        }
    }

    /// Chooses a size; `None` for as much as there is.
    pub(super) fn choose(self, screen: Option<Screen>) {
        self.screen.set(screen.map(Screen::bounded));
        if screen.is_none() {
            self.zoom.set(Zoom::Fit);
            self.strip.set(false);
        }
        self.keep();
    }

    /// A size of one's own; begins with what there is.
    pub(super) fn choose_free(self) {
        let (width, height) = self.room.get_untracked();
        let all = Screen::new(width - 2.0 * MARGIN, height - 2.0 * MARGIN);
        self.choose(Some(self.screen.get_untracked().unwrap_or(all)));
    }

    /// Lays the screen on its side.
    pub(super) fn rotate(self) {
        self.choose(self.screen.get_untracked().map(Screen::rotated));
    }

    /// Chooses how large the app is drawn.
    pub(super) fn choose_zoom(self, zoom: Zoom) {
        self.zoom.set(zoom);
        self.keep();
    }

    /// Shows the line with size and zoom.
    pub(super) fn show_strip(self) {
        self.strip.set(true);
    }

    /// What there is, in pixels.
    pub(super) fn set_room(self, width: f64, height: f64) {
        self.room.set((width, height));
    }

    fn keep(self) {
        let key = key(&self.app.get_untracked());
        let zoom = self.zoom.get_untracked();
        match (self.screen.get_untracked(), zoom) {
            (None, Zoom::Fit) => local::remove(&key),
            (None, zoom) => local::set(&key, &format!("full@{}", zoom.word())),
            (Some(Screen { width, height }), zoom) => {
                local::set(&key, &format!("{width}x{height}@{}", zoom.word()));
            }
        }
    }
}

fn key(app: &str) -> String {
    format!("cumulet.device.{app}")
}

/// What `keep` wrote: `390x844@fit`.
fn parse(kept: &str) -> (Option<Screen>, Zoom) {
    let (size, zoom) = kept.split_once('@').unwrap_or((kept, ""));
    let screen = size.split_once('x').and_then(|(width, height)| {
        Some(Screen::new(width.parse().ok()?, height.parse().ok()?).bounded())
    });
    (screen, Zoom::from_word(zoom))
}

#[cfg(test)]
mod tests {
    use super::{Screen, Zoom, parse};

    #[test]
    fn what_was_kept_is_bounded() {
        let phone = Some(Screen::new(390.0, 844.0));
        assert_eq!(parse("390x844@fit"), (phone, Zoom::Fit));
        assert_eq!(parse("390x844@75"), (phone, Zoom::Percent(75)));
        assert_eq!(parse("full@5"), (None, Zoom::Percent(50)));
        assert_eq!(
            parse("1x99999@x"),
            (Some(Screen::new(240.0, 3_840.0)), Zoom::Fit)
        );
        assert_eq!(parse(""), (None, Zoom::Fit));
    }
}
