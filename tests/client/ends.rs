//! A connection that ends without the user's doing.

use socketio_wasm::{State, TransportKind};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, SERVER, at, ms, over, to};
use super::page::{Page, call, get, js, until};
use super::stand_in::{HANDSHAKE, StandIn};
use super::user::User;

#[test]
async fn lost_connection_comes_back_with_its_listeners() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let first = user.socket.id();
        user.emit("drop", "[]");
        user.next("disconnect: transport close").await;
        assert_eq!(user.socket.state(), State::Reconnecting, "{kind:?}");
        assert_eq!(user.socket.id(), None);
        user.next("connect").await;
        assert_eq!(user.socket.state(), State::Connected);
        assert_ne!(user.socket.id(), first);
        user.emit("echo-emit", "[1]");
        assert_eq!(user.event("echo-emit").await, "[1]");
    }
}

#[test]
async fn whoever_is_sent_away_stays_away_until_told_to_connect() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        user.emit("kick", "[]");
        user.next("disconnect: io server disconnect").await;
        assert_eq!(user.socket.state(), State::Disconnected, "{kind:?}");
        assert_eq!(user.count("state: reconnecting"), 0);
        user.connect().await;
        user.settle().await;
    }
}

#[test]
async fn lost_connection_is_not_made_again_where_reconnection_is_off() {
    let page = Page::new().await;
    let sockets = StandIn::recording(&page, "WebSocket");
    let user = User::connected(&page, at("").reconnection(false)).await;
    user.emit("drop", "[]");
    user.next("disconnect: transport close").await;
    assert_eq!(user.socket.state(), State::Disconnected);
    assert_eq!(user.count("state: reconnecting"), 0);
    assert_eq!(sockets.count(), 1);
    user.connect().await;
    assert_eq!(sockets.count(), 2);
}

#[test]
async fn server_that_stops_pinging_is_left() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at("").reconnection(false));
    user.socket.connect();
    sockets.open();
    sockets.receive(r#"0{"sid":"s","upgrades":[],"pingInterval":20,"pingTimeout":20}"#);
    sockets.receive(r#"40{"sid":"x"}"#);
    user.next("disconnect: ping timeout").await;
    assert_eq!(get(&sockets.last(), "readyState"), 3);
}

#[test]
async fn nonsense_of_the_server_ends_the_connection_and_is_told_as_such() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for (frame, reason) in [("4x", "parse error"), ("x", "transport error")] {
        let user = User::new(&page, at("").reconnection(false));
        user.socket.connect();
        sockets.connect();
        sockets.receive(frame);
        user.next(&format!("disconnect: {reason}")).await;
    }
}

#[test]
async fn state_is_recovered_where_the_server_has_it() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at("").auth_raw(js("({ token: 't' })")));
    user.socket.connect();
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive(r#"40{"sid":"x","pid":"p"}"#);
    assert!(!user.socket.recovered());
    sockets.receive(r#"42["a",1,"1700000000000-0"]"#);
    assert_eq!(user.event("a").await, "[1]");
    // An event that wants an answer is in no log: what looks like a place in one is its argument.
    sockets.receive(r#"421["b","1700000000001-0"]"#);
    assert_eq!(user.event("b").await, r#"["1700000000001-0"]"#);
    call("socket => socket.onclose(new CloseEvent('close'))", &[&sockets.last()]);
    user.next("disconnect: transport close").await;
    until("there is another attempt", || sockets.count() == 2).await;
    sockets.open();
    sockets.receive(HANDSHAKE);
    let sent = get(&sockets.last(), "sent");
    until("it has asked for its state", || js_sys::Array::from(&sent).length() > 0).await;
    let asking = r#"40{"pid":"p","offset":"1700000000000-0","token":"t"}"#;
    assert_eq!(js_sys::Array::from(&sent).get(0), asking);
    // A middleware refuses it, for one: the server has the state still.
    sockets.receive(r#"44{"message":"expired"}"#);
    user.next("connect_error: rejected: expired").await;
    user.socket.connect();
    until("there is a new connection", || sockets.count() == 3).await;
    sockets.open();
    sockets.receive(HANDSHAKE);
    let sent = get(&sockets.last(), "sent");
    until("it has asked again", || js_sys::Array::from(&sent).length() > 0).await;
    assert_eq!(js_sys::Array::from(&sent).get(0), asking);
    sockets.receive(r#"40{"sid":"x","pid":"p"}"#);
    user.next("connect").await;
    assert!(user.socket.recovered());
}

#[test]
async fn state_is_asked_for_once() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive(r#"40{"sid":"x","pid":"p"}"#);
    sockets.receive(r#"42["a",1,"1700000000000-0"]"#);
    // The first answer gets lost: should the server have restored the session, it has none to restore again.
    for (attempt, asking) in [(2, r#"40{"pid":"p","offset":"1700000000000-0"}"#), (3, "40")] {
        call("socket => socket.onclose(new CloseEvent('close'))", &[&sockets.last()]);
        until("there is another attempt", || sockets.count() == attempt).await;
        sockets.open();
        sockets.receive(HANDSHAKE);
        let sent = get(&sockets.last(), "sent");
        until("it has asked", || js_sys::Array::from(&sent).length() > 0).await;
        assert_eq!(js_sys::Array::from(&sent).get(0), asking);
    }
}

/// The server has the state still, and whoever hears of the refusal may ask for it at once, over the
/// connection that is there.
#[test]
async fn state_is_asked_for_again_inside_a_refusal() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    let other = user.socket.client().socket("/other");
    let weak = user.socket.downgrade();
    let _again = user.socket.on_connect_error(move |_| weak.upgrade().unwrap().connect());
    user.socket.connect();
    other.connect();
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive(r#"40{"sid":"x","pid":"p"}"#);
    sockets.receive(r#"42["a",1,"1700000000000-0"]"#);
    call("socket => socket.onclose(new CloseEvent('close'))", &[&sockets.last()]);
    until("there is another attempt", || sockets.count() == 2).await;
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive(r#"40/other,{"sid":"y"}"#);
    sockets.receive(r#"44{"message":"expired"}"#);
    let asking = r#"40{"pid":"p","offset":"1700000000000-0"}"#;
    let sent = js_sys::Array::from(&get(&sockets.last(), "sent"));
    assert_eq!(sent.iter().filter(|frame| frame == asking).count(), 2, "{sent:?}");
}

#[test]
async fn falls_back_where_a_websocket_does_not_get_through() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let both = [TransportKind::WebSocket, TransportKind::Polling];
    let user = User::new(&page, to(SERVER).transports(&both).fallback_delay(ms(10)));
    let began = js("performance.now()").as_f64().unwrap();
    user.connect().await;
    assert_eq!(user.socket.client().transport(), Some(TransportKind::Polling));
    assert_eq!(sockets.count(), 1);
    // The default is two seconds.
    let took = js("performance.now()").as_f64().unwrap() - began;
    assert!(took < 1_950.0, "{took} ms");
}
