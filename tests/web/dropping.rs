//! A driver that nobody has any more is gone, with all that it had going on.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use socketio_wasm::proto::options::Candidate;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, FETCH, WEBSOCKET, XHR, over};
use super::page::{Page, call, get, js, tick, until};
use super::stand_in::{HANDSHAKE, StandIn};

fn free(page: &Page, transports: &[Candidate]) -> Rc<Client> {
    let client = Client::new(page, over(transports));
    client.is_free.set(true);
    client
}

/// Requests that are never answered; each says whether it was aborted.
fn deaf(page: &Page) -> [StandIn; 2] {
    let xhr = "class {
        static made = [];
        is_aborted = false;
        constructor() { new.target.made.push(this); }
        open() {}
        setRequestHeader() {}
        send() {}
        abort() { this.is_aborted = true; }
    }";
    let fetch = "Object.assign((url, { signal }) => {
        fetch.made.push({ get is_aborted() { return signal.aborted; } });
        return new Promise((_, reject) => signal.addEventListener('abort', reject));
    }, { made: [] })";
    [StandIn::new(page, "XMLHttpRequest", xhr), StandIn::new(page, "fetch", fetch)]
}

#[test]
async fn websocket_is_closed_wherever_it_was() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let steps: [&dyn Fn(&StandIn); 4] =
        [&|_| {}, &|sockets| sockets.open(), &|sockets| sockets.receive(HANDSHAKE), &|sockets| {
            sockets.receive(r#"40{"sid":"x"}"#)
        }];
    for count in 1..=steps.len() {
        let client = free(&page, &[WEBSOCKET]);
        client.connect();
        steps.iter().take(count).for_each(|step| step(&sockets));
        let driver = Rc::downgrade(&client.driver);
        drop(client);
        assert_eq!(driver.strong_count(), 0);
        until("it is closed", || get(&sockets.last(), "readyState") == 3).await;
        // What comes late is heard by nobody, and is no error.
        sockets.open();
        sockets.receive("2");
    }
}

#[test]
async fn request_is_aborted() {
    let page = Page::new().await;
    let [xhrs, fetches] = deaf(&page);
    for (kind, requests) in [(XHR, xhrs), (FETCH, fetches)] {
        let client = free(&page, &[kind]);
        client.connect();
        until("there is a request", || requests.count() == 1).await;
        assert_eq!(get(&requests.last(), "is_aborted"), false, "{kind:?}");
        drop(client);
        assert_eq!(get(&requests.last(), "is_aborted"), true, "{kind:?}");
    }
}

#[test]
async fn request_that_was_to_begin_does_not_begin() {
    let page = Page::new().await;
    let requests = deaf(&page);
    for kind in [XHR, FETCH] {
        let client = free(&page, &[kind]);
        client.connect();
        drop(client);
    }
    tick(5).await;
    assert_eq!(requests.map(|made| made.count()), [0, 0]);
}

#[test]
async fn all_transports_that_race_are_closed() {
    let page = Page::new().await;
    let (sockets, [requests, _]) = (StandIn::silent(&page), deaf(&page));
    let client = free(&page, &[XHR, WEBSOCKET]);
    let mut options = over(&[XHR, WEBSOCKET]);
    options.fallback_delay = socketio_wasm::proto::time::Millis(1);
    client.driver.turn(|manager, _| manager.configure(options));
    client.connect();
    until("both were started", || sockets.count() == 1 && requests.count() == 1).await;
    drop(client);
    until("it is closed", || get(&sockets.last(), "readyState") == 3).await;
    assert_eq!(get(&requests.last(), "is_aborted"), true);
}

#[test]
async fn nothing_is_tried_again() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = free(&page, &[WEBSOCKET]);
    client.connect();
    call("socket => socket.onerror(new Event('error'))", &[&sockets.last()]);
    assert!(client.has_seen("error"));
    drop(client);
    // A failure that was to be told goes the same way.
    page.set("WebSocket", &js("class { constructor() { throw Error('no'); } }"));
    let client = free(&page, &[WEBSOCKET]);
    client.connect();
    drop(client);
    // Longer than the wait for the next attempt.
    tick(60).await;
    assert_eq!(sockets.count(), 1);
}

/// The moments at which a listener lets go of the last handle there is.
const MOMENTS: [&str; 6] =
    ["open websocket", "connect", "a", "disconnect: parse error", "close: parse error", "error"];

#[test]
async fn listener_may_drop_everything_inside_any_event() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for moment in MOMENTS {
        let client = free(&page, &[WEBSOCKET]);
        let driver = Rc::downgrade(&client.driver);
        let slot = Rc::new(RefCell::new(None));
        let last = Rc::clone(&slot);
        client.hook_once(moment, move |_| drop(last.take()));
        client.connect();
        slot.replace(Some(client));
        if moment == "error" {
            call("socket => socket.onerror(new Event('error'))", &[&sockets.last()]);
        } else {
            sockets.connect();
            sockets.receive(r#"42["a"]"#);
            sockets.receive("4x");
        }
        assert_eq!(driver.strong_count(), 0, "{moment}");
        until("it is closed", || get(&sockets.last(), "readyState") == 3).await;
    }
    let attempts = Array::from(&sockets.made()).length();
    assert_eq!(JsValue::from(attempts), JsValue::from(MOMENTS.len()));
}
