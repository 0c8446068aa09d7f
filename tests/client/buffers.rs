//! What is emitted when, and what is not: buffers, volatile events, limits.

use std::error::Error;

use js_sys::Array;
use socketio_wasm::{AckError, EmitError, State, TransportKind};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::page::{Page, array, call, get, js, tick};
use super::stand_in::{HANDSHAKE, StandIn};
use super::user::{User, show};

fn sent(sockets: &StandIn) -> Vec<String> {
    let sent = Array::from(&get(&sockets.last(), "sent"));
    sent.iter().map(|frame| frame.as_string().unwrap_or_else(|| show(&frame))).collect()
}

#[test]
async fn what_is_emitted_before_the_connection_is_sent_in_its_order() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::new(&page, over(kind));
        let socket = user.socket.clone();
        let _listener = user.socket.on_connect(move || {
            socket.emit_raw("echo-emit", &array("['inside']")).unwrap();
        });
        user.emit("echo-emit", "[0]");
        user.socket.connect();
        for n in 1..5 {
            user.emit("echo-emit", &format!("[{n}]"));
        }
        for n in 0..5 {
            assert_eq!(user.event("echo-emit").await, format!("[{n}]"), "{kind:?}");
        }
        assert_eq!(user.event("echo-emit").await, r#"["inside"]"#);
    }
}

#[test]
async fn what_is_emitted_while_the_connection_is_away_is_sent_once_it_is_back() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    user.emit("drop", "[]");
    user.next("disconnect: transport close").await;
    user.emit("echo-emit", "[1]");
    user.emit("echo-emit", "[new Uint8Array([1, 2])]");
    user.next("connect").await;
    assert_eq!(user.event("echo-emit").await, "[1]");
    assert_eq!(user.event("echo-emit").await, r#"["<1,2>"]"#);
}

/// Data is taken as it is when it is emitted.
#[test]
async fn what_changes_after_it_was_emitted_is_sent_as_it_was() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let args = array("[{ n: 1 }]");
    user.socket.emit_raw("echo-emit", &args).unwrap();
    call("args => { args[0].n = 2; args.push(3) }", &[&args]);
    user.connect().await;
    assert_eq!(user.event("echo-emit").await, r#"[{"n":1}]"#);
    assert_eq!(show(&args), r#"[{"n":2},3]"#);
}

#[test]
async fn volatile_event_is_sent_at_once_or_never() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    let emit = |n: u32| {
        let args = Array::of1(&n.into());
        user.socket.emit_volatile_raw("a", &args).unwrap();
    };
    emit(1);
    user.socket.connect();
    emit(2);
    sockets.connect();
    // A WebSocket with more than 64 KiB to send is busy.
    for (n, amount) in [(3, 0), (4, 65_536), (5, 65_537)] {
        let wait = "(socket, amount) => { socket.bufferedAmount = amount; }";
        call(wait, &[&sockets.last(), &amount.into()]);
        emit(n);
    }
    user.socket.disconnect();
    emit(6);
    assert_eq!(sent(&sockets), ["40", r#"42["a",3]"#, r#"42["a",4]"#]);
}

#[test]
async fn volatile_event_reaches_a_server_that_is_there() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        // Now and then a request is under way: then it is not sent.
        for _ in 0..50 {
            user.socket.emit_volatile_raw("echo-emit", &array("[1]")).unwrap();
            user.settle().await;
        }
        assert_eq!(user.event("echo-emit").await, "[1]", "{kind:?}");
    }
}

/// While one POST is under way the next packets wait: one that is volatile does not.
#[test]
async fn volatile_event_does_not_wait_for_a_busy_transport() {
    let page = Page::new().await;
    let user = User::connected(&page, over(TransportKind::Polling)).await;
    user.emit("echo-emit", "['first']");
    for _ in 0..3 {
        user.socket.emit_volatile_raw("echo-emit", &array("['volatile']")).unwrap();
    }
    user.emit("echo-emit", "['second']");
    assert_eq!(user.event("echo-emit").await, r#"["first"]"#);
    assert_eq!(user.event("echo-emit").await, r#"["second"]"#);
    user.settle().await;
    assert_eq!(user.count("echo-emit"), 2);
}

#[test]
async fn names_of_the_librarys_own_events_are_refused() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let reserved = [
        "connect",
        "connect_error",
        "disconnect",
        "disconnecting",
        "newListener",
        "removeListener",
    ];
    for name in reserved {
        let none = Array::new();
        assert_eq!(user.socket.emit_raw(name, &none), Err(EmitError::ReservedName), "{name}");
        let error = user.socket.emit_volatile_raw(name, &none);
        assert_eq!(error, Err(EmitError::ReservedName), "{name}");
        let error = Err(AckError::Emit(EmitError::ReservedName));
        assert_eq!(user.ask(name, "[]").await, error, "{name}");
    }
    for name in ["error", "ping", "message", "reconnect", "constructor"] {
        user.emit(name, "[]");
    }
    user.settle().await;
}

#[test]
async fn too_many_attachments_are_refused_and_nothing_else_is() {
    let page = Page::new().await;
    let many = |count: u32| {
        array(&format!("Array.from({{ length: {count} }}, (_, n) => new Uint8Array([n]))"))
    };
    for max in [10, 2] {
        let builder = if max == 10 { at("") } else { at("").max_attachments(max) };
        let user = User::connected(&page, builder).await;
        let refused = EmitError::TooManyAttachments { count: max + 1, max };
        let args = many(max + 1);
        assert_eq!(user.socket.emit_raw("echo-emit", &args), Err(refused.clone()));
        let answer = user.socket.emit_with_ack_raw("echo", &args).await;
        assert_eq!(answer, Err(AckError::Emit(refused.clone())));
        user.socket.emit_raw("echo-emit", &many(max)).unwrap();
        assert_eq!(Array::from(&user.next("echo-emit").await).length(), max);
        assert_eq!(user.count("echo-emit"), 1);
        assert!(refused.to_string().contains(&max.to_string()), "{refused}");
    }
}

/// The server would end the connection for it: Spec: engine.io-protocol v4, `maxPayload`.
#[test]
async fn what_is_too_large_for_polling_is_refused() {
    let page = Page::new().await;
    let user = User::connected(&page, over(TransportKind::Polling)).await;
    let large = js("['x'.repeat(1_000_000)]");
    let error = user.socket.emit_raw("echo-emit", large.unchecked_ref()).unwrap_err();
    let EmitError::TooLarge { size, max } = error else { panic!("{error:?}") };
    assert!(size > 1_000_000, "{size}");
    assert_eq!(max, 1_000_000);
    let answer = user.socket.emit_with_ack_raw("echo", large.unchecked_ref()).await;
    assert!(matches!(answer, Err(AckError::Emit(EmitError::TooLarge { .. }))), "{answer:?}");
    user.settle().await;
    let fits = js("['x'.repeat(900_000)]");
    user.socket.emit_raw("echo-emit", fits.unchecked_ref()).unwrap();
    user.next("echo-emit").await;
    assert_eq!(user.count("disconnect: transport error"), 0);
}

#[test]
async fn what_is_no_json_is_refused_with_the_browsers_words() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let circular = "(() => { const it = {}; it.it = it; return [it]; })()";
    let throwing = "[{ toJSON() { throw new Error('mine'); } }]";
    for (args, words) in [("[1n]", "BigInt"), (circular, ""), (throwing, "mine")] {
        let error = user.socket.emit_raw("a", &array(args)).unwrap_err();
        let EmitError::Encode(text) = &error else { panic!("{args}: {error:?}") };
        assert!(!text.is_empty() && text.contains(words), "{args}: {text}");
        assert_eq!(error.to_string(), *text);
        assert!(error.source().is_none());
        let answer = user.ask("a", args).await;
        assert_eq!(answer, Err(AckError::Emit(error)), "{args}");
    }
    user.settle().await;
}

#[test]
async fn refused_event_leaves_no_trace() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    assert!(user.socket.emit_raw("a", &array("[1n]")).is_err());
    user.socket.connect();
    sockets.connect();
    assert!(user.socket.emit_raw("a", &array("[new Uint8Array(1), 1n]")).is_err());
    user.emit("b", "[]");
    assert_eq!(sent(&sockets), ["40", r#"42["b"]"#]);
}

/// What JavaScript makes of values that are no JSON.
#[test]
async fn values_of_javascript_are_sent_as_json_has_them() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let cases = [
        ("[undefined, NaN, -0]", "[null,null,0]"),
        ("[new Date(0)]", r#"["1970-01-01T00:00:00.000Z"]"#),
        ("[new Map([[1, 2]])]", "[{}]"),
        ("['\\u2028', '\\ud800']", "[\"\u{2028}\",\"\\ud800\"]"),
        ("[{ a: undefined, b: 1 }]", r#"[{"b":1}]"#),
    ];
    for (args, expected) in cases {
        assert_eq!(user.ask("echo", args).await.unwrap(), expected, "{args}");
    }
}

#[test]
async fn binary_data_is_sent_as_it_is_and_comes_as_bytes() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let args = "[new Uint8Array([1, 2]), { deep: [new ArrayBuffer(2)] }, new Uint8Array(0),
            new Uint16Array([258]), new DataView(new ArrayBuffer(1))]";
        let expected = r#"["<1,2>",{"deep":["<0,0>"]},"<>","<2,1>","<0>"]"#;
        assert_eq!(user.ask("echo", args).await.unwrap(), expected, "{kind:?}");
        let is_bytes = user.ask("which-are-bytes", args).await.unwrap();
        assert_eq!(is_bytes, "[true,false,true,true,true]");
    }
}

#[test]
async fn binary_data_is_no_text_on_a_websocket() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.connect();
    user.emit("a", "[new Uint8Array([1, 2])]");
    let frame = Array::from(&get(&sockets.last(), "sent")).pop();
    assert!(call("frame => typeof frame !== 'string'", &[&frame]).is_truthy());
    let expected = JsValue::from(r#"451-["a",{"_placeholder":true,"num":0}]"#);
    assert_eq!(Array::from(&get(&sockets.last(), "sent")).get(1), expected);
    sockets.receive(r#"451-["b",{"_placeholder":true,"num":0}]"#);
    sockets.receive("<new Uint8Array([3, 4]).buffer>");
    assert_eq!(user.event("b").await, r#"["<3,4>"]"#);
}

/// The server may send events before it grants the namespace: what answers them comes later.
#[test]
async fn what_was_emitted_first_is_sent_first() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.emit("first", "[]");
    let emitting = |event: &'static str| {
        let weak = user.socket.downgrade();
        move || weak.upgrade().unwrap().emit_raw(event, &Array::new()).unwrap()
    };
    let (second, third) = (emitting("second"), emitting("third"));
    let _listeners = [
        user.socket.on_raw("a", move |_| second()),
        user.socket.on_state(move |state| {
            if state == State::Connected {
                third()
            }
        }),
    ];
    user.socket.connect();
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive(r#"42["a"]"#);
    assert_eq!(user.count("a"), 0);
    sockets.receive(r#"40{"sid":"x"}"#);
    assert_eq!(user.count("a"), 1);
    let expected = ["40", r#"42["first"]"#, r#"42["second"]"#, r#"42["third"]"#];
    assert_eq!(sent(&sockets), expected);
}

/// The page has slept, and emits before any timer has noticed that the server is gone.
#[test]
async fn what_is_emitted_as_the_silence_is_noticed_comes_before_what_noticed_it() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let weak = user.socket.downgrade();
    let listener = user.socket.on_disconnect(move |_| {
        weak.upgrade().unwrap().emit_raw("echo-emit", &array("['end']")).unwrap();
    });
    page.set_in(&js("Date"), "now", &js("((now) => () => now() + 3_600_000)(Date.now)"));
    // Within a task nobody looks at the clock twice.
    tick(0).await;
    user.emit("echo-emit", "['awake']");
    drop(listener);
    assert_eq!(user.count("disconnect: ping timeout"), 1);
    assert_eq!(user.event("echo-emit").await, r#"["end"]"#);
    assert_eq!(user.event("echo-emit").await, r#"["awake"]"#);
}

/// Nobody can know that before there is a connection.
#[test]
async fn what_turns_out_too_large_is_told_when_it_would_be_sent() {
    let page = Page::new().await;
    let user = User::new(&page, over(TransportKind::Polling));
    let told = js("[]");
    let warn = call("list => (...args) => { list.push(args); }", &[&told]);
    page.set_in(&js("console"), "warn", &warn);
    let large = js("['x'.repeat(1_000_000)]");
    user.socket.emit_raw("echo-emit", large.unchecked_ref()).unwrap();
    user.emit("echo-emit", "[1]");
    let answer = user.socket.emit_with_ack_raw("echo", large.unchecked_ref());
    user.connect().await;
    let answer = answer.await;
    assert!(matches!(answer, Err(AckError::Emit(EmitError::TooLarge { .. }))), "{answer:?}");
    assert_eq!(user.event("echo-emit").await, "[1]");
    user.settle().await;
    assert!(show(&told).contains("maxPayload"), "{}", show(&told));
}

/// What is behind it goes on waiting.
#[test]
async fn whoever_leaves_as_a_question_turns_out_too_large_loses_nothing() {
    let page = Page::new().await;
    page.set_in(&js("console"), "warn", &js("() => {}"));
    let user = User::new(&page, over(TransportKind::Polling));
    let weak = user.socket.downgrade();
    let large = js("['x'.repeat(1_000_000)]");
    let question = user.socket.emit_with_ack_raw("echo", large.unchecked_ref());
    question.callback(move |_| weak.upgrade().unwrap().disconnect());
    user.emit("echo-emit", "[1]");
    user.socket.connect();
    user.next("disconnect: io client disconnect").await;
    user.connect().await;
    assert_eq!(user.event("echo-emit").await, "[1]");
}

/// The limit is that of one POST.
#[test]
async fn what_is_too_large_for_polling_is_sent_on_a_websocket() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.open();
    sockets.receive(&HANDSHAKE.replace('}', r#","maxPayload":10}"#));
    sockets.receive(r#"40{"sid":"x"}"#);
    user.emit("a", "['x'.repeat(10)]");
    assert_eq!(sent(&sockets), ["40", r#"42["a","xxxxxxxxxx"]"#]);
}

#[test]
async fn events_of_a_connection_that_never_came_about_are_not_those_of_the_next() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.open();
    sockets.receive(HANDSHAKE);
    sockets.receive(r#"42["old"]"#);
    user.socket.disconnect();
    user.socket.connect();
    sockets.connect();
    sockets.receive(r#"42["new"]"#);
    assert_eq!(user.count("connect"), 1);
    assert_eq!((user.count("old"), user.count("new")), (0, 1));
}
