//! Our own icons: 16 px, one stroke of 1.5 px, in the text's colour.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// Add.
    Plus,
    /// Send a message: an arrow up.
    Send,
    /// Stop what runs.
    Stop,
    /// Load again.
    Reload,
    /// Back to what was before: an arrow that turns back.
    Undo,
    /// Settings: sliders.
    Settings,
    /// Delete.
    Trash,
    /// Copy.
    Copy,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Points down; turn with CSS.
    ChevronDown,
    /// Points to what is inside.
    ChevronRight,
    /// Back.
    ArrowLeft,
    /// Forward, or follow.
    ArrowRight,
    /// Close.
    Close,
    /// Done.
    Check,
    /// A problem that doesn't stop anything.
    Warning,
    /// A problem that does.
    Error,
    /// A remark.
    Info,
    /// Run.
    Play,
    /// Code.
    Code,
    /// Conversation.
    Chat,
    /// Preview.
    Eye,
    /// More actions.
    More,
    /// Width of a phone.
    Phone,
    /// Width of a tablet.
    Tablet,
    /// Width of a desktop.
    Desktop,
    /// Dark theme.
    Moon,
    /// Light theme.
    Sun,
    /// The system's theme.
    System,
    /// Search.
    Search,
    /// Change a text.
    Pencil,
    /// Console.
    Terminal,
    /// Repair.
    Wrench,
    /// Not connected.
    Offline,
    /// A language model.
    Model,
    /// Panel at the side.
    Sidebar,
    /// Bring a file in: an arrow up, from a tray.
    Upload,
    /// Take a file along: an arrow down, to a tray.
    Download,
    /// A picture.
    Picture,
    /// Choose an element: a pointer in a frame.
    Picker,
    /// Sizes of screens: one before another.
    Devices,
    /// From edge to edge.
    FullWidth,
    /// A corner that is drawn.
    FreeSize,
    /// Lay on the side.
    Rotate,
    /// In a place of its own: an arrow out of a frame.
    External,
}

impl Glyph {
    /// The strokes, in a square of 16.
    const fn path(self) -> &'static str {
        match self {
            Self::Plus => "M8 3.25v9.5M3.25 8h9.5",
            Self::Send => "M8 13V3.25M3.75 7.25 8 3l4.25 4.25",
            Self::Stop => "M4.5 4.5h7v7h-7z",
            Self::Reload => "M13.25 8A5.25 5.25 0 1 1 11.7 4.28l1.55 1.5M13.25 2.75v3h-3",
            Self::Undo => "M3 6.25h6.5a3.5 3.5 0 0 1 0 7H6M5.75 3.25 2.75 6.25l3 3",
            Self::Settings => {
                "M2.5 5h6M12.5 5h1M2.5 11h1M7.5 11h6M10.5 3.25a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 1 1 0-3.5M5.5 9.25a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 1 1 0-3.5"
            }
            Self::Trash => {
                "M2.75 4.25h10.5M6 4.25V2.75h4v1.5M4 4.25l.55 8.1a1 1 0 0 0 1 .9h4.9a1 1 0 0 0 1-.9l.55-8.1M6.75 7v3.5M9.25 7v3.5"
            }
            Self::Copy => {
                "M6.5 5.5h5.75a1 1 0 0 1 1 1v5.75a1 1 0 0 1-1 1H6.5a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1zM10.5 5.5V3.75a1 1 0 0 0-1-1H3.75a1 1 0 0 0-1 1V9.5a1 1 0 0 0 1 1H5.5"
            }
            Self::File => {
                "M9 2.5H4.75a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h6.5a1 1 0 0 0 1-1V5.75zM9 2.5v3.25h3.25"
            }
            Self::Folder => {
                "M2.25 4.25a1 1 0 0 1 1-1h2.9l1.6 1.75h5a1 1 0 0 1 1 1v5.75a1 1 0 0 1-1 1h-9.5a1 1 0 0 1-1-1z"
            }
            Self::ChevronDown => "m4.25 6.25 3.75 3.75 3.75-3.75",
            Self::ChevronRight => "m6.25 4.25 3.75 3.75-3.75 3.75",
            Self::ArrowLeft => "M13 8H3.25M7 3.75 2.75 8 7 12.25",
            Self::ArrowRight => "M3 8h9.75M9 3.75 13.25 8 9 12.25",
            Self::Close => "m4 4 8 8M12 4l-8 8",
            Self::Check => "m3.25 8.5 3.25 3.25 6.25-7.25",
            Self::Warning => "M8 2.75 14 13.25H2zM8 6.5v3M8 11.4v.1",
            Self::Error => {
                "M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 1 1 0-11.5M8 5v3.5M8 10.9v.1"
            }
            Self::Info => "M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 1 1 0-11.5M8 7.5V11M8 5.1V5",
            Self::Play => "M5 3.25v9.5L12.5 8z",
            Self::Code => "M5.25 4.5 1.75 8l3.5 3.5M10.75 4.5l3.5 3.5-3.5 3.5",
            Self::Chat => {
                "M3.5 3h9a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1H7.25L4.25 14v-2.5H3.5a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z"
            }
            Self::Eye => {
                "M1.75 8S4 3.75 8 3.75 14.25 8 14.25 8 12 12.25 8 12.25 1.75 8 1.75 8zM8 6.25a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 1 1 0-3.5"
            }
            Self::More => {
                "M3.25 8a.25.25 0 1 1 .5 0a.25.25 0 1 1-.5 0M7.75 8a.25.25 0 1 1 .5 0a.25.25 0 1 1-.5 0M12.25 8a.25.25 0 1 1 .5 0a.25.25 0 1 1-.5 0"
            }
            Self::Phone => {
                "M5.5 1.75h5a1 1 0 0 1 1 1v10.5a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1V2.75a1 1 0 0 1 1-1zM7.25 12h1.5"
            }
            Self::Tablet => {
                "M4 1.75h8a1 1 0 0 1 1 1v10.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V2.75a1 1 0 0 1 1-1zM7.25 12h1.5"
            }
            Self::Desktop => {
                "M2.75 2.75h10.5a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H2.75a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM8 10.75v2.5M5.25 13.25h5.5"
            }
            Self::Moon => "M13.25 9.4A5.5 5.5 0 1 1 6.6 2.75a4.4 4.4 0 0 0 6.65 6.65z",
            Self::Sun => {
                "M8 5.25a2.75 2.75 0 1 1 0 5.5a2.75 2.75 0 1 1 0-5.5M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7"
            }
            Self::System => {
                "M8 2.25a5.75 5.75 0 1 1 0 11.5zM8 2.25a5.75 5.75 0 1 0 0 11.5M8 2.25v11.5M10.5 3.5v9M12.5 5v6"
            }
            Self::Search => "M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9M10.25 10.25l3.25 3.25",
            Self::Pencil => "M10.75 2.75 13.25 5.25 5.5 13H3v-2.5zM9 4.5 11.5 7",
            Self::Terminal => "m3 4.5 3.5 3.5L3 11.5M8.25 12H13",
            Self::Wrench => {
                "M13.1 4.6 10.9 6.8 9.2 5.1l2.2-2.2a3.6 3.6 0 0 0-4.75 4.6L2.7 11.45a1.3 1.3 0 0 0 1.85 1.85L8.5 9.35a3.6 3.6 0 0 0 4.6-4.75z"
            }
            Self::Offline => {
                "M2.25 2.25l11.5 11.5M6.1 4.2A4 4 0 0 1 11.6 7.3a2.6 2.6 0 0 1 1.9 4.1M10.75 12.25H4.5A2.75 2.75 0 0 1 4.2 6.8"
            }
            Self::Model => {
                "M5 4h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM6.25 1.75V4M9.75 1.75V4M6.25 12v2.25M9.75 12v2.25M1.75 6.25H4M1.75 9.75H4M12 6.25h2.25M12 9.75h2.25"
            }
            Self::Upload => {
                "M8 10V2.75M5 5.5l3-2.75 3 2.75M2.75 10v2.25a1 1 0 0 0 1 1h8.5a1 1 0 0 0 1-1V10"
            }
            Self::Download => {
                "M8 2.75V10M5 7.25 8 10l3-2.75M2.75 10v2.25a1 1 0 0 0 1 1h8.5a1 1 0 0 0 1-1V10"
            }
            Self::Picture => {
                "M3.25 3h9.5a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9.5a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM2.5 11.5l3.25-3.25 2.5 2.5 2-2 3.25 3M10.5 5.75v.1"
            }
            Self::Picker => {
                "M13.25 6V3.75a1 1 0 0 0-1-1h-8.5a1 1 0 0 0-1 1v8.5a1 1 0 0 0 1 1H6M7.25 7.25l6.5 2.4-2.9 1.2-1.2 2.9z"
            }
            Self::Devices => {
                "M9 11.25H3.25a1 1 0 0 1-1-1v-6.5a1 1 0 0 1 1-1h8.5a1 1 0 0 1 1 1v1M4.25 13.75h4M10.5 7.25h2.25a1 1 0 0 1 1 1v4.5a1 1 0 0 1-1 1H10.5a1 1 0 0 1-1-1v-4.5a1 1 0 0 1 1-1"
            }
            Self::FullWidth => {
                "M2.25 3v10M13.75 3v10M4.5 8h7M6.25 6.25 4.5 8l1.75 1.75M9.75 6.25 11.5 8 9.75 9.75"
            }
            Self::FreeSize => "M2.75 8.5v3.75a1 1 0 0 0 1 1H7.5M9.25 2.75h4v4M13.25 2.75 7.5 8.5",
            Self::Rotate => {
                "M4.25 6.25h4.5a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-4.5a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1M7 2.75h3.25a3 3 0 0 1 3 3V8M11.5 6.5l1.75 1.75L15 6.5"
            }
            Self::External => {
                "M9 2.75h4.25V7M13.25 2.75 7.5 8.5M11.25 9.5v2.75a1 1 0 0 1-1 1h-6.5a1 1 0 0 1-1-1v-6.5a1 1 0 0 1 1-1H6.5"
            }
            Self::Sidebar => {
                "M2.75 2.75h10.5a1 1 0 0 1 1 1v8.5a1 1 0 0 1-1 1H2.75a1 1 0 0 1-1-1v-8.5a1 1 0 0 1 1-1zM6 2.75v10.5"
            }
        }
    }
}

/// One icon; decorative, so the control around it carries the name.
#[component]
pub(crate) fn Icon(
    /// What it shows.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// Side in pixels.
    #[prop(default = 16)]
    size: u32,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            width=size
            height=size
            viewBox="0 0 16 16"
            fill="none"
            stroke="currentColor"
            stroke-width="1.5"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=move || glyph.get().path()></path>
        </svg>
    }
}
