//! Events as streams of Rust data.

use futures_util::StreamExt;
use futures_util::future::FusedFuture;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::mismatch::warnings;
use super::page::Page;
use super::streams::ask_once;
use super::user::User;

#[test]
async fn ten_thousand_events_come_in_their_order() {
    const COUNT: u32 = 10_000;
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let mut events = user.socket.events::<u32>("burst");
        user.socket.emit("burst", &COUNT).unwrap();
        for n in 0..COUNT {
            assert_eq!(events.next().await, Some(n), "{kind:?}");
        }
        user.settle().await;
        assert!(ask_once(events.next()).is_pending());
    }
}

/// What `select!` leaves out.
#[test]
async fn answer_that_came_is_not_waited_for_any_more() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let mut answer = user.socket.emit_with_ack::<u32>("echo", &1);
    assert!(!answer.is_terminated());
    assert_eq!((&mut answer).await, Ok(1));
    assert!(answer.is_terminated());
}

#[test]
async fn several_arguments_are_a_tuple() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let events = user.socket.events::<(u32, String)>("echo-emit");
    user.socket.emit("echo-emit", &(1, "a")).unwrap();
    user.socket.emit("echo-emit", &(2, "b")).unwrap();
    let pairs: Vec<(u32, String)> = events.take(2).collect().await;
    assert_eq!(pairs, [(1, "a".into()), (2, "b".into())]);
}

#[test]
async fn event_that_does_not_fit_is_left_out_and_told() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = warnings(&page);
    let mut events = user.socket.events::<u32>("echo-emit");
    user.socket.emit("echo-emit", &1).unwrap();
    user.socket.emit("echo-emit", "text").unwrap();
    user.socket.emit("echo-emit", &2).unwrap();
    assert_eq!(events.next().await, Some(1));
    assert_eq!(events.next().await, Some(2));
    assert_eq!(js_sys::Array::from(&told).length(), 1);
    assert!(user.socket.is_connected());
}

#[test]
async fn stream_ends_with_the_last_handle_after_what_had_come() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let mut events = user.socket.events::<u32>("echo-emit");
    user.socket.emit("echo-emit", &1).unwrap();
    user.settle().await;
    drop(user);
    assert_eq!(events.next().await, Some(1));
    assert_eq!(events.next().await, None);
    assert_eq!(events.next().await, None);
}
