//! The reference's server drops the events of a namespace that come in one go with its end.

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, WEBSOCKET, over};
use super::host;
use super::page::{Page, array, get, js, show, tick, until};
use super::stand_in::StandIn;

/// A WebSocket that writes down what it is told to do.
const DIARY: &str =
    "({ did: [], send(data) { this.did.push(data); }, close() { this.did.push('close'); } })";

/// What is sent at once, and what in a task of its own.
#[test]
async fn end_of_a_namespace_is_not_sent_in_one_go_with_its_events() {
    for (frames, at_once, later) in [
        ("['42[]', '43[]']", r#"["42[]","43[]"]"#, "[]"),
        ("['42[]', '41', '42[]']", r#"["42[]"]"#, r#"["41","42[]"]"#),
        ("['42[]', '41/a,', '41/b,']", r#"["42[]"]"#, r#"["41/a,","41/b,"]"#),
        ("['42[]', '41', new ArrayBuffer(1), '1']", r#"["42[]"]"#, r#"["41","<0>","1"]"#),
        ("[new ArrayBuffer(1), '41']", r#"["<0>"]"#, r#"["41"]"#),
        // Behind none there is nothing to wait for.
        ("['40/a,', '41/a,', '41/b,', '1']", r#"["40/a,","41/a,","41/b,","1"]"#, "[]"),
        ("['43[41]', '1']", r#"["43[41]","1"]"#, "[]"),
    ] {
        let socket = js(DIARY);
        let buffer = array(frames);
        host::send_all(&socket, &buffer);
        assert_eq!(buffer.length(), 0, "{frames}");
        let did = get(&socket, "did");
        let count = js_sys::Array::from(&did).length();
        assert_eq!(show(&did), at_once, "{frames}");
        tick(20).await;
        let behind = js_sys::Array::from(&did).slice(count, u32::MAX);
        assert_eq!(show(&behind), later, "{frames}");
    }
}

#[test]
async fn nothing_overtakes_the_end_of_a_namespace() {
    let socket = js(DIARY);
    host::send_all(&socket, &array("['42[0]', '41']"));
    host::send_all(&socket, &array("['42[1]']"));
    host::close_socket(&socket);
    assert_eq!(show(&get(&socket, "did")), r#"["42[0]"]"#);
    tick(40).await;
    assert_eq!(show(&get(&socket, "did")), r#"["42[0]","41","42[1]","close"]"#);
    host::send_all(&socket, &array("['42[2]']"));
    assert_eq!(show(&get(&socket, "did")), r#"["42[0]","41","42[1]","close","42[2]"]"#);
}

/// On a busy machine the timers of both are late, and fire one right behind the other.
#[test]
async fn what_comes_behind_the_end_of_a_namespace_never_goes_in_one_task_with_it() {
    let socket = js("({ did: [], send(data) {
            this.did.push(data);
            if (data === '41') this.onSent();
        } })");
    let (sender, frame) = (socket.clone(), array("['40']"));
    let on_sent = Closure::<dyn Fn()>::new(move || host::send_all(&sender, &frame));
    drop(js_sys::Reflect::set(&socket, &"onSent".into(), on_sent.as_ref()));
    host::send_all(&socket, &array("['42[]', '41']"));
    let did = || show(&get(&socket, "did"));
    until("the end is sent", || did() == r#"["42[]","41"]"#).await;
    until("the rest is sent", || did() == r#"["42[]","41","40"]"#).await;
}

#[test]
fn socket_with_nothing_to_say_is_closed_at_once() {
    let socket = js(DIARY);
    host::send_all(&socket, &array("['42[]']"));
    host::close_socket(&socket);
    assert_eq!(show(&get(&socket, "did")), r#"["42[]","close"]"#);
}

#[test]
async fn goodbye_is_the_last_that_is_sent() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WEBSOCKET]));
    client.connect();
    sockets.connect();
    client.emit("['last words']");
    client.disconnect();
    let sent = get(&sockets.last(), "sent");
    assert_eq!(show(&sent), r#"["40","42[\"last words\"]"]"#);
    assert_eq!(get(&sockets.last(), "readyState"), 1);
    tick(20).await;
    assert_eq!(show(&sent), r#"["40","42[\"last words\"]","41"]"#);
    assert_eq!(get(&sockets.last(), "readyState"), 3);
}
