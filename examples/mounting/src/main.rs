//! For a test and not for copying: a component with a socket that is mounted and unmounted at will.
//! What it leaves behind is measured.

use leptos::prelude::*;
use socketio_wasm::Client;

fn main() {
    leptos::mount::mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let mounted = RwSignal::new(false);
    view! {
        <button id="toggle" on:click=move |_| mounted.update(|on| *on = !*on)>
            "Mount or unmount"
        </button>
        <Show when=move || mounted.get()>
            <Hello/>
        </Show>
    }
}

/// A socket with three listeners.
#[component]
fn Hello() -> impl IntoView {
    let socket = Client::builder("").build().expect("a valid URL");
    let (state, set_state) = signal(socket.state());
    let (counter, set_counter) = signal(0);
    let (reason, set_reason) = signal("");
    StoredValue::new_local((
        socket.on_state(move |state| set_state.set(state)),
        socket.on("hello", move |counter: u32| set_counter.set(counter)),
        socket.on_disconnect(move |reason| set_reason.set(reason.as_str())),
    ));
    socket.connect();
    StoredValue::new_local(socket);
    view! {
        <p><strong id="state">{move || state.get().as_str()}</strong>" "{counter}" "{reason}</p>
    }
}
