//! What becomes of arguments on their way into JSON.

use js_sys::Array;
use socketio_wasm::web::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, MAIN, over};
use super::page::{Page, array, call, get, js, show};
use super::stand_in::StandIn;
use socketio_wasm::proto::options::TransportKind::WebSocket;

/// The text, and the attachments as [`show`] has them: views are shown by their own bytes.
fn encode(args: &JsValue) -> Result<(String, String), JsValue> {
    let data = json::encode(args)?;
    if let Some(text) = data.as_string() {
        return Ok((text, "[]".into()));
    }
    let attachments: Array = data.unchecked_into();
    let text = attachments.shift().as_string().expect("JSON first");
    let copy = "list => list.map(it => ArrayBuffer.isView(it)
        ? it.buffer.slice(it.byteOffset, it.byteOffset + it.byteLength)
        : it instanceof Blob ? `Blob ${it.size}` : it)";
    Ok((text, show(&call(copy, &[&attachments]))))
}

const PLACE_0: &str = r#"{"_placeholder":true,"num":0}"#;

#[test]
fn arguments_without_binary_data_are_what_json_makes_of_them() {
    for code in [
        "[]",
        "['a', 1, null, true, 'Ä😀\\u2028\"']",
        "['a', undefined, NaN, Infinity, -0]",
        "['a', { b: undefined, c: () => 1, d: Symbol('s') }]",
        "['a', new Date(0), { toJSON: () => ({ short: 1 }) }]",
        "['a', {}, [], [[]], { 0: 1 }, 'Buffer']",
        "['a', JSON.parse('{\"__proto__\":{\"b\":1}}')]",
        "['a', new Map([[1, 2]]), new Set([1]), /x/, new Error('e')]",
        "['a', new String('s'), new Number(1), Object(true)]",
        "[['a', , 'b']]",
        "['a', Object.create({ inherited: 1 })]",
    ] {
        let expected = js(&format!("JSON.stringify({code})")).as_string().unwrap();
        assert_eq!(encode(&js(code)), Ok((expected, "[]".into())), "{code}");
    }
}

#[test]
fn binary_data_leaves_a_placeholder() {
    let cases = [
        ("['a', new ArrayBuffer(1)]", r#"["a",P]"#, r#"["<0>"]"#),
        ("['a', new Uint8Array([1, 2, 3]).subarray(1)]", r#"["a",P]"#, r#"["<2,3>"]"#),
        ("['a', new Blob(['xyz'])]", r#"["a",P]"#, r#"["Blob 3"]"#),
        ("['a', { b: [{ c: new Uint8Array([1]) }] }]", r#"["a",{"b":[{"c":P}]}]"#, ONE),
        ("['a', { toJSON: () => ({ b: new Uint8Array([1]) }) }]", r#"["a",{"b":P}]"#, ONE),
        ("['a', { toJSON: () => new Uint8Array([1]) }]", r#"["a",P]"#, ONE),
        ("[{ [Symbol.toStringTag]: 'x' }, new Uint8Array([1])]", "[{},P]", ONE),
        ("[new Date(0), new Uint8Array([1])]", r#"["1970-01-01T00:00:00.000Z",P]"#, ONE),
        ("[undefined, NaN, () => 1, new Uint8Array([1])]", "[null,null,null,P]", ONE),
        ("[{ u: undefined, n: NaN }, new Uint8Array([1])]", r#"[{"n":null},P]"#, ONE),
    ];
    for (code, text, attachments) in cases {
        let expected = (text.replace('P', PLACE_0), attachments.into());
        assert_eq!(encode(&js(code)), Ok(expected), "{code}");
    }
}

const ONE: &str = r#"["<1>"]"#;

#[test]
fn attachments_are_counted_in_the_order_of_the_text() {
    let code = "['a', new Uint8Array([1]), { b: new Uint8Array([2]), c: [new Uint8Array([3])] }]";
    let (text, attachments) = encode(&js(code)).unwrap();
    let numbers = text.split(r#""num":"#).skip(1).map(|rest| rest.chars().next());
    let found: String = numbers.flatten().collect();
    assert_eq!((found.as_str(), attachments.as_str()), ("012", r#"["<1>","<2>","<3>"]"#));
}

#[test]
fn key_called_proto_stays_a_key_beside_binary_data() {
    let code = "[JSON.parse('{\"__proto__\":{\"b\":1}}'), new Uint8Array([1])]";
    let expected = format!(r#"[{{"__proto__":{{"b":1}}}},{PLACE_0}]"#);
    assert_eq!(encode(&js(code)), Ok((expected, ONE.into())));
}

#[test]
fn user_data_is_left_as_it_was() {
    let args = js("['a', { b: new Uint8Array([1]), c: [new Uint8Array([2])] }]");
    encode(&args).unwrap();
    let is_same = "args => args.length === 2 && args[1].b instanceof Uint8Array
        && args[1].c[0] instanceof Uint8Array";
    assert_eq!(call(is_same, &[&args]), JsValue::TRUE);
}

/// What can't be sent, and what is said of it.
const IMPOSSIBLE: [(&str, &str); 9] = [
    ("['a', 1n]", "TypeError"),
    ("['a', 1n, new Uint8Array(1)]", "TypeError"),
    ("(() => { const a = ['a']; a.push(a); return a; })()", "TypeError"),
    ("(() => { const a = ['a', new Uint8Array(1)]; a.push(a); return a; })()", "TypeError"),
    ("(() => { const o = { b: new Blob([]) }; o.o = { o }; return ['a', o]; })()", "TypeError"),
    ("['a', { toJSON() { throw new RangeError('mine'); } }]", "RangeError"),
    ("['a', { get b() { throw new RangeError('mine'); } }]", "RangeError"),
    ("['a', { get b() { throw new RangeError('mine'); } }, new Uint8Array(1)]", "RangeError"),
    ("['a', { b: { get c() { throw new RangeError('mine'); } } }, new Blob([])]", "RangeError"),
];

#[test]
async fn what_cannot_be_sent_throws_where_it_is_emitted() {
    let page = Page::new().await;
    let client = Client::new(&page, over(&[WebSocket]));
    for (code, expected) in IMPOSSIBLE {
        let name = |error| get(&error, "name").as_string();
        let error = json::encode(&js(code)).expect_err(code);
        assert_eq!(name(error).as_deref(), Some(expected), "{code}");
        let error = client.driver.emit(MAIN, array(code), None).expect_err(code);
        assert_eq!(name(error).as_deref(), Some(expected), "{code}");
    }
}

/// What becomes of an argument after it was emitted, and what is reported.
const SPOILT: [(&str, &str); 3] = [
    ("value => { value.n = 1n; }", "BigInt"),
    ("value => { value.value = value; }", "TypeError"),
    (
        "value => Object.defineProperty(value, 'b', { get() { throw 'mine'; }, enumerable: true })",
        "mine",
    ),
];

#[test]
async fn what_can_no_longer_be_sent_is_reported_and_stops_nothing_else() {
    let page = Page::new().await;
    for binary in ["{}", "{ b: new Uint8Array(1) }"] {
        for (spoil, reported) in SPOILT {
            let sockets = StandIn::silent(&page);
            let client = Client::new(&page, over(&[WebSocket]));
            let args = array(&format!("['a', {{ v: {binary} }}, new Uint8Array(1)]"));
            client.emit_to(MAIN, &args, None);
            client.emit("['b']");
            call(spoil, &[&get(&args.get(1), "v")]);
            client.connect();
            sockets.connect();
            assert!(client.has_seen("connect"), "{spoil}: {:?}", client.seen());
            assert_eq!(show(&get(&sockets.last(), "sent")), r#"["40","42[\"b\"]"]"#, "{spoil}");
            let errors = page.take_errors();
            assert!(errors.contains(reported), "{spoil}: {errors}");
        }
    }
}

#[test]
async fn arguments_are_what_they_are_when_they_are_sent() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WebSocket]));
    let args = array("['a', { n: 1 }]");
    client.emit_to(MAIN, &args, None);
    call("args => args[1].n = 2", &[&args]);
    client.connect();
    sockets.connect();
    let sent = get(&sockets.last(), "sent");
    assert_eq!(show(&sent), r#"["40","42[\"a\",{\"n\":2}]"]"#);
}

#[test]
fn names_of_the_library_are_its_own() {
    for name in ["connect", "connect_error", "disconnect", "disconnecting", "newListener"] {
        assert!(json::is_reserved(&name.into()), "{name}");
    }
    for code in ["'message'", "'Connect'", "'__proto__'", "''", "1", "undefined", "['connect']"] {
        assert!(!json::is_reserved(&js(code)), "{code}");
    }
}
