//! The ready kit's style sheet: its place in the app's.

use crate::css;

/// Set by every theme that is written for components like the kit's.
const MARK: &str = "--background";

/// Puts the kit's theme behind the imports of a style sheet that has no theme of its own, so that
/// what the app sets itself comes later and counts.
pub(crate) fn add_theme(css: &mut String, theme: &str) {
    if !css.contains(MARK) {
        css.insert_str(css::end_of_imports(css), theme);
    }
}
