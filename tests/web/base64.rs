//! Binary data as text, with the browser's own base64 for bytes and without.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{Client, FETCH, MAIN, XHR};
use super::host;
use super::page::{Page, js, show};

/// A page with what the browser has, and one without.
async fn each_page(run: impl Fn(&str)) {
    let page = Page::new().await;
    run("as it is");
    forget_base64(&page);
    run("without");
}

fn forget_base64(page: &Page) {
    page.set_in(&js("Uint8Array.prototype"), "toBase64", &JsValue::UNDEFINED);
    page.set_in(&js("Uint8Array"), "fromBase64", &JsValue::UNDEFINED);
}

#[test]
async fn any_binary_data_has_its_base64() {
    each_page(|page| {
        for (code, expected) in [
            ("new ArrayBuffer(0)", ""),
            ("new Uint8Array([0]).buffer", "AA=="),
            ("new Uint8Array([1, 2])", "AQI="),
            ("new Uint8Array([251, 255, 191])", "+/+/"),
            ("new Uint8Array([9, 1, 2, 9]).subarray(1, 3)", "AQI="),
            ("new DataView(new Uint8Array([9, 1, 2, 9]).buffer, 1, 2)", "AQI="),
            ("new Uint16Array([9, 258]).subarray(1)", "AgE="),
        ] {
            assert_eq!(String::from(host::to_base64(&js(code))), expected, "{page}: {code}");
        }
    })
    .await;
}

#[test]
async fn base64_is_read_or_found_to_be_none() {
    each_page(|page| {
        for (text, expected) in [
            ("", "\"<>\""),
            ("AA==", "\"<0>\""),
            ("AQI=", "\"<1,2>\""),
            ("+/+/", "\"<251,255,191>\""),
            // As the reference's browsers read it.
            ("AQI", "\"<1,2>\""),
            ("*", "undefined"),
            ("A", "undefined"),
            ("AQ=I", "undefined"),
            ("😀", "undefined"),
        ] {
            assert_eq!(show(&host::from_base64(text)), expected, "{page}: {text}");
        }
    })
    .await;
}

/// Around the size at which the fallback cuts.
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
    for kind in [XHR, FETCH] {
        echoes_bytes(&*Client::connected(&page, &[kind]).await).await;
    }
    forget_base64(&page);
    echoes_bytes(&*Client::connected(&page, &[XHR]).await).await;
}
