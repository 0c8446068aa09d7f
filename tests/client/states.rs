//! The state that a page shows.

use std::cell::RefCell;
use std::rc::Rc;

use socketio_wasm::State;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::page::{Page, call, until};
use super::stand_in::StandIn;
use super::user::User;

fn states(user: &User) -> Vec<String> {
    let all = user.seen().into_iter();
    all.filter_map(|what| what.strip_prefix("state: ").map(str::to_owned)).collect()
}

#[test]
async fn each_change_is_told_once() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        user.emit("drop", "[]");
        user.next("connect").await;
        user.emit("kick", "[]");
        user.next("state: disconnected").await;
        user.connect().await;
        user.socket.disconnect();
        let expected = [
            "connecting",
            "connected",
            "reconnecting",
            "connected",
            "disconnected",
            "connecting",
            "connected",
            "disconnected",
        ];
        assert_eq!(states(&user), expected, "{kind:?}");
    }
}

#[test]
async fn listener_is_told_the_state_that_the_socket_has() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let pairs = Rc::new(RefCell::new(Vec::new()));
    let (seen, weak) = (Rc::clone(&pairs), user.socket.downgrade());
    let _listener = user.socket.on_state(move |state| {
        seen.borrow_mut().push((state, weak.upgrade().unwrap().state()));
    });
    user.connect().await;
    user.emit("drop", "[]");
    user.next("connect").await;
    user.socket.disconnect();
    let pairs = pairs.borrow();
    assert_eq!(pairs.len(), 5);
    assert!(pairs.iter().all(|(told, is)| told == is), "{pairs:?}");
}

/// Leaving inside the change to a state: the last that is told is the last there is.
#[test]
async fn listener_may_change_the_state_inside_a_change() {
    let page = Page::new().await;
    for inside in [State::Connecting, State::Connected, State::Reconnecting] {
        let user = User::new(&page, at(""));
        let weak = user.socket.downgrade();
        let leaving = user.socket.on_state(move |state| {
            if state == inside {
                weak.upgrade().unwrap().disconnect();
            }
        });
        user.socket.connect();
        if inside == State::Reconnecting {
            user.next("connect").await;
            user.emit("drop", "[]");
        }
        until("it has left", || user.socket.state() == State::Disconnected).await;
        drop(leaving);
        let last = states(&user).pop();
        assert_eq!(last.as_deref(), Some("disconnected"), "{inside}: {:?}", user.seen());
        user.connect().await;
    }
}

/// One of them makes the connection that both have lost.
#[test]
async fn namespace_hears_that_another_one_connects_again() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let main = User::new(&page, at("").reconnection(false));
    main.socket.connect();
    sockets.connect();
    let admin = User::of(&page, main.socket.client().socket("/admin"));
    admin.socket.connect();
    sockets.receive(r#"40/admin,{"sid":"y"}"#);
    call("socket => socket.onclose(new CloseEvent('close'))", &[&sockets.last()]);
    admin.next("state: disconnected").await;
    main.socket.connect();
    assert_eq!(states(&admin).pop(), Some(admin.socket.state().to_string()));
}

/// Nothing ends that anybody else would tell of: the connection serves another namespace.
#[test]
async fn leaving_before_the_namespace_is_granted_is_told_at_once() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let main = User::new(&page, at(""));
    main.socket.connect();
    sockets.connect();
    let admin = User::of(&page, main.socket.client().socket("/admin"));
    admin.socket.connect();
    admin.socket.disconnect();
    assert_eq!(admin.seen(), ["state: connecting", "state: disconnected"]);
}

/// Whoever hears of a connection takes it for one that is there.
#[test]
async fn connection_that_is_left_inside_the_change_to_it_is_not_told() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let weak = user.socket.downgrade();
    let _leaving = user.socket.on_state(move |state| {
        if state == State::Connected {
            weak.upgrade().unwrap().disconnect();
        }
    });
    user.socket.connect();
    user.next("state: disconnected").await;
    let end = "disconnect: io client disconnect";
    let expected = ["state: connecting", "state: connected", end, "state: disconnected"];
    assert_eq!(user.seen(), expected);
}

#[test]
async fn listener_may_leave_and_come_back_inside_any_change() {
    let page = Page::new().await;
    for end in ["drop", "kick"] {
        let user = User::connected(&page, at("")).await;
        let weak = user.socket.downgrade();
        let listener = user.socket.on_disconnect(move |_| {
            let socket = weak.upgrade().unwrap();
            socket.disconnect();
            socket.connect();
        });
        user.emit(end, "[]");
        user.next("connect").await;
        drop(listener);
        user.settle().await;
        assert!(user.socket.is_connected());
        assert_eq!(states(&user).pop().as_deref(), Some("connected"), "{end}");
    }
}

#[test]
async fn states_that_are_told_never_repeat() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    for _ in 0..5 {
        user.emit("drop", "[]");
        user.next("connect").await;
    }
    user.socket.disconnect();
    user.socket.disconnect();
    let told = states(&user);
    assert!(told.windows(2).all(|pair| pair[0] != pair[1]), "{told:?}");
    assert_eq!(told.len(), 13);
}

/// Whoever hears of a change last has to hear the last one: it is what a page shows.
#[test]
async fn listener_behind_one_that_leaves_is_told_the_state_there_is() {
    let page = Page::new().await;
    for inside in [State::Connecting, State::Connected, State::Reconnecting] {
        let user = User::new(&page, at(""));
        let weak = user.socket.downgrade();
        let told = Rc::new(RefCell::new(Vec::new()));
        let list = Rc::clone(&told);
        let _listeners = [
            user.socket.on_state(move |state| {
                if state == inside {
                    weak.upgrade().unwrap().disconnect();
                }
            }),
            user.socket.on_state(move |state| list.borrow_mut().push(state)),
        ];
        user.socket.connect();
        if inside == State::Reconnecting {
            user.next("connect").await;
            user.emit("drop", "[]");
        }
        until("it has left", || user.socket.state() == State::Disconnected).await;
        assert_eq!(told.borrow().last(), Some(&State::Disconnected), "{inside}: {told:?}");
        assert!(told.borrow().windows(2).all(|pair| pair[0] != pair[1]), "{inside}: {told:?}");
    }
}
