//! What the app may do, with a way to take it back.

use leptos::prelude::*;

use crate::components::button::Button;
use crate::platform::records::Permission;
use crate::state::permissions::{Decision, Permissions};

/// The panel.
#[component]
pub(super) fn PermissionsPanel() -> impl IntoView {
    let permissions = Permissions::expect();
    let decisions = Memo::new(move |_| permissions.decisions());
    view! {
        <div class="dock-panel permissions">
            <section aria-label="Permissions">
                <Show when=move || decisions.with(Vec::is_empty)>
                    <p class="dock-empty">
                        "Nothing is decided yet. You are asked when the app wants to reach a host, show its pictures, open a page, save a file or read your clipboard."
                    </p>
                </Show>
                <ul class="permission-list">
                    <For
                        each=move || decisions.get()
                        key=|decision| (decision.permission.clone(), decision.is_allowed, decision.is_kept)
                        children=move |decision| view! { <DecisionView decision=decision/> }
                    />
                </ul>
            </section>
        </div>
    }
}

#[component]
fn DecisionView(decision: Decision) -> impl IntoView {
    let permissions = Permissions::expect();
    let Decision {
        permission,
        is_allowed,
        is_kept,
    } = decision;
    let what = match &permission {
        Permission::Host { host } => format!("Reach {host}"),
        Permission::Pictures { host } => format!("Show pictures of {host}"),
        Permission::Link { host } => format!("Open pages of {host}"),
        Permission::Download => "Save files".to_owned(),
        Permission::ClipboardRead => "Read the clipboard".to_owned(),
    };
    let state = match (is_allowed, is_kept) {
        (true, true) => "Always allowed",
        (true, false) => "Allowed until the app starts anew",
        (false, _) => "Denied until the app starts anew",
    };
    let action = if is_allowed { "Revoke" } else { "Ask again" };
    view! {
        <li class="permission">
            <span class="permission-what">{what.clone()}</span>
            <span class="permission-state" class:denied=!is_allowed>{state}</span>
            <Button small=true on_press=Callback::new(move |()| permissions.revoke(&permission))>
                {action}
                <span class="visually-hidden">{format!(": {what}")}</span>
            </Button>
        </li>
    }
}
