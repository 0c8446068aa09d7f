//! Several namespaces over one connection.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};

use js_sys::Array;
use socketio_wasm::{State, TransportKind};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::page::{Page, get, js, show, tick};
use super::stand_in::StandIn;
use super::user::{User, Watcher, name};

fn admin_beside(page: &Page, main: &User) -> User {
    let socket = main.socket.client().socket("/admin");
    socket.set_auth_raw(js("({ token: 'secret' })"));
    User::of(page, socket)
}

/// The main namespace and another one, connected to a server that says only what the test says.
fn both_connected(page: &Page, sockets: &StandIn) -> (User, User) {
    let main = User::new(page, at(""));
    main.socket.connect();
    sockets.connect();
    let admin = User::of(page, main.socket.client().socket("/admin"));
    admin.socket.connect();
    sockets.receive(r#"40/admin,{"sid":"y"}"#);
    (main, admin)
}

#[test]
async fn namespaces_share_one_session() {
    let page = Page::new().await;
    let watcher = Watcher::new(&page).await;
    for kind in EACH {
        let tag = name();
        let main = User::connected(&page, over(kind).query("page", &tag)).await;
        let admin = admin_beside(&page, &main);
        assert_eq!(admin.socket.state(), State::Disconnected);
        assert_eq!(admin.socket.namespace(), "/admin");
        admin.connect().await;
        assert_ne!(main.socket.id(), admin.socket.id());
        watcher.sessions(&tag, 1).await;
        main.socket.disconnect();
        admin.settle().await;
        watcher.sessions(&tag, 1).await;
        admin.socket.disconnect();
        watcher.sessions(&tag, 0).await;
    }
}

#[test]
async fn each_namespace_hears_its_own_events() {
    let page = Page::new().await;
    let main = User::connected(&page, at("")).await;
    let admin = admin_beside(&page, &main);
    admin.connect().await;
    main.emit("echo-emit", "['main']");
    admin.emit("echo-emit", "['admin']");
    assert_eq!(main.event("echo-emit").await, r#"["main"]"#);
    assert_eq!(admin.event("echo-emit").await, r#"["admin"]"#);
    assert_eq!(main.count("echo-emit"), 1);
    assert_eq!(admin.count("echo-emit"), 1);
}

#[test]
async fn same_name_is_the_same_socket() {
    let page = Page::new().await;
    let main = User::connected(&page, at("")).await;
    for nsp in ["/", ""] {
        assert_eq!(main.socket.client().socket(nsp), main.socket, "{nsp:?}");
    }
    let admin = admin_beside(&page, &main);
    let same = main.socket.client().socket("/admin");
    same.connect();
    admin.next("connect").await;
    assert_eq!(same, admin.socket);
    assert_ne!(same, main.socket);
    assert_eq!(same.client(), main.socket.client());
    drop(admin);
    // One handle is enough.
    let admin = User::of(&page, same);
    admin.settle().await;
    // A name without its slash is that name.
    assert_eq!(main.socket.client().socket("admin").id(), admin.socket.id());
}

/// Of sockets, connections and handles that keep nothing: what a map tells its keys apart by.
#[test]
async fn handles_to_the_same_are_one_key_and_to_others_are_others() {
    let page = Page::new().await;
    let [main, other] = [(); 2].map(|()| User::new(&page, at("")));
    let socket = &main.socket;
    let (same, admin) = (socket.client().socket("/"), socket.client().socket("/admin"));
    assert_eq!(hash(&same), hash(socket));
    assert_ne!(hash(&admin), hash(socket));
    assert_eq!(hash(&admin.client()), hash(&socket.client()));
    assert_ne!(hash(&other.socket.client()), hash(&socket.client()));
    assert_ne!(other.socket.client(), socket.client());
    assert_eq!(same.downgrade(), socket.downgrade());
    assert_ne!(admin.downgrade(), socket.downgrade());
}

fn hash(key: &impl Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}

#[test]
async fn refusal_of_one_is_nothing_to_the_other() {
    let page = Page::new().await;
    let main = User::connected(&page, at("")).await;
    let admin = User::of(&page, main.socket.client().socket("/admin"));
    admin.socket.connect();
    admin.next("connect_error: rejected: not authorized").await;
    assert_eq!(admin.socket.state(), State::Disconnected);
    // The state is told before the error, as it is before a connection and its end.
    let refused = "connect_error: rejected: not authorized";
    assert_eq!(admin.seen(), ["state: connecting", "state: disconnected", refused]);
    main.settle().await;
    assert_eq!(main.count("state: disconnected"), 0);
    assert!(main.socket.is_connected());
}

/// A DISCONNECT of a namespace that the server has ended makes it close the connection.
#[test]
async fn namespace_that_both_sides_end_takes_no_other_with_it() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let (main, admin) = both_connected(&page, &sockets);
    admin.emit("logout", "[]");
    admin.socket.disconnect();
    main.emit("other", "[]");
    sockets.receive("41/admin,");
    tick(30).await;
    let sent = show(&get(&sockets.last(), "sent"));
    assert_eq!(sent, r#"["40","40/admin,","42/admin,[\"logout\"]","42[\"other\"]"]"#);
}

#[test]
async fn all_namespaces_come_back_after_the_connection_was_lost() {
    let page = Page::new().await;
    let main = User::connected(&page, at("")).await;
    let admin = admin_beside(&page, &main);
    admin.connect().await;
    main.emit("drop", "[]");
    for user in [&main, &admin] {
        user.next("disconnect: transport close").await;
    }
    for user in [&main, &admin] {
        user.next("connect").await;
        user.settle().await;
    }
}

#[test]
async fn client_closes_the_connection_for_all() {
    let page = Page::new().await;
    let (watcher, tag) = (Watcher::new(&page).await, name());
    let main = User::connected(&page, at("").query("page", &tag)).await;
    let admin = admin_beside(&page, &main);
    admin.connect().await;
    let client = main.socket.client();
    assert_eq!(client.transport(), Some(TransportKind::WebSocket));
    client.disconnect();
    for user in [&main, &admin] {
        user.next("disconnect: io client disconnect").await;
        assert_eq!(user.socket.state(), State::Disconnected);
    }
    assert_eq!(client.transport(), None);
    watcher.sessions(&tag, 0).await;
    // What comes after it is another connection.
    admin.connect().await;
    assert!(!main.socket.is_connected());
    watcher.sessions(&tag, 1).await;
}

#[test]
async fn connection_begun_for_a_namespace_serves_the_main_one_too() {
    let page = Page::new().await;
    let (watcher, tag) = (Watcher::new(&page).await, name());
    let builder = at("/admin").query("page", &tag).auth_raw(js("({ token: 'secret' })"));
    let admin = User::connected(&page, builder).await;
    let main = User::of(&page, admin.socket.client().socket("/"));
    main.connect().await;
    main.settle().await;
    watcher.sessions(&tag, 1).await;
}

#[test]
async fn auth_of_one_namespace_is_not_that_of_another() {
    let page = Page::new().await;
    let main = User::new(&page, at("").auth_raw(js("({ token: 'secret' })")));
    main.connect().await;
    let admin = User::of(&page, main.socket.client().socket("/admin"));
    admin.socket.connect();
    admin.next("connect_error: rejected: not authorized").await;
}

#[test]
async fn two_connections_are_two_sessions() {
    let page = Page::new().await;
    let (watcher, tag) = (Watcher::new(&page).await, name());
    let users = [
        User::connected(&page, at("").query("page", &tag)).await,
        User::connected(&page, at("").query("page", &tag)).await,
    ];
    watcher.sessions(&tag, 2).await;
    assert_ne!(users[0].socket.id(), users[1].socket.id());
}

#[test]
async fn packets_name_their_namespace() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let (main, admin) = both_connected(&page, &sockets);
    assert_eq!(admin.socket.id().as_deref(), Some("y"));
    admin.emit("a", "[]");
    main.emit("a", "[]");
    let sent = Array::from(&get(&sockets.last(), "sent"));
    let sent: Vec<JsValue> = sent.iter().collect();
    assert_eq!(sent, ["40", "40/admin,", r#"42/admin,["a"]"#, r#"42["a"]"#].map(JsValue::from));
}
