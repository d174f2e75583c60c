//! What is attached to the next request: pictures, and things of the app that
//! it is about. Shared by the home page's box and the studio's.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::components::button::IconButton;
use crate::components::file_input::{FileInput, choose_with};
use crate::components::icon::{Glyph, Icon};
use crate::platform::files::{carried, has_files};
use crate::state::attached::{About, Attached, Note, Picture};

/// The list; nothing while it is empty.
#[component]
pub(crate) fn Attachments(attached: Attached) -> impl IntoView {
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
pub(crate) fn AttachButton(attached: Attached) -> impl IntoView {
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

/// What takes pictures that are pasted into it or dropped onto it.
#[component]
pub(crate) fn PictureDrop(attached: Attached, children: Children) -> impl IntoView {
    let held = RwSignal::new(false);
    let take_hold = move |event: web_sys::DragEvent| {
        if has_files(&event) {
            event.prevent_default();
            held.set(true);
        }
    };
    view! {
        <div
            class="picture-drop"
            class:held=move || held.get()
            on:paste=move |event| {
                // Text goes on to the box.
                if take(attached, event.clipboard_data()) {
                    event.prevent_default();
                }
            }
            on:dragenter=take_hold
            on:dragover=take_hold
            on:dragleave=move |event| {
                let own = event.current_target().and_then(|own| own.dyn_into::<web_sys::Node>().ok());
                let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
                if !own.is_some_and(|own| own.contains(next.as_ref())) {
                    held.set(false);
                }
            }
            on:drop=move |event| {
                held.set(false);
                if take(attached, event.data_transfer()) {
                    event.prevent_default();
                }
            }
        >
            {children()}
        </div>
    }
}

/// Attaches the files of what was pasted or dropped; `false` when there are none.
fn take(attached: Attached, transfer: Option<web_sys::DataTransfer>) -> bool {
    let files = transfer
        .map(|transfer| carried(&transfer))
        .unwrap_or_default();
    let any = !files.is_empty();
    if any {
        attached.add_pictures(files);
    }
    any
}
