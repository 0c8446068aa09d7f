//! The counter without a connection: a timer instead of the server, and its own echo.

use gloo_timers::callback::Interval;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::events::Events;

pub struct Counter {
    pub state: &'static str,
    pub events: UseReducerHandle<Events>,
    pub answer: AttrValue,
    pub echo: Callback<String>,
}

#[hook]
pub fn use_counter() -> Counter {
    let events = use_reducer(Events::default);
    let answer = use_state_eq(AttrValue::default);
    let add = events.dispatcher();
    use_effect_with((), move |_| {
        add.dispatch("connect".to_owned());
        let mut counter = 0;
        let tick = move || {
            counter += 1;
            add.dispatch(format!("hello - {counter}"));
        };
        let timer = Interval::new(1_000, tick);
        move || drop(timer)
    });
    let echo = {
        let answer = answer.setter();
        use_callback((), move |text: String, _| {
            let answer = answer.clone();
            spawn_local(async move { answer.set(text.into()) });
        })
    };
    Counter { state: "connected", events, answer: (*answer).clone(), echo }
}
