//! Data that does not fit: reported, and nothing worse.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Deserialize;
use socketio_wasm::{Ack, DecodeError};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::page::{Page, call, js};
use super::user::{User, show};

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it never comes")]
struct Position {
    x: f64,
    y: f64,
}

/// Listens to data that never fits.
fn never<T>(_: T) {
    panic!("called");
}

/// The warnings on the console from now on: a list of their arguments.
pub(crate) fn warnings(page: &Page) -> JsValue {
    let list = js("[]");
    let warn = call("list => (...args) => { list.push(args); }", &[&list]);
    page.set_in(&js("console"), "warn", &warn);
    list
}

#[test]
async fn console_says_which_event_did_not_fit_and_why() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let told = warnings(&page);
        let _listener = user.socket.on("echo-emit", never::<Position>);
        user.socket.emit("echo-emit", &serde_map("x", 1)).unwrap();
        user.settle().await;
        let text = show(&told);
        assert_eq!(text.matches("socketio-wasm").count(), 1, "{kind:?}: {text}");
        assert!(text.contains("echo-emit") && text.contains("missing field `y`"), "{text}");
        assert!(user.socket.is_connected());
        assert_eq!(user.socket.emit_with_ack::<u8>("echo", &1).await, Ok(1));
        assert_eq!(user.count("disconnect: parse error"), 0);
    }
}

fn serde_map(name: &str, value: u32) -> std::collections::BTreeMap<&str, u32> {
    std::collections::BTreeMap::from([(name, value)])
}

#[test]
async fn hook_is_told_instead_of_the_console() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = warnings(&page);
    let errors: Rc<RefCell<Vec<DecodeError>>> = Rc::default();
    let found = Rc::clone(&errors);
    user.socket.on_decode_error(|_| panic!("not the last hook"));
    user.socket.on_decode_error(move |error| found.borrow_mut().push(error.clone()));
    let _listener = user.socket.on("echo-emit", never::<u32>);
    user.socket.emit("echo-emit", "text").unwrap();
    user.settle().await;
    let errors = errors.take();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].event(), "echo-emit");
    assert!(errors[0].message().contains("u32"), "{}", errors[0].message());
    let text = errors[0].to_string();
    assert!(text.contains("echo-emit") && text.contains(errors[0].message()), "{text}");
    assert_eq!(show(&told), "[]");
}

#[test]
async fn other_listeners_are_called_all_the_same() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = warnings(&page);
    let heard = Rc::new(RefCell::new(Vec::new()));
    let (before, after) = (Rc::clone(&heard), Rc::clone(&heard));
    let _listeners = [
        user.socket.on("echo-emit", move |it: String| before.borrow_mut().push(it)),
        user.socket.on("echo-emit", never::<u32>),
        user.socket.on("echo-emit", move |it: String| after.borrow_mut().push(it)),
    ];
    user.socket.emit("echo-emit", "a").unwrap();
    user.socket.emit("echo-emit", "b").unwrap();
    user.settle().await;
    assert_eq!(heard.take(), ["a", "a", "b", "b"]);
    assert_eq!(js_sys::Array::from(&told).length(), 2);
}

#[test]
async fn missing_arguments_do_not_fit() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = warnings(&page);
    let _listeners = [
        user.socket.on("echo-emit", never::<(u32, u32)>),
        user.socket.on("echo-emit", never::<String>),
    ];
    user.socket.emit("echo-emit", &1).unwrap();
    user.settle().await;
    assert_eq!(js_sys::Array::from(&told).length(), 2);
    user.socket.emit("echo-emit", &()).unwrap();
    user.settle().await;
    assert_eq!(js_sys::Array::from(&told).length(), 4);
}

/// Numbers that no type of this size has.
#[test]
async fn numbers_out_of_range_do_not_fit() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = warnings(&page);
    let _listeners =
        [user.socket.on("echo-emit", never::<u8>), user.socket.on("echo-emit", never::<char>)];
    for (n, json) in ["256", "-1", "1.5", "'ab'"].into_iter().enumerate() {
        user.emit("echo-emit", &format!("[{json}]"));
        user.settle().await;
        assert_eq!(js_sys::Array::from(&told).length() as usize, 2 * (n + 1), "{json}");
    }
}

#[test]
async fn question_that_does_not_fit_gets_no_answer() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = warnings(&page);
    let _listener = user.socket.on("question", |_: u32, ack: Ack<u32>| ack.send(&1));
    user.socket.emit("ask", "text").unwrap();
    user.settle().await;
    user.socket.emit("ask", &1).unwrap();
    assert_eq!(user.event("answered").await, "[1]");
    user.settle().await;
    assert_eq!(user.count("answered"), 1);
    assert_eq!(js_sys::Array::from(&told).length(), 1);
}

/// What it may do inside is what every listener may do.
#[test]
async fn hook_may_change_itself_emit_and_leave() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let weak = user.socket.downgrade();
    user.socket.on_decode_error(move |error| {
        let socket = weak.upgrade().unwrap();
        socket.emit("echo-emit", error.event()).unwrap();
        socket.on_decode_error(|_| ());
    });
    let _listener = user.socket.on("question", never::<u32>);
    user.socket.emit("ask", "text").unwrap();
    assert_eq!(user.event("echo-emit").await, r#"["question"]"#);
    let weak = user.socket.downgrade();
    user.socket.on_decode_error(move |_| weak.upgrade().unwrap().disconnect());
    user.socket.emit("ask", "text").unwrap();
    user.next("disconnect: io client disconnect").await;
}

#[test]
async fn hook_goes_with_its_socket() {
    let page = Page::new().await;
    let had = Rc::new(());
    let socket = at("").build().unwrap();
    let of_hook = Rc::clone(&had);
    socket.on_decode_error(move |_| drop(Rc::clone(&of_hook)));
    assert_eq!(Rc::strong_count(&had), 2);
    drop(socket);
    assert_eq!(Rc::strong_count(&had), 1);
    drop(page);
}

/// Spoilt data of an event for which there is no listener is nobody's.
#[test]
async fn data_that_nobody_reads_is_no_error() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = warnings(&page);
    drop(user.socket.on("echo-emit", |_: u32| ()));
    user.socket.emit("echo-emit", "text").unwrap();
    user.settle().await;
    assert_eq!(show(&told), "[]");
}

/// What is told by functions of the socket can't be listened to as an event.
#[test]
async fn listening_to_a_name_that_never_comes_is_warned_of() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let told = warnings(&page);
    for name in ["connect", "disconnect", "connect_error"] {
        user.socket.on(name, never::<()>).forget();
        let text = show(&told);
        assert!(text.contains(&format!(r#"\"{name}\""#)) && text.contains("on_connect,"), "{text}");
    }
    assert_eq!(js_sys::Array::from(&told).length(), 3);
    user.connect().await;
    drop(user.socket.on("connected", never::<()>));
    assert_eq!(js_sys::Array::from(&told).length(), 3);
}

#[test]
async fn error_says_which_argument_is_wrong_and_that_a_list_is_missing() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it never comes")]
    struct Listing {
        all: Vec<u32>,
    }
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let messages: Rc<RefCell<Vec<String>>> = Rc::default();
    let found = Rc::clone(&messages);
    user.socket.on_decode_error(move |error| found.borrow_mut().push(error.message().into()));
    let _listeners = [
        user.socket.on("echo-emit", never::<(u32, u32)>),
        user.socket.on("echo-emit", never::<(Option<u32>, Listing)>),
        user.socket.on("echo-emit", never::<Vec<String>>),
    ];
    user.emit("echo-emit", "[1, { all: null }]");
    user.settle().await;
    let messages = messages.take();
    assert!(messages[0].starts_with("argument 2: invalid type"), "{messages:?}");
    assert_eq!(messages[1..], ["argument 2: expected a list", "expected a list"]);
}

/// Data that nests so deeply that reading it would take more stack than there is.
#[test]
async fn data_that_nests_without_end_does_not_fit() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "it is only counted")]
    enum Nested {
        List(Vec<Nested>),
        Number(f64),
    }
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let told = warnings(&page);
    let count = Rc::new(RefCell::new(0));
    let more = Rc::clone(&count);
    let _listener = user.socket.on("echo-emit", move |_: Vec<Nested>| *more.borrow_mut() += 1);
    for (depth, fits) in [(20, 1), (500, 1), (20, 2)] {
        user.emit("echo-emit", &format!("JSON.parse('['.repeat({depth}) + ']'.repeat({depth}))"));
        user.settle().await;
        assert_eq!(*count.borrow(), fits, "{depth}");
    }
    assert_eq!(js_sys::Array::from(&told).length(), 1);
    assert!(show(&told).contains("the data nests deeper than 128 levels"), "{}", show(&told));
    assert!(user.socket.is_connected());
}
