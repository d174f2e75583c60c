//! The sketch of the design that is looked at: small and running, or larger
//! over the studio. The same frame in both, since a frame that is moved starts
//! anew.

use leptos::html;
use leptos::prelude::*;

use super::proposals::Designs;
use crate::components::button::{Button, ButtonVariant, IconButton};
use crate::components::icon::{Glyph, Icon};
use crate::message::plain;
use crate::platform::resize::SizeWatch;
use crate::state::provider::{ProviderState, ProviderStatus};
use crate::state::sketches::{Drawing, Playing, Sketches};

/// Width that a sketch has for itself, in pixels: a small window's. It is drawn
/// smaller where there is less room.
const SKETCH_WIDTH: f64 = 880.0;
/// Its height for that width.
const SKETCH_HEIGHT: f64 = 620.0;

/// The sketch; nothing where there can be none, as for an app that is there already.
#[component]
pub(super) fn SketchView(designs: Designs) -> impl IntoView {
    let sketches = Sketches::expect();
    let list = sketches.list();
    let drawing = Memo::new(move |_| {
        let shown = designs.shown();
        list.with(|list| list.get(shown).map(|sketch| sketch.drawing.clone()))
    });
    let is_done = Memo::new(move |_| matches!(drawing.get(), Some(Drawing::Done(_))));
    view! {
        // The frame's place stays while another sketch runs in it.
        <Show
            when=move || is_done.get()
            fallback=move || view! { <NotYet designs=designs drawing=drawing/> }
        >
            <Running designs=designs/>
        </Show>
    }
}

/// What stands in the sketch's place until it can run.
#[component]
fn NotYet(designs: Designs, drawing: Memo<Option<Drawing>>) -> impl IntoView {
    move || match drawing.get() {
        None | Some(Drawing::Done(_)) => ().into_any(),
        Some(Drawing::Not) => view! { <Offer designs=designs/> }.into_any(),
        Some(Drawing::Waiting) => view! { <UnderWay words="Drawn next"/> }.into_any(),
        Some(Drawing::UnderWay) => view! { <UnderWay words="Drawing a sketch"/> }.into_any(),
        Some(Drawing::Failed(sentence)) => {
            view! { <Failed designs=designs words=plain(&sentence.line())/> }.into_any()
        }
    }
}

/// The way to a sketch.
#[component]
fn Offer(designs: Designs) -> impl IntoView {
    view! {
        <div class="sketch-empty">
            <p>"A small sketch that runs, with sample data, shows what this could be like."</p>
            <DrawButton designs=designs words="Preview"/>
        </div>
    }
}

/// Has the design drawn as it stands; not while no model can be asked.
#[component]
fn DrawButton(designs: Designs, words: &'static str) -> impl IntoView {
    let sketches = Sketches::expect();
    let provider = ProviderState::expect().status();
    let ready = Memo::new(move |_| matches!(provider.get(), ProviderStatus::Ready(_)));
    view! {
        <Button
            small=true
            glyph=Glyph::Eye
            disabled=Signal::derive(move || !ready.get())
            on_press=Callback::new(move |()| {
                let (index, text) = untrack(|| (designs.shown(), designs.text()));
                sketches.draw(index, text);
            })
        >
            {words}
        </Button>
        <Show when=move || !ready.get()>
            <p>"No model can be asked at the moment."</p>
        </Show>
    }
}

#[component]
fn UnderWay(words: &'static str) -> impl IntoView {
    view! {
        <div class="sketch-empty" aria-busy="true">
            <p class="turn-status" role="status">
                <span class="pill-dot"></span>
                {words}
            </p>
        </div>
    }
}

#[component]
fn Failed(designs: Designs, words: String) -> impl IntoView {
    view! {
        <div class="sketch-empty">
            <p class="sketch-trouble" role="status">
                <Icon glyph=Glyph::Warning size=14/>
                <span>{words}</span>
            </p>
            <DrawButton designs=designs words="Try again"/>
        </div>
    }
}

/// The sketch in its frame, small or large.
#[component]
fn Running(designs: Designs) -> impl IntoView {
    let sketches = Sketches::expect();
    let list = sketches.list();
    let playing = sketches.playing();
    let large = RwSignal::new(false);
    let wrapper = NodeRef::<html::Div>::new();
    let room = NodeRef::<html::Div>::new();
    let host = NodeRef::<html::Div>::new();
    let room_width = RwSignal::new(0.0_f64);
    let watch = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(host) = host.get() {
            sketches.attach(host.into());
        }
    });
    Effect::new(move |_| {
        if let Some(room) = room.get() {
            let on_size = move |width, _| room_width.set(width);
            watch.set_value(Some(SizeWatch::new(&room, on_size)));
        }
    });
    on_cleanup(move || {
        watch.set_value(None);
        sketches.detach();
    });
    // Escape closes it from the start.
    Effect::new(move |_| {
        if large.get()
            && let Some(wrapper) = wrapper.get_untracked()
        {
            let _ = wrapper.focus();
        }
    });
    // Large, it has the window's own size, as the app will.
    let scale = Memo::new(move |_| {
        let fitting = (room_width.get() / SKETCH_WIDTH).min(1.0);
        if large.get() { 1.0 } else { fitting }
    });
    let size = move |side: f64| {
        if large.get() {
            "100%".to_owned()
        } else {
            format!("{side}px")
        }
    };
    let stale = Memo::new(move |_| {
        let (shown, text) = (designs.shown(), designs.text());
        list.with(|list| list.get(shown).is_some_and(|sketch| sketch.design != text))
    });
    let title = move || format!("Sketch: {}", designs.title());
    view! {
        <div
            class="design-sketch"
            class:large=move || large.get()
            node_ref=wrapper
            tabindex="-1"
            role=move || if large.get() { "dialog" } else { "group" }
            aria-label=title
            on:keydown=move |event| {
                if event.key() == "Escape" && large.get_untracked() {
                    event.prevent_default();
                    large.set(false);
                }
            }
        >
            <Show when=move || large.get()>
                <header class="sketch-head">
                    <h2>{title}</h2>
                    <Show when=move || 1 < designs.count()>
                        <IconButton
                            glyph=Glyph::ArrowLeft
                            label="Previous design"
                            small=true
                            disabled=Signal::derive(move || designs.shown() == 0)
                            on_press=Callback::new(move |()| {
                                designs.show(untrack(|| designs.shown()).saturating_sub(1));
                            })
                        />
                        <IconButton
                            glyph=Glyph::ArrowRight
                            label="Next design"
                            small=true
                            disabled=Signal::derive(move || designs.shown() + 1 >= designs.count())
                            on_press=Callback::new(move |()| {
                                designs.show(untrack(|| designs.shown()) + 1);
                            })
                        />
                    </Show>
                    <Button
                        small=true
                        variant=ButtonVariant::Primary
                        on_press=Callback::new(move |()| designs.build())
                    >
                        "Build this one"
                    </Button>
                    <IconButton
                        glyph=Glyph::Close
                        label="Close the large sketch"
                        small=true
                        on_press=Callback::new(move |()| large.set(false))
                    />
                </header>
            </Show>
            <div class="sketch-room" node_ref=room>
                <div
                    class="preview-host"
                    node_ref=host
                    style:inline-size=move || size(SKETCH_WIDTH)
                    style:block-size=move || size(SKETCH_HEIGHT)
                    style:transform=move || {
                        let scale = scale.get();
                        (scale < 1.0).then(|| format!("scale({scale})"))
                    }
                ></div>
                {move || match playing.get() {
                    Playing::Running => ().into_any(),
                    Playing::Failed(sentence) => view! {
                        <div class="sketch-over">
                            <Failed designs=designs words=plain(&sentence.line())/>
                        </div>
                    }
                    .into_any(),
                    Playing::Nothing | Playing::Starting => view! {
                        <div class="sketch-over"><UnderWay words="Starting the sketch"/></div>
                    }
                    .into_any(),
                }}
            </div>
            <div class="sketch-foot">
                <p>
                    {move || if stale.get() {
                        "Drawn before you changed the design."
                    } else {
                        "A sketch with sample data."
                    }}
                </p>
                <IconButton
                    glyph=Glyph::Reload
                    label="Draw it again"
                    small=true
                    on_press=Callback::new(move |()| {
                        let (index, text) = untrack(|| (designs.shown(), designs.text()));
                        sketches.draw(index, text);
                    })
                />
                <IconButton
                    glyph=Glyph::FullWidth
                    label="Open large"
                    small=true
                    on_press=Callback::new(move |()| large.set(true))
                />
            </div>
        </div>
    }
}
