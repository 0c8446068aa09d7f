//! The counter example in Yew: the view. What it shows comes from [`counter`].

// To measure what the connection costs there is a counter without one.
#[cfg_attr(not(feature = "socket"), path = "without.rs")]
mod counter;
mod events;
#[cfg(feature = "socket")]
mod use_socket;

use counter::{Counter, use_counter};
use web_sys::HtmlInputElement;
use yew::prelude::*;

fn main() {
    yew::Renderer::<App>::new().render();
}

#[component]
fn App() -> Html {
    let Counter { state, events, answer, echo } = use_counter();
    html! {
        <>
            <h1>{ "Counter example in Yew" }</h1>
            <p>{ "State: " }<strong id="state">{ state }</strong></p>
            <SendBox {answer} onsend={echo} />
            <ul id="events">
                for (at, text) in events.iter().enumerate() {
                    <li key={at}>{ text }</li>
                }
            </ul>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct SendBoxProps {
    answer: AttrValue,
    onsend: Callback<String>,
}

#[component]
fn SendBox(SendBoxProps { answer, onsend }: &SendBoxProps) -> Html {
    let input = use_node_ref();
    let onsubmit = {
        let (input, onsend) = (input.clone(), onsend.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = input.cast::<HtmlInputElement>() {
                onsend.emit(input.value());
            }
        }
    };
    html! {
        <form {onsubmit}>
            <input id="text" aria-label="Message" required=true ref={input} />
            <button>{ "Send" }</button>
            <output id="answer">{ answer }</output>
        </form>
    }
}
