//! The connection to the page's own server, with Rust's types.

use crate::page;
use gloo_timers::callback::Interval;
use js_sys::{Array, JsString};
use serde::Serialize;
use socketio_wasm::{Client, DisconnectReason, Socket};
use wasm_bindgen::prelude::*;

#[derive(Serialize)]
struct Hey {
    counter: u32,
}

pub struct Connection {
    socket: Socket,
}

impl Connection {
    /// Sends a text, and shows what the server answers.
    pub fn echo(&self, text: &JsString) {
        let answer = self.socket.emit_with_ack_raw("echo", &Array::of1(text));
        answer.callback(|answer| match answer {
            Ok(args) => page::show_answer(&args.get(0).into()),
            Err(_) => page::show_answer(&"no answer".into()),
        });
    }
}

pub fn connect() -> Connection {
    let socket = Client::builder("").build().unwrap_throw();
    socket.on_state(|state| page::show_state(state.as_str())).forget();
    socket.on_connect(|| page::add_event(&"connect".into())).forget();
    let on_disconnect =
        |reason: DisconnectReason| page::add_event(&text("disconnect - ", reason.as_str().into()));
    socket.on_disconnect(on_disconnect).forget();
    socket.on("hello", |counter: u32| page::add_event(&text("hello - ", counter.into()))).forget();
    socket.connect();
    count(socket.clone());
    Connection { socket }
}

/// Each second: `hey {counter: 1}`, `hey {counter: 2}`, ..
fn count(socket: Socket) {
    let mut counter = 0;
    let tick = move || {
        counter += 1;
        socket.emit("hey", &Hey { counter }).unwrap_throw();
    };
    Interval::new(1_000, tick).forget();
}

fn text(before: &str, value: JsValue) -> JsString {
    JsString::from(before).concat(&value)
}
