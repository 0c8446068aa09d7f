//! Bytes: as attachments both ways, never as text on a WebSocket.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteBuf, Bytes};
use socketio_wasm::Ack;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::page::{Page, call, get};
use super::stand_in::StandIn;
use super::user::User;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct File {
    name: String,
    #[serde(with = "serde_bytes")]
    content: Vec<u8>,
    thumbnails: Vec<ByteBuf>,
}

fn file() -> File {
    let thumbnails = vec![ByteBuf::from([0, 255]), ByteBuf::new()];
    File { name: "a".into(), content: vec![1, 2, 3], thumbnails }
}

#[test]
async fn bytes_are_bytes_for_the_server_and_come_back_as_such() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let socket = &user.socket;
        let bytes = Bytes::new(&[1, 2, 3]);
        assert_eq!(socket.emit_with_ack::<bool>("which-are-bytes", bytes).await, Ok(true));
        let both = (bytes, "text");
        let answer = socket.emit_with_ack::<(bool, bool)>("which-are-bytes", &both).await;
        assert_eq!(answer, Ok((true, false)), "{kind:?}");
        let answer = socket.emit_with_ack::<ByteBuf>("echo", bytes).await;
        assert_eq!(answer.as_deref(), Ok(&vec![1, 2, 3]));
        assert_eq!(socket.emit_with_ack::<Vec<u8>>("echo", bytes).await, Ok(vec![1, 2, 3]));
        assert_eq!(socket.emit_with_ack::<File>("echo", &file()).await, Ok(file()));
        let empty = ByteBuf::new();
        assert_eq!(socket.emit_with_ack::<ByteBuf>("echo", &empty).await, Ok(empty));
    }
}

/// Without a tag either is taken for the other.
#[test]
async fn enum_with_a_tag_has_both_text_and_bytes() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "is", content = "data")]
    enum Content {
        Text(String),
        Bytes(ByteBuf),
    }
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    for content in [Content::Text("abc".into()), Content::Bytes(ByteBuf::from(*b"abc"))] {
        let answer = user.socket.emit_with_ack::<Content>("echo", &content).await;
        assert_eq!(answer, Ok(content));
    }
}

/// A `Vec` of small numbers is a list, as serde has it.
#[test]
async fn list_of_numbers_is_no_binary_data() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let list = vec![1_u8, 2];
    let answer = user.socket.emit_with_ack::<bool>("which-are-bytes", &list).await;
    assert_eq!(answer, Ok(false));
    assert_eq!(user.socket.emit_with_ack::<Vec<u8>>("echo", &list).await, Ok(list));
}

#[test]
async fn bytes_come_to_listeners_that_may_answer_with_bytes() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let files = Rc::new(RefCell::new(Vec::new()));
        let found = Rc::clone(&files);
        let _listener = user.socket.on("question", move |file: File, ack: Ack<ByteBuf>| {
            let content = ByteBuf::from(file.content.clone());
            found.borrow_mut().push(file);
            ack.send(&content)
        });
        user.socket.emit("ask", &file()).unwrap();
        assert_eq!(user.event("answered").await, r#"["<1,2,3>"]"#, "{kind:?}");
        assert_eq!(files.take(), [file()]);
    }
}

#[test]
async fn each_piece_is_a_message_of_its_own_without_base64() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.connect();
    user.socket.emit("file", &file()).unwrap();
    let sent = Array::from(&get(&sockets.last(), "sent"));
    assert_eq!(sent.length(), 5);
    let text = sent.get(1).as_string().unwrap();
    assert!(
        text.starts_with(r#"453-["file",{"name":"a","content":{"_placeholder":true"#),
        "{text}"
    );
    for (at, bytes) in [(2, "1,2,3"), (3, "0,255"), (4, "")] {
        let shown =
            call("frame => String(new Uint8Array(frame.buffer ?? frame))", &[&sent.get(at)]);
        assert_eq!(shown, bytes);
    }
}

/// The wasm's memory grows and moves: what was sent must not be a view of it.
#[test]
async fn bytes_that_wait_are_not_those_of_the_next() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    for n in 0..10_u8 {
        let mut bytes = ByteBuf::from(vec![n; 1000]);
        user.socket.emit("echo-emit", &bytes).unwrap();
        bytes.fill(255);
    }
    user.connect().await;
    for n in 0..10_u8 {
        let args = user.next("echo-emit").await;
        let bytes: js_sys::Uint8Array = Array::from(&args).get(0).unchecked_into();
        assert_eq!(bytes.to_vec(), vec![n; 1000]);
    }
}

#[test]
async fn much_binary_data_goes_both_ways() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let bytes: Vec<u8> = (0..500_000_u32).map(|n| n as u8).collect();
        let bytes = ByteBuf::from(bytes);
        let answer = user.socket.emit_with_ack::<ByteBuf>("echo", &bytes).await.unwrap();
        assert!(answer == bytes, "{kind:?}: {} bytes", answer.len());
    }
}

#[test]
async fn javascript_values_pass_through_rust_data_untouched() {
    #[derive(Serialize, Deserialize)]
    struct Half {
        n: u8,
        #[serde(with = "serde_wasm_bindgen::preserve")]
        rest: JsValue,
    }
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let rest = super::page::js("[{ a: 1 }, new Uint8Array([1, 2])]");
    let answer = user.socket.emit_with_ack::<Half>("echo", &Half { n: 1, rest }).await.unwrap();
    assert_eq!(answer.n, 1);
    assert_eq!(super::user::show(&answer.rest), r#"[{"a":1},"<1,2>"]"#);
}
