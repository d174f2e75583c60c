//! The bar above the app: whose work is below it, where it is, what it is shown
//! on, and what can be done with it.

use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use super::device::{Device, PRESETS};
use super::layout::{DockPanel, Layout};
use super::stage::DeviceStrip;
use crate::components::button::IconButton;
use crate::components::icon::Glyph;
use crate::components::menu::{Menu, MenuItem};
use crate::platform::listen::Listener;
use crate::platform::outside;
use crate::routes;
use crate::state::preview::{Preview, PreviewStatus};
use crate::state::project::Project;

/// The bar. Always there.
#[component]
pub(super) fn PreviewBar() -> impl IntoView {
    let preview = Preview::expect();
    let status = preview.status();
    let runs = Memo::new(move |_| {
        !matches!(
            status.get(),
            PreviewStatus::Empty | PreviewStatus::Stopped(_) | PreviewStatus::Failed(_)
        )
    });
    let can_run = Memo::new(move |_| status.get() != PreviewStatus::Empty);
    let address = preview.address();
    view! {
        <div class="preview-head">
            <div class="preview-bar">
                <span
                    class="preview-title"
                    title="This app was generated. Never enter passwords into it."
                >
                    "Generated app"
                </span>
                <div class="preview-tools">
                    <IconButton
                        glyph=Glyph::ArrowLeft
                        label="Back in the app"
                        small=true
                        disabled=Signal::derive(move || !address.with(|address| address.can_go_back))
                        on_press=Callback::new(move |()| preview.traverse(-1))
                    />
                    <IconButton
                        glyph=Glyph::ArrowRight
                        label="Forward in the app"
                        small=true
                        disabled=Signal::derive(move || !address.with(|address| address.can_go_forward))
                        on_press=Callback::new(move |()| preview.traverse(1))
                    />
                    <IconButton
                        glyph=Signal::derive(move || if runs.get() { Glyph::Reload } else { Glyph::Play })
                        label=Signal::derive(move || {
                            if runs.get() { "Reload app" } else { "Run app" }.to_owned()
                        })
                        small=true
                        disabled=Signal::derive(move || !can_run.get())
                        on_press=Callback::new(move |()| preview.reload())
                    />
                    <IconButton
                        glyph=Glyph::Stop
                        label="Stop app"
                        small=true
                        disabled=Signal::derive(move || !runs.get())
                        on_press=Callback::new(move |()| preview.stop())
                    />
                </div>
                <AddressField runs=runs/>
                <div class="preview-tools">
                    <DeviceMenu/>
                    <PickerButton/>
                    <MoreMenu/>
                </div>
            </div>
            <DeviceStrip/>
        </div>
    }
}

/// The app's address; Enter goes to another one, Escape takes the old one back.
#[component]
fn AddressField(runs: Memo<bool>) -> impl IntoView {
    let preview = Preview::expect();
    let address = preview.address();
    let path = Memo::new(move |_| address.with(|address| address.path.clone()));
    let input = NodeRef::<html::Input>::new();
    let reset = move || {
        if let Some(input) = input.get_untracked() {
            input.set_value(&path.get_untracked());
        }
    };
    view! {
        <input
            class="preview-address"
            node_ref=input
            type="text"
            aria-label="Address in the app"
            title="Address in the app"
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            maxlength=protocol::limits::APP_PATH_MAX_CHARS
            disabled=move || !runs.get()
            prop:value=move || path.get()
            on:focus=move |_| {
                if let Some(input) = input.get_untracked() {
                    input.select();
                }
            }
            on:blur=move |_| reset()
            on:keydown=move |event| match event.key().as_str() {
                "Enter" if !event.is_composing() => {
                    if let Some(input) = input.get_untracked() {
                        preview.navigate(&input.value());
                        input.select();
                    }
                }
                "Escape" => {
                    event.prevent_default();
                    reset();
                }
                _ => {}
            }
        />
    }
}

/// What the app is shown on.
#[component]
fn DeviceMenu() -> impl IntoView {
    let device = Device::expect();
    let item = |label: &str, glyph, on_choose| MenuItem {
        label: label.to_owned(),
        glyph,
        danger: false,
        on_choose,
    };
    let items = std::iter::once(item(
        "Full width",
        Glyph::FullWidth,
        Callback::new(move |()| device.choose(None)),
    ))
    .chain(PRESETS.iter().map(|preset| {
        let choose = Callback::new(move |()| device.choose(Some(preset.screen)));
        item(preset.label, preset.glyph, choose)
    }))
    .chain([
        item(
            "Free size",
            Glyph::FreeSize,
            Callback::new(move |()| device.choose_free()),
        ),
        item(
            "Zoom",
            Glyph::Search,
            Callback::new(move |()| device.show_strip()),
        ),
    ])
    .collect::<Vec<_>>();
    view! {
        <Menu
            label=Signal::derive(move || format!("Screen: {}", device.label()))
            glyph=Glyph::Devices
            items=Signal::stored(items)
        />
    }
}

/// Begins to pick an element of the app, or leaves that.
#[component]
fn PickerButton() -> impl IntoView {
    let preview = Preview::expect();
    let status = preview.status();
    let runs = Memo::new(move |_| status.with(PreviewStatus::is_shown));
    let paths = Project::expect().paths();
    let picking = preview.picking();
    let toggle = move || {
        if picking.get_untracked() {
            preview.stop_picking();
        } else if runs.get_untracked() {
            preview.pick(paths.get_untracked());
        }
    };
    let listener = web_sys::window().map(|window| {
        SendWrapper::new(Listener::new(&window, "keydown", move |event| {
            let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
                return;
            };
            let chord = (event.ctrl_key() || event.meta_key()) && event.shift_key();
            if chord && event.key().eq_ignore_ascii_case("e") {
                event.prevent_default();
                toggle();
            }
        }))
    });
    on_cleanup(move || drop(listener));
    view! {
        <IconButton
            glyph=Glyph::Picker
            label="Pick an element"
            small=true
            pressed=picking
            disabled=Signal::derive(move || !runs.get())
            on_press=Callback::new(move |()| toggle())
        />
    }
}

/// What is wanted less often.
#[component]
fn MoreMenu() -> impl IntoView {
    let layout = Layout::expect();
    let preview = Preview::expect();
    let project = Project::expect();
    let id = project.id();
    let items = vec![
        MenuItem {
            label: "Open in a new tab".to_owned(),
            glyph: Glyph::External,
            danger: false,
            on_choose: Callback::new(move |()| {
                outside::open_tab(&routes::run(&id.get_untracked()));
            }),
        },
        MenuItem {
            label: "Save a picture".to_owned(),
            glyph: Glyph::Picture,
            danger: false,
            on_choose: Callback::new(move |()| {
                preview.take_picture(&project.name().get_untracked());
            }),
        },
        MenuItem {
            label: "Console".to_owned(),
            glyph: Glyph::Terminal,
            danger: false,
            on_choose: Callback::new(move |()| layout.toggle_dock(DockPanel::Console)),
        },
    ];
    view! { <Menu label="More of the preview" items=Signal::stored(items)/> }
}
