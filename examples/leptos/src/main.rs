//! The counter example in Leptos: the view. What it shows comes from [`counter`].

// To measure what the connection costs there is a counter without one.
#[cfg_attr(not(feature = "socket"), path = "without.rs")]
mod counter;
#[cfg(feature = "socket")]
mod socket;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

fn main() {
    leptos::mount::mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    counter::connect();
    view! {
        <h1>"Counter example in Leptos"</h1>
        <StateLine/>
        <SendBox/>
        <Events/>
    }
}

#[component]
fn StateLine() -> impl IntoView {
    let state = counter::use_state();
    view! { <p>"State: " <strong id="state">{move || state.get().as_str()}</strong></p> }
}

#[component]
fn SendBox() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let echo = counter::use_echo();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        echo.dispatch(text.get_untracked());
    };
    view! {
        <form on:submit=send>
            <input id="text" aria-label="Message" required=true bind:value=text/>
            <button>"Send"</button>
            <output id="answer">{move || echo.value().get()}</output>
        </form>
    }
}

#[component]
fn Events() -> impl IntoView {
    let events = counter::use_events();
    view! {
        <ul id="events">
            <For each=move || events.get().into_iter().enumerate() key=|(at, _)| *at let((_, text))>
                <li>{text}</li>
            </For>
        </ul>
    }
}
