//! Pages come and go: what they had is the next one's memory.

use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, WebAssembly::Memory};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, ms, over};
use super::page::{Page, get};
use super::stand_in::StandIn;
use super::user::{User, Watcher, name, nothing};

/// The bytes that the wasm has taken from the browser.
pub(crate) fn wasm_memory() -> u32 {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    memory.buffer().unchecked_into::<ArrayBuffer>().byte_length()
}

/// Takes what is free, so that whatever is kept shows.
#[expect(clippy::vec_box, reason = "small pieces fill gaps")]
pub(crate) fn fill_memory() -> Vec<Box<[u8; 64]>> {
    let before = wasm_memory();
    let mut full = Vec::new();
    while wasm_memory() == before {
        full.push(Box::new([0; 64]));
    }
    full
}

/// A component that opens a socket with three listeners, and goes away.
fn visit(sockets: &StandIn, had: &Rc<()>, is_connected: bool) {
    let socket = at("").connect().unwrap();
    if is_connected {
        sockets.connect();
    }
    let listeners: [_; 3] = ["a", "b", "c"].map(|event| {
        let had = Rc::clone(had);
        socket.on_raw(event, move |_| drop(Rc::clone(&had)))
    });
    let [kept, ..] = listeners;
    kept.forget();
    socket.emit_raw("a", &nothing()).unwrap();
    drop(socket.emit_with_ack_raw("a", &nothing()).timeout(ms(60_000)));
    let answer = socket.emit_with_ack_raw("a", &nothing()).timeout(ms(60_000));
    answer.callback(|_| ());
    sockets.receive(r#"42["a","text"]"#);
    drop(socket);
    get(&sockets.last(), "sent").unchecked_into::<Array>().set_length(0);
}

#[test]
async fn thousand_visits_take_no_more_memory_than_a_hundred() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let had = Rc::new(());
    let visits = |count: u32| {
        for n in 0..count {
            visit(&sockets, &had, n % 2 == 0);
        }
        wasm_memory()
    };
    let _full = fill_memory();
    let before = visits(100);
    assert_eq!(Rc::strong_count(&had), 1);
    let after = visits(1_000);
    assert_eq!(Rc::strong_count(&had), 1);
    assert_eq!(after, before);
}

#[test]
async fn sessions_of_visitors_end() {
    let page = Page::new().await;
    let watcher = Watcher::new(&page).await;
    for kind in EACH {
        let tag = name();
        for _ in 0..10 {
            let user = User::connected(&page, over(kind).query("page", &tag)).await;
            drop(user);
        }
        watcher.sessions(&tag, 0).await;
    }
}

#[test]
async fn events_and_answers_leave_nothing_behind() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let socket = at("").connect().unwrap();
    sockets.connect();
    let sent = get(&sockets.last(), "sent");
    let work = |from: u32, to: u32| {
        for n in from..to {
            drop(socket.on_raw(&format!("name-{n}"), |_| ()));
            socket.emit_raw("a", &nothing()).unwrap();
            socket.emit_with_ack_raw("a", &nothing()).callback(|_| ());
            sockets.receive(&format!("43{n}[]"));
        }
        sent.unchecked_ref::<Array>().set_length(0);
        wasm_memory()
    };
    let _full = fill_memory();
    let before = work(0, 2_000);
    let after = work(2_000, 20_000);
    assert_eq!(after, before);
}

/// A listener for one event is not called, nor kept, for the events that follow.
#[test]
async fn listeners_that_were_called_once_leave_nothing_behind() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let socket = at("").connect().unwrap();
    sockets.connect();
    let work = |count: u32| {
        for _ in 0..count {
            socket.once_raw("a", |_| ()).forget();
            sockets.receive(r#"42["a"]"#);
        }
        wasm_memory()
    };
    let _full = fill_memory();
    let before = work(500);
    let after = work(5_000);
    assert_eq!(after, before);
}
