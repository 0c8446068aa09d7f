//! Binary data both ways: with the real server, and where placeholders stand for it.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, EACH, WEBSOCKET, over};
use super::host;
use super::page::{Page, array, call, js, show};
use super::stand_in::StandIn;

/// Arguments, and how they come back.
const CASES: [(&str, &str); 9] = [
    ("new Uint8Array([1, 2, 3]).buffer", r#"["<1,2,3>"]"#),
    ("new Uint8Array([9, 1, 2, 9]).subarray(1, 3)", r#"["<1,2>"]"#),
    ("new DataView(new Uint8Array([9, 1, 2, 9]).buffer, 1, 2)", r#"["<1,2>"]"#),
    ("new Uint16Array([9, 258]).subarray(1)", r#"["<2,1>"]"#),
    ("new Blob([new Uint8Array([4, 5])])", r#"["<4,5>"]"#),
    ("new File(['A'], 'name')", r#"["<65>"]"#),
    ("new Uint8Array(0), 'between', new Blob([])", r#"["<>","between","<>"]"#),
    ("{ a: [{ b: new Uint8Array([1]) }], c: new Blob(['BC']) }", CASE_NESTED),
    ("new Blob(['1']), new Uint8Array([2]), new Blob(['3'])", r#"["<49>","<2>","<51>"]"#),
];

const CASE_NESTED: &str = r#"[{"a":[{"b":"<1>"}],"c":"<66,67>"}]"#;

#[test]
async fn binary_data_comes_back_byte_for_byte() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::connected(&page, &[kind]).await;
        for (args, expected) in CASES {
            let answer = client.answer_of(&format!("['echo', {args}]")).await;
            assert_eq!(answer, expected, "{kind:?}: {args}");
        }
    }
}

#[test]
async fn binary_data_and_text_stay_in_order() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::new(&page, over(&[kind]));
        client.emit("['echo-emit', 0, new Blob(['A'])]");
        client.emit("['echo-emit', 1]");
        client.connect();
        client.next("connect").await;
        client.emit("['echo-emit', 2, new Blob(['B'.repeat(70000)])]");
        client.emit("['echo-emit', 3, new Uint8Array([3])]");
        client.emit("['echo-emit', 4]");
        for n in 0..5 {
            let event = client.next("echo-emit").await.value;
            assert_eq!(Array::from(&event).get(1), JsValue::from(n), "{kind:?}");
        }
    }
}

#[test]
async fn server_is_answered_with_binary_data() {
    let page = Page::new().await;
    for kind in EACH {
        let client = Client::connected(&page, &[kind]).await;
        client.emit("['ask', new Uint8Array([1])]");
        let question = client.next("question").await;
        assert_eq!(show(&question.value), r#"["question","<1>"]"#);
        client.answer(&question, &array("[new Blob(['A']), { b: new Uint8Array([2]) }]"));
        let answered = client.next("answered").await;
        assert_eq!(show(&answered.value), r#"["answered","<65>",{"b":"<2>"}]"#);
    }
}

#[test]
async fn page_that_wants_blobs_gets_them() {
    let page = Page::new().await;
    let client = Client::with("binaryType: 'blob'", &page, over(&[WEBSOCKET]));
    client.connect();
    client.next("connect").await;
    client.emit("['echo-emit', new Uint8Array([65])]");
    let blob = Array::from(&client.next("echo-emit").await.value).get(1);
    assert_eq!(show(&call("blob => [blob instanceof Blob, blob.size]", &[&blob])), "[true,1]");
}

/// Data, and what the attachments `<1>` and `<2>` make of it. P and Q are their placeholders.
const PLACES: [(&str, &str); 9] = [
    (r#"["a",Q,P]"#, r#"["a","<2>","<1>"]"#),
    (r#"["a",[[{"b":P}]],Q]"#, r#"["a",[[{"b":"<1>"}]],"<2>"]"#),
    (r#"["a",P,P]"#, r#"["a","<1>","<1>"]"#),
    (r#"["a",{"b":P,"c":{"b":Q}}]"#, r#"["a",{"b":"<1>","c":{"b":"<2>"}}]"#),
    (r#"["a",{"_placeholder":false,"num":0}]"#, r#"["a",{"_placeholder":false,"num":0}]"#),
    (r#"["a",{"_placeholder":1,"num":0}]"#, r#"["a",{"_placeholder":1,"num":0}]"#),
    (r#"["a",{"__proto__":P}]"#, r#"["a",{"__proto__":"<1>"}]"#),
    (r#"["a",{"__proto__":{"b":P}}]"#, r#"["a",{"__proto__":{"b":"<1>"}}]"#),
    (r#"["a",null,"text",1]"#, r#"["a",null,"text",1]"#),
];

/// Placeholders that name no attachment, where there are two.
const PLACELESS: [&str; 9] =
    ["2", "-1", "0.5", "1e99", "\"0\"", "null", "\"length\"", "[0]", "true"];

#[test]
fn attachment_takes_the_place_of_its_placeholder() {
    let attachments = array("[1, 2].map((byte) => new Uint8Array([byte]).buffer)");
    for (json, expected) in PLACES {
        let json = json.replace('P', PLACE_0).replace('Q', PLACE_1);
        let data = js_sys::JSON::parse(&json).unwrap();
        assert!(host::reconstruct(&data, &attachments, &js("({})")), "{json}");
        assert_eq!(show(&data), expected, "{json}");
    }
    for num in PLACELESS {
        let json = format!(r#"["a",{{"_placeholder":true,"num":{num}}}]"#);
        let data = js_sys::JSON::parse(&json).unwrap();
        assert!(!host::reconstruct(&data, &attachments, &js("({})")), "{num}");
    }
    assert_eq!(js("({}).b"), JsValue::UNDEFINED, "no object has got anything by that");
}

const PLACE_0: &str = r#"{"_placeholder":true,"num":0}"#;
const PLACE_1: &str = r#"{"_placeholder":true,"num":1}"#;

/// What may nest as deep as the server likes must not use up the stack.
#[test]
async fn deeply_nested_data_of_the_server_is_delivered() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let client = Client::new(&page, over(&[WEBSOCKET]));
    client.connect();
    sockets.connect();
    let nested = format!("{}0{}", "[".repeat(3000), "]".repeat(3000));
    sockets.receive(&format!(r#"451-["a",{nested}]"#));
    sockets.receive("<new ArrayBuffer(1)>");
    assert_eq!(client.last().what, "a");
}
