//! Computers sleep, and their clocks are set.

use js_sys::{Array, Promise};
use socketio_wasm::proto::options::ManagerOptions;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, NEVER, WEBSOCKET, over};
use super::page::{Page, call, js};
use super::stand_in::{HANDSHAKE, StandIn};

/// From now on the clock shows this much more, in milliseconds. A task is over with it: within one
/// nobody looks at the clock twice.
async fn shift_clock(page: &Page, ms: f64) {
    let now = call("(now, ms) => () => now() + ms", &[&js("Date.now"), &ms.into()]);
    page.set_in(&js("Date"), "now", &now);
    JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await.expect("no rejection");
}

#[test]
async fn clock_that_is_set_back_holds_nothing_up() {
    let page = Page::new().await;
    let client = Client::connected(&page, &[WEBSOCKET]).await;
    shift_clock(&page, -86_400_000.0).await;
    assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
    client.emit("['drop']");
    client.next("reconnect after 1").await;
    client.next("connect").await;
}

#[test]
async fn clock_that_stands_still_holds_nothing_up() {
    let page = Page::new().await;
    let client = Client::connected(&page, &[WEBSOCKET]).await;
    page.set_in(&js("Date"), "now", &js("() => 0"));
    client.emit("['drop']");
    client.next("reconnect after 1").await;
    client.next("connect").await;
}

/// A timer of the browser can run for 24 days.
#[test]
async fn wait_that_is_longer_than_a_timer_can_run_goes_on_with_another() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let timers = js("[]");
    let set = "(set, timers) => (fire, ms) => ms < 20_000 ? set(fire, ms) : timers.push(fire)";
    page.set("setTimeout", &call(set, &[&js("setTimeout"), &timers]));
    let client = Client::new(&page, over(&[WEBSOCKET]));
    client.connect();
    sockets.open();
    sockets.receive(&HANDSHAKE.replace("25000", "3000000000"));
    sockets.receive(r#"40{"sid":"x"}"#);
    // The first one is that of the attempt to connect, which is not taken back.
    for count in 1..5 {
        assert_eq!(Array::from(&timers).length(), count);
        call("timers => timers.at(-1)()", &[&timers]);
    }
}

/// The timer that should have noticed slept as well: the next emit must not go into the void.
#[test]
async fn connection_that_was_slept_through_is_made_again_at_the_next_emit() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WEBSOCKET]));
    client.connect();
    sockets.connect();
    assert!(client.is_connected());
    shift_clock(&page, 44_000.0).await;
    assert!(client.is_connected());
    shift_clock(&page, 2_000.0).await;
    client.emit("['kept']");
    assert!(client.has_seen("disconnect: ping timeout"), "{:?}", client.seen());
    client.next("reconnect attempt 1").await;
    sockets.connect();
    client.next("connect").await;
}

/// Nobody has to emit anything: the page goes on, and looks.
#[test]
async fn connection_that_was_slept_through_is_made_again_as_soon_as_the_page_goes_on() {
    let page = Page::new().await;
    for kind in ["visibilitychange", "resume", "online"] {
        let sockets = StandIn::silent(&page);
        let options = ManagerOptions { reconnection_delay: NEVER, ..over(&[WEBSOCKET]) };
        let client = Client::new(&page, options);
        client.connect();
        sockets.connect();
        shift_clock(&page, 44_000.0).await;
        tell(kind);
        assert!(client.is_connected(), "{kind}");
        shift_clock(&page, 2_000.0).await;
        tell(kind);
        assert!(client.has_seen("disconnect: ping timeout"), "{kind}: {:?}", client.seen());
        assert!(client.has_seen("reconnect attempt 1"), "{:?}", client.seen());
        client.disconnect();
        page.put_back();
        shift_clock(&page, 0.0).await;
    }
}

/// Something becomes of the page.
fn tell(kind: &str) {
    call("kind => dispatchEvent(new Event(kind))", &[&kind.into()]);
}

#[test]
async fn ping_keeps_the_connection() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WEBSOCKET]));
    client.connect();
    sockets.connect();
    for _ in 0..3 {
        shift_clock(&page, 30_000.0).await;
        sockets.receive("2");
        assert!(client.is_connected());
    }
}
