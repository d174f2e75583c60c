//! Stores and the commands that write them, one file a domain.
//!
//! Every handle is `Copy`, lives as long as the page, and comes from context:
//! `Apps::expect()`. Calls go down this list, never up:
//! repair → problems → planning → sketches, chat, intake → project → build → preview → requests → permissions, network, timings, project → types; all of
//! them may use the library, disk, offline, sync, provider → direct, session and toasts.

pub(crate) mod apps;
pub(crate) mod attached;
pub(crate) mod build;
pub(crate) mod chat;
pub(crate) mod compiler;
pub(crate) mod console;
pub(crate) mod direct;
pub(crate) mod disk;
pub(crate) mod draft;
mod edits;
pub(crate) mod expected;
pub(crate) mod faults;
pub(crate) mod intake;
mod kit;
pub(crate) mod library;
pub(crate) mod mention;
pub(crate) mod navigator;
pub(crate) mod network;
pub(crate) mod offline;
pub(crate) mod permissions;
pub(crate) mod planning;
pub(crate) mod preview;
pub(crate) mod problems;
pub(crate) mod project;
pub(crate) mod provider;
pub(crate) mod repair;
pub(crate) mod requests;
mod run;
pub(crate) mod session;
pub(crate) mod sketches;
pub(crate) mod sync;
mod tabs;
pub(crate) mod templates;
pub(crate) mod timings;
pub(crate) mod toasts;
pub(crate) mod types;

use std::ops::Deref;

use leptos::prelude::*;

/// Makes every store and puts its handle into context. Called once, by the root view.
pub(crate) fn provide_all() {
    provide_context(navigator::Navigator::new());
    provide_context(toasts::Toasts::new());
    provide_context(session::Session::new());
    provide_context(disk::Disk::new());
    provide_context(library::Library::new());
    provide_context(offline::Offline::new());
    provide_context(sync::Sync::new());
    provide_context(templates::Templates::new());
    provide_context(direct::Direct::new());
    provide_context(provider::ProviderState::new());
    provide_context(apps::Apps::new());
    provide_context(draft::Draft::new());
    // The bundler warms up while the person still types.
    let assets = crate::platform::assets::load();
    provide_context(expected::Expectations::new(assets.clone()));
    let compiler = compiler::Compiler::new(assets.clone());
    provide_context(compiler);
    provide_context(console::Console::new());
    provide_context(faults::Faults::new());
    provide_context(network::Network::new());
    provide_context(timings::Timings::new());
    provide_context(permissions::Permissions::new());
    provide_context(requests::Requests::new());
    provide_context(preview::Preview::new(assets.clone()));
    provide_context(types::Types::new(assets.clone()));
    provide_context(build::Build::new());
    provide_context(project::Project::new());
    provide_context(intake::Intake::new());
    provide_context(chat::Chat::new());
    provide_context(sketches::Sketches::new(assets));
    provide_context(planning::Planning::new());
    provide_context(attached::Attached::new());
    provide_context(problems::Problems::new());
    provide_context(repair::Repair::new());
    kit::follow();
    session::Session::expect().start();
    compiler.restart();
    sketches::Sketches::expect().start();
    planning::Planning::expect().start();
    repair::Repair::expect().start();
    library::Library::expect().start();
    offline::Offline::expect().start();
    sync::Sync::expect().start();
    provider::ProviderState::expect().start();
}

/// A store that lives as long as the page, passed around by value. Stores hold
/// handles of others; by value they would grow to kilobytes.
pub(crate) struct Handle<T: 'static>(&'static T);

impl<T> Handle<T> {
    /// Keeps a store for the rest of the page's life: made once, by [`provide_all`].
    fn keep(store: T) -> Self {
        Self(Box::leak(Box::new(store)))
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}

/// Runs a future that must finish even when the view that began it is gone.
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(future);
}
