//! Waiting for a connection, and for whatever comes first.

use std::pin::pin;

use futures_util::future::FusedFuture;
use futures_util::select;
use socketio_wasm::{ConnectError, State, TransportKind};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, SERVER, at, ms, over, to};
use super::page::{Page, array, until};
use super::stand_in::StandIn;
use super::streams::ask_once;
use super::user::{User, show};

#[test]
async fn connection_can_be_awaited() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::new(&page, over(kind));
        user.socket.connect();
        assert_eq!(user.socket.connected().await, Ok(()));
        assert!(user.socket.is_connected());
        // At once, where it is there already.
        assert!(ask_once(user.socket.connected()).is_ready(), "{kind:?}");
    }
}

#[test]
async fn failed_attempt_is_not_the_end_where_another_follows() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at("").timeout(ms(30)).reconnection_delay(ms(1)));
    user.socket.connect();
    let mut connected = pin!(user.socket.connected());
    user.next("connect_error: timeout").await;
    assert!(ask_once(connected.as_mut()).is_pending());
    until("the second attempt", || sockets.count() == 2).await;
    sockets.connect();
    assert_eq!(connected.await, Ok(()));
}

/// What ends an attempt for good ends the waiting, and is not forgotten.
#[test]
async fn waiting_ends_with_what_was_in_the_way() {
    let page = Page::new().await;
    page.remove("WebSocket");
    let none = to(SERVER).transports(&[TransportKind::WebSocket]).reconnection(false);
    let nowhere = to(&[SERVER, "/nowhere"].concat()).transports(&[TransportKind::Polling]);
    let auth = over(TransportKind::Polling).auth_with(|reply| reply.fail("no token"));
    let cases =
        [(none, "No transports available"), (nowhere, "Invalid namespace"), (auth, "no token")];
    for (builder, text) in cases {
        let user = User::new(&page, builder);
        user.socket.connect();
        for _ in 0..2 {
            assert_eq!(user.socket.connected().await.unwrap_err().to_string(), text);
        }
    }
}

#[test]
async fn waiting_for_what_nobody_does_ends_at_once() {
    let page = Page::new().await;
    let user = User::new(&page, at("/nowhere"));
    assert_eq!(user.socket.connected().await, Err(ConnectError::Disconnected));
    user.socket.connect();
    let mut connected = pin!(user.socket.connected());
    assert!(ask_once(connected.as_mut()).is_pending());
    user.socket.disconnect();
    assert_eq!(connected.await, Err(ConnectError::Disconnected));
    // An error of before is not that of an end that was wanted.
    user.socket.connect();
    user.next("connect_error: rejected: Invalid namespace").await;
    user.socket.disconnect();
    assert_eq!(user.socket.connected().await, Err(ConnectError::Disconnected));
}

#[test]
async fn waiting_begins_when_it_is_awaited() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    let early = user.socket.connected();
    user.socket.connect();
    sockets.connect();
    let [at_end, after_it] = [(); 2].map(|()| user.socket.connected());
    assert_eq!(early.await, Ok(()));
    user.socket.disconnect();
    assert_eq!(at_end.await, Err(ConnectError::Disconnected));
    user.socket.connect();
    drop(user);
    assert_eq!(after_it.await, Err(ConnectError::Disconnected));
}

#[test]
async fn end_of_a_connection_is_not_taken_for_an_older_error() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at("").timeout(ms(30)).reconnection_delay(ms(1)));
    user.socket.connect();
    user.next("connect_error: timeout").await;
    until("the second attempt", || sockets.count() == 2).await;
    sockets.connect();
    sockets.receive("41");
    user.next("disconnect: io server disconnect").await;
    assert_eq!(user.socket.connected().await, Err(ConnectError::Disconnected));
}

#[test]
async fn waiting_keeps_no_socket_and_ends_with_it() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    let mut connected = user.socket.connected();
    assert!(ask_once(&mut connected).is_pending());
    assert!(!connected.is_terminated());
    until("the attempt", || sockets.count() == 1).await;
    drop(user);
    assert_eq!((&mut connected).await, Err(ConnectError::Disconnected));
    assert!(connected.is_terminated());
}

#[test]
async fn select_takes_what_comes_first() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (mut events, mut states) = (user.socket.events_raw("echo-emit"), user.socket.states());
    let mut answer = user.socket.emit_with_ack_raw("echo", &array("[1]"));
    let mut connected = user.socket.connected();
    user.emit("echo-emit", "[2]");
    let mut seen = Vec::new();
    while seen.len() < 4 {
        select! {
            result = connected => seen.push(format!("{result:?}")),
            event = events.next() => seen.push(show(&event.expect("an event").args())),
            state = states.next() => seen.push(state.expect("a state").to_string()),
            args = answer => seen.push(show(&args.expect("an answer"))),
        }
    }
    seen.sort();
    assert_eq!(seen, ["Ok(())", "[1]", "[2]", "connected"]);
    // What has ended is left out: in the end nothing is left to wait for.
    drop(user);
    loop {
        select! {
            args = answer => panic!("a second answer: {args:?}"),
            event = events.next() => assert!(event.is_none()),
            state = states.next() => assert_ne!(state, Some(State::Connected)),
            result = connected => panic!("once more: {result:?}"),
            complete => break,
        }
    }
}
