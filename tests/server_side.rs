//! A page that is rendered on a server: the code of the one in the browser compiles, and does nothing.
#![cfg(all(not(target_family = "wasm"), feature = "serde", feature = "futures"))]
#![allow(clippy::panic, reason = "a test fails by panicking")]

use core::fmt::Debug;
use core::mem::needs_drop;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::collections::HashSet;
use std::error::Error;

use futures_core::future::FusedFuture;
use socketio_wasm::{
    Ack, AckError, AuthReply, Client, ConnectError, DecodeError, DisconnectReason, EmitError,
    EmitWithAck, Event, Events, Listener, Socket, State, States, TransportKind, WeakSocket,
};

/// What a future is at once.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn never<T>(_: T) {
    panic!("there is nobody who could have called");
}

/// Everything that the page in the browser does.
fn page() -> Result<Socket, Box<dyn Error>> {
    let builder = Client::builder("https://example.com/chat").auth(&("jwt", 1));
    let builder = builder.auth_with(|reply: AuthReply| reply.send(&1)).query("a", "b").path("/p");
    let builder = builder.transports(&[TransportKind::WebSocket]).timeout(Duration::MAX);
    let socket = builder.reconnection_delay_max(Duration::from_secs(10)).build()?;
    socket.on("hello", |counter: u32| never(counter)).forget();
    let listeners: Vec<Listener> = vec![
        socket.on("sum", |terms: Vec<u32>, ack: Ack<u32>| ack.send(&terms.iter().sum())),
        socket.on("any", || never(())),
        socket.on("later", |_: u32| panic!("it is not written yet")),
        socket.once("welcome", never::<String>),
        socket.on_any(|event: Event| never((event.name(), event.data::<u32>().is_ok()))),
        socket.on_connect(|| never(())),
        socket.on_disconnect(|reason: DisconnectReason| never(reason.to_string())),
        socket.on_connect_error(|error| match error {
            ConnectError::Rejected { message, .. } => never(message.len()),
            error => never(error.to_string()),
        }),
        socket.on_state(|state| never(state.as_str())),
    ];
    socket.on_decode_error(|error: &DecodeError| never(error.to_string()));
    socket.emit("hey", &("tea", 1))?;
    socket.emit_volatile("hey", "tea")?;
    socket.emit_with_ack::<u32>("ask", &()).callback(|answer| never(answer.is_ok()));
    socket.set_auth(&1)?;
    socket.connect();
    drop(listeners);
    Ok(socket)
}

#[test]
fn page_is_rendered_as_the_browser_begins_with_it() -> Result<(), Box<dyn Error>> {
    let socket = page()?;
    assert_eq!(socket.state(), State::Connecting);
    assert_eq!(Client::builder("").connect()?.state(), State::Connecting);
    assert_eq!(Client::builder("").build()?.state(), State::Disconnected);
    assert_eq!(socket.client().socket("/chat").state(), State::Disconnected);
    socket.disconnect();
    assert_eq!(socket.state().to_string(), "disconnected");
    assert!(!socket.is_connected() && !socket.recovered());
    assert_eq!((socket.id(), socket.client().transport()), (None, None));
    assert_eq!(socket.downgrade().upgrade(), None);
    Ok(())
}

#[test]
fn sockets_are_told_apart_as_in_the_browser() -> Result<(), Box<dyn Error>> {
    let (socket, other) = (Client::builder("").connect()?, Client::builder("/other").connect()?);
    assert_ne!((&socket, socket.client()), (&other, other.client()));
    let clone = socket.clone();
    socket.disconnect();
    assert_eq!((&socket, socket.client()), (&clone, clone.client()));
    assert_eq!(socket.downgrade(), clone.downgrade());
    assert_ne!(socket.downgrade(), other.downgrade());
    let [chat, admin] = ["/chat", "/admin"].map(|nsp| socket.client().socket(nsp));
    assert_eq!(chat, socket.client().socket("chat"));
    assert_eq!(HashSet::from([socket, clone, chat, admin, other]).len(), 4);
    Ok(())
}

#[test]
fn nothing_is_waited_for() -> Result<(), Box<dyn Error>> {
    let socket = page()?;
    let answer = socket.emit_with_ack::<u32>("ask", &()).timeout(Duration::from_secs(2));
    let mut answer = pin!(answer);
    assert!(!answer.is_terminated(), "`select!` has something to wait for");
    assert_eq!(now(answer.as_mut()), Err(AckError::Disconnected));
    assert!(answer.is_terminated(), "`select!` in a loop comes to its end");
    let mut connected = pin!(socket.connected());
    assert!(!connected.is_terminated());
    assert_eq!(now(connected.as_mut()), Err(ConnectError::Disconnected));
    assert!(connected.is_terminated());
    assert_eq!(now(socket.events::<u32>("message").next()), None);
    assert_eq!(now(socket.states().next()), None);
    assert!(socket.states().next().is_terminated());
    Ok(())
}

/// Kept in a wrapper that must be dropped by the thread that made it, as frameworks have, it may be
/// dropped by another one: that is no fault where nothing is to be dropped.
#[test]
fn a_server_may_drop_it_on_any_thread() {
    assert!(!needs_drop::<(Client, Socket, WeakSocket, Listener)>());
    assert!(!needs_drop::<(EmitWithAck<String>, Events<String>, States)>());
    fn is_sent<T: Send + Sync>() {}
    fn is_debug<T: Debug>() {}
    struct Opaque;
    is_debug::<(EmitWithAck<Opaque>, Events<Opaque>, Ack<Opaque>)>();
    is_sent::<(Client, Socket, WeakSocket, Listener, EmitWithAck<String>, Events<String>, States)>(
    );
    is_sent::<(ConnectError, AckError, EmitError)>();
}
