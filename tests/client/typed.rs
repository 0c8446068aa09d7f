//! Events as Rust data.

use std::cell::RefCell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use socketio_wasm::{AckError, Client, EmitError};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, SERVER, at, over};
use super::page::{Page, call, get, until};
use super::stand_in::StandIn;
use super::user::User;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Hey {
    counter: u32,
    #[serde(rename = "from")]
    name: Option<String>,
}

/// What a listener has heard.
type Heard<T> = Rc<RefCell<Vec<T>>>;

fn heard<T>() -> (Heard<T>, Heard<T>) {
    let list = Rc::default();
    (Rc::clone(&list), list)
}

/// The first page of the documentation.
#[test]
async fn example_of_the_crate_works() {
    let _page = Page::new().await;
    let socket = Client::builder(SERVER).connect().unwrap();
    let (list, all) = heard();
    let hello = socket.on("hello", move |counter: u32| list.borrow_mut().push(counter));
    socket.emit("hey", &Hey { counter: 1, name: None }).unwrap();
    let answer: Hey = socket
        .emit_with_ack("echo", &Hey { counter: 2, name: None })
        .timeout(std::time::Duration::from_secs(10))
        .await
        .unwrap();
    assert_eq!(answer, Hey { counter: 2, name: None });
    until("the server has said hello twice", || all.borrow().len() == 2).await;
    assert_eq!(all.take(), [1, 2]);
    drop(hello);
}

#[test]
async fn listener_gets_the_type_that_it_names() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let hey = Hey { counter: 1, name: Some("Ä€😀".into()) };
        let (list, all) = heard();
        let _listener = user.socket.on("echo-emit", move |hey: Hey| list.borrow_mut().push(hey));
        user.socket.emit("echo-emit", &hey).unwrap();
        assert_eq!(user.event("echo-emit").await, r#"[{"counter":1,"from":"Ä€😀"}]"#);
        user.settle().await;
        assert_eq!(all.take(), [hey], "{kind:?}");
    }
}

#[test]
async fn tuple_is_a_list_of_arguments() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (list, all) = heard();
    let _listener = user.socket.on("echo-emit", move |(n, text, rest): (u32, String, Vec<i8>)| {
        list.borrow_mut().push((n, text, rest));
    });
    user.socket.emit("echo-emit", &(1, "a", [-1, 2].as_slice())).unwrap();
    assert_eq!(user.event("echo-emit").await, r#"[1,"a",[-1,2]]"#);
    user.settle().await;
    assert_eq!(all.take(), [(1, "a".into(), vec![-1, 2])]);
}

#[test]
async fn nothing_is_no_argument() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (list, all) = heard();
    let unit = user.socket.on("echo-emit", move |(): ()| list.borrow_mut().push(()));
    let (list, also) = heard();
    let bare = user.socket.on("echo-emit", move || list.borrow_mut().push(()));
    let (list, first) = heard();
    user.socket.once("echo-emit", move || list.borrow_mut().push(())).forget();
    user.socket.emit("echo-emit", &()).unwrap();
    assert_eq!(user.event("echo-emit").await, "[]");
    // Who wants nothing has it, whatever comes.
    user.socket.emit("echo-emit", &1).unwrap();
    user.settle().await;
    assert_eq!([all.take().len(), also.take().len(), first.take().len()], [2, 2, 1]);
    drop((unit, bare));
}

/// What may be null is one argument where it is, so that what follows stays in its place.
#[test]
async fn null_of_a_type_that_may_be_more_is_an_argument() {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Any {
        Nothing,
        Text(&'static str),
    }
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    for (value, json) in [(Any::Nothing, "[null]"), (Any::Text("a"), r#"["a"]"#)] {
        user.socket.emit("echo-emit", &value).unwrap();
        assert_eq!(user.event("echo-emit").await, json);
    }
    assert_eq!(user.socket.emit_with_ack("echo", &Any::Nothing).await, Ok(None::<u8>));
}

#[test]
async fn additional_arguments_do_not_matter_and_missing_ones_are_none() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (list, one) = heard();
    let first = user.socket.on("echo-emit", move |n: u32| list.borrow_mut().push(n));
    let (list, two) = heard();
    let second = user.socket.on("echo-emit", move |pair: (u32, Option<String>)| {
        list.borrow_mut().push(pair);
    });
    user.socket.emit("echo-emit", &(1,)).unwrap();
    user.socket.emit("echo-emit", &(2, "b")).unwrap();
    user.socket.emit("echo-emit", &(3, "c", true)).unwrap();
    user.settle().await;
    assert_eq!(one.take(), [1, 2, 3]);
    assert_eq!(two.take(), [(1, None), (2, Some("b".into())), (3, Some("c".into()))]);
    drop((first, second));
    let (list, none) = heard();
    let _third = user.socket.on("echo-emit", move |n: Option<u32>| list.borrow_mut().push(n));
    user.socket.emit("echo-emit", &()).unwrap();
    user.socket.emit("echo-emit", &None::<u32>).unwrap();
    user.settle().await;
    assert_eq!(none.take(), [None, None]);
}

#[test]
async fn once_is_once() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (list, all) = heard();
    // What is moved into it may be moved out of it.
    let name = String::from("mine");
    let listener = user.socket.once("echo-emit", move |n: u32| list.borrow_mut().push((name, n)));
    user.socket.emit("echo-emit", &1).unwrap();
    user.socket.emit("echo-emit", &2).unwrap();
    user.settle().await;
    assert_eq!(all.take(), [("mine".into(), 1)]);
    drop(listener);
}

#[test]
async fn listener_is_removed_with_its_guard() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (list, all) = heard();
    let kept = Rc::clone(&list);
    let listener = user.socket.on("echo-emit", move |n: u32| list.borrow_mut().push(n));
    user.socket.on("echo-emit", move |n: u32| kept.borrow_mut().push(n + 10)).forget();
    user.socket.emit("echo-emit", &1).unwrap();
    user.settle().await;
    drop(listener);
    user.socket.emit("echo-emit", &2).unwrap();
    user.settle().await;
    assert_eq!(all.take(), [1, 11, 12]);
}

#[test]
async fn catch_all_tells_the_data_of_an_event() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (list, all) = heard();
    let _listener = user.socket.on_any(move |event| {
        if event.name() == "echo-emit" {
            let pair = event.data::<(u32, String)>();
            list.borrow_mut().push((event.data::<u32>().unwrap(), pair.ok()));
        }
    });
    user.socket.emit("echo-emit", &(1, "a")).unwrap();
    user.socket.emit("echo-emit", &2).unwrap();
    user.settle().await;
    assert_eq!(all.take(), [(1, Some((1, "a".into()))), (2, None)]);
}

#[test]
async fn volatile_event_is_sent_at_once_or_never() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.emit_volatile("a", &1).unwrap();
    user.socket.connect();
    sockets.connect();
    call("socket => { socket.bufferedAmount = 0; }", &[&sockets.last()]);
    user.socket.emit_volatile("a", &(2, 3)).unwrap();
    let sent = js_sys::Array::from(&get(&sockets.last(), "sent"));
    assert_eq!(sent.length(), 2);
    assert_eq!(sent.get(1), r#"42["a",2,3]"#);
}

#[test]
async fn auth_is_what_the_server_wants_to_see() {
    #[derive(Serialize)]
    struct Token<'a> {
        token: &'a str,
    }
    let page = Page::new().await;
    let user = User::connected(&page, at("/admin").auth(&Token { token: "secret" })).await;
    user.settle().await;
    let user = User::new(&page, at("/admin").auth(&Token { token: "wrong" }));
    user.socket.connect();
    user.next("connect_error: rejected: not authorized").await;
    user.socket.set_auth(&Token { token: "secret" }).unwrap();
    user.connect().await;
    user.socket.disconnect();
    user.socket.set_auth_with(|reply| reply.send(&Token { token: "secret" }));
    user.connect().await;
}

#[test]
async fn event_that_cannot_be_encoded_is_told_by_its_name() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let named = "the data of the event \"a\" can't be sent: ";
    let results = [
        user.socket.emit("a", &u64::MAX),
        user.socket.emit("a", &(1, Refused)),
        user.socket.emit_volatile("a", &Refused),
        // JavaScript has such numbers, JSON has none.
        user.socket.emit("a", &5_i128),
        user.socket.emit_volatile("a", &vec![5_u128]),
        user.socket.emit_with_ack::<()>("a", &5_i128).await.map_err(|error| match error {
            AckError::Emit(error) => error,
            error => panic!("{error}"),
        }),
    ];
    for result in results {
        let text = result.unwrap_err().to_string();
        assert!(text.starts_with(named) && text.len() > named.len(), "{text}");
    }
    let error = user.socket.emit("a", &Refused).unwrap_err();
    assert_eq!(error, EmitError::Encode([named, "can't be told"].concat()));
    assert_eq!(user.socket.emit("connect", &1), Err(EmitError::ReservedName));
    user.settle().await;
}

#[test]
async fn auth_that_is_no_struct_is_refused() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let refused = |result| matches!(result, Err(EmitError::Encode(text)) if !text.is_empty());
    assert!(refused(user.socket.set_auth(&Refused)));
    let error = at("").auth(&Refused).build().unwrap_err();
    assert_eq!(error.to_string(), "auth: can't be told");
    let bytes = serde_bytes::Bytes::new(b"token");
    let list = vec!["token"];
    for builder in [at("").auth("token"), at("").auth(&1), at("").auth(&list), at("").auth(bytes)] {
        assert_eq!(builder.build().unwrap_err().to_string(), "auth: must be a struct or a map");
    }
    assert!(refused(user.socket.set_auth("token")));
}

/// It is null, as elsewhere, and that stands for none.
#[test]
async fn auth_that_is_none_is_not_sent() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at("").auth(&None::<Hey>));
    user.socket.connect();
    sockets.connect();
    assert_eq!(get(&get(&sockets.last(), "sent"), "0"), "40");
}

/// Data that does not want to be sent.
pub(crate) struct Refused;

impl Serialize for Refused {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("can't be told"))
    }
}

/// `auth` that can't be encoded is not asked for in vain.
#[test]
async fn auth_that_cannot_be_encoded_is_a_failure() {
    let page = Page::new().await;
    let user = User::new(&page, at("").auth_with(|reply| reply.send(&Refused)));
    user.socket.connect();
    user.next("connect_error: auth: can't be told").await;
}
