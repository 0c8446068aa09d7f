//! Attempts to connect again: how often, how long, and what happens in between.

use socketio_wasm::State;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{DEAD, EACH, at, ms, to};
use super::page::{Page, call, js, tick, until};
use super::stand_in::StandIn;
use super::user::User;

/// A `WebSocket` that can't be made so many times.
fn failing(page: &Page, times: u32) -> StandIn {
    let code = "class extends WebSocket {
        constructor(url) {
            new.target.made.push(url);
            if (new.target.left-- > 0) throw new Error('not yet');
            super(url);
        }
        static made = [];
        static left = TIMES;
    }";
    StandIn::new(page, "WebSocket", &code.replace("TIMES", &times.to_string()))
}

#[test]
async fn first_connection_is_tried_until_it_works() {
    let page = Page::new().await;
    let sockets = failing(&page, 3);
    let user = User::new(&page, at(""));
    user.connect().await;
    assert_eq!(user.count("connect_error: transport"), 3);
    assert_eq!(sockets.count(), 4);
    // It was never connected before: it is not reconnecting.
    assert_eq!(user.count("state: reconnecting"), 0);
}

#[test]
async fn lost_connection_is_tried_until_it_works() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    failing(&page, 3);
    user.emit("drop", "[]");
    user.next("connect").await;
    assert_eq!(user.count("connect_error: transport"), 3);
    let states: Vec<String> = user.seen().into_iter().filter(|it| it.contains("state")).collect();
    let expected =
        ["state: connecting", "state: connected", "state: reconnecting", "state: connected"];
    assert_eq!(states, expected);
}

#[test]
async fn attempts_end_where_their_number_is_limited() {
    let page = Page::new().await;
    let sockets = failing(&page, 99);
    let user = User::new(&page, at("").reconnection_attempts(2));
    user.socket.connect();
    user.next("state: disconnected").await;
    assert_eq!(user.count("connect_error: transport"), 3);
    assert_eq!(sockets.count(), 3);
    assert_eq!(user.socket.state(), State::Disconnected);
    page.put_back();
    user.connect().await;
}

#[test]
async fn no_attempt_follows_where_reconnection_is_off() {
    let page = Page::new().await;
    let sockets = failing(&page, 1);
    let user = User::new(&page, at("").reconnection(false));
    user.socket.connect();
    user.next("connect_error: transport").await;
    until("it has given up", || user.socket.state() == State::Disconnected).await;
    assert_eq!(sockets.count(), 1);
    user.connect().await;
}

/// Otherwise it would double each time: 10 s in all.
#[test]
async fn attempts_come_no_later_than_was_chosen() {
    let page = Page::new().await;
    failing(&page, 9);
    let began = js("performance.now()").as_f64().unwrap();
    User::connected(&page, at("")).await;
    let took = js("performance.now()").as_f64().unwrap() - began;
    assert!(took < 5_000.0, "{took} ms");
}

/// Otherwise they would come after one, two and four seconds.
#[test]
async fn first_attempts_come_no_later_than_was_chosen() {
    let page = Page::new().await;
    failing(&page, 3);
    let began = js("performance.now()").as_f64().unwrap();
    let builder = at("").reconnection_delay(ms(1)).reconnection_delay_max(ms(5_000));
    User::connected(&page, builder).await;
    let took = js("performance.now()").as_f64().unwrap() - began;
    assert!(took < 5_000.0, "{took} ms");
}

/// The wait grows to its longest: 10, 20, 40, 40, 40 ms.
#[test]
async fn attempts_keep_their_distance() {
    let page = Page::new().await;
    failing(&page, 5);
    let began = js("performance.now()").as_f64().unwrap();
    let builder = at("").reconnection_delay(ms(10)).reconnection_delay_max(ms(40));
    let user = User::new(&page, builder);
    user.connect().await;
    let took = js("performance.now()").as_f64().unwrap() - began;
    assert!(took >= 145.0, "{took} ms");
}

#[test]
async fn leaving_ends_the_attempts() {
    let page = Page::new().await;
    let sockets = failing(&page, 99);
    let user = User::new(&page, at(""));
    user.socket.connect();
    user.next("connect_error: transport").await;
    user.socket.disconnect();
    assert_eq!(user.socket.state(), State::Disconnected);
    let count = sockets.count();
    // Longer than the wait for the next attempt.
    tick(60).await;
    assert_eq!(sockets.count(), count);
}

#[test]
async fn whoever_does_not_want_to_wait_leaves_and_comes_back() {
    let page = Page::new().await;
    let builder = at("").reconnection_delay(ms(60_000)).reconnection_delay_max(ms(60_000));
    let user = User::connected(&page, builder).await;
    user.emit("drop", "[]");
    user.next("state: reconnecting").await;
    // An attempt is on its way already: this is not another.
    user.socket.connect();
    assert_eq!(user.socket.state(), State::Reconnecting);
    user.socket.disconnect();
    user.connect().await;
}

#[test]
async fn dead_server_is_told_as_the_browsers_error() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::new(&page, to(DEAD).transports(&[kind]).reconnection(false));
        user.socket.connect();
        let error = user.next("connect_error: transport").await;
        assert!(call("error => error instanceof Error", &[&error]).is_truthy());
    }
}
