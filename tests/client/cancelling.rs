//! A question whose answer nobody waits for any more.

use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use js_sys::Array;
use socketio_wasm::AckError;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, ms, over};
use super::memory::{fill_memory, wasm_memory};
use super::page::{Page, array, get};
use super::stand_in::StandIn;
use super::user::{User, nothing};

#[test]
async fn late_answer_to_a_dropped_question_is_no_error() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let mut answer = Box::pin(user.socket.emit_with_ack_raw("hold", &array("[1]")));
        let polled = poll_fn(|context| Poll::Ready(answer.as_mut().poll(context))).await;
        assert!(polled.is_pending());
        drop(answer);
        drop(user.socket.emit_with_ack_raw("hold", &array("[2]")));
        assert_eq!(user.ask("release", "[]").await.unwrap(), "[]");
        user.settle().await;
    }
}

#[test]
async fn dropped_question_that_still_waits_is_not_sent() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::new(&page, over(kind));
        user.emit("echo-emit", "['before']");
        let dropped = user.socket.emit_with_ack_raw("echo-emit", &array("['dropped']"));
        user.emit("echo-emit", "['after']");
        drop(dropped);
        user.connect().await;
        assert_eq!(user.event("echo-emit").await, r#"["before"]"#);
        assert_eq!(user.event("echo-emit").await, r#"["after"]"#);
        user.settle().await;
        assert_eq!(user.count("echo-emit"), 2);
    }
}

#[test]
async fn dropped_question_was_sent_where_there_was_a_connection() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    drop(user.socket.emit_with_ack_raw("echo-emit", &array("[1]")));
    user.settle().await;
    assert_eq!(user.count("echo-emit"), 1);
}

/// Thousands that ask and go away: what they asked for is the next one's memory.
#[test]
async fn dropped_questions_leave_nothing_behind() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.connect();
    let sent = Array::from(&get(&sockets.last(), "sent"));
    let ask = |count: u32| {
        for _ in 0..count {
            let answer = user.socket.emit_with_ack_raw("a", &nothing()).timeout(ms(60_000));
            drop(answer);
        }
        sent.set_length(0);
        wasm_memory()
    };
    let _full = fill_memory();
    let before = ask(2_000);
    let after = ask(20_000);
    assert_eq!(after, before);
}

#[test]
async fn timeout_of_a_dropped_question_is_nobodys() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    drop(user.socket.emit_with_ack_raw("hold", &nothing()).timeout(ms(5)));
    let other = user.socket.emit_with_ack_raw("hold", &nothing()).timeout(ms(30)).await;
    assert_eq!(other, Err(AckError::Timeout));
    user.settle().await;
}

#[test]
async fn what_a_function_has_is_let_go_with_the_socket() {
    let page = Page::new().await;
    let socket = at("").build().unwrap();
    let had = Rc::new(());
    let of_function = Rc::clone(&had);
    socket.emit_with_ack_raw("hold", &nothing()).callback(move |_| drop(of_function));
    drop(socket);
    assert_eq!(Rc::strong_count(&had), 1);
    drop(page);
}

#[test]
async fn socket_that_is_gone_answers_nothing() {
    let page = Page::new().await;
    for is_connected in [false, true] {
        let user = User::new(&page, at(""));
        if is_connected {
            user.connect().await;
        }
        let answer = user.socket.emit_with_ack_raw("hold", &nothing());
        drop(user);
        assert_eq!(answer.await, Err(AckError::Disconnected), "{is_connected}");
    }
}
