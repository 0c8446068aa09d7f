//! What a server may send that it should not: each ends in its reason, and in a new attempt.

use wasm_bindgen_test::wasm_bindgen_test as test;

use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use std::rc::Rc;

use super::client::{Client, over};
use super::page::{Page, call, js, show};
use super::stand_in::{HANDSHAKE, StandIn};

const PARSE: &str = "disconnect: parse error";
const TRANSPORT: &str = "disconnect: transport error";

/// Frames that come one after the other on an open connection, and what the user is told.
const MALFORMED: &[(&[&str], &str)] = &[
    // Socket.IO packets that are no valid packets.
    (&["42[]"], PARSE),
    (&["42"], PARSE),
    (&["42[true]"], PARSE),
    (&["42[null]"], PARSE),
    (&[r#"42["connect"]"#], PARSE),
    (&[r#"42["disconnecting",1]"#], PARSE),
    (&[r#"42["a""#], PARSE),
    (&[r#"42["a"]]"#], PARSE),
    (&["42{}"], PARSE),
    (&[r#"42"a""#], PARSE),
    (&[r#"40"x""#], PARSE),
    (&["40[]"], PARSE),
    (&["40{"], PARSE),
    (&["41{}"], PARSE),
    (&[r#"430{"a":1}"#], PARSE),
    (&["430"], PARSE),
    (&["44"], PARSE),
    (&["44[]"], PARSE),
    (&["49"], PARSE),
    (&["4"], PARSE),
    (&["4x"], PARSE),
    // Attachments.
    (&[r#"451["a"]"#], PARSE),
    (&["45a-"], PARSE),
    (&[r#"450-["a"]"#], PARSE),
    (&[r#"4511-["a"]"#], PARSE),
    (&[r#"451-["a",{"_placeholder":true,"num":1}]"#, "<new ArrayBuffer(1)>"], PARSE),
    (&[r#"451-["a",{"_placeholder":true,"num":-1}]"#, "<new ArrayBuffer(1)>"], PARSE),
    (&[r#"451-["a",{"_placeholder":true,"num":0.5}]"#, "<new ArrayBuffer(1)>"], PARSE),
    (&[r#"451-["a",{"_placeholder":true,"num":1e99}]"#, "<new ArrayBuffer(1)>"], PARSE),
    (&[r#"451-["a",{"_placeholder":true,"num":"0"}]"#, "<new ArrayBuffer(1)>"], PARSE),
    (&[r#"451-["a",{"_placeholder":true,"num":null}]"#, "<new ArrayBuffer(1)>"], PARSE),
    (&[r#"451-["a",{"_placeholder":true}]"#, "<new ArrayBuffer(1)>"], PARSE),
    (&["<new ArrayBuffer(1)>"], PARSE),
    (&[r#"451-["a"]"#, r#"42["b"]"#], PARSE),
    // Bytes that are no Engine.IO packets.
    (&[""], TRANSPORT),
    (&["9"], TRANSPORT),
    (&["😀"], TRANSPORT),
    (&["b*"], TRANSPORT),
    (&["0{"], TRANSPORT),
    (&["0"], TRANSPORT),
    (&["0{}"], TRANSPORT),
];

fn connected(page: &Page, sockets: &StandIn) -> Rc<Client> {
    let client = Client::new(page, over(&[WebSocket]));
    client.connect();
    sockets.connect();
    assert_eq!(client.seen(), ["open websocket", "connect"]);
    client
}

#[test]
async fn malformed_frame_ends_in_its_reason_and_a_new_connection() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for (frames, reason) in MALFORMED {
        let client = connected(&page, &sockets);
        for frame in *frames {
            sockets.receive(frame);
        }
        assert_eq!(client.seen().get(2).map(String::as_str), Some(*reason), "{frames:?}");
        assert_eq!(show(&super::page::get(&sockets.last(), "readyState")), "3", "{frames:?}");
        client.next("reconnect attempt 1").await;
        sockets.connect();
        client.next("connect").await;
        client.disconnect();
    }
}

/// Frames that do no harm, and the events that they are.
const HARMLESS: &[(&[&str], &[&str])] = &[
    (&["43999[1]"], &[]),
    (&["6", "5", "3", "3probe", "2", "2x"], &[]),
    (&[r#"42/unknown,["a"]"#, r#"451-/unknown,["a"]"#, "<new ArrayBuffer(1)>"], &[]),
    (&[r#"42["__proto__"]"#], &["__proto__"]),
    (&[r#"42[1,2]"#], &["1"]),
    (&[r#"451-["a"]"#, "2", "<new ArrayBuffer(1)>", r#"42["b"]"#], &["a", "b"]),
    (&[r#"451-["a",{"_placeholder":true,"num":0}]"#, "bAQI="], &["a"]),
    (&[r#"42["a",{"_placeholder":true,"num":7}]"#], &["a"]),
    (&[r#"44"text""#], &["disconnect: io server disconnect", r#"connect_error: "text""#]),
];

#[test]
async fn harmless_frame_does_no_harm() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for (frames, events) in HARMLESS {
        let client = connected(&page, &sockets);
        frames.iter().for_each(|frame| sockets.receive(frame));
        let seen = client.seen();
        let told: Vec<_> = seen[2..].iter().filter(|what| !what.starts_with("close")).collect();
        assert_eq!(told, events.iter().collect::<Vec<_>>(), "{frames:?}");
        client.disconnect();
    }
}

#[test]
async fn attachment_takes_the_place_of_its_placeholder() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let place = |num: u32| format!(r#"{{"_placeholder":true,"num":{num}}}"#);
    let cases = [
        (format!(r#"["a",{},{}]"#, place(1), place(0)), r#"["a","<2>","<1>"]"#),
        (format!(r#"["a",[[{{"b":{}}}]],{}]"#, place(0), place(1)), CASE_DEEP),
        (format!(r#"["a",{},{}]"#, place(0), place(0)), r#"["a","<1>","<1>"]"#),
        (r#"["a",{"_placeholder":false,"num":0}]"#.into(), CASE_FALSE),
        (r#"["a",{"_placeholder":1,"num":0}]"#.into(), r#"["a",{"_placeholder":1,"num":0}]"#),
        (format!(r#"["a",{{"__proto__":{}}}]"#, place(0)), r#"["a",{"__proto__":"<1>"}]"#),
    ];
    let client = connected(&page, &sockets);
    for (json, expected) in cases {
        sockets.receive(&format!("452-{json}"));
        sockets.receive("<new Uint8Array([1]).buffer>");
        sockets.receive("<new Uint8Array([2]).buffer>");
        assert_eq!(show(&client.last().value), expected, "{json}");
    }
    assert!(!client.has_seen(PARSE));
}

const CASE_DEEP: &str = r#"["a",[[{"b":"<1>"}]],"<2>"]"#;
const CASE_FALSE: &str = r#"["a",{"_placeholder":false,"num":0}]"#;

/// What may nest as deep as the server likes must not use up the stack.
#[test]
async fn deeply_nested_data_of_the_server_is_delivered() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = connected(&page, &sockets);
    let nested = format!("{}0{}", "[".repeat(3000), "]".repeat(3000));
    sockets.receive(&format!(r#"451-["a",{nested}]"#));
    sockets.receive("<new ArrayBuffer(1)>");
    assert_eq!(client.last().what, "a");
}

/// Handshakes that are none, and what is told of them.
#[test]
async fn handshake_that_makes_no_sense_is_an_error_and_a_new_attempt() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for handshake in [
        "0{bad",
        "0",
        "0null",
        "0[]",
        r#"0{"sid":"s","pingInterval":1,"pingTimeout":1}"#,
        r#"0{"sid":1,"upgrades":[],"pingInterval":1,"pingTimeout":1}"#,
        r#"0{"sid":"s","upgrades":[],"pingInterval":0,"pingTimeout":1}"#,
        r#"0{"sid":"s","upgrades":[],"pingInterval":"1","pingTimeout":1}"#,
        r#"0{"sid":"s","upgrades":[],"pingInterval":1}"#,
        "9",
        "",
    ] {
        let client = Client::new(&page, over(&[WebSocket]));
        client.connect();
        sockets.open();
        sockets.receive(handshake);
        assert_eq!(client.seen(), ["connect_error: server error", "error"], "{handshake}");
        client.next("reconnect attempt 1").await;
        sockets.connect();
        client.next("connect").await;
        client.disconnect();
    }
}

#[test]
async fn server_of_version_2_is_named_as_the_reason() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WebSocket]));
    client.connect();
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive("40");
    assert!(client.has_seen("connect_error: incompatible server"), "{:?}", client.seen());
}

/// Answers to the first GET that hold no handshake, and begin no session anywhere.
#[test]
async fn payload_that_makes_no_sense_is_an_error_and_a_new_attempt() {
    let page = Page::new().await;
    for body in ["", "9", "0{bad", "\x1e", "2", "40{}", "b*", "<html>"] {
        let code = "body => class extends XMLHttpRequest {
            open(method) { super.open(method, `data:text/plain,${encodeURIComponent(body)}`); }
        }";
        page.set("XMLHttpRequest", &call(code, &[&body.into()]));
        let client = Client::new(&page, over(&[Polling]));
        client.connect();
        client.next("error").await;
        let first = &client.seen()[0];
        assert!(first.starts_with("connect_error: "), "{body}: {first}");
        page.put_back();
        client.next("connect").await;
        // Before the next body: the goodbye is a request, too.
        client.leave().await;
    }
}

/// A packet behind the first that makes no sense ends the session that the first began.
#[test]
async fn payload_is_read_up_to_what_makes_no_sense() {
    let page = Page::new().await;
    let code = "class extends XMLHttpRequest {
        get response() { return super.response + '\\x1e42[\"a\"]\\x1eb*'; }
    }";
    page.set("XMLHttpRequest", &js(code));
    let client = Client::new(&page, over(&[Polling]));
    client.connect();
    client.next("close: transport error").await;
    page.put_back();
    client.next("reconnect after 1").await;
    client.next("connect").await;
}
