//! What the app may do, with a way to take it back, and what it sent outside.

use leptos::prelude::*;

use super::request_dialog::size_words;
use crate::components::button::Button;
use crate::platform::clock::time_of_day;
use crate::platform::records::Permission;
use crate::state::permissions::{Decision, Outcome, OutsideEntry, Permissions};

/// The panel.
#[component]
pub(super) fn PermissionsPanel() -> impl IntoView {
    let permissions = Permissions::expect();
    let decisions = Memo::new(move |_| permissions.decisions());
    let log = permissions.log();
    view! {
        <div class="dock-panel permissions">
            <section aria-label="Permissions">
                <Show when=move || decisions.with(Vec::is_empty)>
                    <p class="dock-empty">
                        "Nothing is decided yet. You are asked when the app wants to reach a host, open a page, save a file or read your clipboard."
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
            <section aria-label="Requests to the outside">
                <h3 class="dock-heading">"Requests to the outside"</h3>
                <Show when=move || log.with(std::collections::VecDeque::is_empty)>
                    <p class="dock-empty">"The app has sent nothing."</p>
                </Show>
                <Show when=move || !log.with(std::collections::VecDeque::is_empty)>
                    // Scrolled, so reached with the keyboard.
                    <div class="outside-log" tabindex="0" role="region" aria-label="Log of requests">
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col">"Time"</th>
                                    <th scope="col">"Host"</th>
                                    <th scope="col">"Request"</th>
                                    <th scope="col">"Status"</th>
                                    <th scope="col">"Size"</th>
                                </tr>
                            </thead>
                            <tbody>
                                <For
                                    each=move || log.get().into_iter().rev()
                                    key=|entry| entry.id
                                    children=|entry| view! { <EntryView entry=entry/> }
                                />
                            </tbody>
                        </table>
                    </div>
                </Show>
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

#[component]
fn EntryView(entry: OutsideEntry) -> impl IntoView {
    let (status, is_bad) = match &entry.outcome {
        Outcome::Status(status) => (status.to_string(), *status >= 400),
        Outcome::Denied => ("denied".to_owned(), true),
        Outcome::Failed(why) => (why.clone(), true),
    };
    let size = u64::try_from(entry.bytes).unwrap_or(u64::MAX);
    view! {
        <tr>
            <td>{time_of_day(entry.time_ms)}</td>
            <td>{entry.host}</td>
            <td class="outside-path">{format!("{} {}", entry.method, entry.path)}</td>
            <td class:bad=is_bad>{status}</td>
            <td>{size_words(size)}</td>
        </tr>
    }
}
