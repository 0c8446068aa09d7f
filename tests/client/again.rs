//! A namespace that is left and wanted again, and what is still on its way then.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use socketio_wasm::{AckError, Listener, Socket, State};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{SERVER, at};
use super::page::{Page, array, call, js, until};
use super::stand_in::{HANDSHAKE, StandIn};
use super::user::User;

fn set_token(socket: &Socket, token: &str) {
    socket.set_auth_raw(js(&format!("({{ token: '{token}' }})")));
}

/// The admin of a connection that somebody else holds.
async fn admin_of(page: &Page) -> (User, User) {
    let main = User::connected(page, at("")).await;
    let admin = User::of(page, main.socket.client().socket("/admin"));
    (main, admin)
}

#[test]
async fn auth_that_was_set_counts_although_connect_was_on_its_way() {
    let page = Page::new().await;
    let (_main, admin) = admin_of(&page).await;
    set_token(&admin.socket, "wrong");
    admin.socket.connect();
    admin.socket.disconnect();
    set_token(&admin.socket, "secret");
    admin.socket.connect();
    admin.next("connect").await;
    admin.socket.disconnect();

    // The first is a good one, too: the server grants what is not wanted any more.
    admin.socket.connect();
    admin.socket.disconnect();
    admin.socket.set_auth_raw(js("({ token: 'secret', user: 'alice' })"));
    admin.socket.connect();
    admin.next("connect").await;
    let handshake = admin.ask("handshake", "[]").await.unwrap();
    assert!(handshake.contains("alice"), "{handshake}");
}

#[test]
async fn socket_that_is_made_anew_has_its_own_auth() {
    let page = Page::new().await;
    let (main, _) = admin_of(&page).await;
    let first = main.socket.client().socket("/admin");
    set_token(&first, "wrong");
    first.connect();
    drop(first);
    let second = User::of(&page, main.socket.client().socket("/admin"));
    set_token(&second.socket, "secret");
    second.socket.connect();
    second.next("connect").await;
}

#[test]
async fn connect_after_disconnect_outlives_the_servers_own_end() {
    let page = Page::new().await;
    let (_main, admin) = admin_of(&page).await;
    set_token(&admin.socket, "secret");
    admin.connect().await;
    admin.emit("kick", "[]");
    admin.socket.disconnect();
    admin.socket.connect();
    until("it is connected", || admin.socket.is_connected()).await;
}

#[test]
async fn auth_that_never_answers_is_asked_again() {
    let page = Page::new().await;
    let (_main, admin) = admin_of(&page).await;
    let replies = Rc::new(RefCell::new(Vec::new()));
    let kept = replies.clone();
    admin.socket.set_auth_with(move |reply| kept.borrow_mut().push(reply));
    until("it is asked twice", || {
        admin.socket.connect();
        replies.borrow().len() == 2
    })
    .await;
    // What the first call was given is of no use any more; that is no failure.
    drop(replies.borrow_mut().remove(0));
    assert_eq!(admin.socket.state(), State::Connecting);
    let reply = replies.borrow_mut().remove(0);
    reply.send_raw(js("({ token: 'secret' })"));
    until("it is connected", || admin.socket.is_connected()).await;
}

#[test]
async fn answer_over_a_websocket_that_throws_is_not_waited_for() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let socket = socketio_wasm::Client::builder(SERVER).connect().unwrap();
    sockets.connect();
    call("socket => { socket.send = () => { throw new Error('send') } }", &[&sockets.last()]);
    let answer = socket.emit_with_ack_raw("echo", &array("[1]")).await;
    assert_eq!(answer.unwrap_err(), AckError::Disconnected);
}

#[test]
async fn socket_that_is_made_anew_in_a_listener_does_not_hear_of_the_end_of_the_one_before() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let main = at("").connect().unwrap();
    let admin = main.client().socket("/admin");
    admin.connect();
    sockets.connect();
    sockets.receive(r#"40/admin,{"sid":"y"}"#);
    let ends = Rc::new(Cell::new(0));
    let made: Rc<RefCell<Vec<(Socket, Listener)>>> = Rc::default();
    let old = Cell::new(Some(admin));
    let (weak, heard, kept) = (main.downgrade(), ends.clone(), made.clone());
    let _listener = main.on_disconnect(move |_| {
        drop(old.take());
        let anew = weak.upgrade().unwrap().client().socket("/admin");
        let heard = heard.clone();
        let listener = anew.on_disconnect(move |_| heard.set(heard.get() + 1));
        kept.borrow_mut().push((anew, listener));
    });
    call("socket => socket.onclose(new CloseEvent('close'))", &[&sockets.last()]);
    assert_eq!((made.borrow().len(), ends.get()), (1, 0));
    made.borrow_mut().clear();
}

#[test]
async fn event_that_came_early_is_not_heard_after_disconnect() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let socket = at("").connect().unwrap();
    sockets.open();
    sockets.receive(HANDSHAKE);
    for _ in 0..2 {
        sockets.receive(r#"42["early"]"#);
    }
    let heard = Rc::new(Cell::new(0));
    let (weak, count) = (socket.downgrade(), heard.clone());
    let _listener = socket.on_raw("early", move |_| {
        count.set(count.get() + 1);
        weak.upgrade().unwrap().disconnect();
    });
    sockets.receive(r#"40{"sid":"x"}"#);
    assert_eq!((socket.state(), heard.get()), (State::Disconnected, 1));
}
