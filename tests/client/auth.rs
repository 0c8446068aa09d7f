//! What a namespace is connected with: where it comes from, and what happens when it does not.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use socketio_wasm::{AuthReply, State};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, SERVER, at, over, to};
use super::page::{Page, js, until};
use super::user::User;

const SECRET: &str = "({ token: 'secret' })";

async fn auth_seen(user: &User) -> String {
    let seen = user.ask("handshake", "[]").await.unwrap();
    let code = format!("JSON.stringify({seen}[0].auth)");
    js(&code).as_string().unwrap()
}

#[test]
async fn server_sees_the_auth_that_was_given() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind).auth_raw(js("({ a: [1, 'ä'] })"))).await;
        assert_eq!(auth_seen(&user).await, r#"{"a":[1,"ä"]}"#, "{kind:?}");
        let user = User::connected(&page, over(kind)).await;
        assert_eq!(auth_seen(&user).await, "{}");
    }
}

#[test]
async fn auth_may_be_made_for_each_connection() {
    let page = Page::new().await;
    let count = Rc::new(Cell::new(0));
    let asked = Rc::clone(&count);
    let builder = at("").auth_with(move |reply| {
        asked.set(asked.get() + 1);
        reply.send_raw(js(&format!("({{ n: {} }})", asked.get())));
    });
    let user = User::connected(&page, builder).await;
    assert_eq!(auth_seen(&user).await, r#"{"n":1}"#);
    user.emit("drop", "[]");
    user.next("connect").await;
    assert_eq!(auth_seen(&user).await, r#"{"n":2}"#);
    user.socket.disconnect();
    user.connect().await;
    assert_eq!(auth_seen(&user).await, r#"{"n":3}"#);
}

/// A reply that is given when the test wants it.
fn later(user: &User) -> Rc<RefCell<Option<AuthReply>>> {
    let slot = Rc::new(RefCell::new(None));
    let reply = Rc::clone(&slot);
    user.socket.set_auth_with(move |given| {
        reply.replace(Some(given));
    });
    slot
}

async fn asked(slot: &Rc<RefCell<Option<AuthReply>>>) -> AuthReply {
    until("auth is asked for", || slot.borrow().is_some()).await;
    slot.take().unwrap()
}

#[test]
async fn auth_may_come_later() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::new(&page, over(kind));
        let slot = later(&user);
        user.emit("echo-emit", "['before']");
        user.socket.connect();
        let reply = asked(&slot).await;
        assert_eq!(user.socket.state(), State::Connecting);
        reply.send_raw(js("({ late: true })"));
        user.next("connect").await;
        assert_eq!(auth_seen(&user).await, r#"{"late":true}"#);
        assert_eq!(user.count("echo-emit"), 1);
    }
}

#[test]
async fn auth_that_fails_is_told_and_may_be_tried_again() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let slot = later(&user);
    user.socket.connect();
    asked(&slot).await.fail("no token");
    user.next("connect_error: auth: no token").await;
    assert_eq!(user.socket.state(), State::Disconnected);
    user.socket.connect();
    drop(asked(&slot).await);
    user.next("connect_error: auth: auth was dropped without an answer").await;
    user.socket.connect();
    asked(&slot).await.send_raw(js("undefined"));
    user.next("connect").await;
    assert_eq!(auth_seen(&user).await, "{}");
    assert_eq!(user.count("connect"), 1);
}

#[test]
async fn auth_that_is_no_object_is_the_pages_own_fault() {
    let page = Page::new().await;
    for code in ["'secret'", "1", "[1]", "() => 1", "({ n: 1n })"] {
        let user = User::new(&page, at("").auth_raw(js(code)));
        user.socket.connect();
        until("it has failed", || user.socket.state() == State::Disconnected).await;
        let seen = user.seen();
        assert!(seen.iter().any(|what| what.starts_with("connect_error: auth: ")), "{seen:?}");
        assert_eq!(user.count("connect"), 0);
    }
}

#[test]
async fn refused_user_comes_in_with_another_token() {
    let page = Page::new().await;
    for kind in EACH {
        let user = User::new(&page, to(&[SERVER, "/admin"].concat()).transports(&[kind]));
        user.socket.connect();
        user.next("connect_error: rejected: not authorized").await;
        user.socket.set_auth_raw(js(SECRET));
        user.connect().await;
        user.settle().await;
    }
}

#[test]
async fn listener_may_set_another_token_and_connect_inside_the_refusal() {
    let page = Page::new().await;
    let user = User::new(&page, at("/admin").auth_raw(js("({ token: 'old' })")));
    let weak = user.socket.downgrade();
    let _listener = user.socket.on_connect_error(move |_| {
        let socket = weak.upgrade().unwrap();
        socket.set_auth_raw(js(SECRET));
        socket.connect();
    });
    user.connect().await;
    user.settle().await;
    assert_eq!(user.count("connect_error: rejected: not authorized"), 1);
}

#[test]
async fn late_auth_of_an_earlier_connection_is_not_sent() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let slot = later(&user);
    user.socket.connect();
    let old = asked(&slot).await;
    user.socket.disconnect();
    user.socket.connect();
    let new = asked(&slot).await;
    old.send_raw(js("({ which: 'old' })"));
    new.send_raw(js("({ which: 'new' })"));
    user.next("connect").await;
    assert_eq!(auth_seen(&user).await, r#"{"which":"new"}"#);
    assert_eq!(user.count("connect"), 1);
}

#[test]
async fn auth_after_the_end_is_no_error() {
    let page = Page::new().await;
    for end in ["send", "fail", "drop"] {
        let user = User::new(&page, at(""));
        let slot = later(&user);
        user.socket.connect();
        let reply = asked(&slot).await;
        user.socket.disconnect();
        let log = Rc::clone(&user.log);
        if end == "fail" {
            drop(user);
        }
        match end {
            "send" => reply.send_raw(js("({})")),
            "fail" => reply.fail("late"),
            _ => drop(reply),
        }
        assert!(!log.all().iter().any(|what| what.starts_with("connect")), "{end}");
    }
}

#[test]
async fn listener_may_leave_while_it_is_asked_for_auth() {
    let page = Page::new().await;
    let user = User::new(&page, at(""));
    let weak = user.socket.downgrade();
    user.socket.set_auth_with(move |reply| {
        weak.upgrade().unwrap().disconnect();
        reply.send_raw(js("({})"));
    });
    user.socket.connect();
    user.next("state: disconnected").await;
    assert_eq!(user.count("connect"), 0);
    user.socket.set_auth_raw(js("undefined"));
    user.connect().await;
}
