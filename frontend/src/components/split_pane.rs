//! Two panes with a movable line between them.

use leptos::html;
use leptos::prelude::*;

/// One press of an arrow key, in pixels.
const STEP: f64 = 16.0;

/// Two panes side by side. The first has `size` pixels, the second the rest;
/// pointer, arrows, Home and End move the line, a double click asks for the
/// size it began with.
#[component]
pub(crate) fn SplitPane(
    /// Name of the line: what it makes wider.
    #[prop(into)]
    label: Signal<String>,
    /// Width of the first pane, in pixels.
    #[prop(into)]
    size: Signal<f64>,
    /// Least width of the first pane, in pixels.
    #[prop(into)]
    min: Signal<f64>,
    /// Greatest width of the first pane, in pixels.
    #[prop(default = 640.0)]
    max: f64,
    /// Width after a double click, in pixels.
    #[prop(default = 360.0)]
    initial: f64,
    /// Called with the new width, in pixels, within the bounds; the caller stores it.
    #[prop(into)]
    on_resize: Callback<f64>,
    /// The first pane.
    first: AnyView,
    /// The second pane.
    second: AnyView,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let dragging = RwSignal::new(false);
    let resize = move |wanted: f64| {
        on_resize.run(wanted.clamp(min.get_untracked(), max).round());
    };
    let width = move || size.get().clamp(min.get(), max);
    let on_pointermove = move |event: web_sys::PointerEvent| {
        if let Some(root) = root.get_untracked().filter(|_| dragging.get_untracked()) {
            resize(f64::from(event.client_x()) - root.get_bounding_client_rect().left());
        }
    };
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        let wanted = match event.key().as_str() {
            "ArrowLeft" => size.get_untracked() - STEP,
            "ArrowRight" => size.get_untracked() + STEP,
            "Home" => min.get_untracked(),
            "End" => max,
            _ => return,
        };
        event.prevent_default();
        resize(wanted);
    };
    view! {
        <div
            class="split-pane"
            class:dragging=move || dragging.get()
            node_ref=root
            style:--split=move || format!("{}px", width())
        >
            <div class="split-first">{first}</div>
            <div
                class="split-line"
                role="separator"
                tabindex="0"
                aria-orientation="vertical"
                aria-label=move || label.get()
                aria-valuemin=move || min.get()
                aria-valuemax=max
                aria-valuenow=width
                on:pointerdown=move |event| {
                    event.prevent_default();
                    let line: web_sys::Element = event_target(&event);
                    // Without capture the line only lags behind a quick pointer.
                    let _ = line.set_pointer_capture(event.pointer_id());
                    dragging.set(true);
                }
                on:pointermove=on_pointermove
                on:pointerup=move |_| dragging.set(false)
                on:pointercancel=move |_| dragging.set(false)
                on:dblclick=move |_| resize(initial)
                on:keydown=on_keydown
            ></div>
            <div class="split-second">{second}</div>
        </div>
    }
}
