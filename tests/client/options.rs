//! What a user may choose, and what is wrong with it.

use std::error::Error;
use std::time::Duration;

use js_sys::Array;
use socketio_wasm::{BuildError, Client, TransportKind};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{DEAD, EACH, SERVER, at, ms, over, to};
use super::page::{Page, get, js, until};
use super::stand_in::StandIn;
use super::user::{User, name, show};

#[test]
fn url_that_names_no_server_is_an_error() {
    for url in ["http://localhost:99999", "http://[", "ftp://a"] {
        let error = Client::builder(url).build().unwrap_err();
        let BuildError::Url(text) = &error else { panic!("{url}: {error:?}") };
        assert!(!text.is_empty(), "{url}");
        assert_eq!(error.to_string(), *text);
        assert!(error.source().is_none());
        // Not connecting changes nothing about it.
        assert_eq!(Client::builder(url).connect().unwrap_err(), error);
    }
}

#[test]
fn namespace_is_the_path_of_the_url() {
    for (url, nsp) in [
        ("http://localhost", "/"),
        ("http://localhost/", "/"),
        ("http://localhost:3000/chat", "/chat"),
        ("https://localhost/a/b?x=1", "/a/b"),
        ("ws://localhost/chat", "/chat"),
        ("/chat", "/chat"),
    ] {
        assert_eq!(Client::builder(url).build().unwrap().namespace(), nsp, "{url}");
    }
}

#[test]
fn option_with_a_value_that_it_cannot_have_is_an_error_that_names_it() {
    for factor in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        let error = to(SERVER).randomization_factor(factor).build().unwrap_err();
        let BuildError::Option(text) = &error else { panic!("{factor}: {error:?}") };
        assert!(text.contains("randomization_factor"), "{text}");
        assert_eq!(error.to_string(), *text);
    }
    let error = to(SERVER).transports(&[]).build().unwrap_err();
    let BuildError::Option(text) = error else { panic!("{error:?}") };
    assert!(text.contains("transports"), "{text}");
    for factor in [0.0, 1.0] {
        assert!(to(SERVER).randomization_factor(factor).build().is_ok());
    }
}

/// The handshake of the server, as an expression tells of it.
async fn handshake(user: &User, what: &str) -> String {
    let seen = user.ask("handshake", "[]").await.unwrap();
    show(&js(&format!("{seen}[0].{what}")))
}

#[test]
async fn query_reaches_the_server() {
    let page = Page::new().await;
    for kind in EACH {
        let url = [SERVER, "?a=1&b=url"].concat();
        let builder = to(&url).transports(&[kind]).query("b", "option").query("c", "ä&=1");
        let user = User::connected(&page, builder).await;
        assert_eq!(handshake(&user, "query.a").await, r#""1""#, "{kind:?}");
        assert_eq!(handshake(&user, "query.b").await, r#""option""#);
        assert_eq!(handshake(&user, "query.c").await, r#""ä&=1""#);
    }
}

#[test]
async fn headers_reach_the_server_by_polling() {
    let page = Page::new().await;
    let builder = over(TransportKind::Polling).extra_header("x-mine", "1").extra_header("X-B", "2");
    let user = User::connected(&page, builder).await;
    assert_eq!(handshake(&user, "headers['x-mine']").await, r#""1""#);
    assert_eq!(handshake(&user, "headers['x-b']").await, r#""2""#);
}

#[test]
async fn header_that_no_page_may_set_is_left_out() {
    let page = Page::new().await;
    let builder = over(TransportKind::Polling)
        .extra_header("not a name", "1")
        .extra_header("cookie", "a=b")
        .extra_header("x-good", "1");
    let user = User::connected(&page, builder).await;
    assert_eq!(handshake(&user, "headers['x-good']").await, r#""1""#);
    assert_eq!(handshake(&user, "headers.cookie").await, "undefined");
}

#[test]
async fn path_and_subprotocols_are_those_of_the_builder() {
    let page = Page::new().await;
    let code = "class {
        static made = [];
        constructor(...args) { new.target.made.push(args); }
        close() {}
    }";
    let sockets = StandIn::new(&page, "WebSocket", code);
    let user = User::new(&page, at("").path("/mine").protocols(&["a", "b"]));
    user.socket.connect();
    let args = Array::from(&sockets.last());
    let url = args.get(0).as_string().unwrap();
    let expected = SERVER.replacen("http", "ws", 1) + "/mine/?";
    assert!(url.starts_with(&expected), "{url}");
    assert_eq!(show(&args.get(1)), r#"["a","b"]"#);
}

/// The requests with this name in their query.
fn requests(page: &Page, name: &str) -> StandIn {
    let code = "class extends XMLHttpRequest {
        static made = [];
        open(method, url) {
            super.open(method, url);
            if (url.includes('NAME')) this.constructor.made.push(this);
        }
    }";
    StandIn::new(page, "XMLHttpRequest", &code.replace("NAME", name))
}

#[test]
async fn cookies_are_sent_where_that_was_chosen() {
    let page = Page::new().await;
    for chosen in [false, true] {
        let tag = name();
        let requests = requests(&page, &tag);
        let builder = over(TransportKind::Polling).query("page", &tag).with_credentials(chosen);
        let _user = User::connected(&page, builder).await;
        assert_eq!(get(&requests.last(), "withCredentials"), JsValue::from(chosen));
        page.put_back();
    }
}

#[test]
async fn request_may_take_as_long_as_was_chosen() {
    let page = Page::new().await;
    // Zero is no limit, which nobody means by very little.
    let cases = [(ms(1234), 1234), (Duration::MAX, 0), (Duration::from_micros(1), 1)];
    for (time, expected) in cases {
        let tag = name();
        let requests = requests(&page, &tag);
        // No server: it would keep a session for who goes before its answer.
        let builder = to(DEAD).transports(&[TransportKind::Polling]).query("page", &tag);
        let builder = builder.request_timeout(time);
        let user = User::new(&page, builder);
        user.socket.connect();
        until("the request", || requests.count() > 0).await;
        assert_eq!(get(&requests.last(), "timeout"), expected);
        page.put_back();
    }
}

#[test]
async fn binary_data_is_text_where_that_was_chosen() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at("").force_base64(true));
    user.socket.connect();
    sockets.connect();
    user.emit("a", "[new Uint8Array([1, 2])]");
    assert_eq!(Array::from(&get(&sockets.last(), "sent")).pop(), "bAQI=");
}

#[test]
async fn more_attachments_than_were_chosen_are_not_taken() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at("").max_attachments(1).reconnection(false));
    user.socket.connect();
    sockets.connect();
    sockets.receive(r#"452-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#);
    user.next("disconnect: parse error").await;
}

#[test]
async fn longest_times_mean_never() {
    let page = Page::new().await;
    let builder = over(TransportKind::Polling)
        .timeout(Duration::MAX)
        .ack_timeout(Duration::MAX)
        .reconnection_delay_max(Duration::MAX)
        .fallback_delay(Duration::MAX);
    let user = User::connected(&page, builder).await;
    user.settle().await;
    user.emit("drop", "[]");
    user.next("connect").await;
}

#[test]
fn what_is_shown_of_the_types_is_short() {
    let socket = to("http://localhost/chat").build().unwrap();
    let shown = [
        format!("{:?}", to("http://localhost")),
        format!("{:?}", socket.client()),
        format!("{:?}", socket.downgrade()),
        format!("{:?}", socket.on_connect(|| ())),
        format!("{socket:?}"),
    ];
    let expected = [
        r#"Builder { url: "http://localhost", .. }"#,
        "Client { transport: None, .. }",
        "WeakSocket { .. }",
        "Listener { .. }",
        r#"Socket { namespace: "/chat", state: Disconnected, .. }"#,
    ];
    assert_eq!(shown, expected);
}
