//! The server asks, and the user answers.

use std::cell::RefCell;
use std::rc::Rc;

use socketio_wasm::{Ack, EmitError, Event};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::page::{Page, array, get};
use super::stand_in::StandIn;
use super::user::{User, nothing, show};

/// The next question, as an event.
fn question(user: &User) -> Rc<RefCell<Option<Event>>> {
    let event = Rc::new(RefCell::new(None));
    let found = Rc::clone(&event);
    let listener = user.socket.on_raw("question", move |event| {
        found.replace(Some(event));
    });
    listener.forget();
    event
}

async fn asked(user: &User) -> Event {
    let event = question(user);
    user.emit("ask", "[6]");
    user.settle().await;
    event.take().expect("a question")
}

#[test]
async fn listener_answers_at_once() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let _listener = user.socket.on_raw("question", |event| {
            assert!(event.wants_ack());
            event.ack::<()>().send_raw(&array("[4, { a: 2 }]")).unwrap();
            assert!(!event.wants_ack());
        });
        user.emit("ask", "[]");
        assert_eq!(user.event("answered").await, r#"[4,{"a":2}]"#, "{kind:?}");
    }
}

#[test]
async fn answer_may_come_later() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let event = asked(&user).await;
    let ack: Ack = event.ack();
    drop(event);
    assert!(ack.is_wanted());
    user.settle().await;
    assert_eq!(user.count("answered"), 0);
    ack.send_raw(&nothing()).unwrap();
    assert_eq!(user.event("answered").await, "[]");
}

#[test]
async fn first_answer_counts() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let event = asked(&user).await;
    let (first, second): (Ack, Ack) = (event.ack(), event.clone().ack());
    first.send_raw(&array("[1]")).unwrap();
    assert!(!second.is_wanted());
    assert!(!event.wants_ack());
    second.send_raw(&array("[2]")).unwrap();
    event.ack::<()>().send_raw(&array("[3]")).unwrap();
    user.settle().await;
    assert_eq!(user.event("answered").await, "[1]");
    assert_eq!(user.count("answered"), 1);
}

/// The server would be told of a second one, and what it makes of that is its own.
#[test]
async fn second_answer_is_not_sent() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.connect();
    let event = question(&user);
    sockets.receive(r#"421["question"]"#);
    let event = event.take().unwrap();
    for answer in ["[1]", "[2]"] {
        event.ack::<()>().send_raw(&array(answer)).unwrap();
    }
    let sent = js_sys::Array::from(&get(&sockets.last(), "sent"));
    assert_eq!(show(&sent), r#"["40","431[1]"]"#);
}

#[test]
async fn what_is_shown_of_an_event_is_its_data_and_of_an_answer_whether_it_is_due() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let event = asked(&user).await;
    let shown = format!("{event:?}");
    assert!(shown.starts_with("Event(") && shown.contains(r#"["question", 6]"#), "{shown}");
    let (first, second): (Ack, Ack) = (event.ack(), event.ack());
    assert_eq!(format!("{second:?}"), "Ack { is_wanted: true }");
    first.send_raw(&nothing()).unwrap();
    assert_eq!(format!("{second:?}"), "Ack { is_wanted: false }");
}

#[test]
async fn dropped_answer_is_none() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let event = asked(&user).await;
    drop(event.ack::<()>());
    // Another may still be given.
    assert!(event.wants_ack());
    drop(event);
    user.settle().await;
    assert_eq!(user.count("answered"), 0);
}

#[test]
async fn answer_to_an_event_that_wants_none_goes_nowhere() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.connect();
    let event = Rc::new(RefCell::new(None));
    let found = Rc::clone(&event);
    let _listener = user.socket.on_raw("a", move |event| {
        found.replace(Some(event.ack::<()>()));
    });
    sockets.receive(r#"42["a"]"#);
    let ack = event.take().unwrap();
    assert!(!ack.is_wanted());
    ack.send_raw(&nothing()).unwrap();
    // The server's id may be zero: that one is wanted.
    sockets.receive(r#"420["a"]"#);
    let ack = event.take().unwrap();
    assert!(ack.is_wanted());
    ack.send_raw(&array("[1]")).unwrap();
    let sent = js_sys::Array::from(&get(&sockets.last(), "sent"));
    assert_eq!(sent.length(), 2);
    assert_eq!(sent.get(1), "430[1]");
}

/// The server's ids begin anew: an answer would go to another question.
#[test]
async fn answer_over_another_connection_goes_nowhere() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let old = asked(&user).await;
    user.emit("drop", "[]");
    user.next("disconnect: transport close").await;
    assert!(!old.wants_ack());
    user.next("connect").await;
    let new = asked(&user).await;
    assert!(!old.wants_ack());
    old.ack::<()>().send_raw(&array("['old']")).unwrap();
    new.ack::<()>().send_raw(&array("['new']")).unwrap();
    assert_eq!(user.event("answered").await, r#"["new"]"#);
    user.settle().await;
    assert_eq!(user.count("answered"), 1);
}

#[test]
async fn answer_after_the_end_is_no_error() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (first, second) = (asked(&user).await, asked(&user).await);
    user.socket.disconnect();
    first.ack::<()>().send_raw(&nothing()).unwrap();
    drop(user);
    assert!(!second.wants_ack());
    second.ack::<()>().send_raw(&nothing()).unwrap();
}

#[test]
async fn answer_that_cannot_be_sent_leaves_room_for_another() {
    let page = Page::new().await;
    let user = User::connected(&page, at("").max_attachments(1)).await;
    let event = asked(&user).await;
    let bytes = array("[new Uint8Array(1), new Uint8Array(1)]");
    let error = event.ack::<()>().send_raw(&bytes);
    assert_eq!(error, Err(EmitError::TooManyAttachments { count: 2, max: 1 }));
    assert!(event.wants_ack());
    event.ack::<()>().send_raw(&array("[new Uint8Array([1, 2])]")).unwrap();
    assert_eq!(user.event("answered").await, r#"["<1,2>"]"#);
}

/// Names of events are reserved; an answer has none.
#[test]
async fn answer_may_be_any_text() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let event = asked(&user).await;
    event.ack::<()>().send_raw(&array("['connect']")).unwrap();
    assert_eq!(user.event("answered").await, r#"["connect"]"#);
}
