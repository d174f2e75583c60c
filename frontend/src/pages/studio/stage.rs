//! Where the app's frame lies: in all the room that there is, or in a screen of
//! its own size, drawn smaller or larger. The frame itself has the size of the
//! screen, so that the app's media queries see it.

use leptos::html;
use leptos::prelude::*;

use super::device::{Device, MAX_SIDE, MIN_SIDE, Screen, ZOOMS, Zoom};
use crate::components::button::IconButton;
use crate::components::icon::Glyph;
use crate::platform::resize::SizeWatch;
use crate::state::preview::Preview;

/// One press of an arrow key, in pixels of the app.
const STEP: f64 = 10.0;

/// The frame's place; the app runs while it is shown.
#[component]
pub(super) fn Stage() -> impl IntoView {
    let preview = Preview::expect();
    let device = Device::expect();
    let room = NodeRef::<html::Div>::new();
    let host = NodeRef::<html::Div>::new();
    let watch = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(host) = host.get() {
            preview.attach(host.into());
        }
    });
    Effect::new(move |_| {
        if let Some(room) = room.get() {
            let on_size = move |width, height| device.set_room(width, height);
            watch.set_value(Some(SizeWatch::new(&room, on_size)));
        }
    });
    on_cleanup(move || {
        watch.set_value(None);
        preview.detach();
    });
    let screen = device.screen();
    let scale = Memo::new(move |_| device.scale());
    // Of the box, which takes the room of what is drawn.
    let box_side = move |side: fn(Screen) -> f64| {
        screen.get().map_or_else(
            || "100%".to_owned(),
            |screen| format!("{}px", side(screen) * scale.get()),
        )
    };
    // Of the frame, which is drawn by the scale.
    let side = move |side: fn(Screen) -> f64| {
        screen.get().map_or_else(
            || format!("{}%", 100.0 / scale.get()),
            |screen| format!("{}px", side(screen)),
        )
    };
    let transform = move || {
        let scale = scale.get();
        // A transform of no effect would still make text less sharp in some browsers.
        ((scale - 1.0).abs() > f64::EPSILON).then(|| format!("scale({scale})"))
    };
    view! {
        <div class="device-room" class:framed=move || screen.get().is_some() node_ref=room>
            <div
                class="device-box"
                style:inline-size=move || box_side(|screen| screen.width)
                style:block-size=move || box_side(|screen| screen.height)
            >
                <div
                    class="preview-host"
                    node_ref=host
                    style:inline-size=move || side(|screen| screen.width)
                    style:block-size=move || side(|screen| screen.height)
                    style:transform=transform
                ></div>
                <Show when=move || screen.get().is_some()>
                    <Edge side=Side::Width/>
                    <Edge side=Side::Height/>
                </Show>
            </div>
        </div>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Width,
    Height,
}

impl Side {
    fn of(self, screen: Screen) -> f64 {
        match self {
            Self::Width => screen.width,
            Self::Height => screen.height,
        }
    }

    fn with(self, screen: Screen, value: f64) -> Screen {
        match self {
            Self::Width => Screen {
                width: value,
                ..screen
            },
            Self::Height => Screen {
                height: value,
                ..screen
            },
        }
    }

    fn pointer(self, event: &web_sys::PointerEvent) -> f64 {
        f64::from(match self {
            Self::Width => event.client_x(),
            Self::Height => event.client_y(),
        })
    }
}

/// Where the pointer took an edge, how long the side was then, and pixels of the app for one of the page.
#[derive(Clone, Copy)]
struct Grip {
    pointer: f64,
    length: f64,
    ratio: f64,
}

/// An edge of the screen that can be moved, by the pointer and by arrow keys.
#[component]
fn Edge(side: Side) -> impl IntoView {
    let device = Device::expect();
    let screen = device.screen();
    let grip = RwSignal::new(None::<Grip>);
    let length = move || screen.get().map_or(MIN_SIDE, |screen| side.of(screen));
    let resize = move |length: f64| {
        if let Some(screen) = screen.get_untracked() {
            device.choose(Some(side.with(screen, length)));
        }
    };
    let (class, label, orientation, less, more) = match side {
        Side::Width => (
            "width",
            "Width of the screen",
            "vertical",
            "ArrowLeft",
            "ArrowRight",
        ),
        Side::Height => (
            "height",
            "Height of the screen",
            "horizontal",
            "ArrowUp",
            "ArrowDown",
        ),
    };
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        let now = untrack(length);
        let key = event.key();
        let wanted = match key.as_str() {
            "Home" => MIN_SIDE,
            "End" => MAX_SIDE,
            key if key == less => now - STEP,
            key if key == more => now + STEP,
            _ => return,
        };
        event.prevent_default();
        resize(wanted);
    };
    view! {
        <div
            class=format!("device-edge {class}")
            class:dragging=move || grip.get().is_some()
            role="separator"
            tabindex="0"
            aria-orientation=orientation
            aria-label=label
            aria-valuemin=MIN_SIDE
            aria-valuemax=MAX_SIDE
            aria-valuenow=length
            on:pointerdown=move |event| {
                event.prevent_default();
                let edge: web_sys::Element = event_target(&event);
                // Without capture the app's frame takes the pointer.
                let _ = edge.set_pointer_capture(event.pointer_id());
                // The screen stands in the middle, so its width grows on both sides.
                let both = if side == Side::Width { 2.0 } else { 1.0 };
                grip.set(Some(Grip {
                    pointer: side.pointer(&event),
                    length: untrack(length),
                    ratio: both / untrack(move || device.scale()),
                }));
            }
            on:pointermove=move |event| {
                if let Some(grip) = grip.get_untracked() {
                    resize(grip.length + (side.pointer(&event) - grip.pointer) * grip.ratio);
                }
            }
            on:pointerup=move |_| grip.set(None)
            on:pointercancel=move |_| grip.set(None)
            on:keydown=on_keydown
        ></div>
    }
}

/// Size and zoom, in numbers.
#[component]
pub(super) fn DeviceStrip() -> impl IntoView {
    let device = Device::expect();
    let screen = device.screen();
    let zoom = device.zoom();
    let framed = Memo::new(move |_| screen.get().is_some());
    view! {
        <Show when=move || device.has_strip()>
            <div class="device-strip" role="group" aria-label="Screen of the app">
                <Show when=move || framed.get()>
                    <SideField side=Side::Width label="Width"/>
                    <span aria-hidden="true">"×"</span>
                    <SideField side=Side::Height label="Height"/>
                    <IconButton
                        glyph=Glyph::Rotate
                        label="Rotate the screen"
                        small=true
                        on_press=Callback::new(move |()| device.rotate())
                    />
                </Show>
                <select
                    class="device-zoom"
                    aria-label="Zoom"
                    on:change:target=move |event| {
                        device.choose_zoom(Zoom::from_word(&event.target().value()));
                    }
                >
                    {move || {
                        let chosen = zoom.get();
                        std::iter::once(Zoom::Fit)
                            .chain(ZOOMS.into_iter().map(Zoom::Percent))
                            .map(|zoom| {
                                let text = match zoom {
                                    Zoom::Fit => "Fit".to_owned(),
                                    Zoom::Percent(percent) => format!("{percent} %"),
                                };
                                view! {
                                    <option value=zoom.word() selected=zoom == chosen>{text}</option>
                                }
                            })
                            .collect_view()
                    }}
                </select>
                <span class="device-scale">
                    {move || (zoom.get() == Zoom::Fit).then(|| format!("{:.0} %", device.scale() * 100.0))}
                </span>
                <IconButton
                    glyph=Glyph::Close
                    label="Back to full width"
                    small=true
                    on_press=Callback::new(move |()| device.choose(None))
                />
            </div>
        </Show>
    }
}

#[component]
fn SideField(side: Side, label: &'static str) -> impl IntoView {
    let device = Device::expect();
    let screen = device.screen();
    view! {
        <input
            class="device-side"
            type="number"
            aria-label=format!("{label} in pixels")
            min=MIN_SIDE
            max=MAX_SIDE
            prop:value=move || screen.get().map(|screen| side.of(screen).to_string())
            on:change:target=move |event| {
                let input = event.target();
                if let (Some(screen), Ok(length)) = (screen.get_untracked(), input.value().parse()) {
                    device.choose(Some(side.with(screen, length)));
                }
                // What was out of bounds, or no number, gives way to what is.
                if let Some(screen) = screen.get_untracked() {
                    input.set_value(&side.of(screen).to_string());
                }
            }
        />
    }
}
