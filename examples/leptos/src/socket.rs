//! A socket for components: provided by one, used by all below it.
//! What is made here ends when the component that made it is unmounted.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use socketio_wasm::{Client, Socket, State};

/// For what asks for `Send`. On a server any thread may drop it, unlike Leptos' own local storage.
type Provided = SendWrapper<Socket>;

/// Connects, for this component and all below it. Nothing comes before they have added their
/// listeners.
pub fn provide_socket(url: &str) -> Socket {
    let socket = Client::builder(url).connect().expect("a valid URL");
    provide_context(Provided::new(socket.clone()));
    socket
}

/// The socket of the nearest component above that provides one.
pub fn use_socket() -> Socket {
    use_context::<Provided>().expect("a component above that provides a socket").take()
}

/// The state of the socket, and each change of it.
pub fn use_socket_state() -> ReadSignal<State> {
    let socket = use_socket();
    let (state, set_state) = signal(socket.state());
    keep(socket.on_state(move |state| set_state.set(state)));
    state
}

/// Keeps a listener, a timer or the like until the component is unmounted.
pub fn keep<T: 'static>(guard: T) {
    let guard = SendWrapper::new(guard);
    on_cleanup(move || drop(guard));
}
