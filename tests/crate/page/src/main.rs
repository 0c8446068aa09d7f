//! A page that has the crate from a registry.

use socketio_wasm::{BuildError, Client};

fn main() -> Result<(), BuildError> {
    let socket = Client::builder("https://example.com/chat").connect()?;
    socket.on_connect(|| ()).forget();
    #[cfg(feature = "typed")]
    typed::say(&socket);
    Ok(())
}

#[cfg(feature = "typed")]
mod typed {
    use serde::Serialize;
    use socketio_wasm::{Events, Socket};

    #[derive(Serialize)]
    struct Hey {
        counter: u32,
    }

    pub fn say(socket: &Socket) {
        socket.on("hello", |counter: u32| drop(counter)).forget();
        let _stream: Events<u32> = socket.events("hello");
        let _ = socket.emit("hey", &Hey { counter: 1 });
    }
}
