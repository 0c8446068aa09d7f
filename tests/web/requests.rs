//! The HTTP requests of long-polling, as servers and proxies see them.

use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, FETCH, XHR, over};
use super::page::{Page, call, get, js, show};
use super::stand_in::StandIn;

/// A class whose objects write down what becomes of them.
const DIARY: &str = "class extends XMLHttpRequest {
    constructor() { super(); this.headers = {}; new.target.made.push(this); }
    open(method, url) { this.method = method; this.url = url; super.open(method, url); }
    setRequestHeader(name, value) { super.setRequestHeader(name, value); this.headers[name] = value; }
    send(body) { this.body = body; super.send(body); }
    static made = [];
}";

/// The first GET and the first POST: method, headers and body. The end of a session is sent by
/// fetch in any case.
async fn first_two(page: &Page, more: &str) -> [String; 2] {
    let (xhr, fetch) =
        (StandIn::new(page, "XMLHttpRequest", DIARY), StandIn::recording_fetch(page));
    let mut seen = Vec::new();
    for kind in [XHR, FETCH] {
        let client = Client::with(more, page, over(&[kind]));
        client.connect();
        client.next("connect").await;
        client.leave().await;
        let made = if kind == XHR { xhr.made() } else { fetch.made() };
        let show_it = "made => ['GET', 'POST'].map((method) => {
            const { headers, body } = made.find((it) => it.method === method && it.body !== '1');
            return JSON.stringify([headers, body]);
        }).join('\\n')";
        seen.push(call(show_it, &[&made]).as_string().unwrap());
    }
    assert_eq!(seen[0], seen[1], "one way of making requests is as good as the other");
    let mut lines = seen[0].split('\n').map(String::from);
    [lines.next().unwrap(), lines.next().unwrap()]
}

#[test]
async fn requests_are_simple_ones_that_need_no_preflight() {
    let page = Page::new().await;
    let expected = [r"[{},null]", r#"[{"Content-type":"text/plain;charset=UTF-8"},"40"]"#];
    assert_eq!(first_two(&page, "").await, expected);
}

/// The server's CORS allows no header of the page's own; those of the safe list pass.
#[test]
async fn headers_of_the_page_go_along() {
    let page = Page::new().await;
    let more = "extraHeaders: { Accept: 'a/b' }, transportOptions: { polling: { x: 1 } }";
    let [get, post] = first_two(&page, more).await;
    assert_eq!(get, r#"[{"Accept":"a/b"},null]"#);
    assert!(post.contains(r#""Accept":"a/b""#) && post.contains("text/plain"), "{post}");
}

#[test]
async fn header_that_cannot_be_sent_is_left_out() {
    let page = Page::new().await;
    let more = "extraHeaders: { 'not a name': 1, Accept: 'a/b' }";
    let client = Client::with(more, &page, over(&[XHR]));
    client.connect();
    client.next("connect").await;
}

#[test]
async fn cookies_go_along_when_asked_for() {
    for (more, xhr, fetch) in [
        ("", "false", "\"same-origin\""),
        ("withCredentials: false", "false", "\"same-origin\""),
        ("withCredentials: true", "true", "\"include\""),
    ] {
        let page = Page::new().await;
        let xhrs = StandIn::recording(&page, "XMLHttpRequest");
        let fetches = StandIn::recording_fetch(&page);
        for kind in [XHR, FETCH] {
            let client = Client::with(more, &page, over(&[kind]));
            client.connect();
            client.next("connect").await;
            client.leave().await;
        }
        assert_eq!(show(&get(&xhrs.last(), "withCredentials")), xhr, "{more}");
        assert_eq!(show(&get(&fetches.last(), "credentials")), fetch, "{more}");
    }
}

/// A waiting GET outlives any timeout that is too short for it.
#[test]
async fn request_that_takes_too_long_is_given_up() {
    let page = Page::new().await;
    for (kind, what) in [(XHR, "xhr poll error"), (FETCH, "fetch read error")] {
        let client = Client::with("requestTimeout: 200", &page, over(&[kind]));
        client.connect();
        client.next("connect").await;
        let cause = client.next("disconnect: transport error").await.value;
        assert_eq!(get(&cause, "message"), what);
        assert_eq!(get(&cause, "description"), 0);
        client.leave().await;
    }
}

/// The real server answers an unknown session with HTTP 400.
#[test]
async fn refused_request_is_told_with_its_status() {
    let page = Page::new().await;
    let spoil = "url => url.replace(/sid=[^&]+/, 'sid=unknown')";
    let spoilt_xhr = "spoil => class extends XMLHttpRequest {
        open(method, url) { super.open(method, method === 'GET' ? url : spoil(url)); }
    }";
    let spoilt_fetch = "spoil => (fetch => (url, init) =>
        fetch(init.method === 'GET' ? url : spoil(url), init))(fetch)";
    page.set("XMLHttpRequest", &call(spoilt_xhr, &[&js(spoil)]));
    page.set("fetch", &call(spoilt_fetch, &[&js(spoil)]));
    for (kind, what) in [(XHR, "xhr post error"), (FETCH, "fetch write error")] {
        let client = Client::new(&page, over(&[kind]));
        client.connect();
        client.next("close: transport error").await;
        let cause = client.last().value;
        let message = format!("{what}: session unknown: is the load balancer sticky?");
        assert_eq!(get(&cause, "message"), message.as_str());
        assert_eq!(get(&cause, "description"), 400);
        let context = get(&cause, "context");
        assert!(!context.is_undefined());
        assert!(!get(&context, "bodyUsed").is_truthy(), "a Response can still be read");
        client.leave().await;
    }
}
