//! Listeners that emit, disconnect and connect inside the very event that they hear of.

use std::cell::Cell;
use std::rc::Rc;

use socketio_wasm::proto::options::ManagerOptions;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, EACH, WEBSOCKET, XHR, over};
use super::log::kind_of;
use super::page::{Page, js, show};
use super::stand_in::StandIn;

/// Every event there is, and what the server is asked for so that it happens.
const EVENTS: [(&str, &str); 12] = [
    ("open", ""),
    ("connect", ""),
    ("ack first", "['echo', 1]"),
    ("echo-emit", "['echo-emit', 1]"),
    ("question", "['ask', 1]"),
    ("disconnect: transport close", "['drop']"),
    ("close: transport close", "['drop']"),
    ("reconnect attempt 1", "['drop']"),
    ("reconnect after 1", "['drop']"),
    ("disconnect: io server disconnect", "['kick']"),
    ("close: forced close", "['kick']"),
    ("disconnect: io client disconnect", "['itself']"),
];

/// Brings the event about and waits for it.
async fn provoke(client: &Rc<Client>, event: &str, args: &str) {
    client.connect();
    if !args.is_empty() {
        client.next("connect").await;
        client.ask(args, "first");
    }
    if args == "['itself']" {
        client.disconnect();
    }
    client.next(event).await;
}

#[test]
async fn listener_may_leave_and_come_back_inside_any_event() {
    let page = Page::new().await;
    for kind in EACH {
        for (event, args) in EVENTS {
            let event = event.replace("open", &format!("open {}", kind_of(kind)));
            let client = Client::new(&page, over(&[kind]));
            client.hook_once(&event, |client| {
                client.emit("['echo-emit', 'before']");
                client.disconnect();
                client.connect();
                client.ask("['echo', 'inside']", "inside");
            });
            provoke(&client, &event, args).await;
            client.next("ack inside").await;
            assert_eq!(client.answer_of("['echo', 2]").await, "[2]", "{kind:?}: {event}");
            client.disconnect();
        }
    }
}

#[test]
async fn listener_may_leave_for_good_inside_any_event() {
    let page = Page::new().await;
    for kind in EACH {
        for (event, args) in EVENTS {
            let event = event.replace("open", &format!("open {}", kind_of(kind)));
            let client = Client::new(&page, over(&[kind]));
            let told = Rc::new(Cell::new(0));
            let at = Rc::clone(&told);
            client.hook_once(&event, move |client| {
                at.set(client.seen().len());
                client.disconnect();
            });
            provoke(&client, &event, args).await;
            client.quiet(&format!("{kind:?}, {event}: all is quiet")).await;
            assert_eq!(client.transport(), None, "{kind:?}: {event}");
            let after = &client.seen()[told.get()..];
            let is_end = |what: &String| what.starts_with("close") || what.starts_with("disconn");
            assert!(after.iter().all(is_end), "{kind:?}: {event}: {after:?}");
        }
    }
}

/// A `WebSocket` that can't be made the first two times.
#[test]
async fn listener_may_do_as_much_inside_errors() {
    let page = Page::new().await;
    let events = ["connect_error: not yet", "error", "reconnect attempt 1", "reconnect error"];
    for event in events {
        page.put_back();
        let code = "class extends WebSocket {
            constructor(url) { if (new.target.left-- > 0) throw new Error('not yet'); super(url); }
            static left = 2;
        }";
        StandIn::new(&page, "WebSocket", code);
        let client = Client::new(&page, over(&[WEBSOCKET]));
        client.hook_once(event, |client| {
            client.disconnect();
            client.connect();
            client.ask("['echo']", "inside");
        });
        client.connect();
        client.next(event).await;
        client.next("ack inside").await;
        client.disconnect();
    }
}

#[test]
async fn listener_may_do_as_much_when_there_are_no_more_attempts() {
    let page = Page::new().await;
    page.set("WebSocket", &js("class { constructor() { throw new Error('never'); } }"));
    let options = ManagerOptions { reconnection_attempts: 1, ..over(&[WEBSOCKET]) };
    let client = Client::new(&page, options);
    client.hook_once("reconnect failed", |client| {
        client.disconnect();
        client.connect();
    });
    client.connect();
    client.next("reconnect failed").await;
    client.next("connect_error: never").await;
    client.next("reconnect failed").await;
}

#[test]
async fn listener_may_emit_and_leave_while_the_connection_moves_on() {
    let page = Page::new().await;
    let client = Client::new(&page, over(&[XHR, WEBSOCKET]));
    client.hook_once("upgrade to websocket", |client| {
        client.emit("['echo-emit', 'before']");
        client.disconnect();
        client.connect();
        client.ask("['echo']", "inside");
    });
    client.connect();
    client.next("upgrade to websocket").await;
    client.next("ack inside").await;
}

#[test]
async fn what_is_emitted_inside_events_keeps_its_order() {
    const COUNT: u32 = 200;
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::connected(&page, &[kind]).await;
        client.hook(|client, seen| {
            if seen.what == "burst" {
                let n = js_sys::Array::from(&seen.value).get(1).as_f64().unwrap();
                client.emit(&format!("['echo-emit', {n}, 'first']"));
                client.emit(&format!("['echo-emit', {n}, 'second']"));
            }
        });
        client.emit(&format!("['burst', {COUNT}]"));
        for n in 0..COUNT {
            for which in ["first", "second"] {
                let event = client.next("echo-emit").await;
                assert_eq!(show(&event.value), format!(r#"["echo-emit",{n},"{which}"]"#));
            }
        }
    }
}

#[test]
async fn end_of_the_connection_is_not_told_inside_another_event_of_it() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WEBSOCKET]));
    client.hook(|client, seen| {
        let told = client.seen().len();
        if seen.what == "open websocket" {
            client.disconnect();
            assert_eq!(client.transport(), None);
        }
        assert_eq!(client.seen().len(), told, "told inside {}", seen.what);
    });
    client.connect();
    sockets.connect();
    assert_eq!(client.seen(), ["open websocket", "close: forced close"]);
}

#[test]
async fn emitting_inside_an_event_does_not_deepen_the_stack() {
    const COUNT: usize = 20_000;
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WEBSOCKET]));
    let left = Cell::new(COUNT);
    client.hook(move |client, _| {
        if left.replace(left.get().saturating_sub(1)) > 1 {
            client.disconnect();
            client.connect();
        }
    });
    client.connect();
    sockets.connect();
    assert!(client.seen().len() >= COUNT, "{}", client.seen().len());
}
