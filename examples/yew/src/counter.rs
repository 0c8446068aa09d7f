//! What this page has of its server, as a hook.

use std::time::Duration;

use gloo_timers::callback::Interval;
use serde::Serialize;
use socketio_wasm::Socket;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::events::Events;
use crate::use_socket::{use_socket, use_socket_state};

#[derive(Serialize)]
struct Hey {
    counter: u32,
}

pub struct Counter {
    pub state: &'static str,
    pub events: UseReducerHandle<Events>,
    pub answer: AttrValue,
    pub echo: Callback<String>,
}

/// Connects, listens, and says `hey` each second, with a number.
#[hook]
pub fn use_counter() -> Counter {
    // No URL: the page's own server.
    let socket = use_socket("");
    let state = use_socket_state(&socket).as_str();
    let events = use_events(&socket);
    use_effect_with((), {
        let socket = socket.clone();
        move |()| {
            let timer = each_second(socket);
            move || drop(timer)
        }
    });
    let (answer, echo) = use_echo(socket);
    Counter { state, events, answer, echo }
}

/// What has happened so far.
#[hook]
fn use_events(socket: &Socket) -> UseReducerHandle<Events> {
    let events = use_reducer(Events::default);
    use_effect_with((), {
        let (socket, add) = (socket.clone(), events.dispatcher());
        move |()| {
            let add = move |text: String| add.dispatch(text);
            let listeners = [
                socket.on_connect({
                    let add = add.clone();
                    move || add("connect".to_owned())
                }),
                socket.on_disconnect({
                    let add = add.clone();
                    move |reason| add(format!("disconnect - {reason}"))
                }),
                socket.on("hello", move |counter: u32| add(format!("hello - {counter}"))),
            ];
            move || drop(listeners)
        }
    });
    events
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
#[hook]
fn use_echo(socket: Socket) -> (AttrValue, Callback<String>) {
    let answer = use_state_eq(AttrValue::default);
    let echo = use_callback((), {
        let answer = answer.setter();
        move |text: String, ()| {
            let (socket, answer) = (socket.clone(), answer.clone());
            spawn_local(async move {
                let echo =
                    socket.emit_with_ack::<String>("echo", &text).timeout(Duration::from_secs(2));
                answer.set(echo.await.unwrap_or_else(|error| error.to_string()).into());
            });
        }
    });
    ((*answer).clone(), echo)
}
