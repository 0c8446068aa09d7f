//! No connection: a timer instead of the server, and its own echo.

use crate::page;
use gloo_timers::callback::Interval;
use js_sys::JsString;

pub struct Connection;

impl Connection {
    pub fn echo(&self, text: &JsString) {
        page::show_answer(text);
    }
}

pub fn connect() -> Connection {
    page::show_state("connected");
    page::add_event(&"connect".into());
    let mut counter = 0;
    let tick = move || {
        counter += 1;
        page::add_event(&JsString::from("hello - ").concat(&counter.into()));
    };
    Interval::new(1_000, tick).forget();
    Connection
}
