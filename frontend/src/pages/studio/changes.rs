//! What the last request changed in the file shown: how much, and the way from
//! one change to the next.

use leptos::prelude::*;

use super::viewer::Viewer;
use crate::components::button::IconButton;
use crate::components::icon::Glyph;
use crate::platform::editor::{Editor, LineCounts};

/// The bar below a comparison.
#[component]
pub(super) fn Changes(
    /// What is shown.
    viewer: Viewer,
) -> impl IntoView {
    view! {
        <div class="code-foot-bar changes-bar">
            <p role="status">{move || viewer.counts.get().map(sentence)}</p>
            <IconButton
                glyph=Glyph::ChevronDown
                label="Previous change"
                small=true
                on_press=Callback::new(move |()| viewer.with_editor(Editor::previous_change))
            />
            <IconButton
                glyph=Glyph::ChevronDown
                label="Next change"
                small=true
                on_press=Callback::new(move |()| viewer.with_editor(Editor::next_change))
            />
        </div>
    }
}

fn sentence(LineCounts { added, removed }: LineCounts) -> String {
    let lines = |count| match count {
        1 => "1 line".to_owned(),
        _ => format!("{count} lines"),
    };
    match (added, removed) {
        (0, 0) => "No line changed".to_owned(),
        (0, _) => format!("{} removed", lines(removed)),
        (_, 0) => format!("{} added", lines(added)),
        _ => format!("{} added, {removed} removed", lines(added)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_a_sentence() {
        let sentence = |added, removed| sentence(LineCounts { added, removed });
        assert_eq!(sentence(12, 3), "12 lines added, 3 removed");
        assert_eq!(sentence(1, 1), "1 line added, 1 removed");
        assert_eq!(sentence(0, 1), "1 line removed");
        assert_eq!(sentence(0, 0), "No line changed");
    }
}
