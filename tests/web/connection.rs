//! What every user has: connecting, events and answers both ways, and the ways it ends.

use socketio_wasm::proto::options::Candidate;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, EACH, FETCH, MAIN, WEBSOCKET, XHR, over};
use super::page::{Page, array, get, show};
use super::stand_in::StandIn;

#[test]
async fn connects_over_the_transport_that_was_chosen() {
    let page = Page::new().await;
    let cases: [(&[Candidate], _, _); 6] = [
        (&[WEBSOCKET], "open websocket", WEBSOCKET),
        (&[XHR], "open polling", XHR),
        (&[FETCH], "open polling", FETCH),
        (&[WEBSOCKET, XHR], "open websocket", WEBSOCKET),
        (&[XHR, WEBSOCKET], "open polling", WEBSOCKET),
        (&[FETCH, WEBSOCKET], "open polling", WEBSOCKET),
    ];
    for (transports, first, last) in cases {
        let client = Client::connected(&page, transports).await;
        assert_eq!(client.seen()[0], first, "{transports:?}");
        if client.transport() != Some(last) {
            client.next("upgrade to websocket").await;
        }
        assert_eq!(client.transport(), Some(last), "{transports:?}");
        assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
        client.disconnect();
    }
}

#[test]
async fn server_answers_and_is_answered() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::connected(&page, &[kind]).await;
        assert_eq!(client.answer_of("['echo', 'Ä€😀', { a: [null, 1.5] }]").await, ECHO);
        assert_eq!(client.answer_of("['echo']").await, "[]");
        client.emit("['echo-emit', true]");
        assert_eq!(show(&client.next("echo-emit").await.value), r#"["echo-emit",true]"#);
        client.emit("['ask', 6, 7]");
        let question = client.next("question").await;
        assert_eq!(show(&question.value), r#"["question",6,7]"#);
        client.answer(&question, &array("[42]"));
        assert_eq!(show(&client.next("answered").await.value), r#"["answered",42]"#);
    }
}

const ECHO: &str = r#"["Ä€😀",{"a":[null,1.5]}]"#;

#[test]
async fn thousand_events_come_in_order() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::connected(&page, &[kind]).await;
        client.emit("['burst', 1000]");
        for n in 0..1000 {
            let event = client.next("burst").await;
            assert_eq!(show(&event.value), format!(r#"["burst",{n}]"#), "{kind:?}");
        }
    }
}

#[test]
async fn events_emitted_before_the_connection_are_sent_first() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::new(&page, over(&[kind]));
        client.emit("['echo-emit', 1]");
        client.emit("['echo-emit', 2]");
        client.hook_once("connect", |client| client.emit("['echo-emit', 3]"));
        client.connect();
        for n in 1..=3 {
            let event = client.next("echo-emit").await;
            assert_eq!(show(&event.value), format!(r#"["echo-emit",{n}]"#), "{kind:?}");
        }
    }
}

#[test]
async fn comes_back_after_the_line_was_cut() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::new(&page, over(&[kind]));
        client.connect();
        let first = client.next("connect").await.value;
        client.emit("['drop']");
        client.next("disconnect: transport close").await;
        client.emit("['echo-emit', 'meanwhile']");
        client.next("reconnect attempt 1").await;
        client.next("reconnect after 1").await;
        let second = client.next("connect").await.value;
        client.next("echo-emit").await;
        assert!(client.has_seen("close: transport close"), "{kind:?}");
        assert_ne!(get(&first, "sid"), get(&second, "sid"), "{kind:?}");
    }
}

#[test]
async fn stays_away_when_the_server_sends_it_away() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::connected(&page, &[kind]).await;
        client.emit("['kick']");
        client.next("disconnect: io server disconnect").await;
        assert!(client.has_seen("close: forced close"), "{kind:?}");
        assert!(!client.is_active(MAIN));
        assert!(!client.has_seen("reconnect attempt 1"));
        client.connect();
        client.next("connect").await;
    }
}

#[test]
async fn server_lets_in_who_has_the_token() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::new(&page, over(&[kind]));
        let admin = client.nsp("/admin");
        client.set_auth(r#"{"token":"wrong"}"#);
        client.connect_to(admin);
        let error = client.next("connect_error /admin: not authorized").await.value;
        assert_eq!(show(&get(&error, "data")), r#"{"code":"E_AUTH"}"#);
        assert!(!client.is_active(admin));

        client.set_auth(r#"{"token":"secret"}"#);
        client.connect_to(admin);
        client.next("connect /admin").await;
        client.emit_to(admin, &array("['echo', 1]"), Some("admin"));
        client.next("ack admin").await;
    }
}

#[test]
async fn two_namespaces_share_one_connection() {
    let page = Page::new().await;
    let sockets = StandIn::recording(&page, "WebSocket");
    let client = Client::new(&page, over(&[WEBSOCKET]));
    let admin = client.nsp("/admin");
    client.set_auth(r#"{"token":"secret"}"#);
    client.connect();
    client.connect_to(admin);
    client.next("connect").await;
    client.next("connect /admin").await;
    client.emit_to(admin, &array("['echo-emit', 'a']"), None);
    client.emit("['echo-emit', 'b']");
    assert_eq!(show(&client.next("echo-emit /admin").await.value), r#"["echo-emit","a"]"#);
    assert_eq!(show(&client.next("echo-emit").await.value), r#"["echo-emit","b"]"#);

    client.disconnect();
    client.emit_to(admin, &array("['echo', 1]"), Some("still there"));
    client.next("ack still there").await;
    assert_eq!(sockets.count(), 1);
    assert_eq!(show(&get(&sockets.last(), "readyState")), "1");
}

#[test]
async fn session_has_an_id_while_it_is_open() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::new(&page, over(&[kind]));
        assert!(client.session_id().is_undefined());
        client.connect();
        client.next("connect").await;
        assert!(client.session_id().is_string(), "{kind:?}");
        client.disconnect();
        assert!(client.session_id().is_undefined(), "{kind:?}");
    }
}
