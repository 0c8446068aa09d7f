//! The counter without a connection: a timer instead of the server, and its own echo.

use dioxus::prelude::*;
use gloo_timers::callback::Interval;
use std::rc::Rc;

pub struct Counter {
    pub state: &'static str,
    pub events: Signal<Vec<String>>,
    pub answer: Signal<String>,
    pub echo: Callback<String>,
}

pub fn use_counter() -> Counter {
    let mut events = use_signal(|| vec!["connect".to_owned()]);
    let mut answer = use_signal(String::new);
    use_hook(|| {
        let mut counter = 0;
        let tick = move || {
            counter += 1;
            events.write().push(format!("hello - {counter}"));
        };
        Rc::new(Interval::new(1_000, tick))
    });
    let echo = use_callback(move |text: String| {
        spawn(async move { answer.set(text) });
    });
    Counter { state: "connected", events, answer, echo }
}
