//! What this page has of its server, as signals and an action.

pub use crate::socket::use_socket_state as use_state;

use std::time::Duration;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use serde::Serialize;

use crate::socket::{keep, provide_socket, use_socket};

#[derive(Serialize)]
struct Hey {
    counter: u32,
}

/// Connects, and says `hey` each second, with a number. For this component and all below it.
pub fn connect() {
    // No URL: the page's own server.
    let socket = provide_socket("");
    let mut counter = 0;
    let tick = move || {
        counter += 1;
        // While there is no connection it waits, and is sent after the next connect.
        socket.emit("hey", &Hey { counter }).expect("an event that can be sent");
    };
    keep(Interval::new(1_000, tick));
}

/// What has happened so far.
pub fn use_events() -> ReadSignal<Vec<String>> {
    let socket = use_socket();
    let (events, set_events) = signal(Vec::new());
    let add = move |text| set_events.update(|events: &mut Vec<String>| events.push(text));
    keep(socket.on_connect(move || add("connect".to_owned())));
    keep(socket.on_disconnect(move |reason| add(format!("disconnect - {reason}"))));
    keep(socket.on("hello", move |counter: u32| add(format!("hello - {counter}"))));
    events
}

/// Sends a text; its value is what the server answers.
pub fn use_echo() -> Action<String, String> {
    let socket = use_socket();
    Action::new_unsync(move |text: &String| {
        let answer = socket.emit_with_ack::<String>("echo", text).timeout(Duration::from_secs(2));
        async move { answer.await.unwrap_or_else(|error| error.to_string()) }
    })
}
