//! What goes into the bodies of long-polling's requests, and what comes in those of their answers.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, FETCH, XHR, over};
use super::host;
use super::page::{Page, array, call, get, js};
use super::stand_in::StandIn;

const V2: &str = "It seems you are trying to reach a Socket.IO server in v2.x";

/// Answers to the first GET that begin no session, and how the error begins.
const SENSELESS: [(&str, &str); 11] = [
    ("", "server error"),
    ("9", "server error"),
    ("0{bad", "server error"),
    ("\u{1e}", "server error"),
    ("2", "server error"),
    ("40{}", "server error"),
    ("b*", "server error"),
    ("<html>", "server error"),
    (r#"96:0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":5000}2:40"#, V2),
    ("92:0[", "server error"),
    ("1", "transport closed"),
];

/// The first request is answered with this body.
fn answer_with(page: &Page, body: &str) {
    let url = "`data:text/plain,${encodeURIComponent(body)}`";
    let xhr = format!(
        "body => class extends XMLHttpRequest {{ open() {{ super.open('GET', {url}); }} }}"
    );
    page.set("XMLHttpRequest", &call(&xhr, &[&body.into()]));
    let fetch = "body => async () => new Response(body)";
    page.set("fetch", &call(fetch, &[&body.into()]));
}

#[test]
async fn payload_that_makes_no_sense_is_an_error_and_a_new_attempt() {
    let page = Page::new().await;
    for kind in [XHR, FETCH] {
        for (body, error) in SENSELESS {
            answer_with(&page, body);
            let client = Client::new(&page, over(&[kind]));
            client.connect();
            client.next("error").await;
            let first = &client.seen()[0];
            assert!(first.starts_with(&format!("connect_error: {error}")), "{body}: {first}");
            page.put_back();
            client.next("connect").await;
            // Before the next body: the goodbye is a request, too.
            client.leave().await;
        }
    }
}

/// A packet behind the first that makes no sense ends the session that the first began.
#[test]
async fn payload_is_read_up_to_what_makes_no_sense() {
    let page = Page::new().await;
    let code = "class extends XMLHttpRequest {
        get responseText() { return super.responseText + '\\x1e42[\"a\"]\\x1eb*'; }
    }";
    page.set("XMLHttpRequest", &js(code));
    let client = Client::new(&page, over(&[XHR]));
    client.connect();
    client.next("close: transport error").await;
    page.put_back();
    client.next("reconnect after 1").await;
    client.next("connect").await;
}

/// The server takes a million bytes at once, and ends the session of whoever sends more.
#[test]
async fn more_than_fits_into_one_request_arrives_in_order() {
    let page = Page::new().await;
    let requests = StandIn::recording(&page, "XMLHttpRequest");
    let client = Client::connected(&page, &[XHR]).await;
    let before = requests.count();
    for n in 0..20 {
        client.emit(&format!("['echo-emit', {n}, '\u{20ac}'.repeat(50000)]"));
    }
    for n in 0..20 {
        let event = client.next("echo-emit").await.value;
        assert_eq!(Array::from(&event).get(1), JsValue::from(n));
    }
    assert!(requests.count() - before < 20, "not each in its own");
    assert!(!client.has_seen("disconnect: transport error"));
}

/// Binary data is larger as text, and each piece is padded.
#[test]
async fn much_binary_data_is_as_large_as_it_is_in_a_request() {
    let page = Page::new().await;
    let client = Client::connected(&page, &[XHR]).await;
    for n in 0..10 {
        client.emit(&format!("['echo-emit', {n}, new Uint8Array(200_000)]"));
    }
    for n in 0..10 {
        let event = client.next("echo-emit").await.value;
        assert_eq!(Array::from(&event).get(1), JsValue::from(n));
    }
    assert!(!client.has_seen("disconnect: transport error"), "{:?}", client.seen());
}

#[test]
fn packet_has_the_bytes_that_it_has_in_a_payload() {
    for code in ["''", "'4'", "'4Ä'", "'€'", "'😀'", "'\\ud800'", "'x'.repeat(70000)"] {
        let bytes = call("text => new TextEncoder().encode(text).length", &[&js(code)]);
        assert_eq!(host::byte_length(&js(code)), bytes.as_f64().unwrap(), "{code}");
    }
    for length in 0..10 {
        for code in ["new Uint8Array(N)", "new ArrayBuffer(N)", "new Blob([new Uint8Array(N)])"] {
            let code = code.replace('N', &length.to_string());
            let base64 = host::to_base64(&js(&format!("new Uint8Array({length})")));
            let expected = f64::from(base64.length() + 1);
            assert_eq!(host::byte_length(&js(&code)), expected, "{code}");
        }
    }
}

/// More than a function takes as arguments.
#[test]
async fn very_many_events_may_wait_for_a_request() {
    const COUNT: u32 = 150_000;
    let page = Page::new().await;
    let client = Client::connected(&page, &[XHR]).await;
    // This one is on its way while the others are written.
    client.ask("['echo', 1]", "first");
    let packet = JsValue::from("42[\"x\"]");
    (0..COUNT).for_each(|_| client.write_frame(&packet));
    client.ask("['echo', 1]", "last");
    client.next("ack first").await;
    client.next("ack last").await;
}

/// The packets' texts, `maxPayload`, how many go into one request.
#[test]
fn request_is_no_larger_than_the_server_takes() {
    for (packets, max, count) in [
        ("[]", 0.0, 0),
        ("['4', '4']", 0.0, 2),
        ("['4', '4']", f64::NAN, 2),
        // One more byte stands between two.
        ("['4', '4']", 3.0, 2),
        ("['4', '4']", 2.0, 1),
        ("['4ä', '4']", 4.0, 1),
        ("['44', '44', '44']", 7.0, 2),
        ("['44', '44', '44']", 8.0, 3),
        // The first one can't be split.
        ("['4444', '4']", 2.0, 1),
        // The end of a namespace goes alone.
        ("['41', '4']", 0.0, 1),
        ("['4', '4', '41', '4']", 0.0, 2),
        ("['4', '4', '41', '4']", 2.0, 1),
    ] {
        assert_eq!(host::fitting(&array(packets), max), count, "{packets} {max}");
    }
}

#[test]
async fn file_that_can_not_be_read_ends_the_connection_not_the_page() {
    let page = Page::new().await;
    let client = Client::connected(&page, &[XHR]).await;
    for (read, message) in [
        ("() => Promise.reject(new DOMException('gone', 'NotFoundError'))", "gone"),
        // As in jsdom.
        ("undefined", "arrayBuffer"),
    ] {
        let blob = format!("Object.assign(new Blob(['x']), {{ arrayBuffer: {read} }})");
        client.emit(&format!("['echo-emit', 1, {blob}]"));
        let details = client.next("disconnect: transport error").await.value;
        let said = get(&details, "message").as_string().unwrap_or_default();
        assert!(said.contains(message), "{said}");
        client.next("connect").await;
        assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
        assert!(!client.has_seen("echo-emit"));
    }
}

/// The server says so; the browser knows of no end.
#[test]
async fn end_that_the_server_announces_is_told_as_the_servers() {
    let page = Page::new().await;
    for transport in [XHR, FETCH] {
        let client = Client::connected(&page, &[transport]).await;
        client.emit("['drop']");
        let details = client.next("disconnect: transport close").await.value;
        assert_eq!(get(&details, "description"), "transport closed by the server");
    }
}
