//! The counter without a connection: a timer instead of the server, and its own echo.

use gloo_timers::callback::Interval;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct State;

impl State {
    pub fn as_str(self) -> &'static str {
        "connected"
    }
}

pub fn connect() {}

pub fn use_state() -> ReadSignal<State> {
    signal(State).0
}

pub fn use_events() -> ReadSignal<Vec<String>> {
    let (events, set_events) = signal(vec!["connect".to_owned()]);
    let add = move |text| set_events.update(|events| events.push(text));
    let mut counter = 0;
    let tick = move || {
        counter += 1;
        add(format!("hello - {counter}"));
    };
    StoredValue::new_local(Interval::new(1_000, tick));
    events
}

pub fn use_echo() -> Action<String, String> {
    Action::new_unsync(|text: &String| {
        let text = text.clone();
        async move { text }
    })
}
