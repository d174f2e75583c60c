//! A picture, sound, video or another binary file in the editor's place: what
//! it shows and what there is to know of it.

use leptos::html;
use leptos::prelude::*;
use protocol::asset::{base64_of, byte_count, media_type};

use crate::components::button::Button;
use crate::components::file_input::{FileInput, choose_with};
use crate::components::icon::{Glyph, Icon};
use crate::state::intake::{Intake, size};
use crate::state::project::Project;

/// The file that is shown, which is a binary one.
#[component]
pub(super) fn AssetView() -> impl IntoView {
    let project = Project::expect();
    let shown = Memo::new(move |_| {
        project.outside().track();
        let path = project.active().get()?;
        let text = project.text(&path)?;
        Some((path, text))
    });
    move || {
        shown
            .get()
            .map(|(path, text)| view! { <Asset path=path text=text/> })
    }
}

#[component]
fn Asset(path: String, text: String) -> impl IntoView {
    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
    let kind = media_type(&path).unwrap_or_default();
    let bytes = base64_of(&text).map(byte_count);
    let dimensions = RwSignal::new(None::<(u32, u32)>);
    let facts = move || {
        let mut facts = vec![kind_in_words(kind)];
        facts.extend(
            dimensions
                .get()
                .map(|(width, height)| format!("{width} × {height}")),
        );
        facts.extend(bytes.map(size));
        facts.join(" · ")
    };
    let stage = stage(kind, &name, text.clone(), bytes.is_some(), dimensions);
    let label = format!("File {path}");
    view! {
        <section class="asset" aria-label=label>
            <div class="asset-stage">{stage}</div>
            <footer class="asset-foot">
                <div class="asset-facts">
                    <h3>{name.clone()}</h3>
                    <p>{facts}</p>
                </div>
                <ReplaceButton path=path/>
                {bytes.map(|_| view! {
                    <a class="button secondary" href=text download=name>
                        <Icon glyph=Glyph::Download/>
                        <span>"Download"</span>
                    </a>
                })}
            </footer>
        </section>
    }
}

/// What can be seen or heard of a file.
fn stage(
    kind: &str,
    name: &str,
    address: String,
    is_whole: bool,
    dimensions: RwSignal<Option<(u32, u32)>>,
) -> AnyView {
    if !is_whole {
        return view! {
            <p class="asset-none">"There is no picture, sound or font in this file. Replace it with one."</p>
        }
        .into_any();
    }
    let name = name.to_owned();
    match kind.split('/').next() {
        Some("image") => view! {
            <img
                src=address
                alt=name
                on:load:target=move |event| {
                    let image: web_sys::HtmlImageElement = event.target();
                    dimensions.set(Some((image.natural_width(), image.natural_height())));
                }
            />
        }
        .into_any(),
        Some("audio") => view! { <audio controls src=address aria-label=name></audio> }.into_any(),
        Some("video") => view! { <video controls src=address aria-label=name></video> }.into_any(),
        _ => view! { <Icon glyph=Glyph::File size=40/> }.into_any(),
    }
}

/// Asks for another file of the same kind.
#[component]
fn ReplaceButton(path: String) -> impl IntoView {
    let intake = Intake::expect();
    let input = NodeRef::<html::Input>::new();
    view! {
        <FileInput
            node_ref=input
            accept=media_type(&path).unwrap_or_default()
            on_choose=move |picked| intake.replace(&path, picked)
        />
        <Button glyph=Glyph::Upload on_press=choose_with(input)>"Replace"</Button>
    }
}

/// `image/png` → "PNG picture"
fn kind_in_words(media_type: &str) -> String {
    let (kind, format) = media_type.split_once('/').unwrap_or(("", media_type));
    let format = match format {
        "mpeg" => "MP3".to_owned(),
        "x-icon" => "ICO".to_owned(),
        "vnd.ms-fontobject" => "EOT".to_owned(),
        "wasm" => return "WebAssembly".to_owned(),
        format => format.to_uppercase(),
    };
    let word = match kind {
        "image" => "picture",
        "audio" => "sound",
        "video" | "font" => kind,
        _ => "file",
    };
    format!("{format} {word}")
}

#[cfg(test)]
mod tests {
    use super::kind_in_words;

    #[test]
    fn kinds_are_told_in_words() {
        assert_eq!(kind_in_words("image/png"), "PNG picture");
        assert_eq!(kind_in_words("audio/mpeg"), "MP3 sound");
        assert_eq!(kind_in_words("video/mp4"), "MP4 video");
        assert_eq!(kind_in_words("application/wasm"), "WebAssembly");
        assert_eq!(kind_in_words("application/pdf"), "PDF file");
    }
}
