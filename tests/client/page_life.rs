//! What becomes of the page: the connection follows, as far as that is wanted.

use socketio_wasm::{Builder, TransportKind};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{ms, over, to};
use super::page::{Page, call, get, until};
use super::stand_in::StandIn;
use super::user::User;

/// No attempt comes by itself. The host is none that needs no network, as `localhost` is.
fn patient() -> Builder {
    to("http://server.example").reconnection_delay(ms(60_000)).reconnection_delay_max(ms(60_000))
}

/// Something becomes of the page.
fn tell(kind: &str) {
    let code = "kind => dispatchEvent(Object.assign(new Event(kind), { persisted: true }))";
    call(code, &[&kind.into()]);
}

fn connected(page: &Page, builder: Builder, sockets: &StandIn) -> User {
    let user = User::new(page, builder);
    user.socket.connect();
    sockets.connect();
    assert!(user.socket.is_connected());
    user
}

#[test]
async fn connection_ends_with_the_network_and_comes_back_with_it() {
    for (end, start) in [("offline", "online"), ("pagehide", "pageshow"), ("offline", "resume")] {
        let page = Page::new().await;
        let sockets = StandIn::silent(&page);
        let user = connected(&page, patient(), &sockets);
        tell(end);
        user.next("disconnect: transport close").await;
        assert_eq!(get(&sockets.last(), "readyState"), 3, "{end}");
        tell(start);
        assert_eq!(sockets.count(), 2, "{start}");
        sockets.connect();
        assert!(user.socket.is_connected(), "{start}");
    }
}

#[test]
async fn page_may_want_none_of_it() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let builder = patient()
        .close_on_offline(false)
        .close_on_pagehide(false)
        .reconnect_on_online(false)
        .check_on_resume(false);
    let user = connected(&page, builder, &sockets);
    ["offline", "pagehide"].into_iter().for_each(tell);
    assert!(user.socket.is_connected());
    call("socket => socket.onclose(new CloseEvent('close'))", &[&sockets.last()]);
    user.next("disconnect: transport close").await;
    ["online", "pageshow", "resume", "visibilitychange"].into_iter().for_each(tell);
    assert_eq!(sockets.count(), 1);
}

#[test]
async fn session_of_polling_is_ended_by_a_request_that_outlives_the_page() {
    let page = Page::new().await;
    let builder = over(TransportKind::Polling).extra_header("x-mine", "1");
    let _user = User::connected(&page, builder).await;
    let requests = StandIn::recording_fetch(&page);
    tell("pagehide");
    // The session of another test may end at the same time.
    let made = requests.made();
    let own = || call("made => made.find((it) => it.headers['x-mine'] === '1')", &[&made]);
    until("there is a request of its own", || own().is_object()).await;
    assert_eq!(get(&own(), "keepalive"), JsValue::TRUE);
    assert_eq!(get(&own(), "body"), "1");
}
