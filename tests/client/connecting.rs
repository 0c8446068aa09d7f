//! Connecting and leaving: what the user is told, and what the socket says of itself.

use std::cell::RefCell;
use std::rc::Rc;

use socketio_wasm::{DisconnectReason, State, TransportKind};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, SERVER, at, over, to};
use super::page::{Page, get};
use super::stand_in::StandIn;
use super::user::{User, Watcher, name, own_server};

#[test]
async fn connects_over_the_transport_that_was_chosen() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        assert_eq!(user.socket.client().transport(), Some(kind));
        assert!(user.socket.is_connected());
        assert!(user.socket.id().is_some_and(|id| id.len() == 20), "{:?}", user.socket.id());
        assert!(!user.socket.recovered());
        assert_eq!(user.socket.namespace(), "/");
        assert_eq!(user.ask("echo", "[1]").await.unwrap(), "[1]");
        user.socket.disconnect();
    }
}

#[test]
async fn connection_begun_with_polling_moves_on_to_a_websocket() {
    let page = Page::new().await;
    let both = [TransportKind::Polling, TransportKind::WebSocket];
    let user = User::connected(&page, to(SERVER).transports(&both)).await;
    for _ in 0..500 {
        user.settle().await;
        if user.socket.client().transport() == Some(TransportKind::WebSocket) {
            return;
        }
    }
    panic!("still polling");
}

#[test]
async fn connection_stays_with_polling_where_upgrade_is_off() {
    let page = Page::new().await;
    let sockets = StandIn::recording(&page, "WebSocket");
    let both = [TransportKind::Polling, TransportKind::WebSocket];
    let user = User::connected(&page, to(SERVER).transports(&both).upgrade(false)).await;
    for _ in 0..20 {
        user.settle().await;
    }
    assert_eq!(user.socket.client().transport(), Some(TransportKind::Polling));
    assert_eq!(sockets.count(), 0);
}

#[test]
async fn nothing_is_done_before_connect_is_called() {
    let page = Page::new().await;
    let sockets = StandIn::recording(&page, "WebSocket");
    let user = User::new(&page, at("/admin"));
    assert_eq!(user.socket.state(), State::Disconnected);
    assert!(!user.socket.is_connected());
    assert_eq!(user.socket.id(), None);
    assert_eq!(user.socket.namespace(), "/admin");
    assert_eq!(user.socket.client().transport(), None);
    assert_eq!(sockets.count(), 0);
    assert_eq!(user.seen(), [""; 0]);
}

#[test]
async fn builder_connects_at_once() {
    let page = Page::new().await;
    let socket = at("").connect().unwrap();
    assert_eq!(socket.state(), State::Connecting);
    let user = User::of(&page, socket);
    user.next("connect").await;
    assert!(user.socket.is_connected());
}

#[test]
async fn connecting_twice_is_connecting_once() {
    let page = Page::new().await;
    let (watcher, tag) = (Watcher::new(&page).await, name());
    let user = User::new(&page, at("").query("page", &tag));
    user.socket.connect();
    user.socket.connect();
    user.next("connect").await;
    user.socket.connect();
    user.settle().await;
    assert_eq!(user.seen(), ["state: connecting", "state: connected", "connect"]);
    watcher.sessions(&tag, 1).await;
}

#[test]
async fn leaving_is_told_with_its_reason_and_ends_the_session() {
    let page = Page::new().await;
    let watcher = Watcher::new(&page).await;
    for kind in EACH {
        let tag = name();
        let user = User::connected(&page, over(kind).query("page", &tag)).await;
        watcher.sessions(&tag, 1).await;
        user.socket.disconnect();
        user.next("disconnect: io client disconnect").await;
        assert_eq!(user.socket.state(), State::Disconnected);
        assert_eq!(user.socket.id(), None);
        watcher.sessions(&tag, 0).await;
        user.socket.disconnect();
        assert_eq!(user.count("disconnect: io client disconnect"), 1);
    }
}

#[test]
async fn whoever_left_can_come_back() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let first = user.socket.id();
    for _ in 0..3 {
        user.socket.disconnect();
        user.connect().await;
        assert_eq!(user.ask("echo", "[1]").await.unwrap(), "[1]");
    }
    assert_ne!(user.socket.id(), first);
}

#[test]
async fn leaving_before_the_connection_is_made_leads_to_none() {
    let page = Page::new().await;
    let (watcher, tag) = (Watcher::new(&page).await, name());
    let user = User::new(&page, at("").query("page", &tag));
    user.socket.connect();
    user.socket.disconnect();
    assert_eq!(user.socket.state(), State::Disconnected);
    watcher.sessions(&tag, 0).await;
    assert_eq!(user.count("connect"), 0);
    // No connection was there that could have ended.
    assert_eq!(user.seen(), ["state: connecting", "state: disconnected"]);
    user.connect().await;
    watcher.sessions(&tag, 1).await;
}

/// A listener sees the socket as it is told to be.
#[test]
async fn socket_is_as_its_listeners_are_told() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let seen = Rc::new(RefCell::new(Vec::new()));
    let look = |what: &'static str| {
        let (socket, seen) = (user.socket.clone(), Rc::clone(&seen));
        move || seen.borrow_mut().push((what, socket.state(), socket.id().is_some()))
    };
    let (connect, disconnect, state) = (look("connect"), look("disconnect"), look("state"));
    let _listeners = [
        user.socket.on_connect(connect),
        user.socket.on_disconnect(move |_| disconnect()),
        user.socket.on_state(move |_| state()),
    ];
    user.connect().await;
    user.socket.disconnect();
    let expected = [
        ("state", State::Connecting, false),
        ("state", State::Connected, true),
        ("connect", State::Connected, true),
        ("state", State::Disconnected, false),
        ("disconnect", State::Disconnected, false),
    ];
    assert_eq!(*seen.borrow(), expected);
}

#[test]
fn reasons_have_the_texts_of_the_protocol() {
    let reasons = [
        (DisconnectReason::IoServerDisconnect, "io server disconnect"),
        (DisconnectReason::IoClientDisconnect, "io client disconnect"),
        (DisconnectReason::PingTimeout, "ping timeout"),
        (DisconnectReason::TransportClose, "transport close"),
        (DisconnectReason::TransportError, "transport error"),
        (DisconnectReason::ParseError, "parse error"),
    ];
    for (reason, text) in reasons {
        assert_eq!(reason.as_str(), text);
        assert_eq!(reason.to_string(), text);
    }
    let states = [State::Disconnected, State::Connecting, State::Connected, State::Reconnecting];
    let texts = ["disconnected", "connecting", "connected", "reconnecting"];
    assert_eq!(states.map(State::as_str), texts);
    assert_eq!(states.map(|state| state.to_string()), texts);
}

#[test]
async fn url_without_a_server_means_that_of_the_page() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for (url, nsp) in [("", "/"), ("/chat", "/chat"), ("/", "/")] {
        let socket = to(url).transports(&[TransportKind::WebSocket]).connect().unwrap();
        assert_eq!(socket.namespace(), nsp, "{url:?}");
        let target = get(&sockets.last(), "url").as_string().unwrap();
        let expected = own_server().replacen("http", "ws", 1) + "/socket.io/?";
        assert!(target.starts_with(&expected), "{url:?}: {target}");
    }
}
