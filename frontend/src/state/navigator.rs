//! Lets commands change the address, though the router lives further down.

use std::rc::Rc;

use leptos::prelude::*;

type Navigate = Rc<dyn Fn(&str, bool)>;

/// Handle to the router.
#[derive(Clone, Copy)]
pub(crate) struct Navigator {
    navigate: StoredValue<Option<Navigate>, LocalStorage>,
}

impl Navigator {
    pub(super) fn new() -> Self {
        Self {
            navigate: StoredValue::new_local(None),
        }
    }

    /// The page's navigator.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Called once by the view inside the router. The flag says whether the
    /// present address is replaced in the history.
    pub(crate) fn install(self, navigate: impl Fn(&str, bool) + 'static) {
        self.navigate.set_value(Some(Rc::new(navigate)));
    }

    /// Goes to an address of [`crate::routes`].
    pub(crate) fn go(self, path: &str) {
        self.call(path, false);
    }

    /// Goes there without leaving the present address in the history.
    pub(crate) fn replace(self, path: &str) {
        self.call(path, true);
    }

    fn call(self, path: &str, replace: bool) {
        if let Some(navigate) = self.navigate.get_value() {
            navigate(path, replace);
        }
    }
}
