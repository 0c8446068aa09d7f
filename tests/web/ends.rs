//! Everything ends: what a page lets go of is gone, in the page and at the server.

use std::rc::{Rc, Weak};

use socketio_wasm::proto::options::Candidate;
use socketio_wasm::web::Driver;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, EACH, FETCH, WEBSOCKET, XHR, over};
use super::face::Notebook;
use super::log::kind_of;
use super::page::{Page, call, get, hurry, show, until};
use super::stand_in::StandIn;

/// Somebody else at the server, who sees how many are there.
struct Watcher(Rc<Client>);

impl Watcher {
    async fn alone(page: &Page) -> Self {
        let watcher = Self(Client::connected(page, &[WEBSOCKET]).await);
        watcher.is_alone("those of earlier tests have left").await;
        watcher
    }

    /// Waits until the server knows of no other session of this page.
    async fn is_alone(&self, what: &str) {
        const ATTEMPTS: u32 = 300;
        for _ in 0..ATTEMPTS {
            if self.count().await == "[1]" {
                return;
            }
            super::page::tick(10).await;
        }
        panic!("{what}: {} sessions", self.count().await);
    }

    async fn count(&self) -> String {
        self.0.answer_of("['sessions-of', String(performance.timeOrigin)]").await
    }
}

/// What is left of a client when nobody has it any more.
struct Left {
    client: Weak<Client>,
    driver: Weak<Driver<Notebook>>,
}

impl Left {
    fn of(client: Rc<Client>) -> Self {
        Self { client: Rc::downgrade(&client), driver: Rc::downgrade(&client.driver) }
    }

    fn is_nothing(&self) -> bool {
        self.client.upgrade().is_none() && self.driver.upgrade().is_none()
    }

    fn still(&self) -> Rc<Client> {
        self.client.upgrade().expect("a client that is still at work")
    }
}

/// Brings a client to where it is to be let go of.
async fn reach(page: &Page, state: &str, kind: Candidate, client: &Rc<Client>) {
    match state {
        "connecting" => client.connect(),
        "handshake done" => {
            client.connect();
            client.next(&format!("open {}", kind_of(kind))).await;
        }
        "connected" => {
            client.connect();
            client.next("connect").await;
        }
        "waiting to reconnect" => {
            page.set("WebSocket", &super::page::js(THROWING));
            page.set("XMLHttpRequest", &super::page::js(THROWING));
            page.set("fetch", &super::page::js(THROWING));
            client.connect();
            client.next("error").await;
            page.put_back();
        }
        "closing" => {
            client.connect();
            client.next("connect").await;
            client.disconnect();
        }
        _ => assert_eq!(state, "new"),
    }
}

const THROWING: &str = "class { constructor() { throw new Error('not now'); } }";

const STATES: [&str; 6] =
    ["new", "connecting", "handshake done", "connected", "waiting to reconnect", "closing"];

#[test]
async fn whoever_leaves_leaves_nothing_behind_in_any_state() {
    let page = Page::new().await;
    let watcher = Watcher::alone(&page).await;
    for kind in EACH {
        for state in STATES {
            let client = Client::new(&page, over(&[kind]));
            reach(&page, state, kind, &client).await;
            client.disconnect();
            let left = Left::of(client);
            until(&format!("{kind:?}, {state}: all is dropped"), || left.is_nothing()).await;
            watcher.is_alone(&format!("{kind:?}, {state}")).await;
        }
    }
}

/// A page need not keep what it connected with to go on hearing from it.
#[test]
async fn nobody_has_to_keep_what_is_at_work() {
    let page = Page::new().await;
    let watcher = Watcher::alone(&page).await;
    for kind in EACH {
        for state in ["connecting", "handshake done", "connected", "waiting to reconnect"] {
            let client = Client::new(&page, over(&[kind]));
            reach(&page, state, kind, &client).await;
            let left = Left::of(client);
            until(&format!("{kind:?}, {state}: connected"), || left.still().has_seen("connect"))
                .await;
            assert_eq!(left.still().answer_of("['echo', 1]").await, "[1]");
            left.still().disconnect();
            until(&format!("{kind:?}, {state}: all is dropped"), || left.is_nothing()).await;
            watcher.is_alone(&format!("{kind:?}, {state}")).await;
        }
    }
}

#[test]
async fn what_was_never_connected_is_gone_at_once() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::new(&page, over(&[kind]));
        client.emit("['echo', 1]");
        assert!(Left::of(client).is_nothing(), "{kind:?}");
    }
}

#[test]
async fn what_was_sent_away_is_gone_too() {
    let page = Page::new().await;
    let watcher = Watcher::alone(&page).await;
    for kind in EACH {
        let client = Client::connected(&page, &[kind]).await;
        client.emit("['kick']");
        client.next("disconnect: io server disconnect").await;
        let left = Left::of(client);
        until(&format!("{kind:?}: all is dropped"), || left.is_nothing()).await;
        watcher.is_alone("sent away").await;
    }
}

/// Over a WebSocket it is a matter of time: see the tests of `leaving`.
#[test]
async fn what_was_emitted_before_leaving_arrives() {
    let page = Page::new().await;
    for kind in [XHR, FETCH] {
        for is_busy in [false, true] {
            let client = Client::new(&page, over(&[kind]));
            let admin = client.nsp("/admin");
            client.set_auth(r#"{"token":"secret"}"#);
            client.connect();
            client.connect_to(admin);
            client.next("connect").await;
            client.next("connect /admin").await;
            if is_busy {
                client.emit("['echo']");
            }
            // The server cuts the line when it hears this: the other namespace is there to see it.
            client.emit("['drop']");
            client.disconnect();
            let is_told = |what: &String| what.starts_with("disconnect /admin: transport");
            until("the server heard it", || client.seen().iter().any(is_told)).await;
            client.leave().await;
        }
    }
}

const HANDLERS: &str = "object => ['onopen', 'onmessage', 'onclose', 'onerror']
    .filter(name => object[name])";

#[test]
async fn closed_websocket_calls_nobody() {
    let page = Page::new().await;
    let sockets = StandIn::recording(&page, "WebSocket");
    let client = Client::connected(&page, &[WEBSOCKET]).await;
    let connected = sockets.last();
    let on = show(&call(HANDLERS, &[&connected]));
    assert_eq!(on, r#"["onopen","onmessage","onclose","onerror"]"#);
    client.disconnect();
    hurry();
    client.connect();
    let connecting = sockets.last();
    client.disconnect();
    assert_eq!(sockets.count(), 2);
    for socket in [connected, connecting] {
        // It does nothing: the WebSocket of the package `ws` wants one.
        assert_eq!(show(&call(HANDLERS, &[&socket])), r#"["onerror"]"#);
        until("it is closed", || get(&socket, "readyState").as_f64().unwrap() >= 2.0).await;
    }
}

#[test]
async fn requests_end_with_their_session_and_call_nobody() {
    let page = Page::new().await;
    let requests = StandIn::recording(&page, "XMLHttpRequest");
    let client = Client::connected(&page, &[XHR]).await;
    assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
    client.disconnect();
    let left = Left::of(client);
    until("all is dropped", || left.is_nothing()).await;
    assert!(requests.count() >= 4, "{} requests", requests.count());
    for request in requests.made() {
        let state = show(&get(&request, "readyState"));
        assert!(["0", "4"].contains(&state.as_str()), "under way: {state}");
        // Nobody is there to hear it: that would be an uncaught exception.
        call("request => request.dispatchEvent(new Event('loadend'))", &[&request]);
    }
}

/// While a waiting GET would come back only with the next heartbeat.
#[test]
async fn waiting_request_is_cancelled_when_its_session_is_lost() {
    let page = Page::new().await;
    for kind in [XHR, FETCH] {
        let xhrs = StandIn::recording(&page, "XMLHttpRequest");
        let fetches = StandIn::recording_fetch(&page);
        let client = Client::connected(&page, &[kind]).await;
        assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
        // A request begins a moment after the answer to the one before.
        super::page::tick(0).await;
        let waiting = if kind == XHR { xhrs.last() } else { fetches.last() };
        client.lose(JsValue::UNDEFINED);
        let is_over = "it => it.readyState === 0 || it.readyState === 4 || it.signal?.aborted";
        assert_eq!(call(is_over, &[&waiting]), true, "{kind:?}");
        client.next("connect").await;
        client.leave().await;
    }
}

/// Dropped while a Blob is read, before there is a request.
#[test]
async fn request_that_has_not_begun_does_not_begin_after_the_end() {
    let page = Page::new().await;
    let requests = StandIn::recording(&page, "XMLHttpRequest");
    let client = Client::connected(&page, &[XHR]).await;
    until("CONNECT has arrived", || client.write_buffer().length() == 0).await;
    let count = requests.count();
    client.emit("['echo', new Blob(['A'])]");
    client.lose(JsValue::UNDEFINED);
    client.disconnect();
    client.quiet("all is quiet").await;
    super::page::tick(20).await;
    assert_eq!(requests.count(), count);
}
