//! Stores and the commands that write them, one file a domain.
//!
//! Every handle is `Copy`, lives as long as the page, and comes from context:
//! `Apps::expect()`. Calls go down this list, never up:
//! chat → project → build → preview; all of them may use the library, disk,
//! sync, session and toasts.

pub(crate) mod apps;
pub(crate) mod disk;
pub(crate) mod library;
pub(crate) mod navigator;
pub(crate) mod provider;
pub(crate) mod session;
pub(crate) mod sync;
pub(crate) mod templates;
pub(crate) mod toasts;

use leptos::prelude::*;

/// Makes every store and puts its handle into context. Called once, by the root view.
pub(crate) fn provide_all() {
    provide_context(navigator::Navigator::new());
    provide_context(toasts::Toasts::new());
    provide_context(session::Session::new());
    provide_context(disk::Disk::new());
    provide_context(library::Library::new());
    provide_context(sync::Sync::new());
    provide_context(templates::Templates::new());
    provide_context(provider::ProviderState::new());
    provide_context(apps::Apps::new());
    session::Session::expect().start();
    library::Library::expect().start();
    sync::Sync::expect().start();
    provider::ProviderState::expect().start();
}

/// Runs a future that must finish even when the view that began it is gone.
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(future);
}
