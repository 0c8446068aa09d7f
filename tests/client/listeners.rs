//! Listeners: who is called, with what, in what order, and until when.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function};
use socketio_wasm::{Event, Listener};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::page::{Page, array, get, js, until};
use super::stand_in::StandIn;
use super::user::{User, show};

/// What several listeners were told, in its order.
#[derive(Clone, Default)]
struct Told(Rc<RefCell<Vec<String>>>);

impl Told {
    fn by(&self, who: &'static str) -> impl Fn(Event) + 'static {
        let told = self.clone();
        move |event| {
            told.0.borrow_mut().push(format!("{who}: {} {}", event.name(), show(&event.args())));
        }
    }

    fn all(&self) -> Vec<String> {
        self.0.borrow().clone()
    }
}

#[test]
async fn event_comes_with_its_name_and_arguments() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let event = Rc::new(RefCell::new(None));
        let found = Rc::clone(&event);
        let _listener = user.socket.on_raw("echo-emit", move |event| {
            found.replace(Some(event));
        });
        user.emit("echo-emit", "[1, 'Ä€😀', { a: [null, 1.5] }]");
        user.next("echo-emit").await;
        user.settle().await;
        let event = event.take().expect("an event");
        assert_eq!(event.name(), "echo-emit");
        assert_eq!(show(&event.args()), r#"[1,"Ä€😀",{"a":[null,1.5]}]"#);
        assert_eq!(event.get(0), 1);
        assert_eq!(show(&event.get(2)), r#"{"a":[null,1.5]}"#);
        assert!(event.get(3).is_undefined());
        assert!(!event.wants_ack());
    }
}

#[test]
async fn listeners_of_an_event_are_called_in_their_order_after_the_catch_all() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = Told::default();
    let _listeners: [Listener; 5] = [
        user.socket.on_raw("echo-emit", told.by("first")),
        user.socket.on_raw("other", told.by("other")),
        user.socket.on_any(told.by("any")),
        user.socket.on_raw("echo-emit", told.by("second")),
        user.socket.on_any(told.by("any too")),
    ];
    user.emit("echo-emit", "[1]");
    user.settle().await;
    let told: Vec<_> = told.all().into_iter().filter(|it| !it.contains("hello")).collect();
    let expected =
        ["any", "any too", "first", "second"].map(|who| who.to_owned() + ": echo-emit [1]");
    assert_eq!(told, expected);
}

#[test]
async fn listener_is_removed_with_its_guard_and_by_nothing_else() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = Told::default();
    let first = user.socket.on_raw("echo-emit", told.by("first"));
    let second = user.socket.on_raw("echo-emit", told.by("second"));
    let any = user.socket.on_any(told.by("any"));
    drop(any);
    for (guard, left) in [(first, "second"), (second, "")] {
        drop(guard);
        user.emit("echo-emit", "[]");
        user.settle().await;
        let expected = format!("{left}: echo-emit []");
        let told = told.0.take();
        assert_eq!(told, [expected.as_str()][..usize::from(!left.is_empty())]);
    }
}

#[test]
async fn listener_without_a_guard_stays() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = Told::default();
    user.socket.on_raw("echo-emit", told.by("kept")).forget();
    drop(user.socket.on_raw("echo-emit", told.by("dropped")));
    user.emit("drop", "[]");
    user.next("connect").await;
    user.emit("echo-emit", "[]");
    user.settle().await;
    assert_eq!(told.all(), ["kept: echo-emit []"]);
}

#[test]
async fn once_is_once() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = Told::default();
    let kept = user.socket.once_raw("echo-emit", told.by("once"));
    drop(user.socket.once_raw("echo-emit", told.by("never")));
    user.socket.once_raw("echo-emit", told.by("forgotten")).forget();
    for n in 1..=2 {
        user.emit("echo-emit", &format!("[{n}]"));
    }
    user.settle().await;
    assert_eq!(told.all(), ["once: echo-emit [1]", "forgotten: echo-emit [1]"]);
    drop(kept);
}

/// What a listener has belongs to the page again as soon as the listener is not needed.
#[test]
async fn once_lets_go_of_what_it_had() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let had = Rc::new(());
    let of_listener = Rc::clone(&had);
    let guard = user.socket.once_raw("echo-emit", move |_| drop(of_listener));
    assert_eq!(Rc::strong_count(&had), 2);
    user.emit("echo-emit", "[]");
    user.settle().await;
    assert_eq!(Rc::strong_count(&had), 1);
    drop(guard);
}

#[test]
async fn listener_may_remove_itself_and_others_inside_its_own_call() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = Told::default();
    let slot: Rc<RefCell<Vec<Listener>>> = Rc::default();
    let (mine, by) = (Rc::clone(&slot), told.by("first"));
    let first = user.socket.on_raw("echo-emit", move |event| {
        by(event);
        // Its own guard and that of the second, who has not been called yet.
        mine.take();
    });
    let second = user.socket.on_raw("echo-emit", told.by("second"));
    let _third = user.socket.on_raw("echo-emit", told.by("third"));
    slot.replace(vec![first, second]);
    user.emit("echo-emit", "[1]");
    user.emit("echo-emit", "[2]");
    user.settle().await;
    let expected = ["first: echo-emit [1]", "third: echo-emit [1]", "third: echo-emit [2]"];
    assert_eq!(told.all(), expected);
}

#[test]
async fn listener_that_is_added_inside_an_event_hears_the_next() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = Told::default();
    let (socket, by) = (user.socket.clone(), told.clone());
    let listener = user.socket.once_raw("echo-emit", move |_| {
        socket.on_raw("echo-emit", by.by("added")).forget();
    });
    user.emit("echo-emit", "[1]");
    user.emit("echo-emit", "[2]");
    user.settle().await;
    assert_eq!(told.all(), ["added: echo-emit [2]"]);
    drop(listener);
}

#[test]
async fn emits_inside_a_listener_keep_their_order() {
    const COUNT: u32 = 200;
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let socket = user.socket.clone();
        let _listener = user.socket.on_raw("burst", move |event| {
            for which in ["first", "second"] {
                let args = Array::of2(&event.get(0), &which.into());
                socket.emit_raw("echo-emit", &args).unwrap();
            }
        });
        user.emit("burst", &format!("[{COUNT}]"));
        for n in 0..COUNT {
            for which in ["first", "second"] {
                assert_eq!(user.event("echo-emit").await, format!(r#"[{n},"{which}"]"#));
            }
        }
    }
}

/// Writes down its arguments, and answers if there is an answer to give.
const FUNCTION: &str = "(() => {
    const listener = (...args) => {
        listener.calls.push(args);
        if (typeof args.at(-1) === 'function') args.at(-1)(4, 2);
    };
    return Object.assign(listener, { calls: [] });
})()";

#[test]
async fn function_of_javascript_is_called_as_javascript_calls_it() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let calls: Function = js(FUNCTION).unchecked_into();
    let events = ["echo-emit", "question"];
    let listeners = events.map(|name| user.socket.on_function(name, &calls));
    user.emit("echo-emit", "[1, 'a']");
    user.emit("ask", "[6]");
    assert_eq!(user.event("answered").await, "[4,2]");
    let seen = get(&calls, "calls");
    assert_eq!(show(&seen), r#"[[1,"a"],[6,null]]"#);
    drop(listeners);
    user.emit("echo-emit", "[2]");
    user.settle().await;
    assert_eq!(Array::from(&seen).length(), 2);
}

#[test]
async fn names_that_javascript_objects_have_are_names_like_any() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let sockets = ["__proto__", "constructor", "toString", "", "😀", "message", "error"];
    let told = Told::default();
    let _listeners = sockets.map(|name| user.socket.on_raw(name, told.by("any")));
    assert_eq!(user.ask("echo", "['__proto__']").await.unwrap(), r#"["__proto__"]"#);
    assert_eq!(told.all(), [""; 0]);
    for name in sockets {
        user.emit(name, "[]");
    }
    user.settle().await;
}

#[test]
async fn listeners_are_told_of_connections_until_their_guard_is_dropped() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let count = Rc::new(Cell::new(0));
    let more = || {
        let count = Rc::clone(&count);
        move || count.set(count.get() + 1)
    };
    let (connect, disconnect, state) = (more(), more(), more());
    let listeners = [
        user.socket.on_connect(connect),
        user.socket.on_disconnect(move |_| disconnect()),
        user.socket.on_state(move |_| state()),
    ];
    user.connect().await;
    user.socket.disconnect();
    // Two ends, and three states: connecting, connected, disconnected.
    assert_eq!(count.get(), 5);
    drop(listeners);
    user.connect().await;
    user.socket.disconnect();
    assert_eq!(count.get(), 5);
    assert_eq!(Rc::strong_count(&count), 1);
}

#[test]
async fn function_of_javascript_that_throws_is_the_pages_to_know_and_no_more() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let throwing: Function = js("() => { throw new Error('mine'); }").unchecked_into();
    let told = Told::default();
    let _listeners = [
        user.socket.on_function("echo-emit", &throwing),
        user.socket.on_raw("echo-emit", told.by("next")),
    ];
    user.emit("echo-emit", "[1]");
    user.settle().await;
    assert_eq!(told.all(), ["next: echo-emit [1]"]);
    let mut errors = String::new();
    until("the page knows", || {
        errors += &page.take_errors();
        errors.contains("mine")
    })
    .await;
}

/// As a panic in a build that aborts: nothing behind it in Rust is run.
#[test]
async fn listener_that_breaks_off_leaves_the_others_and_the_connection() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = Told::default();
    let ends = Rc::new(Cell::new(0));
    let count = Rc::clone(&ends);
    let listeners = [
        user.socket.on_disconnect(|_| wasm_bindgen::throw_str("mine")),
        user.socket.on_disconnect(move |_| count.set(count.get() + 1)),
        user.socket.on_raw("echo-emit", |_| wasm_bindgen::throw_str("mine, too")),
        user.socket.on_raw("echo-emit", told.by("next")),
    ];
    user.emit("drop", "[]");
    user.next("connect").await;
    user.emit("echo-emit", "[1]");
    user.settle().await;
    assert_eq!((ends.get(), told.all()), (1, vec!["next: echo-emit [1]".to_string()]));
    assert!(page.take_errors().contains("mine, too"));
    // What Rust had in its hands when it broke off is never dropped.
    drop(listeners);
    user.socket.disconnect();
}

#[test]
async fn callback_that_breaks_off_leaves_the_connection() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let answer = user.socket.emit_with_ack_raw("echo", &array("[1]"));
    answer.callback(|_| wasm_bindgen::throw_str("mine"));
    let lost = user.socket.emit_with_ack_raw("hold", &array("[]"));
    lost.callback(|_| wasm_bindgen::throw_str("mine, too"));
    user.settle().await;
    user.emit("drop", "[]");
    user.next("connect").await;
    user.settle().await;
    assert!(page.take_errors().contains("mine, too"));
}

#[test]
async fn auth_that_breaks_off_is_a_connect_error_and_may_do_better_the_next_time() {
    let page = Page::new().await;
    let user = User::new(&page, at("").auth_with(|_| wasm_bindgen::throw_str("mine")));
    user.socket.connect();
    user.next("connect_error: auth: auth panicked").await;
    assert!(page.take_errors().contains("mine"));
    user.socket.set_auth_with(|reply| reply.send_raw(JsValue::UNDEFINED));
    user.connect().await;
}

#[test]
async fn catch_all_may_answer_too() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let _listener = user.socket.on_any(|event| {
        if event.wants_ack() {
            event.ack::<()>().send_raw(&event.args()).unwrap();
        }
    });
    user.emit("ask", "[1, 2]");
    assert_eq!(user.event("answered").await, "[1,2]");
}

/// Spec: socket.io-protocol v5, "Sending and receiving data": a name may be a number.
#[test]
async fn name_that_is_a_number_is_its_text() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.connect();
    let told = Told::default();
    let _listener = user.socket.on_raw("1", told.by("number"));
    sockets.receive(r#"42[1,"a"]"#);
    assert_eq!(told.all(), [r#"number: 1 ["a"]"#]);
}
