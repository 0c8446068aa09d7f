//! The addresses of transports.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, FETCH, WEBSOCKET, XHR, over};
use super::host;
use super::page::{Page, get, js};
use super::stand_in::StandIn;

/// Options beyond `hostname: "h"`, the session, and the address of a WebSocket.
const ADDRESSES: [(&str, &str, &str); 22] = [
    ("", "", "ws://h/p/?EIO=4&transport=websocket"),
    ("secure: true", "", "wss://h/p/?EIO=4&transport=websocket"),
    ("port: '80'", "", "ws://h/p/?EIO=4&transport=websocket"),
    ("port: 80", "", "ws://h/p/?EIO=4&transport=websocket"),
    ("port: '443'", "", "ws://h:443/p/?EIO=4&transport=websocket"),
    ("port: '443', secure: true", "", "wss://h/p/?EIO=4&transport=websocket"),
    ("port: 80, secure: true", "", "wss://h:80/p/?EIO=4&transport=websocket"),
    ("port: ''", "", "ws://h/p/?EIO=4&transport=websocket"),
    ("hostname: '::1', port: 3000", "", "ws://[::1]:3000/p/?EIO=4&transport=websocket"),
    ("path: '/p'", "", "ws://h/p/?EIO=4&transport=websocket"),
    ("path: 'p'", "", "ws://h/p/?EIO=4&transport=websocket"),
    ("path: '/'", "", "ws://h/?EIO=4&transport=websocket"),
    ("path: '/p', addTrailingSlash: false", "", "ws://h/p?EIO=4&transport=websocket"),
    ("addTrailingSlash: false", "", "ws://h/p?EIO=4&transport=websocket"),
    ("path: '/$&/a'", "", "ws://h/$&/a/?EIO=4&transport=websocket"),
    ("query: { a: 'b' }", "", "ws://h/p/?a=b&EIO=4&transport=websocket"),
    ("query: { 'ä&': '=?€', n: 1 }", "", CASE_ESCAPED),
    ("query: { EIO: 3, transport: 'x', a: 1 }", "", "ws://h/p/?EIO=4&transport=websocket&a=1"),
    ("query: { sid: 'theirs' }", "ours", "ws://h/p/?sid=ours&EIO=4&transport=websocket"),
    ("", "s/1", "ws://h/p/?EIO=4&transport=websocket&sid=s%2F1"),
    ("forceBase64: true", "", "ws://h/p/?EIO=4&transport=websocket&b64=1"),
    ("forceBase64: true", "s", "ws://h/p/?EIO=4&transport=websocket&sid=s"),
];

const CASE_ESCAPED: &str = "ws://h/p/?%C3%A4%26=%3D%3F%E2%82%AC&n=1&EIO=4&transport=websocket";

fn options(code: &str) -> JsValue {
    js(&format!("({{ hostname: 'h', path: '/p/', {code} }})"))
}

#[test]
fn options_make_the_address() {
    for (code, sid, expected) in ADDRESSES {
        let made = host::address(&options(code), "websocket", &sid.into(), "ws", false);
        assert_eq!(made, expected, "{code} {sid}");
    }
}

#[test]
fn stamp_makes_each_address_another() {
    for (code, name) in [("", "t"), ("timestampParam: 'stamp'", "stamp")] {
        let make = || host::address(&options(code), "polling", &JsValue::UNDEFINED, "http", true);
        let (one, other) = (make(), make());
        let start = format!("http://h/p/?EIO=4&transport=polling&{name}=");
        assert!(one.starts_with(&start) && one.len() > start.len() + 4, "{one}");
        assert_ne!(one, other);
    }
}

/// What a transport asks for: of the browser's class, the address of the newest object.
async fn asked(page: &Page, more: &str) -> [String; 3] {
    let sockets = StandIn::recording(page, "WebSocket");
    let code = "class extends XMLHttpRequest {
        constructor() { super(); new.target.made.push(this); }
        open(method, url) { this.url ??= url; super.open(method, url); }
        static made = [];
    }";
    let requests = StandIn::new(page, "XMLHttpRequest", code);
    let fetches = StandIn::recording_fetch(page);
    for kind in [WEBSOCKET, XHR, FETCH] {
        let client = Client::with(more, page, over(&[kind]));
        client.connect();
        client.next("connect").await;
        client.leave().await;
    }
    let first = |made: StandIn| get(&made.made().get(0), "url").as_string().unwrap();
    [first(sockets), first(requests), first(fetches)]
}

#[test]
async fn requests_are_stamped_and_websockets_are_not_unless_told_so() {
    for (more, expected) in [
        ("", [false, true, true]),
        ("timestampRequests: true", [true, true, true]),
        ("timestampRequests: false", [false, false, false]),
        ("transportOptions: { websocket: { timestampRequests: true } }", [true, true, true]),
        ("transportOptions: { polling: { timestampRequests: false } }", [false, false, false]),
    ] {
        let page = Page::new().await;
        let urls = asked(&page, more).await;
        assert_eq!(urls.each_ref().map(|url| url.contains("&t=")), expected, "{more}: {urls:?}");
    }
}
