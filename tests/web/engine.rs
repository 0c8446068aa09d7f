//! What the engine lets others see and do: raw messages, every packet, what waits, other parsers
//! and other transports.

use std::rc::Rc;

use socketio_wasm::proto::error::DisconnectReason;
use socketio_wasm::proto::options::{Candidate, TransportKind};
use socketio_wasm::proto::socket::packet::PacketType;
use socketio_wasm::web::Incoming;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, EACH, MAIN, WEBSOCKET, XHR, over};
use super::host;
use super::page::{Page, get, js, show, until};
use super::stand_in::StandIn;

fn connected(page: &Page, sockets: &StandIn) -> Rc<Client> {
    let client = Client::new(page, over(&[WEBSOCKET]));
    client.connect();
    sockets.connect();
    client
}

#[test]
async fn raw_messages_come_as_they_are() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = connected(&page, &sockets);
    client.driver.raw.set(true);
    for (frame, expected) in [
        ("4", "message \"\""),
        ("4x", "message \"x\""),
        (r#"42["a"]"#, r#"message "2[\"a\"]""#),
        ("<new Uint8Array([1]).buffer>", "message \"<1>\""),
        ("bAg==", "message \"<2>\""),
    ] {
        sockets.receive(frame);
        assert_eq!(client.last().what, expected);
    }
    sockets.receive("2");
    assert_eq!(client.last().what, "message \"<2>\"", "a ping is no message");
}

#[test]
async fn every_packet_is_shown_to_those_who_look_on() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = connected(&page, &sockets);
    sockets.receive("2");
    assert_eq!(client.log.notes(), ["handshake"], "nobody looks on");
    client.driver.traced.set(true);
    for frame in [r#"42["a"]"#, r#"451-["b"]"#, "<new Uint8Array([1]).buffer>", "bAg==", "2", "6"] {
        sockets.receive(frame);
    }
    let expected =
        ["handshake", r#"packet 4 "2[\"a\"]""#, r#"packet 4 "51-[\"b\"]""#, r#"packet 4 "<1>""#];
    assert_eq!(client.log.notes()[..4], expected);
    assert_eq!(client.log.notes()[4], r#"packet 4 "<2>""#);
}

#[test]
async fn other_parser_hands_over_what_it_has_decoded() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WEBSOCKET]));
    client.driver.raw.set(true);
    client.connect();
    sockets.open();
    sockets.receive(super::stand_in::HANDSHAKE);
    let packet = |packet_type, code: &str| {
        host::hand_over(client.driver.network().0, js(code));
        let is_session = packet_type == PacketType::Connect;
        client.driver.on_packet(Incoming { packet_type, nsp: Some(MAIN), id: None, is_session });
    };
    packet(PacketType::Connect, "({ sid: 'x' })");
    packet(PacketType::Event, "['a']");
    packet(PacketType::Disconnect, "undefined");
    let expected = [
        "open websocket",
        "connect",
        "a",
        "close: forced close",
        "disconnect: io server disconnect",
    ];
    assert_eq!(client.seen(), expected);
}

#[test]
async fn other_parser_may_find_that_something_is_wrong() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = connected(&page, &sockets);
    let id = client.driver.ask(|manager| manager.transport()).unwrap().0;
    host::blame(client.driver.network().0, js("new Error('mine')"));
    client.driver.on_failure(id, DisconnectReason::ParseError);
    let details = client.next("disconnect: parse error").await.value;
    assert_eq!(get(&details, "message"), "mine");
    client.next("reconnect attempt 1").await;
}

#[test]
async fn network_that_is_lost_ends_the_connection_at_once() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::connected(&page, &[kind]).await;
        client.lose(js("({ description: 'offline' })"));
        let details = client.next("disconnect: transport close").await.value;
        assert_eq!(get(&details, "description"), "offline", "{kind:?}");
        client.next("reconnect after 1").await;
        client.next("connect").await;
        // Where there is no connection, nothing is lost.
        client.leave().await;
        let told = client.seen().len();
        client.lose(JsValue::UNDEFINED);
        assert_eq!(client.seen().len(), told);
    }
}

#[test]
async fn more_attachments_than_wanted_are_an_error() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    for (max, what) in [(2, "disconnect: parse error"), (3, "a")] {
        let client = connected(&page, &sockets);
        client.driver.max_attachments.set(max);
        sockets.receive(r#"453-["a"]"#);
        for _ in 0..3 {
            sockets.receive("<new ArrayBuffer(1)>");
        }
        assert!(client.has_seen(what), "{max}: {:?}", client.seen());
        client.disconnect();
    }
}

#[test]
async fn what_a_request_has_not_delivered_yet_waits() {
    let page = Page::new().await;
    let client = Client::connected(&page, &[XHR]).await;
    let waiting = || show(&client.write_buffer());
    until("CONNECT has arrived", || waiting() == "[]").await;
    assert_eq!((waiting().as_str(), client.buffered_amount()), ("[]", 0.0));
    client.ask("['echo', 1]", "first");
    assert_eq!(waiting(), r#"["420[\"echo\",1]"]"#);
    assert_eq!(client.buffered_amount(), 13.0);
    assert!(!client.driver.ask(|manager| manager.is_writable()));
    client.ask("['echo', 2]", "second");
    assert_eq!(waiting(), r#"["420[\"echo\",1]","421[\"echo\",2]"]"#);
    client.next("ack second").await;
    until("all has arrived", || waiting() == "[]").await;
    assert!(client.driver.ask(|manager| manager.is_writable()));
}

/// As in the reference: nobody knows how much of it has arrived.
#[test]
async fn what_waited_for_a_lost_connection_is_not_sent_over_the_next() {
    let page = Page::new().await;
    let client = Client::connected(&page, &[XHR]).await;
    until("CONNECT has arrived", || client.write_buffer().length() == 0).await;
    client.emit("['echo-emit', 'on its way']");
    client.emit("['echo-emit', 'waiting']");
    assert_eq!(client.write_buffer().length(), 2);
    client.lose(JsValue::UNDEFINED);
    assert_eq!(client.write_buffer().length(), 0);
    client.next("connect").await;
    assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
    assert!(!client.has_seen("echo-emit"));
}

#[test]
async fn what_a_websocket_has_not_delivered_yet_is_told() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WEBSOCKET]));
    client.write_frame(&"4early".into());
    assert_eq!(show(&client.write_buffer()), r#"["4early"]"#);
    assert!(client.buffered_amount() < 1.0);
    client.connect();
    sockets.connect();
    page.set_in(&sockets.last(), "bufferedAmount", &JsValue::from(7));
    assert!((client.buffered_amount() - 7.0).abs() < 0.1);
}

/// A page brings a class that makes something like a WebSocket.
#[test]
async fn transport_of_the_page_is_used_like_a_websocket() {
    let page = Page::new().await;
    let sockets = StandIn::recording(&page, "WebSocket");
    let made = js("globalThis.socketioMade = []");
    let custom = "custom(tag, sid) {
        const { hostname, port, path } = this;
        socketioMade.push([tag, sid ?? null]);
        const query = `EIO=4&transport=websocket${sid ? `&sid=${sid}` : ''}`;
        return new WebSocket(`ws://${hostname}:${port}${path}?${query}`);
    }";
    let own = Candidate { kind: TransportKind::WebSocket, tag: 2 };
    for transports in [&[own][..], &[XHR, own]] {
        let client = Client::with(custom, &page, over(transports));
        client.connect();
        client.next("connect").await;
        if transports.len() > 1 {
            client.next("upgrade to websocket").await;
        }
        assert_eq!(client.transport(), Some(own));
        assert_eq!(client.answer_of("['echo', new Uint8Array([1])]").await, r#"["<1>"]"#);
        client.leave().await;
    }
    assert_eq!(sockets.count(), 2);
    assert_eq!(show(&get(&get(&made, "0"), "0")), "2");
    assert!(show(&made).starts_with("[[2,null],[2,\""), "{}", show(&made));
    js("delete globalThis.socketioMade");
}
