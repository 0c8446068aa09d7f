//! Binary data both ways, and base64 where the browser has none for bytes.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, MAIN, over};
use super::connection::EACH;
use super::page::{Page, array, get, js, show};
use socketio_wasm::proto::options::TransportKind::Polling;

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

/// Around the size at which the fallback cuts: 3 × 8192.
const LENGTHS: [u32; 8] = [0, 1, 2, 3, 24_575, 24_576, 24_577, 100_000];

async fn echoes_bytes(client: &Client) {
    for length in LENGTHS {
        let bytes = js(&format!("new Uint8Array({length}).map((_, at) => at * 7 + (at >> 8))"));
        let args = Array::of2(&"echo".into(), &bytes);
        client.emit_to(MAIN, &args, Some("bytes"));
        let answer = Array::from(&client.next("ack bytes").await.value).get(0);
        let (sent, back) = (Uint8Array::new(&bytes).to_vec(), Uint8Array::new(&answer).to_vec());
        assert!(sent == back, "{length} bytes came back as {} others", back.len());
    }
}

#[test]
async fn bytes_of_any_length_pass_through_long_polling() {
    let page = Page::new().await;
    let client = Client::connected(&page, &[Polling]).await;
    echoes_bytes(&client).await;
}

#[test]
async fn bytes_of_any_length_pass_where_the_browser_has_no_base64_for_them() {
    let page = Page::new().await;
    page.set_in(&js("Uint8Array.prototype"), "toBase64", &JsValue::UNDEFINED);
    page.set_in(&js("Uint8Array"), "fromBase64", &JsValue::UNDEFINED);
    let client = Client::connected(&page, &[Polling]).await;
    echoes_bytes(&client).await;
}

#[test]
async fn file_that_is_gone_ends_the_connection_not_the_page() {
    let page = Page::new().await;
    let client = Client::connected(&page, &[Polling]).await;
    let gone = "Object.assign(new Blob(['x']),
        { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) })";
    client.emit(&format!("['echo-emit', 1, {gone}]"));
    let details = client.next("disconnect: transport error").await.value;
    assert_eq!(get(&details, "message").as_string().as_deref(), Some("gone"));
    client.next("connect").await;
    assert_eq!(client.answer_of("['echo', 1]").await, "[1]");
    assert!(!client.has_seen("echo-emit"));
}
