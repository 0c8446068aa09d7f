//! Which transport a page gets, by what works, and what it hears when none does.

use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::time::Millis;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, DEFAULT, FETCH, NEVER, WEBSOCKET, XHR, over};
use super::page::{Page, call, get, js, tick, until};
use super::stand_in::StandIn;

/// Connects with fallback by time switched off: what works does so at once.
async fn connects_by_polling(page: &Page) {
    let client = Client::new(page, over(&DEFAULT));
    client.connect();
    client.next("connect").await;
    assert_eq!(client.seen(), ["open polling", "connect"]);
    assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
    assert_eq!(client.transport(), Some(XHR), "there is nothing to move on to");
}

#[test]
async fn page_whose_websocket_is_gone_connects_at_once() {
    let page = Page::new().await;
    page.remove("WebSocket");
    connects_by_polling(&page).await;
}

/// The session stays where it is.
#[test]
async fn websocket_that_closes_while_it_is_tried_is_an_upgrade_error_and_no_more() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::connected(&page, &[XHR, WEBSOCKET]).await;
    until("it is tried", || sockets.count() == 1).await;
    call("socket => socket.onclose(new CloseEvent('close'))", &[&sockets.last()]);
    client.next("upgrade error").await;
    assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
    assert_eq!(client.transport(), Some(XHR));
    assert!(!client.has_seen("disconnect: transport close"), "{:?}", client.seen());
}

#[test]
async fn websocket_that_brings_messages_while_it_is_tried_is_an_upgrade_error() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::connected(&page, &[XHR, WEBSOCKET]).await;
    until("it is tried", || sockets.count() == 1).await;
    sockets.open();
    sockets.receive(r#"42["a"]"#);
    client.next("upgrade error").await;
    assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
    assert!(!client.has_seen("a"), "{:?}", client.seen());
}

#[test]
async fn page_whose_websocket_throws_connects_at_once() {
    let page = Page::new().await;
    page.set("WebSocket", &js("class { constructor() { throw new Error('by policy'); } }"));
    connects_by_polling(&page).await;
}

/// The real server answers a protocol that it does not speak with HTTP 400.
#[test]
async fn page_whose_websocket_is_refused_connects_at_once() {
    let page = Page::new().await;
    let code = "class extends WebSocket {
        constructor(url) { super(url.replace('EIO=4', 'EIO=2')); }
    }";
    page.set("WebSocket", &js(code));
    connects_by_polling(&page).await;
}

#[test]
async fn page_whose_websocket_stays_silent_connects_after_the_delay() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let options = ManagerOptions { fallback_delay: Millis(50), ..over(&DEFAULT) };
    let client = Client::new(&page, options);
    let begin = js_sys::Date::now();
    client.connect();
    client.next("connect").await;
    let took = js_sys::Date::now() - begin;
    assert!((49.0..2_000.0).contains(&took), "{took} ms");
    assert_eq!(client.seen(), ["open polling", "connect"]);
    until("it is closed", || get(&sockets.last(), "readyState") == 3).await;
}

#[test]
async fn working_websocket_wins_before_the_delay() {
    let page = Page::new().await;
    let requests = StandIn::recording(&page, "XMLHttpRequest");
    let options = ManagerOptions { fallback_delay: Millis(2_000), ..over(&DEFAULT) };
    let client = Client::new(&page, options);
    client.connect();
    client.next("connect").await;
    assert_eq!(client.transport(), Some(WEBSOCKET));
    assert_eq!(requests.count(), 0);
}

#[test]
async fn browser_with_no_transport_says_so_after_the_call() {
    let page = Page::new().await;
    let options = ManagerOptions { reconnection_attempts: 2, ..over(&[]) };
    let client = Client::new(&page, options);
    client.connect();
    assert!(client.seen().is_empty(), "listeners that are added after the call must hear of it");
    client.next("reconnect failed").await;
    let failures = client.seen().iter().filter(|what| *what == NO_TRANSPORT).count();
    assert_eq!(failures, 3, "{:?}", client.seen());
    assert_eq!(client.seen()[..2], [NO_TRANSPORT, "error"]);
}

const NO_TRANSPORT: &str = "connect_error: No transports available";

#[test]
async fn transport_that_cannot_even_start_is_told_after_the_call() {
    let page = Page::new().await;
    let throwing = "class { constructor() { throw new Error('no'); } }";
    let open = "class extends XMLHttpRequest { open() { throw Error('no'); } }";
    let send = "class extends XMLHttpRequest { send() { throw Error('no'); } }";
    for (kind, name, code, error) in [
        (WEBSOCKET, "WebSocket", throwing, "no"),
        (XHR, "XMLHttpRequest", throwing, "no"),
        (XHR, "XMLHttpRequest", open, "no"),
        (XHR, "XMLHttpRequest", send, "no"),
        (FETCH, "fetch", "() => { throw Error('no'); }", "fetch read error"),
    ] {
        page.set(name, &js(code));
        let client = Client::new(&page, over(&[kind]));
        client.connect();
        assert!(client.seen().is_empty(), "{code}: {:?}", client.seen());
        client.next(&format!("connect_error: {error}")).await;
        client.next("reconnect attempt 1").await;
        client.next("reconnect error").await;
        page.put_back();
        client.next("connect").await;
        client.leave().await;
    }
}

/// Browsers do not connect to port 1 at all.
#[test]
async fn server_that_cannot_be_reached_is_an_error_and_a_next_attempt() {
    let page = Page::new().await;
    for (kind, error) in
        [(WEBSOCKET, "websocket error"), (XHR, "xhr poll error"), (FETCH, "fetch read error")]
    {
        let client = Client::to("http://localhost:1", &page, over(&[kind]));
        client.connect();
        assert!(client.seen().is_empty(), "{kind:?}");
        let cause = client.next(&format!("connect_error: {error}")).await.value;
        assert_eq!(get(&cause, "type"), "TransportError");
        client.next("error").await;
        client.next("reconnect attempt 1").await;
        client.next("reconnect error").await;
        client.next("reconnect attempt 2").await;
        client.disconnect();
    }
}

#[test]
async fn attempt_that_takes_too_long_is_given_up() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let options = ManagerOptions { timeout: Millis(50), ..over(&[WEBSOCKET]) };
    let client = Client::new(&page, options);
    client.connect();
    let first = sockets.last();
    client.next("connect_error: timeout").await;
    client.next("reconnect attempt 1").await;
    sockets.connect();
    client.next("connect").await;
    until("it is closed", || get(&first, "readyState") == 3).await;
}

/// `setTimeout` takes what is longer than 2³¹ ms for nothing.
#[test]
async fn attempt_may_take_very_long() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for timeout in [Millis(1 << 31), Millis(1 << 32), NEVER] {
        let options = ManagerOptions { timeout, ..over(&[WEBSOCKET]) };
        let client = Client::new(&page, options);
        client.connect();
        tick(50).await;
        assert!(client.seen().is_empty(), "{timeout:?}: {:?}", client.seen());
        sockets.connect();
        assert!(client.has_seen("connect"), "{timeout:?}");
    }
}
