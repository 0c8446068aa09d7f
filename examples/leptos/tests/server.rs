//! The page's parts on a server, which renders with one thread and may clean up with another.

#[allow(dead_code, reason = "the page uses the rest")]
#[path = "../src/socket.rs"]
mod socket;

use std::thread;

use leptos::prelude::*;
use socketio_wasm::State;

#[test]
fn a_server_may_drop_a_page_on_any_thread() {
    for is_unmounted in [true, false] {
        let owner = Owner::new();
        owner.with(|| {
            drop(socket::provide_socket(""));
            assert_eq!(socket::use_socket_state().get_untracked(), State::Connecting);
        });
        let clean_up = move || if is_unmounted { owner.cleanup() } else { drop(owner) };
        thread::spawn(clean_up).join().expect("nothing there is of one thread only");
    }
}
