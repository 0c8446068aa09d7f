//! The last handle is dropped: whenever that is, the connection is gone and nothing is heard of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use socketio_wasm::{Listener, Socket};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, ms, over};
use super::page::{Page, call, get, js, tick, until};
use super::stand_in::{HANDSHAKE, StandIn};
use super::user::{User, Watcher, name, nothing, show};

#[test]
async fn websocket_is_closed_wherever_it_was() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let steps: [&dyn Fn(&StandIn); 4] =
        [&|_| {}, &|sockets| sockets.open(), &|sockets| sockets.receive(HANDSHAKE), &|sockets| {
            sockets.receive(r#"40{"sid":"x"}"#)
        }];
    for count in 1..=steps.len() {
        let socket = at("").connect().unwrap();
        let told = Rc::new(Cell::new(0));
        let more = Rc::clone(&told);
        socket.on_any(move |_| more.set(more.get() + 1)).forget();
        steps.iter().take(count).for_each(|step| step(&sockets));
        drop(socket);
        let last = sockets.last();
        until("the socket is closed", || get(&last, "readyState") == 3).await;
        // What comes late is heard by nobody, and is no error.
        sockets.open();
        sockets.receive(r#"42["a"]"#);
        assert_eq!(told.get(), 0);
        assert_eq!(Rc::strong_count(&told), 1, "after {count} steps");
    }
    assert_eq!(sockets.count(), 4);
}

#[test]
async fn socket_that_never_connected_is_gone_at_once() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let socket = at("").build().unwrap();
    let had = Rc::new(());
    let (of_listener, of_auth) = (Rc::clone(&had), Rc::clone(&had));
    socket.on_raw("a", move |_| drop(Rc::clone(&of_listener))).forget();
    socket.set_auth_with(move |_| drop(Rc::clone(&of_auth)));
    socket.emit_raw("a", &nothing()).unwrap();
    assert_eq!(Rc::strong_count(&had), 3);
    drop(socket);
    assert_eq!(Rc::strong_count(&had), 1);
    assert_eq!(sockets.count(), 0);
}

#[test]
async fn session_ends_with_the_last_handle_and_not_before() {
    let page = Page::new().await;
    let watcher = Watcher::new(&page).await;
    for kind in EACH {
        let tag = name();
        let socket = over(kind).query("page", &tag).build().unwrap();
        let connected = Rc::new(Cell::new(false));
        let is_connected = Rc::clone(&connected);
        let guard = socket.on_connect(move || is_connected.set(true));
        socket.connect();
        until("it is connected", || connected.get()).await;
        let clone = socket.clone();
        drop(socket);
        watcher.sessions(&tag, 1).await;
        assert!(clone.is_connected());
        // Neither the connection's handle nor a guard nor a weak handle keeps it.
        let (client, weak) = (clone.client(), clone.downgrade());
        drop(clone);
        assert!(weak.upgrade().is_none());
        watcher.sessions(&tag, 0).await;
        drop((client, guard));
    }
}

#[test]
async fn namespace_is_left_with_its_last_handle_and_the_connection_stays_for_the_others() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let main = User::new(&page, at(""));
    main.socket.connect();
    sockets.connect();
    let admin = main.socket.client().socket("/admin");
    admin.connect();
    sockets.receive(r#"40/admin,{"sid":"y"}"#);
    drop(admin);
    let sent = get(&sockets.last(), "sent");
    until("it has said goodbye", || Array::from(&sent).includes(&"41/admin,".into(), 0)).await;
    sockets.receive(r#"42/admin,["a"]"#);
    assert!(main.socket.is_connected());
    assert_eq!(get(&sockets.last(), "readyState"), 1);
    // It may come back by its name.
    let admin = main.socket.client().socket("/admin");
    assert!(!admin.is_connected());
    let heard = Rc::new(Cell::new(0));
    let more = Rc::clone(&heard);
    admin.on_raw("a", move |_| more.set(more.get() + 1)).forget();
    admin.connect();
    let asks_again = || Array::from(&sent).last_index_of(&"40/admin,".into(), i32::MAX) > 1;
    until("it asks to be let in again", asks_again).await;
    sockets.receive(r#"40/admin,{"sid":"z"}"#);
    sockets.receive(r#"42/admin,["a"]"#);
    assert_eq!(admin.id().as_deref(), Some("z"));
    assert_eq!(heard.get(), 1);
}

#[test]
async fn client_alone_can_begin_anew() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let client = user.socket.client();
    drop(user);
    until("the connection has ended", || client.transport().is_none()).await;
    let user = User::of(&page, client.socket("/"));
    user.connect().await;
    user.settle().await;
}

#[test]
async fn nothing_is_tried_again() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for is_listening in [false, true] {
        let count = sockets.count();
        let user = User::new(&page, at("").reconnection_delay(ms(10)));
        user.socket.connect();
        call(FAIL, &[&sockets.last()]);
        user.next("connect_error: transport").await;
        if is_listening {
            user.socket.on_connect(|| ()).forget();
        }
        drop(user);
        // Longer than the wait for the next attempt.
        tick(40).await;
        assert_eq!(sockets.count(), count + 1);
    }
}

#[test]
async fn nothing_is_made_again_after_the_connection_was_lost() {
    let page = Page::new().await;
    let sockets = StandIn::recording(&page, "WebSocket");
    let user = User::connected(&page, at("").reconnection_delay(ms(10))).await;
    user.emit("drop", "[]");
    user.next("state: reconnecting").await;
    drop(user);
    tick(40).await;
    assert_eq!(sockets.count(), 1);
}

/// What the browser's object says when it could not connect, and when it was connected and is not.
const FAIL: &str = "socket => socket.onerror(new Event('error'))";
const BREAK: &str = "socket => socket.onclose?.(new CloseEvent('close'))";

/// The moments at which a listener lets go of the last handle there is.
const MOMENTS: [&str; 8] = [
    "connecting",
    "connected",
    "connect",
    "any",
    "event",
    "disconnect",
    "reconnecting",
    "connect_error",
];

/// Listens so that the last handle goes at this moment, inside the call.
fn drop_at(moment: &'static str, socket: &Socket, slot: &Rc<RefCell<Option<Socket>>>) -> Listener {
    let slot = Rc::clone(slot);
    let let_go = move |seen: &str| {
        if seen == moment {
            slot.take();
        }
    };
    match moment {
        "connect" => socket.on_connect(move || let_go("connect")),
        "any" => socket.on_any(move |_| let_go("any")),
        "event" => socket.on_raw("a", move |_| let_go("event")),
        "disconnect" => socket.on_disconnect(move |_| let_go("disconnect")),
        "connect_error" => socket.on_connect_error(move |_| let_go("connect_error")),
        _ => socket.on_state(move |state| let_go(state.as_str())),
    }
}

#[test]
async fn last_handle_may_go_inside_any_listener() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for moment in MOMENTS {
        let slot = Rc::new(RefCell::new(None));
        let socket = at("").build().unwrap();
        let weak = socket.downgrade();
        let guard = drop_at(moment, &socket, &slot);
        slot.replace(Some(socket));
        // A handle is there for the time of this call only.
        let borrowed = weak.upgrade().unwrap();
        borrowed.connect();
        drop(borrowed);
        if moment == "connect_error" {
            call(FAIL, &[&sockets.last()]);
        } else if moment != "connecting" {
            sockets.connect();
            sockets.receive(r#"42["a"]"#);
            call(BREAK, &[&sockets.last()]);
        }
        assert!(weak.upgrade().is_none(), "{moment}");
        let last = sockets.last();
        if !["disconnect", "reconnecting", "connect_error"].contains(&moment) {
            until("the socket is closed", || get(&last, "readyState") == 3).await;
        }
        let count = sockets.count();
        tick(40).await;
        assert_eq!(sockets.count(), count, "{moment}");
        drop(guard);
    }
}

#[test]
async fn last_handle_may_go_inside_a_listener_without_a_guard() {
    for moment in MOMENTS.iter().take(5) {
        let page = Page::new().await;
        let sockets = StandIn::silent(&page);
        let slot = Rc::new(RefCell::new(None));
        let socket = at("").build().unwrap();
        let weak = socket.downgrade();
        drop_at(moment, &socket, &slot).forget();
        drop_at("any", &socket, &Rc::default()).forget();
        slot.replace(Some(socket));
        weak.upgrade().unwrap().connect();
        sockets.connect();
        sockets.receive(r#"42["a"]"#);
        assert!(weak.upgrade().is_none(), "{moment}");
        assert_eq!(Rc::strong_count(&slot), 1, "{moment}");
    }
}

#[test]
async fn last_handle_may_go_inside_an_answer() {
    let page = Page::new().await;
    for event in ["echo", "connect"] {
        let user = User::connected(&page, at("")).await;
        let slot = Rc::new(RefCell::new(None));
        let (last, done) = (Rc::clone(&slot), Rc::new(Cell::new(false)));
        let is_done = Rc::clone(&done);
        let answer = user.socket.emit_with_ack_raw(event, &nothing());
        let weak = user.socket.downgrade();
        slot.replace(Some(user));
        answer.callback(move |_| {
            drop(last.take());
            is_done.set(true);
        });
        until("the answer has come", || done.get()).await;
        assert!(weak.upgrade().is_none());
    }
}

#[test]
async fn guard_may_outlive_its_socket() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let had = Rc::new(());
    let of_listener = Rc::clone(&had);
    let guard = user.socket.on_raw("a", move |_| drop(Rc::clone(&of_listener)));
    let client = user.socket.client();
    drop(user);
    // What the listener has is the guard's.
    assert_eq!(Rc::strong_count(&had), 2);
    // A socket of the same name has listeners of its own.
    let again = client.socket("/");
    let heard = Rc::new(Cell::new(false));
    let is_heard = Rc::clone(&heard);
    let _listener = again.on_raw("echo-emit", move |_| is_heard.set(true));
    drop(guard);
    assert_eq!(Rc::strong_count(&had), 1);
    again.connect();
    again.emit_raw("echo-emit", &nothing()).unwrap();
    until("it is heard", || heard.get()).await;
    client.disconnect();
}

/// A socket that owns itself through its listener lives on: the guard says when it ends.
#[test]
async fn socket_in_its_own_listener_lives_as_long_as_the_guard() {
    let page = Page::new().await;
    let (watcher, tag) = (Watcher::new(&page).await, name());
    let socket = at("").query("page", &tag).connect().unwrap();
    let own = socket.clone();
    let guard = socket.on_raw("hello", move |_| drop(own.clone()));
    drop(socket);
    watcher.sessions(&tag, 1).await;
    drop(guard);
    watcher.sessions(&tag, 0).await;
}

#[test]
async fn last_words_are_sent_before_the_goodbye() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let socket = at("").connect().unwrap();
    sockets.connect();
    socket.emit_raw("a", &nothing()).unwrap();
    drop(socket);
    let last = sockets.last();
    until("the socket is closed", || get(&last, "readyState") == 3).await;
    assert_eq!(show(&get(&last, "sent")), r#"["40","42[\"a\"]","41"]"#);
}

#[test]
async fn last_handle_may_go_while_auth_is_asked_for() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for is_answered in [false, true] {
        let slot = Rc::new(RefCell::new(None));
        let last = Rc::clone(&slot);
        let socket = at("").build().unwrap();
        socket.set_auth_with(move |reply| {
            drop(last.take());
            if is_answered {
                reply.send_raw(js("({})"));
            }
        });
        socket.connect();
        let weak = socket.downgrade();
        slot.replace(Some(socket));
        sockets.open();
        sockets.receive(HANDSHAKE);
        let socket = sockets.last();
        until("the socket is closed", || get(&socket, "readyState") == 3).await;
        assert!(weak.upgrade().is_none());
        assert_eq!(Rc::strong_count(&slot), 1);
    }
}
