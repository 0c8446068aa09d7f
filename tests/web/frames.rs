//! What a server may send that it should not: each ends in its reason, and in a new attempt.

use std::rc::Rc;

use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, WEBSOCKET, over};
use super::page::{Page, get, hurry, show};
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
    // It was sent before the first ping, so that it would be there before the second.
    (&[r#"451-["a"]"#, "2", "2"], PARSE),
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
    let client = Client::new(page, over(&[WEBSOCKET]));
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
        assert_eq!(show(&get(&sockets.last(), "readyState")), "3", "{frames:?}");
        client.next("reconnect attempt 1").await;
        sockets.connect();
        client.next("connect").await;
        client.disconnect();
        hurry();
    }
}

/// What listeners of `disconnect` are told of it.
#[test]
async fn malformed_frame_is_named_in_the_details() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for (frame, message) in [
        ("4x", "unknown packet type x"),
        ("42{", "invalid payload"),
        ("<new ArrayBuffer(1)>", "got binary data when not reconstructing a packet"),
        (r#"4511-["a"]"#, "too many attachments"),
        ("9", "server error"),
    ] {
        let client = connected(&page, &sockets);
        sockets.receive(frame);
        let details = client.next(if frame == "9" { TRANSPORT } else { PARSE }).await.value;
        assert_eq!(get(&details, "message"), message, "{frame}");
        assert_eq!(get(&details, "code"), "parser error", "{frame}");
        client.disconnect();
    }
}

/// Frames that do no harm, and the events that they are.
const HARMLESS: &[(&[&str], &[&str])] = &[
    (&["43999[1]"], &[]),
    (&["6", "5", "3", "3probe", "2", "2x"], &[]),
    // The WebSocket's own end follows.
    (&["1", r#"42["a"]"#], &["a"]),
    (&[r#"42/unknown,["a"]"#, r#"451-/unknown,["a"]"#, "<new ArrayBuffer(1)>"], &[]),
    (&[r#"42["__proto__"]"#], &["__proto__"]),
    (&[r#"42[1,2]"#], &["1"]),
    (&[r#"451-["a"]"#, "2", "<new ArrayBuffer(1)>", r#"42["b"]"#], &["a", "b"]),
    (&[r#"451-["a",{"_placeholder":true,"num":0}]"#, "bAQI="], &["a"]),
    (&[r#"42["a",{"_placeholder":true,"num":7}]"#], &["a"]),
    (&[r#"44"text""#], &["disconnect: io server disconnect", "connect_error: text"]),
    (&["44"], &["disconnect: io server disconnect", "connect_error: undefined"]),
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
        hurry();
    }
}

#[test]
async fn ping_is_answered() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = connected(&page, &sockets);
    sockets.receive("2");
    assert_eq!(show(&get(&sockets.last(), "sent")), r#"["40","3"]"#);
    client.disconnect();
}

/// The connection is lost while an attachment is still to come.
#[test]
async fn half_a_packet_is_forgotten_with_its_connection() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = connected(&page, &sockets);
    sockets.receive(r#"451-["half",{"_placeholder":true,"num":0}]"#);
    client.driver.lose();
    client.next("reconnect attempt 1").await;
    sockets.connect();
    sockets.receive(r#"42["whole"]"#);
    client.next("whole").await;
    assert!(!client.has_seen("half") && !client.has_seen(PARSE), "{:?}", client.seen());
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
        r#"0{"sid":"s","upgrades":[],"pingInterval":1}"#,
        "9",
        "",
    ] {
        let client = Client::new(&page, over(&[WEBSOCKET]));
        client.connect();
        sockets.open();
        sockets.receive(handshake);
        assert_eq!(client.seen(), ["connect_error: server error", "error"], "{handshake}");
        client.next("reconnect attempt 1").await;
        sockets.connect();
        client.next("connect").await;
        client.disconnect();
        hurry();
    }
}

#[test]
async fn server_that_grants_no_id_is_of_version_2() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for answer in ["40", "40{}", r#"40{"sid":1}"#] {
        let client = Client::new(&page, over(&[WEBSOCKET]));
        client.connect();
        sockets.open();
        sockets.receive(HANDSHAKE);
        sockets.receive(answer);
        assert!(client.has_seen("connect_error: incompatible server"), "{:?}", client.seen());
        client.disconnect();
    }
}
