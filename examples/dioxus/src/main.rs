//! The counter example in Dioxus: the view. What it shows comes from [`counter`].

// To measure what the connection costs there is a counter without one.
#[cfg_attr(not(feature = "socket"), path = "without.rs")]
mod counter;

use counter::{Counter, use_counter};
use dioxus::prelude::*;

fn main() {
    dioxus::launch(App);
}

#[component]
fn App() -> Element {
    let Counter { state, events, answer, echo } = use_counter();
    rsx! {
        h1 { "Counter example in Dioxus" }
        p { "State: " strong { id: "state", "{state}" } }
        SendBox { answer, onsend: echo }
        ul { id: "events",
            for (at, text) in events.read().iter().enumerate() {
                li { key: "{at}", "{text}" }
            }
        }
    }
}

#[component]
fn SendBox(answer: ReadSignal<String>, onsend: Callback<String>) -> Element {
    let mut text = use_signal(String::new);
    let onsubmit = move |event: FormEvent| {
        event.prevent_default();
        onsend(text());
    };
    rsx! {
        form { onsubmit,
            input {
                id: "text",
                aria_label: "Message",
                required: true,
                oninput: move |event| text.set(event.value()),
            }
            button { "Send" }
            output { id: "answer", "{answer}" }
        }
    }
}
