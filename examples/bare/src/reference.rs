//! The connection by `socket.io-client`, and what a Rust page needs to call it.

use crate::page;
use gloo_timers::callback::Interval;
use js_sys::{JsString, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "socket.io-client")]
extern "C" {
    #[derive(Clone)]
    type Socket;

    fn io() -> Socket;

    #[wasm_bindgen(method)]
    fn on(this: &Socket, event: &str, listener: &JsValue);

    #[wasm_bindgen(method)]
    fn emit(this: &Socket, event: &str, data: &JsValue);

    #[wasm_bindgen(method, js_name = emit)]
    fn emit_with_ack(this: &Socket, event: &str, data: &JsValue, answer: &JsValue);

    #[wasm_bindgen(method, getter)]
    fn active(this: &Socket) -> bool;
}

pub struct Connection {
    socket: Socket,
}

impl Connection {
    /// Sends a text, and shows what the server answers.
    pub fn echo(&self, text: &JsString) {
        let on_answer = listener(|answer| page::show_answer(&answer.into()));
        self.socket.emit_with_ack("echo", text, &on_answer);
    }
}

pub fn connect() -> Connection {
    page::show_state("connecting");
    let socket = io();
    let on_connect = listener(|_| {
        page::show_state("connected");
        page::add_event(&"connect".into());
    });
    socket.on("connect", &on_connect);
    socket.on("disconnect", &on_disconnect(socket.clone()));
    let on_hello = listener(|counter| page::add_event(&text("hello - ", counter)));
    socket.on("hello", &on_hello);
    count(socket.clone());
    Connection { socket }
}

fn on_disconnect(socket: Socket) -> JsValue {
    listener(move |reason| {
        page::show_state(if socket.active() { "reconnecting" } else { "disconnected" });
        page::add_event(&text("disconnect - ", reason));
    })
}

/// Each second: `hey {counter: 1}`, `hey {counter: 2}`, ..
fn count(socket: Socket) {
    let mut counter = 0;
    let tick = move || {
        counter += 1;
        let hey = Object::new();
        Reflect::set(&hey, &"counter".into(), &counter.into()).unwrap_throw();
        socket.emit("hey", &hey);
    };
    Interval::new(1_000, tick).forget();
}

fn listener(call: impl Fn(JsValue) + 'static) -> JsValue {
    Closure::<dyn Fn(JsValue)>::new(call).into_js_value()
}

fn text(before: &str, value: JsValue) -> JsString {
    JsString::from(before).concat(&value)
}
