//! Asking the server: the answer, or why there is none.

use std::cell::RefCell;
use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};
use std::time::Duration;

use socketio_wasm::{AckError, EmitError, EmitWithAckRaw};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, ms, over};
use super::page::{Page, array, get, js, tick, until};
use super::stand_in::StandIn;
use super::user::{User, nothing, show};

#[test]
async fn server_answers_with_any_number_of_values() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        for args in [r#"[1]"#, "[]", r#"["Ä€😀",{"a":[null,1.5]},true]"#, "[null]"] {
            assert_eq!(user.ask("echo", args).await.unwrap(), args, "{kind:?}");
        }
    }
}

#[test]
async fn answers_find_those_who_asked() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let held = user.socket.emit_with_ack_raw("hold", &array("['held']"));
    let first = user.socket.emit_with_ack_raw("echo", &array("[1]"));
    let second = user.socket.emit_with_ack_raw("echo", &array("[2]"));
    assert_eq!(show(&second.await.unwrap()), "[2]");
    assert_eq!(show(&first.await.unwrap()), "[1]");
    user.emit("release", "[]");
    assert_eq!(show(&held.await.unwrap()), r#"["held"]"#);
}

#[test]
async fn event_is_sent_before_anybody_awaits_its_answer() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let answer = user.socket.emit_with_ack_raw("echo", &array("[1]"));
    user.settle().await;
    assert_eq!(show(&answer.await.unwrap()), "[1]");
}

#[test]
async fn question_before_the_connection_waits_for_it() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::new(&page, over(kind));
        let answer = user.socket.emit_with_ack_raw("echo", &array("[1]"));
        user.socket.connect();
        assert_eq!(show(&answer.await.unwrap()), "[1]");
    }
}

/// No timer has noticed yet that the server is gone: the question does.
#[test]
async fn first_question_after_a_sleep_is_answered_over_the_next_connection() {
    let page = Page::new().await;
    for is_dropped in [false, true] {
        let user = User::connected(&page, at("")).await;
        page.set_in(&js("Date"), "now", &js("((now) => () => now() + 3_600_000)(Date.now)"));
        // Within a task nobody looks at the clock twice.
        tick(0).await;
        let answer = user.socket.emit_with_ack_raw("echo", &array("['awake']"));
        assert_eq!(user.count("disconnect: ping timeout"), 1);
        if is_dropped {
            drop(answer);
            drop(user.socket.emit_with_ack_raw("echo-emit", &array("['dropped']")));
        } else {
            assert_eq!(show(&answer.await.unwrap()), r#"["awake"]"#);
        }
        user.settle().await;
        assert_eq!(user.count("echo-emit"), 0);
    }
}

#[test]
async fn answer_that_does_not_come_in_time_is_a_timeout() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let began = js("performance.now()").as_f64().unwrap();
    let answer = user.socket.emit_with_ack_raw("hold", &nothing()).timeout(ms(50)).await;
    assert_eq!(answer, Err(AckError::Timeout));
    let took = js("performance.now()").as_f64().unwrap() - began;
    assert!((45.0..2_000.0).contains(&took), "{took} ms");
    // Nor is it an error when it comes after all.
    assert_eq!(user.ask("release", "[]").await.unwrap(), "[]");
    user.settle().await;
}

#[test]
async fn no_time_at_all_is_a_timeout() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let answer = user.socket.emit_with_ack_raw("hold", &nothing()).timeout(Duration::ZERO);
    assert_eq!(answer.await, Err(AckError::Timeout));
}

#[test]
async fn answer_in_time_is_no_timeout() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let answer = user.socket.emit_with_ack_raw("echo", &array("[1]")).timeout(ms(20_000)).await;
    assert_eq!(show(&answer.unwrap()), "[1]");
}

#[test]
async fn timeout_of_the_builder_holds_where_none_is_given() {
    let page = Page::new().await;
    let user = User::connected(&page, at("").ack_timeout(ms(20))).await;
    assert_eq!(user.ask("hold", "[]").await, Err(AckError::Timeout));
    // One that is given goes before it; the longest is none.
    for time in [ms(20_000), ms(3_000_000_000), Duration::MAX] {
        let held = user.socket.emit_with_ack_raw("hold", &array("[1]")).timeout(time);
        let timed_out = user.socket.emit_with_ack_raw("hold", &nothing()).await;
        assert_eq!(timed_out, Err(AckError::Timeout));
        user.emit("release", "[]");
        assert_eq!(show(&held.await.unwrap()), "[1]");
    }
}

#[test]
async fn answers_come_in_the_servers_order() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.connect();
    let questions = [0, 1, 2].map(|n| (n, user.socket.emit_with_ack_raw("ask", &nothing())));
    for answer in ["431[1]", "430[0]", "432[2]"] {
        sockets.receive(answer);
    }
    for (n, answer) in questions {
        assert_eq!(show(&answer.await.unwrap()), format!("[{n}]"));
    }
}

#[test]
async fn question_that_was_not_sent_in_time_is_never_sent() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let answer = user.socket.emit_with_ack_raw("echo-emit", &array("[1]")).timeout(ms(10)).await;
    assert_eq!(answer, Err(AckError::Timeout));
    user.connect().await;
    user.settle().await;
    assert_eq!(user.count("echo-emit"), 0);
}

#[test]
async fn no_answer_comes_after_the_connection_has_ended() {
    let page = Page::new().await;
    for kind in EACH {
        for end in ["drop", "kick"] {
            let user = User::connected(&page, over(kind)).await;
            let answer = user.socket.emit_with_ack_raw("hold", &nothing());
            user.emit(end, "[]");
            assert_eq!(answer.await, Err(AckError::Disconnected), "{kind:?}: {end}");
        }
        let user = User::connected(&page, over(kind)).await;
        let answer = user.socket.emit_with_ack_raw("hold", &nothing());
        user.socket.disconnect();
        assert_eq!(answer.await, Err(AckError::Disconnected), "{kind:?}");
    }
}

/// It waited for the connection, was sent over it, and the connection ended.
#[test]
async fn no_answer_comes_either_to_a_question_that_had_waited() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    // Not the first question: that one was answered.
    user.settle().await;
    user.socket.disconnect();
    let answer = user.socket.emit_with_ack_raw("hold", &nothing());
    user.connect().await;
    user.emit("drop", "[]");
    assert_eq!(answer.await, Err(AckError::Disconnected));
}

/// As `socket.io-client` does.
#[test]
async fn end_is_told_before_the_answers_that_will_not_come() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let order: Rc<RefCell<Vec<_>>> = Rc::default();
    let [end, answer] = [(); 2].map(|()| Rc::clone(&order));
    user.socket
        .emit_with_ack_raw("hold", &nothing())
        .callback(move |_| answer.borrow_mut().push("no answer"));
    let _listener = user.socket.on_disconnect(move |_| end.borrow_mut().push("end"));
    user.socket.disconnect();
    assert_eq!(order.take(), ["end", "no answer"]);
}

#[test]
async fn question_that_was_answered_is_not_sent_over_the_next_connection() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.connect();
    let answer = user.socket.emit_with_ack_raw("ask", &nothing());
    sockets.receive("430[]");
    assert_eq!(show(&answer.await.unwrap()), "[]");
    user.socket.disconnect();
    user.socket.connect();
    until("there is another", || sockets.count() == 2).await;
    sockets.connect();
    assert_eq!(show(&get(&sockets.last(), "sent")), r#"["40"]"#);
}

#[test]
async fn question_that_was_not_sent_outlives_the_connection() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    user.emit("drop", "[]");
    user.next("disconnect: transport close").await;
    let answer = user.socket.emit_with_ack_raw("echo", &array("[1]"));
    assert_eq!(show(&answer.await.unwrap()), "[1]");
}

/// What is asked inside the end of a connection is a question to the next one.
#[test]
async fn question_inside_the_end_of_the_connection_is_answered_by_the_next() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let slot = Rc::new(RefCell::new(None));
    let (kept, weak) = (Rc::clone(&slot), user.socket.downgrade());
    let _listener = user.socket.on_disconnect(move |_| {
        let socket = weak.upgrade().unwrap();
        kept.replace(Some(socket.emit_with_ack_raw("echo", &array("[1]"))));
    });
    user.emit("drop", "[]");
    user.next("connect").await;
    let answer = slot.take().unwrap();
    assert_eq!(show(&answer.await.unwrap()), "[1]");
}

#[test]
async fn answer_may_be_given_to_a_function() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let answers: Rc<RefCell<Vec<_>>> = Rc::default();
    let keep = || {
        let answers = Rc::clone(&answers);
        move |answer: Result<js_sys::Array, AckError>| {
            answers.borrow_mut().push(answer.map(|args| show(&args)));
        }
    };
    user.socket.emit_with_ack_raw("echo", &array("[1]")).callback(keep());
    user.socket.emit_with_ack_raw("hold", &nothing()).timeout(ms(10)).callback(keep());
    user.socket.emit_with_ack_raw("connect", &nothing()).callback(keep());
    user.socket.emit_with_ack_raw("hold", &array("['never']")).callback(keep());
    until("three have answered", || answers.borrow().len() == 3).await;
    user.socket.disconnect();
    until("all have answered", || answers.borrow().len() == 4).await;
    let has = |answer| answers.borrow().contains(&answer);
    assert!(has(Ok("[1]".into())));
    assert!(has(Err(AckError::Timeout)));
    assert!(has(Err(AckError::Emit(EmitError::ReservedName))));
    assert!(has(Err(AckError::Disconnected)));
    assert_eq!(Rc::strong_count(&answers), 1);
}

#[test]
async fn whoever_moves_the_future_is_woken_all_the_same() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let answer = user.socket.emit_with_ack_raw("hold", &array("[1]"));
    let answer = {
        let mut boxed = Box::pin(answer);
        // Polled by one, awaited by another.
        std::future::poll_fn(|context| {
            assert!(boxed.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
        boxed
    };
    user.emit("release", "[]");
    assert_eq!(show(&pin!(answer).await.unwrap()), "[1]");
}

thread_local! {
    static ASKED: RefCell<Option<EmitWithAckRaw>> = const { RefCell::new(None) };
    static ANSWER: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// An executor that polls before `wake` returns.
struct AtOnce;

impl Wake for AtOnce {
    fn wake(self: Arc<Self>) {
        let waker = self.into();
        let mut context = Context::from_waker(&waker);
        let poll = ASKED.with_borrow_mut(|it| pin!(it.as_mut().unwrap()).poll(&mut context));
        if let Poll::Ready(answer) = poll {
            ANSWER.set(Some(show(&answer.unwrap())));
        }
    }
}

#[test]
async fn executor_may_poll_at_once() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    ASKED.set(Some(user.socket.emit_with_ack_raw("echo", &array("[1]"))));
    Arc::new(AtOnce).wake();
    user.settle().await;
    assert_eq!(ANSWER.take().as_deref(), Some("[1]"));
    drop(ASKED.take());
}

#[test]
fn errors_say_what_is_wrong() {
    let texts = [
        (AckError::Timeout, "operation has timed out"),
        (AckError::Disconnected, "socket has been disconnected"),
        (AckError::Emit(EmitError::ReservedName), "the event name is reserved"),
    ];
    for (error, text) in texts {
        assert_eq!(error.to_string(), text);
        assert_eq!(error.source().is_some(), matches!(error, AckError::Emit(_)));
    }
}
