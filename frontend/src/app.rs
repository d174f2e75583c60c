//! The root view: providers, router, and the layer of toasts.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_navigate;
use leptos_router::path;

use crate::components::toast_view::ToastView;
use crate::pages::keys::KeysDialog;
use crate::pages::{
    home::HomePage,
    not_found::NotFoundPage,
    settings::{HealthPage, SettingsPage},
    studio::{RunPage, StudioPage},
};
use crate::state;
use crate::state::navigator::Navigator;

/// The whole application.
#[component]
pub(crate) fn App() -> impl IntoView {
    state::provide_all();
    view! {
        <Router>
            <NavigatorInstaller/>
            <Routes fallback=|| view! { <NotFoundPage/> }>
                <Route path=path!("/") view=HomePage/>
                <Route path=path!("/settings") view=SettingsPage/>
                <Route path=path!("/settings/health") view=HealthPage/>
                <Route path=path!("/apps/:id") view=StudioPage/>
                <Route path=path!("/apps/:id/run") view=RunPage/>
            </Routes>
        </Router>
        <ToastView/>
        <KeysDialog/>
    }
}

/// Gives commands in `state`, which live outside the router, a way to navigate.
#[component]
fn NavigatorInstaller() -> impl IntoView {
    let navigate = use_navigate();
    Navigator::expect().install(move |path, replace| {
        navigate(
            path,
            leptos_router::NavigateOptions {
                replace,
                ..Default::default()
            },
        );
    });
}
