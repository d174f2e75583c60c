//! Ways for files into the app: choosing them, dropping them onto the list,
//! and what is asked when something stands in the way.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::components::button::{Button, ButtonVariant};
use crate::components::dialog::Dialog;
use crate::components::file_input::{FileInput, choose_with};
use crate::components::icon::Glyph;
use crate::components::menu::{Menu, MenuItem};
use crate::platform::files;
use crate::state::intake::Intake;

/// Opens the browser's choice of files, or of a folder.
#[component]
pub(super) fn AddFiles() -> impl IntoView {
    let intake = Intake::expect();
    let (several, folder) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let take = move |picked| intake.add(picked, None);
    let items = vec![
        MenuItem {
            label: "Add files…".to_owned(),
            glyph: Glyph::File,
            danger: false,
            on_choose: choose_with(several),
        },
        MenuItem {
            label: "Add a folder…".to_owned(),
            glyph: Glyph::Folder,
            danger: false,
            on_choose: choose_with(folder),
        },
    ];
    view! {
        <FileInput node_ref=several multiple=true on_choose=take/>
        <FileInput node_ref=folder folder=true on_choose=take/>
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
        report.with(|report| {
            report
                .as_ref()
                .map(|report| report.refused.clone())
                .unwrap_or_default()
        })
    };
    let clashes = move || {
        report.with(|report| {
            let clashes = report.iter().flat_map(|report| &report.clashes);
            clashes.map(|clash| clash.path.clone()).collect::<Vec<_>>()
        })
    };
    let title = Signal::derive(move || {
        let title = match (clashes().len(), refused().len()) {
            (0, _) => "Not added",
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
                <p>"Already in the app. Replace, or keep both under different names?"</p>
                <ul class="intake-list code">
                    {move || clashes().into_iter().map(|path| view! { <li>{path}</li> }).collect_view()}
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
