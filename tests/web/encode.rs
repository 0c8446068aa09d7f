//! What becomes of arguments on their way into JSON.

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::host;
use super::page::{call, get, js, show};

/// The text, and the attachments as [`show`] has them: views are shown by their own bytes.
fn encode(args: &JsValue) -> Result<(String, String), JsValue> {
    let parts = host::encode(args)?;
    let text = parts.shift().as_string().expect("JSON first");
    let copy = "list => list.map(it => ArrayBuffer.isView(it)
        ? it.buffer.slice(it.byteOffset, it.byteOffset + it.byteLength)
        : it instanceof Blob ? `Blob ${it.size}` : it)";
    Ok((text, show(&call(copy, &[&parts]))))
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
        "['a', { b: {}, toJSON() { return this; } }]",
        "['a', JSON.parse('{\"__proto__\":{\"b\":1}}')]",
        "['a', new Map([[1, 2]]), new Set([1]), /x/, new Error('e')]",
        "['a', new String('s'), new Number(1), Object(true), {}]",
        "[['a', , 'b'], {}]",
        "['a', Object.create({ inherited: 1 })]",
        "['a', { type: 'Buffer', data: [1] }]",
        "['a', '{\"0\":1}', '{}']",
    ] {
        let expected = js(&format!("JSON.stringify({code})")).as_string().unwrap();
        assert_eq!(encode(&js(code)), Ok((expected, "[]".into())), "{code}");
    }
}

const BYTE: &str = "new Uint8Array([1])";
const ONE: &str = r#"["<1>"]"#;

/// Arguments (# is binary data), their text (P is a placeholder), and their attachments.
const BINARY: [(&str, &str, &str); 20] = [
    ("['a', new ArrayBuffer(1)]", r#"["a",P]"#, r#"["<0>"]"#),
    ("['a', new ArrayBuffer(0)]", r#"["a",P]"#, r#"["<>"]"#),
    ("['a', new Uint8Array([1, 2, 3]).subarray(1)]", r#"["a",P]"#, r#"["<2,3>"]"#),
    ("['a', new DataView(new Uint8Array([7]).buffer)]", r#"["a",P]"#, r#"["<7>"]"#),
    ("['a', new Blob(['xyz'])]", r#"["a",P]"#, r#"["Blob 3"]"#),
    ("['a', new File(['xyz'], 'name')]", r#"["a",P]"#, r#"["Blob 3"]"#),
    ("['a', { b: [{ c: # }] }]", r#"["a",{"b":[{"c":P}]}]"#, ONE),
    ("['a', [[[[new Uint8Array(0)]]]]]", r#"["a",[[[[P]]]]]"#, r#"["<>"]"#),
    ("['a', [[[[new Blob([])]]]]]", r#"["a",[[[[P]]]]]"#, r#"["Blob 0"]"#),
    ("['a', { toJSON: () => ({ b: # }) }]", r#"["a",{"b":P}]"#, ONE),
    ("['a', { toJSON: () => # }]", r#"["a",P]"#, ONE),
    ("['a', { b: #, toJSON() { return this; } }]", r#"["a",{"b":P}]"#, ONE),
    ("[{ [Symbol.toStringTag]: 'x' }, #]", "[{},P]", ONE),
    ("[new Date(0), #]", r#"["1970-01-01T00:00:00.000Z",P]"#, ONE),
    ("[undefined, NaN, () => 1, Symbol('s'), #]", "[null,null,null,null,P]", ONE),
    ("[{ u: undefined, n: NaN, f() {} }, #]", r#"[{"n":null},P]"#, ONE),
    ("[new String('s'), new Number(1), Object(false), #]", r#"["s",1,false,P]"#, ONE),
    ("[[1, , 2], #]", "[[1,null,2],P]", ONE),
    ("[new Map([[1, 2]]), #]", "[{},P]", ONE),
    ("[JSON.parse('{\"__proto__\":{\"b\":1}}'), #]", r#"[{"__proto__":{"b":1}},P]"#, ONE),
];

#[test]
fn binary_data_leaves_a_placeholder() {
    for (code, text, attachments) in BINARY {
        let expected = (text.replace('P', PLACE_0), attachments.into());
        assert_eq!(encode(&js(&code.replace('#', BYTE))), Ok(expected), "{code}");
    }
}

/// What pages add to files stays here, but the files are sent.
#[test]
fn binary_data_may_have_properties() {
    for make in ["new Blob(['x'])", "new ArrayBuffer(1)", "new Uint8Array(0)"] {
        for around in ["['a', #]", "['a', { b: # }]", "['a', { b: [{ c: # }] }]"] {
            let binary = format!("Object.assign({make}, {{ title: 't', toString: null }})");
            let code = around.replace('#', &binary);
            let (text, _) = encode(&js(&code)).unwrap();
            assert!(text.contains("_placeholder"), "{code}: {text}");
        }
    }
}

#[test]
fn attachments_are_counted_in_the_order_of_the_text() {
    let code = "['a', new Uint8Array([1]), { b: new Uint8Array([2]), c: [new Uint8Array([3])] }]";
    let (text, attachments) = encode(&js(code)).unwrap();
    let numbers = text.split(r#""num":"#).skip(1).map(|rest| rest.chars().next());
    let found: String = numbers.flatten().collect();
    assert_eq!((found.as_str(), attachments.as_str()), ("012", r#"["<1>","<2>","<3>"]"#));
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
fn what_cannot_be_sent_throws() {
    for (code, expected) in IMPOSSIBLE {
        let error = host::encode(&js(code)).expect_err(code);
        assert_eq!(get(&error, "name").as_string().as_deref(), Some(expected), "{code}");
    }
}

#[test]
fn packet_is_written_as_the_protocol_wants_it() {
    let none = JsValue::UNDEFINED;
    let id = JsValue::from(0);
    for (frame, expected) in [
        (host::frame(2, 0, "/", &none, &r#"["a"]"#.into()), r#"42["a"]"#),
        (host::frame(2, 0, "/", &id, &r#"["a"]"#.into()), r#"420["a"]"#),
        (host::frame(5, 2, "/", &none, &r#"["a"]"#.into()), r#"452-["a"]"#),
        (host::frame(6, 1, "/admin", &JsValue::from(12), &"[]".into()), "461-/admin,12[]"),
        (host::frame(1, 0, "/admin", &none, &"".into()), "41/admin,"),
    ] {
        assert_eq!(frame, expected);
    }
}
