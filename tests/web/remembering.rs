//! What worked is tried first the next time, in this tab.

use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::time::Millis;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, DEFAULT, WEBSOCKET, XHR, over};
use super::page::{Page, js};
use super::stand_in::StandIn;

fn soon() -> ManagerOptions {
    ManagerOptions { fallback_delay: Millis(50), ..over(&DEFAULT) }
}

async fn first_transport(page: &Page) -> String {
    let client = Client::new(page, over(&DEFAULT));
    client.connect();
    client.next("connect").await;
    let first = client.seen()[0].clone();
    client.disconnect();
    first
}

#[test]
async fn next_page_does_not_wait_for_a_silent_websocket_again() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, soon());
    client.connect();
    client.next("connect").await;
    assert_eq!(sockets.count(), 1);

    // With no fallback by time, the silent WebSocket would be waited for until the timeout.
    assert_eq!(first_transport(&page).await, "open polling");

    // So does this page itself when it comes back.
    client.emit("['drop']");
    client.next("reconnect after 1").await;
    let opened: Vec<_> = client.seen().into_iter().filter(|what| what.contains("open")).collect();
    assert_eq!(opened, ["open polling", "open polling"]);
}

/// Not even for as long as the fallback takes.
#[test]
async fn silent_websocket_is_not_tried_once_more_by_a_page_that_comes_back() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, ManagerOptions { upgrade: false, ..soon() });
    client.connect();
    client.next("connect").await;
    client.emit("['drop']");
    client.next("reconnect after 1").await;
    assert_eq!(sockets.count(), 1);
}

#[test]
async fn websocket_that_works_again_is_first_again() {
    let page = Page::new().await;
    StandIn::silent(&page);
    let client = Client::new(&page, soon());
    client.connect();
    client.next("connect").await;

    page.put_back();
    let client = Client::new(&page, over(&DEFAULT));
    client.connect();
    client.next("open polling").await;
    client.next("upgrade to websocket").await;
    assert_eq!(first_transport(&page).await, "open websocket");
}

#[test]
async fn other_servers_are_not_judged_by_this_one() {
    let page = Page::new().await;
    StandIn::silent(&page);
    let client = Client::new(&page, soon());
    client.connect();
    client.next("connect").await;

    let sockets = StandIn::silent(&page);
    let requests = StandIn::recording(&page, "XMLHttpRequest");
    let other = Client::to("http://localhost:1", &page, over(&DEFAULT));
    other.connect();
    assert_eq!((sockets.count(), requests.count()), (1, 0));
}

#[test]
async fn page_without_a_choice_remembers_nothing() {
    let page = Page::new().await;
    for transports in [&[XHR][..], &[WEBSOCKET]] {
        let client = Client::connected(&page, transports).await;
        client.disconnect();
        assert_eq!(first_transport(&page).await, "open websocket", "after {transports:?}");
    }
}

#[test]
async fn page_that_may_not_store_anything_connects_as_well() {
    let page = Page::new().await;
    page.forbid("sessionStorage");
    assert_eq!(first_transport(&page).await, "open websocket");
    page.set("sessionStorage", &js("undefined"));
    assert_eq!(first_transport(&page).await, "open websocket");
    // Full: it can be read, and refuses what is written.
    let full = "new Proxy({}, { set() { throw new DOMException('full', 'QuotaExceededError'); } })";
    page.set("sessionStorage", &js(full));
    assert_eq!(first_transport(&page).await, "open websocket");
}
