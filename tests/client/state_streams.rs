//! States as a stream: what a page's signal is made of.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::StreamExt;
use socketio_wasm::State;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::page::{Page, until};
use super::stand_in::{HANDSHAKE, StandIn};
use super::streams::ask_once;
use super::user::User;

#[test]
async fn stream_begins_with_the_state_there_is_and_has_each_change() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::new(&page, over(kind));
        let mut states = user.socket.states();
        assert_eq!(states.next().await, Some(State::Disconnected));
        assert!(ask_once(states.next()).is_pending());
        user.connect().await;
        assert_eq!(states.next().await, Some(State::Connecting));
        assert_eq!(states.next().await, Some(State::Connected));
        user.emit("drop", "[]");
        assert_eq!(states.next().await, Some(State::Reconnecting));
        assert_eq!(states.next().await, Some(State::Connected));
        // One that is made now has nothing of what was.
        let mut late = user.socket.states();
        assert_eq!(late.next().await, Some(State::Connected));
        user.socket.disconnect();
        for mut states in [states, late] {
            assert_eq!(states.next().await, Some(State::Disconnected), "{kind:?}");
            assert!(ask_once(states.next()).is_pending());
        }
    }
}

#[test]
async fn stream_ends_with_the_last_handle() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let seen = Rc::new(RefCell::new(Vec::new()));
    let (mut states, list) = (user.socket.states(), Rc::clone(&seen));
    spawn_local(async move {
        while let Some(state) = states.next().await {
            list.borrow_mut().push(state.to_string());
        }
        list.borrow_mut().push("end".into());
    });
    user.emit("kick", "[]");
    user.next("state: disconnected").await;
    drop(user);
    until("the stream has ended", || seen.borrow().last().is_some_and(|it| it == "end")).await;
    assert_eq!(seen.take(), ["connected", "disconnected", "end"]);
}

#[test]
async fn stream_is_one_like_any_other() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let states = user.socket.states();
    user.connect().await;
    let states: Vec<State> = states.take(3).collect().await;
    assert_eq!(states, [State::Disconnected, State::Connecting, State::Connected]);
}

/// A component that comes up inside a listener shows each state once.
#[test]
async fn stream_that_is_made_inside_a_listener_has_no_state_twice() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let slot = Rc::new(RefCell::new(Vec::new()));
    let make = || {
        let (weak, slot) = (user.socket.downgrade(), Rc::clone(&slot));
        move || slot.borrow_mut().push(weak.upgrade().unwrap().states())
    };
    let (connect, disconnect, state) = (make(), make(), make());
    let listeners = [
        user.socket.on_connect(connect),
        user.socket.on_disconnect(move |_| disconnect()),
        user.socket.on_state(move |_| state()),
    ];
    user.connect().await;
    user.socket.disconnect();
    drop(listeners);
    let streams = slot.take();
    assert_eq!(streams.len(), 5);
    drop(user);
    for states in streams {
        let states: Vec<State> = states.collect().await;
        assert!(states.windows(2).all(|pair| pair[0] != pair[1]), "{states:?}");
        assert_eq!(states.last(), Some(&State::Disconnected));
    }
}

/// The server may send events before it grants the namespace: they come when it is connected.
#[test]
async fn stream_that_is_made_before_a_change_is_told_has_it_once() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    let slot = Rc::new(RefCell::new(None));
    let (kept, weak) = (Rc::clone(&slot), user.socket.downgrade());
    let _listener = user.socket.on_raw("a", move |_| {
        kept.replace(Some(weak.upgrade().unwrap().states()));
    });
    user.socket.connect();
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive(r#"42["a"]"#);
    sockets.receive(r#"40{"sid":"x"}"#);
    user.socket.disconnect();
    let states: Vec<State> = slot.take().unwrap().take(2).collect().await;
    assert_eq!(states, [State::Connected, State::Disconnected]);
}
