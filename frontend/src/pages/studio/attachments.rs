//! What is attached to the next request: pictures, and things of the app that
//! it is about.

use leptos::html;
use leptos::prelude::*;

use crate::components::button::IconButton;
use crate::components::file_input::{FileInput, choose_with};
use crate::components::icon::{Glyph, Icon};
use crate::platform::files::carried;
use crate::state::attached::{About, Attached, Note, Picture};

/// The list; nothing while it is empty.
#[component]
pub(super) fn Attachments() -> impl IntoView {
    let attached = Attached::expect();
    let (pictures, notes) = (attached.pictures(), attached.notes());
    let any = Memo::new(move |_| !(pictures.with(Vec::is_empty) && notes.with(Vec::is_empty)));
    view! {
        <Show when=move || any.get()>
            <ul class="attachments" aria-label="Attached to the next request">
                <For
                    each=move || notes.get()
                    key=|note| note.label.clone()
                    children=move |note: Note| {
                        let removed = note.label.clone();
                        let glyph = match note.about {
                            About::Element => Glyph::Picker,
                            About::Console => Glyph::Terminal,
                            About::Request => Glyph::External,
                        };
                        view! {
                            <li class="attachment" title=note.text>
                                <Icon glyph=glyph size=14/>
                                <span class="attachment-name">{note.label.clone()}</span>
                                <Remove
                                    name=note.label
                                    on_press=Callback::new(move |()| attached.remove_note(&removed))
                                />
                            </li>
                        }
                    }
                />
                <For
                    each=move || pictures.get()
                    key=|picture| picture.id
                    children=move |picture: Picture| view! {
                        <li class="attachment">
                            <img class="attachment-picture" src=picture.url alt=""/>
                            <span class="attachment-name">{picture.name.clone()}</span>
                            <Remove
                                name=picture.name
                                on_press=Callback::new(move |()| attached.remove_picture(picture.id))
                            />
                        </li>
                    }
                />
            </ul>
        </Show>
    }
}

#[component]
fn Remove(name: String, on_press: Callback<()>) -> impl IntoView {
    view! {
        <IconButton glyph=Glyph::Close label=format!("Remove {name}") small=true on_press=on_press/>
    }
}

/// The button that attaches pictures.
#[component]
pub(super) fn AttachButton() -> impl IntoView {
    let attached = Attached::expect();
    let input = NodeRef::<html::Input>::new();
    view! {
        <IconButton
            glyph=Glyph::Plus
            label="Attach pictures"
            on_press=choose_with(input)
        />
        <FileInput
            node_ref=input
            multiple=true
            accept="image/*"
            on_choose=move |picked| attached.add_pictures(picked)
        />
    }
}

/// Attaches what was pasted, where it is files and not text.
pub(super) fn take_pasted(attached: Attached, event: &web_sys::ClipboardEvent) {
    let files = event.clipboard_data().map(|data| carried(&data));
    if let Some(files) = files.filter(|files| !files.is_empty()) {
        event.prevent_default();
        attached.add_pictures(files);
    }
}
