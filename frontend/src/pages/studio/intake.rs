//! Ways for files into the app: choosing them, dropping them onto the list,
//! and what is asked when something stands in the way.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::components::button::{Button, ButtonVariant};
use crate::components::dialog::Dialog;
use crate::components::icon::Glyph;
use crate::components::menu::{Menu, MenuItem};
use crate::platform::files;
use crate::state::intake::Intake;

/// Opens the browser's choice of files, or of a folder.
#[component]
pub(super) fn AddFiles() -> impl IntoView {
    let intake = Intake::expect();
    let (several, folder) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let choose = |input: NodeRef<html::Input>| {
        Callback::new(move |()| {
            if let Some(input) = input.get_untracked() {
                input.click();
            }
        })
    };
    let items = vec![
        MenuItem {
            label: "Add files…".to_owned(),
            glyph: Glyph::File,
            danger: false,
            on_choose: choose(several),
        },
        MenuItem {
            label: "Add a folder…".to_owned(),
            glyph: Glyph::Folder,
            danger: false,
            on_choose: choose(folder),
        },
    ];
    view! {
        <input
            class="visually-hidden"
            type="file"
            multiple
            tabindex="-1"
            aria-hidden="true"
            node_ref=several
            on:change:target=move |event| intake.add(files::chosen(&event.target()), None)
        />
        <input
            class="visually-hidden"
            type="file"
            tabindex="-1"
            aria-hidden="true"
            prop:webkitdirectory=true
            node_ref=folder
            on:change:target=move |event| intake.add(files::chosen(&event.target()), None)
        />
        <Menu label="Add files" glyph=Glyph::Upload items=items/>
    }
}

/// Where files that are held over the list would go: the folder's path, which
/// is empty in the project's root; `None` where none is pointed at.
pub(super) type Target = Option<String>;

/// The folder under the pointer, as the rows name it.
pub(super) fn target(event: &web_sys::DragEvent) -> Target {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let row = element.closest("[data-folder]").ok()??;
    row.get_attribute("data-folder")
}

/// Whether files are dragged, rather than a text or a link.
pub(super) fn has_files(event: &web_sys::DragEvent) -> bool {
    event
        .data_transfer()
        .is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
}

/// Takes what was dropped.
pub(super) fn drop_files(intake: Intake, event: &web_sys::DragEvent) {
    if let Some(transfer) = event.data_transfer() {
        intake.add_dropped(files::dropped(&transfer), target(event));
    }
}

/// Says which files the app can't have, and asks about those whose place is taken.
#[component]
pub(super) fn IntakeDialog() -> impl IntoView {
    let intake = Intake::expect();
    let report = intake.report();
    let open = Memo::new(move |_| report.with(Option::is_some));
    let refused = move || {
        report
            .get()
            .map(|report| report.refused)
            .unwrap_or_default()
    };
    let clashes = move || {
        report
            .get()
            .map(|report| report.clashes)
            .unwrap_or_default()
    };
    let title = Signal::derive(move || {
        let title = match (clashes().len(), refused().len()) {
            (0, 1) => "This file can't be added",
            (0, _) => "Some files can't be added",
            (1, 0) => "This file is there already",
            (_, 0) => "Some files are there already",
            _ => "Not all files were added",
        };
        title.to_owned()
    });
    view! {
        <Dialog open=open title=title id="intake-title" on_close=move || intake.dismiss()>
            <Show when=move || !refused().is_empty()>
                <ul class="intake-list">
                    {move || refused().into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view()}
                </ul>
            </Show>
            <Show
                when=move || !clashes().is_empty()
                fallback=move || view! {
                    <div class="dialog-actions">
                        <Button variant=ButtonVariant::Primary on_press=Callback::new(move |()| intake.dismiss())>
                            "OK"
                        </Button>
                    </div>
                }
            >
                <p>"The app has these already. Replace them, or keep both under different names?"</p>
                <ul class="intake-list code">
                    {move || clashes().into_iter().map(|clash| view! { <li>{clash.path}</li> }).collect_view()}
                </ul>
                <div class="dialog-actions">
                    <Button on_press=Callback::new(move |()| intake.dismiss())>"Leave out"</Button>
                    <Button on_press=Callback::new(move |()| intake.replace_clashing())>"Replace"</Button>
                    <Button variant=ButtonVariant::Primary on_press=Callback::new(move |()| intake.keep_both())>
                        "Keep both"
                    </Button>
                </div>
            </Show>
        </Dialog>
    }
}
