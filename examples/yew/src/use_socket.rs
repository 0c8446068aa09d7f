//! A socket for components, as hooks. What a hook makes ends when its component is unmounted.

use socketio_wasm::{Client, Socket, State};
use yew::prelude::*;

/// The socket of this component. It connects at once; nothing comes before the effects have run, in
/// which listeners are added.
#[hook]
pub fn use_socket(url: &'static str) -> Socket {
    let socket = use_memo((), |()| Client::builder(url).connect().expect("a valid URL"));
    (*socket).clone()
}

/// The state of a socket, and each change of it.
#[hook]
pub fn use_socket_state(socket: &Socket) -> State {
    let state = use_state_eq(|| socket.state());
    use_effect_with((), {
        let (socket, state) = (socket.clone(), state.setter());
        move |()| {
            let listener = socket.on_state(move |now| state.set(now));
            move || drop(listener)
        }
    });
    *state
}
