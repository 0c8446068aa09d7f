//! Connections that do not come about, and why.

use std::error::Error;

use socketio_wasm::{ConnectError, State, TransportKind};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, SERVER, at, ms, to};
use super::page::{Page, get, until};
use super::stand_in::{HANDSHAKE, StandIn};
use super::user::{User, Watcher, name, show};

#[test]
async fn refused_namespace_is_told_with_message_and_data() {
    let page = Page::new().await;
    for kind in EACH {
        let url = [SERVER, "/admin"].concat();
        let user = User::new(&page, to(&url).transports(&[kind]));
        user.socket.connect();
        let data = user.next("connect_error: rejected: not authorized").await;
        assert_eq!(show(&data), r#"{"code":"E_AUTH"}"#);
        assert_eq!(user.socket.state(), State::Disconnected);
        assert_eq!(user.socket.id(), None);
    }
}

#[cfg(feature = "serde")]
#[test]
async fn data_of_a_refusal_is_had_as_a_type() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Refusal {
        code: String,
    }
    let page = Page::new().await;
    let user = User::new(&page, to(&[SERVER, "/admin"].concat()));
    let seen = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let list = std::rc::Rc::clone(&seen);
    let _listener = user.socket.on_connect_error(move |error| {
        let wrong = error.data::<u32>().and_then(Result::err);
        let of = wrong.map(|error| error.event().to_owned());
        list.borrow_mut().push((error.data().and_then(Result::ok), of));
    });
    user.socket.connect();
    user.next("connect_error: rejected: not authorized").await;
    assert_eq!(
        seen.take(),
        [(Some(Refusal { code: "E_AUTH".into() }), Some("connect_error".into()))]
    );
    assert_eq!(ConnectError::Timeout.data::<Refusal>(), None);
}

#[test]
async fn namespace_that_the_server_does_not_have_is_refused() {
    let page = Page::new().await;
    let user = User::new(&page, at("/nowhere"));
    user.socket.connect();
    let data = user.next("connect_error: rejected: Invalid namespace").await;
    assert!(data.is_undefined());
}

#[test]
async fn refusal_is_not_followed_by_another_attempt_nor_by_a_session() {
    let page = Page::new().await;
    let (watcher, tag) = (Watcher::new(&page).await, name());
    let user = User::new(&page, at("/nowhere").query("page", &tag));
    user.socket.connect();
    user.next("connect_error: rejected: Invalid namespace").await;
    watcher.sessions(&tag, 0).await;
    assert_eq!(user.count("connect_error: rejected: Invalid namespace"), 1);
    let expected =
        ["state: connecting", "state: disconnected", "connect_error: rejected: Invalid namespace"];
    assert_eq!(user.seen(), expected);
}

#[test]
async fn server_that_says_nothing_is_a_timeout() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at("").timeout(ms(30)).reconnection(false));
    user.socket.connect();
    user.next("connect_error: timeout").await;
    assert_eq!(user.socket.state(), State::Disconnected);
    until("it is closed", || get(&sockets.last(), "readyState") == 3).await;
}

#[test]
async fn browser_without_any_of_the_transports_is_told_as_such() {
    let page = Page::new().await;
    page.remove("WebSocket");
    let builder = to(SERVER).transports(&[TransportKind::WebSocket]).reconnection(false);
    let user = User::new(&page, builder);
    user.socket.connect();
    user.next("connect_error: no transport").await;
}

#[test]
async fn server_of_an_older_protocol_is_told_as_such() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive("40");
    user.next("connect_error: incompatible server").await;
    assert!(!user.socket.is_connected());
}

#[test]
async fn old_servers_refusal_is_a_mere_text() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive(r#"44"no entry""#);
    assert!(user.next("connect_error: rejected: no entry").await.is_undefined());
}

#[test]
fn errors_say_what_is_wrong() {
    let found = js_sys::Error::new("websocket error");
    let rejected = ConnectError::Rejected { message: "no".into(), data: JsValue::NULL };
    let errors: [(&dyn Error, &str); 7] = [
        (&ConnectError::Transport(found.into()), "websocket error"),
        (&ConnectError::Timeout, "timeout"),
        (&ConnectError::NoTransport, "No transports available"),
        (&rejected, "no"),
        (&ConnectError::IncompatibleServer, "the server speaks Socket.IO v2"),
        (&ConnectError::Auth("no token".into()), "no token"),
        (&ConnectError::Disconnected, "the socket is disconnected"),
    ];
    for (error, text) in errors {
        assert_eq!(error.to_string(), text);
        assert!(error.source().is_none());
    }
}
