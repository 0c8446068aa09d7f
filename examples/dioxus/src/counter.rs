//! What this page has of its server, as signals. State and numbers come as streams.

use std::rc::Rc;
use std::time::Duration;

use dioxus::prelude::*;
use gloo_timers::callback::Interval;
use serde::Serialize;
use socketio_wasm::{Client, Socket};

#[derive(Serialize)]
struct Hey {
    counter: u32,
}

pub struct Counter {
    pub state: Signal<&'static str>,
    pub events: Signal<Vec<String>>,
    pub answer: Signal<String>,
    pub echo: Callback<String>,
}

/// Connects, listens, and says `hey` each second, with a number.
pub fn use_counter() -> Counter {
    // No URL: the page's own server.
    let socket = use_hook(|| Client::builder("").connect().expect("a valid URL"));
    let (answer, echo) = use_echo(socket.clone());
    use_hook(|| Rc::new(each_second(socket.clone())));
    Counter { state: use_socket_state(socket.clone()), events: use_events(socket), answer, echo }
}

/// The state of a socket, and each change of it.
fn use_socket_state(socket: Socket) -> Signal<&'static str> {
    let mut state = use_signal(|| socket.state().as_str());
    use_future(move || {
        let mut states = socket.states();
        async move {
            while let Some(now) = states.next().await {
                state.set(now.as_str());
            }
        }
    });
    state
}

/// What has happened so far.
fn use_events(socket: Socket) -> Signal<Vec<String>> {
    let events = use_signal(Vec::new);
    use_hook(|| {
        Rc::new((
            socket.on_connect(move || add(events, "connect".to_owned())),
            socket.on_disconnect(move |reason| add(events, format!("disconnect - {reason}"))),
        ))
    });
    use_future(move || {
        let mut hello = socket.events::<u32>("hello");
        async move {
            while let Some(counter) = hello.next().await {
                add(events, format!("hello - {counter}"));
            }
        }
    });
    events
}

fn add(mut events: Signal<Vec<String>>, text: String) {
    events.write().push(text);
}

fn each_second(socket: Socket) -> Interval {
    let mut counter = 0;
    Interval::new(1_000, move || {
        counter += 1;
        // While there is no connection it waits, and is sent after the next connect.
        socket.emit("hey", &Hey { counter }).expect("an event that can be sent");
    })
}

/// What the server answered, and what sends it a text.
fn use_echo(socket: Socket) -> (Signal<String>, Callback<String>) {
    let mut answer = use_signal(String::new);
    let echo = use_callback(move |text: String| {
        let echo = socket.emit_with_ack::<String>("echo", &text).timeout(Duration::from_secs(2));
        spawn(async move { answer.set(echo.await.unwrap_or_else(|error| error.to_string())) });
    });
    (answer, echo)
}
