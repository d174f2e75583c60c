//! What the app asks the person, drawn by the studio above the app.
//!
//! It covers the app alone: an app that asks without end can still be stopped.

use leptos::html;
use leptos::prelude::*;
use protocol::limits::CONSENT_DEAD_MS;

use crate::components::button::{Button, ButtonVariant};
use crate::platform::clock::sleep_ms;
use crate::platform::dom;
use crate::state::requests::{Asked, Question, Reply, Requests};

/// The dialog that is shown, if any.
#[component]
pub(super) fn RequestDialog() -> impl IntoView {
    let shown = Requests::expect().shown();
    move || shown.get().map(|asked| view! { <DialogView asked=asked/> })
}

/// Heading, what exactly is asked, and what yes and its lasting form are called.
struct Words {
    title: String,
    detail: String,
    /// What a person should read letter by letter.
    exact: Option<String>,
    no: Option<&'static str>,
    yes: &'static str,
    always: Option<&'static str>,
}

#[component]
fn DialogView(asked: Asked) -> impl IntoView {
    let requests = Requests::expect();
    let Asked { id, question } = asked;
    let words = words(&question);
    let initial = match &question {
        Question::Prompt { initial, .. } => Some(initial.clone()),
        _ => None,
    };
    let is_prompt = initial.is_some();
    let text = RwSignal::new(initial.unwrap_or_default());
    let is_dead = RwSignal::new(true);
    leptos::task::spawn_local(async move {
        sleep_ms(CONSENT_DEAD_MS).await;
        // The dialog may be gone.
        let _ = is_dead.try_set(false);
    });
    let reply = move |reply: Reply| {
        if !is_dead.get_untracked() {
            requests.reply(id, &reply);
        }
    };
    let yes = move || {
        reply(if is_prompt {
            Reply::Text(text.get_untracked())
        } else {
            Reply::Yes
        });
    };
    let node_ref = NodeRef::<html::Div>::new();
    let took_focus = StoredValue::new(false);
    on_cleanup(move || {
        // The dialog is gone by then, or another one has the focus.
        let took = took_focus.try_get_value() == Some(true);
        request_animation_frame(move || {
            if took && dom::is_focus_in_frame() {
                dom::focus_frame();
            }
        });
    });
    Effect::new(move |_| {
        // Who types elsewhere in the studio goes on typing.
        if let Some(dialog) = node_ref.get()
            && dom::is_focus_in_frame()
        {
            let field = dialog.query_selector("input").ok().flatten();
            let target = field.and_then(|field| wasm_bindgen::JsCast::dyn_into(field).ok());
            let target: web_sys::HtmlElement = target.unwrap_or_else(|| dialog.clone().into());
            // A browser that refuses leaves the focus where it is.
            let _ = target.focus();
            took_focus.set_value(true);
        }
    });
    view! {
        <div class="request-layer">
            <div
                class="request-dialog"
                role="dialog"
                aria-labelledby="request-title"
                aria-describedby="request-detail"
                tabindex="-1"
                node_ref=node_ref
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        event.stop_propagation();
                        reply(Reply::No);
                    }
                }
            >
                <h2 id="request-title">{words.title}</h2>
                <p id="request-detail" class="request-detail">{words.detail}</p>
                {words.exact.map(|exact| view! { <p class="request-exact">{exact}</p> })}
                <form
                    on:submit=move |event| {
                        event.prevent_default();
                        yes();
                    }
                >
                    {is_prompt.then(|| view! {
                        <input
                            class="input"
                            type="text"
                            aria-labelledby="request-detail"
                            autocomplete="off"
                            prop:value=move || text.get()
                            on:input:target=move |event| text.set(event.target().value())
                        />
                    })}
                    <div class="request-actions">
                        {words.no.map(|no| view! {
                            <Button
                                disabled=is_dead
                                on_press=Callback::new(move |()| reply(Reply::No))
                            >
                                {no}
                            </Button>
                        })}
                        {words.always.map(|always| view! {
                            <Button
                                disabled=is_dead
                                on_press=Callback::new(move |()| reply(Reply::Always))
                            >
                                {always}
                            </Button>
                        })}
                        <Button variant=ButtonVariant::Primary submit=true disabled=is_dead>
                            {words.yes}
                        </Button>
                    </div>
                </form>
            </div>
        </div>
    }
}

fn words(question: &Question) -> Words {
    let consent = |title: String, detail: &str, exact: Option<String>| Words {
        title,
        detail: detail.to_owned(),
        exact,
        no: Some("Don't allow"),
        yes: "Allow this time",
        always: Some("Always allow"),
    };
    let said = |text: &str| Words {
        title: "The app says".to_owned(),
        detail: text.to_owned(),
        exact: None,
        no: None,
        yes: "OK",
        always: None,
    };
    match question {
        Question::Host { host, url } => consent(
            format!("Let the app reach {host}?"),
            "It can send there what you enter into it, and shows what comes back. Your passwords and cookies aren't sent.",
            Some(url.clone()),
        ),
        Question::Pictures { host, url } => consent(
            format!("Show pictures from {host}?"),
            "It learns which pictures the app asks for. Your passwords and cookies aren't sent.",
            Some(url.clone()),
        ),
        Question::Link { host, url } => Words {
            no: Some("Don't open"),
            yes: "Open",
            always: Some("Always open"),
            ..consent(
                format!("Open a page of {host}?"),
                "The app wants to open this address in a new tab.",
                Some(url.clone()),
            )
        },
        Question::Download { name, size } => Words {
            no: Some("Don't save"),
            yes: "Save",
            always: Some("Always save"),
            ..consent(
                "Save a file of the app?".to_owned(),
                "Open it only if you know what is in it.",
                Some(format!("{name} ({})", size_words(*size))),
            )
        },
        Question::Print => Words {
            no: Some("Don't print"),
            yes: "Print",
            always: None,
            ..consent(
                "Print what the app shows?".to_owned(),
                "The browser asks for the printer next.",
                None,
            )
        },
        Question::ClipboardRead => consent(
            "Let the app read your clipboard?".to_owned(),
            "It gets the text that you copied last, wherever that was.",
            None,
        ),
        Question::ClipboardWrite { text } => Words {
            no: Some("Don't copy"),
            yes: "Copy",
            always: None,
            ..consent(
                "Copy a text of the app?".to_owned(),
                "It takes the place of what is in your clipboard now.",
                Some(text.chars().take(400).collect()),
            )
        },
        Question::Alert { text } => said(text),
        Question::Confirm { text } => Words {
            title: "The app asks".to_owned(),
            no: Some("Cancel"),
            ..said(text)
        },
        Question::Prompt { text, .. } => Words {
            title: "The app asks. Never enter a password.".to_owned(),
            no: Some("Cancel"),
            ..said(text)
        },
    }
}

/// Bytes in the unit that people read.
pub(super) fn size_words(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "sizes lie far below 2^52")]
    let amount = bytes as f64;
    if bytes < 1024 {
        format!("{bytes} bytes")
    } else if bytes < 1024 * 1024 {
        format!("{:.1} KB", amount / 1024.0)
    } else {
        format!("{:.1} MB", amount / 1024.0 / 1024.0)
    }
}
