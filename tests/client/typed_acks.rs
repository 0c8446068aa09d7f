//! Answers as Rust data, both ways.

use std::cell::RefCell;
use std::error::Error;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use socketio_wasm::{Ack, AckError, EmitError};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, ms, over};
use super::mismatch::warnings;
use super::page::{Page, js, until};
use super::typed::Refused;
use super::user::{User, show};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Question {
    text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Answer {
    n: i64,
}

#[test]
async fn answer_is_of_the_type_that_was_asked_for() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let socket = &user.socket;
        let answer = socket.emit_with_ack::<Answer>("echo", &Answer { n: -1 }).await;
        assert_eq!(answer, Ok(Answer { n: -1 }), "{kind:?}");
        let answer = socket.emit_with_ack::<(u8, String)>("echo", &(1, "a")).await;
        assert_eq!(answer, Ok((1, "a".into())));
        let answer = socket.emit_with_ack::<()>("echo", &()).await;
        assert_eq!(answer, Ok(()));
        let answer = socket.emit_with_ack::<Option<u8>>("echo", &()).await;
        assert_eq!(answer, Ok(None));
        let answer = socket.emit_with_ack::<String>("echo", "text").await;
        assert_eq!(answer, Ok("text".into()));
        // The first of several, if one is asked for.
        assert_eq!(socket.emit_with_ack::<u8>("echo", &(1, 2)).await, Ok(1));
    }
}

#[test]
async fn answer_of_another_type_is_an_error_and_no_more() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let answer = user.socket.emit_with_ack::<Answer>("echo", "text").await;
    let Err(AckError::Decode(error)) = &answer else { panic!("{answer:?}") };
    assert_eq!(error.event(), "echo");
    assert!(error.message().contains("Answer"), "{error}");
    let text = answer.as_ref().unwrap_err().to_string();
    assert!(text.contains("echo") && text.contains(error.message()), "{text}");
    assert!(answer.unwrap_err().source().is_some());
    assert_eq!(user.socket.emit_with_ack("echo", &1).await, Ok(1));
}

#[test]
async fn there_is_no_answer_for_the_reasons_there_are() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let socket = &user.socket;
    let answer = socket.emit_with_ack::<()>("hold", &()).timeout(ms(10)).await;
    assert_eq!(answer, Err(AckError::Timeout));
    let answer = socket.emit_with_ack::<()>("connect", &()).await;
    assert_eq!(answer, Err(AckError::Emit(EmitError::ReservedName)));
    let answer = socket.emit_with_ack::<()>("echo", &Refused).await;
    let text = "the data of the event \"echo\" can't be sent: can't be told";
    assert_eq!(answer, Err(AckError::Emit(EmitError::Encode(text.into()))));
    let answer = socket.emit_with_ack::<()>("hold", &());
    socket.emit("drop", &()).unwrap();
    assert_eq!(answer.await, Err(AckError::Disconnected));
}

#[test]
async fn time_that_is_given_is_shorter_than_that_of_the_builder() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let late = Rc::new(RefCell::new(None));
    let kept = Rc::clone(&late);
    let first = user.socket.emit_with_ack::<()>("hold", &());
    first.callback(move |answer| drop(kept.replace(Some(answer))));
    let answer = user.socket.emit_with_ack::<()>("hold", &()).timeout(ms(10)).await;
    assert_eq!(answer, Err(AckError::Timeout));
    // Its time began first.
    assert_eq!(late.take(), None);
}

#[test]
async fn dropped_question_that_still_waits_is_not_sent() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let dropped = user.socket.emit_with_ack::<()>("echo-emit", &1).timeout(ms(60_000));
    drop(dropped);
    user.connect().await;
    user.settle().await;
    assert_eq!(user.count("echo-emit"), 0);
}

#[test]
async fn answer_may_be_given_to_a_function() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let answers = Rc::new(RefCell::new(Vec::new()));
    let keep = || {
        let answers = Rc::clone(&answers);
        move |answer| answers.borrow_mut().push(answer)
    };
    user.socket.emit_with_ack::<u32>("echo", &1).callback(keep());
    user.socket.emit_with_ack::<u32>("echo", "one").callback(keep());
    until("both have come", || answers.borrow().len() == 2).await;
    let answers = answers.take();
    assert_eq!(answers[0], Ok(1));
    assert!(matches!(&answers[1], Err(AckError::Decode(error)) if error.event() == "echo"));
}

#[test]
async fn listener_answers_with_the_type_that_it_names() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let answer = user.socket.on("question", |q: Question, ack: Ack<Answer>| {
            assert!(ack.is_wanted());
            ack.send(&Answer { n: q.text.len() as i64 })
        });
        user.socket.emit("ask", &Question { text: "four".into() }).unwrap();
        assert_eq!(user.event("answered").await, r#"[{"n":4}]"#, "{kind:?}");
        drop(answer);
        let answer = user.socket.on("question", |(a, b): (u8, u8), ack: Ack<(u8, u8)>| {
            ack.send(&(b, a)).unwrap();
        });
        user.socket.emit("ask", &(1, 2)).unwrap();
        assert_eq!(user.event("answered").await, "[2,1]");
        drop(answer);
        let answer = user.socket.on("question", |(): (), ack: Ack| ack.send(&()));
        user.socket.emit("ask", &()).unwrap();
        assert_eq!(user.event("answered").await, "[]");
        drop(answer);
        user.socket.once("question", |(): (), ack: Ack<str>| ack.send("7")).forget();
        user.socket.emit("ask", &()).unwrap();
        assert_eq!(user.event("answered").await, r#"["7"]"#);
    }
}

#[test]
async fn answer_may_come_later_or_never() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let slot: Rc<RefCell<Option<Ack<u32>>>> = Rc::default();
    let kept = Rc::clone(&slot);
    let _listener = user.socket.on("question", move |n: u32, ack: Ack<u32>| {
        if n == 1 {
            kept.replace(Some(ack));
        }
    });
    user.socket.emit("ask", &0).unwrap();
    user.socket.emit("ask", &1).unwrap();
    user.settle().await;
    assert_eq!(user.count("answered"), 0);
    slot.take().unwrap().send(&2).unwrap();
    assert_eq!(user.event("answered").await, "[2]");
    assert_eq!(user.count("answered"), 1);
}

/// A function of JavaScript has nobody to tell but the one who looks at the console.
#[test]
async fn answer_of_a_function_that_cannot_be_sent_is_a_warning() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = warnings(&page);
    let answer = "(n, answer) => { answer(n > 0 ? n : 1n); }";
    let _listener = user.socket.on_function("question", js(answer).unchecked_ref());
    let text = r#"[["socketio-wasm: the answer to an event can't be sent"]]"#;
    user.emit("ask", "[0]");
    user.settle().await;
    assert_eq!(show(&told), text);
    user.emit("ask", "[1]");
    assert_eq!(user.event("answered").await, "[1]");
    assert_eq!(show(&told), text);
}

/// An answer that can't be sent is the listener's to know, and the page's if it doesn't care.
#[test]
async fn answer_that_cannot_be_encoded_is_an_error() {
    let page = Page::new().await;
    let told = warnings(&page);
    let user = User::connected(&page, at("")).await;
    let errors = Rc::new(RefCell::new(Vec::new()));
    let found = Rc::clone(&errors);
    let caring = user.socket.on("question", move |(): (), ack: Ack<Refused>| {
        found.borrow_mut().push(ack.send(&Refused));
    });
    let careless = user.socket.on("question", |(): (), ack: Ack<Refused>| ack.send(&Refused));
    let other = user.socket.on("question", |(): (), ack: Ack<u8>| ack.send(&1));
    user.socket.emit("ask", &()).unwrap();
    // It leaves room for another.
    assert_eq!(user.event("answered").await, "[1]");
    assert_eq!(errors.take(), [Err(EmitError::Encode("can't be told".into()))]);
    let text = r#"[["socketio-wasm: the answer to \"question\" can't be sent: can't be told"]]"#;
    assert_eq!(show(&told), text);
    drop((caring, careless, other));
    user.socket.once("question", |(): (), ack: Ack<Refused>| ack.send(&Refused)).forget();
    user.emit("ask", "[]");
    user.settle().await;
    assert_eq!(js_sys::Array::from(&told).length(), 2);
}
